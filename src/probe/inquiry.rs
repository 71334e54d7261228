//! Which hello to ask next, given what a server has answered so far. Pure: no socket, no clock.
//!
//! Servers answer with the best that they share with the client, so one refusal settles every
//! version at and below the one offered, and one hello with all suites that are not modern settles
//! that none of them is taken. A good server costs two hellos; more are asked only where there is
//! something to find or a policy rules out what current servers take, and at `deep` everything is.

use std::collections::BTreeSet;

use super::offers::{
    self, MOST_SUITES, MOST_SUITES_BARE, hello, only_small_curves, with_small_curves,
};
use crate::model::{
    Agreed, AskedHello, Contested, Depth, Fact, Hello, HelloAnswer, KeyAgreement, KeyExchange,
    NamedGroup, Refusal, Suite, SuiteTraits, TlsSession, TlsVersion,
};

/// The classes of suites that rules judge apart; each is settled by one hello.
const CLASSES: [fn(&SuiteTraits) -> bool; 4] = [
    SuiteTraits::insecure,
    SuiteTraits::weak,
    SuiteTraits::static_key,
    SuiteTraits::ephemeral_finite_field,
];

/// The alert protocol_version (RFC 9846 §6.2): no version that was offered, whatever the suites.
const PROTOCOL_VERSION: u8 = 70;

/// The application protocols registered for mail (RFC 7301 §6); SMTP has none.
const ALPN: [&str; 3] = ["imap", "pop3", "managesieve"];

/// What is known of a server so far.
#[derive(Clone, Copy, Debug)]
pub struct Inquiry<'a> {
    /// How much is asked.
    pub depth: Depth,
    /// What is asked about besides.
    pub contested: &'a Contested,
    /// Whether there is a name to send.
    pub named: bool,
    /// The session of the full handshake, if it completed.
    pub session: Option<&'a TlsSession>,
    /// What was asked and answered, in order.
    pub asked: &'a [AskedHello],
}

