//! Whether the rows of a `report.json` say of each other what a judgement would: where somebody
//! changed one, another contradicts it.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::model::{
    Account, AccountJudgement, AccountVerdict, Finding, Judgement, Proof, Subject, Tried,
    VerdictWord,
};
use crate::policy::day_of;

/// Checks that verdicts follow from findings, findings from whoever lists them, proofs from what was
/// tried, and waivers from the day. `one_measure`: no group of the policy has one of its own, by
/// which a finding may be a breach for some accounts only.
pub(super) fn check(
    accounts: &[Account],
    judgement: &Judgement,
    tried: &[Tried],
    one_measure: bool,
    at: Timestamp,
) -> Result<(), String> {
    let mut known = HashSet::with_capacity(accounts.len());
    if let Some(twice) = accounts.iter().find(|account| !known.insert(account.id)) {
        return Err(format!("the account {} stands twice", twice.id));
    }
    for (account, judged) in accounts.iter().zip(&judgement.accounts) {
        if !is_each_once(&judged.findings) {
            return Err(format!(
                "a finding stands twice at the account {}",
                account.id
            ));
        }
        if !follows(judgement, judged, one_measure) {
            return Err(format!(
                "the verdict of the account {} is not that of its findings",
                account.id
            ));
        }
    }
    listed(judgement)?;
    let mut findings = judgement.findings.iter();
    if let Some(finding) = findings.find(|finding| !is_proven_by(finding, tried)) {
        return Err(format!(
            "the fix of the finding {} is said to be proven, and nothing that was tried proves it",
            finding.fingerprint
        ));
    }
    let day = day_of(at);
    let mut waivers = judgement.waivers.iter();
    let agrees = waivers.all(|waiver| {
        waiver.expired == (waiver.until < day)
            && waiver.findings <= judgement.findings.len()
            && !(waiver.expired && waiver.findings > 0)
    });
    match agrees {
        true => Ok(()),
        false => Err("a waiver stands otherwise than on its day".to_owned()),
    }
}

fn is_each_once(findings: &[u32]) -> bool {
    let mut known = HashSet::with_capacity(findings.len());
    findings.iter().all(|finding| known.insert(finding))
}

/// Whether a verdict can be that of an account's findings.
fn follows(judgement: &Judgement, judged: &AccountJudgement, one_measure: bool) -> bool {
    let breaches = judged.findings.iter();
    let breaches = breaches.filter(|number| judgement.findings[**number as usize].breach);
    let (mut breached, mut open) = (false, false);
    for number in breaches {
        breached = true;
        open |= judgement.accepted(judged, *number).is_none();
    }
    match judged.verdict {
        AccountVerdict::NonCompliant => open,
        AccountVerdict::Waived => breached && !(open && one_measure),
        AccountVerdict::NotVerified(_) => !(open && one_measure),
        AccountVerdict::Compliant => !(breached && one_measure),
    }
}

/// Whether each finding about an account or a server is listed by it, and by as many accounts as it
/// says.
fn listed(judgement: &Judgement) -> Result<(), String> {
    let mut counts = vec![0; judgement.findings.len()];
    for number in judgement
        .accounts
        .iter()
        .flat_map(|judged| &judged.findings)
    {
        counts[*number as usize] += 1;
    }
    for (number, (finding, count)) in (0..).zip(judgement.findings.iter().zip(counts)) {
        let is_listed = match &finding.subject {
            Subject::Endpoint(endpoint) => {
                let judged = judgement.endpoints.get(endpoint);
                judged.is_some_and(|judged| judged.findings.contains(&number))
                    && finding.accounts == count
            }
            Subject::Account(_) => finding.accounts == count,
            Subject::Person(_) | Subject::Domain(_) | Subject::Fleet => true,
        };
        if !is_listed {
            return Err(format!(
                "the finding {} is not listed where it was made",
                finding.fingerprint
            ));
        }
    }
    Ok(())
}

/// Whether a fix is not said to be proven, or one of the settings that were tried proves it.
fn is_proven_by(finding: &Finding, tried: &[Tried]) -> bool {
    let Some(fix) = &finding.fix else {
        return true;
    };
    match (&fix.proof, &fix.to) {
        (Proof::NotProven(_), _) => true,
        (Proof::Proven { .. }, None) => false,
        (Proof::Proven { endpoint, .. }, Some(to)) => {
            *endpoint == to.endpoint()
                && tried
                    .iter()
                    .any(|one| one.settings == *to && one.verdict == VerdictWord::Compliant)
        }
    }
}
