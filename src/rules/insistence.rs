//! A server that serves nobody without a certificate of their own: how it says so.

use super::AddressCase;
use crate::model::{Cause, GreetingKind, Raw};

/// How a server turns away whoever shows no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Insistence<'a> {
    /// By an alert of this number.
    Alert(u8),
    /// By its words inside TLS.
    Words(&'a Raw),
}

/// bad_certificate, unsupported_certificate, certificate_revoked, certificate_expired,
/// certificate_unknown, unknown_ca, certificate_required (RFC 9846 §6.2).
const ABOUT_CERTIFICATES: [u8; 7] = [42, 43, 44, 45, 46, 48, 116];

/// handshake_failure, which TLS 1.2 has for it (RFC 5246 §7.4.6), and access_denied.
const REFUSES_THE_CLIENT: [u8; 2] = [40, 49];

impl AddressCase<'_> {
    /// How the server turns away whoever has no certificate of their own: by an alert that speaks of a
    /// certificate, which we never send; or, after it asked for one, by a plain refusal or by words
    /// that name it.
    pub fn insists_on_certificate(&self) -> Option<Insistence<'_>> {
        let visit = self.visit;
        let asked = self.allowed().asks_for_certificate() == Some(true);
        // In TLS 1.3 the refusal comes when the handshake is over for us, in place of the first words.
        let gaps = [
            visit.tls.gap(),
            visit.greeting.gap(),
            visit.capabilities_in_tls.gap(),
        ];
        let by_alert = |number: u8| {
            ABOUT_CERTIFICATES.contains(&number) || asked && REFUSES_THE_CLIENT.contains(&number)
        };
        let by_gap = gaps.into_iter().flatten().find_map(|gap| match &gap.cause {
            Cause::Alert(number) if by_alert(*number) => Some(Insistence::Alert(*number)),
            Cause::Turned(words) if asked && names_it(words) => Some(Insistence::Words(words)),
            _ => None,
        });
        by_gap.or_else(|| {
            let words = self.refusals_in_tls().find(|words| names_it(words));
            words.filter(|_| asked).map(Insistence::Words)
        })
    }

    /// What the server said inside TLS in place of a welcome, or of what it offers.
    fn refusals_in_tls(&self) -> impl Iterator<Item = &Raw> {
        let greeting = self.visit.greeting.seen();
        let greeting = greeting.filter(|greeting| greeting.kind == GreetingKind::Refusal);
        let listed = self.visit.capabilities_in_tls.seen();
        let listed = listed.filter(|listed| listed.refused);
        let lines = listed.into_iter().flat_map(|listed| &listed.lines);
        greeting
            .map(|greeting| &greeting.raw)
            .into_iter()
            .chain(lines)
    }
}

/// As nginx says it: "-ERR No required SSL certificate".
fn names_it(words: &Raw) -> bool {
    words.lossy().to_ascii_lowercase().contains("certificate")
}
