# 与账户设置有关的规则。

cleartext-configured-title = 密码在传输途中可被读取
cleartext-configured-why = 该账户发送密码和所有邮件时都不加密。同一 Wi-Fi、网络运营商以及沿途任何一处的人都可以读取和篡改。
cleartext-configured-looks-at = 账户设置的加密方式。
cleartext-configured-evidence = 该账户使用 { $server }，设置为不加密。
cleartext-configured-fix-person = 请将此账户改为加密连接，然后修改密码：原密码可能已被他人读取。应填写的服务器、端口和加密方式请向管理员询问。
cleartext-configured-fix-person-settings = 请按下方设置将此账户改为加密连接，然后修改密码：原密码可能已被他人读取。
cleartext-configured-fix-server = 为该服务提供从第一个字节起即加密的 TLS 端口，通知用户迁移，随后对用户关闭明文端口。

opportunistic-configured-title = 途中有人去掉加密时，该账户会改用明文
opportunistic-configured-why = 设置为“如果可用则加密”时，一旦加密提议在途中被删除，邮件客户端就会继续以明文通信，而且不给出任何警告。
opportunistic-configured-looks-at = 账户设置的加密方式。
opportunistic-configured-evidence = 该账户使用 { $server }，设置为仅在服务器提供时才加密。
opportunistic-configured-fix-person = 请将此账户改为必须加密。应填写的端口和加密方式请向管理员询问。
opportunistic-configured-fix-person-settings = 请按下方设置，将此账户改为必须加密。
opportunistic-configured-fix-server = 为该服务提供从第一个字节起即加密的 TLS 端口，并在加密之前拒绝登录，使任何邮件客户端都无法退回明文。

starttls-configured-title = 服务器提供全程加密的端口，该账户却以明文开始连接
starttls-configured-why = 使用 STARTTLS 时，最初的对话以明文传输，邮件客户端在这一步的缺陷曾导致密码泄露。从第一个字节起即加密的端口不存在这一环节。
starttls-configured-looks-at = 账户的加密方式，以及同一主机是否以 TLS 端口和有效证书提供同一协议。
starttls-configured-evidence = 该账户以 STARTTLS 使用 { $server }；{ $better } 从第一个字节起即以 TLS 提供同一协议。
starttls-configured-fix-person = 请将此账户改到上文所列同一服务器的全程加密端口，并选择 SSL/TLS。
starttls-configured-fix-person-settings = 请按下方设置，将此账户改到全程加密的端口。
starttls-configured-fix-server = 在使用说明以及域名为邮件客户端发布的信息中，写明从第一个字节起即加密的 TLS 端口。

security-mode-mismatch-title = 加密方式与端口不匹配，无法建立连接
security-mode-mismatch-why = 双方互相等待，或把对方的话当作乱码：在端口与加密方式一致之前，邮件收不到或发不出。
security-mode-mismatch-looks-at = 账户的加密方式，以及访问时该端口如何开始对话。
security-mode-mismatch-evidence-tls-to-clear-text = 该账户在 { $server } 期望从第一个字节起使用 TLS，而该端口以明文开始对话。
security-mode-mismatch-evidence-clear-text-to-tls = 该账户在 { $server } 设置为{ $configured ->
    [starttls] 使用 STARTTLS
   *[other] 不加密
}，而该端口要求从第一个字节起使用 TLS。
security-mode-mismatch-fix-person = 端口和加密方式要一起改。配套的端口和加密方式请向管理员询问。
security-mode-mismatch-fix-person-settings = 请严格按下方所示填写此账户的端口和加密方式：两者必须配套。
security-mode-mismatch-fix-server = 请检查发给用户的说明：其中的端口与加密方式不配套。

wrong-protocol-title = 应答的服务不是该账户所需的服务
wrong-protocol-why = 用于一种协议的账户无法使用另一种协议的服务器，因此邮件收不到或发不出。常见原因是把一个服务器的地址填进了另一个服务器的输入框。
wrong-protocol-looks-at = 账户的协议，以及服务器的问候语。
wrong-protocol-evidence = 该账户期望 { $server } 提供 { $expected }，而那里应答的是 { $found }。
wrong-protocol-fix-person = 请更正此账户的服务器。服务器名称、端口和加密方式请向管理员询问。
wrong-protocol-fix-person-settings = 请按下方设置更正此账户的服务器。
wrong-protocol-fix-server = 请检查发给用户的说明，以及在该端口监听的是哪个服务。

