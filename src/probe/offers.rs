//! What our own hellos offer.

use crate::model::{Depth, Hello, NamedGroup, SignatureScheme, Suite, SuiteTraits, TlsVersion};

/// The most suites in one hello: servers are known that read no more than 128, and refuse what is
/// longer. The signals for renegotiation and fallback stand among them on the wire.
pub const MOST_SUITES: usize = 126;

/// The most suites in a hello for servers that choke on more.
pub const MOST_SUITES_BARE: usize = 64;

/// Signature schemes, the strong ones first: a server that then takes an old one prefers it.
const SCHEMES: [u16; 22] = [
    0x0804, 0x0403, 0x0401, 0x0805, 0x0503, 0x0501, 0x0806, 0x0603, 0x0601, 0x0807, 0x0808, 0x0809,
    0x080a, 0x080b, 0x0708, 0x0402, 0x0301, 0x0303, 0x0203, 0x0201, 0x0202, 0x0101,
];

/// Curves up to TLS 1.2, the usual ones first. Groups over finite fields are left out: a server
/// that knows RFC 7919 and sees one takes it, and so hides the prime that older clients get.
const CURVES: [u16; 30] = [
    0x001d, 0x0017, 0x0018, 0x0019, 0x001e, 0x001a, 0x001b, 0x001c, 0x0016, 0x000d, 0x000e, 0x000b,
    0x000c, 0x0009, 0x000a, 0x0015, 0x0014, 0x0013, 0x0012, 0x0011, 0x0010, 0x000f, 0x0008, 0x0007,
    0x0006, 0x0005, 0x0004, 0x0003, 0x0002, 0x0001,
];

/// Curves whose field has fewer bits than any current profile takes.
fn is_small(group: NamedGroup) -> bool {
    group.bits().is_some_and(|bits| bits < 224)
}

/// The suites that a server can pick at `version` and that are asked about at `depth`: those that
/// no server can be made to pick with certificates as they exist only where everything is asked.
/// Weak ones come first: a server that follows the client's order then shows its worst. Anonymous ones
/// come last: GnuTLS picks one though it has no credentials for it, and then refuses the whole hello.
pub fn suites(version: TlsVersion, depth: Depth) -> Vec<Suite> {
    let mut suites: Vec<Suite> = Suite::all()
        .filter(|suite| depth == Depth::Deep || suite.in_use() || version == TlsVersion::TLCP)
        .filter(|suite| {
            suite
                .traits()
                .is_some_and(|traits| traits.usable_at(version))
        })
        .collect();
    suites.sort_by_key(|suite| (!suite.in_use(), suite.traits().map(strength)));
    suites
}

fn strength(traits: &'static SuiteTraits) -> (bool, bool, bool, bool, bool) {
    (
        traits.anonymous,
        !traits.insecure(),
        !traits.weak(),
        traits.forward_secret(),
        traits.modern(),
    )
}

/// A hello up to `highest` that offers these suites, and everything else that a server of that age
/// may want.
pub fn hello(highest: TlsVersion, suites: Vec<Suite>, named: bool) -> Hello {
    let curves = match highest {
        TlsVersion::SSL_2_0 | TlsVersion::SSL_3_0 | TlsVersion::TLCP => Vec::new(),
        TlsVersion::TLS_1_3 => NamedGroup::OF_TLS_1_3.to_vec(),
        _ => CURVES.map(NamedGroup).to_vec(),
    };
    let schemes = match highest {
        TlsVersion::TLS_1_2 | TlsVersion::TLS_1_3 => SCHEMES.map(SignatureScheme).to_vec(),
        _ => Vec::new(),
    };
    Hello {
        highest,
        suites,
        groups: curves,
        schemes,
        alpn: Vec::new(),
        // Neither SSL 3.0 nor GB/T 38636 has one, and GmSSL refuses it in TLCP.
        name: named && highest > TlsVersion::SSL_3_0,
        compression: (TlsVersion::SSL_3_0..TlsVersion::TLS_1_3).contains(&highest),
        fallback: false,
        bare: false,
    }
}

/// The same hello with the small curves alone.
pub fn with_small_curves(mut hello: Hello) -> Hello {
    hello.groups.retain(|group| is_small(*group));
    hello
}

/// Whether a hello offers small curves and no other, so that a refusal is about them.
pub fn only_small_curves(hello: &Hello) -> bool {
    !hello.groups.is_empty() && hello.groups.iter().all(|group| is_small(*group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_suites_come_first_and_anonymous_ones_last() {
        let all = suites(TlsVersion::TLS_1_2, Depth::Deep);
        let traits = |suite: &Suite| *suite.traits().expect("a suite with a name");
        assert!(traits(&all[0]).insecure());
        assert!(all[0].in_use() && !all[all.len() - 1].in_use());
        assert!(all.len() > MOST_SUITES);
        let usual = suites(TlsVersion::TLS_1_2, Depth::Standard);
        assert!(usual.iter().all(|suite| suite.in_use()));
        assert!(traits(&usual[usual.len() - 1]).anonymous);
        assert!(suites(TlsVersion::TLS_1_1, Depth::Deep).len() <= MOST_SUITES);
    }

    #[test]
    fn a_hello_holds_what_its_version_knows() {
        let of = |version| hello(version, suites(version, Depth::Standard), true);
        let ssl3 = of(TlsVersion::SSL_3_0);
        assert!(!of(TlsVersion::TLCP).name);
        assert!(!ssl3.name && ssl3.groups.is_empty() && ssl3.schemes.is_empty());
        let tls12 = of(TlsVersion::TLS_1_2);
        assert!(tls12.name && tls12.compression);
        assert!(tls12.groups.iter().all(|group| !group.finite_field()));
        let tls13 = of(TlsVersion::TLS_1_3);
        assert!(!tls13.compression && tls13.groups[0].post_quantum());
        assert_eq!(with_small_curves(tls12).groups.len(), 10);
    }
}
