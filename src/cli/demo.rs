//! `mailfleet demo`: the main job on a fleet in this process; no network, no root, no other program.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;

use super::exit::{Exit, Failure, Mistakes};
use super::options::{AdviceOptions, OutputOptions, PoliciesOptions};
use super::work::{Work, run_with, runtime};
use super::{look, policies, pseudonyms, screen};
use crate::demo::{ACCOUNTS_CSV, Fleet};
use crate::input::{self, ReadOptions};
use crate::model::{Depth, Host, Value};
use crate::probe::{ConnectTo, Options};
use crate::trust::Roots;
use crate::words::Words;

/// The root of the demo's certificates, kept so that the demo can be judged again.
pub const ROOT: &str = "demo-root.der";

/// What the demo's roots are called in its report.
pub const ROOTS: &str = "demo";

/// The whole fleet is one address of this machine, which can bear more than a stranger's server.
const CONNECTIONS_AT_ONCE: usize = 16;

/// Do the main job on an embedded fleet.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    policies: PoliciesOptions,
    #[command(flatten)]
    output: OutputOptions,
}

/// Starts the fleet, audits it, and says what `audit` would have returned.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut mistakes = Mistakes::default();
    let advice = AdviceOptions::default();
    let policies = policies::read(&arguments.policies, None, &advice, &mut mistakes);
    let key = mistakes.keep(pseudonyms::key(&arguments.output));
    let look = look::read(
        &arguments.output.look,
        &arguments.output.format,
        arguments.output.lang,
        &mut mistakes,
    );
    let (policies, key, look) = mistakes.settle((policies, key, look))?;
    let input = input::read_bytes(
        "samples/accounts.csv",
        ACCOUNTS_CSV.as_bytes(),
        &ReadOptions::default(),
    )
    .map_err(|errors| Failure::Unusable(errors.iter().map(ToString::to_string).collect()))?;

    // The fleet has a runtime of its own, so that the audit's is just what `audit` has.
    let runtime = runtime()?;
    let fleet = runtime
        .block_on(Fleet::start(Timestamp::now()))
        .map_err(Failure::incomplete)?;
    let roots = Roots::of_certificates(ROOTS, [fleet.root()]);
    let would = run_with(
        Work {
            input,
            policies: &policies,
            roots: &roots,
            probe: options(&fleet),
            depth: Depth::Standard,
            at: None,
            max_time: None,
            look: &look,
            enclosed: Some((ROOT, fleet.root())),
            key: key.as_ref(),
        },
        &arguments.output,
    )?;
    let words = Words::of(arguments.output.lang);
    let code = Value::Number(would.code().into());
    screen::tell(&words.say("terminal-demo-ended", &[("code", code)]));
    Ok(match would {
        Exit::Incomplete => would,
        _ => Exit::Clean,
    })
}

/// As `audit` visits, but that every name of the story leads to the fleet, any other to a port
/// where nobody listens, and nobody needs to be spared.
fn options(fleet: &Fleet) -> Options {
    let story = fleet
        .connect_to()
        .into_iter()
        .map(|(endpoint, address)| ConnectTo {
            from_host: Some(endpoint.host),
            from_port: Some(endpoint.port),
            ..leading_to(address)
        });
    Options {
        connect_to: story.chain([leading_to(fleet.nowhere())]).collect(),
        allow_net: vec![fleet.nowhere().ip().into()],
        per_host: CONNECTIONS_AT_ONCE,
        interval: Duration::ZERO,
        retries: 0,
        ..Options::default()
    }
}

fn leading_to(address: SocketAddr) -> ConnectTo {
    ConnectTo {
        from_host: None,
        from_port: None,
        to_host: Some(Host::Ip(address.ip())),
        to_port: Some(address.port()),
    }
}
