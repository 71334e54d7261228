# 嵌在其他文字之中，或列在其他文字旁边的词句。

depth-quick = 快速
depth-standard = 标准
depth-deep = 深入

resolver-hosts-file-only = 无，仅使用本机的 hosts 文件

# 任何规则都可能补充的内容：紧跟在所见内容之后
evidence-address = （地址：{ $address }）
evidence-handshake = （这是{ $handshake }出示的证书）
evidence-elsewhere = 同一主机的端口 { $elsewhere } 有应答：是它自己关闭了此端口，还是途中的网络挡住了，单凭一台主机无法判断。
evidence-proxy = 这是本机与服务器之间的 TLS 检查设备所呈现的情况（见 { $proxy }），并未看到服务器本身。
handshake-first = 首次握手中
handshake-again = 另一次相同的握手中
handshake-without-name = 客户端不发送名称时
handshake-rsa-only = 客户端仅接受 RSA 密钥时
handshake-ecdsa-only = 客户端仅接受椭圆曲线密钥时
handshake-hello = 另一次最高只提供 { $version } 的握手中

# 各项上限的名称
limit-line = 一行的长度
limit-reply-lines = 一次应答的行数
limit-reply-bytes = 一次应答的大小
limit-connection-bytes = 一次连接中的明文大小
limit-handshake-bytes = 一次握手的大小
limit-connections-quick = 一次访问对一个地址的连接数（快速）
limit-connections-standard = 一次访问对一个地址的连接数（标准）
limit-connections-deep = 一次访问对一个地址的连接数（深入）
limit-connections = 一次访问对一个地址的连接数
limit-certificates = 一条证书链的证书数
limit-addresses = 一个名称的地址数
limit-text-kept = 一段文字保留的大小
limit-greeting-time = 等待问候语的时间
limit-listen-first-time = 在可能先用 TLS 的端口上等待对方先发言的时间
limit-reply-time = 等待应答或握手的时间
limit-unasked-time = 等待服务器在 TLS 内主动发送内容的时间
limit-goodbye-time = 等待会话结束应答的时间
limit-connect-time = 建立连接的时间
limit-connection-time = 一次连接的总时间
limit-address-time = 访问一个地址的总时间
limit-dns-time = 一次 DNS 查询的时间
limit-fetch-time = 获取吊销列表或应答的时间
limit-fetched-bytes = 获取的吊销信息大小
limit-lookups-at-once = 同时解析的名称数
limit-concurrency = 同时进行的访问数
limit-per-host = 与同一主机同时建立的连接数
limit-interval = 与同一主机两次连接之间的间隔
limit-retries = 首次之后的重试次数

# 没有一条通往受信任根证书的路径成立的原因
path-wrong-key = 证书链中有一处签名不是用其签发者的密钥作出的
path-weak-hash = 证书链中有一处签名使用 { $hash }，客户端会拒绝
path-weak-signature = 证书链中有一处签名所用的算法或密钥会被客户端拒绝
path-not-strict = 编码不是严格的 DER
path-authority-as-server = 签发机构的证书被用作服务器自身的证书
path-no-authority = 服务器证书的上级证书不属于任何签发机构
path-distrusted = 证书链中有一个密钥已被点名列为不可信
path-not-for-servers = 有一份证书不得用于服务器（扩展密钥用法）
path-extension = 有一个扩展的格式不正确
path-validity = 有一份证书的截止时间早于生效时间
path-serial = 有一个序列号的格式不正确
path-name-outside = 有一个名称超出了签发者可以签发的范围
path-name-constraint = 有一项名称约束的格式不正确
path-too-long = 签发机构的层级超过了其中某一级允许的数目
path-two-algorithms = 有一份证书为同一签名写明了两种算法
path-no-issuer-fits = 没有在各方面都相符的签发者
path-version = 有一份证书的版本不是 3
path-critical-extension = 有一个关键扩展无法识别
path-name = 有一个名称的格式不正确
path-other = 路径验证库的说法是 { $words }

# 以某种途径收到的证书透明度时间戳
sct-count = { $count } 个
sct-unseen = 未见
sct-unreadable = 无法读取

