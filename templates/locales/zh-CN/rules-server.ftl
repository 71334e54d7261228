# 与服务器所提供和允许的内容有关的规则。

no-encryption-title = 服务器在此端口不提供加密
no-encryption-why = 凡使用此端口的人，密码和所有邮件都以明文发送；邮件客户端的任何设置都无法改变这一点。
no-encryption-looks-at = 端口如何开始对话，以及服务器自身对 STARTTLS 的答复。
no-encryption-evidence = { $server } 以明文提供 { $protocol }，且不提供 STARTTLS。
no-encryption-fix-person = 请将此账户移出该端口。支持加密的服务器和端口请向管理员询问。
no-encryption-fix-person-settings = 请按下方设置，将此账户移出该端口。
no-encryption-fix-server = 为该服务启用 TLS：最好使用从第一个字节起即加密的端口；此端口在保留期间应启用 STARTTLS。

cleartext-login-title = 连接尚未加密，服务器就接受密码
cleartext-login-why = 设置不当的邮件客户端，或加密在途中被去掉的邮件客户端，会在人人可读之处交出密码。
cleartext-login-looks-at = 服务器在 TLS 之前列出或允许的登录方式。
cleartext-login-evidence = { $server }（{ $protocol }）在加密之前接受以下登录方式：{ $logins }。
cleartext-login-fix-person = 请确认此账户必须加密才能连接；若非如此，请向管理员询问应填写的设置。
cleartext-login-fix-person-settings = 请按下方设置使用加密连接。
cleartext-login-fix-server = 仅在 TLS 之后接受登录：此前不提供 USER、LOGIN 或 PLAIN，IMAP 应通告 LOGINDISABLED。

starttls-not-offered-title = 账户等待的加密，服务器并不提供
starttls-not-offered-why = 邮件客户端要么拒绝连接，要么终有一天为了能用而被改成不加密。
starttls-not-offered-looks-at = 账户的加密方式，以及服务器自身对 STARTTLS 的答复。
starttls-not-offered-evidence-absent = 该账户依赖 { $server } 的 STARTTLS，而服务器既不通告也不接受。
starttls-not-offered-evidence-unannounced = 该账户依赖 { $server } 的 STARTTLS；服务器虽会接受却不通告，邮件客户端无从得知。
starttls-not-offered-fix-person = 请不要关闭加密。应填写的服务器、端口和加密方式请向管理员询问。
starttls-not-offered-fix-person-settings = 请按下方设置使用加密连接。
starttls-not-offered-fix-server = 为该服务启用并通告 STARTTLS；更好的做法是提供从第一个字节起即加密的 TLS 端口，并通知用户迁移。

starttls-broken-title = 服务器提议加密，却无法完成
starttls-broken-why = 坚持加密的邮件客户端无法连接，其余的则以明文继续。
starttls-broken-looks-at = 服务器对 STARTTLS 的答复及其后的内容。
starttls-broken-evidence-refused = { $server } 通告了 STARTTLS，却予以拒绝：“{ $reply }”。
starttls-broken-evidence-alert = { $server } 接受 STARTTLS 后，以警报 { $alert } 结束握手。
starttls-broken-evidence-incompatible = { $server } 接受 STARTTLS 后，其 TLS 应答是当前邮件客户端都无法继续的：{ $why }。
starttls-broken-evidence-clear-text = { $server } 接受 STARTTLS 后，没有使用 TLS 而继续对话：“{ $answer }”。
starttls-broken-fix-person = 请不要关闭加密，并告知管理员：服务器需要修复。
starttls-broken-fix-person-settings = 在服务器修复之前，请使用下方设置。
starttls-broken-fix-server = 请检查该服务的证书、私钥和 TLS 设置；其日志会说明升级失败的原因。在无法正常工作期间，不要通告 STARTTLS。

preauth-before-tls-title = 连接尚未加密，服务器就视为已登录
preauth-before-tls-why = 在此状态下 IMAP 不再允许开始加密，此后的一切内容都可在途中被读取。
preauth-before-tls-looks-at = 服务器在明文端口上的问候语。
preauth-before-tls-evidence = { $server } 在 TLS 之前以 PREAUTH 应答：“{ $greeting }”。
preauth-before-tls-fix-person = 请停止使用该端口。应填写的服务器、端口和加密方式请向管理员询问。
preauth-before-tls-fix-person-settings = 请按下方设置使用加密连接。
preauth-before-tls-fix-server = 在此端口关闭预认证，或仅在 TLS 内配合客户端证书使用。

tls-handshake-fails-title = 无法建立加密连接
tls-handshake-fails-why = 当前的邮件客户端无法连接此端口，或只能使用过时的加密。
tls-handshake-fails-looks-at = 当前邮件客户端尝试协商 TLS 时服务器的应答。
tls-handshake-fails-evidence-alert = { $server } 以警报 { $alert } 结束握手。
tls-handshake-fails-evidence-incompatible = { $server } 的 TLS 应答是当前邮件客户端都无法继续的：{ $why }。
tls-handshake-fails-evidence-clear-text = { $server } 的应答不是 TLS：“{ $answer }”。
tls-handshake-fails-fix-person = 请不要关闭加密，并告知管理员：服务器需要修复。
tls-handshake-fails-fix-person-settings = 在服务器修复之前，请使用下方设置。
tls-handshake-fails-fix-server = 启用 TLS 1.2 和 TLS 1.3 以及当前的密码套件，并检查证书和私钥是否就位；服务器日志会写明原因。

tls-version-outdated-title = 加密版本低于策略要求
tls-version-outdated-why = 较旧的 TLS 版本存在已知弱点，攻击者也会设法让连接降到这些版本。
tls-version-outdated-looks-at = 客户端提供最新版本时服务器同意使用的版本；若服务器拒绝，则看它与较旧的客户端同意使用的版本。
tls-version-outdated-evidence = { $server } 最高只同意 { $version }；策略要求 { $minimum } 或更高版本。
tls-version-outdated-fix-person = 请不要关闭加密，并告知管理员：服务器需要更新。
tls-version-outdated-fix-person-settings = 在服务器更新之前，请使用下方设置。
tls-version-outdated-fix-server = 启用软件所支持的最新 TLS 版本；如果不支持所要求的版本，请升级软件。

protocol-garbage-title = 应答的不是邮件服务器
protocol-garbage-why = 该账户无法与之通信，而且不清楚那里究竟运行着什么。
protocol-garbage-looks-at = 服务器的问候语。
protocol-garbage-evidence = { $server } 的应答不属于任何已知协议：“{ $answer }”。
protocol-garbage-fix-person = 请向管理员询问正确的服务器；在此之前，请不要在那里输入密码。
protocol-garbage-fix-person-settings = 请使用下方设置；如果下方没有设置，请向管理员询问正确的服务器。
protocol-garbage-fix-server = 请检查监听此端口的是哪个程序，以及是否有防火墙或代理代替它应答。
