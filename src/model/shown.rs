//! Which chains a visit was shown, and in which handshake each came first.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    AskedHello, CertificateId, HelloAnswer, Host, Phrase, Raw, TlsVersion, Twist, Value, Visited,
};

/// A chain that one address showed.
#[derive(Clone, Copy, Debug)]
pub struct ShownChain<'v> {
    /// The visit that saw it.
    pub visit: &'v Visited,
    /// The certificates, leaf first.
    pub chain: &'v [CertificateId],
    /// In which handshake it came first.
    pub handshake: Handshake,
    /// The OCSP response that came with it. That there is none says something of the first
    /// handshake alone: the others need not have asked for one, or kept it.
    pub staple: Option<&'v Raw>,
}

/// Which handshake of a visit it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Handshake {
    /// The first full one, as a modern client does it.
    First,
    /// A further full one, in which one thing was other.
    Further(Twist),
    /// One that ended with the server's answer to a hello of our own making.
    Hello {
        /// The highest version that was offered.
        highest: TlsVersion,
    },
}

impl Handshake {
    /// As words within a message: `the certificate shown …`.
    pub fn phrase(self) -> Phrase {
        match self {
            Handshake::First => Phrase::new("handshake-first"),
            Handshake::Further(Twist::Again) => Phrase::new("handshake-again"),
            Handshake::Further(Twist::WithoutName) => Phrase::new("handshake-without-name"),
            Handshake::Further(Twist::RsaOnly) => Phrase::new("handshake-rsa-only"),
            Handshake::Further(Twist::EcdsaOnly) => Phrase::new("handshake-ecdsa-only"),
            Handshake::Hello { highest } => {
                Phrase::new("handshake-hello").with("version", Value::Term(highest.to_string()))
            }
        }
    }
}

impl Visited {
    /// The distinct chains that a mail client which is set up with this host can be shown, in the
    /// order in which they were seen; that of the first handshake is the first.
    ///
    /// Clients send the configured name (RFC 9325 §3.7), so a chain that came only where none was
    /// sent is a fact and nothing that a client meets. Nor is one of TLCP, which is no version of
    /// TLS. SSL 2.0 and 3.0 cannot carry a name: what they show counts where nothing else was shown.
    pub fn shown_to_clients(&self) -> Vec<ShownChain<'_>> {
        let mut shown: Vec<ShownChain<'_>> = Vec::new();
        let of_tls = self
            .first()
            .into_iter()
            .chain(self.further())
            .chain(self.answered());
        for one in of_tls {
            if shown.iter().all(|known| known.chain != one.chain) {
                shown.push(one);
            }
        }
        if shown.is_empty() {
            shown.extend(self.in_ssl().next());
        }
        shown
    }

    fn first(&self) -> Option<ShownChain<'_>> {
        let session = self.tls.seen();
        let staple = session.and_then(|session| session.staple.as_ref());
        Some(self.show(self.chain.seen()?, Handshake::First, staple))
    }

    fn further(&self) -> impl Iterator<Item = ShownChain<'_>> {
        let named = |twist| twist != Twist::WithoutName || self.has_no_name();
        let sessions = self.sessions.iter().filter(move |one| named(one.twist));
        sessions.filter_map(|session| {
            let chain = &session.shown.seen()?.chain;
            Some(self.show(chain, Handshake::Further(session.twist), None))
        })
    }

    fn answered(&self) -> impl Iterator<Item = ShownChain<'_>> {
        let counts = |asked: &&AskedHello| {
            (asked.hello.name || self.has_no_name()) && asked.hello.highest > TlsVersion::SSL_3_0
        };
        let hellos = self.hellos.iter().filter(counts);
        hellos.filter_map(|asked| self.in_answer(asked))
    }

    fn in_ssl(&self) -> impl Iterator<Item = ShownChain<'_>> {
        const SSL: [TlsVersion; 2] = [TlsVersion::SSL_3_0, TlsVersion::SSL_2_0];
        let hellos = self.hellos.iter();
        let hellos = hellos.filter(|asked| SSL.contains(&asked.hello.highest));
        hellos.filter_map(|asked| self.in_answer(asked))
    }

    fn in_answer<'v>(&'v self, asked: &'v AskedHello) -> Option<ShownChain<'v>> {
        let (chain, staple) = match asked.answer.seen()? {
            HelloAnswer::Agreed(agreed) => (agreed.chain.seen()?, agreed.staple.as_ref()),
            HelloAnswer::Ssl2(agreed) => (&agreed.chain, None),
            HelloAnswer::Refused(_) => return None,
        };
        // An anonymous suite comes without a certificate: that is told of the suite.
        let highest = asked.hello.highest;
        (!chain.is_empty()).then(|| self.show(chain, Handshake::Hello { highest }, staple))
    }

    fn show<'v>(
        &'v self,
        chain: &'v [CertificateId],
        handshake: Handshake,
        staple: Option<&'v Raw>,
    ) -> ShownChain<'v> {
        ShownChain {
            visit: self,
            chain,
            handshake,
            staple,
        }
    }

    /// An address is configured, and no client sends one as a name (RFC 6066 §3).
    fn has_no_name(&self) -> bool {
        matches!(self.endpoint.host, Host::Ip(_))
    }
}
