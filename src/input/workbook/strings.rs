//! The strings that the cells of a workbook share.

use std::io::BufRead;

use quick_xml::events::Event;

use super::Unfit;
use super::parts::{Xml, push_reference};

/// All of them in one text: a string of its own for each would cost more than it holds.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// Reads them. Of each, one byte more than a `field` may hold is kept, so that it is found to be
    /// too long by whoever needs it; together they may hold `limit` bytes, each counted as eight
    /// more than it holds.
    pub(super) fn read<R: BufRead>(
        mut xml: Xml<R>,
        field: usize,
        limit: usize,
    ) -> Result<Self, Unfit> {
        let mut strings = Strings::default();
        let mut piece = Piece::default();
        loop {
            let event = xml.next()?;
            match &event {
                Event::End(end) if end.local_name().as_ref() == "si" => {
                    strings.text.push_str(cut(&piece.text, field));
                    strings.ends.push(strings.text.len());
                    if strings.text.len() + 8 * strings.ends.len() > limit {
                        return Err(Unfit::Strings);
                    }
                    piece = Piece::default();
                }
                Event::Eof => return Ok(strings),
                event => piece.take(event)?,
            }
        }
    }

    pub(super) fn at(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }
}

/// The text of a string, which may be in several runs. How it is pronounced (`rPh`) is left out.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) text: String,
    in_text: bool,
    in_pronunciation: bool,
}

impl Piece {
    pub(super) fn take(&mut self, event: &Event<'_>) -> Result<(), Unfit> {
        let is_wanted = self.in_text && !self.in_pronunciation;
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => self.in_text = true,
                "rPh" => self.in_pronunciation = true,
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "t" => self.in_text = false,
                "rPh" => self.in_pronunciation = false,
                _ => {}
            },
            Event::Text(text) if is_wanted => self.text.push_str(&text.xml10_content()),
            Event::CData(text) if is_wanted => self.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if is_wanted => {
                push_reference(&mut self.text, reference)?;
            }
            Event::Eof => return Err(Unfit::Broken),
            _ => {}
        }
        Ok(())
    }
}

/// At most one byte over the limit, or a character if that is longer.
fn cut(text: &str, field: usize) -> &str {
    let longest = text.char_indices().map(|(at, c)| at + c.len_utf8());
    match longest.into_iter().find(|end| *end > field) {
        Some(end) => &text[..end],
        None => text,
    }
}
