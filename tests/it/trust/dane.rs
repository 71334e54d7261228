//! TLSA records against chains: each usage, selector and matching type.

use aws_lc_rs::digest::{SHA256, SHA512, digest};
use mailfleet::model::{Dane, Raw, TlsaAnswer, TlsaRecord};
use mailfleet::trust::Roots;
use mailfleet::wire::cert::Certificate;

use super::attested::Seen;
use super::authority::{Authority, HOST, leaf_params, now};

fn record(usage: u8, selector: u8, matching: u8, der: &[u8]) -> TlsaRecord {
    let certificate = Certificate::parse(der).expect("a certificate");
    let selected = match selector {
        0 => der,
        _ => certificate.key(),
    };
    let data = match matching {
        0 => selected.to_vec(),
        1 => digest(&SHA256, selected).as_ref().to_vec(),
        _ => digest(&SHA512, selected).as_ref().to_vec(),
    };
    TlsaRecord {
        usage,
        selector,
        matching,
        data: Raw(data),
    }
}

fn signed(records: Vec<TlsaRecord>) -> TlsaAnswer {
    TlsaAnswer {
        secure: true,
        records,
    }
}

#[test]
fn every_usage_selector_and_matching_type_is_compared() {
    let ca = Authority::new("Dane");
    let leaf = ca.leaf(&leaf_params(&[HOST]));
    let stranger = Authority::new("Stranger");
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    // A certificate that is sent and does not belong names nothing.
    let chain = [
        leaf.clone(),
        stranger.intermediate.clone(),
        ca.intermediate.clone(),
    ];
    let seen = |records| {
        let seen = Seen::chain(&chain, now()).published(signed(records));
        seen.attested(&roots, now()).dane
    };
    for selector in 0..=1 {
        for matching in 0..=2 {
            for usage in 0..=3 {
                let own = if usage % 2 == 1 {
                    &leaf
                } else {
                    &ca.intermediate
                };
                let fits = record(usage, selector, matching, own);
                let what = format!("{usage} {selector} {matching}");
                assert_eq!(seen(vec![fits.clone()]), Dane::Matches, "{what}");
                let strange = record(usage, selector, matching, &stranger.intermediate);
                let alone = seen(vec![strange.clone()]);
                match (usage, selector) {
                    // It might name the root, whose certificate was not sent.
                    (0, 0) => assert_eq!(alone, Dane::Unproven, "{what}"),
                    _ => assert!(matches!(alone, Dane::Differs { .. }), "{what}: {alone:?}"),
                }
                assert_eq!(seen(vec![strange, fits]), Dane::Matches, "{what}");
                // The other end of the chain is not what this usage is about.
                let wrong = if usage % 2 == 1 {
                    &ca.intermediate
                } else {
                    &leaf
                };
                let wrong = seen(vec![record(usage, selector, matching, wrong)]);
                assert_ne!(wrong, Dane::Matches, "{what}");
            }
        }
    }
    // A root that clients know need not be sent; one that only the domain names must be.
    assert_eq!(seen(vec![record(0, 1, 1, &ca.root)]), Dane::Matches);
    assert_ne!(seen(vec![record(2, 1, 1, &ca.root)]), Dane::Matches);
    // Unless the record is that certificate itself (RFC 7671 §5.2).
    assert_eq!(seen(vec![record(2, 0, 0, &ca.root)]), Dane::Matches);
    for (selector, matching) in [(0, 1), (1, 0)] {
        let digest = record(2, selector, matching, &ca.root);
        assert_ne!(seen(vec![digest]), Dane::Matches);
    }
    assert_ne!(seen(vec![record(2, 0, 0, &stranger.root)]), Dane::Matches);
}

#[test]
fn what_is_not_proven_or_not_defined_accuses_nobody() {
    let ca = Authority::new("Dane");
    let leaf = ca.leaf(&leaf_params(&[HOST]));
    let stranger = Authority::new("Stranger").intermediate;
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    let chain = [leaf.clone(), ca.intermediate.clone()];
    let seen = |answer| {
        let seen = Seen::chain(&chain, now()).published(answer);
        seen.attested(&roots, now()).dane
    };
    let unsigned = TlsaAnswer {
        secure: false,
        records: vec![record(3, 1, 1, &stranger)],
    };
    assert_eq!(seen(unsigned), Dane::Unproven);
    assert_eq!(seen(signed(vec![])), Dane::Absent);
    let good = record(3, 1, 1, &stranger);
    for odd in [
        TlsaRecord {
            usage: 4,
            ..good.clone()
        },
        TlsaRecord {
            selector: 2,
            ..good.clone()
        },
        TlsaRecord {
            matching: 3,
            ..good.clone()
        },
        TlsaRecord {
            matching: 2,
            ..good.clone()
        },
        TlsaRecord {
            data: Raw(vec![]),
            ..good.clone()
        },
        TlsaRecord {
            matching: 0,
            data: Raw(vec![]),
            ..good.clone()
        },
    ] {
        assert_eq!(seen(signed(vec![odd])), Dane::Absent);
    }
    let differs = seen(signed(vec![good]));
    let Dane::Differs { published, fitting } = differs else {
        panic!("{differs:?}");
    };
    assert!(published[0].starts_with("3 1 1 ") && published[0].ends_with('…'));
    let own = record(3, 1, 1, &leaf);
    let hex: String = own
        .data
        .0
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(fitting, format!("3 1 1 {hex}"));
}
