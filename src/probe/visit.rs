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
use super::sheet::{Sheet, Target};
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
    pub async fn run(mut self, target: Target) -> (Visited, Sent) {
        let begun = Timestamp::now();
        let mut best = self.attempt().await;
        let mut repeated = 0;
        while let Some(most) = best.gap.as_ref().and_then(|gap| self.repetitions(gap)) {
            if repeated >= most || self.stands(&best) {
                break;
            }
            sleep(self.pause(repeated)).await;
            repeated += 1;
            let next = self.attempt().await;
            let no_worse = next.sheet.answered() >= best.sheet.answered();
            let out_of_time = self.left().is_zero();
            if next.gap.is_none() || no_worse || self.stands(&next) {
                best = next;
            }
            if out_of_time {
                break;
            }
        }
        let sent = best.sheet.sent();
        let mut visited = best.sheet.close(target, begun, best.gap);
        visited.millis = millis(self.spent);
        visited.connections = self.connections;
        (visited, sent)
    }

    async fn attempt(&mut self) -> Attempt {
        let mut sheet = Sheet::new();
        let gap = match self.visit.first_move {
            FirstMove::Tls => self.tls_first(&mut sheet).await,
            FirstMove::Listen | FirstMove::ListenThenTls => {
                self.listen_first(&mut sheet, true).await
            }
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
        let words = match self.connection(Opener::Hello, sheet).await {
            Ending::NotTls(words) => words,
            Ending::Finished => return None,
            Ending::Broken(gap) | Ending::Silent(gap) => return Some(gap),
        };
        sheet.opening = Some(Fact::Seen(Opening::ClearText));
        // These two never speak first: listening would only take its time.
        let never_first = |words: &Greeting| matches!(words.spoken, Spoken::Http | Spoken::Redis);
        if let Some(words) = words.clone().filter(never_first) {
            sheet.greeting = Some(Fact::Seen(words));
            return None;
        }
        let patience = self.options.limits.greeting;
        match self.connection(Opener::Listen(patience), sheet).await {
            Ending::Broken(gap) | Ending::Silent(gap) => with_words(words, gap, sheet),
            Ending::Finished | Ending::NotTls(_) => None,
        }
    }

    async fn listen_first(&mut self, sheet: &mut Sheet, may_speak: bool) -> Option<Gap> {
        let patience = match self.visit.first_move {
            FirstMove::ListenThenTls => self.options.limits.listen_first,
            _ => self.options.limits.greeting,
        };
        let silence = match self.connection(Opener::Listen(patience), sheet).await {
            Ending::Silent(gap) if may_speak => gap,
            Ending::Silent(gap) | Ending::Broken(gap) => return Some(gap),
            Ending::Finished | Ending::NotTls(_) => return None,
        };
        match self.connection(Opener::Hello, sheet).await {
            Ending::Finished => None,
            Ending::NotTls(words) => {
                sheet.opening = Some(Fact::Seen(Opening::ClearText));
                with_words(words, silence, sheet)
            }
            // Silence in both directions is what was found, but a word of TLS is more.
            Ending::Broken(gap) | Ending::Silent(gap) => {
                let told = matches!(gap.cause, Cause::LimitReached(_) | Cause::Throttled);
                match told || sheet.opening.is_some() {
                    true => Some(gap),
                    false => Some(silence),
                }
            }
        }
    }

    /// One connection under its own clock and the address's.
    async fn connection(&mut self, opener: Opener, sheet: &mut Sheet) -> Ending {
        let _pass = self.gates.enter(self.at.ip()).await;
        let (time, limit) = match (self.options.limits.connection, self.left()) {
            (connection, left) if connection <= left => (connection, Limit::ConnectionTime),
            (_, left) => (left, Limit::AddressTime),
        };
        if time.is_zero() {
            return Ending::Broken(Gap::new(sheet.phase, Cause::LimitReached(limit)));
        }
        self.connections += 1;
        let _under_way = self.tally.connect();
        let begun = Instant::now();
        // Boxed, so that the thousands that wait for their turn stay small.
        let ending = match timeout(time, Box::pin(self.talk(opener, sheet))).await {
            Ok(ending) => ending,
            Err(_) => Ending::Broken(Gap::new(sheet.phase, Cause::LimitReached(limit))),
        };
        self.spent += begun.elapsed();
        ending
    }

    /// What is left of the time for this address.
    fn left(&self) -> Duration {
        self.options.address_timeout.saturating_sub(self.spent)
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

    /// Whether an attempt is not repeated, however it ended: what a server has shown is never
    /// replaced by what it shows when asked again (threat model B12).
    fn stands(&self, attempt: &Attempt) -> bool {
        let text_for_tls = self.visit.first_move == FirstMove::Tls
            && attempt.sheet.opening == Some(Fact::Seen(Opening::ClearText));
        attempt.sheet.shows_more_than_a_greeting() || text_for_tls
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

/// Takes the answer to a ClientHello for the first words, if listening brought none; the gap that
/// is left then.
fn with_words(words: Option<Greeting>, gap: Gap, sheet: &mut Sheet) -> Option<Gap> {
    let Some(words) = words.filter(|_| sheet.greeting.is_none()) else {
        return Some(gap);
    };
    let left = match words.spoken {
        Spoken::Unrecognised => {
            let cause = Cause::Malformed(words.raw.clone());
            Some(Gap::new(Phase::Greeting, cause))
        }
        spoken if spoken.protocol().is_some() => Some(gap),
        _ => None,
    };
    sheet.greeting = Some(Fact::Seen(words));
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AskedFor, Depth};

    #[test]
    fn pauses_are_half_as_long_to_half_as_long_again() {
        let pause = Duration::from_secs(10);
        assert_eq!(jittered(pause, 0), Duration::from_secs(5));
        assert_eq!(jittered(pause, 255), Duration::from_secs(15));
        assert_eq!(jittered(Duration::ZERO, 200), Duration::ZERO);
    }

    #[test]
    fn a_visit_that_waits_for_its_turn_is_small() {
        let options = Options::default();
        let tls = Tls::new().expect("a TLS client");
        let (gates, tally) = (Gates::new(1, 1, Duration::ZERO), Tally::default());
        let visit = Visit {
            endpoint: "192.0.2.1:995".parse().expect("an endpoint"),
            asked_for: AskedFor::Listed,
            first_move: FirstMove::Tls,
            depth: Depth::Standard,
            ours: false,
            forbidden: None,
        };
        let at = SocketAddr::from(([192, 0, 2, 1], 995));
        let target = Target {
            endpoint: visit.endpoint.clone(),
            address: at.ip(),
            dialled: None,
            asked_for: visit.asked_for,
        };
        let run = AddressVisit::new(&options, &tls, &gates, &tally, &visit, at).run(target);
        let size = size_of_val(&run);
        assert!(size < 8 << 10, "{size} bytes, and thousands of them wait");
    }
}
