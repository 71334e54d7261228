//! The fleet of the truth table by every preset: what each makes of each server is what its document says
//! of that configuration.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::audit::Audited;
use super::fleet::Door;
use super::truth::row;
use super::truth::said::{Said, person};

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
    at_deep: BTreeSet<String>,
    #[serde(default)]
    unverified: BTreeSet<String>,
    #[serde(default)]
    open: BTreeSet<String>,
    #[serde(default)]
    open_at_deep: BTreeSet<String>,
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

    /// The rules that must be violated under this preset: at `depth`, and those that may be for what
    /// another question happens to show, since `depth` does not ask.
    fn must(&self, preset: &str, depth: &str) -> (BTreeSet<&String>, BTreeSet<&String>) {
        let own = self.fails.get(preset);
        let later = |id: &&String| {
            let here = format!("{preset} {id}");
            depth != "deep" && (self.at_deep.contains(*id) || self.at_deep.contains(&here))
        };
        let all = self.all.iter().chain(own.into_iter().flatten());
        let (later, now) = all.partition(later);
        (now, later)
    }

    /// Where one preset says something else of one of its ports.
    fn differences(&self, door: &Door, preset: &str, depth: &str, judged: &Audited) -> Vec<String> {
        let (must, may) = self.must(preset, depth);
        let person = person(door);
        let fired = judged.rules(&person);
        let (verdict, reason) = judged.verdict(&person);
        let expected = match must.is_empty() {
            false => "non-compliant",
            true if may.iter().any(|id| fired.contains(*id)) => "non-compliant",
            true if self.unverified.contains(preset) => "not-verified",
            true => "compliant",
        };
        let mut differences = Vec::new();
        let open =
            self.open.contains(preset) || depth == "deep" && self.open_at_deep.contains(preset);
        if !open && verdict != expected {
            differences.push(format!(
                "{verdict} ({reason:?}, {fired:?}), and it is {expected}"
            ));
        }
        let missed: Vec<&&String> = must.iter().filter(|id| !fired.contains(**id)).collect();
        if !missed.is_empty() {
            differences.push(format!("missed: {missed:?}"));
        }
        let place = format!(
            "{} {} under {preset} at {depth}",
            door.server, door.service.name
        );
        let said = differences.into_iter();
        said.map(|difference| format!("{place}: {difference}\n    {}", self.because))
            .collect()
    }
}

/// The names of the presets, the usual one first.
pub fn presets() -> Vec<&'static str> {
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
        let named = row.fails.keys().chain(&row.open).chain(&row.unverified);
        let named: Vec<&String> = named.chain(&row.open_at_deep).collect();
        let known = |name: &&String| presets.contains(&&***name);
        assert!(named.iter().all(known), "{named:?}");
        assert!(row.unasked.keys().all(|name| known(&name)));
        let distinct: BTreeSet<&&String> = named.iter().collect();
        assert_eq!(distinct.len(), named.len(), "{}", row.because);
        let contrary = !row.all.is_empty() && !named.is_empty();
        assert!(!contrary, "{}", row.because);
        for later in &row.at_deep {
            let (preset, id) = later.split_once(' ').unwrap_or(("", later));
            let own = row.fails.get(preset).is_some_and(|ids| ids.contains(id));
            assert!(own || row.all.contains(later), "{later}: {}", row.because);
        }
        let ids = row.fails.values().flatten().chain(&row.all);
        let unknown: Vec<&String> = ids.filter(|id| !rules.contains(*id)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
    assert_eq!(seen, wanted);
}

/// Where the presets say something else of what one audit saw than the table says. The audit compared them
/// all; each decides once more, over the same observations and where there is no network.
pub fn differences(said: &Said, doors: &[Door]) -> Vec<String> {
    let table = table();
    let row_of = |door: &Door| {
        let is_here = |row: &&Row| {
            row.ports()
                .any(|port| port == (door.server, door.service.name))
        };
        table.iter().find(is_here).expect("a row for each port")
    };
    let mut differences = Vec::new();
    for preset in presets() {
        let judged = said.audited.by(preset);
        judged.ended.must_be(1);
        // That it decides now and was compared then changes nothing.
        let counted = counts(&judged.report, preset);
        assert_eq!(counted, counts(&said.audited.report, preset), "{preset}");
        assert_eq!(counted["total"], doors.len(), "{preset}");
        for door in doors {
            differences.extend(row_of(door).differences(door, preset, said.depth, &judged));
        }
    }
    differences
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
pub fn matrix(report: &Value) -> String {
    let policies = presets();
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
        for (word, policy) in words.iter().zip(&policies) {
            text += &format!("{word:>width$} ", width = policy.len());
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}
