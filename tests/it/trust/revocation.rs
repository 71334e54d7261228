//! Answers of issuers, by OpenSSL and made here: which count, and which settle nothing.

use jiff::Timestamp;
use mailfleet::model::{RevocationSource, Status};
use mailfleet::trust::Roots;
use rcgen::{
    CertificateParams, CertificateRevocationListParams, CrlDistributionPoint,
    CrlIssuingDistributionPoint, CrlScope, KeyIdMethod, RevocationReason, RevokedCertParams,
    SerialNumber, date_time_ymd,
};

use super::attested::Seen;
use super::authority::{Authority, HOST, at, fixture, leaf_params, now};

/// Shortly after the fixtures were made.
fn then() -> Timestamp {
    at("2026-12-01T00:00:00Z")
}

fn fixtures() -> (Vec<Vec<u8>>, Roots) {
    let issuer = fixture("status-issuer.der");
    let roots = Roots::of_certificates("test", [issuer.as_slice()]);
    (vec![fixture("status-leaf.der")], roots)
}

#[test]
fn a_staple_is_read_verified_and_held_against_the_time() {
    let (chain, roots) = fixtures();
    for (name, time, expected) in [
        ("ocsp-good.der", "2026-12-01T00:00:00Z", "good"),
        ("ocsp-good-sha256.der", "2026-12-01T00:00:00Z", "good"),
        ("ocsp-delegated.der", "2026-12-01T00:00:00Z", "good"),
        ("ocsp-revoked.der", "2026-12-01T00:00:00Z", "keyCompromise"),
        ("ocsp-not-known.der", "2026-12-01T00:00:00Z", "not-known"),
        (
            "ocsp-other.der",
            "2026-12-01T00:00:00Z",
            "other-certificate",
        ),
        ("ocsp-impostor.der", "2026-12-01T00:00:00Z", "not-authentic"),
        ("ocsp-good.der", "2126-10-30T19:45:55Z", "good"),
        ("ocsp-good.der", "2126-10-30T19:45:56Z", "not-current"),
        ("ocsp-good.der", "2026-11-23T19:30:00Z", "not-yet"),
        ("ocsp-revoked.der", "2026-11-23T19:39:00Z", "not-current"),
        ("crl-revoked.der", "2026-12-01T00:00:00Z", "unreadable"),
    ] {
        let time = at(time);
        let seen = Seen::chain(&chain, time).stapled(&fixture(name));
        assert_eq!(
            seen.said(&roots, time)[0],
            format!("staple {expected}"),
            "{name}"
        );
    }
    let declined = Seen::chain(&chain, then()).stapled(&[0x30, 3, 0x0a, 1, 3]);
    assert_eq!(declined.said(&roots, then())[0], "staple declined");
}

#[test]
fn the_issuer_may_be_sent_or_be_a_root_and_nobody_else_counts() {
    let (mut chain, _) = fixtures();
    let good = fixture("ocsp-good.der");
    let other = Authority::new("Other");
    let strange = Roots::of_certificates("test", [other.root.as_slice()]);
    let seen = Seen::chain(&chain, then()).stapled(&good);
    assert_eq!(seen.said(&strange, then())[0], "staple no-issuer");
    assert!(seen.questions(&strange, then()).is_empty());
    chain.push(fixture("status-issuer.der"));
    let seen = Seen::chain(&chain, then()).stapled(&good);
    assert_eq!(seen.said(&strange, then())[0], "staple good");
}

