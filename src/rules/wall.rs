//! How a firewall or a broken network fails.

use crate::model::{Cause, Gap};

/// To drop, to reject, to reset, and to take the connection and say nothing. What this machine could
/// not do is none of it.
pub fn is_wall(gap: &Gap) -> bool {
    matches!(
        gap.cause,
        Cause::Refused
            | Cause::Unreachable
            | Cause::TimedOut
            | Cause::Closed
            | Cause::Reset
            | Cause::LimitReached(_)
    )
}
