//! What a certificate says, and which clause it breaks, with certificates made by hand.

use mailfleet::model::{DateForm, Phrase, Subtree, Value};
use mailfleet::rules::Breach;
use mailfleet::trust::Roots;
use mailfleet::wire::cert;

use super::authority::{Authority, HOST, now};
use super::case::{evidence_of, report};
use super::der::*;

/// The breaches of a leaf, and whether one is of identity.
fn breaches(der: Vec<u8>) -> (Vec<String>, bool) {
    let roots = Roots::of_certificates("none", []);
    let report = report(&[der], HOST, &roots, now());
    let Some(evidence) = evidence_of("cert-nonconforming", &report, HOST, now()) else {
        return (vec![], false);
    };
    let Value::Statements(said) = &evidence.values["breaches"] else {
        unreachable!("{evidence:?}");
    };
    let keys = said.iter().map(|one| one.key.clone()).collect();
    (keys, evidence.variant == Some("identity"))
}

#[track_caller]
fn expect(change: impl FnOnce(&mut Handmade), expected: &[Breach]) {
    let mut made = Handmade::good();
    change(&mut made);
    let (found, identity) = breaches(made.der());
    let keys: Vec<&str> = expected.iter().map(|breach| breach.key()).collect();
    assert_eq!(found, keys);
    assert_eq!(identity, expected.iter().any(|b| b.is_of_identity()));
}

#[test]
fn a_plain_certificate_breaks_nothing() {
    expect(|_| {}, &[]);
}

#[test]
fn fields_are_held_to_their_clauses() {
    use Breach::*;
    expect(|c| c.version = None, &[Version]);
    expect(|c| c.version = Some(1), &[Version]);
    expect(|c| c.serial = vec![0], &[SerialNotPositive]);
    expect(|c| c.serial = vec![0x80], &[SerialNotPositive]);
    expect(|c| c.serial = vec![0x7f; 20], &[]);
    expect(|c| c.serial = vec![0x7f; 21], &[SerialTooLong]);
    expect(
        |c| c.inner = algorithm("1.2.840.10045.4.3.3"),
        &[AlgorithmsDiffer],
    );
    expect(|c| c.issuer = name(""), &[IssuerEmpty]);
    expect(|c| c.unique_id = true, &[UniqueIds]);
    expect(|c| c.subject = name(""), &[NamesNotCritical]);
    expect(
        |c| {
            c.subject = name("");
            c.set("2.5.29.17", true, names(&[(0x82, HOST.as_bytes())]));
        },
        &[],
    );
}

#[test]
fn dates_are_written_in_one_way_or_it_is_said() {
    use DateForm::*;
    let table: [(u8, &str, Option<DateForm>); 20] = [
        (UTC_TIME, "260101000000Z", Some(Usual)),
        (UTC_TIME, "491231235959Z", Some(Usual)),
        (UTC_TIME, "500101000000Z", Some(Usual)),
        (UTC_TIME, "2601010000Z", Some(OtherShape)),
        (UTC_TIME, "260101000000+0100", Some(OtherShape)),
        (UTC_TIME, "2601010000+0100", Some(OtherShape)),
        (UTC_TIME, "260101000000", None),
        (UTC_TIME, "261301000000Z", None),
        (UTC_TIME, "260230000000Z", None),
        (UTC_TIME, "", None),
        (GENERALIZED_TIME, "20260101000000Z", Some(OtherKind)),
        (GENERALIZED_TIME, "20491231235959Z", Some(OtherKind)),
        (GENERALIZED_TIME, "20500101000000Z", Some(Usual)),
        (GENERALIZED_TIME, "99991231235959Z", Some(Usual)),
        (GENERALIZED_TIME, "00000101000000Z", Some(OtherKind)),
        (GENERALIZED_TIME, "20600101000000.5Z", Some(OtherShape)),
        (GENERALIZED_TIME, "20600101000000+0100", Some(OtherShape)),
        (GENERALIZED_TIME, "20600101240000Z", None),
        (GENERALIZED_TIME, "20600101000061Z", None),
        (GENERALIZED_TIME, "99999999999999Z", None),
    ];
    for (tag, text, expected) in table {
        let mut made = Handmade::good();
        made.dates[0] = (tag, text);
        let found = cert::read(&made.der()).map(|facts| facts.form.dates[0]);
        match (expected, found) {
            (Some(expected), Ok(found)) => assert_eq!(found, expected, "{text}"),
            // Parsed or malformed, and never taken for usual.
            (Some(expected), Err(why)) => {
                assert!(expected != Usual && of_dates(&why), "{text}: {why:?}");
            }
            (None, found) => assert!(
                found.as_ref().is_ok_and(|form| *form != Usual)
                    || found.as_ref().is_err_and(of_dates),
                "{text}: {found:?}"
            ),
        }
    }
    let kind = (GENERALIZED_TIME, "20260101000000Z");
    expect(|c| c.dates[0] = kind, &[Breach::DateKind]);
}

