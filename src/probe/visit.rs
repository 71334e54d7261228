//! One visit to one address: which connections, in which order, and what if they fail.

use std::net::SocketAddr;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, sleep, timeout};

use super::connect::{dial, millis};
use super::conversation::{Caller, Ending};
use super::handshake::Tls;
use super::options::Options;
use super::pacing::Gates;
use super::recorder::Sent;
use super::sheet::{Sheet, Subject};
use super::tally::Tally;
use crate::model::{
    Cause, Fact, FirstMove, Gap, Greeting, Limit, Opening, Phase, Spoken, Visit, Visited,
};

/// A visit under way.
pub struct AddressVisit<'a> {
    options: &'a Options,
    tls: &'a Tls,
    gates: &'a Gates,
    tally: &'a Tally,
    visit: &'a Visit,
    /// Where it really goes.
    at: SocketAddr,
    /// Time spent on connections; waiting for a turn is not counted.
    spent: Duration,
    connections: u32,
}

/// How a connection is opened.
#[derive(Clone, Copy)]
enum Opener {
    Listen(Duration),
    Hello,
}

/// What one attempt came to.
struct Attempt {
    sheet: Sheet,
    gap: Option<Gap>,
}

impl<'a> AddressVisit<'a> {
    pub fn new(
        options: &'a Options,
        tls: &'a Tls,
        gates: &'a Gates,
        tally: &'a Tally,
        visit: &'a Visit,
        at: SocketAddr,
    ) -> Self {
        AddressVisit {
            options,
            tls,
            gates,
            tally,
            visit,
            at,
            spent: Duration::ZERO,
            connections: 0,
        }
    }

    /// Asks everything, as often as it takes and is allowed; the record and what the server sent.
    pub async fn run(mut self, subject: Subject) -> (Visited, Sent) {
        let begun = Timestamp::now();
        let mut best = self.attempt().await;
        let mut repeated = 0;
        while let Some(most) = best.gap.as_ref().and_then(|gap| self.repetitions(gap)) {
            if repeated >= most {
                break;
            }
            sleep(self.pause(repeated)).await;
            repeated += 1;
            let next = self.attempt().await;
            let no_worse = next.sheet.answered() >= best.sheet.answered();
            if next.gap.is_none() || no_worse {
                best = next;
            }
        }
        let sent = best.sheet.sent();
        let mut visited = best.sheet.close(subject, begun, best.gap);
        visited.millis = millis(self.spent);
        visited.connections = self.connections;
        (visited, sent)
    }

    async fn attempt(&mut self) -> Attempt {
        let mut sheet = Sheet::new();
        let gap = match self.visit.first_move {
            FirstMove::Tls => self.tls_first(&mut sheet).await,
            FirstMove::Listen => self.listen_first(&mut sheet, true).await,
            FirstMove::ListenThenTls => self.listen_first(&mut sheet, true).await,
            FirstMove::ListenOnly => self.listen_first(&mut sheet, false).await,
        };
        if let Some(Gap {
            cause: Cause::LimitReached(limit),
            ..
        }) = &gap
        {
            sheet.reached(*limit);
        }
        Attempt { sheet, gap }
    }

    async fn tls_first(&mut self, sheet: &mut Sheet) -> Option<Gap> {
        match self.connection(Opener::Hello, sheet).await {
            Ending::NotTls(words) => {
                sheet.opening = Some(Fact::Seen(Opening::ClearText));
                let patience = self.options.limits.greeting;
                match self.connection(Opener::Listen(patience), sheet).await {
                    Ending::Finished => None,
                    Ending::Broken(gap) if words.is_none() || sheet.greeting.is_some() => Some(gap),
                    _ => only_words(words, sheet),
                }
            }
            Ending::Finished => None,
            Ending::Broken(gap) => Some(gap),
            Ending::Silent => Some(silence()),
        }
    }

    async fn listen_first(&mut self, sheet: &mut Sheet, may_speak: bool) -> Option<Gap> {
        let patience = match self.visit.first_move {
            FirstMove::ListenThenTls => self.options.limits.listen_first,
            _ => self.options.limits.greeting,
        };
        match self.connection(Opener::Listen(patience), sheet).await {
            Ending::Finished => None,
            Ending::Broken(gap) => Some(gap),
            Ending::Silent | Ending::NotTls(_) if !may_speak => Some(silence()),
            Ending::Silent | Ending::NotTls(_) => {
                match self.connection(Opener::Hello, sheet).await {
                    Ending::Finished => None,
                    Ending::NotTls(words) => {
                        sheet.opening = Some(Fact::Seen(Opening::ClearText));
                        only_words(words, sheet)
                    }
                    // Silence in both directions is what was found, but a word of TLS is more.
                    Ending::Broken(gap) if sheet.opening.is_some() => Some(gap),
                    Ending::Broken(Gap {
                        cause: cause @ Cause::LimitReached(_),
                        phase,
                    }) => Some(Gap::new(phase, cause)),
                    Ending::Broken(_) | Ending::Silent => Some(silence()),
                }
            }
        }
    }

