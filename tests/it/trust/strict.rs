//! What libraries accept and the rules do not: usage, order, and how long.

use mailfleet::model::Value;
use mailfleet::trust::Roots;
use mailfleet::wire::cert;
use rcgen::{ExtendedKeyUsagePurpose, KeyUsagePurpose, date_time_ymd};

use super::authority::{Authority, HOST, at, leaf_params, now};
use super::case::{evidence_of, report, violations};

fn roots(authority: &Authority) -> Roots {
    Roots::of_certificates("test", [authority.root.as_slice()])
}

#[test]
fn what_the_key_may_do_decides_whether_a_server_may_use_it() {
    use KeyUsagePurpose::{ContentCommitment, DigitalSignature, KeyAgreement, KeyEncipherment};
    let ca = Authority::new("Usage");
    let wrong = &["cert-wrong-usage/key-usage"][..];
    for (usages, expected) in [
        (vec![], &[][..]),
        (vec![DigitalSignature], &[]),
        (vec![DigitalSignature, KeyEncipherment], &[]),
        (vec![KeyEncipherment], wrong),
        (vec![KeyAgreement], wrong),
        (vec![ContentCommitment], wrong),
    ] {
        let mut params = leaf_params(&[HOST]);
        params.key_usages = usages;
        let chain = [ca.leaf(&params), ca.intermediate.clone()];
        assert_eq!(violations(&chain, HOST, &roots(&ca), now()), expected);
    }
}

#[test]
fn a_purpose_for_servers_is_needed_where_purposes_are_named() {
    use ExtendedKeyUsagePurpose::{Any, ClientAuth, EmailProtection, ServerAuth};
    let ca = Authority::new("Purpose");
    for (purposes, is_wrong) in [
        (vec![], false),
        (vec![ServerAuth], false),
        (vec![ClientAuth, ServerAuth], false),
        // RFC 5280 allows it; the library does not, and says so in another finding.
        (vec![Any], false),
        (vec![ClientAuth, EmailProtection], true),
    ] {
        let mut params = leaf_params(&[HOST]);
        params.extended_key_usages = purposes;
        let chain = [ca.leaf(&params), ca.intermediate.clone()];
        let report = report(&chain, HOST, &roots(&ca), now());
        let evidence = evidence_of("cert-wrong-usage", &report, HOST, now());
        assert_eq!(evidence.is_some(), is_wrong);
        if let Some(evidence) = evidence {
            let named = ["clientAuth".to_owned(), "emailProtection".to_owned()];
            assert_eq!(evidence.values["purposes"], Value::List(named.into()));
        }
    }
}

#[test]
fn the_order_of_a_chain_is_looked_at() {
    let ca = Authority::new("Order");
    let other = Authority::new("Other");
    let leaf = ca.leaf(&leaf_params(&[HOST]));
    let [middle, root] = [&ca.intermediate, &ca.root];
    let stranger = &other.intermediate;
    for (chain, expected) in [
        (vec![&leaf, middle], &[][..]),
        (vec![&leaf, middle, root], &["cert-chain-disordered/root"]),
        (vec![&leaf, root, middle], &["cert-chain-disordered/order"]),
        (
            vec![&leaf, middle, stranger],
            &["cert-chain-disordered/strangers"],
        ),
        (
            vec![&leaf, stranger, middle],
            &["cert-chain-disordered/strangers"],
        ),
        (
            vec![&leaf, middle, middle],
            &["cert-chain-disordered/strangers"],
        ),
        (
            vec![&leaf, &leaf, middle],
            &["cert-chain-disordered/strangers"],
        ),
        (
            vec![&leaf, stranger],
            &[
                "cert-chain-incomplete/address-known",
                "cert-chain-disordered/strangers",
            ],
        ),
    ] {
        let chain: Vec<Vec<u8>> = chain.into_iter().cloned().collect();
        assert_eq!(violations(&chain, HOST, &roots(&ca), now()), expected);
    }
}

#[test]
fn how_long_counts_below_public_roots_only() {
    let ca = Authority::new("Long");
    let days = |from: (i32, u8, u8), until: (i32, u8, u8)| {
        let mut params = leaf_params(&[HOST]);
        params.not_before = date_time_ymd(from.0, from.1, from.2);
        params.not_after = date_time_ymd(until.0, until.1, until.2);
        let chain = [ca.leaf(&params), ca.intermediate.clone()];
        let time = at(&format!(
            "{:04}-{:02}-{:02}T00:00:00Z",
            from.0, from.1, from.2
        ));
        let mut report = report(&chain, HOST, &roots(&ca), time);
        assert!(!report.public_root);
        assert_eq!(
            evidence_of("cert-validity-too-long", &report, HOST, time),
            None
        );
        report.public_root = true;
        evidence_of("cert-validity-too-long", &report, HOST, time).map(|evidence| {
            (
                evidence.values["days"].clone(),
                evidence.values["most"].clone(),
            )
        })
    };
    // Both ends count, so a span of whole days between two midnights is a second too long.
    assert_eq!(days((2026, 1, 1), (2027, 2, 2)), None);
    let numbers = |days, most| Some((Value::Number(days), Value::Number(most)));
    assert_eq!(days((2026, 1, 1), (2027, 2, 3)), numbers(399, 398));
    assert_eq!(days((2026, 3, 15), (2026, 9, 30)), None);
    assert_eq!(days((2026, 3, 15), (2026, 10, 1)), numbers(201, 200));
    assert_eq!(days((2027, 3, 15), (2027, 6, 23)), numbers(101, 100));
    assert_eq!(days((2029, 3, 15), (2029, 5, 1)), numbers(48, 47));
    assert_eq!(days((2029, 3, 15), (2029, 4, 30)), None);
}

#[test]
fn a_good_leaf_has_the_facts_of_one() {
    let ca = Authority::new("Facts");
    let facts = cert::read(&ca.leaf(&leaf_params(&[HOST]))).expect("a certificate");
    assert_eq!(facts.form.version, 3);
    assert!(facts.form.serial_positive && facts.form.algorithms_equal);
    let has = &facts.extensions;
    let purposes = has.extended_key_usage.as_ref().expect("purposes");
    assert!(purposes.allows_servers() && has.unreadable.is_empty());
    assert!(!has.must_staple && has.embedded_scts == 0);
    assert_eq!(facts.rsa, None);
}
