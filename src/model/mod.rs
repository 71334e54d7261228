//! The nouns: plain values that every other room hands around.
//!
//! Facts and judgement meet here and nowhere else. What a visit saw is an
//! [`Observation`], which knows no policy; what a rule makes of it is a
//! [`Verdict`], which knows no socket. This module imports nothing of ours.

mod account;
mod allowed;
mod attested;
mod candidate;
mod certificate;
mod chain;
mod citation;
mod clock;
mod contested;
mod contrast;
mod counts;
mod digits;
mod endpoint;
mod extensions;
mod fact;
mod finding;
mod fix;
mod hello;
mod host;
mod intake;
mod judgement;
mod knowledge;
mod mailbox;
mod observation;
mod observations;
mod outcome;
mod phrase;
mod protocol;
mod raw;
mod resolution;
mod schema;
mod session;
mod severity;
mod sha256;
mod shown;
mod since;
mod standard;
mod subtree;
mod suite;
mod text;
mod tls;
mod vantage;
mod visit;

pub use account::{Account, AccountId, Field, Person, Place};
pub use allowed::{Allowed, OBSOLETE, OldServerHello, Standing};
pub use attested::{
    Attested, Authority, Dane, Open, RevocationSource, Said, SctList, Scts, Status,
};
pub use candidate::{Candidate, Idea, Settings, Tried};
pub use certificate::{
    CertificateFacts, CertificateId, DateForm, Form, KeyAlgorithm, KeyId, PublicKey, RsaShape,
};
pub use chain::{ChainReport, Elsewhere, Fault, NameMatch, Path};
pub use citation::{Citation, Verb};
pub use clock::Clock;
pub use contested::Contested;
pub use contrast::{AccountContrast, Contrast, EndpointContrast, RuleContrast, SightContrast};
pub use counts::{AccountCounts, Answered, PolicyCounts, RuleCounts, RuleState};
pub use endpoint::{Endpoint, Expected};
pub use extensions::{
    AlternativeNames, BasicConstraints, ExtendedKeyUsage, Extensions, KeyName, KeyUsage,
    NameConstraints,
};
pub use fact::{Cause, Fact, Gap, Limit, Phase, Skip};
pub use finding::{Evidence, Finding, Fingerprint, Statement, Subject, Value, Verdict, WaiverNote};
pub use fix::{Fix, Proof, Unproven};
pub use hello::{Agreed, AskedHello, Hello, HelloAnswer, HungUp, KeyExchange, Refusal, Ssl2Agreed};
pub use host::{Host, HostError};
pub use intake::{ColumnReading, ColumnUsage, InputFile, Rejected, RowFault};
pub use judgement::{
    AccountJudgement, EndpointJudgement, Excuse, GroupUse, JudgedChain, Judgement, WaiverState,
    WaiverUse,
};
pub use knowledge::{ClientKind, Software};
pub use mailbox::Mailbox;
pub use observation::{
    AskedFor, CertificateRecord, Close, EndedBy, Fetched, Observation, RunHeader, Tlsa, TlsaAnswer,
    TlsaRecord, TrustStore, Undialled, Visited,
};
pub use observations::Observations;
pub use outcome::{AccountVerdict, Reason, VerdictWord};
pub use phrase::Phrase;
pub use protocol::{Protocol, Security, Spoken};
pub use raw::Raw;
pub use resolution::{DnsAnswer, Resolution, ToldBy};
pub use schema::schema_of;
pub use session::{
    Capabilities, Connected, Greeting, GreetingKind, Injection, LoginBegun, Opening, OtherSession,
    ServerSays, Shown, StartTls, Tickets, TlsSession, Twist,
};
pub use severity::Severity;
pub use sha256::{Hashing, Sha256};
pub use shown::{Handshake, ShownChain};
pub use since::Since;
pub use standard::{ChineseTitle, Standard};
pub use subtree::{Bearing, Subtree};
pub use suite::{Encryption, KeyAgreement, Suite, SuiteTraits};
pub use text::{Text, folded, is_plain, visible};
pub use tls::{NamedGroup, SignatureScheme, TlsVersion};
pub use vantage::{ResolverTried, Vantage};
pub use visit::{Depth, FirstMove, Visit};
