//! `mailfleet probe`: one host on the terminal.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use super::ending::end_early;
use super::exit::{Exit, Failure, Mistakes};
use super::header::header;
use super::options::{MeasureOptions, PolicyOption, VisitOptions};
use super::work::runtime;
use super::{chain, screen, settings, sitting};
use crate::audit::{Ending, Measure, judged, look};
use crate::model::{
    AskedFor, Cause, Endpoint, Fact, FirstMove, Gap, Host, Judgement, Observations, Phrase, Reason,
    Severity, Value, Visit, Visited, visible,
};
use crate::plan;
use crate::probe::{Prober, Tally};
use crate::report::{self, FindingRow, Report};
use crate::words::{Language, Words};

/// The ports of a host at which mail is read and sent.
const MAIL_PORTS: [u16; 6] = [995, 993, 465, 587, 143, 110];

/// Visit one host, or read a chain from a file, and say what is seen.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Hosts, with a port or with their mail ports
    #[arg(required_unless_present = "chain", value_name = "HOST[:PORT]")]
    hosts: Vec<String>,
    /// Judge the certificates of this PEM file, the server's own first, before they are installed;
    /// nothing is visited
    #[arg(long, value_name = "FILE.pem", requires = "host",
          conflicts_with_all = ["hosts", "VisitOptions"])]
    chain: Option<PathBuf>,
    /// The server that is to send the chain
    #[arg(long, value_name = "NAME[:PORT]", requires = "chain")]
    host: Option<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Shape::Text)]
    format: Shape,
    #[command(flatten)]
    policy: PolicyOption,
    #[command(flatten)]
    measure: MeasureOptions,
    #[command(flatten)]
    visit: VisitOptions,
    /// The language of the findings
    #[arg(long, default_value = "en", value_name = "en|zh-CN")]
    lang: Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// Lines to read
    Text,
    /// What was seen and found, as in report.json
    Json,
}

/// Visits, and prints what was seen and found.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    match (&arguments.chain, &arguments.host) {
        (Some(file), Some(host)) => chain::run(&chain::Task {
            file,
            host,
            policy: &arguments.policy,
            measure: &arguments.measure,
            shape: arguments.format,
            language: arguments.lang,
        }),
        _ => visited(arguments),
    }
}

fn visited(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut mistakes = Mistakes::default();
    let endpoints: Vec<Endpoint> = arguments
        .hosts
        .iter()
        .filter_map(|text| mistakes.keep(endpoints(text)))
        .flatten()
        .collect();
    let policy = settings::read_policy(&arguments.policy, &arguments.measure, &mut mistakes);
    let roots = settings::read_roots(&arguments.measure, arguments.lang, &mut mistakes);
    let (policy, roots) = mistakes.settle((policy, roots))?;
    let depth = arguments.visit.depth.into();
    let contested = Arc::new(plan::contested([&policy]));
    let visits = endpoints
        .into_iter()
        .map(|endpoint| Visit {
            first_move: match plan::first_move(endpoint.port, &Default::default()) {
                // Whoever names a port on the command line means it.
                FirstMove::ListenOnly => FirstMove::ListenThenTls,
                known => known,
            },
            endpoint,
            asked_for: AskedFor::Listed,
            depth,
            contested: Arc::clone(&contested),
            // Whoever types a host vouches for it.
            ours: true,
            forbidden: None,
        })
        .collect();
    let started = Timestamp::now();
    let measure = Measure {
        accounts: &[],
        policy: &policy,
        others: &[],
        what_if: &[],
        roots: &roots,
        at: arguments.measure.at.unwrap_or(started),
        at_given: arguments.measure.at.is_some(),
    };
    let observations = visit(visits, arguments, &measure, started)?;
    let judged = judged(&measure, &observations);
    let judgement = &judged.judgement;
    let source = sitting::source(&measure, &observations, &judged);
    let report = report::build(&source).map_err(Failure::incomplete)?;
    let words = Words::of(arguments.lang);
    let text = match arguments.format {
        Shape::Text => said(&observations, judgement, &report, &words),
        Shape::Json => sitting::json(&report, &words)?,
    };
    for doubt in report.doubts().iter().chain(report.notes) {
        screen::tell(&format!("mailfleet: {}", doubt.say(&words)));
    }
    screen::print(text.trim_end())?;
    Ok(exit(&observations, judgement))
}

fn endpoints(text: &str) -> Result<Vec<Endpoint>, String> {
    let with_port = text.rsplit_once(':').is_some_and(|(host, port)| {
        port.bytes().all(|b| b.is_ascii_digit()) && (!host.contains(':') || host.starts_with('['))
    });
    if with_port {
        let endpoint = text.parse();
        return endpoint
            .map(|endpoint| vec![endpoint])
            .map_err(|error| mistaken(text, &error));
    }
    let host: Host = text
        .parse()
        .map_err(|error: crate::model::HostError| mistaken(text, &error))?;
    let of_port = |port| Endpoint::new(host.clone(), port);
    Ok(MAIL_PORTS.into_iter().map(of_port).collect())
}

fn mistaken(text: &str, why: &dyn std::fmt::Display) -> String {
    format!("{}: {why}", visible(text, 100))
}

