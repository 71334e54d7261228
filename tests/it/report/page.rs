//! The page: whole in itself, in its order, and deaf to hostile text.

use std::collections::BTreeSet;

use mailfleet::model::{AccountCounts, Standard, is_plain};
use mailfleet::report;
use mailfleet::words::{Language, Words};

use super::fleet::fleet;
use super::{HOSTILE, written};

/// Element names, attribute names and classes, in document order.
fn skeleton(html: &str) -> Vec<String> {
    let document = scraper::Html::parse_document(html);
    let every = scraper::Selector::parse("*").expect("a selector");
    document
        .select(&every)
        .map(|element| {
            let element = element.value();
            let attributes: BTreeSet<&str> = element.attrs().map(|(name, _)| name).collect();
            let class = element.attr("class").unwrap_or("");
            format!("{} {attributes:?} {class}", element.name())
        })
        .collect()
}

#[test]
fn hostile_text_changes_no_element_of_the_page() {
    let (hostile, harmless) = (fleet(HOSTILE), fleet("harmless words"));
    for language in Language::ALL {
        let page = written(&hostile.source(), "report.html", language);
        let expected = skeleton(&written(&harmless.source(), "report.html", language));
        let found = skeleton(&page);
        assert!(expected.len() > 500, "the page is nearly empty");
        for (index, element) in expected.iter().enumerate() {
            assert_eq!(found.get(index), Some(element), "element {index}");
        }
        assert_eq!(found.len(), expected.len());
        assert!(
            page.chars().all(|c| c == '\n' || is_plain(c)),
            "a character that hides"
        );
    }
}

