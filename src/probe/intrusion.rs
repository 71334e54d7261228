//! The two questions that could alarm whoever reads a server's log. They are asked of own domains
//! alone, and only where everything is asked (threat model E6, G10), on a connection each, and only
//! where the ordinary session on the same port succeeded before.

use std::net::IpAddr;

use super::channel::Channel;
use super::conversation::Caller;
use super::handshake::{Failure, InTls};
use super::metered::Metered;
use crate::model::{Capabilities, Cause, Fact, Gap, Injection, LoginBegun, Phase, Protocol, Raw};
use crate::protocol::greeting::Recognised;
use crate::protocol::{Mechanism, Overheard, Question, Standing};

/// Says STARTTLS and a command that does nothing in one write, goes on in TLS, and hears whether the
/// command is answered there: a server that keeps what came in the clear behind STARTTLS takes it for
/// something that was said in TLS, and so would carry out what anybody on the way put there.
///
/// A server that refuses the upgrade, or fails the handshake, because of the bytes behind the command
/// is strict, which is an answer. A connection that ends before any answer is none, and neither is
/// silence to a proper question inside TLS.
pub async fn inject(
    caller: &Caller<'_>,
    connection: Metered,
    protocol: Protocol,
) -> Fact<Injection> {
    match injection(caller, connection, protocol).await {
        Ok(seen) => Fact::Seen(seen),
        Err(gap) => Fact::Unknown(gap),
    }
}

async fn injection(
    caller: &Caller<'_>,
    connection: Metered,
    protocol: Protocol,
) -> Result<Injection, Gap> {
    let gap = |cause| Gap::new(Phase::Starttls, cause);
    let harmless = Question::harmless(protocol, caller.local);
    let strict = strict(protocol, caller.local);
    let mut channel = caller.introduce(connection, protocol).await?;
    let starttls = Question::starttls(protocol);
    let reply = channel.ask_with(starttls, harmless).await.map_err(gap)?;
    match reply.standing {
        Standing::Granted => {}
        Standing::Refused | Standing::Ended => return Ok(strict),
        _ => return Err(gap(caller.turned(&reply))),
    }
    let nth = channel.asked();
    // What was answered in the clear was answered before TLS, and harms nobody.
    let (connection, _in_the_clear) = channel.into_parts();
    match caller.shake_unrecorded(connection).await {
        Ok(inside) => {
            let inside = inside.counting_on(nth);
            let (answer, carried_out) = overhear(caller, inside, protocol, nth).await?;
            Ok(Injection {
                handshake: true,
                answer,
                carried_out,
                ..strict
            })
        }
        Err(Failure::ClearText(connection)) => {
            let words = caller.words_for_tls(connection).await.outcome;
            match words.is_ok_and(Recognised::turns_tls_away) {
                true => Err(Gap::new(Phase::Handshake, Cause::Throttled)),
                false => Ok(strict),
            }
        }
        Err(Failure::Broken {
            cause: Cause::Alert(_) | Cause::Incompatible(_),
            ..
        }) => Ok(strict),
        // Silence and an end of the connection may have other reasons.
        Err(Failure::Broken { cause, .. }) => Err(Gap::new(Phase::Handshake, cause)),
    }
}

/// What is seen of a server that does not upgrade whoever sends more than the command.
pub fn strict(protocol: Protocol, local: IpAddr) -> Injection {
    Injection {
        command: Question::harmless(protocol, local).verb(),
        handshake: false,
        answer: Raw::default(),
        carried_out: false,
    }
}

/// What is said inside TLS that nobody asked for there, and whether it answers command `nth`. It may
/// come by itself, or only with the answer to the next question, which is asked for that reason.
async fn overhear(
    caller: &Caller<'_>,
    mut inside: Channel<'_, InTls>,
    protocol: Protocol,
    nth: u8,
) -> Result<(Raw, bool), Gap> {
    let limits = caller.limits;
    let gap = |cause| Gap::new(Phase::CapabilitiesInTls, cause);
    let heard = inside.overhear(limits.unasked).await;
    let unasked = inside.heard();
    let heard = match heard {
        Ok(()) => {
            let question = Question::capabilities(protocol, caller.local);
            let reply = inside.ask(question).await.map(drop);
            match reply {
                // Whatever ended it, nothing was said.
                Err(cause) if inside.heard() == unasked => return Err(gap(cause)),
                _ => inside.overhear(limits.unasked).await,
            }
        }
        ended => ended,
    };
    let all = inside.heard();
    let answers = Overheard {
        nth,
        unasked: &unasked.0,
        all: &all.0,
    }
    .answers(protocol);
    if heard.is_ok() {
        inside.leave(Some(Question::goodbye(protocol))).await;
    }
    match heard {
        Err(cause) if all.0.is_empty() => return Err(gap(cause)),
        _ => {}
    }
    Ok(match unasked.0.is_empty() && answers {
        true => (all, answers),
        false => (unasked, answers),
    })
}

/// Begins a login before TLS, sees whether a challenge comes, and gives it up. No name and no
/// password is ever said: there is no command that could carry one.
pub async fn begin_login(
    caller: &Caller<'_>,
    connection: Metered,
    protocol: Protocol,
    mechanism: Mechanism,
) -> Fact<LoginBegun> {
    match login(caller, connection, protocol, mechanism).await {
        Ok(seen) => Fact::Seen(seen),
        Err(gap) => Fact::Unknown(gap),
    }
}

async fn login(
    caller: &Caller<'_>,
    connection: Metered,
    protocol: Protocol,
    mechanism: Mechanism,
) -> Result<LoginBegun, Gap> {
    let gap = |cause| Gap::new(Phase::Login, cause);
    let mut channel = caller.introduce(connection, protocol).await?;
    let begin = Question::begin_login(protocol, mechanism);
    let reply = channel.ask(begin).await.map_err(gap)?;
    let is_over = match reply.standing {
        Standing::Challenged => {
            let cancel = Question::cancel_login(protocol);
            channel.follow_up(cancel).await.is_ok()
        }
        Standing::Refused => true,
        _ => return Err(gap(caller.turned(&reply))),
    };
    // Whoever takes the cancellation for a name would take a goodbye for a password.
    let goodbye = is_over.then(|| Question::goodbye(protocol));
    channel.leave(goodbye).await;
    Ok(LoginBegun {
        mechanism: mechanism.name().to_owned(),
        went_on: reply.standing == Standing::Challenged,
        reply: reply.raw(caller.limits),
    })
}

/// The mechanism to begin a login with before TLS, if the server is known to take a password at all:
/// one that it lists before TLS, or else inside it, where some list what they would take before.
pub fn mechanism_to_begin(
    before: Option<&Capabilities>,
    inside: Option<&Capabilities>,
) -> Option<Mechanism> {
    let listed = |capabilities: &Capabilities| {
        [Mechanism::Plain, Mechanism::Login]
            .into_iter()
            .find(|mechanism| {
                capabilities
                    .mechanisms
                    .iter()
                    .any(|m| m == mechanism.name())
            })
    };
    before.and_then(listed).or_else(|| inside.and_then(listed))
}

#[cfg(test)]
mod tests;
