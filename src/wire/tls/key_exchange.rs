//! The ServerKeyExchange message: how keys are agreed on before TLS 1.3.

use super::codec::{Reader, whole};
use super::primes;
use crate::model::{KeyAgreement, KeyExchange, NamedGroup, SignatureScheme, Suite, TlsVersion};

const EXPLICIT_PRIME: u8 = 1;
const EXPLICIT_CHAR2: u8 = 2;
const NAMED_CURVE: u8 = 3;

/// What a ServerKeyExchange says depends on the suite.
#[derive(Clone, Copy)]
enum Form {
    /// A point on a curve (RFC 8422 §5.4).
    Curve,
    /// A finite field and a number in it (RFC 5246 §7.4.3).
    FiniteField,
    /// An RSA key (RFC 2246 §7.4.3).
    Rsa,
    /// A signature alone: that of TLCP, over the certificate that encrypts (GB/T 38636).
    Signature,
}

impl Form {
    /// The form that goes with a suite, if it has one that is known here.
    fn of(suite: Suite) -> Option<Form> {
        let traits = suite.traits()?;
        match traits.agreement {
            KeyAgreement::Ecdhe => Some(Form::Curve),
            _ if traits.tlcp => Some(Form::Signature),
            KeyAgreement::Ecdh if traits.anonymous => Some(Form::Curve),
            KeyAgreement::Dhe => Some(Form::FiniteField),
            KeyAgreement::Dh if traits.anonymous => Some(Form::FiniteField),
            // Export suites have it by their rules, some servers send it with others too.
            KeyAgreement::Rsa => Some(Form::Rsa),
            _ => None,
        }
    }
}

/// Whether a server that chose this suite must send the message.
pub fn is_due(suite: Suite) -> bool {
    matches!(Form::of(suite), Some(Form::Curve | Form::FiniteField))
}

/// Reads the body of the message; `None` where it does not have the form that goes with the suite.
pub fn read(body: &[u8], suite: Suite, version: TlsVersion) -> Option<KeyExchange> {
    let form = Form::of(suite)?;
    let signing = Signing {
        anonymous: suite.traits().is_some_and(|traits| traits.anonymous),
        with_scheme: version >= TlsVersion::TLS_1_2,
    };
    whole(body, |reader| match form {
        Form::Curve => curve(reader, signing),
        Form::FiniteField => finite_field(reader, signing),
        Form::Rsa => {
            let bits = bits(reader.vector16()?)?;
            reader.vector16()?;
            signing.read(reader)?;
            Some(KeyExchange::TemporaryRsa { bits })
        }
        Form::Signature => {
            signing.read(reader)?;
            Some(KeyExchange::Certificate)
        }
    })
}

fn curve(reader: &mut Reader<'_>, signing: Signing) -> Option<KeyExchange> {
    match reader.u8()? {
        NAMED_CURVE => {
            let group = NamedGroup(reader.u16()?);
            reader.vector8()?;
            let scheme = signing.read(reader)?;
            Some(KeyExchange::Group { group, scheme })
        }
        kind @ (EXPLICIT_PRIME | EXPLICIT_CHAR2) => {
            let bits = match kind {
                EXPLICIT_PRIME => reader.vector8().and_then(bits),
                _ => reader.u16(),
            };
            // How the curve goes on tells nothing that is asked.
            reader.bytes(reader.rest().len())?;
            Some(KeyExchange::ExplicitCurve { bits })
        }
        _ => None,
    }
}

fn finite_field(reader: &mut Reader<'_>, signing: Signing) -> Option<KeyExchange> {
    let prime = reader.vector16()?;
    let [_generator, _public] = [reader.vector16()?, reader.vector16()?];
    let scheme = signing.read(reader)?;
    let prime = without_zeros(prime);
    Some(KeyExchange::FiniteField {
        bits: bits(prime)?,
        known: primes::name(prime).map(str::to_owned),
        scheme,
    })
}

/// How the message is signed.
#[derive(Clone, Copy)]
struct Signing {
    /// Not at all.
    anonymous: bool,
    /// With its scheme in front, as from TLS 1.2 on.
    with_scheme: bool,
}

impl Signing {
    /// Reads the signature, and gives its scheme where it has one.
    fn read(self, reader: &mut Reader<'_>) -> Option<Option<SignatureScheme>> {
        if self.anonymous {
            return Some(None);
        }
        let scheme = match self.with_scheme {
            true => Some(SignatureScheme(reader.u16()?)),
            false => None,
        };
        reader.vector16()?;
        Some(scheme)
    }
}

/// The size of a number in bits; zeros in front do not count, and nothing has none.
fn bits(number: &[u8]) -> Option<u16> {
    let number = without_zeros(number);
    let first = number.first()?;
    let bits = 8 * number.len() - first.leading_zeros() as usize;
    bits.try_into().ok()
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|octet| **octet == 0).count();
    &number[zeros..]
}
