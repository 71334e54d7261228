# What the reports say, whatever rule fired.

a-value = { $value }
report-title = Mail configuration audit
report-for = for { $organisation }
skip-link = Skip to the summary
contents = Contents
more = details
steps = steps and people
foreign-sample = text in this frame
foreign-legend = What a server, a certificate or the input says stands as { $sample }; it is quoted, never our own word.

# What stands between two pieces that a template joins
gap = { " " }
comma = ,{ " " }
list-comma = ,{ " " }
semicolon = ;{ " " }
stop = .{ " " }
colon = :{ " " }
colon-end = :
open-paren = (
close-paren = )

# Headings
heading-summary = Summary
heading-first = What to do first
heading-totals = Control totals
heading-findings = Findings
heading-changes = What people change
heading-endpoints = Endpoints
heading-calendar = When certificates end
heading-unverified = Not verified
heading-accounts = Accounts
heading-waivers = Waivers
heading-rejected = Rejected rows
heading-method = Method and scope
heading-limitations = Limitations
heading-integrity = Integrity
heading-signoff = Sign-off
heading-glossary = Glossary

# Letterhead
label-period = Period
label-judged = Judged as of
label-policy = Policy
label-vantage = Seen from
label-auditor = Auditor
label-people = People
people-redacted = under pseudonyms (--redact)
# What stands for departments, clients or groups of fewer than five people.
group-merged = small groups, merged
label-organisation = Organisation
label-started = First visit
label-finished = Last visit
label-report-id = Report id
label-run = Run id
label-made-by = Made by
made-by = mailfleet { $version }
label-clock = Clock
label-resolver = DNS resolver
label-network = Network
label-depth = Depth
label-trust = Trusted roots
trust-newest = the newest valid from { $newest }
label-departures = Severities other than the rules’ own
period = { $from } to { $to }
vantage-unnamed = not named (--vantage)
clock-unchecked = this machine’s clock, not checked against another
clock-given = the time was given on the command line
trust-size =
    { $certificates ->
        [one] ({ $certificates } certificate)
       *[other] ({ $certificates } certificates)
    }

# Banners
banner-label = Read this first.
banner-incomplete = This run is incomplete: it ended before every visit was made. What was not visited is “not verified”; do not take this report for a whole one.
banner-not-planned = The run did not ask what { $policy } needs, since it was made for another policy: whoever would be compliant is “not verified”. Run the audit again with --policy { $policy }.
banner-nothing-verified = Nothing could be verified from here. This says something about the network between the auditor and the servers, and nothing about the servers.
ended-by-signal = The run was ended by a signal, such as Ctrl-C.
ended-by-max-time = The run was ended because its time was over (--max-time).

# The verdict
verdict-compliant = Compliant
verdict-non-compliant = Non-compliant
verdict-not-verified = Not verified
verdict-waived = Waived
sentence-no-accounts =
    { $endpoints ->
        [one] One endpoint was judged without accounts
       *[other] { $endpoints } endpoints were judged without accounts
    }; { $findings ->
        [0] nothing was found.
        [one] there is one finding.
       *[other] there are { $findings } findings.
    }
sentence-breach = { $accounts } of { $total } accounts break the policy.
sentence-open = No account was seen to break the policy, but { $accounts } of { $total } could not be verified.
sentence-met =
    { $total ->
        [one] The only account meets the policy, or its exception is accepted.
       *[other] All { $total } accounts meet the policy, or their exceptions are accepted.
    }
share-verified =
    { $total ->
        [one] { $percent } % of { $total } account could be verified.
       *[other] { $percent } % of { $total } accounts could be verified.
    }

# What to do first
first-change =
    { $people ->
        [one] One person changes to:
       *[other] { $people } people change to:
    }
first-person =
    { $people ->
        [one] Done by the person concerned.
       *[other] Done by each of the { $people } people.
    }
