# 与服务器证书及证书链有关的规则。

cert-expired-title = 服务器证书已过期
cert-expired-why = 证书过期后，邮件客户端会发出警告。习惯了随手跳过警告的人，遇到假冒的服务器也不会察觉。
cert-expired-looks-at = 服务器出示的证书的截止时间，与判定时间相比较。
cert-expired-evidence = { $subject } 的证书已于 { $ended } 到期，至判定时{ $days ->
    [0] 不足一天
   *[other] 已过 { $days } 天
}。
cert-expired-fix-person = 您无需更改任何设置。请不要跳过警告，等待服务器换上新证书。
cert-expired-fix-server = 安装续期后的证书及完整证书链，并重新加载邮件服务。请设置自动续期，并确认续期后邮件服务会随之重新加载。

cert-not-yet-valid-title = 服务器证书尚未生效
cert-not-yet-valid-why = 证书的生效时间若在将来，邮件客户端会像对待过期证书一样拒绝它。
cert-not-yet-valid-looks-at = 服务器出示的证书的生效时间，与判定时间相比较。
cert-not-yet-valid-evidence = { $subject } 的证书要到 { $begins } 才生效。
cert-not-yet-valid-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-not-yet-valid-fix-server = 安装当前有效的证书。如果证书由本单位的 CA 签发，请检查签发机器的时钟。

cert-expiring-title = 服务器证书即将到期
cert-expiring-why = 如果不及时续期，所有使用该服务器的邮件客户端都会发出警告，甚至无法收发邮件。
cert-expiring-looks-at = 服务器出示的证书的截止时间，与策略规定的天数相比较。
cert-expiring-evidence = { $subject } 的证书将于 { $ends } 到期，{ $days ->
    [0] 剩余不足一天
   *[other] 还剩 { $days } 天
}。
cert-expiring-evidence-urgent = { $subject } 的证书将于 { $ends } 到期，{ $days ->
    [0] 剩余已不足一天
   *[other] 仅剩 { $days } 天
}。
cert-expiring-fix-server = 立即为证书续期，并重新加载邮件服务。如果已设置自动续期，请查明为何尚未执行。

cert-name-mismatch-title = 证书不是为该服务器名称签发的
cert-name-mismatch-why = 证书只能证明其中列出的名称。换成别的名称，邮件客户端就无法分辨真假服务器。
cert-name-mismatch-looks-at = 证书中的名称和地址（主题备用名称），与所配置的主机相比较。
cert-name-mismatch-evidence = 所配置的主机是 { $host }，而证书适用于：{ $names }{ $more ->
    [0] 。
   *[other] ，另有 { $more } 个。
}
cert-name-mismatch-evidence-fits-another = 所配置的主机是 { $host }，而证书适用于：{ $names }{ $more ->
    [0] 。
   *[other] ，另有 { $more } 个。
}它与 { $other } 相符，那也是本次审计中的服务器。
cert-name-mismatch-fix-person = 请不要跳过警告。请使用管理员提供的服务器名称，不要自行猜测其他名称。
cert-name-mismatch-fix-server = 重新签发证书，把所配置的主机列入主题备用名称；或通知用户改用证书中已有的名称。

cert-no-san-title = 证书未在应有的位置列出服务器名称
cert-no-san-why = 如今的邮件客户端只从主题备用名称中读取服务器名称，通用名称已不再作数。
cert-no-san-looks-at = 证书的主题备用名称，以及通用名称是否也列在其中。
cert-no-san-evidence = { $subject } 的证书没有在主题备用名称中列出任何主机。写在通用名称中的主机不作数。
cert-no-san-evidence-common-name-not-listed = 通用名称 { $common-name } 未列入证书的主题备用名称，因此不作数。
cert-no-san-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-no-san-fix-server = 重新签发证书，把用户使用的所有主机名都写入主题备用名称。

