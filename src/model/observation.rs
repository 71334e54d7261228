//! One record of what was seen. Facts only: no policy, no person, no adjective.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    AskedHello, Capabilities, CertificateId, Connected, Endpoint, Fact, Gap, Greeting, Injection,
    Limit, LoginBegun, Opening, OtherSession, Raw, Resolution, ResolverTried, Skip, StartTls,
    TlsSession, Vantage,
};

/// A line of the journal, without the chain that binds it to its neighbours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub enum Observation {
    /// Who looked, from where, with which questions. The first record.
    Run(RunHeader),
    /// This machine's place in its networks when the run began.
    Vantage(Vantage),
    /// What the resolver said of names that cannot exist; only where one was asked.
    ResolverTried(ResolverTried),
    /// What became of a host's name.
    Resolution(Resolution),
    /// What a visit to one address of an endpoint saw.
    Visited(Box<Visited>),
    /// An endpoint that was not dialled at all, and why.
    Undialled(Undialled),
    /// A certificate, once, however many servers send it.
    Certificate(CertificateRecord),
    /// What an OCSP responder or the place of a revocation list answered.
    Fetched(Fetched),
    /// What the domain publishes about an endpoint's certificates.
    Tlsa(Tlsa),
    /// This machine's place in its networks when the run ended.
    VantageEnd(Vantage),
    /// The end of the run. The last record.
    Close(Close),
}

/// Who looked, from where, with which questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunHeader {
    /// `mailfleet.observations/1`.
    pub schema: String,
    /// The version of the program.
    pub version: String,
    /// Random, 32 hexadecimal digits.
    pub run_id: String,
    /// When the run began.
    pub started: Timestamp,
    /// The name of the machine or network it ran from.
    pub vantage: String,
    /// The DNS servers asked, or `hosts-file-only`.
    pub resolver: String,
    /// `quick`, `standard` or `deep`.
    pub depth: String,
    /// The limits in force, by name, as shown in the method section.
    pub limits: BTreeMap<String, String>,
    /// The options that shape the questions, by name; only those that were given.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// SHA-256 over everything that shapes the questions; a resumed run must agree.
    pub questions: String,
}

/// Why an endpoint or address was visited.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum AskedFor {
    /// Accounts of the input use it.
    Listed,
    /// It might be the fix of one.
    Candidate,
}

/// What a visit to one address of an endpoint saw: one fact per question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Visited {
    /// The endpoint as configured.
    pub endpoint: Endpoint,
    /// The address visited.
    pub address: IpAddr,
    /// Where it was really dialled, if that is elsewhere (`--connect-to`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialled: Option<SocketAddr>,
    /// Why it was visited.
    pub asked_for: AskedFor,
    /// When the visit began.
    pub at: Timestamp,
    /// Milliseconds that it took, waiting for a slot not counted.
    pub millis: u32,
    /// TCP connections begun, retries included.
    pub connections: u32,
    /// Why whole attempts besides this one came to nothing, in the order in which they were made. This
    /// one is what the other fields tell of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failed_attempts: Vec<Gap>,
    /// Does it accept a connection?
    #[serde(default)]
    pub connected: Fact<Connected>,
    /// Does it speak first in the clear, or TLS?
    #[serde(default)]
    pub opening: Fact<Opening>,
    /// What are its first words? (In clear text, or inside TLS where it opens with TLS.)
    #[serde(default)]
    pub greeting: Fact<Greeting>,
    /// What does it offer before TLS?
    #[serde(default)]
    pub capabilities: Fact<Capabilities>,
    /// What does it answer to STARTTLS?
    #[serde(default)]
    pub starttls: Fact<StartTls>,
    /// Does a full handshake complete, and with what?
    #[serde(default)]
    pub tls: Fact<TlsSession>,
    /// Which certificates does it send, leaf first? (Also of a handshake that failed later.)
    #[serde(default)]
    pub chain: Fact<Vec<CertificateId>>,
    /// What does it offer inside TLS?
    #[serde(default)]
    pub capabilities_in_tls: Fact<Capabilities>,
    /// What does it answer to each ClientHello of our own making? In the order asked; what is not
    /// here was not asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hellos: Vec<AskedHello>,
    /// What does it show in further full handshakes?
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<OtherSession>,
    /// Does it carry out, inside TLS, what was said in the clear behind STARTTLS?
    #[serde(default)]
    pub injection: Fact<Injection>,
    /// Does it go on with a login that begins before TLS?
    #[serde(default)]
    pub login_begun: Fact<LoginBegun>,
    /// Limits of ours that were reached.
    #[serde(default)]
    pub limits: Vec<Limit>,
}

impl Visited {
    /// A visit that saw nothing, for the reason given: every question is open.
    pub fn unseen(
        endpoint: Endpoint,
        address: IpAddr,
        asked_for: AskedFor,
        at: Timestamp,
        gap: Gap,
    ) -> Self {
        Visited {
            connected: Fact::Unknown(gap.clone()),
            opening: Fact::Unknown(gap.clone()),
            greeting: Fact::Unknown(gap.clone()),
            capabilities: Fact::Unknown(gap.clone()),
            starttls: Fact::Unknown(gap.clone()),
            tls: Fact::Unknown(gap.clone()),
            chain: Fact::Unknown(gap.clone()),
            capabilities_in_tls: Fact::Unknown(gap),
            ..Visited::unasked(endpoint, address, asked_for, at)
        }
    }

