//! Several policies in one run, and what would fail: files, exit statuses, the terminal.

use serde_json::Value;

use super::Place;
use super::fleet::Audited;

const STRICT: &str = "extends = \"rfc8314\"\nname = \"strict\"\nversion = \"2\"\n\
                      [thresholds]\ntls_minimum = \"1.3\"\n";
const MILD: &str =
    "extends = \"rfc8314\"\nname = \"mild\"\nversion = \"1\"\nbreach_from = \"critical\"\n";

fn rows(report: &Value, policy: &str) -> Vec<Value> {
    let all = report["comparison"].as_array().expect("rows");
    let of_policy = all.iter().filter(|row| row["policy"] == policy);
    of_policy.cloned().collect()
}

#[test]
fn one_run_by_three_policies_says_what_each_alone_says_and_can_be_judged_again() {
    let place = Place::new();
    place.write("strict.toml", STRICT);
    place.write("mild.toml", MILD);
    let audited = Audited::start(&place);
    let policies = ["--policy", "rfc8314", "--policy", "strict.toml"];
    let besides = ["--policy", "mild.toml", "--what-if", "strict.toml"];
    let all: Vec<&str> = policies.into_iter().chain(besides).collect();
    let ran = audited.audit(&place, &[&all[..], &["--out", "out"]].concat());
    assert_eq!(ran.code(), Some(1), "{}", ran.told());
    audited.stop();

    let judge = |out: &str, besides: &[&str]| {
        let mut arguments = vec!["judge", "out/observations.ndjson"];
        arguments.extend(["--accounts", "accounts.csv", "--trust", "root.der"]);
        arguments.extend(["--out", out]);
        arguments.extend_from_slice(besides);
        place.run(&arguments)
    };
    assert_eq!(judge("again", &all).code(), Some(1));
    for file in ["report.json", "report.html", "report.md", "findings.csv"] {
        let (one, two) = (format!("out/{file}"), format!("again/{file}"));
        assert_eq!(place.read(&one), place.read(&two), "{file}");
    }

    let report = place.report("out");
    let names = |list: &Value| -> Vec<String> {
        let list = list.as_array().expect("a list");
        list.iter().map(|one| one["name"].to_string()).collect()
    };
    let expected = ["\"rfc8314\"", "\"strict\"", "\"mild\""];
    assert_eq!(names(&report["run"]["policies"]), expected);
    let manifest: Value = serde_json::from_str(&place.read("out/manifest.json")).expect("JSON");
    let policies = manifest["policies"].as_array().expect("policies");
    assert_eq!(policies.len(), 3);
    for (index, row) in policies.iter().enumerate() {
        assert_eq!(row[1], report["run"]["policies"][index]["sha256"]);
    }
    assert_eq!(manifest["what_if"][0][0], "strict");
    let verified = place.run(&["verify", "out"]);
    assert_eq!(verified.code(), Some(0), "{}", verified.printed());

    // Each column is what that policy says where it stands alone.
    for (index, policy) in ["rfc8314", "strict.toml", "mild.toml"]
        .into_iter()
        .enumerate()
    {
        let ran = judge("alone", &["--policy", policy]);
        assert!(ran.code() == Some(1), "{}", ran.told());
        let alone = place.report("alone");
        let name = policy.trim_end_matches(".toml");
        assert_eq!(rows(&report, name), rows(&alone, name), "{policy}");
        let counts = &report["summary"]["policies"][index];
        assert_eq!(counts["accounts"], alone["summary"]["accounts"], "{policy}");
        assert_ne!(report["run"]["report_id"], alone["run"]["report_id"]);
        if index == 0 {
            for part in ["accounts", "findings", "endpoints"] {
                assert_eq!(report[part], alone[part], "the first decides: {part}");
            }
        }
    }
    let compliant = |index: usize| {
        let counts = &report["summary"]["policies"][index]["accounts"];
        counts["compliant"].as_u64().expect("a number")
    };
    assert!(compliant(1) < compliant(0) && compliant(0) < compliant(2));
    let what_if = &report["what_if"][0];
    let failing = what_if["failing"].as_u64().expect("a number");
    assert_eq!(compliant(0) - compliant(1), failing);
    let endpoint = &what_if["endpoints"][0]["id"];
    assert_eq!(endpoint, "legacy.yourcompany.example:993");
    assert_eq!(what_if["clients"][0]["client"], "apple-mail");

    // Where the mild one comes first, its verdicts are those of the run.
    let mild_first = judge("mild", &["--policy", "mild.toml", "--policy", "rfc8314"]);
    let mild = place.report("mild");
    assert_eq!(mild["summary"]["accounts"]["compliant"], compliant(2));
    assert_eq!(mild_first.code(), Some(1), "{}", mild_first.told());
    let tolerant = ["--policy", "mild.toml", "--fail-on", "none"];
    assert_eq!(judge("mild", &tolerant).code(), Some(0));
}

