//! Each way in which a chain can be wrong, and what the rules make of it.

use jiff::Timestamp;
use mailfleet::model::{NameMatch, Path, Value, Verdict};
use mailfleet::trust::Roots;
use mailfleet::wire::cert;
use rcgen::{BasicConstraints, DnType, ExtendedKeyUsagePurpose, IsCa, date_time_ymd};

use super::authority::{Authority, HOST, at, fixture, key, leaf_params, now};
use super::case::{report, verdicts, violations};

fn roots(authority: &Authority) -> Roots {
    Roots::of_certificates("test", [authority.root.as_slice()])
}

#[track_caller]
fn expect(chain: &[Vec<u8>], host: &str, roots: &Roots, at: Timestamp, expected: &[&str]) {
    assert_eq!(violations(chain, host, roots, at), expected);
}

#[test]
fn a_good_chain_holds_whatever_its_order() {
    let ca = Authority::new("Good");
    let leaf = ca.leaf(&leaf_params(&[HOST]));
    let mixed = ["cert-chain-disordered/order"];
    for (chain, remarks) in [
        (vec![leaf.clone(), ca.intermediate.clone()], &[][..]),
        (
            vec![leaf.clone(), ca.root.clone(), ca.intermediate.clone()],
            &mixed,
        ),
    ] {
        expect(&chain, HOST, &roots(&ca), now(), remarks);
        let report = report(&chain, HOST, &roots(&ca), now());
        assert_eq!(
            report.path,
            Path::Holds {
                root: "CN=Good Root".into(),
                through: vec!["CN=Good Intermediate".into()]
            }
        );
        assert_eq!(report.name, NameMatch::Matches(HOST.into()));
        let leaf = report.leaf().expect("a leaf");
        assert_eq!(leaf.subject, "CN=Mail service,O=Example\\, Inc.");
        assert_eq!(leaf.key.to_string(), "EC 256 (P-256)");
        assert_eq!(leaf.signature_hash.as_deref(), Some("SHA-256"));
        assert!(!leaf.self_signed && !leaf.is_ca);
    }
}

#[test]
fn dates_are_judged_to_the_second() {
    let ca = Authority::new("Dates");
    let chain = [ca.leaf(&leaf_params(&[HOST])), ca.intermediate.clone()];
    for (time, expected) in [
        ("2025-12-31T23:59:59Z", &["cert-not-yet-valid"][..]),
        ("2026-01-01T00:00:00Z", &[]),
        ("2026-12-10T23:59:59Z", &[]),
        ("2026-12-11T00:00:00Z", &["cert-expiring"]),
        ("2026-12-24T23:59:59Z", &["cert-expiring"]),
        ("2026-12-25T00:00:00Z", &["cert-expiring/urgent"]),
        ("2027-01-01T00:00:00.5Z", &["cert-expiring/urgent"]),
        ("2027-01-01T00:00:01Z", &["cert-expired"]),
        ("2039-01-01T00:00:00Z", &["cert-expired"]),
    ] {
        expect(&chain, HOST, &roots(&ca), at(time), expected);
    }
}

#[test]
fn an_end_beyond_every_clock_is_no_overflow() {
    let ca = Authority::new("Far");
    let mut params = leaf_params(&[HOST]);
    params.not_after = date_time_ymd(9999, 12, 31);
    let chain = [ca.leaf(&params), ca.intermediate.clone()];
    expect(&chain, HOST, &roots(&ca), now(), &[]);
    let facts = cert::read(&chain[0]).expect("a certificate");
    assert_eq!(facts.ends(), Timestamp::MAX);
}

#[test]
fn expired_and_untrusted_do_not_hide_one_another() {
    let ca = Authority::new("Other");
    let trusted = Authority::new("Trusted");
    let chain = [
        ca.leaf(&leaf_params(&[HOST])),
        ca.intermediate.clone(),
        ca.root.clone(),
    ];
    let late = at("2028-01-01T00:00:00Z");
    let both = ["cert-expired", "cert-untrusted"];
    expect(&chain, HOST, &roots(&trusted), late, &both);
    let with_root = ["cert-expired", "cert-chain-disordered/root"];
    expect(&chain, HOST, &roots(&ca), late, &with_root);
}

#[test]
fn names_and_addresses_are_matched_by_their_kind() {
    let ca = Authority::new("Names");
    let chain = |names: &[&str]| [ca.leaf(&leaf_params(names)), ca.intermediate.clone()];
    let mismatch = &["cert-name-mismatch"][..];
    for (names, host, expected) in [
        (&["*.example.com"][..], HOST, &[][..]),
        (&["*.example.com"], "a.mail.example.com", mismatch),
        (&["imap.example.com", "smtp.example.com"], HOST, mismatch),
        (&["192.0.2.7"], "192.0.2.7", &[]),
        (&["192.0.2.7"], "192.0.2.8", mismatch),
        (&[HOST], "192.0.2.7", mismatch),
        (&["2001:db8::1"], "2001:db8::1", &[]),
        (&[], HOST, &["cert-no-san"]),
    ] {
        expect(&chain(names), host, &roots(&ca), now(), expected);
    }
}

