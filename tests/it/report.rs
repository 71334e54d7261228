//! The report of a small fleet in every format: equal counts, and nothing that can run or break out.

mod advice;
mod allowed;
mod compared;
mod fleet;
mod formats;
mod markdown;
mod page;
mod reread;

use std::sync::Arc;

use fleet::fleet;
use mailfleet::model::{Evidence, GroupUse, Protocol, Severity, Value, is_plain};
use mailfleet::policy::{Group, Members};
use mailfleet::report::{self, FORMATS, Source};
use mailfleet::words::{Language, Words};

/// The string of threat model C, and what Markdown readers make links and mentions of.
const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;x\u{7}<script>alert(1)</script>\"'` ``` | * _a_ [x](javascript:1) \
    =cmd\0\r\n\u{202e}\u{2028}\u{feff} @name #12 https://evil.example <!-- --> ~~~ </table> \\ &lt; \u{e001}COMPLIANT";

/// A format that is text.
fn written(source: &Source<'_>, file: &str, language: Language) -> String {
    String::from_utf8(bytes(source, file, language)).expect("it is UTF-8")
}

fn bytes(source: &Source<'_>, file: &str, language: Language) -> Vec<u8> {
    let report = report::build(source).expect("the totals add up");
    let format = FORMATS
        .iter()
        .find(|format| format.file == file)
        .expect("a known format");
    let mut out = Vec::new();
    (format.write)(&report, &Words::of(language), &mut out).expect("it is written");
    out
}

/// Writes the sample fleet's files into the directory that MAILFLEET_SAMPLE_DIR names.
#[test]
#[ignore = "writes files to look at: MAILFLEET_SAMPLE_DIR=DIR cargo test --test it sample -- --ignored"]
fn sample_files() {
    let directory =
        std::env::var("MAILFLEET_SAMPLE_DIR").expect("MAILFLEET_SAMPLE_DIR names a directory");
    let fleets = [("clean", fleet("")), ("hostile", fleet(HOSTILE))];
    for (name, fleet) in &fleets {
        for language in Language::ALL {
            for format in FORMATS {
                let source = if *name == "clean" {
                    fleet.finished()
                } else {
                    fleet.source()
                };
                let path = format!("{directory}/{name}-{language}-{}", format.file);
                std::fs::write(path, bytes(&source, format.file, language))
                    .expect("the file is written");
            }
        }
    }
}

#[test]
fn no_cell_of_a_csv_is_a_formula_and_every_row_is_there() {
    let fleet = fleet(HOSTILE);
    let source = fleet.source();
    let report = report::build(&source).expect("the totals add up");
    for (file, rows) in [
        ("findings.csv", report.sizes.findings),
        ("account-verdicts.csv", report.sizes.accounts),
    ] {
        let text = written(&source, file, Language::En);
        let text = text
            .strip_prefix('\u{feff}')
            .expect("the mark by which Excel knows UTF-8");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> = reader
            .records()
            .collect::<Result<_, _>>()
            .expect("RFC 4180");
        assert_eq!(records.len(), rows, "{file}");
        for cell in records.iter().flatten() {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']),
                "{file}: {cell}"
            );
            assert!(cell.chars().all(is_plain), "{file}: {cell}");
        }
    }
    assert!(written(&source, "account-verdicts.csv", Language::En).contains("'=cmd"));
}

