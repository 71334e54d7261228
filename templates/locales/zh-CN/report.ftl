# 报告中与具体规则无关的文字。

a-value = { $value }
report-title = 邮件配置审计报告
report-for = { $organisation }
skip-link = 跳到摘要
contents = 目录
more = 详情
steps = 步骤与员工
foreign-sample = 带框文字
foreign-legend = 服务器、证书或输入文件中的原文以 { $sample } 的形式引用，不是本报告的结论。

# 模板拼接两段文字时所用的标点
gap = { "" }
comma = ，
list-comma = 、
semicolon = ；
stop = 。
colon = ：
colon-end = ：
open-paren = （
close-paren = ）

# 标题
heading-summary = 摘要
heading-first = 优先处理
heading-totals = 总数核对
heading-findings = 发现的问题
heading-changes = 员工需要修改的设置
heading-endpoints = 服务器端点
heading-calendar = 证书到期日历
heading-unverified = 未能核实
heading-accounts = 账户
heading-waivers = 豁免
heading-rejected = 被拒绝的行
heading-method = 方法与范围
heading-limitations = 局限
heading-integrity = 完整性
heading-signoff = 签署
heading-glossary = 术语

# 报头
label-period = 审计时间
label-judged = 判定时点
label-policy = 策略
label-vantage = 观测位置
label-auditor = 审计人
label-people = 员工
people-redacted = 以化名代替（--redact）
# 不足五人的部门、客户端或分组合并后的名称。
group-merged = 人数过少的组，已合并
label-organisation = 组织
label-started = 首次访问
label-finished = 最后访问
label-report-id = 报告编号
label-run = 运行编号
label-made-by = 生成程序
made-by = mailfleet { $version }
label-clock = 时钟
label-resolver = DNS 解析器
label-network = 网络
label-depth = 深度
label-trust = 受信任的根证书
trust-newest = 其中最新的一份始于 { $newest }
label-departures = 与规则默认严重程度不同之处
period = { $from } 至 { $to }
vantage-unnamed = 未命名（--vantage）
clock-unchecked = 本机时钟，未与其他时钟核对
clock-given = 时间由命令行给定
trust-size = （{ $certificates } 份证书）

# 横幅
banner-label = 请先阅读：
banner-incomplete = 本次运行不完整：在访问完所有端点之前就结束了。未访问的部分记为“未能核实”，请勿将本报告当作完整报告。
banner-not-planned = 本次运行是按其他策略进行的，没有询问 { $policy } 所需的事实：本应“合规”的账户因此记为“未能核实”。请以 --policy { $policy } 重新运行审计。
banner-nothing-verified = 从此处未能核实任何账户。这只说明审计方与服务器之间的网络有问题，不说明服务器本身有问题。
ended-by-signal = 运行因收到信号（例如 Ctrl-C）而结束。
ended-by-max-time = 运行因时限（--max-time）已到而结束。

# 结论
verdict-compliant = 合规
verdict-non-compliant = 不合规
verdict-not-verified = 未能核实
verdict-waived = 已豁免
sentence-no-accounts = 在没有账户清单的情况下判定了 { $endpoints } 个端点，发现 { $findings } 个问题。
sentence-breach = { $total } 个账户中有 { $accounts } 个不符合策略。
sentence-open = 没有发现不符合策略的账户，但 { $total } 个账户中有 { $accounts } 个未能核实。
sentence-met = 全部 { $total } 个账户都符合策略，或其例外已获批准。
share-verified = { $total } 个账户中，{ $percent }% 已得到核实。

# 优先处理
first-change = { $people } 人改用：
first-person = 由这 { $people } 人各自修改。
first-administrator =
    { $hosts ->
        [0] 由邮件服务管理员处理
       *[other] 由 { $hosts } 台服务器的管理员处理
    }，{ $people ->
        [0] 没有账户受影响。
       *[other] 影响 { $people } 人。
    }
