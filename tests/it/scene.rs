//! A fleet told in a few words: accounts such as `li pop3 starttls mail.example.com:110`, and
//! servers such as `plain, speaks imap, greets refusal`.
#![allow(clippy::panic)] // A scene that is told wrongly is a mistake of the test.

pub mod hellos;

use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;
use mailfleet::inventory::Inventory;
use mailfleet::judge::{Matter, judge};
use mailfleet::model::*;
use mailfleet::policy::{self, Policy};
use mailfleet::rules::RULES;

/// The time of every judgement in these tests.
pub fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().expect("a time")
}

pub fn known_rules() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.id).collect()
}

pub fn rfc8314() -> Policy {
    policy::load("rfc8314", &known_rules()).expect("the preset loads")
}

#[derive(Default)]
pub struct Scene {
    pub accounts: Vec<Account>,
    pub trials: Vec<Account>,
    pub seen: Observations,
}

impl Scene {
    pub fn new(accounts: &[&str]) -> Self {
        Scene {
            accounts: accounts.iter().map(|words| account(words)).collect(),
            ..Scene::default()
        }
    }

    /// One visit to `HOST:PORT`, or to `HOST:PORT@ADDRESS`.
    pub fn server(mut self, place: &str, words: &str) -> Self {
        let (endpoint, address) = place.split_once('@').unwrap_or((place, "192.0.2.10"));
        let endpoint: Endpoint = endpoint.parse().expect("an endpoint");
        let address: IpAddr = address.parse().expect("an address");
        self.seen.add(visit(&endpoint, address, words));
        // Where nothing may be dialled, nothing is looked up.
        if self.seen.undialled.contains_key(&endpoint)
            || self.seen.resolutions.contains_key(&endpoint.host)
        {
            return self;
        }
        let answer = DnsAnswer::Addresses {
            addresses: vec![address],
            beyond: 0,
            not_visited: Vec::new(),
        };
        self.resolved(&endpoint.host.to_string(), answer)
    }

    pub fn resolved(mut self, host: &str, answer: DnsAnswer) -> Self {
        let host = host.parse().expect("a host");
        self.seen.add(Observation::Resolution(Resolution::new(
            host,
            now(),
            answer,
        )));
        self
    }

    pub fn judged(&self) -> Judgement {
        self.judged_by(&rfc8314())
    }

    pub fn judged_by(&self, policy: &Policy) -> Judgement {
        let inventory = Inventory::of(&self.accounts);
        judge(&self.matter(&inventory, policy))
    }

    pub fn matter<'a>(&'a self, inventory: &'a Inventory, policy: &'a Policy) -> Matter<'a> {
        Matter {
            accounts: &self.accounts,
            trials: &self.trials,
            inventory,
            observations: &self.seen,
            policy,
            explain: &good_chain,
            attest: &|_| Attested::default(),
            at: now(),
            at_given: false,
        }
    }
}

/// `PERSON PROTOCOL SECURITY HOST[:PORT]`, with `-` for what is not said, and `any-certificate`.
pub fn account(words: &str) -> Account {
    let mut words = words.split_whitespace();
    let mut next = || words.next().expect("a word");
    let person = next();
    let protocol = match next() {
        "pop3" => Some(Protocol::Pop3),
        "imap" => Some(Protocol::Imap),
        "smtp" => Some(Protocol::Smtp),
        "managesieve" => Some(Protocol::Managesieve),
        _ => None,
    };
    let security = match next() {
        "tls" => Security::Tls,
        "starttls" => Security::Starttls,
        "none" => Security::None,
        "auto" => Security::Auto,
        _ => Security::Unknown,
    };
    let place = next();
    let (host, port) = match place.parse::<Endpoint>() {
        Ok(endpoint) => (endpoint.host, Some(endpoint.port)),
        Err(_) => (place.parse().expect("a host"), None),
    };
    let key = format!("{person} {protocol:?} {host} {port:?}");
    Account {
        id: AccountId(Sha256::of(key.as_bytes()).0),
        sources: Vec::new(),
        person: Person {
            email: Some(format!("{person}@example.com").into()),
            ..Person::default()
        },
        other_departments: Vec::new(),
        client: None,
        language: None,
        protocol,
        host,
        port,
        security,
        accepts_any_certificate: words.next() == Some("any-certificate"),
        inferred: Vec::new(),
    }
}

/// What a visit saw. The first word is what kind of server it is: `good` (TLS from the first
/// byte), `upgrades` (STARTTLS, no login before it), `plain` (no encryption), or a gap such as
/// `timed-out` or `port-not-allowed`. What follows changes it.
pub fn visit(endpoint: &Endpoint, address: IpAddr, words: &str) -> Observation {
    let mut words = words.split(',').map(str::trim);
    let kind = words.next().unwrap_or_default();
    if kind == "port-not-allowed" {
        return Observation::Undialled(Undialled {
            endpoint: endpoint.clone(),
            asked_for: AskedFor::Listed,
            at: now(),
            gap: Gap::new(Phase::Connect, Cause::PortNotAllowed),
        });
    }
    let mut visit = server(endpoint, address, kind);
    for word in words {
        change(&mut visit, word);
    }
    Observation::Visited(Box::new(visit))
}

