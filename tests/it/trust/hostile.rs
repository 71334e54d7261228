//! Chains that are broken at random, against rustls as the judge of what clients accept.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use mailfleet::model::{Path, Value, Verdict};
use mailfleet::trust::Roots;
use mailfleet::wire::cert;
use mailfleet::words::{Language, Words};
use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, date_time_ymd};
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};

use super::authority::{Authority, HOST, at, fixture, key, leaf_params, now};
use super::case::{report, verdicts};

/// SplitMix64: the same numbers in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        usize::try_from(z % sides as u64).expect("small")
    }
}

/// A client as rustls makes one, with the same roots.
struct Client(Arc<WebPkiServerVerifier>);

impl Client {
    fn trusting(root: &[u8]) -> Self {
        let mut store = RootCertStore::empty();
        let root = CertificateDer::from(root.to_vec());
        store.add(root).expect("a root");
        let provider = Arc::new(default_provider());
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider);
        Client(verifier.build().expect("a verifier"))
    }

    fn accepts(&self, chain: &[Vec<u8>], host: &str, at: Timestamp) -> bool {
        let ders: Vec<_> = chain
            .iter()
            .map(|der| CertificateDer::from(der.as_slice()))
            .collect();
        let Some((leaf, above)) = ders.split_first() else {
            return false;
        };
        let name = ServerName::try_from(host.to_owned()).expect("a name");
        let second = u64::try_from(at.as_second()).expect("after 1970");
        let time = UnixTime::since_unix_epoch(Duration::from_secs(second));
        self.0
            .verify_server_cert(leaf, above, &name, &[], time)
            .is_ok()
    }
}

/// Whether every rule about what a client checks is content.
fn content(chain: &[Vec<u8>], host: &str, roots: &Roots, at: Timestamp) -> bool {
    verdicts(&report(chain, host, roots, at), host, at)
        .iter()
        .filter(|(rule, _)| *rule != "cert-expiring")
        .all(|(_, verdict)| matches!(verdict, Verdict::Compliant | Verdict::NotApplicable))
}

fn shown(chain: &[Vec<u8>]) -> String {
    let one = |der: &Vec<u8>| {
        der.iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    chain.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn random_leaf(dice: &mut Dice) -> CertificateParams {
    let names: &[&[&str]] = &[
        &[HOST],
        &["*.example.com"],
        &["example.com"],
        &["other.test", HOST],
        &["*.com"],
        &[],
    ];
    let mut params = leaf_params(names[dice.roll(names.len())]);
    match dice.roll(10) {
        0 => params.not_after = date_time_ymd(2026, 2, 1),
        1 => params.not_before = date_time_ymd(2026, 12, 1),
        2 => params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth],
        3 => params.extended_key_usages.clear(),
        4 => params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained),
        5 => params.is_ca = IsCa::ExplicitNoCa,
        _ => {}
    }
    params
}

#[test]
fn a_chain_that_clients_reject_is_never_all_compliant() {
    let mut dice = Dice(1);
    let trusted = [
        Authority::new("A"),
        Authority::with_intermediate("B", |one| one.not_after = date_time_ymd(2026, 5, 1)),
        Authority::with_intermediate("C", |one| one.is_ca = IsCa::NoCa),
        Authority::with_intermediate("D", |one| {
            one.name_constraints = Some(rcgen::NameConstraints {
                permitted_subtrees: vec![rcgen::GeneralSubtree::DnsName("other.test".into())],
                excluded_subtrees: vec![],
            });
        }),
    ];
    let strange = Authority::new("A");
    let (mut accepted, mut rejected) = (0, 0);
    for _ in 0..600 {
        let ca = &trusted[dice.roll(trusted.len())];
        let client = Client::trusting(&ca.root);
        let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
        let params = random_leaf(&mut dice);
        let leaf = match dice.roll(8) {
            0 => params.self_signed(&key()).expect("a leaf").der().to_vec(),
            1 => strange.leaf(&params),
            2 => ca.leaf_of_root(&params),
            _ => ca.leaf(&params),
        };
        let mut chain = vec![leaf];
        let others = [&ca.intermediate, &ca.root, &strange.intermediate];
        for _ in 0..dice.roll(4) {
            chain.push(others[dice.roll(others.len())].clone());
        }
        let times = ["2026-06-15T12:00:00Z", "2026-01-20T00:00:00Z"];
        let time = at(times[dice.roll(2)]);
        let hosts = [HOST, "192.0.2.1", "a.mail.example.com"];
        let host = hosts[dice.roll(12).saturating_sub(9)];
        match client.accepts(&chain, host, time) {
            true => {
                accepted += 1;
                assert!(content(&chain, host, &roots, time), "{}", shown(&chain));
            }
            false => {
                rejected += 1;
                assert!(!content(&chain, host, &roots, time), "{}", shown(&chain));
            }
        }
    }
    assert!(accepted > 30 && rejected > 200, "{accepted} {rejected}");
}