fn as_json(source: &Source<'_>) -> serde_json::Value {
    let text = written(source, "report.json", Language::En);
    assert!(
        text.chars().all(|c| c == '\n' || is_plain(c)),
        "a character that is not spelled out"
    );
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn the_json_keeps_the_contract() {
    let fleet = fleet(HOSTILE);
    let text = written(&fleet.source(), "report.json", Language::En);
    let json = as_json(&fleet.source());
    assert_eq!(json["schema"], "mailfleet.report/1");
    let (rejected, accounts) = (text.find("\n\"rejected\""), text.find("\n\"accounts\""));
    assert!(
        rejected.is_some() && rejected < accounts,
        "rejected and accounts come last"
    );
    assert!(text.find("\n\"findings\"") < rejected);
    for key in [
        "id",
        "started",
        "finished",
        "at",
        "complete",
        "redacted",
        "vantage",
        "auditor",
        "clock",
        "resolver",
        "depth",
        "limits",
        "policies",
        "trust",
        "inputs",
        "options",
        "candidates",
    ] {
        assert!(!json["run"][key].is_null(), "run.{key}");
    }
    let finding = &json["findings"][2];
    assert_eq!(finding["rule"], "wrong-protocol");
    assert_eq!(finding["subject"]["kind"], "account");
    assert_eq!(finding["evidence"]["message"], "wrong-protocol-evidence");
    assert_eq!(finding["fix"]["client"]["settings"]["port"], 995);
    assert_eq!(
        finding["fix"]["verified"]["endpoint"],
        "mail.yourcompany.com:995"
    );
    assert_eq!(json["findings"][8]["fix"]["why_not"], "nothing-compliant");
    assert_eq!(json["findings"][1]["waiver"]["until"], "2026-12-01");
    assert_eq!(json["accounts"][5]["verdict"], "not-verified");
    assert_eq!(json["accounts"][5]["reason"], "unreachable");
    assert!(
        json["rejected"][0].as_object().expect("a row").len() == 3,
        "no cell of a rejected row"
    );
}

#[test]
fn a_finding_cites_the_clause_of_its_own_protocol_first() {
    let mut fleet = fleet("");
    for (index, protocol) in [(0, Protocol::Pop3), (9, Protocol::Imap)] {
        let finding = &mut fleet.judgement.findings[index];
        finding.rule = "cleartext-login";
        finding.evidence = Arc::new(
            Evidence::new()
                .seen_in(protocol)
                .with("server", Value::Term("old.example:110".to_owned()))
                .with("logins", Value::List(vec!["PLAIN".to_owned()])),
        );
    }
    let json = as_json(&fleet.source());
    let cited = |index: usize| -> Vec<String> {
        let references = json["findings"][index]["references"].as_array();
        let references = references.expect("references").iter();
        references
            .map(|reference| format!("{} {}", reference["standard"], reference["clause"]))
            .map(|cited| cited.replace('"', ""))
            .collect()
    };
    assert_eq!(cited(0), ["RFC 5034 §4", "RFC 8314 §4"]);
    assert_eq!(cited(9), ["RFC 9051 §11.7", "RFC 8314 §4"]);
    // The rule's own chapter is about both, and about no other.
    let markdown = written(&fleet.source(), "report.md", Language::En);
    assert!(markdown.contains("RFC 5034") && markdown.contains("RFC 9051"));
    assert!(!markdown.contains("RFC 4954"));
}

#[test]
fn foreign_text_survives_the_json_unchanged() {
    let fleet = fleet(HOSTILE);
    let json = as_json(&fleet.source());
    let department = json["accounts"][0]["department"]
        .as_str()
        .expect("a department");
    assert_eq!(department, format!("Production {HOSTILE}"));
    let greeting = &json["endpoints"][1]["addresses"][0]["greeting"]["seen"]["raw"]["base64"];
    assert!(greeting.is_string(), "bytes that are no UTF-8 are tagged");
}

#[test]
fn one_fleet_has_one_set_of_counts() {
    let fleet = fleet("harmless");
    let json = as_json(&fleet.source());
    let counts = &json["summary"]["accounts"];
    let verdicts = json["accounts"].as_array().expect("accounts");
    for (key, word) in [
        ("compliant", "compliant"),
        ("non_compliant", "non-compliant"),
        ("not_verified", "not-verified"),
        ("waived", "waived"),
    ] {
        let recount = verdicts
            .iter()
            .filter(|account| account["verdict"] == word)
            .count();
        assert!(recount > 0, "no account of the fleet is {word}");
        assert_eq!(counts[key], recount, "{word} in report.json");
        for language in Language::ALL {
            let words = Words::of(language);
            let label = words.say(&format!("verdict-{word}"), &[]);
            let page =
                scraper::Html::parse_document(&written(&fleet.source(), "report.html", language));
            let count = format!(".counts li.{word} .count");
            let selector = scraper::Selector::parse(&count).expect("a selector");
            let shown: String = page
                .select(&selector)
                .next()
                .expect("a count")
                .text()
                .collect();
            assert_eq!(shown.trim(), recount.to_string(), "{word} in {language}");
            let markdown = written(&fleet.source(), "report.md", language);
            assert!(
                markdown.contains(&format!("{label} | {recount} |")),
                "{word} in report.md, {language}"
            );
        }
    }
    assert_eq!(json["summary"]["findings"]["critical"], 2);
    assert_eq!(json["summary"]["endpoints"]["unreached"], 1);
}

/// The numbers of a text, in order of size; a language may order its sentence otherwise.
fn numbers(text: &str) -> Vec<String> {
    let mut numbers: Vec<String> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|number| !number.is_empty())
        .map(str::to_owned)
        .collect();
    numbers.sort();
    numbers
}

#[test]
fn both_languages_show_equal_numbers_in_the_tables() {
    let fleet = fleet("harmless");
    let cells = |language| {
        let page =
            scraper::Html::parse_document(&written(&fleet.source(), "report.html", language));
        let selector = scraper::Selector::parse("td, tbody th").expect("a selector");
        page.select(&selector)
            .map(|cell| numbers(&cell.text().collect::<String>()))
            .collect::<Vec<_>>()
    };
    let english = cells(Language::En);
    assert!(english.len() > 50);
    assert_eq!(english, cells(Language::ZhCn));
}

