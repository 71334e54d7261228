# Rules about the server’s certificate and its chain.

cert-expired-title = The server’s certificate has expired
cert-expired-why = Mail programs warn about an expired certificate. Whoever gets used to clicking the warning away no longer notices a forged server.
cert-expired-looks-at = The last day of the certificate that the server shows, compared with the time of judgement.
cert-expired-evidence = The certificate of { $subject } ended on { $ended }, { $days ->
    [0] less than a day
    [one] one day
   *[other] { $days } days
} before the time of judgement.
cert-expired-fix-person = There is nothing to change on your side. Do not click the warning away; wait until the server has a new certificate.
cert-expired-fix-server = Install a renewed certificate with its whole chain and reload the mail service. Set up automatic renewal, and check that the renewal also reloads the mail service.

cert-not-yet-valid-title = The server’s certificate is not valid yet
cert-not-yet-valid-why = Mail programs refuse a certificate that begins in the future, exactly like one that has expired.
cert-not-yet-valid-looks-at = The first day of the certificate that the server shows, compared with the time of judgement.
cert-not-yet-valid-evidence = The certificate of { $subject } begins on { $begins }.
cert-not-yet-valid-fix-person = There is nothing to change on your side. Do not click the warning away.
cert-not-yet-valid-fix-server = Install a certificate that is valid now. If it was issued by your own authority, check the clock of the machine that issued it.

cert-expiring-title = The server’s certificate ends soon
cert-expiring-why = If it is not renewed in time, every mail program that uses this server shows a warning or stops working.
cert-expiring-looks-at = The last day of the certificate that the server shows, compared with the number of days that the policy sets.
cert-expiring-evidence = The certificate of { $subject } ends on { $ends }; { $days ->
    [0] less than a day is left
    [one] one day is left
   *[other] { $days } days are left
}.
cert-expiring-evidence-urgent = The certificate of { $subject } ends on { $ends }; only { $days ->
    [0] less than a day is left
    [one] one day is left
   *[other] { $days } days are left
}.
cert-expiring-fix-server = Renew the certificate now and reload the mail service. If renewal is automatic, find out why it has not happened yet.

cert-name-mismatch-title = The certificate is for another server name
cert-name-mismatch-why = A certificate proves only the names that stand in it. With any other name, a mail program cannot tell the real server from a forged one.
cert-name-mismatch-looks-at = The names and addresses in the certificate (subject alternative name), compared with the host that is configured.
cert-name-mismatch-evidence = The configured host is { $host }. The certificate is for: { $names }{ $more ->
    [0] .
   *[other] { ", " }and { $more } more.
}
cert-name-mismatch-evidence-fits-another = The configured host is { $host }. The certificate is for: { $names }{ $more ->
    [0] .
   *[other] { ", " }and { $more } more.
} It fits { $other }, which this fleet uses as well.
cert-name-mismatch-fix-person = Do not click the warning away. Use the server name that your administrator gives you; do not make up another one.
cert-name-mismatch-fix-server = Have the certificate issued again with the configured host among its alternative names, or tell people to use a name that it already has.

cert-no-san-title = The certificate lists no server name where programs look for it
cert-no-san-why = Current mail programs read names only from the subject alternative name. The common name no longer counts.
cert-no-san-looks-at = The subject alternative name of the certificate, and whether its common name is repeated there.
cert-no-san-evidence = The certificate of { $subject } lists no host in its subject alternative name. A host in the common name does not count.
cert-no-san-evidence-common-name-not-listed = The common name { $common-name } is not among the alternative names of the certificate, so it does not count.
cert-no-san-fix-person = There is nothing to change on your side. Do not click the warning away.
cert-no-san-fix-server = Have the certificate issued again with every host name that people use in its subject alternative name.

cert-malformed-title = A certificate that the server sends cannot be read
cert-malformed-why = Mail programs refuse a certificate that does not follow the standard, so the server cannot prove who it is.
cert-malformed-looks-at = The encoding and structure of every certificate that the server sends.
cert-malformed-evidence = Certificate { $number } of the chain does not parse: { $why }.
cert-malformed-evidence-unused = Certificate { $number } of the chain does not parse: { $why }. It is not needed, and the chain holds without it.
cert-malformed-fix-person = There is nothing to change on your side. Do not click the warning away.
cert-malformed-fix-server = Have the certificate issued again by software that follows RFC 5280, or install the file again if it was damaged on the way. Take certificates out of the chain that are not needed.

