//! The title of a document that is cited, in the language of the report where it has one.

use handlebars::{Handlebars, Helper, HelperResult, Output, RenderError};

use super::{Written, fault, first};
use crate::model::Value;
use crate::words::Language;

/// A document's title, in the language of the report where there is an edition in it.
pub(super) fn title(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    let field = match is_foreign(this, helper)? || this.words.language() == Language::En {
        true => "title",
        false => "title_zh",
    };
    Ok(out.write(&this.medium.ours(said(helper, field)?))?)
}

/// That this title is in English within a Chinese page.
pub(super) fn title_language(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    match is_foreign(this, helper)? {
        true => Ok(out.write(" lang=\"en\"")?),
        false => Ok(()),
    }
}

/// What such a title means, said to be our translation.
pub(super) fn translation(
    this: &Written<'_>,
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    out: &mut dyn Output,
) -> HelperResult {
    if !is_foreign(this, helper)? {
        return Ok(());
    }
    let translation = Value::Term(said(helper, "title_zh")?.to_owned());
    let text = this
        .words
        .say("title-translation", &[("translation", translation)]);
    Ok(out.write(&this.medium.ours(&text))?)
}

/// Whether the report is Chinese and the document has no Chinese edition.
fn is_foreign(this: &Written<'_>, helper: &Helper<'_>) -> Result<bool, RenderError> {
    let translated = &first(helper)?["translated"];
    Ok(this.words.language() == Language::ZhCn && *translated == true)
}

fn said<'h>(helper: &'h Helper<'_>, field: &str) -> Result<&'h str, RenderError> {
    let text = first(helper)?[field].as_str();
    text.ok_or_else(|| fault("a document has no title"))
}
