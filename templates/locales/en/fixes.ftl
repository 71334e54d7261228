# What a person changes in their mail client, and what an administrator changes on the server.
# In the steps and the recipes each line is one step or one line of a configuration file.

security-tls = SSL/TLS
security-starttls = STARTTLS

fix-settings = { $protocol }: server { $host }, port { $port }, encryption { $security }. Change all three together.

fix-settings-until-mended = The server has to be mended first. Until then, proven: { $protocol }: server { $host }, port { $port }, encryption { $security }. Change all three together.

fix-proven = { $endpoint } answered as { $protocol } over TLS and met the policy at { $time }; whether your mailbox is there cannot be proven without logging in.

fix-not-proven-nothing-compliant = Not proven: no server that may be proposed here met the policy. The server has to be put right first; please turn to its administrator.
fix-not-proven-no-candidate = Not proven: nothing trustworthy names another server for this account. Please ask the administrator which server to use.
fix-not-proven-not-in-observations = Not proven in these observations: they hold no visit to other settings. A new audit can prove one.
fix-not-proven-settings-not-stated = Not proven: the list does not say what this account uses. Add the port and the encryption, and run the audit again.

fix-idea-same-host = The same server offers a secure port.
fix-idea-used-by-colleagues = Colleagues with the same e-mail domain use this server.
fix-idea-conventional-name = The server has the usual name for mail in the same domain.

fix-change-password = The password went over the network unencrypted and must be considered known to others. Change it (or the app password) as soon as the new settings work.
fix-keep-old-mail = Mail fetched by POP3 may exist on this computer only. Before an account is removed from the client, export its mail or keep its data file.

fix-client-outlook-pop3 =
    Choose File → Account Settings → Account Settings…, select the account and choose Change….
    In “Incoming mail server”, enter { $host }.
    Choose More Settings… and the tab Advanced. For SSL/TLS, tick “This server requires an encrypted connection (SSL/TLS)”; older versions write “(SSL)”.
    Now check that “Incoming server (POP3)” reads { $port }: ticking the box can change the port.
    If your version shows the dialog Server Settings instead, enter under “Incoming mail”: Server { $host }, Port { $port }, Encryption method { $security }.
    Choose Test Account Settings….
fix-client-outlook-imap =
    Choose File → Account Settings → Account Settings…, select the account and choose Change….
    In “Incoming mail server”, enter { $host }.
    Choose More Settings… and the tab Advanced. In “Use the following type of encrypted connection”, choose { $security }.
    Then enter { $port } in “Incoming server (IMAP)”.
    If your version shows the dialog Server Settings instead, enter under “Incoming mail”: Server { $host }, Port { $port }, Encryption method { $security }.
    Choose Test Account Settings….
fix-client-outlook-smtp =
    Choose File → Account Settings → Account Settings…, select the account and choose Change….
    In “Outgoing mail server (SMTP)”, enter { $host }.
    Choose More Settings…. On the tab Outgoing Server, tick “My outgoing server (SMTP) requires authentication”.
    On the tab Advanced, choose { $security } in “Use the following type of encrypted connection”, then enter { $port } in “Outgoing server (SMTP)”.
    If your version shows the dialog Server Settings instead, enter under “Outgoing mail”: Server { $host }, Port { $port }, Encryption method { $security }.
    Choose Test Account Settings….

fix-client-foxmail-pop3 =
    Open the settings of this account and go to its servers.
    In “Incoming server” (收件服务器), enter { $host }.
    Tick SSL beside it; this chooses { $security }.
    Enter { $port } as its port.
fix-client-foxmail-pop3-starttls =
    Open the settings of this account and go to its servers.
    In “Incoming server” (收件服务器), enter { $host }.
    Enter { $port } as its port.
    Choose { $security } for it. If your version has no such choice, ask the administrator for a port with SSL/TLS.
fix-client-foxmail-imap =
    Open the settings of this account and go to its servers.
    In “Incoming server” (收件服务器), enter { $host }.
    Tick SSL beside it; this chooses { $security }.
    Enter { $port } as its port.
fix-client-foxmail-imap-starttls =
    Open the settings of this account and go to its servers.
    In “Incoming server” (收件服务器), enter { $host }.
    Enter { $port } as its port.
    Choose { $security } for it. If your version has no such choice, ask the administrator for a port with SSL/TLS.
