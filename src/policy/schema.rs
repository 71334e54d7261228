//! The JSON Schemas of policy and waiver files, by which editors complete and check them.
//!
//! A schema says what one file may hold; what hangs together across keys only the parser sees. The
//! keys are the parser's own: a test compares.
#![allow(dead_code)] // The types are never made: their fields and comments are the schemas.

use std::borrow::Cow;

use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{HandshakeDemand, PRESETS, RevocationDemand, SuiteClass, demand, document, raw};
use crate::model::{PublicKey, Severity, Standard, Suite, Verb};

/// The JSON Schema of a policy file, for these rules.
pub fn schema_of_policies(known_rules: &[&'static str]) -> String {
    written(schemars::schema_for!(PolicyFile), known_rules)
}

/// The JSON Schema of a file of waivers, for these rules.
pub fn schema_of_waivers(known_rules: &[&'static str]) -> String {
    written(schemars::schema_for!(WaiverFile), known_rules)
}

fn written(mut schema: Schema, known_rules: &[&'static str]) -> String {
    without_null(&mut schema);
    if let Some(rule) = schema.pointer_mut("/$defs/RuleId") {
        rule["enum"] = known_rules.into();
    }
    if let Some(rules) = schema.pointer_mut("/$defs/Rules") {
        let of_each = rules["additionalProperties"].take();
        for rule in known_rules {
            rules["properties"][*rule] = of_each.clone();
        }
        rules["additionalProperties"] = false.into();
    }
    format!("{:#}", schema.as_value())
}

/// TOML has no null: what may be left out is left out.
fn without_null(schema: &mut Schema) {
    transform_subschemas(&mut without_null, schema);
    if let Some(types) = schema
        .get_mut("type")
        .and_then(|types| types.as_array_mut())
    {
        types.retain(|one| one != "null");
        if let [only] = &mut types[..] {
            let only = only.take();
            schema.insert("type".to_owned(), only);
        }
    }
    let choices = schema.get_mut("anyOf").and_then(|all| all.as_array_mut());
    let only = choices.and_then(|choices| {
        choices.retain(|one| one.get("type").is_none_or(|kind| kind != "null"));
        (choices.len() == 1).then(|| choices.remove(0))
    });
    if let Some(only) = only {
        schema.remove("anyOf");
        for (key, value) in only.as_object().into_iter().flatten() {
            schema.insert(key.clone(), value.clone());
        }
    }
}

/// A policy of mailfleet: what differs from the one that it extends.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "mailfleet policy")]
struct PolicyFile {
    /// The name by which reports cite this policy.
    name: Words,
    /// Its edition.
    version: Words,
    /// What it is, in a line.
    title: Option<Words>,
    /// The document that it follows.
    document: Option<StandardKey>,
    /// The keys whose values are in no clause of the document: the policy's own interpretation.
    interpreted: Option<Vec<InterpretableKey>>,
    /// The policy from which it differs.
    extends: PresetName,
    /// What is wanted of issuers about revocation: an answer that a server staples counts
    /// (if-stapled), is expected (stapled), or is asked for where there is none (asked).
    revocation: Option<RevocationWord>,
    /// Whether TLSA records are asked for and must match.
    dane: Option<bool>,
    /// Domains that are ours: fixes may lead people to servers in them.
    own_domains: Option<Vec<Words>>,
    /// The authorities that may certify servers in own domains: organisation, common name, or the
    /// whole name.
    issuers: Option<Vec<Words>>,
    /// Ports beyond the usual ones that may be dialled.
    allow_ports: Option<Vec<Port>>,
    /// Settings that begin on a day.
    #[schemars(length(max = 12))]
    from: Option<Vec<From>>,
    /// People whose accounts are judged by settings of their own; the first group decides.
    #[schemars(length(max = 64))]
    group: Option<Vec<Group>>,
    /// What exceptions need beyond reason, approver and end.
    waivers: Option<WaiverTerms>,
    /// Accepted exceptions.
    waiver: Option<Vec<Waiver>>,
    #[schemars(flatten)]
    settings: Settings,
}

/// What may also begin on a day, or hold for a group.
#[derive(JsonSchema)]
struct Settings {
    /// From this severity on a violation makes an account non-compliant.
    breach_from: Option<SeverityWord>,
    /// Which handshake a server has to offer: TLS, that of the Chinese national standard, or one of
    /// the two.
    handshake: Option<HandshakeWord>,
    /// Servers that accounts may name: HOST, HOST:PORT, or either with a * below a domain.
    approved_servers: Option<Vec<Words>>,
    /// Domains at or below which accounts may name any server.
    approved_domains: Option<Vec<Words>>,
    /// Requirements as values.
    thresholds: Option<Thresholds>,
    /// The cipher suites that a server may accept.
    suites: Option<Suites>,
    /// The groups in which keys may be agreed on.
    key_exchange: Option<KeyExchange>,
    /// The kinds of key that a server's certificate may have.
    certificate_keys: Option<CertificateKeys>,
    /// What is said of single rules.
    rules: Option<Rules>,
}

/// Requirements as values; what is left out stays as it is.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Thresholds {
    /// The lowest version that the best handshake may have.
    tls_minimum: Option<TlsWord>,
    /// The oldest version that may be accepted.
    tls_oldest: Option<TlsWord>,
    /// Whether implicit TLS is to be preferred to STARTTLS.
    prefer_implicit_tls: Option<bool>,
    /// A certificate that ends within so many days is a finding.
    #[schemars(range(min = 0, max = 3650))]
    expiry_days: Option<u32>,
    /// Within so many days it is a graver one.
    #[schemars(range(min = 0, max = 3650))]
    expiry_urgent_days: Option<u32>,
    /// The smallest RSA key, in bits.
    #[schemars(range(min = 1024, max = 16384))]
    rsa_bits: Option<u32>,
    /// The smallest RSA key that is not advised to be replaced, in bits.
    #[schemars(range(min = 1024, max = 16384))]
    rsa_advised_bits: Option<u32>,
    /// The smallest elliptic-curve key, in bits.
    #[schemars(range(min = 160, max = 1024))]
    ec_bits: Option<u32>,
    /// The smallest prime of a Diffie-Hellman key exchange, in bits.
    #[schemars(range(min = 1024, max = 16384))]
    dh_bits: Option<u32>,
    /// The most days for which a certificate may be valid; 0 where only the rules of public
    /// authorities hold.
    #[schemars(range(min = 0, max = 36500))]
    validity_days: Option<u32>,
    /// The most days that are advised; 0 where none are.
    #[schemars(range(min = 0, max = 36500))]
    validity_advised_days: Option<u32>,
}

/// The cipher suites that a server may accept: classes, or single suites by their IANA names.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Suites {
    /// What is allowed; nothing else is.
    allow: Option<Vec<SuiteWord>>,
    /// What of that is not.
    deny: Option<Vec<SuiteWord>>,
    /// What of the rest is advised against.
    discourage: Option<Vec<SuiteWord>>,
}

/// The groups in which keys may be agreed on.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct KeyExchange {
    /// What is allowed, or any.
    #[schemars(length(min = 1))]
    allow: Option<Vec<GroupOrAny>>,
    /// What of that is advised against.
    discourage: Option<Vec<GroupWord>>,
}

