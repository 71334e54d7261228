//! A small fleet with one case of each kind, and any text wherever foreign text can stand.

mod judged;
mod seen;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use mailfleet::judge::{Under, contrast, counts};
use mailfleet::model::*;
use mailfleet::policy::{
    Approved, Demand, Document, HandshakeDemand, Policy, RevocationDemand, Setting, SuiteDemand,
    Thresholds, WaiverTerms,
};
use mailfleet::report::{Course, Message, PolicyRow, Presentation, Source, TitledContrast};
use mailfleet::rules::RULES;

use judged::{findings, waivers};
use seen::{endpoints, observations};

pub struct Fleet {
    pub accounts: Vec<Account>,
    rejected: Vec<Rejected>,
    inputs: Vec<InputFile>,
    pub observations: Observations,
    pub judgement: Judgement,
    pub policy: Policy,
    others: [Policy; 1],
    other_counts: PolicyCounts,
    contrast: Contrast,
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

pub fn proven() -> Fix {
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
        excused: Vec::new(),
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
        groups: Vec::new(),
        waivers: waivers(text),
        findings,
        answered: answered(),
    };
    let policy = policy(text);
    let (others, other_counts, contrast) = compared(&accounts, &judgement, &policy, text);
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
                usage: match header {
                    "Passwort" => ColumnUsage::Secret,
                    _ => ColumnUsage::Unknown,
                },
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
        other_counts,
        others,
        contrast,
        policy,
        trust: TrustStore {
            name: joined("mozilla", text),
            sha256: "7a".repeat(32),
            certificates: 142,
            newest: Some(time("2025-04-01T00:00:00Z")),
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
        sources: vec![mailfleet::model::Place {
            file: format!("accounts {text}.csv").into(),
            line: [2, 3, 5, 6, 8, 9, 10, 11][index],
        }],
        person: Person {
            employee: cell(name),
            email: cell(&format!("p{index}@yourcompany.com")),
            department: cell(["Production", "Sales"][index % 2]),
        },
        other_departments: Vec::new(),
        client: cell(["Outlook 2016", "Foxmail", "=cmd"][index % 3]),
        language: [None, Some("zh-CN"), Some("fr")][index % 3].map(Text::from),
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
        extends: None,
        document: Document::default(),
        breach_from: Severity::Medium,
        thresholds: Thresholds {
            tls_minimum: TlsVersion::TLS_1_2,
            tls_oldest: TlsVersion::TLS_1_2,
            prefer_implicit_tls: true,
            expiry_days: 21,
            expiry_urgent_days: 7,
            rsa_bits: 2048,
            rsa_advised_bits: 2048,
            ec_bits: 256,
            dh_bits: 2048,
            validity_days: None,
            validity_advised_days: None,
        },
        rules: BTreeMap::from([
            ("no-encryption", setting.clone()),
            ("cleartext-configured", setting),
        ]),
        own_domains: Vec::new(),
        issuers: Vec::new(),
        allow_ports: Vec::new(),
        approved: Approved::default(),
        groups: Vec::new(),
        waiver_terms: WaiverTerms::default(),
        next: None,
        without_papers: std::collections::BTreeSet::new(),
        suites: SuiteDemand::default(),
        key_exchange: Demand::default(),
        certificate_keys: Demand::default(),
        handshake: HandshakeDemand::Tls,
        revocation: RevocationDemand::IfStapled,
        dane: false,
        waivers: Vec::new(),
    }
}

/// Two rules could not be decided at one of two places, and of one the run asked nothing at two more;
/// the others found everything in order.
fn answered() -> Vec<Answered> {
    RULES
        .iter()
        .map(|rule| Answered {
            rule: rule.id,
            compliant: 1,
            undetermined: usize::from(["tls-version-obsolete", "no-aead"].contains(&rule.id)),
            unasked: 2 * usize::from(rule.id == "cipher-outside-policy"),
        })
        .collect()
}

/// Another policy, what it makes of the accounts, and who would fail by it.
fn compared(
    accounts: &[Account],
    judgement: &Judgement,
    policy: &Policy,
    text: &str,
) -> ([Policy; 1], PolicyCounts, Contrast) {
    let (other, then) = stricter(policy, judgement, text);
    let under = |judgement, policy| Under {
        judgement,
        policy,
        at: time("2026-11-23T18:00:00Z"),
    };
    let contrast = contrast(accounts, &under(judgement, policy), &under(&then, &other));
    ([other], counts(accounts, &then), contrast)
}

