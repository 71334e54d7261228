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

login-accepted-in-clear-title = 连接尚未加密，服务器就允许开始登录
login-accepted-in-clear-why = 凡是不加密连接到这里的邮件客户端，其密码都可能在途中被人读到。
login-accepted-in-clear-looks-at = 在 TLS 之前开始登录时，服务器是否继续。登录会立即放弃：从不发送用户名和密码。
login-accepted-in-clear-evidence = { $server }（{ $protocol }）在加密之前继续了 { $mechanism } 登录：“{ $reply }”。审计随即放弃登录，没有发送任何机密信息。
login-accepted-in-clear-fix-person = 请确认此账户必须加密才能连接；若非如此，请向管理员询问应填写的设置。
login-accepted-in-clear-fix-person-settings = 请按下方设置使用加密连接。
login-accepted-in-clear-fix-server = 在 TLS 之前拒绝任何形式的登录；仅仅不通告是不够的。

no-login-offered-title = 发信服务器没有提供登录方式
no-login-offered-why = 需要登录的邮件客户端无法在此发信，或者服务器会接受任何能连上它的人的邮件。
no-login-offered-looks-at = 服务器在 TLS 内列出的登录方式。
no-login-offered-evidence = { $server } 用于发信，却没有列出任何登录方式，在 TLS 内也没有。
no-login-offered-fix-person = 如果无法发信，请向管理员询问应填写的服务器和端口。
no-login-offered-fix-person-settings = 如果无法发信，请使用下方设置。
no-login-offered-fix-server = 在发信端口上，应在 TLS 内提供登录；如果无人需要在此发信，请关闭该端口。

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

starttls-injection-title = 加密之前发送的内容被当作加密内容处理
starttls-injection-why = 途中的人可以插入命令，服务器会当作邮件客户端在加密连接内发出的命令来执行，邮件和密码可能因此泄露。
starttls-injection-looks-at = 紧跟在 STARTTLS 之后以明文发送一条无害的命令，服务器是否在 TLS 内应答。
starttls-injection-evidence = 紧跟在 STARTTLS 之后以明文发送了 { $command }，{ $server }（{ $protocol }）在 TLS 内作了应答：“{ $answer }”。
starttls-injection-fix-person = 请向管理员询问从第一个字节起即加密的端口，并且不要关闭加密。
starttls-injection-fix-person-settings = 在服务器修复之前，请使用下方设置。
starttls-injection-fix-server = 请更新服务器软件或其前面的代理：握手之前收到的内容必须丢弃。在此之前，只提供从第一个字节起即加密的端口。

starttls-offered-in-tls-title = 服务器在加密连接内又提议开始加密
starttls-offered-in-tls-why = 升级之后，服务器没有按要求重新开始会话。这本身不造成危害，但它保留的加密之前的内容可能来自途中的人。
starttls-offered-in-tls-looks-at = 服务器在 TLS 内列出的功能。
starttls-offered-in-tls-evidence = { $server }（{ $protocol }）在 TLS 内仍然通告 STARTTLS。
starttls-offered-in-tls-fix-server = 请更新服务器软件，或修正其前面的代理，不要转发 TLS 之前的功能列表。

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
tls-version-outdated-evidence = { $server } 最高只能协商到 { $version }；策略要求 { $minimum } 或更高版本。
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

weak-login-mechanism-title = 提供了过时的登录方式
weak-login-mechanism-why = 只要截获一次登录，就可以慢慢猜出密码；其中几种还要求服务器以可读形式保存密码。在 TLS 内，普通的密码登录更安全。
weak-login-mechanism-looks-at = 服务器在 TLS 内列出的登录方式，以及 POP3 问候语中的时间戳。
weak-login-mechanism-evidence = { $server } 提供以下登录方式：{ $mechanisms }。
weak-login-mechanism-fix-server = 关闭这些登录方式；在 TLS 内提供 PLAIN，最好提供 SCRAM-SHA-256 或令牌登录。

version-disclosed-title = 服务器公开了所用软件的版本
version-disclosed-why = 想寻找存在已知漏洞的服务器的人，可以据此找到它。
version-disclosed-looks-at = 服务器的问候语，以及功能列表中的 IMPLEMENTATION 一行。
version-disclosed-evidence = { $server } 声明：“{ $words }”。
version-disclosed-fix-server = 从问候语中去掉软件的名称和版本。更重要的是及时更新软件。
