//! The two questions that could alarm whoever watches a server: asked at `deep`, of own domains only.

use std::net::IpAddr;

use futures::FutureExt as _;

use super::intrusion::{begin_login, inject, mechanism_to_begin, strict};
use super::sheet::Sheet;
use super::visit::AddressVisit;
use crate::model::{
    Cause, Depth, Fact, Gap, GreetingKind, Injection, LoginBegun, Opening, Phase, Protocol, Skip,
    Twist,
};

/// What came of them.
pub struct Alarming {
    pub injection: Fact<Injection>,
    pub login_begun: Fact<LoginBegun>,
}

impl AddressVisit<'_> {
    /// Asks both, each on a connection of its own, of an address whose first visit came to `first`;
    /// or says why not. Where the survey gave up for `over`, so do these.
    pub(super) async fn alarm(&self, first: &Sheet, over: Option<&Gap>) -> Alarming {
        let skip = match (self.visit.depth, self.visit.ours, clear_text(first)) {
            (_, _, None) => Skip::NotApplicable,
            (Depth::Quick | Depth::Standard, _, _) => Skip::Depth,
            (Depth::Deep, false, _) => Skip::NotOurs,
            (Depth::Deep, true, Some(protocol)) => return self.asked(protocol, first, over).await,
        };
        Alarming {
            injection: Fact::NotAsked(skip),
            login_begun: Fact::NotAsked(skip),
        }
    }

    async fn asked(&self, protocol: Protocol, first: &Sheet, over: Option<&Gap>) -> Alarming {
        // The usual handshake is the sanity step: without it a failure would say nothing.
        let upgrades = matches!(first.starttls, Some(Fact::Seen(ref answer)) if answer.accepted)
            && matches!(first.tls, Some(Fact::Seen(_)));
        let injection = match (upgrades, over) {
            (false, _) => Fact::NotAsked(Skip::NotApplicable),
            (true, Some(gap)) => Fact::Unknown(gap.clone()),
            (true, None) => self.injection(protocol).await,
        };
        let listed = |fact: &Option<Fact<_>>| fact.as_ref().and_then(|fact| fact.seen().cloned());
        let before = listed(&first.capabilities);
        let inside = listed(&first.capabilities_in_tls);
        let mechanism = mechanism_to_begin(before.as_ref(), inside.as_ref());
        let login_begun = match (mechanism, over) {
            (None, _) => Fact::NotAsked(Skip::NotApplicable),
            (Some(_), Some(gap)) => Fact::Unknown(gap.clone()),
            (Some(mechanism), None) => {
                let work = async {
                    let (connection, connected) = self.dial().await?;
                    let caller = self.caller(connected.local, Twist::Again);
                    Ok::<_, Gap>(begin_login(&caller, connection, protocol, mechanism).await)
                };
                settled(self.under_clock(|| work.boxed()).await)
            }
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
        let work = async {
            let (connection, connected) = self.dial().await?;
            let caller = self.caller(connected.local, Twist::Again);
            let patience = self.options.limits.greeting;
            caller.listen(connection, patience, &mut sheet).await;
            Ok::<_, Gap>(connected.local)
        };
        let local = self.under_clock(|| work.boxed()).await.ok()?;
        matches!(sheet.tls, Some(Fact::Seen(_))).then_some(local)
    }

    async fn inject_once(&self, protocol: Protocol) -> Fact<Injection> {
        let work = async {
            let (connection, connected) = self.dial().await?;
            let caller = self.caller(connected.local, Twist::Again);
            Ok::<_, Gap>(inject(&caller, connection, protocol).await)
        };
        settled(self.under_clock(|| work.boxed()).await)
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
