//! A policy file into a policy: what differs from the policy that it extends.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::{shown, suggest};
use super::sheet::{Cell, Sheet};
use super::{
    HandshakeDemand, Policy, RevocationDemand, Setting, approved, demand, document, suites,
    thresholds, waiver,
};
use crate::model::{Citation, Host, NamedGroup, PublicKey, Severity, Standard, Verb};

/// The keys of a policy file that hold for everybody and on every day.
pub(super) const KEYS: [&str; 15] = [
    "name",
    "version",
    "title",
    "document",
    "interpreted",
    "extends",
    "revocation",
    "dane",
    "own_domains",
    "issuers",
    "allow_ports",
    "from",
    "group",
    "waivers",
    "waiver",
];

/// The keys that may also begin on a day, or hold for a group.
pub(super) const SETTINGS: [&str; 9] = [
    "breach_from",
    "handshake",
    "approved_servers",
    "approved_domains",
    "thresholds",
    "suites",
    "key_exchange",
    "certificate_keys",
    "rules",
];

/// The keys of what is said of one rule.
pub(super) const OF_RULES: [&str; 3] = ["off", "severity", "clauses"];

/// The keys of a clause.
pub(super) const OF_CLAUSES: [&str; 4] = ["standard", "clause", "verb", "since"];

/// The keys of a table that holds settings and these.
pub(super) fn settings_and(keys: &[&'static str]) -> Vec<&'static str> {
    keys.iter().chain(&SETTINGS).copied().collect()
}

/// Lets a file change a policy; every mistake is noted on the sheet.
pub(super) fn apply<'t>(
    sheet: &mut Sheet<'t>,
    table: &Spanned<DeTable<'t>>,
    policy: &mut Policy,
    known_rules: &[&'static str],
) {
    sheet.keys(table.get_ref(), &settings_and(&KEYS));
    let name = sheet.required(table, "name", "give the policy a name of its own");
    if let Some(name) = name.and_then(|cell| sheet.name(cell)) {
        policy.name = name.to_owned();
    }
    let version = sheet.required(table, "version", "say which edition this is, in quotes");
    if let Some(version) = version.and_then(|cell| sheet.name(cell)) {
        policy.version = version.to_owned();
    }
    let table = table.get_ref();
    document::read(sheet, table, &mut policy.document);
    if let Some(cell) = table.get("revocation") {
        let demands = RevocationDemand::ALL.map(|demand| (demand.word(), demand));
        policy.revocation = choice(sheet, cell, &demands).unwrap_or(policy.revocation);
    }
    if let Some(flag) = table.get("dane").and_then(|cell| sheet.flag(cell)) {
        policy.dane = flag;
    }
    if let Some(cell) = table.get("own_domains") {
        policy.own_domains = sheet
            .names(cell)
            .iter()
            .filter_map(|cell| domain(sheet, cell))
            .collect();
    }
    if let Some(cell) = table.get("issuers") {
        policy.issuers = sheet
            .names(cell)
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
    settings(sheet, table, policy, known_rules);
    if let Some(cell) = table.get("waivers") {
        waiver::terms(sheet, cell, &mut policy.waiver_terms);
    }
    if let Some(cell) = table.get("waiver") {
        policy.waivers = waiver::waivers(sheet, cell, known_rules, &policy.waiver_terms);
    }
}

/// Lets a table change what may begin on a day or hold for a group.
pub(super) fn settings<'t>(
    sheet: &mut Sheet<'t>,
    table: &DeTable<'t>,
    policy: &mut Policy,
    known_rules: &[&'static str],
) {
    if let Some(severity) = table
        .get("breach_from")
        .and_then(|cell| severity(sheet, cell))
    {
        policy.breach_from = severity;
    }
    if let Some(cell) = table.get("handshake") {
        let demands = HandshakeDemand::ALL.map(|demand| (demand.word(), demand));
        policy.handshake = choice(sheet, cell, &demands).unwrap_or(policy.handshake);
    }
    approved::read(sheet, table, &mut policy.approved);
    if let Some(cell) = table.get("thresholds") {
        thresholds::read(sheet, cell, &mut policy.thresholds);
    }
    if let Some(cell) = table.get("suites") {
        suites::read(sheet, cell, &mut policy.suites);
    }
    if let Some(cell) = table.get("key_exchange") {
        demand::read(sheet, cell, &mut policy.key_exchange, "group", &groups());
    }
    if let Some(cell) = table.get("certificate_keys") {
        let known = PublicKey::KINDS.map(|kind| (kind.to_owned(), kind));
        let demand = &mut policy.certificate_keys;
        demand::read(sheet, cell, demand, "kind of key", &known);
    }
    if let Some(cell) = table.get("rules") {
        rules(sheet, cell, policy, known_rules);
    }
}

/// The groups in which keys can be agreed on, by their names.
pub(super) fn groups() -> Vec<(String, NamedGroup)> {
    let known = NamedGroup::all().filter(|group| group.bits().is_some());
    known.map(|group| (group.to_string(), group)).collect()
}

fn rules<'t>(
    sheet: &mut Sheet<'t>,
    cell: Cell<'_, 't>,
    policy: &mut Policy,
    known_rules: &[&'static str],
) {
    let Some(rules) = sheet.table(cell) else {
        return;
    };
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
    if known_rules.iter().all(|rule| !policy.asks(rule)) {
        let what = "every rule is switched off, so nothing would be judged";
        sheet.note(cell.span(), what, "leave the rules on that matter to you");
    }
}

fn setting<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>, setting: &mut Setting) {
    let Some(table) = sheet.table(cell) else {
        return;
    };
    sheet.keys(table, &OF_RULES);
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

/// A domain by its name; one below which anyone may register is nobody's.
pub(super) fn domain<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>) -> Option<String> {
    let host: Option<Host> = sheet.words(cell)?.parse().ok();
    let Some(name) = host.as_ref().and_then(Host::name) else {
        sheet.wrong(cell, "a domain such as example.com");
        return None;
    };
    if host.as_ref().is_some_and(Host::is_public_suffix) {
        let what = format!("anyone may have a name below `{}`", shown(name));
        sheet.note(
            cell.span(),
            what,
            "write a domain of one owner, such as example.com",
        );
        return None;
    }
    Some(name.to_owned())
}

fn clause<'t>(sheet: &mut Sheet<'t>, cell: &Spanned<DeValue<'t>>) -> Option<Citation> {
    let table = sheet.table(cell)?;
    sheet.keys(table, &OF_CLAUSES);
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
