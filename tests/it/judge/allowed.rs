//! Of a server told in full and seen in part, no rule says what is not so.

use std::collections::BTreeSet;

use mailfleet::inventory::Inventory;
use mailfleet::judge::cases;
use mailfleet::model::*;
use mailfleet::rules::{Check, find};
use proptest::prelude::*;

use crate::scene::hellos::{hello, key_exchange};
use crate::scene::{Scene, rfc8314, visit};

const PLACE: &str = "mail.example.com:995";

/// What `standard` asks, and then some.
const HELLOS: [&str; 11] = [
    "1.1",
    "1.2-rest",
    "1.2-insecure",
    "1.2-weak",
    "1.2-static",
    "1.2-dhe",
    "1.2-aead",
    "1.2-forward",
    "1.3",
    "ssl3",
    "1.0",
];
const STANDARD: usize = 6;

/// Suites of every class, and the six that a current client offers up to TLS 1.2.
const SUITES: [u16; 16] = [
    0xc02f, 0xc02b, 0xc030, 0xcca8, 0xc013, 0xc027, 0x009e, 0x0033, 0x002f, 0x009c, 0x000a, 0x0005,
    0x0018, 0xc005, 0xc012, 0x0016,
];
const CURRENT: [u16; 4] = [0xc02f, 0xc02b, 0xc030, 0xcca8];

const RULES: [&str; 7] = [
    "tls-version-obsolete",
    "cipher-insecure",
    "cipher-weak",
    "cipher-outside-policy",
    "no-forward-secrecy",
    "no-aead",
    "tls-version-outdated",
];

/// A server: its versions, and its suites in the order in which it likes them.
#[derive(Clone, Debug)]
struct Server {
    versions: BTreeSet<TlsVersion>,
    suites: Vec<Suite>,
    hangs_up: bool,
}

impl Server {
    fn any() -> impl Strategy<Value = Server> {
        let versions = prop::sample::subsequence((0x0300..=0x0304).collect::<Vec<u16>>(), 1..=5);
        let suites = prop::sample::subsequence(SUITES.to_vec(), 1..=6).prop_shuffle();
        let server =
            (versions, suites, any::<bool>()).prop_map(|(versions, suites, hangs_up)| Server {
                versions: versions.into_iter().map(TlsVersion).collect(),
                suites: suites.into_iter().map(Suite).collect(),
                hangs_up,
            });
        // A version without a suite is none.
        server.prop_filter("a suite for each version", |server| {
            let versions = &mut server.versions.iter();
            versions.all(|version| server.suites_at(*version).next().is_some())
        })
    }

    /// RFC 5246 §7.4.1.3: the version first, then a suite.
    fn answer(&self, hello: &Hello) -> HelloAnswer {
        let newest = TlsVersion::TLS_1_3;
        let in_reach =
            |v: &&TlsVersion| **v <= hello.highest && (**v == newest) == (hello.highest == newest);
        let Some(&version) = self.versions.iter().rev().find(in_reach) else {
            return HelloAnswer::Refused(self.refusal(70));
        };
        let offered = |suite: &Suite| hello.suites.contains(suite);
        match self.suites_at(version).find(offered) {
            Some(suite) => HelloAnswer::Agreed(Box::new(Agreed {
                version,
                suite,
                compression: 0,
                extensions: vec![0xff01, 23],
                retry: false,
                alpn: None,
                key_exchange: Fact::Seen(key_exchange(suite)),
                chain: Fact::Seen(Vec::new()),
                staple: None,
                timestamps: None,
                client_certificate: Fact::Seen(false),
            })),
            None => HelloAnswer::Refused(self.refusal(40)),
        }
    }

    fn refusal(&self, alert: u8) -> Refusal {
        match self.hangs_up {
            true => Refusal::HungUp(HungUp::Closed),
            false => Refusal::Alert(alert),
        }
    }

    fn session(&self) -> Fact<TlsSession> {
        let current = |suite: &Suite| suite.0 >> 8 == 0x13 || CURRENT.contains(&suite.0);
        let best = self.versions.last().copied();
        let best = best.filter(|best| *best >= TlsVersion::TLS_1_2);
        let gap = |alert| Fact::Unknown(Gap::new(Phase::Handshake, Cause::Alert(alert)));
        match best {
            None => gap(70),
            Some(best) => match self.suites_at(best).find(current) {
                Some(suite) => Fact::Seen(TlsSession::new(best, suite)),
                None => gap(40),
            },
        }
    }

    fn suites_at(&self, version: TlsVersion) -> impl Iterator<Item = Suite> {
        let newest = [Suite(0x1301)].into_iter();
        let usable = move |suite: &Suite| traits(*suite).usable_at(version);
        newest.chain(self.suites.iter().copied()).filter(usable)
    }

    /// Everything that it accepts.
    fn accepts(&self) -> Vec<(TlsVersion, Suite)> {
        let versions = self.versions.iter();
        versions
            .flat_map(|version| self.suites_at(*version).map(|suite| (*version, suite)))
            .collect()
    }