cert-malformed-title = 服务器发送的证书无法读取
cert-malformed-why = 证书不符合标准时，邮件客户端会拒绝接受，服务器也就无法证明自己的身份。
cert-malformed-looks-at = 服务器发送的每一份证书的编码和结构。
cert-malformed-evidence = 证书链中的第 { $number } 份证书无法解析：{ $why }。
cert-malformed-evidence-unused = 证书链中的第 { $number } 份证书无法解析：{ $why }。验证不需要它，没有它证书链也成立。
cert-malformed-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-malformed-fix-server = 用符合 RFC 5280 的软件重新签发证书；如果文件在传输中损坏，请重新安装。同时从证书链中去掉不需要的证书。

cert-nonconforming-title = 证书的格式违反标准
cert-nonconforming-why = 目前多数程序仍会接受这样的证书，但已有程序拒绝。若违反的是保护服务器身份的条款，假冒的服务器就可能蒙混过关。
cert-nonconforming-looks-at = 服务器证书及根证书以下各签发机构证书的字段和扩展，逐条对照标准。
cert-nonconforming-evidence = { $subjects } 的证书：{ $breaches }。
cert-nonconforming-evidence-identity = { $subjects } 的证书违反了保护服务器身份的条款：{ $breaches }。
cert-nonconforming-fix-person = 您无需更改任何设置。
cert-nonconforming-fix-server = 请使用符合 RFC 5280 的软件重新签发证书。如果问题出在签发机构的证书，请告知该机构，或改用其他机构。

cert-self-signed-title = 服务器使用自签名证书
cert-self-signed-why = 任何人都能以任何名称制作这样的证书，对事先不认识它的邮件客户端来说，它什么也证明不了。
cert-self-signed-looks-at = 服务器证书是否由自身签发，且不在受信任的根证书之列。
cert-self-signed-evidence = { $subject } 的证书由自身的密钥签名，且不在受信任的根证书之列。
cert-self-signed-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-self-signed-fix-server = 换用客户端所信任的 CA 签发的证书，公共 CA 或本单位自建的 CA 均可。

cert-untrusted-title = 证书的签发机构不受信任
cert-untrusted-why = 只有受信任的机构作保，邮件客户端才会接受服务器；否则，假冒的服务器看上去也没有两样。
cert-untrusted-looks-at = 从服务器证书出发，是否有一条由有效证书组成的路径通往本次判定所信任的根证书。
cert-untrusted-evidence = 证书链止于 { $root }，它不在受信任的根证书之列。
cert-untrusted-evidence-broken = 没有一条通往受信任根证书的路径成立：{ $why }。
cert-untrusted-evidence-no-certificate = 服务器完成了握手，却没有发送证书。
cert-untrusted-evidence-private = 证书链止于 { $root }，它不在受信任的根证书之列。同一所有者的 { $hosts } 台服务器都使用它，看来是自建 CA：如果属于本单位，请用 --trust system --trust 根证书文件 重新判定。
cert-untrusted-evidence-issuer-not-allowed = 证书由 { $issuer } 签发，而策略只允许本单位域名使用：{ $allowed }。
cert-untrusted-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-untrusted-fix-server = 换用客户端所信任的 CA 签发的证书，并一并安装该 CA 提供的证书链。如果根证书属于本单位，请分发到各客户端，并用 --trust 指定该根证书文件后重新判定。