#[test]
fn sources_are_asked_one_after_another_until_one_settles_it() {
    let (chain, roots) = fixtures();
    let seen = Seen::chain(&chain, then());
    let first = seen.questions(&roots, then());
    assert_eq!(first.len(), 1, "{first:?}");
    assert!(first[0].starts_with("http://ocsp.test/ME"), "{first:?}");
    assert!(first[0].is_ascii() && !first[0][17..].contains(['+', '/', '=']));

    let seen = seen.fetched(&first[0], None);
    assert_eq!(seen.questions(&roots, then()), ["http://crl.test/all.crl"]);
    for (list, expected) in [
        (Some("crl-good.der"), "crl good"),
        (Some("crl-revoked.der"), "crl keyCompromise"),
        (None, "crl no-answer"),
    ] {
        let body = list.map(fixture);
        let seen = Seen::chain(&chain, then())
            .fetched(&first[0], None)
            .fetched("http://crl.test/all.crl", body.as_deref());
        assert_eq!(seen.said(&roots, then()), ["ocsp no-answer", expected]);
        assert!(seen.questions(&roots, then()).is_empty());
    }

    let seen = Seen::chain(&chain, then()).fetched(&first[0], Some(&fixture("ocsp-revoked.der")));
    let revoked = &seen.attested(&roots, then()).revocation[0];
    let since = at("2026-11-23T19:40:55Z");
    let reason = "keyCompromise";
    assert_eq!(revoked.status, Status::Revoked { since, reason });
    assert_eq!(revoked.source, RevocationSource::Ocsp);
    assert!(seen.questions(&roots, then()).is_empty());
    let seen = Seen::chain(&chain, then()).stapled(&fixture("ocsp-good.der"));
    assert!(seen.questions(&roots, then()).is_empty());
}

#[test]
fn every_certificate_that_clients_are_shown_is_asked_about() {
    let (chain, roots) = fixtures();
    let silent = Authority::new("Silent");
    let first = [
        silent.leaf(&leaf_params(&[HOST])),
        silent.intermediate.clone(),
    ];
    let seen = Seen::chain(&first, then());
    assert!(seen.questions(&roots, then()).is_empty());
    let asked = seen.further(&chain).questions(&roots, then());
    assert!(asked[0].starts_with("http://ocsp.test/"), "{asked:?}");
}

#[test]
fn a_mutated_answer_is_never_taken_for_another_word_of_the_issuer() {
    let (chain, roots) = fixtures();
    for (name, own) in [
        ("ocsp-good.der", "good"),
        ("ocsp-revoked.der", "keyCompromise"),
        ("ocsp-delegated.der", "good"),
        ("ocsp-not-known.der", "not-known"),
    ] {
        let whole = fixture(name);
        for place in 0..whole.len() {
            for bit in [0, 3, 7] {
                let mut der = whole.clone();
                der[place] ^= 1 << bit;
                let seen = Seen::chain(&chain, then()).stapled(&der);
                let said = seen.said(&roots, then())[0].clone();
                let settled = ["good", "keyCompromise", "unspecified", "not-known"];
                let word = said.strip_prefix("staple ").expect("a staple");
                assert!(
                    word == own || !settled.contains(&word),
                    "{name} {place}: {said}"
                );
            }
        }
        for length in 0..whole.len() {
            let seen = Seen::chain(&chain, then()).stapled(&whole[..length]);
            assert_eq!(
                seen.said(&roots, then())[0],
                "staple unreadable",
                "{length}"
            );
        }
    }
}

#[test]
fn a_mutated_list_is_never_taken_for_another_word_of_the_issuer() {
    let (chain, roots) = fixtures();
    let url = "http://crl.test/all.crl";
    for (name, own) in [
        ("crl-good.der", "crl good"),
        ("crl-revoked.der", "crl keyCompromise"),
    ] {
        let whole = fixture(name);
        for place in 0..whole.len() {
            let mut der = whole.clone();
            der[place] ^= 0x81;
            let seen = Seen::chain(&chain, then()).fetched(url, Some(&der));
            let said = seen.said(&roots, then())[1].clone();
            let open = [
                "unreadable",
                "not-authentic",
                "other-certificate",
                "unsupported",
            ];
            let word = said.strip_prefix("crl ").expect("a list");
            assert!(
                said == own || open.contains(&word),
                "{name} {place}: {said}"
            );
        }
    }
}

const LIST: &str = "http://crl.test/part.crl";

fn point(url: &str) -> CrlDistributionPoint {
    CrlDistributionPoint {
        uris: vec![url.into()],
    }
}

fn list() -> CertificateRevocationListParams {
    CertificateRevocationListParams {
        this_update: date_time_ymd(2026, 6, 1),
        next_update: date_time_ymd(2026, 7, 1),
        crl_number: SerialNumber::from(1),
        issuing_distribution_point: None,
        revoked_certs: vec![],
        key_identifier_method: KeyIdMethod::Sha256,
    }
}

