# 与可达性和观测位置有关的规则：从不构成违规。

unreachable-title = 无法连接服务器，或连接中断
unreachable-why = 从这里看不到的，既不算合格也不算违规。原因可能在服务器、在本网络，或在两者之间的防火墙。
unreachable-looks-at = 名称解析以及对话的每一步。
unreachable-evidence-no-such-name = DNS 答复：{ $host } 不存在。
unreachable-evidence-no-address = DNS 答复：{ $host } 没有地址。
unreachable-evidence-dns-failed = DNS 解析器解析 { $host } 时出错。
unreachable-evidence-dns-refused = DNS 解析器拒绝解析 { $host }。
unreachable-evidence-dns-timed-out = DNS 解析器未在时限内答复 { $host }。
unreachable-evidence-dns-invented = DNS 解析器为 { $host } 给出的地址，与它为不可能存在的名称给出的地址相同，因此在那里应答的并不是该服务器。
unreachable-evidence-refused = { $server } 拒绝了连接。
unreachable-evidence-unreachable = 没有通往 { $server } 的网络路径。
unreachable-evidence-timed-out = { $server } 未在时限内应答：{ $phase ->
    [connect] 建立连接时
    [greeting] 等待问候语时
    [capabilities] 询问其功能时
    [starttls] 请求加密时
    [handshake] 协商 TLS 时
   *[other] 在 TLS 内再次询问时
}。
unreachable-evidence-closed = { $server } 关闭了连接：{ $phase ->
    [connect] 立即关闭
    [greeting] 在问候语之前
    [capabilities] 询问其功能时
    [starttls] 请求加密时
    [handshake] 协商 TLS 时
   *[other] 在 TLS 内再次询问时
}。
unreachable-evidence-reset = { $server } 或途中的设备重置了连接：{ $phase ->
    [connect] 立即重置
    [greeting] 在问候语之前
    [capabilities] 询问其功能时
    [starttls] 请求加密时
    [handshake] 协商 TLS 时
   *[other] 在 TLS 内再次询问时
}。
unreachable-evidence-alert = { $server } 以一个并非拒绝的警报结束了握手，如同发生了意外。
unreachable-evidence-no-route-here = { $server } 只有本机无法到达的一类地址，例如 IPv6。
unreachable-evidence-local = 本机无法向 { $server } 建立连接。
unreachable-fix-person = 如果您的邮件收发不正常，请与收发正常的同事核对服务器和端口：地址可能填写有误。修改之前，请先询问邮件管理员。
unreachable-fix-server = 请确认该名称和服务仍在使用，且防火墙放行本机，然后重新运行审计。

unstable-title = 服务器的应答并不一致
unstable-why = 同一名称或地址背后有不同的机器，或连接时好时坏：邮件有时能用，有时不能，而这里看到的只是一次抽样。
unstable-looks-at = 同一地址多次握手的证书和版本、该名称下哪些地址有应答，以及成功之前失败的尝试。
unstable-evidence-certificates = { $server } 在条件相同的握手中出示了 { $certificates } 种不同的证书：{ $one }（有效期至 { $one-ends }）与 { $other }（有效期至 { $other-ends }）。所有证书均已判定，以最差的为准。
unstable-evidence-versions = { $server } 在条件相同的握手中协商出不同的版本：{ $versions }。
unstable-evidence-addresses = { $server } 的部分地址有应答（{ $answering }），其余没有（{ $silent }）。
unstable-evidence-attempts = { $server } 在 { $attempts } 次尝试失败之后才有应答（{ $how ->
    [refused] 连接被拒绝
    [unreachable] 没有网络路径
    [timed-out] 未在时限内应答
    [closed] 连接被关闭
    [reset] 连接被重置
   *[other] 对话中断
}）。
unstable-fix-server = 请比对该名称背后的各台机器：配置、证书，以及是否都在运行。有故障的机器在修复之前，请从 DNS 或负载均衡中移除。

server-refuses-title = 服务器拒绝本机
server-refuses-why = 服务器可能过载、正在维护，或只拒绝本机。它为他人提供什么，从这里无法看到。
server-refuses-looks-at = 服务器的问候语。
server-refuses-evidence = { $server } 一开始就予以拒绝：“{ $reply }”。
server-refuses-fix-server = 请在服务器日志中查找拒绝原因；放行运行审计的机器，或稍后重新运行审计。

