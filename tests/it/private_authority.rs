//! A private authority behind many own hosts is one thing to do, whatever the verdicts; with its root
//! every one of them is green.

use std::fs::File;

use mailfleet::model::*;
use mailfleet::store::{Journal, SCHEMA};
use mailfleet::wire::cert;

use crate::command::{Place, Ran};
use crate::scene::{now, visit};
use crate::trust::authority::{Authority, leaf_params};

const TRUST: [&str; 2] = ["--trust", "mozilla"];

/// A fleet whose hosts show these chains, each with one account.
struct Fleet {
    place: Place,
    journal: Journal,
    accounts: String,
    visits: u64,
}

impl Fleet {
    fn new() -> Self {
        let place = Place::new();
        let file = File::create(place.path("observations.ndjson")).expect("a file");
        let mut journal = Journal::begin(file);
        let header = RunHeader {
            schema: SCHEMA.into(),
            version: "0".into(),
            run_id: "0".into(),
            started: now(),
            vantage: "here".into(),
            resolver: "none".into(),
            depth: "standard".into(),
            limits: Default::default(),
            options: Default::default(),
            questions: "0".into(),
        };
        journal.append(&Observation::Run(header)).expect("written");
        Fleet {
            place,
            journal,
            accounts: "email,protocol,host,port,security\n".into(),
            visits: 0,
        }
    }

    fn shows(mut self, host: &str, chain: &[&[u8]]) -> Self {
        let mut note = |record: Observation| self.journal.append(&record).expect("written");
        for der in chain {
            note(Observation::Certificate(CertificateRecord {
                id: cert::id(der),
                der: der.to_vec(),
            }));
        }
        let endpoint = Endpoint::new(host.parse().expect("a host"), 993);
        let address = "192.0.2.10".parse().expect("an address");
        let answer = DnsAnswer::Addresses {
            addresses: vec![address],
            beyond: 0,
            not_visited: Vec::new(),
        };
        let resolution = Resolution::new(endpoint.host.clone(), now(), answer);
        note(Observation::Resolution(resolution));
        let mut seen = visit(&endpoint, address, "good, speaks imap");
        if let Observation::Visited(seen) = &mut seen {
            seen.chain = Fact::Seen(chain.iter().map(|der| cert::id(der)).collect());
        }
        note(seen);
        self.visits += 1;
        self.accounts += &format!("p{}@corp.example,imap,{host},993,tls\n", self.visits);
        self
    }

    fn closed(mut self) -> Place {
        let close = Observation::Close(Close {
            finished: now(),
            complete: true,
            visits: self.visits,
            connections: self.visits,
            why: None,
        });
        self.journal.append(&close).expect("written");
        self.journal.finish().expect("finished");
        self.place.write("accounts.csv", &self.accounts);
        self.place
    }
}

fn judge(place: &Place, besides: &[&str]) -> Ran {
    let judge = ["judge", "observations.ndjson", "--accounts", "accounts.csv"];
    place.run(&[&judge[..], &TRUST, besides].concat())
}

/// The hosts `h0.corp.example` and so on behind an authority, whose root is sent along.
fn behind(fleet: Fleet, authority: &Authority, hosts: std::ops::Range<usize>) -> Fleet {
    hosts.fold(fleet, |fleet, number| {
        let host = format!("h{number}.corp.example");
        let leaf = authority.leaf(&leaf_params(&[&host]));
        fleet.shows(&host, &[&leaf, &authority.intermediate, &authority.root])
    })
}

