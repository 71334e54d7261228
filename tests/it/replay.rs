//! Observations are judged again for years: those of older versions load and say what they said, what
//! they lack makes nothing green, and no judgement opens a socket.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use mailfleet::inventory::Inventory;
use mailfleet::judge::cases;
use mailfleet::model::*;
use mailfleet::rules::{Check, Rule};
use serde_json::Value as Json;

use crate::command::{Place, files_below};
use crate::scene::{Scene, rfc8314};

/// One journal of the corpus, and what it must still say.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// The journal's name, without `.ndjson`.
    name: String,
    /// Which version wrote it.
    says: String,
    /// The accounts that it is judged with.
    accounts: String,
    compliant: u64,
    non_compliant: u64,
    not_verified: u64,
    /// Endpoints that were reached, of how many.
    reached: [u64; 2],
}

#[derive(serde::Deserialize)]
struct Corpus {
    journal: Vec<Kept>,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/observations")
}

fn kept() -> Vec<Kept> {
    let text = std::fs::read_to_string(corpus().join("expected.toml")).expect("a file");
    let corpus: Corpus = toml::from_str(&text).expect("what is expected");
    corpus.journal
}

/// The arguments that judge a journal of the corpus.
fn judging(kept: &Kept) -> Vec<String> {
    let file = |name: String| corpus().join(name).to_string_lossy().into_owned();
    let mut arguments = vec!["judge".to_owned(), file(format!("{}.ndjson", kept.name))];
    arguments.extend(["--accounts".to_owned(), file(kept.accounts.clone())]);
    arguments.extend(["--trust".to_owned(), file(format!("{}.pem", kept.name))]);
    arguments
}

fn run(place: &Place, arguments: &[String], besides: &[&str]) -> Option<i32> {
    let arguments = arguments.iter().map(String::as_str);
    let arguments: Vec<&str> = arguments.chain(besides.iter().copied()).collect();
    let ran = place.run(&arguments);
    assert!(matches!(ran.code(), Some(0 | 1)), "{}", ran.told());
    ran.code()
}

#[test]
fn observations_of_every_version_still_say_what_they_said() {
    let kept = kept();
    assert!(kept.len() >= 3, "the corpus has lost journals");
    for kept in &kept {
        let place = Place::new();
        run(&place, &judging(kept), &["--out", "out"]);
        let summary = &place.report("out")["summary"];
        let counts = &summary["accounts"];
        let found =
            ["compliant", "non_compliant", "not_verified"].map(|word| counts[word].as_u64());
        let expected = [kept.compliant, kept.non_compliant, kept.not_verified].map(Some);
        assert_eq!(found, expected, "{}: {}", kept.name, kept.says);
        let endpoints = &summary["endpoints"];
        let found = ["reached", "total"].map(|word| endpoints[word].as_u64());
        assert_eq!(found, kept.reached.map(Some), "{}", kept.name);
    }
}

#[test]
fn the_corpus_holds_no_people_and_is_all_accounted_for() {
    let mut expected: Vec<String> = vec!["README.md".into(), "expected.toml".into()];
    for kept in kept() {
        expected.extend([
            format!("{}.ndjson", kept.name),
            format!("{}.pem", kept.name),
        ]);
        expected.push(kept.accounts);
    }
    expected.sort();
    expected.dedup();
    let mut found: Vec<String> = files_below(&corpus())
        .into_iter()
        .map(|(path, bytes)| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let is_journal = name.ends_with(".ndjson");
            assert!(bytes.len() < 128 * 1024, "{name} is large");
            assert!(
                !is_journal || !bytes.contains(&b'@'),
                "{name} names a person"
            );
            name
        })
        .collect();
    found.sort();
    assert_eq!(found, expected);
}

/// Fields of a visit that every version has written, so that their absence says "none".
const ALWAYS_WRITTEN: [&str; 3] = ["limits", "failed_attempts", "greeting"];

