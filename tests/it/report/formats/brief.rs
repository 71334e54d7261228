//! The short form stays short.

use mailfleet::words::Language;

use crate::report::fleet::fleet;
use crate::report::{HOSTILE, written};

const LINES: usize = 60;

#[test]
fn no_fleet_makes_the_short_form_long() {
    for text in ["", HOSTILE] {
        let mut fleet = fleet(text);
        fleet.grow(1_000);
        let source = fleet.source();
        let rules = mailfleet::rules::RULES.len();
        assert!(source.judgement.findings.len() > 10 * rules);
        for language in Language::ALL {
            let brief = written(&source, "brief.md", language);
            let lines = brief.lines().count();
            assert!((30..=LINES).contains(&lines), "{lines} lines in {language}");
            assert!(brief.len() < 24_000, "{} octets in {language}", brief.len());
        }
    }
    let mut fleet = fleet(HOSTILE);
    fleet.grow(1_000);
    fleet.verify_nothing();
    assert!(
        written(&fleet.source(), "brief.md", Language::En)
            .lines()
            .count()
            <= LINES
    );
}
