//! What was seen of the small fleet.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use mailfleet::model::*;

use super::{endpoint, joined, time};

fn address() -> IpAddr {
    IpAddr::from([192, 0, 2, 7])
}

fn visited(place: &str, greeting: &str, spoken: Spoken, text: &str) -> Visited {
    let raw = |line: &str| Raw([joined(line, text).as_bytes(), b"\xff\xfe"].concat());
    let gap = Gap::new(Phase::Handshake, Cause::Turned(raw("454")));
    Visited {
        connected: Fact::Seen(Connected {
            local: IpAddr::from([192, 0, 2, 200]),
            millis: 12,
        }),
        opening: Fact::Seen(Opening::ClearText),
        greeting: Fact::Seen(Greeting {
            spoken,
            kind: GreetingKind::Ready,
            raw: raw(greeting),
        }),
        capabilities: Fact::Seen(Capabilities {
            lines: vec![raw("CAPA"), Raw(b"USER".to_vec())],
            ..Capabilities::default()
        }),
        starttls: Fact::Seen(StartTls {
            announced: false,
            accepted: false,
            reply: raw("-ERR"),
            trailing: Raw::default(),
        }),
        tls: Fact::Unknown(gap.clone()),
        chain: Fact::Unknown(gap),
        capabilities_in_tls: Fact::NotAsked(Skip::NotApplicable),
        millis: 240,
        connections: 2,
        limits: vec![Limit::Line],
        ..Visited::unseen(
            endpoint(place),
            address(),
            AskedFor::Listed,
            time("2026-11-23T17:57:12Z"),
            Gap::new(Phase::Connect, Cause::NotVisited),
        )
    }
}

fn inside_tls(place: &str, greeting: &str, spoken: Spoken, text: &str) -> Visited {
    Visited {
        opening: Fact::Seen(Opening::Tls),
        capabilities: Fact::NotAsked(Skip::NotApplicable),
        starttls: Fact::NotAsked(Skip::NotApplicable),
        tls: Fact::Seen(TlsSession {
            group: Some(NamedGroup(0x11ec)),
            millis: 31,
            ..TlsSession::new(TlsVersion::TLS_1_3, Suite(0x1302))
        }),
        chain: Fact::Seen(vec![CertificateId([7; 32])]),
        capabilities_in_tls: Fact::Seen(Capabilities {
            lines: vec![Raw(b"SASL PLAIN".to_vec()), Raw(text.as_bytes().to_vec())],
            ..Capabilities::default()
        }),
        limits: Vec::new(),
        ..visited(place, greeting, spoken, text)
    }
}

fn certificate(subject: &str, text: &str) -> Arc<CertificateFacts> {
    let key = PublicKey {
        algorithm: KeyAlgorithm::Ec(text.to_owned()),
        bits: 256,
    };
    Arc::new(CertificateFacts {
        subject: joined(&format!("CN={subject}"), text),
        common_name: Some(text.to_owned()),
        issuer: joined("CN=Example Issuing CA", text),
        serial: "0a".to_owned(),
        not_before: 1_700_000_000,
        not_after: 1_760_000_000,
        dns_names: vec![subject.to_owned(), text.to_owned()],
        ip_addresses: vec![address()],
        has_san: true,
        key_id: KeyId([9; 32]),
        signature_oid: "1.2.840.10045.4.3.2".to_owned(),
        signature_hash: Some("SHA-256".to_owned()),
        issuer_urls: vec![format!("http://{text}")],
        ..CertificateFacts::blank(CertificateId([7; 32]), key)
    })
}

/// The chain of the first handshake, and the same again as that of another.
fn chain(path: Path, name: NameMatch, text: &str) -> BTreeMap<IpAddr, Vec<JudgedChain>> {
    let certificates = vec![
        Ok(certificate("smtp.old.example", text)),
        Ok(certificate("Example Issuing CA", text)),
        Err(Phrase::new("malformed-field")
            .with("field", Value::Foreign(text.to_owned()))
            .count("at", 12)),
    ];
    let report = Arc::new(ChainReport {
        certificates,
        path,
        public_root: false,
        name,
    });
    let highest = TlsVersion::TLS_1_1;
    let handshakes = [Handshake::First, Handshake::Hello { highest }];
    let shown = handshakes.map(|handshake| JudgedChain {
        handshake,
        report: Arc::clone(&report),
        attested: attested(),
    });
    BTreeMap::from([(address(), shown.to_vec())])
}