first-authority = 有服务器使用看来是自建的 CA，而本次判定不信任它：{ $authority }
first-auditor = 由运行本次审计的人处理：如果该 CA 属于本单位，请用 --trust system --trust 根证书文件 重新判定。涉及 { $hosts } 台服务器，影响 { $people } 人。
first-servers =
    涉及：{ $servers }{ $beyond ->
        [0] 。
       *[other] ，另有 { $beyond } 个端口。
    }
first-mends = 可解决
first-mends-beyond = ，另有 { $beyond } 项
full-stop = 。
first-beyond = 另有 { $beyond } 项待办；全部问题见下文。
first-none = 没有达到策略阈值的未解决问题。

# 总数核对
totals-caption = 输入与输出逐项相符。以下各项合计在生成报告之前已经核对。
total-rows = 输入行数
total-rows-of = 接受 { $accepted } + 拒绝 { $rejected }
total-accounts = 账户
total-accounts-of = 合规 { $compliant } + 不合规 { $breach } + 未能核实 { $open } + 已豁免 { $waived }；共 { $people } 人
total-merged = { $accepted } 个接受的行得到 { $accounts } 个账户，合并了 { $merged } 个相同的行。
total-without-port = 有 { $accounts } 个账户没有写明端口，在每个可能的端点上都计入，因此各端点的账户数之和可能大于账户总数。
total-endpoints = 端点
total-endpoints-of = 已连通 { $reached } + 未连通 { $unreached }；共 { $addresses } 个地址
total-findings = 发现的问题
total-findings-of = 严重 { $critical } + 高 { $high } + 中 { $medium } + 低 { $low } + 提示 { $info }；其中已豁免 { $waived }
total-connections = 连接数
total-connections-of = 包括对候选设置的验证

# 列名
column-what = 项目
column-total = 合计
column-made-of = 构成
column-endpoint = 端点
column-ends = 到期（UTC）
column-left = 剩余时间
column-certificate = 证书
column-people = 人数
column-reason = 原因
column-accounts = 账户数
column-do = 处理办法
column-accepted = 接受
column-verdict = 结论
column-employee = 员工
column-email = 邮箱
column-department = 部门
column-client = 邮件客户端
column-service = 服务
column-security = 加密方式
column-findings = 问题数
column-source = 来源
column-state = 状态
column-rule = 规则
column-subject = 对象
column-waiver-reason = 接受的理由
column-approved = 批准人
column-owner = 负责人
column-ticket = 工单
column-until = 截止日期（UTC）
column-file = 文件
column-line = 行号
column-rows = 行数
column-accepted-rows = 接受
column-rejected-rows = 拒绝
column-columns = 关于列的说明
column-idea = 依据
column-now = 现有设置
column-value = 值
column-severity = 严重程度
column-title = 问题
column-evidence = 所见情况
column-clause = 条款
column-fingerprint = 指纹
column-protocol = 协议
column-host = 服务器
column-port = 端口
column-rules = 规则
column-new-protocol = 新协议
column-new-host = 新服务器
column-new-port = 新端口
column-new-security = 新加密方式
column-proven = 证实时间（UTC）
column-not-proven = 未证实的原因
column-steps = 操作步骤
column-account-id = 账户编号
column-reached = 是否连通
column-addresses = IP 地址
column-visited = 访问时间（UTC）
column-worst = 服务器自身最严重的问题
column-issuer = 签发者
column-sha256 = SHA-256

