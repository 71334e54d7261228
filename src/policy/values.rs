//! A policy as the rules and the judgement use it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::group::is_at_or_below;
use super::{Approved, Demand, Document, PRESETS, Stage, SuiteDemand, WaiverSubject};
use crate::model::{Citation, Host, NamedGroup, Severity, TlsVersion};

/// A policy, valid by construction: every rule that it names exists.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The name by which it is chosen and cited.
    pub name: String,
    /// Its edition.
    pub version: String,
    /// SHA-256 of the file as read.
    pub sha256: String,
    /// The preset that it extends; `None` for a preset.
    pub extends: Option<&'static str>,
    /// What it is called, which document it follows, and what of it no document says.
    pub document: Document,
    /// From this severity on a violation makes an account `non-compliant`.
    pub breach_from: Severity,
    /// Requirements as values.
    pub thresholds: Thresholds,
    /// What it says of single rules; rules that it does not name keep their defaults.
    pub rules: BTreeMap<&'static str, Setting>,
    /// What is wanted of issuers about revocation.
    pub revocation: RevocationDemand,
    /// The cipher suites that a server may accept.
    pub suites: SuiteDemand,
    /// The groups in which keys may be agreed on.
    pub key_exchange: Demand<NamedGroup>,
    /// The kinds of key that a server's certificate may have, by [`PublicKey::KINDS`].
    ///
    /// [`PublicKey::KINDS`]: crate::model::PublicKey::KINDS
    pub certificate_keys: Demand<&'static str>,
    /// Which handshake a server has to offer.
    pub handshake: HandshakeDemand,
    /// Whether TLSA records are asked for and must match.
    pub dane: bool,
    /// Domains that are ours: to advise towards (threat model E9).
    pub own_domains: Vec<String>,
    /// The authorities that may certify servers in those domains, each by its distinguished name,
    /// organisation or common name; empty where any may.
    pub issuers: Vec<String>,
    /// Ports that may be dialled beyond those of threat model E4.
    pub allow_ports: Vec<u16>,
    /// The servers that accounts may name.
    pub approved: Approved,
    /// Groups that are judged by settings of their own; the first that an account is in judges it.
    pub groups: Vec<super::Group>,
    /// What an exception needs.
    pub waiver_terms: WaiverTerms,
    /// Accepted exceptions.
    pub waivers: Vec<Waiver>,
    /// What takes the place of this policy, and from when on.
    pub next: Option<Box<Stage>>,
    /// Rules whose own clauses do not speak for the values that it has.
    pub without_papers: BTreeSet<&'static str>,
}

/// What is wanted of issuers about revocation. An answer that a server staples is always read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RevocationDemand {
    /// A stapled answer counts, and its absence does not. Nothing is asked.
    IfStapled,
    /// The absence of a stapled answer is a finding. Nothing is asked.
    Stapled,
    /// Where none is stapled, responders and lists are asked, and about the authorities above in any
    /// case; no answer is a finding.
    Asked,
}

impl RevocationDemand {
    /// Every demand, the mildest first.
    pub const ALL: [RevocationDemand; 3] = [
        RevocationDemand::IfStapled,
        RevocationDemand::Stapled,
        RevocationDemand::Asked,
    ];

    /// The word of the policy file.
    pub const fn word(self) -> &'static str {
        match self {
            RevocationDemand::IfStapled => "if-stapled",
            RevocationDemand::Stapled => "stapled",
            RevocationDemand::Asked => "asked",
        }
    }
}

/// Which handshake a server has to offer: TLS, or that of the Chinese national standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandshakeDemand {
    /// TLS, which every mail client speaks.
    Tls,
    /// TLCP (GB/T 38636).
    Tlcp,
    /// One of the two.
    Either,
}

impl HandshakeDemand {
    /// Every demand.
    pub const ALL: [HandshakeDemand; 3] = [
        HandshakeDemand::Tls,
        HandshakeDemand::Tlcp,
        HandshakeDemand::Either,
    ];

