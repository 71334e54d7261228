//! Accepted exceptions, read strictly.

use std::path::Path;

use jiff::civil::Date;
use toml::de::DeTable;

use super::mistake::{Mistakes, shown, suggest};
use super::sheet::{self, Cell, Sheet};
use super::{Waiver, WaiverSubject, WaiverTerms};

/// The keys of a waiver.
pub(super) const KEYS: [&str; 7] = [
    "rule",
    "subject",
    "reason",
    "approved_by",
    "until",
    "owner",
    "ticket",
];

/// The keys of what a policy asks of waivers.
pub(super) const TERMS: [&str; 2] = ["require", "max_days"];

/// What a policy may require of waivers.
pub(super) const REQUIRABLE: [&str; 2] = ["owner", "ticket"];

/// The most waivers with a pattern: each is tried where no exact subject fits.
const MOST_PATTERNS: usize = 256;

/// Reads a file of waivers, each under `[[waiver]]`, which are to meet a policy's terms. Whether one
/// has expired is not its concern: that depends on the time of judgement.
///
/// # Errors
/// Every mistake of the file: no such file, larger than 1 MiB, no TOML, an unknown key or rule, a
/// subject that names nothing, or a waiver without rule, subject, reason, approver or end, or
/// without what the policy requires.
pub fn read_waivers(
    path: &Path,
    known_rules: &[&'static str],
    terms: &WaiverTerms,
) -> Result<Vec<Waiver>, Mistakes> {
    let text = sheet::read(path)?;
    waivers_of_text(&path.display().to_string(), &text, known_rules, terms)
}

/// Whether a file is one of waivers and no policy: it has `[[waiver]]`, and nothing else. What cannot
/// be read is neither.
pub fn holds_only_waivers(path: &Path) -> bool {
    let Ok(text) = sheet::read(path) else {
        return false;
    };
    let Ok(table) = DeTable::parse(&text) else {
        return false;
    };
    let mut keys = table.get_ref().keys().peekable();
    keys.peek().is_some() && keys.all(|key| key.get_ref() == "waiver")
}

/// Reads the text of a waiver file that is called `name`.
///
/// # Errors
/// As [`read_waivers`].
pub(super) fn waivers_of_text(
    name: &str,
    text: &str,
    known_rules: &[&'static str],
    terms: &WaiverTerms,
) -> Result<Vec<Waiver>, Mistakes> {
    let (mut sheet, table) = Sheet::open(text);
    sheet.keys(table.get_ref(), &["waiver"]);
    let waivers = table
        .get_ref()
        .get("waiver")
        .map(|cell| waivers(&mut sheet, cell, known_rules, terms));
    sheet.close(name, Some(waivers.unwrap_or_default()))
}

/// Reads what a policy asks of waivers.
pub(super) fn terms<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>, terms: &mut WaiverTerms) {
    let Some(table) = sheet.table(cell) else {
        return;
    };
    sheet.keys(table, &TERMS);
    if let Some(cell) = table.get("require") {
        (terms.owner, terms.ticket) = (false, false);
        for cell in sheet.list(cell) {
            match sheet.words(cell) {
                Some("owner") => terms.owner = true,
                Some("ticket") => terms.ticket = true,
                Some(_) => sheet.wrong(cell, &REQUIRABLE.join(" or ")),
                None => {}
            }
        }
    }
    if let Some(cell) = table.get("max_days") {
        terms.max_days = sheet.number(cell, 1..=LONGEST_DAYS);
    }
}

/// The waivers of a list, those with mistakes left out and noted.
pub(super) fn waivers<'t>(
    sheet: &mut Sheet<'t>,
    cell: Cell<'_, 't>,
    known_rules: &[&'static str],
    terms: &WaiverTerms,
) -> Vec<Waiver> {
    let list = sheet.list(cell);
    let mut waivers = Vec::new();
    for cell in list {
        if sheet.enough() {
            break;
        }
        waivers.extend(waiver(sheet, cell, known_rules, terms));
    }
    let is_pattern = |waiver: &&Waiver| matches!(waiver.subject, WaiverSubject::Pattern(_));
    let patterns = waivers.iter().filter(is_pattern).count();
    if patterns > MOST_PATTERNS {
        let what = format!("{patterns} waivers have a subject with a *");
        let cure = format!("{MOST_PATTERNS} are read at most: name domains instead");
        sheet.note(cell.span(), what, cure);
    }
    waivers
}

fn waiver<'t>(
    sheet: &mut Sheet<'t>,
    cell: Cell<'_, 't>,
    known_rules: &[&'static str],
    terms: &WaiverTerms,
) -> Option<Waiver> {
    let table: &DeTable<'t> = sheet.table(cell)?;
    sheet.keys(table, &KEYS);
    let mut needed = |key: &str, cure: &str| {
        let found = table.get(key);
        if found.is_none() {
            sheet.note(cell.span(), format!("this waiver has no `{key}`"), cure);
        }
        found
    };
    let rule = needed("rule", "write the id of the rule that it waives");
    let subject = needed(
        "subject",
        "write a host, HOST:PORT, an e-mail address, a domain or account:ID",
    );
    let reason = needed("reason", "write why the exception is accepted");
    let approved_by = needed("approved_by", "write who accepted it");
    let until = needed("until", "write its last day: nothing is waived for ever");
    if terms.owner {
        needed("owner", "the policy requires one: write who looks after it");
    }
    if terms.ticket {
        needed(
            "ticket",
            "the policy requires one: write where it is tracked",
        );
    }
    let rule = rule.and_then(|cell| known_rule(sheet, cell, known_rules));
    let subject = subject.and_then(|cell| subject_of(sheet, cell));
    let reason = reason.and_then(|cell| sheet.sentence(cell));
    let approved_by = approved_by.and_then(|cell| sheet.name(cell));
    let until = until.and_then(|cell| day(sheet, cell));
    let mut optional = |key| table.get(key).and_then(|cell| sheet.name(cell));
    let owner = optional("owner").map(str::to_owned);
    let ticket = optional("ticket").map(str::to_owned);
    Some(Waiver {
        rule: rule?,
        subject: subject?,
        reason: reason?.to_owned(),
        approved_by: approved_by?.to_owned(),
        until: until?,
        owner,
        ticket,
    })
}

fn known_rule<'t>(
    sheet: &mut Sheet<'t>,
    cell: Cell<'_, 't>,
    known_rules: &[&'static str],
) -> Option<&'static str> {
    let word = sheet.words(cell)?;
    let rule = known_rules.iter().copied().find(|rule| *rule == word);
    if rule.is_none() {
        let what = format!("there is no rule `{}`", shown(word));
        sheet.note(
            cell.span(),
            what,
            suggest(word, known_rules.iter().copied()),
        );
    }
    rule
}