    /// A record of which no question was asked: for what did not come from a server.
    pub fn unasked(
        endpoint: Endpoint,
        address: IpAddr,
        asked_for: AskedFor,
        at: Timestamp,
    ) -> Self {
        Visited {
            endpoint,
            address,
            dialled: None,
            asked_for,
            at,
            millis: 0,
            connections: 0,
            failed_attempts: Vec::new(),
            connected: Fact::NotAsked(Skip::NotApplicable),
            opening: Fact::NotAsked(Skip::NotApplicable),
            greeting: Fact::NotAsked(Skip::NotApplicable),
            capabilities: Fact::NotAsked(Skip::NotApplicable),
            starttls: Fact::NotAsked(Skip::NotApplicable),
            tls: Fact::NotAsked(Skip::NotApplicable),
            chain: Fact::NotAsked(Skip::NotApplicable),
            capabilities_in_tls: Fact::NotAsked(Skip::NotApplicable),
            hellos: Vec::new(),
            sessions: Vec::new(),
            injection: Fact::NotAsked(Skip::NotApplicable),
            login_begun: Fact::NotAsked(Skip::NotApplicable),
            limits: Vec::new(),
        }
    }

    /// Where the full handshake brought no certificates, those that one of our own hellos did.
    pub fn take_chain_from(&mut self, hellos: &[AskedHello]) {
        let mut shown = hellos.iter().filter_map(AskedHello::agreed);
        if self.chain.seen().is_none()
            && let Some(chain) = shown.find_map(|agreed| {
                let chain = agreed.chain.seen();
                chain.filter(|chain| !chain.is_empty())
            })
        {
            self.chain = Fact::Seen(chain.clone());
        }
    }

    /// Why questions that were asked have no answer, in the order of the steps.
    pub fn gaps(&self) -> impl Iterator<Item = &Gap> {
        [
            self.connected.gap(),
            self.opening.gap(),
            self.greeting.gap(),
            self.capabilities.gap(),
            self.starttls.gap(),
            self.tls.gap(),
            self.chain.gap(),
            self.capabilities_in_tls.gap(),
        ]
        .into_iter()
        .flatten()
    }

    /// Whether any word or handshake of the server was seen.
    pub fn reached(&self) -> bool {
        self.greeting.seen().is_some()
            || self.tls.seen().is_some()
            || self.chain.seen().is_some()
            || self
                .hellos
                .iter()
                .any(|asked| asked.answer.seen().is_some())
    }
}

/// An endpoint of which no address was dialled or even looked for, and why: its port is not
/// allowed, or the name to dial in its place does not resolve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Undialled {
    /// The endpoint as configured.
    pub endpoint: Endpoint,
    /// Why it was to be visited.
    pub asked_for: AskedFor,
    /// When that was found.
    pub at: Timestamp,
    /// Why it was not.
    pub gap: Gap,
}

/// A certificate's DER.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CertificateRecord {
    /// SHA-256 of the DER.
    pub id: CertificateId,
    /// The DER, base64 in JSON.
    #[serde(with = "base64_der")]
    #[schemars(with = "String")]
    pub der: Vec<u8>,
}

/// What an OCSP responder or the place of a revocation list answered, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fetched {
    /// The whole URL; for OCSP it holds the question (RFC 6960 §A.1).
    pub url: String,
    /// When it was asked.
    pub at: Timestamp,
    /// The address that answered, or that was dialled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    /// The body of the answer.
    pub answer: Fact<Raw>,
}

/// The TLSA records at `_port._tcp.host` (RFC 6698 §3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tlsa {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// When they were asked for.
    pub at: Timestamp,
    /// What came.
    pub answer: Fact<TlsaAnswer>,
}

/// TLSA records, and whether DNSSEC proves them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TlsaAnswer {
    /// Whether signatures lead from the root of the DNS to every record.
    pub secure: bool,
    /// The records, at most 64; empty if there is none.
    pub records: Vec<TlsaRecord>,
}

/// One TLSA record (RFC 6698 §2.1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct TlsaRecord {
    /// Which certificate it is about.
    pub usage: u8,
    /// Which part of it.
    pub selector: u8,
    /// In what form.
    pub matching: u8,
    /// The certificate association data.
    pub data: Raw,
}

/// The end of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Close {
    /// When it ended.
    pub finished: Timestamp,
    /// Whether every visit that was planned was made.
    pub complete: bool,
    /// Records of visits.
    pub visits: u64,
    /// TCP connections begun.
    pub connections: u64,
    /// Who or what ended it early, if it is not complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<EndedBy>,
}

/// Who or what ends a run early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EndedBy {
    /// An interrupt, a termination or a hang-up.
    Signal,
    /// The end of the time given to the run.
    MaxTime,
}

impl EndedBy {
    /// Each of them.
    pub const ALL: [EndedBy; 2] = [EndedBy::Signal, EndedBy::MaxTime];

    /// The key of its message.
    pub const fn word(self) -> &'static str {
        match self {
            EndedBy::Signal => "ended-by-signal",
            EndedBy::MaxTime => "ended-by-max-time",
        }
    }
}

/// The roots that a judgement trusted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TrustStore {
    /// `system`, `mozilla`, or the file's name; joined by ` + ` if several.
    pub name: String,
    /// SHA-256 over the sorted SHA-256 of what is trusted of each root: subject, key, constraints.
    pub sha256: String,
    /// How many roots.
    pub certificates: usize,
    /// When the newest of them begins, which tells the age of the store. `None` where no root has
    /// a date: the list that is built in keeps names and keys alone.
    #[serde(default)]
    pub newest: Option<Timestamp>,
}

mod base64_der {
    use base64::prelude::{BASE64_STANDARD, Engine as _};
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(der: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(der))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        BASE64_STANDARD
            .decode(String::deserialize(deserializer)?)
            .map_err(de::Error::custom)
    }
}