#[test]
fn the_page_is_whole_in_itself_and_runs_nothing_but_its_own_script() {
    let fleet = fleet(HOSTILE);
    for language in Language::ALL {
        let page = written(&fleet.source(), "report.html", language);
        let document = scraper::Html::parse_document(&page);
        let all = |selector: &str| {
            let selector = scraper::Selector::parse(selector).expect("a selector");
            document
                .select(&selector)
                .map(|e| e.value().clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(all("h1").len(), 1);
        assert_eq!(all("html")[0].attr("lang"), Some(language.tag()));
        assert_eq!(
            all("head > *")[0].attr("http-equiv"),
            Some("Content-Security-Policy")
        );
        let policy = all("meta")[0].attr("content").expect("a policy").to_owned();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        let scripts = all("script");
        assert_eq!(scripts.len(), 1, "one script");
        assert_eq!(scripts[0].attrs().count(), 0, "it is the page's own");
        for nothing in [
            "[style]",
            "img",
            "link",
            "iframe",
            "object",
            "form",
            "[src]",
            "[onclick]",
            "[onload]",
            "[onerror]",
        ] {
            assert!(all(nothing).is_empty(), "{nothing} in the page");
        }
        let ids: Vec<String> = all("[id]")
            .iter()
            .filter_map(|e| e.attr("id"))
            .map(str::to_owned)
            .collect();
        assert_eq!(
            ids.iter().collect::<BTreeSet<_>>().len(),
            ids.len(),
            "an id stands twice"
        );
        let links = all("[href]");
        assert!(links.len() > 20);
        for link in links {
            let href = link.attr("href").expect("selected by it");
            let ours = href.strip_prefix('#').map_or_else(
                || {
                    Standard::ALL
                        .iter()
                        .any(|s| href == format!("https://www.rfc-editor.org/rfc/{}.html", s.key()))
                },
                |anchor| ids.iter().any(|id| id == anchor),
            );
            assert!(ours, "{href} leads out of our table");
        }
        assert_eq!(
            all("table").len(),
            all("table > caption").len(),
            "a table without a caption"
        );
        assert!(
            all("th").iter().all(|th| th.attr("scope").is_some()),
            "a head without a scope"
        );
        for of in ["style", "script"] {
            it_is_the_one_that_the_policy_names(of, &document, &policy);
        }
    }
}

fn it_is_the_one_that_the_policy_names(of: &str, document: &scraper::Html, policy: &str) {
    let selector = scraper::Selector::parse(of).expect("a selector");
    let texts: Vec<String> = document
        .select(&selector)
        .map(|e| e.text().collect())
        .collect();
    assert_eq!(texts.len(), 1, "one {of}");
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, texts[0].as_bytes());
    let hash = base64::prelude::Engine::encode(&base64::prelude::BASE64_STANDARD, digest);
    assert!(
        policy.contains(&format!("{of}-src 'sha256-{hash}'")),
        "{policy} names another {of}"
    );
}

#[test]
fn steps_are_in_the_language_of_the_person() {
    let fleet = fleet("");
    let lists = |language: Language| {
        let page = written(&fleet.source(), "report.html", language);
        let document = scraper::Html::parse_document(&page);
        let lists = scraper::Selector::parse("ol.steps").expect("a selector");
        let lists = document.select(&lists).map(|list| {
            let text: String = list.text().collect();
            (list.attr("lang").map(str::to_owned), text)
        });
        lists.collect::<Vec<_>>()
    };
    // Outlook without a language, Foxmail in Chinese, another client in a language that is not ours.
    let english = lists(Language::En);
    let tags: Vec<_> = english.iter().map(|(lang, _)| lang.as_deref()).collect();
    assert_eq!(tags, [Some("zh-CN"), None, None]);
    assert!(
        english[0].1.contains("打开该账户的设置"),
        "{}",
        english[0].1
    );
    assert!(
        english[1].1.contains("Open the settings"),
        "{}",
        english[1].1
    );
    let chinese = lists(Language::ZhCn);
    assert_eq!(chinese.len(), 3);
    assert!(chinese.iter().all(|(lang, _)| lang.is_none()));

    let text = written(&fleet.source(), "account-verdicts.csv", Language::En);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().expect("a header");
    let column = headers.iter().position(|name| name == "steps");
    let column = column.expect("a column of steps");
    let steps: Vec<String> = reader
        .records()
        .map(|record| record.expect("RFC 4180")[column].to_owned())
        .collect();
    assert!(steps[0].starts_with("1. Choose File"), "{}", steps[0]);
    assert!(steps[1].starts_with("1. 打开该账户的设置"), "{}", steps[1]);
    assert!(steps[2].starts_with("1. Open the settings"), "{}", steps[2]);
    assert_eq!(steps[7], "", "nothing was proven for this one");
}

#[test]
fn what_logs_and_the_domain_say_of_a_certificate_is_told() {
    let fleet = fleet("");
    for (language, scts, dane) in [
        (
            Language::En,
            "timestamps in the certificate: 2; in the stapled answer: not readable; in the handshake: \
             not seen",
            "cannot be verified here",
        ),
        (
            Language::ZhCn,
            "时间戳：证书内 2 个；随附的 OCSP 响应内 无法读取；握手中 未见",
            "在此无法验证",
        ),
    ] {
        for file in ["report.html", "report.md"] {
            let text = written(&fleet.source(), file, language);
            assert!(text.contains(scts), "{file} in {language}");
            assert!(text.contains(dane), "{file} in {language}");
        }
    }
}

/// Names of files, of a program, of a revision: the same in every language.
const NAMES: [&str; 8] = [
    "csv",
    "fullchain",
    "json",
    "mailfleet",
    "manifest",
    "ndjson",
    "observations",
    "rev",
];

#[test]
fn no_english_word_of_ours_stands_in_the_chinese_report() {
    let fleet = fleet("");
    for source in [fleet.source(), fleet.finished()] {
        let page = written(&source, "report.html", Language::ZhCn);
        let document = scraper::Html::parse_document(&page);
        let body = scraper::Selector::parse("body").expect("a selector");
        let mut strange = BTreeSet::new();
        for node in document.select(&body).flat_map(|body| body.descendants()) {
            let Some(text) = node.value().as_text() else {
                continue;
            };
            let quoted = node.ancestors().any(|above| {
                let element = above.value().as_element();
                element.is_some_and(|element| match element.name() {
                    "code" | "pre" | "style" | "script" => true,
                    // The title of a document that has no Chinese edition, marked as English.
                    "cite" => element.attr("lang") == Some("en"),
                    _ => false,
                })
            });
            let words = text.split(|c: char| !c.is_ascii_alphabetic() && c != '-');
            let english =
                words.filter(|word| word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase()));
            strange.extend(english.filter(|_| !quoted).map(str::to_owned));
        }
        strange.retain(|word| !NAMES.contains(&word.as_str()));
        assert_eq!(strange, BTreeSet::new());
    }
}

#[test]
fn clauses_say_since_when_and_titles_whether_they_are_ours() {
    let fleet = fleet("");
    let title = "Cleartext Considered Obsolete: Use of Transport Layer Security";
    for (language, since, translated) in [
        (Language::En, ", since 2018-01)", false),
        (Language::ZhCn, "，自 2018-01 起）", true),
    ] {
        for file in ["report.html", "report.md"] {
            let text = written(&fleet.source(), file, language);
            assert!(text.contains(since), "{file} in {language}");
            assert!(text.contains(title), "{file} in {language}");
            assert_eq!(
                text.contains("译名：明文已过时"),
                translated,
                "{file} in {language}"
            );
        }
    }
}

