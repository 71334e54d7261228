//! Readers that count: of each format what it says of verdicts and findings, and nothing of ours.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use mailfleet::report::Source;
use mailfleet::words::{Language, Words};
use quick_junit::{NonSuccessKind, TestCaseStatus};
use serde_json::Value as Json;

use crate::report::{bytes, written};

/// The four verdicts, in the order of the words.
pub const VERDICTS: [&str; 4] = ["compliant", "non-compliant", "not-verified", "waived"];
/// The severities.
pub const SEVERITIES: [&str; 5] = ["critical", "high", "medium", "low", "info"];

/// What a format says; `None` where it has no place for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    pub verdicts: [usize; 4],
    pub severities: Option<[usize; 5]>,
    pub waived_findings: Option<usize>,
}

fn among<'t, const N: usize>(
    words: [&str; N],
    found: impl IntoIterator<Item = &'t str>,
) -> [usize; N] {
    let mut counts = [0; N];
    for word in found {
        let known = words.iter().position(|known| *known == word);
        counts[known.unwrap_or_else(|| panic!("{word} is none of {words:?}"))] += 1;
    }
    counts
}

fn texts<'j>(list: &'j Json, key: &str) -> Vec<&'j str> {
    let list = list.as_array().expect("a list").iter();
    list.map(|entry| entry[key].as_str().expect(key)).collect()
}

fn parsed(source: &Source<'_>, file: &str) -> Json {
    serde_json::from_str(&written(source, file, Language::En)).expect("JSON")
}

pub fn report_json(source: &Source<'_>) -> Counts {
    let json = parsed(source, "report.json");
    let findings = json["findings"].as_array().expect("findings");
    Counts {
        verdicts: among(VERDICTS, texts(&json["accounts"], "verdict")),
        severities: Some(among(SEVERITIES, texts(&json["findings"], "severity"))),
        waived_findings: Some(findings.iter().filter(|f| !f["waiver"].is_null()).count()),
    }
}

fn column(source: &Source<'_>, file: &str, name: &str) -> Vec<String> {
    let text = written(source, file, Language::En);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let at = headers.iter().position(|header| header == name);
    let at = at.expect("the column");
    let cell = |row: csv::Result<csv::StringRecord>| row.expect("a row")[at].to_owned();
    reader.records().map(cell).collect()
}

pub fn csv(source: &Source<'_>) -> Counts {
    let verdicts = column(source, "account-verdicts.csv", "verdict");
    let severities = column(source, "findings.csv", "severity");
    let waived = column(source, "findings.csv", "waived_until");
    Counts {
        verdicts: among(VERDICTS, verdicts.iter().map(String::as_str)),
        severities: Some(among(SEVERITIES, severities.iter().map(String::as_str))),
        waived_findings: Some(waived.iter().filter(|until| !until.is_empty()).count()),
    }
}

/// The results are findings and open accounts; the other verdicts stand in the run's properties.
pub fn sarif(source: &Source<'_>) -> Counts {
    let json = parsed(source, "report.sarif");
    let run = &json["runs"][0];
    let results = run["results"].as_array().expect("results");
    let open = results.iter().filter(|result| result["kind"] == "open");
    let said = &run["properties"]["summary"]["accounts"];
    let count = |key: &str| said[key].as_u64().expect(key) as usize;
    let findings = || {
        let is_verdict = |result: &&Json| result["kind"] == "open" || result["kind"] == "pass";
        results.iter().filter(move |result| !is_verdict(result))
    };
    let severities = findings().map(|result| {
        let severity = result["properties"]["severity"].as_str();
        severity.expect("a severity")
    });
    let suppressed = |result: &&Json| {
        let suppressions = result["suppressions"].as_array();
        !suppressions.expect("suppressions").is_empty()
    };
    Counts {
        verdicts: [
            count("compliant"),
            count("non_compliant"),
            open.count(),
            count("waived"),
        ],
        severities: Some(among(SEVERITIES, severities)),
        waived_findings: Some(findings().filter(suppressed).count()),
    }
}

/// The same where what is in order was asked for, too: then every compliant account is a result.
pub fn sarif_with_passes(source: &Source<'_>) -> Counts {
    let mut source = source.clone();
    source.presentation.passes = true;
    let json = parsed(&source, "report.sarif");
    let run = &json["runs"][0];
    let results = run["results"].as_array().expect("results");
    let passes: Vec<&Json> = results
        .iter()
        .filter(|result| result["kind"] == "pass")
        .collect();
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for pass in &passes {
        assert_eq!(pass["level"], "none");
        let place = pass["ruleIndex"].as_u64().expect("a place") as usize;
        assert_eq!(rules[place]["id"], pass["ruleId"]);
    }
    let mut counts = sarif(&source);
    counts.verdicts[0] = passes.len();
    counts
}

