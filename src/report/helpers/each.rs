//! `{{#each}}` in a template of the user's own: as handlebars has it, with its steps counted.

use handlebars::{
    BlockContext, BlockParams, Context, Handlebars, Helper, HelperDef, HelperResult, Output,
    PathAndJson, RenderContext, RenderError, RenderErrorReason, Renderable,
};
use serde_json::{Value as Json, json};

use crate::report::spending::Steps;

/// Renders the block for each entry of a list, or of an object.
pub(super) struct Each(pub(super) Steps);

impl HelperDef for Each {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rendering: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let over = helper.param(0);
        let over = over.ok_or(RenderErrorReason::ParamNotFoundForIndex("each", 0))?;
        let Some(body) = helper.template() else {
            return Ok(());
        };
        let entries: Vec<(Json, &Json)> = match over.value() {
            Json::Array(list) => list
                .iter()
                .enumerate()
                .map(|(i, v)| (json!(i), v))
                .collect(),
            Json::Object(fields) => fields.iter().map(|(k, v)| (json!(k), v)).collect(),
            _ if helper.inverse().is_none() => {
                return Err(RenderError::strict_error(over.relative_path()));
            }
            _ => Vec::new(),
        };
        if entries.is_empty() {
            return match helper.inverse() {
                Some(otherwise) => otherwise.render(registry, context, rendering, out),
                None => Ok(()),
            };
        }
        self.0.take(entries.len(), Steps::of(Some(body)))?;
        let last = entries.len() - 1;
        for (index, (key, value)) in entries.into_iter().enumerate() {
            let mut entry = entry(helper, over, &key, value)?;
            entry.set_local_var("first", json!(index == 0));
            entry.set_local_var("last", json!(index == last));
            entry.set_local_var("index", json!(index));
            if key.is_string() {
                entry.set_local_var("key", key);
            }
            rendering.push_block(entry);
            let rendered = body.render(registry, context, rendering, out);
            rendering.pop_block();
            rendered?;
        }
        Ok(())
    }
}

/// What names mean within the block: the entry by its place in the context, or by itself where it is in none.
fn entry<'rc>(
    helper: &Helper<'rc>,
    over: &PathAndJson<'rc>,
    key: &Json,
    value: &Json,
) -> Result<BlockContext<'rc>, RenderError> {
    let mut entry = BlockContext::new();
    let path = over.context_path();
    match path {
        Some(path) => {
            let name = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
            *entry.base_path_mut() = path.iter().cloned().chain([name]).collect();
        }
        None => entry.set_base_value(value.clone()),
    }
    let pair = helper.block_param_pair();
    let named = helper.block_param().or(pair.map(|(value, _)| value));
    if let Some(named) = named {
        let mut parameters = BlockParams::new();
        match path {
            Some(_) => parameters.add_path(named, Vec::new())?,
            None => parameters.add_value(named, value.clone())?,
        }
        if let Some((_, of_key)) = pair {
            parameters.add_value(of_key, key.clone())?;
        }
        entry.set_block_params(parameters);
    }
    Ok(entry)
}
