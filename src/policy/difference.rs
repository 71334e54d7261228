//! In what two policies differ, and which of them asks more.

use std::collections::HashMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Demand, HandshakeDemand, Policy, RevocationDemand, Stance, Thresholds, Waiver};
use crate::model::{Citation, Severity, Suite, TlsVersion};

/// One thing in which two policies differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its key, as a policy file has it: `thresholds.tls_minimum`, `rules.cert-expired`.
    pub key: String,
    /// What is the one and what the other.
    pub how: How,
    /// Whether the other asks more or less.
    pub tends: Tends,
}

/// What is the one and what the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// One value and another.
    Changed(String, String),
    /// Only the other has these.
    Gained(Vec<String>),
    /// Only the one had these.
    Lost(Vec<String>),
}

/// Whether the other policy asks more or less in one thing.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Tends {
    /// It asks more.
    Stricter,
    /// It asks less.
    Looser,
    /// Neither can be said.
    Neither,
}

impl Tends {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Tends::Stricter => "stricter",
            Tends::Looser => "looser",
            Tends::Neither => "neither",
        }
    }

    /// By two ranks of which the higher asks more.
    fn of<T: Ord>(one: T, other: T) -> Self {
        match other.cmp(&one) {
            std::cmp::Ordering::Greater => Tends::Stricter,
            std::cmp::Ordering::Less => Tends::Looser,
            std::cmp::Ordering::Equal => Tends::Neither,
        }
    }
}

