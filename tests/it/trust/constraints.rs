//! Names beyond what an issuer may vouch for, also where libraries do not look.

use mailfleet::model::Value;
use mailfleet::trust::Roots;
use rcgen::{
    CertificateParams, CidrSubnet, DistinguishedName, DnType, GeneralSubtree, NameConstraints,
    SanType,
};

use super::authority::{Authority, HOST, leaf_params, now};
use super::case::{evidence_of, report, violations};

fn limited(permitted: Vec<GeneralSubtree>, excluded: Vec<GeneralSubtree>) -> Authority {
    Authority::with_intermediate("Limited", move |params| {
        params.name_constraints = Some(NameConstraints {
            permitted_subtrees: permitted.clone(),
            excluded_subtrees: excluded.clone(),
        });
    })
}

/// The name that lies outside, if one does.
fn outside(ca: &Authority, params: &CertificateParams) -> Option<String> {
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    let chain = [ca.leaf(params), ca.intermediate.clone()];
    let report = report(&chain, HOST, &roots, now());
    let evidence = evidence_of("cert-name-constraint", &report, HOST, now())?;
    match &evidence.values["name"] {
        Value::Foreign(name) => Some(name.clone()),
        other => unreachable!("{other:?}"),
    }
}

fn named(common_name: &str) -> CertificateParams {
    let mut params = leaf_params(&[HOST]);
    params.distinguished_name = DistinguishedName::new();
    params
        .distinguished_name
        .push(DnType::CommonName, common_name);
    params
}

fn dns(base: &str) -> GeneralSubtree {
    GeneralSubtree::DnsName(base.into())
}

#[test]
fn hosts_outside_are_named() {
    let ca = limited(vec![dns("example.com")], vec![dns("secret.example.com")]);
    for (names, expected) in [
        (&[HOST][..], None),
        (&[HOST, "mail.other.test"], Some("mail.other.test")),
        (
            &[HOST, "a.secret.example.com"],
            Some("a.secret.example.com"),
        ),
        (&[HOST, "*.example.com"], Some("*.example.com")),
        (&[HOST, "badexample.com"], Some("badexample.com")),
    ] {
        assert_eq!(
            outside(&ca, &leaf_params(names)).as_deref(),
            expected,
            "{names:?}"
        );
    }
}

#[test]
fn the_common_name_counts_though_libraries_let_it_pass() {
    let ca = limited(vec![dns("example.com")], vec![]);
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    for (common_name, expected) in [
        (HOST, &[][..]),
        ("Mail service", &[]),
        (
            "www.bank.test",
            &["cert-no-san/common-name-not-listed", "cert-name-constraint"],
        ),
    ] {
        let chain = [ca.leaf(&named(common_name)), ca.intermediate.clone()];
        assert_eq!(violations(&chain, HOST, &roots, now()), expected);
    }
}

#[test]
fn addresses_mailboxes_and_directories_count() {
    let net = GeneralSubtree::IpAddress(CidrSubnet::V4([10, 0, 0, 0], [255, 0, 0, 0]));
    let ca = limited(
        vec![net, GeneralSubtree::Rfc822Name("example.com".into())],
        vec![],
    );
    let with = |name: SanType| {
        let mut params = leaf_params(&[HOST]);
        params.subject_alt_names.push(name);
        outside(&ca, &params)
    };
    let ip = |text: &str| SanType::IpAddress(text.parse().expect("an address"));
    let mailbox = |text: &str| SanType::Rfc822Name(text.try_into().expect("ASCII"));
    assert_eq!(with(ip("10.1.2.3")), None);
    assert_eq!(with(ip("192.0.2.1")).as_deref(), Some("192.0.2.1"));
    assert_eq!(with(ip("2001:db8::1")).as_deref(), Some("2001:db8::1"));
    assert_eq!(with(mailbox("li@example.com")), None);
    assert_eq!(
        with(mailbox("li@other.test")).as_deref(),
        Some("li@other.test")
    );
    assert_eq!(
        outside(&ca, &named("192.0.2.9")).as_deref(),
        Some("192.0.2.9")
    );

    let mut acme = DistinguishedName::new();
    acme.push(DnType::OrganizationName, "Acme");
    let ca = limited(vec![GeneralSubtree::DirectoryName(acme)], vec![]);
    let mut params = leaf_params(&[HOST]);
    let subject = outside(&ca, &params);
    assert_eq!(
        subject.as_deref(),
        Some("CN=Mail service,O=Example\\, Inc.")
    );
    params.distinguished_name = DistinguishedName::new();
    params
        .distinguished_name
        .push(DnType::OrganizationName, "Acme");
    params.distinguished_name.push(DnType::CommonName, "Mail");
    assert_eq!(outside(&ca, &params), None);
}

#[test]
fn without_limits_there_is_nothing_to_say() {
    let ca = Authority::new("Free");
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    let chain = [ca.leaf(&named("www.bank.test")), ca.intermediate.clone()];
    assert_eq!(
        violations(&chain, HOST, &roots, now()),
        ["cert-no-san/common-name-not-listed"]
    );
}
