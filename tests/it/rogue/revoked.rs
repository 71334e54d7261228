//! A server whose certificate, or whose authority, was revoked: from the visit to the judgement, twice.

use std::fs::File;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use mailfleet::audit::{Audited, Ending, Measure, audit, judged};
use mailfleet::model::{Account, Depth, Judgement, PolicyCounts, RunHeader, Value};
use mailfleet::policy::{Policy, RevocationDemand};
use mailfleet::probe::{Options, Prober, Tally};
use mailfleet::store::{self, Journal, SCHEMA};
use mailfleet::trust::Roots;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CrlDistributionPoint,
    DnType, IsCa, Issuer, KeyIdMethod, KeyPair, RevocationReason, RevokedCertParams, SerialNumber,
    date_time_ymd,
};

use super::issuers::{Place, place, with_body};
use super::script::Script;
use super::server::{Identity, Server, acceptor};
use super::{NAME, options};
use crate::scene::{account, now, rfc8314};

/// A root, a server that it certified, perhaps through another authority, and a list that revokes
/// the one or the other.
struct Fleet {
    root: Vec<u8>,
    server: Server,
    list: Place,
}

fn params(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).expect("names");
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.not_before = date_time_ymd(2026, 1, 1);
    params.not_after = date_time_ymd(2028, 1, 1);
    params
}

fn authority(name: &str) -> CertificateParams {
    let mut params = params(&[]);
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

/// The certificate that the list revokes.
fn doomed(mut params: CertificateParams) -> CertificateParams {
    params.serial_number = Some(SerialNumber::from(77));
    params.crl_distribution_points = vec![CrlDistributionPoint {
        uris: vec!["http://ca.test/list.crl".into()],
    }];
    params
}

async fn fleet(through_authority: bool) -> Fleet {
    let root_params = authority("Root");
    let key = KeyPair::generate().expect("a key");
    let root = root_params.self_signed(&key).expect("a root");
    let issuer = Issuer::new(root_params, key);
    let key = KeyPair::generate().expect("a key");
    let chain = match through_authority {
        false => vec![doomed(params(&[NAME])).signed_by(&key, &issuer)],
        true => {
            let between = doomed(authority("Between"));
            let its_key = KeyPair::generate().expect("a key");
            let certificate = between.signed_by(&its_key, &issuer);
            let signer = Issuer::new(between, its_key);
            vec![params(&[NAME]).signed_by(&key, &signer), certificate]
        }
    };
    let chain = chain.into_iter().map(|one| one.expect("a certificate"));
    let chain = chain.map(|one| one.der().to_vec()).collect();
    let list = CertificateRevocationListParams {
        this_update: date_time_ymd(2026, 11, 1),
        next_update: date_time_ymd(2027, 11, 1),
        crl_number: SerialNumber::from(1),
        issuing_distribution_point: None,
        revoked_certs: vec![RevokedCertParams {
            serial_number: SerialNumber::from(77),
            revocation_time: date_time_ymd(2026, 10, 1),
            reason_code: Some(RevocationReason::KeyCompromise),
            invalidity_date: None,
        }],
        key_identifier_method: KeyIdMethod::Sha256,
    };
    let list = list.signed_by(&issuer).expect("a list");
    let steps = "server:\n tls\n say \"+OK\\r\\n\"\n expect CAPA\n say \"+OK\\r\\n.\\r\\n\"\n hold\n\
                 facts:\n / = 0";
    let identity = Identity::new(chain, key.serialize_der());
    Fleet {
        root: root.der().to_vec(),
        server: Server::start(Script::read(steps).servers, acceptor(identity)).await,
        list: place(with_body(list.der())).await,
    }
}

fn diverted(from: &str, to: SocketAddr) -> mailfleet::probe::ConnectTo {
    format!("{from}:{to}").parse().expect("a diversion")
}

impl Fleet {
    async fn audited(&self, measure: &Measure<'_>, journal: File) -> Audited {
        let prober = Prober::new(Options {
            connect_to: vec![
                diverted("ca.test:80", self.list.at),
                diverted(&format!("{NAME}:"), self.server.at),
            ],
            ..options()
        })
        .expect("a prober");
        let header = RunHeader {
            schema: SCHEMA.into(),
            version: "0".into(),
            run_id: "0".into(),
            started: now(),
            vantage: String::new(),
            resolver: prober.resolver_name(),
            depth: Depth::Quick.word().into(),
            limits: Default::default(),
            options: Default::default(),
            questions: String::new(),
        };
        let ending = Ending::default();
        let tally = Arc::new(Tally::default());
        let journal = Journal::begin(journal);
        audit(
            measure,
            header,
            Depth::Quick,
            &prober,
            journal,
            &tally,
            &ending,
        )
        .await
        .expect("audited")
    }
}

fn found(judgement: &Judgement, rule: &str) -> Option<Option<&'static str>> {
    let mut findings = judgement.findings.iter();
    let finding = findings.find(|finding| finding.rule == rule)?;
    Some(finding.evidence.variant)
}

