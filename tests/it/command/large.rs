//! Half a million accounts: what every format takes, and that each keeps its bounds.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use calamine::{Reader as _, Xlsx};
use mailfleet::model::*;
use mailfleet::report::{ACCOUNTS_LISTED, FORMATS, format_names};
use mailfleet::store::{Journal, SCHEMA};

use super::{Place, Ran};
use crate::scene::{now, visit};

/// Endpoints of the fleet.
const ENDPOINTS: usize = 2_000;
/// From so many accounts on a fleet is large.
const LARGE: usize = 10_000;
/// The most that rendering may add to the judged fleet: whatever machine held that has as much left.
const MEMORY_MIB: u64 = 300;
/// The most that `report.html` may take (threat model, limits).
const HTML_BYTES: u64 = 20 << 20;

/// Servers in all the ways in which they are usually met.
const KINDS: [&str; 5] = [
    "good",
    "upgrades",
    "plain",
    "good, version 1.0",
    "timed-out",
];

fn port_of(number: usize) -> u16 {
    [993, 143, 110, 995, 587][number % KINDS.len()]
}

/// The observations of every endpoint.
fn observed(directory: &Path) {
    let file = File::create(directory.join("observations.ndjson")).expect("a file");
    let mut journal = Journal::begin(file);
    let mut note = |record: Observation| journal.append(&record).expect("written");
    note(Observation::Run(RunHeader {
        schema: SCHEMA.into(),
        version: "0".into(),
        run_id: "0".into(),
        started: now(),
        vantage: "here".into(),
        resolver: "none".into(),
        depth: "standard".into(),
        limits: BTreeMap::new(),
        options: BTreeMap::new(),
        questions: "0".into(),
    }));
    for number in 0..ENDPOINTS {
        let host = format!("mail{number}.example.com");
        let endpoint = Endpoint::new(host.parse().expect("a host"), port_of(number));
        let address = "192.0.2.10".parse().expect("an address");
        note(Observation::Resolution(Resolution::new(
            endpoint.host.clone(),
            now(),
            DnsAnswer::Addresses {
                addresses: vec![address],
                beyond: 0,
                not_visited: Vec::new(),
            },
        )));
        note(visit(&endpoint, address, KINDS[number % KINDS.len()]));
    }
    note(Observation::Close(Close {
        finished: now(),
        complete: true,
        visits: ENDPOINTS as u64,
        connections: ENDPOINTS as u64,
        why: None,
    }));
    journal.finish().expect("written");
}

/// So many people with one account each.
fn listed(directory: &Path, accounts: usize) -> String {
    let name = format!("{accounts}.csv");
    let mut csv = BufWriter::new(File::create(directory.join(&name)).expect("a file"));
    writeln!(
        csv,
        "employee,email,department,protocol,host,port,security,client"
    )
    .expect("written");
    for number in 0..accounts {
        let server = number % ENDPOINTS;
        let port = port_of(server);
        let protocol = match port {
            993 | 143 => "imap",
            587 => "smtp",
            _ => "pop3",
        };
        let security = match (port, number % 3) {
            (993 | 995, _) => "tls",
            (_, 0) => "none",
            _ => "starttls",
        };
        let client = ["Outlook 2016", "Foxmail 7.2", "Thunderbird", ""][number % 4];
        writeln!(
            csv,
            "Person {number},person.{number}@example.com,Department {},{protocol},mail{server}.example.com,{port},{security},{client}",
            number % 200
        )
        .expect("written");
    }
    csv.flush().expect("written");
    name
}

fn judge(place: &Place, accounts: &str, besides: &[&str]) -> Ran {
    let mut arguments = vec!["judge", "observations.ndjson", "--accounts", accounts];
    arguments.extend(["--trust", "mozilla", "--min-verified", "0", "-v"]);
    arguments.extend_from_slice(besides);
    let ran = place.run(&arguments);
    assert!(matches!(ran.code(), Some(0 | 1)), "{}", ran.told());
    ran
}

