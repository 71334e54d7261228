//! Everything that is asked of an address besides the first session: our own hellos, further
//! sessions and, of our own domains, what could alarm others.
//!
//! A refusal by alert is the server's own answer. Anything else that ends a question counts as an
//! answer only if a control handshake succeeds right after it, and the same question ends so again
//! (threat model G3, G7): a server that begins to throttle is never taken for one that says no.

use std::time::Duration;

use futures::FutureExt as _;
use tokio::time::sleep;

use super::conversation::{Caller, Ending};
use super::inquiry::Inquiry;
use super::raw_hello;
use super::sheet::Sheet;
use super::visit::AddressVisit;
use crate::model::{
    AskedHello, Cause, Depth, Fact, Gap, Hello, HelloAnswer, HungUp, KeyAlgorithm, Opening,
    OtherSession, Phase, Protocol, Refusal, Shown, TlsSession, Twist,
};
use crate::wire::cert;
use crate::wire::tls::Heard;

/// What was asked besides, and what came.
#[derive(Default)]
pub struct Survey {
    /// Our own hellos, in the order asked.
    pub hellos: Vec<AskedHello>,
    /// Further sessions.
    pub sessions: Vec<OtherSession>,
    /// Certificates that were shown in any of them.
    pub certificates: Vec<Vec<u8>>,
}

/// A survey under way.
pub struct Surveyor<'v, 'a> {
    visit: &'v AddressVisit<'a>,
    first: &'v Sheet,
    /// The session of the first handshake, if it completed.
    session: Option<TlsSession>,
    /// How TLS is reached on this port.
    road: Road,
    survey: Survey,
    /// Why nothing more is asked, once that is so.
    over: Option<Gap>,
}

/// How TLS is reached.
#[derive(Clone, Copy)]
enum Road {
    /// From the first byte.
    Direct,
    /// Through an upgrade in this protocol.
    Upgrade(Protocol),
}

/// What a control handshake showed.
enum Control {
    /// All is as before.
    Holds,
    /// The server was not to be had for a while, and is again.
    HoldsAgain,
    /// It is not to be had any more.
    Fails,
}

impl<'v, 'a> Surveyor<'v, 'a> {
    /// A survey of an address whose first visit came to `first`; `None` where TLS cannot be reached.
    pub fn new(visit: &'v AddressVisit<'a>, first: &'v Sheet, gap: Option<&Gap>) -> Option<Self> {
        let session = first.tls.as_ref().and_then(Fact::seen).cloned();
        let refused =
            gap.is_some_and(|gap| gap.phase == Phase::Handshake && tells_of_tls(&gap.cause));
        if session.is_none() && !refused {
            return None;
        }
        Some(Surveyor {
            road: road(first)?,
            visit,
            first,
            session,
            survey: Survey::default(),
            over: None,
        })
    }

    /// Asks all that the depth asks.
    pub async fn run(mut self) -> Survey {
        if self.visit.gates.given_up(self.visit.at.ip()) {
            self.over = Some(Gap::new(Phase::Connect, Cause::Throttled));
        }
        let named = self.visit.visit.endpoint.host.name().is_some();
        loop {
            let inquiry = Inquiry {
                depth: self.visit.visit.depth,
                named,
                session: self.session.as_ref(),
                asked: &self.survey.hellos,
            };
            let Some(hello) = inquiry.next() else { break };
            let answer = self.answer(&hello).await;
            self.survey.hellos.push(AskedHello { hello, answer });
        }
        if self.visit.visit.depth == Depth::Deep && self.session.is_some() {
            for twist in self.twists(named) {
                let shown = self.show(twist).await;
                self.survey.sessions.push(OtherSession { twist, shown });
            }
        }
        self.survey
    }

