# What the server allows of TLS: versions, cipher suites, key exchange.

tls-version-obsolete-title = Outdated versions of encryption are accepted
tls-version-obsolete-why = A mail program that still knows them can be pushed down to them by whoever sits on the line, and what they protect can be read or changed. Current programs need none of them.
tls-version-obsolete-looks-at = The versions that the server agrees to, or refuses by its own answer, when it is offered nothing newer.
tls-version-obsolete-evidence = { $server } accepts { $versions }.
tls-version-obsolete-evidence-ssl = { $server } accepts { $versions }. SSL 2.0 and 3.0 are broken beyond repair.
tls-version-obsolete-evidence-nothing-newer = { $server } accepts { $versions } and nothing newer, so every connection to it uses outdated encryption.
tls-version-obsolete-evidence-by-policy = { $server } accepts { $versions }; the policy wants nothing older than { $least }.
tls-version-obsolete-fix-person = Do not switch encryption off. There is nothing to change on your side; the server has to be set up anew.
tls-version-obsolete-fix-person-settings = Use the settings below until the server is set up anew.
tls-version-obsolete-fix-server = Accept TLS 1.2 and TLS 1.3 only, or TLS 1.3 alone where the policy asks for that. The log shows which old devices still come with something else; replace or update those first.

cipher-insecure-title = Encryption that protects from nobody is accepted
cipher-insecure-why = With these cipher suites a stranger on the line can read or forge what is sent: they do not encrypt, do not prove who the server is, or rest on ciphers that are broken.
cipher-insecure-looks-at = The cipher suites that the server picks when it is offered them: without encryption, without a certificate, for export, RC4, DES, MD5.
cipher-insecure-evidence = { $server } accepts { $suites }.
cipher-insecure-fix-person = Do not switch encryption off. There is nothing to change on your side; the server has to be set up anew.
cipher-insecure-fix-person-settings = Use the settings below until the server is set up anew.
cipher-insecure-fix-server = Allow only suites with ECDHE and AEAD (AES-GCM, ChaCha20-Poly1305), and TLS 1.3. Leave out everything with NULL, anonymous keys, EXPORT, RC4, DES or MD5.

no-aead-title = Only older kinds of cipher suites are accepted
no-aead-why = Suites that encrypt and authenticate in two steps (CBC, stream ciphers) have been attacked again and again, and mail programs begin to refuse them.
no-aead-looks-at = Whether any suite with AEAD is accepted, in a session or when the server is offered nothing else.
no-aead-evidence = { $server } refuses what current mail programs offer, and picks suites without AEAD: { $suites }.
no-aead-fix-person = Do not switch encryption off, and tell your administrator: the server has to be updated.
no-aead-fix-person-settings = Use the settings below until the server is updated.
no-aead-fix-server = Enable suites with ECDHE and AEAD at TLS 1.2 (AES-GCM, ChaCha20-Poly1305), and TLS 1.3, which has AEAD alone.

cipher-weak-title = Ciphers that have been given up are accepted
cipher-weak-why = Their blocks are so small that parts of one long connection can be recovered, or nobody looks after them any more.
cipher-weak-looks-at = The cipher suites that the server picks when it is offered them: 3DES, IDEA, SEED, and others with blocks of 64 bits.
cipher-weak-evidence = { $server } accepts { $suites }.
cipher-weak-fix-person = There is nothing to change on your side; the server has to be set up anew.
cipher-weak-fix-person-settings = Use the settings below until the server is set up anew.
cipher-weak-fix-server = Take 3DES, IDEA, SEED and every other cipher with blocks of 64 bits off the list of cipher suites.

cipher-outside-policy-title = Cipher suites are accepted that the policy does not allow
cipher-outside-policy-why = The policy lists the cipher suites that count as safe. Each one more is one more thing to attack.
cipher-outside-policy-looks-at = The cipher suites that the server picks, against the policy’s list.
cipher-outside-policy-evidence = { $server } accepts cipher suites that the policy does not allow: { $suites }.
cipher-outside-policy-fix-person = There is nothing to change on your side; the server has to be set up anew.
cipher-outside-policy-fix-person-settings = Use the settings below until the server is set up anew.
cipher-outside-policy-fix-server = Limit the cipher suites to those that the policy allows. ECDHE with AES-GCM or ChaCha20-Poly1305, and TLS 1.3, meet every usual policy; DHE and suites that begin with TLS_RSA_ do not.