#[test]
fn mutated_certificates_never_panic_and_never_pass_where_a_client_refuses() {
    let ca = Authority::new("Mutated");
    let good = [ca.leaf(&leaf_params(&[HOST])), ca.intermediate.clone()];
    let root = ca.root.clone();
    let small_stack = std::thread::Builder::new().stack_size(512 * 1024);
    let work = move || {
        let client = Client::trusting(&root);
        let roots = Roots::of_certificates("test", [root.as_slice()]);
        let mut dice = Dice(2);
        let mut unread = 0;
        for _ in 0..10_000 {
            let mut chain = good.clone();
            let which = dice.roll(2);
            mutate(&mut chain[which], &mut dice);
            unread += usize::from(cert::read(&chain[which]).is_err());
            if !client.accepts(&chain, HOST, now()) {
                assert!(!content(&chain, HOST, &roots, now()), "{}", shown(&chain));
            }
        }
        assert!(unread > 500, "{unread}");
    };
    let thread = small_stack.spawn(work).expect("a thread");
    thread.join().expect("no panic");
}

#[test]
fn mutated_fixtures_never_panic() {
    let mut dice = Dice(3);
    for name in ["leaf-pss-sha1.der", "leaf-nul.der", "self-1024-sha1.der"] {
        let good = fixture(name);
        for _ in 0..4_000 {
            let mut der = good.clone();
            mutate(&mut der, &mut dice);
            if let Err(why) = cert::read(&der) {
                let said = Words::of(Language::En).say("a-value", &[("value", why.clone().into())]);
                assert!(
                    said.chars().all(|c| matches!(c, ' '..='~' | '§' | '’')),
                    "{said}"
                );
                assert_ne!(said, why.message, "a fault without a message");
            }
        }
    }
}

fn mutate(der: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.roll(3) {
        let place = dice.roll(der.len());
        match dice.roll(5) {
            0 => der[place] ^= 1 << dice.roll(8),
            1 => der[place] = [0x00, 0x30, 0x7f, 0x80, 0x84, 0xff][dice.roll(6)],
            2 => drop(der.remove(place)),
            3 => der.insert(place, der[dice.roll(der.len())]),
            _ => der.truncate(place.max(1)),
        }
        if der.is_empty() {
            der.push(0x30);
        }
    }
}

#[test]
fn authorities_of_one_name_end_the_search_and_not_the_patience() {
    let all: Vec<Authority> = (0..19).map(|_| Authority::new("Loop")).collect();
    let mut dice = Dice(4);
    // Each claims to be signed by its own name, so that a search tries every order.
    let mut chain = vec![all[0].leaf_of_root(&leaf_params(&[HOST]))];
    for _ in 0..19 {
        let mut params = leaf_params(&[]);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name = rcgen::DistinguishedName::new();
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, "Loop Root");
        chain.push(all[dice.roll(all.len())].leaf_of_root(&params));
    }
    let other = Authority::new("Trusted");
    let roots = Roots::of_certificates("test", [other.root.as_slice()]);
    let report = report(&chain, HOST, &roots, now());
    assert_eq!(report.path, Path::TooCostly);
}

/// A key that no one calculates with: RSA with a modulus of 65,536 bits.
struct Huge(Vec<u8>);

impl rcgen::PublicKeyData for Huge {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_RSA_SHA256
    }
}

