//! The policies that come with the program: what they allow, and what they stand on.

mod matrix;

use std::collections::{BTreeMap, BTreeSet};

use mailfleet::model::{
    Citation, KeyAgreement, NamedGroup, Severity, Standard, Suite, TlsVersion, Verb,
};
use mailfleet::plan;
use mailfleet::policy::{self, PRESETS, Policy, Stance, load};
use mailfleet::rules::{RULES, find};
use mailfleet::words::{Language, Words};

use crate::scene::known_rules;

fn preset(name: &str) -> Policy {
    load(name, &known_rules()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// Which column of the table each preset follows, how it takes the letters there, and how many suites it
/// allows and advises against.
const COLUMNS: [(&str, &str, &str, &str, usize, usize); 9] = [
    ("rfc8314", "R", "Posw", "", 75, 0),
    ("mozilla-intermediate", "M", "Y", "", 9, 0),
    ("mozilla-modern", "m", "Y", "", 3, 0),
    ("nist-800-52r2", "N", "Y", "L", 30, 14),
    ("pci-dss-4.0.1", "P", "o", "a", 160, 133),
    ("bsi-tr-02102-2", "B", "Y", "de", 39, 26),
    ("ncsc-nl", "C", "GS", "P", 47, 35),
    ("gbt-37002", "G", "o", "a", 80, 53),
    ("djbh", "G", "o", "a", 80, 53),
];

#[test]
fn each_preset_takes_each_suite_as_the_table_does() {
    let table = include_str!("../cases/suites/presets.txt");
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let head: Vec<&str> = lines.next().expect("a head").split(';').collect();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(';').collect()).collect();
    assert_eq!(rows.len(), 352);
    assert!(
        COLUMNS
            .iter()
            .map(|row| row.0)
            .eq(PRESETS.iter().map(|preset| preset.name))
    );
    for (name, column, allowed, discouraged, allows, advises_against) in COLUMNS {
        let policy = preset(name);
        let at = head
            .iter()
            .position(|one| *one == column)
            .expect("a column");
        let mut counted = (0, 0);
        for row in &rows {
            let suite = Suite(u16::from_str_radix(row[0], 16).expect("a number"));
            let traits = suite.traits();
            // The head of the table says where and why a policy departs from a letter.
            let of_certificates = traits.is_some_and(|traits| traits.for_certificates());
            let is_dhe = traits.is_some_and(|traits| traits.agreement == KeyAgreement::Dhe);
            let expected = match row[at] {
                letter if allowed.contains(letter) => match column {
                    "R" if !of_certificates => Stance::Outside,
                    "N" if is_dhe => Stance::Discouraged,
                    _ => Stance::Allowed,
                },
                letter if discouraged.contains(letter) => Stance::Discouraged,
                _ => Stance::Outside,
            };
            let stance = policy.suites.stance(suite);
            assert_eq!(stance, expected, "{name}: {suite} is {}", row[at]);
            counted.0 += usize::from(stance != Stance::Outside);
            counted.1 += usize::from(stance == Stance::Discouraged);
        }
        assert_eq!(counted, (allows, advises_against), "{name}");
        // In no registry of the IANA.
        for other in [0xe053, 0xc102] {
            assert!(!policy.suites.allows(Suite(other)), "{name}: {other:04x}");
        }
    }
}

#[test]
fn each_preset_bears_its_title_and_follows_a_document_with_a_date() {
    for row in PRESETS {
        let policy = preset(row.name);
        assert!(!policy.document.title.is_empty(), "{}", row.name);
        let document = policy.document.standard.expect("a document");
        assert!(document.since().is_some(), "{}", row.name);
        let cites = |citation: &Citation| citation.standard == document;
        let citing = policy
            .rules
            .values()
            .filter(|set| set.clauses.iter().any(cites));
        assert!(
            citing.count() >= 12,
            "{}: its document is hardly cited",
            row.name
        );
    }
}

/// The rules that read a threshold or a list.
const READERS: [(&str, &[&str]); 14] = [
    ("certificate_keys", &["cert-key-outside-policy"]),
    ("dh_bits", &["key-exchange-weak"]),
    ("ec_bits", &["cert-weak-key", "key-exchange-weak"]),
    ("expiry_days", &["cert-expiring"]),
    ("expiry_urgent_days", &["cert-expiring"]),
    ("handshake", &["tlcp-only"]),
    ("key_exchange", &["key-exchange-outside-policy"]),
    ("prefer_implicit_tls", &["starttls-configured"]),
    ("revocation", &["cert-revocation-unknown"]),
    ("rsa_advised_bits", &["cert-key-outside-policy"]),
    ("rsa_bits", &["cert-weak-key", "key-exchange-weak"]),
    ("suites", &["cipher-outside-policy"]),
    ("tls_minimum", &["tls-version-outdated"]),
    ("tls_oldest", &["tls-version-obsolete"]),
];

/// Every clause that a rule stands on under a policy.
fn clauses<'p>(policy: &'p Policy, rule: &str) -> Vec<&'p Citation> {
    let own = policy.rules.get(rule).map_or(&[][..], |set| &set.clauses);
    let papers = find(rule).filter(|_| policy.keeps_papers_of(rule));
    let papers = papers.map_or(&[][..], |rule| rule.citations);
    own.iter().chain(papers).collect()
}