cert-nonconforming-title = A certificate breaks the standard’s rules of form
cert-nonconforming-why = Most programs accept it today, and some already refuse it. What breaks a rule that protects the identity of servers can let a false server pass.
cert-nonconforming-looks-at = The fields and extensions of the server’s certificate and of the authorities below the root, clause by clause.
cert-nonconforming-evidence = In the certificate of { $subjects }: { $breaches }.
cert-nonconforming-evidence-identity = In the certificate of { $subjects }, a rule that protects the identity of servers is broken: { $breaches }.
cert-nonconforming-fix-person = There is nothing to change on your side.
cert-nonconforming-fix-server = Have the certificate issued again by software that follows RFC 5280. If the certificate of an authority is affected, tell the authority, or use another one.

cert-self-signed-title = The server’s certificate vouches only for itself
cert-self-signed-why = Anyone can make such a certificate for any name, so it proves nothing to a mail program that has not been told about it.
cert-self-signed-looks-at = Whether the certificate of the server is its own issuer and is not among the trusted roots.
cert-self-signed-evidence = The certificate of { $subject } is signed with its own key and is not among the trusted roots.
cert-self-signed-fix-person = There is nothing to change on your side. Do not click the warning away.
cert-self-signed-fix-server = Install a certificate from an authority that your clients trust, whether public or your own.

cert-untrusted-title = The certificate comes from an authority that is not trusted
cert-untrusted-why = A mail program accepts a server only if an authority that it trusts vouches for it. Otherwise a forged server looks the same.
cert-untrusted-looks-at = Whether a path of valid certificates leads from the server to one of the roots trusted in this judgement.
cert-untrusted-evidence = The chain ends at { $root }, which is not among the trusted roots.
cert-untrusted-evidence-broken = No path to a trusted root holds: { $why }.
cert-untrusted-evidence-no-certificate = The server completed the handshake without sending a certificate.
cert-untrusted-evidence-private = The chain ends at { $root }, which is not among the trusted roots. { $hosts } servers of the same owner show it, so it looks like a private authority: if it is yours, judge again with --trust system --trust FILE, FILE being its root.
cert-untrusted-evidence-issuer-not-allowed = The certificate was issued by { $issuer }. For our own domains the policy allows only: { $allowed }.
cert-untrusted-fix-person = There is nothing to change on your side. Do not click the warning away.
cert-untrusted-fix-server = Install a certificate from an authority that your clients trust, with the chain that the authority gives out for it. If the root is your organisation’s own, distribute it to the clients and judge again with --trust and the file of that root.

cert-chain-incomplete-title = The server does not send the whole certificate chain
cert-chain-incomplete-why = Programs that do not know the missing certificate from elsewhere cannot verify the server. Some fetch it and seem to work; others fail.
cert-chain-incomplete-looks-at = The certificates that the server sends, from its own upwards, and the trusted roots.
cert-chain-incomplete-evidence = The certificate of { $missing } is missing: it was not sent and is not among the trusted roots. If it is the root of your own authority, give it with --trust system --trust FILE.
cert-chain-incomplete-evidence-address-known = The certificate of { $missing } is missing: it was not sent and is not among the trusted roots. The certificate below it says that it can be fetched at { $url }.
cert-chain-incomplete-evidence-sent-elsewhere = The certificate of { $missing } is missing: it was not sent and is not among the trusted roots. Another server of this run sends it, and with it the chain leads to { $root }, which is trusted.
cert-chain-incomplete-evidence-leads-nowhere = The certificate of { $missing } is missing: it was not sent and is not among the trusted roots. Another server of this run sends it, but even with it the chain ends at { $root }, which is not trusted. If that is the root of your own authority, give it with --trust system --trust FILE.
cert-chain-incomplete-evidence-private = The certificate of { $missing } is missing: it was not sent and is not among the trusted roots. { $hosts } servers of the same owner depend on this authority, so it looks like a private one: if it is yours, judge again with --trust system --trust FILE, FILE being its root.
cert-chain-incomplete-fix-person = There is nothing to change on your side. Do not click the warning away.
cert-chain-incomplete-fix-server = Configure the full chain (often called fullchain): the server’s certificate followed by every intermediate one. If the missing certificate is the root of your own authority, distribute it to the clients and judge again with --trust and its file.

