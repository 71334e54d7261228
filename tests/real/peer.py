"""What sslyze says of a list of servers, for tests/it/real/peer.rs.

Standard input: JSON, a list of {name, address, port, starttls}; starttls is a protocol or null.
Prints JSON: by name the suites accepted by version, as the IANA names them, or {"error": why}.
"""

import json
import sys

from sslyze import (
    ProtocolWithOpportunisticTlsEnum as Upgrade,
    ScanCommand,
    Scanner,
    ScanCommandAttemptStatusEnum,
    ServerNetworkConfiguration,
    ServerNetworkLocation,
    ServerScanRequest,
    ServerScanStatusEnum,
)

HOST = "mail.yourcompany.test"
UPGRADES = {"pop3": Upgrade.POP3, "imap": Upgrade.IMAP, "smtp": Upgrade.SMTP}
VERSIONS = {
    "SSL 2.0": ScanCommand.SSL_2_0_CIPHER_SUITES,
    "SSL 3.0": ScanCommand.SSL_3_0_CIPHER_SUITES,
    "TLS 1.0": ScanCommand.TLS_1_0_CIPHER_SUITES,
    "TLS 1.1": ScanCommand.TLS_1_1_CIPHER_SUITES,
    "TLS 1.2": ScanCommand.TLS_1_2_CIPHER_SUITES,
    "TLS 1.3": ScanCommand.TLS_1_3_CIPHER_SUITES,
}
# What mailfleet asks, too; its other checks are of another trade.
ALSO = [
    ScanCommand.CERTIFICATE_INFO,
    ScanCommand.ELLIPTIC_CURVES,
    ScanCommand.SESSION_RENEGOTIATION,
    ScanCommand.TLS_COMPRESSION,
    ScanCommand.TLS_EXTENDED_MASTER_SECRET,
    ScanCommand.TLS_FALLBACK_SCSV,
    ScanCommand.TLS_1_3_EARLY_DATA,
]


def request(server):
    upgrade = UPGRADES.get(server["starttls"])
    return ServerScanRequest(
        server_location=ServerNetworkLocation(hostname=HOST, port=server["port"], ip_address=server["address"]),
        network_configuration=ServerNetworkConfiguration(
            tls_server_name_indication=HOST, tls_opportunistic_encryption=upgrade
        ),
        scan_commands={*VERSIONS.values(), *ALSO},
    )


def accepted(result):
    if result.scan_status != ServerScanStatusEnum.COMPLETED:
        return {"error": f"no connectivity: {result.connectivity_error_trace}"}
    suites = {}
    for version, command in VERSIONS.items():
        attempt = getattr(result.scan_result, command.value)
        if attempt.status != ScanCommandAttemptStatusEnum.COMPLETED:
            return {"error": f"{version}: {attempt.error_reason}"}
        names = [suite.cipher_suite.name for suite in attempt.result.accepted_cipher_suites]
        if names:
            suites[version] = sorted(names)
    return {"suites": suites}


def main():
    servers = json.load(sys.stdin)
    names = {(server["address"], server["port"]): server["name"] for server in servers}
    scanner, said = Scanner(), {}
    scanner.queue_scans([request(server) for server in servers])
    for result in scanner.get_results():
        location = result.server_location
        said[names[(location.ip_address, location.port)]] = accepted(result)
    print(json.dumps(said))


main()
