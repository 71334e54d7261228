//! A template of the user's own: the same words, parts and rows as our own templates have, in a file of
//! its own.
//!
//! What a template may say is checked before anything is visited: it is rendered once on a report that
//! the caller hands over. The rules are those of our own templates: every name has to be there (strict
//! mode), and whatever is written goes through the escape of the medium, which the file's name tells.

use std::io::Write;

use handlebars::template::Template as Parsed;
use handlebars::{Handlebars, RenderError, RenderErrorReason, TemplateErrorReason};

use crate::model::visible;
use crate::words::Words;

use super::escape::Medium;
use super::format::WriteError;
use super::page::{Page, Rendering, try_render};
use super::spending::{Bounded, is_too_much};
use super::tags::refused;
use super::{Report, helpers, html, markdown, spoken};

/// Largest template that is read, in bytes: ten times what all of ours together have.
pub const LARGEST_TEMPLATE: u64 = 1 << 20;

/// How a template's file name ends, for what it is, and how what is made of it is called.
const KINDS: [(&str, Medium, &str); 3] = [
    (".html.hbs", Medium::Html, "custom.html"),
    (".md.hbs", Medium::Markdown, "custom.md"),
    (".txt.hbs", Medium::Plain, "custom.txt"),
];

/// The names under which what is made of a template may stand in a directory.
pub fn template_outputs() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(_, _, file)| *file)
}

/// A template that was read.
#[derive(Clone, Debug)]
pub struct Template {
    medium: Medium,
    /// What it is called in a directory of outputs; no part of it comes from outside.
    pub file: &'static str,
    text: String,
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateMistake {
    /// Its name does not tell what is escaped in it.
    #[error(
        "its name has to end in .html.hbs, .md.hbs or .txt.hbs, by which what it writes is escaped"
    )]
    Name,
    /// It is not written as handlebars wants it, or says what is not there.
    #[error("line {line}: {what}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong there, and the cure.
        what: String,
    },
    /// Something of it, at no line that is known.
    #[error("{0}")]
    Somewhere(String),
}

impl Template {
    /// Reads a template. Whether everything that it names is there, [`Template::try_on`] says.
    ///
    /// # Errors
    ///
    /// See [`TemplateMistake`].
    pub fn read(name: &str, text: String) -> Result<Template, TemplateMistake> {
        let kind = KINDS.iter().find(|(ending, ..)| name.ends_with(ending));
        let (_, medium, file) = kind.ok_or(TemplateMistake::Name)?;
        let parsed = Parsed::compile(&text).map_err(|error| {
            let reason = match error.reason() {
                // The parser names every token that it could have taken.
                TemplateErrorReason::InvalidSyntax(_) => {
                    "a tag is not written as it has to be, or is not closed".to_owned()
                }
                other => other.to_string(),
            };
            let what = format!("{reason}; see https://handlebarsjs.com/guide/");
            match error.pos() {
                Some((line, _)) => at(line, &what),
                None => TemplateMistake::Somewhere(visible(&what, SHOWN)),
            }
        })?;
        if let Some(refused) = refused(&parsed, parts(*medium)) {
            return Err(at(refused.line, &refused.what));
        }
        match spoken::unknown(&parsed) {
            Some((line, what)) => Err(at(line, &what)),
            None => Ok(Template {
                medium: *medium,
                file,
                text,
            }),
        }
    }

    /// Renders it on a report for nothing but to see whether it can be.
    ///
    /// # Errors
    ///
    /// A name, a helper or a part that is not there.
    pub fn try_on(&self, report: &Report<'_>, words: &Words) -> Result<(), TemplateMistake> {
        match self.rendered(report, words, &mut std::io::sink()) {
            Ok(()) => Ok(()),
            Err(Rendering::Page(error)) => Err(told(&error)),
            Err(Rendering::Part(error)) => Err(TemplateMistake::Somewhere(error.to_string())),
        }
    }

    /// Writes what it makes of a report.
    ///
    /// # Errors
    ///
    /// What the output cannot take, or a mistake that only this report shows.
    pub fn write(
        &self,
        report: &Report<'_>,
        words: &Words,
        out: &mut dyn Write,
    ) -> Result<(), WriteError> {
        match self.rendered(report, words, out) {
            Ok(()) => Ok(()),
            Err(Rendering::Page(error)) => match error.reason() {
                RenderErrorReason::IOError(why) if !is_too_much(why) => Err(error.into()),
                _ => Err(WriteError::Own(told(&error))),
            },
            Err(Rendering::Part(error)) => Err(WriteError::Template(error.to_string())),
        }
    }

    fn rendered(
        &self,
        report: &Report<'_>,
        words: &Words,
        out: &mut dyn Write,
    ) -> Result<(), Rendering> {
        let mut registry = match self.medium {
            Medium::Html => html::registry(report, words),
            Medium::Markdown => markdown::registry(report, words),
            Medium::Plain => {
                let mut registry = Handlebars::new();
                helpers::register(&mut registry, Medium::Plain, words, report);
                registry
            }
        };
        helpers::count_steps(&mut registry, words, report);
        let out = &mut Bounded::new(out);
        let page = Page::new(report, words);
        try_render(registry, &self.text, parts(self.medium), &page, out)
    }
}

/// The parts that there are for a medium.
const fn parts(medium: Medium) -> &'static [(&'static str, &'static str)] {
    match medium {
        Medium::Html => html::PARTIALS,
        Medium::Markdown => markdown::PARTIALS,
        Medium::Plain => PLAIN,
    }
}