# 发现的问题
severity-critical = 严重
severity-high = 高
severity-medium = 中
severity-low = 低
severity-info = 提示
findings-intro = 共 { $findings } 个问题，涉及 { $rules } 条规则，由重到轻排列。
findings-none = 没有规则发现问题。
finding-touches = { $accounts } 个账户，{ $people } 人
finding-waived = { $findings } 个中有 { $waived } 个已豁免
verb-must = 必须
verb-should = 应当
verb-may = 可以
verb-states = 陈述
verb-interpretation = mailfleet 的解释
verb-since = ，自 { $since } 起
# 仅用于中文：该文件没有中文版
title-translation = （译名：{ $translation }）
sights-fold = 所见事实，{ $sights } 处
authority-hint = 属于同一所有者的 { $hosts } 台服务器使用 { $authority }，它不在受信任的根证书之列，看来是自建 CA。如果属于本单位，请用 --trust system --trust 根证书文件 重新判定，即可一并解决；如果无人认得它，请勿信任：可能有人在途中解密 TLS。
authority-shown = 见于 { $endpoints } 处。
sight-accounts =
    { $accounts ->
        [0] 没有账户使用。
       *[other] { $accounts } 个账户。
    }
sight-waived = 由 { $approver } 批准豁免至 { $until }：{ $reason }
sights-beyond = 另有 { $beyond } 处，全部见 findings.csv。
box-person = 员工要改什么
box-server = 服务器要改什么
server-nothing = 无需修改。
until-mended = 您的设置没有问题，需要修复的是服务器证书。请不要跳过警告。在服务器修复之前，以下设置已经证实可用：
moves-intro = 本次运行中试过的设置：
recipe-for-dovecot = 此处识别出 Dovecot，可这样配置：
recipe-for-postfix = 此处识别出 Postfix，可这样配置：
recipe-for-exim = 此处识别出 Exim，可这样配置：
recipe-for-nginx = 此处识别出 nginx，可这样配置：
move-to = { $accounts } 个账户可改用 { $settings }。{ $proof }
move-none = { $accounts } 个账户：{ $proof }

# 修改
changes-intro = 每组新设置列一项，并给出所用各邮件客户端中的操作步骤。
changes-none = 没有人需要修改设置。
change-none = 没有可以证实的替代设置
change-proven = 本次运行已证实
change-until-mended = 其中 { $accounts } 个账户（下表中已标出）只在服务器证书修复之前需要这样修改；应当先修复服务器。
who-until-mended = 仅在服务器证书修复之前
change-unproven = 未证实
steps-in = 操作步骤：
who-fold = { $accounts } 个账户
who-caption = 需要修改设置的员工
who-beyond = 另有 { $beyond } 个，全部见 account-verdicts.csv。
in-clear = 有 { $accounts } 个账户此前不加密：
client-outlook = Windows 版 Outlook
client-foxmail = Foxmail
client-thunderbird = Thunderbird
client-apple-mail = Mac 上的“邮件”
client-ios-mail = iPhone 和 iPad 上的“邮件”
client-other = 其他邮件客户端
client-merged = { group-merged }
mode-tls = SSL/TLS
mode-starttls = STARTTLS
mode-none = 不加密
mode-auto = 服务器支持时才加密
mode-unknown = 未说明加密方式
settings = { $protocol } { $host }，端口 { $port }，{ $security }
inferred = （推断）
protocol-pop3 = POP3
protocol-imap = IMAP
protocol-smtp = SMTP
protocol-managesieve = ManageSieve
port = 端口 { $port }
line = ，第 { $line } 行
idea-same-host = 同一主机的加密端口
idea-used-by-colleagues = 同事正在使用
idea-conventional-name = 同一域名下的惯用名称

# 端点
endpoints-intro = 共 { $total } 个端点，已连通 { $reached } 个。无论有多少账户使用，每个地址只以“{ $depth }”深度访问一次。
endpoint-reached = 已连通
endpoint-unreached = 未连通
endpoint-worst = 服务器自身最严重的问题：
endpoint-accounts =
    { $accounts ->
        [0] 没有账户
       *[other] { $accounts } 个账户
    }