#[test]
fn what_was_not_seen_is_never_green() {
    let fleet = fleet("harmless");
    for language in Language::ALL {
        let label = Words::of(language).say("verdict-not-verified", &[]);
        let page =
            scraper::Html::parse_document(&written(&fleet.source(), "report.html", language));
        let selector = scraper::Selector::parse(".verdict").expect("a selector");
        let shown: Vec<(String, String)> = page
            .select(&selector)
            .map(|e| {
                (
                    e.text().collect::<String>().trim().to_owned(),
                    e.value().attr("class").unwrap_or("").to_owned(),
                )
            })
            .filter(|(text, _)| *text == label)
            .collect();
        assert!(shown.len() >= 5, "{} verdicts in {language}", shown.len());
        assert!(
            shown
                .iter()
                .all(|(_, class)| class == "verdict not-verified"),
            "{shown:?}"
        );
    }
}

#[test]
fn a_partial_run_says_so_first_and_a_whole_one_does_not() {
    let fleet = fleet("harmless");
    for language in Language::ALL {
        let banner = Words::of(language).say("banner-incomplete", &[]);
        let page = written(&fleet.source(), "report.html", language);
        let (at, title) = (page.find(&banner), page.find("<h1>"));
        assert!(
            at.is_some() && at < title,
            "no banner before the title in {language}"
        );
        assert!(written(&fleet.source(), "report.md", language).contains(&banner));
        assert!(!written(&fleet.finished(), "report.html", language).contains(&banner));
    }
    assert_eq!(as_json(&fleet.source())["run"]["complete"], false);
    assert!(written(&fleet.source(), "findings.csv", Language::En).contains(",false\r\n"));
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    let fleet = fleet(HOSTILE);
    for format in FORMATS {
        let once = bytes(&fleet.source(), format.file, Language::ZhCn);
        let again = bytes(&fleet.source(), format.file, Language::ZhCn);
        assert!(once == again, "{}", format.file);
    }
}

#[test]
fn totals_that_do_not_add_up_stop_the_report() {
    let mut lost = fleet("harmless");
    lost.judgement.accounts.pop();
    assert!(
        report::build(&lost.source()).is_err(),
        "an account without a verdict"
    );
    let whole = fleet("harmless");
    let mut source = whole.source();
    source.rejected = &source.rejected[1..];
    assert!(
        report::build(&source).is_err(),
        "a rejected row that is not listed"
    );
    let mut source = whole.source();
    source.accounts = &source.accounts[..7];
    assert!(
        report::build(&source).is_err(),
        "an accepted row without an account"
    );
}

#[test]
fn a_doubt_about_the_run_stands_before_anything_else_in_each_language() {
    for rule in ["tls-intercepted", "clock-suspect"] {
        let mut fleet = fleet("");
        fleet.judgement.findings[10].rule = rule;
        fleet.judgement.findings[10].evidence = Arc::new(match rule {
            "tls-intercepted" => Evidence::new()
                .with("authority", Value::Foreign("CN=Box".into()))
                .with("domains", Value::List(vec!["one.example".into()]))
                .with("shown", 5_i64)
                .with("all", 5_i64),
            _ => Evidence::new()
                .variant("before-release")
                .with("clock", fleet.source().at),
        });
        let source = fleet.finished();
        for language in Language::ALL {
            let words = Words::of(language);
            let banner = words.say(&format!("{rule}-title"), &[]);
            let page = written(&source, "report.html", language);
            let (at, title) = (page.find(&banner), page.find("<h1>"));
            assert!(at.is_some() && at < title, "{language}: {rule}");
            let text = written(&source, "report.md", language);
            let (at, title) = (text.find(&banner), text.find("\n# "));
            assert!(at.is_some() && at < title, "{language}: {rule}");
            let report = report::build(&source).expect("the totals add up");
            let doubts: Vec<String> = report.doubts().iter().map(|d| d.say(&words)).collect();
            assert_eq!(doubts, [banner]);
        }
    }
    let calm = fleet("");
    let source = calm.finished();
    let report = report::build(&source).expect("the totals add up");
    assert!(report.doubts().is_empty());
}

