# 多个策略对同一事实的判定，以及改用其他要求时哪些账户会不合规。

heading-matrix = 策略对比
label-compared = 对比策略
label-what-if = 假设策略
label-own-settings = 与 { $base } 不同的设置
matrix-intro = 以下是同一事实按各个策略分别判定的结果。本报告的结论、计数、修改建议和退出状态以第一个策略为准，其余策略仅供对照。
matrix-verdicts-caption = 各策略下的账户结论。
matrix-caption = 各规则在各策略下的结果，按规则的检查对象（账户、端点或名称）计数。“不构成不合规”指低于该策略判为不合规的严重程度。未能判定或未询问均不等于符合。
matrix-decides = 以此为准
matrix-column-policy = 策略
matrix-column-verified = 已核实
matrix-percent = { $percent }%
matrix-undecided = 另有 { $rules } 条规则在任何地方都未发现问题，但并非处处都能判定或都已询问，各策略下情况相同。这不代表没有问题。
matrix-rest = 未列出：在所有策略下均未发现问题的规则（{ $met } 条），以及此处没有检查对象或没有策略采用的规则（{ $idle } 条）。
compared-violated =
    { $violations } 处违规，{ $accounts } 个账户{ $waived ->
        [0] { $breaches ->
            [0] ；不构成不合规
           *[other] { "" }
        }
       *[other] ；已豁免 { $waived } 处
    }{ $undetermined ->
        [0] { "" }
       *[other] ；未能判定 { $undetermined } 处
    }{ $unasked ->
        [0] { "" }
       *[other] ；本次运行未询问 { $unasked } 处
    }
compared-not-determined =
    未能判定 { $undetermined } 处{ $unasked ->
        [0] { "" }
       *[other] ；本次运行未询问 { $unasked } 处
    }{ $compliant ->
        [0] { "" }
       *[other] ；符合 { $compliant } 处
    }
label-unasked = 本次运行未询问
policy-unasked = 这些规则在任何地方都既不算符合也不算违反：本次运行未询问所需的事实，或因探测深度不足，或因未能建立加密会话。
label-partly-unasked = 部分服务器未询问
policy-partly-unasked = 括号内为未询问所需事实的端点（或账户）数，通常是因为在该处未能建立加密会话。
compared-not-asked-in-this-run =
    本次运行未询问 { $unasked } 处{ $compliant ->
        [0] { "" }
       *[other] ；符合 { $compliant } 处
    }
compared-met = 未发现问题
compared-not-asked = 未采用
compared-not-applicable = 不涉及
summary-under = 按 { $policy }：合规 { $compliant }，不合规 { $breach }，未能核实 { $open }，已豁免 { $waived }；已核实 { $percent }%。

heading-what-if = 假设分析
what-if-title = 假如改用 { $policy } { $version }
what-if-begins = 自 { $day } 起（新设置生效）
what-if-intro = 以下列出与本报告所用策略相比结论会变差的账户和端点。判定依据的是同一批事实，没有为此再次访问服务器。本程序并不掌握各邮件客户端支持哪些 TLS 版本；这里统计的是服务器或设置将不符合要求的账户所用的邮件客户端。
what-if-sentence =
    { $failing ->
        [0] 不会有更多账户不合规
       *[other] 将另有 { $failing } 个账户不合规
    }{ $unverified ->
        [0] { "" }
       *[other] ，{ $unverified } 个账户将无法核实
    }。
what-if-relieved-sentence = 目前不合规的账户中，届时有 { $relieved } 个不再如此。
what-if-verdicts-caption = 目前与届时的账户结论。
what-if-now = 目前
what-if-then = 届时
what-if-rules-caption = 导致变化的规则，由重到轻排列。
what-if-column-failing = 将不合规
what-if-column-unverified = 将无法核实
what-if-column-endpoints = 自身不合要求的端点
what-if-column-seen = 所见事实
what-if-clients-caption = 这些账户所用的邮件客户端，以账户清单所写为准。
what-if-endpoints-caption = 将不符合要求或将无法核实的端点。
what-if-accounts-caption = 受影响的账户，按账户清单的顺序排列。
what-if-accounts-fold = { $accounts } 个账户
what-if-endpoint-fails = 不符合要求
what-if-endpoint-not-verified = 未能核实
what-if-failing = 个账户届时将新增为不合规
what-if-unverified = 个账户届时将无法核实
what-if-relieved = 个账户目前不合规，届时不再如此
what-if-touched = { $accounts } 个账户。
what-if-undecided = 未能判定
what-if-rule = { $severity }；将不合规的账户 { $failing } 个，将无法核实的 { $unverified } 个{ $endpoints ->
        [0] { "" }
       *[other] ；自身不合要求的端点 { $endpoints } 个
    }
what-if-place = { $place }（{ $accounts } 个账户）：
what-if-clients = 这些账户所用的邮件客户端：
what-if-accounts = 受影响的账户：
what-if-beyond = 另有 { $beyond } 个，见 report.json
client-not-stated = 账户清单中未写明
brief-compared = 本简报以 { $policies } 个策略中的第一个为准；策略对比见 HTML、Markdown 或 JSON 格式的报告。
brief-what-if = 假设分析（{ $supposed } 项）见 HTML、Markdown 或 JSON 格式的报告。