#[tokio::test]
async fn a_revoked_certificate_is_found_where_the_policy_asks_and_again_from_the_journal() {
    let fleet = fleet(false).await;
    let roots = Roots::of_certificates("test", [fleet.root.as_slice()]);
    let accounts: [Account; 1] = [account(&format!("li pop3 tls {NAME}:995"))];
    let folder = tempfile::tempdir().expect("a folder");
    let policy = |revocation| Policy {
        revocation,
        ..rfc8314()
    };
    let quiet = policy(RevocationDemand::IfStapled);
    let asking = policy(RevocationDemand::Asked);
    let by = |policy| Measure {
        accounts: &accounts,
        policy,
        others: &[],
        what_if: &[],
        roots: &roots,
        at: now(),
        at_given: false,
    };

    let path = folder.path().join("quiet");
    let file = File::create(&path).expect("a file");
    let audited = fleet.audited(&by(&quiet), file).await;
    assert_eq!(fleet.list.asked.load(Ordering::Relaxed), 0);
    assert_eq!(found(&audited.judged.judgement, "cert-revoked"), None);
    assert_eq!(
        found(&audited.judged.judgement, "cert-revocation-unknown"),
        None
    );
    // By a policy that asks, a run that did not says so.
    let run = store::read(&path).expect("a journal");
    let again = judged(&by(&asking), &run.observations).judgement;
    assert_eq!(found(&again, "cert-revocation-unknown"), Some(Some("crl")));

    let path = folder.path().join("asking");
    let file = File::create(&path).expect("a file");
    let audited = fleet.audited(&by(&asking), file).await;
    assert_eq!(fleet.list.asked.load(Ordering::Relaxed), 1);
    assert_eq!(
        found(&audited.judged.judgement, "cert-revoked"),
        Some(Some("crl"))
    );
    assert_eq!(
        found(&audited.judged.judgement, "cert-revocation-unknown"),
        None
    );
    let run = store::read(&path).expect("a journal");
    assert_eq!(run.observations.fetched, audited.observations.fetched);
    let again = judged(&by(&asking), &run.observations).judgement;
    assert_eq!(found(&again, "cert-revoked"), Some(Some("crl")));
    assert_eq!(
        fleet.list.asked.load(Ordering::Relaxed),
        1,
        "a journal is judged offline"
    );
}

#[tokio::test]
async fn what_any_policy_needs_is_asked_once_and_judged_by_each() {
    let fleet = fleet(false).await;
    let roots = Roots::of_certificates("test", [fleet.root.as_slice()]);
    let accounts: [Account; 1] = [account(&format!("li pop3 tls {NAME}:995"))];
    let folder = tempfile::tempdir().expect("a folder");
    let quiet = rfc8314();
    let asking = [Policy {
        name: "asking".to_owned(),
        revocation: RevocationDemand::Asked,
        ..rfc8314()
    }];
    let measure = |others, what_if| Measure {
        accounts: &accounts,
        policy: &quiet,
        others,
        what_if,
        roots: &roots,
        at: now(),
        at_given: false,
    };
    for (times, (others, what_if)) in [(&asking[..], &[][..]), (&[], &asking)]
        .into_iter()
        .enumerate()
    {
        let path = folder.path().join(times.to_string());
        let file = File::create(&path).expect("a file");
        let measure = measure(others, what_if);
        let audited = fleet.audited(&measure, file).await;
        assert_eq!(fleet.list.asked.load(Ordering::Relaxed), times + 1);
        let counts = &audited.judged.counts;
        let revoked = |counts: &PolicyCounts| counts.of("cert-revoked").map(|rule| rule.violations);
        assert!(counts.iter().all(|counts| revoked(counts) == Some(1)));
        assert_eq!(audited.judged.contrasts.len(), what_if.len());
        let run = store::read(&path).expect("a journal");
        let again = judged(&measure, &run.observations);
        assert_eq!(again.counts, audited.judged.counts);
    }
}

#[tokio::test]
async fn a_revoked_authority_is_found_by_the_word_of_who_is_above_it() {
    let fleet = fleet(true).await;
    let roots = Roots::of_certificates("test", [fleet.root.as_slice()]);
    let accounts: [Account; 1] = [account(&format!("li pop3 tls {NAME}:995"))];
    let policy = Policy {
        revocation: RevocationDemand::Asked,
        ..rfc8314()
    };
    let measure = Measure {
        accounts: &accounts,
        policy: &policy,
        others: &[],
        what_if: &[],
        roots: &roots,
        at: now(),
        at_given: false,
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal");
    let file = File::create(&path).expect("a file");
    let audited = fleet.audited(&measure, file).await;
    assert_eq!(fleet.list.asked.load(Ordering::Relaxed), 1);
    let run = store::read(&path).expect("a journal");
    let again = judged(&measure, &run.observations).judgement;
    for judgement in [&audited.judged.judgement, &again] {
        let form = found(judgement, "cert-revoked");
        assert_eq!(form, Some(Some("authority-crl")));
        let mut findings = judgement.findings.iter();
        let finding = findings.find(|finding| finding.rule == "cert-revoked");
        let values = &finding.expect("found").evidence.values;
        assert_eq!(values["subject"], Value::Foreign("CN=Between".into()));
        // Of the leaf nobody says anything: it names no list.
        let form = found(judgement, "cert-revocation-unknown");
        assert_eq!(form, Some(Some("nothing-named")));
    }
    assert_eq!(fleet.list.asked.load(Ordering::Relaxed), 1);
}