fn revoked(serial: u64) -> RevokedCertParams {
    RevokedCertParams {
        serial_number: SerialNumber::from(serial),
        revocation_time: date_time_ymd(2026, 5, 1),
        reason_code: Some(RevocationReason::Superseded),
        invalidity_date: None,
    }
}

fn listed_leaf() -> CertificateParams {
    let mut params = leaf_params(&[HOST]);
    params.serial_number = Some(SerialNumber::from(77));
    params.crl_distribution_points = vec![point(LIST)];
    params
}

#[test]
fn a_list_counts_for_what_it_covers_and_while_it_holds() {
    let ca = Authority::new("Lists");
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    let chain = [ca.leaf(&listed_leaf()), ca.intermediate.clone()];
    let part = |url: &str, scope| CrlIssuingDistributionPoint {
        distribution_point: point(url),
        scope,
    };
    let hit = list_of(vec![revoked(5), revoked(77)]);
    let miss = list_of(vec![revoked(5), revoked(770)]);
    for (params, time, expected) in [
        (miss(None), now(), "good"),
        (hit(None), now(), "superseded"),
        (hit(None), at("2026-07-01T00:06:00Z"), "not-current"),
        (hit(None), at("2026-05-31T00:00:00Z"), "not-yet"),
        (miss(Some(part(LIST, None))), now(), "good"),
        (
            miss(Some(part(LIST, Some(CrlScope::UserCertsOnly)))),
            now(),
            "good",
        ),
        (
            miss(Some(part(LIST, Some(CrlScope::CaCertsOnly)))),
            now(),
            "other-certificate",
        ),
        // The same issuer's list for others, which somebody on the way might hand out instead.
        (
            miss(Some(part("http://crl.test/other.crl", None))),
            now(),
            "other-certificate",
        ),
    ] {
        let der = ca.list(&params);
        let seen = Seen::chain(&chain, time).fetched(LIST, Some(&der));
        assert_eq!(seen.said(&roots, time), [format!("crl {expected}")]);
    }
    let other = Authority::new("Lists");
    let der = other.list(&miss(None));
    let seen = Seen::chain(&chain, now()).fetched(LIST, Some(&der));
    assert_eq!(seen.said(&roots, now()), ["crl not-authentic"]);
}

fn list_of(
    entries: Vec<RevokedCertParams>,
) -> impl Fn(Option<CrlIssuingDistributionPoint>) -> CertificateRevocationListParams {
    move |point| {
        let mut params = list();
        params.issuing_distribution_point = point;
        for entry in &entries {
            params.revoked_certs.push(RevokedCertParams {
                serial_number: entry.serial_number.clone(),
                revocation_time: entry.revocation_time,
                reason_code: entry.reason_code,
                invalidity_date: None,
            });
        }
        params
    }
}

const LIST_OF_ROOT: &str = "http://crl.test/root.crl";

/// An authority whose intermediate names a list of the root.
fn listed_authority() -> Authority {
    Authority::with_intermediate("Listed", |params| {
        params.serial_number = Some(SerialNumber::from(88));
        params.crl_distribution_points = vec![point(LIST_OF_ROOT)];
    })
}

const INTERMEDIATE: &str = "CN=Listed Intermediate";

