//! The rules: one file each, pure, and the registry that lists them.
//!
//! A rule looks at a case, knows a policy, and answers. No socket, no clock, no environment, no
//! other rule and no words for people: those stand in `templates/locales`, under the rule's id.
//! Adding one is its file, its cases under `tests/cases/rules`, its words in each language, and two
//! lines here.

mod address_not_allowed;
mod allowed;
mod antivirus;
mod bounds;
mod breach;
mod case;
mod cert_chain_disordered;
mod cert_chain_incomplete;
mod cert_differs_between_addresses;
mod cert_expired;
mod cert_expiring;
mod cert_intermediate_expired;
mod cert_key_outside_policy;
mod cert_malformed;
mod cert_name_constraint;
mod cert_name_mismatch;
mod cert_no_san;
mod cert_nonconforming;
mod cert_not_yet_valid;
mod cert_renewal_half_done;
mod cert_revocation_unknown;
mod cert_revoked;
mod cert_self_signed;
mod cert_untrusted;
mod cert_validity_too_long;
mod cert_weak_key;
mod cert_weak_signature;
mod cert_wrong_usage;
mod certificate_check_disabled;
mod cipher_discouraged;
mod cipher_insecure;
mod cipher_outside_policy;
mod cipher_weak;
mod clear_login;
mod cleartext_configured;
mod cleartext_login;
mod client_certificate_required;
mod clock_suspect;
mod comparable;
mod conformity;
mod dane_mismatch;
mod distinguished;
mod doubt;
mod example;
mod flaw;
mod host_is_address;
mod insecure_renegotiation;
mod insistence;
mod internal_error;
mod key_exchange_outside_policy;
mod key_exchange_weak;
mod key_shared;
mod kinship;
mod limit_reached;
mod login_accepted_in_clear;
mod masked;
mod named;
mod no_aead;
mod no_encryption;
mod no_extended_master_secret;
mod no_forward_secrecy;
mod no_login_offered;
mod nonstandard_port;
mod ocsp_staple_missing;
mod opportunistic_configured;
mod port_not_allowed;
mod post_quantum_missing;
mod preauth_before_tls;
mod protocol_garbage;
mod public_submission_port;
mod resolver_suspect;
mod security_mode_mismatch;
mod server_refuses;
mod server_throttled;
mod starttls_broken;
mod starttls_configured;
mod starttls_injection;
mod starttls_not_offered;
mod starttls_offered_in_tls;
mod starttls_stripped_in_path;
mod surroundings;
mod tlcp_only;
mod tls_compression;
mod tls_handshake_fails;
mod tls_intercepted;
mod tls_version_obsolete;
mod tls_version_outdated;
mod unapproved_server;
mod unknown_host;
mod unreachable;
mod unstable;
mod upgrade;
mod vantage_blocked;
mod version_disclosed;
mod wall;
mod weak_login_mechanism;
mod wrong_protocol;

pub use breach::Breach;
pub use case::{AccountCase, AddressCase, Answer, EndpointCase, FleetCase, need};
pub use doubt::{DOUBTS, Doubt};
pub use surroundings::Surroundings;
pub use upgrade::Upgrade;

use crate::model::{Citation, Evidence, Severity, Subject, Verdict};
use crate::policy::Policy;

/// One rule: its papers, and one pure function.
#[derive(Debug)]
pub struct Rule {
    /// Stable, kebab-case, and says what is wrong; the file's name with `_` for `-`.
    pub id: &'static str,
    /// The default severity, authoritative in the rule catalogue.
    pub severity: Severity,
    /// Forms of the violation that weigh differently, by [`crate::model::Evidence::variant`].
    pub variants: &'static [(&'static str, Severity)],
    /// The clauses that it stands on, strongest first.
    pub citations: &'static [Citation],
    /// What it looks at, and how.
    pub check: Check,
    /// What it shows where it fires, with the values of an example: an explanation prints it, and a
    /// test holds it against what the rule really shows.
    pub example: fn() -> Evidence,
}

