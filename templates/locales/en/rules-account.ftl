# What the account asks for.

cleartext-configured-title = The password can be read on the way
cleartext-configured-why = The account sends its password and every message without encryption. Anybody on the same Wi-Fi, at the provider or anywhere between can read and change them.
cleartext-configured-looks-at = The security that the account is set to.
cleartext-configured-evidence = The account uses { $server } and is set to no encryption.
cleartext-configured-fix-person = Switch this account to an encrypted connection, then change the password: it may have been read. Ask your administrator which server, port and encryption to enter.
cleartext-configured-fix-person-settings = Switch this account to an encrypted connection with the settings below, then change the password: it may have been read.
cleartext-configured-fix-server = Offer TLS from the first byte for this service, tell people to move, and then close the clear-text port to them.

opportunistic-configured-title = The account gives up encryption when somebody on the way takes it away
opportunistic-configured-why = With “encrypt if available” the mail program goes on in the clear when the offer to encrypt is removed on the way, and shows no warning.
opportunistic-configured-looks-at = The security that the account is set to.
opportunistic-configured-evidence = The account uses { $server } and is set to encrypt only if the server offers it.
opportunistic-configured-fix-person = Make encryption a requirement of this account. Ask your administrator which port and encryption to enter.
opportunistic-configured-fix-person-settings = Make encryption a requirement of this account, with the settings below.
opportunistic-configured-fix-server = Offer TLS from the first byte for this service and refuse logins before encryption, so that no mail program can fall back.

starttls-configured-title = The account starts in the clear although the server offers a fully encrypted port
starttls-configured-why = With STARTTLS the first words travel in the clear, and mistakes of programs at that point have exposed passwords before. The port that is encrypted from the first byte has no such moment.
starttls-configured-looks-at = The account’s security, and whether the same host serves the same protocol with TLS from the first byte and a valid certificate.
starttls-configured-evidence = The account uses { $server } with STARTTLS; { $better } serves the same protocol with TLS from the first byte.
starttls-configured-fix-person = Move this account to the fully encrypted port of the same server, which is named here, and choose SSL/TLS.
starttls-configured-fix-person-settings = Move this account to the fully encrypted port with the settings below.
starttls-configured-fix-server = Name the port with TLS from the first byte in your instructions and in what your domain publishes for mail programs.

security-mode-mismatch-title = The way of encrypting does not fit the port, so no connection comes about
security-mode-mismatch-why = One side waits for the other, or takes its words for garbage: mail does not arrive, or does not leave, until port and encryption agree.
security-mode-mismatch-looks-at = The account’s security, and how the port opened a conversation when it was visited.
security-mode-mismatch-evidence-tls-to-clear-text = The account expects TLS from the first byte at { $server }, and this port speaks first in clear text.
security-mode-mismatch-evidence-clear-text-to-tls = The account is set to { $configured ->
    [starttls] STARTTLS
   *[other] no encryption
} at { $server }, and this port expects TLS from the first byte.
security-mode-mismatch-fix-person = Change port and encryption of this account together. Ask your administrator which of them belong together.
security-mode-mismatch-fix-person-settings = Enter port and encryption for this account exactly as shown below: they belong together.
security-mode-mismatch-fix-server = Check the instructions that people were given: port and kind of encryption in them do not belong together.

wrong-protocol-title = Another service answers than the one this account needs
wrong-protocol-why = An account for one protocol cannot work with a server for another, so mail does not arrive or does not leave. Often the address of one server was typed into the field for another.
wrong-protocol-looks-at = The account’s protocol, and the first words of the server.
wrong-protocol-evidence = The account expects { $expected } at { $server }; { $found } answers there.
wrong-protocol-fix-person = Correct the server of this account. Ask your administrator for its name, port and encryption.
wrong-protocol-fix-person-settings = Correct the server of this account with the settings below.
wrong-protocol-fix-server = Check the instructions that people were given, and which service listens on this port.

host-is-address-title = The account names a number instead of a server
host-is-address-why = Certificates are issued for names. With a number the mail program cannot tell the right server from an impostor, and the account breaks when the server moves.
host-is-address-looks-at = The host that the account is set to.
host-is-address-evidence = The account uses the address { $host } as its server.
host-is-address-fix-person = Replace the number by the server’s name. Ask your administrator for it.
host-is-address-fix-person-settings = Replace the number by the server’s name, with the settings below.
host-is-address-fix-server = Give people the server’s name, and a certificate that bears that name.

unknown-host-title = The server’s name does not exist
unknown-host-why = The account cannot reach any server: the name is mistyped, or the server was given up. Whoever registers such a name would receive the passwords.
unknown-host-looks-at = Two answers of the DNS about the account’s host.
unknown-host-evidence-no-such-name = The DNS says, twice, that { $host } does not exist.
unknown-host-evidence-no-address = The DNS says, twice, that { $host } exists and has no address.
unknown-host-fix-person = Correct the server’s name. Ask your administrator for it.
unknown-host-fix-person-settings = Correct the server’s name with the settings below; if there are none, ask your administrator for it.
unknown-host-fix-server = If people should use this name, publish its address in the DNS; if not, tell them the right one.

unapproved-server-title = The account uses a server that is not approved
unapproved-server-why = Whoever runs another server reads the mail and receives the passwords, and nobody here answers for how it is run.
unapproved-server-looks-at = The server that the account is set to, compared with the servers and domains that the policy approves.
unapproved-server-evidence = The account uses { $server }. The policy approves { $approved }.
unapproved-server-fix-person = Ask your administrator which server your mailbox is on, and enter that one.
unapproved-server-fix-person-settings = Change to the server in the settings below.
unapproved-server-fix-server = Tell people which server to use. If this one is yours, add it to approved_servers or approved_domains in the policy.

nonstandard-port-title = The account uses an unusual port
nonstandard-port-why = It may work, but guest networks and firewalls often let only the registered ports through, and other checks do not expect mail here.
nonstandard-port-looks-at = The account’s protocol, port and security.
nonstandard-port-evidence = The account uses port { $port }; the port registered for { $protocol } with this security is { $registered }.
nonstandard-port-fix-person = If the connection fails in other networks, ask your administrator for the registered port.
nonstandard-port-fix-person-settings = If the connection fails in other networks, use the settings below.
nonstandard-port-fix-server = Offer the service on its registered port as well.

certificate-check-disabled-title = The account trusts any server that answers
certificate-check-disabled-why = With the check of certificates switched off, encryption protects nothing: anybody on the way can pose as the server and collect the password.
certificate-check-disabled-looks-at = Whether the account’s settings say to accept any certificate.
certificate-check-disabled-evidence = The account uses { $server } and accepts any certificate.
certificate-check-disabled-fix-person = Switch the check of the server’s certificate on again. If a warning then appears, do not accept it: tell your administrator.
certificate-check-disabled-fix-server = Give the server a certificate that is valid for the name people use, so that nobody has a reason to switch the check off.

public-submission-port-title = Mail is sent through the port meant for servers
public-submission-port-why = Port 25 is for mail between servers. Many networks block it, and a server must accept mail there without encryption.
public-submission-port-looks-at = The account’s protocol and port.
public-submission-port-evidence = The account sends mail through { $server }.
public-submission-port-fix-person = Send mail through the port meant for people. Ask your administrator which one that is.
public-submission-port-fix-person-settings = Send mail through the port meant for people, with the settings below.
public-submission-port-fix-server = Offer submission with TLS from the first byte, tell people to move, and then take no logins on port 25.