server-throttled-title = 服务器限制访问频率，未能问完全部问题
server-throttled-why = 服务器会防范过多的连接。此前得到的应答已经判定；此后没有再问的，既不算合格也不算违规。
server-throttled-looks-at = 要求稍后再来的应答，以及服务器应答之后出现的沉默或拒绝。
server-throttled-evidence = { $server } 在访问过程中开始拒绝应答；{ $unanswered } 个问题没有得到答案。
server-throttled-evidence-at-once = { $server } 一开始就要求稍后再来，{ $unanswered } 个问题均未得到答案。
server-throttled-evidence-neighbours = 与 { $server } 同一网段的其他服务器限制访问频率，因此没有再打扰它；{ $unanswered } 个问题没有向它提出。
server-throttled-fix-server = 请允许运行审计的机器建立更多连接，或稍后以更长的 --interval 和 --per-host 1 重新运行审计。

limit-reached-title = 服务器发送的内容或所用的时间超出读取上限
limit-reached-why = 审计在固定的上限处停止读取，使任何服务器都无法拖住它。上限之外的内容没有查看。
limit-reached-looks-at = 访问过程中触及的审计上限。
limit-reached-evidence-line = { $server } 的一行超过了长度上限。
limit-reached-evidence-reply-lines = { $server } 的一次应答超过了行数上限。
limit-reached-evidence-reply-bytes = { $server } 的一次应答超过了字节数上限。
limit-reached-evidence-connection-bytes = { $server } 在一次连接中发送的明文超过了上限。
limit-reached-evidence-handshake-bytes = { $server } 在一次握手中发送的字节数超过了上限。
limit-reached-evidence-connection-time = 与 { $server } 的一次连接超过了时间上限。
limit-reached-evidence-address-time = 对 { $server } 的访问超过了时间上限。
limit-reached-evidence-connections = { $server } 需要的连接超过一次访问的上限；其余的未能核实。
limit-reached-evidence-certificates = { $server } 发送的证书超过了保留的数量。
limit-reached-evidence-addresses = { $server } 的地址超过了访问的数量。
limit-reached-fix-server = 请确认这样的应答是否符合预期：邮件客户端同样有上限。

starttls-stripped-in-path-title = 途中的设备改写服务器的应答，可能去掉加密提议
starttls-stripped-in-path-why = 本机与服务器之间有设备改写对话，因此听到的内容不一定出自服务器。处于同一设备之后的人会失去加密。
starttls-stripped-in-path-looks-at = 到达本机的服务器问候语和功能列表。
starttls-stripped-in-path-evidence = 来自 { $server } 的内容带有被遮盖的痕迹：“{ $words }”。
starttls-stripped-in-path-evidence-offered = 来自 { $server } 的内容带有被遮盖的痕迹：“{ $words }”。这次加密提议仍然送达。
starttls-stripped-in-path-fix-person = 请不要关闭加密，并告知管理员：途中有设备去掉了加密。
starttls-stripped-in-path-fix-person-settings = 请按下方设置使用加密连接：从第一个字节起的加密，途中的设备无法去掉。
starttls-stripped-in-path-fix-server = 请关闭本机与服务器之间防火墙的邮件检查功能，然后重新运行审计。

address-not-allowed-title = 服务器名称指向不允许访问的地址
address-not-allowed-why = 除非明确要求，否则不访问内部、回环或云元数据地址，以免有人借审计指向这些地址。
address-not-allowed-looks-at = 账户主机的地址，以及允许访问的网段。
address-not-allowed-evidence = { $host } 指向不允许访问的 { $to }。
address-not-allowed-fix-server = 如果确实要用该地址，请用 --allow-net 放行，然后重新运行审计。

port-not-allowed-title = 账户使用的端口不允许访问
port-not-allowed-why = 除非明确要求，否则只访问邮件端口，因为其他服务可能会对收到的任何内容采取行动。
port-not-allowed-looks-at = 账户的端口，以及允许访问的端口。
port-not-allowed-evidence = 该账户使用 { $server }；端口 { $port } 不是邮件端口。
port-not-allowed-fix-person = 请检查此账户的端口：很可能填写有误。
port-not-allowed-fix-server = 如果那里确实提供邮件服务，请用 --allow-port 或在策略中放行该端口，然后重新运行审计。

internal-error-title = 审计程序在此处出错
internal-error-why = mailfleet 自身的故障使它看不到该服务器。这并不说明服务器有任何问题。
internal-error-looks-at = 访问过程中程序自身的故障。
internal-error-evidence = 在 { $server }：“{ $why }”。
internal-error-fix-server = 请附上以上引文和 mailfleet 的版本报告此问题。