#[test]
fn every_rule_stands_on_a_clause_or_is_said_to_be_our_interpretation() {
    for row in PRESETS {
        let policy = preset(row.name);
        for rule in RULES.iter().filter(|rule| policy.asks(rule.id)) {
            assert!(
                !clauses(&policy, rule.id).is_empty(),
                "{}: {}",
                row.name,
                rule.id
            );
        }
        for key in &policy.document.interpreted {
            let readers = READERS.iter().find(|(one, _)| one == key);
            for rule in readers.map_or(&[][..], |(_, rules)| rules) {
                let cited = clauses(&policy, rule);
                let is_marked = cited.iter().any(|one| one.verb == Verb::Interpretation);
                assert!(
                    is_marked,
                    "{}: {rule} reads `{key}`, which is our own",
                    row.name
                );
            }
            assert!(
                readers.is_some() || *key == "breach_from",
                "{}: nothing is known to read `{key}`",
                row.name
            );
        }
    }
}

/// What must not be cited although it circulates, or was not verified: a document, and how its wrong or
/// unseen clauses begin.
const FORBIDDEN: [(&str, &[&str]); 8] = [
    (
        "GB/T 37002",
        &["6.1.", "6.2", "6.3", "7.1.", "7.2", "7.3", "8", "9"],
    ),
    ("GB/T 22239", &["7", "8", "9"]),
    ("GB/T 39786", &["8"]),
    ("GB/T 38636", &["1", "2", "3", "4", "5", "6", "7", "8", "9"]),
    ("PCI DSS", &["Req. 4.2.1.2", "Req. 2.2.5", "Req. 3.6"]),
    ("NIST SP 800-177", &["§"]),
    ("NIST SP 800-52", &["§3.4.2.1", "§3.4.2.3", "§3.2.2"]),
    ("RFC 10015", &["§"]),
];

/// Documents with no place in a citation of ours.
const NO_SOURCES: [&str; 10] = [
    "RFC 8437",
    "RFC 9851",
    "GB/T 39477",
    "GB/T 37002-2023",
    "GB/T 37002-2026",
    "GB/T 28448",
    "NIST SP 800-131A",
    "BSI TR-03116",
    "BSI TR-03108",
    "RFC 6125",
];

