//! `mailfleet rules`: an explanation holds nothing that the rule, the policies or the words do not,
//! and the pages made of it are as this version prints them.

use std::collections::BTreeMap;
use std::mem::discriminant;
use std::path::Path;

use mailfleet::model::{
    Attested, Dane, Evidence, Finding, Open, RevocationSource, Said, Status, Value, Verdict,
};
use mailfleet::policy::{Demand, PRESETS, Policy, RevocationDemand};
use mailfleet::rules::{RULES, Rule};

use crate::command::Place;
use crate::fleet::{Fleet, Shown};
use crate::scene::rfc8314;

const HOST: &str = "mail.one.example";

/// What any rule's evidence may have besides: which of several addresses or handshakes it was.
const BESIDES: [&str; 3] = ["address", "handshake", "elsewhere"];

/// What the rules show in the tests of each, by rule.
fn shown() -> BTreeMap<&'static str, Vec<Evidence>> {
    let mut shown: BTreeMap<&'static str, Vec<Evidence>> = BTreeMap::new();
    for (rule, cases) in crate::rules::told() {
        for case in cases {
            if let Verdict::Violation(evidence) = case.answer(rule) {
                shown.entry(rule.id).or_default().push(evidence);
            }
        }
    }
    let mut note = |finding: &Finding| {
        let evidence = Evidence::clone(&finding.evidence);
        shown.entry(finding.rule).or_default().push(evidence);
    };
    for row in crate::chains::rows::all() {
        (row.make)().judge().findings().for_each(&mut note);
    }
    let fleets = crate::fleet::told::judgements().into_iter();
    for judgement in fleets.chain(attested()) {
        judgement.findings.iter().for_each(&mut note);
    }
    shown
}

/// What takes word of others, or two addresses.
fn attested() -> impl Iterator<Item = mailfleet::model::Judgement> {
    let said = |source, status| Attested {
        revocation: vec![Said {
            source,
            url: Some("http://ca.example/".into()),
            status,
        }],
        ..Attested::default()
    };
    let revoked = Status::Revoked {
        since: crate::scene::now(),
        reason: "key-compromise",
    };
    let published = Attested {
        dane: Dane::Differs {
            published: vec!["3 1 1 00".into()],
            fitting: "3 1 1 01".into(),
        },
        ..Attested::default()
    };
    let of = |attested| {
        let mut fleet = Fleet::default()
            .shows(&format!("{HOST}:993"), Shown::of(HOST, "Public"))
            .attesting(&format!("{HOST}:993"), attested);
        fleet.policy = Some(Policy {
            revocation: RevocationDemand::Asked,
            dane: true,
            ..rfc8314()
        });
        fleet
    };
    let expired = Shown::of(HOST, "Public").between(-90, -3);
    let two = Fleet::default()
        .shows(&format!("{HOST}:993@192.0.2.10"), Shown::of(HOST, "Public"))
        .shows(&format!("{HOST}:993@192.0.2.11"), expired);
    let mut other_kind = Fleet::default().shows(&format!("{HOST}:993"), Shown::of(HOST, "Public"));
    other_kind.policy = Some(Policy {
        certificate_keys: Demand {
            allow: Some(vec!["Ed448"]),
            ..Demand::default()
        },
        ..rfc8314()
    });
    [
        other_kind,
        of(said(RevocationSource::Crl, revoked)),
        of(said(RevocationSource::Ocsp, Status::Open(Open::NoAnswer))),
        of(published),
        two,
    ]
    .into_iter()
    .map(|fleet| fleet.judged())
}

/// The names and kinds of what an evidence holds.
fn form(evidence: &Evidence) -> Vec<(&str, std::mem::Discriminant<Value>)> {
    let values = evidence.values.iter();
    values
        .filter(|(name, _)| !BESIDES.contains(&&***name))
        .map(|(name, value)| (&**name, discriminant(value)))
        .collect()
}

