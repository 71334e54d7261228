//! What templates can call. Each writes through the medium's escape.
//!
//! | call | writes |
//! |---|---|
//! | `{{say "key" word name=value}}` | the message `key-word`; strings among the values are foreign |
//! | `{{message m}}` | a message that the report chose, with its values |
//! | `{{items m lang=tag}}` | such a message, each of its lines an item of a numbered list; in another language where there is a tag |
//! | `{{endonym tag}}` | the name of another language, in that language |
//! | `{{block "key"}}` | a message of ours with its lines as they stand, such as lines of a configuration |
//! | `{{slug "key" word}}` | the anchor that Markdown readers give to a heading of that message |
//! | `{{foreign text}}` | foreign text, marked; a dash where there is none |
//! | `{{group name}}` | the same for a department or a client, which may be several that were merged |
//! | `{{title reference}}` | a document's title, in the language of the report where it has one |
//! | `{{title_language reference}}` | the attribute that marks a title in English within a Chinese page |
//! | `{{translation reference}}` | our translation of such a title |
//! | `{{list "name"}}` | the partial of that name for each entry of a long list |
//! | `{{#list "name"}}…{{/list}}` | what stands between for each entry |
//! | `(time t)`, `(term word)` | a moment, or a name, as a value for `say` |
//! | `(phrase "key" word)` | the words of the message `key-word`, as a value for `say` |
//! | `(has "key" word)` | whether there is such a message |

mod each;
mod list;
mod titles;

use std::sync::Arc;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError,
    RenderErrorReason,
};
use serde_json::Value as Json;

use crate::model::{Value, visible};
use crate::words::{Language, SHOWN, Segment, Words};

use super::Report;
use super::escape::Medium;
use super::operands::{Has, Ours, Tagged};
use super::spending::Steps;
use each::Each;
use list::List;
use titles::{title, title_language, translation};

/// Puts every helper into a registry whose templates are for `medium`.
pub(super) fn register<'r>(
    registry: &mut Handlebars<'r>,
    medium: Medium,
    words: &'r Words,
    report: &'r Report<'r>,
) {
    registry.set_strict_mode(true);
    registry.register_escape_fn(move |text| medium.bare(text));
    let every: Arc<[Words]> = Language::ALL.map(Words::of).into();
    let mut put = |name: &str, act: Act| {
        registry.register_helper(
            name,
            Box::new(Written {
                medium,
                words,
                every: Arc::clone(&every),
                report,
                act,
            }),
        );
    };
    put("say", say);
    put("message", message);
    put("items", items);
    put("endonym", endonym);
    put("block", block);
    put("slug", slug);
    put("foreign", foreign);
    put("group", group);
    put("title", title);
    put("title_language", title_language);
    put("translation", translation);
    let list = List::new(words, report, None);
    registry.register_helper("list", Box::new(list));
    registry.register_helper("time", Box::new(Tagged("time")));
    registry.register_helper("term", Box::new(Tagged("term")));
    registry.register_helper("phrase", Box::new(Ours));
    registry.register_helper("has", Box::new(Has(words)));
}

/// Has the steps of every loop counted together: a template of the user's own ends.
pub(super) fn count_steps<'r>(
    registry: &mut Handlebars<'r>,
    words: &'r Words,
    report: &'r Report<'r>,
) {
    let steps = Steps::default();
    let list = List::new(words, report, Some(steps.clone()));
    registry.register_helper("list", Box::new(list));
    registry.register_helper("each", Box::new(Each(steps)));
}

type Act = fn(&Written<'_>, &Helper<'_>, &Handlebars<'_>, &mut dyn Output) -> HelperResult;

/// A helper that writes what it has escaped itself.
struct Written<'r> {
    medium: Medium,
    words: &'r Words,
    /// The words of every language, for readers who have another than the report.
    every: Arc<[Words]>,
    report: &'r Report<'r>,
    act: Act,
}

impl Written<'_> {
    /// The words of the language named by `lang`; the report's own if there is none.
    fn words_of(&self, helper: &Helper<'_>) -> Result<&Words, RenderError> {
        match helper.hash_get("lang").map(|tag| tag.value()) {
            None | Some(Json::Null) => Ok(self.words),
            Some(tag) => words_in(&self.every, tag),
        }
    }
}

fn words_in<'w>(every: &'w [Words], tag: &Json) -> Result<&'w Words, RenderError> {
    every
        .iter()
        .find(|words| tag.as_str() == Some(words.language().tag()))
        .ok_or_else(|| fault("there is no such language"))
}

impl HelperDef for Written<'_> {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        (self.act)(self, helper, registry, out)
    }
}

fn fault(what: impl Into<String>) -> RenderError {
    RenderErrorReason::Other(what.into()).into()
}

pub(super) fn first<'h>(helper: &'h Helper<'_>) -> Result<&'h Json, RenderError> {
    let needs = || fault(format!("{} needs a value", helper.name()));
    let parameter = helper.param(0).ok_or_else(needs)?;
    match (parameter.is_value_missing(), parameter.relative_path()) {
        (false, _) => Ok(parameter.value()),
        (true, Some(path)) => Err(RenderErrorReason::MissingVariable(Some(path.clone())).into()),
        (true, None) => Err(needs()),
    }
}