fn texts(html: &str, selector: &str) -> Vec<String> {
    let document = scraper::Html::parse_document(html);
    let selector = scraper::Selector::parse(selector).expect("a selector");
    let found = document.select(&selector);
    found
        .map(|element| {
            let text: String = element.text().collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect()
}

fn verdicts(place: &Place, out: &str) -> (u64, u64) {
    let accounts = &place.report(out)["summary"]["accounts"];
    let count = |word: &str| accounts[word].as_u64().expect("a count");
    (count("compliant"), count("non_compliant"))
}

#[test]
fn twelve_own_hosts_behind_one_private_authority_are_one_thing_to_do() {
    let corp = Authority::new("Corp");
    let place = behind(Fleet::new(), &corp, 0..12).closed();
    place.write_bytes("root.der", &corp.root);
    assert_eq!(judge(&place, &["--out", "out"]).code(), Some(1));
    assert_eq!(verdicts(&place, "out"), (0, 12), "untrusted is untrusted");

    let html = place.read("out/report.html");
    let first = texts(&html, "#first .first > li");
    let naming: Vec<&String> = first
        .iter()
        .filter(|one| one.contains("CN=Corp Root"))
        .collect();
    assert_eq!(naming.len(), 1, "{first:#?}");
    assert!(naming[0].contains("12 servers and 12 people"), "{naming:?}");
    assert!(naming[0].contains("--trust FILE"), "{naming:?}");
    assert_eq!(first.len(), 1, "{first:#?}");

    let card = &texts(&html, "#rule-cert-untrusted")[0];
    assert_eq!(card.matches("CN=Corp Root").count(), 1, "{card}");
    assert_eq!(
        card.matches("looks like a private authority").count(),
        1,
        "{card}"
    );
    let folded = texts(&html, "#rule-cert-untrusted details.sights:not([open]) li");
    assert_eq!(folded.len(), 12);
    assert!(folded[0].contains("corp.example:993"), "{folded:?}");
    judge(&place, &["--out", "short", "--format", "brief"]);
    let brief = place.read("short/brief.md");
    let named = brief.lines().filter(|line| line.starts_with("1. **"));
    let named: Vec<&str> = named.collect();
    assert!(
        named.len() == 1 && named[0].contains("Corp Root"),
        "{brief}"
    );
    let markdown = place.read("out/report.md");
    assert_eq!(
        markdown.matches("looks like a private authority").count(),
        1
    );
    assert!(markdown.contains("h11.corp.example:993"), "{markdown}");
    let findings = place.read("out/findings.csv");
    assert_eq!(
        findings.matches("cert-untrusted").count(),
        12,
        "each is still listed"
    );

    let besides = ["--trust", "root.der", "--out", "trusting"];
    assert_eq!(judge(&place, &besides).code(), Some(0));
    assert_eq!(verdicts(&place, "trusting"), (12, 0));
    let html = place.read("trusting/report.html");
    assert!(!html.contains("looks like a private authority"));
}

#[test]
fn two_authorities_are_two_things_and_a_strangers_is_the_administrators() {
    let (one, other, stranger) = (
        Authority::new("North"),
        Authority::new("South"),
        Authority::new("Stranger"),
    );
    let fleet = behind(behind(Fleet::new(), &one, 0..6), &other, 6..12);
    let leaf = stranger.leaf(&leaf_params(&["mail.stranger.example"]));
    let chain: [&[u8]; 3] = [&leaf, &stranger.intermediate, &stranger.root];
    let place = fleet.shows("mail.stranger.example", &chain).closed();
    place.write_bytes("north.der", &one.root);
    place.write_bytes("south.der", &other.root);

    assert_eq!(judge(&place, &["--out", "out"]).code(), Some(1));
    assert_eq!(verdicts(&place, "out"), (0, 13));
    let first = texts(&place.read("out/report.html"), "#first .first > li");
    assert_eq!(first.len(), 3, "{first:#?}");
    for name in ["CN=North Root", "CN=South Root"] {
        let naming: Vec<_> = first.iter().filter(|told| told.contains(name)).collect();
        assert_eq!(naming.len(), 1, "{first:#?}");
        assert!(naming[0].contains("6 servers and 6 people"), "{naming:?}");
    }
    let third = first
        .iter()
        .find(|told| told.contains("mail.stranger.example:993"));
    let third = third.expect("the stranger's server");
    assert!(
        third.contains("the administrator of the server; one person"),
        "{third}"
    );

    assert_eq!(
        judge(&place, &["--trust", "north.der", "--out", "north"]).code(),
        Some(1)
    );
    assert_eq!(verdicts(&place, "north"), (6, 7));
    let both = [
        "--trust",
        "north.der",
        "--trust",
        "south.der",
        "--out",
        "both",
    ];
    assert_eq!(judge(&place, &both).code(), Some(1));
    assert_eq!(verdicts(&place, "both"), (12, 1));
}

#[test]
fn servers_that_leave_the_root_out_belong_to_the_same_thing() {
    let corp = Authority::new("Corp");
    let fleet = behind(Fleet::new(), &corp, 0..9);
    let place = (9..12)
        .fold(fleet, |fleet, number| {
            let host = format!("h{number}.corp.example");
            let leaf = corp.leaf(&leaf_params(&[&host]));
            fleet.shows(&host, &[&leaf, &corp.intermediate])
        })
        .closed();
    let ran = judge(&place, &["--out", "out", "--lang", "zh-CN"]);
    assert_eq!(ran.code(), Some(1));
    let html = place.read("out/report.html");
    let first = texts(&html, "#first .first > li");
    assert_eq!(first.len(), 1, "{first:#?}");
    assert!(first[0].contains("12 台服务器"), "{first:#?}");
    for (rule, endpoints) in [("cert-untrusted", 9), ("cert-chain-incomplete", 3)] {
        let folded = texts(&html, &format!("#rule-{rule} details.sights li"));
        assert_eq!(folded.len(), endpoints, "{rule}");
    }
}
