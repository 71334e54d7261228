//! Verdicts, waivers and order: the four steps of the contract, and what must never happen.

mod allowed;
mod compared;
mod groups;
mod properties;
mod verdicts;
mod waivers;

use mailfleet::model::{AccountVerdict, Judgement};

fn verdicts(judgement: &Judgement) -> Vec<String> {
    judgement
        .accounts
        .iter()
        .map(|judged| told(&judged.verdict))
        .collect()
}

fn told(verdict: &AccountVerdict) -> String {
    match verdict.reason() {
        Some(reason) => format!("not-verified {reason}"),
        None => verdict.word().word().to_owned(),
    }
}