fn subject_of<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>) -> Option<WaiverSubject> {
    let subject = WaiverSubject::read(sheet.words(cell)?);
    if subject.is_none() {
        sheet.wrong(
            cell,
            "a host, HOST:PORT, an e-mail address, a domain, account:ID, or a name with a * below \
             a domain",
        );
    }
    subject
}

/// How far ahead an exception may end; what is to last longer is a change of the policy.
const LONGEST_YEARS: i16 = 3;

/// The same in days, which a policy may make fewer.
pub(super) const LONGEST_DAYS: u32 = 1096;

/// The waivers that have no end worth the name, as sentences: more than three years after `today`,
/// or later than the policy allows.
pub fn without_end(waivers: &[Waiver], terms: &WaiverTerms, today: Date) -> Vec<String> {
    let years = today.saturating_add(jiff::Span::new().years(LONGEST_YEARS));
    let (latest, how_far) = match terms.max_days {
        Some(days) => (
            today
                .saturating_add(jiff::Span::new().days(days))
                .min(years),
            format!("{days} days from now, which is the most that the policy allows"),
        ),
        None => (years, "three years from now".to_owned()),
    };
    waivers
        .iter()
        .filter(|waiver| waiver.until > latest)
        .map(|waiver| {
            format!(
                "the waiver of {} for {} ends on {}, more than {how_far}: \
                 write a day until {latest}, and look at it again then",
                waiver.rule,
                shown(&waiver.subject.to_string()),
                waiver.until
            )
        })
        .collect()
}

/// A day as TOML has it, or in quotes.
pub(super) fn day<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>) -> Option<Date> {
    let text = match cell.get_ref().as_datetime() {
        Some(datetime) => datetime.to_string(),
        None => sheet.words(cell)?.to_owned(),
    };
    let day = (text.len() == 10)
        .then(|| text.parse::<Date>().ok())
        .flatten();
    if day.is_none() {
        sheet.wrong(cell, "a day such as 2027-03-31");
    }
    day
}
