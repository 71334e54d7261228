//! The rules about what issuers and domains attest, and their words.

use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use jiff::Timestamp;
use mailfleet::model::{
    AskedFor, Attested, Authority, Cause, Dane, Endpoint, Evidence, Expected, Fact, Gap, Open,
    Phase, Reason, RevocationSource, Said, Status, Value, Verdict, Visited,
};
use mailfleet::policy::{Policy, RevocationDemand};
use mailfleet::rules::{AddressCase, Check, EndpointCase, find};
use mailfleet::trust::Roots;

use super::authority::{self, HOST, at, leaf_params, now};
use super::case::{policy, report};

const OPEN: [Open; 11] = [
    Open::NotAsked,
    Open::NoAnswer,
    Open::Declined,
    Open::NotKnown,
    Open::Unreadable,
    Open::NotAuthentic,
    Open::NoIssuer,
    Open::OtherCertificate,
    Open::NotCurrent,
    Open::NotYet(Timestamp::UNIX_EPOCH),
    Open::Unsupported,
];

fn said(source: RevocationSource, status: Status) -> Said {
    Said {
        source,
        url: (source != RevocationSource::Staple).then(|| "http://ca.test/x".to_owned()),
        status,
    }
}

fn demanding(revocation: RevocationDemand) -> Policy {
    Policy {
        revocation,
        dane: true,
        ..policy()
    }
}

/// What a rule says of a server with a good chain of which this is attested.
fn verdict(rule: &str, attested: Attested, policy: &Policy) -> Verdict {
    let ca = authority::Authority::new("Vouched");
    let chain = [ca.leaf(&leaf_params(&[HOST])), ca.intermediate.clone()];
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    let report = report(&chain, HOST, &roots, now());
    let endpoint = Endpoint::new(HOST.parse().expect("a host"), 995);
    let nothing = Gap::new(Phase::Capabilities, Cause::NotVisited);
    let address = "192.0.2.1".parse().expect("an address");
    let mut visit = Visited::unseen(endpoint.clone(), address, AskedFor::Listed, now(), nothing);
    visit.chain = Fact::Seen(vec![report.leaf().expect("a leaf").id]);
    let case = EndpointCase {
        endpoint: &endpoint,
        at: now(),
        resolution: None,
        addresses: vec![AddressCase {
            visit: &visit,
            shown: visit.shown_to_clients().into_iter().next(),
            chain: Some(report.into()),
            attested,
        }],
        gap: None,
        expected: Expected::default(),
        fleet: Arc::default(),
    };
    match find(rule).expect("a rule").check {
        Check::Endpoint(judge) => judge(&case, policy),
        _ => panic!("{rule} is about endpoints"),
    }
}

fn revocation(rule: &str, said: &[Said], demand: RevocationDemand) -> Verdict {
    let attested = Attested {
        revocation: said.to_vec(),
        ..Attested::default()
    };
    verdict(rule, attested, &demanding(demand))
}

fn evidence(verdict: Verdict) -> Evidence {
    match verdict {
        Verdict::Violation(evidence) => evidence,
        other => panic!("no violation: {other:?}"),
    }
}

/// The evidence in the words of a language.
fn words(language: &str, rule: &str, evidence: &Evidence) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let path = format!("{root}/templates/locales/{language}/rules-certificate.ftl");
    let text = std::fs::read_to_string(path).expect("the words");
    let mut bundle = FluentBundle::new(vec![language.parse().expect("a language")]);
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(text).expect("messages");
    bundle.add_resource(resource).expect("no key twice");
    let key = match evidence.variant {
        Some(variant) => format!("{rule}-evidence-{variant}"),
        None => format!("{rule}-evidence"),
    };
    let mut values = FluentArgs::new();
    for (name, value) in &evidence.values {
        let text = match value {
            Value::Foreign(text) | Value::Term(text) => text.clone(),
            Value::Time(time) => time.to_string(),
            Value::List(list) | Value::Terms(list) => list.join(", "),
            Value::Number(number) => number.to_string(),
            Value::Phrase(_) | Value::Statements(_) => panic!("{name} is a message of its own"),
        };
        values.set(name.clone(), FluentValue::from(text));
    }
    let message = bundle.get_message(&key).and_then(|message| message.value());
    let mut errors = Vec::new();
    let pattern = message.expect("a message");
    let words = bundle
        .format_pattern(pattern, Some(&values), &mut errors)
        .into_owned();
    assert!(errors.is_empty(), "{key}: {errors:?}");
    words
}

