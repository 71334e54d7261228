//! A chain as a server would send it, and what judges it.

use std::sync::LazyLock;

use jiff::Timestamp;
use mailfleet::audit::{Measure, judged, shown};
use mailfleet::model::{
    Endpoint, EndpointJudgement, Fact, Finding, Judgement, Observations, Raw, RunHeader, Severity,
    Suite, TlsSession, TlsVersion,
};
use mailfleet::policy::{self, Policy};
use mailfleet::rules::{Check, RULES};
use mailfleet::trust::Roots;

use super::keys::Kind;
use super::recipe::{Authority, Recipe};

pub const HOST: &str = "mail.example.com";
pub const NOW: &str = "2026-06-15T12:00:00Z";

/// A line of the table.
pub struct Row {
    pub name: &'static str,
    /// The endpoint rules that fire and no others: `rule`, or `rule/variant` where the form
    /// matters. One that is not registered yet is waited for: it is left out and counted. Once it
    /// is registered it must fire.
    pub expected: &'static [&'static str],
    /// Why OpenSSL decides otherwise; empty where it agrees.
    pub differs: &'static str,
    pub make: fn() -> Made,
}

/// OpenSSL agrees.
pub const SAME: &str = "";

pub const fn row(
    name: &'static str,
    expected: &'static [&'static str],
    differs: &'static str,
    make: fn() -> Made,
) -> Row {
    Row {
        name,
        expected,
        differs,
        make,
    }
}

/// A row in which nothing is to be found.
pub const fn good(name: &'static str, make: fn() -> Made) -> Row {
    row(name, &[], SAME, make)
}

/// What is to fire now, and how many rules are waited for.
pub fn expected(row: &Row) -> (Vec<&'static str>, usize) {
    let registered = |entry: &str| {
        let (id, variant) = match entry.split_once('/') {
            Some((id, variant)) => (id, Some(variant)),
            None => (entry, None),
        };
        RULES.iter().any(|rule| {
            let has = |variant| rule.variants.iter().any(|(known, _)| *known == variant);
            rule.id == id && variant.is_none_or(has)
        })
    };
    let (mut now, mut waiting) = (Vec::new(), 0);
    for entry in row.expected {
        match registered(entry) {
            true => now.push(*entry),
            false => waiting += 1,
        }
    }
    (now, waiting)
}

/// A root that is trusted, and an intermediate that it vouches for.
pub static ROOT: LazyLock<Authority> =
    LazyLock::new(|| Recipe::authority("Table Root").alone(Kind::P256));
pub static BETWEEN: LazyLock<Authority> =
    LazyLock::new(|| Recipe::authority("Table Issuing CA").authority_by(&ROOT, Kind::P256));
/// A root that nobody trusts.
pub static STRANGER: LazyLock<Authority> =
    LazyLock::new(|| Recipe::authority("Stranger Root").alone(Kind::P256));

/// A chain, and the circumstances.
pub struct Made {
    pub chain: Vec<Vec<u8>>,
    pub roots: Vec<Vec<u8>>,
    /// Whether the roots count as publicly trusted.
    pub public: bool,
    pub host: &'static str,
    pub at: &'static str,
    /// The staple of a handshake, if there was a handshake: `Some(None)` had none.
    pub staple: Option<Option<Vec<u8>>>,
}

pub fn leaf() -> Recipe {
    Recipe::leaf(&[HOST])
}

/// The usual chain: this leaf and its issuer.
pub fn usual(leaf: &Recipe) -> Made {
    sends(&[&leaf.by(&BETWEEN), &BETWEEN.der])
}

/// The leaf of this recipe under an authority of its own, which the root vouches for.
pub fn under(between: &Recipe, leaf: &Recipe) -> Made {
    let between = between.authority_by(&ROOT, Kind::P256);
    sends(&[&leaf.by(&between), &between.der])
}

pub fn sends(chain: &[&Vec<u8>]) -> Made {
    Made {
        chain: chain.iter().copied().cloned().collect(),
        roots: vec![ROOT.der.clone()],
        public: false,
        host: HOST,
        at: NOW,
        staple: None,
    }
}

/// A chain of `length` certificates under the root.
pub fn long(length: usize) -> Made {
    let mut above: Vec<Authority> = Vec::new();
    for step in 1..length {
        let name = format!("Step {step} CA");
        let issuer = above.last().unwrap_or(&ROOT);
        let next = Recipe::authority(&name).authority_by(issuer, Kind::P256);
        above.push(next);
    }
    let mut chain = vec![leaf().by(above.last().unwrap_or(&ROOT))];
    chain.extend(above.iter().rev().map(|one| one.der.clone()));
    sends(&chain.iter().collect::<Vec<_>>())
}

