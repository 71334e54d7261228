//! Which certificate ends when, and how many people depend on it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{CertificateFacts, CertificateId, Endpoint};

use super::{Message, Source};

/// Endpoints that one row lists; the rest is counted.
const ENDPOINTS: usize = 5;
/// Months that the chart shows, the one of the judgement first.
const MONTHS: usize = 12;
/// The measures of the chart: a column, its bar, the highest bar, and where bars stand.
const COLUMN: usize = 56;
const WIDTH: usize = 44;
const BAR: usize = 80;
const BASE: usize = 100;

/// One certificate, and whom its end concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Ending {
    /// SHA-256 of the DER.
    pub certificate: String,
    /// Its subject.
    pub subject: String,
    /// Its issuer.
    pub issuer: String,
    /// The last second at which it is valid.
    pub ends: Timestamp,
    /// How long that is from the time of judgement.
    pub left: Message,
    /// The endpoints that show it, as far as listed.
    pub endpoints: Vec<String>,
    /// How many more there are.
    pub endpoints_beyond: usize,
    /// How many people use these endpoints.
    pub people: usize,
}

/// One column of the chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Month {
    /// The month, such as `2026-11`; `None` before the first and after the last.
    pub month: Option<String>,
    /// Whether this is what has ended before.
    pub past: bool,
    /// How many certificates end in it.
    pub certificates: usize,
    /// Where the column begins, in units of the chart.
    pub x: usize,
    /// Where its middle is.
    pub middle: usize,
    /// Where its bar begins.
    pub y: usize,
    /// How high its bar is.
    pub height: usize,
}

/// Each distinct certificate of the fleet's servers, the one that ends first in front.
pub(super) fn endings(source: &Source<'_>) -> Vec<Ending> {
    let mut shown: BTreeMap<CertificateId, (&CertificateFacts, BTreeSet<&Endpoint>)> =
        BTreeMap::new();
    for (endpoint, judged) in &source.judgement.endpoints {
        let chains = judged.chains.values().flatten();
        for leaf in chains.filter_map(|chain| chain.report.leaf()) {
            let (_, endpoints) = shown.entry(leaf.id).or_insert((leaf, BTreeSet::new()));
            endpoints.insert(endpoint);
        }
    }
    let people = people(source, &shown);
    let mut endings: Vec<Ending> = shown
        .into_iter()
        .map(|(id, (leaf, endpoints))| Ending {
            certificate: id.to_string(),
            subject: leaf.subject.clone(),
            issuer: leaf.issuer.clone(),
            ends: leaf.ends(),
            left: left(leaf, source.at),
            endpoints_beyond: endpoints.len().saturating_sub(ENDPOINTS),
            endpoints: endpoints
                .into_iter()
                .take(ENDPOINTS)
                .map(Endpoint::to_string)
                .collect(),
            people: people.get(&id).copied().unwrap_or(0),
        })
        .collect();
    endings.sort_by(|one, other| (one.ends, &one.endpoints).cmp(&(other.ends, &other.endpoints)));
    endings
}

/// How many people use the endpoints that show each certificate, each person once.
fn people<'a>(
    source: &'a Source<'_>,
    shown: &BTreeMap<CertificateId, (&CertificateFacts, BTreeSet<&'a Endpoint>)>,
) -> HashMap<CertificateId, usize> {
    let mut at: HashMap<&Endpoint, Vec<CertificateId>> = HashMap::new();
    for (id, (_, endpoints)) in shown {
        for endpoint in endpoints {
            at.entry(*endpoint).or_default().push(*id);
        }
    }
    let mut persons: HashMap<String, usize> = HashMap::new();
    let mut met: HashSet<(CertificateId, usize)> = HashSet::new();
    let mut counts: HashMap<CertificateId, usize> = HashMap::new();
    for account in source.accounts {
        let next = persons.len();
        let person = *persons.entry(account.person.key()).or_insert(next);
        for endpoint in account.possible_endpoints() {
            for id in at.get(&endpoint).into_iter().flatten() {
                if met.insert((*id, person)) {
                    *counts.entry(*id).or_default() += 1;
                }
            }
        }
    }
    counts
}

fn left(leaf: &CertificateFacts, at: Timestamp) -> Message {
    let seconds = leaf.not_after.saturating_sub(at.as_second());
    match seconds < 0 {
        true => Message::new("calendar-over").with("days", -(seconds / 86_400)),
        false => Message::new("calendar-left").with("days", seconds / 86_400),
    }
}

/// The columns of the chart: what has ended, the months from that of the judgement on, and what
/// ends later.
pub(super) fn months(endings: &[Ending], at: Timestamp) -> Vec<Month> {
    let month_of = |time: Timestamp| {
        let date = time.to_zoned(TimeZone::UTC).date();
        i64::from(date.year()) * 12 + i64::from(date.month()) - 1
    };
    let first = month_of(at);
    let mut counts = [0; MONTHS + 2];
    for ending in endings {
        let column = match usize::try_from(month_of(ending.ends) - first) {
            _ if ending.ends < at => 0,
            Ok(ahead) => ahead.min(MONTHS) + 1,
            Err(_) => 0,
        };
        counts[column] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    counts
        .into_iter()
        .enumerate()
        .map(|(column, certificates)| {
            // What is there is seen, however small its share.
            let height = match certificates {
                0 => 0,
                some => (some * BAR / most).max(3),
            };
            Month {
                month: (1..=MONTHS).contains(&column).then(|| {
                    let month = first + i64::try_from(column).unwrap_or(1) - 1;
                    format!(
                        "{:04}-{:02}",
                        month.div_euclid(12),
                        month.rem_euclid(12) + 1
                    )
                }),
                past: column == 0,
                certificates,
                x: column * COLUMN,
                middle: column * COLUMN + WIDTH / 2,
                y: BASE - height,
                height,
            }
        })
        .collect()
}