#[test]
fn names_are_held_to_their_clauses() {
    use Breach::*;
    let bearing = |tag: u8, octets: &'static [u8]| {
        move |c: &mut Handmade| c.set("2.5.29.17", false, names(&[(tag, octets)]))
    };
    expect(|c| c.set("2.5.29.17", false, sequence(&[])), &[NamesEmpty]);
    for (tag, octets, broken) in [
        (
            0x82,
            &b"mail.example.com\0.evil.example"[..],
            &[UnprintableName][..],
        ),
        (
            0x82,
            b"mail.example.com\x1b[2J",
            &[UnprintableName, NameForm],
        ),
        (0x82, b"mail.example.com\xff", &[UnprintableName]),
        (0x82, "mäil.example.com".as_bytes(), &[UnprintableName]),
        (0x81, b"li\0@example.com", &[UnprintableName]),
        (0x81, b"li@example.com", &[]),
        (0x86, b"https://example.com/\r\n", &[UnprintableName]),
        (0x82, b"*.com", &[WildcardTooWide]),
        (0x82, b"*.co.uk", &[WildcardTooWide]),
        (0x82, b"*.example.co.uk", &[]),
        (0x82, b"m*.example.com", &[WildcardPlace]),
        (0x82, b"mail example.com", &[NameForm]),
        (0x82, b"", &[NameForm]),
        (0x87, &[10, 0, 0, 1], &[]),
        (0x87, &[10, 0, 0, 1, 7], &[AddressOctets]),
        (0x87, &[], &[AddressOctets]),
    ] {
        expect(bearing(tag, octets), broken);
    }
}

#[test]
fn extensions_are_held_to_their_clauses() {
    use Breach::*;
    expect(|c| c.without("2.5.29.35"), &[AuthorityKeyMissing]);
    expect(
        |c| c.set("2.5.29.35", false, sequence(&[])),
        &[AuthorityKeyMissing],
    );
    let key = sequence(&[value(0x80, &[7; 20])]);
    expect(|c| c.set("2.5.29.35", true, key), &[AuthorityKeyCritical]);
    let own = value(OCTETS, &[7; 20]);
    expect(|c| c.set("2.5.29.14", true, own), &[SubjectKeyCritical]);
    let usage = |octets: &[u8]| value(BIT_STRING, octets);
    expect(|c| c.set("2.5.29.15", true, usage(&[7, 0x80])), &[]);
    expect(|c| c.set("2.5.29.15", true, usage(&[0])), &[KeyUsageEmpty]);
    expect(
        |c| c.set("2.5.29.15", true, usage(&[2, 0x84])),
        &[SignerNoAuthority],
    );
    expect(|c| c.set("2.5.29.15", true, vec![5, 0]), &[LimitUnreadable]);
    expect(
        |c| c.set("2.5.29.37", false, sequence(&[])),
        &[PurposesEmpty],
    );
    expect(
        |c| c.set("2.5.29.37", false, vec![5, 0]),
        &[LimitUnreadable],
    );
    expect(|c| c.set("2.5.29.32", false, vec![5, 0]), &[Unreadable]);
    let length = sequence(&[integer(&[1])]);
    expect(|c| c.set("2.5.29.19", true, length), &[PathLengthAlone]);
    let constraints = sequence(&[value(0xa0, &sequence(&[value(0x82, b"example.com")]))]);
    expect(
        |c| c.set("2.5.29.30", false, constraints),
        &[NameConstraintsNotCritical, NameConstraintsOfLeaf],
    );
    expect(
        |c| c.set("1.3.6.1.5.5.7.1.1", true, access()),
        &[AccessCritical],
    );
    expect(|c| c.set("1.3.9.7", true, vec![5, 0]), &[UnknownCritical]);
    expect(|c| c.set("1.3.9.7", false, vec![5, 0]), &[]);
}

