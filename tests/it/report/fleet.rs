//! A small fleet with one case of each kind, and any text wherever foreign text can stand.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;
use mailfleet::model::*;
use mailfleet::policy::{Policy, Setting, Thresholds};
use mailfleet::report::{Message, Source};

pub struct Fleet {
    accounts: Vec<Account>,
    rejected: Vec<Rejected>,
    inputs: Vec<InputFile>,
    observations: Observations,
    pub judgement: Judgement,
    policy: Policy,
    trust: TrustStore,
    tried: Vec<Tried>,
    text: String,
}

pub fn time(text: &str) -> Timestamp {
    text.parse().expect("an RFC 3339 time")
}

/// Words of the fleet, and the foreign text behind them.
fn joined(words: &str, text: &str) -> String {
    format!("{words} {text}").trim_end_matches(' ').to_owned()
}

fn endpoint(text: &str) -> Endpoint {
    text.parse().expect("an endpoint")
}

fn address() -> IpAddr {
    IpAddr::from([192, 0, 2, 7])
}

fn proven() -> Fix {
    let to = Settings {
        protocol: Protocol::Pop3,
        host: "mail.yourcompany.com".parse().expect("a host"),
        port: 995,
        security: Security::Tls,
    };
    Fix {
        proof: Proof::Proven {
            endpoint: to.endpoint(),
            at: time("2026-11-23T17:58:30Z"),
        },
        to: Some(to),
        idea: Some(Idea::UsedByColleagues),
    }
}

fn not_proven() -> Fix {
    Fix {
        to: None,
        idea: None,
        proof: Proof::NotProven(Unproven::NothingCompliant),
    }
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
            version: TlsVersion::TLS_1_3,
            suite: Suite(0x1302),
            group: Some(Group(0x11ec)),
            staple: None,
            millis: 31,
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
    Arc::new(CertificateFacts {
        id: CertificateId([7; 32]),
        subject: joined(&format!("CN={subject}"), text),
        common_name: Some(text.to_owned()),
        issuer: joined("CN=Example Issuing CA", text),
        serial: "0a".to_owned(),
        not_before: 1_700_000_000,
        not_after: 1_760_000_000,
        dns_names: vec![subject.to_owned(), text.to_owned()],
        ip_addresses: vec![address()],
        has_san: true,
        key: PublicKey {
            algorithm: KeyAlgorithm::Ec(text.to_owned()),
            bits: 256,
        },
        signature_oid: "1.2.840.10045.4.3.2".to_owned(),
        signature_hash: Some("SHA-256".to_owned()),
        is_ca: false,
        self_signed: false,
        issuer_urls: vec![format!("http://{text}")],
    })
}

fn chain(path: Path, name: NameMatch, text: &str) -> BTreeMap<IpAddr, Arc<ChainReport>> {
    let certificates = vec![
        Ok(certificate("smtp.old.example", text)),
        Ok(certificate("Example Issuing CA", text)),
        Err(joined("offset 12:", text)),
    ];
    BTreeMap::from([(
        address(),
        Arc::new(ChainReport {
            certificates,
            path,
            name,
        }),
    )])
}

struct Row(&'static str, Protocol, Option<u16>, Security, &'static str);

