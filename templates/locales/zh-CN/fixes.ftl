# 员工在邮件客户端里要改什么，管理员在服务器上要改什么。
# 操作步骤和配置说明中，每一行是一个步骤，或者配置文件中的一行。

security-tls = SSL/TLS
security-starttls = STARTTLS

fix-settings = { $protocol }：服务器 { $host }，端口 { $port }，加密方式 { $security }。三项要一起改。

fix-settings-until-mended = 应当先修复服务器。在此之前，以下设置已经证实可用：{ $protocol }：服务器 { $host }，端口 { $port }，加密方式 { $security }。三项要一起改。

fix-proven = { $endpoint } 于 { $time } 通过 TLS 以 { $protocol } 应答，并符合策略要求；您的邮箱是否在这台服务器上，不登录就无法证实。

fix-not-proven-nothing-compliant = 未经证实：这里可以建议的服务器都不符合策略要求。需要先修好服务器，请联系服务器管理员。
fix-not-proven-no-candidate = 未经证实：没有可信的来源为这个账户指出别的服务器。请向管理员询问应当使用哪台服务器。
fix-not-proven-not-in-observations = 在这些观测记录中未经证实：记录里没有访问过其他设置。重新审计一次即可证实。
fix-not-proven-settings-not-stated = 未经证实：清单没有写明这个账户的设置。请补上端口和加密方式，再审计一次。

fix-idea-same-host = 同一台服务器提供加密端口。
fix-idea-used-by-colleagues = 使用同一邮箱域名的同事在用这台服务器。
fix-idea-conventional-name = 这台服务器使用同一域名下常见的邮件服务器名称。

fix-change-password = 密码曾以明文经过网络，应视为已经泄露。新设置可用之后，请立即更改密码（或授权码）。
fix-keep-old-mail = 用 POP3 收取的邮件可能只保存在这台电脑上。从客户端删除账户之前，请先导出邮件，或保留数据文件。

fix-client-outlook-pop3 =
    打开“文件 → 帐户设置 → 帐户设置…”，选中该账户，点击“更改…”。
    在“接收邮件服务器”中填写 { $host }。
    点击“其他设置…”，打开“高级”选项卡。使用 SSL/TLS 时，勾选“此服务器要求加密连接(SSL)”，新版本写作“(SSL/TLS)”。
    然后确认 POP3 接收服务器的端口为 { $port }：勾选时端口可能会自动改变。
    如果您的版本显示的是“服务器设置”窗口，请在接收邮件处填写服务器 { $host }、端口 { $port }，加密方法选 { $security }。
    点击“测试帐户设置…”。
fix-client-outlook-imap =
    打开“文件 → 帐户设置 → 帐户设置…”，选中该账户，点击“更改…”。
    在“接收邮件服务器”中填写 { $host }。
    点击“其他设置…”，打开“高级”选项卡。在“使用以下加密连接类型”中选择 { $security }。
    然后把 IMAP 接收服务器的端口填为 { $port }。
    如果您的版本显示的是“服务器设置”窗口，请在接收邮件处填写服务器 { $host }、端口 { $port }，加密方法选 { $security }。
    点击“测试帐户设置…”。
fix-client-outlook-smtp =
    打开“文件 → 帐户设置 → 帐户设置…”，选中该账户，点击“更改…”。
    在“发送邮件服务器(SMTP)”中填写 { $host }。
    点击“其他设置…”。在“发送服务器”选项卡中，勾选“我的发送服务器(SMTP)要求验证”。
    在“高级”选项卡的“使用以下加密连接类型”中选择 { $security }，然后把 SMTP 发送服务器的端口填为 { $port }。
    如果您的版本显示的是“服务器设置”窗口，请在发送邮件处填写服务器 { $host }、端口 { $port }，加密方法选 { $security }。
    点击“测试帐户设置…”。

fix-client-foxmail-pop3 =
    打开该账户的设置，找到服务器一页。
    在“收件服务器”中填写 { $host }。
    勾选旁边的“SSL”，即使用 { $security }。
    把它的端口填为 { $port }。
fix-client-foxmail-pop3-starttls =
    打开该账户的设置，找到服务器一页。
    在“收件服务器”中填写 { $host }。
    把它的端口填为 { $port }。
    为它选择 { $security }。如果您的版本没有这个选项，请向管理员询问使用 SSL/TLS 的端口。
fix-client-foxmail-imap =
    打开该账户的设置，找到服务器一页。
    在“收件服务器”中填写 { $host }。
    勾选旁边的“SSL”，即使用 { $security }。
    把它的端口填为 { $port }。
fix-client-foxmail-imap-starttls =
    打开该账户的设置，找到服务器一页。
    在“收件服务器”中填写 { $host }。
    把它的端口填为 { $port }。
    为它选择 { $security }。如果您的版本没有这个选项，请向管理员询问使用 SSL/TLS 的端口。