/// The parts of a key, joined by hyphens.
pub(super) fn key(helper: &Helper<'_>) -> Result<String, RenderError> {
    let parts: Option<Vec<&str>> = helper
        .params()
        .iter()
        .map(|parameter| parameter.value().as_str())
        .collect();
    let missing = helper.params().iter().find(|one| one.is_value_missing());
    if let Some(path) = missing.and_then(|one| one.relative_path()) {
        return Err(RenderErrorReason::MissingVariable(Some(path.clone())).into());
    }
    match parts {
        Some(parts) if !parts.is_empty() => Ok(parts.join("-")),
        _ => Err(fault(format!(
            "{} needs the key of a message",
            helper.name()
        ))),
    }
}

/// A value of a message. A bare string may come from anywhere, so it is foreign; what has the
/// shape of a message is one.
fn value_of(json: &Json) -> Result<Value, RenderError> {
    match json {
        Json::String(text) => Ok(Value::Foreign(text.clone())),
        Json::Number(number) => number
            .as_i64()
            .map(Value::Number)
            .ok_or_else(|| fault("a number is out of range")),
        Json::Object(fields) if fields.contains_key("message") => {
            serde_json::from_value(json.clone())
                .map(Value::Phrase)
                .map_err(|_| fault("a message in a message is none: write it as (phrase \"key\")"))
        }
        tagged => serde_json::from_value(tagged.clone())
            .map_err(|_| {
                fault(
                    "a value of a message is neither a text nor a whole number, nor what (time t), (term \
                     word) and (phrase \"key\") give",
                )
            }),
    }
}

fn say(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    let values = helper
        .hash()
        .iter()
        .map(|(name, value)| Ok((*name, value_of(value.value())?)))
        .collect::<Result<Vec<(&str, Value)>, RenderError>>()?;
    let values = values.iter().map(|(name, value)| (*name, value));
    let segments = this.words.segments(&key(helper)?, values);
    Ok(out.write(&this.medium.segments(&segments))?)
}

/// A message that the report chose, in pieces.
fn chosen(words: &Words, helper: &Helper<'_>) -> Result<Vec<Segment>, RenderError> {
    let message = first(helper)?;
    let key = message["message"].as_str().ok_or_else(|| {
        fault("what stands there is no message: give one that the report chose, such as `proof`")
    })?;
    let values = message["values"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| Ok((name.as_str(), value_of(value)?)))
        .collect::<Result<Vec<(&str, Value)>, RenderError>>()?;
    let values = values.iter().map(|(name, value)| (*name, value));
    Ok(words.segments(key, values))
}

fn message(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    Ok(out.write(&this.medium.segments(&chosen(this.words, helper)?))?)
}

fn items(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    let words = this.words_of(helper)?;
    let segments = chosen(words, helper)?;
    for line in segment_lines(&segments) {
        out.write(&this.medium.item(&this.medium.segments(&line)))?;
    }
    Ok(())
}

/// The name of another language, in that language.
fn endonym(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    let name = words_in(&this.every, first(helper)?)?.say("language-name", &[]);
    Ok(out.write(&this.medium.ours(&name))?)
}

fn block(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    let text = this.words.say(&key(helper)?, &[]);
    Ok(out.write(&this.medium.block(&text))?)
}

fn slug(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    let kept = |c: char| match c {
        ' ' | '-' => Some('-'),
        c => c.is_alphanumeric().then_some(c),
    };
    let heading = this.words.say(&key(helper)?, &[]).to_lowercase();
    Ok(out.write(&heading.chars().filter_map(kept).collect::<String>())?)
}

/// The pieces of each line.
fn segment_lines(segments: &[Segment]) -> Vec<Vec<Segment>> {
    let mut lines: Vec<Vec<Segment>> = Vec::new();
    for segment in segments {
        let parts: Vec<Segment> = match segment {
            Segment::Ours(text) => text
                .split('\n')
                .map(|part| Segment::Ours(part.to_owned()))
                .collect(),
            Segment::Foreign(_) => vec![segment.clone()],
        };
        for (index, part) in parts.into_iter().enumerate() {
            if index > 0 || lines.is_empty() {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(part);
            }
        }
    }
    lines
}

fn foreign(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    let shown = match first(helper)? {
        Json::Null => String::new(),
        Json::String(text) => visible(text, SHOWN),
        other => other.to_string(),
    };
    match shown.is_empty() {
        true => Ok(out.write("–")?),
        false => Ok(out.write(&this.medium.foreign(&shown))?),
    }
}

/// A department or a client, or the words for those that redaction merged.
fn group(
    this: &Written<'_>,
    helper: &Helper<'_>,
    registry: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    let merged = |name| this.report.source.is_merged(name);
    match first(helper)?.as_str().is_some_and(merged) {
        true => Ok(out.write(&this.medium.ours(&this.words.say("group-merged", &[])))?),
        false => foreign(this, helper, registry, out),
    }
}
