# Rules about the fleet and the vantage as a whole.

key-shared-title = Servers that have nothing to do with each other share one key
key-shared-why = Whoever has the key of one of these servers can pass for all of them. Keys that a device was delivered with are known to everybody who owns such a device.
key-shared-looks-at = The public keys of all servers of the run, their domains, and the names that their certificates hold together.
key-shared-evidence = The key ({ $key }) is also the key of: { $others }{ $more ->
    [0] .
   *[other] { ", " }and { $more } more.
}
key-shared-fix-server = Make a new key on this server, have a certificate issued for it, and find out where the old key came from. Replace keys that a device was delivered with before it goes into service.

tls-intercepted-title = A box on the way opens the encryption, so certificates could not be judged
tls-intercepted-why = Servers of unrelated owners show one and the same private authority. So what was seen is the certificate of a proxy, a firewall or a virus scanner, and not that of the servers. Every judgement about certificates is void here, and what was seen of the protocol may be the box’s as well.
tls-intercepted-looks-at = The authorities that servers of different domains show, other than hosts in your own domains, and whether the public knows them.
tls-intercepted-evidence = { $shown } of { $all } unrelated domains show the authority { $authority }: { $domains }.
tls-intercepted-evidence-antivirus = { $shown } of { $all } unrelated domains show the authority { $authority }, which by its name belongs to protection software on this machine: { $domains }.
tls-intercepted-fix-server = Run the audit from a network without TLS inspection, or exempt this machine and the mail ports from it; if it is a virus scanner on this machine, switch off its mail shield for the audit. If the authority is your own and these domains are too, name them with --own-domain.

vantage-blocked-title = The network of this machine lets nothing out to some mail ports, so those could not be verified
vantage-blocked-why = Many company networks, providers and clouds block mail ports on the way out. What could not be reached for that reason says nothing about the servers; people in other networks may use them without trouble.
vantage-blocked-looks-at = Ports on which no server of the run answers, although several servers of unrelated owners and networks answer on other ports.
vantage-blocked-evidence = Nothing came back on port { $ports } from any of { $count ->
    [one] one server
   *[other] { $count } servers
}, though each of them answers on another port ({ $how ->
    [timed-out] no answer came in time
    [refused] the connections were refused
    [unreachable] no network path was found
    [closed] the connections were closed
    [reset] the connections were reset
   *[other] in different ways
}): { $servers }.
vantage-blocked-fix-server = Ask whoever runs this network to let this machine out to these ports, or run the audit from a network that the staff use.

resolver-suspect-title = The DNS server invents addresses, so names could not be judged
resolver-suspect-why = It gives addresses for names that cannot exist, as networks of hotels and some providers do. So nothing can be said about names that might not exist, and what answers at an invented address is not the server that was meant.
resolver-suspect-looks-at = What the DNS server says of names that were made up at random for this run.
resolver-suspect-evidence = For { $names } the DNS server gave { $addresses }.
resolver-suspect-fix-server = Run the audit with another DNS server (--resolver), or from another network.

clock-suspect-title = The clock of the auditing machine is in doubt, so dates could not be judged
clock-suspect-why = Whether a certificate is valid depends on the date. If the clock is wrong, good certificates look expired and expired ones look good, so every judgement that compares a date is void here.
clock-suspect-looks-at = The time of judgement as this machine’s clock showed it, the age of this program, the dates of the certificates of issuers that have nothing to do with each other, and when issuers signed what they say of revocation. A time given with --at is taken as given.
clock-suspect-evidence-before-release = The clock showed { $clock }, which is before this version of mailfleet was made.
clock-suspect-evidence-not-yet-valid = The clock showed { $clock }. { $count } issuers that have nothing to do with each other issued certificates that begin only after that: { $issuers }.
clock-suspect-evidence-answer-ahead = The clock showed { $clock }. Answers about revocation that had already arrived are dated later than that, up to { $made }; they concern certificates of: { $issuers }.
clock-suspect-evidence-all-ended = The clock showed { $clock }. Every certificate of every server, from { $count } issuers that have nothing to do with each other, ended before that: { $issuers }.
clock-suspect-fix-server = Set the clock of the machine that audits and let it be synchronised (NTP); then run the audit again, or judge the stored observations with --at and the right time.
