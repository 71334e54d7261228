//! The clauses that a rule stands on.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{ChineseTitle, Citation, Protocol};
use crate::rules;

use super::{Source, links};

/// A clause that a rule stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reference {
    /// How the document is cited.
    pub standard: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The title in Chinese; not in `report.json`.
    #[serde(skip)]
    pub title_zh: &'static str,
    /// The language of the document, `en` or `zh-CN`; `None` for what we say ourselves in either. Not in
    /// `report.json`.
    #[serde(skip)]
    pub written_in: Option<&'static str>,
    /// The clause; empty for the document as a whole.
    pub clause: String,
    /// How strongly it speaks.
    pub verb: &'static str,
    /// Since when it holds: `2026-04-06`, or a month or a year where no more is known.
    pub since: Option<String>,
    /// Where it can be read, from our own table; not in `report.json`.
    #[serde(skip)]
    pub url: Option<String>,
}

impl Reference {
    /// Document and clause, as one cites them.
    pub fn cited(&self) -> String {
        let cited = format!("{} {}", self.standard, self.clause);
        cited.trim_end().to_owned()
    }
}

impl From<&Citation> for Reference {
    fn from(citation: &Citation) -> Self {
        Reference {
            standard: citation.standard.cite(),
            title: citation.standard.title(),
            title_zh: citation.standard.title_zh(),
            written_in: match citation.standard.chinese() {
                ChineseTitle::Official => Some("zh-CN"),
                ChineseTitle::Translated => Some("en"),
                ChineseTitle::Ours => None,
            },
            clause: citation.clause.to_string(),
            verb: citation.verb.word(),
            since: citation.since().map(|since| since.to_string()),
            url: links::of(citation.standard),
        }
    }
}

/// The clauses that a rule stands on where it was broken in these protocols: theirs first, then the
/// policy's own, then those for every protocol; where no protocol is known, all of the rule's. Those of
/// the rule only as far as they speak for what the policy asks.
pub(super) fn references(
    source: &Source<'_>,
    rule: &str,
    seen_in: &BTreeSet<Protocol>,
) -> Vec<Reference> {
    let said = source.deciding().clauses_of(rule);
    let own = said.map_or(&[][..], |said| &said.own);
    let papers = rules::find(rule).filter(|_| said.is_none_or(|said| said.keeps));
    let papers = papers.map_or(&[][..], |rule| rule.citations);
    let (theirs, others): (Vec<&Citation>, Vec<&Citation>) = papers
        .iter()
        .filter(|citation| seen_in.is_empty() || citation.of.is_none_or(|of| seen_in.contains(&of)))
        .partition(|citation| citation.of.is_some_and(|of| seen_in.contains(&of)));
    let mut references: Vec<Reference> = Vec::new();
    for citation in theirs.into_iter().chain(own).chain(others) {
        let reference = Reference::from(citation);
        let known = references
            .iter()
            .any(|other| other.standard == reference.standard && other.clause == reference.clause);
        if !known {
            references.push(reference);
        }
    }
    references
}

/// A document, with the clauses of it that a rule stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Clauses {
    pub standard: &'static str,
    pub title: &'static str,
    pub title_zh: &'static str,
    pub written_in: Option<&'static str>,
    pub url: Option<String>,
    pub clauses: Vec<Clause>,
}

/// One of them, and how strongly it speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Clause {
    pub clause: String,
    pub verb: &'static str,
    pub since: Option<String>,
}

/// The same clauses, each document once.
pub(super) fn by_document(references: Vec<Reference>) -> Vec<Clauses> {
    let mut documents: Vec<Clauses> = Vec::new();
    for reference in references {
        let clause = Clause {
            clause: reference.clause,
            verb: reference.verb,
            since: reference.since,
        };
        match documents
            .iter_mut()
            .find(|d| d.standard == reference.standard)
        {
            Some(document) => document.clauses.push(clause),
            None => documents.push(Clauses {
                standard: reference.standard,
                title: reference.title,
                title_zh: reference.title_zh,
                written_in: reference.written_in,
                url: reference.url,
                clauses: vec![clause],
            }),
        }
    }
    documents
}
