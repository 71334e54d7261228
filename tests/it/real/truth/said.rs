//! What mailfleet says of a server, against what is true.

use std::collections::{BTreeMap, BTreeSet};

use mailfleet::model::{Agreed, Endpoint, HelloAnswer, KeyAgreement, KeyExchange, Suite, Visited};
use mailfleet::store;

use super::super::audit::{Audit, Audited};
use super::super::authority::Authority;
use super::super::fleet::Door;
use super::super::presets::presets;
use super::Port;
use super::opinion::Asked;
use super::row::{Row, breaches, section};

/// The depths of a run.
pub const DEPTHS: [&str; 3] = ["quick", "standard", "deep"];

/// One audit of every port, and what it came to.
pub struct Said {
    /// How much was asked.
    pub depth: &'static str,
    /// What came of it.
    pub audited: Audited,
    seen: store::StoredRun,
}

impl Said {
    /// Runs the audit, by every preset and the usual one first; the fleet's domain is our own.
    pub fn at(depth: &'static str, doors: &[Door], authority: &Authority) -> Self {
        let mut audit =
            Audit::trusting(authority).with(&["--depth", depth, "--own-domain", DOMAIN]);
        for preset in presets().iter().skip(1) {
            audit = audit.with(&["--policy", preset]);
        }
        for door in doors {
            let service = door.service;
            let security = if service.tls { "tls" } else { "starttls" };
            let host = host(door);
            audit = audit
                .account(
                    &person(door),
                    (service.protocol, &host, service.port, security),
                )
                .reach(&host, service.port, door.address, door.port);
        }
        let audited = audit.run();
        let journal = audited.out().join(store::JOURNAL);
        let seen =
            store::read(&journal).unwrap_or_else(|error| panic!("{error}\n{:?}", audited.ended));
        Said {
            depth,
            audited,
            seen,
        }
    }

    /// The rules that fired for the account at this port.
    pub fn fired(&self, door: &Door) -> BTreeSet<String> {
        let person = person(door);
        if self.audited.accepted(&person) {
            self.audited.rules(&person)
        } else {
            BTreeSet::new()
        }
    }

    /// Connections begun to this port.
    pub fn connections(&self, door: &Door) -> u32 {
        self.visit(door).map_or(0, |visit| visit.connections)
    }

    /// What it saw of this port.
    pub fn visit(&self, door: &Door) -> Option<&Visited> {
        let endpoint: Endpoint = format!("{}:{}", host(door), door.service.port)
            .parse()
            .expect("a host and a port");
        self.seen.observations.visits_to(&endpoint).next()
    }

    /// Where it says something else than what is true.
    pub fn differences(&self, port: &Port<'_>) -> Vec<String> {
        let (row, door) = (port.row, port.door);
        let asked = port.asked.as_ref().filter(|_| !row.outside);
        let mut differences = Vec::new();
        if self.audited.accepted(&person(door)) {
            differences.extend(self.rules(row, door, asked));
            differences.extend(self.verdict(row, door));
        } else {
            differences.push("the account was rejected".to_owned());
        }
        match (self.visit(door), asked) {
            (Some(visit), Some(asked)) => differences.extend(self.facts(visit, asked)),
            (None, _) => differences.push("not visited".to_owned()),
            _ => {}
        }
        let place = format!("{} {} at {}", door.server, door.service.name, self.depth);
        differences
            .into_iter()
            .map(|difference| format!("{place}: {difference}"))
            .collect()
    }

    fn rules(&self, row: &Row, door: &Door, asked: Option<&Asked>) -> Vec<String> {
        let section: BTreeSet<String> = section().into_iter().collect();
        let fired = self.fired(door);
        let (mut must, mut may) = (row.fires.clone(), row.may.clone());
        match asked {
            Some(asked) if row.versions.contains("TLS 1.3") => {
                if !HYBRIDS.iter().any(|group| asked.groups.contains(group)) {
                    must.insert(POST_QUANTUM.to_owned());
                }
            }
            _ => drop(may.insert(POST_QUANTUM.to_owned())),
        }
        let mut differences = Vec::new();
        let of_section: BTreeSet<String> = fired.intersection(&section).cloned().collect();
        let allowed: BTreeSet<String> = must.union(&may).cloned().collect();
        let wrong: Vec<&String> = of_section.difference(&allowed).collect();
        if !wrong.is_empty() {
            differences.push(format!("false alarms: {wrong:?}"));
        }
        if self.depth == "deep" {
            let expected = must.union(&row.others);
            let missed: Vec<&String> = expected.filter(|id| !fired.contains(*id)).collect();
            if !missed.is_empty() {
                differences.push(format!("missed: {missed:?}"));
            }
        }
        differences
    }

    /// What is bad is never compliant from `standard` on, and what is good always is.
    fn verdict(&self, row: &Row, door: &Door) -> Option<String> {
        let asked = |id: &&String| {
            self.depth == "deep"
                || !ONLY_AT_DEEP.contains(&&***id) && !row.only_at_deep.contains(*id)
        };
        let bad = row.fires.iter().filter(asked).any(|id| breaches(id));
        let later = row.fires.iter().any(|id| breaches(id));
        let open = !row.others.is_empty() || row.may.iter().any(|id| breaches(id));
        let expected = match (bad, open || later) {
            (true, _) if self.depth == "quick" => return None,
            (true, _) => "non-compliant",
            (false, true) => return None,
            (false, false) => "compliant",
        };
        let (verdict, reason) = self.audited.verdict(&person(door));
        (verdict != expected).then(|| format!("{verdict} ({reason:?}), and it is {expected}"))
    }

