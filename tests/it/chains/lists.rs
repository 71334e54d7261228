//! Revocation lists of kinds that are not supported: they settle nothing, and say so.

use mailfleet::model::{Fact, Fetched, Observation, Open, Raw, Status};

use super::der::{bits, oid, sequence, value};
use super::made::{BETWEEN, Judged, leaf, usual};
use super::recipe::Recipe;

const URL: &str = "http://crl.test/all.crl";
const DELTA: &str = "2.5.29.27";
const DISTRIBUTION_POINT: &str = "2.5.29.28";
const CERTIFICATE_ISSUER: &str = "2.5.29.29";

fn listed() -> Recipe {
    let names = value(0xa0, &value(0xa0, &value(0x86, URL.as_bytes())));
    leaf().with("2.5.29.31", false, sequence(&[&sequence(&[&names])]))
}

fn extension(id: &str, critical: bool, contents: &[u8]) -> Vec<u8> {
    let flag = match critical {
        true => value(1, &[0xff]),
        false => Vec::new(),
    };
    sequence(&[&oid(id), &flag, &value(4, contents)])
}

/// A list of the issuer that revokes the certificate, from a day before [`super::made::NOW`] to a
/// day after, with these extensions of the list and of its entry.
fn list(revoked: &Recipe, of_list: &[Vec<u8>], of_entry: &[Vec<u8>]) -> Vec<u8> {
    let extensions = |all: &[Vec<u8>]| match all {
        [] => Vec::new(),
        all => value(0x30, &all.concat()),
    };
    let entry = sequence(&[
        &value(2, revoked.number()),
        &value(0x17, b"260601000000Z"),
        &extensions(of_entry),
    ]);
    let of_list = match of_list {
        [] => Vec::new(),
        all => value(0xa0, &extensions(all)),
    };
    let body = sequence(&[
        &value(2, &[1]),
        &BETWEEN.algorithm(),
        BETWEEN.name(),
        &value(0x17, b"260614120000Z"),
        &value(0x17, b"260616120000Z"),
        &sequence(&[&entry]),
        &of_list,
    ]);
    sequence(&[&body, &BETWEEN.algorithm(), &bits(&BETWEEN.sign(&body))])
}

fn judged(leaf: &Recipe, list: Vec<u8>) -> Judged {
    let made = usual(leaf);
    let mut seen = made.seen();
    seen.add(Observation::Fetched(Fetched {
        url: URL.to_owned(),
        at: made.time(),
        address: None,
        answer: Fact::Seen(Raw(list)),
    }));
    made.judge_as_seen(&seen)
}

#[test]
fn lists_of_changes_of_several_issuers_or_of_some_reasons_settle_nothing() {
    let leaf = listed();
    let point = |field: Vec<u8>| extension(DISTRIBUTION_POINT, true, &sequence(&[&field]));
    let other_issuer = value(0xa4, BETWEEN.name());
    for (what, of_list, of_entry, expected) in [
        ("a whole list", vec![], vec![], None),
        (
            "changes",
            vec![extension(DELTA, true, &value(2, &[1]))],
            vec![],
            Some(Open::Unsupported),
        ),
        (
            "changes that are not marked as critical",
            vec![extension(DELTA, false, &value(2, &[1]))],
            vec![],
            Some(Open::Unsupported),
        ),
        (
            "several issuers",
            vec![point(value(0x84, &[0xff]))],
            vec![],
            Some(Open::Unsupported),
        ),
        (
            "some reasons",
            vec![point(value(0x83, &[1, 0x40]))],
            vec![],
            Some(Open::Unsupported),
        ),
        (
            "attribute certificates",
            vec![point(value(0x85, &[0xff]))],
            vec![],
            Some(Open::Unsupported),
        ),
        (
            "a condition that nobody knows",
            vec![extension("1.3.6.1.4.1.55555.1", true, &value(5, &[]))],
            vec![],
            Some(Open::Unsupported),
        ),
        (
            "an entry of another issuer",
            vec![],
            vec![extension(
                CERTIFICATE_ISSUER,
                true,
                &sequence(&[&other_issuer]),
            )],
            Some(Open::Unreadable),
        ),
    ] {
        let judged = judged(&leaf, list(&leaf, &of_list, &of_entry));
        let chain = judged.of_endpoint().chains.values().flatten().next();
        let said = &chain.expect("a chain").attested.revocation[0];
        let open = match said.status {
            Status::Open(why) => Some(why),
            _ => None,
        };
        assert_eq!(open, expected, "{what}: {said:?}");
        let fires = judged
            .findings()
            .any(|finding| finding.rule == "cert-revoked");
        assert_eq!(fires, expected.is_none(), "{what}");
    }
}