/// What a rule looks at.
#[derive(Debug)]
pub enum Check {
    /// One endpoint over all its addresses.
    Endpoint(fn(&EndpointCase<'_>, &Policy) -> Verdict),
    /// One account, with its endpoint's case and its siblings'.
    Account(fn(&AccountCase<'_>, &Policy) -> Verdict),
    /// The fleet as a whole.
    Fleet(fn(&FleetCase<'_>, &Policy) -> FleetAnswer),
}

/// What a rule about the fleet found, subject by subject. An answer about an endpoint is said of it
/// and of its accounts as if an endpoint rule had given it.
pub type FleetAnswer = Vec<(Subject, Verdict)>;

impl Rule {
    /// The severity of a violation in the given form, before the policy has its say.
    pub fn severity_of(&self, variant: Option<&str>) -> Severity {
        self.variants
            .iter()
            .find(|(name, _)| Some(*name) == variant)
            .map_or(self.severity, |(_, severity)| *severity)
    }

    /// Whether a violation can break a measure: not one that tells what was not seen.
    pub fn can_breach(&self) -> bool {
        !OF_WHAT_WAS_NOT_SEEN.contains(&self.id)
    }
}

/// Every rule, in the order of the rule catalogue.
pub const RULES: &[&Rule] = &[
    &cleartext_configured::RULE,
    &opportunistic_configured::RULE,
    &starttls_configured::RULE,
    &security_mode_mismatch::RULE,
    &wrong_protocol::RULE,
    &host_is_address::RULE,
    &unknown_host::RULE,
    &unapproved_server::RULE,
    &nonstandard_port::RULE,
    &certificate_check_disabled::RULE,
    &public_submission_port::RULE,
    &no_encryption::RULE,
    &cleartext_login::RULE,
    &starttls_not_offered::RULE,
    &login_accepted_in_clear::RULE,
    &no_login_offered::RULE,
    &starttls_broken::RULE,
    &starttls_injection::RULE,
    &starttls_offered_in_tls::RULE,
    &preauth_before_tls::RULE,
    &tls_version_obsolete::RULE,
    &tls_handshake_fails::RULE,
    &tls_version_outdated::RULE,
    &cipher_insecure::RULE,
    &no_aead::RULE,
    &cipher_weak::RULE,
    &cipher_outside_policy::RULE,
    &cipher_discouraged::RULE,
    &no_forward_secrecy::RULE,
    &key_exchange_weak::RULE,
    &key_exchange_outside_policy::RULE,
    &tls_compression::RULE,
    &insecure_renegotiation::RULE,
    &no_extended_master_secret::RULE,
    &post_quantum_missing::RULE,
    &tlcp_only::RULE,
    &protocol_garbage::RULE,
    &weak_login_mechanism::RULE,
    &version_disclosed::RULE,
    &cert_expired::RULE,
    &cert_not_yet_valid::RULE,
    &cert_expiring::RULE,
    &cert_name_mismatch::RULE,
    &cert_no_san::RULE,
    &cert_malformed::RULE,
    &cert_nonconforming::RULE,
    &client_certificate_required::RULE,
    &cert_self_signed::RULE,
    &cert_untrusted::RULE,
    &cert_chain_incomplete::RULE,
    &cert_chain_disordered::RULE,
    &cert_intermediate_expired::RULE,
    &cert_weak_key::RULE,
    &cert_key_outside_policy::RULE,
    &cert_weak_signature::RULE,
    &cert_wrong_usage::RULE,
    &cert_name_constraint::RULE,
    &cert_validity_too_long::RULE,
    &cert_revoked::RULE,
    &cert_revocation_unknown::RULE,
    &ocsp_staple_missing::RULE,
    &cert_differs_between_addresses::RULE,
    &cert_renewal_half_done::RULE,
    &key_shared::RULE,
    &tls_intercepted::RULE,
    &dane_mismatch::RULE,
    &unreachable::RULE,
    &vantage_blocked::RULE,
    &unstable::RULE,
    &server_refuses::RULE,
    &server_throttled::RULE,
    &limit_reached::RULE,
    &starttls_stripped_in_path::RULE,
    &address_not_allowed::RULE,
    &port_not_allowed::RULE,
    &clock_suspect::RULE,
    &resolver_suspect::RULE,
    &internal_error::RULE,
];

/// Rules that tell what kept the audit from seeing something, on the way, at the server or with
/// ourselves: not seen is never a breach, whatever severity a policy gives it.
const OF_WHAT_WAS_NOT_SEEN: [&str; 13] = [
    "tls-intercepted",
    "unreachable",
    "vantage-blocked",
    "unstable",
    "server-refuses",
    "server-throttled",
    "limit-reached",
    "starttls-stripped-in-path",
    "address-not-allowed",
    "port-not-allowed",
    "clock-suspect",
    "resolver-suspect",
    "internal-error",
];

/// The rule of that id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
