//! A publicly trusted certificate is valid for longer than such certificates may be.

use crate::model::{Citation, Evidence, Path, Reason, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{LEAF, day, foreign};
use super::{Check, EndpointCase, Rule};

/// Days from the first second named on, latest first: 2029-03-15, 2027-03-15, 2026-03-15, before.
const LIMITS: [(i64, i64); 4] = [
    (1_868_227_200, 47),
    (1_805_068_800, 100),
    (1_773_532_800, 200),
    (i64::MIN, 398),
];
const DAY: i64 = 86_400;

/// `cert-validity-too-long`
pub const RULE: Rule = Rule {
    id: "cert-validity-too-long",
    severity: Severity::Low,
    variants: &[],
    citations: &[Citation::new(Standard::CabBr, "§6.3.2", Verb::Must)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("days", 398_i64)
            .with("most", 200_i64)
            .with("begins", day(2026, 4, 1))
            .with("subject", foreign(LEAF))
    },
};

/// The first second decides which limit holds, and both ends count as valid. A company's own
/// authority is bound by nothing of this.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (chain, leaf) = seen.need_leaf()?;
        if chain.path == Path::TooCostly {
            return Ok(Verdict::Undetermined(Reason::ChainTooCostly));
        }
        if !chain.public_root {
            return Ok(Verdict::NotApplicable);
        }
        let seconds = leaf
            .not_after
            .saturating_sub(leaf.not_before)
            .saturating_add(1);
        let most = most(leaf.not_before);
        if seconds <= most * DAY {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::Violation(
            Evidence::new()
                .with("days", seconds.saturating_add(DAY - 1) / DAY)
                .with("most", most)
                .with("begins", leaf.begins())
                .with("subject", Value::Foreign(leaf.subject.clone())),
        ))
    })
}

fn most(not_before: i64) -> i64 {
    let limit = LIMITS.iter().find(|(from, _)| not_before >= *from);
    limit.map_or(398, |(_, days)| *days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issue_date_decides() {
        for (date, days) in [
            ("2026-03-14T23:59:59Z", 398),
            ("2026-03-15T00:00:00Z", 200),
            ("2027-03-14T23:59:59Z", 200),
            ("2027-03-15T00:00:00Z", 100),
            ("2029-03-14T23:59:59Z", 100),
            ("2029-03-15T00:00:00Z", 47),
        ] {
            let date: jiff::Timestamp = date.parse().expect("a time");
            assert_eq!(most(date.as_second()), days, "{date}");
        }
    }
}
