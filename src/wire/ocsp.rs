//! OCSP: the question, and the answer read (RFC 6960 §4).

use aws_lc_rs::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use jiff::Timestamp;

use super::der::{self, OCTET_STRING, SEQUENCE, Unreadable, Value, tagged};

/// id-sha1 and id-sha256, the contents of their identifiers.
const SHA_1: &[u8] = &[0x2b, 0x0e, 0x03, 0x02, 0x1a];
const SHA_256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
/// id-pkix-ocsp-basic.
const BASIC: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01];
/// 1.3.6.1.4.1.11129.2.4.5, the timestamps of certificate transparency (RFC 6962 §3.3).
const SCTS: &[u8] = &[0x2b, 0x06, 0x01, 0x04, 0x01, 0xd6, 0x79, 0x02, 0x04, 0x05];
/// Certificates of delegated responders that are looked at; one is usual.
const CERTIFICATES: usize = 4;
/// Answers about single certificates that are looked at; one is usual, a few are allowed.
const ANSWERS: usize = 100;

/// The URL that puts the question about one certificate to a responder: a GET, which caches can
/// answer (RFC 6960 §A.1). By SHA-1, which every responder knows; it identifies and proves nothing.
/// `serial` is the contents of the serial number, `issuer` the issuer's name as encoded, `key` the
/// octets of the issuer's key.
pub fn question(responder: &str, issuer: &[u8], key: &[u8], serial: &[u8]) -> String {
    let hash = |bytes| digest(&SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref().to_vec();
    let algorithm = value(SEQUENCE, &[&value(0x06, &[SHA_1]), &[0x05, 0x00]]);
    let certificate = value(
        SEQUENCE,
        &[
            &algorithm,
            &value(OCTET_STRING, &[&hash(issuer)]),
            &value(OCTET_STRING, &[&hash(key)]),
            &value(der::INTEGER, &[serial]),
        ],
    );
    // Request, requestList, TBSRequest, OCSPRequest.
    let request = (0..4).fold(certificate, |inside, _| value(SEQUENCE, &[&inside]));
    let mut url = responder.trim_end_matches('/').to_owned();
    url.push('/');
    for c in BASE64_STANDARD.encode(request).chars() {
        match c {
            '+' => url.push_str("%2B"),
            '/' => url.push_str("%2F"),
            '=' => url.push_str("%3D"),
            c => url.push(c),
        }
    }
    url
}

/// A value with this tag; what is put in here stays below 64 KiB.
fn value(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let contents = parts.concat();
    let [.., high, low] = contents.len().to_be_bytes();
    let mut der = match (high, low) {
        (0, 0..=0x7f) => vec![tag, low],
        (0, _) => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    der.extend(contents);
    der
}

/// What a responder sent.
#[derive(Clone, Copy, Debug)]
pub enum Response<'a> {
    /// It declines: `tryLater`, `unauthorized` and the like.
    Declined,
    /// It answers.
    Basic(Basic<'a>),
}

/// An answer that is signed; by whom is for the caller to find out.
#[derive(Clone, Copy, Debug)]
pub struct Basic<'a> {
    /// What is signed.
    pub signed: &'a [u8],
    /// The algorithm, as encoded.
    pub algorithm: &'a [u8],
    /// The signature.
    pub signature: &'a [u8],
    answers: Value<'a>,
    certificates: Option<Value<'a>>,
}

/// What is said of one certificate.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    name_hash: &'a [u8],
    key_hash: &'a [u8],
    hash: &'a [u8],
    serial: &'a [u8],
    /// What is said.
    pub standing: Standing,
    /// From when on.
    pub this_update: Timestamp,
    /// Until when something newer is there.
    pub next_update: Option<Timestamp>,
    /// The contents of the extension with timestamps of certificate transparency, if it is there.
    pub scts: Option<&'a [u8]>,
}

/// What a responder says of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not revoked.
    Good,
    /// Revoked since then, for the reason of that number.
    Revoked(Timestamp, Option<u8>),
    /// Not known.
    Unknown,
}

