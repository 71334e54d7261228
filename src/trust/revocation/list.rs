//! What a revocation list says of a certificate (RFC 5280 §6.3).

use super::{Dock, holds, revoked};
use crate::model::{Open, Status};
use crate::wire::cert::is_signed_with;
use crate::wire::crl::{self, Scope};

/// `removeFromCRL`, which stands in lists of changes only.
const REMOVED: u8 = 8;

/// What it says.
///
/// # Errors
///
/// Why it settles nothing.
pub(super) fn status(list: &[u8], dock: &Dock<'_>) -> Result<Status, Open> {
    let Dock {
        certificate,
        issuer,
        at,
        seen,
    } = *dock;
    let list = crl::read(list).ok_or(Open::Unreadable)?;
    if list.issuer != issuer.name {
        return Err(Open::OtherCertificate);
    }
    match &list.scope {
        Scope::All => {}
        Scope::Unsupported => return Err(Open::Unsupported),
        Scope::Part {
            places,
            authorities,
            users,
        } => {
            // Whoever stands in between may hand out a list of the same issuer for others.
            let place = |place: &&[u8]| {
                certificate
                    .lists()
                    .iter()
                    .any(|own| own.as_bytes() == *place)
            };
            let kind = if certificate.is_ca() {
                authorities
            } else {
                users
            };
            if !kind || !(places.is_empty() || places.iter().any(place)) {
                return Err(Open::OtherCertificate);
            }
        }
    }
    let signed = || is_signed_with(&issuer.key, list.algorithm, list.signed, list.signature);
    if !issuer.may_sign_lists || signed() != Some(true) {
        return Err(Open::NotAuthentic);
    }
    holds(list.this_update, list.next_update, at, seen)?;
    match list
        .find(certificate.serial())
        .map_err(|_| Open::Unreadable)?
    {
        None => Ok(Status::Good),
        Some((_, Some(REMOVED))) => Err(Open::Unsupported),
        Some((since, _)) if since > at => Err(Open::NotCurrent),
        Some((since, reason)) => Ok(revoked(since, reason)),
    }
}
