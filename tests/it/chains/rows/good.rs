//! Chains in which nothing is to be found.

use super::super::der::{oid, sequence, value};
use super::super::keys::{Key, Kind};
use super::super::made::{
    BETWEEN, HOST, Made, ROOT, Row, STRANGER, file, files, good, leaf, long, sends, under, usual,
};
use super::super::recipe::{
    ALTERNATIVE_NAME, ANY, CLIENT, EXTENDED_KEY_USAGE, KEY_USAGE, Recipe, SERVER,
};
use super::super::staple;

pub const ROWS: &[Row] = &[
    good("leaf and intermediate", || usual(&leaf())),
    good("leaf of the root itself", || sends(&[&leaf().by(&ROOT)])),
    good("three certificates", || long(3)),
    good("four certificates", || long(4)),
    good("five certificates", || long(5)),
    good("six certificates", || long(6)),
    good("leaf with RSA 2048", || keyed(&file("key-rsa-2048"))),
    good("leaf with RSA 3072", || keyed(&file("key-rsa-3072"))),
    good("leaf with RSA 4096", || keyed(&file("key-rsa-4096"))),
    good("leaf with P-384", || keyed(&Key::new(Kind::P384).public)),
    good("leaf with P-521", || keyed(&Key::new(Kind::P521).public)),
    good("signed with RSA and SHA-256", || signed(Kind::Rsa)),
    good("signed with RSA and SHA-384", || signed(Kind::RsaSha384)),
    good("signed with RSA and SHA-512", || signed(Kind::RsaSha512)),
    good("signed with RSA-PSS", || signed(Kind::RsaPss)),
    good("signed with P-384", || signed(Kind::P384)),
    good("signed with P-521", || signed(Kind::P521)),
    good("signed with Ed25519", || signed(Kind::Ed25519)),
    good("a root that signed itself with SHA-1", || {
        files(&["leaf-of-root-sha1", "root-sha1"])
    }),
    good("a root that signed itself with MD5", || {
        files(&["leaf-of-root-md5", "root-md5"])
    }),
    good("a root of version 1", || {
        let root = Recipe::authority("Old Root")
            .version(None)
            .alone(Kind::P256);
        sends(&[&leaf().by(&root)]).trusting(&[&root.der])
    }),
    good("an intermediate that is trusted itself", || {
        usual(&leaf()).trusting(&[&BETWEEN.der])
    }),
    good("one's own certificate, trusted itself", || {
        let own = leaf().alone(Kind::P256).der;
        sends(&[&own]).trusting(&[&own])
    }),
    good("several roots trusted", || {
        usual(&leaf()).trusting(&[&STRANGER.der, &ROOT.der])
    }),
    good("the root cross-signed by one that is not trusted", || {
        let cross = Recipe::authority("Table Root").key(ROOT.public().to_vec());
        sends(&[&leaf().by(&BETWEEN), &BETWEEN.der, &cross.by(&STRANGER)])
    }),
    good("the root cross-signed by one that is trusted too", || {
        let cross = Recipe::authority("Table Root").key(ROOT.public().to_vec());
        sends(&[&leaf().by(&BETWEEN), &BETWEEN.der, &cross.by(&STRANGER)])
            .trusting(&[&STRANGER.der])
    }),
    good("an expired cross-sign that no path needs", || {
        let cross = Recipe::authority("Table Root")
            .key(ROOT.public().to_vec())
            .dated("20200101000000", "20250101000000");
        sends(&[&leaf().by(&BETWEEN), &BETWEEN.der, &cross.by(&STRANGER)])
    }),
    good("a wildcard", || usual(&Recipe::leaf(&["*.example.com"]))),
    good("a wildcard and its parent", || {
        usual(&Recipe::leaf(&["*.example.com", "example.com"])).for_host("example.com")
    }),
    good("the second name", || {
        usual(&Recipe::leaf(&["imap.example.com", HOST]))
    }),
    good("a hundred names", || usual(&many_names(100))),
    good("capitals", || usual(&Recipe::leaf(&["MAIL.Example.COM"]))),
    good("an IDN as A-label", || {
        usual(&Recipe::leaf(&["xn--mxico-bsa.example"])).for_host("xn--mxico-bsa.example")
    }),
    good("an IDN configured as U-label", || {
        usual(&Recipe::leaf(&["xn--fiq228c.example"])).for_host("中文.example")
    }),
    good("an IPv4 address", || {
        usual(&Recipe::leaf(&["192.0.2.7"])).for_host("192.0.2.7")
    }),
    good("an IPv6 address", || {
        usual(&Recipe::leaf(&["2001:db8::1"])).for_host("2001:db8::1")
    }),
    good("a name and an address", || {
        usual(&Recipe::leaf(&[HOST, "192.0.2.7"])).for_host("192.0.2.7")
    }),
    good("an SRV name and a mail address besides", || {
        let service = sequence(&[
            &oid("1.3.6.1.5.5.7.8.7"),
            &value(0xa0, &value(22, b"_imaps.example.com")),
        ]);
        let names = [
            value(0x82, HOST.as_bytes()),
            value(0xa0, &service[2..]),
            value(0x81, b"postmaster@example.com"),
        ];
        usual(&leaf().general_names(false, &names.concat()))
    }),
    good("no subject, and critical alternative names", || {
        usual(&leaf().subject(&[]).critical(ALTERNATIVE_NAME, true))
    }),
    good("no common name", || usual(&leaf().subject(&["O=Example"]))),
    good("a title as common name", || {
        usual(&leaf().subject(&["CN=Mail service"]))
    }),
    good("without any extended key usage", || {
        usual(&leaf().without(EXTENDED_KEY_USAGE))
    }),
    good("an old intermediate of the same name besides", || {
        let old = Recipe::authority("Table Issuing CA").authority_by(&ROOT, Kind::P256);
        sends(&[&leaf().by(&BETWEEN), &BETWEEN.der, &old.der])
    }),
    good("for servers and clients", || {
        usual(&leaf().usages(&[SERVER, CLIENT]))
    }),
    good("for servers and anything", || {
        usual(&leaf().usages(&[ANY, SERVER]))
    }),
    good("without key usage", || usual(&leaf().without(KEY_USAGE))),
    good("for signatures and for keys, RSA", || {
        usual(&leaf().key(file("key-rsa-2048")).key_usage(&[0, 2]))
    }),
    good("said to be no authority", || {
        usual(&leaf().authority_bits(false, None))
    }),
    good("a path length that just suffices", || {
        under(
            &Recipe::authority("Last CA").authority_bits(true, Some(0)),
            &leaf(),
        )
    }),
    good("an intermediate for servers only", || {
        under(&Recipe::authority("Servers CA").usages(&[SERVER]), &leaf())
    }),
    good("a name that the issuer may certify", || {
        let permitted = [value(0x82, b"example.com")];
        under(
            &Recipe::authority("Bound CA").constrained(&permitted, &[]),
            &leaf(),
        )
    }),
    good("another name that the issuer may not certify", || {
        let excluded = [value(0x82, b"example.org")];
        under(
            &Recipe::authority("Bound CA").constrained(&[], &excluded),
            &leaf(),
        )
    }),
    good("an address that the issuer may certify", || {
        let permitted = [value(0x87, &[192, 0, 2, 0, 255, 255, 255, 0])];
        under(
            &Recipe::authority("Bound CA").constrained(&permitted, &[]),
            &Recipe::leaf(&["192.0.2.7"]),
        )
        .for_host("192.0.2.7")
    }),
    good("access, lists, policies and an unknown extension", || {
        let uri = |text: &[u8]| value(0x86, text);
        let method = oid("1.3.6.1.5.5.7.48.2");
        let access = sequence(&[&sequence(&[&method, &uri(b"http://ca.test/i.cer")])]);
        let names = value(0xa0, &value(0xa0, &uri(b"http://ca.test/i.crl")));
        let policy = sequence(&[&sequence(&[&oid("2.23.140.1.2.1")])]);
        let leaf = leaf()
            .with("1.3.6.1.5.5.7.1.1", false, access)
            .with("2.5.29.31", false, sequence(&[&sequence(&[&names])]))
            .with("2.5.29.32", false, policy)
            .with("1.3.6.1.4.1.55555.1", false, value(4, b"whatever"));
        usual(&leaf)
    }),
    good("ten years under a root of one's own", || {
        usual(&leaf().dated("20250101000000", "20350101000000"))
    }),
    good("an end after 2049", || {
        usual(&leaf().dated("20260401000000", "20600101000000"))
    }),
    good("no end", || {
        usual(&leaf().dated("20260401000000", "99991231235959"))
    }),
    good("the first second", || {
        usual(&leaf().dated("20260615120000", "20261001000000"))
    }),
    good("a staple that says good", || {
        let leaf = leaf();
        usual(&leaf).stapled(Some(staple::good(&leaf, &BETWEEN)))
    }),
    good("a demand for a staple, which a file cannot answer", || {
        let feature = value(0x30, &value(2, &[5]));
        usual(&leaf().with("1.3.6.1.5.5.7.1.24", false, feature))
    }),
];

fn keyed(public: &[u8]) -> Made {
    usual(&leaf().key(public.to_vec()))
}

fn signed(kind: Kind) -> Made {
    let between = Recipe::authority("Signing CA").authority_by(&ROOT, kind);
    sends(&[&leaf().by(&between), &between.der])
}

fn many_names(count: usize) -> Recipe {
    let names: Vec<String> = (0..count).map(|n| format!("h{n}.example.com")).collect();
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.push(HOST);
    Recipe::leaf(&names)
}
