//! Certificates that break the profile of RFC 5280, or demands of their own, or were revoked.

use super::super::der::{moment, value};
use super::super::keys::{Kind, algorithm};
use super::super::made::{BETWEEN, HOST, Row, SAME, leaf, row, under, usual};
use super::super::recipe::{
    ALTERNATIVE_NAME, AUTHORITY_KEY, BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE, KEY_USAGE,
    NAME_CONSTRAINTS, Recipe, SUBJECT_KEY,
};
use super::super::staple;

const ODD: &[&str] = &["cert-nonconforming"];
const REFUSED: &[&str] = &["cert-nonconforming", "cert-untrusted/broken"];

const STAPLE: &str = "the staple is a part of the handshake, which `openssl verify` does not see";
const VERSION: &str = "webpki, and so clients built on it, reads version 3 only; OpenSSL reads all";
const STRICT: &str = "an authority must say what its key is for (RFC 5280 §4.2.1.3); OpenSSL asks for it \
     only with -x509_strict";

pub const ROWS: &[Row] = &[
    row(
        "a demand for a staple, and none",
        &["ocsp-staple-missing"],
        SAME,
        || {
            let feature = value(0x30, &value(2, &[5]));
            usual(&leaf().with("1.3.6.1.5.5.7.1.24", false, feature)).stapled(None)
        },
    ),
    row(
        "a staple that says revoked",
        &["cert-revoked"],
        STAPLE,
        || {
            let leaf = leaf();
            usual(&leaf).stapled(Some(staple::revoked(&leaf, &BETWEEN)))
        },
    ),
    row("serial number zero", ODD, SAME, || {
        usual(&leaf().serial(&[0]))
    }),
    row("a negative serial number", ODD, SAME, || {
        usual(&leaf().serial(&[0x80, 1]))
    }),
    row("a serial number of 21 octets", ODD, SAME, || {
        usual(&leaf().serial(&[0x41; 21]))
    }),
    row(
        "a leaf of version 1",
        &["cert-no-san", "cert-untrusted/broken"],
        VERSION,
        || usual(&leaf().version(None)),
    ),
    row(
        "a leaf of version 2 with nothing of version 3",
        &["cert-no-san", "cert-untrusted/broken"],
        VERSION,
        || usual(&leaf().version(Some(1))),
    ),
    row(
        "two algorithms for one signature",
        &["cert-nonconforming/identity", "cert-untrusted/broken"],
        SAME,
        || usual(&leaf().inner_algorithm(algorithm(Kind::P384))),
    ),
    row(
        "a critical extension that nobody knows",
        REFUSED,
        SAME,
        || usual(&leaf().with("1.3.6.1.4.1.55555.1", true, value(5, &[]))),
    ),
    row(
        "no subject, and alternative names that are not critical",
        ODD,
        SAME,
        || usual(&leaf().subject(&[])),
    ),
    row(
        "a leaf that does not name its issuer's key",
        ODD,
        SAME,
        || usual(&leaf().without(AUTHORITY_KEY)),
    ),
    row("a leaf that does not name its own key", &[], SAME, || {
        usual(&leaf().without(SUBJECT_KEY))
    }),
    row("an authority that does not name its key", ODD, SAME, || {
        under(
            &Recipe::authority("Nameless CA").without(SUBJECT_KEY),
            &leaf(),
        )
    }),
    row(
        "an authority whose basic constraints are not critical",
        ODD,
        SAME,
        || {
            under(
                &Recipe::authority("Soft CA").critical(BASIC_CONSTRAINTS, false),
                &leaf(),
            )
        },
    ),
    row(
        "an authority without key usage",
        &["cert-nonconforming/identity"],
        STRICT,
        || under(&Recipe::authority("Any CA").without(KEY_USAGE), &leaf()),
    ),
    row("key usage that is not critical", &[], SAME, || {
        usual(&leaf().critical(KEY_USAGE, false))
    }),
    row(
        "key usage without a bit",
        &["cert-nonconforming", "cert-wrong-usage/key-usage"],
        SAME,
        || usual(&leaf().key_usage(&[])),
    ),
    row(
        "an empty extended key usage",
        &["cert-nonconforming", "cert-wrong-usage/purpose"],
        SAME,
        || usual(&leaf().with(EXTENDED_KEY_USAGE, false, value(0x30, &[]))),
    ),
    row("a path length for no authority", ODD, SAME, || {
        usual(&leaf().authority_bits(false, Some(0)))
    }),
    row("name constraints in a leaf", ODD, SAME, || {
        usual(&leaf().constrained(&[value(0x82, HOST.as_bytes())], &[]))
    }),
    row("name constraints that are not critical", ODD, SAME, || {
        let bound = Recipe::authority("Bound CA").constrained(&[value(0x82, b"example.com")], &[]);
        under(&bound.critical(NAME_CONSTRAINTS, false), &leaf())
    }),
    row(
        "an empty list of alternative names",
        &["cert-no-san", "cert-nonconforming"],
        SAME,
        || {
            usual(
                &leaf()
                    .subject(&["O=Example"])
                    .with(ALTERNATIVE_NAME, false, value(0x30, &[])),
            )
        },
    ),
    row("an address of five octets besides", ODD, SAME, || {
        let names = [
            value(0x82, HOST.as_bytes()),
            value(0x87, &[192, 0, 2, 7, 0]),
        ];
        usual(&leaf().general_names(false, &names.concat()))
    }),
    row("GeneralizedTime before 2050", ODD, SAME, || {
        usual(&leaf().dates(moment("20260401000000"), value(0x18, b"20261001000000Z")))
    }),
    row("a date without seconds", REFUSED, SAME, || {
        usual(&leaf().dates(moment("20260401000000"), value(0x17, b"2610010000Z")))
    }),
    row("a date with an offset", REFUSED, SAME, || {
        usual(&leaf().dates(moment("20260401000000"), value(0x17, b"261001000000+0100")))
    }),
    row(
        "no issuer",
        &[
            "cert-nonconforming",
            "cert-chain-incomplete",
            "cert-chain-disordered/strangers",
        ],
        SAME,
        || usual(&leaf().issuer(&[])),
    ),
];
