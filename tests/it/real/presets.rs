//! One fleet of real servers, visited once and judged by every preset: what each makes of each server is
//! what its document says of that configuration.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::audit::Audited;
use super::authority::Authority;
use super::fleet::{Door, Fleet};
use super::truth::row;
use super::truth::said::{audit_of, person};

/// A row of `tests/cases/real/presets.toml`, which explains its words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    because: String,
    doors: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    all: BTreeSet<String>,
    #[serde(default)]
    fails: BTreeMap<String, BTreeSet<String>>,
    #[serde(default)]
    open: BTreeSet<String>,
    #[serde(default)]
    unasked: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

fn table() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/real/presets.toml");
    let text = fs::read_to_string(&path).expect("the table is part of the tests");
    let table: Table = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
    table.row
}

impl Row {
    /// Its ports: server and service.
    fn ports(&self) -> impl Iterator<Item = (&str, &str)> {
        let doors = self.doors.iter();
        doors.flat_map(|(server, services)| services.iter().map(move |one| (&**server, &**one)))
    }

    /// Where one preset says something else of one of its ports.
    fn differences(&self, door: &Door, preset: &str, judged: &Audited) -> Vec<String> {
        let none = BTreeSet::new();
        let mut must: BTreeSet<&String> = self.all.iter().collect();
        must.extend(self.fails.get(preset).unwrap_or(&none));
        let person = person(door);
        let fired = judged.rules(&person);
        let (verdict, reason) = judged.verdict(&person);
        let expected = match must.is_empty() {
            true => "compliant",
            false => "non-compliant",
        };
        let mut differences = Vec::new();
        if !self.open.contains(preset) && verdict != expected {
            differences.push(format!(
                "{verdict} ({reason:?}, {fired:?}), and it is {expected}"
            ));
        }
        let missed: Vec<&&String> = must.iter().filter(|id| !fired.contains(**id)).collect();
        if !missed.is_empty() {
            differences.push(format!("missed: {missed:?}"));
        }
        let place = format!("{} {} under {preset}", door.server, door.service.name);
        let said = differences.into_iter();
        said.map(|difference| format!("{place}: {difference}\n    {}", self.because))
            .collect()
    }
}

/// The names of the presets, the usual one first.
fn presets() -> Vec<&'static str> {
    let (usual, others): (Vec<&str>, Vec<&str>) = mailfleet::policy::PRESETS
        .iter()
        .map(|preset| preset.name)
        .partition(|name| *name == USUAL);
    [usual, others].concat()
}

const USUAL: &str = "rfc8314";

#[test]
fn every_port_of_the_truth_has_one_row_in_words_that_exist() {
    let truth = row::table();
    let mut wanted: BTreeSet<(&str, &str)> = BTreeSet::new();
    for row in &truth {
        wanted.extend(row.services.iter().map(|one| (&*row.server, &**one)));
    }
    let table = table();
    let mut seen = BTreeSet::new();
    let (presets, rules) = (presets(), row::rules());
    for row in &table {
        assert!(!row.because.is_empty());
        for port in row.ports() {
            assert!(seen.insert(port), "{port:?} stands in two rows");
        }
        let named = row.fails.keys().chain(&row.open).chain(row.unasked.keys());
        let named: Vec<&String> = named.collect();
        let known = |name: &&String| presets.contains(&&***name);
        assert!(named.iter().all(known), "{named:?}");
        let distinct: BTreeSet<&&String> = named.iter().collect();
        assert_eq!(distinct.len(), named.len(), "{}", row.because);
        let contrary = !row.all.is_empty() && !row.open.is_empty();
        assert!(!contrary, "{}", row.because);
        let ids = row.fails.values().flatten().chain(&row.all);
        let unknown: Vec<&String> = ids.filter(|id| !rules.contains(*id)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
    assert_eq!(seen, wanted);
}

#[test]
#[ignore = "needs Dovecot, Postfix, Exim, nginx, OpenSSL, tlslite-ng and root: tests/run installs them and runs this"]
fn every_preset_judges_the_same_real_fleet_by_its_own_document() {
    let authority = Authority::new();
    let fleet = Fleet::start(&authority, |_| true);
    let table = table();
    let rows = table.iter();
    let ports: Vec<(&Row, Door)> = rows
        .flat_map(|row| row.ports().map(move |port| (row, port)))
        .map(|(row, (server, service))| (row, *fleet.door(server, service)))
        .collect();
    let doors: Vec<Door> = ports.iter().map(|(_, door)| *door).collect();
    let presets = presets();
    let mut audit = audit_of(&doors, &authority).with(&["--depth", "standard"]);
    for preset in presets.iter().filter(|name| **name != USUAL) {
        audit = audit.with(&["--policy", preset]);
    }
    let audited = audit.run();
    drop(fleet);

    print!("{}", matrix(&audited.report, &presets));
    let mut differences = Vec::new();
    for preset in presets {
        let judged = audited.by(preset);
        // That it decides now and was compared then changes nothing.
        let alone = counts(&judged.report, preset);
        assert_eq!(alone, counts(&audited.report, preset), "{preset}");
        assert_eq!(alone["total"], doors.len(), "{preset}");
        judged.ended.must_be(1);
        for (row, door) in &ports {
            differences.extend(row.differences(door, preset, &judged));
        }
    }
    audited.ended.must_be(1);
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

/// Accounts by verdict under one policy.
fn counts<'r>(report: &'r Value, policy: &str) -> &'r Value {
    let all = report["summary"]["policies"].as_array();
    all.and_then(|all| all.iter().find(|one| one["policy"] == policy))
        .map(|one| &one["accounts"])
        .unwrap_or_else(|| panic!("{policy} is not in the report"))
}

/// Rule by policy: violations, and `-` where the rule was not asked or could not be decided; below,
/// accounts by verdict.
fn matrix(report: &Value, policies: &[&str]) -> String {
    let cells = report["comparison"].as_array().expect("a list of cells");
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    for cell in cells.iter().filter(|cell| cell["policy"] == policies[0]) {
        let of_rule = |policy: &&str| {
            let mut same = cells.iter().filter(|one| one["rule"] == cell["rule"]);
            let found = same.find(|one| one["policy"] == **policy);
            found.map_or(&Value::Null, |one| &one["violations"])
        };
        let counts: Vec<&Value> = policies.iter().map(of_rule).collect();
        if counts.iter().any(|count| count.as_u64() > Some(0)) {
            let words = counts.iter().map(|count| match count {
                Value::Null => "-".to_owned(),
                count => count.to_string(),
            });
            rows.push((cell["rule"].as_str().unwrap_or("?"), words.collect()));
        }
    }
    for verdict in ["compliant", "non_compliant", "not_verified"] {
        let words = policies.iter();
        let words = words.map(|policy| counts(report, policy)[verdict].to_string());
        rows.push((verdict, words.collect()));
    }
    let mut text = format!("{:28}{}\n", "", policies.join(" "));
    for (name, words) in rows {
        text += &format!("{name:28}");
        for (word, policy) in words.iter().zip(policies) {
            text += &format!("{word:>width$} ", width = policy.len());
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}