fix-client-foxmail-smtp =
    打开该账户的设置，找到服务器一页。
    在“发件服务器”中填写 { $host }。
    勾选旁边的“SSL”，即使用 { $security }。
    把它的端口填为 { $port }。
fix-client-foxmail-smtp-starttls =
    打开该账户的设置，找到服务器一页。
    在“发件服务器”中填写 { $host }。
    把它的端口填为 { $port }。
    加密方式是 { $security }。“如果服务器支持，就使用STARTTLS加密传输”在服务器没有提供时并不加密，因此请向管理员询问使用 SSL/TLS 的端口。

fix-client-thunderbird-pop3 =
    打开“账户设置”，在该账户下选择“服务器设置”。
    在“服务器名称”中填写 { $host }，在“端口”中填写 { $port }。
    在“安全设置”中，把“连接安全”设为 { $security }。
fix-client-thunderbird-imap =
    打开“账户设置”，在该账户下选择“服务器设置”。
    在“服务器名称”中填写 { $host }，在“端口”中填写 { $port }。
    在“安全设置”中，把“连接安全”设为 { $security }。
fix-client-thunderbird-smtp =
    打开“账户设置”，选择“发件服务器(SMTP)”。
    选中服务器，点击“编辑”。
    在“服务器名称”中填写 { $host }，在“端口”中填写 { $port }，把“连接安全”设为 { $security }。

fix-client-apple-mail-pop3 =
    打开“邮件”的设置，找到该账户的“服务器设置”（Server Settings）。
    在收件服务器处，取消勾选“自动管理连接设置”（Automatically manage connection settings）。
    在“主机名”（Host Name）中填写 { $host }，在“端口”（Port）中填写 { $port }，勾选“使用 TLS/SSL”（Use TLS/SSL；加密方式：{ $security }）。
    不要勾选允许不安全认证的选项（Allow insecure authentication），然后存储。
fix-client-apple-mail-imap =
    打开“邮件”的设置，找到该账户的“服务器设置”（Server Settings）。
    在收件服务器处，取消勾选“自动管理连接设置”（Automatically manage connection settings）。
    在“主机名”（Host Name）中填写 { $host }，在“端口”（Port）中填写 { $port }，勾选“使用 TLS/SSL”（Use TLS/SSL；加密方式：{ $security }）。
    不要勾选允许不安全认证的选项（Allow insecure authentication），然后存储。
fix-client-apple-mail-smtp =
    打开“邮件”的设置，找到该账户的“服务器设置”（Server Settings）。
    在发件服务器处，打开“编辑 SMTP 服务器列表…”（Edit SMTP Server List…），选中服务器，打开它的服务器设置。
    取消勾选“自动管理连接设置”（Automatically manage connection settings）。
    在“主机名”（Host Name）中填写 { $host }，在“端口”（Port）中填写 { $port }，勾选“使用 TLS/SSL”（Use TLS/SSL；加密方式：{ $security }）。
    不要勾选允许不安全认证的选项（Allow insecure authentication），然后存储。

fix-client-ios-mail-pop3 =
    在“设置”中找到“邮件”的账户，打开该账户的详细信息。
    在收件服务器的“主机名”（Host Name）中填写 { $host }。
    打开“高级”（Advanced），在收件设置处打开“使用SSL”（Use SSL；加密方式：{ $security }），并在“服务器端口”（Server Port）中填写 { $port }。
    返回并点击“完成”。
fix-client-ios-mail-imap =
    在“设置”中找到“邮件”的账户，打开该账户的详细信息。
    在收件服务器的“主机名”（Host Name）中填写 { $host }。
    打开“高级”（Advanced），在收件设置处打开“使用SSL”（Use SSL；加密方式：{ $security }），并在“服务器端口”（Server Port）中填写 { $port }。
    返回并点击“完成”。
fix-client-ios-mail-smtp =
    在“设置”中找到“邮件”的账户，打开该账户的详细信息。
    打开“SMTP”，选择“主服务器”（Primary Server）下的服务器；它应为 { $host }。
    打开“使用SSL”（Use SSL；加密方式：{ $security }），并在“服务器端口”（Server Port）中填写 { $port }。
    点击“完成”。

fix-client-other-pop3 =
    在邮件客户端中打开该账户的设置，找到收件服务器（POP3）。
    服务器 { $host }，端口 { $port }，加密方式 { $security }。
    切勿选择“接受所有证书”或“允许不安全的认证”。
fix-client-other-imap =
    在邮件客户端中打开该账户的设置，找到收件服务器（IMAP）。
    服务器 { $host }，端口 { $port }，加密方式 { $security }。
    切勿选择“接受所有证书”或“允许不安全的认证”。
