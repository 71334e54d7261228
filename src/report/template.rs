//! A template of the user's own: the same words, parts and rows as our own templates have, in a file of
//! its own.
//!
//! What a template may say is checked before anything is visited: it is rendered once on a report that
//! the caller hands over. The rules are those of our own templates: every name has to be there (strict
//! mode), and whatever is written goes through the escape of the medium, which the file's name tells.

use std::io::{self, Write};

use handlebars::template::{Parameter, Template as Parsed, TemplateElement};
use handlebars::{Handlebars, RenderError, RenderErrorReason, TemplateErrorReason};

use crate::model::visible;
use crate::words::Words;

use super::escape::Medium;
use super::format::WriteError;
use super::page::{Page, Rendering, try_render};
use super::{Report, helpers, html, markdown};

/// Largest template that is read, in bytes: ten times what all of ours together have.
pub const LARGEST_TEMPLATE: u64 = 1 << 20;

/// The most that is written of it, in bytes: many times what our own formats for readers take.
const LARGEST_OUTPUT: u64 = 64 << 20;

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
        match refused(&parsed, 1, 0) {
            Some((line, why)) => Err(at(line, why)),
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
            Err(Unrendered::TooLong) => Err(too_long()),
            Err(Unrendered::As(Rendering::Page(error))) => Err(told(&error)),
            Err(Unrendered::As(Rendering::Part(error))) => {
                Err(TemplateMistake::Somewhere(error.to_string()))
            }
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
            Err(Unrendered::TooLong) => Err(WriteError::Own(too_long())),
            Err(Unrendered::As(Rendering::Page(error))) => match error.reason() {
                RenderErrorReason::IOError(_) => Err(error.into()),
                _ => Err(WriteError::Own(told(&error))),
            },
            Err(Unrendered::As(Rendering::Part(error))) => {
                Err(WriteError::Template(error.to_string()))
            }
        }
    }

    fn rendered(
        &self,
        report: &Report<'_>,
        words: &Words,
        out: &mut dyn Write,
    ) -> Result<(), Unrendered> {
        let (registry, partials) = match self.medium {
            Medium::Html => (html::registry(report, words), html::PARTIALS),
            Medium::Markdown => (markdown::registry(report, words), markdown::PARTIALS),
            Medium::Plain => {
                let mut registry = Handlebars::new();
                helpers::register(&mut registry, Medium::Plain, words, report);
                (registry, PLAIN)
            }
        };
        let page = Page::new(report, words);
        let mut out = Limited {
            out,
            left: LARGEST_OUTPUT,
            is_full: false,
        };
        let rendered = try_render(registry, &self.text, partials, &page, &mut out);
        rendered.map_err(|error| match out.is_full {
            true => Unrendered::TooLong,
            false => Unrendered::As(error),
        })
    }
}

/// Why nothing, or not all, came of a template.
enum Unrendered {
    TooLong,
    As(Rendering),
}

fn too_long() -> TemplateMistake {
    TemplateMistake::Somewhere("it writes more than 64 MiB: let it list less".to_owned())
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
        RenderErrorReason::PartialNotFound(name) => {
            format!("there is no part `{name}`; templates/partials holds ours")
        }
        other => other.to_string(),
    };
    match (error.line_no, error.template_name.as_deref()) {
        (Some(line), None | Some("page")) => at(line, &what),
        (_, Some(part)) if part != "page" => {
            TemplateMistake::Somewhere(visible(&format!("in the part {part}: {what}"), SHOWN))
        }
        _ => TemplateMistake::Somewhere(visible(&what, SHOWN)),
    }
}

const UNESCAPED: &str = "three braces would let foreign text through as it is: write two";
const DECORATOR: &str =
    "a part of one's own could call itself without end: write it where it is needed";
const BLOCK_OF_PART: &str = "our parts take no block: write {{> name}}";
const UNNAMED_PART: &str = "a part is called by its plain name, and is one of templates/partials";
const NESTED: &str =
    "lists are nested deeper than 4: each multiplies how often what is within is written";

