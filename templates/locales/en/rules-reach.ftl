# Reachability and the vantage: never a breach.

unreachable-title = The server could not be reached, or broke off
unreachable-why = What could not be seen from here is neither good nor bad. The cause may lie with the server, with this network or with a firewall between them.
unreachable-looks-at = The name's look-up, and each step of the conversation.
unreachable-evidence-no-such-name = The DNS says that { $host } does not exist.
unreachable-evidence-no-address = The DNS says that { $host } has no address.
unreachable-evidence-dns-failed = The DNS server failed to look up { $host }.
unreachable-evidence-dns-refused = The DNS server refused to look up { $host }.
unreachable-evidence-dns-timed-out = The DNS server gave no answer about { $host } in time.
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

server-refuses-title = The server turns this machine away
server-refuses-why = It may be overloaded, closed for maintenance, or refuse this machine alone. What it would offer to others could not be seen.
server-refuses-looks-at = The server's first words.
server-refuses-evidence = { $server } greets with a refusal: “{ $reply }”.
server-refuses-fix-server = Look up the refusal in the server's log; allow the machine of the audit, or run the audit again later.

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

starttls-stripped-in-path-title = A box on the way removes the offer to encrypt
starttls-stripped-in-path-why = Between this machine and the server something rewrites the conversation, so nothing that was heard is certain to be the server's. People behind the same box lose their encryption.
starttls-stripped-in-path-looks-at = The server's first words and the list of what it offers, as they arrived here.
starttls-stripped-in-path-evidence = What arrived from { $server } bears the marks of masking: “{ $words }”.
starttls-stripped-in-path-fix-person = Do not switch encryption off, and tell your administrator: a box on the way takes it away.
starttls-stripped-in-path-fix-person-settings = Use an encrypted connection with the settings below: a box on the way cannot remove encryption that starts with the first byte.
starttls-stripped-in-path-fix-server = Switch off the inspection of mail on the firewall between this machine and the server, then run the audit again.

address-not-allowed-title = The server's name leads to an address that may not be visited
address-not-allowed-why = Names of internal, loopback or cloud-metadata addresses are not visited unless that is asked for, so that nobody can point the audit at them.
address-not-allowed-looks-at = The addresses of the account's host, and the ranges that may be visited.
address-not-allowed-evidence = { $host } leads to { $address }, which may not be visited.
address-not-allowed-fix-server = If this address is meant, allow it with --allow-net and run the audit again.

port-not-allowed-title = The account names a port that may not be visited
port-not-allowed-why = Only mail ports are visited unless another is asked for, since other services may act on whatever they receive.
port-not-allowed-looks-at = The account's port, and the ports that may be visited.
port-not-allowed-evidence = The account uses { $server }; port { $port } is no mail port.
port-not-allowed-fix-person = Check the port of this account: it is probably mistyped.
port-not-allowed-fix-server = If mail really is served there, allow the port with --allow-port or in the policy, and run the audit again.

internal-error-title = The audit itself failed here
internal-error-why = A fault of mailfleet kept it from seeing this server. Nothing is said of the server by that.
internal-error-looks-at = Faults of the program during the visit.
internal-error-evidence = At { $server }: “{ $why }”.
internal-error-fix-server = Report this with the text quoted above and the version of mailfleet.