cert-chain-disordered-title = The certificate chain is out of order or holds what does not belong
cert-chain-disordered-why = Many programs put the chain in order themselves; some do not and refuse the server. What does not belong slows every connection down.
cert-chain-disordered-looks-at = The certificates that the server sends, in the order in which it sends them.
cert-chain-disordered-evidence = The chain is not in order.
cert-chain-disordered-evidence-order = In the chain, these certificates come before the one that they issued: { $subjects }.
cert-chain-disordered-evidence-strangers = In the chain, these certificates do not belong or come twice: { $subjects }.
cert-chain-disordered-evidence-root = The root is sent along, though every program that trusts it already has it: { $subjects }.
cert-chain-disordered-fix-person = There is nothing to change on your side.
cert-chain-disordered-fix-server = Put the file of the chain in order: the server’s certificate first, then the one that issued it, and so on; leave out the root and what does not belong. Then reload the mail service.

cert-intermediate-expired-title = A certificate above the server’s is not valid at this time
cert-intermediate-expired-why = Every certificate of the chain must be valid. If one above the server’s is not, programs refuse the server although its own certificate is still good.
cert-intermediate-expired-looks-at = The dates of the certificates between the server’s and the trusted root.
cert-intermediate-expired-evidence = The certificate of { $subject }, which stands above the server’s, ended on { $ended }.
cert-intermediate-expired-evidence-not-yet-valid = The certificate of { $subject }, which stands above the server’s, is not valid yet.
cert-intermediate-expired-fix-person = There is nothing to change on your side. Do not click the warning away.
cert-intermediate-expired-fix-server = Get the current intermediate certificates from your authority, put them after the server’s certificate in the file of the chain, and reload the mail service. If it is the root of your own authority that has ended, make a new one, issue the server’s certificate under it and distribute the new root to the clients.

cert-weak-key-title = A key in the certificate chain is weak
cert-weak-key-why = Keys that are short or badly made can be broken. Whoever breaks one can pass for the server.
cert-weak-key-looks-at = The kind, size and numbers of the keys of the server and of the authorities below the root.
cert-weak-key-evidence = The key of { $subject } is { $key }; the policy asks for at least { $least } bits.
cert-weak-key-evidence-kind = The key of { $subject } is of a kind that current programs no longer accept: { $key }.
cert-weak-key-evidence-roca = The key of { $subject } ({ $key }) was made by a faulty chip or library, and its secret part can be computed from the certificate (ROCA, CVE-2017-15361).
cert-weak-key-evidence-numbers = The key of { $subject } ({ $key }) has numbers that no properly made RSA key has: an even modulus, or an exponent that is even, one or far too long.
cert-weak-key-evidence-small-exponent = The key of { $subject } ({ $key }) has the exponent { $exponent }; 65537 or more is usual.
cert-weak-key-fix-person = There is nothing to change on your side.
cert-weak-key-fix-server = Make a new key, such as EC P-256 or RSA with at least 2048 bits, and have a new certificate issued for it. If the weak key is an authority’s, get a certificate whose chain does not contain it.

cert-key-outside-policy-title = The server’s key is of a kind that the policy does not provide for
cert-key-outside-policy-why = The policy says which kinds of key a server may prove itself with, and how long they should be, so that certificates stay safe for as long as they are in use.
cert-key-outside-policy-looks-at = The kind and size of the key in the server’s certificate, against the policy’s list.
cert-key-outside-policy-evidence = The key of { $subject } is { $key }; the policy allows { $allowed }.
cert-key-outside-policy-evidence-discouraged = The key of { $subject } is { $key }, a kind that the policy advises to leave.
cert-key-outside-policy-evidence-short = The key of { $subject } is { $key }; the policy still allows it and advises { $advised } bits or more.
cert-key-outside-policy-fix-person = There is nothing to change on your side.
cert-key-outside-policy-fix-server = Make a new key of a kind that the policy allows, such as EC P-256 or P-384, and have a new certificate issued for it.

cert-weak-signature-title = A certificate is signed with a broken hash
cert-weak-signature-why = With MD5 and SHA-1, a second certificate with the same signature can be made. Current programs refuse such certificates.
cert-weak-signature-looks-at = The signature algorithms of the certificates below the root.
cert-weak-signature-evidence = The certificate of { $subject } is signed with { $hash }.
cert-weak-signature-fix-person = There is nothing to change on your side. Do not click a warning away.
cert-weak-signature-fix-server = Have the certificate issued again with SHA-256 or better. If one above it is affected, get the current chain from your authority.