fn server(endpoint: &Endpoint, address: IpAddr, kind: &str) -> Visited {
    let spoken = match endpoint.port {
        110 | 995 => Spoken::Pop3,
        143 | 993 => Spoken::Imap,
        4190 => Spoken::Managesieve,
        _ => Spoken::Smtp,
    };
    let gap = Gap::new(Phase::Connect, cause(kind).unwrap_or(Cause::NotVisited));
    let asked_for = AskedFor::Listed;
    let mut visit = Visited::unseen(endpoint.clone(), address, asked_for, now(), gap);
    if cause(kind).is_some() {
        return visit;
    }
    let local = "198.51.100.7".parse().expect("an address");
    visit.connected = Fact::Seen(Connected { local, millis: 3 });
    visit.greeting = Fact::Seen(Greeting {
        spoken,
        kind: GreetingKind::Ready,
        raw: Raw::from(b"ready".as_slice()),
    });
    let session = TlsSession::new(TlsVersion::TLS_1_3, Suite(0x1301));
    let skip = || Skip::NotApplicable;
    let answer = |accepted| StartTls {
        announced: accepted,
        accepted,
        reply: Raw::from(if accepted { b"go".as_slice() } else { b"no" }),
        trailing: Raw::default(),
    };
    let chain = Fact::Seen(vec![CertificateId([7; 32])]);
    let listed = Capabilities::default();
    let inside = Capabilities {
        mechanisms: vec!["PLAIN".into()],
        password_logins: vec!["PLAIN".into()],
        ..Capabilities::default()
    };
    match kind {
        "good" => {
            visit.opening = Fact::Seen(Opening::Tls);
            visit.capabilities = Fact::NotAsked(skip());
            visit.starttls = Fact::NotAsked(skip());
            visit.tls = Fact::Seen(session);
            visit.chain = chain;
            visit.capabilities_in_tls = Fact::Seen(inside);
        }
        "upgrades" => {
            visit.opening = Fact::Seen(Opening::ClearText);
            visit.capabilities = Fact::Seen(Capabilities {
                starttls: true,
                ..listed.clone()
            });
            visit.starttls = Fact::Seen(answer(true));
            visit.tls = Fact::Seen(session);
            visit.chain = chain;
            visit.capabilities_in_tls = Fact::Seen(inside);
        }
        "plain" => {
            visit.opening = Fact::Seen(Opening::ClearText);
            visit.capabilities = Fact::Seen(Capabilities {
                password_logins: vec!["USER".into()],
                ..listed
            });
            visit.starttls = Fact::Seen(answer(false));
            visit.tls = Fact::NotAsked(skip());
            visit.chain = Fact::NotAsked(skip());
            visit.capabilities_in_tls = Fact::NotAsked(skip());
        }
        other => panic!("no kind of server is called {other}"),
    }
    visit
}

