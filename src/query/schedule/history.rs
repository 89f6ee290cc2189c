//! CREATED, LAST-MODIFIED and SEQUENCE: what the log says about an item's own past.

use chrono::{DateTime, Utc};

use super::ScheduleItem;

/// The past of an item. Each step only adds to it, so nothing in it ever falls.
#[derive(Clone, Debug, Default)]
pub(super) struct Past {
    instants: Option<(DateTime<Utc>, DateTime<Utc>)>,
    sequence: u64,
    last: Option<ScheduleItem>,
    shown_before: bool,
}

impl Past {
    /// Takes in what was shown from `at` on. A report touches the item even if it changes nothing; what else became known only if it
    /// changes what is shown.
    pub(super) fn step(&mut self, at: DateTime<Utc>, reported: bool, shown: Option<ScheduleItem>) {
        if reported || shown != self.last {
            self.instants = Some((self.instants.map_or(at, |(created, _)| created), at));
        }
        // Going away and coming back are changes too: whoever dropped the item must take it for a new one.
        let exported = |item: &Option<ScheduleItem>| item.as_ref().map(ScheduleItem::exported);
        if self.shown_before && exported(&shown) != exported(&self.last) {
            self.sequence += 1;
        }
        self.shown_before |= shown.is_some();
        self.last = shown;
    }

    /// The item with its past.
    pub(super) fn complete(&self, item: ScheduleItem) -> ScheduleItem {
        let (created, modified) = self.instants.unwrap_or((item.created, item.modified));
        ScheduleItem { created, modified, sequence: self.sequence, ..item }
    }
}
