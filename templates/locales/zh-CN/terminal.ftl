# 终端上关于一次运行和一条规则的文字。

terminal-compliant = 合规
terminal-non-compliant = 不合规
terminal-not-verified = 未能核实
terminal-waived = 已豁免
terminal-verified = 个账户，已核实 { $percent }%
terminal-under = 个账户按 { $policy } 合规：不合规 { $breach }，未能核实 { $open }，已豁免 { $waived }；已核实 { $percent }%
terminal-endpoints-only = 个端点已判定，未提供账户
terminal-files-lie = 文件位于 { $place }。
terminal-report-lies = 报告位于 { $place }。
terminal-incomplete = 本次运行未完成：报告不完整，并已注明。请重新运行。
terminal-internal-error = mailfleet 自身的故障导致部分内容未能查看；请按 internal-error 一项的说明反馈。
terminal-nothing-verified = 从本机无法核实任何账户。原因见报告中的“未能核实”一节，请换一个网络再试。
terminal-no-server-reached = 从此处未能连通任何服务器；已作出的判定仅依据账户设置。
terminal-too-little-verified = 能够核实的账户不足 { $percent }%。请查看报告中的“未能核实”一节，或调低 --min-verified。
terminal-open = 存在严重程度为“{ $severity }”及以上的未解决问题（--fail-on）；报告列出了应先做什么。
terminal-breached = 存在低于“中”级但违反策略的问题；报告列出了应先做什么。
terminal-demo-ended = 演示到此结束。若运行 `mailfleet audit`，退出状态将为 { $code }。

notice-removed = 已删除上次运行留下的 { $file }：本次的 { $option } 没有要求生成它。
notice-other-version = 该报告由 { $made } 版生成；其中的文字和规则所依据的条款，均以当前的 { $this } 版为准。
notice-key-open = --pseudonym-key { $file }：除所有者外，还有人可以使用此文件，而能读到它的人就能查出每个化名对应的人：请对其执行 `chmod 600`。
notice-torn = 观测记录在第 { $byte } 字节处中断，最后一条不完整；将按此前的记录判定。
notice-journal-kept = 上一次运行未写完的观测记录已保留为 { $file }。
notice-private-key = { $file } 中还含有私钥。私钥没有被读取；需要转交他人的文件，请勿放入私钥。
notice-ending = 正在以已有的内容结束运行（再次中断则立即结束）。
notice-max-time = 已到 --max-time 规定的时间；正在以已有的内容结束运行。
notice-counted = 报告：统计用时 { $spent }
notice-written = { $file }：{ $bytes } 字节，用时 { $spent }
notice-spent = { $seconds } 秒
notice-spent-memory = { $seconds } 秒，另占内存 { $besides } MiB，共 { $all } MiB

judge-other-roots = 这些观测记录旁的报告按根证书库 { $before } 判定，本次按 { $now }（{ $count } 份证书）判定，仅此一点就可能改变结论。如需使用相同的根证书：{ $options }
judge-roots-changed = 根证书库 { $before } 已不同于这些观测记录旁的报告所用的那一份：此后有过变化，现有 { $count } 份证书。仅此一点就可能改变结论。如需使用相同的根证书，请用 --trust 指定当时的文件，或在首次运行的机器上判定。

rules-on-endpoint = 一台服务器的一个端口，含其全部地址
rules-on-account = 一个账户的设置
rules-on-fleet = 全部账户
rules-looks-at = 检查内容
rules-severity = 严重程度
rules-why = 为何重要
rules-looks-at-what = { $kind }：{ $question }
rules-form = { $form } 形式为{ $severity }
rules-policies = 各策略的规定
rules-not-asked = 不检查
rules-clauses = 依据条款
rules-clause = { $clause }（{ $verb }）
rules-example = 证据示例
rules-column-id = 规则
rules-column-title = 所发现的问题
rules-column-policy = 策略
rules-book-title = mailfleet 的规则
rules-book-intro = 表中为各规则默认的严重程度。每条规则之下列出对其另有规定的策略：所定的严重程度，以及该规则对应的策略条款。示例中引用的内容均为虚构。
rules-fix-person = 员工需要更改
rules-fix-server = 服务器需要更改

chain-names = 名称：{ $value }
chain-name = 与主机名对照：
chain-begins = 生效时间：{ $value }
chain-ends = 到期时间：{ $value }
chain-fix = 服务器需要更改：
chain-no-finding = 未发现不宜安装此证书链的问题。
chain-undecided = 未能判定：{ $rule }（{ $reason }）

verify-files = { $count } 个文件的大小和散列值与清单一致。
verify-files-of = { $all } 个文件中，{ $count } 个的大小和散列值与清单一致。
verify-nothing = 清单没有列出任何文件，因此没有可核对的内容：清单已被改动。请取回当时保存的文件。
verify-file-name = { $file } 不是本目录中的文件名，因此没有读取：清单已被改动。请取回当时保存的文件。
verify-file-changed = { $file } 已不是当时写下的文件：当时 { $said } 字节，现在 { $found } 字节。请取回当时保存的文件，或重新审计。
verify-file-same-size = { $file } 已不是当时写下的文件：大小相同，内容不同。请取回当时保存的文件，或重新审计。
verify-file-unreadable = 无法读取 { $file }：{ $why }。请取回当时保存的文件，或授予读取权限。
verify-stray = { $file } 不在清单中：它属于另一次运行。请将其删除或移走。
verify-journal = 观测记录首尾相接，完好无缺：共 { $visits } 次访问；末行散列值为 { $head }。
verify-no-journal = 观测记录不在本目录中。判定所依据的记录，其末行散列值为 { $head }。
verify-journal-head = 观测记录完好，但不是本报告所依据的那一份。请取回本次运行的文件。
verify-journal-damaged = 观测记录已损坏：{ $why }
verify-totals = report.json 中的各项合计均与明细一致：共 { $count } 个账户。
verify-no-report = 本次运行没有 report.json，因此无法重新计算合计。
verify-report-other = report.json 与清单不属于同一次运行。请取回本次运行的文件。
verify-report-unreadable = 无法重新计算 report.json：{ $why }
verify-total = report.json 中 { $total } 为 { $said }，而按明细计算为 { $counted }。文件可能已被改动，或 mailfleet 存在故障：请反馈。
verify-more = 另有 { $count } 处不一致
verify-intact-unobserved = 此处的文件与写下时一致；观测记录未经核对。如需一并核对，请将判定所依据的 observations.ndjson 放入本目录。
verify-incomplete = 该次运行未完成，报告中已注明。
verify-manifest = manifest.json 的 SHA-256：{ $sha256 }。能改动所有文件的人也能改动它，请与另行保存的副本核对。
verify-intact = 自写入清单以来没有任何改动。
verify-altered = 这已不是该次运行写下的内容。

# `probe` 对一台主机的所见
probe-not-visited = 未访问：{ $why }。
probe-not-seen = 未能查看：{ $why }。
probe-allow-net = 如果您有权访问该地址，请用 --allow-net { $network } 指明其网络。
probe-no-address = 没有地址
probe-no-greeting = 没有问候语
probe-no-tls = 没有 TLS
probe-no-tls-since = 没有 TLS：{ $why }