#[test]
fn the_calendar_has_each_certificate_once_with_the_people_behind_it() {
    let fleet = fleet("");
    let source = fleet.finished();
    let report = report::build(&source).expect("the totals add up");
    assert_eq!(report.endings.len(), 1);
    let ending = &report.endings[0];
    assert_eq!(
        ending.endpoints,
        ["mail.yourcompany.com:993", "smtp.old.example:465"]
    );
    // Ana Ruiz, Eve Stone, and Gus Moor whose blank port may mean 993.
    assert_eq!(ending.people, 3);
    assert_eq!(ending.left.message, "calendar-over");
    let ended: usize = report
        .months
        .iter()
        .filter(|m| m.past)
        .map(|m| m.certificates)
        .sum();
    assert_eq!((report.months.len(), ended), (14, 1));
    for language in Language::ALL {
        let heading = Words::of(language).say("heading-calendar", &[]);
        assert!(written(&source, "report.html", language).contains(&format!(">{heading}</h2>")));
        assert!(written(&source, "report.md", language).contains(&format!("## {heading}")));
    }
    assert_eq!(as_json(&source)["calendar"][0]["people"], 3);
}

#[test]
fn without_certificates_there_is_no_calendar() {
    let mut fleet = fleet("");
    let endpoints = fleet.judgement.endpoints.values_mut();
    endpoints.for_each(|judged| judged.chains.clear());
    let source = fleet.finished();
    for language in Language::ALL {
        let heading = Words::of(language).say("heading-calendar", &[]);
        assert!(!written(&source, "report.html", language).contains(&heading));
        assert!(!written(&source, "report.md", language).contains(&heading));
    }
}

#[test]
fn a_finding_about_an_account_names_its_person() {
    let fleet = fleet("");
    let text = written(&fleet.source(), "findings.csv", Language::En);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let at = |name| headers.iter().position(|h| h == name).expect(name);
    let (kind, employee, email) = (at("subject_kind"), at("employee"), at("email"));
    let records: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!(&records[2][employee], "Ma Lin");
    assert_eq!(&records[2][email], "p0@yourcompany.com");
    // And its server, as one about an endpoint does.
    let host = at("host");
    assert!(!records[2][host].is_empty() && !records[2][at("protocol")].is_empty());
    for record in &records {
        assert_eq!(record[email].is_empty(), &record[kind] != "account");
    }
}

#[test]
fn a_stored_report_gives_each_of_its_findings_back() {
    let fleet = fleet(HOSTILE);
    let source = fleet.source();
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), written(&source, "report.json", Language::En)).expect("written");
    assert!(!source.judgement.findings.is_empty());
    for finding in &source.judgement.findings {
        let print = finding.fingerprint.to_string();
        let stored = report::stored::finding(file.path(), &print).expect("it is there");
        assert_eq!(
            (&*stored.rule, &*stored.fingerprint),
            (finding.rule, &*print)
        );
        assert_eq!(stored.subject.kind, finding.subject.kind());
    }
}

#[test]
fn the_method_says_which_groups_have_settings_of_their_own_and_which_way_they_lean() {
    let mut fleet = fleet("");
    let mut stricter = fleet.policy.clone();
    stricter.thresholds.rsa_bits = 3072;
    stricter.breach_from = Severity::High;
    fleet.policy.groups.push(Group {
        name: "Finance".to_owned(),
        members: Members::default(),
        policy: stricter,
    });
    fleet.judgement.groups.push(GroupUse {
        name: "Finance".to_owned(),
        accounts: 2,
        elsewhere: 1,
    });
    let source = fleet.source();
    let en = written(&source, "report.md", Language::En);
    let line = en
        .lines()
        .find(|line| line.contains("Finance"))
        .expect("a line");
    for part in [
        "2 accounts were judged by them.",
        "One more is in this group",
        "thresholds.rsa\\_bits",
        "3072 instead of 2048 (stricter)",
        "high instead of medium (looser)",
        "the gravest severity",
    ] {
        assert!(line.contains(part), "{part} is not in {line}");
    }
    let zh = written(&source, "report.html", Language::ZhCn);
    assert!(zh.contains("另有设置的分组") && zh.contains("更严格") && zh.contains("更宽松"));
    let json: serde_json::Value =
        serde_json::from_str(&written(&source, "report.json", Language::En)).expect("JSON");
    let group = &json["run"]["policies"][0]["groups"][0];
    assert_eq!(
        (&group["name"], &group["elsewhere"]),
        (&"Finance".into(), &1.into())
    );
    assert_eq!(group["settings"][0]["tends"], "looser");
}

#[test]
fn no_share_of_a_redacted_report_is_of_fewer_than_five_people() {
    let fleet = fleet("");
    let people = |redacted| {
        let source = Source {
            redacted,
            ..fleet.finished()
        };
        let report = report::build(&source).expect("the totals add up");
        let shares = report.shares.iter();
        shares
            .map(|shares| shares.groups.iter().map(|group| group.people).collect())
            .collect::<Vec<Vec<usize>>>()
    };
    let (named, redacted) = (people(false), people(true));
    let few = |people: &usize| *people < report::FEWEST;
    assert!(named.iter().flatten().any(few), "{named:?}");
    assert!(!redacted.iter().flatten().any(few), "{redacted:?}");
}
