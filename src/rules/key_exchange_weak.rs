//! Keys are agreed on in a way that can be broken, or proven by a hash that is.

use crate::model::{
    Agreed, Citation, Evidence, Hello, KeyExchange, NamedGroup, Severity, SignatureScheme,
    Standard, Standing, SuiteTraits, TlsVersion, Value, Verb, Verdict,
};
use crate::policy::{Policy, Thresholds};

use super::allowed::of_traits;
use super::example::{SERVER, term};
use super::{AddressCase, Answer, Check, EndpointCase, Rule, need};

/// `key-exchange-weak`: a prime, a curve or a passing RSA key below what the policy asks for. A
/// signature over the key exchange by MD5 or SHA-1 belongs here too: it is what ties the keys to the
/// certificate, its hash is the server's own choice in each handshake, and no new certificate mends it.
pub const RULE: Rule = Rule {
    id: "key-exchange-weak",
    severity: Severity::High,
    variants: &[
        ("prime", Severity::High),
        ("shared-prime", Severity::High),
        ("curve", Severity::High),
        ("explicit-curve", Severity::High),
        ("temporary-rsa", Severity::High),
        ("old-hash", Severity::Medium),
    ],
    citations: &[
        Citation::new(Standard::Rfc9325, "§4.5", Verb::Must),
        Citation::new(Standard::Rfc9155, "§4", Verb::Must),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .variant("prime")
            .with("server", term(SERVER))
            .with("bits", 1024_i64)
            .with("least", 2048_i64)
    },
};

/// What is wrong with a key exchange, worst first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Flaw {
    /// A prime of so many bits, and its name if many servers share it.
    Prime(u16, Option<String>),
    /// A curve of so many bits, and its name; `None` where it is spelled out.
    Curve(u16, Option<String>),
    /// An RSA key of so many bits, made for this.
    TemporaryRsa(u16),
    /// What signs it.
    OldHash(SignatureScheme),
}

fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    let thresholds = &policy.thresholds;
    case.each_address(|address| {
        let hellos = address.allowed().agreed();
        let of_hellos = hellos.flat_map(|(hello, agreed)| flaws(hello, agreed, thresholds));
        let session = address.visit.tls.seen().and_then(|session| session.group);
        let of_session = session.and_then(|group| small(group, thresholds));
        let Some(flaw) = of_hellos.chain(of_session).min() else {
            return no_flaw(address, thresholds);
        };
        let evidence = Evidence::new().with("server", Value::Term(case.endpoint.to_string()));
        Ok(Verdict::Violation(match flaw {
            Flaw::Prime(bits, known) => {
                let evidence = evidence
                    .with("bits", bits)
                    .with("least", thresholds.dh_bits);
                match known {
                    Some(name) => evidence
                        .variant("shared-prime")
                        .with("prime", Value::Term(name)),
                    None => evidence.variant("prime"),
                }
            }
            Flaw::Curve(bits, known) => {
                let evidence = evidence
                    .with("bits", bits)
                    .with("least", thresholds.ec_bits);
                match known {
                    Some(name) => evidence.variant("curve").with("curve", Value::Term(name)),
                    None => evidence.variant("explicit-curve"),
                }
            }
            Flaw::TemporaryRsa(bits) => evidence
                .variant("temporary-rsa")
                .with("bits", bits)
                .with("least", thresholds.rsa_bits),
            Flaw::OldHash(scheme) => evidence
                .variant("old-hash")
                .with("scheme", Value::Term(scheme.to_string())),
        }))
    })
}

/// What is wrong with the key exchange that a server agreed to. TLCP has its own rules for it.
fn flaws(hello: &Hello, agreed: &Agreed, least: &Thresholds) -> impl Iterator<Item = Flaw> {
    let seen = agreed.key_exchange.seen();
    let exchange = seen.filter(|_| agreed.version != TlsVersion::TLCP);
    let size = exchange.and_then(|exchange| match exchange {
        KeyExchange::Group { group, .. } => small(*group, least),
        KeyExchange::FiniteField { bits, known, .. } if u32::from(*bits) < least.dh_bits => {
            Some(Flaw::Prime(*bits, known.clone()))
        }
        KeyExchange::ExplicitCurve { bits: Some(bits) } if u32::from(*bits) < least.ec_bits => {
            Some(Flaw::Curve(*bits, None))
        }
        KeyExchange::TemporaryRsa { bits } if u32::from(*bits) < least.rsa_bits => {
            Some(Flaw::TemporaryRsa(*bits))
        }
        _ => None,
    });
    // A client that sends no schemes asks for SHA-1 by its silence (RFC 5246 §7.4.1.4.1).
    let scheme = exchange.and_then(KeyExchange::scheme);
    let hash = scheme.filter(|one| one.rests_on_old_hash() && !hello.schemes.is_empty());
    size.into_iter().chain(hash.map(Flaw::OldHash))
}

fn small(group: NamedGroup, least: &Thresholds) -> Option<Flaw> {
    let (bits, rated) = group.bits().zip(group.rated_bits())?;
    let name = group.to_string();
    match group.finite_field() {
        true if rated < least.dh_bits => Some(Flaw::Prime(bits, Some(name))),
        false if rated < least.ec_bits => Some(Flaw::Curve(bits, Some(name))),
        _ => None,
    }
}

/// Diffie-Hellman over a finite field, where the server chooses the prime, decides: its primes were
/// seen, or it has none. Then those groups of TLS 1.3 that the policy finds too small.
fn no_flaw(address: &AddressCase<'_>, least: &Thresholds) -> Answer {
    let by_prime = of_traits(SuiteTraits::ephemeral_finite_field);
    match address.allowed().class(&by_prime) {
        Standing::Refused => {}
        Standing::Accepted => {
            for (_, agreed) in address.allowed().agreed() {
                if by_prime(agreed.suite) {
                    need(&agreed.key_exchange)?;
                }
            }
        }
        open => return Err(address.unsaid(open)),
    }
    let too_small = |group| small(group, least).is_some();
    match address.allowed().groups_of_tls_1_3(too_small) {
        Standing::Refused | Standing::Accepted | Standing::Empty => Ok(Verdict::Compliant),
        open => Err(address.unsaid(open)),
    }
}
