# 终端上关于策略、以及审计前关于输入的文字。

show-interpretation = mailfleet 的解释
show-mark = （mailfleet 的解释）
show-after = 依据 { $document }：{ $title }
show-after-since = 依据 { $document }（{ $since }）：{ $title }
show-breach_from = 不合规起点
show-tls_minimum = 最佳 TLS 不低于
show-tls_oldest = 最旧的 TLS
show-prefer_implicit_tls = 隐式 TLS
show-expiry_days = 到期提醒
show-validity_days = 有效期上限
show-rsa_bits = RSA 密钥
show-ec_bits = EC 密钥
show-dh_bits = DH 素数
show-suites-allow = 允许的套件
show-suites-deny = { "  " }其中不允许
show-advised = { "  " }建议值
show-discouraged = { "  " }不建议使用
show-key_exchange = 允许的组
show-certificate_keys = 允许的密钥
show-handshake = 握手
show-revocation = 吊销检查
show-dane = TLSA 记录
show-besides = 额外询问
show-besides-what = 当前服务器普遍接受、但违反本策略的 { $suites } 个套件和 { $groups } 个组；在 `standard` 深度下，每台服务器最多为此增加 3 次连接
show-own_domains = 自有域
show-issuers = 允许的颁发者
show-allow_ports = 允许的端口
show-approved = 认可的服务器
show-preferred = 优先
show-not-preferred = 不要求优先
show-asked-for = 查询
show-not-asked-for = 不查询
show-no-limit = 不另设上限
show-days = { $days } 天
show-expiry = { $days } 天；{ $urgent } 天以内更为严重
show-bits = { $bits } 位
show-any = 不限
show-none = 无
show-off = 不检查
show-rules = 规则
show-documents = 文件
show-clause = { $clause }（{ $verb }）
show-needs-owner = 例外还须写明负责人（owner）。
show-needs-ticket = 例外还须写明工单（ticket）。
show-needs-both = 例外还须写明负责人（owner）和工单（ticket）。
show-within = 例外须在 { $days } 天内到期。
show-exceptions = 例外
show-exception = { $rule }，适用于 { $subject }，有效至 { $until }，由 { $approver } 批准
show-group = 分组 { $name }
show-from = 自 { $day } 起

list-ours = （阈值为 mailfleet 的解释）

usable-policy = { $file }：策略 `{ $name }` 可以使用
waiver-appended = { $file } 现已记入：接受 { $subject } 的 { $rule }，至 { $until } 止。判定时指明该文件才生效：mailfleet judge … --waivers { $file }
usable-waivers = { $file }：其中 { $waivers } 项豁免可以使用
usable-overlap = { $file }：`{ $members }` 的账户同时属于分组 `{ $first }` 和 `{ $second }`，由前者判定

diff-same = { $one } 与 { $other } 的要求相同
diff-more = 增加 { $count } 项
diff-fewer = 减少 { $count } 项
diff-stricter = 更严格
diff-looser = 更宽松
diff-counts = 与 { $one } 相比，{ $other } 有 { $stricter } 项更严格、{ $looser } 项更宽松、{ $neither } 项其他差异；另有 { $references } 项仅条款或措辞不同
diff-clauses = 加上 --clauses 可一并列出

# 随程序提供的各策略适用于什么，不适用于什么。
policy-note-rfc8314 = 针对收取和提交邮件；服务器之间转发邮件不在其范围内。
policy-note-mozilla-intermediate = 该指南针对网站服务器，未涉及邮件：此处仅作为 TLS 和证书的配置基准；明文即不合规，是 mailfleet 的解释。
policy-note-mozilla-modern = 该指南针对网站服务器，未涉及邮件：此处仅作为 TLS 和证书的配置基准；明文即不合规，是 mailfleet 的解释。不支持 TLS 1.3 的客户端将无法连接。
policy-note-nist-800-52r2 = 其中的“shall”仅约束美国联邦政府的系统，对其他组织只是建议。该文件针对 TLS，未涉及邮件：明文即不合规，是 mailfleet 的解释。
policy-note-pci-dss-4-0-1 = 仅适用于邮件内容或传输途中含有银行卡号（PAN）的情形。若邮件正文含有卡号，仅加密传输通常并不足够（要求 4.2.2）。
policy-note-bsi-tr-02102-2 = 版本为 2026-01；章节和表格编号沿用 2023-01 版公布的数据，引用前请核对编号。该文件针对 TLS，未涉及邮件：明文即不合规，是 mailfleet 的解释。
policy-note-ncsc-nl = 该指南未提及邮件客户端所用的服务器：将其用于这些服务器，以及明文即不合规，均为 mailfleet 的解释。
policy-note-gbt-37002 = 标准原文未规定 TLS 版本、密码套件和密钥长度，这些均为 mailfleet 的解释。一并引用的 GB/T 35273-2020 针对个人信息，不是邮件标准。
policy-note-djbh = 相关标准原文未规定 TLS 版本、密码套件和密钥长度，这些均为 mailfleet 的解释。一并引用的 GB/T 35273-2020 针对个人信息，不是邮件标准。