    /// One connection under its own clock and the address's.
    async fn connection(&mut self, opener: Opener, sheet: &mut Sheet) -> Ending {
        let _pass = self.gates.enter(self.at.ip()).await;
        let left = self.options.address_timeout.saturating_sub(self.spent);
        let (time, limit) = match self.options.limits.connection {
            connection if connection <= left => (connection, Limit::ConnectionTime),
            _ => (left, Limit::AddressTime),
        };
        self.connections += 1;
        let _under_way = self.tally.connect();
        let begun = Instant::now();
        let ending = match timeout(time, self.talk(opener, sheet)).await {
            Ok(ending) => ending,
            Err(_) => Ending::Broken(Gap::new(sheet.phase, Cause::LimitReached(limit))),
        };
        self.spent += begun.elapsed();
        ending
    }

    async fn talk(&self, opener: Opener, sheet: &mut Sheet) -> Ending {
        sheet.phase = Phase::Connect;
        let (connection, connected) = match dial(self.at, self.options.connect_timeout).await {
            Ok(stood) => stood,
            Err(cause) => return Ending::Broken(Gap::new(Phase::Connect, cause)),
        };
        let caller = Caller {
            limits: &self.options.limits,
            tls: self.tls,
            host: &self.visit.endpoint.host,
            depth: self.visit.depth,
            local: connected.local,
        };
        sheet.connected.get_or_insert(Fact::Seen(connected));
        match opener {
            Opener::Listen(patience) => caller.listen(connection, patience, sheet).await,
            Opener::Hello => caller.hello(connection, sheet).await,
        }
    }

    /// How often a visit with this gap may be repeated; `None` if it makes no sense.
    fn repetitions(&self, gap: &Gap) -> Option<u32> {
        /// What this machine could not do is tried again even where the server is not asked twice.
        const LOCAL: u32 = 2;
        match (&gap.cause, gap.phase) {
            (Cause::Local(_), _) | (Cause::Unreachable, Phase::Connect) => {
                Some(self.options.retries.max(LOCAL))
            }
            (Cause::TimedOut, Phase::Connect) | (Cause::Reset | Cause::Throttled, _) => {
                Some(self.options.retries)
            }
            _ => None,
        }
    }

    /// The pause before a repetition, +-50 %, so that hosts do not come back in step.
    fn pause(&self, repeated: u32) -> Duration {
        let pauses = &self.options.retry_pauses;
        let at = usize::try_from(repeated).unwrap_or(usize::MAX);
        let pause = pauses.get(at).or(pauses.last()).copied();
        jittered(pause.unwrap_or_default(), random_byte())
    }
}

/// `pause` times 0.5 to 1.5.
fn jittered(pause: Duration, random: u8) -> Duration {
    pause / 2 + pause * u32::from(random) / 255
}

fn random_byte() -> u8 {
    let mut byte = [128];
    // Without randomness the pause is the middle one.
    let _ = aws_lc_rs::rand::fill(&mut byte);
    byte[0]
}

fn silence() -> Gap {
    Gap::new(Phase::Greeting, Cause::TimedOut)
}

/// The only words of this server are its answer to a ClientHello.
fn only_words(words: Option<Greeting>, sheet: &mut Sheet) -> Option<Gap> {
    let Some(words) = words else {
        return Some(silence());
    };
    let gap = match words.spoken {
        Spoken::Unrecognised => Some(Gap::new(
            Phase::Greeting,
            Cause::Malformed(words.raw.clone()),
        )),
        spoken if spoken.protocol().is_some() => Some(silence()),
        _ => None,
    };
    sheet.greeting = Some(Fact::Seen(words));
    gap
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_half_as_long_to_half_as_long_again() {
        let pause = Duration::from_secs(10);
        assert_eq!(jittered(pause, 0), Duration::from_secs(5));
        assert_eq!(jittered(pause, 255), Duration::from_secs(15));
        assert_eq!(jittered(Duration::ZERO, 200), Duration::ZERO);
    }
}
