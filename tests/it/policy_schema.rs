//! The JSON Schemas of policies and waivers: they allow what the parser allows.

use std::path::Path;

use jsonschema::Validator;
use mailfleet::policy::{PRESETS, read, schema_of_policies, schema_of_waivers};
use serde_json::{Map, Value};

use crate::scene::known_rules;

const HEAD: &str = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"\n";

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    jsonschema::meta::validate(&schema).expect("a schema");
    jsonschema::validator_for(&schema).expect("a schema")
}

fn policies() -> Validator {
    validator(&schema_of_policies(&known_rules()))
}

/// As editors show a TOML file to a schema: days as texts.
fn as_json(text: &str) -> Value {
    fn value(toml: toml::Value) -> Value {
        match toml {
            toml::Value::String(text) => Value::String(text),
            toml::Value::Integer(number) => number.into(),
            toml::Value::Float(number) => number.into(),
            toml::Value::Boolean(flag) => flag.into(),
            toml::Value::Datetime(day) => Value::String(day.to_string()),
            toml::Value::Array(list) => list.into_iter().map(value).collect(),
            toml::Value::Table(table) => Value::Object(object(table)),
        }
    }
    fn object(table: toml::Table) -> Map<String, Value> {
        table
            .into_iter()
            .map(|(key, one)| (key, value(one)))
            .collect()
    }
    Value::Object(object(text.parse().expect("TOML")))
}

fn sample(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

fn told(validator: &Validator, instance: &Value) -> Vec<String> {
    validator
        .iter_errors(instance)
        .map(|error| error.to_string())
        .collect()
}

#[test]
fn every_preset_and_every_sample_is_valid() {
    let policies = policies();
    for preset in PRESETS {
        let mut preset_as_file = as_json(preset.text);
        // A preset stands on nothing; a file has to say on what it stands.
        preset_as_file["extends"] = "rfc8314".into();
        assert_eq!(told(&policies, &preset_as_file), [""; 0], "{}", preset.name);
    }
    assert_eq!(told(&policies, &as_json(&sample("policy.toml"))), [""; 0]);
    let waivers = validator(&schema_of_waivers(&known_rules()));
    assert_eq!(told(&waivers, &as_json(&sample("waivers.toml"))), [""; 0]);
}

#[test]
fn the_sample_schemas_are_those_that_are_printed() {
    const REGENERATE: &str = "MAILFLEET_REGENERATE";
    let known = known_rules();
    for (name, schema) in [
        ("policy.schema.json", schema_of_policies(&known)),
        ("waivers.schema.json", schema_of_waivers(&known)),
    ] {
        let schema = schema + "\n";
        if std::env::var_os(REGENERATE).is_some() {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
            std::fs::write(path.join(name), schema).expect("written");
            continue;
        }
        let cure = format!("run {REGENERATE}=1 cargo test --test it policy_schema");
        assert!(
            sample(name) == schema,
            "{name} is not what is printed: {cure}"
        );
    }
    assert!(sample("policy.toml").starts_with("#:schema policy.schema.json\n"));
    assert!(sample("waivers.toml").starts_with("#:schema waivers.schema.json\n"));
}

/// Each kind of mistake, and whether a schema can see it.
const MISTAKES: [(&str, bool); 28] = [
    ("breach_form = \"high\"", true),
    ("breach_from = \"severe\"", true),
    ("title = 7", true),
    ("title = \" \"", true),
    ("own_domains = [\"192.0.2.1\"]", false),
    ("allow_ports = [0]", true),
    ("allow_ports = [65536]", true),
    ("issuers = [\"Acme\"]", false),
    ("handshake = \"gm\"", true),
    ("[thresholds]\ntls_minimum = \"1.1\"", true),
    ("[thresholds]\nrsa_bits = 1023", true),
    ("[thresholds]\nexpiry_urgent_days = 3650", false),
    ("[suites]\nallow = [\"echde\"]", true),
    ("[suites]\nallow = [\"insecure\"]", false),
    ("[rules.no-encrytion]\noff = true", true),
    ("[rules.no-encryption]\nof = true", true),
    (
        "[rules.no-encryption]\nclauses = [{ standard = \"rfc83140\", verb = \"must\" }]",
        true,
    ),
    (
        "[rules.no-encryption]\nclauses = [{ standard = \"rfc8314\" }]",
        true,
    ),
    ("interpreted = [\"suits\"]", true),
    ("[key_exchange]\nallow = []", true),
    ("[key_exchange]\ndiscourage = [\"x25518\"]", true),
    ("[certificate_keys]\nallow = [\"P-255\"]", true),
    ("[[from]]\nbreach_from = \"low\"", true),
    ("[[from]]\ndate = 2027-07-01\ndane = true", true),
    ("[[group]]\ndepartments = [\"a\"]", true),
    ("[[group]]\nname = \"a\"", false),
    ("[waivers]\nmax_days = 1097", true),
    (
        "[[waiver]]\nrule = \"no-encryption\"\nsubject = \"a.example\"\nreason = \"r\"\napproved_by = \"b\"",
        true,
    ),
];

#[test]
fn what_the_parser_refuses_the_schema_refuses_where_it_can() {
    let policies = policies();
    assert!(policies.is_valid(&as_json(HEAD)));
    for (lines, visible) in MISTAKES {
        let text = format!("{HEAD}{lines}\n");
        assert!(read("own.toml", &text, &known_rules()).is_err(), "{lines}");
        assert_eq!(!policies.is_valid(&as_json(&text)), visible, "{lines}");
    }
    for missing in ["name", "version", "extends"] {
        let kept = HEAD.lines().filter(|line| !line.starts_with(missing));
        let text = kept.collect::<Vec<_>>().join("\n");
        assert!(
            read("own.toml", &text, &known_rules()).is_err(),
            "{missing}"
        );
        assert!(!policies.is_valid(&as_json(&text)), "{missing}");
    }
}

#[test]
fn the_ends_of_every_range_are_the_parsers() {
    let policies = policies();
    let ranges = [
        ("expiry_days", 0, 3650),
        ("expiry_urgent_days", 0, 3650),
        ("rsa_bits", 1024, 16384),
        ("rsa_advised_bits", 1024, 16384),
        ("validity_days", 0, 36500),
        ("validity_advised_days", 0, 36500),
        ("ec_bits", 160, 1024),
        ("dh_bits", 1024, 16384),
    ];
    for (key, least, most) in ranges {
        for (value, fits) in [
            (least - 1, false),
            (least, true),
            (most, true),
            (most + 1, false),
        ] {
            // Both windows at once, so that neither contradicts the other.
            let line = match key {
                "expiry_days" => format!("expiry_urgent_days = 0\n{key} = {value}"),
                "expiry_urgent_days" => format!("expiry_days = 3650\n{key} = {value}"),
                _ => format!("{key} = {value}"),
            };
            let text = format!("{HEAD}[thresholds]\n{line}\n");
            assert_eq!(
                read("own.toml", &text, &known_rules()).is_ok(),
                fits,
                "{line}"
            );
            assert_eq!(policies.is_valid(&as_json(&text)), fits, "{line}");
        }
    }
}
