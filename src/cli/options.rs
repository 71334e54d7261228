//! Options that several commands share.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use jiff::Timestamp;

use super::duration;
use crate::model::Depth;
use crate::probe::{ConnectTo, Resolve};

/// How the input is read.
#[derive(Clone, Debug, Args)]
pub struct InputOptions {
    /// Read this column as that field, whatever its header says; repeatable
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = read_mapping)]
    pub map: Vec<(String, String)>,
    /// Refuse to go on unless the files hold exactly this many rows
    #[arg(long, value_name = "N")]
    pub expect_rows: Option<u64>,
}

/// By what is judged.
#[derive(Clone, Debug, Args)]
pub struct MeasureOptions {
    /// A policy by its name, or a file
    #[arg(long, value_name = "NAME|FILE", default_value = "rfc8314")]
    pub policy: String,
    /// Accepted exceptions
    #[arg(long, value_name = "FILE")]
    pub waivers: Option<PathBuf>,
    /// Roots to trust: `system`, `mozilla` or a PEM file; repeatable [default: system]
    #[arg(long, value_name = "system|mozilla|FILE.pem")]
    pub trust: Vec<String>,
    /// Judge as of this RFC 3339 time, or `now` [default: when the run started]
    #[arg(long, value_name = "TIME", value_parser = read_time)]
    pub at: Option<Timestamp>,
    /// A domain of ours, to advise towards; repeatable
    #[arg(long, value_name = "NAME")]
    pub own_domain: Vec<String>,
}

/// How servers are visited.
#[derive(Clone, Debug, Args)]
pub struct VisitOptions {
    /// How much is asked of each endpoint
    #[arg(long, value_enum, default_value_t = DepthWord::Standard)]
    pub depth: DepthWord,
    /// Dial HOST2:PORT2 for HOST1:PORT1 and judge as HOST1; repeatable
    #[arg(long, value_name = "HOST1:PORT1:HOST2:PORT2")]
    pub connect_to: Vec<ConnectTo>,
    /// Take ADDR for HOST at PORT instead of asking; repeatable
    #[arg(long, value_name = "HOST:PORT:ADDR")]
    pub resolve: Vec<Resolve>,
    /// Ask this DNS server instead of the system's
    #[arg(long, value_name = "ADDR[:PORT]", value_parser = read_resolver)]
    pub resolver: Option<std::net::SocketAddr>,
    /// Endpoints at once [default: from the open-files limit]
    #[arg(long, value_name = "N")]
    pub concurrency: Option<NonZeroUsize>,
    /// Connections at once to one IP address
    #[arg(long, value_name = "N", default_value = "2")]
    pub per_host: NonZeroUsize,
    /// Between two connection starts to one IP address
    #[arg(long, value_name = "DURATION", default_value = "500ms", value_parser = duration::read)]
    pub interval: Duration,
    /// For one TCP connection
    #[arg(long, value_name = "DURATION", default_value = "5s", value_parser = duration::read)]
    pub connect_timeout: Duration,
    /// For one address in all
    #[arg(long, value_name = "DURATION", default_value = "2m", value_parser = duration::read)]
    pub timeout: Duration,
    /// For the whole run; then it ends with what it has
    #[arg(long, value_name = "DURATION", value_parser = duration::read)]
    pub max_time: Option<Duration>,
    /// After a time-out, a reset, or "try later"
    #[arg(long, value_name = "N", default_value = "2")]
    pub retries: u32,
    /// Allow to dial these addresses (loopback and the like are dialled only so); repeatable
    #[arg(long, value_name = "CIDR")]
    pub allow_net: Vec<IpNet>,
    /// Never dial these addresses, whatever else allows them; repeatable
    #[arg(long, value_name = "CIDR")]
    pub deny_net: Vec<IpNet>,
    /// Allow to dial these ports beyond mail's own
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub allow_port: Vec<u16>,
}

/// The depths that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DepthWord {
    /// One connection, and no command that a server might log as odd.
    Quick,
    /// Everything that is known to be harmless.
    Standard,
}

impl From<DepthWord> for Depth {
    fn from(word: DepthWord) -> Self {
        match word {
            DepthWord::Quick => Depth::Quick,
            DepthWord::Standard => Depth::Standard,
        }
    }
}

fn read_mapping(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((column, field)) if !column.is_empty() && !field.is_empty() => {
            Ok((column.to_owned(), field.to_owned()))
        }
        _ => Err("write COLUMN=FIELD, such as `Posteingang=host`".to_owned()),
    }
}

fn read_time(text: &str) -> Result<Timestamp, String> {
    match text {
        "now" => Ok(Timestamp::now()),
        _ => text
            .parse()
            .map_err(|_| "write an RFC 3339 time, such as 2027-01-01T00:00:00Z".to_owned()),
    }
}

fn read_resolver(text: &str) -> Result<std::net::SocketAddr, String> {
    const DNS: u16 = 53;
    text.parse()
        .or_else(|_| {
            text.parse::<std::net::IpAddr>()
                .map(|address| (address, DNS).into())
        })
        .map_err(|_| "write an IP address, with a port if it is not 53".to_owned())
}
