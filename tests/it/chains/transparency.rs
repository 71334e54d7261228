//! Timestamps of certificate transparency, counted by the way on which they came.

use mailfleet::model::{
    Agreed, AskedHello, CertificateId, Fact, Hello, HelloAnswer, KeyExchange, Raw, SctList, Scts,
    Skip, Suite, TlsVersion, Visited,
};
use mailfleet::wire::cert;

use super::der::value;
use super::made::{BETWEEN, Made, leaf, usual};
use super::staple;

/// A list of so many timestamps, of a few octets each.
fn list(count: usize) -> Vec<u8> {
    let timestamps = [0, 3, 1, 2, 3].repeat(count);
    let length = u16::try_from(timestamps.len()).expect("short");
    [length.to_be_bytes().as_slice(), &timestamps].concat()
}

/// An answer to a hello of ours, in which this chain came with this extension.
fn agreed(chain: &[CertificateId], timestamps: Option<Vec<u8>>) -> AskedHello {
    AskedHello {
        hello: Hello {
            highest: TlsVersion::TLS_1_2,
            suites: Vec::new(),
            groups: Vec::new(),
            schemes: Vec::new(),
            alpn: Vec::new(),
            name: true,
            compression: false,
            fallback: false,
            bare: false,
        },
        answer: Fact::Seen(HelloAnswer::Agreed(Box::new(Agreed {
            version: TlsVersion::TLS_1_2,
            suite: Suite(0xc02b),
            compression: 0,
            extensions: Vec::new(),
            retry: false,
            alpn: None,
            key_exchange: Fact::Seen(KeyExchange::Certificate),
            chain: Fact::Seen(chain.to_vec()),
            staple: None,
            timestamps: timestamps.map(Raw),
            client_certificate: Fact::NotAsked(Skip::NotApplicable),
        }))),
    }
}

fn counted(made: &Made, change: impl Fn(&mut Visited)) -> Scts {
    let mut seen = made.seen();
    let visits = seen.visits.values_mut();
    visits
        .flat_map(|visits| visits.values_mut())
        .for_each(change);
    let judged = made.judge_as_seen(&seen);
    assert!(judged.accepts(), "a count is no verdict");
    let chain = judged.of_endpoint().chains.values().flatten().next();
    chain.expect("a chain").attested.scts
}

#[test]
fn timestamps_are_counted_on_each_way() {
    use SctList::{Count, Unreadable, Unseen};
    let oid = "1.3.6.1.4.1.11129.2.4.2";
    let plain = leaf();
    let holding = leaf().with(oid, false, value(4, &list(2)));
    let broken = leaf().with(oid, false, value(4, &[0, 9, 1]));
    let stapled = |contents: Vec<u8>| {
        let staple = staple::with_scts(&plain, &BETWEEN, &contents);
        usual(&plain).stapled(Some(staple))
    };
    for (made, embedded, in_staple) in [
        (usual(&plain), Count(0), Unseen),
        (usual(&holding), Count(2), Unseen),
        (usual(&broken), Unreadable, Unseen),
        (usual(&plain).stapled(None), Count(0), Unseen),
        (
            usual(&plain).stapled(Some(staple::good(&plain, &BETWEEN))),
            Count(0),
            Count(0),
        ),
        (stapled(value(4, &list(3))), Count(0), Count(3)),
        (stapled(list(3)), Count(0), Unreadable),
        (
            usual(&plain).stapled(Some(b"no answer".to_vec())),
            Count(0),
            Unreadable,
        ),
    ] {
        let scts = counted(&made, |_| {});
        assert_eq!((scts.embedded, scts.stapled), (embedded, in_staple));
        assert_eq!(scts.handshake, Unseen);
    }
}

#[test]
fn the_extension_of_a_handshake_counts_where_it_came_with_this_certificate() {
    use SctList::{Count, Unreadable, Unseen};
    let made = usual(&leaf());
    let own: Vec<CertificateId> = made.chain.iter().map(|der| cert::id(der)).collect();
    let other = [cert::id(b"another")];
    let bare = || {
        let mut asked = agreed(&own, None);
        asked.hello.bare = true;
        asked
    };
    // To clients, which send the name, that other one is never shown.
    let nameless = || {
        let mut asked = agreed(&other, Some(list(1)));
        asked.hello.name = false;
        asked
    };
    for (hellos, expected) in [
        (vec![], Unseen),
        (vec![bare()], Unseen),
        (vec![bare(), agreed(&own, None)], Count(0)),
        (
            vec![agreed(&own, None), agreed(&own, Some(list(1)))],
            Count(1),
        ),
        (vec![agreed(&own, Some(vec![1]))], Unreadable),
        (vec![nameless()], Unseen),
    ] {
        let scts = counted(&made, |visited| visited.hellos = hellos.clone());
        assert_eq!(scts.handshake, expected);
    }
}

#[test]
fn without_a_certificate_nothing_is_counted() {
    let made = Made {
        chain: Vec::new(),
        ..usual(&leaf())
    };
    let judged = made.judge_as_seen(&made.seen());
    let chain = judged.of_endpoint().chains.values().flatten().next();
    assert_eq!(chain.expect("a chain").attested.scts, Scts::default());
}