/// The kinds of key that a server's certificate may have.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct CertificateKeys {
    /// What is allowed, or any.
    #[schemars(length(min = 1))]
    allow: Option<Vec<KindOrAny>>,
    /// What of that is advised against.
    discourage: Option<Vec<KindWord>>,
}

/// What is said of one rule.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RuleSetting {
    /// Whether the rule is not asked.
    off: Option<bool>,
    /// A severity in place of the rule's own.
    severity: Option<SeverityWord>,
    /// The clauses that the rule serves.
    clauses: Option<Vec<Clause>>,
}

/// A clause of a standard.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Clause {
    /// The document.
    standard: StandardKey,
    /// The clause, as the document numbers it.
    clause: Option<Words>,
    /// How strongly it says so.
    verb: VerbWord,
    /// Since when it holds, where that is not the document's own date.
    since: Option<Words>,
}

/// Settings that begin on a day.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct From {
    /// The first day, in UTC, on which they hold.
    date: Day,
    #[schemars(flatten)]
    settings: Settings,
}

/// People whose accounts are judged by settings of their own: whoever any of the lists names.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Group {
    /// What the report calls it.
    name: Words,
    /// Departments as the accounts have them.
    departments: Option<Vec<Words>>,
    /// Domains of e-mail addresses, those below included.
    domains: Option<Vec<Words>>,
    /// E-mail addresses, also with a *.
    emails: Option<Vec<Words>>,
    /// Settings of the group that begin on a day.
    #[schemars(length(max = 12))]
    from: Option<Vec<From>>,
    #[schemars(flatten)]
    settings: Settings,
}

/// What exceptions need beyond reason, approver and end.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct WaiverTerms {
    /// What each has to state, too.
    require: Option<Vec<RequirableWord>>,
    /// In how many days an exception has to end at the latest.
    #[schemars(range(min = 1, max = 1096))]
    max_days: Option<u32>,
}

/// Accepted exceptions of mailfleet.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "mailfleet waivers")]
struct WaiverFile {
    /// Accepted exceptions.
    waiver: Option<Vec<Waiver>>,
}