    /// The further sessions of the deep stage: whether the server shows the same again, another
    /// certificate to clients of the other kind, and which one without a name.
    fn twists(&self, named: bool) -> Vec<Twist> {
        let sent = self.first.sent();
        let leaf = sent.chain.first().and_then(|der| cert::read(der).ok());
        let other = leaf.and_then(|leaf| match leaf.key.algorithm {
            KeyAlgorithm::Rsa => Some(Twist::EcdsaOnly),
            KeyAlgorithm::Ec(_) | KeyAlgorithm::Edwards => Some(Twist::RsaOnly),
            KeyAlgorithm::Dsa | KeyAlgorithm::Other(_) => None,
        });
        let unnamed = named.then_some(Twist::WithoutName);
        [Some(Twist::Again), other, unnamed]
            .into_iter()
            .flatten()
            .collect()
    }

    async fn show(&mut self, twist: Twist) -> Fact<Shown> {
        if let Some(gap) = &self.over {
            return Fact::Unknown(gap.clone());
        }
        match self.further_session(twist).await {
            Ok(shown) => Fact::Seen(shown),
            Err(gap) => Fact::Unknown(gap),
        }
    }

    /// The answer to one hello, or why there is none.
    async fn answer(&mut self, hello: &Hello) -> Fact<HelloAnswer> {
        let mut hung_up = 0;
        let mut turned_away = 0;
        loop {
            if let Some(gap) = &self.over {
                return Fact::Unknown(gap.clone());
            }
            let gap = match self.ask(hello).await {
                Ok(heard) => {
                    self.survey.certificates.extend(heard.certificates);
                    match heard.answer {
                        Ok(answer) => return Fact::Seen(answer),
                        Err(cause @ Cause::Alert(_)) => Gap::new(Phase::Handshake, cause),
                        Err(cause) => return Fact::Unknown(Gap::new(Phase::Handshake, cause)),
                    }
                }
                Err(gap) => gap,
            };
            if matches!(gap.cause, Cause::LimitReached(_) | Cause::Internal(_)) {
                self.over = Some(gap);
                continue;
            }
            match (self.control(&gap).await, hung_up_by(&gap)) {
                (Control::Holds, Some(how)) => {
                    hung_up += 1;
                    if hung_up == TIMES_TO_BELIEVE {
                        return Fact::Seen(HelloAnswer::Refused(Refusal::HungUp(how)));
                    }
                }
                (Control::Holds, None) => {
                    turned_away += 1;
                    if turned_away == TIMES_TO_BELIEVE {
                        return Fact::Unknown(gap);
                    }
                }
                (Control::HoldsAgain, _) => {
                    (hung_up, turned_away) = (0, turned_away + 1);
                    if turned_away > self.visit.options.retries {
                        self.give_up(gap.phase);
                    }
                }
                (Control::Fails, _) => self.give_up(gap.phase),
            }
        }
    }

    /// Whoever asks for patience again and again is left alone.
    fn give_up(&mut self, phase: Phase) {
        self.visit.gates.give_up(self.visit.at.ip());
        self.over = Some(Gap::new(phase, Cause::Throttled));
    }

    /// One hello on a connection of its own.
    async fn ask(&self, hello: &Hello) -> Result<Heard, Gap> {
        let work = async {
            let (connection, connected) = self.visit.dial().await?;
            let caller = self.visit.caller(connected.local, Twist::Again);
            let connection = match self.road {
                Road::Direct => connection,
                Road::Upgrade(protocol) => caller.upgrade_to_raw(connection, protocol).await?,
            };
            let host = &self.visit.visit.endpoint.host;
            raw_hello::ask(connection, hello, host, &self.visit.options.limits)
                .await
                .map_err(|cause| Gap::new(Phase::Handshake, cause))
        };
        self.visit.under_clock(|| work.boxed()).await
    }

    /// Whether the server still does what it did: at once and, where it does not, after each of the
    /// pauses that an address gets which asks for patience.
    async fn control(&mut self, failed: &Gap) -> Control {
        let asked_for_patience = failed.cause == Cause::Throttled;
        let mut waited = false;
        for round in 0..=self.visit.options.retries {
            if round > 0 || asked_for_patience {
                let pause = self.visit.pause(round.saturating_sub(1));
                self.visit.gates.hold(self.visit.at.ip(), pause);
                sleep(pause).await;
                waited = true;
            }
            match self.known_good().await {
                true if waited => return Control::HoldsAgain,
                true => return Control::Holds,
                false if self.visit.left() == Duration::ZERO => return Control::Fails,
                false => {}
            }
        }
        Control::Fails
    }