pub fn junit_report(source: &Source<'_>) -> quick_junit::Report {
    let text = written(source, "report.junit.xml", Language::En);
    quick_junit::Report::deserialize_from_str(&text).expect("JUnit")
}

pub fn junit(source: &Source<'_>) -> Counts {
    let report = junit_report(source);
    let suites = report.test_suites.iter();
    let mut counts = [0; 4];
    let mut cases = 0;
    for suite in suites.filter(|suite| suite.name.as_str() != "mailfleet run") {
        assert_eq!(suite.tests, suite.test_cases.len());
        cases += suite.tests;
        for case in &suite.test_cases {
            let verdict = match &case.status {
                TestCaseStatus::Success { .. } => 0,
                TestCaseStatus::NonSuccess { kind, .. } => match kind {
                    NonSuccessKind::Failure => 1,
                    NonSuccessKind::Error => 2,
                },
                TestCaseStatus::Skipped { .. } => 3,
            };
            counts[verdict] += 1;
        }
    }
    assert_eq!(cases, counts.iter().sum::<usize>());
    // What the file and each suite say of themselves is what their cases come to, the run's own suite included.
    let mut all = [0; 3];
    for suite in &report.test_suites {
        let failed = |wanted: NonSuccessKind| {
            let cases = suite.test_cases.iter();
            let failed = cases.filter(|case| match &case.status {
                TestCaseStatus::NonSuccess { kind, .. } => *kind == wanted,
                _ => false,
            });
            failed.count()
        };
        let (failures, errors) = (
            failed(NonSuccessKind::Failure),
            failed(NonSuccessKind::Error),
        );
        assert_eq!(
            (suite.failures, suite.errors),
            (failures, errors),
            "{}",
            suite.name.as_str()
        );
        all = [
            all[0] + suite.test_cases.len(),
            all[1] + failures,
            all[2] + errors,
        ];
        let of_run = suite.name.as_str() == "mailfleet run";
        assert!(
            !of_run || failures + errors == suite.tests,
            "the run passes nothing"
        );
    }
    assert_eq!([report.tests, report.failures, report.errors], all);
    Counts {
        verdicts: counts,
        severities: None,
        waived_findings: None,
    }
}

pub fn property<'j>(entry: &'j Json, name: &str) -> Option<&'j str> {
    let props = entry["props"].as_array()?.iter();
    let mut props = props.filter(|prop| prop["name"] == name);
    props.next()?["value"].as_str()
}

pub fn oscal(source: &Source<'_>) -> Counts {
    let json = parsed(source, "report.oscal.json");
    let result = &json["assessment-results"]["results"][0];
    let list = |key: &str| result[key].as_array().cloned().unwrap_or_default();
    let observations = list("observations");
    let known = |entry: &Json| observations.iter().any(|seen| seen["uuid"] == *entry);
    let mut verdicts = [0; 4];
    let mut judged = 0;
    for finding in list("findings") {
        judged += 1;
        let state = &finding["target"]["status"]["state"];
        let at_risk = finding["related-risks"].is_array();
        verdicts[match (state.as_str().expect("a state"), at_risk) {
            ("satisfied", false) => 0,
            ("not-satisfied", false) => 1,
            ("not-satisfied", true) => 3,
            other => panic!("{other:?}"),
        }] += 1;
        for related in finding["related-observations"].as_array().expect("some") {
            assert!(known(&related["observation-uuid"]), "{related}");
        }
        for related in finding["related-risks"].as_array().into_iter().flatten() {
            let risks = list("risks");
            assert!(
                risks
                    .iter()
                    .any(|risk| risk["uuid"] == related["risk-uuid"])
            );
        }
    }
    let of_accounts = observations
        .iter()
        .filter(|seen| seen["types"][0] == "control-objective");
    verdicts[2] = of_accounts.count() - judged;
    let of_rules = || {
        observations
            .iter()
            .filter(|seen| seen["types"][0] == "finding")
    };
    let severities = of_rules().map(|seen| property(seen, "severity").expect("a severity"));
    Counts {
        verdicts,
        severities: Some(among(SEVERITIES, severities)),
        waived_findings: Some(list("risks").len()),
    }
}

/// A sample: its name, its labels, its value.
pub type Sample = (String, BTreeMap<String, String>, f64);

/// Prometheus text, read as its grammar has it: each family announced once, before its samples.
pub fn samples(text: &str) -> Vec<Sample> {
    assert!(text.ends_with('\n'));
    let mut samples: Vec<Sample> = Vec::new();
    let mut family = String::new();
    let mut families: Vec<String> = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            family = rest.split(' ').next().unwrap_or("").to_owned();
            assert!(!families.contains(&family), "{family} twice");
            families.push(family.clone());
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            assert_eq!(rest, format!("{family} gauge"));
        } else {
            let sample = sample(line);
            assert_eq!(sample.0, family, "{line}");
            let known = |other: &Sample| (&other.0, &other.1) == (&sample.0, &sample.1);
            assert!(!samples.iter().any(known), "{line} twice");
            samples.push(sample);
        }
    }
    samples
}

