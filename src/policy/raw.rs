//! A policy file into a policy: what differs from the policy that it extends.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::{shown, suggest};
use super::sheet::{Cell, Sheet};
use super::{HandshakeDemand, Policy, RevocationDemand, Setting, Thresholds, demand, document};
use super::{suites, thresholds as more, waiver};
use crate::model::{Citation, Group, Host, PublicKey, Severity, Standard, Verb};

/// The keys of a policy file.
pub(super) const KEYS: [&str; 19] = [
    "name",
    "version",
    "title",
    "document",
    "interpreted",
    "extends",
    "breach_from",
    "revocation",
    "dane",
    "handshake",
    "own_domains",
    "issuers",
    "allow_ports",
    "thresholds",
    "suites",
    "key_exchange",
    "certificate_keys",
    "rules",
    "waiver",
];

pub(super) const THRESHOLDS: [&str; 7] = [
    "tls_minimum",
    "prefer_implicit_tls",
    "expiry_days",
    "expiry_urgent_days",
    "rsa_bits",
    "ec_bits",
    "dh_bits",
];

/// Lets a file change a policy; every mistake is noted on the sheet.
pub(super) fn apply<'t>(
    sheet: &mut Sheet<'t>,
    table: &Spanned<DeTable<'t>>,
    policy: &mut Policy,
    known_rules: &[&'static str],
) {
    sheet.keys(table.get_ref(), &KEYS);
    let name = sheet.required(table, "name", "give the policy a name of its own");
    if let Some(name) = name.and_then(|cell| sheet.words(cell)) {
        policy.name = name.to_owned();
    }
    let version = sheet.required(table, "version", "say which edition this is, in quotes");
    if let Some(version) = version.and_then(|cell| sheet.words(cell)) {
        policy.version = version.to_owned();
    }
    let table = table.get_ref();
    document::read(sheet, table, &mut policy.document);
    if let Some(severity) = table
        .get("breach_from")
        .and_then(|cell| severity(sheet, cell))
    {
        policy.breach_from = severity;
    }
    if let Some(cell) = table.get("revocation") {
        let demands = RevocationDemand::ALL.map(|demand| (demand.word(), demand));
        policy.revocation = choice(sheet, cell, &demands).unwrap_or(policy.revocation);
    }
    if let Some(cell) = table.get("handshake") {
        let demands = HandshakeDemand::ALL.map(|demand| (demand.word(), demand));
        policy.handshake = choice(sheet, cell, &demands).unwrap_or(policy.handshake);
    }
    if let Some(flag) = table.get("dane").and_then(|cell| sheet.flag(cell)) {
        policy.dane = flag;
    }
    if let Some(cell) = table.get("own_domains") {
        policy.own_domains = sheet
            .list(cell)
            .iter()
            .filter_map(|cell| domain(sheet, cell))
            .collect();
    }
    if let Some(cell) = table.get("issuers") {
        policy.issuers = sheet
            .list(cell)
            .iter()
            .filter_map(|cell| sheet.words(cell).map(str::to_owned))
            .collect();
        if policy.own_domains.is_empty() {
            sheet.note(
                cell.span(),
                "`issuers` holds for own domains, and there are none",
                "name your domains with own_domains",
            );
        }
    }
    if let Some(cell) = table.get("allow_ports") {
        policy.allow_ports = sheet
            .list(cell)
            .iter()
            .filter_map(|cell| sheet.number(cell, 1..=65535))
            .filter_map(|port| u16::try_from(port).ok())
            .collect();
    }
    if let Some(cell) = table.get("thresholds") {
        thresholds(sheet, cell, &mut policy.thresholds);
    }
    if let Some(cell) = table.get("suites") {
        suites::read(sheet, cell, &mut policy.suites);
    }
    if let Some(cell) = table.get("key_exchange") {
        let known = Group::all().filter(|group| group.bits().is_some());
        let known: Vec<(String, Group)> = known.map(|group| (group.to_string(), group)).collect();
        demand::read(sheet, cell, &mut policy.key_exchange, "group", &known);
    }
    if let Some(cell) = table.get("certificate_keys") {
        let known = PublicKey::KINDS.map(|kind| (kind.to_owned(), kind));
        let demand = &mut policy.certificate_keys;
        demand::read(sheet, cell, demand, "kind of key", &known);
    }
    if let Some(rules) = table.get("rules").and_then(|cell| sheet.table(cell)) {
        for (key, cell) in rules {
            if sheet.enough() {
                break;
            }
            let word = key.get_ref().as_ref();
            match known_rules.iter().copied().find(|rule| *rule == word) {
                Some(rule) => setting(sheet, cell, policy.rules.entry(rule).or_default()),
                None => {
                    let what = format!("there is no rule `{}`", shown(word));
                    sheet.note(key.span(), what, suggest(word, known_rules.iter().copied()));
                }
            }
        }
    }
    if let Some(cell) = table.get("waiver") {
        policy.waivers = waiver::waivers(sheet, cell, known_rules);
    }
}