address = 地址 { $address }
address-visit = 访问于 { $time }，用时 { $millis } 毫秒，{ $connections } 次连接{ $hellos ->
    [0] 。
   *[other] ，其中发送了 { $hellos } 个自行构造的 TLS 握手请求。
}
address-dialled = 实际连接的是 { $elsewhere }。
answer-connected = 连接
answer-opening = 开场方式
answer-greeting = 问候语
answer-capabilities = TLS 之前提供
answer-starttls = STARTTLS
answer-trailing = STARTTLS 应答之后、TLS 之前发送
answer-tls = 握手
answer-versions = 接受的 TLS 版本
answer-versions-refused = 拒绝的 TLS 版本
answer-versions-lost = 未得到答复的 TLS 版本
answer-versions-not-asked = 未询问的 TLS 版本
answer-suites = 接受的密码套件
answer-groups = 商定的密钥交换组
answer-primes = Diffie-Hellman 素数（位）
answer-client-certificate = 客户端证书
answer-renegotiation = 安全重协商（RFC 5746）
answer-master-secret = 扩展主密钥（RFC 7627）
answer-encrypt-then-mac = 先加密后认证（RFC 7366）
answer-session-ticket = TLS 1.3 之前的会话票据
answer-compression = TLS 压缩
answer-order = 套件的选择顺序（TLS 1.2）
answer-fallback = 降级信号（RFC 7507）
answer-alpn = 应用层协议（ALPN）
answer-staple = OCSP 装订应答
answer-tickets = TLS 1.3 会话票据
answer-early-data = 早期数据（0-RTT）
answer-capabilities-in-tls = TLS 之内提供
answer-login-begun = TLS 之前开始的登录
answer-injection = STARTTLS 之后的命令
answer-limits = 达到的上限
answer-scts = 证书透明度
answer-dane = DANE（TLSA 记录）
answer-name = 证书名称
answer-not-asked = 此深度不询问
answer-not-ours = 未询问：可能引起警觉，且该主机不在自有域内
opening-clear-text = 明文
opening-tls = TLS
capabilities-refused = 服务器拒绝回答
capabilities-none = 没有列出任何内容
starttls-accepted = 接受：{ $reply }
starttls-accepted-unannounced = 未通告但接受：{ $reply }
starttls-declined = 拒绝：{ $reply }
login-went-on = { $mechanism }：服务器继续，审计随即放弃登录：{ $reply }
login-declined = { $mechanism }：拒绝：{ $reply }
injection-answered = { $command } 在 TLS 内得到应答：{ $answer }
injection-dropped = { $command } 在 TLS 内没有得到应答
injection-refused = 其后带有 { $command } 时，升级没有完成
client-certificate-asked = 要求出示
client-certificate-not-asked = 不要求出示
agreed-to = 支持
agreed-to-not = 不支持
agreed-to-not-at = 在 { $versions } 中不支持
order-own = 由服务器决定：选用 { $suite }，而客户端并未把它列在首位
order-client = 由客户端决定：服务器选用其列在首位的 { $suite }
fallback-noticed = 能识别：拒绝疑似被降级的客户端
fallback-refused = 拒绝连接，但没有发出专用的警报
fallback-ignored = 未识别：握手照常继续
alpn-none = 已提供邮件协议，服务器未选用
staple-sent = 已发送
staple-none = 未发送
tickets = 发放 { $count } 张
early-data-announced = 已通告，最多 { $octets } 字节；此处从不使用
early-data-none = 未通告
handshake = { $version }，{ $suite }
handshake-with-group = { $version }，{ $suite }，{ $group }
scts = 时间戳：证书内 { $embedded }；随附的 OCSP 响应内 { $stapled }；握手中 { $handshake }
dane-matches = 该证书与域名所公布的相符
dane-differs = 域名公布的记录无一与该证书相符
dane-absent = 域名没有公布
dane-unproven = 在此无法验证：DNSSEC 不能证明这些记录，或服务器没有发送记录所指的证书
ladder-title = 证书链，根证书在最上
ladder-other = 另一条证书链（{ $handshake }出示），根证书在最上
rung-breaks = 证书链在此断开：
rung-root = { $subject }，受信任的根证书
rung-self-signed = 下面的证书由它自己签发，没有其他机构为它担保
rung-missing = { $subject } 没有随链发送，也不是受信任的根证书
rung-untrusted = { $subject } 是根证书，但不受信任
rung-broken = 没有成立的路径：{ $words }
rung-too-costly = 继续验证所需的计算量超过上限
rung-malformed = 无法解析的证书：{ $words }
rung-between = { $subject }，有效期 { $from } 至 { $until }，{ $key }
rung-leaf = { $subject }，有效期 { $from } 至 { $until }，{ $key }{ $scts ->
    [0] { "" }
   *[other] ，内含 { $scts } 份证书透明度时间戳
}
name-matches = 与 { $name } 相符
name-differs = 不相符；证书用于 { $names }
name-none = 不含可供客户端比对的名称

