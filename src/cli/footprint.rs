//! How long an output took, and how much memory it needed besides: for `-v`.

use std::fs;
use std::time::Instant;

use crate::store::WrittenFile;

/// Where the process stood before an output.
#[derive(Debug)]
pub struct Footprint {
    began: Instant,
    /// Memory in use, in KiB; `None` where the system does not say.
    resident: Option<u64>,
}

impl Footprint {
    /// As it stands now; the peak is measured from here on.
    pub fn begin() -> Self {
        const RESET_PEAK: &str = "5";
        // Where that is not allowed, the peak of the whole run is told.
        let _ = fs::write("/proc/self/clear_refs", RESET_PEAK);
        Footprint {
            began: Instant::now(),
            resident: status("VmRSS:"),
        }
    }

    /// Time and memory since then, in words.
    pub fn spent(&self) -> String {
        let seconds = self.began.elapsed().as_secs_f64();
        let memory = self.resident.zip(status("VmHWM:")).map(|(before, peak)| {
            let besides = peak.saturating_sub(before) >> 10;
            format!(
                ", {besides} MiB of memory besides, {} MiB in all",
                peak >> 10
            )
        });
        format!("{seconds:.2} s{}", memory.unwrap_or_default())
    }

    /// What an output cost.
    pub fn told(&self, written: &WrittenFile) -> String {
        let (file, bytes) = (&written.file, written.bytes);
        format!("{file}: {bytes} bytes in {}", self.spent())
    }
}

/// A figure of this process in KiB, where the system keeps one.
fn status(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