first-administrator =
    Done by the administrator of { $hosts ->
        [0] the mail service
        [one] the server
       *[other] { $hosts } servers
    }; { $people ->
        [0] no account uses it.
        [one] one person is affected.
       *[other] { $people } people are affected.
    }
first-authority = Servers rely on an authority that looks like your own and is not trusted here: { $authority }
first-auditor =
    Done by whoever runs this audit: if the authority is yours, judge again with --trust system --trust FILE, FILE being its root. { $hosts ->
        [one] One server
       *[other] { $hosts } servers
    } and { $people ->
        [0] no account are
        [one] one person are
       *[other] { $people } people are
    } affected.
first-servers =
    Where: { $servers }{ $beyond ->
        [0] .
        [one] { " " }and one port more.
       *[other] { " " }and { $beyond } ports more.
    }
first-mends = Mends
first-mends-beyond = { " " }and { $beyond } more
full-stop = .
first-beyond =
    { $beyond ->
        [one] And one more thing to do; all findings stand below.
       *[other] And { $beyond } more things to do; all findings stand below.
    }
first-none = Nothing at or above the policy’s threshold is open.

# Control totals
totals-caption = What went in is what came out. These sums were checked before the report was written.
total-rows = Rows of the input
total-rows-of = { $accepted } accepted + { $rejected } rejected
total-accounts = Accounts
total-accounts-of =
    { $compliant } compliant + { $breach } non-compliant + { $open } not verified + { $waived } waived; { $people ->
        [one] one person
       *[other] { $people } people
    }
total-merged =
    { $accepted ->
        [one] { $accepted } accepted row gave
       *[other] { $accepted } accepted rows gave
    } { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    }; { $merged ->
        [one] { $merged } equal row was merged.
       *[other] { $merged } equal rows were merged.
    }
total-without-port =
    { $accounts ->
        [one] { $accounts } account names no port and counts
       *[other] { $accounts } accounts name no port and count
    } at each endpoint that may be meant, so the counts of endpoints can add up to more than the accounts.
total-endpoints = Endpoints
total-endpoints-of =
    { $reached } reached + { $unreached } not reached; { $addresses ->
        [one] one address
       *[other] { $addresses } addresses
    }
total-findings = Findings
total-findings-of = { $critical } critical + { $high } high + { $medium } medium + { $low } low + { $info } info; { $waived } of them waived
total-connections = Connections
total-connections-of = candidates for fixes included

# Columns
column-what = What
column-total = Total
column-made-of = Made of
column-endpoint = Endpoint
column-ends = Ends (UTC)
column-left = Time left
column-certificate = Certificate
column-people = People
column-reason = Reason
column-accounts = Accounts
column-do = What to do
column-accepted = Accepted
column-verdict = Verdict
column-employee = Person
column-email = E-mail
column-department = Department
column-client = Mail client
column-service = Service
column-security = Security
column-findings = Findings
column-source = Source
column-state = State
column-rule = Rule
column-subject = Subject
column-waiver-reason = Why it is accepted
column-approved = Approved by
column-owner = Owner
column-ticket = Ticket
column-until = Until (UTC)
column-file = File
column-line = Line
column-rows = Rows
column-accepted-rows = Accepted
column-rejected-rows = Rejected
column-columns = Remarks on columns
column-idea = Where the idea came from
column-now = Now
column-value = Value
column-severity = Severity
column-title = Finding
column-evidence = What was seen
column-clause = Clause
column-fingerprint = Fingerprint
column-protocol = Protocol
column-host = Server
column-port = Port
column-rules = Rules
column-new-protocol = New protocol
column-new-host = New server
column-new-port = New port
column-new-security = New security
column-proven = Proven (UTC)
column-not-proven = Why not proven
column-steps = Steps
column-account-id = Account id
column-reached = Reached
column-addresses = Addresses
column-visited = Visited (UTC)
column-worst = Worst finding of the server itself
column-issuer = Issuer
column-sha256 = SHA-256

