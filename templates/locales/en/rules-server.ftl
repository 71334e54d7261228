# What the server allows.

no-encryption-title = The server offers no encryption here
no-encryption-why = Whoever uses this port sends the password and every message in the clear; no setting of a mail program can change that.
no-encryption-looks-at = How the port opens a conversation, and the server’s own answer to STARTTLS.
no-encryption-evidence = { $server } speaks { $protocol } in clear text and offers no STARTTLS.
no-encryption-fix-person = Move this account away from this port. Ask your administrator for a server and port with encryption.
no-encryption-fix-person-settings = Move this account away from this port, with the settings below.
no-encryption-fix-server = Switch TLS on for this service: best on its port with TLS from the first byte, and STARTTLS on this one for as long as it stays open.

cleartext-login-title = The server invites passwords before the connection is encrypted
cleartext-login-why = A mail program that is set up carelessly, or whose encryption was removed on the way, hands over the password where everybody can read it.
cleartext-login-looks-at = The ways of logging in that the server lists, or leaves open, before TLS.
cleartext-login-evidence = { $server } ({ $protocol }) takes these logins before encryption: { $logins }.
cleartext-login-fix-person = See to it that this account requires encryption; ask your administrator which settings to enter if it does not.
cleartext-login-fix-person-settings = Use an encrypted connection with the settings below.
cleartext-login-fix-server = Take logins only after TLS: no USER, LOGIN or PLAIN before it, and LOGINDISABLED on IMAP.

starttls-not-offered-title = The account waits for an encryption that the server does not offer
starttls-not-offered-why = The mail program either refuses to connect, or is one day set to go on without encryption so that it works.
starttls-not-offered-looks-at = The account’s security, and the server’s own answer to STARTTLS.
starttls-not-offered-evidence-absent = The account relies on STARTTLS at { $server }; the server neither announces nor accepts it.
starttls-not-offered-evidence-unannounced = The account relies on STARTTLS at { $server }; the server would accept it and does not announce it, so no mail program can know.
starttls-not-offered-fix-person = Do not switch encryption off. Ask your administrator which server, port and encryption to enter.
starttls-not-offered-fix-person-settings = Use an encrypted connection with the settings below.
starttls-not-offered-fix-server = Switch STARTTLS on for this service and announce it, or better, offer the port with TLS from the first byte and tell people to move there.

login-accepted-in-clear-title = The server lets a login begin before the connection is encrypted
login-accepted-in-clear-why = Whoever listens on the way can read the password of every mail program that connects here without encryption.
login-accepted-in-clear-looks-at = Whether the server goes on with a login that is begun before TLS. It is given up at once: no name and no password is ever sent.
login-accepted-in-clear-evidence = { $server } ({ $protocol }) went on with a login by { $mechanism } before encryption: “{ $reply }”. It was given up there, and nothing secret was sent.
login-accepted-in-clear-fix-person = Check that this account requires encryption; if it does not, ask your administrator what to enter.
login-accepted-in-clear-fix-person-settings = Use an encrypted connection with the settings below.
login-accepted-in-clear-fix-server = Refuse every login before TLS, in whichever form it comes; it is not enough to leave it out of the announcement.

no-login-offered-title = A server for sending mail offers no way to log in
no-login-offered-why = Mail programs that have to log in cannot send mail here, or the server takes mail from whoever reaches it.
no-login-offered-looks-at = The ways of logging in that the server lists inside TLS.
no-login-offered-evidence = { $server } is there for sending mail and lists no way to log in, not even inside TLS.
no-login-offered-fix-person = If sending does not work, ask your administrator which server and port to enter.
no-login-offered-fix-person-settings = If sending does not work, use the settings below.
no-login-offered-fix-server = Offer a login inside TLS on the ports for sending mail; if nobody is meant to send mail here, close the port.

starttls-broken-title = The server offers to encrypt, and then does not manage to
starttls-broken-why = Mail programs that insist on encryption cannot connect; the others go on in the clear.
starttls-broken-looks-at = The server’s answer to STARTTLS and what followed it.
starttls-broken-evidence-refused = { $server } announces STARTTLS and refuses it: “{ $reply }”.
starttls-broken-evidence-alert = { $server } accepts STARTTLS and then ends the handshake with the alert { $alert }.
starttls-broken-evidence-incompatible = { $server } accepts STARTTLS and then answers with TLS that no current mail program can go on with: { $why }.
starttls-broken-evidence-clear-text = { $server } accepts STARTTLS and then goes on without TLS: “{ $answer }”.
starttls-broken-fix-person = Do not switch encryption off, and tell your administrator: the server has to be mended.
starttls-broken-fix-person-settings = Use the settings below until the server is mended.
starttls-broken-fix-server = Check certificate, key and TLS settings of this service; its log says why the upgrade fails. Do not announce STARTTLS while it does not work.

