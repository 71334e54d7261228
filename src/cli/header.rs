//! Who looks, from where, with which questions: the first record of a run.

use std::collections::BTreeMap;

use aws_lc_rs::rand;
use jiff::Timestamp;

use super::exit::Failure;
use crate::audit::Measure;
use crate::model::{Depth, RunHeader, Sha256};
use crate::policy::RevocationDemand;
use crate::probe::{Options, Prober};
use crate::store;

/// The header of a run that begins now.
pub fn header(
    options: &Options,
    measure: &Measure<'_>,
    depth: Depth,
    vantage: Option<String>,
    prober: &Prober,
    started: Timestamp,
) -> Result<RunHeader, Failure> {
    let limits = options.shown();
    let options = given(options, measure);
    let mut questions = format!("{} {options:?} {limits:?}", depth.word());
    let contested = measure.contested();
    if !contested.is_empty() {
        questions += &format!(" {contested:?}");
    }
    Ok(RunHeader {
        schema: store::SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        run_id: name()?,
        started,
        vantage: vantage.unwrap_or_default(),
        resolver: prober.resolver_name(),
        depth: depth.word().to_owned(),
        limits,
        options,
        questions: Sha256::of(questions.as_bytes()).to_string(),
    })
}

/// The header where nobody is asked, and what is judged comes from the files of these options.
pub fn of_files(
    options: BTreeMap<String, String>,
    started: Timestamp,
) -> Result<RunHeader, Failure> {
    Ok(RunHeader {
        schema: store::SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        run_id: name()?,
        started,
        vantage: String::new(),
        resolver: String::new(),
        depth: String::new(),
        limits: BTreeMap::new(),
        options,
        questions: String::new(),
    })
}

/// A random name for a run.
fn name() -> Result<String, Failure> {
    let mut random = [0; 16];
    rand::fill(&mut random)
        .map_err(|_| Failure::incomplete("this machine gives no random numbers: try again"))?;
    Ok(store::hex(&random))
}

/// The options that shape the questions, by name; only those that were given.
fn given(options: &Options, measure: &Measure<'_>) -> BTreeMap<String, String> {
    let policy = measure.policy;
    let mut given = options.given();
    if !policy.own_domains.is_empty() {
        given.insert("own-domain".to_owned(), policy.own_domains.join(", "));
    }
    if !policy.allow_ports.is_empty() {
        let ports: Vec<String> = policy.allow_ports.iter().map(u16::to_string).collect();
        given.insert("allow-port".to_owned(), ports.join(", "));
    }
    if measure.asks_issuers() {
        let asked = RevocationDemand::Asked.word();
        given.insert("revocation".to_owned(), asked.to_owned());
    }
    if measure.asks_for_tlsa() {
        given.insert("dane".to_owned(), "true".to_owned());
    }
    let contesting: Vec<&str> = measure.contesting().map(|policy| &*policy.name).collect();
    if !contesting.is_empty() {
        given.insert("policy".to_owned(), contesting.join(", "));
    }
    given
}
