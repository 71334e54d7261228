//! Names that lead nowhere, told apart: only what is known not to exist is an accusation.

use super::Place;
use crate::dns::{Dns, Says, at, empty};

/// A DNS server that answers by the first label of a name, without any record.
fn by_label() -> Dns {
    Dns::start(|name, _| match name.split('.').next() {
        Some("gone") => Says::NoSuchName,
        Some("ill") => Says::Failed,
        Some("closed") => Says::Refused,
        // Every other name exists and has no address, parents among them.
        _ => empty(),
    })
}

/// An account at each of these hosts, by POP3 over TLS.
fn accounts(place: &Place, hosts: &[&str]) {
    let mut accounts = "email,protocol,host,port,security\n".to_owned();
    for (number, host) in hosts.iter().enumerate() {
        accounts += &format!("person{number}@corp.test,pop3,{host},995,tls\n");
    }
    place.write("a.csv", &accounts);
}

fn verdicts(report: &serde_json::Value) -> Vec<(&str, Option<&str>)> {
    let accounts = report["accounts"].as_array().expect("accounts");
    let pairs = accounts.iter().map(|account| {
        let word = account["verdict"].as_str();
        (
            word.expect("each account has one"),
            account["reason"].as_str(),
        )
    });
    pairs.collect()
}

fn rules(report: &serde_json::Value) -> Vec<&str> {
    let findings = report["findings"].as_array().expect("findings");
    let rules = findings
        .iter()
        .filter_map(|finding| finding["rule"].as_str());
    rules.collect()
}

#[test]
fn only_a_name_that_is_known_not_to_exist_is_an_accusation() {
    let dns = by_label();
    let place = Place::new();
    let hosts = ["gone", "empty", "ill", "closed"].map(|name| format!("{name}.corp.test"));
    accounts(&place, &hosts.each_ref().map(String::as_str));
    let resolver = dns.at.to_string();
    let mut arguments = vec!["audit", "a.csv", "--out", "out", "--trust", "mozilla"];
    arguments.extend(["--resolver", &resolver, "--retries", "0"]);
    let ran = place.run(&arguments);
    assert_eq!(ran.code(), Some(3), "{}", ran.told());
    let report = place.report("out");
    let expected = [
        ("non-compliant", None),
        ("non-compliant", None),
        ("not-verified", Some("dns-failed")),
        ("not-verified", Some("dns-failed")),
    ];
    assert_eq!(verdicts(&report), expected);
    let unknown = rules(&report)
        .into_iter()
        .filter(|rule| *rule == "unknown-host");
    assert_eq!(unknown.count(), 2);
}

#[test]
fn a_look_up_that_fails_for_one_port_says_nothing_of_a_port_with_an_address_given() {
    let place = Place::new();
    let audited = super::fleet::Audited::start(&place);
    let dns = by_label();
    let (endpoint, address) = audited
        .fleet
        .connect_to()
        .into_iter()
        .find(|(endpoint, _)| endpoint.to_string() == "mail.yourcompany.example:993")
        .expect("in the story");
    place.write(
        "a.csv",
        "email,protocol,host,port,security\n\
         a@corp.test,imap,mail.yourcompany.example,993,tls\n\
         b@corp.test,smtp,mail.yourcompany.example,465,tls\n",
    );
    let (to, resolver) = (format!("{endpoint}:{address}"), dns.at.to_string());
    let mut arguments = vec!["audit", "a.csv", "--out", "out", "--trust", "root.der"];
    arguments.extend(["--resolver", &resolver, "--retries", "0"]);
    arguments.extend(["--allow-net", "127.0.0.0/8", "--connect-to", &to]);
    let ran = place.run(&arguments);
    let accounts = place.report("out")["accounts"].clone();
    assert_eq!(accounts[0]["verdict"], "compliant", "{}", ran.told());
    assert_eq!(accounts[1]["verdict"], "non-compliant", "{}", ran.told());
}

/// Threat model H2: a portal that answers for every name.
#[test]
fn a_resolver_that_knows_every_name_accuses_nobody_and_is_told_of_everywhere() {
    let dns = Dns::start(|_, _| at("127.0.0.80"));
    let place = Place::new();
    accounts(&place, &["mail.corp.test", "mail.crop.test"]);
    let resolver = dns.at.to_string();
    let mut arguments = vec!["audit", "a.csv", "--out", "out", "--trust", "mozilla"];
    arguments.extend(["--resolver", &resolver, "--retries", "0"]);
    arguments.extend(["--allow-net", "127.0.0.0/8"]);
    let ran = place.run(&arguments);
    assert_eq!(ran.code(), Some(3), "{}", ran.told());
    assert!(
        ran.told().contains("The DNS server invents addresses"),
        "{}",
        ran.told()
    );
    let report = place.report("out");
    assert_eq!(verdicts(&report), [("not-verified", Some("dns-failed")); 2]);
    assert!(rules(&report).contains(&"resolver-suspect"));
    assert!(!rules(&report).contains(&"unknown-host"));
    let invented = &report["run"]["resolver_tried"]["invented"]["seen"];
    assert_eq!(*invented, serde_json::json!(["127.0.0.80"]));
    for file in ["out/report.html", "out/report.md"] {
        let text = place.read(file);
        let (banner, method) = (
            "The DNS server invents addresses",
            "was asked for names that cannot exist",
        );
        assert!(text.contains(banner) && text.contains(method), "{file}");
    }
}

#[test]
fn probing_one_host_says_that_the_resolver_invents_as_well() {
    let dns = Dns::start(|_, _| at("127.0.0.80"));
    let resolver = dns.at.to_string();
    let place = Place::new();
    let mut arguments = vec!["probe", "mail.crop.test:995", "--trust", "mozilla"];
    arguments.extend(["--resolver", &resolver, "--retries", "0"]);
    arguments.extend(["--allow-net", "127.0.0.0/8"]);
    let ran = place.run(&arguments);
    let said = ran.told();
    assert!(said.contains("The DNS server invents addresses"), "{said}");
    assert!(
        ran.printed()
            .contains("also gives for names that cannot exist")
    );
}

#[test]
fn a_domain_with_a_wildcard_of_its_own_is_no_lie() {
    let dns = Dns::start(|name, _| match name.ends_with("corp.test") {
        true => at("127.0.0.80"),
        false => Says::NoSuchName,
    });
    let place = Place::new();
    accounts(&place, &["mail.corp.test", "mail.typo-of-corp.test"]);
    let resolver = dns.at.to_string();
    let mut arguments = vec!["audit", "a.csv", "--out", "out", "--trust", "mozilla"];
    arguments.extend(["--resolver", &resolver, "--retries", "0"]);
    arguments.extend(["--allow-net", "127.0.0.0/8"]);
    let ran = place.run(&arguments);
    let report = place.report("out");
    assert!(
        !rules(&report).contains(&"resolver-suspect"),
        "{}",
        ran.told()
    );
    let denied = place.read("out/report.md");
    assert!(denied.contains("and denied them"));
}
