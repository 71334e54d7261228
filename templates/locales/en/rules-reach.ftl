# Reachability and the vantage: never a breach.

unreachable-title = The server could not be reached, or broke off
unreachable-why = What could not be seen from here is neither good nor bad. The cause may lie with the server, with this network or with a firewall between them.
unreachable-looks-at = The name’s look-up, and each step of the conversation.
unreachable-evidence-no-such-name = The DNS says that { $host } does not exist.
unreachable-evidence-no-address = The DNS says that { $host } has no address.
unreachable-evidence-dns-failed = The DNS server failed to look up { $host }.
unreachable-evidence-dns-refused = The DNS server refused to look up { $host }.
unreachable-evidence-dns-timed-out = The DNS server gave no answer about { $host } in time.
unreachable-evidence-dns-invented = The DNS server gave an address for { $host } that it also gives for names that cannot exist, so what answers there is not the server.
unreachable-evidence-refused = { $server } refused the connection.
unreachable-evidence-unreachable = No network path leads to { $server }.
unreachable-evidence-timed-out = { $server } gave no answer in time { $phase ->
    [connect] when the connection was begun
    [greeting] when its first words were awaited
    [capabilities] when asked what it offers
    [starttls] when asked to encrypt
    [handshake] while TLS was being agreed
   *[other] when asked again inside TLS
}.
unreachable-evidence-closed = { $server } closed the connection { $phase ->
    [connect] at once
    [greeting] before its first words
    [capabilities] when asked what it offers
    [starttls] when asked to encrypt
    [handshake] while TLS was being agreed
   *[other] when asked again inside TLS
}.
unreachable-evidence-reset = { $server } or a box on the way reset the connection { $phase ->
    [connect] at once
    [greeting] before the first words
    [capabilities] when asked what the server offers
    [starttls] when asked to encrypt
    [handshake] while TLS was being agreed
   *[other] when asked again inside TLS
}.
unreachable-evidence-alert = { $server } ended the handshake with an alert that refuses nothing, as after an accident.
unreachable-evidence-no-route-here = { $server } has only addresses of a kind that this machine cannot reach, such as IPv6.
unreachable-evidence-local = This machine could not open a connection to { $server }.
unreachable-fix-person = If your mail does not work, compare server and port with those of colleagues whose mail does: the address may be wrong. Ask your mail administrator before you change anything.
unreachable-fix-server = Check that the name and the service are in use and that the firewalls let this machine through; then run the audit again.

unstable-title = The server does not always give the same answer
unstable-why = Different machines behind one name or address, or a connection that fails now and then: mail works at one time and not at another, and what was seen here is a sample.
unstable-looks-at = The certificates and versions of several handshakes with one address, which addresses of the name answer, and attempts that came to nothing before one did.
unstable-evidence-certificates = { $server } showed { $certificates } different certificates in handshakes that asked for the same: { $one }, valid until { $one-ends }, and { $other }, valid until { $other-ends }. All of them were judged; the worst counts.
unstable-evidence-versions = { $server } agreed on different versions in handshakes that asked for the same: { $versions }.
unstable-evidence-addresses = Some addresses of { $server } answer ({ $answering }), others do not ({ $silent }).
unstable-evidence-attempts = { $server } answered after { $attempts ->
    [one] one attempt that came to nothing
   *[other] { $attempts } attempts that came to nothing
} ({ $how ->
    [refused] the connection was refused
    [unreachable] no network path was found
    [timed-out] no answer came in time
    [closed] the connection was closed
    [reset] the connection was reset
   *[other] the conversation broke off
}).
unstable-fix-server = Compare the machines behind the name: configuration, certificate, and whether each of them runs. Take those that fail out of the DNS or the load balancer until they are mended.

server-refuses-title = The server turns this machine away
server-refuses-why = It may be overloaded, closed for maintenance, or refuse this machine alone. What it would offer to others could not be seen.
server-refuses-looks-at = The server’s first words.
server-refuses-evidence = { $server } greets with a refusal: “{ $reply }”.
server-refuses-fix-server = Look up the refusal in the server’s log; allow the machine of the audit, or run the audit again later.

