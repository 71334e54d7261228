//! How long JSON is laid out: one entry of the long lists per line.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// serde_json's compact form, with a line for each member of the outer objects and each entry of
/// their lists.
#[derive(Debug)]
pub(super) struct Lines {
    depth: usize,
    /// Down to this depth each value begins a line of its own.
    down_to: usize,
}

impl Lines {
    /// Lines for what stands at most so many objects and lists deep.
    pub(super) const fn down_to(down_to: usize) -> Self {
        Lines { depth: 0, down_to }
    }

    fn begin_line<W: ?Sized + Write>(&self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        match self.depth <= self.down_to {
            true => out.write_all(b"\n"),
            false => Ok(()),
        }
    }
}

/// The layout of `report.json`: its long lists are members of the document.
impl Default for Lines {
    fn default() -> Self {
        Lines::down_to(2)
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
        match self.depth < self.down_to {
            true => self.begin_line(out, first),
            false if first => Ok(()),
            false => out.write_all(b","),
        }
    }
}
