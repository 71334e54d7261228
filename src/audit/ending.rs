//! How a run is asked to end before its time.

use std::sync::OnceLock;

use tokio::sync::watch;

use crate::model::EndedBy;

/// Asks a run to end early, with what it has.
#[derive(Debug)]
pub struct Ending {
    pub(super) stop: watch::Sender<bool>,
    pub(super) why: OnceLock<EndedBy>,
}

impl Default for Ending {
    fn default() -> Self {
        Ending {
            stop: watch::Sender::new(false),
            why: OnceLock::new(),
        }
    }
}

impl Ending {
    /// Asks; the first one to ask is the reason that the report gives.
    pub fn ask(&self, by: EndedBy) {
        self.why.get_or_init(|| by);
        self.stop.send_replace(true);
    }
}
