//! Accounts with their verdicts, and the rows that gave none.

use std::collections::HashMap;

use serde::Deserialize;

use crate::model::{
    Account, AccountJudgement, AccountVerdict, Excuse, Field, Fingerprint, Host, Person, Place,
    Protocol, Reason, Rejected, RowFault, Security, Text, VerdictWord,
};

use super::findings::{Numbers, number_of};
use super::rows::{Gather, Texts};

/// The accounts in their order, with what was settled of each.
#[derive(Default)]
pub(super) struct Accounts {
    pub(super) accounts: Vec<Account>,
    judged: Vec<Judged>,
    texts: Texts,
    hosts: HashMap<String, Host>,
}

/// What was settled of an account, its findings by fingerprint.
struct Judged {
    verdict: AccountVerdict,
    findings: Vec<Fingerprint>,
    accepted: Vec<(Fingerprint, usize)>,
}

#[derive(Deserialize)]
pub(super) struct AccountPart {
    id: String,
    sources: Vec<PlacePart>,
    employee: Option<String>,
    email: Option<String>,
    department: Option<String>,
    client: Option<String>,
    protocol: Option<Protocol>,
    host: String,
    port: Option<u16>,
    security: Security,
    inferred: Vec<Field>,
    #[serde(default)]
    language: Option<String>,
    verdict: VerdictWord,
    reason: Option<Reason>,
    findings: Vec<String>,
    #[serde(default)]
    accepted: Vec<AcceptedPart>,
}

#[derive(Deserialize)]
struct PlacePart {
    file: String,
    line: u64,
}

#[derive(Deserialize)]
struct AcceptedPart {
    finding: String,
    waiver: usize,
}

/// A verdict, with its reason where it has to have one.
pub(super) fn verdict(
    word: VerdictWord,
    reason: Option<Reason>,
) -> Result<AccountVerdict, &'static str> {
    Ok(match word {
        VerdictWord::Compliant => AccountVerdict::Compliant,
        VerdictWord::NonCompliant => AccountVerdict::NonCompliant,
        VerdictWord::Waived => AccountVerdict::Waived,
        VerdictWord::NotVerified => AccountVerdict::NotVerified(
            reason.ok_or("an account is not verified without a reason")?,
        ),
    })
}

impl Gather for Accounts {
    type Row = AccountPart;

    fn take(&mut self, row: AccountPart) -> Result<(), String> {
        if row.port == Some(0) {
            return Err("an account has port 0".to_owned());
        }
        let texts = &mut self.texts;
        let host = match self.hosts.get(&row.host) {
            Some(host) => host.clone(),
            None => {
                let host: Host = row.host.parse().map_err(|error| format!("{error}"))?;
                self.hosts.insert(row.host, host.clone());
                host
            }
        };
        let places = row.sources.into_iter().map(|place| Place {
            file: texts.shared(place.file),
            line: place.line,
        });
        self.accounts.push(Account {
            id: row.id.parse()?,
            sources: places.collect(),
            person: Person {
                employee: row.employee.map(Text::from),
                email: row.email.map(Text::from),
                department: row.department.map(|text| texts.shared(text)),
            },
            other_departments: Vec::new(),
            client: row.client.map(|text| texts.shared(text)),
            language: row.language.map(|text| texts.shared(text)),
            protocol: row.protocol,
            host,
            port: row.port,
            security: row.security,
            accepts_any_certificate: false,
            inferred: row.inferred,
        });
        let findings = row.findings.iter().map(|text| text.parse());
        let accepted = row.accepted.iter();
        let accepted = accepted.map(|one| Ok((one.finding.parse()?, one.waiver)));
        self.judged.push(Judged {
            verdict: verdict(row.verdict, row.reason)?,
            findings: findings.collect::<Result<_, _>>()?,
            accepted: accepted.collect::<Result<_, &str>>()?,
        });
        Ok(())
    }
}

impl Accounts {
    /// The accounts, and what was settled of each.
    pub(super) fn settled(
        self,
        numbers: &Numbers,
        waivers: usize,
    ) -> Result<(Vec<Account>, Vec<AccountJudgement>), String> {
        let judged = self.judged.into_iter().map(|judged| {
            let findings = judged.findings.into_iter();
            let accepted =
                judged
                    .accepted
                    .into_iter()
                    .map(|(finding, waiver)| match waiver < waivers {
                        true => Ok(Excuse {
                            finding: number_of(numbers, finding)?,
                            waiver,
                        }),
                        false => Err("an exception is named that is not listed".to_owned()),
                    });
            let mut excused = accepted.collect::<Result<Vec<Excuse>, String>>()?;
            excused.sort();
            Ok(AccountJudgement {
                verdict: judged.verdict,
                findings: findings
                    .map(|named| number_of(numbers, named))
                    .collect::<Result<_, _>>()?,
                excused,
            })
        });
        Ok((self.accounts, judged.collect::<Result<_, String>>()?))
    }
}

/// The rows that gave no account.
#[derive(Default)]
pub(super) struct RejectedRows {
    pub(super) rows: Vec<Rejected>,
    texts: Texts,
}

#[derive(Deserialize)]
pub(super) struct RejectedPart {
    file: String,
    line: u64,
    reason: RowFault,
}

impl Gather for RejectedRows {
    type Row = RejectedPart;

    fn take(&mut self, row: RejectedPart) -> Result<(), String> {
        self.rows.push(Rejected {
            file: self.texts.shared(row.file),
            line: row.line,
            reason: row.reason,
        });
        Ok(())
    }
}