#[test]
fn nothing_is_cited_that_was_not_verified() {
    for standard in Standard::ALL {
        let cite = standard.cite();
        assert!(
            !NO_SOURCES.iter().any(|one| cite.starts_with(one)),
            "{cite}"
        );
    }
    let mut looked_at = 0;
    for row in PRESETS {
        let policy = preset(row.name);
        for rule in RULES {
            for citation in clauses(&policy, rule.id) {
                let (cite, clause) = (citation.standard.cite(), &citation.clause);
                for (document, wrong) in FORBIDDEN {
                    let is_wrong = wrong.iter().any(|begin| clause.starts_with(begin));
                    let place = format!("{}: {}: {cite} {clause}", row.name, rule.id);
                    assert!(!(cite.starts_with(document) && is_wrong), "{place}");
                }
                let ours = citation.standard == Standard::Mailfleet;
                assert_eq!(
                    ours,
                    citation.verb == Verb::Interpretation,
                    "{}: {}",
                    row.name,
                    rule.id
                );
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 1000, "{looked_at}");
    // The year always stands with the number.
    assert_eq!(Standard::GbT37002.cite(), "GB/T 37002-2018");
}

#[test]
fn the_standard_on_personal_information_is_cited_as_that() {
    let standard = Standard::GbT35273;
    assert!(standard.title().contains("Personal information"));
    assert_eq!(standard.title_zh(), "信息安全技术 个人信息安全规范");
    let mut cited_by = BTreeMap::new();
    for row in PRESETS {
        let policy = preset(row.name);
        assert_ne!(policy.document.standard, Some(standard));
        assert!(!policy.document.title.contains("35273"), "{}", row.name);
        for rule in RULES {
            for one in clauses(&policy, rule.id) {
                if one.standard == standard {
                    assert_eq!((&*one.clause, one.verb), ("6.3 a)", Verb::States));
                    cited_by
                        .entry(row.name)
                        .or_insert_with(BTreeSet::new)
                        .insert(rule.id);
                }
            }
        }
    }
    // Of what carries such information in the clear, and of nothing else.
    let clear = [
        "cleartext-configured",
        "cleartext-login",
        "login-accepted-in-clear",
        "no-encryption",
    ];
    let expected = ["djbh", "gbt-37002"].map(|name| (name, BTreeSet::from(clear)));
    assert_eq!(cited_by, BTreeMap::from(expected));
}

#[test]
fn the_measures_that_set_presets_apart() {
    let limits = |name: &str| preset(name).thresholds;
    let modern = limits("mozilla-modern");
    assert_eq!(
        (modern.tls_minimum, modern.tls_oldest),
        (TlsVersion::TLS_1_3, TlsVersion::TLS_1_3)
    );
    assert_eq!(
        (modern.validity_days, modern.validity_advised_days),
        (Some(90), None)
    );
    let intermediate = limits("mozilla-intermediate");
    assert_eq!(
        (
            intermediate.validity_days,
            intermediate.validity_advised_days
        ),
        (Some(366), Some(90))
    );
    assert_eq!(intermediate.tls_oldest, TlsVersion::TLS_1_2);
    let nist = limits("nist-800-52r2");
    assert_eq!(
        (nist.tls_minimum, nist.tls_oldest),
        (TlsVersion::TLS_1_3, TlsVersion::TLS_1_2)
    );
    assert_eq!(nist.validity_days, Some(3 * 365 + 1));
    let bsi = limits("bsi-tr-02102-2");
    assert_eq!((bsi.rsa_bits, bsi.ec_bits, bsi.dh_bits), (3000, 250, 3000));
    let ncsc = limits("ncsc-nl");
    assert_eq!(
        (ncsc.rsa_bits, ncsc.rsa_advised_bits, ncsc.dh_bits),
        (2048, 3072, 3072)
    );
    let kinds = |name: &str, kind: &str| preset(name).certificate_keys.stance(|one| *one == kind);
    for (name, kind, stance) in [
        ("mozilla-modern", "RSA", Stance::Outside),
        ("mozilla-modern", "P-384", Stance::Allowed),
        ("mozilla-intermediate", "RSA", Stance::Allowed),
        ("mozilla-intermediate", "P-521", Stance::Outside),
        ("nist-800-52r2", "Ed25519", Stance::Outside),
        ("ncsc-nl", "P-224", Stance::Discouraged),
        ("ncsc-nl", "SM2", Stance::Outside),
        ("rfc8314", "SM2", Stance::Allowed),
    ] {
        assert_eq!(kinds(name, kind), stance, "{name}: {kind}");
    }
}

#[test]
fn what_a_preset_contests_is_what_it_rules_out_of_what_current_servers_take() {
    for name in ["rfc8314", "pci-dss-4.0.1", "gbt-37002", "djbh"] {
        assert!(plan::contested([&preset(name)]).is_empty(), "{name}");
    }
    let holds =
        |sets: &BTreeSet<BTreeSet<Suite>>, suite| sets.iter().any(|set| set.contains(&suite));
    let chacha = [Suite(0x1303), Suite(0xcca8), Suite(0xcca9)];
    let of = |name: &str| plan::contested([&preset(name)]);
    for name in ["nist-800-52r2", "bsi-tr-02102-2"] {
        let suites = of(name).suites;
        assert!(chacha.iter().all(|suite| holds(&suites, *suite)), "{name}");
        assert!(!holds(&suites, Suite(0xc02f)), "{name}");
    }
    for name in ["mozilla-intermediate", "ncsc-nl"] {
        let suites = of(name).suites;
        assert!(!chacha.iter().any(|suite| holds(&suites, *suite)), "{name}");
    }
    let every_modern = |suite: &Suite| {
        let traits = suite.traits().expect("a suite with a name");
        suite.in_use() && traits.modern() && traits.usable_at(TlsVersion::TLS_1_2)
    };
    let of_tls_1_2: BTreeSet<Suite> = Suite::all().filter(every_modern).collect();
    assert!(of("mozilla-modern").suites.contains(&of_tls_1_2));
    // Groups: too small for one, on no list of the other; a remark of a third is not asked about.
    let holds = |name: &str, group| of(name).groups.iter().any(|set| set.contains(&group));
    assert!(holds("ncsc-nl", NamedGroup(0x0100)) && !holds("ncsc-nl", NamedGroup(0x0101)));
    assert!(holds("mozilla-intermediate", NamedGroup(0x0019)));
    assert!(!holds("bsi-tr-02102-2", NamedGroup(0x001d)));
}

#[test]
fn each_preset_says_what_it_is_about_in_each_language() {
    for language in Language::ALL {
        let words = Words::of(language);
        for one in PRESETS {
            let note = preset(one.name).note().expect("a note");
            assert!(words.has(&note), "{note} in {language}");
        }
        let said = |name: &str| words.say(&preset(name).note().unwrap_or_default(), &[]);
        assert!(said("pci-dss-4.0.1").contains("PAN"));
        assert!(said("bsi-tr-02102-2").contains("2023-01"));
        assert!(said("djbh").contains("GB/T 35273-2020"));
    }
    let own = "extends = \"pci-dss-4.0.1\"\nname = \"mine\"\nversion = \"1\"\n";
    let own = policy::read("mine.toml", own, &known_rules()).expect("a policy");
    assert_eq!(own.note(), preset("pci-dss-4.0.1").note());
}

#[test]
fn a_threshold_that_begins_later_and_one_of_a_group_are_contested_now() {
    let read = |text: &str| policy::read("mine.toml", text, &known_rules()).expect("a policy");
    let head = "extends = \"rfc8314\"\nname = \"mine\"\nversion = \"1\"\n";
    assert!(plan::contested([&read(head)]).is_empty());
    let later = "[[from]]\ndate = 2040-01-01\nthresholds.tls_oldest = \"1.3\"\n";
    let group = "[[group]]\nname = \"g\"\ndepartments = [\"d\"]\nthresholds.tls_oldest = \"1.3\"\n";
    for more in [later, group] {
        let contested = plan::contested([&read(&format!("{head}{more}"))]);
        assert_eq!(contested.suites.len(), 1, "{more}");
        let off = "[rules.tls-version-obsolete]\noff = true\n";
        let contested = plan::contested([&read(&format!("{head}{off}{more}"))]);
        assert!(contested.is_empty(), "{more}");
    }
}

/// The level of a clause's verb, as the table of keywords has it.
fn level(verb: Verb) -> &'static str {
    match verb {
        Verb::Must => "fail",
        Verb::Should => "warn",
        Verb::May => "info",
        Verb::States | Verb::Interpretation => "as configured",
    }
}

#[test]
fn where_a_default_severity_differs_from_the_verb_of_its_clause_is_written_down() {
    let mut differing = Vec::new();
    for rule in RULES {
        let strongest = rule.citations.first().expect("a clause").verb;
        let of_severity = match rule.severity {
            Severity::Critical | Severity::High | Severity::Medium => "fail",
            Severity::Low => "warn",
            Severity::Info => "info",
        };
        if level(strongest) != "as configured" && level(strongest) != of_severity {
            differing.push(format!(
                "{} {} {}",
                rule.id,
                rule.severity,
                strongest.word()
            ));
        }
    }
    let text = include_str!("../cases/rules/differing.txt");
    let written: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(differing, written);
}