# 证书中无法解析的部分
malformed-too-large = 证书有 { $bytes } 字节，超过 { $most } 字节的不予读取
malformed-no-value = 第 0 字节处没有 DER 值
malformed-encoding = 编码在第 { $at } 字节处中断：没有完整包含在上一级之内的值
malformed-too-deep = 在第 { $at } 字节处，值的嵌套超过 { $depth } 层
malformed-structure = 结构不符合 RFC 5280 §4.1，只能解析到第 { $at } 字节
malformed-field = { $field }无法解析，位于第 { $at } 字节
malformed-field-missing = 缺少{ $field }，位于第 { $at } 字节
malformed-trailing = 证书之后还有 { $bytes } 字节，从第 { $at } 字节起
malformed-extension = 扩展 { $extension } 无法解析，位于第 { $at } 字节附近
malformed-extension-twice = 扩展 { $extension } 出现了两次，第二次在第 { $at } 字节附近
certificate-field-serial = 序列号
certificate-field-algorithm = 签名算法
certificate-field-issuer = 签发者
certificate-field-dates = 有效期
certificate-field-subject = 主题
certificate-field-key = 公钥

# 除发现的问题之外，关于输入文件和根证书的说明
note-password-column = { $file }：列 { $header } 存放的是机密，未读取。请删除此文件或该列。
note-sounds-secret = { $file }：列 { $header } 未被读取；如果其中含有机密，请删除该列。
note-header-further-down = { $file }：表头在第 { $line } 行；其上方当作标题的行数：{ $rows }。
note-sheet-read = { $file }：读取了工作表 { $sheet }；未读取的其他工作表数：{ $others }。
note-second-column = { $file }：未使用列 { $header }，前面已有一列表示同样的内容；可用 --map 另行指定。
note-column-without-host = { $file }：未使用列 { $header }，因为没有任何列给出它所属的服务器；可用 --map 说明它的含义。
note-one-among-numbers = { $file }：列 { $header } 中有 2 或 3，只有 Thunderbird 会这样写。其中的 1 已按“是”读取，而在 Thunderbird 中它表示“如果可用则使用 STARTTLS”。自第 { $line } 行起，含有 1 的行数：{ $rows }。如果此表来自 Thunderbird，请把该列改名为 socketType。
note-unknown-column = { $file }：无法识别列 { $header }，未使用；可用 --map 说明它的含义。
note-encoding-marked = { $file }：根据字节顺序标记，按 { $encoding } 编码读取。
note-encoding-stated = { $file }：按 --encoding 指定的 { $encoding } 编码读取。
note-encoding-guessed = { $file } 不是 UTF-8，猜测其编码为 { $encoding } 并据此读取。请核对其中的姓名；如有乱码，请用 --encoding 指明编码。
note-encoding-rows = { $file }：自第 { $line } 行起，不符合 { $encoding } 编码的行数：{ $rows }。请将表格另存为“CSV UTF-8”，或用 --encoding 指明编码。
note-odd-characters = { $file }：自第 { $line } 行起，主机、端口或地址含有全角或不可见字符的行数：{ $rows }。已按普通字符读取；请检查邮件客户端中实际填写的内容。
note-contradictory-rows = { $file }：自第 { $line } 行起，主机或协议单元格与其他单元格矛盾的行数：{ $rows }。已以协议列和加密方式列为准；请检查这些行。
note-changed-while-read = { $file } 在读取过程中发生了变化；其 SHA-256 以实际读到的内容为准。
note-redacted = 员工均以化名出现，其账户、豁免的批准人、输入文件以及账户所在的行也是如此（--redact）。不足五人的部门、客户端和分组已合并。输入文件和非预设策略的散列值与化名一样，是用密钥计算的。持有账户清单的人仍可根据设置或被拒绝行的行号认出账户属于谁：不要把清单和本报告交给同一批读者。昵称和姓名的片段不一定都能识别：转交本报告前，请通读其中的部门、客户端、主机名和理由。
note-mozilla-for-system = 本机没有安装根证书，改为信任 Mozilla 的根证书（可用 --trust 另行指定）。
note-vantage-changed = 审计期间本机的网络发生了变化（地址、DNS 解析器或默认路由，详见“方法”一节）。变化前后所见可能不一致；如需确定，请重新运行审计。
note-group-empty = 策略的分组“{ $group }”中没有任何账户：请检查其部门、域名和地址的拼写。

# 语言自身的名称
language-name = 中文