/// The elements of the page by their anchors and, in Markdown, by their headings, in the order in which
/// people look for them. What changed since the last run has none without an earlier run.
const ELEMENTS: [&str; 15] = [
    "summary",
    "first",
    "totals",
    "shares",
    "findings",
    "changes",
    "endpoints",
    "calendar",
    "unverified",
    "accounts",
    "waivers",
    "rejected",
    "method",
    "limitations",
    "integrity",
];

#[test]
fn every_element_stands_in_its_order_in_the_page_and_in_markdown() {
    let fleet = fleet("");
    for language in Language::ALL {
        let page = written(&fleet.source(), "report.html", language);
        let document = scraper::Html::parse_document(&page);
        let parts = scraper::Selector::parse(".banner, h1, .sentence, main > section[id]");
        let parts = parts.expect("a selector");
        let found: Vec<&str> = document
            .select(&parts)
            .map(|part| part.attr("id").unwrap_or(part.value().name()))
            .filter(|part| !["matrix", "what-if"].contains(part))
            .collect();
        let front = found.iter().position(|part| *part == "summary");
        let front = front.expect("a summary");
        assert!(
            found[..front].starts_with(&["div"]),
            "the banner comes first"
        );
        assert_eq!(found[front - 1], "h1");
        let rest: Vec<&str> = found[front..]
            .iter()
            .copied()
            .filter(|part| *part != "p")
            .collect();
        let ends = ["signoff", "glossary"];
        assert_eq!(rest, [&ELEMENTS[..], &ends[..]].concat(), "{language}");

        let words = Words::of(language);
        let text = written(&fleet.source(), "report.md", language);
        assert!(text.starts_with("> **"), "the banner comes first");
        let headings: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        let place = |element: &&str| {
            let heading = words.say(&format!("heading-{element}"), &[]);
            headings.iter().position(|one| *one == heading)
        };
        let places: Vec<Option<usize>> = rest.iter().map(place).collect();
        assert_eq!(places[0], Some(0));
        assert!(places.is_sorted() && !places.contains(&None), "{places:?}");
    }
}

#[test]
fn each_table_of_shares_adds_up_to_the_whole() {
    let mut fleet = fleet("");
    fleet.grow(100);
    let source = fleet.source();
    let report = report::build(&source).expect("the totals add up");
    let whole = &report.summary.accounts;
    let by: Vec<&str> = report.shares.iter().map(|shares| shares.by).collect();
    assert_eq!(by, ["department", "client", "protocol"]);
    for shares in &report.shares {
        let mut sum = AccountCounts::default();
        let counts = shares.groups.iter().map(|group| &group.accounts);
        counts.for_each(|counts| sum.add(counts));
        assert_eq!(sum, *whole, "{}", shares.by);
        let breaches = shares
            .groups
            .iter()
            .map(|group| group.accounts.non_compliant);
        assert!(
            breaches.is_sorted_by(|one, next| one >= next),
            "{}",
            shares.by
        );
    }
}

#[test]
fn many_departments_are_listed_up_to_a_bound_and_the_rest_in_one_row() {
    let mut fleet = fleet("");
    fleet.grow(100);
    fleet.spread_over_departments(60);
    let source = fleet.source();
    let report = report::build(&source).expect("the totals add up");
    let departments = &report.shares[0].groups;
    assert_eq!(departments.len(), 21);
    assert_eq!(departments[20].groups, 60 - 20);
    let accounts = departments.iter().map(|group| group.accounts.total);
    assert_eq!(accounts.sum::<usize>(), report.summary.accounts.total);
}

#[test]
fn a_title_stands_in_the_language_of_its_document_beside_ours() {
    use mailfleet::model::{Citation, Verb};
    let mut fleet = fleet("");
    fleet.cite(Citation::new(Standard::GbT37002, "8.1", Verb::Must));
    let (own, english) = (Standard::GbT37002.title_zh(), Standard::GbT37002.title());
    for file in ["report.html", "report.md"] {
        let text = written(&fleet.source(), file, Language::En);
        let place = text.find(own).expect("the document's own title");
        assert!(text[place..].contains(english), "{file}");
        let text = written(&fleet.source(), file, Language::ZhCn);
        assert!(text.contains(own) && !text.contains(english), "{file}");
    }
    let page = written(&fleet.source(), "report.html", Language::En);
    assert!(page.contains(&format!("<cite lang=\"zh-CN\">{own}</cite>")));
}