/// A rule with the severity that it has where a policy is silent.
pub type KnownRule = (&'static str, Severity);

/// Gathers what differs.
struct Differences(Vec<Difference>);

impl Differences {
    fn value(&mut self, key: &str, one: String, other: String, tends: Tends) {
        if one != other {
            self.0.push(Difference {
                key: key.to_owned(),
                how: How::Changed(one, other),
                tends,
            });
        }
    }

    /// Members of two lists; `gain` is what it means that the other has one more.
    fn list(&mut self, key: &str, one: &[String], other: &[String], gain: Tends) {
        let without = |list: &[String], rest: &[String]| -> Vec<String> {
            let members = list.iter().filter(|member| !rest.contains(member));
            members.cloned().collect()
        };
        let loss = match gain {
            Tends::Stricter => Tends::Looser,
            Tends::Looser => Tends::Stricter,
            Tends::Neither => Tends::Neither,
        };
        for (how, members, tends) in [
            (How::Lost as fn(_) -> How, without(one, other), loss),
            (How::Gained, without(other, one), gain),
        ] {
            if !members.is_empty() {
                self.0.push(Difference {
                    key: key.to_owned(),
                    how: how(members),
                    tends,
                });
            }
        }
    }

    /// What is allowed of a kind of thing, and what of it is advised against.
    fn demand<T: fmt::Display>(&mut self, key: &str, one: &Demand<T>, other: &Demand<T>) {
        let names = |all: &[T]| -> Vec<String> { all.iter().map(T::to_string).collect() };
        let allowed = |demand: &Demand<T>| demand.allow.as_deref().map_or(Vec::new(), names);
        self.limit(&format!("{key}.allow"), &allowed(one), &allowed(other));
        let advised = [one, other].map(|demand| names(&demand.discourage));
        let key = format!("{key}.discourage");
        self.list(&key, &advised[0], &advised[1], Tends::Stricter);
    }

    /// The same where an empty list means that anything goes.
    fn limit(&mut self, key: &str, one: &[String], other: &[String]) {
        let any = || "any".to_owned();
        match (one.is_empty(), other.is_empty()) {
            (true, false) => self.value(key, any(), other.join(", "), Tends::Stricter),
            (false, true) => self.value(key, one.join(", "), any(), Tends::Looser),
            _ => self.list(key, one, other, Tends::Looser),
        }
    }
}

/// What differs of that which may begin on a day or hold for a group.
pub fn different_settings(one: &Policy, other: &Policy, rules: &[KnownRule]) -> Vec<Difference> {
    let mut told = Differences(Vec::new());
    told.value(
        "breach_from",
        one.breach_from.to_string(),
        other.breach_from.to_string(),
        Tends::of(other.breach_from, one.breach_from),
    );
    told.value(
        "handshake",
        one.handshake.word().to_owned(),
        other.handshake.word().to_owned(),
        Tends::of(
            one.handshake != HandshakeDemand::Either,
            other.handshake != HandshakeDemand::Either,
        ),
    );
    told.limit(
        "approved_servers and approved_domains",
        &one.approved.names(),
        &other.approved.names(),
    );
    let (ones, others) = (stated(&one.thresholds), stated(&other.thresholds));
    for ((key, one, rank), (_, other, other_rank)) in ones.into_iter().zip(others) {
        let key = format!("thresholds.{key}");
        told.value(&key, one, other, Tends::of(rank, other_rank));
    }
    let allowed = |policy: &Policy| -> Vec<String> {
        let suites = Suite::all().filter(|suite| policy.suites.allows(*suite));
        suites.map(|suite| suite.to_string()).collect()
    };
    told.list("suites", &allowed(one), &allowed(other), Tends::Looser);
    let discouraged = |policy: &Policy| -> Vec<String> {
        let stance = |suite: &Suite| policy.suites.stance(*suite);
        let suites = Suite::all().filter(|suite| stance(suite) == Stance::Discouraged);
        suites.map(|suite| suite.to_string()).collect()
    };
    told.list(
        "suites.discourage",
        &discouraged(one),
        &discouraged(other),
        Tends::Stricter,
    );
    told.demand("key_exchange", &one.key_exchange, &other.key_exchange);
    told.demand(
        "certificate_keys",
        &one.certificate_keys,
        &other.certificate_keys,
    );
    for (rule, default) in rules {
        let severity = |policy: &Policy| {
            let settled = policy.severity_for(rule).unwrap_or(*default);
            policy.asks(rule).then_some(settled)
        };
        let word = |severity: Option<Severity>| {
            severity.map_or("off".to_owned(), |severity| severity.to_string())
        };
        let (was, is) = (severity(one), severity(other));
        told.value(
            &format!("rules.{rule}"),
            word(was),
            word(is),
            Tends::of(was, is),
        );
        let clauses = |policy: &Policy| -> Vec<String> {
            let clauses = policy.clauses_for(rule).iter();
            clauses.map(Citation::cited).collect()
        };
        let key = format!("rules.{rule}.clauses");
        told.list(&key, &clauses(one), &clauses(other), Tends::Neither);
    }
    told.0
}

/// Everything that differs, but for what begins later.
pub fn differences(one: &Policy, other: &Policy, rules: &[KnownRule]) -> Vec<Difference> {
    let mut told = Differences(different_settings(one, other, rules));
    let document = |policy: &Policy| {
        let standard = policy.document.standard;
        standard
            .map_or("none", |standard| standard.cite())
            .to_owned()
    };
    let interpreted = |policy: &Policy| -> Vec<String> {
        let keys = policy.document.interpreted.iter();
        keys.map(ToString::to_string).collect()
    };
    told.value("document", document(one), document(other), Tends::Neither);
    told.list(
        "interpreted",
        &interpreted(one),
        &interpreted(other),
        Tends::Neither,
    );
    let rank = |demand: RevocationDemand| RevocationDemand::ALL.iter().position(|d| *d == demand);
    told.value(
        "revocation",
        one.revocation.word().to_owned(),
        other.revocation.word().to_owned(),
        Tends::of(rank(one.revocation), rank(other.revocation)),
    );
    told.value(
        "dane",
        one.dane.to_string(),
        other.dane.to_string(),
        Tends::of(one.dane, other.dane),
    );
    told.list(
        "own_domains",
        &one.own_domains,
        &other.own_domains,
        Tends::Neither,
    );
    told.limit("issuers", &one.issuers, &other.issuers);
    let ports = |policy: &Policy| -> Vec<String> {
        policy.allow_ports.iter().map(u16::to_string).collect()
    };
    told.list("allow_ports", &ports(one), &ports(other), Tends::Neither);
    let (was, is) = (&one.waiver_terms, &other.waiver_terms);
    for (key, one, other) in [
        ("waivers.require owner", was.owner, is.owner),
        ("waivers.require ticket", was.ticket, is.ticket),
    ] {
        told.value(
            key,
            one.to_string(),
            other.to_string(),
            Tends::of(one, other),
        );
    }
    let days = |days: Option<u32>| days.map_or("three years".to_owned(), |days| days.to_string());
    let rank = |days: Option<u32>| days.map_or(0, |days| u32::MAX - days);
    told.value(
        "waivers.max_days",
        days(was.max_days),
        days(is.max_days),
        Tends::of(rank(was.max_days), rank(is.max_days)),
    );
    waivers(&mut told, one, other);
    groups(&mut told, one, other, rules);
    told.0
}

/// Exceptions that one has and the other has not, and those for which they give other grounds.
fn waivers(told: &mut Differences, one: &Policy, other: &Policy) {
    let accepted = |waiver: &Waiver| {
        let (rule, subject, until) = (waiver.rule, &waiver.subject, waiver.until);
        format!("{rule} for {subject} until {until}")
    };
    let grounds = |waiver: &Waiver| {
        let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
        let (owner, ticket) = (or_none(&waiver.owner), or_none(&waiver.ticket));
        [
            ("reason", waiver.reason.clone()),
            ("approved_by", waiver.approved_by.clone()),
            ("owner", owner),
            ("ticket", ticket),
        ]
    };
    let all = |policy: &Policy| policy.waivers.iter().map(accepted).collect::<Vec<_>>();
    told.list("waiver", &all(one), &all(other), Tends::Looser);
    let mut before: HashMap<String, &Waiver> = HashMap::new();
    for waiver in &one.waivers {
        before.entry(accepted(waiver)).or_insert(waiver);
    }
    for waiver in &other.waivers {
        let Some(was) = before.remove(&accepted(waiver)) else {
            continue;
        };
        for ((key, was), (_, is)) in grounds(was).into_iter().zip(grounds(waiver)) {
            let key = format!("waiver {} {key}", accepted(waiver));
            told.value(&key, was, is, Tends::Neither);
        }
    }
}

/// Groups that one has and the other has not against the measure that its people have without it,
/// those that both have, and the order in which they judge.
fn groups(told: &mut Differences, one: &Policy, other: &Policy, rules: &[KnownRule]) {
    let names = |policy: &Policy| -> Vec<String> {
        let groups = policy.groups.iter();
        groups.map(|group| group.name.clone()).collect()
    };
    let (ones, others) = (names(one), names(other));
    told.list("group", &ones, &others, Tends::Neither);
    let in_order = |names: &[String], of: &[String]| {
        let both: Vec<&str> = names
            .iter()
            .filter(|name| of.contains(name))
            .map(|name| &**name)
            .collect();
        both.join(", ")
    };
    let order = (in_order(&ones, &others), in_order(&others, &ones));
    told.value(
        "group order, of which the first judges",
        order.0,
        order.1,
        Tends::Neither,
    );
    let of =
        |policy: &'_ Policy, name: &str| policy.groups.iter().position(|group| group.name == *name);
    for name in ones
        .iter()
        .chain(others.iter().filter(|name| !ones.contains(name)))
    {
        let was = of(one, name).map(|place| &one.groups[place]);
        let is = of(other, name).map(|place| &other.groups[place]);
        let prefix = format!("group `{name}`");
        let members =
            [was, is].map(|group| group.map_or(Vec::new(), |group| group.members.names()));
        told.list(
            &format!("{prefix} members"),
            &members[0],
            &members[1],
            Tends::Neither,
        );
        let theirs = match (was, is) {
            (Some(was), Some(is)) => {
                let theirs = different_settings(&was.policy, &is.policy, rules);
                // What the policies themselves differ in is told once.
                let new = |one: &Difference| {
                    !told
                        .0
                        .iter()
                        .any(|known| (&known.key, &known.how) == (&one.key, &one.how))
                };
                theirs.into_iter().filter(new).collect()
            }
            (Some(was), None) => different_settings(&was.policy, one, rules),
            (None, Some(is)) => different_settings(other, &is.policy, rules),
            (None, None) => Vec::new(),
        };
        told.0.extend(theirs.into_iter().map(|one| Difference {
            key: format!("{prefix} {}", one.key),
            ..one
        }));
    }
}

/// Each threshold by its key, its value, and a rank that is higher where more is asked.
fn stated(limits: &Thresholds) -> [(&'static str, String, u32); 11] {
    let number = |key, number: u32| (key, number.to_string(), number);
    let version = |key, version: TlsVersion| (key, version.to_string(), version.0.into());
    let most = |key, days: Option<u32>| {
        let told = days.map_or("no limit".to_owned(), |days| days.to_string());
        (key, told, days.map_or(0, |days| u32::MAX - days))
    };
    [
        version("tls_minimum", limits.tls_minimum),
        version("tls_oldest", limits.tls_oldest),
        (
            "prefer_implicit_tls",
            limits.prefer_implicit_tls.to_string(),
            limits.prefer_implicit_tls.into(),
        ),
        number("expiry_days", limits.expiry_days),
        number("expiry_urgent_days", limits.expiry_urgent_days),
        number("rsa_bits", limits.rsa_bits),
        number("rsa_advised_bits", limits.rsa_advised_bits),
        number("ec_bits", limits.ec_bits),
        number("dh_bits", limits.dh_bits),
        most("validity_days", limits.validity_days),
        most("validity_advised_days", limits.validity_advised_days),
    ]
}

/// `one → other`, or the members with their sign.
impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signed = |f: &mut fmt::Formatter<'_>, sign: char, members: &[String]| {
            for (place, member) in members.iter().enumerate() {
                write!(f, "{}{sign} {member}", if place == 0 { "" } else { "\n" })?;
            }
            Ok(())
        };
        match self {
            How::Changed(one, other) => write!(f, "{one} → {other}"),
            How::Gained(members) => signed(f, '+', members),
            How::Lost(members) => signed(f, '-', members),
        }
    }
}