# Findings
severity-critical = critical
severity-high = high
severity-medium = medium
severity-low = low
severity-info = info
findings-intro =
    { $findings ->
        [one] One finding
       *[other] { $findings } findings
    } by { $rules ->
        [one] one rule
       *[other] { $rules } rules
    }, worst first.
findings-none = No rule found anything.
finding-touches =
    { $accounts ->
        [0] no account
        [one] one account
       *[other] { $accounts } accounts
    } of { $people ->
        [0] nobody
        [one] one person
       *[other] { $people } people
    }
finding-waived = { $waived } of { $findings } waived
verb-must = must
verb-should = should
verb-may = may
verb-states = states
verb-interpretation = mailfleet interpretation
verb-since = , since { $since }
# Said in Chinese alone, behind the title of a document without a Chinese edition
title-translation = { " " }({ $translation })
sights-fold =
    { $sights ->
        [one] What was seen, in one place
       *[other] What was seen, in { $sights } places
    }
authority-hint =
    { $hosts ->
        [one] One server relies
       *[other] { $hosts } servers of one owner rely
    } on { $authority }, which is not among the trusted roots and looks like a private authority. If it is yours, judge again with --trust system --trust FILE, FILE being its root: that settles all of them. If nobody knows it, leave it untrusted: somebody on the way may be opening TLS.
authority-shown =
    { $endpoints ->
        [one] Shown in one place.
       *[other] Shown in { $endpoints } places.
    }
sight-accounts =
    { $accounts ->
        [0] No account uses it.
        [one] One account.
       *[other] { $accounts } accounts.
    }
sight-waived = Accepted until { $until } by { $approver }: { $reason }
sights-beyond = And { $beyond } more, all in findings.csv.
box-person = What the person changes
box-server = What the server needs
server-nothing = Nothing.
until-mended = There is nothing wrong on your side: the server’s certificate has to be mended. Do not click a warning away. Until the server is mended, these settings were proven:
moves-intro = Settings that were tried in this run:
recipe-for-dovecot = For Dovecot, which was recognised here:
recipe-for-postfix = For Postfix, which was recognised here:
recipe-for-exim = For Exim, which was recognised here:
recipe-for-nginx = For nginx, which was recognised here:
move-to =
    { $accounts ->
        [one] One account can change to
       *[other] { $accounts } accounts can change to
    } { $settings } – { $proof }
move-none =
    { $accounts ->
        [one] One account:
       *[other] { $accounts } accounts:
    } { $proof }

# Changes
changes-intro = One entry for each setting that replaces others, with the steps in each mail client in use.
changes-none = Nobody has to change anything.
change-none = No settings to change to could be proven
change-proven = Proven in this run
change-until-mended =
    { $accounts ->
        [one] One account, marked below, needs this only until its server’s certificate is mended; that comes first.
       *[other] { $accounts } accounts, marked below, need this only until their server’s certificate is mended; that comes first.
    }
who-until-mended = only until the certificate is mended
change-unproven = Not proven
steps-in = Steps:
who-fold =
    { $accounts ->
        [one] One account
       *[other] { $accounts } accounts
    }
who-caption = Who changes
who-beyond = And { $beyond } more, all in account-verdicts.csv.
in-clear =
    { $accounts ->
        [one] For one account without encryption:
       *[other] For { $accounts } accounts without encryption:
    }
client-outlook = Outlook for Windows
client-foxmail = Foxmail
client-thunderbird = Thunderbird
client-apple-mail = Mail on the Mac
client-ios-mail = Mail on iPhone and iPad
client-other = any other mail client
client-merged = { group-merged }
mode-tls = SSL/TLS
mode-starttls = STARTTLS
mode-none = no encryption
mode-auto = encryption if offered
mode-unknown = security not stated
settings = { $protocol } { $host }, port { $port }, { $security }
inferred = (inferred)
protocol-pop3 = POP3
protocol-imap = IMAP
protocol-smtp = SMTP
protocol-managesieve = ManageSieve
port = port { $port }
line = , line { $line }
idea-same-host = secure port of the same host
idea-used-by-colleagues = used by colleagues
idea-conventional-name = conventional name in the same domain

