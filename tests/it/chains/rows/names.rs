//! Certificates for other names.

use super::super::der::{name, oid, sequence, value};
use super::super::made::{HOST, Made, Row, SAME, leaf, row, under, usual};
use super::super::recipe::Recipe;

const COMMON_NAME: &str = "the common name never counts (RFC 9525 §2); OpenSSL takes it where there \
     is no DNS name";
const PARTIAL: &str = "a wildcard is a whole label (RFC 9525 §6.3); OpenSSL takes a part of one";
const COMMON_NAME_BOUND: &str = "a common name that is a host's is bound as well; OpenSSL binds it only \
     where there is no DNS name";
const SUFFIXES: &str = "a wildcard over names of many owners; OpenSSL does not know \
     the public suffixes";
const DIRECTORIES: &str = "webpki, and so clients built on it, refuses every constraint on directory \
     names; OpenSSL compares them";
const MISMATCH: &[&str] = &["cert-name-mismatch"];

pub const ROWS: &[Row] = &[
    row("another name", MISMATCH, SAME, || {
        usual(&Recipe::leaf(&["imap.example.com"]))
    }),
    row("another domain", MISMATCH, SAME, || {
        usual(&Recipe::leaf(&["mail.example.org"]))
    }),
    row("the domain only", MISMATCH, SAME, || {
        usual(&Recipe::leaf(&["example.com"]))
    }),
    row("a wildcard two labels up", MISMATCH, SAME, || {
        usual(&Recipe::leaf(&["*.example.com"])).for_host("a.mail.example.com")
    }),
    row("a wildcard for its parent", MISMATCH, SAME, || {
        usual(&Recipe::leaf(&["*.example.com"])).for_host("example.com")
    }),
    row(
        "a wildcard in a part of a label",
        &["cert-name-mismatch", "cert-nonconforming"],
        PARTIAL,
        || usual(&Recipe::leaf(&["m*.example.com"])),
    ),
    row(
        "a wildcard in the middle",
        &["cert-name-mismatch", "cert-nonconforming"],
        SAME,
        || usual(&Recipe::leaf(&["mail.*.com"])),
    ),
    row(
        "a wildcard below a top-level domain",
        &["cert-name-mismatch", "cert-nonconforming"],
        SAME,
        || usual(&Recipe::leaf(&["*.com"])).for_host("example.com"),
    ),
    row(
        "a wildcard below a public suffix",
        &["cert-nonconforming"],
        SUFFIXES,
        || usual(&Recipe::leaf(&["*.co.uk"])).for_host("example.co.uk"),
    ),
    row("a name for an address", MISMATCH, SAME, || {
        usual(&leaf()).for_host("192.0.2.7")
    }),
    row("another address", MISMATCH, SAME, || {
        usual(&Recipe::leaf(&["192.0.2.8"])).for_host("192.0.2.7")
    }),
    row(
        "an address written as a name",
        &["cert-name-mismatch"],
        SAME,
        || {
            let names = value(0x82, b"192.0.2.7");
            usual(&leaf().subject(&["O=Example"]).general_names(false, &names))
                .for_host("192.0.2.7")
        },
    ),
    row(
        "a NUL in the name",
        &["cert-name-mismatch", "cert-nonconforming"],
        SAME,
        || dns(b"mail.example.com\0.evil.example"),
    ),
    row(
        "a name with a dot at its end",
        &["cert-name-mismatch", "cert-nonconforming"],
        SAME,
        || dns(b"mail.example.com."),
    ),
    row(
        "a name with a space before it",
        &["cert-name-mismatch", "cert-nonconforming"],
        SAME,
        || dns(b" mail.example.com"),
    ),
    row(
        "a U-label in place of an A-label",
        &["cert-name-mismatch", "cert-nonconforming"],
        SAME,
        || dns("中文.example".as_bytes()).for_host("中文.example"),
    ),
    row(
        "the name in the common name only",
        &["cert-no-san"],
        COMMON_NAME,
        || usual(&Recipe::leaf(&[]).subject(&["O=Example", "CN=mail.example.com"])),
    ),
    row(
        "the name in the common name, others as alternatives",
        &["cert-name-mismatch", "cert-no-san/common-name-not-listed"],
        SAME,
        || usual(&Recipe::leaf(&["imap.example.com"]).subject(&["CN=mail.example.com"])),
    ),
    row(
        "another common name than the alternatives",
        &["cert-no-san/common-name-not-listed"],
        SAME,
        || usual(&leaf().subject(&["CN=old.example.com"])),
    ),
    row("a mail address only", &["cert-no-san"], SAME, || {
        let leaf = leaf().subject(&["O=Example"]);
        usual(&leaf.general_names(false, &value(0x81, b"mail@example.com")))
    }),
    row("a URI only", &["cert-no-san"], SAME, || {
        let leaf = leaf().subject(&["O=Example"]);
        usual(&leaf.general_names(false, &value(0x86, b"imaps://mail.example.com/")))
    }),
    row("an SRV name only", &["cert-no-san"], SAME, || {
        let service = sequence(&[
            &oid("1.3.6.1.5.5.7.8.7"),
            &value(0xa0, &value(22, b"_imaps.example.com")),
        ]);
        let leaf = leaf().subject(&["O=Example"]);
        usual(&leaf.general_names(false, &value(0xa0, &service[2..])))
    }),
    row(
        "a name that the issuer may not certify",
        &["cert-name-constraint"],
        SAME,
        || bound(&[value(0x82, b"example.org")], &[], &leaf()),
    ),
    row(
        "a name that is kept from the issuer",
        &["cert-name-constraint"],
        SAME,
        || bound(&[], &[value(0x82, b"mail.example.com")], &leaf()),
    ),
    row(
        "a wildcard over a name that is kept from the issuer",
        &["cert-name-constraint"],
        SAME,
        || {
            let leaf = Recipe::leaf(&["*.example.com"]);
            bound(&[], &[value(0x82, b"example.com")], &leaf)
        },
    ),
    row(
        "one of two names that the issuer may not certify",
        &["cert-name-constraint"],
        SAME,
        || {
            let leaf = Recipe::leaf(&[HOST, "mail.example.org"]);
            bound(&[value(0x82, b"example.com")], &[], &leaf)
        },
    ),
    row(
        "an address that the issuer may not certify",
        &["cert-name-constraint"],
        SAME,
        || {
            let permitted = value(0x87, &[198, 51, 100, 0, 255, 255, 255, 0]);
            let leaf = Recipe::leaf(&["192.0.2.7"]);
            bound(&[permitted], &[], &leaf).for_host("192.0.2.7")
        },
    ),
    row(
        "a mail address that the issuer may not certify",
        &["cert-name-constraint"],
        SAME,
        || {
            let names = [
                value(0x82, HOST.as_bytes()),
                value(0x81, b"anna@example.org"),
            ];
            let leaf = leaf().general_names(false, &names.concat());
            bound(&[value(0x81, b"example.com")], &[], &leaf)
        },
    ),
    row(
        "a common name that the issuer may not certify",
        &["cert-name-constraint", "cert-no-san/common-name-not-listed"],
        COMMON_NAME_BOUND,
        || {
            let leaf = leaf().subject(&["CN=mail.example.org"]);
            bound(&[value(0x82, b"example.com")], &[], &leaf)
        },
    ),
    row(
        "constraints on directory names, met",
        &["cert-untrusted/broken"],
        DIRECTORIES,
        || {
            let permitted = value(0xa4, &name(&["O=Example"]));
            bound(&[permitted], &[], &leaf())
        },
    ),
];

fn dns(octets: &[u8]) -> Made {
    let leaf = leaf().subject(&["O=Example"]);
    usual(&leaf.general_names(false, &value(0x82, octets)))
}

/// The leaf under an issuer with these constraints.
fn bound(permitted: &[Vec<u8>], excluded: &[Vec<u8>], leaf: &Recipe) -> Made {
    under(
        &Recipe::authority("Bound CA").constrained(permitted, excluded),
        leaf,
    )
}
