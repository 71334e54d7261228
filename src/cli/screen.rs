//! The terminal, on which no character from outside may act (threat model C1).

use std::io::{self, Write};

use super::exit::Failure;
use crate::model::{is_plain, visible};

/// Longest line shown as one piece, in characters; help texts and tables stay below.
const LONGEST_LINE: usize = 4096;

/// Says something to a person, on standard error. A closed standard error is not worth ending for.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "{}", safe(text));
}

/// Prints data on standard output. A reader that has gone away has seen enough; anything else that
/// keeps the data from being written is a failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = writeln!(out, "{}", safe(text)).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Incomplete(format!(
                "standard output could not be written ({error}): free some space there, or print elsewhere"
            )))
        }
        _ => Ok(()),
    }
}

/// A text that fills a column of so many places; a Chinese character takes two.
pub fn column(text: &str, width: usize) -> String {
    let rest = width.saturating_sub(textwrap::core::display_width(text));
    format!("{text}{}", " ".repeat(rest))
}

/// The text, line by line, with every character that is not plain spelled out.
pub fn safe(text: &str) -> String {
    if text.chars().all(|c| is_plain(c) || c == '\n') {
        return text.to_owned();
    }
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| visible(line, LONGEST_LINE))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_acts_on_a_terminal() {
        assert_eq!(
            safe("a\u{1b}[2J\r\nb\u{202e}"),
            "a\\x1b[2J\\x0d\nb\\u{202e}"
        );
    }
}
