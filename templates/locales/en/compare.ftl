# Several policies over the same facts, and who would fail if another measure held.

heading-matrix = Policies compared
label-compared = Compared with
label-what-if = Tried on
label-own-settings = Settings other than those of { $base }
matrix-intro = The same facts, judged by each policy. The first policy decides the verdicts, the counts, the fixes and the exit status of this report; the others are shown beside it.
matrix-verdicts-caption = Accounts by verdict under each policy.
matrix-caption = What each rule finds under each policy, counted in what the rule looks at: accounts, endpoints or names. “No breach” lies below the severity from which that policy calls an account non-compliant. Not determined is not met, nor is what was not asked.
matrix-decides = decides
matrix-column-policy = Policy
matrix-column-verified = Verified
matrix-percent = { $percent } %
matrix-undecided =
    { $rules ->
        [one] { $rules } further rule fired nowhere and was not decided, or not asked, everywhere, alike under each policy. That is no clearance.
       *[other] { $rules } further rules fired nowhere and were not decided, or not asked, everywhere, alike under each policy. That is no clearance.
    }
matrix-rest = Not shown: rules that were met under each policy ({ $met }), and rules that no policy asks or that apply to nothing here ({ $idle }).
compared-violated =
    { $violations ->
        [one] { $violations } violation
       *[other] { $violations } violations
    }, { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    }{ $waived ->
        [0] { $breaches ->
            [0] ; no breach
           *[other] { "" }
        }
       *[other] ; waived: { $waived }
    }{ $undetermined ->
        [0] { "" }
       *[other] ; not determined: { $undetermined }
    }{ $unasked ->
        [0] { "" }
       *[other] ; not asked in this run: { $unasked }
    }
compared-not-determined =
    not determined: { $undetermined }{ $unasked ->
        [0] { "" }
       *[other] ; not asked in this run: { $unasked }
    }{ $compliant ->
        [0] { "" }
       *[other] ; in order: { $compliant }
    }
label-unasked = Not asked in this run
policy-unasked = These rules are neither met nor broken anywhere: the run did not ask what they need, since its depth does not, or since no encrypted session came about.
label-partly-unasked = Not asked at some servers
policy-partly-unasked = The number says at how many places (servers’ ports, or accounts) the run did not ask what the rule needs, as a rule since no encrypted session came about there.
compared-not-asked-in-this-run =
    not asked in this run: { $unasked }{ $compliant ->
        [0] { "" }
       *[other] ; in order: { $compliant }
    }
compared-met = nothing found
compared-not-asked = not asked
compared-not-applicable = does not arise
summary-under = Under { $policy }: { $compliant } compliant, { $breach } non-compliant, { $open } not verified, { $waived } waived; { $percent } % verified.

heading-what-if = What if
what-if-title = If { $policy } { $version } held
what-if-begins = From { $day } on, when new settings begin
what-if-intro = Who would stand worse than by the policy that decides this report. The same facts are judged; no server was visited again. Which TLS versions a mail client speaks is not known here: what is counted are the clients of the accounts whose server or settings would break the policy.
what-if-sentence =
    { $failing ->
        [0] No further account would fail
        [one] { $failing } further account would fail
       *[other] { $failing } further accounts would fail
    }{ $unverified ->
        [0] { "" }
        [one] , and { $unverified } could no longer be verified
       *[other] , and { $unverified } could no longer be verified
    }.
what-if-relieved-sentence =
    { $relieved ->
        [one] { $relieved } account that fails now would not fail then.
       *[other] { $relieved } accounts that fail now would not fail then.
    }
what-if-verdicts-caption = Accounts by verdict, now and then.
what-if-now = now
what-if-then = then
what-if-rules-caption = The rules by which it would fail, worst first.
what-if-column-failing = Would fail
what-if-column-unverified = No longer verified
what-if-column-endpoints = Endpoints that break it themselves
what-if-column-seen = What was seen
what-if-clients-caption = The mail clients of these accounts, by the client that the list names.
what-if-endpoints-caption = The endpoints that would break the policy, or could no longer be verified.
what-if-accounts-caption = The accounts, in the order of the list.
what-if-accounts-fold =
    { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    }
what-if-endpoint-fails = breaks the policy
what-if-endpoint-not-verified = not verified
what-if-failing = would fail that do not fail now
what-if-unverified = could no longer be verified
what-if-relieved = fail now and would not fail then
what-if-touched =
    { $accounts ->
        [one] { $accounts } account.
       *[other] { $accounts } accounts.
    }
what-if-undecided = not determined
what-if-rule = { $severity }; accounts that would fail: { $failing }, no longer verified: { $unverified }{ $endpoints ->
        [0] { "" }
       *[other] ; endpoints that break it themselves: { $endpoints }
    }
what-if-place =
    { $place } ({ $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    }):{ " " }
what-if-clients = Mail clients of these accounts:
what-if-accounts = These accounts:
what-if-beyond = and { $beyond } more, in report.json
client-not-stated = not said in the list
brief-compared = This brief follows the first of { $policies } policies; the comparison stands in the report in HTML, Markdown or JSON.
brief-what-if = What would change under other settings ({ $supposed }) stands in the report in HTML, Markdown or JSON.
