//! What a server allows of TLS, as questions of rules: an answer, or the verdict that its absence makes.
//!
//! How the answers are read from hellos and session stands at [`Allowed`]: nothing is "not offered"
//! but by the server's own word. A question that got no answer is undetermined; one that was not asked,
//! at this depth or with the prober of hellos switched off, is told as such.

use super::{AddressCase, need};
use crate::model::{
    Allowed, OldServerHello, Reason, Standing, Suite, SuiteTraits, TlsVersion, Verdict,
};

impl AddressCase<'_> {
    /// What the visit shows of what the server allows.
    pub fn allowed(&self) -> Allowed<'_> {
        self.visit.allowed()
    }

    /// The suites of a class that are accepted.
    ///
    /// # Errors
    /// Compliant where the server refuses every one of them; otherwise what the lack of its word
    /// makes, undetermined, not asked or not applicable.
    pub fn accepted(&self, class: impl Fn(Suite) -> bool) -> Result<Vec<Suite>, Verdict> {
        let allowed = self.allowed();
        match allowed.class(&class) {
            Standing::Accepted => {
                let suites = allowed.suites().into_iter().map(|(suite, _)| suite);
                Ok(suites.filter(|suite| class(*suite)).collect())
            }
            Standing::Refused => Err(Verdict::Compliant),
            open => Err(self.unsaid(open)),
        }
    }

    /// The best version, where it is known to be the best: that of a session, or of an answer to a
    /// hello where every better one was refused.
    ///
    /// # Errors
    /// What the lack of the server's word makes, where it is not known.
    pub fn best_version(&self) -> Result<TlsVersion, Verdict> {
        let allowed = self.allowed();
        let Some(best) = allowed.best_version() else {
            return need(&self.visit.tls).map(|session| session.version);
        };
        if self.visit.tls.seen().is_none() {
            self.refuses(TlsVersion::ALL.into_iter().filter(|one| *one > best))?;
        }
        Ok(best)
    }

    /// That each of these versions is refused.
    ///
    /// # Errors
    /// Undetermined where a question about one of them got no answer; not asked where one was not
    /// asked about; not applicable where one is accepted.
    pub fn refuses(&self, versions: impl IntoIterator<Item = TlsVersion>) -> Result<(), Verdict> {
        let standing = |version| self.allowed().version(version);
        let mut open: Vec<Standing<'_>> = versions.into_iter().map(standing).collect();
        open.retain(|standing| *standing != Standing::Refused);
        let unknown = |standing: &&Standing<'_>| matches!(standing, Standing::Unknown(_));
        match open.iter().find(unknown).or(open.first()) {
            Some(open) => Err(self.unsaid(*open)),
            None => Ok(()),
        }
    }

    /// Whether nothing newer than a version is to be had.
    pub fn nothing_newer_than(&self, version: TlsVersion) -> bool {
        self.best_version().is_ok_and(|best| best <= version)
    }

    /// Every ServerHello of SSL 3.0 to TLS 1.2, at least one.
    ///
    /// # Errors
    /// Undetermined where a hello that might have brought one got no answer; not asked where
    /// none was sent; not applicable where each was refused.
    pub fn old_server_hellos(&self) -> Result<Vec<OldServerHello<'_>>, Verdict> {
        let said = self.allowed().old_server_hellos();
        if said.is_empty() {
            let old = TlsVersion::SSL_3_0..=TlsVersion::TLS_1_2;
            let hellos = self.visit.hellos.iter();
            let mut old = hellos
                .filter(|asked| old.contains(&asked.hello.highest))
                .peekable();
            if old.peek().is_none() {
                return Err(self.unsaid(Standing::NotAsked));
            }
            let gap = old.find_map(|asked| asked.answer.gap());
            return Err(gap.map_or(Verdict::NotApplicable, |gap| {
                Verdict::Undetermined(Reason::from(gap))
            }));
        }
        Ok(said)
    }

    /// Whether one of our own hellos was agreed to, whatever became of the session.
    pub fn agreed_to_a_hello(&self) -> bool {
        self.allowed().best_version().is_some() || self.allowed().agreed().next().is_some()
    }

    /// What an answer that is no "no" makes of a verdict that needs one. Of a port that has no TLS
    /// nothing was to be asked.
    pub(super) fn unsaid(&self, standing: Standing<'_>) -> Verdict {
        let without_tls = || need(&self.visit.tls) == Err(Verdict::NotApplicable);
        match standing {
            Standing::Unknown(gap) => Verdict::Undetermined(Reason::from(gap)),
            Standing::NotAsked if !without_tls() => Verdict::NotAsked,
            Standing::NotAsked | Standing::Accepted | Standing::Refused | Standing::Empty => {
                Verdict::NotApplicable
            }
        }
    }
}

/// Whether what a suite's name says holds; of a number without a name nothing does.
pub(super) fn of_traits(holds: impl Fn(&SuiteTraits) -> bool) -> impl Fn(Suite) -> bool {
    move |suite| {
        suite
            .traits()
            .is_some_and(|traits| !traits.tlcp && holds(traits))
    }
}
