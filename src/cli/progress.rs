//! What is done, under way and found, while it happens; silent when nobody watches.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::task::JoinHandle;

use crate::probe::Tally;

/// Ten times a second is as smooth as a terminal needs, however many visits there are.
const REDRAW: Duration = Duration::from_millis(100);

/// Shows the tally on standard error until it is dropped.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    drawing: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to show; hidden when quiet or when standard error is no terminal.
    pub fn of(tally: &Arc<Tally>, quiet: bool) -> Self {
        let hidden = quiet || !std::io::stderr().is_terminal();
        let target = match hidden {
            true => ProgressDrawTarget::hidden(),
            false => ProgressDrawTarget::stderr(),
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) = ProgressStyle::with_template(
            "{bar:30} {pos}/{len} visits, {msg}, {elapsed} elapsed, {eta} left",
        ) {
            bar.set_style(style);
        }
        let drawing = (!hidden).then(|| tokio::spawn(draw(bar.clone(), Arc::clone(tally))));
        Progress { bar, drawing }
    }
}

async fn draw(bar: ProgressBar, tally: Arc<Tally>) {
    let mut each = tokio::time::interval(REDRAW);
    loop {
        each.tick().await;
        bar.set_length(tally.planned());
        bar.set_position(tally.done());
        bar.set_message(format!(
            "{} under way, {} reached",
            tally.under_way(),
            tally.reached(),
        ));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(drawing) = &self.drawing {
            drawing.abort();
        }
        self.bar.finish_and_clear();
    }
}