cert-chain-incomplete-title = 服务器没有发送完整的证书链
cert-chain-incomplete-why = 如果邮件客户端无法从别处得到缺少的证书，就无法验证服务器。有的客户端会自行下载，看似正常；有的则会失败。
cert-chain-incomplete-looks-at = 服务器发送的证书（自其自身证书向上），以及受信任的根证书。
cert-chain-incomplete-evidence = 缺少 { $missing } 的证书：服务器没有发送，它也不在受信任的根证书之列。如果它是本单位自建 CA 的根证书，请用 --trust 指定该根证书文件。
cert-chain-incomplete-evidence-address-known = 缺少 { $missing } 的证书：服务器没有发送，它也不在受信任的根证书之列。其下一级证书注明可从 { $url } 获取。
cert-chain-incomplete-evidence-sent-elsewhere = 缺少 { $missing } 的证书：服务器没有发送，它也不在受信任的根证书之列。本次审计中的另一台服务器发送了它；补上之后，证书链即可通往受信任的 { $root }。
cert-chain-incomplete-evidence-leads-nowhere = 缺少 { $missing } 的证书：服务器没有发送，它也不在受信任的根证书之列。本次审计中的另一台服务器发送了它，但即使补上，证书链仍止于不受信任的 { $root }。如果它是本单位自建 CA 的根证书，请用 --trust 指定该根证书文件。
cert-chain-incomplete-evidence-private = 缺少 { $missing } 的证书：服务器没有发送，它也不在受信任的根证书之列。同一所有者的 { $hosts } 台服务器都依赖该签发机构，看来是自建 CA：如果属于本单位，请用 --trust system --trust 根证书文件 重新判定。
cert-chain-incomplete-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-chain-incomplete-fix-server = 配置完整的证书链（常称 fullchain）：先是服务器证书，其后是所有中间证书。如果缺少的是本单位自建 CA 的根证书，请分发到各客户端，并用 --trust 指定该文件后重新判定。

cert-chain-disordered-title = 证书链顺序不对，或含有不相干的证书
cert-chain-disordered-why = 许多程序会自行整理证书链，但有的不会，从而拒绝该服务器。不相干的证书还会拖慢每一次连接。
cert-chain-disordered-looks-at = 服务器发送的各份证书及其发送顺序。
cert-chain-disordered-evidence = 证书链的顺序不对。
cert-chain-disordered-evidence-order = 证书链中，以下证书排在由它签发的证书之前：{ $subjects }。
cert-chain-disordered-evidence-strangers = 证书链中，以下证书不相干或重复出现：{ $subjects }。
cert-chain-disordered-evidence-root = 服务器连根证书也一并发送，而信任它的程序本来就有：{ $subjects }。
cert-chain-disordered-fix-person = 您无需更改任何设置。
cert-chain-disordered-fix-server = 请整理证书链文件：先是服务器证书，然后是签发它的证书，依此类推；去掉根证书和不相干的证书，再重新加载邮件服务。

cert-intermediate-expired-title = 服务器证书的上级证书不在有效期内
cert-intermediate-expired-why = 证书链上的每一份证书都必须有效。只要上级证书有一份失效，即使服务器自身的证书仍然有效，邮件客户端也会拒绝。
cert-intermediate-expired-looks-at = 服务器证书与受信任根证书之间各证书的有效期。
cert-intermediate-expired-evidence = 上级证书 { $subject } 已于 { $ended } 到期。
cert-intermediate-expired-evidence-not-yet-valid = 上级证书 { $subject } 尚未生效。
cert-intermediate-expired-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-intermediate-expired-fix-server = 向签发机构获取现行的中间证书，在证书链文件中放在服务器证书之后，并重新加载邮件服务。如果到期的是本单位自建 CA 的根证书，请制作新的根证书，用它重新签发服务器证书，并把新的根证书分发到各客户端。

cert-weak-key-title = 证书链中有强度不足的密钥
cert-weak-key-why = 过短或生成不当的密钥可以被破解，破解者便可冒充服务器。
cert-weak-key-looks-at = 服务器及根证书以下各签发机构的密钥类型、长度和数值。
cert-weak-key-evidence = { $subject } 的密钥为 { $key }，而策略要求至少 { $least } 位。
cert-weak-key-evidence-kind = { $subject } 的密钥属于如今的程序不再接受的类型：{ $key }。
cert-weak-key-evidence-roca = { $subject } 的密钥（{ $key }）由有缺陷的芯片或软件库生成，仅凭证书就能算出私钥（ROCA，CVE-2017-15361）。
cert-weak-key-evidence-numbers = { $subject } 的密钥（{ $key }）含有正常 RSA 密钥不会有的数值：模数为偶数，或指数为偶数、为 1 或过长。
cert-weak-key-evidence-small-exponent = { $subject } 的密钥（{ $key }）的指数为 { $exponent }，通常应为 65537 或更大。
cert-weak-key-fix-person = 您无需更改任何设置。
cert-weak-key-fix-server = 生成新的密钥（例如 EC P-256，或至少 2048 位的 RSA），并为其签发新证书。如果强度不足的是签发机构的密钥，请换用证书链中不含该密钥的证书。

