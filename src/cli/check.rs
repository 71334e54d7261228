//! `mailfleet check`: how the input was understood, and what an audit of it would visit.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;

use super::exit::{Exit, Failure, Mistakes};
use super::options::InputOptions;
use super::{screen, settings};
use crate::input::Input;
use crate::inventory::Inventory;
use crate::model::{Account, Depth, Host, Value};
use crate::plan::{self, Asked};
use crate::policy::{self, PRESETS, Policy};
use crate::probe;
use crate::words::{Language, Words};

/// Rejected rows listed before the rest is only counted.
const REJECTED_SHOWN: usize = 20;

/// More ports than this on one host look like a port sweep (threat model E5).
const PORT_SWEEP: usize = 20;

/// More neighbours than this in one /24 look like an address sweep (threat model E5).
const ADDRESS_SWEEP: usize = 64;

/// Connections to a port of a good server at the standard depth: a session and two hellos.
const GOOD_SERVER: u32 = 3;

/// Read the input, and say what would be visited.
#[derive(Debug, Args)]
pub struct Arguments {
    /// CSV files of accounts; `-` is standard input
    #[arg(required = true, value_name = "ACCOUNTS.csv")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    input: InputOptions,
    /// The language
    #[arg(long, default_value = "en", value_name = "en|zh-CN")]
    lang: Language,
}

/// Reads, and says what was understood.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut mistakes = Mistakes::default();
    let input = settings::read_input(&arguments.files, &arguments.input, &mut mistakes);
    if let Some(input) = &input {
        settings::tell_notes(input, arguments.lang);
    }
    // The policy decides only which ports may be dialled besides mail's own: the default adds none.
    let policy = mistakes.keep(policy::load(PRESETS[0].name, &settings::rule_ids()));
    let (input, policy) = mistakes.settle((input, policy))?;
    let words = Words::of(arguments.lang);
    let text = format!(
        "{}\n{}\n{}",
        columns(&input, &words),
        rejected(&input, &words),
        visits(&input, &policy, &words)
    );
    screen::print(text.trim_end())?;
    for warning in sweeps(&input.accounts, &words) {
        screen::tell(&format!("mailfleet: {warning}"));
    }
    match input.accounts.is_empty() {
        true => Err(Failure::unusable(words.say("check-no-account", &[]))),
        false => Ok(Exit::Clean),
    }
}

fn columns(input: &Input, words: &Words) -> String {
    let mut text = String::new();
    for file in &input.files {
        let values = [
            ("file", Value::Foreign(file.file.to_string())),
            ("rows", file.rows.into()),
            ("accepted", file.accepted.into()),
            ("rejected", file.rejected.into()),
        ];
        text += &format!("{}\n", words.say("check-file", &values));
        for column in &file.columns {
            let reading = match (column.secret, column.field) {
                (true, _) => words.say("check-secret", &[]),
                (false, Some(field)) => field.to_owned(),
                (false, None) => words.say("check-left-alone", &[]),
            };
            let header = screen::column(&column.header, 28);
            text += &format!("  {header} {reading}\n");
        }
    }
    text
}

fn rejected(input: &Input, words: &Words) -> String {
    let mut text = String::new();
    for row in input.rejected.iter().take(REJECTED_SHOWN) {
        let why = words.say(&format!("row-{}", row.reason.word()), &[]);
        text += &format!("{}:{}: {why}\n", row.file, row.line);
    }
    if let Some(rest @ 1..) = input.rejected.len().checked_sub(REJECTED_SHOWN) {
        let rest = words.say("check-more-rejected", &[("rows", rest.into())]);
        text += &format!("{rest}\n");
    }
    text
}

fn visits(input: &Input, policy: &Policy, words: &Words) -> String {
    let inventory = Inventory::of(&input.accounts);
    let asked = Asked {
        depth: Depth::Standard,
        contested: plan::contested([policy]).into(),
    };
    let visits = plan::listed(&inventory, policy, &asked);
    let counts = [
        ("accounts", input.accounts.len().into()),
        ("endpoints", visits.len().into()),
    ];
    let mut text = format!("{}\n", words.say("check-visits", &counts));
    for visit in &visits {
        let accounts = inventory.accounts_of(&visit.endpoint).len();
        let kept_out = match visit.forbidden {
            Some(_) => format!("  {}", words.say("check-forbidden", &[])),
            None => String::new(),
        };
        text += &format!(
            "  {:<48} {:>7} {}{kept_out}\n",
            visit.endpoint.to_string(),
            accounts,
            words.say("check-accounts", &[("accounts", accounts.into())]),
        );
    }
    text + &pace(
        &visits
            .iter()
            .map(|visit| &visit.endpoint.host)
            .collect::<Vec<_>>(),
        words,
    )
}

/// How long pacing makes it at least: a host's ports may share one address, and then wait for each other.
fn pace(hosts: &[&Host], words: &Words) -> String {
    let mut ports = BTreeMap::<&Host, u32>::new();
    for host in hosts {
        *ports.entry(host).or_default() += 1;
    }
    let standard = probe::Options::default();
    let most = ports.values().max().copied().unwrap_or_default();
    let seconds = (standard.interval * (GOOD_SERVER * most).saturating_sub(1)).as_secs();
    let values = [
        ("hosts", ports.len().into()),
        ("seconds", seconds.into()),
        ("ports", most.into()),
        ("connections", GOOD_SERVER.into()),
        ("most", standard.address_timeout.as_secs().into()),
    ];
    format!("{}\n", words.say("check-pace", &values))
}

/// Lists that look like a sweep: said here, since a network's owner will see one.
fn sweeps(accounts: &[Account], words: &Words) -> Vec<String> {
    let mut ports = BTreeMap::<&Host, BTreeSet<u16>>::new();
    let mut neighbours = BTreeMap::<[u8; 3], BTreeSet<IpAddr>>::new();
    for account in accounts {
        ports.entry(&account.host).or_default().extend(account.port);
        if let Host::Ip(address @ IpAddr::V4(v4)) = &account.host {
            let [a, b, c, _] = v4.octets();
            neighbours.entry([a, b, c]).or_default().insert(*address);
        }
    }
    let by_port = ports.iter().filter(|(_, ports)| ports.len() > PORT_SWEEP);
    let by_address = neighbours
        .iter()
        .filter(|(_, all)| all.len() > ADDRESS_SWEEP);
    by_port
        .map(|(host, ports)| {
            let host = Value::Term(host.to_string());
            let values = [("ports", ports.len().into()), ("host", host)];
            words.say("check-port-sweep", &values)
        })
        .chain(by_address.map(|([a, b, c], all)| {
            let net = Value::Term(format!("{a}.{b}.{c}.0/24"));
            let values = [("addresses", all.len().into()), ("net", net)];
            words.say("check-address-sweep", &values)
        }))
        .collect()
}