fn access() -> Vec<u8> {
    let at = |method: &str, url: &str| sequence(&[oid(method), value(0x86, url.as_bytes())]);
    sequence(&[
        at("1.3.6.1.5.5.7.48.1", "http://ocsp.test/"),
        at("1.3.6.1.5.5.7.48.2", "http://ca.test/i.cer"),
    ])
}

#[test]
fn what_extensions_say_is_read() {
    let mut made = Handmade::good();
    made.set("1.3.6.1.5.5.7.1.1", false, access());
    let feature = sequence(&[integer(&[5])]);
    made.set("1.3.6.1.5.5.7.1.24", false, feature);
    let point = value(0xa0, &value(0xa0, &value(0x86, b"http://crl.test/1.crl")));
    made.set("2.5.29.31", false, sequence(&[sequence(&[point])]));
    made.set(
        "2.5.29.32",
        false,
        sequence(&[sequence(&[oid("2.23.140.1.2.1")])]),
    );
    // Two timestamps of three octets each.
    let list = [0, 10, 0, 3, 1, 2, 3, 0, 3, 4, 5, 6];
    made.set("1.3.6.1.4.1.11129.2.4.2", false, value(OCTETS, &list));
    made.set(
        "2.5.29.19",
        true,
        sequence(&[vec![1, 1, 0xff], integer(&[3])]),
    );
    let service = [
        oid("1.3.6.1.5.5.7.8.7"),
        value(0xa0, &value(0x16, b"_imaps.example.com")),
    ];
    let mut all = vec![value(0xa0, &service.concat())];
    all.push(value(0x81, b"li@example.com"));
    all.push(value(0x86, b"sip:li@example.com"));
    all.push(value(0xa4, &name("Li")));
    made.set("2.5.29.17", true, sequence(&all));
    let subtree = |tag: u8, base: &[u8]| sequence(&[value(tag, base)]);
    let permitted = [
        subtree(0x82, b"example.com"),
        subtree(0x87, &[10, 0, 0, 0, 255, 0, 0, 0]),
    ];
    let excluded = [subtree(0x81, b".test"), subtree(0xa4, &name("Acme"))];
    let both = [
        value(0xa0, &permitted.concat()),
        value(0xa1, &excluded.concat()),
    ];
    made.set("2.5.29.30", true, sequence(&both));

    let facts = cert::read(&made.der()).expect("a certificate");
    let has = &facts.extensions;
    assert_eq!(has.ocsp_urls, ["http://ocsp.test/"]);
    assert_eq!(facts.issuer_urls, ["http://ca.test/i.cer"]);
    assert_eq!(has.crl_urls, ["http://crl.test/1.crl"]);
    assert_eq!(has.policies, ["2.23.140.1.2.1"]);
    assert!(has.must_staple && has.unreadable.is_empty(), "{has:?}");
    assert_eq!(has.embedded_scts, 2);
    let basic = has.basic_constraints.expect("basic constraints");
    assert!(basic.critical && basic.ca && basic.path_length == Some(3));
    let names = has.alternative_names.as_ref().expect("names");
    assert!(names.critical && names.count == 4);
    assert_eq!(names.services, ["_imaps.example.com"]);
    assert_eq!(names.emails, ["li@example.com"]);
    assert_eq!(names.uris, ["sip:li@example.com"]);
    assert_eq!(names.directories, ["CN=Li"]);
    let limits = has.name_constraints.as_ref().expect("constraints");
    assert_eq!(
        limits.permitted,
        [
            Subtree::Dns("example.com".into()),
            Subtree::Ip(vec![10, 0, 0, 0, 255, 0, 0, 0])
        ]
    );
    assert_eq!(
        limits.excluded,
        [
            Subtree::Email(".test".into()),
            Subtree::Directory("CN=Acme".into())
        ]
    );
}

