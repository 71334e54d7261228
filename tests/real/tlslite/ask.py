"""An independent client on tlslite-ng: what do servers accept? It shares no code with mailfleet.

Standard input: JSON with `suites`, a list of [number, name] to offer, and `servers`, a list of {address,
port, protocol, tls}; tls from the first byte, or STARTTLS. Each version is asked for by itself, each suite
that a server picks is left out of the next hello, until it picks none. Nothing is agreed on: each connection
ends behind the server's first flight. Prints a JSON list, in the same order, of:

    suites        by version, the numbers in the order picked; a version that is missing is refused.
                  Of SSL 2.0 the kinds of cipher that it names
    groups        the groups of the key exchange that it takes, by themselves
    dh_bits       sizes of the primes of its finite-field key exchange
    leaves        SHA-256 of the leaf certificates seen up to TLS 1.2
    ems, renegotiation   what a ServerHello of the newest version up to TLS 1.2 answered to
    compression   whether DEFLATE was taken
    client_certificate   whether one is asked for, in that version
"""

import hashlib
import json
import os
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tlslite import messages
from tlslite.constants import ContentType, ECCurveType, ExtensionType, HandshakeType
from tlslite.extensions import (
    ECPointFormatsExtension,
    RenegotiationInfoExtension,
    SignatureAlgorithmsExtension,
    SNIExtension,
    SupportedGroupsExtension,
    SupportedVersionsExtension,
    TLSExtension,
)
from tlslite.utils.codec import Parser

PATIENCE = 20
AT_ONCE = 8
NAME = b"mail.yourcompany.test"
VERSIONS = {"SSL 3.0": (3, 0), "TLS 1.0": (3, 1), "TLS 1.1": (3, 2), "TLS 1.2": (3, 3), "TLS 1.3": (3, 4)}
HYBRIDS = [0x11EB, 0x11EC, 0x11ED]
# A hello of TLS 1.3 alone may name no group that TLS 1.3 does not have: some servers then refuse it.
GROUPS_1_3 = HYBRIDS + [29, 30, 23, 24, 25, 31, 32, 33] + list(range(256, 261))
# None over a finite field: a server that has other primes must then refuse DHE (RFC 7919 section 4).
GROUPS = [29, 30] + list(range(23, 29)) + list(range(1, 23))
SSL2_KINDS = [0x010080, 0x020080, 0x030080, 0x040080, 0x050080, 0x060040, 0x0700C0]
SCHEMES = [(h, s) for h in (6, 5, 4, 3, 2) for s in (1, 3)] + [(8, n) for n in (4, 5, 6, 9, 10, 11, 7, 8)] + [(1, 1), (2, 2)]
UPGRADES = {
    "pop3": ([], b"STLS\r\n", b"+OK"),
    "imap": ([], b"a STARTTLS\r\n", b"a OK"),
    "smtp": ([b"EHLO [127.0.0.1]\r\n"], b"STARTTLS\r\n", b"220"),
    "lmtp": ([b"LHLO [127.0.0.1]\r\n"], b"STARTTLS\r\n", b"220"),
    "sieve": ([], b"STARTTLS\r\n", b"OK"),
}


class Refused(Exception):
    """The server answered with an alert, or hung up however often it was asked."""


class HungUp(Exception):
    """The connection ended without a word: it may be the server's answer, or it had no place left."""


