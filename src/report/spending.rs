//! What a template of the user's own may spend: steps of its loops, and bytes that it writes.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use handlebars::template::{Template, TemplateElement};
use handlebars::{RenderError, RenderErrorReason};

/// Most bytes that are written: three times what our own pages may have.
const MOST_WRITTEN: u64 = 64 << 20;
/// Most steps of all loops together: a step is a tag or a text, each time that a loop comes to it.
const MOST_STEPS: u64 = 5_000_000;
/// Steps of a part that stands for each entry of a list.
const STEPS_OF_A_PART: u64 = 50;

/// Why a template is not rendered to its end.
#[derive(Debug, thiserror::Error)]
enum TooMuch {
    #[error("it writes more than {} MiB: write less for each entry of a list", MOST_WRITTEN >> 20)]
    Written,
    #[error(
        "its loops take more than {MOST_STEPS} steps: put fewer of them within one another, or less into \
         them"
    )]
    Steps,
}

/// What the loops of one rendering have taken, all of them together.
#[derive(Clone, Default)]
pub(super) struct Steps(Arc<AtomicU64>);

impl Steps {
    /// Counts as many entries of a loop.
    ///
    /// # Errors
    ///
    /// It is more than a template may take.
    pub fn take(&self, entries: usize, body: u64) -> Result<(), RenderError> {
        let steps = (entries as u64).saturating_mul(body);
        let before = self.0.fetch_add(steps, Ordering::Relaxed);
        match before.saturating_add(steps) > MOST_STEPS {
            true => Err(RenderErrorReason::Other(TooMuch::Steps.to_string()).into()),
            false => Ok(()),
        }
    }

    /// The steps of what a loop holds.
    pub fn of(body: Option<&Template>) -> u64 {
        body.map_or(STEPS_OF_A_PART, |body| 1 + steps(body))
    }
}

fn steps(template: &Template) -> u64 {
    let elements = template.elements.iter();
    elements
        .map(|element| match element {
            TemplateElement::HelperBlock(block) => {
                let parts = [&block.template, &block.inverse].into_iter().flatten();
                1 + parts.map(steps).sum::<u64>()
            }
            TemplateElement::PartialExpression(_) => STEPS_OF_A_PART,
            _ => 1,
        })
        .sum()
}

/// An output that takes no more than a template may write.
pub(super) struct Bounded<'w> {
    out: &'w mut dyn Write,
    left: u64,
}

impl<'w> Bounded<'w> {
    pub fn new(out: &'w mut dyn Write) -> Self {
        Bounded {
            out,
            left: MOST_WRITTEN,
        }
    }
}

impl Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => {
                self.left = left;
                self.out.write_all(bytes)?;
                Ok(bytes.len())
            }
            None => Err(io::Error::other(TooMuch::Written)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Whether it was not the output that failed.
pub(super) fn is_too_much(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|why| why.is::<TooMuch>())
}
