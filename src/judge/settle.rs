//! The verdict of an account, in four steps: an open breach, something unseen, a waived breach, in order.

use std::rc::Rc;

use super::bench::{Bench, Heard, first_reason};
use super::waive::Waivers;
use crate::model::{Account, AccountVerdict, Endpoint, Reason};

/// An account before its verdict.
pub(super) struct Accused<'a> {
    /// The account.
    pub account: &'a Account,
    /// What its own rules say.
    pub own: Rc<Heard>,
    /// What is said of the endpoint that it names, or of each that it may mean.
    pub endpoints: Vec<(Endpoint, Rc<Heard>)>,
}

impl<'a> Accused<'a> {
    /// Hears what is said of an account and of its endpoints.
    pub fn new(account: &'a Account, bench: &mut Bench<'_>) -> Self {
        Accused {
            account,
            own: bench.account(account),
            endpoints: account
                .possible_endpoints()
                .into_iter()
                .map(|endpoint| {
                    let heard = bench.endpoint(&endpoint);
                    (endpoint, heard)
                })
                .collect(),
        }
    }

    /// Whether what is said of its endpoints is said of it: the input names the port, or leaves
    /// no port without an open breach.
    pub fn answers_for_endpoints(&self, waivers: &Waivers<'_>) -> bool {
        let breached = |(endpoint, heard): &(Endpoint, Rc<Heard>)| {
            heard.breaches().any(|rule| {
                waivers.for_endpoint(rule, endpoint).is_none()
                    && waivers.for_account(rule, self.account).is_none()
            })
        };
        self.account.port.is_some() || self.endpoints.iter().all(breached)
    }

    /// The verdict; the first step that applies decides.
    pub fn verdict(&self, waivers: &Waivers<'_>) -> AccountVerdict {
        let answers = self.answers_for_endpoints(waivers);
        let own = self
            .own
            .breaches()
            .map(|rule| waivers.for_account(rule, self.account).is_some());
        let of_endpoints =
            self.endpoints
                .iter()
                .filter(|_| answers)
                .flat_map(|(endpoint, heard)| {
                    heard.breaches().map(move |rule| {
                        waivers.for_endpoint(rule, endpoint).is_some()
                            || waivers.for_account(rule, self.account).is_some()
                    })
                });
        let mut breached = false;
        for waived in own.chain(of_endpoints) {
            if !waived {
                return AccountVerdict::NonCompliant;
            }
            breached = true;
        }
        match (self.unseen(), breached) {
            (Some(reason), _) => AccountVerdict::NotVerified(reason),
            (None, true) => AccountVerdict::Waived,
            // Where no rule looked, nothing was found in order.
            (None, false) if !self.looked() => AccountVerdict::NotVerified(Reason::NotVisited),
            (None, false) => AccountVerdict::Compliant,
        }
    }

    /// Whether any rule looked at its endpoint and found it in order.
    fn looked(&self) -> bool {
        self.endpoints
            .iter()
            .any(|(_, heard)| !heard.compliant.is_empty())
    }

    /// Why a breach cannot be ruled out, where it cannot.
    fn unseen(&self) -> Option<Reason> {
        let not_stated = Some(Reason::SettingsNotStated);
        if self.account.port.is_none() {
            return not_stated;
        }
        let stated = self.account.settings_stated();
        self.endpoints
            .iter()
            .map(|(_, heard)| heard.unseen)
            .chain([self.own.unseen, not_stated.filter(|_| !stated)])
            .fold(None, first_reason)
    }
}