/// A line of `-v`, and the memory in it.
fn told<'t>(ran: &'t str, file: &str) -> (&'t str, u64) {
    let line = ran
        .lines()
        .find(|line| line.starts_with(&format!("{file}: ")));
    let line = line.expect("a line of -v");
    let besides = line
        .split(" MiB of memory besides")
        .next()
        .expect("a beginning");
    let besides = besides.rsplit(' ').next().expect("a number");
    (line, besides.parse().expect("a number"))
}

/// Prints what each format took for so many accounts, and checks its bounds. A large fleet is judged
/// for each of them, so that none finds memory that another has left.
fn formats_of(accounts: usize, redact: bool) {
    let place = Place::new();
    observed(&place.path("."));
    let input = listed(&place.path("."), accounts);
    let mut names: Vec<&str> = format_names();
    let all = names.join(",");
    if accounts < LARGE {
        names = vec![&all];
    }
    for name in names {
        let pseudonyms: &[&str] = if redact { &["--redact"] } else { &[] };
        let besides = [&["--format", name, "--out", name], pseudonyms].concat();
        let ran = judge(&place, &input, &besides);
        let written = FORMATS
            .iter()
            .filter(|of| name.split(',').any(|name| name == of.name));
        for format in written {
            let ran = ran.told();
            let (line, memory) = told(&ran, format.file);
            println!("{accounts:>7} {line}");
            assert!(memory < MEMORY_MIB, "{line}");
        }
    }
    let out = |name| {
        if accounts < LARGE {
            all.clone()
        } else {
            String::from(name)
        }
    };
    rows_are_whole(&place, accounts, out);
}

fn rows_are_whole(place: &Place, accounts: usize, out: impl Fn(&'static str) -> String) {
    let html = place.read(&format!("{}/report.html", out("html")));
    assert!((html.len() as u64) < HTML_BYTES, "{}", html.len());
    println!(
        "{accounts:>7} report.html: {} elements",
        html.matches("</").count()
    );
    let beyond = format!("{} of {}", grouped(ACCOUNTS_LISTED), grouped(accounts));
    for (file, text) in [
        ("html", &html),
        ("md", &place.read(&format!("{}/report.md", out("markdown")))),
    ] {
        let plain = text.replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(
            plain.contains(&beyond),
            accounts > ACCOUNTS_LISTED,
            "{file}: {beyond}"
        );
    }
    let verdicts = csv::Reader::from_path(place.path(&out("csv")).join("account-verdicts.csv"))
        .expect("a file");
    assert_eq!(
        verdicts.into_records().filter(Result::is_ok).count(),
        accounts
    );
    let mut book: Xlsx<_> =
        calamine::open_workbook(place.path(&out("xlsx")).join("report.xlsx")).expect("a workbook");
    let rows = book.worksheet_range("Accounts").expect("a sheet").height();
    assert_eq!(rows, accounts + 1);
    let verified = place.run(&["verify", &out("json")]);
    assert_eq!(verified.code(), Some(0), "{}", verified.printed());
}

/// A number as the English report shows it.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut told = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            told.push(',');
        }
        told.push(digit);
    }
    told
}

#[test]
fn a_thousand_accounts_are_all_listed_in_every_format() {
    formats_of(1_000, false);
}

#[test]
#[ignore = "takes minutes: tests/run --long runs it"]
fn long_half_a_million_accounts_fit_every_format() {
    formats_of(50_000, false);
    formats_of(500_000, false);
}

#[test]
#[ignore = "takes minutes: tests/run --long runs it"]
fn long_half_a_million_pseudonyms_fit_every_format() {
    formats_of(500_000, true);
}

/// Writes the fleet into the directory that MAILFLEET_SAMPLE_DIR names.
#[test]
#[ignore = "writes files to look at: MAILFLEET_SAMPLE_DIR=DIR cargo test --test it large_fleet -- --ignored"]
fn large_fleet_files() {
    let directory =
        std::env::var("MAILFLEET_SAMPLE_DIR").expect("MAILFLEET_SAMPLE_DIR names a directory");
    let directory = Path::new(&directory);
    observed(directory);
    for accounts in [1_000, 50_000, 500_000] {
        listed(directory, accounts);
    }
}
