//! Servers that stop answering whoever comes too often: nothing false is ever said of them.
//!
//! Every rule's verdict from behind a front door is held against what is true of the server behind it:
//! a violation must be true, and what is broken is never compliant. What could no longer be asked must be
//! said to be undetermined, and the report must say that the server began to refuse.

pub mod front;
pub mod heard;

use std::net::SocketAddr;
use std::time::Duration;

use jiff::Timestamp;
use mailfleet::demo;
use mailfleet::model::{Depth, Endpoint, Reason, VerdictWord};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use front::{Front, Passes, Rule, Then};
use heard::{Heard, Target, hear};

/// Limits that servers are known to have are hit within this many connections or not at all.
const MOST: usize = 15;

/// What a server does with the connection after the last that it allows. A greeting that refuses makes
/// sense only where the server speaks first in the clear.
fn manners(endpoint: &Endpoint) -> Vec<Then> {
    let mut manners = vec![
        Then::Refuse,
        Then::Reset,
        Then::Close,
        Then::Silence,
        Then::Ban,
    ];
    match endpoint.port {
        110 => manners.push(Then::Say("-ERR [SYS/TEMP] too many connections\r\n")),
        143 => manners.push(Then::Say("* BYE too many connections\r\n")),
        25 | 587 => manners.push(Then::Say("421 4.7.0 too many connections\r\n")),
        _ => {}
    }
    manners
}

/// Every limit that is tried, each with every manner.
pub fn rules(endpoint: &Endpoint) -> Vec<Rule> {
    let first = (1..=MOST).map(Passes::First);
    // A span that a test can wait for stands for the minute and the second of real servers.
    let spans = [
        Passes::Per(2, Duration::from_secs(2)),
        Passes::Per(10, Duration::from_millis(200)),
    ];
    let every = [2, 3, 4].map(Passes::Every);
    let passes: Vec<Passes> = first.chain(spans).chain(every).collect();
    manners(endpoint)
        .into_iter()
        .flat_map(|then| {
            passes.iter().map(move |passes| Rule {
                passes: *passes,
                then,
            })
        })
        // A port that is closed opens no more.
        .filter(|rule| {
            let for_good = matches!(rule.then, Then::Refuse | Then::Ban);
            let closes = matches!(rule.then, Then::Refuse);
            match rule.passes {
                Passes::Per(..) => !closes,
                Passes::Every(_) => !for_good,
                _ => true,
            }
        })
        .collect()
}

/// Where what was heard from behind a door is not what is heard without one.
fn lies(open: &Heard, behind: &Heard, rule: Rule, turned: usize) -> Vec<String> {
    let mut lies = Vec::new();
    for id in behind.violations.difference(&open.violations) {
        if !heard::OF_THROTTLING.contains(id) {
            lies.push(format!("false alarm: {id}"));
        }
    }
    for id in behind.compliant.intersection(&open.violations) {
        lies.push(format!("called compliant: {id}"));
    }
    let word = behind.verdict.word();
    if word != open.verdict.word() && word != VerdictWord::NotVerified {
        lies.push(format!("{word:?}, and it is {:?}", open.verdict.word()));
    }
    lies.extend(silence(behind, rule, turned));
    lies
}

/// What was turned away must be told, unless it was let in later and everything was answered; and where
/// nothing was turned away, everything must have been seen.
pub fn silence(heard: &Heard, rule: Rule, turned: usize) -> Option<String> {
    let told = heard.violations.contains("server-throttled")
        || heard.verdict.reason() == Some(Reason::Throttled)
        || heard
            .undetermined
            .values()
            .any(|reason| *reason == Reason::Throttled);
    let lost = matches!(rule.passes, Passes::First(_)) || heard.unanswered();
    if turned > 0 && lost && !told {
        return Some("nothing says that it began to refuse".to_owned());
    }
    // A closed port turns away uncounted.
    let untouched = turned == 0 && !matches!(rule.then, Then::Refuse);
    let reason = heard.verdict.reason().filter(|_| untouched)?;
    Some(format!(
        "nothing was turned away, and it is not verified: {reason:?}"
    ))
}

