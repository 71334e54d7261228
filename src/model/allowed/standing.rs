//! Yes, no, or nothing that can be taken for either: what hellos and session say of a version, and of a
//! class of suites.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::Allowed;
use crate::model::{
    AskedHello, Cause, Fact, Gap, Hello, NamedGroup, Phase, Refusal, Suite, SuiteTraits, TlsVersion,
};

/// What is known of one thing that a server may allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// The server agreed to it, in a session or in answer to a hello.
    Accepted,
    /// The server said no where it could have said yes. To a version: by picking a lower one, by the
    /// alert that names the version, or by refusing hellos that together offered every suite in use up
    /// to their highest version. To a class of suites: by refusing hellos that together offered all of
    /// it, at the best version that the server has up to TLS 1.2. A hello in which it picked something else says nothing of what it did not
    /// pick; an alert about a name, the fallback signal or a certificate says nothing of either.
    Refused,
    /// It was asked, and there was no answer.
    Unknown(&'a Gap),
    /// It was not asked, or not so that the answer would tell. Our silence is never the server's "no".
    NotAsked,
    /// There is nothing to ask about: no suite that is in use is of the class.
    Empty,
}

/// The group that a server with elliptic curves has; a hello without it asks about something else.
const USUAL_GROUP: NamedGroup = NamedGroup(0x0017);

impl<'a> Allowed<'a> {
    /// What the server says of a version, SSL 2.0 and TLCP included.
    pub fn version(self, version: TlsVersion) -> Standing<'a> {
        let related = || {
            let hellos = self.visit.hellos.iter();
            hellos.filter(move |asked| asked.hello.could_bring(version))
        };
        if self.accepts(version) {
            return Standing::Accepted;
        }
        let lower = |asked: &AskedHello| asked.agreed().is_some_and(|a| a.version < version);
        let highest: BTreeSet<TlsVersion> = related().map(|asked| asked.hello.highest).collect();
        if self.session_refuses(version)
            || related().any(|asked| lower(asked) || asked.names_version())
            || highest
                .into_iter()
                .any(|highest| self.refuses_all_at(highest))
        {
            return Standing::Refused;
        }
        let session = self.visit.tls.gap();
        let in_session = [TlsVersion::TLS_1_2, TlsVersion::TLS_1_3].contains(&version);
        related()
            .find_map(|asked| asked.answer.gap())
            .or(session.filter(|_| in_session))
            .map_or(Standing::NotAsked, Standing::Unknown)
    }

    /// What the server says of a class of suites. Those in use up to TLS 1.2 decide, at the best version
    /// up to that, and the modern ones of TLS 1.3; others that TLS 1.3 has count where one was accepted.
    pub fn class(self, holds: impl Fn(Suite) -> bool) -> Standing<'a> {
        if self.suites().iter().any(|(suite, _)| holds(*suite)) {
            return Standing::Accepted;
        }
        let at = self.best_up_to_tls_1_2();
        let wanted: BTreeSet<Suite> = in_use_at(at).filter(|suite| holds(*suite)).collect();
        let newest = self.wanted_of_tls_1_3(holds);
        if wanted.is_empty() && newest.is_empty() {
            return Standing::Empty;
        }
        let mut refused = self.refused_at(at);
        refused.extend(self.refused_at(TlsVersion::TLS_1_2));
        let mut hellos = self.visit.hellos.iter();
        let no_such_version =
            !self.accepts(at) && hellos.any(|one| one.hello.highest == at && one.names_version());
        let mut open = newest;
        if !no_such_version {
            open.extend(wanted.difference(&refused));
        }
        if open.is_empty() {
            return Standing::Refused;
        }
        let offers_some = |hello: &Hello| hello.suites.iter().any(|suite| open.contains(suite));
        let hellos = self.visit.hellos.iter();
        hellos
            .filter(|asked| asked.hello.highest != TlsVersion::TLCP && offers_some(&asked.hello))
            .find_map(|asked| asked.answer.gap())
            .map_or(Standing::NotAsked, Standing::Unknown)
    }

    /// What the server says of those groups of TLS 1.3 of which something holds: it refuses them by
    /// refusing hellos that together offered all of them, each beside a suite that it takes there. Nothing
    /// is to be asked of a server that has no TLS 1.3.
    pub fn groups_of_tls_1_3(self, holds: impl Fn(NamedGroup) -> bool) -> Standing<'a> {
        if self.groups().into_iter().any(&holds) {
            return Standing::Accepted;
        }
        let newest = TlsVersion::TLS_1_3;
        let groups = NamedGroup::OF_TLS_1_3.into_iter();
        let mut open: BTreeSet<NamedGroup> = groups.filter(|group| holds(*group)).collect();
        if open.is_empty() {
            return Standing::Empty;
        }
        match self.version(newest) {
            Standing::Accepted => {}
            Standing::Refused => return Standing::Empty,
            open => return open,
        }
        let suites = self.suites().into_iter();
        let taken: BTreeSet<Suite> = suites
            .filter(|(_, version)| *version == newest)
            .map(|(suite, _)| suite)
            .collect();
        let hellos = || {
            let hellos = self.visit.hellos.iter();
            hellos.filter(|asked| asked.hello.highest == newest)
        };
        for asked in hellos().filter(|asked| asked.turns_away()) {
            if asked.hello.suites.iter().any(|suite| taken.contains(suite)) {
                open.retain(|group| !asked.hello.groups.contains(group));
            }
        }
        if open.is_empty() {
            return Standing::Refused;
        }
        hellos()
            .find_map(|asked| asked.answer.gap())
            .map_or(Standing::NotAsked, Standing::Unknown)
    }

    /// The modern suites of TLS 1.3 of a class that were not refused; none where TLS 1.3 is.
    fn wanted_of_tls_1_3(self, holds: impl Fn(Suite) -> bool) -> BTreeSet<Suite> {
        let version = TlsVersion::TLS_1_3;
        let modern = |suite: &Suite| suite.traits().is_some_and(SuiteTraits::modern);
        let mut wanted: BTreeSet<Suite> = in_use_at(version)
            .filter(|suite| modern(suite) && holds(*suite))
            .collect();
        if !wanted.is_empty() {
            let refused = self.refused_at(version);
            wanted.retain(|suite| !refused.contains(suite));
        }
        match wanted.is_empty() || self.version(version) == Standing::Refused {
            true => BTreeSet::new(),
            false => wanted,
        }
    }

    /// The best version up to TLS 1.2, where everything between is refused; else TLS 1.2 itself.
    fn best_up_to_tls_1_2(self) -> TlsVersion {
        let older = TlsVersion::ALL.into_iter().rev();
        older
            .filter(|one| *one <= TlsVersion::TLS_1_2 && *one > TlsVersion::SSL_2_0)
            .find(|version| self.version(*version) != Standing::Refused)
            .filter(|version| self.accepts(*version))
            .unwrap_or(TlsVersion::TLS_1_2)
    }

    /// Whether the session says no to a version. The TLS library offers TLS 1.3 with every usual suite
    /// and group, and TLS 1.2 with some suites.
    fn session_refuses(self, version: TlsVersion) -> bool {
        let newer = matches!(version, TlsVersion::TLS_1_2 | TlsVersion::TLS_1_3);
        newer
            && match &self.visit.tls {
                Fact::Seen(session) => session.version < version,
                Fact::Unknown(Gap {
                    phase: Phase::Handshake,
                    cause: Cause::Alert(number),
                }) => match version {
                    TlsVersion::TLS_1_3 => SAYS_NO.contains(number),
                    _ => *number == PROTOCOL_VERSION,
                },
                _ => false,
            }
    }

    /// Whether the server said no to everything in use in hellos of one highest version.
    fn refuses_all_at(self, highest: TlsVersion) -> bool {
        let refused = self.refused_at(highest);
        self.refusals_at(highest).next().is_some()
            && in_use_at(highest).all(|suite| refused.contains(&suite))
    }

    /// The suites that were refused in hellos of one highest version.
    fn refused_at(self, highest: TlsVersion) -> BTreeSet<Suite> {
        let suites = self.refusals_at(highest).map(|hello| &hello.suites);
        suites.flatten().copied().collect()
    }

    /// The hellos of one highest version that were refused. Where the server takes a suite in a shorter or
    /// plainer one, it choked on the rest, and refused nothing.
    fn refusals_at(self, highest: TlsVersion) -> impl Iterator<Item = &'a Hello> {
        let agreed = self
            .agreed()
            .filter(move |(hello, _)| hello.highest == highest);
        let taken: BTreeSet<Suite> = agreed.map(|(_, agreed)| agreed.suite).collect();
        let hellos = self.visit.hellos.iter();
        hellos
            .filter(move |asked| asked.hello.highest == highest && asked.says_no())
            .map(|asked| &asked.hello)
            .filter(move |hello| !hello.suites.iter().any(|suite| taken.contains(suite)))
    }
}

