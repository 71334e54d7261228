//! Weak keys and signatures, and those that clients do not know.

use super::super::keys::{Key, Kind};
use super::super::made::{Made, Row, SAME, file, files, leaf, row, usual};

const WEAK: &str = "too weak by the policy; OpenSSL asks for strength only from -auth_level 1 on";
const UNKNOWN: &str = "no algorithm of webpki, and so of no client built on it; OpenSSL knows it";
const BROKEN: &[&str] = &["cert-untrusted/broken"];

pub const ROWS: &[Row] = &[
    row("leaf with RSA 1024", &["cert-weak-key"], WEAK, || {
        keyed("rsa-1024")
    }),
    row("leaf with RSA 2040", &["cert-weak-key"], WEAK, || {
        keyed("rsa-2040")
    }),
    row("leaf with P-192", &["cert-weak-key"], WEAK, || {
        keyed("P-192")
    }),
    row("leaf with P-224", &[], SAME, || keyed("P-224")),
    row("leaf with DSA", &["cert-weak-key/kind"], WEAK, || {
        keyed("dsa-2048")
    }),
    row("leaf with secp256k1", &[], SAME, || keyed("secp256k1")),
    row("leaf with brainpoolP256r1", &[], SAME, || {
        keyed("brainpoolP256r1")
    }),
    row("leaf with SM2", &[], SAME, || keyed("SM2")),
    row("leaf with Ed448", &[], SAME, || keyed("ed448")),
    row("leaf with Ed25519", &[], SAME, || {
        usual(&leaf().key(Key::new(Kind::Ed25519).public))
    }),
    row("leaf with X25519, which cannot sign", &[], SAME, || {
        keyed("x25519")
    }),
    row("signed with SHA-1", &["cert-weak-signature"], WEAK, || {
        files(&["leaf-sha1", "root"])
    }),
    row("signed with MD5", &["cert-weak-signature"], WEAK, || {
        files(&["leaf-md5", "root"])
    }),
    row("signed with SHA-224", BROKEN, UNKNOWN, || {
        files(&["leaf-sha224", "root"])
    }),
    row(
        "the intermediate is signed with SHA-1",
        &["cert-weak-signature"],
        WEAK,
        || files(&["leaf-under-sha1", "between-sha1", "root"]),
    ),
    row(
        "the intermediate has RSA 1024",
        &["cert-weak-key"],
        WEAK,
        || files(&["leaf-under-1024", "between-1024", "root"]),
    ),
    row("the root has RSA 1024", BROKEN, WEAK, || {
        files(&["leaf-of-root-1024", "root-1024"])
    }),
    row(
        "the intermediate has DSA",
        &["cert-weak-key/kind"],
        UNKNOWN,
        || files(&["leaf-under-dsa", "between-dsa", "root"]),
    ),
    row("the intermediate has secp256k1", BROKEN, UNKNOWN, || {
        files(&["leaf-under-secp256k1", "between-secp256k1", "root"])
    }),
    row("the intermediate has Ed448", BROKEN, UNKNOWN, || {
        files(&["leaf-under-ed448", "between-ed448", "root"])
    }),
    row("the root has brainpoolP256r1", BROKEN, UNKNOWN, || {
        files(&["leaf-of-root-brainpool", "root-brainpool"])
    }),
];

fn keyed(name: &str) -> Made {
    usual(&leaf().key(file(&format!("key-{name}"))))
}
