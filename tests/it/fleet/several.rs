//! Several certificates at one address: all of them are judged, and the worst counts (threat model
//! B12, I5, I7).

use mailfleet::model::*;
use mailfleet::policy::{Policy, RevocationDemand};

use super::{Fleet, Shown, fires, of};
use crate::scene::hellos::hello;
use crate::scene::rfc8314;

const HOST: &str = "mail.one.example";
const PLACE: &str = "mail.one.example:993";

fn good() -> Shown {
    Shown::of(HOST, "Public")
}

fn expired() -> Shown {
    good().between(-95, -5)
}

fn elliptic(mut shown: Shown) -> Shown {
    shown.leaf.key.algorithm = KeyAlgorithm::Ec("P-256".into());
    shown
}

fn named(name: bool, highest: TlsVersion) -> Hello {
    Hello {
        name,
        highest,
        ..hello("1.1")
    }
}

/// The findings about certificates and stability, as `rule handshake`.
fn told(fleet: &Fleet) -> Vec<String> {
    let judgement = fleet.judged();
    let of_them =
        |finding: &&Finding| finding.rule.starts_with("cert-") || finding.rule == "unstable";
    let findings = judgement.findings.iter().filter(of_them);
    findings
        .map(|finding| match finding.evidence.values.get("handshake") {
            Some(Value::Phrase(phrase)) => format!("{} {}", finding.rule, phrase.message),
            _ => finding.rule.to_owned(),
        })
        .collect()
}

#[test]
fn a_bad_certificate_in_any_handshake_counts_and_is_pointed_out() {
    let twisted = |twist, shown| {
        Fleet::default()
            .shows(PLACE, good())
            .also(PLACE, twist, shown)
    };
    assert_eq!(told(&twisted(Twist::Again, good())), [""; 0]);
    let again = twisted(Twist::Again, expired());
    assert_eq!(told(&again), ["cert-expired handshake-again", "unstable"]);
    let verdict = &again.judged().accounts[0].verdict;
    assert_eq!(*verdict, AccountVerdict::NonCompliant);

    let ecdsa = twisted(Twist::EcdsaOnly, elliptic(expired()));
    assert_eq!(told(&ecdsa), ["cert-expired handshake-ecdsa-only"]);
    let rsa =
        Fleet::default()
            .shows(PLACE, elliptic(good()))
            .also(PLACE, Twist::RsaOnly, expired());
    assert_eq!(told(&rsa), ["cert-expired handshake-rsa-only"]);
    let both = twisted(Twist::EcdsaOnly, elliptic(good()));
    assert_eq!(told(&both), [""; 0]);
    assert_eq!(both.judged().accounts[0].verdict, AccountVerdict::Compliant);
}

#[test]
fn the_first_handshake_needs_no_pointing_out() {
    let fleet =
        Fleet::default()
            .shows(PLACE, expired())
            .also(PLACE, Twist::EcdsaOnly, elliptic(expired()));
    assert_eq!(told(&fleet), ["cert-expired"]);
}

#[test]
fn a_certificate_in_answer_to_a_hello_counts() {
    let old = || named(true, TlsVersion::TLS_1_1);
    let fleet = Fleet::default()
        .shows(PLACE, elliptic(good()))
        .answers(PLACE, old(), expired());
    assert_eq!(told(&fleet), ["cert-expired handshake-hello"]);
    // A library that cannot go on with the server is no reason not to judge what it shows.
    let mut alone = Fleet::default()
        .shows(PLACE, good())
        .answers(PLACE, old(), expired());
    alone.visit(PLACE).chain = Fact::Unknown(Gap::new(Phase::Handshake, Cause::Alert(70)));
    assert_eq!(told(&alone), ["cert-expired"]);
}

