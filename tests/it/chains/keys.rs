//! Keys that sign.

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    self as aws, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaEncoding, RsaKeyPair,
};

use super::der::{oid, sequence, value};

/// How a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    P256,
    P384,
    P521,
    Rsa,
    RsaSha384,
    RsaSha512,
    RsaPss,
    Ed25519,
}

/// A key, and how it signs.
pub struct Key {
    kind: Kind,
    pair: Pair,
    /// The SubjectPublicKeyInfo.
    pub public: Vec<u8>,
}

enum Pair {
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
    Edwards(Ed25519KeyPair),
}

impl Key {
    pub fn new(kind: Kind) -> Key {
        let ec = |algorithm| {
            let pair = EcdsaKeyPair::generate(algorithm).expect("a key");
            let public = spki(pair.public_key().as_der());
            (Pair::Ec(pair), public)
        };
        let (pair, public) = match kind {
            Kind::P256 => ec(&aws::ECDSA_P256_SHA256_ASN1_SIGNING),
            Kind::P384 => ec(&aws::ECDSA_P384_SHA384_ASN1_SIGNING),
            Kind::P521 => ec(&aws::ECDSA_P521_SHA512_ASN1_SIGNING),
            Kind::Rsa | Kind::RsaSha384 | Kind::RsaSha512 | Kind::RsaPss => {
                let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
                let public = spki(pair.public_key().as_der());
                (Pair::Rsa(pair), public)
            }
            Kind::Ed25519 => {
                let pair = Ed25519KeyPair::generate().expect("a key");
                let public = spki(pair.public_key().as_der());
                (Pair::Edwards(pair), public)
            }
        };
        Key { kind, pair, public }
    }

    /// The AlgorithmIdentifier of its signatures.
    pub fn algorithm(&self) -> Vec<u8> {
        algorithm(self.kind)
    }

    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Ec(pair) => {
                let signature = pair.sign(&random, message).expect("a signature");
                signature.as_ref().to_vec()
            }
            Pair::Edwards(pair) => pair.sign(message).as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let padding: &dyn RsaEncoding = match self.kind {
                    Kind::RsaSha384 => &aws::RSA_PKCS1_SHA384,
                    Kind::RsaSha512 => &aws::RSA_PKCS1_SHA512,
                    Kind::RsaPss => &aws::RSA_PSS_SHA256,
                    _ => &aws::RSA_PKCS1_SHA256,
                };
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(padding, &random, message, &mut signature)
                    .expect("a signature");
                signature
            }
        }
    }
}

fn spki(der: Result<PublicKeyX509Der<'_>, aws_lc_rs::error::Unspecified>) -> Vec<u8> {
    der.expect("a public key").as_ref().to_vec()
}

pub fn algorithm(kind: Kind) -> Vec<u8> {
    let null = value(5, &[]);
    match kind {
        Kind::P256 => sequence(&[&oid("1.2.840.10045.4.3.2")]),
        Kind::P384 => sequence(&[&oid("1.2.840.10045.4.3.3")]),
        Kind::P521 => sequence(&[&oid("1.2.840.10045.4.3.4")]),
        Kind::Ed25519 => sequence(&[&oid("1.3.101.112")]),
        Kind::Rsa => sequence(&[&oid("1.2.840.113549.1.1.11"), &null]),
        Kind::RsaSha384 => sequence(&[&oid("1.2.840.113549.1.1.12"), &null]),
        Kind::RsaSha512 => sequence(&[&oid("1.2.840.113549.1.1.13"), &null]),
        Kind::RsaPss => {
            let hash = sequence(&[&oid("2.16.840.1.101.3.4.2.1"), &null]);
            let mask = sequence(&[&oid("1.2.840.113549.1.1.8"), &hash]);
            let parameters = sequence(&[
                &value(0xa0, &hash),
                &value(0xa1, &mask),
                &value(0xa2, &value(2, &[32])),
            ]);
            sequence(&[&oid("1.2.840.113549.1.1.10"), &parameters])
        }
    }
}
