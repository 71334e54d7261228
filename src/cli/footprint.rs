//! How long an output took, and how much memory it needed besides: for `-v`.

use std::fs;
use std::time::Instant;

use crate::model::{Phrase, Value};
use crate::report::Message;
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

    /// Time and, where the system tells of it, memory since then.
    pub fn spent(&self) -> Phrase {
        let seconds = format!("{:.2}", self.began.elapsed().as_secs_f64());
        let seconds = Value::Term(seconds);
        match self.resident.zip(status("VmHWM:")) {
            Some((before, peak)) => Phrase::new("notice-spent-memory")
                .with("seconds", seconds)
                .with("besides", peak.saturating_sub(before) >> 10)
                .with("all", peak >> 10),
            None => Phrase::new("notice-spent").with("seconds", seconds),
        }
    }

    /// What an output cost.
    pub fn told(&self, written: &WrittenFile) -> Message {
        Message::new("notice-written")
            .with("file", Value::Term(written.file.clone()))
            .with("bytes", written.bytes)
            .with("spent", self.spent())
    }
}

/// A figure of this process in KiB, where the system keeps one.
fn status(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