cert-key-outside-policy-title = 服务器的密钥类型不在策略的规定之内
cert-key-outside-policy-why = 策略规定服务器可以用哪些类型的密钥证明身份，以及密钥应有多长，使证书在使用期内始终安全。
cert-key-outside-policy-looks-at = 服务器证书中密钥的类型和长度，与策略的规定相比较。
cert-key-outside-policy-evidence = { $subject } 的密钥为 { $key }；策略允许的是 { $allowed }。
cert-key-outside-policy-evidence-discouraged = { $subject } 的密钥为 { $key }，策略建议停用这种类型。
cert-key-outside-policy-evidence-short = { $subject } 的密钥为 { $key }；策略目前仍允许，但建议至少 { $advised } 位。
cert-key-outside-policy-fix-person = 您无需更改任何设置。
cert-key-outside-policy-fix-server = 生成策略允许的类型的新密钥（例如 EC P-256 或 P-384），并为其签发新证书。

cert-weak-signature-title = 证书签名使用了已被攻破的散列算法
cert-weak-signature-why = 使用 MD5 或 SHA-1 时，他人可以造出签名相同的另一份证书。如今的邮件客户端会拒绝这类证书。
cert-weak-signature-looks-at = 根证书以下各证书的签名算法。
cert-weak-signature-evidence = { $subject } 的证书使用 { $hash } 签名。
cert-weak-signature-fix-person = 您无需更改任何设置。遇到警告请不要跳过。
cert-weak-signature-fix-server = 使用 SHA-256 或更强的算法重新签发证书。如果问题出在上级证书，请向签发机构获取现行的证书链。

cert-wrong-usage-title = 证书的用途不是服务器
cert-wrong-usage-why = 证书会说明自身的用途。用途不是服务器的证书会被程序拒绝；而如果服务器上存有签发机构的密钥，所有信任该机构的人都会面临风险。
cert-wrong-usage-looks-at = 服务器证书中的用途、密钥用法以及签发机构标记。
cert-wrong-usage-evidence = { $subject } 的证书并非用于服务器。
cert-wrong-usage-evidence-purpose = { $subject } 的证书并非用于服务器，{ $count ->
    [0] 其用途列表为空
   *[other] 其用途为：{ $purposes }
}。
cert-wrong-usage-evidence-authority = { $subject } 的证书属于签发机构，却被服务器当作自身的证书使用。
cert-wrong-usage-evidence-key-usage = { $subject } 的密钥不得用于签名（digitalSignature），而如今的 TLS 握手都需要这种签名。
cert-wrong-usage-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-wrong-usage-fix-server = 请签发用于 TLS 服务器的证书：用途为 serverAuth，密钥用法为 digitalSignature，且不是签发机构。如果服务器上存有签发机构的密钥，请将其移走，并视为已经泄露。

cert-name-constraint-title = 证书中的名称超出了签发机构的权限
cert-name-constraint-why = 签发机构可以被限定只为某些名称作保。超出限定的证书会被拒绝，也可能是未经许可签发的。
cert-name-constraint-looks-at = 证书链中每份证书的主机名、地址、邮件地址、通用名称和主题，与其上级证书中的限定相对照。
cert-name-constraint-evidence = { $subject } 的证书中的名称 { $name } 超出了 { $issuer } 可以作保的范围。
cert-name-constraint-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-name-constraint-fix-server = 请重新签发不含该名称的证书，或由有权为其作保的机构签发。如果您没有申请过这份证书，请告知签发机构。

