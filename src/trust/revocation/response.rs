//! What an OCSP response says of a certificate (RFC 6960 §3.2).

use jiff::Timestamp;

use super::issuer::Issuer;
use super::{Dock, holds, revoked};
use crate::model::{Open, Status};
use crate::wire::cert::{Certificate, is_signed_with};
use crate::wire::ocsp::{self, Basic, Response, Standing};

/// The largest response that is read, in octets; real ones stay below 4 KiB.
const OCTETS: usize = 64 * 1024;

/// What it says.
///
/// # Errors
///
/// Why it settles nothing.
pub(super) fn status(response: &[u8], dock: &Dock<'_>) -> Result<Status, Open> {
    let Dock {
        certificate,
        issuer,
        at,
        seen,
    } = *dock;
    if response.len() > OCTETS {
        return Err(Open::Unreadable);
    }
    let basic = match ocsp::read(response).ok_or(Open::Unreadable)? {
        Response::Declined => return Err(Open::Declined),
        Response::Basic(basic) => basic,
    };
    let answer = basic
        .about(issuer.name, issuer.octets(), certificate.serial())
        .map_err(|_| Open::Unreadable)?
        .ok_or(Open::OtherCertificate)?;
    if !is_authentic(&basic, issuer, at) {
        return Err(Open::NotAuthentic);
    }
    holds(answer.this_update, answer.next_update, at, seen)?;
    match answer.standing {
        Standing::Good => Ok(Status::Good),
        Standing::Revoked(since, _) if since > at => Err(Open::NotCurrent),
        Standing::Revoked(since, reason) => Ok(revoked(since, reason)),
        Standing::Unknown => Err(Open::NotKnown),
    }
}

/// Signed by the issuer, or by a responder whose certificate the issuer signed for this purpose.
fn is_authentic(basic: &Basic<'_>, issuer: &Issuer<'_>, at: Timestamp) -> bool {
    let signed = |key: &[u8]| {
        is_signed_with(key, basic.algorithm, basic.signed, basic.signature) == Some(true)
    };
    signed(&issuer.key)
        || basic.certificates().any(|der| {
            Certificate::parse(der).is_ok_and(|responder| {
                responder.issuer() == issuer.name
                    && responder.may_answer_ocsp()
                    && responder.is_in_time(at.as_second())
                    && responder.is_signed_with(&issuer.key) == Some(true)
                    && signed(responder.key())
            })
        })
}
