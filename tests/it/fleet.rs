//! What only the fleet as a whole shows: keys, renewals, a proxy on the way, a clock that errs.

mod blocked;
mod clock;
mod intercepted;
mod kept_apart;
mod keys;
mod renewals;
mod resolver;
mod several;
pub mod told;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use mailfleet::inventory::Inventory;
use mailfleet::judge::{Matter, judge};
use mailfleet::model::*;
use mailfleet::policy::Policy;

use crate::scene::{Scene, digest, good_leaf, now, rfc8314};

pub const DAY: i64 = 86_400;

/// What one address of an endpoint shows; built from a good one.
#[derive(Clone)]
pub struct Shown {
    pub leaf: CertificateFacts,
    pub path: Path,
    pub public: bool,
    pub name: NameMatch,
}

impl Shown {
    /// A certificate for the host, of a public authority of this name.
    pub fn of(host: &str, authority: &str) -> Self {
        let host: Host = host.parse().expect("a host");
        let mut leaf = good_leaf(&host);
        leaf.issuer = format!("CN=Issuing,O={authority}");
        Shown {
            leaf,
            path: Path::Holds {
                root: format!("CN={authority} Root"),
                through: vec![format!("CN=Issuing,O={authority}")],
            },
            public: true,
            name: NameMatch::Matches(host.to_string()),
        }
    }

    /// The same, of an authority that is not trusted.
    pub fn private(host: &str, root: &str) -> Self {
        Shown {
            path: Path::Untrusted { root: root.into() },
            public: false,
            ..Shown::of(host, root)
        }
    }

    /// The same, valid between these days from now.
    pub fn between(mut self, begins: i64, ends: i64) -> Self {
        self.leaf.not_before = now().as_second() + begins * DAY;
        self.leaf.not_after = now().as_second() + ends * DAY;
        self
    }

    fn report(&self) -> ChainReport {
        ChainReport {
            certificates: vec![Ok(Arc::new(self.leaf.clone()))],
            path: self.path.clone(),
            name: self.name.clone(),
            public_root: self.public,
        }
    }
}

/// A fleet of servers that speak TLS from the first byte, each with one account.
#[derive(Default)]
pub struct Fleet {
    pub scene: Scene,
    chains: BTreeMap<CertificateId, Arc<ChainReport>>,
    attested: BTreeMap<Endpoint, Attested>,
    pub policy: Option<Policy>,
    pub at: Option<Timestamp>,
    pub at_given: bool,
}

impl Fleet {
    /// One more server at `HOST:PORT` or `HOST:PORT@ADDRESS`.
    pub fn shows(mut self, place: &str, shown: Shown) -> Self {
        let endpoint = place.split('@').next().unwrap_or_default();
        let endpoint: Endpoint = endpoint.parse().expect("an endpoint");
        let id = self.keep(shown);
        let known = self.scene.accounts.iter();
        if !known
            .clone()
            .any(|a| a.endpoint().as_ref() == Some(&endpoint))
        {
            let words = format!("li{} imap tls {endpoint}", known.len());
            self.scene.accounts.push(crate::scene::account(&words));
        }
        self.scene = std::mem::take(&mut self.scene).server(place, "good, speaks imap");
        self.visit(place).chain = Fact::Seen(vec![id]);
        self
    }

    /// The same server in a further handshake.
    pub fn also(mut self, place: &str, twist: Twist, shown: Shown) -> Self {
        let shown = Fact::Seen(mailfleet::model::Shown {
            version: TlsVersion::TLS_1_3,
            chain: vec![self.keep(shown)],
        });
        let session = OtherSession { twist, shown };
        self.visit(place).sessions.push(session);
        self
    }

    /// The same server in answer to a hello.
    pub fn answers(mut self, place: &str, hello: Hello, shown: Shown) -> Self {
        let agreed = Agreed {
            version: hello.highest,
            suite: Suite(0xc02f),
            compression: 0,
            extensions: vec![0xff01, 23],
            retry: false,
            alpn: None,
            key_exchange: Fact::Seen(KeyExchange::Group {
                group: NamedGroup(0x001d),
                scheme: None,
            }),
            chain: Fact::Seen(vec![self.keep(shown)]),
            staple: None,
            timestamps: None,
            client_certificate: Fact::Seen(false),
        };
        let answer = Fact::Seen(HelloAnswer::Agreed(Box::new(agreed)));
        self.visit(place).hellos.push(AskedHello { hello, answer });
        self
    }

    /// The same server in answer to a hello of SSL 2.0.
    pub fn answers_in_ssl2(mut self, place: &str, shown: Shown) -> Self {
        let agreed = Ssl2Agreed {
            kinds: vec![0x01_0080],
            chain: vec![self.keep(shown)],
        };
        let hello = Hello {
            highest: TlsVersion::SSL_2_0,
            name: false,
            ..crate::scene::hellos::hello("1.1")
        };
        let answer = Fact::Seen(HelloAnswer::Ssl2(agreed));
        self.visit(place).hellos.push(AskedHello { hello, answer });
        self
    }

    /// The visit to `HOST:PORT` or `HOST:PORT@ADDRESS`.
    pub fn visit(&mut self, place: &str) -> &mut Visited {
        let (endpoint, address) = place.split_once('@').unwrap_or((place, "192.0.2.10"));
        let endpoint: Endpoint = endpoint.parse().expect("an endpoint");
        let address = address.parse().expect("an address");
        let visits = self.scene.seen.visits.get_mut(&endpoint);
        let visit = visits.and_then(|visits| visits.get_mut(&address));
        visit.expect("a visit")
    }

    /// Keeps a chain, and says by which certificate it is found.
    fn keep(&mut self, mut shown: Shown) -> CertificateId {
        let told = format!("{:?} {:?} {:?}", shown.leaf, shown.path, shown.name);
        let id = CertificateId(digest(told.as_bytes()));
        shown.leaf.id = id;
        self.chains.insert(id, Arc::new(shown.report()));
        id
    }

    /// Of the server at that place this is attested.
    pub fn attesting(mut self, place: &str, attested: Attested) -> Self {
        let endpoint = place.parse().expect("an endpoint");
        self.attested.insert(endpoint, attested);
        self
    }

    pub fn judged(&self) -> Judgement {
        let inventory = Inventory::of(&self.scene.accounts);
        let policy = self.policy.clone().unwrap_or_else(rfc8314);
        let explain = |ids: &[CertificateId], _: &Host| self.chains.get(ids.first()?).cloned();
        judge(&Matter {
            explain: &explain,
            attest: &|shown| {
                let attested = self.attested.get(&shown.visit.endpoint);
                attested.cloned().unwrap_or_default()
            },
            at: self.at.unwrap_or_else(now),
            at_given: self.at_given,
            ..self.scene.matter(&inventory, &policy)
        })
    }
}

/// The findings of a rule.
pub fn of<'j>(judgement: &'j Judgement, rule: &str) -> Vec<&'j Finding> {
    let findings = judgement.findings.iter();
    findings.filter(|finding| finding.rule == rule).collect()
}

pub fn fires(judgement: &Judgement, rule: &str) -> bool {
    !of(judgement, rule).is_empty()
}
