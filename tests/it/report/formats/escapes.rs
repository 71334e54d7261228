//! Foreign text acts in no format.

use mailfleet::model::is_plain;
use mailfleet::words::Language;
use serde_json::Value as Json;

use super::readers::samples;
use crate::report::fleet::fleet;
use crate::report::{HOSTILE, written};

#[test]
fn no_format_holds_a_character_that_hides() {
    let fleet = fleet(HOSTILE);
    for file in [
        "brief.md",
        "report.sarif",
        "report.junit.xml",
        "report.prom",
        "report.oscal.json",
    ] {
        for language in Language::ALL {
            let text = written(&fleet.source(), file, language);
            let hides = |c: &char| *c != '\n' && !is_plain(*c);
            assert_eq!(text.chars().find(hides), None, "{file}");
        }
    }
}

/// Every string of a JSON value under one of these keys.
fn under<'j>(json: &'j Json, keys: &[&str], found: &mut Vec<&'j str>) {
    match json {
        Json::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Json::String(text) if keys.contains(&&**key) => found.push(text),
                    value => under(value, keys, found),
                }
            }
        }
        Json::Array(list) => list.iter().for_each(|value| under(value, keys, found)),
        _ => {}
    }
}

#[test]
fn no_sarif_message_is_a_link_or_markdown() {
    let fleet = fleet(HOSTILE);
    let text = written(&fleet.source(), "report.sarif", Language::En);
    assert!(!text.contains("\"markdown\""));
    let json: Json = serde_json::from_str(&text).expect("JSON");
    let mut messages = Vec::new();
    under(&json, &["text"], &mut messages);
    assert!(messages.iter().any(|text| text.contains("javascript")));
    for text in messages {
        assert!(!text.contains("](") && !text.contains(['{', '}']), "{text}");
    }
}

#[test]
fn foreign_text_in_oscal_and_in_the_short_form_stands_in_code_spans() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let fleet = fleet(HOSTILE);
    let oscal = written(&fleet.source(), "report.oscal.json", Language::En);
    let json: Json = serde_json::from_str(&oscal).expect("JSON");
    let mut texts = Vec::new();
    under(
        &json,
        &["title", "description", "statement", "remarks"],
        &mut texts,
    );
    assert!(texts.iter().any(|text| text.contains("javascript")));
    let brief = written(&fleet.source(), "brief.md", Language::En);
    texts.push(&brief);
    let extensions = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
    for text in texts {
        for event in Parser::new_ext(text, extensions) {
            let acts = matches!(
                event,
                Event::Html(_)
                    | Event::InlineHtml(_)
                    | Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock)
            );
            assert!(!acts, "{event:?} in {text}");
            if let Event::Text(words) = event {
                assert!(!words.contains("@name"), "{words} in {text}");
            }
        }
    }
}

#[test]
fn one_metric_is_one_line_whatever_a_label_holds() {
    let (hostile, harmless) = (fleet(HOSTILE), fleet("harmless"));
    let names = |text: String| -> Vec<String> {
        samples(&text).into_iter().map(|sample| sample.0).collect()
    };
    assert_eq!(
        names(written(&hostile.source(), "report.prom", Language::En)),
        names(written(&harmless.source(), "report.prom", Language::En))
    );
}

#[test]
fn the_number_of_series_is_bounded() {
    let mut fleet = fleet("");
    fleet.grow(1_500);
    let samples = samples(&written(&fleet.source(), "report.prom", Language::En));
    let ends = samples
        .iter()
        .filter(|(name, ..)| name == "mailfleet_certificate_expiry_timestamp_seconds");
    assert_eq!(ends.count(), 1_000);
    assert!(samples.len() < 1_400, "{}", samples.len());
    let all = samples
        .iter()
        .find(|(name, ..)| name == "mailfleet_endpoints_with_certificate");
    assert_eq!(all.expect("the whole number").2, 1_502.0);
}
