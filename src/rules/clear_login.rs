//! What the rules about logging in before TLS have in common.

use crate::model::{Citation, Opening, Protocol, Standard, Verb, Verdict};

use super::{AddressCase, need};

/// Where each protocol says that a password is for inside TLS.
pub const CITATIONS: &[Citation] = &[
    Citation::of(Protocol::Imap, Standard::Rfc9051, "§11.7", Verb::Must),
    Citation::of(Protocol::Pop3, Standard::Rfc5034, "§4", Verb::Must),
    Citation::of(Protocol::Smtp, Standard::Rfc4954, "§4", Verb::Should),
    Citation::new(Standard::Rfc8314, "§4", Verb::Should),
    Citation::of(Protocol::Managesieve, Standard::Rfc5804, "", Verb::States),
];

impl AddressCase<'_> {
    /// The protocol that the server speaks in the clear.
    ///
    /// # Errors
    /// Not applicable where TLS comes first or no protocol is known; undetermined where that was not
    /// seen.
    pub fn need_clear_text(&self) -> Result<Protocol, Verdict> {
        let greeting = match need(&self.visit.opening)? {
            Opening::Tls => return Err(Verdict::NotApplicable),
            Opening::ClearText => need(&self.visit.greeting)?,
        };
        greeting.spoken.protocol().ok_or(Verdict::NotApplicable)
    }
}
