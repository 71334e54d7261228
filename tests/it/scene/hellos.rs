//! What a server answers to our own hellos, told in a few words: `hello 1.1 alert 70`, `hello 1.2-rest
//! picks TLS_RSA_WITH_AES_128_CBC_SHA`, `hello ssl2 kinds 010080`.
//!
//! `hello WHAT ANSWER`. WHAT is `ssl2`, `tlcp`, or the highest version, alone with every suite in use, or
//! with a class of them behind a dash: `modern`, `rest` (what is not), `chacha20`, `insecure`, `weak`, `static`, `dhe`, `forward` (older forward secrecy),
//! `aead` (older AEAD), `hybrid` (every suite, hybrid groups alone), `fallback` (every suite, and the
//! fallback signal), `alpn` (every suite, and a protocol of mail), `bare` (no extension but groups), `half` and `other-half`. ANSWER is `alert N`, `hangs-up`, a gap such as `throttled`, or
//! `picks [VERSION] SUITE` and what is remarkable about it.

use mailfleet::model::*;

use super::cause;

/// `WHAT ANSWER`, as above.
pub fn asked(words: &str) -> AskedHello {
    let (what, answer) = words.split_once(' ').expect("WHAT ANSWER");
    let hello = hello(what);
    let (verb, rest) = answer.split_once(' ').unwrap_or((answer, ""));
    let seen = |answer| Fact::Seen(answer);
    let answer = match verb {
        "alert" => seen(HelloAnswer::Refused(Refusal::Alert(
            rest.parse().expect("an alert"),
        ))),
        "hangs-up" => seen(HelloAnswer::Refused(Refusal::HungUp(HungUp::Closed))),
        "kinds" => seen(HelloAnswer::Ssl2(Ssl2Agreed {
            kinds: rest.split(' ').map(hexadecimal).collect(),
            chain: Vec::new(),
        })),
        "picks" => seen(HelloAnswer::Agreed(Box::new(agreed(&hello, rest)))),
        _ => Fact::Unknown(Gap::new(
            Phase::Handshake,
            cause(answer).unwrap_or_else(|| panic!("no server answers `{answer}`")),
        )),
    };
    AskedHello { hello, answer }
}

/// What a hello offers, by its word above.
pub fn hello(what: &str) -> Hello {
    let (version, class) = what.split_once('-').unwrap_or((what, ""));
    let highest = match version {
        "ssl2" => TlsVersion::SSL_2_0,
        "tlcp" => TlsVersion::TLCP,
        "ssl3" => TlsVersion::SSL_3_0,
        other => TlsVersion(0x0300 | super::minor(other)),
    };
    let of_class = |suite: &Suite| {
        let traits = suite.traits().expect("a suite with a name");
        traits.usable_at(highest)
            && match class {
                "" | "hybrid" | "fallback" | "bare" | "alpn" => suite.in_use() || traits.tlcp,
                "half" => suite.in_use() && suite.0.is_multiple_of(2),
                "other-half" => suite.in_use() && !suite.0.is_multiple_of(2),
                "modern" => suite.in_use() && traits.modern(),
                "rest" => suite.in_use() && !traits.modern(),
                "insecure" => suite.in_use() && traits.insecure(),
                "weak" => suite.in_use() && traits.weak(),
                "static" => suite.in_use() && traits.static_key(),
                "chacha20" => suite.in_use() && traits.encryption == Encryption::ChaCha20,
                "dhe" => suite.in_use() && traits.ephemeral_finite_field(),
                "forward" => suite.in_use() && traits.forward_secret() && !traits.modern(),
                "aead" => suite.in_use() && traits.aead && !traits.modern(),
                other => panic!("no hello offers `{other}`"),
            }
    };
    let groups = match class {
        "hybrid" => NamedGroup::POST_QUANTUM.to_vec(),
        _ if highest < TlsVersion::TLS_1_0 => Vec::new(),
        _ => [0x001d, 0x0017, 0x0018, 0x0019].map(NamedGroup).to_vec(),
    };
    let schemes = match highest {
        _ if class == "bare" => Vec::new(),
        TlsVersion::TLS_1_2 | TlsVersion::TLS_1_3 => [0x0804, 0x0401, 0x0201].to_vec(),
        _ => Vec::new(),
    };
    Hello {
        highest,
        suites: Suite::all().filter(of_class).collect(),
        groups,
        schemes: schemes.into_iter().map(SignatureScheme).collect(),
        alpn: match class {
            "alpn" => vec!["imap".to_owned()],
            _ => Vec::new(),
        },
        name: true,
        compression: class != "bare" && highest < TlsVersion::TLS_1_3,
        fallback: class == "fallback",
        bare: class == "bare",
    }
}