#[test]
fn the_demo_takes_policies_and_says_in_each_language_who_would_fail() {
    let place = Place::new();
    place.write("strict.toml", STRICT);
    place.write("mild.toml", MILD);
    for (language, title, client, under) in [
        (
            "en",
            "If strict 2 held",
            "Mail on the Mac",
            "compliant under mild",
        ),
        (
            "zh-CN",
            "假如改用 strict 2",
            "Mac 上的“邮件”",
            "个账户按 mild 合规",
        ),
    ] {
        let ran = place.run(&[
            "demo",
            "--policy",
            "rfc8314",
            "--policy",
            "mild.toml",
            "--what-if",
            "strict.toml",
            "--lang",
            language,
            "--out",
            language,
        ]);
        assert_eq!(ran.code(), Some(0), "{}", ran.told());
        assert!(ran.told().contains(under), "{}", ran.told());
        let printed = ran.printed();
        for what in [
            title,
            client,
            "tls-version-outdated",
            "legacy.yourcompany.example:993",
        ] {
            assert!(printed.contains(what), "{what}: {printed}");
        }
    }
    let quiet = place.run(&[
        "demo",
        "--what-if",
        "strict.toml",
        "--quiet",
        "--out",
        "quiet",
    ]);
    assert_eq!((quiet.code(), quiet.printed().as_str()), (Some(0), ""));
    let what_if = &place.report("quiet")["what_if"];
    assert_eq!(what_if.as_array().map(Vec::len), Some(1));
}

#[test]
fn policies_that_cannot_be_told_apart_are_unusable_and_say_what_to_do() {
    let place = Place::new();
    place.write("strict.toml", STRICT);
    place.write("other.toml", &STRICT.replace("1.3", "1.2"));
    place.write(
        "broken.toml",
        "extends = \"rfc8314\"\nname = \"b\"\nversion = \"1\"\nnonsense = 1\n",
    );
    for (arguments, cures) in [
        (
            vec!["--policy", "rfc8314", "--policy", "rfc8314"],
            vec!["leave one out"],
        ),
        (
            vec!["--policy", "strict.toml", "--policy", "other.toml"],
            vec!["both called `strict`", "`name` of its own"],
        ),
        (
            vec!["--what-if", "rfc8314"],
            vec!["name a file with a stricter one"],
        ),
        (
            vec!["--policy", "other.toml", "--what-if", "strict.toml"],
            vec!["`version` of its own"],
        ),
        (
            vec![
                "--policy",
                "strict.toml",
                "--policy",
                "strict.toml",
                "--what-if",
                "broken.toml",
            ],
            vec!["leave one out", "there is no key `nonsense`"],
        ),
    ] {
        let ran = place.run(&[&["demo", "--out", "out"], &arguments[..]].concat());
        assert_eq!(ran.code(), Some(2), "{arguments:?}: {}", ran.told());
        for cure in cures {
            assert!(ran.told().contains(cure), "{arguments:?}: {}", ran.told());
        }
        assert!(!place.path("out").exists(), "{arguments:?}");
    }
}

#[test]
fn what_was_not_asked_for_a_stricter_policy_is_never_green_by_it() {
    let place = Place::new();
    let audited = Audited::start(&place);
    let strict = ["bsi-tr-02102-2", "nist-800-52r2", "ncsc-nl"];
    let usual = ["--policy", "rfc8314", "--out", "usual"];
    assert_eq!(audited.audit(&place, &usual).code(), Some(1));
    // Named beside it, a policy has its questions asked, and knows.
    let mut all = vec!["--policy", "rfc8314", "--out", "asked"];
    strict
        .iter()
        .for_each(|policy| all.extend(["--policy", policy]));
    assert_eq!(audited.audit(&place, &all).code(), Some(1));
    audited.stop();

    let judge = |run: &str, out: &str, besides: &[&str]| {
        let observations = format!("{run}/observations.ndjson");
        let mut arguments = vec!["judge", observations.as_str(), "--accounts", "accounts.csv"];
        arguments.extend(["--trust", "root.der", "--out", out]);
        arguments.extend_from_slice(besides);
        place.run(&arguments)
    };
    let green = |out: &str| -> Vec<String> {
        let report = place.report(out);
        let accounts = report["accounts"].as_array().expect("accounts").iter();
        let green = accounts.filter(|account| account["verdict"] == "compliant");
        green.map(|account| account["id"].to_string()).collect()
    };
    let banner = "since it was made for another policy";
    for policy in strict {
        let unasked = judge("usual", "unasked", &["--policy", policy]);
        let asked = judge("asked", "known", &["--policy", policy]);
        let known = green("known");
        assert!(
            green("unasked").iter().all(|id| known.contains(id)),
            "{policy}"
        );
        let report = place.report("unasked");
        let reasons = report["accounts"].to_string();
        assert!(reasons.contains("\"not-planned\""), "{policy}");
        assert!(place.read("unasked/report.md").contains(banner), "{policy}");
        let told = unasked.told();
        assert!(told.contains(banner) && told.contains(policy), "{told}");
        assert!(!asked.told().contains(banner), "{}", asked.told());
        assert!(!place.read("known/report.md").contains(banner), "{policy}");

        // The column of a policy that is compared says the same, and so does what would fail by it.
        let beside = ["--policy", "rfc8314", "--policy", policy];
        let compared = judge("usual", "beside", &beside);
        let counts = &place.report("beside")["summary"]["policies"][1]["accounts"];
        assert_eq!(*counts, report["summary"]["accounts"], "{policy}");
        assert!(compared.told().contains(banner), "{}", compared.told());
        assert!(place.read("beside/report.md").contains(banner), "{policy}");
        let supposed = judge("usual", "supposed", &["--what-if", policy]);
        assert_eq!(place.report("supposed")["what_if"][0]["then"], *counts);
        assert!(supposed.told().contains(banner), "{}", supposed.told());
    }
    // By its own policy a run knows, and in Chinese it is said likewise.
    assert!(!judge("usual", "own", &[]).told().contains(banner));
    let chinese = judge("usual", "zh", &["--policy", strict[0], "--lang", "zh-CN"]);
    assert!(
        chinese.told().contains("没有询问 bsi-tr-02102-2"),
        "{}",
        chinese.told()
    );
}