#[test]
fn one_revoked_outweighs_all_and_what_settles_nothing_is_no_green() {
    use RevocationDemand::{Asked, IfStapled};
    use RevocationSource::{Crl, Ocsp, Staple};
    let since = at("2026-05-01T00:00:00Z");
    let reason = "keyCompromise";
    let revoked = Status::Revoked { since, reason };
    let rule = "cert-revoked";
    for (source, variant) in [(Staple, None), (Ocsp, Some("ocsp")), (Crl, Some("crl"))] {
        let all = [said(Staple, Status::Good), said(source, revoked)];
        let evidence = evidence(revocation(rule, &all, IfStapled));
        assert_eq!(evidence.variant, variant);
        for language in ["en", "zh-CN"] {
            let words = words(language, rule, &evidence);
            assert!(
                words.contains("2026-05-01") && words.contains(reason),
                "{words}"
            );
        }
    }
    let good = [
        said(Staple, Status::Open(Open::NotCurrent)),
        said(Crl, Status::Good),
    ];
    assert_eq!(revocation(rule, &good, Asked), Verdict::Compliant);
    for why in OPEN {
        let open = [said(Ocsp, Status::Open(why))];
        assert_eq!(revocation(rule, &open, Asked), Verdict::NotApplicable);
    }
    assert_eq!(revocation(rule, &[], Asked), Verdict::NotApplicable);
}

fn authority(subject: &str, revocation: Vec<Said>) -> Authority {
    Authority {
        subject: subject.to_owned(),
        revocation,
    }
}

#[test]
fn a_revoked_authority_is_named_and_one_of_which_nothing_is_known_is_told_where_asked() {
    use RevocationDemand::{Asked, IfStapled, Stapled};
    use RevocationSource::{Crl, Ocsp, Staple};
    let since = at("2026-05-01T00:00:00Z");
    let reason = "cACompromise";
    let revoked = Status::Revoked { since, reason };
    let with = |rule, authorities: Vec<Authority>, demand| {
        let attested = Attested {
            revocation: vec![said(Staple, Status::Good)],
            authorities,
            ..Attested::default()
        };
        verdict(rule, attested, &demanding(demand))
    };
    let good = || authority("CN=Lower", vec![said(Crl, Status::Good)]);
    for (source, variant) in [(Ocsp, "authority-ocsp"), (Crl, "authority-crl")] {
        let upper = authority("CN=Upper", vec![said(source, revoked)]);
        let evidence = evidence(with("cert-revoked", vec![good(), upper], IfStapled));
        assert_eq!(evidence.variant, Some(variant));
        for language in ["en", "zh-CN"] {
            let words = words(language, "cert-revoked", &evidence);
            assert!(
                words.contains("CN=Upper") && words.contains(reason),
                "{words}"
            );
        }
    }
    let open = |why| authority("CN=Upper", vec![said(Crl, Status::Open(why))]);
    for why in OPEN {
        let found = with("cert-revoked", vec![good(), open(why)], Asked);
        assert_eq!(found, Verdict::Compliant, "no word is no accusation");
        let rule = "cert-revocation-unknown";
        let told = evidence(with(rule, vec![good(), open(why)], Asked));
        assert_eq!(told.variant, Some("crl"));
        assert_eq!(told.values["subject"], Value::Foreign("CN=Upper".into()));
        // A staple never speaks of authorities, so a policy that wants a staple is content.
        for demand in [IfStapled, Stapled] {
            let quiet = with(rule, vec![open(why)], demand);
            assert!(!matches!(quiet, Verdict::Violation(_)), "{quiet:?}");
        }
    }
    let rule = "cert-revocation-unknown";
    assert_eq!(with(rule, vec![good()], Asked), Verdict::Compliant);
    let silent = evidence(with(rule, vec![authority("CN=Upper", vec![])], Asked));
    assert_eq!(silent.variant, Some("nothing-named-above"));
    for language in ["en", "zh-CN"] {
        assert!(words(language, rule, &silent).contains("CN=Upper"));
    }
}

