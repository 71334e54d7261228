//! Asks the rules, each question once however many accounts share it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use crate::model::{
    Account, Endpoint, Evidence, Host, Protocol, Reason, Security, Severity, Subject, Verdict,
};
use crate::plan;
use crate::policy::Policy;
use crate::rules::{AccountCase, Check, DOUBTS, Doubt, EndpointCase, FleetCase, RULES, Rule};

/// What the rules of one kind answered about one subject.
#[derive(Debug)]
pub(super) struct Heard {
    /// Violations: the rule's place in the registry, its severity here, what was seen.
    pub violations: Vec<(usize, Severity, Arc<Evidence>)>,
    /// Rules that could not be decided, and why.
    pub undetermined: Vec<(usize, Reason)>,
    /// Rules that looked and found nothing.
    pub compliant: Vec<usize>,
    /// Rules that need what the run did not ask.
    pub unasked: Vec<usize>,
    /// Why a breach cannot be ruled out, where it cannot: the reason that stands first.
    pub unseen: Option<Reason>,
    /// From this severity on a violation breaks the measure by which was judged.
    pub breach_from: Severity,
}

impl Heard {
    fn nothing(policy: &Policy) -> Self {
        Heard {
            violations: Vec::new(),
            undetermined: Vec::new(),
            compliant: Vec::new(),
            unasked: Vec::new(),
            unseen: None,
            breach_from: policy.breach_from,
        }
    }

    /// The ids of the rules whose violations break the measure.
    pub fn breaches(&self) -> impl Iterator<Item = &'static str> {
        let violations = self.violations.iter();
        violations
            .filter(|(place, severity, _)| breaks(*place, *severity, self.breach_from))
            .map(|(place, _, _)| RULES[*place].id)
    }

    /// Takes in one rule's answer.
    fn take(&mut self, place: usize, verdict: Verdict, policy: &Policy) {
        let rule = RULES[place];
        match verdict {
            Verdict::Violation(evidence) => {
                let severity = severity(rule, &evidence, policy);
                self.violations.push((place, severity, Arc::new(evidence)));
            }
            Verdict::Undetermined(reason) => {
                self.undetermined.push((place, reason));
                if breaks(place, gravest(rule, policy), policy.breach_from) {
                    self.unseen = first_reason(self.unseen, Some(reason));
                }
            }
            Verdict::Compliant => self.compliant.push(place),
            Verdict::NotAsked => self.unasked.push(place),
            Verdict::NotApplicable => {}
        }
    }
}

/// What accounts have in common that are judged alike.
#[derive(PartialEq, Eq, Hash)]
struct Settings {
    protocol: Option<Protocol>,
    host: Host,
    port: Option<u16>,
    security: Security,
    accepts_any_certificate: bool,
    email_domain: Option<String>,
}

/// The rules under one policy, with the answers given so far.
pub(super) struct Bench<'a> {
    policy: &'a Policy,
    cases: &'a BTreeMap<Endpoint, EndpointCase<'a>>,
    /// The rules for which this policy would have had more asked at the depth of the run.
    planned: BTreeSet<&'static str>,
    endpoints: BTreeMap<&'a Endpoint, Rc<Heard>>,
    settings: HashMap<Settings, Rc<Heard>>,
    /// What the fleet rules put in doubt.
    doubts: Vec<Doubt>,
    /// What the fleet rules say of single endpoints.
    of_endpoints: BTreeMap<Endpoint, Vec<(usize, Verdict)>>,
    /// Violations of other subjects that they find.
    of_fleet: Vec<(usize, Severity, Subject, Evidence)>,
    /// What else they say of those subjects.
    besides: Heard,
}

impl<'a> Bench<'a> {
    /// A bench that has heard the fleet rules: what they put in doubt is so for every question.
    /// `asks_besides` says whether the run was deep enough to ask what a policy wants asked besides.
    pub fn new(
        policy: &'a Policy,
        cases: &'a BTreeMap<Endpoint, EndpointCase<'a>>,
        fleet: &FleetCase<'_>,
        asks_besides: bool,
    ) -> Self {
        let planned = match asks_besides {
            true => plan::contesting(policy).collect(),
            false => BTreeSet::new(),
        };
        let mut bench = Bench {
            policy,
            cases,
            planned,
            endpoints: BTreeMap::new(),
            settings: HashMap::new(),
            doubts: Vec::new(),
            of_endpoints: BTreeMap::new(),
            of_fleet: Vec::new(),
            besides: Heard::nothing(policy),
        };
        bench.hear_fleet(fleet);
        bench
    }

    fn hear_fleet(&mut self, fleet: &FleetCase<'_>) {
        let mut answers = Vec::new();
        for (place, rule) in self.asked() {
            if let Check::Fleet(question) = rule.check {
                let said = question(fleet, self.policy).into_iter();
                answers.extend(said.map(|(subject, verdict)| (place, subject, verdict)));
            }
        }
        let violated = |rule: &str| {
            answers.iter().any(|(place, _, verdict)| {
                RULES[*place].id == rule && matches!(verdict, Verdict::Violation(_))
            })
        };
        let doubts = DOUBTS.iter().copied();
        self.doubts = doubts.filter(|doubt| violated(doubt.rule)).collect();
        for (place, subject, verdict) in answers {
            match (subject, self.not_void(place, verdict)) {
                (Subject::Endpoint(endpoint), verdict) => {
                    let answers = self.of_endpoints.entry(endpoint).or_default();
                    answers.push((place, verdict));
                }
                (subject, Verdict::Violation(evidence)) => {
                    let severity = severity(RULES[place], &evidence, self.policy);
                    self.of_fleet.push((place, severity, subject, evidence));
                }
                (_, verdict) => self.besides.take(place, verdict, self.policy),
            }
        }
    }

