//! The server's certificate is not one that a server may show.

use crate::model::{
    CertificateFacts, Citation, Evidence, KeyUsage, Path, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{LEAF, foreign, list};
use super::{Check, EndpointCase, Rule};

/// `cert-wrong-usage`
pub const RULE: Rule = Rule {
    id: "cert-wrong-usage",
    severity: Severity::High,
    variants: &[
        ("purpose", Severity::High),
        ("authority", Severity::High),
        ("key-usage", Severity::High),
    ],
    citations: &[
        Citation::new(Standard::Rfc5280, "§4.2.1.12", Verb::Must),
        Citation::new(Standard::Rfc5280, "§4.2.1.3", Verb::States),
        // RFC 5280 §4.2.1.9 lets an authority end a path; that it should be no server is ours.
        Citation::new(Standard::Mailfleet, "", Verb::Interpretation),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .variant("purpose")
            .with("count", 1_i64)
            .with("purposes", list(&["clientAuth"]))
            .with("subject", foreign(LEAF))
    },
};

/// Extensions that are not there limit nothing.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (chain, leaf) = seen.need_leaf()?;
        let Some(evidence) = wrong(leaf, chain.path == Path::SelfSigned) else {
            return Ok(Verdict::Compliant);
        };
        let subject = Value::Foreign(leaf.subject.clone());
        Ok(Verdict::Violation(evidence.with("subject", subject)))
    })
}

/// The mark of an authority on a certificate that nobody else vouches for changes nothing: that
/// is `cert-self-signed`.
fn wrong(leaf: &CertificateFacts, vouches_for_itself: bool) -> Option<Evidence> {
    let has = &leaf.extensions;
    if let Some(usage) = &has.extended_key_usage
        && !usage.allows_servers()
    {
        let purposes: Vec<String> = usage.purposes.iter().map(|oid| purpose(oid)).collect();
        let evidence = Evidence::new()
            .variant("purpose")
            .with("count", purposes.len());
        return Some(evidence.with("purposes", Value::List(purposes)));
    }
    if leaf.is_ca && !vouches_for_itself {
        return Some(Evidence::new().variant("authority"));
    }
    // Every handshake of TLS 1.3, and of TLS 1.2 with forward secrecy, is signed with the key.
    match has.key_usage {
        Some(usage) if !usage.allows(KeyUsage::DIGITAL_SIGNATURE) && !leaf.is_ca => {
            Some(Evidence::new().variant("key-usage"))
        }
        _ => None,
    }
}

/// The names of RFC 5280 §4.2.1.12 for what is often found.
fn purpose(oid: &str) -> String {
    let known = match oid {
        "1.3.6.1.5.5.7.3.2" => "clientAuth",
        "1.3.6.1.5.5.7.3.3" => "codeSigning",
        "1.3.6.1.5.5.7.3.4" => "emailProtection",
        "1.3.6.1.5.5.7.3.8" => "timeStamping",
        "1.3.6.1.5.5.7.3.9" => "OCSPSigning",
        other => other,
    };
    known.to_owned()
}
