//! The tables of the workbook.

use rust_xlsxwriter::XlsxError;

use crate::model::{AccountVerdict, Fix, Security, Subject};
use crate::report::fixes::security_label;
use crate::report::named::places;
use crate::report::rows::said_in;
use crate::report::steps::Told;
use crate::report::{Message, Report};
use crate::words::Words;

use super::sheets::{Cell, Column, Sheets};

/// Keys of columns with their widths in characters.
fn columns(words: &Words, columns: &[(&str, u16)]) -> Vec<Column> {
    let columns = columns.iter();
    columns
        .map(|(key, width)| Column {
            title: words.say(&format!("column-{key}"), &[]),
            width: *width,
        })
        .collect()
}

/// First of all what a reader must know, then who looked and the counts.
pub(super) fn summary(
    report: &Report<'_>,
    words: &Words,
    sheets: &mut Sheets,
) -> Result<(), XlsxError> {
    let columns = columns(words, &[("what", 40), ("value", 70)]);
    let said = |key: &str| Cell::text(words.say(key, &[]));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for banner in &report.banners {
        rows.push(vec![said("banner-label"), Cell::text(banner.say(words))]);
    }
    if let Some(why) = report.run.why {
        let why = words.say(why, &[]);
        rows.push(vec![said("banner-label"), Cell::text(why)]);
    }
    let run = &report.run;
    if run.redacted {
        rows.push(vec![said("label-people"), said("people-redacted")]);
    }
    for (key, value) in [
        ("label-organisation", Cell::maybe(run.organisation)),
        ("label-started", Cell::Time(run.started)),
        ("label-finished", Cell::Time(run.finished)),
        ("label-judged", Cell::Time(run.at)),
        ("label-vantage", Cell::text(run.vantage)),
        ("label-auditor", Cell::maybe(run.auditor)),
        ("label-report-id", Cell::text(run.report_id)),
    ] {
        rows.push(vec![said(key), value]);
    }
    for policy in run.policies.iter() {
        let named = format!("{} {}", policy.name, policy.version);
        let label = match policy.decides {
            true => "label-policy",
            false => "label-compared",
        };
        rows.push(vec![said(label), Cell::text(named)]);
    }
    let (accounts, endpoints) = (&report.summary.accounts, &report.summary.endpoints);
    let findings = &report.summary.findings;
    for (key, count) in [
        ("total-rows", report.control.rows as usize),
        ("column-rejected-rows", report.control.rejected as usize),
        ("total-accounts", accounts.total),
        ("verdict-compliant", accounts.compliant),
        ("verdict-non-compliant", accounts.non_compliant),
        ("verdict-not-verified", accounts.not_verified),
        ("verdict-waived", accounts.waived),
        ("total-endpoints", endpoints.total),
        ("endpoint-reached", endpoints.reached),
        ("endpoint-unreached", endpoints.unreached),
        ("total-findings", report.sizes.findings),
        ("severity-critical", findings.critical),
        ("severity-high", findings.high),
        ("severity-medium", findings.medium),
        ("severity-low", findings.low),
        ("severity-info", findings.info),
    ] {
        rows.push(vec![said(key), Cell::from(count)]);
    }
    sheets.table(
        &words.say("heading-summary", &[]),
        &columns,
        rows.into_iter(),
    )
}

