# 与服务器证书及证书链有关的规则。

cert-expired-title = 服务器证书已过期
cert-expired-why = 证书过期后，邮件客户端会发出警告。习惯了随手跳过警告的人，遇到假冒的服务器也不会察觉。
cert-expired-looks-at = 服务器出示的证书的截止时间，与判定时间相比较。
cert-expired-evidence = { $subject } 的证书已于 { $ended } 到期，至判定时{ $days ->
    [0] 不足一天
   *[other] 已过 { $days } 天
}。
cert-expired-fix-person = 您无需更改任何设置。请不要跳过警告，等待服务器换上新证书。
cert-expired-fix-server = 安装续期后的证书及完整证书链，并重新加载邮件服务。请设置自动续期，并确认续期后邮件服务会随之重新加载。

cert-not-yet-valid-title = 服务器证书尚未生效
cert-not-yet-valid-why = 证书的生效时间若在将来，邮件客户端会像对待过期证书一样拒绝它。
cert-not-yet-valid-looks-at = 服务器出示的证书的生效时间，与判定时间相比较。
cert-not-yet-valid-evidence = { $subject } 的证书要到 { $begins } 才生效。
cert-not-yet-valid-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-not-yet-valid-fix-server = 安装当前有效的证书。如果证书由本单位的 CA 签发，请检查签发机器的时钟。

cert-expiring-title = 服务器证书即将到期
cert-expiring-why = 如果不及时续期，所有使用该服务器的邮件客户端都会发出警告，甚至无法收发邮件。
cert-expiring-looks-at = 服务器出示的证书的截止时间，与策略规定的天数相比较。
cert-expiring-evidence = { $subject } 的证书将于 { $ends } 到期，{ $days ->
    [0] 剩余不足一天
   *[other] 还剩 { $days } 天
}。
cert-expiring-evidence-urgent = { $subject } 的证书将于 { $ends } 到期，{ $days ->
    [0] 剩余已不足一天
   *[other] 仅剩 { $days } 天
}。
cert-expiring-fix-server = 立即为证书续期，并重新加载邮件服务。如果已设置自动续期，请查明为何尚未执行。

cert-name-mismatch-title = 证书不是为该服务器名称签发的
cert-name-mismatch-why = 证书只能证明其中列出的名称。换成别的名称，邮件客户端就无法分辨真假服务器。
cert-name-mismatch-looks-at = 证书中的名称和地址（主题备用名称），与所配置的主机相比较。
cert-name-mismatch-evidence = 所配置的主机是 { $host }，而证书适用于：{ $names }{ $more ->
    [0] 。
   *[other] ，另有 { $more } 个。
}
cert-name-mismatch-fix-person = 请不要跳过警告。请使用管理员提供的服务器名称，不要自行猜测其他名称。
cert-name-mismatch-fix-server = 把所配置的主机加入证书的主题备用名称，或通知用户改用证书中已有的名称。

cert-no-san-title = 证书未在应有的位置列出服务器名称
cert-no-san-why = 如今的邮件客户端只从主题备用名称中读取服务器名称，通用名称已不再作数。
cert-no-san-looks-at = 证书的主题备用名称，以及通用名称是否也列在其中。
cert-no-san-evidence = { $subject } 的证书没有任何主机的主题备用名称。
cert-no-san-evidence-common-name-not-listed = 通用名称 { $common-name } 未列入证书的主题备用名称，因此不作数。
cert-no-san-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-no-san-fix-server = 重新签发证书，把用户使用的所有主机名都写入主题备用名称。

cert-malformed-title = 服务器发送的证书无法读取
cert-malformed-why = 证书不符合标准时，邮件客户端会拒绝接受，服务器也就无法证明自己的身份。
cert-malformed-looks-at = 服务器发送的每一份证书的编码和结构。
cert-malformed-evidence = 证书链中的第 { $number } 份证书无法解析：{ $why }。
cert-malformed-evidence-unused = 证书链中的第 { $number } 份证书无法解析：{ $why }。验证不需要它，没有它证书链也成立。
cert-malformed-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-malformed-fix-server = 用符合 RFC 5280 的软件重新签发证书；如果文件在传输中损坏，请重新安装。同时从证书链中去掉不需要的证书。

cert-self-signed-title = 服务器使用自签名证书
cert-self-signed-why = 任何人都能以任何名称制作这样的证书，对事先不认识它的邮件客户端来说，它什么也证明不了。
cert-self-signed-looks-at = 服务器证书是否由自身签发，且不在受信任的根证书之列。
cert-self-signed-evidence = { $subject } 的证书由自身的密钥签名，且不在受信任的根证书之列。
cert-self-signed-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-self-signed-fix-server = 换用客户端所信任的 CA 签发的证书，公共 CA 或本单位自建的 CA 均可。

