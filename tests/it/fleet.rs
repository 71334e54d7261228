//! What only the fleet as a whole shows: keys, renewals, a proxy on the way, a clock that errs.

mod clock;
mod intercepted;
mod kept_apart;
mod keys;
mod renewals;
mod told;

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
    pub fn shows(mut self, place: &str, mut shown: Shown) -> Self {
        let (endpoint, address) = place.split_once('@').unwrap_or((place, "192.0.2.10"));
        let endpoint: Endpoint = endpoint.parse().expect("an endpoint");
        let told = format!("{:?} {:?} {:?}", shown.leaf, shown.path, shown.name);
        let id = CertificateId(digest(told.as_bytes()));
        shown.leaf.id = id;
        self.chains.insert(id, Arc::new(shown.report()));
        let known = self.scene.accounts.iter();
        if !known
            .clone()
            .any(|a| a.endpoint().as_ref() == Some(&endpoint))
        {
            let words = format!("li{} imap tls {endpoint}", known.len());
            self.scene.accounts.push(crate::scene::account(&words));
        }
        self.scene = std::mem::take(&mut self.scene).server(place, "good, speaks imap");
        let visits = self.scene.seen.visits.get_mut(&endpoint).expect("a visit");
        let address = address.parse().expect("an address");
        visits.get_mut(&address).expect("a visit").chain = Fact::Seen(vec![id]);
        self
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
            attest: &|visit| {
                let attested = self.attested.get(&visit.endpoint);
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
