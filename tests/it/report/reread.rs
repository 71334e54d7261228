//! A report.json read back: the same report in every format and language, and nothing else.

use mailfleet::report::{self, FORMATS, Kept, Source};
use mailfleet::words::Language;
use serde_json::{Value as Json, json};

use super::fleet::fleet;
use super::{HOSTILE, bytes, written};

/// What a report.json was made of, given what the original recognises by.
fn kept(text: &str) -> Kept {
    report::read(text.as_bytes()).expect("it is read back")
}

fn comes_back(source: &Source<'_>, what: &str) {
    let text = written(source, "report.json", Language::En);
    let kept = kept(&text);
    let again = kept.source(source.recognise, source.software);
    let report = report::build(&again).expect("the totals add up");
    assert!(kept.is_what(&report), "{what}: other totals");
    for language in Language::ALL {
        for format in FORMATS {
            let first = bytes(source, format.file, language);
            let second = bytes(&again, format.file, language);
            assert!(first == second, "{what}: {} in {language}", format.file);
        }
    }
}

#[test]
fn every_format_is_the_same_when_it_is_made_of_report_json() {
    for text in ["", HOSTILE] {
        let mut fleet = fleet(text);
        comes_back(&fleet.source(), "a fleet");
        comes_back(&fleet.finished(), "a finished run");
        comes_back(&fleet.alone(), "one policy");
        fleet.merge_a_row();
        fleet.infer_only_the_protocol();
        fleet.grow(40);
        fleet.agree();
        comes_back(&fleet.source(), "a larger fleet");
        fleet.verify_nothing();
        fleet.agree();
        comes_back(&fleet.alone(), "nothing verified");
    }
}

/// The sample report, changed.
fn changed(change: impl FnOnce(&mut Json)) -> String {
    let text = written(&fleet(HOSTILE).source(), "report.json", Language::En);
    let mut json: Json = serde_json::from_str(&text).expect("JSON");
    change(&mut json);
    json.to_string()
}

fn refusal(text: &str) -> String {
    match report::read(text.as_bytes()) {
        Err(error) => error.to_string(),
        Ok(_) => String::new(),
    }
}