#[test]
fn an_example_has_the_form_of_what_the_rule_really_shows() {
    let shown = shown();
    let mut wrong = Vec::new();
    for rule in RULES {
        let example = (rule.example)();
        let real = shown.get(rule.id).map_or(&[][..], |real| &real[..]);
        let same = |one: &&Evidence| {
            one.variant == example.variant && one.protocol.is_some() == example.protocol.is_some()
        };
        let mut alike = real.iter().filter(same).peekable();
        if alike.peek().is_none() {
            wrong.push(format!("{}: nothing is shown in that form", rule.id));
        } else if !alike.clone().any(|real| form(real) == form(&example)) {
            let first = alike.next().map(|real| &real.values);
            wrong.push(format!(
                "{}: it shows {first:?}, not {:?}",
                rule.id, example.values
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn printed(arguments: &[&str]) -> String {
    let ran = Place::new().run(arguments);
    assert_eq!(ran.code(), Some(0), "{arguments:?}: {}", ran.told());
    ran.printed()
}

#[test]
fn every_rule_is_explained_in_each_language_within_80_columns() {
    for language in ["en", "zh-CN"] {
        let text = printed(&["rules", "--all", "--lang", language]);
        for line in text.lines() {
            let wide = textwrap::core::display_width(line);
            // A name that has no place to break at is not broken.
            assert!(wide <= 80, "{wide} columns: {line}");
            assert!(!line.contains(['{', '}']), "{line}");
        }
        for Rule { id, .. } in RULES {
            let alone = printed(&["rules", id, "--lang", language]);
            assert!(text.contains(alone.trim_end()), "{id}");
            assert!(alone.starts_with(&format!("{id}\n")), "{id}");
        }
    }
}

#[test]
fn what_each_policy_makes_of_a_rule_is_told() {
    let json = |besides: &[&str]| -> serde_json::Value {
        let arguments = [&["rules", "cert-weak-key", "--format", "json"], besides].concat();
        serde_json::from_str(&printed(&arguments)).expect("JSON")
    };
    let of_presets = json(&[]);
    let policies = of_presets[0]["policies"].as_array().expect("policies");
    let names: Vec<&str> = policies
        .iter()
        .filter_map(|one| one["policy"].as_str())
        .collect();
    let presets: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
    assert_eq!(names, presets);
    assert_eq!(of_presets[0]["severity"], "high");
    assert_eq!(of_presets[0]["forms"][0]["severity"], "low");
    assert_eq!(
        of_presets[0]["example"]["message"],
        "cert-weak-key-evidence"
    );

    let place = Place::new();
    let head = "version = \"1\"\nextends = \"rfc8314\"\n[rules.cert-weak-key]\n";
    let strict = place.write(
        "strict.toml",
        &format!("name = \"strict\"\n{head}severity = \"critical\"\n"),
    );
    let silent = place.write(
        "silent.toml",
        &format!("name = \"silent\"\n{head}off = true\n"),
    );
    let (strict, silent) = (strict.to_string_lossy(), silent.to_string_lossy());
    let of_files = json(&["--policy", &strict, "--policy", &silent]);
    let policies = of_files[0]["policies"].as_array().expect("policies");
    assert_eq!(policies.len(), 2);
    assert_eq!(policies[0]["severity"], "critical");
    assert_eq!(policies[1]["severity"], serde_json::Value::Null);
    let text = printed(&[
        "rules",
        "cert-weak-key",
        "--policy",
        &silent,
        "--lang",
        "zh-CN",
    ]);
    assert!(text.contains("silent  不检查"), "{text}");
}

#[test]
fn a_rule_or_policy_that_is_not_there_is_refused_with_the_nearest_name() {
    let ran = Place::new().run(&["rules", "cert-expird", "--policy", "rfc8341"]);
    assert_eq!(ran.code(), Some(2));
    assert!(ran.told().contains("`cert-expired`"), "{}", ran.told());
    assert!(ran.told().contains("rfc8314"), "{}", ran.told());
}

/// Set to write the pages anew instead of comparing them.
const REGENERATE: &str = "MAILFLEET_REGENERATE";
/// What the README's table of rules stands between.
const MARKS: (&str, &str) = ("<!-- rules: begin -->\n", "<!-- rules: end -->\n");

/// The page at `path` is, or becomes, what `make` makes of what stands there.
fn is_up_to_date(path: &str, make: impl Fn(&str) -> String) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let stands = std::fs::read_to_string(&place).unwrap_or_default();
    let made = make(&stands);
    if std::env::var_os(REGENERATE).is_some() {
        std::fs::write(&place, made).expect("written");
        return;
    }
    assert!(
        stands == made,
        "{path} is not what this version prints: run {REGENERATE}=1 cargo test --test it explained"
    );
}

#[test]
fn the_samples_are_what_this_version_prints() {
    for (path, language) in [
        ("samples/rules.md", "en"),
        ("samples/rules.zh-CN.md", "zh-CN"),
    ] {
        let arguments = ["rules", "--all", "--format", "markdown", "--lang", language];
        is_up_to_date(path, |_| printed(&arguments));
    }
}

#[test]
fn the_table_of_the_readme_is_what_this_version_prints() {
    is_up_to_date("README.md", |stands| {
        let (before, rest) = stands.split_once(MARKS.0).expect("the table begins");
        let (_, after) = rest.split_once(MARKS.1).expect("the table ends");
        let table = printed(&["rules", "--format", "markdown"]);
        format!("{before}{}{table}{}{after}", MARKS.0, MARKS.1)
    });
}