cert-validity-too-long-title = 证书的有效期超过上限
cert-validity-too-long-why = 设定上限，是为了不让差错和失窃的密钥贻害多年。有的程序会拒绝有效期过长的证书。
cert-validity-too-long-looks-at = 服务器证书的起止日期（仅当证书链通往公开信任的根证书，或策略自有上限时）。
cert-validity-too-long-evidence = { $subject } 的证书有效期为 { $days } 天；起始于 { $begins } 的证书最长为 { $most } 天。
cert-validity-too-long-evidence-policy = { $subject } 的证书有效期为 { $days } 天；策略最多允许 { $most } 天。
cert-validity-too-long-evidence-advised = { $subject } 的证书有效期为 { $days } 天；策略建议不超过 { $most } 天。
cert-validity-too-long-fix-person = 您无需更改任何设置。
cert-validity-too-long-fix-server = 请以更短的有效期重新签发证书，并设置自动续期。

ocsp-staple-missing-title = 服务器没有附带证书所要求的吊销状态证明
ocsp-staple-missing-why = 证书要求服务器附带一份证明，表明它未被吊销。没有这份证明，遵守该要求的程序会拒绝此服务器。
ocsp-staple-missing-looks-at = 服务器证书的 TLS 特性扩展，以及握手时附带的 OCSP 响应。
ocsp-staple-missing-evidence = { $subject } 的证书要求附带 OCSP 响应，而服务器没有发送。
ocsp-staple-missing-fix-person = 您无需更改任何设置。
ocsp-staple-missing-fix-server = 请在邮件服务中启用 OCSP 装订（OCSP stapling）；如果该软件不支持，请重新签发不含此要求（must-staple）的证书。

# 证书违反标准之处；$clause 为所依据的条款。
breach-algorithms-differ = 签名算法在被签名的内容之内与之外不一致（{ $clause }）
breach-unprintable-name = 名称中含有 NUL、控制字符或 ASCII 以外的字节（{ $clause }）
breach-authority-unmarked = 签发了其他证书，却没有标明自身是签发机构（{ $clause }）
breach-signer-no-authority = 密钥可以签发证书，自身却不是签发机构（{ $clause }）
breach-authority-cannot-sign = 签发了其他证书，而其密钥用法不允许签发，或没有说明（{ $clause }）
breach-limit-unreadable = 限定证书用途的扩展无法解析（{ $clause }）
breach-wildcard-too-wide = 通配符紧接在公共后缀之前，涵盖了他人的名称（{ $clause }）
breach-version = 使用了扩展，版本却不是 3（{ $clause }）
breach-serial-not-positive = 序列号为零或负数（{ $clause }）
breach-serial-too-long = 序列号超过 20 个字节（{ $clause }）
breach-issuer-empty = 签发者没有名称（{ $clause }）
breach-date-kind = 日期的类型与年份不符：2049 年及以前用 UTCTime，2050 年起用 GeneralizedTime（{ $clause }）
breach-date-shape = 日期没有以 Z 结尾、精确到秒的写法（{ $clause }）
breach-authority-nameless = 签发机构没有名称（{ $clause }）
breach-unique-ids = 含有唯一标识符（{ $clause }）
breach-unknown-critical = 含有未知的关键扩展（{ $clause }）
breach-unreadable = 有扩展无法解析（{ $clause }）
breach-authority-key-missing = 没有标明签发者的密钥（{ $clause }）
breach-authority-key-critical = 签发者密钥标识被标为关键（{ $clause }）
breach-subject-key-missing = 签发机构没有标明自身的密钥（{ $clause }）
breach-subject-key-critical = 自身密钥标识被标为关键（{ $clause }）
breach-key-usage-empty = 密钥用法中没有任何一项（{ $clause }）
breach-names-not-critical = 主题为空，而主题备用名称没有标为关键（{ $clause }）
breach-names-empty = 主题备用名称中没有任何名称（{ $clause }）
breach-name-form = 有 DNS 名称不符合主机名的写法（{ $clause }）
breach-address-octets = 有 IP 地址既不是 4 个也不是 16 个字节（{ $clause }）
breach-wildcard-place = 通配符不是最左边的完整标签（{ $clause }）
breach-constraints-not-critical = 签发机构的基本约束没有标为关键（{ $clause }）
breach-path-length-alone = 给出了路径长度，自身却不是可以签发证书的机构（{ $clause }）
breach-name-constraints-not-critical = 名称约束没有标为关键（{ $clause }）
breach-name-constraints-of-leaf = 名称约束出现在并非签发机构的证书中（{ $clause }）
breach-purposes-empty = 用途列表为空（{ $clause }）
breach-access-critical = 机构信息访问被标为关键（{ $clause }）
breach-public-key-kind = 公开信任的证书使用了不允许的密钥类型、曲线，或不是 8 的倍数的长度（{ $clause }）

