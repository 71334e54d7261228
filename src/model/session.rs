//! What one visit to one address can see. Facts of the wire, no adjectives.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CertificateId, Fact, NamedGroup, Raw, Skip, Spoken, Suite, TlsVersion};

/// A TCP connection that stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Connected {
    /// The address of our own end; equal to the server's where the auditor runs on the server.
    pub local: IpAddr,
    /// Milliseconds from the first packet to the connection.
    pub millis: u32,
}

/// How the port opens a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// It speaks first, in clear text.
    ClearText,
    /// It answers a TLS ClientHello with TLS.
    Tls,
}

/// The server's first words, in the clear or inside TLS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Greeting {
    /// Whose words these are.
    pub spoken: Spoken,
    /// What the grammar of that protocol calls them.
    pub kind: GreetingKind,
    /// The bytes as they came, bounded.
    pub raw: Raw,
}

/// What a greeting is by the grammar of its protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GreetingKind {
    /// `+OK`, `* OK`, `220`.
    Ready,
    /// `* PREAUTH` (RFC 9051 §7.1.4).
    Preauth,
    /// `-ERR`, `* BYE`, `4yz`, `5yz`.
    Refusal,
    /// Words of no mail protocol.
    Other,
}

/// What the server says it offers at one point of the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Capabilities {
    /// The lines as they came, bounded.
    pub lines: Vec<Raw>,
    /// Whether the question itself was refused (`-ERR`, `BAD`, `5yz`), so that nothing was listed.
    pub refused: bool,
    /// Whether STARTTLS or STLS is announced.
    pub starttls: bool,
    /// Whether IMAP announces LOGINDISABLED (RFC 9051 §7.2.2).
    pub login_disabled: bool,
    /// SASL mechanisms announced, in upper case.
    pub mechanisms: Vec<String>,
    /// Ways of logging in that are announced, or by the protocol's grammar open unless denied,
    /// and that hand over the password itself: `USER`, `LOGIN`, `PLAIN`.
    pub password_logins: Vec<String>,
}

/// The answer to the STARTTLS or STLS command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StartTls {
    /// Whether the capabilities announced it.
    pub announced: bool,
    /// Whether the server said to go ahead.
    pub accepted: bool,
    /// The reply as it came, bounded.
    pub reply: Raw,
    /// Bytes that came behind the reply, before TLS. Never read as protected.
    pub trailing: Raw,
}

/// A TLS handshake that completed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TlsSession {
    /// The version agreed.
    pub version: TlsVersion,
    /// The suite agreed.
    pub suite: Suite,
    /// The group of the key exchange.
    pub group: Option<NamedGroup>,
    /// The stapled OCSP response.
    pub staple: Option<Raw>,
    /// Milliseconds from the ClientHello to the end of the handshake.
    pub millis: u32,
    /// What its ServerHello says besides, where that could be read.
    #[serde(default)]
    pub says: Fact<ServerSays>,
    /// Whether the server asked for a certificate of the client's.
    #[serde(default)]
    pub client_certificate: Fact<bool>,
    /// What the server handed out for resuming the session.
    #[serde(default)]
    pub tickets: Fact<Tickets>,
}

impl TlsSession {
    /// A handshake that agreed on these, of which nothing else is known.
    pub fn new(version: TlsVersion, suite: Suite) -> Self {
        TlsSession {
            version,
            suite,
            group: None,
            staple: None,
            millis: 0,
            says: Fact::NotAsked(Skip::NotApplicable),
            client_certificate: Fact::NotAsked(Skip::NotApplicable),
            tickets: Fact::NotAsked(Skip::NotApplicable),
        }
    }
}

/// What the ServerHello of a session says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServerSays {
    /// The compression method: 0 for none.
    pub compression: u8,
    /// The extensions that it answered with, by number.
    pub extensions: Vec<u16>,
}

/// What a server hands out so that a session can be resumed. It is never used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Tickets {
    /// How many came before the goodbye.
    pub count: u16,
    /// The most octets that it would take before the handshake ends (0-RTT, RFC 9846 §4.7.1); 0
    /// where it announces none.
    pub early_data: u32,
}

/// One more full handshake, in which one thing is other than in the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OtherSession {
    /// What was other.
    pub twist: Twist,
    /// What the server showed.
    pub shown: Fact<Shown>,
}

/// How a further handshake differs from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Twist {
    /// In nothing: whether the server shows the same again.
    Again,
    /// No name is sent.
    WithoutName,
    /// Only certificates with an RSA key are accepted.
    RsaOnly,
    /// Only certificates with an elliptic-curve key are accepted.
    EcdsaOnly,
}

/// What a server showed in a further handshake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// The version agreed.
    pub version: TlsVersion,
    /// The certificates, leaf first.
    pub chain: Vec<CertificateId>,
}

/// What became of a command that was sent in the clear right behind STARTTLS, in one write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Injection {
    /// The command, such as `NOOP`.
    #[serde(default)]
    pub command: String,
    /// Whether the upgrade was granted and the handshake went through all the same.
    pub handshake: bool,
    /// What the server said inside TLS before anything was asked there, or with the answer to the
    /// first question if the command was answered only then; empty if nothing.
    pub answer: Raw,
    /// Whether an answer to that command is among it.
    pub carried_out: bool,
}

/// What a server said to a login that was begun before TLS, and cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LoginBegun {
    /// The mechanism begun, `PLAIN` or `LOGIN`.
    pub mechanism: String,
    /// Whether the server went on: a challenge came. Otherwise it said no, which may be to the
    /// mechanism as well as to the place.
    pub went_on: bool,
    /// The reply as it came, bounded.
    pub reply: Raw,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capabilities_of_older_journals_still_read() {
        let older = r#"{"lines":["250 XXXXXXXA"],"refused":false,"starttls":false,
            "login_disabled":false,"mechanisms":[],"password_logins":[],"masked":true}"#;
        let read: Capabilities =
            serde_json::from_str(older).expect("what is not known is left out");
        assert_eq!(read.lines, [Raw::from(&b"250 XXXXXXXA"[..])]);
    }
}
