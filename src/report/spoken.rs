//! The messages that a template says by their keys, as far as the keys stand in it.

use handlebars::template::{HelperTemplate, Parameter, Template, TemplateElement};

use crate::words::{begins, known, nearest};

/// What takes the key of a message.
const SAYING: [&str; 4] = ["say", "phrase", "block", "slug"];

/// The first key that is that of no message: its line, and what is wrong with it.
pub(super) fn unknown(template: &Template) -> Option<(usize, String)> {
    let mut elements = template.elements.iter().zip(&template.mapping);
    elements.find_map(|(element, place)| {
        let here = |what: String| (place.0, what);
        match element {
            TemplateElement::HtmlExpression(helper)
            | TemplateElement::Expression(helper)
            | TemplateElement::HelperBlock(helper) => of_helper(helper)
                .map(here)
                .or_else(|| helper.template.as_ref().and_then(unknown))
                .or_else(|| helper.inverse.as_ref().and_then(unknown)),
            TemplateElement::DecoratorExpression(part)
            | TemplateElement::DecoratorBlock(part)
            | TemplateElement::PartialExpression(part)
            | TemplateElement::PartialBlock(part) => of_all(&part.params)
                .or_else(|| of_all(part.hash.values()))
                .map(here)
                .or_else(|| part.template.as_ref().and_then(unknown)),
            _ => None,
        }
    })
}

fn of_helper(helper: &HelperTemplate) -> Option<String> {
    let says = helper
        .name
        .as_name()
        .is_some_and(|name| SAYING.contains(&name));
    says.then(|| no_key(&helper.params))
        .flatten()
        .or_else(|| of_all(&helper.params))
        .or_else(|| of_all(helper.hash.values()))
}

/// The calls within a call.
fn of_all<'p>(parameters: impl IntoIterator<Item = &'p Parameter>) -> Option<String> {
    parameters
        .into_iter()
        .find_map(|parameter| match parameter {
            Parameter::Subexpression(within) => match within.element.as_ref() {
                TemplateElement::Expression(helper) => of_helper(helper),
                _ => None,
            },
            _ => None,
        })
}

/// What is wrong with a key; of one that ends in a name, only its beginning is known.
fn no_key(parameters: &[Parameter]) -> Option<String> {
    let written: Vec<&str> = parameters
        .iter()
        .map_while(|parameter| match parameter {
            Parameter::Literal(word) => word.as_str(),
            _ => None,
        })
        .collect();
    let whole = written.len() == parameters.len();
    let key = written.join("-");
    let there = match whole {
        true => known(&key).is_some(),
        false => begins(&format!("{key}-")),
    };
    if written.is_empty() || there {
        return None;
    }
    let cure = match nearest(&key) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "templates/README.md lists the usual ones".to_owned(),
    };
    Some(match whole {
        true => format!("there is no message `{key}`; {cure}"),
        false => format!("there is no message that begins with `{key}-`; {cure}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(usize, String)> {
        unknown(&Template::compile(text).expect("a template"))
    }

    #[test]
    fn what_no_message_is_called_is_told_with_its_line_and_the_nearest_key() {
        for (text, line, what) in [
            (
                "a\n{{say \"report-titel\"}}",
                2,
                "did you mean `report-title`?",
            ),
            (
                "{{#if x}}\n\n{{say \"verdikt\" word}}{{/if}}",
                3,
                "begins with `verdikt-`",
            ),
            (
                "{{#if x}}{{else}}\n{{say \"no\" \"such\"}}{{/if}}",
                2,
                "`no-such`",
            ),
            (
                "\n{{say \"a-value\" value=(phrase \"sverity\" word)}}",
                2,
                "`sverity-`",
            ),
            (
                "{{> sentence x=(phrase \"severity-hig\")}}",
                1,
                "`severity-high`",
            ),
        ] {
            let (at, told) = told(text).expect(text);
            assert!(at == line && told.contains(what), "{text}: {at} {told}");
        }
    }

    #[test]
    fn keys_that_are_there_or_that_only_the_report_knows_pass() {
        for text in [
            "{{say \"report-title\"}}{{say \"verdict\" word}}{{say this \"title\"}}",
            "{{say run.why}}{{message m}}{{foreign \"titel\"}}",
            "{{#if (has \"no-such\" word)}}{{/if}}",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