/// The parts for plain text.
const PLAIN: &[(&str, &str)] = &[(
    "sentence",
    include_str!("../../templates/partials/sentence.hbs"),
)];

/// Characters of a mistake that are told.
const SHOWN: usize = 300;

fn at(line: usize, what: &str) -> TemplateMistake {
    TemplateMistake::Line {
        line,
        what: visible(what, SHOWN),
    }
}

fn told(error: &RenderError) -> TemplateMistake {
    let what = match error.reason() {
        RenderErrorReason::MissingVariable(path) => format!(
            "there is no `{}`; `mailfleet schema template` prints what there is",
            path.as_deref().unwrap_or("this")
        ),
        RenderErrorReason::HelperNotFound(name) => {
            format!("there is no helper `{name}`; templates/README.md lists those that there are")
        }
        RenderErrorReason::IOError(why) => why.to_string(),
        RenderErrorReason::Other(what) => what.clone(),
        other => format!("{other}; templates/README.md lists what can be called, and with what"),
    };
    match (error.line_no, error.template_name.as_deref()) {
        (Some(line), None | Some("page")) => at(line, &what),
        (_, Some(part)) if part != "page" => {
            TemplateMistake::Somewhere(visible(&format!("in the part {part}: {what}"), SHOWN))
        }
        _ => TemplateMistake::Somewhere(visible(&what, SHOWN)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(name: &str, text: &str) -> String {
        match Template::read(name, text.to_owned()) {
            Ok(template) => template.file.to_owned(),
            Err(mistake) => mistake.to_string(),
        }
    }

    #[test]
    fn the_name_tells_what_is_escaped_and_gives_no_part_of_the_output() {
        assert_eq!(mistake("../x/a b.html.hbs", "a"), "custom.html");
        assert_eq!(mistake("x.md.hbs", "a"), "custom.md");
        assert_eq!(mistake("x.txt.hbs", "a"), "custom.txt");
        for name in ["x.hbs", "x.html", "x.xml.hbs", "x.json.hbs", ""] {
            assert!(mistake(name, "a").contains(".html.hbs"), "{name}");
        }
    }

    #[test]
    fn what_is_not_handlebars_or_not_escaped_is_told_with_its_line() {
        let told = mistake("x.md.hbs", "a\n\n{{#if run}}\nb\n");
        assert!(told.starts_with("line "), "{told}");
        for text in [
            "a\n{{{run.id}}}",
            "a\n{{#if run}}{{&run.id}}{{/if}}",
            "\n{{#each notes}}{{else}}{{{this}}}{{/each}}",
            "a\n{{#if run.why}}{{else if run}}{{{run.id}}}{{/if}}",
            "a\n{{#if run.why}}{{else if run}}{{&run.id}}{{/if}}",
            "a\n{{#if a}}{{else if b}}{{else if c}}{{~{run.id}~}}{{/if}}",
            "a\n{{#if a}}{{else if b}}{{else if c}}{{else}}{{&run.id}}{{/if}}",
        ] {
            assert_eq!(
                mistake("x.html.hbs", text),
                "line 2: three braces would let foreign text through as it is: write two",
                "{text}"
            );
        }
    }

    #[test]
    fn nothing_in_it_can_call_itself() {
        for (text, why) in [
            (
                "{{#*inline \"x\"}}a{{> x}}{{/inline}}{{> x}}",
                "without end",
            ),
            (
                "{{#if a}}{{#*inline \"x\"}}{{/inline}}{{/if}}",
                "without end",
            ),
            (
                "{{#if a}}{{else if b}}{{* inline \"x\"}}{{/if}}",
                "without end",
            ),
            ("{{#> sentence}}a{{/sentence}}", "without end"),
            ("{{#> x}}{{> @partial-block}}{{/x}}", "without end"),
            ("{{#if run}}{{> page}}{{/if}}", "no part `page`"),
            ("{{> @partial-block}}", "no part `@partial-block`"),
            ("{{> (lookup run \"id\")}}", "by its name"),
        ] {
            let told = mistake("x.html.hbs", text);
            assert!(
                told.starts_with("line 1: ") && told.contains(why),
                "{text}: {told}"
            );
        }
        assert_eq!(mistake("x.html.hbs", "{{> sentence}}"), "custom.html");
    }

    #[test]
    fn what_stands_within_one_another_has_a_bound() {
        let nested = |open: &str, close: &str, times: usize| {
            format!("{}{}", open.repeat(times), close.repeat(times))
        };
        for (text, why) in [
            (nested("{{#each a}}", "{{/each}}", 5), "more than 4 loops"),
            (
                nested("{{#list \"account\"}}{{#if a}}", "{{/if}}{{/list}}", 5),
                "more than 4 loops",
            ),
            (nested("{{#if a}}", "{{/if}}", 33), "more than 32 blocks"),
            (
                format!("{{{{#if a}}}}{}{{{{/if}}}}", "{{else if b}}".repeat(40)),
                "more than 32 blocks",
            ),
            (
                format!("{{{{say \"a\" b={}}}}}", nested("(has ", "\"a\")", 34)),
                "more than 32 calls",
            ),
        ] {
            let told = mistake("x.txt.hbs", &text);
            assert!(told.starts_with("line 1: ") && told.contains(why), "{told}");
        }
        for text in [
            nested("{{#each a}}", "{{/each}}", 4),
            nested("{{#if a}}", "{{/if}}", 32),
            "{{#each a}}{{/each}}".repeat(9),
        ] {
            assert_eq!(mistake("x.txt.hbs", &text), "custom.txt");
        }
    }
}
