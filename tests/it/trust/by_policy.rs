//! What only a policy asks of certificates: kinds of key, sizes that are advised, and how long.

use mailfleet::model::{ChainReport, Value, Verdict};
use mailfleet::policy::{Demand, Policy};
use mailfleet::trust::Roots;
use rcgen::date_time_ymd;

use super::authority::{Authority, HOST, at, leaf_params, now};
use super::case::{policy, report, verdicts_by};
use super::der::{Handmade, modulus, rsa};

fn verdict(rule: &str, policy: &Policy, report: &ChainReport) -> Verdict {
    let all = verdicts_by(policy, report, HOST, now());
    let found = all.into_iter().find(|(id, _)| *id == rule);
    found.expect("a rule").1
}

/// `compliant`, `not-asked`, `not-applicable`, `violation` or its variant.
fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Compliant => "compliant",
        Verdict::NotAsked => "not-asked",
        Verdict::NotApplicable => "not-applicable",
        Verdict::Undetermined(_) => "undetermined",
        Verdict::Violation(evidence) => evidence.variant.unwrap_or("violation"),
    }
}

const RULE: &str = "cert-key-outside-policy";

fn only(allow: Option<Vec<&'static str>>, discourage: Vec<&'static str>) -> Policy {
    Policy {
        certificate_keys: Demand { allow, discourage },
        ..policy()
    }
}

#[test]
fn a_policy_lists_the_kinds_of_key_that_servers_may_have() {
    let ca = Authority::new("Kinds");
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    let curve = [ca.leaf(&leaf_params(&[HOST])), ca.intermediate.clone()];
    let curve = report(&curve, HOST, &roots, now());
    for (allow, discourage, expected) in [
        (None, vec![], "not-applicable"),
        (Some(vec!["P-256"]), vec![], "compliant"),
        (Some(vec!["RSA", "P-384"]), vec![], "violation"),
        (None, vec!["P-256"], "discouraged"),
        (None, vec!["RSA"], "compliant"),
    ] {
        let said = verdict(RULE, &only(allow.clone(), discourage), &curve);
        assert_eq!(word(&said), expected, "{allow:?}");
        if let (Verdict::Violation(evidence), Some(allowed)) = (said, allow) {
            let allowed = allowed.into_iter().map(str::to_owned).collect();
            assert_eq!(evidence.values["allowed"], Value::Terms(allowed));
            assert_eq!(evidence.values["key"], Value::Term("EC 256 (P-256)".into()));
        }
    }
}

#[test]
fn an_rsa_key_may_be_allowed_and_shorter_than_is_advised() {
    let of_bits = |octets: usize| {
        let made = Handmade {
            key: rsa(&modulus(octets), &[1, 0, 1]),
            ..Handmade::good()
        };
        let roots = Roots::of_certificates("none", []);
        report(&[made.der()], HOST, &roots, now())
    };
    let mut policy = policy();
    assert_eq!(
        word(&verdict(RULE, &policy, &of_bits(256))),
        "not-applicable"
    );
    policy.thresholds.rsa_advised_bits = 3072;
    for (octets, expected) in [(256, "short"), (383, "short"), (384, "compliant")] {
        let said = verdict(RULE, &policy, &of_bits(octets));
        assert_eq!(word(&said), expected, "{octets}");
    }
    // Of other kinds a number of bits is not asked.
    policy.certificate_keys.allow = Some(vec!["P-256"]);
    assert_eq!(word(&verdict(RULE, &policy, &of_bits(384))), "violation");
}

#[test]
fn how_long_is_asked_by_public_authorities_and_by_the_policy() {
    let ca = Authority::new("Measure");
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    let lasting = |from: (i32, u8, u8), until: (i32, u8, u8)| {
        let mut params = leaf_params(&[HOST]);
        params.not_before = date_time_ymd(from.0, from.1, from.2);
        params.not_after = date_time_ymd(until.0, until.1, until.2);
        let chain = [ca.leaf(&params), ca.intermediate.clone()];
        report(&chain, HOST, &roots, at("2026-06-01T00:00:00Z"))
    };
    // Both ends count: 366, 367 and 91 days and a second; the issue date allows publicly trusted ones 398.
    let year = ((2026, 1, 1), (2027, 1, 1));
    let longer = ((2026, 1, 1), (2027, 1, 2));
    let quarter = ((2026, 1, 1), (2026, 4, 1));
    for (span, public, own, advised, expected) in [
        (longer, false, None, None, "not-applicable"),
        (longer, true, None, None, "compliant"),
        (longer, false, Some(366), None, "policy"),
        (longer, true, Some(366), Some(90), "policy"),
        (year, false, Some(366), Some(90), "advised"),
        (year, true, Some(366), None, "compliant"),
        (quarter, false, None, Some(90), "advised"),
        (quarter, false, None, Some(91), "compliant"),
        // Of two limits that are passed, the policy's is told.
        (
            ((2026, 4, 1), (2027, 4, 1)),
            true,
            Some(300),
            None,
            "policy",
        ),
        (
            ((2026, 4, 1), (2027, 4, 1)),
            true,
            Some(400),
            Some(90),
            "violation",
        ),
    ] {
        let mut report = lasting(span.0, span.1);
        report.public_root = public;
        let mut policy = policy();
        policy.thresholds.validity_days = own;
        policy.thresholds.validity_advised_days = advised;
        let said = verdict("cert-validity-too-long", &policy, &report);
        assert_eq!(
            word(&said),
            expected,
            "{span:?} {public} {own:?} {advised:?}"
        );
        if let (Verdict::Violation(evidence), Some(most)) = (&said, own)
            && evidence.variant == Some("policy")
        {
            assert_eq!(evidence.values["most"], Value::Number(most.into()));
        }
    }
}
