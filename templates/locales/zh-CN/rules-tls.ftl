# 与服务器的 TLS 有关的规则：版本、密码套件、密钥交换。

tls-version-obsolete-title = 服务器仍接受过时的加密版本
tls-version-obsolete-why = 如果邮件客户端仍支持这些版本，线路上的攻击者可以迫使连接降到这些版本，从而读取或篡改内容。当前的邮件客户端都不需要它们。
tls-version-obsolete-looks-at = 不提供更新版本时，服务器同意使用哪些版本，又以自身的应答拒绝了哪些版本。
tls-version-obsolete-evidence = { $server } 接受 { $versions }。
tls-version-obsolete-evidence-ssl = { $server } 接受 { $versions }。SSL 2.0 和 3.0 早已被攻破，无法补救。
tls-version-obsolete-evidence-nothing-newer = { $server } 只接受 { $versions }，不接受更新的版本，因此与它的每个连接都使用过时的加密。
tls-version-obsolete-evidence-by-policy = { $server } 接受 { $versions }；策略不允许早于 { $least } 的版本。
tls-version-obsolete-fix-person = 请不要关闭加密。您无需更改任何设置，需要调整的是服务器。
tls-version-obsolete-fix-person-settings = 在服务器调整之前，请使用下方设置。
tls-version-obsolete-fix-server = 只接受 TLS 1.2 和 TLS 1.3；如果策略有此要求，则只接受 TLS 1.3。日志会显示哪些旧设备仍在使用其他版本；请先更换或升级这些设备。

cipher-insecure-title = 服务器接受毫无保护作用的加密
cipher-insecure-why = 使用这些密码套件时，线路上的任何人都可以读取或伪造内容：它们要么根本不加密，要么不证明服务器的身份，要么使用已被攻破的算法。
cipher-insecure-looks-at = 向服务器提供以下密码套件时它选择哪些：不加密的、不用证书的、出口级的，以及 RC4、DES、MD5。
cipher-insecure-evidence = { $server } 接受 { $suites }。
cipher-insecure-fix-person = 请不要关闭加密。您无需更改任何设置，需要调整的是服务器。
cipher-insecure-fix-person-settings = 在服务器调整之前，请使用下方设置。
cipher-insecure-fix-server = 只允许使用 ECDHE 和 AEAD（AES-GCM、ChaCha20-Poly1305）的密码套件以及 TLS 1.3。去掉所有带 NULL、匿名密钥、EXPORT、RC4、DES 或 MD5 的套件。

no-aead-title = 服务器只接受旧式密码套件
no-aead-why = 把加密和完整性校验分成两步的套件（CBC、流密码）屡遭攻击，邮件客户端也开始拒绝它们。
no-aead-looks-at = 服务器是否接受任何 AEAD 套件：在一次完整会话中，或在只提供这类套件时。
no-aead-evidence = { $server } 拒绝当前邮件客户端所提供的套件，而选择不带 AEAD 的套件：{ $suites }。
no-aead-fix-person = 请不要关闭加密，并告知管理员：服务器需要更新。
no-aead-fix-person-settings = 在服务器更新之前，请使用下方设置。
no-aead-fix-server = 在 TLS 1.2 中启用 ECDHE 加 AEAD 的套件（AES-GCM、ChaCha20-Poly1305），并启用只有 AEAD 的 TLS 1.3。

cipher-weak-title = 服务器接受已被弃用的加密算法
cipher-weak-why = 有的算法分组太短，较长的连接中部分内容可被还原；有的算法已无人维护。
cipher-weak-looks-at = 向服务器提供以下密码套件时它选择哪些：3DES、IDEA、SEED 以及其他 64 位分组的套件。
cipher-weak-evidence = { $server } 接受 { $suites }。
cipher-weak-fix-person = 您无需更改任何设置，需要调整的是服务器。
cipher-weak-fix-person-settings = 在服务器调整之前，请使用下方设置。
cipher-weak-fix-server = 从密码套件列表中去掉 3DES、IDEA、SEED 以及其他所有 64 位分组的算法。

cipher-outside-policy-title = 服务器接受策略不允许的密码套件
cipher-outside-policy-why = 策略列出了被视为安全的密码套件；每多接受一个，就多一处可被攻击的地方。
cipher-outside-policy-looks-at = 服务器选择的密码套件，与策略的列表相比较。
cipher-outside-policy-evidence = { $server } 接受策略不允许的密码套件：{ $suites }。
cipher-outside-policy-fix-person = 您无需更改任何设置，需要调整的是服务器。
cipher-outside-policy-fix-person-settings = 在服务器调整之前，请使用下方设置。
cipher-outside-policy-fix-server = 把密码套件限制在策略允许的范围内。ECDHE 加 AES-GCM 或 ChaCha20-Poly1305 以及 TLS 1.3 符合各种常见策略；DHE 和名称以 TLS_RSA_ 开头的套件则不符合。

