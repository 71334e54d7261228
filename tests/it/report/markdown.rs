//! The Markdown report: one tree for every reader, deaf to hostile text, its links in order.

use std::collections::{BTreeMap, BTreeSet};

use mailfleet::model::{Standard, is_plain};
use mailfleet::words::Language;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::fleet::fleet;
use super::{HOSTILE, written};

/// The tree of a Markdown text without its words.
fn tree(markdown: &str, options: Options) -> Vec<String> {
    Parser::new_ext(markdown, options)
        .filter_map(|event| match event {
            Event::Text(_) | Event::SoftBreak => None,
            Event::Code(_) => Some("code".to_owned()),
            Event::Start(tag) => Some(format!("{tag:?}")),
            Event::End(tag) => Some(format!("{tag:?}")),
            other => Some(format!("{other:?}")),
        })
        .collect()
}

#[test]
fn hostile_text_changes_nothing_in_the_markdown_tree() {
    let (hostile, harmless) = (fleet(HOSTILE), fleet("harmless words"));
    for language in Language::ALL {
        let harmless = written(&harmless.source(), "report.md", language);
        let expected = tree(&harmless, Options::all());
        let text = written(&hostile.source(), "report.md", language);
        let found = tree(&text, Options::all());
        assert!(expected.len() > 500, "the report is nearly empty");
        for (index, event) in expected.iter().enumerate() {
            assert_eq!(found.get(index), Some(event), "event {index}");
        }
        assert_eq!(found.len(), expected.len());
        assert!(
            !found.iter().any(|event| event.contains("Html")),
            "markup got through"
        );
        assert!(
            text.chars().all(|c| c == '\n' || is_plain(c)),
            "a character that hides"
        );
    }
}

/// GitHub, GitLab and Jira have extensions of their own; what they share beyond CommonMark is tables.
#[test]
fn every_reader_with_tables_sees_the_same_tree() {
    for text in ["", HOSTILE] {
        let fleet = fleet(text);
        for language in Language::ALL {
            for file in ["report.md", "brief.md"] {
                let text = written(&fleet.source(), file, language);
                assert_eq!(
                    tree(&text, Options::ENABLE_TABLES),
                    tree(&text, Options::all()),
                    "{file} in {language}"
                );
            }
        }
    }
}

/// The anchor that GitHub and GitLab give to a heading; a repeated one gets a number.
fn anchors(markdown: &str) -> BTreeSet<String> {
    let mut heading: Option<String> = None;
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    let mut anchors = BTreeSet::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let text = heading.take().unwrap_or_default().to_lowercase();
                let kept = text
                    .chars()
                    .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
                let slug: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
                let times = met.entry(slug.clone()).or_default();
                anchors.insert(match *times {
                    0 => slug,
                    again => format!("{slug}-{again}"),
                });
                *times += 1;
            }
            _ => {}
        }
    }
    anchors
}

#[test]
fn every_link_leads_to_a_heading_or_to_a_document_of_ours() {
    let fleet = fleet(HOSTILE);
    for language in Language::ALL {
        let text = written(&fleet.source(), "report.md", language);
        let anchors = anchors(&text);
        let mut within = 0;
        for event in Parser::new_ext(&text, Options::all()) {
            let Event::Start(Tag::Link { dest_url, .. }) = event else {
                continue;
            };
            match dest_url.strip_prefix('#') {
                Some(anchor) => {
                    within += 1;
                    assert!(
                        anchors.contains(anchor),
                        "{anchor} in {language}: {anchors:?}"
                    );
                }
                None => assert!(
                    Standard::ALL.iter().any(|standard| *dest_url
                        == *format!("https://www.rfc-editor.org/rfc/{}.html", standard.key())),
                    "{dest_url} leads out of our table"
                ),
            }
        }
        assert!(within > 2, "{within} links");
    }
}

#[test]
fn every_row_of_a_table_has_as_many_cells_as_its_head() {
    let fleet = fleet(HOSTILE);
    for language in Language::ALL {
        let text = written(&fleet.source(), "report.md", language);
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        let mut tables = 0;
        for table in text.split("\n\n").filter(|part| part.starts_with('|')) {
            let mut lines = table.lines();
            let head = lines.next().map_or(0, cells);
            assert!((3..=10).contains(&head), "{table}");
            for line in lines {
                assert!(line.starts_with('|') && line.ends_with('|'), "{line}");
                assert_eq!(cells(line), head, "{line}");
            }
            tables += 1;
        }
        assert!(tables > 8, "{tables} tables");
    }
}