# 没有得到答案的原因
cause-no-such-name = 名称不存在
cause-no-address = 名称没有对应的地址
cause-dns-failed = DNS 解析器出错
cause-dns-refused = DNS 解析器拒绝回答
cause-dns-timed-out = DNS 解析器没有按时回答
cause-dns-invented = 解析器为不可能存在的名称也给出该地址
cause-refused = 连接被拒绝
cause-unreachable = 主机或网络不可达
cause-timed-out = 没有按时得到答复
cause-closed = 对方关闭了连接
cause-reset = 对方重置了连接
cause-throttled = 服务器要求稍后再来，或开始拒绝应答
cause-neighbours-throttled = 未询问：同一网段的其他服务器限制访问频率
cause-turned = 服务器结束了对话：{ $words }
cause-alert = TLS 警报，编号 { $alert }
cause-incompatible = 本客户端无法继续这样的 TLS：{ $words }
cause-malformed = 答复不符合任何语法：{ $words }
cause-limit-reached = 达到审计的上限（{ $limit }）
cause-address-not-allowed = 不允许连接该地址（--allow-net）
cause-port-not-allowed = 不允许连接该端口（--allow-port）
cause-no-route-here = 本机没有通往这类地址的路由
cause-local = 本机无法完成：{ $words }
cause-not-visited = 未访问：运行提前结束
cause-internal = mailfleet 自身的故障：{ $words }

# “未能核实”的原因与处理办法
reason-unreachable = 未能建立对话
reason-unreachable-do = 请确认服务器是否在运行、中间是否有防火墙；然后从员工所用的网络重新审计。
reason-dns-failed = 名称未能解析
reason-dns-failed-do = 请核对清单中服务器名称的拼写，以及 DNS 解析器（--resolver），然后重新审计。
reason-throttled = 服务器或同一网段的其他服务器要求稍后再来
reason-throttled-do = 请稍后重新审计，加大 --interval，并使用 --per-host 1。
reason-address-not-allowed = 不允许连接该地址
reason-address-not-allowed-do = 如果有权访问，请用 --allow-net 指明其网段。
reason-port-not-allowed = 该端口不是邮件端口
reason-port-not-allowed-do = 如果确为邮件服务，请用 --allow-port 指明该端口。
reason-settings-not-stated = 输入文件没有说明足够的信息
reason-settings-not-stated-do = 请在该行补全协议、端口和加密方式，然后重新审计。
missing-protocol = 请在该行补全协议，然后重新审计：
missing-port = 请在该行补全端口，然后重新审计：
missing-security = 请在该行补全加密方式，然后重新审计：
missing-protocol-port = 请在该行补全协议和端口，然后重新审计：
missing-protocol-security = 请在该行补全协议和加密方式，然后重新审计：
missing-port-security = 请在该行补全端口和加密方式，然后重新审计：
missing-protocol-port-security = 请在该行补全协议、端口和加密方式，然后重新审计：
missing-beyond = 另有 { $beyond } 行
reason-not-visited = 未访问
reason-not-visited-do = 请重新运行审计。
reason-not-planned = 本次运行是按其他策略进行的，没有询问本策略所需的事实
reason-not-planned-do = 请以 --policy 指明本策略，重新运行审计；重新判定（judge）不会再询问任何服务器。
reason-chain-too-costly = 证书链的验证计算量过大
reason-chain-too-costly-do = 请服务器管理员只发送属于该证书链的证书。
reason-limit-reached = 达到审计的上限
reason-limit-reached-do = 请人工检查该端点；正常的邮件服务器远用不到这么多。
reason-tls-intercepted = 途中有设备拦截 TLS
reason-tls-intercepted-do = 请从没有 TLS 检查的网络重新审计。
reason-starttls-stripped = 途中有设备去除了 STARTTLS
reason-starttls-stripped-do = 请从其他网络重新审计，并检查该设备。
reason-clock-suspect = 本机时钟可疑
reason-clock-suspect-do = 请校准时钟，然后重新审计。
reason-vantage-is-server = 审计程序就运行在邮件服务器上
reason-vantage-is-server-do = 请从其他机器审计：服务器会区别对待来自本机的连接。
reason-internal-error = mailfleet 自身的故障
reason-internal-error-do = 请报告此问题，并附上版本号和 observations.ndjson 文件。
unverified-intro = 有 { $accounts } 个账户从此处无法判定；这既不表示违规，也不表示合规。
unverified-caption = 未能看到的内容及其原因。作为剩余风险予以接受的，请打勾。
unverified-none = 所有账户都已得到核实。