fix-client-foxmail-smtp =
    Open the settings of this account and go to its servers.
    In “Outgoing server” (发件服务器), enter { $host }.
    Tick SSL beside it; this chooses { $security }.
    Enter { $port } as its port.
fix-client-foxmail-smtp-starttls =
    Open the settings of this account and go to its servers.
    In “Outgoing server” (发件服务器), enter { $host }.
    Enter { $port } as its port.
    The encryption is { $security }. “如果服务器支持，就使用STARTTLS加密传输” (use STARTTLS if the server supports it) encrypts only when the server offers to, so ask the administrator for a port with SSL/TLS.

fix-client-thunderbird-pop3 =
    Open Account Settings and choose Server Settings under this account.
    Enter { $host } in “Server Name” and { $port } in “Port”.
    Under “Security Settings”, set “Connection security” to { $security }.
fix-client-thunderbird-imap =
    Open Account Settings and choose Server Settings under this account.
    Enter { $host } in “Server Name” and { $port } in “Port”.
    Under “Security Settings”, set “Connection security” to { $security }.
fix-client-thunderbird-smtp =
    Open Account Settings and choose Outgoing Server (SMTP).
    Select the server and choose Edit.
    Enter { $host } in “Server Name” and { $port } in “Port”, and set “Connection security” to { $security }.

fix-client-apple-mail-pop3 =
    Choose Mail → Settings… (before macOS 13: Preferences…) → Accounts, select the account and open Server Settings.
    Under Incoming Mail Server, untick “Automatically manage connection settings”.
    Enter { $host } in “Host Name” and { $port } in “Port”, and tick “Use TLS/SSL” (encryption: { $security }).
    Leave “Allow insecure authentication” unticked, and choose Save.
fix-client-apple-mail-imap =
    Choose Mail → Settings… (before macOS 13: Preferences…) → Accounts, select the account and open Server Settings.
    Under Incoming Mail Server, untick “Automatically manage connection settings”.
    Enter { $host } in “Host Name” and { $port } in “Port”, and tick “Use TLS/SSL” (encryption: { $security }).
    Leave “Allow insecure authentication” unticked, and choose Save.
fix-client-apple-mail-smtp =
    Choose Mail → Settings… (before macOS 13: Preferences…) → Accounts, select the account and open Server Settings.
    In the pop-up menu Account under Outgoing Mail Server, choose Edit SMTP Server List…, select the server and open its Server Settings.
    Untick “Automatically manage connection settings”.
    Enter { $host } in “Host Name” and { $port } in “Port”, and tick “Use TLS/SSL” (encryption: { $security }).
    Leave “Allow insecure authentication” unticked, and choose Save.

fix-client-ios-mail-pop3 =
    In Settings, find Mail, then Accounts; choose the account, then Account.
    Under “Incoming Mail Server”, enter { $host } in “Host Name”.
    Choose Advanced. Under “Incoming Settings”, switch on “Use SSL” (encryption: { $security }) and enter { $port } in “Server Port”.
    Go back and choose Done.
fix-client-ios-mail-imap =
    In Settings, find Mail, then Accounts; choose the account, then Account.
    Under “Incoming Mail Server”, enter { $host } in “Host Name”.
    Choose Advanced. Under “Incoming Settings”, switch on “Use SSL” (encryption: { $security }) and enter { $port } in “Server Port”.
    Go back and choose Done.
fix-client-ios-mail-smtp =
    In Settings, find Mail, then Accounts; choose the account, then Account.
    Choose SMTP, then the server under “Primary Server”; it must be { $host }.
    Switch on “Use SSL” (encryption: { $security }) and enter { $port } in “Server Port”.
    Choose Done.

fix-client-other-pop3 =
    Open the settings of this account in your mail client and find the server for incoming mail (POP3).
    Server { $host }, port { $port }, encryption { $security }.
    Never choose “accept all certificates” or “allow insecure authentication”.
fix-client-other-imap =
    Open the settings of this account in your mail client and find the server for incoming mail (IMAP).
    Server { $host }, port { $port }, encryption { $security }.
    Never choose “accept all certificates” or “allow insecure authentication”.
