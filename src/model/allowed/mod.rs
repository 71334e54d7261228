//! What a server allows of TLS, as its own answers show it: a reading of the facts, no judgement.
//! How a "no" is told from silence stands at [`Standing`].

mod standing;

pub use standing::Standing;

use super::{Agreed, Fact, Hello, HelloAnswer, NamedGroup, Suite, TlsVersion, Visited};

/// What one visit shows of what a server allows.
#[derive(Clone, Copy, Debug)]
pub struct Allowed<'a> {
    visit: &'a Visited,
}

/// A ServerHello before TLS 1.3, where compression, renegotiation and the master secret are settled.
#[derive(Clone, Copy, Debug)]
pub struct OldServerHello<'a> {
    /// The version.
    pub version: TlsVersion,
    /// The compression method: 0 for none.
    pub compression: u8,
    /// The extensions, by number.
    pub extensions: &'a [u16],
    /// The hello of ours that it answers; `None` for the one of the TLS library, which offers no
    /// compression, signals secure renegotiation and asks for the extended master secret.
    pub hello: Option<&'a Hello>,
}

/// SSL 2.0 and 3.0, TLS 1.0 and 1.1.
pub const OBSOLETE: [TlsVersion; 4] = [
    TlsVersion::SSL_2_0,
    TlsVersion::SSL_3_0,
    TlsVersion::TLS_1_0,
    TlsVersion::TLS_1_1,
];

impl Visited {
    /// What this visit shows of what the server allows.
    pub fn allowed(&self) -> Allowed<'_> {
        Allowed { visit: self }
    }
}

impl<'a> Allowed<'a> {
    /// The best version of SSL or TLS that the server agreed to.
    pub fn best_version(self) -> Option<TlsVersion> {
        let mut newest_first = TlsVersion::ALL.into_iter().rev();
        newest_first.find(|version| self.accepts(*version))
    }

    /// The suites of SSL 3.0 and TLS that the server agreed to, each once, with the version at which
    /// that was first seen.
    pub fn suites(self) -> Vec<(Suite, TlsVersion)> {
        let session = self.visit.tls.seen().map(|tls| (tls.suite, tls.version));
        let hellos = self
            .agreed()
            .map(|(_, agreed)| (agreed.suite, agreed.version));
        let mut suites: Vec<(Suite, TlsVersion)> = Vec::new();
        for (suite, version) in session.into_iter().chain(hellos) {
            if version != TlsVersion::TLCP && suites.iter().all(|(known, _)| *known != suite) {
                suites.push((suite, version));
            }
        }
        suites
    }

    /// Every agreement in answer to a hello of ours, TLCP included.
    pub fn agreed(self) -> impl Iterator<Item = (&'a Hello, &'a Agreed)> + use<'a> {
        let hellos = self.visit.hellos.iter();
        hellos.filter_map(|asked| Some((&asked.hello, asked.agreed()?)))
    }

    /// The groups that were agreed on, each once.
    pub fn groups(self) -> Vec<NamedGroup> {
        let session = self.visit.tls.seen().and_then(|tls| tls.group);
        let hellos = self.agreed().filter_map(|(_, agreed)| agreed.group());
        let mut groups: Vec<NamedGroup> = Vec::new();
        for group in session.into_iter().chain(hellos) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    }

    /// Every ServerHello of SSL 3.0 to TLS 1.2.
    pub fn old_server_hellos(self) -> Vec<OldServerHello<'a>> {
        let session = self.visit.tls.seen().and_then(|tls| {
            let says = tls.says.seen()?;
            Some(OldServerHello {
                version: tls.version,
                compression: says.compression,
                extensions: &says.extensions,
                hello: None,
            })
        });
        let hellos = self.agreed().map(|(hello, agreed)| OldServerHello {
            version: agreed.version,
            compression: agreed.compression,
            extensions: &agreed.extensions,
            hello: Some(hello),
        });
        let old = TlsVersion::SSL_3_0..=TlsVersion::TLS_1_2;
        session
            .into_iter()
            .chain(hellos)
            .filter(|said| old.contains(&said.version))
            .collect()
    }

    /// Whether the server asked for a certificate of the client's; `None` where that was not seen.
    pub fn asks_for_certificate(self) -> Option<bool> {
        let session = self.visit.tls.seen().map(|tls| &tls.client_certificate);
        let hellos = self.agreed().map(|(_, agreed)| &agreed.client_certificate);
        let said = session.into_iter().chain(hellos).filter_map(Fact::seen);
        said.copied().max()
    }

    pub(super) fn accepts(self, version: TlsVersion) -> bool {
        let session = self.visit.tls.seen().map(|tls| tls.version);
        let others = self.visit.sessions.iter();
        let others = others.filter_map(|other| other.shown.seen().map(|shown| shown.version));
        let answers = self
            .visit
            .hellos
            .iter()
            .filter_map(|asked| asked.answer.seen());
        let hellos = answers.filter_map(|answer| match answer {
            HelloAnswer::Agreed(agreed) => Some(agreed.version),
            HelloAnswer::Ssl2(_) => Some(TlsVersion::SSL_2_0),
            HelloAnswer::Refused(_) => None,
        });
        let mut seen = session.into_iter().chain(others).chain(hellos);
        seen.any(|seen| seen == version)
    }
}
