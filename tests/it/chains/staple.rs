//! Stapled OCSP responses (RFC 6960 §4.2.1), signed by the issuer itself.

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use super::der::{bits, oid, sequence, value};
use super::recipe::{Authority, Recipe};

/// That the certificate is good, from a day before [`super::made::NOW`] to a day after.
pub fn good(leaf: &Recipe, issuer: &Authority) -> Vec<u8> {
    response(leaf, issuer, &value(0x80, &[]), &[])
}

/// The same, with the contents of the extension that holds timestamps (RFC 6962 §3.3).
pub fn with_scts(leaf: &Recipe, issuer: &Authority, contents: &[u8]) -> Vec<u8> {
    let extension = sequence(&[&oid("1.3.6.1.4.1.11129.2.4.5"), &value(4, contents)]);
    let extensions = value(0xa1, &sequence(&[&extension]));
    response(leaf, issuer, &value(0x80, &[]), &extensions)
}

/// That the certificate is revoked, since its key is known to others.
pub fn revoked(leaf: &Recipe, issuer: &Authority) -> Vec<u8> {
    let reason = value(0xa0, &value(10, &[1]));
    let contents = [value(0x18, b"20260601000000Z"), reason].concat();
    response(leaf, issuer, &value(0xa1, &contents), &[])
}

fn response(leaf: &Recipe, issuer: &Authority, status: &[u8], extensions: &[u8]) -> Vec<u8> {
    let hash = |octets: &[u8]| {
        let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, octets);
        value(4, hash.as_ref())
    };
    // A public key of P-256 is the last 65 octets of its SubjectPublicKeyInfo.
    let key_hash = hash(&issuer.public()[issuer.public().len() - 65..]);
    let id = sequence(&[
        &sequence(&[&oid("1.3.14.3.2.26"), &value(5, &[])]),
        &hash(issuer.name()),
        &key_hash,
        &value(2, leaf.number()),
    ]);
    let from = value(0x18, b"20260614120000Z");
    let until = value(0xa0, &value(0x18, b"20260616120000Z"));
    let one = sequence(&[&id, status, &from, &until, extensions]);
    let data = sequence(&[&value(0xa2, &key_hash), &from, &sequence(&[&one])]);
    let signature = bits(&issuer.sign(&data));
    let basic = sequence(&[&data, &issuer.algorithm(), &signature]);
    let bytes = sequence(&[&oid("1.3.6.1.5.5.7.48.1.1"), &value(4, &basic)]);
    sequence(&[&value(10, &[0]), &value(0xa0, &bytes)])
}
