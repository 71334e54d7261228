//! The four counts as one stacked bar.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{AccountCounts, VerdictWord};

/// How many units wide a bar is that stands for everything.
const WHOLE: usize = 1_000;
/// The narrowest piece: what is there is seen, however small its share.
const LEAST: usize = 4;

/// One verdict's part of a bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Piece {
    /// The verdict.
    pub word: &'static str,
    /// How many accounts it is.
    pub accounts: usize,
    /// Where the piece begins, in units of the bar.
    pub x: usize,
    /// How wide it is.
    pub width: usize,
}

/// The four verdicts in order, of a bar on which `whole` accounts are 1,000 units wide.
pub(super) fn pieces(counts: &AccountCounts, whole: usize) -> [Piece; 4] {
    let mut x = 0;
    VerdictWord::ALL.map(|verdict| {
        let accounts = counts.with(verdict);
        let width = match (accounts, whole) {
            (0, _) | (_, 0) => 0,
            (some, whole) => (some * WHOLE / whole).max(LEAST),
        };
        let piece = Piece {
            word: verdict.word(),
            accounts,
            x,
            width,
        };
        x += width;
        piece
    })
}