cipher-discouraged-title = 服务器接受应逐步淘汰的密码套件
cipher-discouraged-why = 策略目前仍允许这些密码套件，但建议停用：它们较旧，或允许使用的期限即将结束。
cipher-discouraged-looks-at = 服务器选择的密码套件，与策略建议停用的套件相比较。
cipher-discouraged-evidence = { $server } 接受策略建议停用的密码套件：{ $suites }。
cipher-discouraged-fix-person = 您无需更改任何设置，需要调整的是服务器。
cipher-discouraged-fix-person-settings = 您无需更改任何设置，需要调整的是服务器。
cipher-discouraged-fix-server = 一旦没有邮件客户端再需要这些套件，就把它们从列表中去掉。ECDHE 加 AES-GCM 以及 TLS 1.3 符合各种常见策略。

no-forward-secrecy-title = 今天被录下的内容日后可能被解密
no-forward-secrecy-why = 使用这些密码套件时，无论现在还是多年以后，只要有人拿到服务器的私钥，就能解密线路上曾被录下的一切。
no-forward-secrecy-looks-at = 向服务器提供使用证书自身密钥的密码套件（静态 RSA、静态 Diffie-Hellman）时，它选择哪些。
no-forward-secrecy-evidence = { $server } 接受不具备前向保密的密码套件：{ $suites }。
no-forward-secrecy-evidence-nothing-else = { $server } 只接受不具备前向保密的密码套件：{ $suites }。
no-forward-secrecy-fix-person = 您无需更改任何设置，需要调整的是服务器。
no-forward-secrecy-fix-person-settings = 在服务器调整之前，请使用下方设置。
no-forward-secrecy-fix-server = 启用 ECDHE，并从列表中去掉名称以 TLS_RSA_、TLS_DH_ 或 TLS_ECDH_ 开头的套件。

key-exchange-weak-title = 密钥交换的强度不足
key-exchange-weak-why = 谁攻破密钥交换，谁就能读取整个连接。位数太少时，大型机构已有能力攻破；签名若可伪造，攻击者就能冒充服务器完成密钥交换。
key-exchange-weak-looks-at = 服务器用于密钥交换的素数、曲线或密钥，以及将其与证书绑定的签名。
key-exchange-weak-evidence-prime = { $server } 用 { $bits } 位的素数交换密钥；策略要求至少 { $least } 位。
key-exchange-weak-evidence-shared-prime = { $server } 用 { $bits } 位的素数（{ $prime }）交换密钥，许多服务器共用此素数，攻破一次就能打开所有这些服务器的连接；策略要求至少 { $least } 位。
key-exchange-weak-evidence-curve = { $server } 用 { $bits } 位的曲线 { $curve } 交换密钥；策略要求至少 { $least } 位。
key-exchange-weak-evidence-explicit-curve = { $server } 用自定义的 { $bits } 位曲线交换密钥；策略要求至少 { $least } 位。
key-exchange-weak-evidence-temporary-rsa = { $server } 用 { $bits } 位的临时 RSA 密钥交换密钥；策略要求至少 { $least } 位。
key-exchange-weak-evidence-old-hash = { $server } 用 { $scheme } 为其密钥交换签名；使用 MD5 或 SHA-1 的签名可被伪造。
key-exchange-weak-fix-person = 请不要关闭加密。您无需更改任何设置，需要调整的是服务器。
key-exchange-weak-fix-person-settings = 在服务器调整之前，请使用下方设置。
key-exchange-weak-fix-server = 用 X25519 或 P-256 上的 ECDHE 交换密钥，并停用 DHE；如必须保留 DHE，请使用 3072 位以上的命名素数（ffdhe3072）。只允许使用 SHA-256 或更强散列的签名。

key-exchange-outside-policy-title = 密钥交换使用了策略未列出的方式
key-exchange-outside-policy-why = 谁攻破密钥交换，谁就能读取整个连接，因此策略列出了可用于密钥交换的群（曲线和素数）。
key-exchange-outside-policy-looks-at = 服务器同意使用的群，与策略的列表相比较；它是否还接受其他群，并不清楚。
key-exchange-outside-policy-evidence = { $server } 用策略不允许的群交换密钥：{ $groups }。
key-exchange-outside-policy-evidence-discouraged = { $server } 用策略建议停用的群交换密钥：{ $groups }。
key-exchange-outside-policy-fix-person = 您无需更改任何设置，需要调整的是服务器。
key-exchange-outside-policy-fix-person-settings = 您无需更改任何设置，需要调整的是服务器。
key-exchange-outside-policy-fix-server = 把邮件服务可用的群限制在策略允许的范围内。P-256 和 P-384 在各种常见的列表中都有。

