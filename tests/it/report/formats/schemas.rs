//! SARIF and OSCAL by the schemas of those who publish them.

use std::fs;
use std::path::{Path, PathBuf};

use mailfleet::model::Sha256;
use mailfleet::report::Source;
use mailfleet::words::Language;
use serde_json::Value as Json;

use crate::report::fleet::fleet;
use crate::report::{HOSTILE, written};

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas")
}

fn validator(schema: &str) -> jsonschema::Validator {
    let text = fs::read_to_string(schemas().join(schema)).expect("the schema is there");
    let schema: Json = serde_json::from_str(&text).expect("JSON");
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).expect("a schema")
}

fn complaints(validator: &jsonschema::Validator, json: &Json) -> Vec<String> {
    let errors = validator.iter_errors(json);
    let told = errors.map(|error| format!("{}: {error}", error.instance_path()));
    told.take(5).collect()
}

fn checked(validator: &jsonschema::Validator, source: &Source<'_>, file: &str) {
    for language in Language::ALL {
        let json: Json = serde_json::from_str(&written(source, file, language)).expect("JSON");
        let found = complaints(validator, &json);
        assert!(found.is_empty(), "{file}: {found:#?}");
    }
}

fn every_fleet(schema: &str, file: &str) {
    let validator = validator(schema);
    for text in ["", HOSTILE, " ", "\n"] {
        let mut fleet = fleet(text);
        checked(&validator, &fleet.source(), file);
        checked(&validator, &fleet.finished(), file);
        fleet.grow(150);
        checked(&validator, &fleet.source(), file);
        fleet.verify_nothing();
        checked(&validator, &fleet.source(), file);
    }
    let mut without = fleet("");
    without.judgement.findings.clear();
    for judged in &mut without.judgement.accounts {
        judged.findings.clear();
    }
    for judged in without.judgement.endpoints.values_mut() {
        judged.findings.clear();
    }
    checked(&validator, &without.finished(), file);
}

#[test]
fn sarif_keeps_the_schema_of_oasis() {
    every_fleet("sarif-2.1.0.json", "report.sarif");
}

#[test]
fn oscal_keeps_the_schema_of_nist() {
    every_fleet("oscal-assessment-results-1.1.3.json", "report.oscal.json");
}

#[test]
fn the_schemas_refuse_what_is_wrong() {
    let fleet = fleet("");
    for (schema, file, pointer, wrong) in [
        (
            "sarif-2.1.0.json",
            "report.sarif",
            "/runs/0/results/0/kind",
            "green",
        ),
        (
            "sarif-2.1.0.json",
            "report.sarif",
            "/runs/0/automationDetails/guid",
            "x",
        ),
        (
            "oscal-assessment-results-1.1.3.json",
            "report.oscal.json",
            "/assessment-results/results/0/findings/0/uuid",
            "x",
        ),
        (
            "oscal-assessment-results-1.1.3.json",
            "report.oscal.json",
            "/assessment-results/results/0/findings/0/target/type",
            "account",
        ),
    ] {
        let text = written(&fleet.source(), file, Language::En);
        let mut json: Json = serde_json::from_str(&text).expect("JSON");
        *json.pointer_mut(pointer).expect(pointer) = Json::String(wrong.to_owned());
        assert!(
            !complaints(&validator(schema), &json).is_empty(),
            "{pointer}"
        );
    }
}

#[test]
fn every_identifier_of_oscal_stands_for_one_thing() {
    let fleet = fleet("");
    let text = written(&fleet.source(), "report.oscal.json", Language::En);
    let json: Json = serde_json::from_str(&text).expect("JSON");
    let result = &json["assessment-results"]["results"][0];
    let mut known = std::collections::BTreeSet::new();
    for list in ["observations", "risks", "findings"] {
        for entry in result[list].as_array().expect(list) {
            let id = entry["uuid"].as_str().expect("an identifier");
            assert_eq!(id.as_bytes()[14], b'5', "{id}");
            assert!(known.insert(id.to_owned()), "{id} twice");
        }
    }
    let plan = &json["assessment-results"]["back-matter"]["resources"][0]["uuid"];
    let href = format!("#{}", plan.as_str().expect("an identifier"));
    assert_eq!(json["assessment-results"]["import-ap"]["href"], href);
}

#[test]
fn the_schemas_are_those_that_their_list_names() {
    let list = fs::read_to_string(schemas().join("README.md")).expect("the list");
    let mut found = 0;
    for entry in fs::read_dir(schemas()).expect("the directory") {
        let path = entry.expect("an entry").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let hash = Sha256::of(&fs::read(&path).expect("a schema")).to_string();
            assert!(list.contains(&hash), "{} is {hash}", path.display());
            found += 1;
        }
    }
    assert_eq!(found, 2);
}