# Endpoints
endpoints-intro =
    { $total ->
        [one] One endpoint
       *[other] { $total } endpoints
    }, { $reached } reached. Each was visited once per address at the depth “{ $depth }”, however many accounts use it.
endpoint-reached = reached
endpoint-unreached = not reached
endpoint-worst = worst finding of the server itself:
endpoint-accounts =
    { $accounts ->
        [0] no account
        [one] one account
       *[other] { $accounts } accounts
    }
address = Address { $address }
address-visit =
    Visited { $time }, { $millis } ms, { $connections ->
        [one] one connection
       *[other] { $connections } connections
    }{ $hellos ->
        [0] .
        [one] , with one TLS hello of our own.
       *[other] , with { $hellos } TLS hellos of our own.
    }
address-dialled = Dialled at { $elsewhere } instead.
answer-connected = Connection
answer-opening = Opens with
answer-greeting = Greeting
answer-capabilities = Offers before TLS
answer-starttls = STARTTLS
answer-trailing = Sent behind the STARTTLS reply, before TLS
answer-tls = Handshake
answer-versions = TLS versions accepted
answer-versions-refused = TLS versions refused
answer-versions-lost = TLS versions without an answer
answer-versions-not-asked = TLS versions not asked about
answer-suites = Cipher suites accepted
answer-groups = Groups agreed on
answer-primes = Diffie-Hellman primes (bits)
answer-client-certificate = Client certificate
answer-renegotiation = Secure renegotiation (RFC 5746)
answer-master-secret = Extended master secret (RFC 7627)
answer-encrypt-then-mac = Encrypt-then-MAC (RFC 7366)
answer-session-ticket = Session tickets before TLS 1.3
answer-compression = TLS compression
answer-order = Order of suites (TLS 1.2)
answer-fallback = Fallback signal (RFC 7507)
answer-alpn = Application protocol (ALPN)
answer-staple = Stapled OCSP response
answer-tickets = Session tickets in TLS 1.3
answer-early-data = Early data (0-RTT)
answer-capabilities-in-tls = Offers inside TLS
answer-login-begun = Login begun before TLS
answer-injection = Command behind STARTTLS
answer-limits = Limits reached
answer-scts = Certificate transparency
answer-dane = DANE (TLSA records)
answer-name = Certificate’s name
answer-not-asked = not asked at this depth
answer-not-ours = not asked: it could alarm, and this host is in no domain of ours
opening-clear-text = clear text
opening-tls = TLS
capabilities-refused = the question was refused
capabilities-none = nothing was listed
starttls-accepted = accepted: { $reply }
starttls-accepted-unannounced = accepted though not announced: { $reply }
starttls-declined = declined: { $reply }
login-went-on = { $mechanism }: the server went on, and the login was given up: { $reply }
login-declined = { $mechanism }: declined: { $reply }
injection-answered = { $command } was answered inside TLS: { $answer }
injection-dropped = { $command } was not answered inside TLS
injection-refused = with { $command } behind it, the upgrade did not come about
client-certificate-asked = asked for
client-certificate-not-asked = not asked for
agreed-to = agreed to
agreed-to-not = not agreed to
agreed-to-not-at = not agreed to at { $versions }
order-own = the server’s: it picks { $suite }, which the client did not name first
order-client = the client’s: the server picks { $suite }, which it named first
fallback-noticed = noticed: whoever seems to have fallen back is turned away
fallback-refused = turned away, without the alert that is meant for it
fallback-ignored = not noticed: the handshake goes on
alpn-none = offered for mail, and none chosen
staple-sent = sent
staple-none = not sent
tickets = { $count } handed out
early-data-announced = announced, up to { $octets } octets; never used here
early-data-none = not announced
handshake = { $version }, { $suite }
handshake-with-group = { $version }, { $suite }, { $group }
scts = timestamps in the certificate: { $embedded }; in the stapled answer: { $stapled }; in the handshake: { $handshake }
dane-matches = the certificate is one that the domain publishes
dane-differs = none of the records that the domain publishes matches the certificate
dane-absent = the domain publishes none
dane-unproven = cannot be verified here: DNSSEC does not prove the records, or the server did not send what they name
ladder-title = Certificate chain, root on top
ladder-other = Another certificate chain, shown { $handshake }, root on top
rung-breaks = The chain breaks here:
rung-root = { $subject }, a trusted root
rung-self-signed = the certificate below is its own issuer, and nobody else vouches for it
rung-missing = { $subject } was not sent and is no trusted root
rung-untrusted = { $subject } is a root, and is not trusted
rung-broken = no path holds: { $words }
rung-too-costly = looking further would have cost more work than the limit allows
rung-malformed = a certificate that does not parse: { $words }
rung-between = { $subject }, valid { $from } to { $until }, { $key }
rung-leaf = { $subject }, valid { $from } to { $until }, { $key }{ $scts ->
    [0] { "" }
    [one] { ", " }one certificate transparency timestamp inside
   *[other] { ", " }{ $scts } certificate transparency timestamps inside
}
name-matches = matches as { $name }
name-differs = does not match; it is for { $names }
name-none = holds no name that a client may compare

