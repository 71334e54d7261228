//! What a template of the user's own may hold: nothing that lets foreign text through as it is, nothing
//! that can call itself, and no more within one another than can be gone through.

use std::iter::once;

use handlebars::template::{
    DecoratorTemplate, HelperTemplate, Parameter, Template, TemplateElement,
};

/// Blocks within one another, and calls within one another in one tag.
const DEEPEST: usize = 32;
/// Loops within one another.
const LOOPS: usize = 4;

/// What may not stand in a template.
#[derive(Debug)]
pub(super) struct Refused {
    /// The line, from 1.
    pub line: usize,
    /// Why not, and the cure.
    pub what: String,
}

/// The first thing that may not stand in a template which has these parts.
pub(super) fn refused(template: &Template, parts: &[(&str, &str)]) -> Option<Refused> {
    let start = Place {
        line: 1,
        blocks: 0,
        loops: 0,
    };
    within(template, parts, start)
}

#[derive(Clone, Copy)]
struct Place {
    line: usize,
    blocks: usize,
    loops: usize,
}

fn within(template: &Template, parts: &[(&str, &str)], at: Place) -> Option<Refused> {
    let elements = template.elements.iter().enumerate();
    elements
        .filter_map(|(index, element)| {
            // The parser gives no line to what stands behind `else if`: that of its block has to do.
            let line = template.mapping.get(index).map_or(at.line, |place| place.0);
            let what = match element {
                TemplateElement::RawString(_) | TemplateElement::Comment(_) => None,
                TemplateElement::Expression(tag) => too_deep(tag),
                TemplateElement::HelperBlock(block) => {
                    return in_block(block, parts, Place { line, ..at });
                }
                TemplateElement::PartialExpression(part) => of_part(part, parts),
                TemplateElement::HtmlExpression(_) => {
                    Some("three braces would let foreign text through as it is: write two".into())
                }
                _ => Some(
                    "parts of one's own and blocks for parts can call themselves without end: write \
                     what they hold where it is wanted"
                        .into(),
                ),
            };
            what.map(|what| Refused { line, what })
        })
        .next()
}

fn in_block(block: &HelperTemplate, parts: &[(&str, &str)], at: Place) -> Option<Refused> {
    let is_loop = matches!(block.name.as_name(), Some("each" | "list"));
    let inner = Place {
        line: at.line,
        blocks: at.blocks + 1,
        loops: at.loops + usize::from(is_loop),
    };
    let what = if inner.loops > LOOPS {
        Some(format!(
            "more than {LOOPS} loops stand within one another: loop over fewer lists at once"
        ))
    } else if inner.blocks > DEEPEST {
        Some(format!(
            "more than {DEEPEST} blocks, or branches behind `else if`, stand within one another: take \
             them apart"
        ))
    } else {
        too_deep(block)
    };
    if let Some(what) = what {
        return Some(Refused {
            line: at.line,
            what,
        });
    }
    let otherwise = Place {
        loops: at.loops,
        ..inner
    };
    [(&block.template, inner), (&block.inverse, otherwise)]
        .into_iter()
        .find_map(|(part, at)| within(part.as_ref()?, parts, at))
}

fn of_part(part: &DecoratorTemplate, parts: &[(&str, &str)]) -> Option<String> {
    let known = |wanted: &str| parts.iter().any(|(name, _)| *name == wanted);
    match part.name.as_name() {
        Some(name) if !known(name) => Some(format!(
            "there is no part `{name}`; templates/partials holds ours"
        )),
        None => Some("a part is called by its name, such as {{> sentence}}".to_owned()),
        Some(_) => deeper(part.params.iter().chain(part.hash.values())),
    }
}

fn too_deep(tag: &HelperTemplate) -> Option<String> {
    deeper(once(&tag.name).chain(&tag.params).chain(tag.hash.values()))
}

fn deeper<'t>(mut parameters: impl Iterator<Item = &'t Parameter>) -> Option<String> {
    parameters
        .any(|parameter| is_deeper(parameter, DEEPEST))
        .then(|| format!("more than {DEEPEST} calls stand within one another: take them apart"))
}

/// Whether more calls than that stand within one another.
fn is_deeper(parameter: &Parameter, left: usize) -> bool {
    match parameter {
        Parameter::Subexpression(call) => {
            let within = call.params().into_iter().flatten();
            let mut within = within.chain(call.hash().into_iter().flat_map(|hash| hash.values()));
            left == 0 || within.any(|parameter| is_deeper(parameter, left - 1))
        }
        _ => false,
    }
}