cert-wrong-usage-title = The certificate is not meant for a server
cert-wrong-usage-why = A certificate says what it may be used for. Programs refuse one that is not meant for servers, and a server that holds the key of an authority puts everyone at risk who trusts that authority.
cert-wrong-usage-looks-at = The purposes, the key usage and the mark of an authority in the server’s certificate.
cert-wrong-usage-evidence = The certificate of { $subject } is not meant for a server.
cert-wrong-usage-evidence-purpose = The certificate of { $subject } is not meant for servers; { $count ->
    [0] its list of purposes is empty
   *[other] its purposes are: { $purposes }
}.
cert-wrong-usage-evidence-authority = The certificate of { $subject } is that of an authority, and the server uses it as its own.
cert-wrong-usage-evidence-key-usage = The key of { $subject } may not be used for the signature that every current TLS handshake needs (digitalSignature).
cert-wrong-usage-fix-person = There is nothing to change on your side. Do not click the warning away.
cert-wrong-usage-fix-server = Have a certificate issued for a TLS server: purpose serverAuth, key usage digitalSignature, not an authority. If the key of an authority lies on the server, take it off and treat it as exposed.

cert-name-constraint-title = The certificate bears a name that its authority may not vouch for
cert-name-constraint-why = An authority can be limited to certain names. A certificate beyond that limit is refused, and may have been issued without permission.
cert-name-constraint-looks-at = The host names, addresses, mail addresses, common name and subject of each certificate in the chain, compared with the limits in the certificates above it.
cert-name-constraint-evidence = The name { $name } in the certificate of { $subject } lies outside of what { $issuer } may vouch for.
cert-name-constraint-fix-person = There is nothing to change on your side. Do not click the warning away.
cert-name-constraint-fix-server = Have the certificate issued without that name, or by an authority that may vouch for it. If you did not ask for the certificate, tell the authority.

cert-validity-too-long-title = The certificate is valid for longer than is allowed
cert-validity-too-long-why = The limit is there so that mistakes and stolen keys do not last for years. Some programs refuse longer certificates.
cert-validity-too-long-looks-at = The first and last day of the server’s certificate, where it leads to a publicly trusted root or the policy has a limit of its own.
cert-validity-too-long-evidence = The certificate of { $subject } is valid for { $days } days; one that begins on { $begins } may be valid for at most { $most }.
cert-validity-too-long-evidence-policy = The certificate of { $subject } is valid for { $days } days; the policy allows at most { $most }.
cert-validity-too-long-evidence-advised = The certificate of { $subject } is valid for { $days } days; the policy advises at most { $most }.
cert-validity-too-long-fix-person = There is nothing to change on your side.
cert-validity-too-long-fix-server = Have the certificate issued again with a shorter validity, and set up automatic renewal.

ocsp-staple-missing-title = The server leaves out a proof that its certificate demands
ocsp-staple-missing-why = The certificate demands that the server sends a proof along that it has not been revoked. Programs that heed the demand refuse the server without it.
ocsp-staple-missing-looks-at = The TLS feature extension of the server’s certificate, and the OCSP response that came with the handshake.
ocsp-staple-missing-evidence = The certificate of { $subject } demands a stapled OCSP response, and the server sent none.
ocsp-staple-missing-fix-person = There is nothing to change on your side.
ocsp-staple-missing-fix-server = Switch on OCSP stapling in the mail service. If the software cannot do that, have the certificate issued again without the demand (must-staple).

