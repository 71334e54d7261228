//! Whether a path from a server's certificate to a trusted root holds, and if not, why.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CertificateFacts, CertificateId, Phrase};

/// What became of one chain, for one name, one set of roots and one time. Knows no policy.
#[derive(Clone, Debug)]
pub struct ChainReport {
    /// The chain as sent, leaf first; a certificate that does not parse says what of it, and where.
    pub certificates: Vec<Result<Arc<CertificateFacts>, Phrase>>,
    /// Whether a path holds.
    pub path: Path,
    /// Whether the leaf bears the configured name.
    pub name: NameMatch,
    /// Whether the path holds up to a root that is publicly trusted: one of Mozilla's, by subject
    /// and key, wherever it was found.
    pub public_root: bool,
}

impl ChainReport {
    /// The server's own certificate, if it came and parses.
    pub fn leaf(&self) -> Option<&CertificateFacts> {
        self.certificates.first()?.as_deref().ok()
    }

    /// The authority at the end of the chain, where the public does not know it: its root, or an
    /// issuer that was not sent and has no address where everybody could fetch it. `None` where it
    /// is public, the leaf is its own issuer, or the chain does not tell.
    pub fn private_authority(&self) -> Option<&str> {
        match &self.path {
            Path::Holds { root, .. } => (!self.public_root).then_some(root),
            Path::Untrusted { root } => Some(root),
            Path::Incomplete {
                missing,
                url,
                elsewhere,
            } => match (elsewhere, url) {
                (Some(Elsewhere::Untrusted(root)), _) => Some(root),
                (Some(Elsewhere::Trusted(_)), _) => None,
                (None, Some(url)) if url.starts_with("http") => None,
                (None, _) => Some(missing),
            },
            _ => None,
        }
    }

    /// The certificates whose keys and signatures count: of a path that holds the leaf and those
    /// between it and the root, otherwise all that were sent but those that are their own issuer.
    /// The leaf is always the first.
    pub fn below_root(&self) -> impl Iterator<Item = &CertificateFacts> {
        let sent = self.certificates.iter().enumerate();
        sent.filter_map(|(place, certificate)| {
            let certificate = certificate.as_deref().ok()?;
            let counts = place == 0
                || match &self.path {
                    Path::Holds { root, through } => {
                        through.iter().enumerate().any(|(step, on)| {
                            let issuer = through.get(step + 1).unwrap_or(root);
                            certificate.subject == *on && certificate.issuer == *issuer
                        })
                    }
                    _ => !certificate.self_signed,
                };
            counts.then_some(certificate)
        })
    }
}

/// A path to a trusted root, or what breaks it. Dates of the leaf are left out of account:
/// a leaf out of its time is looked at as of its own last (or first) second, so that
/// "expired" and "untrusted" do not hide one another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Path {
    /// It holds, up to this root (its subject).
    Holds {
        /// The root's subject.
        root: String,
        /// The subjects between leaf and root, from the leaf upwards.
        through: Vec<String>,
    },
    /// The leaf is its own issuer and no trusted root.
    SelfSigned,
    /// The issuer of the topmost certificate reached was neither sent nor is it a trusted root,
    /// and that certificate is not a root itself.
    Incomplete {
        /// The subject of the certificate that is missing.
        missing: String,
        /// Where the last certificate says it can be had.
        url: Option<String>,
        /// Where the chain would end with what other servers of the run sent; `None` if they sent
        /// nothing that leads to a root.
        elsewhere: Option<Elsewhere>,
    },
    /// The chain is complete and ends at a root that is not trusted.
    Untrusted {
        /// The subject of that root.
        root: String,
    },
    /// A certificate above the leaf is out of its time.
    IntermediateOutOfTime {
        /// Its subject.
        subject: String,
        /// Its last valid second.
        not_after: i64,
    },
    /// Something else breaks it.
    Broken {
        /// What, as far as rules ask.
        fault: Fault,
        /// What, in words.
        why: Phrase,
    },
    /// Looking further would have cost more work than the bound allows.
    TooCostly,
    /// No certificate came, or the leaf does not parse.
    NoLeaf,
}

/// What breaks a path, told apart as far as there are rules that name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A certificate may not be used for servers.
    Purpose,
    /// The server uses an authority's certificate as its own.
    AuthorityAsServer,
    /// A name lies outside what an issuer may certify.
    Name,
    /// A signature uses a broken hash.
    Hash,
    /// A signature was made with a key that is short or of a kind out of use; whose.
    Key(CertificateId),
    /// Something that no other rule names.
    Other,
}

/// Where a chain would end if the certificates that other servers sent were added to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Elsewhere {
    /// At a trusted root; its subject.
    Trusted(String),
    /// At a root that is not trusted; its subject.
    Untrusted(String),
}

/// Whether a certificate bears a name, by RFC 9525 §6 (the common name never counts).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NameMatch {
    /// One of its names matches; which.
    Matches(String),
    /// None does.
    Differs,
    /// There is no subject alternative name to match.
    NoNames,
}
