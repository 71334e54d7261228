//! Policies on the command line: shown, compared, checked, and a waiver written for a finding.

use mailfleet::policy::{WaiverTerms, read_waivers};

use super::Place;
use crate::scene::known_rules;

const HEAD: &str = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"\n";

const REPORT: &str = r#"{ "schema": "mailfleet.report/1", "run": { "redacted": false, "id": "x" },
"findings": [
 { "fingerprint": "00000000000000aa", "rule": "no-encryption", "severity": "critical",
   "subject": { "kind": "endpoint", "id": "mail.example.com:110" } },
 { "fingerprint": "00000000000000bb", "rule": "cleartext-configured",
   "subject": { "kind": "account", "id": "0123456789abcdef0123456789abcdef" } },
 { "fingerprint": "00000000000000cc", "rule": "vantage-blocked",
   "subject": { "kind": "fleet", "id": "fleet" } },
 { "fingerprint": "00000000000000dd", "rule": "no-such-rule",
   "subject": { "kind": "domain", "id": "b.example.com" } }
], "accounts": [] }"#;

#[test]
fn a_file_with_mistakes_is_drawn_and_ends_with_2() {
    let place = Place::new();
    place.write("own.toml", &format!("{HEAD}breach_form = \"high\"\n"));
    for command in [
        &["policy", "check", "own.toml"],
        &["policy", "show", "own.toml"],
    ] {
        let ran = place.run(command);
        assert_eq!(ran.code(), Some(2), "{}", ran.told());
        let told = ran.told();
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(
            lines[0],
            "mailfleet: own.toml:4:1: there is no key `breach_form` here; did you mean `breach_from`?"
        );
        assert!(lines.contains(&"4 | breach_form = \"high\""), "{lines:#?}");
        assert!(
            lines.iter().any(|line| line.ends_with("| ^^^^^^^^^^^")),
            "{lines:#?}"
        );
    }
}