# 证书到期日历
calendar-intro =
    正在使用的证书共 { $certificates } 份。负责续期的人可以在此看到哪一份最先到期、会影响多少人。
calendar-chart = 各月到期的证书数量（UTC）
calendar-caption = 正在使用的证书，最先到期的在前
calendar-past = 已到期
calendar-later = 更晚
calendar-left =
    { $days ->
        [0] 剩余不足一天
       *[other] 剩余 { $days } 天
    }
calendar-over =
    { $days ->
        [0] 到期不足一天
       *[other] 已到期 { $days } 天
    }
calendar-issuer = 签发者：{ $issuer }
calendar-beyond = 另有 { $beyond } 处

# 账户
listed-accounts = 共 { $total } 个，列出 { $listed } 个，全部见 account-verdicts.csv。
listed-endpoints = 共 { $total } 个，列出 { $listed } 个，全部见 report.json。
listed-rows = 共 { $total } 项，列出 { $listed } 项，全部见 report.json。
accounts-fold = { $total } 个账户
accounts-caption = 各账户及其结论，按输入顺序排列
accounts-none = 没有提供账户清单，只判定了端点。

# 豁免
waivers-caption = 已接受的例外及其结果
waivers-none = 策略中没有接受任何例外。
waiver-active = 有效
waiver-ending = 30 天内到期
waiver-expired = 已过期
waiver-unused = 未匹配到任何问题

# 被拒绝的行
rejected-intro = 有 { $rows } 行无法使用。这里不重复其内容，请按文件名和行号查找。
rejected-caption = 没有产生账户的行
rejected-none = 所有行都已使用。
row-host-missing = 没有主机，请填写服务器名称
row-host-with-user-info = 主机一栏在 @ 之前带有用户信息，未再读取；请只保留服务器名称
row-host-invalid = 主机不是有效的名称或地址，请填写服务器名称
row-host-web-address = 主机一栏是网址，请只保留服务器名称
row-host-punctuation = 主机末尾有逗号之类的标点，请删除
row-host-leading-zeros = 地址中的数字带有前导零，请去掉，最好改填服务器名称
row-host-several = 主机一栏有多个主机，请每行一个
row-person-missing = 既没有邮箱，也没有员工姓名，请至少填写一项
row-email-invalid = 邮箱一栏不是邮件地址，请填写一个地址，例如 name@example.com
row-port-invalid = 端口不是 1 到 65535 之间的数字，请更正或留空
row-port-contradictory = 主机一栏与端口一栏的端口不一致，请保留正确的一个
row-protocol-unknown = 协议未知，请使用 pop3、imap、smtp 或 managesieve
row-protocol-not-visited = 不审计此协议（Exchange、ActiveSync、网页邮箱）；账户若使用 pop3、imap 或 smtp，请改填，否则请删除该行
row-security-unknown = 加密方式未知，请使用 tls、starttls、none 或 auto
row-field-count = 字段数与表头不一致，请把含有分隔符的单元格用引号括起来
row-too-long = 字段或行过长，请缩短，或检查是否缺少引号
row-control-character = 单元格含有控制字符，请重新输入该单元格
row-encoding = 不符合文件的编码，请另存为“CSV UTF-8”
row-quote-open = 引号没有闭合，请补上或删除引号
row-header-again = 重复的表头，请删除该行