#[test]
fn a_key_of_absurd_size_is_measured_and_not_used() {
    let mut modulus = vec![0x02, 0x82, 0x20, 0x01, 0x00];
    modulus.extend([0xff; 8_192]);
    let mut key = vec![0x30, 0x82, 0x20, 0x0a];
    key.extend(modulus);
    key.extend([0x02, 0x03, 0x01, 0x00, 0x01]);
    let ca = Authority::new("Huge");
    let leaf = ca.leaf_with_key(&leaf_params(&[HOST]), &Huge(key));
    let facts = cert::read(&leaf).expect("a certificate");
    assert_eq!(facts.key.to_string(), "RSA 65536");
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    let chain = [leaf, ca.intermediate.clone()];
    assert!(content(&chain, HOST, &roots, now()));
}

#[test]
fn odd_dates_are_read_or_refused_and_never_pass() {
    let ca = Authority::new("Odd");
    let root = ca.root.clone();
    let roots = Roots::of_certificates("test", [root.as_slice()]);
    let client = Client::trusting(&root);
    let mut params = leaf_params(&[HOST]);
    params.not_after = date_time_ymd(2060, 1, 1);
    let leaf = ca.leaf(&params);
    for (good, odd) in [
        ("20600101000000Z", "00000101000000Z"),
        ("20600101000000Z", "99991231235959Z"),
        ("20600101000000Z", "20601301000000Z"),
        ("20600101000000Z", "20600230000000Z"),
        ("20600101000000Z", "20600101240000Z"),
        ("20600101000000Z", "20600101000060Z"),
        ("20600101000000Z", "206001010000.5Z"),
        ("20600101000000Z", "206001010000+01"),
        ("20600101000000Z", "2060010100+0100"),
        ("20600101000000Z", "-0600101000000Z"),
        ("20600101000000Z", "20600101000000z"),
        ("20600101000000Z", "               "),
        ("260101000000Z", "990101000000Z"),
        ("260101000000Z", "490101000000Z"),
        ("260101000000Z", "500101000000Z"),
        ("260101000000Z", "2601010000Z  "),
        ("260101000000Z", "26010100+0100"),
        ("260101000000Z", "261301000000Z"),
        ("260101000000Z", "260100000000Z"),
        ("260101000000Z", "26010100000aZ"),
    ] {
        let mut der = leaf.clone();
        let place = der
            .windows(good.len())
            .position(|octets| octets == good.as_bytes())
            .expect("the date");
        der[place..place + good.len()].copy_from_slice(odd.as_bytes());
        let chain = [der, ca.intermediate.clone()];
        assert!(!client.accepts(&chain, HOST, now()), "{odd}");
        assert!(!content(&chain, HOST, &roots, now()), "{odd}");
    }
}

#[test]
fn thousands_of_extensions_cost_no_more_than_reading_them() {
    let mut params = leaf_params(&[HOST]);
    for number in 0..6_000 {
        let extension = rcgen::CustomExtension::from_oid_content(&[1, 3, 9, number], vec![5, 0]);
        params.custom_extensions.push(extension);
    }
    let ca = Authority::new("Extensions");
    let leaf = ca.leaf(&params);
    assert_eq!(cert::read(&leaf).expect("facts").dns_names, [HOST]);
    params
        .custom_extensions
        .push(rcgen::CustomExtension::from_oid_content(
            &[1, 3, 9, 7],
            vec![5, 0],
        ));
    let why = cert::read(&ca.leaf(&params)).expect_err("twice");
    assert_eq!(why.message, "malformed-extension-twice");
    assert_eq!(why.values["extension"], Value::Term("1.3.9.7".to_owned()));
}

#[test]
fn names_beyond_those_kept_still_count() {
    let names: Vec<String> = (0..700).map(|n| format!("h{n}.example.com")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ca = Authority::new("Names");
    let leaf = ca.leaf(&leaf_params(&names));
    assert_eq!(cert::read(&leaf).expect("facts").dns_names.len(), 500);
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    let chain = [leaf, ca.intermediate.clone()];
    assert!(content(&chain, "h699.example.com", &roots, now()));
    assert!(!content(&chain, "h700.example.com", &roots, now()));
}
