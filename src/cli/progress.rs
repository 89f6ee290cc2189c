//! How far a long run is, for those who watch.

use super::output::Output;
use crate::render;

/// A line of its own that is gone in the end.
pub struct Bar {
    total: usize,
    of: &'static str,
    shown: Option<usize>,
    on: bool,
}

impl Bar {
    /// For so many things of a kind, if somebody watches and they are at least `many`.
    pub fn new(total: usize, of: &'static str, many: usize, output: &Output<'_, '_>) -> Self {
        Self { total, of, shown: None, on: output.world.watched && total >= many }
    }

    /// Says how many are done, where that is one more in a hundred.
    pub fn show(&mut self, done: usize, output: &mut Output<'_, '_>) {
        let percent = (done * 100).checked_div(self.total).unwrap_or(100);
        if !self.on || self.shown == Some(percent) {
            return;
        }
        self.shown = Some(percent);
        let line = render::progress(done, self.total, self.of, output.world.width);
        // Whoever closed the stream does not want to see it.
        let _ = write!(output.world.err, "\r{line}").and_then(|()| output.world.err.flush());
    }

    /// Takes the line away.
    pub fn clear(&self, output: &mut Output<'_, '_>) {
        if self.shown.is_some() {
            let _ = write!(output.world.err, "\r{}\r", " ".repeat(output.world.width.saturating_sub(1)));
        }
    }
}