/// Asks each of `servers` without a door and behind every door, at once.
async fn all_lies(servers: &[(Endpoint, SocketAddr)], depth: Depth) -> Vec<String> {
    let plain: Vec<Target> = servers
        .iter()
        .map(|(endpoint, at)| Target::new(endpoint.clone(), *at))
        .collect();
    let open = hear(&plain, depth).await;
    let mut doors = Vec::new();
    let mut targets = Vec::new();
    for (number, (endpoint, at)) in servers.iter().enumerate() {
        for rule in rules(endpoint) {
            let front = Front::start(*at, rule);
            targets.push(Target::numbered(endpoint, targets.len(), front.at));
            doors.push((number, rule, front));
        }
    }
    let behind = hear(&targets, depth).await;
    let mut lies = Vec::new();
    for ((number, rule, front), heard) in doors.iter().zip(&behind) {
        for lie in self::lies(&open[*number], heard, *rule, front.turned()) {
            let endpoint = &servers[*number].0;
            lies.push(format!("{endpoint} at {}, {rule:?}: {lie}", depth.word()));
        }
    }
    lies
}

#[tokio::test]
async fn a_front_does_what_its_rule_says() {
    let behind = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = behind.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = behind.accept().await {
            stream
                .write_all(b"+OK\r\n")
                .await
                .expect("somebody listens");
        }
    });
    for (then, expected) in [
        (Then::Refuse, None),
        (Then::Reset, None),
        (Then::Close, Some("")),
        (Then::Say("-ERR\r\n"), Some("-ERR\r\n")),
    ] {
        let front = Front::start(
            at,
            Rule {
                passes: Passes::First(2),
                then,
            },
        );
        for _ in 0..2 {
            assert_eq!(
                everything(front.at).await.as_deref(),
                Some("+OK\r\n"),
                "{then:?}"
            );
        }
        assert_eq!(everything(front.at).await.as_deref(), expected, "{then:?}");
        assert_eq!(front.passed(), 2, "{then:?}");
        assert_eq!(
            front.turned(),
            usize::from(!matches!(then, Then::Refuse)),
            "{then:?}"
        );
    }
}

/// Everything that is said at an address, until it is closed; `None` if it is refused or reset.
async fn everything(at: SocketAddr) -> Option<String> {
    let mut stream = TcpStream::connect(at).await.ok()?;
    let mut words = String::new();
    stream.read_to_string(&mut words).await.ok()?;
    Some(words)
}

#[tokio::test]
async fn a_ban_silences_those_inside() {
    let behind = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = behind.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = behind.accept().await {
            tokio::spawn(async move {
                let (mut from, mut to) = stream.split();
                let _ = tokio::io::copy(&mut from, &mut to).await;
            });
        }
    });
    let front = Front::start(
        at,
        Rule {
            passes: Passes::First(1),
            then: Then::Ban,
        },
    );
    let mut inside = TcpStream::connect(front.at).await.expect("it passes");
    inside.write_all(b"a").await.expect("it stands");
    assert_eq!(inside.read_u8().await.expect("it echoes"), b'a');
    let _outside = TcpStream::connect(front.at)
        .await
        .expect("the kernel accepts it");
    while front.turned() == 0 {
        tokio::task::yield_now().await;
    }
    inside.write_all(b"b").await.expect("it stands");
    let silence = tokio::time::timeout(Duration::from_millis(200), inside.read_u8()).await;
    assert!(silence.is_err(), "{silence:?}");
}

#[tokio::test]
async fn no_limit_makes_the_demo_fleet_look_other_than_it_is() {
    let fleet = demo::Fleet::start(Timestamp::now())
        .await
        .expect("loopback ports are free");
    let servers: Vec<(Endpoint, SocketAddr)> = fleet
        .connect_to()
        .into_iter()
        .filter(|(endpoint, _)| {
            ["mail.yourcompany.example", "mail.subsidiary.example"]
                .contains(&&*endpoint.host.to_string())
        })
        .collect();
    assert!(servers.len() >= 8, "{servers:?}");
    let lies = all_lies(&servers, Depth::Standard).await;
    assert!(lies.is_empty(), "\n{}", lies.join("\n"));
}