#[test]
fn what_is_not_known_is_passed_over_or_refused() {
    let unknown = changed(|json| {
        json["later"] = json!({"a": [1, 2]});
        json["run"]["later"] = json!("x");
        json["accounts"][0]["later"] = json!(null);
        json["findings"][0]["evidence"]["later"] = json!(7);
    });
    kept(&unknown);
    type Change = Box<dyn FnOnce(&mut Json)>;
    let refused: [(&str, Change); 30] = [
        (
            "mailfleet.report/2",
            Box::new(|json| json["schema"] = json!("mailfleet.report/2")),
        ),
        (
            "rule that is not known",
            Box::new(|json| json["findings"][0]["rule"] = json!("no-such-rule")),
        ),
        (
            "message that is not known",
            Box::new(|json| {
                json["findings"][0]["evidence"]["message"] = json!("verdict-compliant")
            }),
        ),
        (
            "message is none",
            Box::new(|json| json["notes"][0]["message"] = json!("<script>")),
        ),
        (
            "named and not listed",
            Box::new(|json| json["accounts"][0]["findings"] = json!(["00000000000000ff"])),
        ),
        (
            "16 hexadecimal digits",
            Box::new(|json| json["findings"][0]["fingerprint"] = json!("+000000000000001")),
        ),
        (
            "stands twice",
            Box::new(|json| {
                let again = json["findings"][0].clone();
                json["findings"].as_array_mut().expect("a list").push(again);
            }),
        ),
        (
            "port 0",
            Box::new(|json| json["accounts"][0]["port"] = json!(0)),
        ),
        (
            "unknown variant",
            Box::new(|json| json["accounts"][0]["verdict"] = json!("excellent")),
        ),
        (
            "without a reason",
            Box::new(|json| {
                json["accounts"][0]["verdict"] = json!("not-verified");
                json["accounts"][0]["reason"] = json!(null);
            }),
        ),
        (
            "expected `unchecked` or `given`",
            Box::new(|json| json["run"]["clock"] = json!("<b>")),
        ),
        (
            "expected `unchecked` or `given`",
            Box::new(|json| json["run"]["clock"] = json!("synchronised")),
        ),
        (
            "expected `fails` or `not-verified`",
            Box::new(|json| json["what_if"][0]["endpoints"][0]["then"] = json!("sings")),
        ),
        (
            "unknown variant `sings`",
            Box::new(|json| json["waivers"][0]["state"] = json!("sings")),
        ),
        (
            "unknown variant `sings`",
            Box::new(|json| json["what_if"][0]["accounts"][0]["then"] = json!("sings")),
        ),
        (
            "depth",
            Box::new(|json| json["run"]["depth"] = json!("<b>")),
        ),
        (
            "ended by",
            Box::new(|json| json["run"]["why"] = json!("compliant")),
        ),
        (
            "message among the notes",
            Box::new(|json| json["notes"][0]["message"] = json!("verdict-compliant")),
        ),
        (
            "a list of at most 10000",
            Box::new(|json| json["notes"] = json!(vec![json["notes"][0].clone(); 10_001])),
        ),
        (
            "at most 1000 values by name",
            Box::new(|json| {
                let options = (0..1_001).map(|number| (number.to_string(), json!("")));
                json["run"]["options"] = Json::Object(options.collect());
            }),
        ),
        (
            "a hash is none",
            Box::new(|json| json["run"]["report_id"] = json!("\u{1b}]0;x\u{7}")),
        ),
        (
            "more accounts or servers",
            Box::new(|json| json["what_if"][0]["rules"][0]["failing"] = json!(1_u64 << 63)),
        ),
        (
            "stands twice",
            Box::new(|json| json["accounts"][1]["id"] = json["accounts"][0]["id"].clone()),
        ),
        (
            "a finding stands twice at the account",
            Box::new(|json| {
                let again = json["accounts"][0]["findings"][0].clone();
                let findings = json["accounts"][0]["findings"].as_array_mut();
                findings.expect("a list").push(again);
            }),
        ),
        (
            "not that of its findings",
            Box::new(|json| json["accounts"][0]["verdict"] = json!("compliant")),
        ),
        (
            "not that of its findings",
            Box::new(|json| {
                for finding in json["findings"].as_array_mut().expect("a list") {
                    finding["breach"] = json!(false);
                }
            }),
        ),
        (
            "not listed where it was made",
            Box::new(|json| json["findings"][0]["accounts"] = json!(0)),
        ),
        (
            "nothing that was tried proves it",
            Box::new(|json| {
                let fix = &mut json["findings"][2]["fix"];
                fix["client"]["settings"]["host"] = json!("evil.example");
                fix["verified"]["endpoint"] = json!("evil.example:995");
            }),
        ),
        (
            "otherwise than on its day",
            Box::new(|json| json["waivers"][1]["state"] = json!("active")),
        ),
        (
            "missing field",
            Box::new(|json| {
                json.as_object_mut().expect("an object").remove("accounts");
            }),
        ),
    ];
    for (why, change) in refused {
        let said = refusal(&changed(change));
        assert!(said.contains(why), "{why}: {said:?}");
    }
    assert!(!refusal("").is_empty() && !refusal(&"[".repeat(100_000)).is_empty());
}

#[test]
fn totals_that_are_not_those_of_the_rows_are_seen() {
    let source = fleet("");
    let source = source.source();
    let seen = |change: &dyn Fn(&mut Json)| {
        let text = written(&source, "report.json", Language::En);
        let mut json: Json = serde_json::from_str(&text).expect("JSON");
        change(&mut json);
        let Ok(kept) = report::read(json.to_string().as_bytes()) else {
            return true;
        };
        let again = kept.source(source.recognise, source.software);
        match report::build(&again) {
            Ok(report) => !kept.is_what(&report),
            Err(_) => true,
        }
    };
    assert!(!seen(&|_| {}));
    assert!(seen(
        &|json| json["summary"]["accounts"]["compliant"] = json!(99)
    ));
    assert!(seen(&|json| json["summary"]["findings"]["high"] = json!(99)));
    assert!(seen(
        &|json| json["summary"]["endpoints"]["reached"] = json!(99)
    ));
    assert!(seen(&|json| json["control"]["people"] = json!(99)));
    assert!(seen(&|json| json["control"]["merged"] = json!(99)));
    assert!(seen(&|json| json["what_if"][0]["failing"] = json!(99)));
    for list in ["accounts", "findings", "rejected", "endpoints"] {
        assert!(
            seen(&|json| {
                json[list].as_array_mut().expect("a list").remove(0);
            }),
            "{list}"
        );
    }
}