class Server:
    def __init__(self, place):
        self.place = (place["address"], place["port"])
        self.protocol, self.starttls = place["protocol"], not place["tls"]
        # The first hello that it agreed to.
        self.known = None

    def connect(self):
        stream = socket.create_connection(self.place, PATIENCE)
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.starttls:
            self.upgrade(stream)
        return stream

    def upgrade(self, stream):
        before, command, begin = UPGRADES[self.protocol]
        lines = stream.makefile("rb", buffering=0)
        self.read_reply(lines)
        for line in before:
            stream.sendall(line)
            self.read_reply(lines)
        stream.sendall(command)
        reply = lines.readline()
        if not reply.startswith(begin):
            raise RuntimeError(f"no upgrade at {self.place}: {reply!r}")

    def read_reply(self, lines):
        while line := lines.readline():
            if self.protocol == "sieve":
                done = line.startswith(b"OK")
            else:
                done = line[3:4] != b"-"
            if done:
                return
        raise RuntimeError(f"{self.place} ended the conversation")

    def ask(self, version, suites, **offer):
        """The server's first flight to a hello, as a dictionary. Raises Refused."""
        # Before anything went well there is nothing to compare with, nor much hope.
        for pause in (0, 0.2, 1, 3) if self.known else (0, 0.2):
            time.sleep(pause)
            try:
                flight = self.ask_once(version, suites, **offer)
                self.known = self.known or (version, list(suites))
                return flight
            except HungUp:
                # Dovecot says no by hanging up. It was an answer if what went well goes well again.
                if self.goes_well():
                    raise Refused from None
        raise Refused

    def goes_well(self):
        if self.known is None:
            return False
        try:
            self.ask_once(*self.known)
            return True
        except (HungUp, Refused):
            return False

    def ask_once(self, version, suites, **offer):
        hello = make_hello(version, suites, **offer)
        record = bytes([ContentType.handshake, 3, min(version[1], 1)]) + len(hello).to_bytes(2, "big") + hello
        with self.connect() as stream:
            stream.sendall(record)
            return read_flight(stream)

    def ask_ssl2(self):
        """The kinds of cipher that the server names to a hello of SSL 2.0; none if it does not know it."""
        kinds = b"".join(kind.to_bytes(3, "big") for kind in SSL2_KINDS)
        body = b"\x01\x00\x02" + len(kinds).to_bytes(2, "big") + b"\x00\x00\x00\x10" + kinds + os.urandom(16)
        with self.connect() as stream:
            stream.sendall((0x8000 | len(body)).to_bytes(2, "big") + body)
            try:
                head = read_exactly(stream, 3)
                if head[0] < 0x80 or head[2] != 4:
                    return []
                body = read_exactly(stream, (int.from_bytes(head[:2], "big") & 0x7FFF) - 1)
            except (ConnectionError, EOFError):
                return []
        hello = messages.ServerHello2().parse(Parser(bytearray(body)))
        return list(hello.ciphers)


def make_hello(version, suites, groups=None, compression=False):
    old = version < (3, 4)
    groups = groups or (GROUPS if old else GROUPS_1_3)
    extensions = []
    if version > (3, 0):
        extensions = [
            SNIExtension().create(bytearray(NAME)),
            SupportedGroupsExtension().create(groups),
            ECPointFormatsExtension().create([0]),
            RenegotiationInfoExtension().create(bytearray()),
            TLSExtension(extType=ExtensionType.extended_master_secret).create(bytearray()),
            TLSExtension(extType=ExtensionType.encrypt_then_mac).create(bytearray()),
            TLSExtension(extType=ExtensionType.session_ticket).create(bytearray()),
        ]
        if version >= (3, 3):
            extensions.append(SignatureAlgorithmsExtension().create(SCHEMES))
        if not old:
            extensions.append(SupportedVersionsExtension().create([version]))
            # No share at all: the server names the group that it wants (HelloRetryRequest).
            extensions.append(TLSExtension(extType=ExtensionType.key_share).create(bytearray(2)))
    hello = messages.ClientHello().create(
        min(version, (3, 3)), bytearray(os.urandom(32)), bytearray(), suites, extensions=extensions or None
    )
    if version == (3, 0):
        hello.cipher_suites = suites + [0xFF]
    if compression:
        hello.compression_methods = [1, 0]
    return bytes(hello.write())


def read_flight(stream):
    seen, buffer = {}, b""
    while True:
        try:
            head = read_exactly(stream, 5)
            body = read_exactly(stream, int.from_bytes(head[3:5], "big"))
        except (ConnectionError, EOFError):
            if "suite" in seen:
                return seen
            raise HungUp from None
        if head[0] != ContentType.handshake:
            if "suite" in seen:
                return seen
            raise Refused
        buffer += body
        while len(buffer) >= 4 and len(buffer) >= 4 + int.from_bytes(buffer[1:4], "big"):
            length = 4 + int.from_bytes(buffer[1:4], "big")
            message, buffer = buffer[:length], buffer[length:]
            if take(seen, message) or seen["version"] >= (3, 4):
                return seen