impl Inquiry<'_> {
    /// The next hello; `None` when everything is settled, or will not be.
    pub fn next(&self) -> Option<Hello> {
        if self.depth == Depth::Quick {
            return None;
        }
        let usual = || {
            let session_failed = self.session.is_none();
            None.or_else(|| session_failed.then(|| self.modern()).flatten())
                .or_else(|| self.old_version())
                .or_else(|| self.not_modern())
                .or_else(|| self.class())
                .or_else(|| session_failed.then(|| self.national()).flatten())
                .or_else(|| self.contested_suite())
                .or_else(|| self.contested_group())
        };
        let everything = || {
            self.tls_1_3()
                .or_else(|| self.ssl2())
                .or_else(|| self.tlcp())
                .or_else(|| self.small_curves())
                .or_else(|| self.fallback())
                .or_else(|| self.every_suite(TlsVersion::TLS_1_2))
                .or_else(|| self.own_order())
                .or_else(|| self.every_suite(TlsVersion::TLS_1_1))
                .or_else(|| self.every_suite(TlsVersion::TLS_1_0))
                .or_else(|| self.every_suite(TlsVersion::SSL_3_0))
        };
        usual().or_else(|| match self.depth {
            Depth::Deep => everything(),
            Depth::Quick | Depth::Standard => None,
        })
    }

    /// Whether a library failed where a server still agrees: on other curves, say.
    fn modern(&self) -> Option<Hello> {
        let newest = offers::suites(TlsVersion::TLS_1_3, self.depth);
        self.unasked(hello(TlsVersion::TLS_1_3, newest, self.named))
            .or_else(|| {
                let modern = self.usual_suites(TlsVersion::TLS_1_2, SuiteTraits::modern);
                self.unasked(hello(TlsVersion::TLS_1_2, modern, self.named))
            })
    }

    /// TLS 1.1 and whatever is below: one refusal settles them all, and an answer names the next.
    fn old_version(&self) -> Option<Hello> {
        let mut highest = TlsVersion::TLS_1_1;
        loop {
            let suites = self.usual_suites(highest, |_| true);
            match self.settle(hello(highest, suites, self.named)) {
                Settled::Ask(next) => return Some(next),
                Settled::Agreed(version) if version > TlsVersion::SSL_3_0 => {
                    highest = TlsVersion(version.0.min(highest.0) - 1);
                }
                Settled::Agreed(_) | Settled::Closed => return None,
            }
        }
    }

    /// Everything in use up to TLS 1.2 that is not modern: a good server refuses all of it.
    fn not_modern(&self) -> Option<Hello> {
        let suites = self.usual_suites(TlsVersion::TLS_1_2, |traits| !traits.modern());
        match self.settle(hello(TlsVersion::TLS_1_2, suites, self.named)) {
            Settled::Ask(next) => Some(next),
            Settled::Agreed(_) | Settled::Closed => None,
        }
    }

    /// Where something that is not modern was agreed on: the classes, each by itself.
    fn class(&self) -> Option<Hello> {
        let highest = self.highest_below_1_3()?;
        let taken = self.taken(highest);
        CLASSES.iter().find_map(|class| {
            if taken.iter().any(|suite| suite.traits().is_some_and(class)) {
                return None;
            }
            let mut suites = self.usual_suites(highest, class);
            let refused = self.refused(highest);
            suites.retain(|suite| !refused.contains(suite));
            if suites.is_empty() {
                return None;
            }
            match self.settle(hello(highest, suites, self.named)) {
                Settled::Ask(next) => Some(next),
                Settled::Agreed(_) | Settled::Closed => None,
            }
        })
    }

    /// What some policy rules out of the modern suites: whoever takes one of a set has answered for all of
    /// it. What is refused of one set is not asked again for another.
    fn contested_suite(&self) -> Option<Hello> {
        let taken: BTreeSet<Suite> = (self.agreements().map(|agreed| agreed.suite))
            .chain(self.session.map(|session| session.suite))
            .collect();
        let sets = self.contested.suites.iter();
        let mut open = sets.filter(|set| set.is_disjoint(&taken));
        open.find_map(|set| {
            let newer = || self.contested_at(TlsVersion::TLS_1_3, set);
            self.contested_at(TlsVersion::TLS_1_2, set).or_else(newer)
        })
    }

    fn contested_at(&self, version: TlsVersion, set: &BTreeSet<Suite>) -> Option<Hello> {
        if !self.may_have(version) || self.lost(version) {
            return None;
        }
        let refused = self.refused(version);
        let mut suites = offers::suites(version, Depth::Standard);
        suites.retain(|suite| set.contains(suite) && !refused.contains(suite));
        if suites.is_empty() {
            return None;
        }
        match self.settle(hello(version, suites, self.named)) {
            Settled::Ask(next) => Some(next),
            Settled::Agreed(_) | Settled::Closed => None,
        }
    }

    /// What some policy rules out of the groups of TLS 1.3, with suites that are taken.
    fn contested_group(&self) -> Option<Hello> {
        let version = TlsVersion::TLS_1_3;
        let suites: Vec<Suite> = self.taken(version).into_iter().collect();
        if suites.is_empty() || self.lost(version) {
            return None;
        }
        let taken = self.groups_taken();
        let mut refused: BTreeSet<NamedGroup> = BTreeSet::new();
        for asked in self.asked.iter().filter(|asked| asked.refused().is_some()) {
            let tells = asked.hello.highest == version
                && suites
                    .iter()
                    .any(|suite| asked.hello.suites.contains(suite));
            refused.extend(asked.hello.groups.iter().filter(|_| tells));
        }
        let sets = self.contested.groups.iter();
        let mut open = sets.filter(|set| set.is_disjoint(&taken));
        open.find_map(|set| {
            let mut groups = NamedGroup::OF_TLS_1_3.to_vec();
            groups.retain(|group| set.contains(group) && !refused.contains(group));
            let next = hello(version, suites.clone(), self.named);
            (!groups.is_empty()).then(|| self.unasked(Hello { groups, ..next }))?
        })
    }

    /// Whether the server may have a version: TLS 1.3 where it was seen, TLS 1.2 where nothing that it said
    /// rules it out.
    fn may_have(&self, version: TlsVersion) -> bool {
        if version == TlsVersion::TLS_1_3 {
            return !self.taken(version).is_empty();
        }
        let lower = |agreed: &Agreed| agreed.version < version;
        !self.asked.iter().any(|asked| {
            let named = asked.refused() == Some(Refusal::Alert(PROTOCOL_VERSION));
            asked.hello.highest == version
                && (asked.agreed().is_some_and(lower) || named && !asked.hello.fallback)
        })
    }

    /// TLCP, where nothing in TLS was agreed on.
    fn national(&self) -> Option<Hello> {
        if self.asked.iter().any(|asked| asked.agreed().is_some()) {
            return None;
        }
        self.tlcp()
    }

    fn tlcp(&self) -> Option<Hello> {
        let suites = offers::suites(TlsVersion::TLCP, self.depth);
        self.unasked(hello(TlsVersion::TLCP, suites, self.named))
    }

    fn ssl2(&self) -> Option<Hello> {
        self.unasked(hello(TlsVersion::SSL_2_0, Vec::new(), false))
    }

    /// Suites and groups of TLS 1.3 in one go: what an answer picks is left out of the next.
    fn tls_1_3(&self) -> Option<Hello> {
        let version = TlsVersion::TLS_1_3;
        let (taken, groups) = (self.taken(version), self.groups_taken());
        if taken.is_empty() || self.lost(version) {
            return None;
        }
        let without = |taken: &BTreeSet<Suite>| {
            let all = offers::suites(version, self.depth).into_iter();
            all.filter(|suite| !taken.contains(suite))
                .collect::<Vec<_>>()
        };
        let open = without(&taken);
        let all_groups = NamedGroup::OF_TLS_1_3.into_iter();
        let open_groups: Vec<NamedGroup> = all_groups.filter(|g| !groups.contains(g)).collect();
        let refusals = || {
            let asked = self
                .asked
                .iter()
                .map(|asked| (&asked.hello, asked.refused()));
            asked.filter(|(hello, refusal)| hello.highest == version && refusal.is_some())
        };
        // A refusal tells of suites where a group that is taken was offered, and the reverse.
        let no_more_suites = refusals().any(|(hello, _)| {
            hello.groups.iter().any(|group| groups.contains(group))
                && open.iter().all(|suite| hello.suites.contains(suite))
        });
        let no_more_groups = refusals().any(|(hello, _)| {
            hello.suites.iter().any(|suite| taken.contains(suite))
                && open_groups.iter().all(|group| hello.groups.contains(group))
        });
        let neither = refusals().any(|(hello, _)| {
            open.iter().all(|suite| hello.suites.contains(suite))
                && open_groups.iter().all(|group| hello.groups.contains(group))
        });
        let (suites, groups) = match (no_more_suites, no_more_groups) {
            (true, true) => return None,
            (false, false) if !neither && !groups.is_empty() => (open, open_groups),
            (false, _) => (open, groups.into_iter().collect()),
            (true, false) => (taken.into_iter().collect(), open_groups),
        };
        let next = hello(version, suites, self.named);
        self.unasked(Hello { groups, ..next })
    }

    /// Every suite of a version that is accepted: what an answer picks is left out of the next.
    fn every_suite(&self, version: TlsVersion) -> Option<Hello> {
        let below = version < TlsVersion::TLS_1_2;
        if (below && !self.agreed_at(version)) || self.lost(version) {
            return None;
        }
        let (taken, refused) = (self.taken(version), self.refused(version));
        let settled = |suite: &Suite| taken.contains(suite) || refused.contains(suite);
        let mut open = offers::suites(version, self.depth);
        open.retain(|suite| !settled(suite));
        open.truncate(MOST_SUITES);
        if open.is_empty() {
            return None;
        }
        match self.settle(hello(version, open, self.named)) {
            Settled::Ask(next) => Some(next),
            Settled::Agreed(_) | Settled::Closed => None,
        }
    }

    /// Whether a curve is taken that nobody should, where only such are offered.
    fn small_curves(&self) -> Option<Hello> {
        let highest = self.highest_below_1_3()?;
        let ephemeral = |suite: &Suite| {
            let traits = suite.traits();
            traits.is_some_and(|traits| traits.agreement == KeyAgreement::Ecdhe)
        };
        let suites: Vec<Suite> = self.taken(highest).into_iter().filter(ephemeral).collect();
        if suites.is_empty() || self.asked.iter().any(|a| only_small_curves(&a.hello)) {
            return None;
        }
        self.unasked(with_small_curves(hello(highest, suites, self.named)))
    }

    /// Whose order counts: the suites that are taken, the other way round than they were picked.
    fn own_order(&self) -> Option<Hello> {
        let version = TlsVersion::TLS_1_2;
        let mut picked: Vec<Suite> = Vec::new();
        for agreed in self.agreements().filter(|agreed| agreed.version == version) {
            if !picked.contains(&agreed.suite) {
                picked.push(agreed.suite);
            }
        }
        let asked = |asked: &AskedHello| !asked.hello.alpn.is_empty();
        if picked.len() < 2 || self.asked.iter().any(asked) {
            return None;
        }
        picked.reverse();
        let alpn = ALPN.map(str::to_owned).to_vec();
        Some(Hello {
            alpn,
            ..hello(version, picked, self.named)
        })
    }

    /// Whether a client that pretends to have fallen back is turned away (RFC 7507).
    fn fallback(&self) -> Option<Hello> {
        let best = self.session.map(|session| session.version);
        let best = best.max(self.highest_below_1_3())?;
        let older = self.agreements().map(|agreed| agreed.version);
        let older = older.filter(|version| *version < best && *version > TlsVersion::SSL_2_0);
        let version = older.filter(|version| *version != TlsVersion::TLCP).max()?;
        if self.asked.iter().any(|asked| asked.hello.fallback) {
            return None;
        }
        let suites = self.taken(version).into_iter().collect();
        let fallback = true;
        self.unasked(Hello {
            fallback,
            ..hello(version, suites, self.named)
        })
    }

    /// Those of the suites in use at a version that are of a class.
    fn usual_suites(
        &self,
        version: TlsVersion,
        class: impl Fn(&SuiteTraits) -> bool,
    ) -> Vec<Suite> {
        let suites = offers::suites(version, Depth::Standard).into_iter();
        suites
            .filter(|suite| suite.traits().is_some_and(&class))
            .collect()
    }

    fn agreements(&self) -> impl Iterator<Item = &Agreed> {
        self.asked.iter().filter_map(AskedHello::agreed)
    }

    fn agreed_at(&self, version: TlsVersion) -> bool {
        self.session
            .is_some_and(|session| session.version == version)
            || self.agreements().any(|agreed| agreed.version == version)
    }

    fn highest_below_1_3(&self) -> Option<TlsVersion> {
        [
            TlsVersion::TLS_1_2,
            TlsVersion::TLS_1_1,
            TlsVersion::TLS_1_0,
            TlsVersion::SSL_3_0,
        ]
        .into_iter()
        .find(|version| self.agreed_at(*version))
    }

    /// The suites that were picked at a version.
    fn taken(&self, version: TlsVersion) -> BTreeSet<Suite> {
        let session = self.session.filter(|session| session.version == version);
        let agreed = self.agreements().filter(|agreed| agreed.version == version);
        agreed
            .map(|agreed| agreed.suite)
            .chain(session.map(|session| session.suite))
            .collect()
    }

    /// The groups that were picked in TLS 1.3.
    fn groups_taken(&self) -> BTreeSet<NamedGroup> {
        let newest = |version| version == TlsVersion::TLS_1_3;
        let session = self.session.filter(|session| newest(session.version));
        let agreed = self.agreements().filter(|agreed| newest(agreed.version));
        let groups = agreed.filter_map(|agreed| match agreed.key_exchange.seen() {
            Some(KeyExchange::Group { group, .. }) => Some(*group),
            _ => None,
        });
        groups
            .chain(session.and_then(|session| session.group))
            .collect()
    }

    /// The suites that the server refused where this version was the highest offered.
    fn refused(&self, version: TlsVersion) -> BTreeSet<Suite> {
        let in_pieces = |asked: &AskedHello| asked.hello.bare && asked.agreed().is_some();
        let chokes = self.asked.iter().any(in_pieces);
        let refused = self.asked.iter().filter(|asked| {
            asked.hello.highest == version
                && match asked.refused() {
                    Some(Refusal::Alert(_)) => true,
                    // Of a server that chokes on the whole a piece alone says what it takes.
                    Some(Refusal::HungUp(_)) => asked.hello.bare || !chokes,
                    None => false,
                }
                // What is refused there are the curves, and the falling back.
                && !only_small_curves(&asked.hello)
                && !asked.hello.fallback
        });
        refused
            .flat_map(|asked| asked.hello.suites.iter().copied())
            .collect()
    }

    /// Whether a question at this version found no answer, so that asking on makes no sense.
    fn lost(&self, version: TlsVersion) -> bool {
        let mut asked = self.asked.iter();
        asked
            .any(|asked| asked.hello.highest == version && matches!(asked.answer, Fact::Unknown(_)))
    }

    /// The hello, if nobody has asked it yet.
    fn unasked(&self, hello: Hello) -> Option<Hello> {
        let asked = self.asked.iter().any(|asked| asked.hello == hello);
        let offers_nothing = hello.suites.is_empty() && hello.highest != TlsVersion::SSL_2_0;
        (!asked && !offers_nothing).then_some(hello)
    }

    /// What is known of a question, or the hello that asks it: in one piece, and where the server
    /// chokes on that, in small ones without extensions.
    fn settle(&self, hello: Hello) -> Settled {
        let answer = |hello: &Hello| self.asked.iter().find(|asked| asked.hello == *hello);
        let Some(whole) = answer(&hello) else {
            return Settled::Ask(hello);
        };
        match whole.answer.seen() {
            Some(HelloAnswer::Agreed(agreed)) => Settled::Agreed(agreed.version),
            // Where a session came about, a hello longer than any of ours went through before.
            Some(HelloAnswer::Refused(Refusal::HungUp(_))) if self.session.is_none() => {
                for piece in pieces(&hello) {
                    match answer(&piece) {
                        None => return Settled::Ask(piece),
                        Some(asked) => {
                            if let Some(agreed) = asked.agreed() {
                                return Settled::Agreed(agreed.version);
                            }
                        }
                    }
                }
                Settled::Closed
            }
            _ => Settled::Closed,
        }
    }
}

/// What is known of one question.
enum Settled {
    /// Nothing: ask this.
    Ask(Hello),
    /// The server agreed, at this version.
    Agreed(TlsVersion),
    /// It refused, or no answer is to be had.
    Closed,
}

/// The same question in pieces for a server that chokes on long hellos or unknown extensions.
fn pieces(hello: &Hello) -> impl Iterator<Item = Hello> {
    let chunks = hello.suites.chunks(MOST_SUITES_BARE);
    chunks.map(|suites| Hello {
        suites: suites.to_vec(),
        compression: false,
        bare: true,
        ..hello.clone()
    })
}

#[cfg(test)]
mod tests;
