# 终端上关于一次运行和一条规则的文字。

terminal-compliant = 合规
terminal-non-compliant = 不合规
terminal-not-verified = 未能核实
terminal-waived = 已豁免
terminal-verified = 个账户，已核实 { $percent }%
terminal-under = 个账户按 { $policy } 合规：不合规 { $breach }，未能核实 { $open }，已豁免 { $waived }；已核实 { $percent }%
terminal-endpoints-only = 个端点已判定，未提供账户
terminal-report-lies = 报告位于 { $place }。
terminal-incomplete = 本次运行未完成：报告不完整，并已注明。请重新运行。
terminal-internal-error = mailfleet 自身的故障导致部分内容未能查看；请按 internal-error 一项的说明反馈。
terminal-nothing-verified = 从本机无法核实任何账户。原因见报告中的“未能核实”一节，请换一个网络再试。
terminal-too-little-verified = 能够核实的账户不足 { $percent }%。请查看报告中的“未能核实”一节，或调低 --min-verified。
terminal-open = 存在达到或超过 --fail-on 的未解决问题；报告列出了应先做什么。
terminal-demo-ended = 演示到此结束。若运行 `mailfleet audit`，退出状态将为 { $code }。

rules-on-endpoint = 一台服务器的一个端口，含其全部地址
rules-on-account = 一个账户的设置
rules-on-fleet = 全部账户
rules-looks-at = 检查内容
rules-severity = 严重程度
rules-fix-person = 员工需要更改
rules-fix-server = 服务器需要更改

chain-names = 名称：{ $value }
chain-name = 与主机名对照：
chain-begins = 生效时间：{ $value }
chain-ends = 到期时间：{ $value }
chain-fix = 服务器需要更改：
chain-no-finding = 未发现不宜安装此证书链的问题。
chain-undecided = 未能判定：{ $rule }（{ $reason }）
