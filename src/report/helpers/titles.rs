//! The title of a document that is cited: in its own language, and beside it in that of the report.

use handlebars::{Handlebars, Helper, HelperResult, Output, RenderError};

use super::{Written, fault, first};
use crate::model::Value;
use crate::words::Language;

/// A document's title in its own language; in the report's for what we say ourselves.
pub(super) fn title(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    let own = foreign_language(this, helper)?.unwrap_or(this.words.language());
    Ok(out.write(&this.medium.ours(title_in(own, helper)?))?)
}

/// That this title is in another language than the page.
pub(super) fn title_language(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    match foreign_language(this, helper)? {
        Some(language) => Ok(out.write(&format!(" lang=\"{}\"", language.tag()))?),
        None => Ok(()),
    }
}

/// What such a title is in the language of the report.
pub(super) fn translation(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    if foreign_language(this, helper)?.is_none() {
        return Ok(());
    }
    let ours = title_in(this.words.language(), helper)?;
    let text = this.words.say(
        "title-translation",
        &[("translation", Value::Term(ours.to_owned()))],
    );
    Ok(out.write(&this.medium.ours(&text))?)
}

/// The language of the document, where it is not the report's.
fn foreign_language(
    this: &Written<'_>,
    helper: &Helper<'_>,
) -> Result<Option<Language>, RenderError> {
    let tag = first(helper)?["written_in"].as_str();
    let written_in = Language::ALL
        .into_iter()
        .find(|language| tag == Some(language.tag()));
    Ok(written_in.filter(|language| *language != this.words.language()))
}

fn title_in<'h>(language: Language, helper: &'h Helper<'_>) -> Result<&'h str, RenderError> {
    let field = match language {
        Language::En => "title",
        Language::ZhCn => "title_zh",
    };
    let text = first(helper)?[field].as_str();
    text.ok_or_else(|| fault("a document has no title"))
}