fix-client-other-smtp =
    Open the settings of this account in your mail client and find the server for outgoing mail (SMTP).
    Server { $host }, port { $port }, encryption { $security }.
    Never choose “accept all certificates” or “allow insecure authentication”.
fix-client-other-managesieve =
    Open the settings for mail filters on the server (Sieve) in your mail client.
    Server { $host }, port { $port }, encryption { $security }.
    Never choose “accept all certificates” or “allow insecure authentication”.

recipe-dovecot-require-tls =
    Dovecot 2.3:
    ssl = required
    disable_plaintext_auth = yes
    Dovecot 2.4:
    ssl = required
    auth_allow_cleartext = no
    A client may still send the password before it learns that it is refused; only a closed port prevents that.
recipe-dovecot-close-clear-text =
    Dovecot 2.3 and 2.4:
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
    First move everyone to 993 and 995.
recipe-dovecot-certificate =
    The file holds the server’s certificate first, then the intermediates; the root is not needed.
    Dovecot 2.3 (the < belongs to the value):
    ssl_cert = </path/fullchain.pem
    ssl_key = </path/privkey.pem
    Dovecot 2.4 (no <):
    ssl_server_cert_file = /path/fullchain.pem
    ssl_server_key_file = /path/privkey.pem
recipe-dovecot-tls-version =
    Dovecot 2.3 and 2.4:
    ssl_min_protocol = TLSv1.2
recipe-dovecot-suites =
    Dovecot 2.3 and 2.4 (suites of TLS 1.3 are apart, and all good):
    ssl_min_protocol = TLSv1.2
    ssl_cipher_list = ECDHE+AESGCM:ECDHE+CHACHA20
recipe-dovecot-reload =
    Dovecot 2.3 and 2.4: check with doveconf -n, then apply with doveadm reload.
    The lines of 2.3 and of 2.4 must not be mixed: Dovecot would not start.

recipe-postfix-auth-only =
    In main.cf:
    smtpd_tls_auth_only = yes
    In master.cf, for the service submission (587): -o smtpd_tls_security_level=encrypt
    In master.cf, for the service submissions or smtps (465): -o smtpd_tls_wrappermode=yes
    Do not require TLS on port 25: other servers deliver there.
recipe-postfix-certificate =
    The chain holds the server’s certificate first, then the intermediates; the root is not needed.
    Postfix 3.4 and newer (the key first):
    smtpd_tls_chain_files = /path/privkey.pem, /path/fullchain.pem
    Older:
    smtpd_tls_cert_file = /path/fullchain.pem
    smtpd_tls_key_file = /path/privkey.pem
recipe-postfix-tls-version =
    Postfix 3.6 and newer:
    smtpd_tls_protocols = >=TLSv1.2
    smtpd_tls_mandatory_protocols = >=TLSv1.2
    Older:
    smtpd_tls_protocols = !SSLv2, !SSLv3, !TLSv1, !TLSv1.1
    smtpd_tls_mandatory_protocols = !SSLv2, !SSLv3, !TLSv1, !TLSv1.1
recipe-postfix-suites =
    In main.cf, for the services that require TLS (submission, submissions):
    smtpd_tls_mandatory_ciphers = high
    smtpd_tls_mandatory_exclude_ciphers = aNULL, kRSA, kDHE
recipe-postfix-reload = Check with postfix check and postconf -n, then apply with postfix reload.

recipe-exim-tls-version =
    Exim with GnuTLS, as Debian has it:
    tls_require_ciphers = NORMAL:-VERS-TLS1.0:-VERS-TLS1.1
    exim -bV names the library; with OpenSSL the versions are set in another way.
recipe-exim-suites =
    Exim with GnuTLS, as Debian has it:
    tls_require_ciphers = NORMAL:-VERS-TLS1.0:-VERS-TLS1.1:-RSA:-DHE-RSA
    exim -bV names the library; OpenSSL has another way to write the list.
recipe-exim-reload = Check with exim -bV and exim -bP tls_require_ciphers, then restart the service.

recipe-nginx-tls-version =
    In each server block for mail:
    ssl_protocols TLSv1.2 TLSv1.3;
recipe-nginx-suites =
    In each server block for mail:
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
recipe-nginx-reload = Check with nginx -t, then apply with nginx -s reload.
