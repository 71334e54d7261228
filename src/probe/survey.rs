//! Everything that is asked of TLS at an address besides the first session: our own hellos and
//! further sessions.
//!
//! A refusal by alert is the server's own answer. A server that hangs up instead is in doubt: so does
//! Dovecot in place of an alert, and so does a server that begins to throttle (threat model G3). It is
//! taken at its word where it hangs up several times in a row ([`hang_ups`]) and a control handshake
//! succeeds after that ([`control`]). Silence is never a no: waiting for it is the very pause after
//! which a control succeeds.

mod control;
mod hang_ups;

pub use control::is_turned_away;

use control::Control;
use hang_ups::HangUps;

use super::inquiry::Inquiry;
use super::pacing::GivenUp;
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

impl Survey {
    /// Whether the server said a word of TLS: it chose, or refused by an alert.
    pub fn heard_tls(&self) -> bool {
        self.hellos.iter().any(|asked| {
            matches!(
                asked.answer.seen(),
                Some(HelloAnswer::Agreed(_) | HelloAnswer::Refused(Refusal::Alert(_)))
            )
        })
    }
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
    hang_ups: HangUps,
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
            hang_ups: HangUps::default(),
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
        let given_up = self.visit.gates.given_up(self.visit.at.ip());
        self.over = given_up.map(|by| {
            let cause = match by {
                GivenUp::Itself => Cause::Throttled,
                GivenUp::Neighbours => Cause::NeighboursThrottled,
            };
            Gap::new(Phase::Connect, cause)
        });
        let depth = self.visit.visit.depth;
        self.inquire(depth.min(Depth::Standard)).await;
        if depth == Depth::Deep && self.session.is_some() {
            for twist in self.twists() {
                self.take_down(twist).await;
            }
            // Every control shows as much.
            if self
                .survey
                .sessions
                .iter()
                .all(|one| one.twist != Twist::Again)
            {
                self.take_down(Twist::Again).await;
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
                contested: &self.visit.visit.contested,
                named: self.is_named(),
                session: self.session.as_ref(),
                asked: &self.survey.hellos,
            };
            match inquiry.next() {
                Some(hello) => self.put(hello).await,
                None if !self.settle().await => break,
                None => {}
            }
        }
    }

    fn is_named(&self) -> bool {
        self.visit.visit.endpoint.host.name().is_some()
    }

    /// Further sessions of the deep stage: whether the server shows another certificate to clients of
    /// the other kind, and which one without a name.
    fn twists(&self) -> Vec<Twist> {
        let sent = self.first.sent();
        let leaf = sent.chain.first().and_then(|der| cert::read(der).ok());
        let other = leaf.and_then(|leaf| match leaf.key.algorithm {
            KeyAlgorithm::Rsa => Some(Twist::EcdsaOnly),
            KeyAlgorithm::Ec(_) | KeyAlgorithm::Edwards => Some(Twist::RsaOnly),
            KeyAlgorithm::Dsa | KeyAlgorithm::Other(_) => None,
        });
        let unnamed = self.is_named().then_some(Twist::WithoutName);
        [other, unnamed].into_iter().flatten().collect()
    }

    async fn take_down(&mut self, twist: Twist) {
        let shown = self.show(twist).await;
        self.survey.sessions.push(OtherSession { twist, shown });
    }

    /// One further session, asked for until there is an answer or will be none.
    async fn show(&mut self, twist: Twist) -> Fact<Shown> {
        let mut times = 0;
        loop {
            if let Some(gap) = &self.over {
                return Fact::Unknown(gap.clone());
            }
            let gap = match self.further_session(twist).await {
                Ok(shown) => return Fact::Seen(shown),
                Err(gap) => gap,
            };
            // A server without the other kind of key may hang up for that, or for patience.
            let own_way = twist != Twist::Again && hung_up_by(&gap).is_some();
            times += 1;
            match gap.cause {
                Cause::Alert(_) => return Fact::Unknown(gap),
                _ if own_way && times == 1 => {}
                _ if own_way => match self.control_of_hang_ups().await {
                    Control::Holds => return Fact::Unknown(gap),
                    Control::HoldsAgain => {
                        times = 0;
                        self.wait_no_longer_than(gap.phase);
                    }
                    Control::Fails => self.give_up(gap.phase),
                    Control::Unknown(gap) => self.end(gap),
                },
                _ => {
                    if let Some(gap) = self.lost(gap).await {
                        return Fact::Unknown(gap);
                    }
                }
            }
        }
    }

    /// Asks one hello, and keeps what came of it; nothing, where it is to be asked again.
    async fn put(&mut self, hello: Hello) {
        if let Some(gap) = self.over.clone() {
            return self.keep(hello, Fact::Unknown(gap));
        }
        let mut heard = self.ask(&hello).await;
        let mut times = 1;
        if hangs_up(&heard) && self.hang_ups.takes_two(&hello) {
            heard = self.ask(&hello).await;
            times = 2;
        }
        let gap = match heard {
            Ok(heard) => {
                self.survey.certificates.extend(heard.certificates);
                self.survey.cut |= heard.beyond > 0;
                match heard.answer {
                    Ok(answer) => {
                        self.wavers |= self.hang_ups.stood_alone(&hello);
                        self.hang_ups.answered();
                        return self.keep(hello, Fact::Seen(answer));
                    }
                    Err(Cause::Malformed(words)) if asks_for_patience(&words) => {
                        Gap::new(Phase::Handshake, Cause::Throttled)
                    }
                    Err(cause) => Gap::new(Phase::Handshake, cause),
                }
            }
            Err(gap) => gap,
        };
        if let Some(how) = hung_up_by(&gap) {
            self.hang_ups.note(hello.clone(), times);
            let refused = HelloAnswer::Refused(Refusal::HungUp(how));
            self.keep(hello, Fact::Seen(refused));
            if !self.hangs_up && self.hang_ups.are_in_a_row() && self.has_known_good() {
                self.settle_due().await;
            }
            return;
        }
        self.hang_ups.interrupt();
        let left = match gap.cause {
            Cause::Malformed(_) => Some(gap),
            _ => self.lost(gap).await,
        };
        if let Some(gap) = left {
            self.keep(hello, Fact::Unknown(gap));
        }
    }

    /// Settles what the server hung up on; whether there was anything.
    async fn settle(&mut self) -> bool {
        let closed = || Gap::new(Phase::Handshake, Cause::Closed);
        let never_agreed = (!self.has_known_good()).then(closed);
        if let Some(gap) = self.over.clone().or(never_agreed) {
            let all = self.hang_ups.take_all();
            self.leave_unknown(&all, &gap);
            return !all.is_empty();
        }
        let alone = self.hang_ups.take_alone();
        self.take_back(&alone);
        !alone.is_empty() || self.settle_due().await
    }

    /// Takes the hang-ups in a row for answers, if all else is as before; otherwise they are asked
    /// again, or left unknown. Whether there were any.
    async fn settle_due(&mut self) -> bool {
        let due = self.hang_ups.take_due();
        if due.is_empty() {
            return false;
        }
        match self.control_of_hang_ups().await {
            Control::Holds => return true,
            Control::HoldsAgain => self.wait_no_longer_than(Phase::Handshake),
            Control::Fails => self.give_up(Phase::Handshake),
            Control::Unknown(gap) => self.end(gap),
        }
        match self.over.clone() {
            Some(gap) => self.leave_unknown(&due, &gap),
            None => self.take_back(&due),
        }
        true
    }

    /// Makes these as if they had not been asked.
    fn take_back(&mut self, hellos: &[Hello]) {
        let mut asked = std::mem::take(&mut self.survey.hellos);
        asked.retain(|asked| !hellos.contains(&asked.hello));
        self.survey.hellos = asked;
    }

    fn leave_unknown(&mut self, hellos: &[Hello], gap: &Gap) {
        let asked = self.survey.hellos.iter_mut();
        for asked in asked.filter(|asked| hellos.contains(&asked.hello)) {
            asked.answer = Fact::Unknown(gap.clone());
        }
    }

    fn keep(&mut self, hello: Hello, answer: Fact<HelloAnswer>) {
        self.survey.hellos.push(AskedHello { hello, answer });
    }

    /// One hello on a connection of its own.
    async fn ask(&self, hello: &Hello) -> Result<Heard, Gap> {
        let (road, visit) = (self.road, self.visit);
        let called = visit.call(Twist::Again, |caller, connection| async move {
            let connection = match road {
                Road::Direct => connection,
                Road::Upgrade(protocol) => caller.upgrade_to_raw(connection, protocol).await?,
            };
            let host = &visit.visit.endpoint.host;
            raw_hello::ask(connection, hello, host, &visit.options.limits)
                .await
                .map_err(|cause| Gap::new(Phase::Handshake, cause))
        });
        called.await
    }
}

/// How TLS is reached, by what the first visit saw.
fn road(first: &Sheet) -> Option<Road> {
    let Some(opening) = &first.opening else {
        // A ClientHello was hung up on without a word. So does a server that shares no suite with it,
        // where its software sends no alert.
        return Some(Road::Direct);
    };
    match opening.seen()? {
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