cert-differs-between-addresses-title = 同一服务器的各个地址出示不同的证书，且并非都合格
cert-differs-between-addresses-why = 邮件客户端可能连接其中任何一个地址，因此时而正常、时而告警，很难查明原因。
cert-differs-between-addresses-looks-at = 该名称下每个地址的证书：是否相同，是否都有效、受信任且与该名称相符。
cert-differs-between-addresses-evidence = 各地址共出示 { $certificates } 种不同的证书。{ $fitting } 处一切正常，{ $failing } 处则不合格。
cert-differs-between-addresses-fix-person = 您无需更改任何设置。请不要跳过警告。
cert-differs-between-addresses-fix-server = 在该名称下的每台机器上安装合格的证书及其证书链，并逐台重新加载邮件服务。自动续期也应照此办理。

cert-renewal-half-done-title = 续期后的证书尚未在所有端口生效
cert-renewal-half-done-why = 一个服务已使用新证书，另一个仍在使用旧证书。旧证书到期后，虽然证书早已续期，后者的用户仍会看到警告。
cert-renewal-half-done-looks-at = 同一主机各端口上名称相同、密钥类型相同的证书及其有效期。
cert-renewal-half-done-evidence = 此处的证书将于 { $ends } 到期；有效期至 { $renewed } 的新证书已在 { $other } 使用。
cert-renewal-half-done-evidence-ended = 此处的证书已于 { $ends } 到期；有效期至 { $renewed } 的新证书已在 { $other } 使用。
cert-renewal-half-done-fix-server = 重新加载此端口上的服务，或让续期流程把证书复制到该服务读取的位置。

cert-revoked-title = 服务器证书或其上级证书已被吊销
cert-revoked-why = 签发机构已撤回该证书，原因往往是密钥落入他人之手。持有服务器密钥的人可以冒充该服务器，持有签发机构密钥的人则可以冒充任何服务器。
cert-revoked-looks-at = 签发机构对该证书的说法：服务器随证书一并发送的答复；策略要求查询时，还包括 OCSP 响应服务和吊销列表，并且也查询服务器证书的上级机构（以通往受信任根证书的路径缺之不可者为限）。只有经过签名、仍在有效期内、且确实针对该证书的答复才作数。
cert-revoked-evidence = { $subject } 的证书已于 { $since } 被吊销（原因：{ $reason }）。说明这一点的签发机构答复由服务器自己发来。
cert-revoked-evidence-ocsp = { $subject } 的证书已于 { $since } 被吊销（原因：{ $reason }），依据是签发机构的 OCSP 响应服务：{ $url }
cert-revoked-evidence-crl = { $subject } 的证书已于 { $since } 被吊销（原因：{ $reason }），依据是签发机构的吊销列表：{ $url }
cert-revoked-evidence-authority-ocsp = 上级机构 { $subject } 的证书已于 { $since } 被吊销（原因：{ $reason }），依据是其签发者的 OCSP 响应服务：{ $url }
cert-revoked-evidence-authority-crl = 上级机构 { $subject } 的证书已于 { $since } 被吊销（原因：{ $reason }），依据是其签发者的吊销列表：{ $url }
cert-revoked-fix-person = 您无需更改任何设置。遇到警告请不要跳过，在服务器换上新证书之前不要输入密码。
cert-revoked-fix-server = 生成新的密钥并为其签发新证书，连同完整证书链一起安装，然后重新加载邮件服务。如果被吊销的是上级机构，请由其继任机构或其他机构签发新证书。请查明旧证书被吊销的原因；如果服务器的密钥已经泄露，请通知用户更改密码。