def read_exactly(stream, length):
    data = b""
    while len(data) < length:
        more = stream.recv(length - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def take(seen, message):
    """Reads one message of the flight; True after the last."""
    kind, body = message[0], message[4:]
    if kind == HandshakeType.server_hello:
        hello = messages.ServerHello().parse(Parser(bytearray(message[1:])))
        seen["suite"], seen["compression"] = hello.cipher_suite, hello.compression_method
        seen["extensions"] = {e.extType: bytes(e.extData) for e in hello.extensions or []}
        chosen = hello.getExtension(ExtensionType.supported_versions)
        seen["version"] = tuple(chosen.version) if chosen else tuple(hello.server_version)
        share = hello.getExtension(ExtensionType.key_share)
        seen["group"] = getattr(share, "selected_group", None)
    elif kind == HandshakeType.certificate:
        length = int.from_bytes(body[3:6], "big")
        seen["leaf"] = hashlib.sha256(body[6 : 6 + length]).hexdigest() if length else None
    elif kind == HandshakeType.server_key_exchange:
        seen["exchange"] = body
    elif kind == HandshakeType.certificate_request:
        seen["wants_certificate"] = True
    return kind == HandshakeType.server_hello_done


def enumerate_suites(server, version, suites):
    """Each first flight that the server sends in this version, until it picks nothing more."""
    flights, left = [], list(suites)
    while left:
        try:
            flight = server.ask(version, left)
        except Refused:
            break
        if flight["version"] != version:
            break
        flights.append(flight)
        left.remove(flight["suite"])
    return flights


def curve_of(flight):
    """The named curve of a ServerKeyExchange that has one."""
    body = flight["exchange"]
    return int.from_bytes(body[1:3], "big") if body[0] == ECCurveType.named_curve else None


def prime_bits(flight):
    """The size of the prime that a ServerKeyExchange over a finite field begins with."""
    body = flight["exchange"]
    length = int.from_bytes(body[:2], "big")
    return int.from_bytes(body[2 : 2 + length], "big").bit_length()


def enumerate_groups(server, version, suites):
    """Each group that the server picks, until it picks nothing more."""
    groups, left = [], list(GROUPS if version < (3, 4) else GROUPS_1_3)
    while left:
        try:
            flight = server.ask(version, suites, groups=left)
        except Refused:
            break
        group = flight["group"] if version == (3, 4) else curve_of(flight)
        if flight["version"] != version or group not in left:
            break
        groups.append(group)
        left.remove(group)
    return groups


class Suites:
    """The suites to offer. Which body a ServerKeyExchange has is told by the suite's name alone."""

    def __init__(self, rows):
        # GnuTLS picks an anonymous one that it was told to allow and cannot do, so those are offered apart.
        self.anonymous = [number for number, name in rows if "_anon_" in name]
        self.others = [number for number, name in rows if "_anon_" not in name]
        alone = [(number, name) for number, name in rows if "PSK" not in name]
        self.elliptic = {number for number, name in alone if "_ECDH" in name}
        self.finite = {number for number, name in alone if "_DHE_" in name or "_DH_anon" in name}

    def taken(self, server, version):
        return enumerate_suites(server, version, self.others) + enumerate_suites(server, version, self.anonymous)


def describe(answer, server, name, flights, suites):
    """What the flights of one version below TLS 1.3 say."""
    version, picked = VERSIONS[name], answer["suites"][name]
    finite = [flight for flight in flights if "exchange" in flight and flight["suite"] in suites.finite]
    answer["dh_bits"] |= {prime_bits(flight) for flight in finite}
    answer["leaves"] |= {flight["leaf"] for flight in flights if flight.get("leaf")}
    answer["compression"] |= server.ask(version, picked, compression=True)["compression"] != 0
    if answer["ems"] is None:
        said = set().union(*(flight["extensions"] for flight in flights))
        answer["client_certificate"] = any("wants_certificate" in flight for flight in flights)
        answer["ems"] = ExtensionType.extended_master_secret in said
        answer["renegotiation"] = ExtensionType.renegotiation_info in said


def ask(place, suites):
    """All of it, of one server."""
    server = Server(place)
    answer = {"suites": {}, "groups": set(), "dh_bits": set(), "leaves": set(), "compression": False}
    answer.update(client_certificate=None, ems=None, renegotiation=None)
    if kinds := server.ask_ssl2():
        answer["suites"]["SSL 2.0"] = kinds
    for name, version in reversed(VERSIONS.items()):
        flights = suites.taken(server, version)
        if not flights:
            continue
        picked = [flight["suite"] for flight in flights]
        answer["suites"][name] = picked
        if version < (3, 4):
            describe(answer, server, name, flights, suites)
        if version >= (3, 3):
            ephemeral = [suite for suite in picked if version == (3, 4) or suite in suites.elliptic]
            answer["groups"] |= set(enumerate_groups(server, version, ephemeral) if ephemeral else [])
    return answer


def main():
    wanted = json.load(sys.stdin)
    suites = Suites(wanted["suites"])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda place: ask(place, suites), wanted["servers"]))
    print(json.dumps(answers, default=sorted))


main()