cert-untrusted-title = 证书的签发机构不受信任
cert-untrusted-why = 只有受信任的机构作保，邮件客户端才会接受服务器；否则，假冒的服务器看上去也没有两样。
cert-untrusted-looks-at = 从服务器证书出发，是否有一条由有效证书组成的路径通往本次判定所信任的根证书。
cert-untrusted-evidence = 证书链止于 { $root }，它不在受信任的根证书之列。
cert-untrusted-evidence-broken = 没有一条通往受信任根证书的路径成立：{ $why }。
cert-untrusted-evidence-no-certificate = 服务器完成了握手，却没有发送证书。
cert-untrusted-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-untrusted-fix-server = 换用客户端所信任的 CA 签发的证书。如果根证书属于本单位，请分发到各客户端，并用 --trust 指定该根证书文件后重新判定。

cert-chain-incomplete-title = 服务器没有发送完整的证书链
cert-chain-incomplete-why = 如果邮件客户端无法从别处得到缺少的证书，就无法验证服务器。有的客户端会自行下载，看似正常；有的则会失败。
cert-chain-incomplete-looks-at = 服务器发送的证书（自其自身证书向上），以及受信任的根证书。
cert-chain-incomplete-evidence = 缺少 { $missing } 的证书：服务器没有发送，它也不在受信任的根证书之列。
cert-chain-incomplete-evidence-address-known = 缺少 { $missing } 的证书：服务器没有发送，它也不在受信任的根证书之列。据称可从 { $url } 获取。
cert-chain-incomplete-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-chain-incomplete-fix-server = 配置完整的证书链（常称 fullchain）：先是服务器证书，其后是所有中间证书。如果缺少的是本单位自建 CA 的根证书，请分发到各客户端，并用 --trust 指定该文件后重新判定。

cert-intermediate-expired-title = 服务器证书的上级证书不在有效期内
cert-intermediate-expired-why = 证书链上的每一份证书都必须有效。只要上级证书有一份失效，即使服务器自身的证书仍然有效，邮件客户端也会拒绝。
cert-intermediate-expired-looks-at = 服务器证书与受信任根证书之间各证书的有效期。
cert-intermediate-expired-evidence = 上级证书 { $subject } 已于 { $ended } 到期。
cert-intermediate-expired-evidence-not-yet-valid = 上级证书 { $subject } 尚未生效。
cert-intermediate-expired-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-intermediate-expired-fix-server = 向签发机构获取现行的中间证书，放在服务器证书之后，并重新加载邮件服务。

cert-weak-key-title = 证书链中有密钥过短
cert-weak-key-why = 过短的密钥只要有足够的算力就能破解，破解者便可冒充服务器。
cert-weak-key-looks-at = 服务器及根证书以下各签发机构的密钥类型和长度。
cert-weak-key-evidence = { $subject } 的密钥为 { $key }，而策略要求至少 { $least } 位。
cert-weak-key-fix-person = 您无需更改任何设置。
cert-weak-key-fix-server = 生成新的密钥（例如 EC P-256，或至少 2048 位的 RSA），并为其签发新证书。

cert-weak-signature-title = 证书签名使用了已被攻破的散列算法
cert-weak-signature-why = 使用 MD5 或 SHA-1 时，他人可以造出签名相同的另一份证书。如今的邮件客户端会拒绝这类证书。
cert-weak-signature-looks-at = 根证书以下各证书的签名算法。
cert-weak-signature-evidence = { $subject } 的证书使用 { $hash } 签名。
cert-weak-signature-fix-person = 您无需更改任何设置。遇到警告请不要跳过。
cert-weak-signature-fix-server = 使用 SHA-256 或更强的算法重新签发证书。如果问题出在上级证书，请向签发机构获取现行的证书链。