# Why a question found no answer
cause-no-such-name = the name does not exist
cause-no-address = the name has no address
cause-dns-failed = the resolver failed
cause-dns-refused = the resolver refused
cause-dns-timed-out = the resolver did not answer in time
cause-dns-invented = the resolver gives this address for names that cannot exist as well
cause-refused = the connection was refused
cause-unreachable = host or network unreachable
cause-timed-out = no answer in time
cause-closed = the other side closed the connection
cause-reset = the other side reset the connection
cause-throttled = the server asked to come back later, or began to refuse
cause-neighbours-throttled = not asked: others in its network limited how often they may be asked
cause-turned = the server ended the conversation: { $words }
cause-alert = TLS alert number { $alert }
cause-incompatible = this client cannot go on with that TLS: { $words }
cause-malformed = an answer that follows no grammar: { $words }
cause-limit-reached = a limit of the audit was reached ({ $limit })
cause-address-not-allowed = the address may not be dialled (--allow-net)
cause-port-not-allowed = the port may not be dialled (--allow-port)
cause-no-route-here = this machine has no route to addresses of this family
cause-local = this machine could not do it: { $words }
cause-not-visited = not visited: the run ended before
cause-internal = a fault of mailfleet: { $words }

# Reasons of "not verified", and what to do about each
reason-unreachable = no conversation came about
reason-unreachable-do = Ask whether the server is running and whether a firewall stands between; run the audit again from a network that the staff use.
reason-dns-failed = the name was not resolved
reason-dns-failed-do = Check how the name is spelt in the list, and the DNS server (--resolver); then run the audit again.
reason-throttled = the server, or others in its network, asked to come back later
reason-throttled-do = Run the audit again later, with a longer --interval and --per-host 1.
reason-address-not-allowed = the address may not be dialled
reason-address-not-allowed-do = If it is yours to visit, name its network with --allow-net.
reason-port-not-allowed = the port is no mail port
reason-port-not-allowed-do = If it is a mail service, name the port with --allow-port.
reason-settings-not-stated = the input does not say enough
reason-settings-not-stated-do = Add protocol, port and security to the row, then run the audit again.
missing-protocol = Add the protocol to the row, then run the audit again:
missing-port = Add the port to the row, then run the audit again:
missing-security = Add the security to the row, then run the audit again:
missing-protocol-port = Add the protocol and the port to the row, then run the audit again:
missing-protocol-security = Add the protocol and the security to the row, then run the audit again:
missing-port-security = Add the port and the security to the row, then run the audit again:
missing-protocol-port-security = Add the protocol, the port and the security to the row, then run the audit again:
missing-beyond =
    { $beyond ->
        [one] and { $beyond } more row
       *[other] and { $beyond } more rows
    }
