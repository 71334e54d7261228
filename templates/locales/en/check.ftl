# What `mailfleet check` says: how the input was understood, and what would be visited.

check-file = { $file }: { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, { $accepted } accepted, { $rejected } rejected
check-more-rejected = and { $rows ->
    [one] 1 rejected row
   *[other] { $rows } rejected rows
} more
check-visits = { $accounts ->
    [one] 1 account
   *[other] { $accounts } accounts
} at { $endpoints ->
    [one] 1 endpoint
   *[other] { $endpoints } endpoints
}
check-accounts = { $accounts ->
    [one] account
   *[other] accounts
}
check-forbidden = not a mail port: only with --allow-port
check-pace = { $hosts ->
    [one] 1 host
   *[other] { $hosts } hosts
}. Pacing alone takes about { $seconds } s at --interval 500ms (the busiest host has { $ports ->
    [one] 1 port
   *[other] { $ports } ports
}, each with { $connections } connections to a usual server, and more where old versions or weak suites are found or a policy rules out what current servers take), longer where hosts share an address; a server that never answers holds its place for up to { $most } s.
check-port-sweep = { $ports } ports on { $host }: that looks like a port sweep to whoever runs it
check-address-sweep = { $addresses } addresses in { $net }: that looks like an address sweep
check-no-account = no row gives an account: mend the rows as said above, then check again
check-by-reason = All of them by reason:

# How each column and each word was understood.
check-column-read = { $field }
check-column-dropped = { $field }: known, and not kept
check-column-secret = not read: a secret by its name
check-column-second = left alone: an earlier column says the same; --map decides otherwise
check-column-no-host = left alone: no column names the server that it belongs to
check-column-unknown = left alone: not known; --map says what it is
check-column-untitled = left alone: it has no header

check-words = How the words for protocol and security were understood in { $file }:
check-blank = (blank)
check-security-tls = TLS from the first byte
check-security-starttls = STARTTLS
check-security-none = no encryption
check-security-auto = STARTTLS if the server offers it, else no encryption
check-security-unknown = not stated
check-any-certificate = { $meaning }, and any certificate is accepted
check-by-word = { $meaning }
check-by-port = { $meaning }, as the port decides
check-by-name = { $meaning }, as a name such as POP3S or imaps:// says
check-by-nothing = stays open: say it in the list, or the account cannot be verified
check-by-nothing-known = stays open: “yes” says which only on a mail port of its own kind
check-times = { $times ->
    [one] (once, in line { $line })
   *[other] ({ $times } times, first in line { $line })
}
