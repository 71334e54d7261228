//! Servers made of lists, asked until nothing is left to ask.

use super::*;
use crate::model::HungUp;

/// A server that answers as its lists say.
#[derive(Default)]
struct Server {
    /// Versions with their suites, the server's favourite first.
    takes: Vec<(TlsVersion, Vec<u16>)>,
    groups: Vec<u16>,
    curves: Vec<u16>,
    /// Hangs up on hellos with more suites.
    reads: Option<usize>,
}

impl Server {
    fn answer(&self, hello: &Hello) -> HelloAnswer {
        if self.reads.is_some_and(|most| hello.suites.len() > most) {
            return HelloAnswer::Refused(Refusal::HungUp(HungUp::Closed));
        }
        let offered = |version: TlsVersion| match hello.highest {
            TlsVersion::TLS_1_3 | TlsVersion::SSL_2_0 | TlsVersion::TLCP => {
                version == hello.highest
            }
            highest => (TlsVersion::SSL_3_0..=highest).contains(&version),
        };
        let version = self.takes.iter().filter(|(version, _)| offered(*version));
        let Some((version, suites)) = version.max_by_key(|(version, _)| *version) else {
            return HelloAnswer::Refused(Refusal::Alert(70));
        };
        let group = |own: &[u16]| {
            own.iter()
                .find(|g| hello.groups.contains(&NamedGroup(**g)))
                .copied()
        };
        let of_1_3 = *version == TlsVersion::TLS_1_3;
        let group = group(if of_1_3 { &self.groups } else { &self.curves });
        let needs_group = |suite: Suite| {
            let traits = suite.traits().expect("a suite with a name");
            matches!(traits.agreement, KeyAgreement::Ecdhe | KeyAgreement::Tls13)
        };
        let suite = suites.iter().map(|number| Suite(*number)).find(|suite| {
            hello.suites.contains(suite) && (!needs_group(*suite) || group.is_some())
        });
        let Some(suite) = suite else {
            return HelloAnswer::Refused(Refusal::Alert(40));
        };
        let key_exchange = match group.filter(|_| needs_group(suite)) {
            Some(group) => KeyExchange::Group {
                group: NamedGroup(group),
                scheme: None,
            },
            None => KeyExchange::Certificate,
        };
        HelloAnswer::Agreed(Box::new(Agreed {
            version: *version,
            suite,
            compression: 0,
            extensions: Vec::new(),
            retry: of_1_3,
            alpn: None,
            key_exchange: Fact::Seen(key_exchange),
            chain: Fact::Seen(Vec::new()),
            staple: None,
            timestamps: None,
            client_certificate: Fact::Seen(false),
        }))
    }

    fn asked(&self, depth: Depth, session: Option<&TlsSession>) -> Vec<AskedHello> {
        self.asked_besides(depth, session, &Contested::default())
    }

    fn asked_besides(
        &self,
        depth: Depth,
        session: Option<&TlsSession>,
        contested: &Contested,
    ) -> Vec<AskedHello> {
        let mut asked = Vec::new();
        loop {
            let inquiry = Inquiry {
                depth,
                contested,
                named: true,
                session,
                asked: &asked,
            };
            let Some(hello) = inquiry.next() else {
                return asked;
            };
            assert!(asked.len() < 100, "no end: {hello:?}");
            assert!(hello.suites.len() <= MOST_SUITES);
            let answer = Fact::Seen(self.answer(&hello));
            asked.push(AskedHello { hello, answer });
        }
    }
}

fn good() -> Server {
    Server {
        takes: vec![
            (TlsVersion::TLS_1_2, vec![0xc02f, 0xc030, 0xcca8]),
            (TlsVersion::TLS_1_3, vec![0x1301, 0x1302, 0x1303]),
        ],
        groups: vec![0x11ec, 0x001d, 0x0017, 0x0018],
        curves: vec![0x001d, 0x0017],
        ..Server::default()
    }
}

fn session() -> TlsSession {
    TlsSession {
        group: Some(NamedGroup(0x11ec)),
        ..TlsSession::new(TlsVersion::TLS_1_3, Suite(0x1301))
    }
}

fn old() -> Server {
    let weak = vec![0xc014, 0x0035, 0x0033, 0x000a, 0x0005, 0x0034];
    Server {
        takes: vec![
            // SSL 3.0 has no extension to name a curve in.
            (TlsVersion::SSL_3_0, weak[1..].to_vec()),
            (TlsVersion::TLS_1_0, weak.clone()),
            (TlsVersion::TLS_1_2, [vec![0xc02f], weak].concat()),
        ],
        curves: vec![0x0017, 0x0013],
        ..Server::default()
    }
}