#[test]
fn groups_that_share_people_are_told_when_a_policy_is_checked() {
    let place = Place::new();
    let group = |name: &str| format!("[[group]]\nname = \"{name}\"\ndomains = [\"example.com\"]\n");
    place.write("own.toml", &format!("{HEAD}{}{}", group("a"), group("b")));
    let ran = place.run(&["policy", "check", "own.toml"]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    let common = "accounts of `example.com` are in the groups `a` and `b`: the first judges them";
    assert!(ran.printed().contains(common), "{}", ran.printed());
}

#[test]
fn two_policies_are_compared_by_name_and_direction() {
    let place = Place::new();
    let own = "breach_from = \"high\"
[thresholds]
tls_minimum = \"1.3\"
[suites]
deny = [\"insecure\", \"TLS_AES_128_GCM_SHA256\"]
[rules.starttls-configured]
off = true
[[from]]
date = 2027-07-01
[from.thresholds]
rsa_bits = 3072
";
    place.write("own.toml", &format!("{HEAD}{own}"));
    let ran = place.run(&["policy", "diff", "rfc8314", "own.toml"]);
    assert_eq!(ran.code(), Some(1), "{}", ran.told());
    let printed = ran.printed();
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = printed.lines().map(words).collect();
    for line in [
        "breach_from medium → high looser",
        "thresholds.tls_minimum TLS 1.2 → TLS 1.3 stricter",
        "suites 1 fewer stricter",
        "- TLS_AES_128_GCM_SHA256",
        "rules.starttls-configured low → off looser",
        "From 2027-07-01 on",
        "thresholds.rsa_bits 2048 → 3072 stricter",
    ] {
        assert!(
            lines.iter().any(|one| one == line),
            "{line} is not in {lines:#?}"
        );
    }
    let counted = |line: &&String| line.contains(" is stricter than ");
    let last = lines.iter().find(counted).expect("the counts");
    assert!(
        last.starts_with("own 1 is stricter than rfc8314 "),
        "{last}"
    );
    assert!(
        last.contains(" in 3, looser in 2, differs otherwise in 0, and in "),
        "{last}"
    );

    // The other way round, each direction is the other.
    let back = place.run(&["policy", "diff", "own.toml", "rfc8314"]);
    assert!(
        back.printed().contains(" in 2, looser in 3,"),
        "{}",
        back.printed()
    );

    let same = place.run(&["policy", "diff", "rfc8314", "rfc8314"]);
    assert_eq!(same.code(), Some(0), "{}", same.told());
    assert!(
        same.printed().contains("ask the same"),
        "{}",
        same.printed()
    );
}

#[test]
fn clauses_are_listed_where_they_are_asked_for_and_suites_share_lines() {
    let place = Place::new();
    let diff = |more: &[&str]| {
        let arguments = ["policy", "diff", "rfc8314", "nist-800-52r2"];
        let ran = place.run(&[&arguments[..], more].concat());
        assert_eq!(ran.code(), Some(1), "{}", ran.told());
        ran.printed()
    };
    let (short, long) = (diff(&[]), diff(&["--clauses"]));
    assert!(!short.contains(".clauses"), "{short}");
    assert!(long.contains(".clauses"), "{long}");
    assert!(short.contains("--clauses lists these"), "{short}");
    assert!(!long.contains("--clauses lists these"), "{long}");
    let counts = |printed: &str| {
        let line = printed
            .lines()
            .find(|line| line.contains("is stricter than"));
        line.map(str::to_owned).expect("the counts")
    };
    assert_eq!(counts(&short), counts(&long));
    let mut listed = short.lines().filter(|line| line.starts_with("    "));
    let shared = |line: &str| line.matches("TLS_").count() > 1;
    assert!(short.lines().any(shared), "{short}");
    assert!(listed.all(|line| line.chars().count() <= 100), "{short}");
}

#[test]
fn a_policy_is_shown_with_its_groups_and_what_begins_later() {
    let place = Place::new();
    let own = "approved_domains = [\"example.com\"]
[waivers]
require = [\"owner\"]
max_days = 90
[[group]]
name = \"finance\"
departments = [\"Finance\"]
[group.thresholds]
rsa_bits = 3072
[[from]]
date = 2027-07-01
[from.thresholds]
tls_minimum = \"1.3\"
";
    place.write("own.toml", &format!("{HEAD}{own}"));
    let ran = place.run(&["policy", "show", "own.toml"]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    let printed = ran.printed();
    for part in [
        "servers approved   *.example.com",
        "Exceptions need owner, too.",
        "Exceptions end within 90 days.",
        "Group finance: Finance",
        "2048 → 3072",
        "From 2027-07-01 on",
        "TLS 1.2 → TLS 1.3",
    ] {
        assert!(printed.contains(part), "{part} is not in {printed}");
    }
}

/// The arguments that write a waiver for a finding.
fn waive<'a>(fingerprint: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let begin = ["policy", "waive", "report.json", fingerprint];
    let why = ["--reason", "the till is replaced", "--approved-by", "CISO"];
    [&begin[..], &why, more].concat()
}

#[test]
fn a_waiver_is_written_for_a_finding_and_read_back() {
    let place = Place::new();
    place.write("report.json", REPORT);
    let until = (jiff::Zoned::now().date() + jiff::Span::new().days(30)).to_string();
    let more = ["--until", &until, "--append", "waivers.toml"];
    for fingerprint in ["00000000000000AA", "00000000000000bb"] {
        let ran = place.run(&waive(fingerprint, &more));
        assert_eq!(ran.code(), Some(0), "{}", ran.told());
        assert!(
            ran.told().contains("--waivers waivers.toml"),
            "{}",
            ran.told()
        );
    }
    let none = WaiverTerms::default();
    let waivers =
        read_waivers(&place.path("waivers.toml"), &known_rules(), &none).expect("they load");
    let told: Vec<String> = waivers
        .iter()
        .map(|waiver| format!("{} {} {}", waiver.rule, waiver.subject, waiver.until))
        .collect();
    assert_eq!(
        told,
        [
            format!("no-encryption mail.example.com:110 {until}"),
            format!("cleartext-configured account:0123456789abcdef0123456789abcdef {until}"),
        ]
    );
    // Twice would be once too often, and the file is checked as what it is.
    let before = place.read("waivers.toml");
    let ran = place.run(&waive("00000000000000aa", &more));
    assert_eq!(ran.code(), Some(2), "{}", ran.told());
    assert!(
        ran.told().contains(&format!("already, until {until}")),
        "{}",
        ran.told()
    );
    assert_eq!(place.read("waivers.toml"), before);
    let ran = place.run(&["policy", "check", "waivers.toml", "--lang", "zh-CN"]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    assert!(
        ran.printed().contains("其中 2 项豁免可以使用"),
        "{}",
        ran.printed()
    );
    // Without --append it is printed.
    let ran = place.run(&waive("00000000000000aa", &["--until", &until]));
    assert!(
        ran.printed()
            .starts_with("[[waiver]]\nrule = \"no-encryption\"\n"),
        "{}",
        ran.printed()
    );
}

#[test]
fn what_cannot_be_waived_is_told_with_its_cure_and_nothing_is_written() {
    let place = Place::new();
    place.write("report.json", REPORT);
    place.write("waivers.toml", "# ours\n");
    place.write(
        "own.toml",
        &format!("{HEAD}[waivers]\nrequire = [\"ticket\"]\nmax_days = 20\n"),
    );
    let soon = (jiff::Zoned::now().date() + jiff::Span::new().days(30)).to_string();
    let refused = |fingerprint: &str, more: &[&str]| {
        let more = [more, &["--append", "waivers.toml"]].concat();
        let ran = place.run(&waive(fingerprint, &more));
        assert_eq!(ran.code(), Some(2), "{}", ran.told());
        assert_eq!(place.read("waivers.toml"), "# ours\n");
        ran.told()
    };
    let until = ["--until", soon.as_str()];
    let near = refused("00000000000000ab", &until);
    assert!(near.contains("did you mean `00000000000000aa`?"), "{near}");
    let far = refused("ffff", &until);
    assert!(far.contains("findings.csv"), "{far}");
    assert!(refused("00000000000000cc", &until).contains("fleet as a whole"));
    assert!(refused("00000000000000dd", &until).contains("judge the observations again"));
    assert!(refused("00000000000000aa", &["--until", "2020-01-01"]).contains("is over"));
    assert!(refused("00000000000000aa", &["--until", "2999-01-01"]).contains("three years"));
    let terms = refused(
        "00000000000000aa",
        &["--until", &soon, "--policy", "own.toml"],
    );
    assert!(
        terms.contains("no `ticket`") && terms.contains("20 days"),
        "{terms}"
    );
    place.write("report.json", &REPORT.replace("false", "true"));
    assert!(refused("00000000000000aa", &until).contains("pseudonyms"));
    place.write("report.json", &REPORT.replace("report/1", "report/9"));
    assert!(refused("00000000000000aa", &until).contains("no report of mailfleet"));
    place.write("report.json", "[[");
    assert!(refused("00000000000000aa", &until).contains("no report of mailfleet"));
}

#[test]
fn schemas_are_printed() {
    let place = Place::new();
    for of in ["policy", "waivers", "report", "observations", "template"] {
        let ran = place.run(&["schema", of]);
        assert_eq!(ran.code(), Some(0), "{}", ran.told());
        let schema: serde_json::Value = serde_json::from_str(&ran.printed()).expect("JSON");
        assert!(schema["title"].is_string());
    }
    assert_eq!(place.run(&["schema", "letters"]).code(), Some(2));
}

#[test]
fn policies_are_told_in_the_language_that_was_asked_for() {
    let place = Place::new();
    let strict = "[thresholds]\ntls_minimum = \"1.3\"\ntls_oldest = \"1.3\"\n";
    place.write("own.toml", &format!("{HEAD}{strict}"));
    place.write(
        "accounts.csv",
        "email,protocol,host,port\na@x.test,pop3,mail.x.test,995\n",
    );
    for (arguments, english, chinese) in [
        (vec!["policy", "list"], "interpretation", "mailfleet 的解释"),
        (
            vec!["policy", "show", "bsi-tr-02102-2"],
            "RSA key ",
            "RSA 密钥",
        ),
        (
            vec!["policy", "show", "own.toml"],
            "asked besides ",
            "额外询问",
        ),
        (
            vec!["policy", "check", "own.toml"],
            "can be used",
            "可以使用",
        ),
        (
            vec!["policy", "diff", "rfc8314", "own.toml"],
            " stricter",
            "更严格",
        ),
        (
            vec!["check", "accounts.csv"],
            "1 account at 1 endpoint",
            "1 个账户，1 个端点",
        ),
    ] {
        let told = place.run(&arguments).printed();
        assert!(told.contains(english), "{arguments:?}: {told}");
        let told = place.run(&[&arguments[..], &["--lang", "zh-CN"]].concat());
        let told = told.printed();
        assert!(told.contains(chinese), "{arguments:?}: {told}");
        assert!(!told.contains(english), "{arguments:?}: {told}");
        let keys = ["show-", "diff-", "list-", "check-", "usable-"];
        let raw = told
            .split_whitespace()
            .find(|word| keys.iter().any(|key| word.starts_with(key)));
        assert!(raw.is_none(), "{raw:?}");
    }
    let usual = place.run(&["policy", "show", "rfc8314"]).printed();
    assert!(!usual.contains("asked besides"), "{usual}");
}