starttls-injection-title = What is sent before encryption is taken for encrypted
starttls-injection-why = Somebody on the way can slip in commands, and the server carries them out as if the mail program had given them inside the encrypted connection. That can lay open mail and passwords.
starttls-injection-looks-at = Whether a harmless command, sent in the clear right behind STARTTLS, is answered inside TLS.
starttls-injection-evidence = { $server } ({ $protocol }) was sent { $command } in the clear right behind STARTTLS, and answered it inside TLS: “{ $answer }”.
starttls-injection-fix-person = Ask your administrator for a port that is encrypted from the first byte, and do not switch encryption off.
starttls-injection-fix-person-settings = Use the settings below until the server is mended.
starttls-injection-fix-server = Update the server software, or the proxy in front of it: whatever came before the handshake has to be dropped. Until then, offer only ports that are encrypted from the first byte.

starttls-offered-in-tls-title = The server offers to begin encryption inside encryption
starttls-offered-in-tls-why = After the upgrade the server did not begin anew, as it has to. That alone harms nobody; but what it keeps from before may come from somebody on the way.
starttls-offered-in-tls-looks-at = The capabilities that the server lists inside TLS.
starttls-offered-in-tls-evidence = { $server } ({ $protocol }) still announces STARTTLS inside TLS.
starttls-offered-in-tls-fix-server = Update the server software, or correct the proxy in front of it that passes on the list from before TLS.

preauth-before-tls-title = The server treats the connection as logged in before it is encrypted
preauth-before-tls-why = In this state IMAP does not allow encryption to begin any more, so everything that follows can be read on the way.
preauth-before-tls-looks-at = The server’s first words on a clear-text port.
preauth-before-tls-evidence = { $server } greets with PREAUTH before TLS: “{ $greeting }”.
preauth-before-tls-fix-person = Stop using this port. Ask your administrator which server, port and encryption to enter.
preauth-before-tls-fix-person-settings = Use an encrypted connection with the settings below.
preauth-before-tls-fix-server = Switch pre-authentication off for this port, or allow it only inside TLS with client certificates.

tls-handshake-fails-title = No encrypted connection comes about
tls-handshake-fails-why = Current mail programs cannot connect to this port, or only with outdated encryption.
tls-handshake-fails-looks-at = The server’s answer to a current mail program’s attempt to agree on TLS.
tls-handshake-fails-evidence-alert = { $server } ends the handshake with the alert { $alert }.
tls-handshake-fails-evidence-incompatible = { $server } answers with TLS that no current mail program can go on with: { $why }.
tls-handshake-fails-evidence-clear-text = { $server } answers with something that is not TLS: “{ $answer }”.
tls-handshake-fails-fix-person = Do not switch encryption off, and tell your administrator: the server has to be mended.
tls-handshake-fails-fix-person-settings = Use the settings below until the server is mended.
tls-handshake-fails-fix-server = Enable TLS 1.2 and TLS 1.3 with current cipher suites, and check that certificate and key are in place; the server’s log names the cause.

tls-version-outdated-title = The encryption is older than the policy allows
tls-version-outdated-why = Older versions of TLS have known weaknesses, and are what an attacker would try to bring a connection down to.
tls-version-outdated-looks-at = The version that the server agrees on with a client that offers the newest, or with an older one where it refuses that.
tls-version-outdated-evidence = The best that { $server } agrees on is { $version }; the policy asks for { $minimum } or later.
tls-version-outdated-fix-person = Do not switch encryption off, and tell your administrator: the server has to be updated.
tls-version-outdated-fix-person-settings = Use the settings below until the server is updated.
tls-version-outdated-fix-server = Enable the newest version of TLS that your software has; if it lacks the required one, update it.

protocol-garbage-title = Something answers that is no mail server
protocol-garbage-why = The account cannot work with it, and what really listens there is unknown.
protocol-garbage-looks-at = The first words of the server.
protocol-garbage-evidence = { $server } answers with words of no protocol that is known: “{ $answer }”.
protocol-garbage-fix-person = Ask your administrator for the right server, and do not enter your password there until then.
protocol-garbage-fix-person-settings = Use the settings below; if there are none, ask your administrator for the right server.
protocol-garbage-fix-server = Check which program listens on this port, and whether a firewall or proxy answers in its place.

weak-login-mechanism-title = Outdated ways of logging in are offered
weak-login-mechanism-why = From a single login the password can be guessed at leisure, and several of these ways make the server keep passwords readable. Inside TLS an ordinary password login is safer.
weak-login-mechanism-looks-at = The ways of logging in that the server lists inside TLS, and the timestamp in a POP3 greeting.
weak-login-mechanism-evidence = { $server } offers these ways of logging in: { $mechanisms }.
weak-login-mechanism-fix-server = Switch these ways off; inside TLS, offer PLAIN, or better SCRAM-SHA-256 or a login by token.

version-disclosed-title = The server tells everybody which version it runs
version-disclosed-why = Whoever looks for servers with a known weakness finds them by this.
version-disclosed-looks-at = The server’s first words, and the line IMPLEMENTATION among its capabilities.
version-disclosed-evidence = { $server } says “{ $words }”.
version-disclosed-fix-server = Leave name and version of the software out of the greeting. Keeping it up to date matters more.