    /// What the answers to its hellos say, against the client on tlslite-ng: nothing that is not true,
    /// and at `deep` all of it.
    fn facts(&self, visit: &Visited, asked: &Asked) -> Vec<String> {
        let seen = Seen::of(visit);
        let mut differences = invented(&seen, asked);
        // Where a question found no answer, for a bound of ours or otherwise, the report says so.
        let all_answered = visit
            .hellos
            .iter()
            .all(|asked| asked.answer.gap().is_none());
        if self.depth == "deep" && all_answered {
            differences.extend(missed(&seen, asked));
        }
        differences
    }
}

/// What was seen and is not there.
pub fn invented(seen: &Seen, asked: &Asked) -> Vec<String> {
    let none = BTreeSet::new();
    let suites = seen.suites.iter().filter_map(|(version, taken)| {
        let all = asked.suites.get(version).unwrap_or(&none);
        some(taken.difference(all), &format!("{version}: not accepted"))
    });
    let primes = seen.dh_bits.difference(&asked.dh_bits);
    suites
        .chain(primes.map(|bits| format!("no prime of {bits} bits")))
        .collect()
}

/// What is there and was not seen. Of TLS 1.3 one handshake shows one suite, and no more is asked.
fn missed(seen: &Seen, asked: &Asked) -> Vec<String> {
    let none = BTreeSet::new();
    let versions = asked.suites.iter();
    let suites = versions
        .filter(|(version, _)| *version != "TLS 1.3")
        .filter_map(|(version, all)| {
            let taken = seen.suites.get(version).unwrap_or(&none);
            let missed = all.difference(taken).filter(|suite| !shared(**suite));
            some(missed, &format!("{version}: accepted and not seen"))
        });
    let primes = asked.dh_bits.difference(&seen.dh_bits);
    let leaves = asked.leaves.difference(&seen.leaves);
    suites
        .chain(primes.map(|bits| format!("a prime of {bits} bits was not seen")))
        .chain(leaves.map(|leaf| format!("the certificate {leaf} was not seen")))
        .collect()
}

/// How many suites these are, and the names of the first.
fn some<'s>(suites: impl Iterator<Item = &'s u32>, what: &str) -> Option<String> {
    let names: Vec<String> = suites.map(name).collect();
    let first = names.get(..3).unwrap_or(&names).join(", ");
    (!names.is_empty()).then(|| format!("{what}: {} suites, such as {first}", names.len()))
}

/// Rules about what is asked at `deep` alone, because it could alarm.
const ONLY_AT_DEEP: [&str; 2] = ["starttls-injection", "login-accepted-in-clear"];
/// Groups with ML-KEM by their numbers in the registry.
const HYBRIDS: [u16; 3] = [0x11eb, 0x11ec, 0x11ed];
const POST_QUANTUM: &str = "post-quantum-missing";
const DOMAIN: &str = "yourcompany.test";

fn host(door: &Door) -> String {
    format!("{}.fleet.{DOMAIN}", door.server)
}

/// Whose account is at this port.
pub fn person(door: &Door) -> String {
    format!("{}.{}", door.server, door.service.name)
}

/// Suites with a key shared in advance, which a mail client has no use for.
fn shared(suite: u32) -> bool {
    let traits = u16::try_from(suite)
        .ok()
        .and_then(|suite| Suite(suite).traits());
    traits.is_some_and(|traits| traits.agreement == KeyAgreement::Psk)
}

fn name(suite: &u32) -> String {
    u16::try_from(*suite).map_or_else(|_| format!("{suite:06x}"), |suite| Suite(suite).to_string())
}

/// What the answers to the hellos of one visit hold.
#[derive(Default)]
pub struct Seen {
    suites: BTreeMap<String, BTreeSet<u32>>,
    dh_bits: BTreeSet<u16>,
    leaves: BTreeSet<String>,
}

impl Seen {
    /// Reads them.
    pub fn of(visit: &Visited) -> Self {
        let mut seen = Seen::default();
        if let Some(session) = visit.tls.seen() {
            seen.accepted(session.version.to_string(), u32::from(session.suite.0));
        }
        let shown = visit
            .sessions
            .iter()
            .filter_map(|session| session.shown.seen());
        let leaves = shown
            .filter_map(|shown| shown.chain.first())
            .chain(visit.chain.seen().and_then(|chain| chain.first()));
        seen.leaves.extend(leaves.map(ToString::to_string));
        for asked in &visit.hellos {
            match asked.answer.seen() {
                Some(HelloAnswer::Agreed(agreed)) => seen.agreed(agreed),
                Some(HelloAnswer::Ssl2(ssl2)) => {
                    for kind in &ssl2.kinds {
                        seen.accepted("SSL 2.0".to_owned(), *kind);
                    }
                    seen.leaves
                        .extend(ssl2.chain.first().map(ToString::to_string));
                }
                _ => {}
            }
        }
        seen
    }

    /// The suites by their names.
    pub fn named(&self) -> BTreeMap<String, BTreeSet<String>> {
        let names = |suites: &BTreeSet<u32>| suites.iter().map(name).collect();
        let all = self.suites.iter();
        all.map(|(version, suites)| (version.clone(), names(suites)))
            .collect()
    }

    fn agreed(&mut self, agreed: &Agreed) {
        self.accepted(agreed.version.to_string(), u32::from(agreed.suite.0));
        if let Some(KeyExchange::FiniteField { bits, .. }) = agreed.key_exchange.seen() {
            self.dh_bits.insert(*bits);
        }
        let leaf = agreed.chain.seen().and_then(|chain| chain.first());
        self.leaves.extend(leaf.map(ToString::to_string));
    }

    fn accepted(&mut self, version: String, suite: u32) {
        self.suites.entry(version).or_default().insert(suite);
    }
}