/// One row per finding.
pub(super) fn findings(
    report: &Report<'_>,
    words: &Words,
    sheets: &mut Sheets,
) -> Result<(), XlsxError> {
    let columns = columns(
        words,
        &[
            ("severity", 10),
            ("rule", 24),
            ("title", 40),
            ("subject", 32),
            ("employee", 20),
            ("email", 28),
            ("protocol", 12),
            ("host", 30),
            ("port", 8),
            ("evidence", 70),
            ("accounts", 10),
            ("clause", 20),
            ("until", 14),
            ("approved", 20),
            ("waiver-reason", 30),
            ("fingerprint", 20),
        ],
    );
    let source = report.source;
    let places = places(source.accounts);
    let rows = report.findings().zip(&source.judgement.findings);
    let rows = rows.map(|(row, finding)| {
        let account = match &finding.subject {
            Subject::Account(id) => places.get(id).map(|&index| &source.accounts[index]),
            _ => None,
        };
        let person = account.map(|account| &account.person);
        let protocol = account.and_then(|account| account.protocol);
        let place = match &finding.subject {
            Subject::Endpoint(endpoint) => Some((&endpoint.host, Some(endpoint.port))),
            _ => account.map(|account| (&account.host, account.port)),
        };
        let waiver = row.waiver.as_ref();
        vec![
            Cell::text(words.say(&format!("severity-{}", row.severity), &[])),
            Cell::text(row.rule),
            Cell::text(words.say(&format!("{}-title", row.rule), &[])),
            Cell::text(&row.subject.id),
            Cell::maybe(person.and_then(|person| person.employee.as_deref())),
            Cell::maybe(person.and_then(|person| person.email.as_deref())),
            Cell::maybe(protocol.map(|protocol| protocol.name())),
            Cell::maybe(place.map(|(host, _)| host.to_string())),
            place
                .and_then(|(_, port)| port)
                .map_or(Cell::Blank, port_cell),
            Cell::text(said_in(finding, words)),
            Cell::from(row.accounts),
            Cell::maybe(row.references.first().map(|reference| reference.cited())),
            Cell::maybe(waiver.map(|waiver| &waiver.until)),
            Cell::maybe(waiver.map(|waiver| waiver.approved_by)),
            Cell::maybe(waiver.map(|waiver| waiver.reason)),
            Cell::text(row.fingerprint),
        ]
    });
    sheets.table(&words.say("heading-findings", &[]), &columns, rows)
}

/// One row per account, with what its person changes.
pub(super) fn accounts(
    report: &Report<'_>,
    words: &Words,
    sheets: &mut Sheets,
) -> Result<(), XlsxError> {
    let columns = columns(
        words,
        &[
            ("verdict", 16),
            ("reason", 30),
            ("employee", 20),
            ("email", 28),
            ("department", 18),
            ("client", 16),
            ("protocol", 12),
            ("host", 30),
            ("port", 8),
            ("security", 16),
            ("rules", 40),
            ("file", 20),
            ("line", 8),
            ("new-protocol", 12),
            ("new-host", 30),
            ("new-port", 8),
            ("new-security", 12),
            ("proven", 18),
            ("not-proven", 40),
            ("steps", 80),
            ("account-id", 24),
        ],
    );
    let source = report.source;
    let merged = words.say("group-merged", &[]);
    let group = |name| match name {
        Some(name) if source.is_merged(name) => Some(merged.as_str()),
        name => name,
    };
    let mut told = Told::new(words);
    let rows = report.accounts().enumerate().map(|(index, account)| {
        let judged = &source.judgement.accounts[index];
        let reason = match judged.verdict {
            AccountVerdict::NotVerified(reason) => {
                Some(words.say(&format!("reason-{}", reason.word()), &[]))
            }
            _ => None,
        };
        let place = account.sources.first();
        let fix = report.fix_of(index);
        let to = fix.and_then(|fix| fix.to.as_ref());
        let label = |security: Security| match security {
            Security::Tls | Security::Starttls => security_label(security).to_owned(),
            other => words.say(&format!("mode-{}", other.word()), &[]),
        };
        vec![
            Cell::text(words.say(&format!("verdict-{}", account.verdict), &[])),
            Cell::maybe(reason),
            Cell::maybe(account.employee),
            Cell::maybe(account.email),
            Cell::maybe(group(account.department)),
            Cell::maybe(group(account.client)),
            Cell::maybe(source.accounts[index].protocol.map(|p| p.name())),
            Cell::text(account.host),
            account.port.map_or(Cell::Blank, port_cell),
            Cell::text(words.say(&format!("mode-{}", account.security), &[])),
            rules(report, &judged.findings),
            Cell::maybe(place.map(|place| place.file)),
            place.map_or(Cell::Blank, |place| Cell::Number(place.line)),
            Cell::maybe(to.map(|to| to.protocol.name())),
            Cell::maybe(to.map(|to| to.host.to_string())),
            to.map_or(Cell::Blank, |to| port_cell(to.port)),
            Cell::maybe(to.map(|to| label(to.security))),
            fix.and_then(Fix::proven_at).map_or(Cell::Blank, Cell::Time),
            Cell::maybe(fix.and_then(|fix| not_proven(fix, words))),
            Cell::text(told.steps(report, index, to)),
            Cell::text(account.id),
        ]
    });
    sheets.table(&words.say("heading-accounts", &[]), &columns, rows)
}