#[test]
fn what_only_those_see_who_send_no_name_is_judged_by_no_rule() {
    let mut for_another = good();
    for_another.name = NameMatch::Differs;
    for_another.leaf.dns_names = vec!["default.test".into()];
    for_another.leaf.common_name = None;
    let nameless = Fleet::default()
        .shows(PLACE, good())
        .also(PLACE, Twist::WithoutName, for_another.clone())
        .answers(
            PLACE,
            named(false, TlsVersion::TLS_1_2),
            for_another.clone(),
        );
    assert_eq!(told(&nameless), [""; 0]);
    assert_eq!(
        nameless.judged().accounts[0].verdict,
        AccountVerdict::Compliant
    );
    // The same certificate in a handshake with the name is another matter.
    let with_name = nameless.answers(PLACE, hello("1.1"), for_another.clone());
    let expected = ["cert-name-mismatch handshake-hello", "unstable"];
    assert_eq!(told(&with_name), expected);
    // To an address no client sends a name.
    let address = "198.51.100.9:993";
    let bare = Fleet::default()
        .shows(address, Shown::of("198.51.100.9", "Public"))
        .answers(address, named(false, TlsVersion::TLS_1_1), for_another);
    assert!(fires(&bare.judged(), "cert-name-mismatch"));
}

#[test]
fn national_and_ancient_handshakes_show_nothing_that_a_client_meets() {
    let fleet = Fleet::default()
        .shows(PLACE, good())
        .answers(PLACE, named(true, TlsVersion::TLCP), expired())
        .answers(PLACE, named(false, TlsVersion::SSL_3_0), expired())
        .answers_in_ssl2(PLACE, expired());
    assert_eq!(told(&fleet), [""; 0]);
    // Where a server knows nothing else, those two are what it shows.
    for version in [TlsVersion::SSL_2_0, TlsVersion::SSL_3_0, TlsVersion::TLCP] {
        let mut alone = Fleet::default()
            .shows(PLACE, good())
            .answers(PLACE, named(true, TlsVersion::TLCP), expired())
            .answers(PLACE, named(false, TlsVersion::SSL_3_0), expired())
            .answers_in_ssl2(PLACE, expired());
        let visit = alone.visit(PLACE);
        visit.chain = Fact::Unknown(Gap::new(Phase::Handshake, Cause::Closed));
        visit.hellos.retain(|asked| asked.hello.highest == version);
        let expected = match version {
            TlsVersion::TLCP => vec![],
            _ => vec!["cert-expired"],
        };
        assert_eq!(told(&alone), expected, "{version}");
    }
}

#[test]
fn one_certificate_for_each_kind_of_key_differs_from_no_address() {
    let rule = "cert-differs-between-addresses";
    let at = |address: &str| format!("{PLACE}@{address}");
    let (one, two) = (at("192.0.2.1"), at("192.0.2.2"));
    // The other address was not asked for its RSA certificate, which may have ended as well.
    let asked_apart = Fleet::default()
        .shows(&one, elliptic(good()))
        .also(&one, Twist::RsaOnly, expired())
        .shows(&two, elliptic(good()));
    assert!(!fires(&asked_apart.judged(), rule));
    let both_asked = asked_apart.also(&two, Twist::RsaOnly, good());
    let judgement = both_asked.judged();
    let [finding] = of(&judgement, rule)[..] else {
        unreachable!("one finding: {:?}", of(&judgement, rule));
    };
    assert_eq!(
        finding.evidence.values["failing"],
        Value::Term("192.0.2.1".into())
    );
    assert_eq!(
        finding.evidence.values["fitting"],
        Value::Term("192.0.2.2".into())
    );
    // An address that shows good and bad in turn fails; alone it differs from nobody.
    let in_turn = Fleet::default()
        .shows(&one, good())
        .also(&one, Twist::Again, expired());
    assert!(!fires(&in_turn.judged(), rule) && fires(&in_turn.judged(), "unstable"));
}

