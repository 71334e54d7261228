# Words that stand within other messages, or beside them.

depth-quick = quick
depth-standard = standard
depth-deep = deep

resolver-hosts-file-only = none, only this machine’s hosts file

# What any rule may have to say besides, right behind what was seen
evidence-address = { " " }(Address { $address }.)
evidence-handshake = { " " }(This is the certificate shown { $handshake }.)
evidence-elsewhere = { " " }The same host answers on port { $elsewhere }: whether it has closed this port itself, or a network on the way does, cannot be told from one host.
evidence-proxy = { " " }This is what a system that inspects TLS between this machine and the server shows (see { $proxy }); the server itself was not seen.
handshake-first = in the first handshake
handshake-again = in another handshake like the first
handshake-without-name = to a client that sends no name
handshake-rsa-only = to a client that accepts RSA keys only
handshake-ecdsa-only = to a client that accepts elliptic-curve keys only
handshake-hello = in another handshake, one that offered { $version } at most

# Limits, by name
limit-line = length of a line
limit-reply-lines = lines of a reply
limit-reply-bytes = size of a reply
limit-connection-bytes = clear text on one connection
limit-handshake-bytes = size of a handshake
limit-connections-quick = connections in a visit to one address, quick
limit-connections-standard = connections in a visit to one address, standard
limit-connections-deep = connections in a visit to one address, deep
limit-connections = connections in a visit to one address
limit-certificates = certificates of a chain
limit-addresses = addresses of a name
limit-text-kept = kept of one piece of text
limit-greeting-time = time for a greeting
limit-listen-first-time = time to listen where TLS may come first
limit-reply-time = time for a reply or a handshake
limit-unasked-time = time for words inside TLS that nobody asked for
limit-goodbye-time = time for the goodbye
limit-connect-time = time for a connection to come about
limit-connection-time = time for one connection
limit-address-time = time for one address
limit-dns-time = time for a question to DNS
limit-fetch-time = time to fetch a revocation list or answer
limit-fetched-bytes = size of what is fetched about revocation
limit-lookups-at-once = names looked up at once
limit-concurrency = visits at once
limit-per-host = connections to one host at once
limit-interval = pause between connections to one host
limit-retries = attempts after the first

# Why no path to a trusted root holds
path-wrong-key = a signature in the chain was not made by its issuer’s key
path-weak-hash = a signature in the chain uses { $hash }, which clients refuse
path-weak-signature = a signature in the chain uses an algorithm or a key that clients refuse
path-not-strict = the encoding is not strict DER
path-authority-as-server = a certificate of an authority is used as the server’s own
path-no-authority = a certificate that is no authority’s stands above the server’s
path-distrusted = a key in the chain is distrusted by name
path-not-for-servers = a certificate may not be used for servers (extended key usage)
path-extension = an extension is not well formed
path-validity = a certificate ends before it begins
path-serial = a serial number is not well formed
path-name-outside = a name lies outside what an issuer may certify
path-name-constraint = a name constraint is not well formed
path-too-long = more authorities follow than one of them allows
path-two-algorithms = a certificate names two algorithms for one signature
path-no-issuer-fits = no issuer fits in every respect
path-version = a certificate is not of version 3
path-critical-extension = a critical extension is not known
path-name = a name is not well formed
path-other = the path library says { $words }

# Timestamps of certificate transparency that came on one way
sct-count = { $count ->
    [0] none
   *[other] { $count }
}
sct-unseen = not seen
sct-unreadable = not readable

# What of a certificate does not parse
malformed-too-large = the certificate has { $bytes } bytes; above { $most } none is read
malformed-no-value = no DER value begins at byte 0
malformed-encoding = the encoding breaks at byte { $at }: no value that ends within its parent
malformed-too-deep = values lie more than { $depth } deep in one another, at byte { $at }
malformed-structure = it does not have the structure of RFC 5280 §4.1; it parses up to byte { $at }
malformed-field = { $field } does not parse, at byte { $at }
malformed-field-missing = { $field } is missing, at byte { $at }
malformed-trailing = { $bytes } bytes follow the certificate, from byte { $at }
malformed-extension = the extension { $extension } does not parse, near byte { $at }
malformed-extension-twice = the extension { $extension } is there twice, again near byte { $at }
certificate-field-serial = the serial number
certificate-field-algorithm = the signature’s algorithm
certificate-field-issuer = the issuer
certificate-field-dates = the dates
certificate-field-subject = the subject
certificate-field-key = the public key

# What is said of the input and of the roots, beside the findings
note-password-column = { $file }: column { $header } holds secrets; it was not read. Delete the file, or the column.
note-sounds-secret = { $file }: column { $header } was left alone; if it holds secrets, delete the column.
note-header-further-down = { $file }: the header was found in line { $line }; rows above it, taken for titles: { $rows }.
note-sheet-read = { $file }: the sheet { $sheet } was read; other sheets, which were not: { $others }.
note-second-column = { $file }: column { $header } was left alone, an earlier one says the same; --map decides otherwise.
note-column-without-host = { $file }: column { $header } was left alone, as no column names the server that it belongs to; --map says what it is.
note-one-among-numbers = { $file }: column { $header } holds 2 or 3, which only Thunderbird writes. A 1 was read as “yes”; Thunderbird means “STARTTLS if available” by it. Rows with a 1, from line { $line } on: { $rows }. If the list comes from Thunderbird, call the column socketType.
note-unknown-column = { $file }: column { $header } is not known and was left alone; --map says what it is.
note-encoding-marked = { $file } was read as { $encoding }, by its byte order mark.
note-encoding-stated = { $file } was read as { $encoding }, as --encoding says.
note-encoding-guessed = { $file } is not UTF-8 and was read as { $encoding }, which is a guess. Look at the names; if they are wrong, say what it is with --encoding.
note-encoding-rows = { $file }: rows that are not valid { $encoding }, from line { $line } on: { $rows }. Save the sheet as “CSV UTF-8”, or say what it is with --encoding.
note-odd-characters = { $file }: rows with full-width or invisible characters in host, port or address, from line { $line } on: { $rows }. They were read as plain ones; check what was typed into the clients.
note-contradictory-rows = { $file }: rows whose host or protocol cell contradicts their other cells, from line { $line } on: { $rows }. The protocol and security columns were believed; check the rows.
note-changed-while-read = { $file } changed while it was read; its SHA-256 is of what was read.
note-redacted = People stand under pseudonyms, as do their accounts, whoever approved a waiver, the input files and the lines of accounts (--redact). Departments, clients and groups of fewer than five people are merged. The hashes of inputs and of policies that are no presets are keyed like the pseudonyms. Whoever holds the list of accounts can still tell by the settings, or by the lines of rejected rows, whose account is whose: do not give both to the same readers. Nicknames and parts of names are not always known as such: read departments, clients, hosts and reasons before you pass this report on.
note-mozilla-for-system = This machine has no roots installed; Mozilla’s are trusted instead (--trust says otherwise).
note-vantage-changed = The network of this machine changed while the run lasted (addresses, DNS servers or default routes; the method section says how). What was seen before and after may not fit together; run the audit again to be certain.
note-group-empty = No account is in the group { $group } of the policy: check how its departments, domains and addresses are spelled.

# The language itself, in its own words
language-name = English
