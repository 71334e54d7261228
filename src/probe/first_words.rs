//! The first words on a connection, whole or broken off.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;

use super::channel::Channel;
use super::limits::Limits;
use crate::model::{Cause, Greeting, GreetingKind, Limit, Spoken};
use crate::protocol::greeting::{Hearing, Recognised, hear, holds_literals, may_become, stranger};
use crate::wire::tls::is_tls_record;

/// What was heard first.
pub struct FirstWords {
    /// The greeting; also one without an end, if it is known what it is not.
    pub greeting: Option<Greeting>,
    /// Who speaks, or how it broke off.
    pub outcome: Result<Recognised, Cause>,
}

impl FirstWords {
    /// Listens for `patience` in all.
    pub async fn hear<S: AsyncRead + AsyncWrite + Unpin>(
        channel: &mut Channel<'_, S>,
        patience: Duration,
        limits: &Limits,
    ) -> FirstWords {
        let deadline = Instant::now() + patience;
        let mut lines = Vec::new();
        loop {
            match channel.line(deadline, holds_literals).await {
                Err(cause) => return FirstWords::broken(channel, cause),
                Ok(_) if lines.len() == limits.reply_lines => {
                    let cause = Cause::LimitReached(Limit::ReplyLines);
                    return FirstWords::broken(channel, cause);
                }
                Ok(line) => lines.push(line),
            }
            if let Hearing::Done(recognised) = hear(&lines) {
                let greeting = Greeting {
                    spoken: recognised.spoken,
                    kind: recognised.kind,
                    raw: channel.first_words(),
                };
                return FirstWords {
                    greeting: Some(greeting),
                    outcome: Ok(recognised),
                };
            }
        }
    }

    /// Incomplete is not malformed: only what cannot become a greeting any more is called garbage.
    fn broken<S: AsyncRead + AsyncWrite + Unpin>(
        channel: &Channel<'_, S>,
        cause: Cause,
    ) -> FirstWords {
        let raw = channel.first_words();
        let limited = matches!(cause, Cause::LimitReached(_));
        // Some services never end a line: their first bytes tell.
        if let Some(stranger) = stranger(&raw.0).filter(|_| !limited) {
            return FirstWords {
                greeting: Some(Greeting {
                    spoken: stranger.spoken,
                    kind: stranger.kind,
                    raw,
                }),
                outcome: Ok(stranger),
            };
        }
        let garbage = !raw.0.is_empty() && !may_become(&raw.0) && !is_tls_record(&raw.0);
        let spoken = match garbage {
            true => Spoken::Unrecognised,
            // Whatever it began as, a greeting that was cut serves no protocol yet.
            false => Some(speaker(&raw.0))
                .filter(|spoken| spoken.protocol().is_none())
                .unwrap_or(Spoken::Unrecognised),
        };
        let greeting = (limited || garbage).then(|| Greeting {
            spoken,
            kind: GreetingKind::Other,
            raw: raw.clone(),
        });
        let cause = match garbage && !limited {
            true => Cause::Malformed(raw),
            false => cause,
        };
        FirstWords {
            greeting,
            outcome: Err(cause),
        }
    }
}

/// Who speaks, by the first bytes of a greeting that never ended.
fn speaker(start: &[u8]) -> Spoken {
    let first = start.split(|byte| *byte == b'\n').next().unwrap_or(start);
    match hear(&[first.to_vec()]) {
        Hearing::Done(recognised) => recognised.spoken,
        Hearing::More => Spoken::Smtp,
    }
}