/// Whether another handshake than the first would have brought an answer of the issuer's is not known.
#[test]
fn a_missing_staple_is_a_matter_of_the_first_handshake() {
    let mut demanding = elliptic(good());
    demanding.leaf.extensions.must_staple = true;
    let fleet = |first: Shown, further: Shown| {
        let mut fleet = Fleet::default()
            .shows(PLACE, first)
            .also(PLACE, Twist::EcdsaOnly, further);
        fleet.policy = Some(Policy {
            revocation: RevocationDemand::Stapled,
            ..rfc8314()
        });
        fleet.judged()
    };
    let first = fleet(demanding.clone(), good());
    assert!(fires(&first, "ocsp-staple-missing"));
    let further = fleet(good(), demanding);
    assert!(!fires(&further, "ocsp-staple-missing"));
    // The first came without one, and that is said of it alone.
    let unknown = of(&further, "cert-revocation-unknown");
    assert!(!unknown[0].evidence.values.contains_key("handshake"));
}

/// Threat model I1: one address is good, one has an old certificate, one refuses.
#[test]
fn each_address_is_judged_and_the_worst_decides() {
    let at = |last: u8| format!("{PLACE}@192.0.2.{last}");
    let with_second = |second: Shown| {
        let mut fleet = Fleet::default().shows(&at(1), good()).shows(&at(2), second);
        fleet.scene = std::mem::take(&mut fleet.scene).server(&at(3), "refused");
        fleet.judged()
    };
    let judgement = with_second(expired());
    assert_eq!(judgement.accounts[0].verdict, AccountVerdict::NonCompliant);
    for (rule, address) in [("cert-expired", "192.0.2.2"), ("unreachable", "192.0.2.3")] {
        let evidence = &of(&judgement, rule)[0].evidence;
        assert_eq!(
            evidence.values["address"],
            Value::Term(address.into()),
            "{rule}"
        );
    }
    let differs = &of(&judgement, "cert-differs-between-addresses")[0].evidence;
    assert_eq!(differs.values["failing"], Value::Term("192.0.2.2".into()));
    let unstable = &of(&judgement, "unstable")[0].evidence;
    assert_eq!(
        unstable.values["silent"],
        Value::List(vec!["192.0.2.3".into()])
    );
    // Without the old certificate, what was not seen leaves it open.
    let verdict = &with_second(good()).accounts[0].verdict;
    assert_eq!(*verdict, AccountVerdict::NotVerified(Reason::Unreachable));
}

#[test]
fn the_evidence_names_address_and_handshake_where_there_are_several() {
    let at = |address: &str| format!("{PLACE}@{address}");
    let fleet = Fleet::default()
        .shows(&at("192.0.2.1"), elliptic(good()))
        .shows(&at("192.0.2.2"), elliptic(good()))
        .also(&at("192.0.2.2"), Twist::RsaOnly, expired());
    let judgement = fleet.judged();
    let evidence = &of(&judgement, "cert-expired")[0].evidence;
    assert_eq!(evidence.values["address"], Value::Term("192.0.2.2".into()));
    assert!(evidence.values.contains_key("handshake"));
    let alone = Fleet::default()
        .shows(PLACE, elliptic(good()))
        .also(PLACE, Twist::RsaOnly, expired())
        .judged();
    let evidence = &of(&alone, "cert-expired")[0].evidence;
    assert!(
        !evidence.values.contains_key("address"),
        "one address, twice"
    );
}

#[test]
fn every_certificate_of_an_address_is_kept_and_none_counted_twice() {
    let fleet = Fleet::default()
        .shows(PLACE, elliptic(good()))
        .also(PLACE, Twist::RsaOnly, good())
        .also(PLACE, Twist::Again, elliptic(good()));
    let judgement = fleet.judged();
    let endpoint = PLACE.parse().expect("an endpoint");
    let chains: Vec<_> = judgement.endpoints[&endpoint]
        .chains
        .values()
        .flatten()
        .collect();
    let handshakes: Vec<_> = chains.iter().map(|chain| chain.handshake).collect();
    assert_eq!(
        handshakes,
        [Handshake::First, Handshake::Further(Twist::RsaOnly)]
    );
    // One key in two chains of one endpoint is shared with nobody.
    assert!(!fires(&judgement, "key-shared"));
}
