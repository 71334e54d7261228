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

    /// Why no handshake completed, where that is the server's own answer: an alert that refuses, TLS
    /// that no current client can go on with, or words that are no TLS. Silence, a closed or reset
    /// connection, and the alerts that tell of an accident are no answer.
    pub fn refused_handshake(&self) -> Option<&Gap> {
        self.visit.tls.gap().filter(|gap| {
            gap.phase == Phase::Handshake
                && match gap.cause {
                    Cause::Alert(number) => REFUSES.contains(&number),
                    Cause::Incompatible(_) | Cause::Malformed(_) => true,
                    _ => false,
                }
        })
    }
}

/// The alerts by which a server refuses what it was offered (threat model G3): handshake_failure,
/// illegal_parameter, protocol_version, insufficient_security, unrecognized_name; and those by which it
/// refuses whoever has no certificate of their own.
pub(super) const REFUSES: [u8; 13] = [40, 47, 70, 71, 112, 42, 43, 44, 45, 46, 48, 49, 116];

/// What shows that a handshake was refused; the variant tells how.
pub(super) fn refusal(gap: &Gap) -> Evidence {
    match &gap.cause {
        Cause::Alert(number) => Evidence::new()
            .variant("alert")
            .with("alert", Value::Term(alert_name(*number)))
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
pub(super) fn alert_name(number: u8) -> String {
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
