//! What was judged, without the people of whom it was.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::key::{Kind, PseudonymKey};
use super::order::{rearrange, sorted_by};
use super::people::{People, may_name};
use crate::model::{
    AccountContrast, AccountJudgement, Contrast, Evidence, Excuse, Finding, Judgement,
    RuleContrast, SightContrast, Subject, WaiverNote, WaiverUse,
};
use crate::policy::WaiverSubject;
use crate::rules::RULES;

/// What is redacted once for the many places at which it stands.
pub(super) struct Told<'p, 'k> {
    people: &'p People<'k>,
    key: &'p PseudonymKey,
    /// Evidence by its address, which it keeps as long as it is held here.
    evidence: HashMap<*const Evidence, (Arc<Evidence>, Arc<Evidence>)>,
    notes: HashMap<(String, String), (String, String)>,
}

impl<'p, 'k> Told<'p, 'k> {
    pub fn of(people: &'p People<'k>, key: &'p PseudonymKey) -> Self {
        Told {
            people,
            key,
            evidence: HashMap::new(),
            notes: HashMap::new(),
        }
    }

    pub fn redact_judgement(&mut self, judgement: &mut Judgement) {
        let Judgement {
            findings,
            accounts,
            trials: _,
            endpoints,
            groups: _,
            waivers,
            answered: _,
        } = judgement;
        for finding in findings.iter_mut() {
            self.redact_finding(finding);
        }
        let rules: HashMap<&str, usize> = (0..).zip(RULES).map(|(n, rule)| (rule.id, n)).collect();
        let goes_to = sorted_by(findings.len(), |place| {
            let finding = &findings[place];
            (
                Reverse(finding.severity),
                rules.get(finding.rule),
                &finding.subject,
            )
        });
        rearrange(findings, &goes_to);
        for waiver in waivers.iter_mut() {
            self.redact_waiver(waiver);
        }
        let waivers_go_to = sorted_by(waivers.len(), |place| {
            let waiver = &waivers[place];
            (&waiver.rule, &waiver.subject, waiver.until)
        });
        rearrange(waivers, &waivers_go_to);
        let move_all = |places: &mut Vec<u32>| {
            places
                .iter_mut()
                .for_each(|place| *place = goes_to[*place as usize]);
            places.sort_unstable();
        };
        for account in accounts {
            let AccountJudgement {
                verdict: _,
                findings,
                excused,
            } = account;
            move_all(findings);
            for Excuse { finding, waiver } in excused.iter_mut() {
                *finding = goes_to[*finding as usize];
                *waiver = waivers_go_to[*waiver] as usize;
            }
            excused.sort_unstable();
        }
        for endpoint in endpoints.values_mut() {
            move_all(&mut endpoint.findings);
        }
    }

    fn redact_finding(&mut self, finding: &mut Finding) {
        let Finding {
            fingerprint,
            rule: _,
            subject,
            severity: _,
            breach: _,
            evidence,
            accounts: _,
            waiver,
            fix: _,
        } = finding;
        match subject {
            Subject::Account(id) => {
                *id = self.key.account(*id);
                *fingerprint = self.key.finding(*fingerprint);
            }
            Subject::Person(person) => {
                *person = self.key.pseudonym(Kind::Person, person);
                *fingerprint = self.key.finding(*fingerprint);
            }
            Subject::Endpoint(_) | Subject::Domain(_) | Subject::Fleet => {}
        }
        self.redact_evidence(evidence);
        if let Some(WaiverNote {
            reason,
            approved_by,
            until: _,
        }) = waiver
        {
            let written = (std::mem::take(reason), std::mem::take(approved_by));
            let told = self
                .notes
                .entry(written)
                .or_insert_with_key(|(reason, approved_by)| {
                    (self.people.sentence(reason), self.people.named(approved_by))
                });
            (*reason, *approved_by) = told.clone();
        }
    }

    fn redact_evidence(&mut self, evidence: &mut Arc<Evidence>) {
        if !may_name(&evidence.values) {
            return;
        }
        let known = self
            .evidence
            .entry(Arc::as_ptr(evidence))
            .or_insert_with(|| {
                let Evidence {
                    variant,
                    values,
                    protocol,
                } = &**evidence;
                let told = values
                    .iter()
                    .map(|(name, value)| (name.clone(), self.people.seen(value)));
                let told = Evidence {
                    variant: *variant,
                    values: told.collect(),
                    protocol: *protocol,
                };
                (Arc::clone(evidence), Arc::new(told))
            });
        *evidence = Arc::clone(&known.1);
    }

    fn redact_waiver(&self, waiver: &mut WaiverUse) {
        let WaiverUse {
            rule: _,
            subject,
            reason,
            approved_by,
            owner,
            ticket,
            until: _,
            expired: _,
            findings: _,
        } = waiver;
        *subject = self.subject(subject);
        *reason = self.people.sentence(reason);
        *approved_by = self.people.named(approved_by);
        *owner = owner.as_deref().map(|owner| self.people.named(owner));
        *ticket = ticket.as_deref().map(|ticket| self.people.sentence(ticket));
    }

    /// Whom a waiver covers: servers and domains stay.
    fn subject(&self, written: &str) -> String {
        match WaiverSubject::read(written) {
            Some(
                WaiverSubject::Host(_) | WaiverSubject::Endpoint(_) | WaiverSubject::Domain(_),
            ) => written.to_owned(),
            Some(WaiverSubject::Email(email)) => self.people.named(&email),
            Some(WaiverSubject::Account(id)) => self.account(&id),
            // A pattern without an `@` is one of servers; before it stand people.
            Some(WaiverSubject::Pattern(_))
                if !written.contains('@') || written.starts_with("*@") =>
            {
                written.to_owned()
            }
            Some(WaiverSubject::Pattern(_)) | None => self.key.pseudonym(Kind::Pattern, written),
        }
    }

    /// An account by the plain id that a waiver names.
    fn account(&self, id: &str) -> String {
        format!("account:{}", self.key.account_named(id))
    }

    pub fn redact_contrast(&mut self, contrast: &mut Contrast, goes_to: &[u32]) {
        let Contrast {
            now: _,
            then: _,
            accounts,
            causes: _,
            endpoints: _,
            rules,
            relieved: _,
        } = contrast;
        for AccountContrast {
            account,
            now: _,
            then: _,
            cause: _,
        } in accounts.iter_mut()
        {
            *account = goes_to[*account as usize];
        }
        accounts.sort_unstable_by_key(|account| account.account);
        for RuleContrast {
            rule: _,
            severity: _,
            failing: _,
            unverified: _,
            endpoints: _,
            sights,
            sights_beyond: _,
        } in rules
        {
            for SightContrast {
                place: _,
                evidence,
                accounts: _,
            } in sights
            {
                self.redact_evidence(evidence);
            }
        }
    }
}
