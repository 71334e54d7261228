//! `findings.csv` and `account-verdicts.csv`: RFC 4180, and no cell that a spreadsheet would run.

use std::collections::HashMap;
use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};
use jiff::Timestamp;

use crate::model::{Account, AccountId, Fix, Host, Subject, Unproven};
use crate::words::Words;

use super::escape::cell;
use super::format::WriteError;
use super::steps::Told;
use super::{FindingRow, Report};

/// Excel takes a file for UTF-8 only where it begins like this.
const BYTE_ORDER_MARK: &str = "\u{feff}";

fn writer<W: Write>(mut out: W) -> std::io::Result<Writer<W>> {
    out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    Ok(WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out))
}

fn optional(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A moment to the second, as spreadsheets read it.
fn second(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Writes `findings.csv`: one line per finding.
///
/// # Errors
///
/// What the output cannot take.
pub fn findings_csv(
    report: &Report<'_>,
    words: &Words,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let mut csv = writer(out)?;
    csv.write_record([
        "fingerprint",
        "severity",
        "rule",
        "title",
        "subject_kind",
        "subject",
        "employee",
        "email",
        "protocol",
        "host",
        "port",
        "evidence",
        "accounts",
        "reference",
        "fix_protocol",
        "fix_host",
        "fix_port",
        "fix_security",
        "proven_at",
        "not_proven",
        "waived_until",
        "waived_by",
        "complete",
    ])?;
    let source = report.source;
    let accounts = source.accounts.iter();
    let accounts: HashMap<AccountId, &Account> = accounts.map(|a| (a.id, a)).collect();
    for (finding, judged) in report.findings().zip(&source.judgement.findings) {
        let account = match &judged.subject {
            Subject::Account(id) => accounts.get(id).copied(),
            _ => None,
        };
        let place = match &judged.subject {
            Subject::Endpoint(endpoint) => Some((&endpoint.host, Some(endpoint.port))),
            _ => account.map(|account| (&account.host, account.port)),
        };
        let record = record(report, words, &finding, account, place);
        csv.write_record(record.iter().map(|text| cell(text)))?;
    }
    csv.flush()?;
    Ok(())
}

fn record(
    report: &Report<'_>,
    words: &Words,
    finding: &FindingRow<'_>,
    account: Option<&Account>,
    place: Option<(&Host, Option<u16>)>,
) -> [String; 23] {
    let person = account.map(|account| &account.person);
    let protocol = account.and_then(|account| account.protocol);
    let settings = finding
        .fix
        .client
        .as_ref()
        .and_then(|client| client.settings.as_ref());
    let reference = finding.references.first().map(super::Reference::cited);
    let waiver = finding.waiver.as_ref();
    [
        finding.fingerprint.clone(),
        finding.severity.to_owned(),
        finding.rule.to_owned(),
        words.say(&format!("{}-title", finding.rule), &[]),
        finding.subject.kind.to_owned(),
        finding.subject.id.clone(),
        optional(person.and_then(|person| person.employee.as_deref())),
        optional(person.and_then(|person| person.email.as_deref())),
        optional(protocol.map(|protocol| protocol.word())),
        optional(place.map(|(host, _)| host)),
        optional(place.and_then(|(_, port)| port)),
        finding.evidence.say(words),
        finding.accounts.to_string(),
        optional(reference),
        optional(settings.map(|settings| settings.protocol)),
        optional(settings.map(|settings| &settings.host)),
        optional(settings.map(|settings| settings.port)),
        optional(settings.map(|settings| settings.security)),
        optional(finding.fix.verified.as_ref().map(|proof| second(proof.at))),
        optional(finding.fix.why_not),
        optional(waiver.map(|waiver| &waiver.until)),
        optional(waiver.map(|waiver| waiver.approved_by)),
        report.run.complete.to_string(),
    ]
}

/// Writes `account-verdicts.csv`: one line per account, all of them.
///
/// # Errors
///
/// What the output cannot take.
pub fn account_verdicts_csv(
    report: &Report<'_>,
    words: &Words,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let mut csv = writer(out)?;
    csv.write_record([
        "account",
        "verdict",
        "reason",
        "employee",
        "email",
        "department",
        "client",
        "protocol",
        "host",
        "port",
        "security",
        "inferred",
        "findings",
        "file",
        "line",
        "fix_protocol",
        "fix_host",
        "fix_port",
        "fix_security",
        "proven_at",
        "not_proven",
        "steps",
        "complete",
    ])?;
    let mut told = Told::new(words);
    for (index, account) in report.accounts().enumerate() {
        let fix = report.fix_of(index);
        let to = fix.and_then(|fix| fix.to.as_ref());
        let place = account.sources.first();
        let record = [
            account.id,
            account.verdict.to_owned(),
            optional(account.reason),
            optional(account.employee),
            optional(account.email),
            optional(account.department),
            optional(account.client),
            optional(account.protocol),
            account.host,
            optional(account.port),
            account.security.to_owned(),
            account.inferred.join(" "),
            account.findings.join(" "),
            optional(place.map(|place| place.file)),
            optional(place.map(|place| place.line)),
            optional(to.map(|to| to.protocol.word())),
            optional(to.map(|to| &to.host)),
            optional(to.map(|to| to.port)),
            optional(to.map(|to| to.security.word())),
            optional(fix.and_then(Fix::proven_at).map(second)),
            optional(fix.and_then(Fix::not_proven).map(Unproven::word)),
            told.steps(report, index, to).to_owned(),
            report.run.complete.to_string(),
        ];
        csv.write_record(record.iter().map(|text| cell(text)))?;
    }
    csv.flush()?;
    Ok(())
}
