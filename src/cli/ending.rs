//! Signals and the time of a run: the first asks for an end with what is there, a second one ends at once.

use std::sync::Arc;
use std::time::Duration;

use super::exit::Exit;
use super::settings;
use crate::audit::Ending;
use crate::model::EndedBy;
use crate::report::Message;
use crate::words::Language;

/// Waits for a signal or for the time to be over, and asks the run to end.
pub async fn end_early(ending: Arc<Ending>, max_time: Option<Duration>, lang: Language) {
    let time = async {
        match max_time {
            Some(time) => tokio::time::sleep(time).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = signalled() => {
            settings::tell(&Message::new("notice-ending"), lang);
            ending.ask(EndedBy::Signal);
        }
        () = time => {
            settings::tell(&Message::new("notice-max-time"), lang);
            ending.ask(EndedBy::MaxTime);
        }
    }
    signalled().await;
    std::process::exit(Exit::Incomplete.code().into());
}

/// Until an interrupt, a termination or a hang-up arrives.
async fn signalled() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let others = (
            signal(SignalKind::terminate()),
            signal(SignalKind::hangup()),
        );
        if let (Ok(mut terminate), Ok(mut hang_up)) = others {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
                _ = hang_up.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