cipher-discouraged-title = Cipher suites are accepted that should be phased out
cipher-discouraged-why = The policy still allows these cipher suites and advises to leave them: they are older, or the time for which they may be used is running out.
cipher-discouraged-looks-at = The cipher suites that the server picks, against those that the policy advises against.
cipher-discouraged-evidence = { $server } accepts cipher suites that the policy advises to leave: { $suites }.
cipher-discouraged-fix-person = There is nothing to change on your side; the server has to be set up anew.
cipher-discouraged-fix-person-settings = There is nothing to change on your side; the server has to be set up anew.
cipher-discouraged-fix-server = Take these suites off the list as soon as no mail program needs them any more. ECDHE with AES-GCM, and TLS 1.3, meet every usual policy.

no-forward-secrecy-title = What is recorded today can be decrypted later
no-forward-secrecy-why = With these cipher suites, whoever gets hold of the server’s private key, now or in years, can decrypt everything that was ever recorded on the line.
no-forward-secrecy-looks-at = The cipher suites that the server picks when it is offered those that use the certificate’s own key: static RSA, static Diffie-Hellman.
no-forward-secrecy-evidence = { $server } accepts cipher suites without forward secrecy: { $suites }.
no-forward-secrecy-evidence-nothing-else = { $server } accepts only cipher suites without forward secrecy: { $suites }.
no-forward-secrecy-fix-person = There is nothing to change on your side; the server has to be set up anew.
no-forward-secrecy-fix-person-settings = Use the settings below until the server is set up anew.
no-forward-secrecy-fix-server = Enable ECDHE, and take suites whose names begin with TLS_RSA_, TLS_DH_ or TLS_ECDH_ off the list.

key-exchange-weak-title = The way in which keys are agreed on is too weak
key-exchange-weak-why = Whoever breaks the agreement on keys reads the whole connection. Small numbers are within reach of large organisations, and a forged signature lets an attacker agree on keys in the server’s place.
key-exchange-weak-looks-at = The prime, the curve or the key with which the server agrees on keys, and the signature that ties them to its certificate.
key-exchange-weak-evidence-prime = { $server } agrees on keys with a prime of { $bits } bits; the policy asks for { $least } bits or more.
key-exchange-weak-evidence-shared-prime = { $server } agrees on keys with a prime of { $bits } bits ({ $prime }) that many servers share, so that breaking it once opens them all; the policy asks for { $least } bits or more.
key-exchange-weak-evidence-curve = { $server } agrees on keys over the curve { $curve } of { $bits } bits; the policy asks for { $least } bits or more.
key-exchange-weak-evidence-explicit-curve = { $server } agrees on keys over a curve of its own of { $bits } bits; the policy asks for { $least } bits or more.
key-exchange-weak-evidence-temporary-rsa = { $server } agrees on keys with a passing RSA key of { $bits } bits; the policy asks for { $least } bits or more.
key-exchange-weak-evidence-old-hash = { $server } signs its part of the agreement on keys with { $scheme }; signatures with MD5 or SHA-1 can be forged.
key-exchange-weak-fix-person = Do not switch encryption off. There is nothing to change on your side; the server has to be set up anew.
key-exchange-weak-fix-person-settings = Use the settings below until the server is set up anew.
key-exchange-weak-fix-server = Agree on keys with ECDHE over X25519 or P-256, and leave DHE out; where it has to stay, give it a named prime of 3072 bits or more (ffdhe3072). Allow only signatures with SHA-256 or better.

key-exchange-outside-policy-title = Keys are agreed on in a way that the policy does not provide for
key-exchange-outside-policy-why = The policy lists the groups (curves and primes) in which keys may be agreed on, because whoever breaks the agreement reads the whole connection.
key-exchange-outside-policy-looks-at = The groups that the server agreed on, against the policy’s list. It is not known which others it would take.
key-exchange-outside-policy-evidence = { $server } agrees on keys in groups that the policy does not allow: { $groups }.
key-exchange-outside-policy-evidence-discouraged = { $server } agrees on keys in groups that the policy advises to leave: { $groups }.
key-exchange-outside-policy-fix-person = There is nothing to change on your side; the server has to be set up anew.
key-exchange-outside-policy-fix-person-settings = There is nothing to change on your side; the server has to be set up anew.
key-exchange-outside-policy-fix-server = Limit the groups of the mail service to those that the policy allows. P-256 and P-384 are on every usual list.

