//! Options that several commands share.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use ipnet::IpNet;
use jiff::Timestamp;

use super::duration;
use super::summary::Threshold;
use crate::input::Encoding;
use crate::model::{Depth, Host};
use crate::probe::{ConnectTo, Resolve};
use crate::report;
use crate::words::Language;

/// How the input is read.
#[derive(Clone, Debug, Args)]
pub struct InputOptions {
    /// Read this column as that field, whatever its header says; repeatable
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = read_mapping)]
    pub map: Vec<(String, String)>,
    /// What the files are written in, such as gb18030, utf-16le or windows-1252 [default: a byte order
    /// mark, else UTF-8, else guessed and said]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<Encoding>,
    /// Refuse to go on unless the files hold exactly this many rows
    #[arg(long, value_name = "N")]
    pub expect_rows: Option<u64>,
}

/// By which policy one look is judged.
#[derive(Clone, Debug, Args)]
pub struct PolicyOption {
    /// A policy by its name, or a file
    #[arg(long, value_name = "NAME|FILE", default_value = "rfc8314")]
    pub policy: String,
}

/// By which policies a fleet is judged.
#[derive(Clone, Debug, Args)]
pub struct PoliciesOptions {
    /// A policy by its name, or a file; repeatable: the first decides verdicts, counts, fixes and the
    /// exit status, and the same facts are compared by the others
    #[arg(long, value_name = "NAME|FILE", default_value = "rfc8314")]
    pub policy: Vec<String>,
    /// Say who would fail if this policy, by its name or a file, held instead of the first;
    /// repeatable
    #[arg(long, value_name = "NAME|FILE")]
    pub what_if: Vec<String>,
}

/// What else decides a judgement.
#[derive(Clone, Debug, Args)]
pub struct MeasureOptions {
    /// Accepted exceptions
    #[arg(long, value_name = "FILE")]
    pub waivers: Option<PathBuf>,
    /// Roots to trust: `system`, `mozilla`, or a file: PEM, or one certificate in DER; repeatable
    /// [default: system]
    #[arg(long, value_name = "system|mozilla|FILE")]
    pub trust: Vec<String>,
    /// Judge as of this RFC 3339 time, or `now` [default: when the run started]
    #[arg(long, value_name = "TIME", value_parser = read_time)]
    pub at: Option<Timestamp>,
}

/// Whom the advice may lead to.
#[derive(Clone, Debug, Default, Args)]
pub struct AdviceOptions {
    /// A domain of ours, to examine closely at `deep` and to advise towards; repeatable
    #[arg(long, value_name = "NAME", value_parser = read_domain)]
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
    /// For one address in all [default: 2m, at `deep` 10m]
    #[arg(long, value_name = "DURATION", value_parser = duration::read)]
    pub timeout: Option<Duration>,
    /// For the whole run; then it ends with what it has
    #[arg(long, value_name = "DURATION", value_parser = duration::read)]
    pub max_time: Option<Duration>,
    /// After a time-out, a reset, or "try later"
    #[arg(long, value_name = "N", default_value = "2")]
    pub retries: u32,
    /// Allow to dial these addresses (loopback and the like are dialled only so); repeatable
    #[arg(long, value_name = "CIDR", value_parser = read_network)]
    pub allow_net: Vec<IpNet>,
    /// Never dial these addresses, whatever else allows them; repeatable
    #[arg(long, value_name = "CIDR", value_parser = read_network)]
    pub deny_net: Vec<IpNet>,
}

/// What is written, and what it means to whoever scheduled the run.
#[derive(Clone, Debug, Args)]
pub struct OutputOptions {
    /// The directory of the run's files
    #[arg(long, value_name = "DIR", default_value = "mailfleet-report")]
    pub out: PathBuf,
    /// What to write
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = formats(), help = about_formats())]
    pub format: Vec<String>,
    /// The language of the reports and the fixes
    #[arg(long, value_name = "en|zh-CN", default_value = "en")]
    pub lang: Language,
    #[command(flatten)]
    pub look: LookOptions,
    /// The name of the machine or network that this runs from
    #[arg(long, value_name = "NAME")]
    pub vantage: Option<String>,
    /// Who answers for this audit
    #[arg(long, value_name = "NAME")]
    pub auditor: Option<String>,
    /// Whose mail is audited
    #[arg(long, value_name = "NAME")]
    pub organisation: Option<String>,
    /// Put pseudonyms for people, their accounts and the input's files and lines in every output
    #[arg(long)]
    pub redact: bool,
    /// At least 32 random bytes by which pseudonyms are the same in every run; without it each run
    /// has a key of its own, which is not kept
    #[arg(long, value_name = "FILE", requires = "redact")]
    pub pseudonym_key: Option<PathBuf>,
    /// Exit with 1 from this severity on; without it from medium on, and if any account breaks the policy
    #[arg(long, value_name = "none|info|low|medium|high|critical")]
    pub fail_on: Option<Threshold>,
    /// Exit with 3 if fewer accounts than this could be verified
    #[arg(long, value_name = "PERCENT", default_value = "50", value_parser = read_percent)]
    pub min_verified: u8,
    /// Say nothing but what went wrong
    #[arg(short, long)]
    pub quiet: bool,
    /// Say more: the limits in force, and the size, time and memory of each output
    #[arg(short, long)]
    pub verbose: bool,
}

/// How a report is shown.
#[derive(Clone, Debug, Args)]
pub struct LookOptions {
    /// Render this handlebars template, too, as custom.html, custom.md or custom.txt; its name ends in
    /// .html.hbs, .md.hbs or .txt.hbs
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// Show this logo on the HTML report: PNG or JPEG of at most 256 KiB and 4096 pixels a side
    #[arg(long, value_name = "FILE")]
    pub logo: Option<PathBuf>,
    /// List the accounts that meet the policy in SARIF, too
    #[arg(long)]
    pub sarif_passes: bool,
}

/// The depths that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DepthWord {
    /// One connection, and no command that a server might log as odd.
    Quick,
    /// Three to seven connections to a usual server, more where a policy rules out what current servers take: whether old versions and weak suites are accepted, too.
    Standard,
    /// Everything: each suite, each group, each certificate; of own domains also whether a command
    /// behind STARTTLS reaches into TLS, and whether a login may begin in the clear.
    Deep,
}

impl From<DepthWord> for Depth {
    fn from(word: DepthWord) -> Self {
        match word {
            DepthWord::Quick => Depth::Quick,
            DepthWord::Standard => Depth::Standard,
            DepthWord::Deep => Depth::Deep,
        }
    }
}

/// What `--format` takes.
pub fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(report::format_names())
}

/// What the help says of it.
pub fn about_formats() -> String {
    format!(
        "What to write [default: {}]",
        report::default_format_names().join(",")
    )
}

fn read_domain(text: &str) -> Result<String, String> {
    match text.parse() {
        Ok(Host::Name(name)) => Ok(name.to_string()),
        _ => Err("write a domain, such as example.com".to_owned()),
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

fn read_network(text: &str) -> Result<IpNet, String> {
    text.parse()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| "write a network such as 10.0.0.0/8 or fd00::/8, or one address".to_owned())
}

fn read_percent(text: &str) -> Result<u8, String> {
    let number = text.strip_suffix('%').unwrap_or(text);
    number
        .parse()
        .ok()
        .filter(|percent| *percent <= 100)
        .ok_or_else(|| "write a whole number from 0 to 100".to_owned())
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
