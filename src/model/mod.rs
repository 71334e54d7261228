//! The nouns: plain values that every other room hands around.
//!
//! Facts and judgement meet here and nowhere else. What a visit saw is an
//! [`Observation`], which knows no policy; what a rule makes of it is a
//! [`Verdict`], which knows no socket. This module imports nothing of ours.

mod account;
mod candidate;
mod certificate;
mod chain;
mod citation;
mod endpoint;
mod fact;
mod finding;
mod fix;
mod host;
mod intake;
mod judgement;
mod knowledge;
mod observation;
mod observations;
mod outcome;
mod protocol;
mod raw;
mod session;
mod severity;
mod sha256;
mod text;
mod tls;
mod visit;

pub use account::{Account, AccountId, Field, Person, Place};
pub use candidate::{Candidate, Idea, Settings, Tried};
pub use certificate::{CertificateFacts, CertificateId, KeyAlgorithm, PublicKey};
pub use chain::{ChainReport, NameMatch, Path};
pub use citation::{Citation, Standard, Verb};
pub use endpoint::{Endpoint, Expected};
pub use fact::{Cause, Fact, Gap, Limit, Phase, Skip};
pub use finding::{Evidence, Finding, Fingerprint, Subject, Value, Verdict, WaiverNote};
pub use fix::{Fix, Proof, Unproven};
pub use host::{Host, HostError};
pub use intake::{ColumnReading, InputFile, Rejected, RowFault};
pub use judgement::{AccountJudgement, EndpointJudgement, Judgement, WaiverUse};
pub use knowledge::{ClientKind, Software};
pub use observation::{
    AskedFor, CertificateRecord, Close, DnsAnswer, EndedBy, Observation, Resolution, RunHeader,
    TrustStore, Visited,
};
pub use observations::Observations;
pub use outcome::{AccountVerdict, Reason, VerdictWord};
pub use protocol::{Protocol, Security, Spoken};
pub use raw::Raw;
pub use session::{Capabilities, Connected, Greeting, GreetingKind, Opening, StartTls, TlsSession};
pub use severity::Severity;
pub use sha256::{Hashing, Sha256};
pub use text::{Text, is_plain, visible};
pub use tls::{Group, Suite, TlsVersion};
pub use visit::{Depth, FirstMove, Visit};