reason-not-visited = not visited
reason-not-visited-do = Run the audit again.
reason-not-planned = the run was made for another policy and did not ask what this one needs
reason-not-planned-do = Run the audit again and name this policy with --policy; judging again asks nobody.
reason-chain-too-costly = the certificate chain costs too much work
reason-chain-too-costly-do = Ask the server’s administrator to send only the certificates that belong to the chain.
reason-limit-reached = a limit of the audit was reached
reason-limit-reached-do = Look at the endpoint by hand; a mail server needs far less.
reason-tls-intercepted = a box on the way intercepts TLS
reason-tls-intercepted-do = Run the audit from a network without TLS inspection.
reason-starttls-stripped = a box on the way removes STARTTLS
reason-starttls-stripped-do = Run the audit from another network, and have the box looked at.
reason-clock-suspect = this machine’s clock is in doubt
reason-clock-suspect-do = Set the clock, then run the audit again.
reason-vantage-is-server = the auditor runs on the mail server itself
reason-vantage-is-server-do = Run the audit from another machine: servers treat their own differently.
reason-internal-error = a fault of mailfleet
reason-internal-error-do = Please report it, with the version and the file observations.ndjson.
unverified-intro =
    { $accounts ->
        [one] One account could not be judged from here; that is no accusation and no clearance.
       *[other] { $accounts } accounts could not be judged from here; that is no accusation and no clearance.
    }
unverified-caption = What could not be seen, and why. Tick what you accept as a remaining risk.
unverified-none = Every account could be verified.

# When certificates end
calendar-intro =
    { $certificates ->
        [one] One certificate is in use.
       *[other] { $certificates } certificates are in use.
    } Whoever renews them finds here which ends first and how many people would notice.
calendar-chart = Certificates by the month in which they end (UTC)
calendar-caption = Certificates in use, the one that ends first on top
calendar-past = ended
calendar-later = later
calendar-left =
    { $days ->
        [0] less than a day
        [one] one day
       *[other] { $days } days
    } left
calendar-over =
    ended { $days ->
        [0] less than a day
        [one] one day
       *[other] { $days } days
    } ago
calendar-issuer = from { $issuer }
calendar-beyond = and { $beyond } more

# Accounts
listed-accounts = { $listed } of { $total } listed, all in account-verdicts.csv.
listed-endpoints = { $listed } of { $total } listed, all in report.json.
listed-rows = { $listed } of { $total } listed, all in report.json.
accounts-fold =
    { $total ->
        [one] One account
       *[other] { $total } accounts
    }
accounts-caption = Accounts with their verdicts, in the order of the input
accounts-none = No accounts were given; only endpoints were judged.

# Waivers
waivers-caption = Accepted exceptions, and what became of them
waivers-none = The policy accepts no exceptions.
waiver-active = active
waiver-ending = ends within 30 days
waiver-expired = expired
waiver-unused = matched nothing

# Rejected rows
rejected-intro =
    { $rows ->
        [one] One row could not be used. Its text is not repeated here: look it up by file and line.
       *[other] { $rows } rows could not be used. Their text is not repeated here: look them up by file and line.
    }