#[test]
fn no_word_is_a_finding_only_where_the_policy_wants_one() {
    use RevocationDemand::{Asked, IfStapled, Stapled};
    use RevocationSource::{Crl, Ocsp, Staple};
    let rule = "cert-revocation-unknown";
    let good = [said(Ocsp, Status::Good)];
    assert_eq!(revocation(rule, &good, Asked), Verdict::Compliant);
    assert_eq!(revocation(rule, &[], IfStapled), Verdict::NotApplicable);
    let variant = |said: &[Said], demand| evidence(revocation(rule, said, demand)).variant;
    assert_eq!(variant(&[], Stapled), None);
    assert_eq!(variant(&[], Asked), Some("nothing-named"));
    let mut all = std::collections::BTreeSet::new();
    for source in [Staple, Ocsp, Crl] {
        for why in OPEN {
            let open = [said(source, Status::Open(why))];
            assert_eq!(revocation(rule, &open, IfStapled), Verdict::NotApplicable);
            let evidence = evidence(revocation(rule, &open, Asked));
            assert_eq!(evidence.variant, Some(source.word()));
            for language in ["en", "zh-CN"] {
                all.insert(words(language, rule, &evidence));
            }
        }
    }
    // Some sources cannot fail in some ways, and share words with what does not parse.
    assert!(all.len() >= 2 * (9 + 11 + 9), "{}", all.len());
    // Of a policy that wants a staple, sources that nobody asked are no concern.
    let unasked = [said(Ocsp, Status::Open(Open::NotAsked))];
    assert_eq!(variant(&unasked, Stapled), None);
    // The source that came nearest to an answer is named.
    let two = [
        said(Ocsp, Status::Open(Open::NoAnswer)),
        said(Crl, Status::Open(Open::NotCurrent)),
    ];
    assert_eq!(variant(&two, Asked), Some("crl"));
}

#[test]
fn records_accuse_only_where_they_are_proven_and_asked_for() {
    let rule = "dane-mismatch";
    let judged = |dane: Dane, wanted: bool| {
        let attested = Attested {
            dane,
            ..Attested::default()
        };
        let policy = Policy {
            dane: wanted,
            ..policy()
        };
        verdict(rule, attested, &policy)
    };
    let differs = || Dane::Differs {
        published: vec!["3 1 1 0011223344556677…".into()],
        fitting: "3 1 1 00".into(),
    };
    let failed = Gap::new(Phase::Resolve, Cause::DnsFailed);
    assert_eq!(judged(Dane::Matches, true), Verdict::Compliant);
    assert_eq!(
        judged(Dane::Unseen(failed), true),
        Verdict::Undetermined(Reason::DnsFailed)
    );
    for dane in [Dane::NotAsked, Dane::Absent, Dane::Unproven] {
        assert_eq!(judged(dane, true), Verdict::NotApplicable);
    }
    assert_eq!(judged(differs(), false), Verdict::NotApplicable);
    let evidence = evidence(judged(differs(), true));
    for language in ["en", "zh-CN"] {
        let words = words(language, rule, &evidence);
        assert!(words.contains("_995._tcp.mail.example.com"), "{words}");
        assert!(words.contains("3 1 1 0011223344556677…"), "{words}");
    }
}