fn visit(
    visits: Vec<Visit>,
    arguments: &Arguments,
    measure: &Measure<'_>,
    started: Timestamp,
) -> Result<Observations, Failure> {
    let options = settings::probe_options(&arguments.visit);
    let prober = Prober::new(options.clone()).map_err(Failure::incomplete)?;
    let depth = arguments.visit.depth.into();
    let header = header(&options, measure, depth, None, &prober, started)?;
    runtime()?.block_on(async {
        let ending = Arc::new(Ending::default());
        let (time, lang) = (arguments.visit.max_time, arguments.lang);
        let waiting = tokio::spawn(end_early(Arc::clone(&ending), time, lang));
        let tally = Arc::new(Tally::default());
        let seen = look(measure, header, visits, &prober, &tally, &ending).await;
        waiting.abort();
        Ok(seen)
    })
}

fn said(
    observations: &Observations,
    judgement: &Judgement,
    report: &Report<'_>,
    words: &Words,
) -> String {
    let rows: Vec<FindingRow<'_>> = report.findings().collect();
    let mut text = String::new();
    for (endpoint, judged) in &judgement.endpoints {
        let mut visited = observations.visits_to(endpoint).peekable();
        if let Some(undialled) = observations.undialled.get(endpoint) {
            let why = unseen("probe-not-visited", &undialled.gap, None, words);
            text += &format!("{endpoint}  {why}\n");
        } else if visited.peek().is_none() {
            text += &format!("{endpoint}  {}\n", words.say("probe-no-address", &[]));
        }
        for visit in visited {
            text += &format!("{endpoint}  {}  {}\n", visit.address, session(visit, words));
        }
        for &index in &judged.findings {
            text += &sitting::finding(&rows[index as usize], words);
        }
    }
    text
}

fn cause(gap: &Gap) -> Value {
    let report::Message { message, values } = report::of_gap(gap);
    let phrase = Phrase::new(message);
    let values = values.into_iter();
    Value::Phrase(values.fold(phrase, |phrase, (name, value)| phrase.with(&name, value)))
}

/// Why nothing was seen, and what to do about it.
fn unseen(key: &str, gap: &Gap, address: Option<IpAddr>, words: &Words) -> String {
    let why = words.say(key, &[("why", cause(gap))]);
    let advice = match (&gap.cause, address) {
        (Cause::AddressNotAllowed, Some(address)) => {
            let network = format!("{address}/{}", if address.is_ipv4() { 32 } else { 128 });
            words.say("probe-allow-net", &[("network", Value::Term(network))])
        }
        _ => words.say(&format!("reason-{}-do", Reason::from(gap).word()), &[]),
    };
    format!("{why}{}{advice}", words.say("gap", &[]))
}

/// One line of what a visit saw.
fn session(visit: &Visited, words: &Words) -> String {
    if let Fact::Unknown(gap) = &visit.connected {
        let dialled = visit.dialled.map_or(visit.address, |dialled| dialled.ip());
        return unseen("probe-not-seen", gap, Some(dialled), words);
    }
    let greeting = visit.greeting.seen();
    let spoken = greeting.map(|greeting| greeting.spoken.name().to_owned());
    let spoken = spoken.unwrap_or_else(|| words.say("probe-no-greeting", &[]));
    let comma = words.say("comma", &[]);
    match (&visit.tls, &visit.starttls) {
        (Fact::Seen(tls), starttls) => {
            let how = match starttls.seen() {
                Some(_) => format!("STARTTLS{comma}"),
                None => String::new(),
            };
            let group = tls.group.map(|group| group.to_string()).unwrap_or_default();
            format!("{spoken}{comma}{how}{} {} {group}", tls.version, tls.suite)
        }
        (Fact::Unknown(gap), _) => {
            let why = ("why", cause(gap));
            format!("{spoken}{comma}{}", words.say("probe-no-tls-since", &[why]))
        }
        (Fact::NotAsked(_), _) => {
            format!("{spoken}{comma}{}", words.say("probe-no-tls", &[]))
        }
    }
}

fn exit(observations: &Observations, judgement: &Judgement) -> Exit {
    let visits = || {
        let visits = observations.visits.values();
        visits.flat_map(|visits| visits.values())
    };
    let reached = visits().any(Visited::reached);
    // A conversation that broke off shows nothing, and so nothing that is wrong.
    let broken = visits().any(|visit| visit.reached() && visit.gaps().next().is_some());
    let open = judgement
        .findings
        .iter()
        .any(|finding| finding.waiver.is_none() && finding.severity >= Severity::Medium);
    match (reached, open) {
        (false, _) => Exit::Incomplete,
        (true, true) => Exit::Open,
        (true, false) if broken => Exit::Incomplete,
        (true, false) => Exit::Clean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Greeting, GreetingKind, Observation, Phase, Raw, Skip, Spoken};

    #[test]
    fn a_conversation_that_broke_off_is_not_clean() {
        let seen = |capabilities| {
            let endpoint = "mail.example.com:143".parse().expect("an endpoint");
            let address = "192.0.2.1".parse().expect("an address");
            let visit = Visited {
                greeting: Fact::Seen(Greeting {
                    spoken: Spoken::Imap,
                    kind: GreetingKind::Ready,
                    raw: Raw::default(),
                }),
                capabilities,
                ..Visited::unasked(endpoint, address, AskedFor::Listed, Timestamp::UNIX_EPOCH)
            };
            let mut observations = Observations::default();
            observations.add(Observation::Visited(Box::new(visit)));
            exit(&observations, &Judgement::default())
        };
        let listed = Fact::NotAsked(Skip::NotApplicable);
        assert_eq!(seen(listed), Exit::Clean);
        let odd = Cause::Malformed(Raw::default());
        let broken = Fact::Unknown(Gap::new(Phase::Capabilities, odd));
        assert_eq!(seen(broken), Exit::Incomplete);
    }
}