    /// Whether a rule's violation is the truth about it.
    fn breaks(&self, rule: &str) -> bool {
        let accepts = self.accepts();
        let any = |holds: &dyn Fn(TlsVersion, &SuiteTraits) -> bool| {
            accepts
                .iter()
                .any(|(version, suite)| holds(*version, traits(*suite)))
        };
        match rule {
            "tls-version-obsolete" => any(&|version, _| version < TlsVersion::TLS_1_2),
            "tls-version-outdated" => !any(&|version, _| version >= TlsVersion::TLS_1_2),
            "cipher-insecure" => any(&|_, traits| traits.insecure()),
            "cipher-weak" => any(&|_, traits| traits.weak()),
            "no-forward-secrecy" => any(&|_, traits| traits.static_key()),
            "no-aead" => !any(&|_, traits| traits.aead),
            "cipher-outside-policy" => {
                let policy = rfc8314();
                accepts
                    .iter()
                    .any(|(_, suite)| !policy.suites.allows(*suite))
            }
            other => panic!("what is {other}?"),
        }
    }
}

fn traits(suite: Suite) -> &'static SuiteTraits {
    suite.traits().expect("a suite with a name")
}

/// What the rules say of the server, where of each hello it is told whether it was sent and answered.
fn verdicts(server: &Server, session: bool, sent: &[Option<bool>]) -> Vec<(&'static str, Verdict)> {
    let throttled = || Gap::new(Phase::Handshake, Cause::Throttled);
    let place: Endpoint = PLACE.parse().expect("an endpoint");
    let address = "192.0.2.10".parse().expect("an address");
    let Observation::Visited(mut visit) = visit(&place, address, "good") else {
        panic!("a visit");
    };
    visit.tls = match session {
        true => server.session(),
        false => Fact::Unknown(throttled()),
    };
    for (what, sent) in HELLOS.iter().zip(sent) {
        let Some(answered) = *sent else { continue };
        let mut hello = hello(what);
        // What is settled at the same version is left out.
        let highest = hello.highest;
        let settled = visit
            .hellos
            .iter()
            .filter(|asked| asked.hello.highest == highest);
        let settled: Vec<Suite> = settled
            .filter_map(|asked| Some(asked.agreed()?.suite))
            .collect();
        hello.suites.retain(|suite| !settled.contains(suite));
        let answer = match answered {
            true => Fact::Seen(server.answer(&hello)),
            false => Fact::Unknown(throttled()),
        };
        visit.hellos.push(AskedHello { hello, answer });
    }
    let mut scene = Scene::new(&[&format!("li pop3 tls {PLACE}")]);
    scene.seen.add(Observation::Visited(visit));
    let inventory = Inventory::of(&scene.accounts);
    let policy = rfc8314();
    let matter = scene.matter(&inventory, &policy);
    let nobody = Inventory::default();
    let cases = cases::of(&matter, &nobody);
    let judged = RULES.into_iter().map(|id| {
        let Check::Endpoint(question) = find(id).expect("a rule").check else {
            panic!("{id} looks at endpoints");
        };
        (id, question(&cases[&place], &policy))
    });
    judged.collect()
}

fn sent() -> impl Strategy<Value = Vec<Option<bool>>> {
    let one = prop_oneof![3 => Just(Some(true)), 1 => Just(Some(false)), 2 => Just(None)];
    prop::collection::vec(one, HELLOS.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_server_seen_in_part_is_neither_blamed_nor_cleared_of_what_is_not_so(
        server in Server::any(), session in any::<bool>(), sent in sent(),
    ) {
        for (rule, verdict) in verdicts(&server, session, &sent) {
            match verdict {
                Verdict::Violation(_) => prop_assert!(server.breaks(rule), "{rule} blames {server:?}"),
                Verdict::Compliant => prop_assert!(!server.breaks(rule), "{rule} clears {server:?}"),
                Verdict::Undetermined(_) | Verdict::NotAsked | Verdict::NotApplicable => {}
            }
        }
    }

    #[test]
    fn what_standard_asks_decides_versions_and_classes(server in Server::any()) {
        let mut sent = vec![Some(true); STANDARD];
        sent.resize(HELLOS.len(), None);
        for (rule, verdict) in verdicts(&server, true, &sent) {
            let decided = matches!(verdict, Verdict::Violation(_) | Verdict::Compliant);
            let open = match rule {
                // Which kinds of AEAD an old server has, deeper questions tell.
                "no-aead" => true,
                // Static curves are within rfc8314, and hide what else has a fixed key.
                "cipher-outside-policy" => server.suites.contains(&Suite(0xc005)),
                _ => false,
            };
            prop_assert!(decided || open, "{rule} says {verdict:?} of {server:?}");
        }
    }

    #[test]
    fn without_hellos_nothing_is_refused(server in Server::any(), session in any::<bool>()) {
        let of_session = ["no-aead", "tls-version-outdated"];
        for (rule, verdict) in verdicts(&server, session, &[None; HELLOS.len()]) {
            let concluded = matches!(verdict, Verdict::Violation(_) | Verdict::Compliant);
            let seen = session && server.session().seen().is_some();
            prop_assert!(
                !concluded || (seen && of_session.contains(&rule)),
                "{rule} says {verdict:?} of {server:?}"
            );
        }
    }
}
