# `mailfleet check` 的输出：输入如何被理解，以及将探测什么。

check-file = { $file }：共 { $rows } 行，接受 { $accepted } 行，拒绝 { $rejected } 行
check-more-rejected = 另有 { $rows } 行被拒绝
check-visits = { $accounts } 个账户，{ $endpoints } 个端点
check-accounts = { $accounts ->
   *[other] 个账户
}
check-forbidden = 不是邮件端口：须用 --allow-port 允许
check-pace = 共 { $hosts } 台主机。仅访问间隔（--interval 500ms）就约需 { $seconds } 秒：端口最多的主机有 { $ports } 个端口，一般服务器每个端口需 { $connections } 次连接，发现旧版本、弱套件或策略排除了现有服务器常用的设置时需更多；若多台主机共用一个地址，则需更久。始终不应答的服务器最多占用 { $most } 秒。
check-port-sweep = { $host } 上有 { $ports } 个端口：在其管理者看来，这像是端口扫描
check-address-sweep = { $net } 内有 { $addresses } 个地址：这看起来像是地址扫描
check-no-account = 没有任何一行能得出账户：请按上述说明修正各行，再次检查
check-by-reason = 全部按原因统计：

# 各列和各个用词是如何理解的。
check-column-read = { $field }
check-column-dropped = { $field }：可识别，内容不保留
check-column-secret = 未读取：按列名判断为机密内容
check-column-second = 未使用：前面已有一列表示同样的内容；可用 --map 另行指定
check-column-no-host = 未使用：没有任何列给出它所属的服务器
check-column-unknown = 未使用：无法识别；可用 --map 说明它的含义
check-column-untitled = 未使用：没有列名

check-words = { $file } 中的协议和加密方式用词是这样理解的：
check-blank = （空）
check-security-tls = 连接一开始即用 TLS
check-security-starttls = STARTTLS
check-security-none = 不加密
check-security-auto = 服务器支持时用 STARTTLS，否则不加密
check-security-unknown = 未说明
check-any-certificate = { $meaning }，且接受任何证书
check-by-word = { $meaning }
check-by-port = { $meaning }（由端口判定）
check-by-name = { $meaning }（由 POP3S、imaps:// 之类的名称判定）
check-by-nothing = 未定：请在表中写明，否则该账户无法核实
check-by-nothing-known = 未定：只写“是”时，要靠常用邮件端口才能判定是哪一种
check-times = { $times ->
    [1] （1 次，第 { $line } 行）
   *[other] （{ $times } 次，首次在第 { $line } 行）
}
