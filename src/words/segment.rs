//! A message in pieces: our words, and words from outside.

/// One piece of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Our own words.
    Ours(String),
    /// Words of a server, a certificate or the input, already spelled out and cut.
    Foreign(String),
}

/// Private-use characters: text that was made visible cannot hold them.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// Foreign text, already visible, with its borders marked.
pub(super) fn mark(visible: &str) -> String {
    format!("{OPEN}{visible}{CLOSE}")
}

/// A formatted message, cut at the marks.
pub(super) fn split(text: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    for (index, piece) in text.split(OPEN).enumerate() {
        let ours = match piece.split_once(CLOSE) {
            Some((foreign, ours)) if index > 0 => {
                segments.push(Segment::Foreign(foreign.to_owned()));
                ours
            }
            _ => piece,
        };
        if !ours.is_empty() {
            segments.push(Segment::Ours(ours.to_owned()));
        }
    }
    segments
}

/// The pieces without their marks.
pub(super) fn plain(segments: Vec<Segment>) -> String {
    segments
        .into_iter()
        .map(|segment| match segment {
            Segment::Ours(text) | Segment::Foreign(text) => text,
        })
        .collect()
}