cert-revocation-unknown-title = 无法得知证书是否已被吊销
cert-revocation-unknown-why = 策略要求由签发机构确认证书仍然有效。没有这一确认，证书即使已被撤回也无从察觉。
cert-revocation-unknown-looks-at = 服务器随证书一并发送的答复；策略要求查询时，还包括该证书及其上级机构证书中以 http 列出的 OCSP 响应服务和吊销列表。不支持增量列表、包含多个签发机构的列表，以及大于 1 MiB 的列表。
cert-revocation-unknown-evidence = 服务器没有随 { $subject } 的证书一并发送签发机构的答复。
cert-revocation-unknown-evidence-nothing-named = { $subject } 的证书没有以 http 列出 OCSP 响应服务或吊销列表，服务器也没有一并发送答复。
cert-revocation-unknown-evidence-nothing-named-above = 上级机构 { $subject } 的证书没有以 http 列出 OCSP 响应服务或吊销列表。
cert-revocation-unknown-evidence-staple = 服务器随 { $subject } 的证书一并发送的答复不能说明问题：{ $why ->
    [declined] 响应服务拒绝回答
    [not-known] 响应服务不认识该证书
    [not-authentic] 答复并非由签发机构或其授权者签名
    [no-issuer] 缺少签发机构的证书，无法验证答复
    [other-certificate] 答复针对的是另一份证书
    [not-current] 答复在判定时不在有效期内
    [not-yet] 按本机时钟，答复的签发时间晚于收到它的时间
    [unsupported] 不支持这种答复
   *[other] 答复无法读取
}。
cert-revocation-unknown-evidence-ocsp = 没有得知 { $subject } 的证书的情况：{ $why ->
    [not-asked] 本次运行没有查询
    [no-answer] 没有得到答复
    [declined] 响应服务拒绝回答
    [not-known] 响应服务不认识该证书
    [not-authentic] 答复并非由签发机构或其授权者签名
    [no-issuer] 缺少签发机构的证书，无法验证任何答复
    [other-certificate] 答复针对的是另一份证书
    [not-current] 答复在判定时不在有效期内
    [not-yet] 按本机时钟，答复的签发时间晚于收到它的时间
    [unsupported] 不支持这种答复
   *[other] 答复无法读取
}。其 OCSP 响应服务：{ $url }
cert-revocation-unknown-evidence-crl = 没有得知 { $subject } 的证书的情况：{ $why ->
    [not-asked] 本次运行没有查询
    [no-answer] 没有得到答复，或列表大于 1 MiB
    [not-authentic] 列表并非由签发机构签名
    [no-issuer] 缺少签发机构的证书，无法验证任何列表
    [other-certificate] 列表针对的是其他证书
    [not-current] 列表在判定时不在有效期内
    [not-yet] 按本机时钟，列表的签发时间晚于收到它的时间
    [unsupported] 不支持这种列表（仅含增量、涉及多个签发机构或仅涉及部分原因）
   *[other] 列表无法读取
}。其吊销列表：{ $url }
cert-revocation-unknown-fix-server = 如果签发机构提供 OCSP 响应服务，请启用 OCSP 装订。如果签发机构只发布吊销列表，请确保审计所用的机器能够以 http 访问，或把策略中的 revocation 设为 if-stapled。

dane-mismatch-title = 证书与域名所公布的不符
dane-mismatch-why = 域名在经过签名的 DNS 记录中公布了该服务器的证书或密钥。检查这些记录的程序会拒绝该服务器，也可能有他人在冒名应答。
dane-mismatch-looks-at = 端点的 TLSA 记录（仅在策略要求查询、且 DNSSEC 能够证明其真实时），与服务器发送的证书相比较。得不到证明的记录在此无法验证，不予采用。
dane-mismatch-evidence = { $name } 的记录无一与服务器出示的证书相符。已公布：{ $published }。与之相符的记录应为：{ $fitting }
dane-mismatch-fix-person = 您无需更改任何设置。在管理员查明情况之前，请不要输入密码。
dane-mismatch-fix-server = 如果所出示的证书确实属于您，请公布与之相符的记录，旧记录保留到其生存时间结束，并在每次更换密钥之前先做好这两步。如果不属于您，请查明是谁在这个地址应答。
