//! One visit to one address: which connections, in which order, and what if they fail.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use jiff::Timestamp;
use tokio::time::{Instant, sleep, timeout};

use super::connect::{dial, millis};
use super::conversation::{Caller, Ending};
use super::handshake::Tls;
use super::metered::Metered;
use super::options::Options;
use super::pacing::Gates;
use super::sheet::{Sheet, Target};
use super::survey::Surveyor;
use super::tally::Tally;
use crate::model::{
    Cause, Connected, Fact, FirstMove, Gap, Greeting, Limit, Opening, Phase, Spoken, Twist, Visit,
    Visited,
};

/// A visit under way.
pub struct AddressVisit<'a> {
    pub(super) options: &'a Options,
    tls: &'a Tls,
    pub(super) gates: &'a Gates,
    tally: &'a Tally,
    pub(super) visit: &'a Visit,
    /// Where it really goes.
    pub(super) at: SocketAddr,
    outlay: Outlay,
}

/// What a visit has cost so far.
#[derive(Default)]
struct Outlay {
    connections: AtomicU32,
    /// Time spent on connections; waiting for a turn is not counted.
    micros: AtomicU64,
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
            outlay: Outlay::default(),
        }
    }

    /// Asks everything; the record, and the certificates that the server sent.
    pub async fn run(self, target: Target) -> (Visited, Vec<Vec<u8>>) {
        let begun = Timestamp::now();
        let (Attempt { sheet, gap }, failed_attempts) = self.first_session().await;
        let mut surveyor = Surveyor::new(&self, &sheet, gap.as_ref());
        // Boxed, so that visits which have not come so far stay small.
        if let Some(surveyor) = &mut surveyor {
            Box::pin(surveyor.usual()).await;
        }
        let alarming = Box::pin(self.alarm(&sheet, surveyor.as_mut())).await;
        if let Some(surveyor) = &mut surveyor {
            Box::pin(surveyor.everything()).await;
        }
        let over = surveyor.as_ref().and_then(Surveyor::over).cloned();
        let survey = surveyor.map(Surveyor::close).unwrap_or_default();
        let mut sheet = sheet;
        if let Some(Cause::LimitReached(limit)) = over.map(|gap| gap.cause) {
            sheet.reached(limit);
        }
        if survey.cut {
            sheet.reached(Limit::Certificates);
        }
        if sheet.opening.is_none() && survey.heard_tls() {
            sheet.opening = Some(Fact::Seen(Opening::Tls));
        }
        let mut certificates = sheet.sent().chain;
        certificates.extend(survey.certificates);
        let mut visited = sheet.close(target, begun, gap);
        visited.take_chain_from(&survey.hellos);
        visited.hellos = survey.hellos;
        visited.sessions = survey.sessions;
        visited.failed_attempts = failed_attempts;
        visited.injection = alarming.injection;
        visited.login_begun = alarming.login_begun;
        visited.millis = millis(self.spent());
        visited.connections = self.outlay.connections.load(Ordering::Relaxed);
        (visited, certificates)
    }

    /// The conversation that a modern client has, as often as it takes and is allowed.
    ///
    /// Also why the other attempts came to nothing.
    async fn first_session(&self) -> (Attempt, Vec<Gap>) {
        let mut best = self.attempt().await;
        let mut failed = Vec::new();
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
                failed.extend(std::mem::replace(&mut best, next).gap);
            } else {
                failed.extend(next.gap);
            }
            if out_of_time {
                break;
            }
        }
        (best, failed)
    }

    async fn attempt(&self) -> Attempt {
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

    async fn tls_first(&self, sheet: &mut Sheet) -> Option<Gap> {
        let words = match self.connection(Opener::Hello, sheet).await {
            Ending::NotTls(words) => words,
            Ending::Finished => return None,
            Ending::Broken(gap) | Ending::Silent(gap) => return Some(gap),
        };
        sheet.opening = Some(Fact::Seen(Opening::ClearText));
        // These never speak first: listening would only take its time.
        let never_first = |words: &Greeting| words.spoken.only_answers();
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

    async fn listen_first(&self, sheet: &mut Sheet, may_speak: bool) -> Option<Gap> {
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

    async fn connection(&self, opener: Opener, sheet: &mut Sheet) -> Ending {
        let heard = &mut *sheet;
        let talk = move || async move { Ok(self.talk(opener, heard).await) }.boxed();
        match self.under_clock(talk).await {
            Ok(ending) => ending,
            // The clock stopped the conversation at the step under way.
            Err(cause) => Ending::Broken(Gap::new(sheet.phase, cause)),
        }
    }

    /// Waits for a turn and does `work` on one connection, under the connection's own clock and the
    /// address's.
    ///
    /// # Errors
    /// The work's own, or the limit that was reached: a clock, or the number of connections.
    async fn under_clock<'w, T, E: From<Cause>>(
        &self,
        work: impl FnOnce() -> BoxFuture<'w, Result<T, E>>,
    ) -> Result<T, E> {
        let over = |limit| Err(E::from(Cause::LimitReached(limit)));
        let most = self.options.limits.connections_at(self.visit.depth);
        if self.outlay.connections.load(Ordering::Relaxed) >= most {
            return over(Limit::Connections);
        }
        let _pass = self.gates.enter(self.at.ip()).await;
        let (time, limit) = match (self.options.limits.connection, self.left()) {
            (connection, left) if connection <= left => (connection, Limit::ConnectionTime),
            (_, left) => (left, Limit::AddressTime),
        };
        if time.is_zero() {
            return over(limit);
        }
        self.outlay.connections.fetch_add(1, Ordering::Relaxed);
        let _under_way = self.tally.connect();
        let begun = Instant::now();
        // Made and boxed here, so that the thousands that wait for their turn stay small.
        let done = timeout(time, work()).await;
        let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.outlay.micros.fetch_add(micros, Ordering::Relaxed);
        done.unwrap_or_else(|_| over(limit))
    }

    /// A connection on which `talk` is had, under both clocks.
    ///
    /// # Errors
    /// That of the connection or of `talk`, or the limit that was reached.
    pub(super) async fn call<'w, T: Send + 'w, F>(
        &'w self,
        twist: Twist,
        talk: impl FnOnce(Caller<'a>, Metered) -> F + Send + 'w,
    ) -> Result<T, Gap>
    where
        F: Future<Output = Result<T, Gap>> + Send + 'w,
    {
        let work = async move {
            let (connection, connected) = self.dial().await?;
            talk(self.caller(connected.local, twist), connection).await
        };
        self.under_clock(|| work.boxed()).await
    }

    fn spent(&self) -> Duration {
        Duration::from_micros(self.outlay.micros.load(Ordering::Relaxed))
    }

    /// What is left of the time for this address.
    fn left(&self) -> Duration {
        self.options.address_timeout.saturating_sub(self.spent())
    }

    /// A connection to the address.
    async fn dial(&self) -> Result<(Metered, Connected), Gap> {
        dial(self.at, self.options.connect_timeout)
            .await
            .map_err(|cause| Gap::new(Phase::Connect, cause))
    }

    /// Who talks over a connection whose own end is `local`.
    fn caller(&self, local: IpAddr, twist: Twist) -> Caller<'a> {
        Caller {
            limits: &self.options.limits,
            tls: self.tls,
            host: &self.visit.endpoint.host,
            depth: self.visit.depth,
            twist,
            local,
        }
    }

    async fn talk(&self, opener: Opener, sheet: &mut Sheet) -> Ending {
        sheet.phase = Phase::Connect;
        let (connection, connected) = match self.dial().await {
            Ok(stood) => stood,
            Err(gap) => return Ending::Broken(gap),
        };
        let caller = self.caller(connected.local, Twist::Again);
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
    pub(super) fn pause(&self, repeated: u32) -> Duration {
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
            contested: Default::default(),
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