fn change(visit: &mut Visited, word: &str) {
    let (verb, rest) = word.split_once(' ').unwrap_or((word, ""));
    match verb {
        "speaks" => greeting(visit).spoken = spoken(rest),
        "greets" => match rest {
            "refusal" => greeting(visit).kind = GreetingKind::Refusal,
            "preauth" => greeting(visit).kind = GreetingKind::Preauth,
            raw => greeting(visit).raw = Raw::from(raw.as_bytes()),
        },
        "silent" => visit.greeting = Fact::Unknown(Gap::new(Phase::Greeting, Cause::TimedOut)),
        "shy" => {
            let gap = Gap::new(Phase::Greeting, Cause::TimedOut);
            visit.opening = Fact::Unknown(gap.clone());
            visit.greeting = Fact::Unknown(gap);
        }
        "logins" => {
            capabilities(visit).password_logins = rest.split_whitespace().map(Into::into).collect();
        }
        "inside" => {
            inside(visit).mechanisms = rest.split_whitespace().map(Into::into).collect();
        }
        "offers-again" => inside(visit).starttls = true,
        "lists-inside" => inside(visit).lines.push(Raw::from(rest.as_bytes())),
        "knows-no-list-inside" => {
            inside(visit).refused = true;
            inside(visit).mechanisms.clear();
        }
        "login" => visit.login_begun = login_begun(rest),
        "injected" => visit.injection = injection(rest),
        "lists" => capabilities(visit).lines.push(Raw::from(rest.as_bytes())),
        "announces" => starttls(visit).announced = rest != "nothing",
        "accepts" => starttls(visit).accepted = rest != "nothing",
        "replies" => starttls(visit).reply = Raw::from(rest.as_bytes()),
        "quick" => visit.starttls = Fact::NotAsked(Skip::Depth),
        "version" => in_session(visit).version = TlsVersion(0x0300 | minor(rest)),
        "session" => session(visit, rest),
        "hello" => visit.hellos.push(hellos::asked(rest)),
        "ends-inside" => {
            let gap = Gap::new(Phase::Handshake, cause(rest).expect("a cause"));
            visit.capabilities_in_tls = Fact::Unknown(gap.clone());
            if visit.opening.seen() == Some(&Opening::Tls) {
                visit.greeting = Fact::Unknown(gap);
            }
        }
        "handshake" => {
            let gap = Gap::new(Phase::Handshake, cause(rest).expect("a cause"));
            visit.tls = Fact::Unknown(gap.clone());
            visit.chain = Fact::Unknown(gap.clone());
            visit.capabilities_in_tls = Fact::Unknown(gap.clone());
            if visit.opening.seen() == Some(&Opening::Tls) {
                visit.greeting = Fact::Unknown(gap);
            }
        }
        "upgrade" => {
            let gap = Gap::new(Phase::Starttls, cause(rest).expect("a cause"));
            visit.starttls = Fact::Unknown(gap.clone());
            visit.tls = Fact::Unknown(gap);
        }
        "from-itself" => {
            let local = visit.address;
            visit.connected = Fact::Seen(Connected { local, millis: 0 });
        }
        "demands" => visit.chain = Fact::Seen(vec![DEMANDING]),
        "staples" => in_session(visit).staple = Some(Raw::from(rest.as_bytes())),
        "limit" => visit.limits.push(Limit::ReplyLines),
        "again" => visit.sessions.push(OtherSession {
            twist: Twist::Again,
            shown: again(visit, rest),
        }),
        "attempt" => {
            let gap = Gap::new(Phase::Connect, cause(rest).expect("a cause"));
            visit.failed_attempts.push(gap);
        }
        other => panic!("no server can `{other}`"),
    }
}

/// What one more handshake like the first shows: `the-same`, `other-certificate`, a version, or why
/// nothing.
fn again(visit: &Visited, words: &str) -> Fact<Shown> {
    let first = visit.tls.seen().expect("a first handshake");
    let chain = visit.chain.seen().expect("its chain").clone();
    let mut shown = Shown {
        version: first.version,
        chain,
    };
    match (words, cause(words)) {
        ("the-same", _) => {}
        ("other-certificate", _) => shown.chain = vec![CertificateId([9; 32])],
        (_, Some(cause)) => return Fact::Unknown(Gap::new(Phase::Handshake, cause)),
        (version, None) => shown.version = TlsVersion(0x0300 | minor(version)),
    }
    Fact::Seen(shown)
}

/// `begun` or `refused`, or why nothing is known.
fn login_begun(word: &str) -> Fact<LoginBegun> {
    let went_on = match word {
        "begun" => true,
        "refused" => false,
        why => return Fact::Unknown(Gap::new(Phase::Login, cause(why).expect("a cause"))),
    };
    Fact::Seen(LoginBegun {
        mechanism: "LOGIN".into(),
        went_on,
        reply: Raw::from(b"+ VXNlcm5hbWU6".as_slice()),
    })
}

/// `answered`, `dropped` or `refused`, or why nothing is known.
fn injection(word: &str) -> Fact<Injection> {
    let (handshake, carried_out) = match word {
        "answered" => (true, true),
        "dropped" => (true, false),
        "refused" => (false, false),
        why => return Fact::Unknown(Gap::new(Phase::Starttls, cause(why).expect("a cause"))),
    };
    Fact::Seen(Injection {
        command: "NOOP".into(),
        handshake,
        answer: Raw::from(if carried_out {
            b"m2 OK".as_slice()
        } else {
            b""
        }),
        carried_out,
    })
}

/// What a session shows: `suite NAME`, `group NAME`, `wants-certificate`, `early-data OCTETS`, or `says` and the
/// extensions of its ServerHello.
fn session(visit: &mut Visited, words: &str) {
    let session = in_session(visit);
    let (verb, rest) = words.split_once(' ').unwrap_or((words, ""));
    match verb {
        "suite" => {
            let named = Suite::all().find(|suite| suite.name() == Some(rest));
            session.suite = named.expect("a suite");
        }
        "group" => {
            let named = NamedGroup::all().find(|group| group.to_string() == rest);
            session.group = Some(named.expect("a group"));
        }
        "early-data" => {
            session.tickets = Fact::Seen(Tickets {
                count: 2,
                early_data: rest.parse().expect("octets"),
            });
        }
        "wants-certificate" => session.client_certificate = Fact::Seen(true),
        "says" => {
            let numbers = rest.split_whitespace();
            session.says = Fact::Seen(ServerSays {
                compression: 0,
                extensions: numbers.map(|n| n.parse().expect("a number")).collect(),
            });
        }
        other => panic!("no session has `{other}`"),
    }
}