/// The thresholds that a file leaves out; a preset leaves out none.
pub(super) fn left_out(table: &DeTable<'_>) -> Vec<&'static str> {
    let said = table
        .get("thresholds")
        .and_then(|cell| cell.get_ref().as_table());
    THRESHOLDS
        .into_iter()
        .chain(more::MORE)
        .filter(|key| said.is_none_or(|said| !said.contains_key(*key)))
        .collect()
}

fn thresholds<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>, thresholds: &mut Thresholds) {
    let Some(table) = sheet.table(cell) else {
        return;
    };
    let known: Vec<&str> = THRESHOLDS.into_iter().chain(more::MORE).collect();
    sheet.keys(table, &known);
    let minimum = table.get("tls_minimum");
    if let Some(version) = minimum.and_then(|cell| more::tls(sheet, cell)) {
        thresholds.tls_minimum = version;
    }
    more::read(sheet, table, thresholds);
    if let Some(flag) = table
        .get("prefer_implicit_tls")
        .and_then(|cell| sheet.flag(cell))
    {
        thresholds.prefer_implicit_tls = flag;
    }
    for (key, value, range) in [
        ("expiry_days", &mut thresholds.expiry_days, 0..=3650),
        (
            "expiry_urgent_days",
            &mut thresholds.expiry_urgent_days,
            0..=3650,
        ),
        ("rsa_bits", &mut thresholds.rsa_bits, 1024..=16384),
        ("ec_bits", &mut thresholds.ec_bits, 160..=1024),
        ("dh_bits", &mut thresholds.dh_bits, 1024..=16384),
    ] {
        if let Some(number) = table.get(key).and_then(|cell| sheet.number(cell, range)) {
            *value = number;
        }
    }
    if thresholds.expiry_urgent_days > thresholds.expiry_days {
        sheet.note(
            cell.span(),
            "`expiry_urgent_days` is greater than `expiry_days`",
            "make the urgent window the shorter one",
        );
    }
}

fn setting<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>, setting: &mut Setting) {
    let Some(table) = sheet.table(cell) else {
        return;
    };
    sheet.keys(table, &["off", "severity", "clauses"]);
    if let Some(off) = table.get("off").and_then(|cell| sheet.flag(cell)) {
        setting.off = off;
    }
    if let Some(cell) = table.get("severity") {
        setting.severity = severity(sheet, cell);
    }
    if let Some(cell) = table.get("clauses") {
        setting.clauses = sheet
            .list(cell)
            .iter()
            .filter_map(|cell| clause(sheet, cell))
            .collect();
    }
}

fn severity<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>) -> Option<Severity> {
    let severity = sheet.words(cell)?.parse().ok();
    if severity.is_none() {
        sheet.wrong(cell, "critical, high, medium, low or info");
    }
    severity
}

/// One of three words.
fn choice<'t, T: Copy>(
    sheet: &mut Sheet<'t>,
    cell: Cell<'_, 't>,
    words: &[(&str, T); 3],
) -> Option<T> {
    let text = sheet.words(cell)?;
    let chosen = words.iter().find(|(word, _)| *word == text);
    if chosen.is_none() {
        let [(one, _), (other, _), (last, _)] = words;
        sheet.wrong(cell, &format!("{one}, {other} or {last}"));
    }
    chosen.map(|(_, value)| *value)
}

fn domain<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>) -> Option<String> {
    let host: Option<Host> = sheet.words(cell)?.parse().ok();
    let name = host.as_ref().and_then(Host::name).map(str::to_owned);
    if name.is_none() {
        sheet.wrong(cell, "a domain such as example.com");
    }
    name
}

fn clause<'t>(sheet: &mut Sheet<'t>, cell: &Spanned<DeValue<'t>>) -> Option<Citation> {
    let table = sheet.table(cell)?;
    sheet.keys(table, &["standard", "clause", "verb", "since"]);
    let (Some(standard), Some(verb)) = (table.get("standard"), table.get("verb")) else {
        sheet.wrong(
            cell,
            "{ standard = \"rfc8314\", clause = \"§4\", verb = \"should\" }",
        );
        return None;
    };
    let word = sheet.words(standard)?;
    let Some(document) = Standard::ALL.iter().copied().find(|s| s.key() == word) else {
        let what = format!("there is no standard `{}`", shown(word));
        let keys = Standard::ALL.iter().map(|standard| standard.key());
        sheet.note(standard.span(), what, suggest(word, keys));
        return None;
    };
    let word = sheet.words(verb)?;
    let Some(strength) = Verb::STRONGEST_FIRST
        .into_iter()
        .find(|verb| verb.word() == word)
    else {
        sheet.wrong(verb, "must, should, may, states or interpretation");
        return None;
    };
    let clause = match table.get("clause") {
        Some(cell) => sheet.words(cell)?.to_owned(),
        None => String::new(),
    };
    let own_since = match table.get("since") {
        Some(cell) => {
            let since = sheet.words(cell)?.parse().ok();
            if since.is_none() {
                sheet.wrong(
                    cell,
                    "a date such as \"2026-03-15\", \"2026-03\" or \"2026\"",
                );
            }
            since
        }
        None => None,
    };
    Some(Citation {
        standard: document,
        clause: clause.into(),
        verb: strength,
        own_since,
        of: None,
    })
}