#[test]
fn timestamps_that_do_not_add_up_are_not_counted() {
    for list in [&[0, 10, 0, 3, 1, 2, 3][..], &[0, 3, 0, 9, 1], &[], &[7]] {
        let mut made = Handmade::good();
        made.set("1.3.6.1.4.1.11129.2.4.2", false, value(OCTETS, list));
        let facts = cert::read(&made.der()).expect("a certificate");
        assert_eq!(facts.extensions.embedded_scts, 0);
        assert_eq!(facts.extensions.unreadable.len(), 1, "{list:?}");
    }
}

#[test]
fn name_constraints_are_understood_whole_or_not_at_all() {
    let base = value(0x82, b"example.com");
    let subtree = sequence(std::slice::from_ref(&base));
    for (constraints, reads) in [
        (sequence(&[value(0xa0, &subtree)]), true),
        (
            sequence(&[value(0xa0, &subtree), value(0xa1, &subtree)]),
            true,
        ),
        (sequence(&[]), false),
        (sequence(&[value(0xa0, &[])]), false),
        (sequence(&[value(0xa2, &subtree)]), false),
        (sequence(std::slice::from_ref(&subtree)), false),
        (sequence(&[value(0xa0, &sequence(&[]))]), false),
        // A minimum other than the usual one, which no one supports.
        (
            sequence(&[value(0xa0, &sequence(&[base, value(0x80, &[1])]))]),
            false,
        ),
        (
            sequence(&[value(0xa0, &sequence(&[value(0x87, &[10, 0, 0, 0])]))]),
            false,
        ),
    ] {
        let mut made = Handmade::good();
        made.set("2.5.29.30", true, constraints.clone());
        let facts = cert::read(&made.der()).expect("a certificate");
        let has = &facts.extensions;
        assert_eq!(has.name_constraints.is_some(), reads, "{constraints:x?}");
        assert_eq!(has.unreadable.is_empty(), reads, "{constraints:x?}");
    }
}

#[test]
fn authorities_are_held_to_what_authorities_must_have() {
    use rcgen::{BasicConstraints, IsCa, KeyUsagePurpose};
    let of = |shape: &dyn Fn(&mut rcgen::CertificateParams)| {
        let ca = Authority::with_intermediate("Odd", |params| shape(params));
        let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
        let leaf = ca.leaf(&super::authority::leaf_params(&[HOST]));
        let report = report(&[leaf, ca.intermediate.clone()], HOST, &roots, now());
        let evidence = evidence_of("cert-nonconforming", &report, HOST, now())?;
        let Value::Statements(said) = &evidence.values["breaches"] else {
            unreachable!("{evidence:?}");
        };
        let Value::List(subjects) = &evidence.values["subjects"] else {
            unreachable!("{evidence:?}");
        };
        assert_eq!(*subjects, ["CN=Odd Intermediate"]);
        Some(said.iter().map(|one| one.key.clone()).collect::<Vec<_>>())
    };
    assert_eq!(of(&|_| {}), None);
    let cannot = of(&|ca| ca.key_usages = vec![KeyUsagePurpose::CrlSign]);
    assert_eq!(cannot, Some(vec![Breach::AuthorityCannotSign.key().into()]));
    let unsaid = of(&|ca| ca.key_usages.clear());
    assert_eq!(unsaid, Some(vec![Breach::AuthorityCannotSign.key().into()]));
    let unmarked = of(&|ca| ca.is_ca = IsCa::NoCa).expect("breaches");
    assert!(unmarked.contains(&Breach::AuthorityUnmarked.key().to_owned()));
    let limited = of(&|ca| ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0)));
    assert_eq!(limited, None);
    let nameless = of(&|ca| ca.use_authority_key_identifier_extension = false);
    assert_eq!(
        nameless,
        Some(vec![Breach::AuthorityKeyMissing.key().into()])
    );
}

/// Whether a fault names the dates.
fn of_dates(why: &Phrase) -> bool {
    format!("{why:?}").contains("certificate-field-dates")
}
