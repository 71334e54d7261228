//! What mends a finding, and whether that was proven.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Endpoint, Finding, Fix, Idea, Proof, Security, Settings, Value};
use crate::words::Words;

use super::Message;
use super::rows::{EvidenceRow, InCommon};

/// What mends a finding: messages for the person and for the administrator, and the proof.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct FixRow<'a> {
    pub client: Option<ClientFix>,
    pub server: Option<&'a EvidenceRow>,
    pub verified: Option<Verified<'a>>,
    pub why_not: Option<&'static str>,
}

/// The settings that a person enters.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct ClientFix {
    #[serde(flatten)]
    pub message: Message,
    pub text_en: String,
    pub settings: Option<SettingsRow>,
    pub idea: Option<&'static str>,
}

/// Settings as `report.json` has them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct SettingsRow {
    pub protocol: &'static str,
    pub host: String,
    pub port: u16,
    pub security: &'static str,
}

impl From<&Settings> for SettingsRow {
    fn from(settings: &Settings) -> Self {
        SettingsRow {
            protocol: settings.protocol.word(),
            host: settings.host.to_string(),
            port: settings.port,
            security: settings.security.word(),
        }
    }
}

/// The proof of a fix.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Verified<'a> {
    pub endpoint: &'a Endpoint,
    pub at: jiff::Timestamp,
}

impl<'a> FixRow<'a> {
    pub(super) fn new(finding: &'a Finding, in_common: &'a InCommon, english: &Words) -> Self {
        let fix = offered(finding);
        let client = match fix.and_then(|fix| fix.to.as_ref()) {
            Some(settings) if is_certificates(finding.rule) => {
                Some(settings_message("fix-settings-until-mended", settings))
            }
            Some(settings) => Some(settings_message("fix-settings", settings)),
            None => Some(Message::new(format!("{}-fix-person", finding.rule)))
                .filter(|message| english.has(&message.message)),
        };
        let proof = fix.map(|fix| &fix.proof);
        FixRow {
            client: client.map(|message| ClientFix {
                text_en: message.say(english),
                message,
                settings: fix.and_then(|fix| fix.to.as_ref()).map(SettingsRow::from),
                idea: fix.and_then(|fix| fix.idea).map(|idea| idea.word()),
            }),
            server: in_common.server.as_ref(),
            verified: match proof {
                Some(Proof::Proven { endpoint, at }) => Some(Verified { endpoint, at: *at }),
                _ => None,
            },
            why_not: match proof {
                Some(Proof::NotProven(why)) => Some(why.word()),
                _ => None,
            },
        }
    }
}

/// Whether a rule is about the server's certificate: the server is to be mended, and other settings
/// are a way out until then.
pub(super) fn is_certificates(rule: &str) -> bool {
    rule.starts_with("cert-")
}

/// The fix of a finding as far as a report offers it: for trouble with a certificate nobody is
/// sent to a server that only has a usual name.
pub(super) fn offered(finding: &Finding) -> Option<&Fix> {
    let guessed = |fix: &&Fix| fix.idea == Some(Idea::ConventionalName);
    let fix = finding.fix.as_ref();
    fix.filter(|fix| !(is_certificates(finding.rule) && guessed(fix)))
}

/// What to enter, as the message of that key.
pub(super) fn settings_message(key: &str, settings: &Settings) -> Message {
    let security = Value::Term(security_label(settings.security).to_owned());
    Message::new(key)
        .with("protocol", Value::Term(settings.protocol.name().to_owned()))
        .with("host", Value::Foreign(settings.host.to_string()))
        .with("port", settings.port)
        .with("security", security.clone())
        .with("security-label", security)
}

/// The word that mail clients show for a mode; for modes without one the message of the locales.
pub(super) const fn security_label(security: Security) -> &'static str {
    match security {
        Security::Tls => "SSL/TLS",
        Security::Starttls => "STARTTLS",
        Security::None => "-",
        Security::Auto => "auto",
        Security::Unknown => "?",
    }
}

/// What a fix says of its proof.
pub(super) fn proof_message(fix: &Fix) -> Message {
    match &fix.proof {
        Proof::Proven { endpoint, at } => {
            let protocol = fix
                .to
                .as_ref()
                .map_or("", |settings| settings.protocol.name());
            Message::new("fix-proven")
                .with("endpoint", Value::Foreign(endpoint.to_string()))
                .with("protocol", Value::Term(protocol.to_owned()))
                .with("time", *at)
        }
        Proof::NotProven(why) => Message::new(format!("fix-not-proven-{}", why.word())),
    }
}