/// `[VERSION] SUITE`, and then any of `compressed`, `unbound` (no renegotiation_info),
/// `no-master-secret`, `dh BITS`, `shared-dh BITS`, `group NUMBER`, `curve BITS`, `rsa BITS`, `scheme
/// NUMBER`, `lost` (the key exchange), `wants-certificate`, `imap` (its choice of the protocols).
fn agreed(hello: &Hello, words: &str) -> Agreed {
    let mut words = words.split(' ').peekable();
    let version = words
        .next_if(|word| word.starts_with(|c: char| c.is_ascii_digit()) || *word == "ssl3")
        .map_or(hello.highest, |word| match word {
            "ssl3" => TlsVersion::SSL_3_0,
            other => TlsVersion(0x0300 | super::minor(other)),
        });
    let name = words.next().expect("a suite");
    let suite = Suite::all().find(|suite| suite.name() == Some(name));
    let suite = suite.unwrap_or_else(|| panic!("there is no suite {name}"));
    let mut agreed = Agreed {
        version,
        suite,
        compression: 0,
        extensions: vec![0xff01, 23],
        retry: version == TlsVersion::TLS_1_3,
        alpn: None,
        key_exchange: Fact::Seen(key_exchange(suite)),
        chain: Fact::Seen(Vec::new()),
        staple: None,
        timestamps: None,
        client_certificate: Fact::Seen(false),
    };
    while let Some(word) = words.next() {
        let mut number = || words.next().expect("a number").parse().expect("a number");
        match word {
            "compressed" => agreed.compression = 1,
            "unbound" => agreed.extensions.retain(|one| *one != 0xff01),
            "no-master-secret" => agreed.extensions.retain(|one| *one != 23),
            "dh" => agreed.key_exchange = Fact::Seen(finite_field(number(), None)),
            "shared-dh" => {
                let known = Some("RFC 2409 group 2".to_owned());
                agreed.key_exchange = Fact::Seen(finite_field(number(), known));
            }
            "curve" => {
                let bits = Some(number());
                agreed.key_exchange = Fact::Seen(KeyExchange::ExplicitCurve { bits });
            }
            "rsa" => {
                agreed.key_exchange = Fact::Seen(KeyExchange::TemporaryRsa { bits: number() });
            }
            "group" => {
                let group = NamedGroup(hexadecimal(words.next().expect("a group")));
                agreed.key_exchange = Fact::Seen(in_group(group, None));
            }
            "scheme" => {
                let scheme = SignatureScheme(hexadecimal(words.next().expect("a scheme")));
                agreed.key_exchange = Fact::Seen(in_group(NamedGroup(0x0017), Some(scheme)));
            }
            "lost" => {
                agreed.key_exchange = Fact::Unknown(Gap::new(Phase::Handshake, Cause::Closed));
            }
            "wants-certificate" => agreed.client_certificate = Fact::Seen(true),
            "imap" => agreed.alpn = Some(Raw::from(&b"imap"[..])),
            other => panic!("no server is `{other}`"),
        }
    }
    agreed
}

/// How keys are agreed on with a suite by a server that takes care.
pub fn key_exchange(suite: Suite) -> KeyExchange {
    let traits = suite.traits().expect("a suite with a name");
    match traits.agreement {
        KeyAgreement::Dhe => finite_field(2048, None),
        KeyAgreement::Ecdhe | KeyAgreement::Tls13 => in_group(NamedGroup(0x0017), None),
        _ => KeyExchange::Certificate,
    }
}

fn finite_field(bits: u16, known: Option<String>) -> KeyExchange {
    KeyExchange::FiniteField {
        bits,
        known,
        scheme: Some(SignatureScheme(0x0804)),
    }
}

fn in_group(group: NamedGroup, scheme: Option<SignatureScheme>) -> KeyExchange {
    KeyExchange::Group { group, scheme }
}

fn hexadecimal<T: TryFrom<u32>>(digits: &str) -> T {
    let number = u32::from_str_radix(digits, 16).expect("hexadecimal digits");
    T::try_from(number).unwrap_or_else(|_| panic!("{digits} is too large"))
}