# 方法
method-how = 对每个端点，询问的是邮件客户端在登录之前会问的内容，并如实记录其回答；随后由规则按照策略对这些记录作出判定。全程没有发送任何用户名或密码。
network-start = 开始时，连接的本机地址：{ $addresses }；DNS 解析器：{ $resolvers }；默认路由（哈希）：{ $routes }。
network-same = 结束时未变。
network-changed = 结束时网络已不同。连接的本机地址：{ $addresses }；DNS 解析器：{ $resolvers }；默认路由（哈希）：{ $routes }。
network-none = 无
network-unknown = 此系统上无法查看
names-denied = 曾向 DNS 解析器询问不可能存在的名称，均被否认：{ $names }。
names-invented = 曾向 DNS 解析器询问不可能存在的名称（{ $names }），它却给出了地址：{ $addresses }。
names-unanswered = 曾向 DNS 解析器询问不可能存在的名称，但没有得到答复：{ $names }。
policy-breach = 违规达到“{ $severity }”或以上时，账户判为不合规。
policy-rules = 共启用 { $rules } 条规则。
policy-off = 未启用的规则：
policy-severity = { $rule }：由“{ $before }”改为“{ $now }”。
policy-as-is = 无
label-group = 另有设置的分组
group-accounts = 有 { $accounts } 个账户按这些设置判定。
group-elsewhere = 另有 { $accounts } 个账户也属于该分组，但已按排在前面的分组判定。
setting-key = { $key ->
    [breach_from] 不合规起点
   *[other] { $key }
}
setting-is = { $is ->
    [critical] 严重
    [high] 高
    [medium] 中
    [low] 低
    [info] 提示
    [off] 不启用
   *[other] { $is }
}
setting-was = { $was ->
    [critical] 严重
    [high] 高
    [medium] 中
    [low] 低
    [info] 提示
    [off] 不启用
   *[other] { $was }
}
group-setting-stricter = { setting-key }：{ setting-is }，而非 { setting-was }（更严格）。
group-setting-looser = { setting-key }：{ setting-is }，而非 { setting-was }（更宽松）。
group-setting-neither = { setting-key }：{ setting-is }，而非 { setting-was }。
group-as-policy = 与策略的设置相同。
group-untold = 与策略的设置相同，或属于已合并的分组，不予列出。
group-severity = 同一台服务器按多套设置判定时，问题取其中最高的严重程度。
inputs-caption = 输入文件
columns-secret = 表头表明是机密，未读取；请删除此文件：
columns-unread = 未使用：
changed-while-read = 文件在读取过程中发生了变化。
candidates-fold = 曾验证 { $candidates } 组候选设置
candidates-caption = 作为可能的修改方案访问并判定过的设置
limits-fold = 生效的上限
options-fold = 本次运行的选项

# 局限
limitation-vantage = 从其他网络看到的可能不同：中间可能有防火墙、过滤设备，或得到不同的 DNS 答复。
limitation-sample = 每个地址只做一次会话，属于抽样。同一地址背后的多台机器可能不同。
limitation-depth = 本次深度为“{ $depth }”。该深度没有询问的内容，既未证实也未否定。
limitation-mailbox = 不登录就无法证明服务器上存在某个邮箱，而 mailfleet 从不登录。
limitation-input = 设置以输入文件为准，没有查看员工邮件客户端的实际设置。
limitation-time = 这是访问当时的状态，每个端点都注明了各自的时间。