    /// The word of the policy file.
    pub const fn word(self) -> &'static str {
        match self {
            HandshakeDemand::Tls => "tls",
            HandshakeDemand::Tlcp => "tlcp",
            HandshakeDemand::Either => "either",
        }
    }
}

/// Requirements as values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// The lowest version that the best handshake may have.
    pub tls_minimum: TlsVersion,
    /// The oldest version that a server may still accept beside it.
    pub tls_oldest: TlsVersion,
    /// Whether implicit TLS is to be preferred to STARTTLS (RFC 8314 §3).
    pub prefer_implicit_tls: bool,
    /// A certificate that ends within so many days is a finding.
    pub expiry_days: u32,
    /// Within so many days it is a graver one.
    pub expiry_urgent_days: u32,
    /// The smallest RSA key, in bits.
    pub rsa_bits: u32,
    /// The smallest RSA key of a server that the policy does not advise to replace, in bits.
    pub rsa_advised_bits: u32,
    /// The smallest elliptic-curve key, in bits: of a certificate, or of a key exchange.
    pub ec_bits: u32,
    /// The smallest prime of a Diffie-Hellman key exchange, in bits.
    pub dh_bits: u32,
    /// The most days for which a server's certificate may be valid, whoever issued it; `None` where only
    /// the rules of public authorities hold.
    pub validity_days: Option<u32>,
    /// The most days that are advised.
    pub validity_advised_days: Option<u32>,
}

/// What a policy says of one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// The rule is not asked.
    pub off: bool,
    /// A severity in place of the rule's own, whatever the variant.
    pub severity: Option<Severity>,
    /// The clauses of this policy's own document that the rule serves.
    pub clauses: Vec<Citation>,
}

/// What a policy asks of exceptions beyond what every one needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaiverTerms {
    /// Somebody looks after it.
    pub owner: bool,
    /// It is tracked somewhere.
    pub ticket: bool,
    /// Its last day is at most so many days away; three years where the policy is silent.
    pub max_days: Option<u32>,
}

impl WaiverTerms {
    /// What either asks.
    pub fn and(self, other: Self) -> Self {
        WaiverTerms {
            owner: self.owner || other.owner,
            ticket: self.ticket || other.ticket,
            max_days: self.max_days.into_iter().chain(other.max_days).min(),
        }
    }
}

/// An accepted exception. Without an end, a reason and a name it does not load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The rule.
    pub rule: &'static str,
    /// Whom it covers.
    pub subject: WaiverSubject,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub approved_by: String,
    /// The last day on which it holds, until its end in UTC.
    pub until: Date,
    /// Who looks after it.
    pub owner: Option<String>,
    /// Where it is tracked.
    pub ticket: Option<String>,
}

impl Policy {
    /// Whether a host lies in one of our own domains.
    pub fn owns(&self, host: &Host) -> bool {
        let mut domains = self.own_domains.iter();
        host.name()
            .is_some_and(|name| domains.any(|domain| is_at_or_below(name, domain)))
    }

    /// The key of the message that says what the preset that it is, or extends, is about and what not.
    pub fn note(&self) -> Option<String> {
        let name = self.extends.unwrap_or(&self.name);
        let preset = PRESETS.iter().find(|preset| preset.name == name)?;
        Some(format!("policy-note-{}", preset.name.replace('.', "-")))
    }

    /// Whether a rule is asked at all.
    pub fn asks(&self, rule: &str) -> bool {
        self.rules.get(rule).is_none_or(|setting| !setting.off)
    }

    /// The severity that it sets for a rule, whatever the variant; `None` where the rule keeps its own.
    pub fn severity_for(&self, rule: &str) -> Option<Severity> {
        self.rules.get(rule)?.severity
    }

    /// The clauses of its own document that a rule serves.
    pub fn clauses_for(&self, rule: &str) -> &[Citation] {
        let setting = self.rules.get(rule);
        setting.map_or(&[], |setting| &setting.clauses)
    }
}
