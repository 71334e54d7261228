//! Whether a server still does what it did, and what becomes of a survey where it does not.

use tokio::time::sleep;

use super::{Road, Surveyor};
use crate::model::{Cause, Fact, Gap, HelloAnswer, OtherSession, Phase, Shown, Twist};
use crate::probe::conversation::Ending;
use crate::probe::sheet::Sheet;
use crate::wire::cert;

/// What a control handshake showed.
pub enum Control {
    /// All is as before.
    Holds,
    /// The server was not to be had for a while, and is again.
    HoldsAgain,
    /// It is not to be had any more.
    Fails,
    /// A limit of ours was reached before that could be known.
    Unknown(Gap),
}

/// Whether a question was turned away before it could be put, by whoever was had before.
pub fn is_turned_away(gap: &Gap) -> bool {
    gap.cause == Cause::Throttled || gap.phase <= Phase::Capabilities && breaks_off(&gap.cause)
}

/// What it means that no control succeeded, of which `last` was the last.
fn failing(last: Option<Gap>) -> Control {
    match last {
        // What this machine cannot do says nothing of the server.
        Some(gap) if matches!(gap.cause, Cause::Local(_)) => Control::Unknown(gap),
        _ => Control::Fails,
    }
}

/// Whether the other side ended a conversation that it had gone on with before.
fn breaks_off(cause: &Cause) -> bool {
    matches!(
        cause,
        Cause::Refused | Cause::TimedOut | Cause::Closed | Cause::Reset | Cause::Turned(_)
    )
}

impl Surveyor<'_, '_> {
    /// What is left of a question that found no answer: why, or nothing where it is to be asked again.
    pub async fn lost(&mut self, gap: Gap) -> Option<Gap> {
        if matches!(gap.cause, Cause::LimitReached(_) | Cause::Internal(_)) {
            self.end(gap);
            return self.over.clone();
        }
        if !self.has_known_good() && gap.cause != Cause::Throttled {
            return Some(gap);
        }
        match self.control(&gap).await {
            Control::Holds if self.hiccups < self.visit.options.retries => self.hiccups += 1,
            // Whoever now upgrades and now does not is counting guests.
            Control::Holds if gap.phase < Phase::Handshake && breaks_off(&gap.cause) => {
                return Some(Gap::new(gap.phase, Cause::Throttled));
            }
            Control::Holds => return Some(gap),
            Control::HoldsAgain => self.wait_no_longer_than(gap.phase),
            Control::Fails => self.give_up(gap.phase),
            Control::Unknown(gap) => self.end(gap),
        }
        self.over.clone()
    }

    /// Whether the server ever agreed to anything, so that it can be held against that.
    pub fn has_known_good(&self) -> bool {
        let mut hellos = self.survey.hellos.iter();
        self.session.is_some() || hellos.any(|asked| asked.agreed().is_some())
    }

    /// Whoever asks for patience as often as a visit is repeated is left alone.
    pub(super) fn wait_no_longer_than(&mut self, phase: Phase) {
        self.left_alone += 1;
        if self.left_alone > self.visit.options.retries {
            self.give_up(phase);
        }
    }

    /// Nothing more is asked in this visit. Of a server that had to be left alone, it was that which
    /// used up what a visit may cost.
    pub(super) fn end(&mut self, gap: Gap) {
        match gap.cause {
            Cause::LimitReached(_) if self.wavers || self.left_alone > 0 || self.hiccups > 0 => {
                self.give_up(gap.phase);
            }
            _ => self.over = Some(gap),
        }
    }

    /// Nothing more is asked here, in this visit or another.
    pub(super) fn give_up(&mut self, phase: Phase) {
        self.visit.gates.give_up(self.visit.at.ip());
        self.over = Some(Gap::new(phase, Cause::Throttled));
    }

    /// Whether the server hangs up on questions, and not on whoever comes too often. The first time two
    /// controls come in a row, where it has not let two in by then: who lets in one of several fails it.
    pub(super) async fn control_of_hang_ups(&mut self) -> Control {
        let control = self
            .control(&Gap::new(Phase::Handshake, Cause::Closed))
            .await;
        if !matches!(control, Control::Holds) {
            return control;
        }
        if self.hangs_up || self.hang_ups.lets_several_in() {
            self.hangs_up = true;
            return control;
        }
        match self.known_good().await {
            Ok(()) => {
                self.hangs_up = true;
                Control::Holds
            }
            Err(gap) if matches!(gap.cause, Cause::LimitReached(_)) => Control::Unknown(gap),
            Err(gap) => self.control(&Gap::new(gap.phase, Cause::Throttled)).await,
        }
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
                    // Our limit is no excuse for whoever turned us away before it.
                    return match last.is_some() || is_turned_away(failed) {
                        true => failing(last),
                        false => Control::Unknown(gap),
                    };
                }
                Err(gap) => last = Some(gap),
            }
        }
        failing(last)
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
        let mut hellos = self.survey.hellos.iter();
        let agreed = hellos.find(|asked| asked.agreed().is_some());
        let Some(hello) = agreed.map(|asked| asked.hello.clone()) else {
            return Err(Gap::new(Phase::Handshake, Cause::Closed));
        };
        match self.ask(&hello).await?.answer {
            Ok(HelloAnswer::Agreed(_)) => Ok(()),
            _ => Err(Gap::new(Phase::Handshake, Cause::Closed)),
        }
    }

    /// One more full handshake, with the conversation around it and the goodbye.
    pub(super) async fn further_session(&mut self, twist: Twist) -> Result<Shown, Gap> {
        let mut sheet = Sheet::new();
        let (heard, road) = (&mut sheet, self.road);
        let patience = self.visit.options.limits.greeting;
        let called = self.visit.call(twist, |caller, connection| async move {
            Ok(match road {
                Road::Direct => caller.hello(connection, heard).await,
                Road::Upgrade(_) => caller.listen(connection, patience, heard).await,
            })
        });
        let ended = called.await;
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