tls-compression-title = The server compresses what it encrypts
tls-compression-why = The length of the encrypted text then tells of its content; passwords have been recovered that way (CRIME).
tls-compression-looks-at = Whether the server takes compression when it is offered.
tls-compression-evidence = { $server } takes compression at { $version }.
tls-compression-fix-person = There is nothing to change on your side; the server has to be set up anew.
tls-compression-fix-person-settings = Use the settings below until the server is set up anew.
tls-compression-fix-server = Switch TLS compression off; current TLS libraries have it off unless told otherwise.

insecure-renegotiation-title = Somebody else’s words can be put in front of a connection
insecure-renegotiation-why = Whoever sits on the line can begin a connection, send commands, and let a mail program’s own connection go on from there in its name.
insecure-renegotiation-looks-at = Whether the server signals secure renegotiation (RFC 5746) at TLS 1.2 and below.
insecure-renegotiation-evidence = { $server } does not signal secure renegotiation at { $version }.
insecure-renegotiation-fix-person = There is nothing to change on your side; the server has to be updated.
insecure-renegotiation-fix-person-settings = Use the settings below until the server is updated.
insecure-renegotiation-fix-server = Update the TLS library: every current one signals it. Until then, switch renegotiation off, or accept TLS 1.3 alone.

no-extended-master-secret-title = TLS 1.2 does not tie its keys to the whole handshake
no-extended-master-secret-why = Whoever sits between two connections can then give both the same keys and pass one off as the other.
no-extended-master-secret-looks-at = Whether the server agrees to the extended master secret (RFC 7627) at TLS 1.2 when it is asked to.
no-extended-master-secret-evidence = { $server } does not agree to the extended master secret.
no-extended-master-secret-fix-server = Update the TLS library: current ones agree to it by themselves. TLS 1.3 always ties its keys.

post-quantum-missing-title = What is recorded today may be read by quantum computers one day
post-quantum-missing-why = Connections can be recorded now and decrypted once such computers exist. Hybrid groups guard against that, and current TLS libraries have them.
post-quantum-missing-looks-at = The group that the server picks when X25519MLKEM768 is offered first, and whether it takes a hybrid group at all where that was asked.
post-quantum-missing-evidence = { $server } picks { $group } though X25519MLKEM768 is offered first.
post-quantum-missing-evidence-version = The best that { $server } agrees on is { $version }; hybrid groups need TLS 1.3.
post-quantum-missing-fix-server = Use TLS 1.3 and a TLS library with X25519MLKEM768 (OpenSSL from version 3.5 on), and leave the group on its list.

tlcp-only-title = The server speaks another handshake than the policy asks for
tlcp-only-why = Mail programs that do not know the server’s handshake cannot connect; and where national cryptography is asked for, ordinary TLS does not count.
tlcp-only-looks-at = Whether the server accepts TLS, and TLCP (GB/T 38636) where that was asked.
tlcp-only-evidence = { $server } accepts TLCP and refuses TLS, which mail programs speak.
tlcp-only-evidence-tls-only = { $server } accepts TLS and refuses TLCP, which the policy asks for.
tlcp-only-fix-person = Do not switch encryption off, and ask your administrator which mail program, server and port to use.
tlcp-only-fix-person-settings = Use the settings below.
tlcp-only-fix-server = Offer the handshake that the policy asks for, beside the other one where some clients need it.

client-certificate-required-title = Nobody gets in without a certificate of their own
client-certificate-required-why = The mail programs of ordinary accounts have no such certificate, so they cannot connect.
client-certificate-required-looks-at = Whether the server ends the handshake, or the conversation right behind it, because the client shows no certificate.
client-certificate-required-evidence-alert = { $server } ends the connection with the alert { $alert }, as the client shows no certificate of its own.
client-certificate-required-evidence-words = { $server } asks for a certificate of the client’s, and without one ends the conversation: “{ $reply }”.
client-certificate-required-fix-person = Ask your administrator for a certificate for your mail program, or for another server or port.
client-certificate-required-fix-person-settings = Use the settings below; with them no certificate of yours is needed.
client-certificate-required-fix-server = Ask for client certificates only where everybody has one. If that is not meant, switch the request off for this service.
