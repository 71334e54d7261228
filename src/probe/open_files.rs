//! How many connections the open-files limit leaves room for.

/// Descriptors kept for files, the resolver and the runtime.
const KEPT: u64 = 64;
/// More at once gains nothing on the machines this runs on.
pub(super) const MOST_AT_ONCE: usize = 256;

/// Raises this process's soft limit of open files to the hard one, and says how many connections
/// at once that allows: half of what is left, at least 1 and at most 256.
pub fn open_files_cap() -> usize {
    // A limit that cannot be read or raised leaves the smallest usual one, macOS's 256.
    cap(rlimit::increase_nofile_limit(u64::MAX).unwrap_or(256))
}

fn cap(limit: u64) -> usize {
    let room = limit.saturating_sub(KEPT) / 2;
    usize::try_from(room).map_or(MOST_AT_ONCE, |room| room.clamp(1, MOST_AT_ONCE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cap_leaves_room_for_files() {
        assert_eq!(cap(64), 1);
        assert_eq!(cap(0), 1);
        assert_eq!(cap(256), 96);
        assert_eq!(cap(1_048_576), 256);
        assert!((1..=256).contains(&open_files_cap()));
    }
}
