//! What a server itself said of TLS: yes, no, or nothing that can be taken for either.

use super::{AddressCase, need};
use crate::model::{
    Cause, Evidence, Fact, Gap, GreetingKind, Opening, Phase, Phrase, Reason, Skip, StartTls,
    Value, Verdict,
};

/// What a port that speaks mail in the clear answers to STARTTLS or STLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upgrade<'a> {
    /// Announced, and the server says to go ahead.
    Offered,
    /// The server says to go ahead, but nothing announces it, so no client tries.
    Unannounced,
    /// Announced, and then refused.
    Withdrawn(&'a StartTls),
    /// Neither announced nor accepted.
    Absent,
}

impl AddressCase<'_> {
    /// The server's own answer about the upgrade. Silence is no answer, and a "no" that passed
    /// through a box which masks words is not the server's.
    ///
    /// # Errors
    /// Not applicable where the port does not speak mail in the clear, or greets with PREAUTH;
    /// undetermined where the server was not heard.
    pub fn upgrade(&self) -> Result<Upgrade<'_>, Verdict> {
        if *need(&self.visit.opening)? == Opening::Tls {
            return Err(Verdict::NotApplicable);
        }
        let greeting = match &self.visit.greeting {
            Fact::NotAsked(_) => return Err(Verdict::Undetermined(Reason::NotVisited)),
            asked => need(asked)?,
        };
        if greeting.spoken.protocol().is_none() && !self.masked_on_the_way() {
            return Err(Verdict::NotApplicable);
        }
        match greeting.kind {
            GreetingKind::Preauth => return Err(Verdict::NotApplicable),
            GreetingKind::Refusal => return Err(Verdict::Undetermined(Reason::Unreachable)),
            GreetingKind::Ready | GreetingKind::Other => {}
        }
        match &self.visit.starttls {
            Fact::Seen(answer) if answer.accepted && answer.announced => Ok(Upgrade::Offered),
            Fact::Seen(answer) if answer.accepted && self.masked_on_the_way() => {
                Err(Verdict::Undetermined(Reason::StarttlsStripped))
            }
            Fact::Seen(answer) if answer.accepted => Ok(Upgrade::Unannounced),
            Fact::Seen(answer) if answer.reply.0.is_empty() => {
                Err(Verdict::Undetermined(Reason::Unreachable))
            }
            Fact::Seen(answer) if answer.announced => Ok(Upgrade::Withdrawn(answer)),
            Fact::Seen(_) => self.absent(),
            // The quick depth asks only where it is announced: the server's own list answers.
            Fact::NotAsked(Skip::Depth) => {
                let listed = need(&self.visit.capabilities)?;
                match listed.refused || listed.starttls {
                    true => Err(Verdict::Undetermined(Reason::Unreachable)),
                    false => self.absent(),
                }
            }
            Fact::NotAsked(_) => Err(Verdict::Undetermined(Reason::NotVisited)),
            Fact::Unknown(gap) => Err(Verdict::Undetermined(Reason::from(gap))),
        }
    }

    fn absent(&self) -> Result<Upgrade<'_>, Verdict> {
        match self.masked_on_the_way() {
            true => Err(Verdict::Undetermined(Reason::StarttlsStripped)),
            false => Ok(Upgrade::Absent),
        }
    }

    /// Whether what came in the clear bears the marks of a box on the way that masks words:
    /// keywords of X's, or a greeting of asterisks and nothing to read (threat model H7).
    pub fn masked_on_the_way(&self) -> bool {
        let capabilities = self.visit.capabilities.seen();
        let in_clear = self.visit.opening.seen() == Some(&Opening::ClearText);
        in_clear
            && (capabilities.is_some_and(|listed| listed.masked)
                || self
                    .visit
                    .greeting
                    .seen()
                    .is_some_and(|greeting| is_masked(&greeting.raw.lossy())))
    }

    /// Why no handshake completed, where that is the server's own answer: an alert, TLS that no
    /// current client can go on with, or words that are no TLS. Silence, a closed or reset
    /// connection, and the alerts that tell of an accident are no answer.
    pub fn refused_handshake(&self) -> Option<&Gap> {
        const CLOSE_NOTIFY: u8 = 0;
        const INTERNAL_ERROR: u8 = 80;
        const USER_CANCELED: u8 = 90;
        self.visit.tls.gap().filter(|gap| {
            gap.phase == Phase::Handshake
                && match gap.cause {
                    Cause::Alert(number) => {
                        ![CLOSE_NOTIFY, INTERNAL_ERROR, USER_CANCELED].contains(&number)
                    }
                    Cause::Incompatible(_) | Cause::Malformed(_) => true,
                    _ => false,
                }
        })
    }
}

/// What shows that a handshake was refused; the variant tells how.
pub(super) fn refusal(gap: &Gap) -> Evidence {
    match &gap.cause {
        Cause::Alert(number) => Evidence::new()
            .variant("alert")
            .with("alert", Value::Term(alert(*number)))
            .with("number", i64::from(*number)),
        Cause::Malformed(bytes) => Evidence::new()
            .variant("clear-text")
            .with("answer", Value::Foreign(bytes.lossy())),
        Cause::Incompatible(why) => Evidence::new()
            .variant("incompatible")
            .with("why", Value::Foreign(why.clone())),
        other => Evidence::new()
            .variant("incompatible")
            .with("why", Phrase::new(format!("cause-{}", other.word()))),
    }
}

/// An alert by its name in RFC 9846 §6.
fn alert(number: u8) -> String {
    let name = match number {
        10 => "unexpected_message",
        20 => "bad_record_mac",
        22 => "record_overflow",
        40 => "handshake_failure",
        42 => "bad_certificate",
        43 => "unsupported_certificate",
        44 => "certificate_revoked",
        45 => "certificate_expired",
        46 => "certificate_unknown",
        47 => "illegal_parameter",
        48 => "unknown_ca",
        49 => "access_denied",
        50 => "decode_error",
        51 => "decrypt_error",
        70 => "protocol_version",
        71 => "insufficient_security",
        86 => "inappropriate_fallback",
        109 => "missing_extension",
        110 => "unsupported_extension",
        112 => "unrecognized_name",
        116 => "certificate_required",
        120 => "no_application_protocol",
        other => return other.to_string(),
    };
    name.to_owned()
}

/// Whether a greeting is asterisks behind its status word, with nothing to read among them but
/// the digits that such boxes let through.
fn is_masked(greeting: &str) -> bool {
    let line = greeting.lines().next().unwrap_or_default();
    ["220", "+OK", "* OK", ""]
        .iter()
        .find_map(|status| line.strip_prefix(status))
        .is_some_and(|rest| {
            rest.matches('*').count() >= 4
                && rest
                    .chars()
                    .all(|c| matches!(c, '*' | ' ' | '-') || c.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_of_asterisks_is_masked_and_a_decorated_one_is_not() {
        for masked in [
            "220 ****\r\n",
            "+OK ******",
            "* OK *******",
            "220 *****0*2****0**",
        ] {
            assert!(is_masked(masked), "{masked}");
        }
        for plain in [
            "220 *** welcome ***",
            "* OK ready",
            "+OK",
            "220 mx1 ESMTP",
            "",
        ] {
            assert!(!is_masked(plain), "{plain}");
        }
    }
}