/// What a rule answers in this scene.
fn answer(rule: &Rule, scene: &Scene) -> Option<Verdict> {
    let inventory = Inventory::of(&scene.accounts);
    let policy = rfc8314();
    let matter = scene.matter(&inventory, &policy);
    let nobody = Inventory::default();
    let cases = cases::of(&matter, &nobody);
    let named = scene.accounts[0].endpoint().and_then(|at| cases.get(&at))?;
    match rule.check {
        Check::Endpoint(question) => Some(question(named, &policy)),
        Check::Account(_) | Check::Fleet(_) => None,
    }
}

/// The scene, with `field` left out of the visit to each server, as a version before it would have
/// written; nothing where a journal without it does not load.
fn without(scene: &Scene, field: &str) -> Option<Scene> {
    let mut older = Scene::default();
    older.accounts.clone_from(&scene.accounts);
    older.seen = scene.seen.clone();
    for visit in older
        .seen
        .visits
        .values_mut()
        .flat_map(BTreeMap::values_mut)
    {
        let mut json = serde_json::to_value(&*visit).expect("JSON");
        json.as_object_mut().expect("an object").remove(field);
        *visit = serde_json::from_value(json).ok()?;
    }
    Some(older)
}

#[test]
fn what_an_older_version_did_not_write_makes_nothing_green() {
    let (mut fields, mut wrong) = (0, Vec::new());
    // What weighs less than a breach makes no account green.
    let breach_from = rfc8314().breach_from;
    let weighs = |rule: &Rule| rule.severity >= breach_from;
    for (rule, cases) in crate::rules::told().filter(|(rule, _)| weighs(rule)) {
        for case in cases {
            let scene = case.scene();
            let Some(before) = answer(rule, &scene) else {
                continue;
            };
            let visits = scene.seen.visits.values().flat_map(BTreeMap::values);
            let Some(Json::Object(visit)) = visits
                .map(|visit| serde_json::to_value(visit).expect("JSON"))
                .next()
            else {
                continue;
            };
            for field in visit
                .keys()
                .filter(|field| !ALWAYS_WRITTEN.contains(&field.as_str()))
            {
                let Some(older) = without(&scene, field) else {
                    continue;
                };
                fields += 1;
                let after = answer(rule, &older);
                if after == Some(Verdict::Compliant) && before != Verdict::Compliant {
                    wrong.push(format!(
                        "{}: {}: without {field} {before:?} becomes compliant",
                        rule.id, case.says
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(fields > 1000, "only {fields} fields were left out");
}

#[test]
fn a_visit_of_which_nothing_is_known_verifies_nobody() {
    let scene =
        Scene::new(&["li imap tls mail.example.com:993"]).server("mail.example.com:993", "good");
    let mut bare = Scene::default();
    bare.accounts.clone_from(&scene.accounts);
    bare.seen = scene.seen.clone();
    for visit in bare.seen.visits.values_mut().flat_map(BTreeMap::values_mut) {
        let (endpoint, asked_for, at) = (visit.endpoint.clone(), visit.asked_for, visit.at);
        *visit = Visited::unasked(endpoint, visit.address, asked_for, at);
    }
    assert_eq!(
        scene.judged().accounts[0].verdict,
        AccountVerdict::Compliant
    );
    let verdict = bare.judged().accounts[0].verdict.clone();
    assert!(
        matches!(verdict, AccountVerdict::NotVerified(_)),
        "{verdict:?}"
    );
}

/// The journal with its records changed and its chain made anew.
fn rewritten(text: &str, change: impl Fn(usize, &mut Json)) -> String {
    let mut head = "0".repeat(64);
    let mut written = String::new();
    for (number, line) in text.lines().enumerate() {
        let mut line: Json = serde_json::from_str(line).expect("a line");
        change(number, &mut line["observation"]);
        let record = serde_json::to_string(&line["observation"]).expect("JSON");
        head = Sha256::of(format!("{head}{record}").as_bytes()).to_string();
        written += &format!("{{\"sha256\":\"{head}\",\"observation\":{record}}}\n");
    }
    written
}

#[test]
fn a_field_of_the_future_is_passed_over_and_a_record_of_the_future_is_refused() {
    let kept = kept().pop().expect("a journal");
    let file = corpus().join(format!("{}.ndjson", kept.name));
    let text = std::fs::read_to_string(file).expect("a journal");
    let place = Place::new();
    let judge = |journal: String, besides: &[&str]| {
        place.write("observations.ndjson", &journal);
        let mut arguments = judging(&kept);
        arguments[1] = "observations.ndjson".to_owned();
        let arguments = arguments.iter().map(String::as_str);
        let arguments: Vec<&str> = arguments.chain(besides.iter().copied()).collect();
        place.run(&arguments)
    };
    let same = judge(rewritten(&text, |_, _| {}), &["--out", "same"]);
    let newer = |_: usize, record: &mut Json| record["asked-of-the-future"] = Json::from("yes");
    let passed_over = judge(rewritten(&text, newer), &["--out", "newer"]);
    assert_eq!(same.code(), passed_over.code(), "{}", passed_over.told());
    let (same, newer) = (place.report("same"), place.report("newer"));
    assert_eq!(same["accounts"], newer["accounts"]);
    assert_eq!(same["findings"], newer["findings"]);

    let kind = |number: usize, record: &mut Json| {
        if number == 3 {
            record["record"] = Json::from("of-the-future");
        }
    };
    let refused = judge(rewritten(&text, kind), &["--out", "kind"]);
    assert_eq!(refused.code(), Some(2));
    assert!(
        refused.told().contains("does not know"),
        "{}",
        refused.told()
    );
    assert!(refused.told().contains("a newer one"), "{}", refused.told());
    assert!(!refused.told().contains("damaged"), "{}", refused.told());

    let schema = |number: usize, record: &mut Json| {
        if number == 0 {
            *record = serde_json::json!({"record": "run", "schema": "mailfleet.observations/2"});
        }
    };
    let refused = judge(rewritten(&text, schema), &["--out", "schema"]);
    assert_eq!(refused.code(), Some(2));
    assert!(
        refused.told().contains("mailfleet.observations/2"),
        "{}",
        refused.told()
    );
}

/// A command in a network namespace of its own, in which not even loopback is up.
fn without_network(program: &str) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--net", "--", program]);
    command
}

#[test]
fn judging_again_by_other_policies_needs_no_network() {
    let devices = without_network("cat").arg("/proc/net/dev").output();
    match devices {
        Ok(ran) if ran.status.success() => {
            let devices = String::from_utf8_lossy(&ran.stdout).into_owned();
            let devices: Vec<&str> = devices.lines().skip(2).collect();
            assert_eq!(devices.len(), 1, "{devices:?}");
            assert!(devices[0].trim_start().starts_with("lo:"), "{devices:?}");
        }
        other => {
            let why = format!("{other:?}");
            writeln!(std::io::stdout(), "SKIPPED: no network namespace: {why}").expect("said");
            return;
        }
    }
    // What needs the network fails there, so that what follows is no accident.
    let dialled = without_network(env!("CARGO_BIN_EXE_mailfleet"))
        .args([
            "probe",
            "192.0.2.1:993",
            "--retries",
            "0",
            "--format",
            "json",
        ])
        .output()
        .expect("runs");
    assert_eq!(dialled.status.code(), Some(3), "{dialled:?}");

    let kept = kept().pop().expect("a journal");
    let place = Place::new();
    let strict = place.write(
        "strict.toml",
        "name = \"strict\"\nversion = \"1\"\nextends = \"rfc8314\"\n[thresholds]\ntls_minimum = \"1.3\"\n",
    );
    let strict = strict.to_string_lossy().into_owned();
    let presets = mailfleet::policy::PRESETS.iter().map(|preset| preset.name);
    for (number, policy) in presets.chain([strict.as_str()]).enumerate() {
        let (inside, outside) = (format!("inside-{number}"), format!("outside-{number}"));
        run(
            &place,
            &judging(&kept),
            &["--policy", policy, "--out", &outside],
        );
        let ran = without_network(env!("CARGO_BIN_EXE_mailfleet"))
            .args(judging(&kept))
            .args(["--policy", policy, "--out", &inside])
            .current_dir(place.path(""))
            .env_clear()
            .output()
            .expect("runs");
        assert!(matches!(ran.status.code(), Some(0 | 1)), "{ran:?}");
        assert_eq!(
            place.read(&format!("{inside}/report.json")),
            place.read(&format!("{outside}/report.json")),
            "{policy}"
        );
    }
}