tls-compression-title = 服务器在加密前压缩内容
tls-compression-why = 密文的长度会因此泄露内容，曾有人用这种方法还原出密码（CRIME）。
tls-compression-looks-at = 提供压缩时，服务器是否采用。
tls-compression-evidence = { $server } 在 { $version } 中采用压缩。
tls-compression-fix-person = 您无需更改任何设置，需要调整的是服务器。
tls-compression-fix-person-settings = 在服务器调整之前，请使用下方设置。
tls-compression-fix-server = 关闭 TLS 压缩；当前的 TLS 库默认不启用压缩。

insecure-renegotiation-title = 连接的开头可能被插入他人的内容
insecure-renegotiation-why = 线路上的攻击者可以先建立连接并发送命令，再让邮件客户端的连接接在其后，命令便以该用户的名义执行。
insecure-renegotiation-looks-at = 服务器在 TLS 1.2 及更低版本中是否表明支持安全重新协商（RFC 5746）。
insecure-renegotiation-evidence = { $server } 在 { $version } 中没有表明支持安全重新协商。
insecure-renegotiation-fix-person = 您无需更改任何设置，需要更新的是服务器。
insecure-renegotiation-fix-person-settings = 在服务器更新之前，请使用下方设置。
insecure-renegotiation-fix-server = 更新 TLS 库：当前的 TLS 库都支持安全重新协商。在此之前，请关闭重新协商，或只接受 TLS 1.3。

no-extended-master-secret-title = TLS 1.2 的密钥没有与整个握手绑定
no-extended-master-secret-why = 处在两个连接之间的攻击者可以让两者使用相同的密钥，并把其中一个冒充为另一个。
no-extended-master-secret-looks-at = 在 TLS 1.2 中要求扩展主密钥（RFC 7627）时，服务器是否同意。
no-extended-master-secret-evidence = { $server } 不同意使用扩展主密钥。
no-extended-master-secret-fix-server = 更新 TLS 库：当前的 TLS 库会自动同意使用。TLS 1.3 始终会绑定密钥。

post-quantum-missing-title = 今天被录下的内容将来可能被量子计算机读取
post-quantum-missing-why = 攻击者可以现在录下连接，等到有了量子计算机再解密。混合密钥交换组可以防范，当前的 TLS 库已经支持。
post-quantum-missing-looks-at = 首选提供 X25519MLKEM768 时服务器选择的密钥交换组；若曾单独询问，还看它是否接受任何混合组。
post-quantum-missing-evidence = 虽然首选提供了 X25519MLKEM768，{ $server } 仍选择 { $group }。
post-quantum-missing-evidence-version = { $server } 最高只能协商到 { $version }，而混合密钥交换组需要 TLS 1.3。
post-quantum-missing-fix-server = 使用 TLS 1.3 以及支持 X25519MLKEM768 的 TLS 库（OpenSSL 自 3.5 版起支持），并在其列表中保留该组。

tlcp-only-title = 服务器使用的握手协议与策略要求不同
tlcp-only-why = 不认识该握手协议的邮件客户端无法连接；而在要求使用国密的场合，普通 TLS 不算数。
tlcp-only-looks-at = 服务器是否接受 TLS；若曾询问，还看是否接受 TLCP（GB/T 38636）。
tlcp-only-evidence = { $server } 接受 TLCP，却拒绝邮件客户端所用的 TLS。
tlcp-only-evidence-tls-only = { $server } 接受 TLS，却拒绝策略所要求的 TLCP。
tlcp-only-fix-person = 请不要关闭加密。应使用的邮件客户端、服务器和端口请向管理员询问。
tlcp-only-fix-person-settings = 请使用下方设置。
tlcp-only-fix-server = 提供策略所要求的握手协议；如果部分客户端需要另一种，可同时提供。

client-certificate-required-title = 没有客户端证书就无法使用
client-certificate-required-why = 普通账户的邮件客户端没有这种证书，因此无法连接。
client-certificate-required-looks-at = 服务器是否因客户端未出示证书而中止握手，或在握手刚结束时中止对话。
client-certificate-required-evidence-alert = 由于客户端没有出示自己的证书，{ $server } 以警报 { $alert } 结束连接。
client-certificate-required-evidence-words = { $server } 要求客户端出示证书，客户端没有出示，它便结束对话：“{ $reply }”。
client-certificate-required-fix-person = 请向管理员索取邮件客户端使用的证书，或询问其他服务器或端口。
client-certificate-required-fix-person-settings = 请使用下方设置，这样无需您自己的证书。
client-certificate-required-fix-server = 只有在人人都有客户端证书的场合才要求出示。如果并非有意，请在该服务上关闭此要求。
