//! Everything that is asked of TLS at an address besides the first session: our own hellos and
//! further sessions.
//!
//! A refusal by alert is the server's own answer. A server that hangs up instead is asked the same
//! once more, at once, and is in doubt until a control handshake succeeds after that (threat model
//! G3): Dovecot, for one, hangs up in place of an alert, and so does a server that begins to throttle,
//! which a control alone, ever between two hellos, would not tell from it. The first time the control
//! comes at once (G7); of a server that is known to hang up, one control settles all doubts of a
//! survey. Silence is never a no: waiting for it is the very pause after which a control succeeds.

use futures::FutureExt as _;
use tokio::time::sleep;

use super::conversation::{Caller, Ending};
use super::inquiry::Inquiry;
use super::raw_hello;
use super::sheet::Sheet;
use super::visit::AddressVisit;
use crate::model::{
    AskedHello, Cause, Depth, Fact, Gap, Hello, HelloAnswer, HungUp, KeyAlgorithm, Opening,
    OtherSession, Phase, Protocol, Raw, Refusal, Shown, TlsSession, Twist,
};
use crate::protocol::greeting::{Hearing, hear};
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
    /// Whether more certificates were sent than are kept.
    pub cut: bool,
}

/// A survey under way.
pub struct Surveyor<'v, 'a> {
    visit: &'v AddressVisit<'a>,
    first: &'v Sheet,
    /// The session of the first handshake, if it completed.
    session: Option<TlsSession>,
    /// Whether the conversation inside it came to its goodbye.
    finished: bool,
    /// How TLS is reached on this port.
    road: Road,
    survey: Survey,
    /// Which hellos the server hung up on without a control since.
    doubtful: Vec<usize>,
    /// Whether it was seen to hang up in place of an alert.
    hangs_up: bool,
    /// How often a question was turned away though all else was as before.
    hiccups: u32,
    /// How often it had to be left alone for a while.
    left_alone: u32,
    /// Whether it answered a question that it had hung up on a moment before.
    wavers: bool,
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
    /// A limit of ours was reached before that could be known.
    Unknown(Gap),
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
            finished: gap.is_none(),
            survey: Survey::default(),
            doubtful: Vec::new(),
            hangs_up: false,
            hiccups: 0,
            left_alone: 0,
            wavers: false,
            over: None,
        })
    }

    /// Asks what is asked of every server but at `quick`, then for further sessions at `deep`: what
    /// rules need comes before what only completes the picture.
    pub async fn usual(&mut self) {
        if self.visit.gates.given_up(self.visit.at.ip()) {
            self.over = Some(Gap::new(Phase::Connect, Cause::Throttled));
        }
        let depth = self.visit.visit.depth;
        self.inquire(depth.min(Depth::Standard)).await;
        if depth == Depth::Deep && self.session.is_some() {
            for twist in self.twists() {
                let shown = self.show(twist).await;
                self.survey.sessions.push(OtherSession { twist, shown });
            }
        }
    }

    /// Asks all that is left at the depth of the visit, as far as its connections suffice.
    pub async fn everything(&mut self) {
        self.inquire(self.visit.visit.depth).await;
    }

    /// Why nothing more is asked, if that is so.
    pub fn over(&self) -> Option<&Gap> {
        self.over.as_ref()
    }

    /// What came.
    pub fn close(self) -> Survey {
        self.survey
    }

    async fn inquire(&mut self, depth: Depth) {
        loop {
            let inquiry = Inquiry {
                depth,
                named: self.is_named(),
                session: self.session.as_ref(),
                asked: &self.survey.hellos,
            };
            match inquiry.next() {
                Some(hello) => self.put(hello).await,
                None if self.doubtful.is_empty() => break,
                None => self.settle_doubts().await,
            }
        }
    }

    fn is_named(&self) -> bool {
        self.visit.visit.endpoint.host.name().is_some()
    }

    /// The further sessions of the deep stage: whether the server shows the same again, another
    /// certificate to clients of the other kind, and which one without a name.
    fn twists(&self) -> Vec<Twist> {
        let sent = self.first.sent();
        let leaf = sent.chain.first().and_then(|der| cert::read(der).ok());
        let other = leaf.and_then(|leaf| match leaf.key.algorithm {
            KeyAlgorithm::Rsa => Some(Twist::EcdsaOnly),
            KeyAlgorithm::Ec(_) | KeyAlgorithm::Edwards => Some(Twist::RsaOnly),
            KeyAlgorithm::Dsa | KeyAlgorithm::Other(_) => None,
        });
        let unnamed = self.is_named().then_some(Twist::WithoutName);
        let again = self.survey.sessions.is_empty().then_some(Twist::Again);
        [again, other, unnamed].into_iter().flatten().collect()
    }

    async fn show(&mut self, twist: Twist) -> Fact<Shown> {
        if let Some(gap) = &self.over {
            return Fact::Unknown(gap.clone());
        }
        let mut shown = self.further_session(twist).await;
        if let Err(gap) = &shown
            && !matches!(gap.cause, Cause::Alert(_) | Cause::LimitReached(_))
        {
            // A server without the other kind of key may hang up for that, or for patience.
            match self.control(&gap.clone()).await {
                Control::Holds | Control::HoldsAgain => shown = self.further_session(twist).await,
                Control::Fails => self.give_up(gap.phase),
                Control::Unknown(gap) => self.end(gap),
            }
        }
        match (shown, &self.over) {
            (Ok(shown), _) => Fact::Seen(shown),
            (Err(_), Some(over)) => Fact::Unknown(over.clone()),
            (Err(gap), None) => Fact::Unknown(gap),
        }
    }

    /// Asks one hello, and keeps what came of it; nothing, where it is to be asked again.
    async fn put(&mut self, hello: Hello) {
        if let Some(gap) = self.over.clone() {
            return self.keep(hello, Fact::Unknown(gap));
        }
        let mut heard = self.ask(&hello).await;
        if hangs_up(&heard) {
            heard = self.ask(&hello).await;
            self.wavers |= !hangs_up(&heard);
        }
        let gap = match heard {
            Ok(heard) => {
                self.survey.certificates.extend(heard.certificates);
                self.survey.cut |= heard.beyond > 0;
                match heard.answer {
                    Ok(answer) => return self.keep(hello, Fact::Seen(answer)),
                    Err(Cause::Malformed(words)) if asks_for_patience(&words) => {
                        Gap::new(Phase::Handshake, Cause::Throttled)
                    }
                    Err(cause) => Gap::new(Phase::Handshake, cause),
                }
            }
            Err(gap) => gap,
        };
        if matches!(gap.cause, Cause::LimitReached(_) | Cause::Internal(_)) {
            self.end(gap.clone());
            return self.keep(hello, Fact::Unknown(self.over.clone().unwrap_or(gap)));
        }
        if let Some(how) = hung_up_by(&gap) {
            self.doubtful.push(self.survey.hellos.len());
            self.keep(
                hello,
                Fact::Seen(HelloAnswer::Refused(Refusal::HungUp(how))),
            );
            if !self.hangs_up && self.has_known_good() {
                self.settle_doubts().await;
            }
            return;
        }
        match gap.cause {
            Cause::Malformed(_) => self.keep(hello, Fact::Unknown(gap)),
            _ => self.turned_away(hello, gap).await,
        }
    }

    fn keep(&mut self, hello: Hello, answer: Fact<HelloAnswer>) {
        self.survey.hellos.push(AskedHello { hello, answer });
    }

    /// A question that did not even come to TLS: asked again, or left unknown if all else is as before.
    async fn turned_away(&mut self, hello: Hello, gap: Gap) {
        if !self.has_known_good() && gap.cause != Cause::Throttled {
            return self.keep(hello, Fact::Unknown(gap));
        }
        match self.control(&gap).await {
            Control::Holds if self.hiccups < self.visit.options.retries => self.hiccups += 1,
            // Whoever now greets and now does not is counting guests.
            Control::Holds if gap.phase <= Phase::Greeting => {
                let throttled = Gap::new(gap.phase, Cause::Throttled);
                self.keep(hello, Fact::Unknown(throttled));
            }
            Control::Holds => self.keep(hello, Fact::Unknown(gap)),
            Control::HoldsAgain => self.wait_no_longer_than(gap.phase),
            Control::Fails => self.give_up(gap.phase),
            Control::Unknown(gap) => self.end(gap),
        }
    }

    /// Takes the hang-ups in doubt for answers, if all else is as before; otherwise they are asked
    /// again, or left unknown.
    async fn settle_doubts(&mut self) {
        if !self.has_known_good() {
            for index in std::mem::take(&mut self.doubtful) {
                let closed = Gap::new(Phase::Handshake, Cause::Closed);
                self.survey.hellos[index].answer = Fact::Unknown(closed);
            }
            return;
        }
        let hung_up = Gap::new(Phase::Handshake, Cause::Closed);
        let control = self.control(&hung_up).await;
        let doubtful = std::mem::take(&mut self.doubtful);
        match control {
            Control::Holds => {
                self.hangs_up = true;
                return;
            }
            Control::HoldsAgain => self.wait_no_longer_than(Phase::Handshake),
            Control::Fails => self.give_up(Phase::Handshake),
            Control::Unknown(gap) => self.end(gap),
        }
        for index in doubtful.into_iter().rev() {
            match &self.over {
                Some(gap) => self.survey.hellos[index].answer = Fact::Unknown(gap.clone()),
                None => drop(self.survey.hellos.remove(index)),
            }
        }
    }

    /// Whether the server ever agreed to anything, so that it can be held against that.
    fn has_known_good(&self) -> bool {
        let mut hellos = self.survey.hellos.iter();
        self.session.is_some() || hellos.any(|asked| asked.agreed().is_some())
    }

    /// Whoever asks for patience as often as a visit is repeated is left alone.
    fn wait_no_longer_than(&mut self, phase: Phase) {
        self.left_alone += 1;
        if self.left_alone > self.visit.options.retries {
            self.give_up(phase);
        }
    }

    /// Nothing more is asked in this visit. Of a server that had to be left alone, it was that which
    /// used up what a visit may cost.
    fn end(&mut self, gap: Gap) {
        match gap.cause {
            Cause::LimitReached(_) if self.wavers || self.left_alone > 0 || self.hiccups > 0 => {
                self.give_up(gap.phase);
            }
            _ => self.over = Some(gap),
        }
    }

    /// Nothing more is asked here, in this visit or another.
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
        // To wait for what never came is a pause as well.
        let mut waited = failed.cause == Cause::TimedOut;
        let mut last = None;
        for round in 0..=self.visit.options.retries {
            if round > 0 || asked_for_patience {
                let pause = self.visit.pause(round.saturating_sub(1));
                self.visit.gates.hold(self.visit.at.ip(), pause);
                sleep(pause).await;
                waited = true;
            }
            match self.known_good().await {
                Ok(()) if waited => return Control::HoldsAgain,
                Ok(()) => return Control::Holds,
                Err(gap) if matches!(gap.cause, Cause::LimitReached(_)) => {
                    return Control::Unknown(gap);
                }
                Err(gap) => last = Some(gap),
            }
        }
        match last {
            // What this machine cannot do says nothing of the server.
            Some(gap) if matches!(gap.cause, Cause::Local(_)) => Control::Unknown(gap),
            _ => Control::Fails,
        }
    }

    /// The best-known setting once more: the session or, where there was none, a hello that the
    /// server agreed to. Without either nothing can be known.
    async fn known_good(&mut self) -> Result<(), Gap> {
        if self.session.is_some() {
            let shown = self.further_session(Twist::Again).await?;
            let (twist, shown) = (Twist::Again, Fact::Seen(shown));
            self.survey.sessions.push(OtherSession { twist, shown });
            return Ok(());
        }
        let mut agreed = self
            .survey
            .hellos
            .iter()
            .filter(|asked| asked.agreed().is_some());
        let Some(hello) = agreed.next().map(|asked| asked.hello.clone()) else {
            return Err(Gap::new(Phase::Handshake, Cause::Closed));
        };
        match self.ask(&hello).await?.answer {
            Ok(HelloAnswer::Agreed(_)) => Ok(()),
            _ => Err(Gap::new(Phase::Handshake, Cause::Closed)),
        }
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
        self.survey.cut |= sent.beyond > 0;
        self.survey.certificates.extend(sent.chain);
        let session = sheet.tls.as_ref().and_then(Fact::seen);
        let gap = match ended {
            Ok(Ending::Broken(gap) | Ending::Silent(gap)) | Err(gap) => Some(gap),
            Ok(Ending::Finished) => None,
            Ok(Ending::NotTls(_)) => Some(Gap::new(Phase::Handshake, Cause::Closed)),
        };
        match (session, gap) {
            (Some(session), gap) if gap.is_none() || !self.finished => Ok(Shown {
                version: session.version,
                chain: ids,
            }),
            (_, Some(gap)) => Err(gap),
            (_, None) => Err(Gap::new(Phase::Starttls, Cause::Closed)),
        }
    }
}

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

/// Whether words in place of a ServerHello say "not now" rather than "no TLS".
fn asks_for_patience(words: &Raw) -> bool {
    let lines: Vec<Vec<u8>> = words
        .0
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    matches!(hear(&lines[..1]), Hearing::Done(words) if words.turns_tls_away())
}

/// Whether a question that reached TLS ended with the connection, or with an alert that tells of an
/// accident.
fn hangs_up(heard: &Result<Heard, Gap>) -> bool {
    match heard {
        Ok(heard) => matches!(heard.answer, Err(Cause::Alert(_))),
        Err(gap) => hung_up_by(gap).is_some(),
    }
}

/// How a question that reached TLS ended; `None` where it did not come so far.
fn hung_up_by(gap: &Gap) -> Option<HungUp> {
    match (&gap.cause, gap.phase) {
        (Cause::Closed, Phase::Handshake) => Some(HungUp::Closed),
        (Cause::Reset, Phase::Handshake) => Some(HungUp::Reset),
        (Cause::Alert(number), Phase::Handshake) => Some(HungUp::Alert(*number)),
        _ => None,
    }
}
