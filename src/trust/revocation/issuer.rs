//! The issuer of a certificate: whose word counts.

use std::borrow::Cow;

use crate::trust::Roots;
use crate::trust::walk::{contents, wrap};
use crate::wire::cert::{Certificate, key_octets};

/// Who issued a certificate, proven by its signature.
#[derive(Clone, Debug)]
pub struct Issuer<'a> {
    /// The name, as encoded.
    pub name: &'a [u8],
    /// The SubjectPublicKeyInfo, as encoded.
    pub key: Cow<'a, [u8]>,
    /// Whether the key may sign lists; of a root only name and key are known, so it may.
    pub may_sign_lists: bool,
}

impl<'a> Issuer<'a> {
    /// The certificate among those sent, or the root, whose key made the signature. Whether a
    /// path leads to it is another question: nobody else can speak for it.
    pub fn of(
        certificate: &Certificate<'a>,
        sent: &[Option<Certificate<'a>>],
        roots: &Roots,
    ) -> Option<Self> {
        let name = certificate.issuer();
        let signed = |key: &[u8]| certificate.is_signed_with(key) == Some(true);
        let sent = sent.iter().skip(1).flatten();
        let issuer = sent
            .filter(|one| one.subject() == name)
            .find(|one| signed(one.key()));
        if let Some(issuer) = issuer {
            return Some(Issuer {
                name,
                key: Cow::Borrowed(issuer.key()),
                may_sign_lists: issuer.may_sign_lists(),
            });
        }
        let anchors = roots.of_subject(contents(name));
        let keys = anchors.map(|anchor| wrap(&anchor.subject_public_key_info));
        keys.take(4).find(|key| signed(key)).map(|key| Issuer {
            name,
            key: Cow::Owned(key),
            may_sign_lists: true,
        })
    }

    /// The octets of the key, by whose hash OCSP names an issuer.
    pub fn octets(&self) -> &[u8] {
        key_octets(&self.key).unwrap_or_default()
    }
}