fn found(asked: &[AskedHello], version: TlsVersion) -> BTreeSet<u16> {
    let agreed = asked.iter().filter_map(AskedHello::agreed);
    let agreed = agreed.filter(|agreed| agreed.version == version);
    agreed.map(|agreed| agreed.suite.0).collect()
}

#[test]
fn a_good_server_costs_two_hellos() {
    let asked = good().asked(Depth::Standard, Some(&session()));
    let highest: Vec<_> = asked.iter().map(|asked| asked.hello.highest).collect();
    assert_eq!(highest, [TlsVersion::TLS_1_1, TlsVersion::TLS_1_2]);
    assert!(asked.iter().all(|asked| asked.refused().is_some()));
    assert!(good().asked(Depth::Quick, Some(&session())).is_empty());
}

fn suites<const N: usize>(numbers: [u16; N]) -> BTreeSet<Suite> {
    numbers.map(Suite).into()
}

fn groups<const N: usize>(numbers: [u16; N]) -> BTreeSet<NamedGroup> {
    numbers.map(NamedGroup).into()
}

/// The suites and groups that were offered besides, once two hellos have settled what is usual.
fn besides(server: &Server, contested: &Contested) -> Vec<(Vec<u16>, Option<u16>)> {
    let session = session();
    let asked = server.asked_besides(Depth::Standard, Some(&session), contested);
    let quick = server.asked_besides(Depth::Quick, Some(&session), contested);
    assert!(quick.is_empty());
    let told = |one: &AskedHello| {
        let offered = one.hello.suites.iter().map(|suite| suite.0).collect();
        (offered, one.agreed().map(|agreed| agreed.suite.0))
    };
    asked[2..].iter().map(told).collect()
}

#[test]
fn what_a_policy_contests_is_asked_besides_once_for_each_version() {
    let chacha = suites([0x1303, 0xcca8, 0xcca9]);
    let contested = Contested {
        suites: [chacha].into(),
        groups: BTreeSet::new(),
    };
    // The first that it takes answers for all.
    let taken = besides(&good(), &contested);
    assert_eq!(taken, [(vec![0xcca8, 0xcca9], Some(0xcca8))]);
    let mut without = good();
    without.takes[0].1.retain(|suite| *suite != 0xcca8);
    let of_tls_1_3 = besides(&without, &contested);
    let tls_1_3 = (vec![0x1303], Some(0x1303));
    assert_eq!(of_tls_1_3, [(vec![0xcca8, 0xcca9], None), tls_1_3]);
    without.takes[1].1.retain(|suite| *suite != 0x1303);
    let of_none = besides(&without, &contested);
    assert!(of_none.iter().all(|(_, picked)| picked.is_none()));
    assert_eq!(of_none.len(), 2);
    // What was refused for one policy is not asked again for another.
    let narrower = suites([0x1303, 0xcca9]);
    let both = Contested {
        suites: contested.suites.iter().cloned().chain([narrower]).collect(),
        ..contested
    };
    let for_both: BTreeSet<u16> = besides(&without, &both)
        .into_iter()
        .flat_map(|(offered, _)| offered)
        .collect();
    assert_eq!(for_both, [0x1303, 0xcca8, 0xcca9].into());
}

#[test]
fn a_server_that_has_no_tls_1_2_is_not_asked_about_its_suites() {
    let mut newest = good();
    newest.takes.remove(0);
    let contested = Contested {
        suites: [suites([0xc02f, 0xc030])].into(),
        groups: BTreeSet::new(),
    };
    assert!(besides(&newest, &contested).is_empty());
    assert_eq!(besides(&good(), &contested).len(), 1);
}

#[test]
fn contested_groups_are_asked_with_a_suite_that_is_taken() {
    let contested = |set: BTreeSet<NamedGroup>| Contested {
        suites: BTreeSet::new(),
        groups: [set].into(),
    };
    // P-256 is no group of TLS 1.3 alone; a binary curve is none at all.
    let taken = besides(&good(), &contested(groups([0x0017, 0x0100, 0x000d])));
    assert_eq!(taken, [(vec![0x1301], Some(0x1301))]);
    let refused = besides(&good(), &contested(groups([0x0100, 0x000d])));
    assert_eq!(refused, [(vec![0x1301], None)]);
    assert!(besides(&good(), &contested(groups([0x000d]))).is_empty());
    // The session has told of the hybrid.
    assert!(besides(&good(), &contested(groups([0x11ec, 0x0100]))).is_empty());
}