/// A policy that Ana Ruiz's server breaks besides, that does not ask whether keys are weak, and
/// that leaves one account without a verdict.
fn stricter(policy: &Policy, judged: &Judgement, text: &str) -> (Policy, Judgement) {
    let stricter = Policy {
        name: joined("stricter", text),
        version: joined("2", text),
        sha256: "1d".repeat(32),
        ..policy.clone()
    };
    let mut then = judged.clone();
    then.answered
        .retain(|answered| answered.rule != "cert-weak-key");
    let mut answered = then.answered.iter_mut();
    if let Some(obsolete) = answered.find(|answered| answered.rule == "tls-version-obsolete") {
        obsolete.undetermined += 1;
    }
    let place = endpoint("mail.yourcompany.com:993");
    let number = then.findings.len() as u32;
    then.findings.push(Finding {
        fingerprint: Fingerprint(0x00de_caff),
        rule: "tls-version-outdated",
        subject: Subject::Endpoint(place.clone()),
        severity: Severity::Medium,
        breach: true,
        evidence: std::sync::Arc::new(
            Evidence::new()
                .with(
                    "server",
                    Value::Foreign(joined("mail.yourcompany.com:993", text)),
                )
                .with("version", Value::Term("TLS 1.2".to_owned()))
                .with("minimum", Value::Term("TLS 1.3".to_owned())),
        ),
        accounts: 1,
        waiver: None,
        fix: None,
    });
    let judged = then
        .endpoints
        .get_mut(&place)
        .expect("an endpoint of the fleet");
    judged.findings.push(number);
    then.accounts[3].verdict = AccountVerdict::NonCompliant;
    then.accounts[3].findings.push(number);
    then.accounts[4].verdict = AccountVerdict::NotVerified(Reason::Unreachable);
    let judged = then.endpoints.get_mut(&endpoint("smtp.old.example:465"));
    let judged = judged.expect("an endpoint of the fleet");
    judged
        .undetermined
        .push(("tls-handshake-fails", Reason::Unreachable));
    (stricter, then)
}

impl Fleet {
    /// Makes the fourth account state its security and leave its protocol open.
    pub fn infer_only_the_protocol(&mut self) {
        self.accounts[3].inferred = vec![Field::Protocol];
    }

    /// A row more, which says what the first one says.
    pub fn merge_a_row(&mut self) {
        let mut again = self.accounts[0].sources[0].clone();
        again.line = 12;
        self.accounts[0].sources.push(again);
        self.inputs[0].rows += 1;
        self.inputs[0].accepted += 1;
    }

    /// So many accounts more, with findings of every rule and all reasons in turn, and a certificate each.
    pub fn grow(&mut self, more: usize) {
        let chains = self.judgement.endpoints[&endpoint("mail.yourcompany.com:993")].clone();
        for index in 0..more {
            let number = u32::try_from(index).expect("a small fleet");
            let mut id = [0xab; 32];
            id[..4].copy_from_slice(&number.to_be_bytes());
            let mut account = self.accounts[index % 8].clone();
            account.id = AccountId(id);
            account.sources[0].line = 100 + u64::from(number);
            let finding = Finding {
                fingerprint: Fingerprint(u64::from(number) << 32),
                rule: RULES[index % RULES.len()].id,
                subject: Subject::Account(account.id),
                severity: Severity::WORST_FIRST[index % 5],
                ..self.judgement.findings[index % 11].clone()
            };
            self.judgement.accounts.push(AccountJudgement {
                excused: Vec::new(),
                verdict: match index % 3 {
                    0 => AccountVerdict::NonCompliant,
                    1 => AccountVerdict::Compliant,
                    _ => AccountVerdict::NotVerified(Reason::ALL[index % Reason::ALL.len()]),
                },
                findings: vec![self.judgement.findings.len() as u32],
            });
            self.judgement.findings.push(finding);
            self.accounts.push(account);
            let mut judged = chains.clone();
            for chain in judged.chains.values_mut().flatten() {
                chain.report = Arc::new(ChainReport {
                    certificates: vec![Ok(Arc::new(CertificateFacts {
                        id: CertificateId(id),
                        ..chain.report.leaf().expect("a leaf").clone()
                    }))],
                    ..(*chain.report).clone()
                });
            }
            let place = endpoint(&format!("h{index}.example:993"));
            self.judgement.endpoints.insert(place, judged);
        }
        self.inputs[0].rows += more as u64;
        self.inputs[0].accepted += more as u64;
        (self.others, self.other_counts, self.contrast) =
            compared(&self.accounts, &self.judgement, &self.policy, &self.text);
    }

