//! How `report.json` is laid out: one entry of the outermost lists per line.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// serde_json's compact form, with a line for each member of the document and each entry of its
/// lists.
#[derive(Debug, Default)]
pub(super) struct Lines {
    depth: usize,
}

/// Down to this depth each value begins a line of its own.
const LINES: usize = 2;

impl Lines {
    fn begin_line<W: ?Sized + Write>(&self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        match self.depth <= LINES {
            true => out.write_all(b"\n"),
            false => Ok(()),
        }
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.begin_line(out, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        if self.depth == 0 {
            out.write_all(b"\n")?;
        }
        out.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        match self.depth {
            1 => self.begin_line(out, first),
            _ if first => Ok(()),
            _ => out.write_all(b","),
        }
    }
}
