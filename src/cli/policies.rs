//! The policies of one run: the one that decides, those to compare with, and those to try on.

use std::path::Path;

use jiff::Timestamp;

use super::exit::Mistakes;
use super::options::{AdviceOptions, PoliciesOptions};
use super::settings::rule_ids;
use crate::audit::Measure;
use crate::model::Account;
use crate::policy::{self, Policy, Waiver, WaiverTerms};
use crate::trust::Roots;

/// The policies of one run.
#[derive(Clone, Debug)]
pub struct Policies {
    /// It decides verdicts, counts, fixes, the exit status, and what may be dialled.
    pub first: Policy,
    /// By these the same facts are compared.
    pub others: Vec<Policy>,
    /// Of these it is asked who would fail by them.
    pub what_if: Vec<Policy>,
}

impl Policies {
    /// By what these accounts are judged.
    pub fn measure<'a>(
        &'a self,
        accounts: &'a [Account],
        roots: &'a Roots,
        at: Timestamp,
        at_given: bool,
    ) -> Measure<'a> {
        Measure {
            accounts,
            policy: &self.first,
            others: &self.others,
            what_if: &self.what_if,
            roots,
            at,
            at_given,
        }
    }
}

/// Reads every policy that is named, with the waivers of its file and those of `waivers`.
///
/// An exception of `--waivers` is accepted under each policy, as it would be if that policy stood
/// alone; one that stands in a policy's file is accepted under that policy only. Whose a domain is
/// is a fact and no requirement: what the first policy and `--own-domain` say of it holds for all.
pub fn read(
    options: &PoliciesOptions,
    waivers: Option<&Path>,
    advice: &AdviceOptions,
    mistakes: &mut Mistakes,
) -> Option<Policies> {
    let compared = named(&options.policy, mistakes);
    let what_if = named(&options.what_if, mistakes);
    let exceptions = exceptions(waivers, &compared, &what_if, mistakes);
    let confused = alike(&compared)
        .into_iter()
        .chain(no_what_if(&compared, &what_if));
    for mistake in confused {
        mistakes.keep::<(), _>(Err(mistake));
    }
    let exceptions = exceptions?;
    let mut compared = with_exceptions(compared, &exceptions)?;
    let mut what_if = with_exceptions(what_if, &exceptions)?;
    if compared.is_empty() {
        return None;
    }
    let mut others = compared.split_off(1);
    let mut first = compared.pop()?;
    first.everywhere(|policy| policy.own_domains.extend_from_slice(&advice.own_domain));
    for policy in others.iter_mut().chain(&mut what_if) {
        policy.everywhere(|policy| policy.own_domains.extend_from_slice(&first.own_domains));
    }
    Some(Policies {
        first,
        others,
        what_if,
    })
}

/// The policies of these names, `None` for each that cannot be used.
fn named(names: &[String], mistakes: &mut Mistakes) -> Vec<Option<Named>> {
    let known = rule_ids();
    let mut load = |name: &String| {
        let policy = mistakes.keep(policy::load(name, &known))?;
        Some((name.clone(), policy))
    };
    names.iter().map(&mut load).collect()
}

/// The exceptions of `--waivers`, which meet the terms of every policy that could be read. Each
/// exception that has no end that its policy allows is a mistake, wherever it stands.
fn exceptions(
    file: Option<&Path>,
    compared: &[Option<Named>],
    what_if: &[Option<Named>],
    mistakes: &mut Mistakes,
) -> Option<Vec<Waiver>> {
    let policies = || compared.iter().chain(what_if).flatten();
    let terms = policies().fold(WaiverTerms::default(), |terms, (_, policy)| {
        terms.and(policy.waiver_terms)
    });
    let given = match file {
        Some(file) => mistakes.keep(policy::read_waivers(file, &rule_ids(), &terms)),
        None => Some(Vec::new()),
    };
    let today = policy::day_of(Timestamp::now());
    let of_policies = policies()
        .flat_map(|(_, policy)| policy::without_end(&policy.waivers, &policy.waiver_terms, today));
    let of_file = policy::without_end(given.as_deref().unwrap_or_default(), &terms, today);
    for endless in of_policies.chain(of_file) {
        mistakes.keep::<(), _>(Err(endless));
    }
    given
}

/// These policies with exceptions besides their own; `None` if one of them cannot be used.
fn with_exceptions(named: Vec<Option<Named>>, exceptions: &[Waiver]) -> Option<Vec<Policy>> {
    let policies = named.into_iter().map(|named| {
        let (_, mut policy) = named?;
        policy.on_every_day(|policy| policy.waivers.extend_from_slice(exceptions));
        Some(policy)
    });
    policies.collect()
}

/// A policy, and what it was called on the command line.
type Named = (String, Policy);

/// Policies that a reader of the matrix could not tell apart.
fn alike(compared: &[Option<Named>]) -> Vec<String> {
    let mut mistakes = Vec::new();
    for (place, named) in compared.iter().enumerate() {
        let Some((given, policy)) = named else {
            continue;
        };
        let before = compared[..place].iter().flatten();
        for (earlier, other) in before {
            if earlier == given {
                mistakes.push(format!("--policy {given} is given twice: leave one out"));
            } else if other.name == policy.name {
                mistakes.push(format!(
                    "the policies {earlier} and {given} are both called `{}`: leave one out, or give \
                     one of the files a `name` of its own",
                    policy.name
                ));
            }
        }
    }
    mistakes
}

/// What-ifs that change nothing, or that a reader could not tell from the policy that decides or
/// from one another.
fn no_what_if(compared: &[Option<Named>], what_if: &[Option<Named>]) -> Vec<String> {
    let mut mistakes = Vec::new();
    for (place, named) in what_if.iter().enumerate() {
        let Some((given, policy)) = named else {
            continue;
        };
        let first = compared.iter().take(1).flatten();
        for (earlier, other) in first.chain(what_if[..place].iter().flatten()) {
            if other.sha256 == policy.sha256 {
                mistakes.push(format!(
                    "--what-if {given} is the same policy as {earlier}, so nothing would change: name \
                     a file with a stricter one"
                ));
            } else if (&other.name, &other.version) == (&policy.name, &policy.version) {
                mistakes.push(format!(
                    "the policies {earlier} and {given} are both `{}`, version `{}`: give the \
                     stricter one a `version` of its own",
                    policy.name, policy.version
                ));
            }
        }
    }
    mistakes
}
