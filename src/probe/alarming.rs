//! The two questions that could alarm whoever watches a server: asked at `deep`, of own domains only.

use futures::FutureExt as _;

use super::intrusion::{begin_login, inject, mechanism_to_begin};
use super::sheet::Sheet;
use super::visit::AddressVisit;
use crate::model::{
    Depth, Fact, Gap, GreetingKind, Injection, LoginBegun, Opening, Protocol, Skip, Twist,
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

    async fn injection(&self, protocol: Protocol) -> Fact<Injection> {
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

fn settled<T>(asked: Result<Fact<T>, Gap>) -> Fact<T> {
    asked.unwrap_or_else(Fact::Unknown)
}
