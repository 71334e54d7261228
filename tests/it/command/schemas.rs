//! The published schemas: what a run writes is what they say, and nothing that is shaped otherwise.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::Place;

fn printed(place: &Place, of: &str) -> Value {
    let ran = place.run(&["schema", of]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    serde_json::from_str(&ran.printed()).expect("JSON")
}

/// The names in an object, in order.
fn keys(object: &Value) -> BTreeSet<&str> {
    let object = object.as_object().expect("an object");
    object.keys().map(String::as_str).collect()
}

fn validator(place: &Place, of: &str) -> Validator {
    let schema = printed(place, of);
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    jsonschema::meta::validate(&schema).expect("a schema");
    jsonschema::validator_for(&schema).expect("a schema")
}

fn faults(validator: &Validator, instance: &Value) -> Vec<String> {
    let errors = validator.iter_errors(instance);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// The place of a value, and another one that must not stand there; without one the key is renamed.
fn broken(instance: &Value, place: &str, other: Option<Value>) -> Value {
    let mut instance = instance.clone();
    match other {
        Some(other) => *instance.pointer_mut(place).expect(place) = other,
        None => {
            let (parent, key) = place.rsplit_once('/').expect("a path");
            let parent = instance.pointer_mut(parent).expect(place);
            let parent = parent.as_object_mut().expect("an object");
            let value = parent.remove(key).expect(place);
            parent.insert(format!("{key}s"), value);
        }
    }
    instance
}

#[test]
fn what_a_run_writes_is_what_the_schemas_say() {
    let place = Place::new();
    let mut demo = vec!["demo", "--out", "out", "--what-if", "mozilla-modern"];
    demo.extend(["--policy", "rfc8314", "--policy", "pci-dss-4.0.1"]);
    assert_eq!(place.run(&demo).code(), Some(0));

    let reports = validator(&place, "report");
    let report = place.report("out");
    assert_eq!(faults(&reports, &report), [""; 0]);
    let schema = printed(&place, "report");
    assert_eq!(keys(&report), keys(&schema["properties"]));
    let what_if = &schema["$defs"]["WhatIfFile"]["properties"];
    assert_eq!(keys(&report["what_if"][0]), keys(what_if));
    for (at, other) in [
        ("/schema", Some(json!("mailfleet.report/2"))),
        ("/run/complete", Some(json!("yes"))),
        ("/run/at", Some(json!(7))),
        ("/run/policies/0/breach_from", Some(json!("worst"))),
        ("/run/policies/0/name", None),
        ("/summary/accounts/non_compliant", Some(json!(-1))),
        ("/summary/accounts/waived", None),
        ("/control/people", Some(json!("9"))),
        ("/endpoints/0/addresses/0/at", None),
        ("/endpoints/0/addresses/0/endpoint", Some(json!("no port"))),
        ("/findings/0/evidence/message", Some(json!(null))),
        ("/findings/0/subject/kind", None),
        ("/findings/0/breach", Some(json!("true"))),
        ("/what_if/0/then", None),
        ("/what_if/0/accounts/0/then", Some(json!(1))),
        ("/comparison/0/state", Some(json!("perhaps"))),
        ("/rejected/0/line", Some(json!("3"))),
        ("/accounts/0/sources/0/line", Some(json!("3"))),
        ("/accounts/0/port", Some(json!(65_536))),
        ("/accounts", None),
    ] {
        let broken = broken(&report, at, other);
        assert!(!reports.is_valid(&broken), "{at}");
    }

    let observations = validator(&place, "observations");
    let journal = place.read("out/observations.ndjson");
    let mut visited = None;
    for line in journal.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(faults(&observations, &line), [""; 0], "{line}");
        let reached = line.pointer("/observation/tls/seen").is_some();
        visited = visited.or(reached.then_some(line));
    }
    let visited = visited.expect("a visit with TLS");
    for (at, other) in [
        ("/sha256", Some(json!("ab"))),
        ("/observation", None),
        ("/observation/record", Some(json!("guess"))),
        ("/observation/address", Some(json!(1))),
        ("/observation/millis", Some(json!("12"))),
        ("/observation/endpoint", None),
        ("/observation/tls", Some(json!({"perhaps": {}}))),
        ("/observation/tls/seen/version", None),
    ] {
        let broken = broken(&visited, at, other);
        assert!(!observations.is_valid(&broken), "{at}");
    }
}

#[test]
fn what_a_template_can_say_is_told_with_what_it_means() {
    let place = Place::new();
    let schema = printed(&place, "template");
    jsonschema::meta::validate(&schema).expect("a schema");
    let page = &schema["$defs"]["Page"]["properties"];
    for name in [
        "run", "summary", "control", "first", "banners", "verdicts", "lang",
    ] {
        assert!(page[name].is_object(), "{name}");
    }
    let lists = &schema["$defs"]["Lists"]["properties"];
    let names = [
        "finding",
        "change",
        "endpoint",
        "unverified",
        "ending",
        "rejected",
        "account",
    ];
    assert_eq!(lists.as_object().expect("lists").len(), names.len());
    for name in names {
        assert!(lists[name]["description"].is_string(), "{name}");
    }
}