    /// The best-known setting once more: the session or, where there was none, a hello that the
    /// server agreed to. Without either nothing can be known.
    async fn known_good(&mut self) -> bool {
        if self.session.is_some() {
            let shown = self.further_session(Twist::Again).await;
            let succeeded = shown.is_ok();
            if let Ok(shown) = shown {
                let (twist, shown) = (Twist::Again, Fact::Seen(shown));
                self.survey.sessions.push(OtherSession { twist, shown });
            }
            return succeeded;
        }
        let agreed = self
            .survey
            .hellos
            .iter()
            .find(|asked| asked.agreed().is_some());
        let Some(hello) = agreed.map(|asked| asked.hello.clone()) else {
            return false;
        };
        matches!(
            self.ask(&hello).await,
            Ok(Heard {
                answer: Ok(HelloAnswer::Agreed(_)),
                ..
            })
        )
    }

    /// One more full handshake, with the conversation around it and the goodbye.
    async fn further_session(&mut self, twist: Twist) -> Result<Shown, Gap> {
        let mut sheet = Sheet::new();
        let work = async {
            let (connection, connected) = self.visit.dial().await?;
            let caller: Caller<'_> = self.visit.caller(connected.local, twist);
            let patience = self.visit.options.limits.greeting;
            Ok::<_, Gap>(match self.road {
                Road::Direct => caller.hello(connection, &mut sheet).await,
                Road::Upgrade(_) => caller.listen(connection, patience, &mut sheet).await,
            })
        };
        let ended = self.visit.under_clock(|| work.boxed()).await;
        let sent = sheet.sent();
        let ids = sent.chain.iter().map(|der| cert::id(der)).collect();
        self.survey.certificates.extend(sent.chain);
        let session = sheet.tls.as_ref().and_then(Fact::seen);
        let gap = match ended {
            Ok(Ending::Broken(gap) | Ending::Silent(gap)) | Err(gap) => Some(gap),
            Ok(Ending::Finished) => None,
            Ok(Ending::NotTls(_)) => Some(Gap::new(Phase::Handshake, Cause::Closed)),
        };
        match (session, gap) {
            (Some(session), None) => Ok(Shown {
                version: session.version,
                chain: ids,
            }),
            (_, Some(gap)) => Err(gap),
            (None, None) => Err(Gap::new(Phase::Starttls, Cause::Closed)),
        }
    }
}

/// How often a question must end in the same way, with a control handshake that succeeds after each,
/// before that is taken for the server's answer.
const TIMES_TO_BELIEVE: u32 = 2;

/// How TLS is reached, by what the first visit saw.
fn road(first: &Sheet) -> Option<Road> {
    match first.opening.as_ref()?.seen()? {
        Opening::Tls => Some(Road::Direct),
        Opening::ClearText => {
            let starttls = first.starttls.as_ref()?.seen()?;
            let greeting = first.greeting.as_ref()?.seen()?;
            let protocol = greeting.spoken.protocol()?;
            starttls.accepted.then_some(Road::Upgrade(protocol))
        }
    }
}

/// Whether a handshake that failed so may yet go through with another hello.
fn tells_of_tls(cause: &Cause) -> bool {
    matches!(
        cause,
        Cause::Alert(_) | Cause::Incompatible(_) | Cause::Closed | Cause::Reset
    )
}

/// How a question that reached TLS ended; `None` where it did not come so far.
fn hung_up_by(gap: &Gap) -> Option<HungUp> {
    match (&gap.cause, gap.phase) {
        (Cause::Closed, Phase::Handshake) => Some(HungUp::Closed),
        (Cause::Reset, Phase::Handshake) => Some(HungUp::Reset),
        (Cause::TimedOut, Phase::Handshake) => Some(HungUp::TimedOut),
        (Cause::Alert(number), Phase::Handshake) => Some(HungUp::Alert(*number)),
        _ => None,
    }
}
