# What the terminal says about a run and about a rule.

terminal-compliant = compliant
terminal-non-compliant = non-compliant
terminal-not-verified = not verified
terminal-waived = waived
terminal-verified = accounts in all, { $percent } % verified
terminal-under = compliant under { $policy }: { $breach } non-compliant, { $open } not verified, { $waived } waived; { $percent } % verified
terminal-endpoints-only = endpoints judged, without accounts
terminal-files-lie = The files are in { $place }.
terminal-report-lies = The report is in { $place }.
terminal-incomplete = The run did not complete: the report is partial and marked so. Run it again.
terminal-internal-error = A fault of mailfleet left something unseen; the finding internal-error says what to report.
terminal-nothing-verified = Nothing could be verified from here. See “Not verified” in the report for the reason, then try from another network.
terminal-no-server-reached = No server could be reached from here; what was judged was judged by settings alone.
terminal-too-little-verified = Less than { $percent } % of the accounts could be verified. See “Not verified” in the report, or lower --min-verified.
terminal-open = Findings of severity { $severity } or above are open (--fail-on); the report says what to do first.
terminal-breached = The policy is broken by findings below medium; the report says what to do first.
terminal-demo-ended = This was the demo. `mailfleet audit` would have ended with exit status { $code } here.

notice-removed = { $file } of the last run was removed: { $option } does not ask for it now.
notice-other-version = The report was made by version { $made }; its words and the clauses of its rules are those of this version, { $this }.
notice-key-open = --pseudonym-key { $file }: others than its owner may use this file, and whoever reads it can tell whose each pseudonym is: `chmod 600` it.
notice-torn = The observations end in the middle of a record at byte { $byte }; what stands before it is judged.
notice-journal-kept = An unfinished journal of an earlier run is kept as { $file }.
notice-private-key = { $file } holds a private key too. It was not read; keep keys out of files that are passed on.
notice-ending = Ending with what is there (again: end at once).
notice-max-time = --max-time is over; ending with what is there.
notice-counted = report: counted in { $spent }
notice-written = { $file }: { $bytes } bytes in { $spent }
notice-spent = { $seconds } s
notice-spent-memory = { $seconds } s, { $besides } MiB of memory besides, { $all } MiB in all

judge-other-roots = The report beside these observations was judged by the roots { $before }, this one is by { $now } ({ $count ->
    [one] 1 certificate
   *[other] { $count } certificates
}): that alone can change verdicts. For the same: { $options }
judge-roots-changed = The roots { $before } are not those of the report beside these observations: they have changed since, and now have { $count ->
    [one] 1 certificate
   *[other] { $count } certificates
}. That alone can change verdicts. For the same, give --trust the file as it was then, or judge on the machine of the first run.

rules-on-endpoint = one server and port, over all its addresses
rules-on-account = the settings of one account
rules-on-fleet = the fleet as a whole
rules-looks-at = Looks at
rules-severity = Severity
rules-why = Why it matters
rules-looks-at-what = { $kind }: { $question }
rules-form = { $severity } in the form { $form }
rules-policies = By policy
rules-not-asked = not asked
rules-clauses = Clauses
rules-clause = { $clause } ({ $verb })
rules-example = An example of its evidence
rules-column-id = Rule
rules-column-title = What it finds
rules-column-policy = Policy
rules-book-title = The rules of mailfleet
rules-book-intro = Severities are the rules’ own. Below each rule stand the policies that say something of it: how much it weighs for them, and which clauses of theirs it serves. What an example quotes is made up.
rules-fix-person = What the person changes
rules-fix-server = What the server needs

chain-names = Names: { $value }
chain-name = Compared with the host:
chain-begins = Valid from: { $value }
chain-ends = Valid until: { $value }
chain-fix = What the server needs:
chain-no-finding = Nothing was found that speaks against installing this chain.
chain-undecided = Not decided: { $rule } ({ $reason })

verify-files = { $count ->
    [one] 1 file has the size and the hash that the manifest lists.
   *[other] { $count } files have the size and the hash that the manifest lists.
}
verify-files-of = { $count } of { $all } files have the size and the hash that the manifest lists.
verify-nothing = The manifest lists no file at all, so there is nothing that could be verified: it was altered. Get the run’s files from where they were kept.
verify-file-name = { $file } is no name of a file in this directory, so it was not read: the manifest was altered. Get the run’s files from where they were kept.
verify-file-changed = { $file } is not the file that was written: { $said } bytes then, { $found } now. Get it from where it was kept, or run the audit again.
verify-file-same-size = { $file } is not the file that was written: same size, other content. Get it from where it was kept, or run the audit again.
verify-file-unreadable = { $file } cannot be read: { $why }. Get it from where it was kept, or give the right to read it.
verify-stray = { $file } is not in the manifest: it belongs to another run. Remove it, or keep it elsewhere.
verify-journal = The observations follow from each other to their end: { $visits ->
    [one] 1 visit
   *[other] { $visits } visits
}; the hash of the last line is { $head }.
verify-no-journal = The observations are not in this directory. Those that were judged end with the hash { $head }.
verify-journal-head = The observations are whole, and not those that this report was made from. Get the file of this run.
verify-journal-damaged = The observations are damaged: { $why }
verify-totals = Every total of report.json is that of its rows: { $count ->
    [one] 1 account
   *[other] { $count } accounts
}.
verify-no-report = There is no report.json in this run, so totals could not be counted again.
verify-report-other = report.json is of another run than the manifest. Get the file of this run.
verify-report-unreadable = report.json cannot be counted again: { $why }
verify-total = report.json says { $said } for { $total }; its rows give { $counted }. Somebody changed it, or mailfleet has a fault: please report it.
verify-more = and { $count } differences more
verify-intact-unobserved = The files here are as they were written; the observations were not checked. Put the observations.ndjson that was judged into this directory to have them checked too.
verify-incomplete = The run did not complete; its report says so.
verify-manifest = SHA-256 of manifest.json: { $sha256 }. Whoever can change every file can change this one too: hold it against a copy that was kept elsewhere.
verify-intact = Nothing was changed since its manifest was written.
verify-altered = This is not what the run wrote.

# What `probe` saw of a host
probe-not-visited = not visited: { $why }.
probe-not-seen = not seen: { $why }.
probe-allow-net = If it is yours to visit, name its network with --allow-net { $network }.
probe-no-address = no address
probe-no-greeting = no greeting
probe-no-tls = no TLS
probe-no-tls-since = no TLS: { $why }
