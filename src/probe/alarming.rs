//! The two questions that could alarm whoever watches a server: asked at `deep`, of own domains only.

use std::net::IpAddr;

use super::intrusion::{begin_login, inject, mechanism_to_begin, strict};
use super::sheet::Sheet;
use super::survey::{Surveyor, is_turned_away};
use super::visit::AddressVisit;
use crate::model::{
    Cause, Depth, Fact, Gap, GreetingKind, Injection, LoginBegun, Opening, Phase, Protocol, Skip,
    Twist,
};
use crate::protocol::Mechanism;

/// What came of them.
pub struct Alarming {
    pub injection: Fact<Injection>,
    pub login_begun: Fact<LoginBegun>,
}

impl AddressVisit<'_> {
    /// Asks both, each on a connection of its own, of an address whose first visit came to `first`;
    /// or says why not. Where the survey gave up, so do these.
    pub(super) async fn alarm(
        &self,
        first: &Sheet,
        survey: Option<&mut Surveyor<'_, '_>>,
    ) -> Alarming {
        let skip = match (self.visit.depth, self.visit.ours, clear_text(first)) {
            (_, _, None) => Skip::NotApplicable,
            (Depth::Quick | Depth::Standard, _, _) => Skip::Depth,
            (Depth::Deep, false, _) => Skip::NotOurs,
            (Depth::Deep, true, Some(protocol)) => {
                return self.asked(protocol, first, survey).await;
            }
        };
        Alarming {
            injection: Fact::NotAsked(skip),
            login_begun: Fact::NotAsked(skip),
        }
    }

    async fn asked(
        &self,
        protocol: Protocol,
        first: &Sheet,
        mut survey: Option<&mut Surveyor<'_, '_>>,
    ) -> Alarming {
        // The usual handshake is the sanity step: without it a failure would say nothing.
        let upgrades = matches!(first.starttls, Some(Fact::Seen(ref answer)) if answer.accepted)
            && matches!(first.tls, Some(Fact::Seen(_)));
        let injection = match upgrades {
            false => Fact::NotAsked(Skip::NotApplicable),
            true => answered(survey.as_deref_mut(), || self.injection(protocol)).await,
        };
        let listed = |fact: &Option<Fact<_>>| fact.as_ref().and_then(|fact| fact.seen().cloned());
        let before = listed(&first.capabilities);
        let inside = listed(&first.capabilities_in_tls);
        let login_begun = match mechanism_to_begin(before.as_ref(), inside.as_ref()) {
            None => Fact::NotAsked(Skip::NotApplicable),
            Some(mechanism) => answered(survey, || self.begin_once(protocol, mechanism)).await,
        };
        Alarming {
            injection,
            login_begun,
        }
    }

    /// A server that hangs up twice in a row, and then upgrades whoever behaves, is strict, like one
    /// that refuses by an alert.
    async fn injection(&self, protocol: Protocol) -> Fact<Injection> {
        let mut asked = self.inject_once(protocol).await;
        if hung_up(&asked) {
            asked = self.inject_once(protocol).await;
            if hung_up(&asked)
                && let Some(local) = self.upgrades().await
            {
                return Fact::Seen(strict(protocol, local));
            }
        }
        asked
    }

    /// Whether the usual handshake still succeeds; the address of our own end then.
    async fn upgrades(&self) -> Option<IpAddr> {
        let mut sheet = Sheet::new();
        let heard = &mut sheet;
        let called = self.call(Twist::Again, |caller, connection| async move {
            let patience = caller.limits.greeting;
            caller.listen(connection, patience, heard).await;
            Ok(caller.local)
        });
        let local = called.await.ok()?;
        matches!(sheet.tls, Some(Fact::Seen(_))).then_some(local)
    }

    async fn inject_once(&self, protocol: Protocol) -> Fact<Injection> {
        let called = self.call(Twist::Again, |caller, connection| async move {
            Ok(inject(&caller, connection, protocol).await)
        });
        settled(called.await)
    }

    async fn begin_once(&self, protocol: Protocol, mechanism: Mechanism) -> Fact<LoginBegun> {
        let called = self.call(Twist::Again, |caller, connection| async move {
            Ok(begin_login(&caller, connection, protocol, mechanism).await)
        });
        settled(called.await)
    }
}

/// What comes of a question that is asked again where the server only turned it away, as far as the
/// survey of the same address, if there is one, would ask on.
async fn answered<T, F: Future<Output = Fact<T>>>(
    mut survey: Option<&mut Surveyor<'_, '_>>,
    ask: impl Fn() -> F,
) -> Fact<T> {
    loop {
        if let Some(over) = survey.as_ref().and_then(|survey| survey.over()) {
            return Fact::Unknown(over.clone());
        }
        let fact = ask().await;
        let Some(gap) = fact.gap().filter(|gap| is_turned_away(gap)) else {
            return fact;
        };
        let left = match survey
            .as_deref_mut()
            .filter(|survey| survey.has_known_good())
        {
            Some(survey) => survey.lost(gap.clone()).await,
            // It has greeted before, and that is all that it can be held against.
            None => Some(Gap::new(gap.phase, Cause::Throttled)),
        };
        if let Some(gap) = left {
            return Fact::Unknown(gap);
        }
    }
}

/// The protocol that was met in the clear, ready to go on.
fn clear_text(first: &Sheet) -> Option<Protocol> {
    let opening = first.opening.as_ref()?.seen()?;
    let greeting = first.greeting.as_ref()?.seen()?;
    let ready = *opening == Opening::ClearText && greeting.kind == GreetingKind::Ready;
    greeting.spoken.protocol().filter(|_| ready)
}

fn hung_up(asked: &Fact<Injection>) -> bool {
    asked.gap().is_some_and(|gap| {
        gap.phase == Phase::Handshake && matches!(gap.cause, Cause::Closed | Cause::Reset)
    })
}

fn settled<T>(asked: Result<Fact<T>, Gap>) -> Fact<T> {
    asked.unwrap_or_else(Fact::Unknown)
}