/// How deep lists may stand within lists.
const DEEPEST: usize = 4;

/// The first line that could write something as it is, or go on without end, and why. What stands
/// behind `{{else if}}` has no line of its own in the parsed template: it is told with the one above.
fn refused(template: &Parsed, above: usize, depth: usize) -> Option<(usize, &'static str)> {
    let elements = template.elements.iter().enumerate();
    elements
        .filter_map(|(place, element)| {
            let line = template.mapping.get(place).map_or(above, |place| place.0);
            match element {
                TemplateElement::HelperBlock(block) => {
                    let repeats = matches!(block.name.as_name(), Some("each" | "list"));
                    let depth = depth + usize::from(repeats);
                    if depth > DEEPEST {
                        return Some((line, NESTED));
                    }
                    let parts = [&block.template, &block.inverse];
                    let mut parts = parts.into_iter().flatten();
                    parts.find_map(|part| refused(part, line, depth))
                }
                TemplateElement::PartialExpression(part) => match &part.name {
                    // The page itself is registered under that name.
                    Parameter::Name(name) if name != "page" => None,
                    _ => Some((line, UNNAMED_PART)),
                },
                TemplateElement::PartialBlock(_) => Some((line, BLOCK_OF_PART)),
                TemplateElement::DecoratorExpression(_) | TemplateElement::DecoratorBlock(_) => {
                    Some((line, DECORATOR))
                }
                TemplateElement::Expression(_)
                | TemplateElement::RawString(_)
                | TemplateElement::Comment(_) => None,
                _ => Some((line, UNESCAPED)),
            }
        })
        .next()
}

/// Passes on so many bytes and no more.
struct Limited<'w> {
    out: &'w mut dyn Write,
    left: u64,
    is_full: bool,
}

impl Write for Limited<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => {
                self.left = left;
                self.out.write_all(bytes).map(|()| bytes.len())
            }
            None => {
                self.is_full = true;
                Err(io::Error::other("it is too long"))
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
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
            "\n{{#if a}}{{else if b}}{{{c}}}{{/if}}",
            "\n{{#if a}}{{else if b}}{{else if c}}{{&d}}{{else}}{{/if}}",
            "\n{{#if a}}{{else if b}}{{else if c}}{{else}}{{{d}}}{{/if}}",
        ] {
            assert_eq!(
                mistake("x.html.hbs", text),
                format!("line 2: {UNESCAPED}"),
                "{text}"
            );
        }
    }

    #[test]
    fn nothing_in_a_template_goes_on_without_end() {
        let nested = |depth| "{{#each a}}".repeat(depth) + "b" + &"{{/each}}".repeat(depth);
        for (text, why) in [
            ("{{#*inline \"x\"}}a{{> x}}{{/inline}}{{> x}}", DECORATOR),
            ("{{#> sentence}}a{{/sentence}}", BLOCK_OF_PART),
            ("{{> page}}", UNNAMED_PART),
            ("{{> (lookup run \"id\")}}", UNNAMED_PART),
            (&nested(DEEPEST + 1), NESTED),
        ] {
            let told = mistake("x.md.hbs", &format!("\n{text}"));
            assert!(told.ends_with(&format!("line 2: {why}")), "{text}: {told}");
        }
        for text in ["{{> sentence}}", &nested(DEEPEST)] {
            assert_eq!(mistake("x.md.hbs", text), "custom.md", "{text}");
        }
    }

    #[test]
    fn no_more_is_passed_on_than_was_said() {
        let mut taken = Vec::new();
        let mut limited = Limited {
            out: &mut taken,
            left: 4,
            is_full: false,
        };
        assert!(limited.write_all(b"abcd").is_ok() && !limited.is_full);
        assert!(limited.write_all(b"e").is_err() && limited.is_full);
        assert_eq!(taken, b"abcd");
    }
}
