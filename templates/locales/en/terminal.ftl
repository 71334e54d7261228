# What the terminal says about a run and about a rule.

terminal-compliant = compliant
terminal-non-compliant = non-compliant
terminal-not-verified = not verified
terminal-waived = waived
terminal-verified = accounts in all, { $percent } % verified
terminal-under = compliant under { $policy }: { $breach } non-compliant, { $open } not verified, { $waived } waived; { $percent } % verified
terminal-endpoints-only = endpoints judged, without accounts
terminal-report-lies = The report is in { $place }.
terminal-incomplete = The run did not complete: the report is partial and marked so. Run it again.
terminal-internal-error = A fault of mailfleet left something unseen; the finding internal-error says what to report.
terminal-nothing-verified = Nothing could be verified from here. See “Not verified” in the report for the reason, then try from another network.
terminal-too-little-verified = Less than { $percent } % of the accounts could be verified. See “Not verified” in the report, or lower --min-verified.
terminal-open = Findings at or above --fail-on are open; the report says what to do first.
terminal-demo-ended = This was the demo. `mailfleet audit` would have ended with exit status { $code } here.

rules-on-endpoint = one server and port, over all its addresses
rules-on-account = the settings of one account
rules-on-fleet = the fleet as a whole
rules-looks-at = Looks at
rules-severity = Severity
rules-fix-person = What the person changes
rules-fix-server = What the server needs

chain-names = Names: { $value }
chain-name = Compared with the host:
chain-begins = Valid from: { $value }
chain-ends = Valid until: { $value }
chain-fix = What the server needs:
chain-no-finding = Nothing was found that speaks against installing this chain.
chain-undecided = Not decided: { $rule } ({ $reason })