# How a certificate breaks the standard; $clause is what it breaks.
breach-algorithms-differ = the signature’s algorithm differs inside and outside of what is signed ({ $clause })
breach-unprintable-name = a name holds a NUL, a control character or an octet beyond ASCII ({ $clause })
breach-authority-unmarked = it issued another certificate and is not marked as an authority ({ $clause })
breach-signer-no-authority = its key may sign certificates though it is no authority ({ $clause })
breach-authority-cannot-sign = it issued another certificate and its key usage does not allow that or is missing ({ $clause })
breach-limit-unreadable = an extension that limits its use does not parse ({ $clause })
breach-wildcard-too-wide = a wildcard stands right below a public suffix and covers the names of others ({ $clause })
breach-version = it has extensions and its version is not 3 ({ $clause })
breach-serial-not-positive = the serial number is zero or negative ({ $clause })
breach-serial-too-long = the serial number has more than 20 octets ({ $clause })
breach-issuer-empty = the issuer has no name ({ $clause })
breach-date-kind = a date is of the wrong kind for its year: UTCTime through 2049, GeneralizedTime from 2050 on ({ $clause })
breach-date-shape = a date is not written to the second with a Z behind it ({ $clause })
breach-authority-nameless = an authority has no name ({ $clause })
breach-unique-ids = it has a unique identifier ({ $clause })
breach-unknown-critical = it has a critical extension that is not known ({ $clause })
breach-unreadable = an extension does not parse ({ $clause })
breach-authority-key-missing = the key of its issuer is not identified ({ $clause })
breach-authority-key-critical = the identifier of its issuer’s key is marked as critical ({ $clause })
breach-subject-key-missing = an authority’s own key is not identified ({ $clause })
breach-subject-key-critical = the identifier of its own key is marked as critical ({ $clause })
breach-key-usage-empty = its key usage allows nothing at all ({ $clause })
breach-names-not-critical = the subject is empty and the subject alternative name is not marked as critical ({ $clause })
breach-names-empty = the subject alternative name holds no name ({ $clause })
breach-name-form = a DNS name does not have the form of a host name ({ $clause })
breach-address-octets = an IP address has neither 4 nor 16 octets ({ $clause })
breach-wildcard-place = a wildcard is not the whole left-most label ({ $clause })
breach-constraints-not-critical = the basic constraints of an authority are not marked as critical ({ $clause })
breach-path-length-alone = it gives a path length and is no authority that may sign certificates ({ $clause })
breach-name-constraints-not-critical = its name constraints are not marked as critical ({ $clause })
breach-name-constraints-of-leaf = it has name constraints and is no authority ({ $clause })
breach-purposes-empty = its list of purposes is empty ({ $clause })
breach-access-critical = its authority information access is marked as critical ({ $clause })
breach-public-key-kind = it is publicly trusted, and the kind, curve or size of its key is not allowed there ({ $clause })

cert-differs-between-addresses-title = The server’s addresses show different certificates, and not all of them fit
cert-differs-between-addresses-why = A mail program takes any of the addresses. So it works at one time and warns at another, and nobody finds the reason.
cert-differs-between-addresses-looks-at = The certificates at each address behind the name: whether they are the same, and whether each of them is valid, trusted and for this name.
cert-differs-between-addresses-evidence = The addresses show { $certificates } different certificates. At { $fitting } everything fits; at { $failing } it does not.
cert-differs-between-addresses-fix-person = There is nothing to change on your side. Do not click the warning away.
cert-differs-between-addresses-fix-server = Install the good certificate with its chain on every machine behind the name, and reload the mail service on each. Let the renewal do the same.

cert-renewal-half-done-title = A renewed certificate has not reached every port
cert-renewal-half-done-why = One service already shows the new certificate, another still the old one. When that one ends, its users see a warning although the certificate was renewed.
cert-renewal-half-done-looks-at = Certificates with the same names and the same kind of key at the ports of one host, and their dates.
cert-renewal-half-done-evidence = The certificate here ends on { $ends }. Its successor, which ends on { $renewed }, is already in use at { $other }.
cert-renewal-half-done-evidence-ended = The certificate here ended on { $ends }. Its successor, which ends on { $renewed }, is already in use at { $other }.
cert-renewal-half-done-fix-server = Reload the service on this port, or have the renewal copy the certificate to where this service reads it.

cert-revoked-title = The server’s certificate, or one above it, has been revoked
cert-revoked-why = Its issuer has withdrawn it, often because somebody else got hold of its key. Whoever has the key of the server can pass for it, and whoever has that of an authority can pass for any server.
cert-revoked-looks-at = What the issuer says of the certificate: in an answer that the server sends along, and, where the policy asks for it, from its OCSP responder or revocation list. Where the policy asks, the authorities above the server’s certificate are asked about too, as far as no path to a trusted root can do without them. Only an answer counts that is signed, current and about this certificate.
cert-revoked-evidence = The certificate of { $subject } has been revoked since { $since } (reason: { $reason }). The issuer’s answer that says so came from the server itself.
cert-revoked-evidence-ocsp = The certificate of { $subject } has been revoked since { $since } (reason: { $reason }), as the issuer’s OCSP responder says: { $url }
cert-revoked-evidence-crl = The certificate of { $subject } has been revoked since { $since } (reason: { $reason }), as the issuer’s revocation list says: { $url }
cert-revoked-evidence-authority-ocsp = The certificate of the authority { $subject }, which stands above the server’s, has been revoked since { $since } (reason: { $reason }), as its issuer’s OCSP responder says: { $url }
cert-revoked-evidence-authority-crl = The certificate of the authority { $subject }, which stands above the server’s, has been revoked since { $since } (reason: { $reason }), as its issuer’s revocation list says: { $url }
cert-revoked-fix-person = There is nothing to change on your side. Do not click a warning away, and do not enter your password until the server has a new certificate.
cert-revoked-fix-server = Make a new key, have a new certificate issued for it, install it with its whole chain and reload the mail service. If an authority was revoked, let its successor or another authority issue the new certificate. Find out why the old one was revoked; if the server’s key was exposed, let people change their passwords.

