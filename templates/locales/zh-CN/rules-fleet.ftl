# 针对整个全部账户和观测位置的规则。

key-shared-title = 互不相干的服务器共用同一个密钥
key-shared-why = 谁掌握其中一台服务器的密钥，就能冒充其余各台。设备出厂自带的密钥，凡是拥有同款设备的人都可能知道。
key-shared-looks-at = 本次审计中所有服务器的公钥、它们的域名，以及证书中共同列出的名称。
key-shared-evidence = 该密钥（{ $key }）同时用于：{ $others }{ $more ->
    [0] 。
   *[other] ，另有 { $more } 处。
}
key-shared-fix-server = 在该服务器上生成新的密钥，为其签发证书，并查明旧密钥的来源。设备出厂自带的密钥应在投入使用前更换。

tls-intercepted-title = 途中的设备解开了加密，无法判定证书
tls-intercepted-why = 互不相干的服务器出示同一个非公开的签发机构，说明看到的是代理、防火墙或杀毒软件的证书，而不是服务器的证书。因此，所有关于证书的判定一律作废；看到的协议表现也可能出自该设备。
tls-intercepted-looks-at = 不同域名的服务器（本单位域名除外）所出示的签发机构，以及该机构是否公开受信任。
tls-intercepted-evidence = { $all } 个互不相干的域名中，有 { $shown } 个出示签发机构 { $authority }：{ $domains }。
tls-intercepted-evidence-antivirus = { $all } 个互不相干的域名中，有 { $shown } 个出示签发机构 { $authority }，从名称看属于本机的安全软件：{ $domains }。
tls-intercepted-fix-server = 请在没有 TLS 检查的网络中运行审计，或让本机及邮件端口免于检查；如果是本机的杀毒软件，请在审计期间关闭其邮件防护。如果该签发机构和这些域名都属于本单位，请用 --own-domain 指明。

vantage-blocked-title = 本机所在网络不允许连出到某些邮件端口，因此无法核实
vantage-blocked-why = 许多企业网络、运营商和云平台会拦截向外的邮件端口。因此而无法到达的，并不说明服务器有任何问题；其他网络中的人可能使用正常。
vantage-blocked-looks-at = 本次审计中没有任何服务器应答的端口，而若干互不相干、也不在同一网络的服务器在其他端口有应答。
vantage-blocked-evidence = 在端口 { $ports } 上，{ $count } 台服务器无一应答，而它们在其他端口均有应答（{ $how ->
    [timed-out] 未在时限内应答
    [refused] 连接被拒绝
    [unreachable] 没有网络路径
    [closed] 连接被关闭
    [reset] 连接被重置
   *[other] 方式不一
}）：{ $servers }。
vantage-blocked-fix-server = 请让网络管理员放行本机到这些端口的连接，或在员工实际使用的网络中运行审计。

resolver-suspect-title = DNS 解析器会编造地址，因此无法判定名称
resolver-suspect-why = 它会为不可能存在的名称给出地址，酒店网络和某些运营商就是如此。因此，对可能不存在的名称无从判断；在编造的地址上应答的，也不是所要找的服务器。
resolver-suspect-looks-at = DNS 解析器对本次审计随机编造的名称作何答复。
resolver-suspect-evidence = 对于 { $names }，DNS 解析器给出了 { $addresses }。
resolver-suspect-fix-server = 请换用其他 DNS 解析器（--resolver），或在其他网络中运行审计。

clock-suspect-title = 审计机器的时钟可疑，无法判定日期
clock-suspect-why = 证书是否有效取决于日期。时钟若有误，有效的证书会显得过期，过期的证书会显得有效，因此所有比较日期的判定一律作废。
clock-suspect-looks-at = 本机时钟给出的判定时间、本程序的发布时间，互不相干的签发机构所发证书的日期，以及签发机构签署吊销答复的时间。用 --at 指定的时间不作怀疑。
clock-suspect-evidence-before-release = 时钟显示 { $clock }，早于本版 mailfleet 的制作时间。
clock-suspect-evidence-not-yet-valid = 时钟显示 { $clock }，而 { $count } 个互不相干的签发机构所发的证书在此之后才生效：{ $issuers }。
clock-suspect-evidence-answer-ahead = 时钟显示 { $clock }，而已经收到的吊销答复所注日期比这更晚，最晚为 { $made }；所涉证书的签发机构：{ $issuers }。
clock-suspect-evidence-all-ended = 时钟显示 { $clock }，而所有服务器的全部证书（来自 { $count } 个互不相干的签发机构）在此之前均已到期：{ $issuers }。
clock-suspect-fix-server = 请校正审计机器的时钟并启用时间同步（NTP），然后重新运行审计；或用 --at 指定正确时间，重新判定已保存的观测记录。