    /// The verdict as it stands under what is in doubt, and where what this policy would have had asked
    /// was not: that is no gap of the depth, and its silence proves nothing.
    fn not_void(&self, place: usize, verdict: Verdict) -> Verdict {
        let verdict = match verdict {
            Verdict::NotAsked if self.planned.contains(RULES[place].id) => {
                Verdict::Undetermined(Reason::NotPlanned)
            }
            verdict => verdict,
        };
        let doubts = self.doubts.iter();
        doubts.fold(verdict, |verdict, doubt| doubt.void(RULES[place], verdict))
    }

    /// What the endpoint rules say; an endpoint that nobody knows is heard with nothing to say.
    pub fn endpoint(&mut self, endpoint: &Endpoint) -> Rc<Heard> {
        let Some((key, case)) = self.cases.get_key_value(endpoint) else {
            return Rc::new(Heard {
                unseen: Some(Reason::NotVisited),
                ..Heard::nothing(self.policy)
            });
        };
        if let Some(heard) = self.endpoints.get(key) {
            return Rc::clone(heard);
        }
        let mut heard = self.ask(|check| match check {
            Check::Endpoint(question) => Some(question(case, self.policy)),
            _ => None,
        });
        for (place, verdict) in self.of_endpoints.get(endpoint).into_iter().flatten() {
            heard.take(*place, verdict.clone(), self.policy);
        }
        // Rules may all be off, or have nothing to say of what an old file holds: nothing seen is
        // still nothing seen.
        if !case.addresses.iter().any(|a| a.visit.reached()) {
            let gap = case.gap.as_ref().map_or(Reason::Unreachable, Reason::from);
            heard.unseen.get_or_insert(gap);
        }
        let heard = Rc::new(heard);
        self.endpoints.insert(key, Rc::clone(&heard));
        heard
    }

    /// What the account rules say of an account's settings.
    pub fn account(&mut self, account: &Account) -> Rc<Heard> {
        let settings = Settings {
            protocol: account.protocol,
            host: account.host.clone(),
            port: account.port,
            security: account.security,
            accepts_any_certificate: account.accepts_any_certificate,
            email_domain: account.email_domain(),
        };
        if let Some(heard) = self.settings.get(&settings) {
            return Rc::clone(heard);
        }
        let case = AccountCase {
            account,
            endpoint: account.endpoint().and_then(|e| self.cases.get(&e)),
            cases: self.cases,
        };
        let heard = Rc::new(self.ask(|check| match check {
            Check::Account(question) => Some(question(&case, self.policy)),
            _ => None,
        }));
        self.settings.insert(settings, Rc::clone(&heard));
        heard
    }

    /// The measure.
    pub fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// Violations that the fleet rules found, other than of single endpoints.
    pub fn fleet(&self) -> &[(usize, Severity, Subject, Evidence)] {
        &self.of_fleet
    }

    /// What the fleet rules found in order, or could not decide, of such subjects.
    pub fn besides(&self) -> &Heard {
        &self.besides
    }

    /// The rules that the policy asks, each with its place in the registry.
    fn asked(&self) -> impl Iterator<Item = (usize, &'static Rule)> {
        RULES
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, rule)| self.policy.asks(rule.id))
    }

    fn ask(&self, question: impl Fn(&Check) -> Option<Verdict>) -> Heard {
        let mut heard = Heard::nothing(self.policy);
        for (place, rule) in self.asked() {
            if let Some(verdict) = question(&rule.check) {
                heard.take(place, self.not_void(place, verdict), self.policy);
            }
        }
        heard
    }
}

/// Whether a violation of the rule at that place of the registry breaks the measure.
pub(super) fn breaks(place: usize, severity: Severity, breach_from: Severity) -> bool {
    severity >= breach_from && RULES[place].can_breach()
}

/// Severity as settled: the policy's, else that of the variant, else the rule's.
fn severity(rule: &Rule, evidence: &Evidence, policy: &Policy) -> Severity {
    let settled = policy.severity_for(rule.id);
    settled.unwrap_or_else(|| rule.severity_of(evidence.variant))
}

/// The worst that the rule could have found.
pub(super) fn gravest(rule: &Rule, policy: &Policy) -> Severity {
    let settled = policy.severity_for(rule.id);
    let variants = rule.variants.iter().map(|(_, severity)| *severity);
    settled.unwrap_or_else(|| variants.fold(rule.severity, Severity::max))
}

/// Of two reasons the one nearer to the root of the trouble: what kept us from looking at all,
/// then what was seen only in part, and last what the input leaves open.
pub(super) fn first_reason(one: Option<Reason>, other: Option<Reason>) -> Option<Reason> {
    let rank = |reason: &Reason| match reason {
        Reason::PortNotAllowed => 0,
        Reason::AddressNotAllowed => 1,
        Reason::DnsFailed => 2,
        Reason::NotVisited => 3,
        Reason::Throttled => 4,
        Reason::Unreachable => 5,
        Reason::InternalError => 6,
        Reason::LimitReached => 7,
        Reason::TlsIntercepted => 8,
        Reason::ClockSuspect => 9,
        Reason::StarttlsStripped => 10,
        Reason::VantageIsServer => 11,
        Reason::ChainTooCostly => 12,
        Reason::NotPlanned => 13,
        Reason::SettingsNotStated => 14,
    };
    one.into_iter().chain(other).min_by_key(rank)
}