fn sample(line: &str) -> Sample {
    let end = line.find(['{', ' ']).expect("a name");
    let name = line[..end].to_owned();
    let allowed = |c: char| c.is_ascii_lowercase() || c == '_';
    assert!(name.chars().all(allowed), "{line}");
    let mut labels = BTreeMap::new();
    let mut rest = &line[end..];
    if let Some(inside) = rest.strip_prefix('{') {
        rest = inside;
        while !rest.starts_with('}') {
            let (key, value) = rest.split_once("=\"").expect("a label");
            let (value, after) = quoted(value);
            labels.insert(key.trim_start_matches(',').to_owned(), value);
            rest = after;
        }
        rest = &rest[1..];
    }
    let value = rest.strip_prefix(' ').expect("a space");
    (name, labels, value.parse().expect("a number"))
}

/// The value of a label, and what follows its closing quote.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (value, &text[at + 1..]),
            '\\' => match characters.next().expect("an escape").1 {
                'n' => value.push('\n'),
                c @ ('\\' | '"') => value.push(c),
                other => panic!("\\{other}"),
            },
            c => value.push(c),
        }
    }
    panic!("{text} is never closed")
}

pub fn prometheus(source: &Source<'_>) -> Counts {
    let samples = samples(&written(source, "report.prom", Language::En));
    let sum = |name: &str, wanted: &[(&str, &str)]| {
        let of = samples.iter().filter(|(known, labels, _)| {
            let fits = |(key, value): &(&str, &str)| labels.get(*key).is_some_and(|v| v == value);
            known == name && wanted.iter().all(fits)
        });
        of.map(|sample| sample.2 as usize).sum::<usize>()
    };
    let verdicts = VERDICTS.map(|verdict| sum("mailfleet_accounts", &[("verdict", verdict)]));
    assert_eq!(sum("mailfleet_accounts_not_verified", &[]), verdicts[2]);
    let severity = |severity| sum("mailfleet_findings", &[("severity", severity)]);
    let severities = SEVERITIES.map(severity);
    assert_eq!(
        sum("mailfleet_rule_findings", &[]),
        severities.iter().sum::<usize>()
    );
    Counts {
        verdicts,
        severities: Some(severities),
        waived_findings: Some(sum("mailfleet_findings", &[("waived", "true")])),
    }
}

/// The sheets of a workbook, each as its rows of texts.
pub fn sheets(workbook: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(workbook)).expect("XLSX");
    let names = book.sheet_names();
    let rows = |name: &String| {
        let range = book.worksheet_range(name).expect("a sheet");
        range.rows().map(<[Data]>::to_vec).collect()
    };
    let all: Vec<Vec<Vec<Data>>> = names.iter().map(rows).collect();
    names.into_iter().zip(all).collect()
}

pub fn xlsx(source: &Source<'_>, language: Language) -> Counts {
    let words = Words::of(language);
    let say = |key: &str| words.say(key, &[]);
    let sheets = sheets(bytes(source, "report.xlsx", language));
    let rows = |name: &str| {
        let sheet = sheets.iter().find(|(known, _)| *known == say(name));
        sheet.expect("the sheet").1[1..].to_vec()
    };
    let first =
        |rows: &[Vec<Data>]| -> Vec<String> { rows.iter().map(|row| row[0].to_string()).collect() };
    let accounts = first(&rows("heading-accounts"));
    let findings = rows("heading-findings");
    let severities = first(&findings);
    let verdict = |word: &str| {
        let label = say(&format!("verdict-{word}"));
        accounts.iter().filter(|shown| **shown == label).count()
    };
    let severity = |word: &str| {
        let label = say(&format!("severity-{word}"));
        severities.iter().filter(|shown| **shown == label).count()
    };
    let waived = findings.iter().filter(|row| row[12] != Data::Empty);
    // The summary says the same again.
    for word in VERDICTS {
        let label = say(&format!("verdict-{word}"));
        let said = rows("heading-summary");
        let said = said.iter().find(|row| row[0].to_string() == label);
        assert_eq!(said.expect("a row")[1], Data::Float(verdict(word) as f64));
    }
    Counts {
        verdicts: VERDICTS.map(verdict),
        severities: Some(SEVERITIES.map(severity)),
        waived_findings: Some(waived.count()),
    }
}

pub fn brief(source: &Source<'_>, language: Language) -> Counts {
    let text = written(source, "brief.md", language);
    let words = Words::of(language);
    let verdict = |word: &str| {
        let label = format!(" {} – ", words.say(&format!("verdict-{word}"), &[]));
        let line = text.lines().find_map(|line| line.split_once(&label));
        line.expect("a line").1.parse().expect("a number")
    };
    Counts {
        verdicts: VERDICTS.map(verdict),
        severities: None,
        waived_findings: None,
    }
}