# 完整性与签署
integrity-how = manifest.json 列出本次运行的每个文件及其大小和 SHA-256，最后写入。observations.ndjson 是一条散列链，任何记录被修改、删除或移动都会显现。
integrity-caption = 本报告的依据
integrity-command = 请在本次运行的目录中执行：第一条命令核对整个运行；如需手工核对单个文件，请将第二条命令的输出与 manifest.json 比较：
signoff-text = 以上结论已阅；未能核实的部分已予接受或正在跟进。
signoff-audited = 审计人
signoff-accepted = 接受人
signoff-place-date = 地点与日期
glossary-compliant = 没有达到策略阈值的违规，且所有可能违规之处都已看到。
glossary-non-compliant = 存在达到阈值的违规，且没有获批的例外。
glossary-not-verified = 可能存在违规，但从此处未能查看。
glossary-waived = 违规已由具名的人批准接受，直至指定日期。
glossary-account-word = 账户
glossary-account = 一个人对一项服务的使用：协议、主机、端口和加密方式。
glossary-endpoint-word = 端点
glossary-endpoint = 账户所使用的主机与端口。
glossary-vantage-word = 观测位置
glossary-vantage = 访问服务器时所在的机器与网络。
glossary-tls-word = SSL/TLS
glossary-tls = 从第一个字节起就加密；现行协议是 TLS，许多邮件客户端仍称之为 SSL。
glossary-starttls-word = STARTTLS
glossary-starttls = 先以明文开始、随后升级为 TLS 的连接。

# 机器格式、工作簿与简报
sheet-calendar = 到期日历
account-service = { $what }，{ $mode }
account-compliant = { $service }：符合策略。
account-not-verified = { $service }：未能核实，原因：{ $reason }。
oscal-plan = 本次审计没有对应的 OSCAL 评估计划；其依据是此处所引用的策略以及账户清单。
oscal-controls = 所列控制项即对每个账户都已检查的规则，使用 mailfleet 自己的编号；并不代表任何控制目录。
oscal-controls-rest = 对未由任何分组判定的账户以及对全部账户整体检查的规则。
oscal-controls-group = 对分组 { $group } 的账户检查的规则。
oscal-objective = 账户符合策略。
brief-reason = { $reason }：{ $accounts } 个账户。
policy-scope =
    { $off ->
        [0] { "" }
       *[other] { $rules } 条规则中有 { $off } 条已关闭{ $accounts ->
            [0] 。
           *[other] ；
        }
    }{ $accounts ->
        [0] { "" }
       *[other] { $accounts } 个账户按另有设置的分组判定。
    }
brief-beyond = 另有 { $beyond } 项
brief-first-beyond = 另有 { $beyond } 项待办，见完整报告。
brief-rules-beyond = 另有 { $beyond } 条规则发现问题
brief-rest = 其余内容（证据、条款与操作步骤）见此编号的完整报告；由 mailfleet { $version } 生成。

# 按部门、邮件客户端和协议
heading-shares = 按部门、客户端和协议
shares-intro = 每个账户在每张表中各计一次。账户最多的一组条形最长；不符合策略的账户最多的一组排在最前。
shares-intro-text = 每个账户在每张表中各计一次；不符合策略的账户最多的一组排在最前。
shares-by-department = 各部门的账户
shares-by-client = 各邮件客户端的账户
shares-by-protocol = 各协议的账户
shares-rest = 其余 { $groups } 组
department-not-stated = 账户清单中未写明
protocol-not-stated = 账户清单中未写明

# 页面脚本为长表格添加的内容
tools-filter = 筛选行
tools-every = 全部结论
tools-shown = 显示 { $shown } 行，共 { $total } 行