fn in_session(visit: &mut Visited) -> &mut TlsSession {
    match &mut visit.tls {
        Fact::Seen(session) => session,
        _ => panic!("no session to change"),
    }
}

fn minor(version: &str) -> u16 {
    let minor: u16 = version
        .trim_start_matches("1.")
        .parse()
        .expect("a version 1.x");
    minor + 1
}

fn greeting(visit: &mut Visited) -> &mut Greeting {
    match &mut visit.greeting {
        Fact::Seen(greeting) => greeting,
        _ => panic!("no greeting to change"),
    }
}

fn capabilities(visit: &mut Visited) -> &mut Capabilities {
    match &mut visit.capabilities {
        Fact::Seen(listed) => listed,
        _ => panic!("no capabilities to change"),
    }
}

fn inside(visit: &mut Visited) -> &mut Capabilities {
    match &mut visit.capabilities_in_tls {
        Fact::Seen(listed) => listed,
        _ => panic!("no capabilities inside TLS to change"),
    }
}

fn starttls(visit: &mut Visited) -> &mut StartTls {
    match &mut visit.starttls {
        Fact::Seen(answer) => answer,
        _ => panic!("no answer to STARTTLS to change"),
    }
}

fn spoken(word: &str) -> Spoken {
    match word {
        "pop3" => Spoken::Pop3,
        "imap" => Spoken::Imap,
        "smtp" => Spoken::Smtp,
        "managesieve" => Spoken::Managesieve,
        "http" => Spoken::Http,
        _ => Spoken::Unrecognised,
    }
}

fn cause(word: &str) -> Option<Cause> {
    Some(match word {
        "refused" => Cause::Refused,
        "timed-out" => Cause::TimedOut,
        "closed" => Cause::Closed,
        "reset" => Cause::Reset,
        "throttled" => Cause::Throttled,
        "neighbours-throttled" => Cause::NeighboursThrottled,
        "address-not-allowed" => Cause::AddressNotAllowed,
        "port-not-allowed" => Cause::PortNotAllowed,
        "no-route-here" => Cause::NoRouteHere,
        "local" => Cause::Local("too many open files".into()),
        "fault" => Cause::Internal("index out of bounds".into()),
        "incompatible" => Cause::Incompatible("peer is incompatible".into()),
        "garbage" => Cause::Malformed(Raw::from(b"+OK hello".as_slice())),
        other => match other.split_once(' ')? {
            ("alert", number) => Cause::Alert(number.parse().ok()?),
            ("turned", words) => Cause::Turned(Raw::from(words.as_bytes())),
            _ => return None,
        },
    })
}

/// The certificate that demands a stapled answer about its revocation.
const DEMANDING: CertificateId = CertificateId([8; 32]);

/// A path that holds, for a certificate that every rule is content with.
pub fn good_chain(ids: &[CertificateId], host: &Host) -> Option<Arc<ChainReport>> {
    let mut leaf = good_leaf(host);
    leaf.id = *ids.first()?;
    leaf.extensions.must_staple = ids.contains(&DEMANDING);
    Some(Arc::new(ChainReport {
        certificates: vec![Ok(Arc::new(leaf))],
        path: Path::Holds {
            root: "CN=Root".into(),
            through: vec!["CN=mail.example.com".into()],
        },
        name: NameMatch::Matches(host.to_string()),
        public_root: true,
    }))
}

/// A certificate for that host, with a key of its own, that every rule is content with.
pub fn good_leaf(host: &Host) -> CertificateFacts {
    let day = 86_400;
    let key = digest(host.to_string().as_bytes());
    CertificateFacts {
        subject: "CN=mail.example.com".into(),
        common_name: Some(host.to_string()),
        issuer: "CN=Issuer".into(),
        not_before: now().as_second() - 30 * day,
        not_after: now().as_second() + 90 * day,
        dns_names: vec![host.to_string()],
        has_san: true,
        key_id: KeyId(key),
        signature_oid: "1.2.840.113549.1.1.11".into(),
        signature_hash: Some("SHA-256".into()),
        extensions: Extensions {
            authority_key: Some(KeyName {
                identifier: Some("07".into()),
                ..KeyName::default()
            }),
            ..Extensions::default()
        },
        ..CertificateFacts::blank(
            CertificateId([7; 32]),
            PublicKey {
                algorithm: KeyAlgorithm::Rsa,
                bits: 2048,
            },
        )
    }
}

/// SHA-256.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    hash.copy_from_slice(digest.as_ref());
    hash
}
