//! Chains out of their time.

use super::super::keys::Kind;
use super::super::made::{BETWEEN, ROOT, Row, SAME, STRANGER, leaf, row, sends, under, usual};
use super::super::recipe::Recipe;

const LAST_SECOND: &str = "the last second counts (RFC 5280 §4.1.2.5); OpenSSL 3.0 leaves it out";

pub const ROWS: &[Row] = &[
    row(
        "a trusted root that has ended",
        &["cert-intermediate-expired"],
        SAME,
        || {
            let ended = Recipe::authority("Ended Root").dated("20100101000000", "20250101000000");
            let root = ended.alone(Kind::P256);
            sends(&[&leaf().by(&root)]).trusting(&[&root.der])
        },
    ),
    row("expired", &["cert-expired"], SAME, || {
        usual(&leaf()).at("2026-11-01T00:00:00Z")
    }),
    row("expired for a second", &["cert-expired"], SAME, || {
        usual(&leaf()).at("2026-10-01T00:00:01Z")
    }),
    row(
        "the last second",
        &["cert-expiring/urgent"],
        LAST_SECOND,
        || usual(&leaf()).at("2026-10-01T00:00:00Z"),
    ),
    row("not yet valid", &["cert-not-yet-valid"], SAME, || {
        usual(&leaf()).at("2026-03-31T23:59:59Z")
    }),
    row("ends in twenty days", &["cert-expiring"], SAME, || {
        usual(&leaf()).at("2026-09-11T00:00:00Z")
    }),
    row("ends in five days", &["cert-expiring/urgent"], SAME, || {
        usual(&leaf()).at("2026-09-26T00:00:00Z")
    }),
    row(
        "the intermediate has ended",
        &["cert-intermediate-expired"],
        SAME,
        || {
            let ended = Recipe::authority("Ended CA").dated("20200101000000", "20260501000000");
            under(&ended, &leaf())
        },
    ),
    row(
        "the intermediate has not begun",
        &["cert-intermediate-expired/not-yet-valid"],
        SAME,
        || {
            let early = Recipe::authority("Early CA").dated("20260701000000", "20300101000000");
            under(&early, &leaf())
        },
    ),
    row(
        "the upper of two intermediates has ended",
        &["cert-intermediate-expired"],
        SAME,
        || {
            let upper = Recipe::authority("Upper CA")
                .dated("20200101000000", "20260501000000")
                .authority_by(&ROOT, Kind::P256);
            let lower = Recipe::authority("Lower CA").authority_by(&upper, Kind::P256);
            sends(&[&leaf().by(&lower), &lower.der, &upper.der])
        },
    ),
    row(
        "leaf and intermediate have ended",
        &["cert-expired"],
        SAME,
        || {
            let ended = Recipe::authority("Ended CA").dated("20200101000000", "20260501000000");
            under(&ended, &leaf().dated("20250101000000", "20260401000000"))
        },
    ),
    row(
        "ended, and under a root that is not trusted",
        &["cert-expired", "cert-untrusted"],
        SAME,
        || {
            sends(&[&leaf().by(&BETWEEN), &BETWEEN.der, &ROOT.der])
                .trusting(&[&STRANGER.der])
                .at("2026-11-01T00:00:00Z")
        },
    ),
    row(
        "ends before it begins",
        &["cert-expired", "cert-untrusted/broken"],
        SAME,
        || usual(&leaf().dated("20260501000000", "20260401000000")),
    ),
];