cert-revocation-unknown-title = It is not known whether a certificate has been revoked
cert-revocation-unknown-why = The policy wants the issuer’s word that the certificate still holds. Without it, a withdrawn certificate would go unnoticed.
cert-revocation-unknown-looks-at = The answer that the server sends along, and, where the policy asks for it, those of the OCSP responders and revocation lists that the certificate, and those of the authorities above it, name over http. Lists of changes, lists of several issuers and lists above 1 MiB are not supported.
cert-revocation-unknown-evidence = The server sends no answer of its issuer along with the certificate of { $subject }.
cert-revocation-unknown-evidence-nothing-named = The certificate of { $subject } names no OCSP responder and no revocation list over http, and the server sends no answer along.
cert-revocation-unknown-evidence-nothing-named-above = The certificate of the authority { $subject }, which stands above the server’s, names no OCSP responder and no revocation list over http.
cert-revocation-unknown-evidence-staple = The answer that the server sends along with the certificate of { $subject } settles nothing: { $why ->
    [declined] the responder declined to answer
    [not-known] the responder does not know the certificate
    [not-authentic] nobody who may speak for the issuer signed it
    [no-issuer] without the certificate of the issuer it cannot be verified
    [other-certificate] it is about another certificate
    [not-current] it does not hold at the time of judgement
    [not-yet] by this machine’s clock it was made only after it came
    [unsupported] it is of a kind that is not supported
   *[other] it cannot be read
}.
cert-revocation-unknown-evidence-ocsp = Nothing was learned about the certificate of { $subject }: { $why ->
    [not-asked] this run did not ask
    [no-answer] there was no answer
    [declined] the responder declined to answer
    [not-known] the responder does not know the certificate
    [not-authentic] nobody who may speak for the issuer signed the answer
    [no-issuer] without the certificate of the issuer no answer can be verified
    [other-certificate] the answer is about another certificate
    [not-current] the answer does not hold at the time of judgement
    [not-yet] by this machine’s clock the answer was made only after it came
    [unsupported] the answer is of a kind that is not supported
   *[other] the answer cannot be read
}. Its OCSP responder: { $url }
cert-revocation-unknown-evidence-crl = Nothing was learned about the certificate of { $subject }: { $why ->
    [not-asked] this run did not ask
    [no-answer] there was no answer, or it is larger than 1 MiB
    [not-authentic] nobody who may speak for the issuer signed the list
    [no-issuer] without the certificate of the issuer no list can be verified
    [other-certificate] the list is about other certificates
    [not-current] the list does not hold at the time of judgement
    [not-yet] by this machine’s clock the list was made only after it came
    [unsupported] the list is of a kind that is not supported (changes only, several issuers, or some reasons)
   *[other] the list cannot be read
}. Its revocation list: { $url }
cert-revocation-unknown-fix-server = Switch on OCSP stapling if your issuer runs a responder. If it publishes lists only, make sure that the auditing machine can reach them over http, or set the policy’s revocation to if-stapled.

dane-mismatch-title = The certificate is not one that the domain publishes
dane-mismatch-why = The domain says in signed DNS records which certificate or key this server has. Programs that check this refuse the server, and somebody else may be answering in its place.
dane-mismatch-looks-at = The TLSA records of the endpoint, where the policy asks for them and DNSSEC proves them, compared with the certificates that the server sends. Records without such a proof cannot be verified here and are left out.
dane-mismatch-evidence = None of the records at { $name } matches what the server shows. Published: { $published }. Matching would be: { $fitting }
dane-mismatch-fix-person = There is nothing to change on your side. Do not enter your password until your administrator has cleared this up.
dane-mismatch-fix-server = If the certificate shown is yours, publish a record that matches it, keep the old one until its time to live has passed, and do both before every change of key. If it is not yours, find out who answers at this address.