#[test]
fn the_authorities_above_are_asked_about_as_well_whatever_is_stapled() {
    let ca = listed_authority();
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    let chain = [ca.leaf(&listed_leaf()), ca.intermediate.clone()];
    let seen = Seen::chain(&chain, now());
    assert_eq!(seen.questions(&roots, now()), [LIST, LIST_OF_ROOT]);
    let good = ca.list(&list_of(vec![])(None));
    let seen = Seen::chain(&chain, now()).fetched(LIST, Some(&good));
    assert_eq!(seen.said(&roots, now()), ["crl good"]);
    assert_eq!(seen.questions(&roots, now()), [LIST_OF_ROOT]);
    let scope = |scope| CrlIssuingDistributionPoint {
        distribution_point: point(LIST_OF_ROOT),
        scope: Some(scope),
    };
    let (hit, miss) = (list_of(vec![revoked(88)]), list_of(vec![revoked(77)]));
    for (list, expected) in [
        (ca.list_of_root(&hit(None)), "crl superseded"),
        (ca.list_of_root(&miss(None)), "crl good"),
        (
            ca.list_of_root(&hit(Some(scope(CrlScope::CaCertsOnly)))),
            "crl superseded",
        ),
        (
            ca.list_of_root(&hit(Some(scope(CrlScope::UserCertsOnly)))),
            "crl other-certificate",
        ),
        // Only the root may speak of what it issued.
        (ca.list(&hit(None)), "crl other-certificate"),
        (
            Authority::new("Listed").list_of_root(&hit(None)),
            "crl not-authentic",
        ),
    ] {
        let seen = Seen::chain(&chain, now()).fetched(LIST_OF_ROOT, Some(&list));
        let said = seen.said_above(&roots, now());
        assert_eq!(said, [(INTERMEDIATE.to_owned(), vec![expected.to_owned()])]);
        assert_eq!(seen.questions(&roots, now()), [LIST]);
    }
    let late = at("2026-07-01T00:06:00Z");
    let list = ca.list_of_root(&hit(None));
    let seen = Seen::chain(&chain, late).fetched(LIST_OF_ROOT, Some(&list));
    assert_eq!(seen.said_above(&roots, late)[0].1, ["crl not-current"]);
}

#[test]
fn an_authority_that_a_path_can_do_without_is_passed_over() {
    let ca = listed_authority();
    let leaf = ca.leaf(&listed_leaf());
    let cross = ca.intermediate_signed_by_another("Another Root");
    let other = Authority::new("Other");
    let asked = |chain: &[&Vec<u8>], roots: &[&Vec<u8>]| {
        let chain: Vec<Vec<u8>> = chain.iter().copied().cloned().collect();
        let roots = Roots::of_certificates("test", roots.iter().map(|root| root.as_slice()));
        let said = Seen::chain(&chain, now()).said_above(&roots, now());
        said.into_iter()
            .map(|(subject, _)| subject)
            .collect::<Vec<_>>()
    };
    let whole = [&leaf, &ca.intermediate, &ca.root];
    assert_eq!(asked(&whole[..2], &[&ca.root]), [INTERMEDIATE]);
    // The root that is sent along is trusted as it stands.
    assert_eq!(asked(&whole, &[&ca.root]), [INTERMEDIATE]);
    // Of a cross-sign that leads nowhere nobody is asked.
    assert_eq!(
        asked(&[&leaf, &cross, &ca.intermediate], &[&ca.root]),
        [INTERMEDIATE]
    );
    let nobody: [&str; 0] = [];
    // The intermediate is trusted itself, or stands there twice.
    assert_eq!(asked(&whole, &[&ca.intermediate]), nobody);
    let again = ca.intermediate_signed_by_root();
    assert_eq!(
        asked(&[&leaf, &ca.intermediate, &again], &[&ca.root]),
        nobody
    );
    // No path leads to a root that is trusted.
    assert_eq!(asked(&whole, &[&other.root]), nobody);
    assert_eq!(asked(&[&leaf], &[&ca.root]), nobody);
}

#[test]
fn no_more_authorities_are_asked_about_than_the_bound_allows() {
    let (chain, root) = super::authority::long_chain(9, |params, number| {
        params.crl_distribution_points = vec![point(&format!("http://crl.test/{number}.crl"))];
    });
    let roots = Roots::of_certificates("test", [root.as_slice()]);
    let seen = Seen::chain(&chain, now());
    assert_eq!(chain.len(), 10);
    assert_eq!(seen.said_above(&roots, now()).len(), 4);
    assert_eq!(seen.questions(&roots, now()).len(), 4);
}

#[test]
fn a_certificate_that_is_its_own_issuer_is_asked_about_nowhere() {
    let params = listed_leaf();
    let leaf = params
        .self_signed(&super::authority::key())
        .expect("a leaf");
    let chain = [leaf.der().to_vec()];
    let roots = Roots::of_certificates("test", [chain[0].as_slice()]);
    let seen = Seen::chain(&chain, now());
    assert!(seen.questions(&roots, now()).is_empty());
    assert!(seen.said(&roots, now()).is_empty());
}
