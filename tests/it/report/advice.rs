//! What a report tells people and administrators to do, and where.

use mailfleet::model::{AccountVerdict, Idea, Reason, Security};
use mailfleet::report;
use mailfleet::words::{Language, Words};

use super::fleet::{Fleet, fleet, proven};
use super::written;

/// The words of the page under a selector.
fn text_of(fleet: &Fleet, selector: &str) -> String {
    let page =
        scraper::Html::parse_document(&written(&fleet.source(), "report.html", Language::En));
    let selector = scraper::Selector::parse(selector).expect("a selector");
    page.select(&selector).flat_map(|e| e.text()).collect()
}

/// The fleet whose only account with an expired certificate has proven settings elsewhere.
fn with_a_way_out(idea: Idea) -> Fleet {
    let mut fleet = fleet("");
    let judgement = &mut fleet.judgement;
    judgement.accounts[4].verdict = AccountVerdict::NonCompliant;
    for finding in [1, 9] {
        judgement.findings[finding].waiver = None;
        let mut fix = proven();
        fix.idea = Some(idea);
        fix.to.as_mut().expect("proven settings").host =
            "smtp2.old.example".parse().expect("a host");
        judgement.findings[finding].fix = Some(fix);
    }
    fleet
}

#[test]
fn nothing_to_change_and_settings_to_change_to_never_stand_together() {
    let words = Words::of(Language::En);
    let nothing = words.say("cert-expired-fix-person", &[]);
    let until = words.say("until-mended", &[]);
    for (idea, offered) in [
        (Idea::SameHost, true),
        (Idea::UsedByColleagues, true),
        (Idea::ConventionalName, false),
    ] {
        let shown = text_of(&with_a_way_out(idea), "#rule-cert-expired");
        assert_eq!(shown.contains("smtp2.old.example"), offered, "{idea:?}");
        assert_eq!(shown.contains(&until), offered, "{idea:?}");
        assert_eq!(shown.contains(&nothing), !offered, "{idea:?}");
    }
}

#[test]
fn a_certificate_is_the_administrators_task_and_names_its_server() {
    let fleet = with_a_way_out(Idea::SameHost);
    let source = fleet.source();
    let report = report::build(&source).expect("the totals add up");
    let of_rule = |rule| report.first.iter().filter(move |f| f.rules.contains(&rule));
    let who: Vec<&str> = of_rule("cert-expired").map(|first| first.who).collect();
    assert_eq!(who, ["administrator"]);
    let first = text_of(&fleet, "#first");
    assert!(first.contains("smtp.old.example:465"), "{first}");
    let markdown = written(&source, "report.md", Language::En);
    assert!(markdown.contains("](#the-servers-certificate-has-expired)"));
    assert!(markdown.contains("### The server’s certificate has expired\n"));
}

#[test]
fn settings_below_are_promised_only_where_they_stand() {
    let mut fleet = fleet("");
    let with = text_of(&fleet, "#rule-wrong-protocol");
    assert!(with.contains("with the settings below"), "{with}");
    for finding in &mut fleet.judgement.findings {
        finding.fix = None;
    }
    let without = text_of(&fleet, "#rule-wrong-protocol");
    assert!(!without.contains("below"), "{without}");
}

#[test]
fn a_row_that_says_too_little_is_named_with_what_it_lacks() {
    let fleet = fleet("");
    let shown = text_of(&fleet, "#unverified");
    assert!(
        shown.contains("Add the port and the security to the row, then"),
        "{shown}"
    );
    assert!(
        shown.contains("line 10") && !shown.contains("line 9"),
        "{shown}"
    );
}

#[test]
fn an_account_without_a_port_counts_where_it_may_mean_the_endpoint() {
    let mut fleet = fleet("");
    let place = fleet.judgement.findings[10].subject.to_string();
    fleet.judgement.accounts[5].findings.clear();
    fleet.judgement.accounts[5].verdict = AccountVerdict::NotVerified(Reason::Unreachable);
    fleet.judgement.findings[10].accounts = 0;
    let shown = text_of(&fleet, "#rule-unreachable .sights");
    assert!(
        shown.contains(&place) && shown.contains("One account."),
        "{shown}"
    );
}

#[test]
fn a_port_that_expects_tls_got_no_password_in_the_clear() {
    let mut fleet = fleet("");
    let change_password = Words::of(Language::En).say("fix-change-password", &[]);
    assert!(text_of(&fleet, "#changes").contains(&change_password));
    for finding in &mut fleet.judgement.findings {
        if finding.rule == "wrong-protocol" {
            finding.rule = "security-mode-mismatch";
        }
    }
    let shown = text_of(&fleet, "#change-1");
    assert!(!shown.contains(&change_password), "{shown}");
}

#[test]
fn foxmail_is_told_the_steps_for_the_encryption_at_hand() {
    let mut fleet = fleet("");
    for finding in &mut fleet.judgement.findings {
        if let Some(to) = finding.fix.as_mut().and_then(|fix| fix.to.as_mut()) {
            to.security = Security::Starttls;
        }
    }
    // Steps are told in the person's language; these are to be read in the report's.
    for account in &mut fleet.accounts {
        account.language = None;
    }
    let shown = text_of(&fleet, "#change-1");
    assert!(
        shown.contains("STARTTLS for it") && !shown.contains("Tick SSL"),
        "{shown}"
    );
}

#[test]
fn waivers_show_owner_and_ticket() {
    let shown = text_of(&fleet(""), "#waivers");
    assert!(
        shown.contains("Mail team") && shown.contains("IT-4711"),
        "{shown}"
    );
}

#[test]
fn only_the_inferred_value_is_marked() {
    let mut fleet = fleet("");
    fleet.infer_only_the_protocol();
    let page =
        scraper::Html::parse_document(&written(&fleet.source(), "report.html", Language::En));
    let rows = scraper::Selector::parse("#accounts tbody tr").expect("a selector");
    let cells = scraper::Selector::parse("td").expect("a selector");
    let row = page.select(&rows).nth(3).expect("the fourth account");
    let text: Vec<String> = row.select(&cells).map(|c| c.text().collect()).collect();
    assert!(text[3].contains("(inferred)"), "{text:?}");
    assert!(!text[4].contains("(inferred)"), "{text:?}");
}

#[test]
fn equal_rows_are_accounted_for() {
    let mut fleet = fleet("");
    assert!(!text_of(&fleet, "#totals").contains("merged"));
    fleet.merge_a_row();
    let shown = text_of(&fleet, "#totals");
    assert!(shown.contains("1 equal row was merged"), "{shown}");
}