server-throttled-title = The server limits how often it may be asked, so not everything could be asked
server-throttled-why = Servers protect themselves from too many connections. What had been answered until then was judged; what was not asked any more is neither good nor bad.
server-throttled-looks-at = Answers that ask to come back later, and silence or refusals after the server had answered.
server-throttled-evidence = { $server } began to turn the audit away while it was visited; { $unanswered ->
    [one] one question has no answer.
   *[other] { $unanswered } questions have no answer.
}
server-throttled-evidence-at-once = { $server } asked to come back later, and answered { $unanswered ->
    [one] the one question
   *[other] none of { $unanswered } questions
} that it was asked.
server-throttled-evidence-neighbours = Others in the network of { $server } limited how often they may be asked, so it was spared: { $unanswered ->
    [one] one question was not put to it.
   *[other] { $unanswered } questions were not put to it.
}
server-throttled-fix-server = Allow the machine of the audit more connections, or run the audit again later with a longer --interval and --per-host 1.

limit-reached-title = The server sent or took more than is read
limit-reached-why = The audit stops reading at fixed limits so that no server can hold it up. What lies beyond was not looked at.
limit-reached-looks-at = The limits of the audit that a visit met.
limit-reached-evidence-line = A line of { $server } is longer than the limit.
limit-reached-evidence-reply-lines = A reply of { $server } has more lines than the limit.
limit-reached-evidence-reply-bytes = A reply of { $server } has more bytes than the limit.
limit-reached-evidence-connection-bytes = { $server } sent more clear text in one connection than the limit.
limit-reached-evidence-handshake-bytes = { $server } sent more bytes in one handshake than the limit.
limit-reached-evidence-connection-time = A connection to { $server } took longer than the limit.
limit-reached-evidence-address-time = The visit to { $server } took longer than the limit.
limit-reached-evidence-connections = { $server } would have needed more connections than one visit makes; what was left is not verified.
limit-reached-evidence-certificates = { $server } sent more certificates than are kept.
limit-reached-evidence-addresses = { $server } has more addresses than are visited.
limit-reached-fix-server = Check whether such an answer is intended: mail programs have limits too.

starttls-stripped-in-path-title = A box on the way rewrites what the server says, and can remove the offer to encrypt
starttls-stripped-in-path-why = Between this machine and the server something rewrites the conversation, so nothing that was heard is certain to be the server’s. People behind the same box lose their encryption.
starttls-stripped-in-path-looks-at = The server’s first words and the list of what it offers, as they arrived here.
starttls-stripped-in-path-evidence = What arrived from { $server } bears the marks of masking: “{ $words }”.
starttls-stripped-in-path-evidence-offered = What arrived from { $server } bears the marks of masking: “{ $words }”. The offer to encrypt came through this time.
starttls-stripped-in-path-fix-person = Do not switch encryption off, and tell your administrator: a box on the way takes it away.
starttls-stripped-in-path-fix-person-settings = Use an encrypted connection with the settings below: a box on the way cannot remove encryption that starts with the first byte.
starttls-stripped-in-path-fix-server = Switch off the inspection of mail on the firewall between this machine and the server, then run the audit again.

address-not-allowed-title = The server’s name leads to an address that may not be visited
address-not-allowed-why = Names of internal, loopback or cloud-metadata addresses are not visited unless that is asked for, so that nobody can point the audit at them.
address-not-allowed-looks-at = The addresses of the account’s host, and the ranges that may be visited.
address-not-allowed-evidence = { $host } leads to { $to }, which may not be visited.
address-not-allowed-fix-server = If this address is meant, allow it with --allow-net and run the audit again.

port-not-allowed-title = The account names a port that may not be visited
port-not-allowed-why = Only mail ports are visited unless another is asked for, since other services may act on whatever they receive.
port-not-allowed-looks-at = The account’s port, and the ports that may be visited.
port-not-allowed-evidence = The account uses { $server }; port { $port } is no mail port.
port-not-allowed-fix-person = Check the port of this account: it is probably mistyped.
port-not-allowed-fix-server = If mail really is served there, allow the port with --allow-port or in the policy, and run the audit again.

internal-error-title = The audit itself failed here
internal-error-why = A fault of mailfleet kept it from seeing this server. Nothing is said of the server by that.
internal-error-looks-at = Faults of the program during the visit.
internal-error-evidence = At { $server }: “{ $why }”.
internal-error-fix-server = Report this with the text quoted above and the version of mailfleet.
