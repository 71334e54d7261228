//! Every row, judged: exactly the expected rules fire.

use std::collections::BTreeSet;
use std::time::Instant;

use super::made::{Judged, SAME, expected};
use super::rows;

/// What fired, in the order of the catalogue, each with its form.
fn fired(judged: &Judged) -> Vec<String> {
    let of = |finding: &mailfleet::model::Finding| match finding.evidence.variant {
        Some(variant) => format!("{}/{variant}", finding.rule),
        None => finding.rule.to_owned(),
    };
    judged.findings().map(of).collect()
}

fn is_meant(entry: &str, fired: &str) -> bool {
    entry == fired || fired.split('/').next() == Some(entry)
}

#[test]
fn exactly_the_expected_rules_fire() {
    let (mut rows, mut good, mut waiting, mut wrong) = (0, 0, BTreeSet::new(), Vec::new());
    let mut waited_for = 0;
    let mut names = BTreeSet::new();
    for row in rows::all() {
        assert!(names.insert(row.name), "two rows are called {}", row.name);
        rows += 1;
        good += usize::from(row.expected.is_empty());
        let (expected, later) = expected(row);
        waited_for += later;
        if later > 0 {
            waiting.insert(row.name);
        }
        let judged = (row.make)().judge();
        let fired = fired(&judged);
        if row.expected.is_empty() && row.differs == SAME && !judged.accepts() {
            wrong.push(format!("{}: good, and not accepted", row.name));
        }
        let missing = expected
            .iter()
            .filter(|entry| !fired.iter().any(|fired| is_meant(entry, fired)));
        let surplus = fired
            .iter()
            .filter(|fired| !expected.iter().any(|entry| is_meant(entry, fired)));
        let (missing, surplus): (Vec<_>, Vec<_>) = (missing.collect(), surplus.collect());
        if !missing.is_empty() || !surplus.is_empty() {
            wrong.push(format!(
                "{}: missing {missing:?}, surplus {surplus:?}, path {:?}",
                row.name,
                judged
                    .of_endpoint()
                    .chains
                    .values()
                    .flatten()
                    .map(|chain| &chain.report.path)
                    .collect::<Vec<_>>()
            ));
        }
    }
    println!(
        "{rows} chains, {good} of them good; {} of them wait for {waited_for} findings of rules \
         that are not registered: {waiting:?}",
        waiting.len()
    );
    assert!(rows >= 200 && good >= 70, "{rows} rows, {good} good");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Printed, never judged: machines differ.
#[test]
fn the_time_that_a_chain_takes() {
    let mut times: Vec<_> = rows::all()
        .map(|row| {
            let made = (row.make)();
            let began = Instant::now();
            made.judge();
            (began.elapsed(), row.name)
        })
        .collect();
    times.sort();
    let (slowest, name) = times.last().expect("rows");
    println!(
        "per chain: median {:?}, slowest {slowest:?} ({name})",
        times[times.len() / 2].0
    );
}
