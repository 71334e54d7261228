//! Chains under a root that the public trusts, which the Baseline Requirements of the CA/Browser Forum
//! bind: how long they are valid (§6.3.2; both ends count), and of what kind their keys are (§6.1.5).

use super::super::keys::Kind;
use super::super::made::{Made, ROOT, Row, SAME, STRANGER, file, good, leaf, row, sends, usual};
use super::super::recipe::Recipe;

const TOO_LONG: &[&str] = &["cert-validity-too-long"];
const PRIVATE_KIND: &[&str] = &["cert-nonconforming"];

pub const ROWS: &[Row] = &[
    good("public, 398 days, issued before 2026-03-15", || {
        public("20260314235959", "20270416235958").at("2026-03-20T00:00:00Z")
    }),
    row("public, a second beyond 398 days", TOO_LONG, SAME, || {
        public("20260314235959", "20270416235959").at("2026-03-20T00:00:00Z")
    }),
    good("public, 200 days, issued on 2026-03-15", || {
        public("20260315000000", "20260930235959").at("2026-03-20T00:00:00Z")
    }),
    row("public, a second beyond 200 days", TOO_LONG, SAME, || {
        public("20260315000000", "20261001000000").at("2026-03-20T00:00:00Z")
    }),
    good("public, 200 days, issued before 2027-03-15", || {
        public("20270314235959", "20270930235958").at("2027-03-20T00:00:00Z")
    }),
    row(
        "public, 200 days, issued on 2027-03-15",
        TOO_LONG,
        SAME,
        || public("20270315000000", "20270930235959").at("2027-03-20T00:00:00Z"),
    ),
    good("public, 100 days, issued on 2027-03-15", || {
        public("20270315000000", "20270622235959").at("2027-03-20T00:00:00Z")
    }),
    row("public, a second beyond 100 days", TOO_LONG, SAME, || {
        public("20270315000000", "20270623000000").at("2027-03-20T00:00:00Z")
    }),
    good("public, 100 days, issued before 2029-03-15", || {
        public("20290314235959", "20290622235958").at("2029-03-20T00:00:00Z")
    }),
    row(
        "public, 100 days, issued on 2029-03-15",
        TOO_LONG,
        SAME,
        || public("20290315000000", "20290622235959").at("2029-03-20T00:00:00Z"),
    ),
    good("public, 47 days, issued on 2029-03-15", || {
        public("20290315000000", "20290430235959").at("2029-03-20T00:00:00Z")
    }),
    row("public, a second beyond 47 days", TOO_LONG, SAME, || {
        public("20290315000000", "20290501000000").at("2029-03-20T00:00:00Z")
    }),
    row("public, ten years", TOO_LONG, SAME, || {
        public("20250101000000", "20350101000000")
    }),
    row(
        "public, and ended for long",
        &["cert-expired", "cert-validity-too-long"],
        SAME,
        || public("20200101000000", "20250101000000"),
    ),
    // Nobody's promise binds a chain that does not hold.
    row(
        "ten years under a public root that is not trusted",
        &["cert-untrusted"],
        SAME,
        || {
            let leaf = leaf().dated("20250101000000", "20350101000000");
            sends(&[&leaf.by(&ROOT), &ROOT.der])
                .trusting(&[&STRANGER.der])
                .public()
        },
    ),
    row("public, with secp256k1", PRIVATE_KIND, SAME, || {
        keyed("secp256k1")
    }),
    row("public, with Ed448", PRIVATE_KIND, SAME, || keyed("ed448")),
    row("public, with RSA of odd size", PRIVATE_KIND, SAME, || {
        keyed("rsa-2052")
    }),
    good("public, with RSA 3072", || keyed("rsa-3072")),
    good("public, under an intermediate with P-384", || {
        let between = Recipe::authority("Public CA").authority_by(&ROOT, Kind::P384);
        sends(&[
            &leaf()
                .dated("20260401000000", "20260930000000")
                .by(&between),
            &between.der,
        ])
        .public()
    }),
];

fn public(from: &str, until: &str) -> Made {
    usual(&leaf().dated(from, until)).public()
}

fn keyed(name: &str) -> Made {
    let leaf = leaf().dated("20260401000000", "20260930000000");
    usual(&leaf.key(file(&format!("key-{name}")))).public()
}