/// The rules behind some findings, each once, the worst first.
fn rules(report: &Report<'_>, findings: &[u32]) -> Cell {
    let mut rules: Vec<&str> = Vec::new();
    for &finding in findings {
        let rule = report.source.judgement.findings[finding as usize].rule;
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    Cell::text(rules.join(" "))
}

fn port_cell(port: u16) -> Cell {
    Cell::Number(port.into())
}

fn not_proven(fix: &Fix, words: &Words) -> Option<String> {
    let why = fix.not_proven()?;
    Some(words.say(&format!("fix-not-proven-{}", why.word()), &[]))
}

/// One row per endpoint.
pub(super) fn endpoints(
    report: &Report<'_>,
    words: &Words,
    sheets: &mut Sheets,
) -> Result<(), XlsxError> {
    let columns = columns(
        words,
        &[
            ("endpoint", 36),
            ("protocol", 12),
            ("reached", 14),
            ("accounts", 10),
            ("addresses", 40),
            ("visited", 18),
            ("worst", 14),
            ("rules", 60),
        ],
    );
    let source = report.source;
    let judged = source.judgement.endpoints.values();
    let rows = report.endpoints().zip(judged).map(|(row, judged)| {
        let reached = match row.reached {
            true => "endpoint-reached",
            false => "endpoint-unreached",
        };
        let visits = row.addresses.iter();
        let addresses: Vec<String> = visits.map(|visit| visit.address.to_string()).collect();
        let visited = row.addresses.iter().map(|visit| visit.at).min();
        vec![
            Cell::text(row.id),
            Cell::maybe(row.protocol),
            Cell::text(words.say(reached, &[])),
            Cell::from(row.accounts),
            Cell::text(addresses.join(" ")),
            visited.map_or(Cell::Blank, Cell::Time),
            Cell::maybe(
                row.worst
                    .map(|worst| words.say(&format!("severity-{}", worst.word()), &[])),
            ),
            rules(report, &judged.findings),
        ]
    });
    sheets.table(&words.say("heading-endpoints", &[]), &columns, rows)
}

/// One row per certificate, the one that ends first on top.
pub(super) fn calendar(
    report: &Report<'_>,
    words: &Words,
    sheets: &mut Sheets,
) -> Result<(), XlsxError> {
    let columns = columns(
        words,
        &[
            ("ends", 18),
            ("left", 20),
            ("certificate", 40),
            ("issuer", 40),
            ("endpoint", 60),
            ("people", 10),
            ("sha256", 24),
        ],
    );
    let rows = report.endings.iter().map(|ending| {
        let mut endpoints = ending.endpoints.join(" ");
        if ending.endpoints_beyond > 0 {
            let beyond = Message::new("calendar-beyond").with("beyond", ending.endpoints_beyond);
            endpoints = format!("{endpoints} {}", beyond.say(words));
        }
        vec![
            Cell::Time(ending.ends),
            Cell::text(ending.left.say(words)),
            Cell::text(&ending.subject),
            Cell::text(&ending.issuer),
            Cell::text(endpoints),
            Cell::from(ending.people),
            Cell::text(&ending.certificate),
        ]
    });
    sheets.table(&words.say("sheet-calendar", &[]), &columns, rows)
}
