//! What templates can hand to another helper, in parentheses.

use handlebars::{Context, Handlebars, Helper, HelperDef, RenderContext, RenderError, ScopedJson};
use serde_json::{Value as Json, json};

use crate::model::{Phrase, Value};
use crate::words::Words;

use super::helpers::{first, key};

/// A bare string as a value of one kind.
pub(super) struct Tagged(pub(super) &'static str);

impl HelperDef for Tagged {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        Ok(ScopedJson::Derived(json!({ self.0: first(helper)? })))
    }
}

/// A message of ours as a value.
pub(super) struct Ours;

impl HelperDef for Ours {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let phrase = Value::Phrase(Phrase::new(key(helper)?));
        Ok(ScopedJson::Derived(json!(phrase)))
    }
}

/// Whether a message exists.
pub(super) struct Has<'r>(pub(super) &'r Words);

impl HelperDef for Has<'_> {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        Ok(ScopedJson::Derived(Json::Bool(self.0.has(&key(helper)?))))
    }
}