#[test]
fn an_old_server_is_asked_about_each_version_and_each_class() {
    let session = TlsSession::new(TlsVersion::TLS_1_2, Suite(0xc02f));
    let asked = old().asked(Depth::Standard, Some(&session));
    let picked = found(&asked, TlsVersion::TLS_1_2);
    // What is not modern, the insecure, the weak, the static and the finite field.
    assert!(picked.contains(&0xc014) && picked.contains(&0x0005));
    assert!(
        picked.contains(&0x000a) && picked.contains(&0x0033),
        "{picked:x?}"
    );
    assert!(!found(&asked, TlsVersion::SSL_3_0).is_empty());
    assert!(asked.len() <= 10, "{} hellos", asked.len());
}

#[test]
fn at_deep_everything_is_found() {
    let session = TlsSession::new(TlsVersion::TLS_1_2, Suite(0xc02f));
    let asked = old().asked(Depth::Deep, Some(&session));
    for (version, suites) in old().takes {
        let mut found = found(&asked, version);
        found.extend((version == TlsVersion::TLS_1_2).then_some(0xc02f));
        assert_eq!(found, suites.into_iter().collect(), "{version}");
    }
    let small = |agreed: &Agreed| matches!(agreed.key_exchange.seen(), Some(KeyExchange::Group { group, .. }) if group.0 == 0x13);
    assert!(asked.iter().filter_map(AskedHello::agreed).any(small));
    assert!(asked.iter().any(|asked| asked.hello.fallback));
    assert!(
        asked
            .iter()
            .any(|asked| asked.hello.highest == TlsVersion::SSL_2_0)
    );
    assert!(
        asked
            .iter()
            .any(|asked| asked.hello.highest == TlsVersion::TLCP)
    );
}

#[test]
fn groups_and_suites_of_tls_1_3_are_all_found_at_deep() {
    let asked = good().asked(Depth::Deep, Some(&session()));
    let newest = found(&asked, TlsVersion::TLS_1_3);
    assert_eq!(newest, BTreeSet::from([0x1301, 0x1302, 0x1303]));
    let inquiry = Inquiry {
        depth: Depth::Deep,
        contested: &Contested::default(),
        named: true,
        session: Some(&session()),
        asked: &asked,
    };
    let groups: Vec<u16> = inquiry
        .groups_taken()
        .into_iter()
        .map(|group| group.0)
        .collect();
    assert_eq!(groups, [0x0017, 0x0018, 0x001d, 0x11ec]);
    assert!(asked.len() <= 18, "{} hellos", asked.len());
}

#[test]
fn a_server_that_chokes_is_asked_in_pieces() {
    let server = Server {
        reads: Some(MOST_SUITES_BARE),
        ..old()
    };
    let asked = server.asked(Depth::Standard, None);
    assert!(
        asked
            .iter()
            .any(|asked| asked.hello.bare && asked.agreed().is_some())
    );
    assert!(!found(&asked, TlsVersion::TLS_1_0).is_empty());
}

#[test]
fn where_the_library_failed_modern_hellos_and_tlcp_are_asked() {
    let national = Server {
        takes: vec![(TlsVersion::TLCP, vec![0xe013])],
        ..Server::default()
    };
    let asked = national.asked(Depth::Standard, None);
    assert_eq!(
        found(&asked, TlsVersion::TLCP)
            .into_iter()
            .collect::<Vec<_>>(),
        [0xe013]
    );
    let odd_curve = Server {
        curves: vec![0x0019],
        groups: vec![0x0019],
        ..good()
    };
    let asked = odd_curve.asked(Depth::Standard, None);
    assert!(!found(&asked, TlsVersion::TLS_1_3).is_empty());
    assert!(!found(&asked, TlsVersion::TLS_1_2).is_empty());
}

#[test]
fn no_answer_ends_each_line_of_questions() {
    for depth in [Depth::Standard, Depth::Deep] {
        let mut asked: Vec<AskedHello> = Vec::new();
        loop {
            let session = session();
            let inquiry = Inquiry {
                depth,
                contested: &Contested::default(),
                named: true,
                session: Some(&session),
                asked: &asked,
            };
            let Some(hello) = inquiry.next() else { break };
            let gap = crate::model::Gap::new(
                crate::model::Phase::Connect,
                crate::model::Cause::Throttled,
            );
            asked.push(AskedHello {
                hello,
                answer: Fact::Unknown(gap),
            });
            assert!(asked.len() < 12, "no end");
        }
        assert!(asked.len() >= 2);
    }
}
