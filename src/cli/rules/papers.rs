//! A rule's papers in one language, and what each policy makes of it.

use serde::Serialize;

use crate::model::Severity;
use crate::policy::Policy;
use crate::report::{Message, Reference};
use crate::rules::{Check, Rule};
use crate::words::{Segment, Words};

/// What is known of a rule before it is asked anything.
#[derive(Debug, Serialize)]
pub struct Papers {
    pub id: &'static str,
    pub title: String,
    pub why: String,
    /// `endpoint`, `account` or `fleet`.
    pub on: &'static str,
    pub looks_at: String,
    /// By default.
    pub severity: &'static str,
    /// The forms that weigh otherwise than the rule by default.
    pub forms: Vec<Weighed>,
    /// The clauses that it stands on under any policy.
    pub clauses: Vec<Reference>,
    pub policies: Vec<UnderPolicy>,
    pub fix_person: Option<String>,
    pub fix_server: Option<String>,
    pub example: Example,
}

/// A form of the violation, and how much it weighs by default.
#[derive(Debug, Serialize)]
pub struct Weighed {
    pub form: &'static str,
    pub severity: &'static str,
}

/// What a policy makes of a rule.
#[derive(Debug, Serialize)]
pub struct UnderPolicy {
    pub policy: String,
    /// Nothing where the policy does not ask the rule.
    pub severity: Option<&'static str>,
    /// Whether the policy says how much it weighs, whatever the form.
    pub settled: bool,
    /// The clauses of the policy's own document.
    pub clauses: Vec<Reference>,
}

/// What the rule shows where it fires, with values made up for the purpose.
#[derive(Debug, Serialize)]
pub struct Example {
    #[serde(flatten)]
    pub message: Message,
    pub text: String,
    #[serde(skip)]
    pub segments: Vec<Segment>,
}

impl Papers {
    /// The papers of a rule.
    pub fn of(rule: &Rule, policies: &[Policy], words: &Words) -> Self {
        let key = |part: &str| format!("{}-{part}", rule.id);
        let say = |part: &str| words.say(&key(part), &[]);
        let said = |part: &str| words.has(&key(part)).then(|| say(part));
        let others = rule.variants.iter();
        let others = others.filter(|(_, severity)| *severity != rule.severity);
        Papers {
            id: rule.id,
            title: say("title"),
            why: say("why"),
            on: match rule.check {
                Check::Endpoint(_) => "endpoint",
                Check::Account(_) => "account",
                Check::Fleet(_) => "fleet",
            },
            looks_at: say("looks-at"),
            severity: rule.severity.word(),
            forms: others
                .map(|(form, severity)| Weighed {
                    form,
                    severity: severity.word(),
                })
                .collect(),
            clauses: rule.citations.iter().map(Reference::from).collect(),
            policies: policies.iter().map(|policy| under(rule, policy)).collect(),
            fix_person: said("fix-person"),
            fix_server: said("fix-server"),
            example: Example::of(rule, words),
        }
    }
}

fn under(rule: &Rule, policy: &Policy) -> UnderPolicy {
    let settled = policy.severity_for(rule.id);
    let severity = policy
        .asks(rule.id)
        .then(|| settled.unwrap_or(rule.severity));
    UnderPolicy {
        policy: policy.name.clone(),
        severity: severity.map(Severity::word),
        settled: settled.is_some(),
        clauses: policy
            .clauses_for(rule.id)
            .iter()
            .map(Reference::from)
            .collect(),
    }
}

impl Example {
    fn of(rule: &Rule, words: &Words) -> Self {
        let message = Message::of_evidence(rule.id, &(rule.example)(), words);
        let values = message.values.iter().map(|(name, value)| (&**name, value));
        Example {
            text: message.say(words),
            segments: words.segments(&message.message, values),
            message,
        }
    }
}