/// What others say of a certificate.
fn attested() -> Attested {
    Attested {
        dane: Dane::Unproven,
        scts: Scts {
            embedded: SctList::Count(2),
            stapled: SctList::Unreadable,
            handshake: SctList::Unseen,
        },
        ..Attested::default()
    }
}

pub fn endpoints(text: &str) -> BTreeMap<Endpoint, EndpointJudgement> {
    let judged = |findings: &[u32], accounts, chains| EndpointJudgement {
        findings: findings.to_vec(),
        accounts,
        chains,
        ..EndpointJudgement::default()
    };
    let holds = Path::Holds {
        root: joined("CN=Example Root", text),
        through: vec![text.to_owned()],
    };
    let missing = Path::Incomplete {
        missing: joined("CN=Example Root", text),
        url: Some(text.to_owned()),
        elsewhere: None,
    };
    let matches = NameMatch::Matches(joined("mail.yourcompany.com", text));
    BTreeMap::from([
        (
            endpoint("imap.yourcompany.com:110"),
            judged(&[], 3, BTreeMap::new()),
        ),
        (
            endpoint("mail.yourcompany.com:993"),
            judged(&[], 1, chain(holds, matches, text)),
        ),
        (
            endpoint("smtp.old.example:465"),
            judged(&[1, 9], 1, chain(missing, NameMatch::Differs, text)),
        ),
        (
            endpoint("far.example:993"),
            judged(&[10], 1, BTreeMap::new()),
        ),
        (
            endpoint("old.example:110"),
            judged(&[0], 1, BTreeMap::new()),
        ),
    ])
}

pub fn observations(text: &str) -> Observations {
    let mut seen = Observations::default();
    seen.add(Observation::Run(RunHeader {
        schema: "mailfleet.observations/1".to_owned(),
        version: "0.1.0".to_owned(),
        run_id: "0123456789abcdef0123456789abcdef".to_owned(),
        started: time("2026-11-23T17:57:00Z"),
        vantage: joined("head office", text),
        resolver: joined("192.0.2.53", text),
        depth: "standard".to_owned(),
        limits: BTreeMap::from([("connect".to_owned(), joined("5 s", text))]),
        options: BTreeMap::new(),
        questions: "00".repeat(32),
    }));
    let vantage = |gateway: String| Vantage {
        at: time("2026-11-23T17:57:00Z"),
        addresses: vec![address()],
        resolvers: Vec::new(),
        gateway: Fact::Seen(gateway),
    };
    seen.add(Observation::Vantage(vantage("c0ffee".to_owned())));
    seen.add(Observation::VantageEnd(vantage(joined("c0ffee", text))));
    seen.add(Observation::ResolverTried(ResolverTried {
        at: time("2026-11-23T17:57:01Z"),
        names: vec![joined("no-such-name.com", text)],
        invented: Fact::Seen(vec![address()]),
    }));
    for visit in [
        visited(
            "imap.yourcompany.com:110",
            "* OK IMAP4rev1 ready",
            Spoken::Imap,
            text,
        ),
        visited("old.example:110", "+OK POP3 ready", Spoken::Pop3, text),
        inside_tls(
            "mail.yourcompany.com:993",
            "* OK Dovecot ready.",
            Spoken::Imap,
            text,
        ),
        inside_tls(
            "smtp.old.example:465",
            "220 COMPLIANT ESMTP",
            Spoken::Smtp,
            text,
        ),
        Visited::unseen(
            endpoint("far.example:993"),
            address(),
            AskedFor::Listed,
            time("2026-11-23T17:57:40Z"),
            Gap::new(Phase::Connect, Cause::Local(text.to_owned())),
        ),
    ] {
        seen.add(Observation::Visited(Box::new(visit)));
    }
    seen
}
