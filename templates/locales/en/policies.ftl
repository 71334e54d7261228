# What the terminal says about policies, and about the input before an audit.

show-interpretation = mailfleet interpretation
show-mark = (mailfleet interpretation)
show-after = after { $document }: { $title }
show-after-since = after { $document }, { $since }: { $title }
show-breach_from = non-compliant from
show-tls_minimum = best TLS at least
show-tls_oldest = oldest TLS
show-prefer_implicit_tls = implicit TLS
show-expiry_days = expiry
show-validity_days = validity
show-rsa_bits = RSA key
show-ec_bits = EC key
show-dh_bits = DH prime
show-suites-allow = suites allowed
show-suites-deny = { "  " }but for
show-advised = { "  " }advised
show-discouraged = { "  " }advised against
show-key_exchange = groups allowed
show-certificate_keys = keys allowed
show-handshake = handshake
show-revocation = revocation
show-dane = TLSA records
show-besides = asked besides
show-besides-what = { $suites ->
    [one] 1 suite
   *[other] { $suites } suites
} and { $groups ->
    [one] 1 group
   *[other] { $groups } groups
} that current servers take and that break this policy; at `standard` that is up to 3 connections more to a server
show-own_domains = own domains
show-issuers = issuers allowed
show-allow_ports = ports allowed
show-approved = servers approved
show-preferred = preferred
show-not-preferred = not preferred
show-asked-for = asked for
show-not-asked-for = not asked for
show-no-limit = no limit of its own
show-days = { $days } days
show-expiry = { $days } days; graver within { $urgent }
show-bits = { $bits } bits
show-any = any
show-none = none
show-off = off
show-rules = Rules
show-documents = Documents
show-clause = { $clause } ({ $verb })
show-needs-owner = Exceptions need owner, too.
show-needs-ticket = Exceptions need ticket, too.
show-needs-both = Exceptions need owner and ticket, too.
show-within = Exceptions end within { $days } days.
show-exceptions = Exceptions
show-exception = { $rule } for { $subject } until { $until }, approved by { $approver }
show-group = Group { $name }
show-from = From { $day } on

list-ours = (thresholds: mailfleet interpretation)

usable-policy = { $file }: policy `{ $name }` can be used
waiver-appended = { $file } now accepts { $rule } at { $subject } until { $until }. It counts where the file is given: mailfleet judge … --waivers { $file }
usable-waivers =
    { $file }: { $waivers ->
        [one] one waiver, which can be used
       *[other] { $waivers } waivers, which can be used
    }
usable-overlap = { $file }: accounts of `{ $members }` are in the groups `{ $first }` and `{ $second }`: the first judges them

diff-same = { $one } and { $other } ask the same
diff-more = { $count } more
diff-fewer = { $count } fewer
diff-stricter = stricter
diff-looser = looser
diff-counts = { $other } is stricter than { $one } in { $stricter }, looser in { $looser }, differs otherwise in { $neither }, and in { $references } only in clauses or wording
diff-clauses = --clauses lists these, too

# What each policy that comes with the program is about, and what not.
policy-note-rfc8314 = About reading and submitting mail. How servers pass mail on to each other is no part of it.
policy-note-mozilla-intermediate = The guidelines are written for web servers and do not speak of mail: here they are a profile of TLS and certificates, and that clear text fails is our reading.
policy-note-mozilla-modern = The guidelines are written for web servers and do not speak of mail: here they are a profile of TLS and certificates, and that clear text fails is our reading. Clients without TLS 1.3 are shut out.
policy-note-nist-800-52r2 = Its “shall” binds federal systems of the United States; for everybody else it is a recommendation. It speaks of TLS and not of mail: that clear text fails is our reading.
policy-note-pci-dss-4-0-1 = Applies only where card numbers (PAN) travel in the mail or on its way. An encrypted transport is normally not enough for card numbers in messages (Requirement 4.2.2).
policy-note-bsi-tr-02102-2 = The edition is that of 2026-01; sections and tables are numbered as in the data published for 2023-01, so look the number up before quoting it. It speaks of TLS and not of mail: that clear text fails is our reading.
policy-note-ncsc-nl = The guidelines do not name servers that mail programs use: that they hold for those, and that clear text fails, is our reading.
policy-note-gbt-37002 = Names no version of TLS, no suite and no length of a key: these are our reading. GB/T 35273-2020, which is cited beside it, is about personal information and no standard for mail.
policy-note-djbh = Its documents name no version of TLS, no suite and no length of a key: these are our reading. GB/T 35273-2020, which is cited beside them, is about personal information and no standard for mail.
