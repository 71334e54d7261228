//! Policies that change on a day, and groups that have settings of their own.

use jiff::civil::Date;
use mailfleet::model::{Account, Severity, TlsVersion};
use mailfleet::policy::{Mistakes, Policy, read};

use crate::scene::{account, known_rules};

const HEAD: &str = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"\n";

fn own(lines: &str) -> Policy {
    read("own.toml", &format!("{HEAD}{lines}"), &known_rules()).expect("it loads")
}

fn refused(lines: &str) -> Vec<String> {
    let mistakes: Mistakes =
        read("own.toml", &format!("{HEAD}{lines}"), &known_rules()).expect_err("mistakes");
    let mistakes = mistakes.mistakes.iter();
    mistakes
        .map(|m| format!("{}:{} {}; {}", m.line, m.column, m.what, m.cure))
        .collect()
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn in_department(words: &str, department: &str) -> Account {
    let mut account = account(words);
    account.person.department = Some(department.into());
    account
}

#[test]
fn settings_begin_on_their_day_and_stay() {
    let policy = own("[[from]]
date = 2028-01-01
breach_from = \"low\"
[[from]]
date = 2027-07-01
[from.thresholds]
tls_minimum = \"1.3\"
[[waiver]]
rule = \"no-encryption\"
subject = \"a.example.com\"
reason = \"r\"
approved_by = \"b\"
until = 2027-01-01
");
    let at = |text: &str| {
        let stage = policy.stage_at(day(text));
        (stage.thresholds.tls_minimum, stage.breach_from)
    };
    assert_eq!(at("2027-06-30"), (TlsVersion::TLS_1_2, Severity::Medium));
    assert_eq!(at("2027-07-01"), (TlsVersion::TLS_1_3, Severity::Medium));
    assert_eq!(at("2027-12-31"), (TlsVersion::TLS_1_3, Severity::Medium));
    assert_eq!(at("2028-01-01"), (TlsVersion::TLS_1_3, Severity::Low));
    assert_eq!(at("9999-12-31"), (TlsVersion::TLS_1_3, Severity::Low));
    // A time of a day is one in UTC.
    let in_force = |time: &str| policy.in_force(time.parse().expect("a time")).thresholds;
    assert_eq!(
        in_force("2027-07-01T01:00:00+02:00").tls_minimum,
        TlsVersion::TLS_1_2
    );
    assert_eq!(
        in_force("2027-07-01T00:00:00Z").tls_minimum,
        TlsVersion::TLS_1_3
    );

    let later = |from: &Policy, text: &str| -> Vec<String> {
        let stages = from.later_stages(day(text));
        stages.map(|stage| stage.begins.to_string()).collect()
    };
    assert_eq!(later(&policy, "2027-06-30"), ["2027-07-01", "2028-01-01"]);
    assert_eq!(later(&policy, "2027-07-01"), ["2028-01-01"]);
    assert!(later(&policy, "2028-01-01").is_empty());
    // A stage is whole: it knows what comes after it, and everything that holds on every day.
    let stage = policy.stage_at(day("2027-07-01"));
    assert_eq!(later(stage, "2027-07-01"), ["2028-01-01"]);
    assert_eq!(
        stage.stage_at(day("2027-07-02")).breach_from,
        Severity::Medium
    );
    assert_eq!((&stage.name, stage.waivers.len()), (&policy.name, 1));
    assert_eq!(stage.sha256, policy.sha256);
}

#[test]
fn a_group_has_its_own_settings_on_every_day() {
    let policy = own("[[from]]
date = 2027-07-01
[from.thresholds]
tls_minimum = \"1.3\"
rsa_bits = 3072
[[group]]
name = \"finance\"
departments = [\"Finance\"]
breach_from = \"low\"
[group.thresholds]
rsa_bits = 4096
[[group.from]]
date = 2027-01-01
breach_from = \"info\"
[[group]]
name = \"branches\"
domains = [\"branch.example.com\"]
emails = [\"svc-*@example.com\", \"li@example.com\"]
[group.thresholds]
tls_minimum = \"1.2\"
");
    let finance = |text: &str| {
        let theirs = &policy.stage_at(day(text)).groups[0].policy;
        (
            theirs.breach_from,
            theirs.thresholds.rsa_bits,
            theirs.thresholds.tls_minimum,
        )
    };
    let (tls12, tls13) = (TlsVersion::TLS_1_2, TlsVersion::TLS_1_3);
    assert_eq!(finance("2026-12-31"), (Severity::Low, 4096, tls12));
    assert_eq!(finance("2027-01-01"), (Severity::Info, 4096, tls12));
    assert_eq!(finance("2027-07-01"), (Severity::Info, 4096, tls13));
    // A group that states a value keeps it, whatever begins for the others.
    let branches = &policy.stage_at(day("2027-07-01")).groups[1].policy;
    assert_eq!(branches.thresholds.tls_minimum, tls12);
    assert_eq!(branches.thresholds.rsa_bits, 3072);

    let groups = |account: &Account| policy.membership().groups_of(account);
    let words = "wang pop3 tls mail.example.com:995";
    assert!(groups(&account(words)).is_empty());
    assert_eq!(groups(&in_department(words, " finance ")), [0]);
    assert!(groups(&in_department(words, "Finances")).is_empty());
    let li = "li pop3 tls mail.example.com:995";
    assert_eq!(groups(&account(li)), [1]);
    assert_eq!(groups(&in_department(li, "FINANCE")), [0, 1]);
    assert_eq!(groups(&account("svc-7 pop3 tls mail.example.com:995")), [1]);
    let mut branch = account(words);
    branch.person.email = Some("Wang@North.Branch.example.com".into());
    assert_eq!(groups(&branch), [1]);
}

#[test]
fn nobody_leaves_a_group_by_another_spelling() {
    let policy = own("[[group]]
name = \"strict\"
departments = [\"Finance\"]
domains = [\"yourcompany.example\", \"münchen.example\"]
emails = [\"*@branch.example.org.\", \"li@example.net\"]
");
    let membership = policy.membership();
    let with_email = |email: &str| {
        let mut account = account("li pop3 tls mail.example.com:995");
        account.person.email = Some(email.into());
        membership.groups_of(&account)
    };
    for email in [
        "b@münchen.example",
        "b@xn--mnchen-3ya.example",
        "b@MÜNCHEN.example.",
        "b@north.yourcompany.example.",
        "b@ｙourcompany.example",
        "b@branch.example.org",
        "b@Branch.example.org.",
        "LI@example.net.",
    ] {
        assert_eq!(with_email(email), [0], "{email}");
    }
    for email in ["b@notyourcompany.example", "b@example.net", "b"] {
        assert!(with_email(email).is_empty(), "{email}");
    }
    let mut moved = in_department("li pop3 tls mail.example.com:995", "Sales");
    moved.other_departments.push("Finance".into());
    assert_eq!(membership.groups_of(&moved), [0]);
    for department in ["Ｆinance", "Fin\u{200b}ance", " FINANCE ", "finance"] {
        let account = in_department("li pop3 tls mail.example.com:995", department);
        assert_eq!(membership.groups_of(&account), [0], "{department:?}");
    }
}

#[test]
fn exceptions_are_kept_once_for_each_day_and_not_for_each_group() {
    let mut policy = own("[[from]]
date = 2027-07-01
breach_from = \"low\"
[[group]]
name = \"g\"
departments = [\"Sales\"]
");
    let other = own("[[waiver]]
rule = \"no-encryption\"
subject = \"a.example.com\"
reason = \"r\"
approved_by = \"b\"
until = 2027-01-01
");
    policy.on_every_day(|policy| policy.waivers.extend_from_slice(&other.waivers));
    for day in ["2026-01-01", "2028-01-01"].map(day) {
        let stage = policy.stage_at(day);
        assert_eq!(
            (stage.waivers.len(), stage.groups[0].policy.waivers.len()),
            (1, 0)
        );
    }
}

#[test]
fn a_comparison_tells_order_of_groups_their_settings_and_grounds_of_waivers() {
    let waiver = |reason: &str, by: &str| {
        format!(
            "[[waiver]]\nrule = \"no-encryption\"\nsubject = \"a.example.com\"\n\
             reason = \"{reason}\"\napproved_by = \"{by}\"\nuntil = 2027-01-01\n"
        )
    };
    let (a, b) = (
        "[[group]]\nname = \"a\"\ndepartments = [\"A\"]\nbreach_from = \"high\"\n",
        "[[group]]\nname = \"b\"\ndepartments = [\"B\"]\n",
    );
    let rules: Vec<_> = mailfleet::rules::RULES
        .iter()
        .map(|rule| (rule.id, rule.severity))
        .collect();
    let told = |one: &str, other: &str| -> Vec<String> {
        let told = mailfleet::policy::differences(&own(one), &own(other), &rules);
        told.iter()
            .map(|d| format!("{} {} {}", d.key, d.how, d.tends.word()))
            .collect()
    };
    assert_eq!(
        told(&format!("{a}{b}"), &format!("{b}{a}")),
        ["group order, of which the first judges a, b → b, a neither"]
    );
    assert_eq!(
        told(&waiver("r", "x"), &waiver("s", "y")),
        [
            "waiver no-encryption for a.example.com until 2027-01-01 reason r → s neither",
            "waiver no-encryption for a.example.com until 2027-01-01 approved_by x → y neither",
        ]
    );
    assert_eq!(
        told(b, &format!("{b}{a}")),
        [
            "group + a neither",
            "group `a` members + A neither",
            "group `a` breach_from medium → high looser",
        ]
    );
    assert_eq!(
        told(&format!("{b}{a}"), b)[2],
        "group `a` breach_from high → medium stricter"
    );
    assert!(told(&waiver("r", "x"), &waiver("r", "x")).is_empty());
}

#[test]
fn many_groups_with_many_names_cost_an_account_no_more() {
    let mut text = String::new();
    for group in 0..64 {
        let names: Vec<String> = (0..1000).map(|n| format!("\"d {group} {n}\"")).collect();
        let domains: Vec<String> = (0..1000)
            .map(|n| format!("\"d{n}.g{group}.example\""))
            .collect();
        text += &format!(
            "[[group]]\nname = \"{group}\"\ndepartments = [{}]\n",
            names.join(",")
        );
        text += &format!("domains = [{}]\n", domains.join(","));
    }
    let policy = own(&text);
    // Compared name by name, either would take minutes.
    assert!(policy.groups_in_common().is_empty());
    let membership = policy.membership();
    let account = in_department("li pop3 tls mail.example.com:995", "D 63 999");
    for _ in 0..20_000 {
        assert_eq!(membership.groups_of(&account), [63]);
    }
    let many: Vec<String> = (0..257).map(|n| format!("\"*-{n}@example.com\"")).collect();
    let told = refused(&format!(
        "[[group]]\nname = \"g\"\nemails = [{}]\n",
        many.join(", ")
    ));
    assert!(told[0].contains("256 are read at most"), "{told:?}");
}

#[test]
fn groups_that_share_a_name_are_told() {
    let policy = own("[[group]]
name = \"a\"
departments = [\"Sales\"]
domains = [\"example.com\"]
[[group]]
name = \"b\"
departments = [\"sales\"]
domains = [\"b.example.com\", \"example.net\"]
");
    let shared = policy.groups_in_common();
    let members: Vec<&str> = shared.iter().map(|shared| &*shared.members).collect();
    assert_eq!(members, ["sales", "b.example.com"]);
    assert!(
        shared
            .iter()
            .all(|shared| (shared.first, shared.second) == ("a", "b"))
    );
}

#[test]
fn mistakes_of_dates_and_groups_are_told_once_with_their_place() {
    let told = refused(
        "[[from]]
breach_from = \"lo\"
[[from]]
date = \"2027-13-01\"
dane = true
[[from]]
date = \"2027-07-01\"
[[from]]
date = 2027-07-01
[[group]]
departments = [7]
[[group]]
name = \"x\"
emails = [\"*@*\", \"mail-*.example.com\"]
[group.thresholds]
expiry_urgent_days = 22
[[group]]
name = \"x\"
departments = [\"y\"]
own_domains = [\"example.com\"]
[[group.from]]
date = 2027-07-01
[group.from.thresholds]
expiry_days = 6
",
    );
    assert_eq!(
        told,
        [
            "4:1 these settings have no `date`; write their first day: date = 2027-07-01",
            "5:15 this value does not fit; write critical, high, medium, low or info",
            "7:8 this value does not fit; write a day such as 2027-03-31",
            "8:1 there is no key `dane` here; did you mean `date`?",
            "12:8 settings that begin on 2027-07-01 stand here already; join the two",
            "13:1 nobody is in this group; write departments = [\"…\"], domains = [\"…\"] or emails = [\"…\"]",
            "13:1 this group has no `name`; give it a name",
            "14:16 this value does not fit; write a text in quotes",
            "15:1 nobody is in this group; write departments = [\"…\"], domains = [\"…\"] or emails = [\"…\"]",
            "17:11 this value does not fit; write an address, or one with a *, such as \"*@branch.example.com\"",
            "17:18 this value does not fit; write an address, or one with a *, such as \"*@branch.example.com\"",
            "18:1 `expiry_urgent_days` is greater than `expiry_days`; make the urgent window the shorter one",
            "21:8 another group has this name already; give each group a name of its own",
            "23:1 there is no key `own_domains` here; there are name, departments, domains, emails, from, breach_from, handshake, approved_servers, approved_domains, thresholds, suites, key_exchange, certificate_keys, rules",
            "26:1 `expiry_urgent_days` is greater than `expiry_days`; make the urgent window the shorter one",
        ]
    );
}

#[test]
fn a_file_makes_no_more_policies_than_fit() {
    let days = |count: usize| -> String {
        let days = (1..=count).map(|n| format!("[[from]]\ndate = 2027-{n:02}-01\n"));
        days.collect()
    };
    let groups = |count: usize| -> String {
        let groups =
            (0..count).map(|n| format!("[[group]]\nname = \"{n}\"\ndepartments = [\"{n}\"]\n"));
        groups.collect()
    };
    assert_eq!(own(&format!("{}{}", days(12), groups(30))).groups.len(), 30);
    for (text, what) in [
        (
            format!("{}{}", days(12), groups(64)),
            "12 days, each for 64 groups",
        ),
        (groups(65), "this list has 65 members"),
        (
            format!("{}[[from]]\ndate = 2028-01-01\n", days(12)),
            "this list has 13 members",
        ),
    ] {
        let told = refused(&text);
        assert!(told.len() == 1 && told[0].contains(what), "{told:?}");
    }
    let many: Vec<String> = (0..5001).map(|n| format!("\"d{n}.example\"")).collect();
    let told = refused(&format!("own_domains = [{}]\n", many.join(", ")));
    assert!(told[0].contains("5000 are read at most"), "{told:?}");
}