host-is-address-title = 账户填写的是数字地址，而不是服务器名称
host-is-address-why = 证书是为名称签发的。使用数字地址时，邮件客户端无法分辨真正的服务器与冒充者；服务器搬迁后，账户也会失效。
host-is-address-looks-at = 账户设置的主机。
host-is-address-evidence = 该账户以地址 { $host } 作为服务器。
host-is-address-fix-person = 请将数字地址换成服务器名称。该名称请向管理员询问。
host-is-address-fix-person-settings = 请按下方设置，将数字地址换成服务器名称。
host-is-address-fix-server = 向用户提供服务器名称，并为该名称配置证书。

unknown-host-title = 服务器名称不存在
unknown-host-why = 该账户连接不到任何服务器：名称填写有误，或服务器已停用。谁注册了这样的名称，谁就会收到密码。
unknown-host-looks-at = DNS 对账户主机的两次应答。
unknown-host-evidence-no-such-name = DNS 两次答复：{ $host } 不存在。
unknown-host-evidence-no-address = DNS 两次答复：{ $host } 存在，但没有地址。
unknown-host-fix-person = 请更正服务器名称。正确的名称请向管理员询问。
unknown-host-fix-person-settings = 请按下方设置更正服务器名称；如果下方没有设置，请向管理员询问。
unknown-host-fix-server = 如果用户应当使用该名称，请在 DNS 中发布其地址；否则请告知用户正确的名称。

unapproved-server-title = 账户使用了未经批准的服务器
unapproved-server-why = 其他服务器的运营者可以读到邮件、收到密码，而本单位无人对其运行情况负责。
unapproved-server-looks-at = 账户设置的服务器，与策略批准的服务器和域名相比较。
unapproved-server-evidence = 该账户使用 { $server }。策略批准的是 { $approved }。
unapproved-server-fix-person = 请向管理员询问您的邮箱所在的服务器，并填写该服务器。
unapproved-server-fix-person-settings = 请按下方设置更换服务器。
unapproved-server-fix-server = 请告知用户应使用哪台服务器。如果这台服务器属于本单位，请将其加入策略的 approved_servers 或 approved_domains。

nonstandard-port-title = 账户使用了不常见的端口
nonstandard-port-why = 这也许可用，但访客网络和防火墙往往只放行已注册的端口，其他检查也不会料到这里有邮件服务。
nonstandard-port-looks-at = 账户的协议、端口和加密方式。
nonstandard-port-evidence = 该账户使用端口 { $port }；{ $protocol } 在此加密方式下的注册端口是 { $registered }。
nonstandard-port-fix-person = 如果在其他网络中无法连接，请向管理员询问注册端口。
nonstandard-port-fix-person-settings = 如果在其他网络中无法连接，请使用下方设置。
nonstandard-port-fix-server = 请同时在注册端口上提供该服务。

certificate-check-disabled-title = 账户信任任何应答的服务器
certificate-check-disabled-why = 关闭证书检查后，加密便形同虚设：途中任何人都可以冒充服务器并获取密码。
certificate-check-disabled-looks-at = 账户设置是否接受任何证书。
certificate-check-disabled-evidence = 该账户使用 { $server }，并接受任何证书。
certificate-check-disabled-fix-person = 请重新开启服务器证书检查。如果随后出现警告，请勿接受，并告知管理员。
certificate-check-disabled-fix-server = 为服务器配置对用户所用名称有效的证书，使任何人都没有理由关闭检查。

public-submission-port-title = 邮件经由服务器之间使用的端口发送
public-submission-port-why = 端口 25 用于服务器之间传递邮件。许多网络会封锁它，而服务器在此必须接受未加密的邮件。
public-submission-port-looks-at = 账户的协议和端口。
public-submission-port-evidence = 该账户通过 { $server } 发送邮件。
public-submission-port-fix-person = 请通过供用户使用的端口发送邮件。应使用哪个端口，请向管理员询问。
public-submission-port-fix-person-settings = 请按下方设置，通过供用户使用的端口发送邮件。
public-submission-port-fix-server = 提供从第一个字节起即以 TLS 加密的提交端口，通知用户迁移，随后不再在端口 25 上接受登录。