rejected-caption = Rows that gave no account
rejected-none = Every row was used.
row-host-missing = no host; enter the server’s name
row-host-with-user-info = the host holds user information before an @, and was not read further; keep only the server’s name
row-host-invalid = the host is no valid name or address; enter the server’s name, such as mail.example.com
row-host-web-address = the host is a web address; keep only the server’s name
row-host-punctuation = the host ends with a comma or the like; delete it
row-host-leading-zeros = the address has zeros in front of a number; write it without them, or better the server’s name
row-host-several = the host cell holds several hosts; give each a row
row-person-missing = neither e-mail address nor employee; enter one of them
row-email-invalid = the e-mail cell is no address; enter one address, such as name@example.com
row-port-invalid = the port is no number from 1 to 65535; correct it, or leave the cell empty
row-port-contradictory = host cell and port cell name different ports; keep the right one
row-protocol-unknown = the protocol is unknown; use pop3, imap, smtp or managesieve
row-protocol-not-visited = this protocol is not audited (Exchange, ActiveSync, webmail); enter pop3, imap or smtp if the account uses one of them, otherwise take the row out
row-security-unknown = the security is unknown; use tls, starttls, none or auto
row-field-count = another number of fields than the header has; put cells that hold the delimiter in quotes
row-too-long = a field or the row is too long; shorten it, or look for a missing quote
row-control-character = a cell holds a control character; type the cell anew
row-encoding = not valid in the file’s encoding; save the sheet as “CSV UTF-8”
row-quote-open = a quote is never closed; close it or delete it
row-header-again = the header again; take the row out

# Method
method-how = Each endpoint was asked what a mail client asks before it logs in, and what it said was written down. Rules then judged those observations by the policy. No user name and no password was sent.
network-start = At the start, connections left from: { $addresses }. DNS servers: { $resolvers }. Default routes, as a hash: { $routes }.
network-same = At the end it was the same.
network-changed = At the end it was another network. Connections left from: { $addresses }. DNS servers: { $resolvers }. Default routes, as a hash: { $routes }.
network-none = none
network-unknown = not to be seen on this system
names-denied = The DNS server was asked for names that cannot exist, and denied them: { $names }.
names-invented = The DNS server was asked for names that cannot exist ({ $names }), and gave addresses: { $addresses }.
names-unanswered = The DNS server was asked for names that cannot exist, and gave no answer: { $names }.
policy-breach = A violation of { $severity } severity or above makes an account non-compliant.
policy-rules =
    { $rules ->
        [one] One rule is asked.
       *[other] { $rules } rules are asked.
    }
policy-off = Not asked:
policy-severity = { $rule }: { $now } instead of { $before }.
policy-as-is = none
label-group = Group with settings of its own
group-accounts =
    { $accounts ->
        [one] One account was judged by them.
       *[other] { $accounts } accounts were judged by them.
    }
group-elsewhere =
    { $accounts ->
        [one] One more is in this group, too, and was judged by a group named before it.
       *[other] { $accounts } more are in this group, too, and were judged by groups named before it.
    }
setting-key = { $key ->
    [breach_from] non-compliant from
   *[other] { $key }
}
setting-is = { $is }
setting-was = { $was }
group-setting-stricter = { setting-key }: { setting-is } instead of { setting-was } (stricter).
group-setting-looser = { setting-key }: { setting-is } instead of { setting-was } (looser).
group-setting-neither = { setting-key }: { setting-is } instead of { setting-was }.
group-as-policy = They are those of the policy.
group-untold = They are those of the policy, or those of merged groups, which are not told.
group-severity = Where several settings judged one server, a finding has the gravest severity that one of them gives it.
inputs-caption = Inputs
columns-secret = Not read, since the header names a secret; please delete this file:
columns-unread = Left alone:
changed-while-read = The file changed while it was read.
candidates-fold =
    { $candidates ->
        [one] One candidate was tried as a fix
       *[other] { $candidates } candidates were tried as fixes
    }
candidates-caption = Settings that were visited and judged as possible fixes
limits-fold = Limits in force
options-fold = Options of the run

# Limitations
limitation-vantage = Other networks may see other things: a firewall, a filter or another DNS answer can stand between.
limitation-sample = One session per address is a sample. Machines behind one address can differ.
limitation-depth = The depth was { $depth }. What that depth does not ask is neither confirmed nor denied.
limitation-mailbox = That a mailbox exists on a server cannot be proven without logging in, and mailfleet never logs in.
limitation-input = Settings are those of the input. What a person’s mail client really uses was not looked at.
limitation-time = This is the state at the time of the visits. Each endpoint shows its own time.