/// The fleet with `text` in every place that takes foreign text.
pub fn fleet(text: &str) -> Fleet {
    let rows = [
        Row(
            "Ma Lin",
            Protocol::Pop3,
            Some(110),
            Security::None,
            "imap.yourcompany.com",
        ),
        Row(
            "Ole Berg",
            Protocol::Pop3,
            Some(110),
            Security::None,
            "imap.yourcompany.com",
        ),
        Row(
            "陈静",
            Protocol::Pop3,
            Some(110),
            Security::None,
            "imap.yourcompany.com",
        ),
        Row(
            "Ana Ruiz",
            Protocol::Imap,
            Some(993),
            Security::Tls,
            "mail.yourcompany.com",
        ),
        Row(
            "Eve Stone",
            Protocol::Smtp,
            Some(465),
            Security::Tls,
            "smtp.old.example",
        ),
        Row(
            "Finn Hall",
            Protocol::Imap,
            Some(993),
            Security::Tls,
            "far.example",
        ),
        Row(
            "Gus Moor",
            Protocol::Imap,
            None,
            Security::Unknown,
            "mail.yourcompany.com",
        ),
        Row(
            "Hana Ito",
            Protocol::Pop3,
            Some(110),
            Security::None,
            "old.example",
        ),
    ];
    let accounts: Vec<Account> = rows
        .iter()
        .enumerate()
        .map(|(index, row)| account(index, row, text))
        .collect();
    let findings = findings(text);
    let of = |rules: &[usize]| rules.iter().map(|&rule| rule as u32).collect::<Vec<u32>>();
    let judged = |verdict, rules: &[usize]| AccountJudgement {
        verdict,
        findings: of(rules),
    };
    let judgement = Judgement {
        accounts: vec![
            judged(AccountVerdict::NonCompliant, &[2, 5]),
            judged(AccountVerdict::NonCompliant, &[3, 6]),
            judged(AccountVerdict::NonCompliant, &[4, 7]),
            judged(AccountVerdict::Compliant, &[]),
            judged(AccountVerdict::Waived, &[1, 9]),
            judged(AccountVerdict::NotVerified(Reason::Unreachable), &[10]),
            judged(AccountVerdict::NotVerified(Reason::SettingsNotStated), &[]),
            judged(AccountVerdict::NonCompliant, &[0, 8]),
        ],
        trials: vec![AccountVerdict::Compliant],
        endpoints: endpoints(text),
        waivers: waivers(text),
        findings,
    };
    let inputs = vec![InputFile {
        file: format!("accounts {text}.csv").into(),
        sha256: "5e".repeat(32),
        rows: 10,
        accepted: 8,
        rejected: 2,
        columns: ["Passwort", "note"]
            .map(|header| ColumnReading {
                header: joined(header, text),
                field: None,
                secret: header == "Passwort",
            })
            .to_vec(),
        changed_while_read: true,
    }];
    let file = inputs[0].file.clone();
    let rejected = [(4, RowFault::HostInvalid), (7, RowFault::PortInvalid)]
        .map(|(line, reason)| Rejected {
            file: file.clone(),
            line,
            reason,
        })
        .to_vec();
    Fleet {
        accounts,
        rejected,
        inputs,
        observations: observations(text),
        judgement,
        policy: policy(text),
        trust: TrustStore {
            name: joined("mozilla", text),
            sha256: "7a".repeat(32),
            certificates: 142,
        },
        tried: vec![Tried {
            settings: proven().to.expect("a proven fix has settings"),
            idea: Idea::UsedByColleagues,
            verdict: VerdictWord::Compliant,
        }],
        text: text.to_owned(),
    }
}

fn account(index: usize, row: &Row, text: &str) -> Account {
    let Row(name, protocol, port, security, host) = row;
    let cell = |value: &str| Some(Text::from(joined(value, text)));
    Account {
        id: AccountId([index as u8 + 1; 32]),
        sources: vec![mailfleet::model::Source {
            file: format!("accounts {text}.csv").into(),
            line: [2, 3, 5, 6, 8, 9, 10, 11][index],
        }],
        person: Person {
            employee: cell(name),
            email: cell(&format!("p{index}@yourcompany.com")),
            department: cell(["Production", "Sales"][index % 2]),
        },
        client: cell(["Outlook 2016", "Foxmail", "=cmd"][index % 3]),
        language: None,
        protocol: Some(*protocol),
        host: host.parse().expect("a host"),
        port: *port,
        security: *security,
        accepts_any_certificate: false,
        inferred: match security {
            Security::Tls => vec![Field::Security],
            _ => Vec::new(),
        },
    }
}

fn findings(text: &str) -> Vec<Finding> {
    let foreign = |value: &str| Value::Foreign(joined(value, text));
    let on = |place: &str| Subject::Endpoint(endpoint(place));
    let account = |index: u8| Subject::Account(AccountId([index + 1; 32]));
    let mut next = 0x00c0_ffee;
    let mut finding = |rule, subject, severity, evidence, fix| {
        next += 1;
        Finding {
            fingerprint: Fingerprint(next),
            rule,
            subject,
            severity,
            evidence: Arc::new(evidence),
            accounts: 1,
            waiver: None,
            fix,
        }
    };
    let wrong = || {
        Evidence::new()
            .with("server", foreign("imap.yourcompany.com:110"))
            .with("expected", Value::Term("POP3".to_owned()))
            .with("found", Value::Term("IMAP".to_owned()))
    };
    let clear = |place| Evidence::new().with("server", foreign(place));
    let expired = Evidence::new()
        .with("ended", time("2025-10-09T08:53:20Z"))
        .with("days", 410_i64)
        .with("subject", foreign("CN=smtp.old.example"));
    let missing = Evidence::new().with("missing", foreign("CN=Example Root"));
    let bare = Evidence::new()
        .with("server", foreign("old.example:110"))
        .with("protocol", Value::Term("POP3".to_owned()))
        .with(
            "logins",
            Value::List(vec![text.to_owned(), "USER".to_owned()]),
        );
    let gone = Evidence::new()
        .variant("timed-out")
        .with("server", foreign("far.example:993"))
        .with("host", foreign("far.example"))
        .with("phase", Value::Term("connect".to_owned()));
    let here = "imap.yourcompany.com:110";
    let mut findings = vec![
        finding(
            "no-encryption",
            on("old.example:110"),
            Severity::Critical,
            bare,
            None,
        ),
        finding(
            "cert-expired",
            on("smtp.old.example:465"),
            Severity::Critical,
            expired,
            None,
        ),
        finding(
            "wrong-protocol",
            account(0),
            Severity::High,
            wrong(),
            Some(proven()),
        ),
        finding(
            "wrong-protocol",
            account(1),
            Severity::High,
            wrong(),
            Some(proven()),
        ),
        finding(
            "wrong-protocol",
            account(2),
            Severity::High,
            wrong(),
            Some(proven()),
        ),
        finding(
            "cleartext-configured",
            account(0),
            Severity::High,
            clear(here),
            Some(proven()),
        ),
        finding(
            "cleartext-configured",
            account(1),
            Severity::High,
            clear(here),
            Some(proven()),
        ),
        finding(
            "cleartext-configured",
            account(2),
            Severity::High,
            clear(here),
            Some(proven()),
        ),
        finding(
            "cleartext-configured",
            account(7),
            Severity::High,
            clear("old.example:110"),
            Some(not_proven()),
        ),
        finding(
            "cert-chain-incomplete",
            on("smtp.old.example:465"),
            Severity::High,
            missing,
            None,
        ),
        finding(
            "unreachable",
            on("far.example:993"),
            Severity::Info,
            gone,
            None,
        ),
    ];
    for waived in [1, 9] {
        findings[waived].waiver = Some(WaiverNote {
            reason: joined("replaced in January", text),
            approved_by: joined("J. Doe", text),
            until: jiff::civil::date(2026, 12, 1),
        });
    }
    findings
}

