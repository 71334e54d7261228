//! What is wrong with a policy or waiver file: all of it, with its place and its cure.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::model::visible;

/// Everything that is wrong with one file; it is not used at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Mistakes {
    /// The file's name as given on the command line, safe to show.
    pub file: String,
    /// The mistakes in the order of the file, never none.
    pub mistakes: Vec<Mistake>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The line, from 1; 0 where the mistake has no place.
    pub line: usize,
    /// The column in characters, from 1; 0 where the mistake has no place.
    pub column: usize,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub cure: String,
    /// The line itself, where the mistake has a place.
    pub excerpt: Option<Excerpt>,
}

/// A line of the file, safe to show, and what of it is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excerpt {
    /// The line, shortened around the place.
    pub text: String,
    /// Where in `text` that begins which is meant, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// The most characters of a line that are shown before, at and after a place, each.
const SHOWN: usize = 48;

impl Excerpt {
    /// The line at a place of a text, whose bytes up to `line_start` are the lines before.
    pub(super) fn of(text: &str, line_start: usize, at: &Range<usize>) -> Option<Self> {
        let line = text.get(line_start..)?.lines().next()?;
        let from = at.start.checked_sub(line_start)?.min(line.len());
        let to = at.end.saturating_sub(line_start).clamp(from, line.len());
        let before = line.get(..from)?;
        let skipped = before.chars().count().saturating_sub(SHOWN);
        let begin = before
            .char_indices()
            .nth(skipped)
            .map_or(from, |(at, _)| at);
        let piece = |text: &str| visible(&text.replace('\t', " "), SHOWN);
        let mut shown = if skipped > 0 {
            "…".to_owned()
        } else {
            String::new()
        };
        shown += &piece(&before[begin..]);
        let from = shown.len();
        shown += &piece(line.get(before.len()..to)?);
        let to_shown = shown.len();
        shown += &piece(line.get(to..)?);
        Some(Excerpt {
            text: shown,
            from,
            to: to_shown,
        })
    }

    /// The line with its number, and a mark below what is meant.
    fn drawn(&self, line: usize) -> String {
        let mark = AnnotationKind::Primary.span(self.from..self.to);
        let snippet = Snippet::source(self.text.as_str())
            .line_start(line)
            .annotation(mark);
        let report = [Group::with_level(Level::ERROR).element(snippet)];
        Renderer::plain().render(&report)
    }
}

impl Mistakes {
    /// One mistake about a file as a whole.
    pub(super) fn whole(file: &str, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Mistakes {
            file: shown(file),
            mistakes: vec![Mistake {
                line: 0,
                column: 0,
                what: what.into(),
                cure: cure.into(),
                excerpt: None,
            }],
        }
    }

    /// The mistakes of a file, sorted by place; where there are `most`, there may be more.
    pub(super) fn of(file: &str, mut mistakes: Vec<Mistake>, most: usize) -> Self {
        mistakes.sort();
        if mistakes.len() >= most {
            let mut more = Mistakes::whole(file, "there may be more", "mend these first");
            mistakes.append(&mut more.mistakes);
        }
        Mistakes {
            file: shown(file),
            mistakes,
        }
    }
}

/// `FILE:LINE:COLUMN: what; cure`, one line each; the alternate form draws the place below it. There
/// is no colour: what stands here goes to logs as well as to terminals.
impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.mistakes.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            let Mistake { what, cure, .. } = mistake;
            match mistake.line {
                0 => write!(f, "{}: {what}; {cure}", self.file)?,
                line => write!(f, "{}:{line}:{}: {what}; {cure}", self.file, mistake.column)?,
            }
            if let Some(excerpt) = mistake.excerpt.as_ref().filter(|_| f.alternate()) {
                write!(f, "\n{}", excerpt.drawn(mistake.line))?;
            }
        }
        Ok(())
    }
}

/// Foreign text as it may stand in a message.
pub(super) fn shown(text: &str) -> String {
    visible(text, 60)
}

/// `did you mean X`, or the list of what there is where nothing is near.
pub(super) fn suggest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(word, known.iter().copied()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        _ if known.len() <= 12 => format!("there are {}", known.join(", ")),
        _ => "`mailfleet rules` lists them".to_owned(),
    }
}

/// The one of these that a word was likely meant to be.
pub(super) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let known = known.into_iter();
    let (steps, candidate) = known.map(|one| (distance(word, one), one)).min()?;
    (steps <= 1 + candidate.len() / 4).then_some(candidate)
}

/// How many letters to add, drop or change. Words beyond 64 characters are as far as can be.
fn distance(one: &str, other: &str) -> usize {
    if one.len() > 64 {
        return usize::MAX;
    }
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested_and_a_far_one_is_not() {
        let known = ["cert-expired", "cert-expiring", "no-encryption"];
        assert_eq!(
            suggest("cert-expird", known),
            "did you mean `cert-expired`?"
        );
        assert_eq!(
            suggest("x", known),
            "there are cert-expired, cert-expiring, no-encryption"
        );
        assert_eq!(distance(&"x".repeat(65), "x"), usize::MAX);
    }
}
