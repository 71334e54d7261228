//! Chains that lead nowhere, in disorder, or astray.

use super::super::der::{oid, sequence, value};
use super::super::keys::Kind;
use super::super::made::{
    BETWEEN, Made, ROOT, Row, SAME, STRANGER, leaf, long, row, sends, under, usual,
};
use super::super::recipe::{
    ANY, BASIC_CONSTRAINTS, CLIENT, CODE, EXTENDED_KEY_USAGE, Recipe, SERVER,
};

const INCOMPLETE: &[&str] = &["cert-chain-incomplete"];
const DISORDER: &[&str] = &["cert-chain-disordered"];
const USAGE: &[&str] = &["cert-wrong-usage/purpose"];
const UNMARKED: &[&str] = &["cert-untrusted/broken", "cert-nonconforming/identity"];
const AUTHORITY: &str =
    "an authority is no server (webpki, and so clients built on it); OpenSSL lets it";
const HANDSHAKE: &str = "a handshake is signed with the key, which may not sign; OpenSSL looks at that \
     during the handshake";
const BEHIND: &str = "bytes behind a certificate are no DER; OpenSSL's PEM reader drops them";
const WORK: &str = "more roots of one name than are tried; OpenSSL has no such bound";

pub const ROWS: &[Row] = &[
    row("its own issuer", &["cert-self-signed"], SAME, || {
        sends(&[&leaf().alone(Kind::P256).der])
    }),
    row(
        "its own issuer, and an authority",
        &["cert-self-signed"],
        SAME,
        || sends(&[&leaf().authority_bits(true, None).alone(Kind::P256).der]),
    ),
    row("the intermediate is missing", INCOMPLETE, SAME, || {
        sends(&[&leaf().by(&BETWEEN)])
    }),
    row(
        "the intermediate is missing, and where it is is known",
        &["cert-chain-incomplete/address-known"],
        SAME,
        || {
            let place = value(0x86, b"http://ca.test/i.cer");
            let method = oid("1.3.6.1.5.5.7.48.2");
            let access = sequence(&[&sequence(&[&method, &place])]);
            sends(&[&leaf().with("1.3.6.1.5.5.7.1.1", false, access).by(&BETWEEN)])
        },
    ),
    row(
        "the upper of two intermediates is missing",
        INCOMPLETE,
        SAME,
        || {
            let whole = long(3);
            sends(&[&whole.chain[0], &whole.chain[1]])
        },
    ),
    row(
        "the lower of two intermediates is missing",
        &["cert-chain-incomplete", "cert-chain-disordered/strangers"],
        SAME,
        || {
            let whole = long(3);
            sends(&[&whole.chain[0], &whole.chain[2]])
        },
    ),
    row("the root was not given", INCOMPLETE, SAME, || {
        usual(&leaf()).trusting(&[&STRANGER.der])
    }),
    row("a stranger's root", &["cert-untrusted"], SAME, || {
        sends(&[&leaf().by(&STRANGER), &STRANGER.der])
    }),
    row(
        "a stranger's root above an intermediate",
        &["cert-untrusted"],
        SAME,
        || {
            let between = Recipe::authority("Far CA").authority_by(&STRANGER, Kind::P256);
            sends(&[&leaf().by(&between), &between.der, &STRANGER.der])
        },
    ),
    row(
        "a root of the same name with another key",
        &["cert-untrusted/broken"],
        SAME,
        || {
            let twin = Recipe::authority("Table Root").alone(Kind::P256);
            usual(&leaf()).trusting(&[&twin.der])
        },
    ),
    row("a forged leaf", &["cert-untrusted/broken"], SAME, || {
        usual(&leaf().forged())
    }),
    row(
        "a forged intermediate",
        &["cert-untrusted/broken"],
        SAME,
        || under(&Recipe::authority("Forged CA").forged(), &leaf()),
    ),
    row("an issuer that is no authority", UNMARKED, SAME, || {
        under(
            &Recipe::authority("No CA").authority_bits(false, None),
            &leaf(),
        )
    }),
    row(
        "an issuer that does not say that it is an authority",
        UNMARKED,
        SAME,
        || {
            under(
                &Recipe::authority("No CA").without(BASIC_CONSTRAINTS),
                &leaf(),
            )
        },
    ),
    row(
        "another server's certificate as issuer",
        UNMARKED,
        SAME,
        || under(&Recipe::leaf(&["other.example.com"]), &leaf()),
    ),
    row(
        "an issuer of version 1",
        &["cert-untrusted/broken", "cert-nonconforming"],
        SAME,
        || under(&Recipe::authority("Old CA").version(None), &leaf()),
    ),
    row(
        "an issuer whose key may sign no certificates",
        &["cert-nonconforming/identity"],
        SAME,
        || under(&Recipe::authority("Mute CA").key_usage(&[0, 6]), &leaf()),
    ),
    row(
        "more authorities than the issuer allows",
        &["cert-untrusted/broken"],
        SAME,
        || {
            let upper = Recipe::authority("Upper CA")
                .authority_bits(true, Some(0))
                .authority_by(&ROOT, Kind::P256);
            let lower = Recipe::authority("Lower CA").authority_by(&upper, Kind::P256);
            sends(&[&leaf().by(&lower), &lower.der, &upper.der])
        },
    ),
    row("for clients only", USAGE, SAME, || {
        usual(&leaf().usages(&[CLIENT]))
    }),
    row("for code only", USAGE, SAME, || {
        usual(&leaf().usages(&[CODE]))
    }),
    row(
        "for anything, servers not named",
        &["cert-untrusted/broken"],
        SAME,
        || usual(&leaf().usages(&[ANY])),
    ),
    row(
        "an intermediate for clients only",
        &["cert-untrusted/broken"],
        SAME,
        || under(&Recipe::authority("Clients CA").usages(&[CLIENT]), &leaf()),
    ),
    row(
        "an authority as the server",
        &["cert-wrong-usage/authority"],
        AUTHORITY,
        || usual(&leaf().authority_bits(true, None).key_usage(&[0, 5])),
    ),
    row(
        "a key for agreement only",
        &["cert-wrong-usage/key-usage"],
        HANDSHAKE,
        || usual(&leaf().key_usage(&[4])),
    ),
    row(
        "a key for certificates only",
        &["cert-nonconforming/identity", "cert-wrong-usage/key-usage"],
        SAME,
        || usual(&leaf().key_usage(&[5])),
    ),
    row(
        "a key for encryption only, EC",
        &["cert-wrong-usage/key-usage"],
        HANDSHAKE,
        || usual(&leaf().key_usage(&[2])),
    ),
    row("the root sent along", DISORDER, SAME, || {
        sends(&[&leaf().by(&BETWEEN), &BETWEEN.der, &ROOT.der])
    }),
    row(
        "two intermediates the wrong way round",
        DISORDER,
        SAME,
        || {
            let whole = long(3);
            sends(&[&whole.chain[0], &whole.chain[2], &whole.chain[1]])
        },
    ),
    row("a root before the intermediate", DISORDER, SAME, || {
        sends(&[&leaf().by(&BETWEEN), &ROOT.der, &BETWEEN.der])
    }),
    row("a certificate that does not belong", DISORDER, SAME, || {
        sends(&[&leaf().by(&BETWEEN), &BETWEEN.der, &STRANGER.der])
    }),
    row("another leaf besides", DISORDER, SAME, || {
        let other = Recipe::leaf(&["other.example.com"]).by(&BETWEEN);
        sends(&[&leaf().by(&BETWEEN), &other, &BETWEEN.der])
    }),
    row("the leaf twice", DISORDER, SAME, || {
        let leaf = leaf().by(&BETWEEN);
        sends(&[&leaf, &leaf, &BETWEEN.der])
    }),
    row("the intermediate twice", DISORDER, SAME, || {
        sends(&[&leaf().by(&BETWEEN), &BETWEEN.der, &BETWEEN.der])
    }),
    row(
        "the intermediate first",
        &[
            "cert-no-san",
            "cert-wrong-usage/authority",
            "cert-chain-disordered/strangers",
        ],
        SAME,
        || sends(&[&BETWEEN.der, &leaf().by(&BETWEEN)]),
    ),
    row(
        "no certificate",
        &["cert-untrusted/no-certificate"],
        SAME,
        || sends(&[]),
    ),
    row("a leaf that breaks off", &["cert-malformed"], SAME, || {
        let leaf = leaf().by(&BETWEEN);
        sends(&[&leaf[..leaf.len() - 1].to_vec(), &BETWEEN.der])
    }),
    row(
        "a leaf with something behind it",
        &["cert-malformed"],
        BEHIND,
        || {
            let leaf = leaf().by(&BETWEEN);
            sends(&[&[leaf.as_slice(), &[0]].concat(), &BETWEEN.der])
        },
    ),
    row(
        "an issuer that breaks off",
        &["cert-malformed", "cert-chain-incomplete"],
        SAME,
        || {
            let cut = BETWEEN.der[..BETWEEN.der.len() - 1].to_vec();
            sends(&[&leaf().by(&BETWEEN), &cut])
        },
    ),
    row(
        "bytes that are no certificate besides",
        &["cert-malformed/unused"],
        SAME,
        || {
            sends(&[
                &leaf().by(&BETWEEN),
                &BETWEEN.der,
                &b"no certificate".to_vec(),
            ])
        },
    ),
    row("an extension twice", &["cert-malformed"], SAME, || {
        let again = sequence(&[&oid(SERVER)]);
        usual(&leaf().again(EXTENDED_KEY_USAGE, false, again))
    }),
    row(
        "alternative names that do not parse",
        &["cert-malformed"],
        SAME,
        || usual(&leaf().with("2.5.29.17", false, vec![0x30, 0x05, 0x82, 0x01])),
    ),
    row(
        "a hundred and fifty roots of one name",
        &[],
        WORK,
        many_roots,
    ),
];

/// The right root is the last.
fn many_roots() -> Made {
    let twin = || Recipe::authority("Many Root").alone(Kind::P256);
    let right = twin();
    let twins: Vec<_> = (0..150).map(|_| twin().der).collect();
    let roots: Vec<&Vec<u8>> = twins.iter().chain([&right.der]).collect();
    sends(&[&leaf().by(&right)]).trusting(&roots)
}