fix-client-other-smtp =
    在邮件客户端中打开该账户的设置，找到发件服务器（SMTP）。
    服务器 { $host }，端口 { $port }，加密方式 { $security }。
    切勿选择“接受所有证书”或“允许不安全的认证”。
fix-client-other-managesieve =
    在邮件客户端中打开服务器端邮件过滤（Sieve）的设置。
    服务器 { $host }，端口 { $port }，加密方式 { $security }。
    切勿选择“接受所有证书”或“允许不安全的认证”。

recipe-dovecot-require-tls =
    Dovecot 2.3：
    ssl = required
    disable_plaintext_auth = yes
    Dovecot 2.4：
    ssl = required
    auth_allow_cleartext = no
    客户端仍有可能在得知被拒绝之前就把密码发出去；只有关闭端口才能避免。
recipe-dovecot-close-clear-text =
    Dovecot 2.3 和 2.4：
    service imap-login { "{" }
      inet_listener imap { "{" }
        port = 0
    { "  }" }
    { "}" }
    service pop3-login { "{" }
      inet_listener pop3 { "{" }
        port = 0
    { "  }" }
    { "}" }
    请先让所有人改用 993 和 995。
recipe-dovecot-certificate =
    文件中先放服务器证书，再放中间证书；不需要根证书。
    Dovecot 2.3（< 是值的一部分）：
    ssl_cert = </path/fullchain.pem
    ssl_key = </path/privkey.pem
    Dovecot 2.4（没有 <）：
    ssl_server_cert_file = /path/fullchain.pem
    ssl_server_key_file = /path/privkey.pem
recipe-dovecot-tls-version =
    Dovecot 2.3 和 2.4：
    ssl_min_protocol = TLSv1.2
recipe-dovecot-suites =
    Dovecot 2.3 和 2.4（TLS 1.3 的套件另行设置，均无问题）：
    ssl_min_protocol = TLSv1.2
    ssl_cipher_list = ECDHE+AESGCM:ECDHE+CHACHA20
recipe-dovecot-reload =
    Dovecot 2.3 和 2.4：用 doveconf -n 检查，再用 doveadm reload 使其生效。
    2.3 和 2.4 的写法不能混用，否则 Dovecot 无法启动。

recipe-postfix-auth-only =
    在 main.cf 中：
    smtpd_tls_auth_only = yes
    在 master.cf 中，submission 服务（587）：-o smtpd_tls_security_level=encrypt
    在 master.cf 中，submissions 或 smtps 服务（465）：-o smtpd_tls_wrappermode=yes
    不要在 25 端口强制使用 TLS：其他服务器要在那里投递邮件。
recipe-postfix-certificate =
    证书链中先放服务器证书，再放中间证书；不需要根证书。
    Postfix 3.4 及以上（私钥在前）：
    smtpd_tls_chain_files = /path/privkey.pem, /path/fullchain.pem
    更早的版本：
    smtpd_tls_cert_file = /path/fullchain.pem
    smtpd_tls_key_file = /path/privkey.pem
recipe-postfix-tls-version =
    Postfix 3.6 及以上：
    smtpd_tls_protocols = >=TLSv1.2
    smtpd_tls_mandatory_protocols = >=TLSv1.2
    更早的版本：
    smtpd_tls_protocols = !SSLv2, !SSLv3, !TLSv1, !TLSv1.1
    smtpd_tls_mandatory_protocols = !SSLv2, !SSLv3, !TLSv1, !TLSv1.1
recipe-postfix-suites =
    在 main.cf 中，用于必须使用 TLS 的服务（submission、submissions）：
    smtpd_tls_mandatory_ciphers = high
    smtpd_tls_mandatory_exclude_ciphers = aNULL, kRSA, kDHE
recipe-postfix-reload = 用 postfix check 和 postconf -n 检查，再用 postfix reload 使其生效。

recipe-exim-tls-version =
    使用 GnuTLS 的 Exim（Debian 即是如此）：
    tls_require_ciphers = NORMAL:-VERS-TLS1.0:-VERS-TLS1.1
    exim -bV 会显示所用的库；如果是 OpenSSL，版本的设置方式不同。
recipe-exim-suites =
    使用 GnuTLS 的 Exim（Debian 即是如此）：
    tls_require_ciphers = NORMAL:-VERS-TLS1.0:-VERS-TLS1.1:-RSA:-DHE-RSA
    exim -bV 会显示所用的库；OpenSSL 的列表写法不同。
recipe-exim-reload = 用 exim -bV 和 exim -bP tls_require_ciphers 检查，再重启服务。

recipe-nginx-tls-version =
    在每个邮件 server 块中：
    ssl_protocols TLSv1.2 TLSv1.3;
recipe-nginx-suites =
    在每个邮件 server 块中：
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
recipe-nginx-reload = 用 nginx -t 检查，再用 nginx -s reload 使其生效。
