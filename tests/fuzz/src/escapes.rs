//! Foreign text on its way out: whatever it is, the page around it stays as it was, and the text
//! can be read there (threat model C1, C2, C4, C5, C6).

use std::sync::OnceLock;

use mailfleet::cli::screen;
use mailfleet::model::{Raw, Value, is_plain};
use mailfleet::report::escape::{Medium, cell};
use mailfleet::store::json::{write_compact, write_pretty};
use mailfleet::words::{Language, SHOWN, Segment, Words};
use pulldown_cmark::{Event, Options, Parser};

pub fn escapes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    terminal(&text);
    spreadsheet(&text);
    json(&text);
    let visible = Raw::from(bytes).visible(SHOWN);
    plain(&visible);
    html(&visible);
    markdown(&visible);
    message(&text);
}

fn plain(text: &str) {
    assert!(text.chars().all(is_plain), "{text:?}");
}

fn terminal(text: &str) {
    let shown = screen::safe(text);
    assert_eq!(shown.matches('\n').count(), text.matches('\n').count());
    shown.split('\n').for_each(plain);
    assert_eq!(screen::safe(&shown), shown);
}

fn spreadsheet(text: &str) {
    let cell = cell(text);
    plain(&cell);
    assert!(
        !cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']),
        "{cell:?}"
    );
}

fn json(text: &str) {
    let (mut compact, mut pretty) = (Vec::new(), Vec::new());
    write_compact(&mut compact, text).expect("a text serialises");
    write_pretty(&mut pretty, text).expect("a text serialises");
    assert_eq!(compact, pretty);
    plain(std::str::from_utf8(&compact).expect("JSON is UTF-8"));
    let read: String = serde_json::from_slice(&compact).expect("a text reads back");
    assert_eq!(read, text);
}

/// A page with the text in an attribute, between words of ours and as foreign text.
fn html(visible: &str) {
    let medium = Medium::Html;
    let (ours, foreign) = (medium.ours(visible), medium.foreign(visible));
    let page = format!("<p title=\"{ours}\">a {ours} b {foreign} c</p>");
    let page = scraper::Html::parse_fragment(&page);
    let nodes = page.root_element().descendants();
    let elements: Vec<_> = nodes.filter_map(|node| node.value().as_element()).collect();
    let names: Vec<&str> = elements.iter().map(|element| element.name()).collect();
    assert_eq!(names, ["html", "p", "code"], "{visible:?}");
    let attributes: Vec<_> = elements
        .iter()
        .flat_map(|element| element.attrs())
        .collect();
    assert_eq!(attributes, [("title", visible), ("class", "foreign")]);
    let text: String = page.root_element().text().collect();
    assert_eq!(text, format!("a {visible} b {visible} c"));
}

/// The tree of a Markdown text, as GitHub reads it, without its words; the words of ours; and what
/// stands in code spans.
fn read(markdown: &str) -> (Vec<String>, String, Vec<String>) {
    let github = Options::ENABLE_GFM
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH;
    let (mut tree, mut words, mut code) = (Vec::new(), String::new(), Vec::new());
    for event in Parser::new_ext(markdown, github) {
        match event {
            Event::Text(text) => words.push_str(&text),
            Event::Code(text) => {
                code.push(text.into_string());
                tree.push("code".to_owned());
            }
            other => tree.push(format!("{other:?}")),
        }
    }
    (tree, words, code)
}

/// A page with the text in a heading, a list, a table and a paragraph.
fn markdown(visible: &str) {
    let page = |text: &str| {
        let (ours, foreign) = (Medium::Markdown.ours(text), Medium::Markdown.foreign(text));
        format!(
            "## x {ours} x {foreign}\n\n- {foreign}\n- x {ours} x\n\n| a | b |\n|---|---|\n\
             | x {ours} x | {foreign} |\n\n{foreign}\n\nx {ours} x {foreign}\n"
        )
    };
    if visible.is_empty() {
        return;
    }
    let (expected, harmless, _) = read(&page("harmless"));
    let (tree, words, code) = read(&page(visible));
    assert_eq!(tree, expected, "{visible:?}");
    assert_eq!(words, harmless.replace("harmless", visible));
    let blank = visible.trim_matches(' ').is_empty();
    let whole = |code: &String| blank || *code == visible.replace('|', "\\x7c");
    assert!(code.iter().all(whole), "{visible:?} in {code:?}");
}

/// A message of ours around it: what is foreign stays apart.
fn message(text: &str) {
    static WORDS: OnceLock<[Words; 2]> = OnceLock::new();
    for words in WORDS.get_or_init(|| Language::ALL.map(Words::of)) {
        for value in [
            Value::Foreign(text.to_owned()),
            Value::List(text.split(',').map(str::to_owned).collect()),
        ] {
            let segments = words.segments("a-value", [("value", &value)]);
            for segment in &segments {
                let (Segment::Ours(text) | Segment::Foreign(text)) = segment;
                plain(text);
            }
            let ours = segments.iter().filter_map(|segment| match segment {
                Segment::Ours(text) => Some(text.as_str()),
                Segment::Foreign(_) => None,
            });
            let kept = |c: char| "、,，…(+) ".contains(c) || c.is_ascii_digit();
            assert!(ours.collect::<String>().chars().all(kept), "{segments:?}");
        }
    }
}
