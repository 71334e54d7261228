//! Whether a path to a root holds, by webpki, and why not, by what it says and by the way up.
//!
//! A leaf with a small RSA key takes no part in this: webpki checks only the keys that sign. A
//! signature with SHA-1, or by an RSA key below 2048 bits, is none that webpki knows, so the path
//! is `Broken`, and says that this is why only where the way up reaches a root all the same; a
//! missing issuer, a root that is not trusted or a leaf that is its own issuer is said first.

use std::time::Duration;

use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, Error, KeyUsage};

use crate::model::{CertificateFacts, Fault, KeyAlgorithm, Path, Phrase, Value};
use crate::wire::cert::{Certificate, name_text};

use super::Roots;
use super::walk::{End, walk};

/// The path from the first of `ders`, read as `certificates` and `facts` (`None` where one does
/// not parse), and whether it ends at a root that the public trusts. What another server sent may
/// be appended to all three.
pub(super) fn path(
    ders: &[&[u8]],
    certificates: &[Option<Certificate<'_>>],
    facts: &[Option<&CertificateFacts>],
    roots: &Roots,
    at: Timestamp,
) -> (Path, bool) {
    let (Some(leaf), Some((leaf_der, above))) =
        (facts.first().copied().flatten(), ders.split_first())
    else {
        return (Path::NoLeaf, false);
    };
    let at = at
        .as_second()
        .clamp(leaf.not_before, leaf.not_after.max(leaf.not_before));
    let in_time = roots.anchors_at(at);
    let refusal = match verify(leaf_der, above, &in_time, at) {
        Ok((path, root)) => return (path, roots.is_public(&root)),
        Err(refusal) => refusal,
    };
    // webpki asks nothing of a root's dates, other clients do.
    if in_time.len() < roots.anchors().len()
        && let Ok((path, root)) = verify(leaf_der, above, roots.anchors(), at)
        && let (Path::Holds { root: subject, .. }, Some(not_after)) = (path, roots.ends(&root))
    {
        return (Path::IntermediateOutOfTime { subject, not_after }, false);
    }
    (why_not(&refusal, certificates, facts, roots, at), false)
}

/// What breaks a path that webpki refuses.
fn why_not(
    refusal: &Error,
    certificates: &[Option<Certificate<'_>>],
    facts: &[Option<&CertificateFacts>],
    roots: &Roots,
    at: i64,
) -> Path {
    if is_about_work(refusal) {
        return Path::TooCostly;
    }
    match walk(certificates, roots) {
        End::TooCostly => Path::TooCostly,
        End::OwnIssuer(0) => Path::SelfSigned,
        End::OwnIssuer(index) => Path::Untrusted {
            root: subject(facts, index),
        },
        End::NoIssuer(index) => match facts.get(index).copied().flatten() {
            Some(last) => Path::Incomplete {
                missing: last.issuer.clone(),
                url: last.issuer_urls.first().cloned(),
                elsewhere: None,
            },
            None => refused(refusal),
        },
        End::WrongKey => Path::Broken {
            fault: Fault::Other,
            why: Phrase::new("path-wrong-key"),
        },
        End::Anchored(way) => anchored(refusal, &way, facts, at),
    }
}

/// The way up reaches a root, and webpki says no: a date above the leaf, or something else.
fn anchored(refusal: &Error, way: &[usize], facts: &[Option<&CertificateFacts>], at: i64) -> Path {
    let above = || {
        way.iter()
            .filter_map(|index| facts.get(*index).copied().flatten())
    };
    if matches!(
        refusal,
        Error::CertExpired { .. } | Error::CertNotValidYet { .. }
    ) && let Some(late) = above().find(|one| at < one.not_before || at > one.not_after)
    {
        return Path::IntermediateOutOfTime {
            subject: late.subject.clone(),
            not_after: late.not_after,
        };
    }
    if !is_about_signatures(refusal) {
        return refused(refusal);
    }
    let leaf = facts.first().copied().flatten();
    let mut signed = leaf.into_iter().chain(above());
    if let Some(hash) = signed.find_map(CertificateFacts::broken_hash) {
        return Path::Broken {
            fault: Fault::Hash,
            why: Phrase::new("path-weak-hash").with("hash", Value::Term(hash.to_owned())),
        };
    }
    Path::Broken {
        fault: match above().find(|one| is_refused(one)) {
            Some(signer) => Fault::Key(signer.id),
            None => Fault::Other,
        },
        why: Phrase::new("path-weak-signature"),
    }
}

/// Whether webpki takes no signature of this key because it is short or of a kind out of use. It
/// takes none of some curves either, which nobody else calls weak.
fn is_refused(signer: &CertificateFacts) -> bool {
    match signer.key.algorithm {
        KeyAlgorithm::Rsa => signer.key.bits < 2_048,
        KeyAlgorithm::Dsa => true,
        _ => false,
    }
}

/// The path and its root, by webpki.
fn verify(
    leaf: &[u8],
    above: &[&[u8]],
    anchors: &[TrustAnchor<'static>],
    at: i64,
) -> Result<(Path, TrustAnchor<'static>), Error> {
    let leaf = CertificateDer::from(leaf);
    let leaf = EndEntityCert::try_from(&leaf)?;
    let above: Vec<_> = above.iter().map(|der| CertificateDer::from(*der)).collect();
    let since = Duration::from_secs(u64::try_from(at).unwrap_or(0));
    let path = leaf.verify_for_usage(
        ALL_VERIFICATION_ALGS,
        anchors,
        &above,
        UnixTime::since_unix_epoch(since),
        KeyUsage::server_auth(),
        None,
        None,
    )?;
    let root = path.anchor().to_owned();
    let path = Path::Holds {
        root: name_text(&root.subject),
        through: path
            .intermediate_certificates()
            .map(|one| name_text(one.subject()))
            .collect(),
    };
    Ok((path, root))
}

fn subject(facts: &[Option<&CertificateFacts>], index: usize) -> String {
    let facts = facts.get(index).copied().flatten();
    facts.map_or_else(String::new, |facts| facts.subject.clone())
}

fn is_about_work(error: &Error) -> bool {
    matches!(
        error,
        Error::MaximumSignatureChecksExceeded
            | Error::MaximumPathBuildCallsExceeded
            | Error::MaximumPathDepthExceeded
            | Error::MaximumNameConstraintComparisonsExceeded
    )
}

fn is_about_signatures(error: &Error) -> bool {
    matches!(
        error,
        Error::InvalidSignatureForPublicKey
            | Error::UnsupportedSignatureAlgorithmContext(_)
            | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_)
    )
}

fn refused(error: &Error) -> Path {
    Path::Broken {
        fault: match error {
            Error::EmptyEkuExtension | Error::RequiredEkuNotFoundContext(_) => Fault::Purpose,
            Error::CaUsedAsEndEntity => Fault::AuthorityAsServer,
            Error::NameConstraintViolation => Fault::Name,
            _ => Fault::Other,
        },
        why: words(error),
    }
}

/// In words of ours, which hold nothing of the certificate.
fn words(error: &Error) -> Phrase {
    let known = match error {
        Error::BadDer | Error::BadDerTime | Error::TrailingData(_) => "path-not-strict",
        Error::CaUsedAsEndEntity => "path-authority-as-server",
        Error::EndEntityUsedAsCa => "path-no-authority",
        Error::CertDistrusted => "path-distrusted",
        Error::EmptyEkuExtension | Error::RequiredEkuNotFoundContext(_) => "path-not-for-servers",
        Error::ExtensionValueInvalid | Error::MalformedExtensions => "path-extension",
        Error::InvalidCertValidity => "path-validity",
        Error::InvalidSerialNumber => "path-serial",
        Error::NameConstraintViolation => "path-name-outside",
        Error::InvalidNetworkMaskConstraint | Error::MalformedNameConstraint => {
            "path-name-constraint"
        }
        Error::PathLenConstraintViolated => "path-too-long",
        Error::SignatureAlgorithmMismatch => "path-two-algorithms",
        Error::UnknownIssuer => "path-no-issuer-fits",
        Error::UnsupportedCertVersion => "path-version",
        Error::UnsupportedCriticalExtension => "path-critical-extension",
        Error::MalformedDnsIdentifier => "path-name",
        other => {
            let debug = format!("{other:?}");
            let variant: String = debug
                .chars()
                .take_while(char::is_ascii_alphabetic)
                .collect();
            return Phrase::new("path-other").with("words", Value::Foreign(variant));
        }
    };
    Phrase::new(known)
}
