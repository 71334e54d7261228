//! Policies and waivers: the samples load, and every mistake is told at once, with its place.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use mailfleet::model::{NamedGroup, Severity, Standard, Suite, TlsVersion};
use mailfleet::policy::{
    HandshakeDemand, Mistakes, PRESETS, Policy, RevocationDemand, WaiverTerms, load, read_waivers,
    without_end,
};

use crate::scene::{known_rules, rfc8314};

fn home(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn written(text: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(text).expect("written");
    file
}

fn loaded(text: &str) -> Result<Policy, Mistakes> {
    let file = written(text.as_bytes());
    load(file.path().to_str().expect("a plain name"), &known_rules())
}

fn waived(text: &str) -> Vec<String> {
    let mistakes = read_waivers(
        written(text.as_bytes()).path(),
        &known_rules(),
        &WaiverTerms::default(),
    );
    told(&mistakes.expect_err("mistakes"))
}

fn told(mistakes: &Mistakes) -> Vec<String> {
    mistakes
        .mistakes
        .iter()
        .map(|m| format!("{}:{} {}; {}", m.line, m.column, m.what, m.cure))
        .collect()
}

#[test]
fn every_preset_loads_and_bears_its_name() {
    for preset in PRESETS {
        let policy = load(preset.name, &known_rules()).expect("it loads");
        assert_eq!(policy.name, preset.name);
        assert_eq!(policy.sha256.len(), 64);
    }
    let policy = rfc8314();
    assert_eq!(policy.breach_from, Severity::Medium);
    assert_eq!(policy.thresholds.tls_minimum, TlsVersion::TLS_1_2);
    assert!(policy.thresholds.prefer_implicit_tls);
    assert_eq!(
        (
            policy.thresholds.expiry_days,
            policy.thresholds.expiry_urgent_days
        ),
        (21, 7)
    );
    let clauses = &policy.rules["no-encryption"].clauses;
    assert_eq!(
        (clauses[0].standard, &*clauses[0].clause),
        (Standard::Rfc8314, "§4")
    );
}

#[test]
fn suites_that_do_not_exist_are_told_with_the_nearest() {
    let own = |lines: &str| {
        let head = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"\n[suites]\n";
        loaded(&format!("{head}{lines}\n"))
    };
    let policy = own("deny = [\"weak\", \"TLS_AES_128_GCM_SHA256\"]").expect("it loads");
    assert!(!policy.suites.allows(Suite(0xc012)) && !policy.suites.allows(Suite(0x1301)));
    assert!(policy.suites.allows(Suite(0xc02f)));
    let mistakes = own("allow = [\"echde\", \"TLS_AES_128_GCM_SHA265\", \"blue\", 7]\nforbid = []");
    assert_eq!(
        told(&mistakes.expect_err("mistakes")),
        [
            "5:10 there is no suite and no class of suites `echde`; did you mean `ecdhe`?",
            "5:19 there is no suite and no class of suites `TLS_AES_128_GCM_SHA265`; did you mean `TLS_AES_128_GCM_SHA256`?",
            "5:45 there is no suite and no class of suites `blue`; write the name of a suite, or tls-1.3, ecdhe, dhe, static-rsa, static-dh, static-ecdh, psk, insecure, weak, no-aead, short-tag",
            "5:53 this value does not fit; write a text in quotes",
            "6:1 there is no key `forbid` here; there are allow, deny, discourage",
        ]
    );
    let mistakes = told(&own("allow = [\"insecure\"]").expect_err("a mistake"));
    assert!(
        mistakes[0].contains("this allows no suite at all"),
        "{mistakes:?}"
    );
}

#[test]
fn a_policy_asks_for_tls_for_tlcp_or_for_one_of_them() {
    assert_eq!(rfc8314().handshake, HandshakeDemand::Tls);
    let own = |word: &str| {
        let head = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"\n";
        loaded(&format!("{head}handshake = \"{word}\"\n"))
    };
    for demand in HandshakeDemand::ALL {
        assert_eq!(own(demand.word()).expect("it loads").handshake, demand);
    }
    let mistakes = told(&own("gm").expect_err("a mistake"));
    assert_eq!(
        mistakes,
        ["4:13 this value does not fit; write tls, tlcp or either"]
    );
}

#[test]
fn the_sample_policy_differs_from_its_preset_only_where_it_says_so() {
    let path = home("samples/policy.toml");
    let own = load(path.to_str().expect("a plain name"), &known_rules()).expect("it loads");
    let base = rfc8314();
    assert_eq!(own.name, "example-company");
    assert_eq!(own.thresholds.tls_minimum, TlsVersion::TLS_1_3);
    assert_eq!(own.thresholds.rsa_bits, base.thresholds.rsa_bits);
    assert_eq!(own.thresholds.dh_bits, 3072);
    assert!(base.suites.allows(Suite(0xc013)) && !own.suites.allows(Suite(0xc013)));
    assert_eq!(own.own_domains, ["example.com", "example.net"]);
    assert_eq!(own.allow_ports, [2993]);
    assert!(base.approved.is_empty() && !own.approved.is_empty());
    assert_eq!(own.groups[0].policy.breach_from, Severity::Low);
    let later = own.stage_at("2027-07-01".parse().expect("a day"));
    assert_eq!(
        (own.thresholds.rsa_bits, later.thresholds.rsa_bits),
        (2048, 3072)
    );
    assert!(!own.asks("public-submission-port"));
    assert!(base.asks("public-submission-port"));
    let setting = &own.rules["certificate-check-disabled"];
    assert_eq!(setting.severity, Some(Severity::Critical));
    assert_eq!(
        setting.clauses,
        base.rules["certificate-check-disabled"].clauses
    );
    assert_eq!(own.waivers.len(), 1);
    let terms = WaiverTerms {
        owner: true,
        ticket: true,
        max_days: Some(365),
    };
    assert_eq!(own.waiver_terms, terms);
    read_waivers(&home("samples/waivers.toml"), &known_rules(), &terms)
        .expect("they meet the terms");
    assert_ne!(own.sha256, base.sha256);
}

#[test]
fn the_sample_waivers_load() {
    let waivers = read_waivers(
        &home("samples/waivers.toml"),
        &known_rules(),
        &WaiverTerms::default(),
    )
    .expect("they load");
    let subjects: Vec<String> = waivers.iter().map(|w| w.subject.to_string()).collect();
    assert_eq!(subjects, ["legacy.example.com:110", "li.wei@example.com"]);
    assert_eq!(waivers[0].until.to_string(), "2027-01-31");
    assert_eq!(waivers[0].ticket.as_deref(), Some("SEC-198"));
}

#[test]
fn every_mistake_of_a_policy_is_told_at_once_with_its_place_and_cure() {
    let mistakes = loaded(
        "name = \"ours\"
version = 7
extends = \"rfc8341\"
breach_form = \"high\"
own_domains = [\"example.com\", \"192.0.2.1\"]
allow_ports = [0]

[thresholds]
tls_minimum = \"1.1\"
expiry_days = 3
expiry_urgent_days = 7

[rules.no-encrytion]
off = true

[rules.cleartext-login]
severity = \"severe\"
clauses = [{ standard = \"rfc83140\", clause = \"§1\", verb = \"must\" }]
",
    )
    .expect_err("mistakes");
    assert_eq!(
        told(&mistakes),
        [
            "2:11 this value does not fit; write a text in quotes",
            "3:11 there is no policy `rfc8341` to extend; did you mean `rfc8314`?",
            "4:1 there is no key `breach_form` here; did you mean `breach_from`?",
            "5:31 this value does not fit; write a domain such as example.com",
            "6:16 this value does not fit; write a whole number from 1 to 65535",
            "8:1 `expiry_urgent_days` is greater than `expiry_days`; make the urgent window the shorter one",
            "9:15 this value does not fit; write \"1.2\" or \"1.3\"",
            "13:8 there is no rule `no-encrytion`; did you mean `no-encryption`?",
            "17:12 this value does not fit; write critical, high, medium, low or info",
            "18:25 there is no standard `rfc83140`; did you mean `rfc8314`?",
        ]
    );
}

#[test]
fn a_policy_says_what_it_extends() {
    let mistakes = loaded("name = \"ours\"\nversion = \"1\"\n").expect_err("a mistake");
    assert!(told(&mistakes)[0].contains("`extends` is missing; write extends = \"rfc8314\""));
}

#[test]
fn a_file_cannot_pose_as_a_preset() {
    for name in [
        "rfc8314",
        "RFC8314",
        "rfc\u{200b}8314",
        "ｒfc8314",
        "pci-dss-4.0.1",
    ] {
        let file = format!("name = \"{name}\"\nversion = \"2026.1\"\nextends = \"rfc8314\"\n");
        let told = told(&loaded(&file).expect_err("a mistake"));
        assert!(
            told.len() == 1
                && told[0].contains("comes with the program; give the policy a name of"),
            "{told:?}"
        );
    }
}

#[test]
fn what_reports_repeat_is_short_and_can_be_read() {
    let file = |name: &str, version: &str, owner: &str| {
        let head = format!("name = \"{name}\"\nversion = \"{version}\"\nextends = \"rfc8314\"\n");
        let waiver = "rule = \"no-encryption\"\nsubject = \"a.example.com\"\nreason = \"r\"";
        let rest = format!("approved_by = \"b\"\nuntil = 2027-01-01\nowner = \"{owner}\"\n");
        loaded(&format!("{head}[[waiver]]\n{waiver}\n{rest}"))
    };
    let (fits, long) = ("王".repeat(200), "王".repeat(201));
    file(&fits, &fits, &fits).expect("it loads");
    for mistaken in [
        file(&long, "1", "o"),
        file("own", &long, "o"),
        file("own", "1", &long),
    ] {
        let told = told(&mistaken.expect_err("a mistake"));
        assert!(
            told[0].ends_with("this text has 201 characters; write 200 at most"),
            "{told:?}"
        );
    }
    for blank in ["-", "\u{200b}", "…"] {
        let told = told(&file("own", "1", blank).expect_err("a mistake"));
        assert!(
            told[0].ends_with("write a text with a letter or a digit"),
            "{told:?}"
        );
    }
}

#[test]
fn a_domain_below_which_anyone_may_register_is_nobodys() {
    let head = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"\n";
    for lines in [
        "own_domains = [\"com\"]",
        "approved_domains = [\"co.uk\"]",
        "approved_domains = [\"example\"]",
        "[[group]]\nname = \"g\"\ndomains = [\"com\"]",
    ] {
        let told = told(&loaded(&format!("{head}{lines}\n")).expect_err("a mistake"));
        let told = told.join("\n");
        assert!(told.contains("anyone may have a name below"), "{told}");
    }
}

#[test]
fn an_unknown_policy_is_answered_with_the_nearest() {
    let mistakes = load("rfc8413", &known_rules()).expect_err("no such policy");
    assert_eq!(
        mistakes.to_string(),
        "rfc8413: there is no policy and no file of this name; did you mean `rfc8314`?"
    );
}

#[test]
fn a_waiver_without_rule_subject_reason_approver_or_end_does_not_load() {
    let whole = [
        "rule = \"no-encryption\"",
        "subject = \"legacy.example.com\"",
        "reason = \"why\"",
        "approved_by = \"who\"",
        "until = 2027-01-31",
    ];
    for left_out in 0..whole.len() {
        let kept: Vec<&str> = (0..whole.len())
            .filter(|n| *n != left_out)
            .map(|n| whole[n])
            .collect();
        let told = waived(&format!("[[waiver]]\n{}\n", kept.join("\n")));
        let key = whole[left_out].split(' ').next().expect("a key");
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].starts_with(&format!("1:1 this waiver has no `{key}`; ")),
            "{told:?}"
        );
    }
    let text = format!("[[waiver]]\n{}\n", whole.join("\n"));
    assert_eq!(
        read_waivers(
            written(text.as_bytes()).path(),
            &known_rules(),
            &WaiverTerms::default()
        )
        .expect("whole")
        .len(),
        1
    );
}

#[test]
fn a_waiver_with_nonsense_is_told_line_by_line() {
    let told = waived(
        "[[waiver]]
rule = \"no-encription\"
subject = \"not a host\"
reason = \"  \"
approved_by = \"who\"
until = \"never\"
until_when = 1
",
    );
    let lines: Vec<&str> = told
        .iter()
        .map(|t| t.split(' ').next().expect("a place"))
        .collect();
    assert_eq!(lines, ["2:8", "3:11", "4:10", "6:9", "7:1"], "{told:?}");
    assert!(told[0].ends_with("did you mean `no-encryption`?"));
}

#[test]
fn hostile_files_are_refused_and_shown_harmlessly() {
    let large = vec![b'#'; (1 << 20) + 1];
    let of = |bytes: &[u8]| {
        let file = written(bytes);
        told(
            &read_waivers(file.path(), &known_rules(), &WaiverTerms::default())
                .expect_err("refused"),
        )
        .join("\n")
    };
    assert!(of(&large).contains("larger than 1 MiB"));
    assert!(
        read_waivers(
            written(&large[..1 << 20]).path(),
            &known_rules(),
            &WaiverTerms::default()
        )
        .is_ok()
    );
    assert!(of(b"a = \"\xff\"").contains("not UTF-8"));
    assert!(!of("\"\\u001b[2J\\u202e\" = 1".as_bytes()).contains(['\u{1b}', '\u{202e}']));
    let nested = format!("waiver = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(!of(nested.as_bytes()).is_empty());
}

#[test]
fn a_file_of_nothing_but_mistakes_is_not_read_to_its_end() {
    let unknown: String = (0..60_000).map(|n| format!("key{n} = 1\n")).collect();
    let waivers = "[[waiver]]\nrule = \"no-such-rule\"\n".repeat(20_000);
    let rules: String = (0..30_000)
        .map(|n| format!("[rules.no-rule-{n}]\n"))
        .collect();
    let broken = "=\n".repeat(300_000);
    for text in [unknown, waivers, rules, broken] {
        let mistakes = loaded(&text).expect_err("mistakes");
        let last = mistakes.mistakes.last().expect("one");
        assert_eq!(
            (mistakes.mistakes.len(), &*last.what),
            (51, "there may be more")
        );
    }
}

#[test]
fn what_is_no_toml_is_a_mistake_with_a_place() {
    let told = waived("[[waiver]]\nrule = \n");
    assert!(told.iter().any(|t| t.starts_with("2:")), "{told:?}");
}

#[test]
fn issuers_are_pinned_for_own_domains_and_for_nothing_else() {
    let text = |own: &str| {
        format!(
            "name = \"a\"\nversion = \"1\"\nextends = \"rfc8314\"\n{own}issuers = [\"Acme\", \"CN=Corp Root\"]\n"
        )
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("policy.toml");
    let read = |own: &str| {
        std::fs::write(&path, text(own)).expect("written");
        load(path.to_str().expect("a plain name"), &known_rules())
    };
    let policy = read("own_domains = [\"example.com\"]\n").expect("it loads");
    assert_eq!(policy.issuers, ["Acme", "CN=Corp Root"]);
    for (host, ours) in [
        ("example.com", true),
        ("mail.example.com", true),
        ("mail.notexample.com", false),
        ("192.0.2.7", false),
    ] {
        assert_eq!(policy.owns(&host.parse().expect("a host")), ours, "{host}");
    }
    let refused = read("").expect_err("issuers of nothing");
    assert!(told(&refused)[0].contains("own_domains"), "{refused:?}");
}

#[test]
fn revocation_and_tlsa_records_are_asked_about_only_where_a_policy_says_so() {
    let preset = rfc8314();
    assert_eq!(preset.revocation, RevocationDemand::IfStapled);
    assert!(!preset.dane);
    let own = |lines: &str| {
        let head = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"\n";
        loaded(&format!("{head}{lines}"))
    };
    for demand in RevocationDemand::ALL {
        let lines = format!("revocation = \"{}\"\ndane = true\n", demand.word());
        let policy = own(&lines).expect("it loads");
        assert_eq!(policy.revocation, demand);
        assert!(policy.dane);
    }
    let mistakes = own("revocation = \"ask\"\ndane = \"yes\"\n").expect_err("mistakes");
    assert_eq!(
        told(&mistakes),
        [
            "4:14 this value does not fit; write if-stapled, stapled or asked",
            "5:8 this value does not fit; write true or false",
        ]
    );
}

#[test]
fn a_policy_that_asks_nothing_is_a_mistake() {
    let mut text = "extends = \"rfc8314\"\nname = \"nothing\"\n".to_owned();
    for rule in known_rules() {
        text += &format!("[rules.{rule}]\noff = true\n");
    }
    let mistakes = told(&loaded(&text).expect_err("a mistake"));
    assert!(
        mistakes
            .iter()
            .any(|m| m.contains("every rule is switched off")),
        "{mistakes:?}"
    );
}

#[test]
fn an_exception_ends_within_three_years() {
    let text = |until: &str| {
        format!(
            "[[waiver]]\nrule = \"no-encryption\"\nsubject = \"a.example.com\"\nreason = \"r\"\napproved_by = \"b\"\nuntil = {until}\n"
        )
    };
    let today = "2026-11-23".parse().expect("a day");
    for (until, endless) in [("2029-11-23", 0), ("2029-11-24", 1), ("9999-12-31", 1)] {
        let waivers = read_waivers(
            written(text(until).as_bytes()).path(),
            &known_rules(),
            &WaiverTerms::default(),
        )
        .expect("they load");
        assert_eq!(
            without_end(&waivers, &WaiverTerms::default(), today).len(),
            endless,
            "{until}"
        );
    }
    for subject in ["*.com", "*", "*.co.uk"] {
        let text = text("2027-01-01").replace("a.example.com", subject);
        assert!(!waived(&text).is_empty(), "{subject}");
    }
}

#[test]
fn a_policy_says_what_exceptions_need() {
    let head = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"\n";
    let terms = "[waivers]\nrequire = [\"owner\", \"ticket\"]\nmax_days = 30\n";
    let waiver = "[[waiver]]
rule = \"no-encryption\"
subject = \"a.example.com\"
reason = \"r\"
approved_by = \"b\"
until = 2027-01-31
";
    let mistakes = loaded(&format!("{head}{terms}{waiver}")).expect_err("mistakes");
    assert_eq!(
        told(&mistakes),
        [
            "7:1 this waiver has no `owner`; the policy requires one: write who looks after it",
            "7:1 this waiver has no `ticket`; the policy requires one: write where it is tracked",
        ]
    );
    let whole = format!("{waiver}owner = \"o\"\nticket = \"t\"\n");
    let policy = loaded(&format!("{head}{terms}{whole}")).expect("it loads");
    for (today, ended) in [("2027-01-01", 0), ("2026-12-31", 1)] {
        let today = today.parse().expect("a day");
        let told = without_end(&policy.waivers, &policy.waiver_terms, today);
        assert_eq!(told.len(), ended, "{told:?}");
    }
    // A file of its own has to meet them, too.
    let file = written(waiver.as_bytes());
    let mistakes = read_waivers(file.path(), &known_rules(), &policy.waiver_terms);
    assert_eq!(told(&mistakes.expect_err("mistakes")).len(), 2);
    let odd = loaded(&format!(
        "{head}[waivers]\nrequire = [\"phone\"]\nmax_days = 0\nmin_days = 1\n"
    ));
    let odd = told(&odd.expect_err("mistakes"));
    let places: Vec<&str> = odd
        .iter()
        .map(|told| told.split(' ').next().expect("one"))
        .collect();
    assert_eq!(places, ["5:12", "6:12", "7:1"], "{odd:?}");
}

#[test]
fn groups_and_kinds_of_key_are_read_by_their_names_and_mistakes_told() {
    let own = |lines: &str| {
        let head = "name = \"own\"\nversion = \"1\"\nextends = \"mozilla-modern\"\n";
        loaded(&format!("{head}{lines}\n"))
    };
    let policy =
        own("[key_exchange]\nallow = [\"any\"]\ndiscourage = [\"ffdhe3072\"]").expect("it loads");
    assert_eq!(policy.key_exchange.allow, None);
    assert_eq!(policy.key_exchange.discourage, [NamedGroup(0x0101)]);
    assert_eq!(policy.certificate_keys.allow, Some(vec!["P-256", "P-384"]));
    assert_eq!(policy.document.standard, Some(Standard::MozillaTls));
    let told = told(
        &own(
            "document = \"mozila-tls\"\ninterpreted = [\"suits\"]\n[key_exchange]\nallow = []\ndiscourage = [\"x448\"]\n\
             [certificate_keys]\nallow = [\"P-255\"]\n[thresholds]\ntls_oldest = \"1.0\"\nvalidity_days = 99999\n\
             [rules.no-aead]\nclauses = [{ standard = \"rfc9325\", verb = \"must\", since = \"2026-13\" }]",
        )
        .expect_err("mistakes"),
    );
    assert_eq!(
        told,
        [
            "4:12 there is no standard `mozila-tls`; did you mean `mozilla-tls`?",
            "5:16 there is nothing to interpret called `suits`; did you mean `suites`?",
            "7:9 this allows no group at all; name those that are allowed, or write [\"any\"]",
            "8:14 a group is advised against here that is not allowed at all; take it off this list, or allow it",
            "10:10 there is no kind of key `P-255`; did you mean `P-256`?",
            "12:14 this value does not fit; write \"1.2\" or \"1.3\"",
            "13:17 this value does not fit; write a whole number from 0 to 36500",
            "15:59 this value does not fit; write a date such as \"2026-03-15\", \"2026-03\" or \"2026\"",
        ]
    );
}