#[test]
fn the_evidence_of_a_mismatch_lists_the_names() {
    let ca = Authority::new("Evidence");
    let names: Vec<String> = (0..25).map(|n| format!("h{n}.example.com")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let chain = [ca.leaf(&leaf_params(&names)), ca.intermediate.clone()];
    let report = report(&chain, HOST, &roots(&ca), now());
    let all = verdicts(&report, HOST, now());
    let (_, verdict) = all
        .iter()
        .find(|(rule, _)| *rule == "cert-name-mismatch")
        .expect("the rule");
    let Verdict::Violation(evidence) = verdict else {
        unreachable!("{verdict:?}");
    };
    assert!(matches!(&evidence.values["names"], Value::List(names) if names.len() == 20));
    assert_eq!(evidence.values["more"], Value::Number(5));
    assert_eq!(evidence.values["host"], Value::Term(HOST.into()));
}

#[test]
fn the_common_name_never_counts() {
    let ca = Authority::new("Common");
    let with_common_name = |names: &[&str], common_name: &str| {
        let mut params = leaf_params(names);
        params.distinguished_name = rcgen::DistinguishedName::new();
        params
            .distinguished_name
            .push(DnType::CommonName, common_name);
        [ca.leaf(&params), ca.intermediate.clone()]
    };
    for (names, common_name, expected) in [
        (&[][..], HOST, &["cert-no-san"][..]),
        (
            &["imap.example.com"],
            HOST,
            &["cert-name-mismatch", "cert-no-san/common-name-not-listed"],
        ),
        (
            &[HOST],
            "old.example.com",
            &["cert-no-san/common-name-not-listed"],
        ),
        (&[HOST], "MAIL.example.com", &[]),
        (&[HOST], "Example Mail", &[]),
        (&[HOST], "mail", &[]),
    ] {
        let chain = with_common_name(names, common_name);
        expect(&chain, HOST, &roots(&ca), now(), expected);
    }
}

#[test]
fn a_nul_in_a_name_cuts_nothing() {
    let root = fixture("root.der");
    let roots = Roots::of_certificates("fixtures", [root.as_slice()]);
    let leaf = fixture("leaf-nul.der");
    let facts = cert::read(&leaf).expect("a certificate");
    assert_eq!(facts.dns_names, ["mail.example.com\0.evil.example"]);
    for host in [HOST, "mail.example.com.evil.example", "evil.example"] {
        let all = violations(std::slice::from_ref(&leaf), host, &roots, now());
        assert!(all.contains(&"cert-name-mismatch".to_owned()), "{all:?}");
    }
}

#[test]
fn a_certificate_that_is_its_own_issuer() {
    let ca = Authority::new("Unrelated");
    let alone = |params: &rcgen::CertificateParams| {
        params.self_signed(&key()).expect("a leaf").der().to_vec()
    };
    let plain = alone(&leaf_params(&[HOST]));
    let mut params = leaf_params(&[HOST]);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let as_authority = alone(&params);
    for leaf in [&plain, &as_authority] {
        let chain = std::slice::from_ref(leaf);
        expect(chain, HOST, &roots(&ca), now(), &["cert-self-signed"]);
    }
    let itself = Roots::of_certificates("itself", [plain.as_slice()]);
    expect(&[plain], HOST, &itself, now(), &[]);
}

#[test]
fn a_missing_intermediate_is_named_with_its_address() {
    let ca = Authority::new("Gap");
    let chain = [ca.leaf(&leaf_params(&[HOST]))];
    let expected = ["cert-chain-incomplete/address-known"];
    expect(&chain, HOST, &roots(&ca), now(), &expected);
    assert_eq!(
        report(&chain, HOST, &roots(&ca), now()).path,
        Path::Incomplete {
            missing: "CN=Gap Intermediate".into(),
            url: Some("http://ca.test/i.cer".into()),
            elsewhere: None,
        }
    );
}

#[test]
fn an_untrusted_root_is_told_from_a_missing_issuer() {
    let ca = Authority::new("Private");
    let trusted = Authority::new("Trusted");
    let leaf = ca.leaf(&leaf_params(&[HOST]));
    let whole = [leaf.clone(), ca.intermediate.clone(), ca.root.clone()];
    expect(&whole, HOST, &roots(&trusted), now(), &["cert-untrusted"]);
    assert_eq!(
        report(&whole, HOST, &roots(&trusted), now()).path,
        Path::Untrusted {
            root: "CN=Private Root".into()
        }
    );
    let without_root = [leaf, ca.intermediate.clone()];
    assert_eq!(
        report(&without_root, HOST, &roots(&trusted), now()).path,
        Path::Incomplete {
            missing: "CN=Private Root".into(),
            url: None,
            elsewhere: None,
        }
    );
}

#[test]
fn a_root_of_the_same_name_with_another_key_is_no_root() {
    let ca = Authority::new("Twin");
    let twin = Authority::new("Twin");
    let chain = [ca.leaf(&leaf_params(&[HOST])), ca.intermediate.clone()];
    expect(
        &chain,
        HOST,
        &roots(&twin),
        now(),
        &["cert-untrusted/broken"],
    );
}

#[test]
fn an_intermediate_out_of_its_time_is_named() {
    let early = Authority::with_intermediate("Early", |params| {
        params.not_after = date_time_ymd(2026, 3, 1);
    });
    let chain = [
        early.leaf(&leaf_params(&[HOST])),
        early.intermediate.clone(),
    ];
    let expected = ["cert-intermediate-expired"];
    expect(&chain, HOST, &roots(&early), now(), &expected);
    let late = Authority::with_intermediate("Late", |params| {
        params.not_before = date_time_ymd(2026, 9, 1);
    });
    let chain = [late.leaf(&leaf_params(&[HOST])), late.intermediate.clone()];
    let expected = ["cert-intermediate-expired/not-yet-valid"];
    expect(&chain, HOST, &roots(&late), now(), &expected);
}

#[test]
fn what_breaks_a_path_is_told_by_the_rule_that_names_it() {
    let ca = Authority::new("Breaks");
    let mut for_clients = leaf_params(&[HOST]);
    for_clients.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let mut as_authority = leaf_params(&[HOST]);
    as_authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    for (params, named) in [
        (for_clients, "cert-wrong-usage/purpose"),
        (as_authority, "cert-wrong-usage/authority"),
    ] {
        let chain = [ca.leaf(&params), ca.intermediate.clone()];
        // One cause, one finding: the rule that names it tells it alone.
        expect(&chain, HOST, &roots(&ca), now(), &[named]);
    }
}

#[test]
fn weak_keys_and_signatures_are_seen_whatever_the_path() {
    let root = fixture("root.der");
    let roots = Roots::of_certificates("fixtures", [root.as_slice()]);
    for (file, key, hash, expected) in [
        (
            "leaf-1024.der",
            "RSA 1024",
            "SHA-256",
            &["cert-weak-key"][..],
        ),
        (
            "leaf-sha1.der",
            "RSA 2048",
            "SHA-1",
            &["cert-weak-signature"],
        ),
        (
            "leaf-pss-sha1.der",
            "RSA 2048",
            "SHA-1",
            &["cert-weak-signature"],
        ),
        (
            "self-1024-sha1.der",
            "RSA 1024",
            "SHA-1",
            &["cert-self-signed", "cert-weak-key", "cert-weak-signature"],
        ),
        (
            "self-md5.der",
            "RSA 2048",
            "MD5",
            &["cert-self-signed", "cert-weak-signature"],
        ),
    ] {
        let leaf = fixture(file);
        let facts = cert::read(&leaf).expect("a certificate");
        assert_eq!(facts.key.to_string(), key, "{file}");
        assert_eq!(facts.signature_hash.as_deref(), Some(hash), "{file}");
        expect(&[leaf], HOST, &roots, now(), expected);
    }
}

#[test]
fn a_weak_signature_is_given_as_the_reason() {
    let root = fixture("root.der");
    let roots = Roots::of_certificates("fixtures", [root.as_slice()]);
    let report = report(&[fixture("leaf-sha1.der")], HOST, &roots, now());
    let why = format!("{:?}", report.path);
    assert!(why.contains("Broken") && why.contains("SHA-1"), "{why}");
}

#[test]
fn a_certificate_that_does_not_parse() {
    let ca = Authority::new("Malformed");
    let leaf = ca.leaf(&leaf_params(&[HOST]));
    let cut = leaf[..leaf.len() - 1].to_vec();
    let mut long = leaf.clone();
    long.push(0);
    for bad in [cut, long, vec![], vec![0x30, 0x80]] {
        let chain = [bad, ca.intermediate.clone()];
        expect(&chain, HOST, &roots(&ca), now(), &["cert-malformed"]);
    }
    let spare = [leaf, ca.intermediate.clone(), vec![0x30, 0]];
    let expected = ["cert-malformed/unused"];
    expect(&spare, HOST, &roots(&ca), now(), &expected);
    let expected = ["cert-untrusted/no-certificate"];
    expect(&[], HOST, &roots(&ca), now(), &expected);
}

#[test]
fn many_roots_of_one_name_are_costly_and_not_called_untrusted() {
    let right = Authority::new("Many");
    let wrong: Vec<_> = (0..150).map(|_| Authority::new("Many").root).collect();
    let roots = Roots::of_certificates("many", wrong.iter().map(Vec::as_slice));
    let chain = [
        right.leaf_of_root(&leaf_params(&[HOST])),
        right.root.clone(),
    ];
    let report = report(&chain, HOST, &roots, now());
    assert_eq!(report.path, Path::TooCostly);
    let undetermined = verdicts(&report, HOST, now())
        .iter()
        .filter(|(_, verdict)| matches!(verdict, Verdict::Undetermined(_)))
        .count();
    assert_eq!(undetermined, 6);
    assert!(violations(&chain, HOST, &roots, now()).is_empty());
}
