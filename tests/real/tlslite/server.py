"""A mail server on tlslite-ng, for what the TLS libraries of Debian no longer do.

Its one argument is JSON:

    doors        list of {protocol, address, port, tls}: where it listens; tls from the first byte, or STARTTLS
    chain, key   PEM files; without them it has no certificate
    oldest, newest, ciphers, macs, exchanges, least_bits   as tlslite.handshakesettings names them
    anonymous    only suites without a certificate
    dh           the prime of its finite-field key exchange, hexadecimal
    deaf         it knows neither RFC 5746 nor RFC 7627
    ssl2         it answers a hello of SSL 2.0
    injectable   what came in the clear behind STARTTLS is carried out inside TLS (CVE-2011-0411)
    preauth      IMAP greets with PREAUTH, and so cannot take STARTTLS

It prints `ready` when every door is open. It takes no login: each is refused.
"""

import json
import socket
import sys
import threading

from tlslite import messages
from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey
from tlslite.constants import CipherSuite, ExtensionType

PATIENCE = 60
VERSIONS = {"ssl3": (3, 0), "tls1.0": (3, 1), "tls1.1": (3, 2), "tls1.2": (3, 3), "tls1.3": (3, 4)}
# The seven kinds of SSL 2.0 that export rules and fashion left: RC4, RC2, DES and 3DES.
SSL2_KINDS = [0x010080, 0x020080, 0x030080, 0x040080, 0x060040, 0x0700C0]


class Wire:
    """Lines in, lines out; the buffer survives the change to TLS unless it is emptied."""

    def __init__(self, stream):
        self.stream = stream
        self.buffer = b""

    def line(self):
        while b"\n" not in self.buffer:
            more = self.stream.recv(4096)
            if not more:
                return None
            self.buffer += bytes(more)
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.strip().decode("ascii", "replace")

    def say(self, text):
        self.stream.sendall(text.replace("\n", "\r\n").encode("ascii"))


class Pop3:
    upgrade = "STLS"
    upgrades = True

    def __init__(self, options):
        pass

    def greeting(self):
        return "+OK ready\n"

    def read(self, line):
        words = line.split()
        return "", (words[0].upper() if words else "")

    def go_ahead(self, tag):
        return "+OK begin\n"

    def answer(self, tag, verb, secure):
        if verb == "CAPA":
            return "+OK\nUIDL\nTOP\n%s.\n" % ("USER\nSASL PLAIN\n" if secure else "STLS\n")
        if verb in ("NOOP", "QUIT"):
            return "+OK\n"
        return "-ERR no\n"


class Imap:
    upgrade = "STARTTLS"

    def __init__(self, options):
        self.preauth = bool(options.get("preauth"))
        self.upgrades = not self.preauth

    def greeting(self):
        return f"* {'PREAUTH' if self.preauth else 'OK'} ready\n"

    def read(self, line):
        words = line.split() + ["", ""]
        return words[0], words[1].upper()

    def go_ahead(self, tag):
        return f"{tag} OK begin\n"

    def answer(self, tag, verb, secure):
        if verb == "CAPABILITY":
            offers = " AUTH=PLAIN" if secure else " STARTTLS LOGINDISABLED"
            return f"* CAPABILITY IMAP4rev1{'' if self.preauth else offers}\n{tag} OK\n"
        if verb == "NOOP":
            return f"{tag} OK\n"
        if verb == "LOGOUT":
            return f"* BYE\n{tag} OK\n"
        return f"{tag} BAD no\n"


class Smtp:
    upgrade = "STARTTLS"
    upgrades = True

    def __init__(self, options):
        pass

    def greeting(self):
        return "220 mail.yourcompany.test ESMTP\n"

    def read(self, line):
        words = line.split()
        return "", (words[0].upper() if words else "")

    def go_ahead(self, tag):
        return "220 begin\n"

    def answer(self, tag, verb, secure):
        if verb == "EHLO":
            offers = "AUTH PLAIN" if secure else "STARTTLS"
            return f"250-mail.yourcompany.test\n250 {offers}\n"
        if verb == "NOOP":
            return "250 ok\n"
        if verb == "QUIT":
            return "221 bye\n"
        return "502 no\n"