# Integrity and sign-off
integrity-how = The file manifest.json lists every file of this run with its size and SHA-256; it is written last. The journal observations.ndjson is a chain of hashes, so that a changed, deleted or moved record shows.
integrity-caption = What this report was made of
integrity-command = In the directory of this run, the first of these commands checks the whole run. To check single files by hand, compare what the second prints with manifest.json:
signoff-text = The verdicts above were taken note of, and what is not verified was accepted or is being followed up.
signoff-audited = Audited by
signoff-accepted = Accepted by
signoff-place-date = Place and date
glossary-compliant = No violation at or above the policy’s threshold, and everything that could be one was seen.
glossary-non-compliant = A violation at or above the threshold that no exception accepts.
glossary-not-verified = Something that could be a violation could not be seen from here.
glossary-waived = A violation that is accepted, by a named person, until a named day.
glossary-account-word = Account
glossary-account = One person’s use of one service: protocol, host, port and security.
glossary-endpoint-word = Endpoint
glossary-endpoint = A host and a port that accounts use.
glossary-vantage-word = Seen from
glossary-vantage = The machine and network from which the servers were visited.
glossary-tls-word = SSL/TLS
glossary-tls = Encryption from the first byte; the current protocol is TLS, and many mail clients still call it SSL.
glossary-starttls-word = STARTTLS
glossary-starttls = A connection that begins in the clear and is then upgraded to TLS.

# Machine formats, the workbook and the short form
sheet-calendar = Calendar
account-service = { $what }, { $mode }
account-compliant = { $service }: meets the policy.
account-not-verified = { $service }: could not be verified, since { $reason }.
oscal-plan = No OSCAL assessment plan stands behind this audit. It was planned by the policy that this reference names, and by the list of accounts.
oscal-controls = The controls are the rules that were asked of every account, by mailfleet’s own ids; no catalogue of controls is claimed.
oscal-controls-rest = The rules that were asked of all accounts that no group judged, and of the fleet as a whole.
oscal-controls-group = The rules that were asked of the accounts of the group { $group }.
oscal-objective = The account meets the policy.
brief-reason =
    { $reason }: { $accounts ->
        [one] one account.
       *[other] { $accounts } accounts.
    }
policy-scope =
    { $off ->
        [0] { "" }
        [one] { $off } of { $rules } rules is off{ $accounts ->
            [0] .
           *[other] ;{ " " }
        }
       *[other] { $off } of { $rules } rules are off{ $accounts ->
            [0] .
           *[other] ;{ " " }
        }
    }{ $accounts ->
        [0] { "" }
        [one] { $accounts } account was judged by a group with settings of its own.
       *[other] { $accounts } accounts were judged by groups with settings of their own.
    }
brief-beyond = and { $beyond } more
brief-first-beyond =
    { $beyond ->
        [one] And one more thing to do; see the report.
       *[other] And { $beyond } more things to do; see the report.
    }
brief-rules-beyond =
    { $beyond ->
        [one] and findings by one more rule
       *[other] and findings by { $beyond } more rules
    }
brief-rest = Everything else, with evidence, clauses and steps, stands in the report with this id; written by mailfleet { $version }.

# By department, mail client and protocol
heading-shares = By department, client and protocol
shares-intro = Each account counts once in each table. The longest bar is that of the largest group; the group with most accounts that break the policy stands on top.
shares-intro-text = Each account counts once in each table; the group with most accounts that break the policy stands on top.
shares-by-department = Accounts by department
shares-by-client = Accounts by mail client
shares-by-protocol = Accounts by protocol
shares-rest =
    { $groups ->
        [one] the one other group
       *[other] the other { $groups } groups
    }
department-not-stated = not said in the list
protocol-not-stated = not said in the list

# What the script of the page adds to long tables
tools-filter = Rows with
tools-every = every verdict
tools-shown = Rows shown: { $shown } of { $total }
