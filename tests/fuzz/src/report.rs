//! A report.json: what reads back is said in every format, nothing of it acts, and it is written again
//! as the same text.

use mailfleet::knowledge;
use mailfleet::report::{self, FORMATS, Kept, Source};
use mailfleet::words::{Language, Words};

pub fn report(bytes: &[u8]) {
    let Ok(kept) = report::read(bytes) else {
        return;
    };
    let Some(json) = written(&kept, "report.json") else {
        return;
    };
    let again = report::read(&json[..]).expect("what was written reads back");
    assert!(written(&again, "report.json").as_ref() == Some(&json));
    // What it says itself was not written: what we made of it was.
    let source = source(&again);
    assert!(again.is_what(&report::build(&source).expect("its totals add up")));
    for format in FORMATS {
        // The workbook's own escapes are tested with the others; it takes a file for each input.
        if format.name != "xlsx" {
            written(&kept, format.file);
        }
    }
    let html = written(&kept, "report.html").expect("it was built before");
    harmless(std::str::from_utf8(&html).expect("HTML is UTF-8"));
}

fn source(kept: &Kept) -> Source<'_> {
    kept.source(knowledge::clients::recognise, knowledge::servers::recognise)
}

/// A format of it; nothing where its totals do not add up.
fn written(kept: &Kept, file: &str) -> Option<Vec<u8>> {
    let source = source(kept);
    let report = report::build(&source).ok()?;
    let format = FORMATS.iter().find(|format| format.file == file);
    let mut out = Vec::new();
    let words = Words::of(Language::En);
    (format.expect("a format").write)(&report, &words, &mut out).expect("memory takes it");
    Some(out)
}

/// No element but our own can act, and every link leads to a place that we know.
fn harmless(html: &str) {
    let page = scraper::Html::parse_document(html);
    for element in page
        .tree
        .nodes()
        .filter_map(|node| node.value().as_element())
    {
        for (name, value) in element.attrs() {
            assert!(!name.starts_with("on") && name != "style", "{name}={value}");
            let known = value.starts_with('#') || value.starts_with("https://www.rfc-editor.org/");
            assert!(name != "href" || known, "{value}");
            assert!(name != "src" && name != "action", "{name}={value}");
        }
    }
}