PROTOCOLS = {"pop3": Pop3, "imap": Imap, "smtp": Smtp}
LAST_WORDS = ("QUIT", "LOGOUT")


class Server:
    def __init__(self, options):
        self.options = options
        self.chain = self.key = None
        if options.get("chain"):
            self.chain = X509CertChain()
            with open(options["chain"], encoding="ascii") as file:
                self.chain.parsePemList(file.read())
            with open(options["key"], encoding="ascii") as file:
                self.key = parsePEMKey(file.read(), private=True)
        self.settings = self.read_settings()

    def read_settings(self):
        options, settings = self.options, HandshakeSettings()
        settings.minVersion = VERSIONS[options.get("oldest", "tls1.2")]
        settings.maxVersion = VERSIONS[options.get("newest", "tls1.2")]
        settings.versions = [v for v in VERSIONS.values() if settings.minVersion <= v <= settings.maxVersion][::-1]
        settings.minKeySize = options.get("least_bits", 1023)
        for ours, theirs in (("ciphers", "cipherNames"), ("macs", "macNames"), ("exchanges", "keyExchangeNames")):
            if ours in options:
                setattr(settings, theirs, options[ours])
        if options.get("dh"):
            settings.dhParams = (2, int(options["dh"], 16))
            settings.dhGroups = []
        if options.get("deaf"):
            settings.useExtendedMasterSecret = False
        return settings.validate()

    def serve(self, stream, protocol, tls):
        stream.settimeout(PATIENCE)
        wire, secure = Wire(stream), False
        if tls:
            secure = self.secure(wire)
            if not secure:
                return
        wire.say(protocol.greeting())
        while (line := wire.line()) is not None:
            tag, verb = protocol.read(line)
            if verb == protocol.upgrade and protocol.upgrades and not secure:
                wire.say(protocol.go_ahead(tag))
                if not self.options.get("injectable"):
                    wire.buffer = b""
                secure = self.secure(wire)
                if not secure:
                    return
                continue
            wire.say(protocol.answer(tag, verb, secure))
            if verb in LAST_WORDS:
                wire.stream.close()
                return

    def secure(self, wire):
        stream = wire.stream
        if self.options.get("ssl2") and stream.recv(1, socket.MSG_PEEK)[:1] == b"\x80":
            self.answer_ssl2(stream)
            return False
        connection = TLSConnection(stream)
        connection.handshakeServer(
            certChain=self.chain,
            privateKey=self.key,
            settings=self.settings,
            anon=bool(self.options.get("anonymous")),
        )
        wire.stream = connection
        return True

    def answer_ssl2(self, stream):
        length = int.from_bytes(stream.recv(2), "big") & 0x7FFF
        while length > 0 and (part := stream.recv(length)):
            length -= len(part)
        leaf = self.chain.x509List[0].writeBytes()
        hello = messages.ServerHello2().create(0, 1, (0, 2), leaf, SSL2_KINDS, bytearray(16))
        body = bytes(hello.write())
        stream.sendall((0x8000 | len(body)).to_bytes(2, "big") + body)


def make_deaf():
    """From here on nobody hears that a client knows RFC 5746."""
    parse = messages.ClientHello.parse

    def deaf(self, parser):
        hello = parse(self, parser)
        signal = CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV
        hello.cipher_suites = [suite for suite in hello.cipher_suites if suite != signal]
        wanted = [e for e in hello.extensions or [] if e.extType != ExtensionType.renegotiation_info]
        hello.extensions = wanted if hello.extensions is not None else None
        return hello

    messages.ClientHello.parse = deaf


def attend(server, stream, door):
    protocol = PROTOCOLS[door["protocol"]](server.options)
    try:
        server.serve(stream, protocol, door["tls"])
    except Exception as error:  # A client may do anything; the log says what it was.
        print(f"{door['protocol']}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
    finally:
        stream.close()


def listen(server, door):
    listener = socket.create_server((door["address"], door["port"]), backlog=64)

    def accept():
        while True:
            stream, _ = listener.accept()
            threading.Thread(target=attend, args=(server, stream, door), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


def main():
    options = json.loads(sys.argv[1])
    if options.get("deaf"):
        make_deaf()
    server = Server(options)
    for door in options["doors"]:
        listen(server, door)
    print("ready", flush=True)
    threading.Event().wait()


main()