/// An accepted exception.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Waiver {
    /// The rule that it waives.
    rule: RuleId,
    /// Whom it covers: HOST, HOST:PORT, an e-mail address, a domain, account:ID, or a name with a *
    /// below a domain.
    subject: Words,
    /// Why it is accepted.
    reason: Words,
    /// Who accepted it.
    approved_by: Words,
    /// The last day, in UTC, on which it holds.
    until: Day,
    /// Who looks after it.
    owner: Option<Words>,
    /// Where it is tracked.
    ticket: Option<Words>,
}

macro_rules! defined {
    ($($name:ident $schema:expr;)*) => {$(
        struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let schema: fn(&mut SchemaGenerator) -> Schema = $schema;
                schema(generator)
            }
        }
    )*};
}

defined! {
    // A text that is not blank.
    Words |_| json_schema!({ "type": "string", "pattern": "\\S" });
    Port |_| json_schema!({ "type": "integer", "minimum": 1, "maximum": 65535 });
    Day |_| json_schema!({
        "type": "string",
        "format": "date",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    });
    PresetName |_| one_of(PRESETS.iter().map(|preset| preset.name));
    RevocationWord |_| one_of(RevocationDemand::ALL.map(RevocationDemand::word));
    HandshakeWord |_| one_of(HandshakeDemand::ALL.map(HandshakeDemand::word));
    SeverityWord |_| one_of(Severity::WORST_FIRST.map(Severity::word));
    TlsWord |_| one_of(["1.2", "1.3"]);
    SuiteWord |_| one_of(
        SuiteClass::ALL.iter().map(|class| class.word()).chain(Suite::all().filter_map(Suite::name)),
    );
    StandardKey |_| one_of(Standard::ALL.iter().map(|standard| standard.key()));
    VerbWord |_| one_of(Verb::STRONGEST_FIRST.map(Verb::word));
    InterpretableKey |_| one_of(document::interpretable());
    GroupWord |_| one_of(groups());
    GroupOrAny |_| one_of(groups().chain([demand::ANY.to_owned()]));
    KindWord |_| one_of(PublicKey::KINDS);
    KindOrAny |_| one_of(PublicKey::KINDS.into_iter().chain([demand::ANY]));
    RequirableWord |_| one_of(super::waiver::REQUIRABLE);
    // Which rules there are is filled in when the schema is written.
    RuleId |_| json_schema!({ "type": "string" });
    Rules |generator| json_schema!({
        "type": "object",
        "additionalProperties": generator.subschema_for::<RuleSetting>(),
    });
}

fn groups() -> impl Iterator<Item = String> {
    raw::groups().into_iter().map(|(word, _)| word)
}

fn one_of<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Schema {
    let words: Vec<String> = words.into_iter().map(Into::into).collect();
    json_schema!({ "type": "string", "enum": words })
}

#[cfg(test)]
mod tests {
    use super::super::{group, thresholds, waiver};
    use super::*;

    /// The keys of an object at a place of a schema, sorted.
    fn keys(schema: &Schema, place: &str) -> Vec<String> {
        let object = schema.pointer(place).expect("a place");
        assert_eq!(object["additionalProperties"], false, "{place}");
        let properties = object["properties"].as_object().expect("properties");
        let mut keys: Vec<String> = properties.keys().cloned().collect();
        keys.sort();
        keys
    }

    fn sorted(mut keys: Vec<&str>) -> Vec<&str> {
        keys.sort_unstable();
        keys
    }

    #[test]
    fn the_keys_are_those_of_the_parser() {
        let schema = schemars::schema_for!(PolicyFile);
        assert_eq!(keys(&schema, ""), sorted(raw::settings_and(&raw::KEYS)));
        for (place, own) in [
            ("/$defs/From", raw::settings_and(&["date"])),
            ("/$defs/Group", raw::settings_and(&group::KEYS)),
            ("/$defs/Thresholds", thresholds::KEYS.to_vec()),
            ("/$defs/KeyExchange", demand::KEYS.to_vec()),
            ("/$defs/CertificateKeys", demand::KEYS.to_vec()),
            ("/$defs/Suites", super::super::suites::KEYS.to_vec()),
            ("/$defs/RuleSetting", raw::OF_RULES.to_vec()),
            ("/$defs/Clause", raw::OF_CLAUSES.to_vec()),
            ("/$defs/WaiverTerms", waiver::TERMS.to_vec()),
            ("/$defs/Waiver", waiver::KEYS.to_vec()),
        ] {
            assert_eq!(keys(&schema, place), sorted(own), "{place}");
        }
        assert_eq!(keys(&schemars::schema_for!(WaiverFile), ""), ["waiver"]);
    }
}