/// The files of `tests/cases/chains`, with the last as the trusted root.
pub fn files(names: &[&str]) -> Made {
    let chain: Vec<_> = names.iter().map(|name| file(name)).collect();
    let (root, chain) = chain.split_last().expect("a root");
    Made {
        roots: vec![root.clone()],
        ..sends(&chain.iter().collect::<Vec<_>>())
    }
}

pub fn file(name: &str) -> Vec<u8> {
    let root = env!("CARGO_MANIFEST_DIR");
    std::fs::read(format!("{root}/tests/cases/chains/{name}.der")).expect("a file of the table")
}

impl Made {
    pub fn for_host(self, host: &'static str) -> Made {
        Made { host, ..self }
    }

    pub fn at(self, at: &'static str) -> Made {
        Made { at, ..self }
    }

    pub fn trusting(self, roots: &[&Vec<u8>]) -> Made {
        let roots = roots.iter().copied().cloned().collect();
        Made { roots, ..self }
    }

    /// Under roots that the public trusts.
    pub fn public(self) -> Made {
        Made {
            public: true,
            ..self
        }
    }

    /// Shown in a handshake, with this staple or none.
    pub fn stapled(self, staple: Option<Vec<u8>>) -> Made {
        Made {
            staple: Some(staple),
            ..self
        }
    }

    pub fn time(&self) -> Timestamp {
        self.at.parse().expect("a time")
    }

    fn endpoint(&self) -> Endpoint {
        Endpoint::new(self.host.parse().expect("a host"), 993)
    }

    pub fn judge(&self) -> Judged {
        self.judge_as_seen(&self.seen())
    }

    /// What a run would see of a server that sends this.
    pub fn seen(&self) -> Observations {
        let header = RunHeader {
            schema: String::new(),
            version: String::new(),
            run_id: String::new(),
            started: self.time(),
            vantage: String::new(),
            resolver: String::new(),
            depth: String::new(),
            limits: Default::default(),
            options: Default::default(),
            questions: String::new(),
        };
        let mut observations = shown(header, self.endpoint(), &self.chain);
        if let Some(staple) = &self.staple {
            let visits = observations.visits.values_mut();
            for visited in visits.flat_map(|visits| visits.values_mut()) {
                visited.tls = Fact::Seen(TlsSession {
                    staple: staple.as_deref().map(Raw::from),
                    ..TlsSession::new(TlsVersion::TLS_1_3, Suite(0x1301))
                });
            }
        }
        observations
    }

    pub fn judge_as_seen(&self, observations: &Observations) -> Judged {
        self.judge_by(&POLICY, observations)
    }

    pub fn judge_by(&self, policy: &Policy, observations: &Observations) -> Judged {
        let roots = Roots::of_certificates("table", self.roots.iter().map(Vec::as_slice));
        let roots = match self.public {
            true => roots.as_if_public(),
            false => roots,
        };
        let measure = Measure {
            accounts: &[],
            policy,
            others: &[],
            what_if: &[],
            roots: &roots,
            at: self.time(),
            at_given: true,
        };
        let judgement = judged(&measure, observations).judgement;
        Judged {
            endpoint: self.endpoint(),
            judgement,
        }
    }
}

pub static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let known: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
    policy::load("rfc8314", &known).expect("the preset")
});

/// What was made of a chain.
pub struct Judged {
    endpoint: Endpoint,
    judgement: Judgement,
}

impl Judged {
    pub fn of_endpoint(&self) -> &EndpointJudgement {
        &self.judgement.endpoints[&self.endpoint]
    }

    /// What rules about an endpoint found.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        let of_endpoint = self.of_endpoint().findings.iter();
        of_endpoint
            .map(|index| &self.judgement.findings[*index as usize])
            .filter(|finding| {
                mailfleet::rules::find(finding.rule)
                    .is_some_and(|rule| matches!(rule.check, Check::Endpoint(_)))
            })
    }

    /// Whether a client may go on: nothing is undecided, and nothing grave was found. What is
    /// about to happen, and what is merely untidy, stops no client.
    pub fn accepts(&self) -> bool {
        let grave = |finding: &Finding| {
            finding.severity >= Severity::High && finding.rule != "cert-expiring"
        };
        self.of_endpoint().undetermined.is_empty() && !self.findings().any(grave)
    }
}
