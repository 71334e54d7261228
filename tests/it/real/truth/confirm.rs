//! Whether a row of the truth table is true, by the word of others.

use std::collections::BTreeSet;

use mailfleet::model::Suite;

use super::super::fleet::Door;
use super::opinion::{Asked, OF_OPENSSL, connect};
use super::row::Row;
use super::{Port, classes};

/// Where the clients see something else than the row says.
pub fn differences(port: &Port<'_>) -> Vec<String> {
    let Port { row, door, asked } = port;
    let mut differences = by_s_client(row, door);
    if let Some(asked) = asked {
        differences.extend(by_asking(row, asked));
    }
    let place = format!("{} {}", door.server, door.service.name);
    differences
        .into_iter()
        .map(|difference| format!("{place}: {difference}"))
        .collect()
}

fn by_asking(row: &Row, asked: &Asked) -> Vec<String> {
    let small = |group: &&u16| SMALL_GROUPS.contains(*group);
    let old = row.versions.iter().any(|version| version != "TLS 1.3");
    let mut differences = Vec::new();
    let mut compare = |what: &str, row: String, seen: String| {
        if row != seen {
            differences.push(format!("{what}: {row} by the table, {seen} by ask.py"));
        }
    };
    let versions: BTreeSet<String> = asked.suites.keys().cloned().collect();
    compare("versions", show(&row.versions), show(&versions));
    compare(
        "suites",
        show(&row.suites),
        show(&classes::words(names(asked))),
    );
    compare("DH", show(&row.dh_bits), show(&asked.dh_bits));
    let groups: BTreeSet<u16> = asked.groups.iter().filter(small).copied().collect();
    compare("groups", show(&row.small_groups), show(&groups));
    compare(
        "certificates",
        show(&row.certificates),
        show(&asked.leaves.len()),
    );
    compare("compression", show(&false), show(&asked.compression));
    if old {
        let facts = [
            ("RFC 7627", row.extended_master_secret, asked.ems),
            ("RFC 5746", row.renegotiation, asked.renegotiation),
            (
                "client certificate",
                row.client_certificate,
                asked.client_certificate,
            ),
        ];
        for (what, row, seen) in facts {
            compare(what, show(&Some(row)), show(&seen));
        }
    }
    differences
}

/// Groups of less than 224 bits, by their numbers in the registry.
const SMALL_GROUPS: [u16; 10] = [1, 2, 3, 4, 5, 15, 16, 17, 18, 19];

/// A full handshake goes through in the versions of the row and in no other.
fn by_s_client(row: &Row, door: &Door) -> Vec<String> {
    let mut differences = Vec::new();
    // Whoever insists on a certificate or on a shared key lets nobody through.
    let closed = row.suites.contains("psk") || row.fires.contains("client-certificate-required");
    for (version, option) in OF_OPENSSL {
        let seen = connect(door, option);
        let expected = !row.no_tls && row.versions.contains(version);
        if !closed && seen.completed != expected {
            differences.push(format!(
                "{version}: {expected} by the table, {} by s_client\n{}",
                seen.completed, seen.said
            ));
        }
        if seen.completed && row.client_certificate != seen.said.contains(ASKS) {
            differences.push(format!(
                "{version}: s_client says of a client certificate\n{}",
                seen.said
            ));
        }
        if seen.completed && version == "TLS 1.2" {
            let facts = [
                (row.extended_master_secret, "Extended master secret: yes"),
                (row.renegotiation, "Secure Renegotiation IS supported"),
            ];
            for (_, words) in facts
                .iter()
                .filter(|(row, words)| *row != seen.said.contains(words))
            {
                differences.push(format!("s_client differs on {words:?}\n{}", seen.said));
            }
        }
    }
    differences
}

/// What `s_client` says when it was asked for a certificate.
const ASKS: &str = "Acceptable client certificate CA names";

/// The names of the suites accepted in any version but SSL 2.0, which has others.
fn names(asked: &Asked) -> impl Iterator<Item = &'static str> {
    asked
        .suites
        .iter()
        .filter(|(version, _)| *version != "SSL 2.0")
        .flat_map(|(_, suites)| suites)
        .map(|number| {
            let number = u16::try_from(*number).expect("suites are two octets");
            Suite(number).name().expect("only named ones were offered")
        })
}

fn show(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}")
}