/// The suites in use, found once: every address is asked about them again and again.
static IN_USE: LazyLock<Vec<(Suite, &SuiteTraits)>> = LazyLock::new(|| {
    let suites = Suite::all().filter(|suite| suite.in_use());
    suites
        .filter_map(|suite| Some((suite, suite.traits()?)))
        .collect()
});

/// The suites that a mail server may be made to pick up to a version.
fn in_use_at(version: TlsVersion) -> impl Iterator<Item = Suite> {
    let usable = IN_USE
        .iter()
        .filter(move |(_, traits)| traits.usable_at(version));
    usable.map(|(suite, _)| *suite)
}

/// protocol_version (RFC 9846 §6.2): the server has no version that was offered, whatever the suites.
const PROTOCOL_VERSION: u8 = 70;

/// The alerts that answer what a hello offers: handshake_failure, illegal_parameter, protocol_version,
/// insufficient_security (threat model G3).
const SAYS_NO: [u8; 4] = [40, 47, PROTOCOL_VERSION, 71];

impl AskedHello {
    /// Whether the server refused what is usual in this hello: its versions and suites.
    fn says_no(&self) -> bool {
        let Hello {
            groups, fallback, ..
        } = &self.hello;
        let usual = groups.is_empty() || groups.contains(&USUAL_GROUP);
        usual && !fallback && self.turns_away()
    }

    /// Whether it is a "no" to something that the hello offers.
    fn turns_away(&self) -> bool {
        match self.refused() {
            Some(Refusal::Alert(number)) => SAYS_NO.contains(&number),
            Some(Refusal::HungUp(_)) => true,
            None => false,
        }
    }

    /// Whether it refused by the alert that names the version.
    fn names_version(&self) -> bool {
        !self.hello.fallback && self.refused() == Some(Refusal::Alert(PROTOCOL_VERSION))
    }
}

impl Hello {
    /// Whether the answer to this hello could be that version. The forms are SSL 2.0, TLCP, TLS 1.3, and
    /// one for all between.
    fn could_bring(&self, version: TlsVersion) -> bool {
        let apart = |version| {
            matches!(
                version,
                TlsVersion::SSL_2_0 | TlsVersion::TLCP | TlsVersion::TLS_1_3
            )
        };
        match apart(self.highest) || apart(version) {
            true => self.highest == version,
            false => self.highest >= version,
        }
    }
}