    /// Puts the accounts into so many departments in turn.
    pub fn spread_over_departments(&mut self, departments: usize) {
        for (index, account) in self.accounts.iter_mut().enumerate() {
            let name = format!("Department {}", index % departments);
            account.person.department = Some(Text::from(name));
        }
    }

    /// Lets the policy cite a clause for the worst rule.
    pub fn cite(&mut self, clause: Citation) {
        let setting = self.policy.rules.get_mut("no-encryption");
        setting.expect("a rule of the policy").clauses.push(clause);
    }

    /// Makes every account one that could not be verified.
    pub fn verify_nothing(&mut self) {
        for judged in &mut self.judgement.accounts {
            judged.verdict = AccountVerdict::NotVerified(Reason::Unreachable);
        }
    }

    fn counts(&self) -> [PolicyCounts; 2] {
        [
            counts(&self.accounts, &self.judgement),
            self.other_counts.clone(),
        ]
    }

    /// What a report of this fleet is made of.
    pub fn source(&self) -> Source<'_> {
        let text = &self.text;
        Source {
            report_id: "3f".repeat(32),
            observations_head: "5e".repeat(32),
            accounts: &self.accounts,
            rejected: &self.rejected,
            inputs: &self.inputs,
            observations: &self.observations,
            judgement: &self.judgement,
            policies: PolicyRow::all(
                std::iter::once(&self.policy).chain(&self.others),
                &self.counts(),
                time("2026-11-23T18:00:00Z"),
            ),
            counts: self.counts().to_vec(),
            tried: vec![PolicyRow::tried(
                &self.others[0],
                time("2026-11-23T18:00:00Z"),
            )],
            contrasts: vec![TitledContrast::if_held(&self.others[0], &self.contrast)],
            trust: &self.trust,
            at: time("2026-11-23T18:00:00Z"),
            course: Course {
                started: time("2026-11-23T17:57:00Z"),
                finished: time("2026-11-23T17:59:10Z"),
                complete: false,
                ended_by: Some(EndedBy::Signal),
                options: BTreeMap::from([("--policy".to_owned(), joined("rfc8314", text))]),
                connections: self.observations.connections(),
            },
            organisation: Some(joined("Your Company Ltd", text)),
            auditor: Some(joined("J. Smith", text)),
            vantage: None,
            redacted: false,
            clock: Clock::Unchecked,
            candidates: &self.tried,
            notes: vec![
                Message::new("note-group-empty").with("group", Value::Foreign(text.clone())),
            ],
            files: BTreeMap::from([("observations.ndjson".to_owned(), "ab".repeat(32))]),
            presentation: Presentation::default(),
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

    /// Findings as the verdicts have them, however the fleet was changed.
    pub fn agree(&mut self) {
        for judged in &self.judgement.accounts {
            for number in &judged.findings {
                let finding = &mut self.judgement.findings[*number as usize];
                match judged.verdict {
                    AccountVerdict::NonCompliant => {
                        finding.breach = true;
                        finding.waiver = None;
                    }
                    AccountVerdict::Waived => finding.breach = true,
                    _ => finding.breach = false,
                }
            }
        }
    }

    /// The same as a run that came to its end.
    pub fn finished(&self) -> Source<'_> {
        let source = self.source();
        Source {
            course: Course {
                complete: true,
                ended_by: None,
                ..source.course
            },
            notes: Vec::new(),
            ..source
        }
    }

    /// The same by one policy only.
    pub fn alone(&self) -> Source<'_> {
        let mut source = self.source();
        source.policies.truncate(1);
        source.tried.clear();
        source.counts.truncate(1);
        source.contrasts.clear();
        source
    }
}
