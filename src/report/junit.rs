//! `report.junit.xml`: one test case per account, in suites by the place where its settings lead.
//!
//! | in mailfleet | in JUnit |
//! |---|---|
//! | compliant | a test case |
//! | non-compliant | `failure`, its type the worst rule whose breach no waiver accepts for the account |
//! | not verified | `error`, its type the reason; never `skipped` |
//! | waived | `skipped` with reason, approver and end |
//!
//! A suite [`RUN`] stands in front where there is something that no account's case can say: that the
//! run is incomplete or in doubt, a breach that touches no account, an endpoint without accounts that
//! was not reached. It passes nothing, so that the cases of the other suites are the accounts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::model::{Account, AccountJudgement, AccountVerdict, Finding, VerdictWord};
use crate::words::Words;

use super::escape::xml;
use super::fixes::{offered, proof_message, settings_message};
use super::format::WriteError;
use super::rows::said_in;
use super::sights::{not_verified, place, service, waived};
use super::{Message, Report, Source};

/// The suite of what is no account's.
const RUN: &str = "mailfleet run";
/// Rows of the input that one case names.
const ROWS: usize = 10;

/// Writes `report.junit.xml`.
///
/// # Errors
///
/// What the output cannot take.
pub fn junit(report: &Report<'_>, words: &Words, out: &mut dyn Write) -> Result<(), WriteError> {
    let mut cases = Cases {
        source: report.source,
        words,
        told: HashMap::new(),
        xml: Writer::new_with_indent(out, b' ', 2),
    };
    cases.write(report)?;
    Ok(())
}

/// What became of a case, beside that it passed.
struct Outcome {
    element: &'static str,
    kind: Option<String>,
    message: String,
    body: String,
}

impl Outcome {
    fn error(kind: &str, message: String) -> Self {
        Outcome {
            element: "error",
            kind: Some(kind.to_owned()),
            message,
            body: String::new(),
        }
    }
}

/// How many cases there are, and how many of them did not pass.
#[derive(Clone, Copy, Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    fn add(&mut self, element: Option<&str>) {
        self.tests += 1;
        match element {
            Some("failure") => self.failures += 1,
            Some("error") => self.errors += 1,
            Some(_) => self.skipped += 1,
            None => {}
        }
    }

    fn and(self, other: Counts) -> Counts {
        Counts {
            tests: self.tests + other.tests,
            failures: self.failures + other.failures,
            errors: self.errors + other.errors,
            skipped: self.skipped + other.skipped,
        }
    }
}

struct Cases<'r, 'w> {
    source: &'r Source<'r>,
    words: &'r Words,
    /// What was seen by finding, where several accounts share it.
    told: HashMap<u32, String>,
    xml: Writer<&'w mut dyn Write>,
}