fn endpoints(text: &str) -> BTreeMap<Endpoint, EndpointJudgement> {
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

fn waivers(text: &str) -> Vec<WaiverUse> {
    [(1, false, 2), (2, true, 0), (3, false, 0)]
        .map(|(month, expired, findings)| WaiverUse {
            rule: "cert-expired".to_owned(),
            subject: joined("smtp.old.example", text),
            reason: joined("replaced in January", text),
            approved_by: joined("J. Doe", text),
            until: jiff::civil::date(if expired { 2025 } else { 2027 }, month, 1),
            expired,
            findings,
        })
        .to_vec()
}

fn observations(text: &str) -> Observations {
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
        questions: "00".repeat(32),
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

fn policy(text: &str) -> Policy {
    let clause = Citation::new(Standard::Rfc8314, "§3", Verb::Must);
    let setting = Setting {
        clauses: vec![clause],
        ..Setting::default()
    };
    Policy {
        name: joined("rfc8314", text),
        version: joined("1", text),
        sha256: "9c".repeat(32),
        breach_from: Severity::Medium,
        thresholds: Thresholds {
            tls_minimum: TlsVersion::TLS_1_2,
            prefer_implicit_tls: true,
            expiry_days: 21,
            expiry_urgent_days: 7,
            rsa_bits: 2048,
            ec_bits: 256,
        },
        rules: BTreeMap::from([
            ("no-encryption", setting.clone()),
            ("cleartext-configured", setting),
        ]),
        own_domains: Vec::new(),
        allow_ports: Vec::new(),
        waivers: Vec::new(),
    }
}

impl Fleet {
    /// What a report of this fleet is made of.
    pub fn source(&self) -> Source<'_> {
        let text = &self.text;
        Source {
            report_id: "3f".repeat(32),
            accounts: &self.accounts,
            rejected: &self.rejected,
            inputs: &self.inputs,
            observations: &self.observations,
            judgement: &self.judgement,
            policy: &self.policy,
            trust: &self.trust,
            at: time("2026-11-23T18:00:00Z"),
            started: time("2026-11-23T17:57:00Z"),
            finished: time("2026-11-23T17:59:10Z"),
            complete: false,
            interrupted_why: Some(joined("stopped by hand", text)),
            organisation: Some(joined("Your Company Ltd", text)),
            auditor: Some(joined("J. Smith", text)),
            vantage: None,
            clock: "unchecked",
            options: BTreeMap::from([("--policy".to_owned(), joined("rfc8314", text))]),
            candidates: &self.tried,
            notes: vec![Message::new("a-value").with("value", Value::Foreign(text.clone()))],
            files: BTreeMap::from([("observations.ndjson".to_owned(), "ab".repeat(32))]),
            software: |greeting, _| match greeting.0.starts_with(b"+OK") {
                true => Software::Dovecot,
                false => Software::Unknown,
            },
            recognise: |cell| match cell {
                cell if cell.starts_with("Outlook") => ClientKind::Outlook,
                cell if cell.starts_with("Foxmail") => ClientKind::Foxmail,
                _ => ClientKind::Other,
            },
        }
    }

    /// The same as a run that came to its end.
    pub fn finished(&self) -> Source<'_> {
        Source {
            complete: true,
            interrupted_why: None,
            notes: Vec::new(),
            ..self.source()
        }
    }
}