/// Reads a response; `None` if it is none, or has conditions that are not known here.
pub fn read(der: &[u8]) -> Option<Response<'_>> {
    let mut response = der::only(der, SEQUENCE)?.inside();
    if response.expect(der::ENUMERATED)?.contents != [0] {
        return Some(Response::Declined);
    }
    let mut bytes = response.expect(tagged(0))?.wrapped(SEQUENCE)?.inside();
    if bytes.expect(der::OBJECT_IDENTIFIER)?.contents != BASIC {
        return None;
    }
    let basic = bytes.expect(OCTET_STRING)?.wrapped(SEQUENCE)?;
    let mut parts = basic.inside();
    let data = parts.expect(SEQUENCE)?;
    let algorithm = parts.expect(SEQUENCE)?.whole;
    let signature = parts.expect(der::BIT_STRING)?.octets()?;
    let certificates = match parts.take_if(tagged(0)) {
        Some(certificates) => Some(certificates.wrapped(SEQUENCE)?),
        None => None,
    };
    let mut fields = data.inside();
    fields.take_if(tagged(0));
    // Who says that he answers is no matter: the signature tells.
    fields.any().filter(|who| matches!(who.tag, 0xa1 | 0xa2))?;
    fields.any()?.time()?;
    let answers = fields.expect(SEQUENCE)?;
    if let Some(extensions) = fields.take_if(tagged(1))
        && der::has_unknown_critical(extensions.wrapped(SEQUENCE)?, &[])
    {
        return None;
    }
    (parts.is_empty() && fields.is_empty()).then_some(())?;
    Some(Response::Basic(Basic {
        signed: data.whole,
        algorithm,
        signature,
        answers,
        certificates,
    }))
}

impl<'a> Basic<'a> {
    /// The certificates sent along, as DER, at most four.
    pub fn certificates(&self) -> impl Iterator<Item = &'a [u8]> {
        let mut list = self.certificates.map(|list| list.inside());
        std::iter::from_fn(move || list.as_mut()?.expect(SEQUENCE))
            .map(|certificate| certificate.whole)
            .take(CERTIFICATES)
    }

    /// The answer about the certificate of that serial number and issuer, named as for
    /// [`question`].
    ///
    /// # Errors
    ///
    /// An answer that does not parse, or has conditions that are not known here.
    pub fn about(
        &self,
        issuer: &[u8],
        key: &[u8],
        serial: &[u8],
    ) -> Result<Option<Answer<'a>>, Unreadable> {
        self.first(|answer| answer.is_about(issuer, key, serial))
    }

    /// The first answer about a certificate of that serial number, whoever issued it.
    ///
    /// # Errors
    ///
    /// As [`Basic::about`].
    pub fn about_serial(&self, serial: &[u8]) -> Result<Option<Answer<'a>>, Unreadable> {
        self.first(|answer| answer.serial == serial)
    }

    fn first(&self, fits: impl Fn(&Answer<'a>) -> bool) -> Result<Option<Answer<'a>>, Unreadable> {
        let mut list = self.answers.inside();
        for _ in 0..ANSWERS {
            if list.is_empty() {
                break;
            }
            let answer = list.expect(SEQUENCE).and_then(answer).ok_or(Unreadable)?;
            if fits(&answer) {
                return Ok(Some(answer));
            }
        }
        Ok(None)
    }
}

fn answer(single: Value<'_>) -> Option<Answer<'_>> {
    let mut parts = single.inside();
    let mut certificate = parts.expect(SEQUENCE)?.inside();
    let mut algorithm = certificate.expect(SEQUENCE)?.inside();
    let hash = algorithm.expect(der::OBJECT_IDENTIFIER)?.contents;
    let name_hash = certificate.expect(OCTET_STRING)?.contents;
    let key_hash = certificate.expect(OCTET_STRING)?.contents;
    let serial = certificate.expect(der::INTEGER)?.contents;
    let status = parts.any()?;
    let standing = match status.tag {
        0x80 => Standing::Good,
        0xa1 => {
            let mut revoked = status.inside();
            let since = revoked.any()?.time()?;
            let reason = match revoked.take_if(tagged(0)) {
                Some(reason) => Some(*reason.wrapped(der::ENUMERATED)?.contents.first()?),
                None => None,
            };
            Standing::Revoked(since, reason)
        }
        0x82 => Standing::Unknown,
        _ => return None,
    };
    let this_update = parts.any()?.time()?;
    let next_update = match parts.take_if(tagged(0)) {
        Some(next) => Some(next.inside().any()?.time()?),
        None => None,
    };
    let mut scts = None;
    if let Some(extensions) = parts.take_if(tagged(1)) {
        let extensions = extensions.wrapped(SEQUENCE)?;
        if der::has_unknown_critical(extensions, &[]) {
            return None;
        }
        scts = der::find_extension(extensions, SCTS);
    }
    parts.is_empty().then_some(Answer {
        name_hash,
        key_hash,
        hash,
        serial,
        standing,
        this_update,
        next_update,
        scts,
    })
}

impl Answer<'_> {
    fn is_about(&self, issuer: &[u8], key: &[u8], serial: &[u8]) -> bool {
        let algorithm: &'static Algorithm = match self.hash {
            SHA_1 => &SHA1_FOR_LEGACY_USE_ONLY,
            SHA_256 => &SHA256,
            _ => return false,
        };
        let is_hash = |hash: &[u8], bytes| digest(algorithm, bytes).as_ref() == hash;
        self.serial == serial && is_hash(self.name_hash, issuer) && is_hash(self.key_hash, key)
    }
}
