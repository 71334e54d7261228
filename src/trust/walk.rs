//! The way up from a leaf as a person would follow it, to say where it ends.
//!
//! Explains a path that webpki refuses, and says which authorities no path can do without; decides
//! nothing. It knows obsolete algorithms, so that a weak signature does not make a chain look
//! incomplete.

use crate::wire::cert::Certificate;

use super::Roots;

/// Signatures that are checked to explain one chain; webpki has the same bound.
const SIGNATURES: usize = 100;

/// Where the way up ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// At a trusted root. The indices of the certificates above the leaf, upwards.
    Anchored(Vec<usize>),
    /// At a certificate that is its own issuer and no trusted root; its index.
    OwnIssuer(usize),
    /// At a certificate whose issuer is neither here nor trusted; its index.
    NoIssuer(usize),
    /// At a certificate whose issuer is here by name, with a key that did not sign it.
    WrongKey,
    /// The bound on signatures was reached.
    TooCostly,
}

impl End {
    /// How much it explains: of several ways up the one that leads furthest is told.
    fn reach(&self) -> u8 {
        match self {
            End::TooCostly | End::Anchored(_) => 3,
            End::OwnIssuer(_) => 2,
            End::NoIssuer(_) => 1,
            End::WrongKey => 0,
        }
    }
}

/// Follows issuers by name, as far as their keys made the signatures; where several fit, as with
/// cross-signs, each. `certificates` begins with the leaf; those that do not parse are `None`.
pub(super) fn walk(certificates: &[Option<Certificate<'_>>], roots: &Roots) -> End {
    let certificates: Vec<_> = certificates.iter().map(Option::as_ref).collect();
    let mut budget = SIGNATURES;
    walk_within(&certificates, roots, &mut budget)
}

/// The indices of the certificates above the leaf without which no way leads to a trusted root,
/// upwards; none if there is no way even with them, or looking on would cost too much.
pub(super) fn needed(certificates: &[Option<Certificate<'_>>], roots: &Roots) -> Vec<usize> {
    let mut budget = SIGNATURES;
    let mut certificates: Vec<_> = certificates.iter().map(Option::as_ref).collect();
    let End::Anchored(way) = walk_within(&certificates, roots, &mut budget) else {
        return Vec::new();
    };
    let mut is_needed = |index: &usize| {
        let held = certificates.get_mut(*index).and_then(Option::take);
        let end = walk_within(&certificates, roots, &mut budget);
        certificates[*index] = held;
        !matches!(end, End::Anchored(_) | End::TooCostly)
    };
    way.into_iter().filter(|index| is_needed(index)).collect()
}

fn walk_within(
    certificates: &[Option<&Certificate<'_>>],
    roots: &Roots,
    budget: &mut usize,
) -> End {
    let mut search = Search {
        certificates,
        roots,
        budget,
        way: Vec::new(),
    };
    search.upwards()
}

struct Search<'s, 'c> {
    certificates: &'s [Option<&'s Certificate<'c>>],
    roots: &'s Roots,
    /// Signatures that may still be checked.
    budget: &'s mut usize,
    /// The indices above the leaf so far.
    way: Vec<usize>,
}

impl Search<'_, '_> {
    /// Where the ways up from the last certificate of the way end. No deeper than there are
    /// certificates, since none stands twice in a way.
    fn upwards(&mut self) -> End {
        let certificates = self.certificates;
        let at = self.way.last().copied().unwrap_or(0);
        let Some(current) = certificates.get(at).copied().flatten() else {
            return End::WrongKey;
        };
        let mut wrong_key = false;
        for anchor in self.roots.of_subject(contents(current.issuer())) {
            let key = wrap(&anchor.subject_public_key_info);
            match signed(current, &key, self.budget) {
                None => return End::TooCostly,
                Some(true) => return End::Anchored(self.way.clone()),
                Some(false) => wrong_key = true,
            }
        }
        if current.subject() == current.issuer() {
            let Some(rest) = self.budget.checked_sub(1) else {
                return End::TooCostly;
            };
            *self.budget = rest;
            if current.is_self_signed() {
                return End::OwnIssuer(at);
            }
        }
        let mut furthest: Option<End> = None;
        for (index, candidate) in certificates.iter().enumerate() {
            let Some(candidate) = candidate else { continue };
            if index == 0
                || self.way.contains(&index)
                || candidate.subject() != current.issuer()
                || candidate.der() == current.der()
            {
                continue;
            }
            match signed(current, candidate.key(), self.budget) {
                None => return End::TooCostly,
                Some(true) => {
                    self.way.push(index);
                    let end = self.upwards();
                    self.way.pop();
                    if matches!(end, End::TooCostly | End::Anchored(_)) {
                        return end;
                    }
                    if furthest
                        .as_ref()
                        .is_none_or(|known| known.reach() < end.reach())
                    {
                        furthest = Some(end);
                    }
                }
                Some(false) => wrong_key = true,
            }
        }
        match furthest {
            Some(end) => end,
            None if wrong_key || current.subject() == current.issuer() => End::WrongKey,
            None => End::NoIssuer(at),
        }
    }
}

/// Whether the key may have made the signature: a signature that cannot be checked passes here,
/// since webpki has already said no. `None` once the budget is used up.
fn signed(certificate: &Certificate<'_>, key: &[u8], budget: &mut usize) -> Option<bool> {
    *budget = budget.checked_sub(1)?;
    Some(certificate.is_signed_with(key).unwrap_or(true))
}

/// The contents of a DER value: a trust anchor's subject comes without its SEQUENCE.
pub(super) fn contents(der: &[u8]) -> &[u8] {
    let length_octets = match der.get(1) {
        Some(first @ 0x81..=0x84) => usize::from(first & 0x7f),
        _ => 0,
    };
    der.get(2 + length_octets..).unwrap_or_default()
}

/// The contents as a SEQUENCE again.
pub(super) fn wrap(contents: &[u8]) -> Vec<u8> {
    let length = contents.len();
    let mut der = vec![0x30];
    match u8::try_from(length) {
        Ok(short @ 0..=0x7f) => der.push(short),
        _ => {
            let octets = length.to_be_bytes();
            let digits = &octets[octets.iter().take_while(|octet| **octet == 0).count()..];
            // At most eight digits.
            der.push(0x80 | digits.len() as u8);
            der.extend_from_slice(digits);
        }
    }
    der.extend_from_slice(contents);
    der
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_survives_unwrapping() {
        for length in [0, 1, 127, 128, 255, 256, 70_000] {
            let inside = vec![7; length];
            assert_eq!(contents(&wrap(&inside)), inside, "{length}");
        }
    }
}