impl Cases<'_, '_> {
    fn write(&mut self, report: &Report<'_>) -> io::Result<()> {
        let source = self.source;
        let of_run = self.of_run(report);
        let mut run = Counts::default();
        let elements = of_run.iter().map(|(_, outcome)| outcome.element);
        elements.for_each(|element| run.add(Some(element)));
        let mut suites: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, account) in source.accounts.iter().enumerate() {
            suites.entry(place(account)).or_default().push(index);
        }
        let counts: Vec<Counts> = suites.values().map(|suite| self.count(suite)).collect();
        let all = counts.iter().fold(run, |all, suite| all.and(*suite));
        let declaration = BytesDecl::new("1.0", Some("UTF-8"), None);
        self.xml.write_event(Event::Decl(declaration))?;
        let mut root = BytesStart::new("testsuites");
        root.push_attribute(("name", env!("CARGO_PKG_NAME")));
        count(&mut root, all);
        let lasted = source.course.finished.duration_since(source.course.started);
        root.push_attribute(("time", &*format!("{:.3}", lasted.as_secs_f64().max(0.0))));
        root.push_attribute(("timestamp", &*source.course.started.to_string()));
        self.xml.write_event(Event::Start(root))?;
        if !of_run.is_empty() {
            self.begin_suite(RUN, run)?;
            for (name, outcome) in &of_run {
                self.case(name, RUN, None, Some(outcome))?;
            }
            self.end("testsuite")?;
        }
        for ((place, accounts), counts) in suites.iter().zip(counts) {
            self.begin_suite(place, counts)?;
            for &index in accounts {
                self.account(place, index)?;
            }
            self.end("testsuite")?;
        }
        self.end("testsuites")?;
        writeln!(self.xml.get_mut())
    }

    fn count(&self, suite: &[usize]) -> Counts {
        let mut counts = Counts::default();
        for &index in suite {
            counts.add(element(&self.source.judgement.accounts[index].verdict));
        }
        counts
    }

    fn begin_suite(&mut self, name: &str, counts: Counts) -> io::Result<()> {
        let mut suite = BytesStart::new("testsuite");
        suite.push_attribute(("name", &*xml(name)));
        count(&mut suite, counts);
        suite.push_attribute(("timestamp", &*self.source.course.started.to_string()));
        self.xml.write_event(Event::Start(suite))
    }

    fn end(&mut self, element: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(element)))
    }

    fn account(&mut self, suite: &str, index: usize) -> io::Result<()> {
        let account = &self.source.accounts[index];
        let person = account.person.email.as_deref();
        let person = person.or(account.person.employee.as_deref()).unwrap_or("");
        let service = Message::new("a-value").with("value", service(account));
        let name = format!("{person} {}", service.say(self.words));
        let outcome = self.outcome(index);
        self.case(&name, suite, Some(account), outcome.as_ref())
    }

    fn case(
        &mut self,
        name: &str,
        suite: &str,
        account: Option<&Account>,
        outcome: Option<&Outcome>,
    ) -> io::Result<()> {
        let mut case = BytesStart::new("testcase");
        case.push_attribute(("name", &*xml(name)));
        case.push_attribute(("classname", &*xml(suite)));
        if let Some(row) = account.and_then(|account| account.sources.first()) {
            case.push_attribute(("file", &*xml(&row.file)));
            case.push_attribute(("line", &*row.line.to_string()));
        }
        let Some(outcome) = outcome else {
            return self.xml.write_event(Event::Empty(case));
        };
        self.xml.write_event(Event::Start(case))?;
        let mut element = BytesStart::new(outcome.element);
        if let Some(kind) = &outcome.kind {
            element.push_attribute(("type", &**kind));
        }
        element.push_attribute(("message", &*xml(&outcome.message)));
        if outcome.body.is_empty() {
            self.xml.write_event(Event::Empty(element))?;
        } else {
            self.xml.write_event(Event::Start(element))?;
            let body = xml(&outcome.body);
            self.xml.write_event(Event::Text(BytesText::new(&body)))?;
            self.end(outcome.element)?;
        }
        self.end("testcase")
    }

    fn outcome(&mut self, index: usize) -> Option<Outcome> {
        let source = self.source;
        let account = &source.accounts[index];
        let judged = &source.judgement.accounts[index];
        let accepted = |finding: u32| source.judgement.accepted(judged, finding);
        match judged.verdict {
            AccountVerdict::Compliant => None,
            AccountVerdict::NonCompliant => {
                let open = judged.findings.iter().copied();
                let worst = open
                    .filter(|&finding| accepted(finding).is_none())
                    .map(|finding| &source.judgement.findings[finding as usize])
                    .filter(|finding| finding.breach)
                    .min_by_key(|finding| Reverse(finding.severity));
                let rule = worst.map_or("", |finding| finding.rule);
                Some(Outcome {
                    element: "failure",
                    kind: Some(rule.to_owned()),
                    message: self.words.say(&format!("{rule}-title"), &[]),
                    body: self.body(account, judged),
                })
            }
            AccountVerdict::NotVerified(reason) => Some(Outcome {
                body: self.body(account, judged),
                ..Outcome::error(reason.word(), not_verified(account, reason).say(self.words))
            }),
            AccountVerdict::Waived => {
                let notes = judged.findings.iter().copied().filter_map(accepted);
                let mut notes: Vec<String> =
                    notes.map(|note| waived(&note).say(self.words)).collect();
                notes.dedup();
                Some(Outcome {
                    element: "skipped",
                    kind: None,
                    message: notes.join(" "),
                    body: String::new(),
                })
            }
        }
    }

    /// What was seen, and by whom it is accepted for this account; what mends it, and where the account
    /// stands in the input.
    fn body(&mut self, account: &Account, judged: &AccountJudgement) -> String {
        let mut lines = vec![String::new()];
        for &index in &judged.findings {
            let finding = &self.source.judgement.findings[index as usize];
            let mut line = match self.told.get(&index) {
                Some(told) => told.clone(),
                None => {
                    let told = told(finding, self.words);
                    if finding.accounts > 1 {
                        self.told.insert(index, told.clone());
                    }
                    told
                }
            };
            if let Some(note) = self.source.judgement.accepted(judged, index) {
                line = format!("{line} {}", waived(&note).say(self.words));
            }
            lines.push(line);
        }
        let judgement = self.source.judgement;
        let findings = judged.findings.iter();
        let fixes = findings.filter_map(|&index| offered(&judgement.findings[index as usize]));
        let proven = fixes.filter(|fix| fix.is_proven());
        if let Some((fix, to)) = proven
            .filter_map(|fix| Some((fix, fix.to.as_ref()?)))
            .next()
        {
            lines.push(settings_message("fix-settings", to).say(self.words));
            lines.push(proof_message(fix).say(self.words));
        }
        for row in account.sources.iter().take(ROWS) {
            lines.push(format!("{}:{}", row.file, row.line));
        }
        lines.push(String::new());
        lines.join("\n")
    }

    /// What no account's case can say.
    fn of_run(&self, report: &Report<'_>) -> Vec<(String, Outcome)> {
        let source = self.source;
        let words = self.words;
        let mut cases: Vec<(String, Outcome)> = report
            .banners
            .iter()
            .map(|banner| {
                let outcome = Outcome::error(&banner.message, banner.say(words));
                (words.say(&banner.message, &[]), outcome)
            })
            .collect();
        let judgement = source.judgement;
        let mut told = vec![false; judgement.findings.len()];
        let of_accounts = judgement.accounts.iter().flat_map(|one| &one.findings);
        of_accounts.for_each(|&index| told[index as usize] = true);
        for (finding, told) in judgement.findings.iter().zip(told) {
            if told || finding.waiver.is_some() || !finding.breach {
                continue;
            }
            let outcome = Outcome {
                element: "failure",
                kind: Some(finding.rule.to_owned()),
                message: words.say(&format!("{}-title", finding.rule), &[]),
                body: self::told(finding, words),
            };
            cases.push((format!("{} {}", finding.rule, finding.subject), outcome));
        }
        for (endpoint, judged) in &judgement.endpoints {
            let reached = || source.observations.visits_to(endpoint).any(|v| v.reached());
            if judged.accounts == 0 && !reached() {
                let message = words.say("endpoint-unreached", &[]);
                cases.push((endpoint.to_string(), Outcome::error("unreachable", message)));
            }
        }
        cases
    }
}

const fn element(verdict: &AccountVerdict) -> Option<&'static str> {
    match verdict.word() {
        VerdictWord::Compliant => None,
        VerdictWord::NonCompliant => Some("failure"),
        VerdictWord::NotVerified => Some("error"),
        VerdictWord::Waived => Some("skipped"),
    }
}

fn count(element: &mut BytesStart<'_>, counts: Counts) {
    for (name, count) in [
        ("tests", counts.tests),
        ("failures", counts.failures),
        ("errors", counts.errors),
        ("skipped", counts.skipped),
    ] {
        element.push_attribute((name, &*count.to_string()));
    }
}

/// Severity, rule, and what was seen, on one line.
fn told(finding: &Finding, words: &Words) -> String {
    let said = said_in(finding, words);
    let severity = words.say(&format!("severity-{}", finding.severity.word()), &[]);
    format!("[{severity}] {}: {}", finding.rule, said.replace('\n', " "))
}