cert-revoked-title = 服务器证书已被吊销
cert-revoked-why = 签发机构已撤回该证书，原因往往是密钥落入他人之手。持有该密钥的人可以冒充服务器。
cert-revoked-looks-at = 签发机构对该证书的说法：服务器随证书一并发送的答复；策略要求查询时，还包括 OCSP 响应服务和吊销列表。只有经过签名、仍在有效期内、且确实针对该证书的答复才作数。
cert-revoked-evidence = { $subject } 的证书已于 { $since } 被吊销（原因：{ $reason }）。说明这一点的签发机构答复由服务器自己发来。
cert-revoked-evidence-ocsp = { $subject } 的证书已于 { $since } 被吊销（原因：{ $reason }），依据是签发机构的 OCSP 响应服务：{ $url }
cert-revoked-evidence-crl = { $subject } 的证书已于 { $since } 被吊销（原因：{ $reason }），依据是签发机构的吊销列表：{ $url }
cert-revoked-fix-person = 您无需更改任何设置。遇到警告请不要跳过，在服务器换上新证书之前不要输入密码。
cert-revoked-fix-server = 生成新的密钥并为其签发新证书，连同完整证书链一起安装，然后重新加载邮件服务。请查明旧证书被吊销的原因；如果密钥已经泄露，请通知用户更改密码。

cert-revocation-unknown-title = 无法得知证书是否已被吊销
cert-revocation-unknown-why = 策略要求由签发机构确认证书仍然有效。没有这一确认，证书即使已被撤回也无从察觉。
cert-revocation-unknown-looks-at = 服务器随证书一并发送的答复；策略要求查询时，还包括证书中以 http 列出的 OCSP 响应服务和吊销列表。不支持增量列表、包含多个签发机构的列表，以及大于 1 MiB 的列表。
cert-revocation-unknown-evidence = 服务器没有随 { $subject } 的证书一并发送签发机构的答复。
cert-revocation-unknown-evidence-nothing-named = { $subject } 的证书没有以 http 列出 OCSP 响应服务或吊销列表，服务器也没有一并发送答复。
cert-revocation-unknown-evidence-staple = 服务器随 { $subject } 的证书一并发送的答复不能说明问题：{ $why ->
    [declined] 响应服务拒绝回答
    [not-known] 响应服务不认识该证书
    [not-authentic] 答复并非由签发机构或其授权者签名
    [no-issuer] 缺少签发机构的证书，无法验证答复
    [other-certificate] 答复针对的是另一份证书
    [not-current] 答复在判定时不在有效期内
    [unsupported] 不支持这种答复
   *[other] 答复无法读取
}。
cert-revocation-unknown-evidence-ocsp = 没有得知 { $subject } 的证书的情况：{ $why ->
    [not-asked] 本次运行没有查询
    [no-answer] 没有得到答复
    [declined] 响应服务拒绝回答
    [not-known] 响应服务不认识该证书
    [not-authentic] 答复并非由签发机构或其授权者签名
    [no-issuer] 缺少签发机构的证书，无法验证任何答复
    [other-certificate] 答复针对的是另一份证书
    [not-current] 答复在判定时不在有效期内
    [unsupported] 不支持这种答复
   *[other] 答复无法读取
}。其 OCSP 响应服务：{ $url }
cert-revocation-unknown-evidence-crl = 没有得知 { $subject } 的证书的情况：{ $why ->
    [not-asked] 本次运行没有查询
    [no-answer] 没有得到答复，或列表大于 1 MiB
    [not-authentic] 列表并非由签发机构签名
    [no-issuer] 缺少签发机构的证书，无法验证任何列表
    [other-certificate] 列表针对的是其他证书
    [not-current] 列表在判定时不在有效期内
    [unsupported] 不支持这种列表（仅含增量、涉及多个签发机构或仅涉及部分原因）
   *[other] 列表无法读取
}。其吊销列表：{ $url }
cert-revocation-unknown-fix-server = 如果签发机构提供 OCSP 响应服务，请启用 OCSP 装订。如果签发机构只发布吊销列表，请确保审计所用的机器能够以 http 访问，或把策略中的 revocation 设为 if-stapled。

dane-mismatch-title = 证书与域名所公布的不符
dane-mismatch-why = 域名在经过签名的 DNS 记录中公布了该服务器的证书或密钥。检查这些记录的程序会拒绝该服务器，也可能有他人在冒名应答。
dane-mismatch-looks-at = 端点的 TLSA 记录（仅在策略要求查询、且 DNSSEC 能够证明其真实时），与服务器发送的证书相比较。得不到证明的记录在此无法验证，不予采用。
dane-mismatch-evidence = { $name } 的记录无一与服务器出示的证书相符。已公布：{ $published }。与之相符的记录应为：{ $fitting }
dane-mismatch-fix-person = 您无需更改任何设置。在管理员查明情况之前，请不要输入密码。
dane-mismatch-fix-server = 如果所出示的证书确实属于您，请公布与之相符的记录，旧记录保留到其生存时间结束，并在每次更换密钥之前先做好这两步。如果不属于您，请查明是谁在这个地址应答。
