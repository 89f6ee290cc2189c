//! Which event brought a value to what it is: the reports between two moments are gone through one by one, the last first.

use std::collections::HashSet;

use super::{Clock, order, touched::News};
use crate::event::{Entry, Position, What};
use crate::projection::{Meetings, View};
use crate::query::Asked;

/// The moments between two moments, as far as they matter to one subject: one after each new event.
pub(super) struct Steps<'s, 'a> {
    after: &'s Asked<'a>,
    entries: Vec<&'a Entry>,
    old: HashSet<Position>,
    /// The new events, in the order in which they became known.
    new: Vec<Position>,
    /// The new event that tells who or what something is, for want of any other cause.
    registry: Option<Position>,
}

impl<'s, 'a> Steps<'s, 'a> {
    /// The steps among the entries that matter to a subject.
    pub fn new(before: &Asked<'_>, after: &'s Asked<'a>, clock: Clock, entries: Vec<&'a Entry>, news: &News) -> Self {
        let (mut old, mut new) = (HashSet::new(), Vec::new());
        for entry in &entries {
            let known = before.view.claims().entry(entry.seq).is_some();
            for (number, event) in entry.numbered() {
                let position = Position { seq: entry.seq, number };
                if news.events.contains(&position) {
                    new.push(position);
                } else if known && before.view.sees(entry, event) {
                    old.insert(position);
                }
            }
        }
        new.sort_by_key(|position| order(after, clock, *position));
        Self { after, entries, old, new, registry: news.amending.last().copied() }
    }

    /// The meetings and the view as they stood after the first `count` of the new events; the desk's knowledge is today's.
    fn at(&self, count: usize) -> (View<'a>, Meetings) {
        let shown: HashSet<&Position> = self.new.iter().take(count).collect();
        let view = self.after.view.part(&self.entries, |position| self.old.contains(&position) || shown.contains(&position));
        let meetings = Meetings::of(&view, self.after.on);
        (view, meetings)
    }

    /// For each of several values the last event that changed it. `values` gives them at a moment, always the same number.
    ///
    /// An entry is one act: what its events undo among themselves was never so. Only within the entry that changed a value its events are
    /// told apart.
    pub fn causes<T: PartialEq>(&self, values: impl Fn(&View<'a>, &Meetings) -> Vec<T>) -> Vec<Option<Position>> {
        let at = |count: usize| {
            let (view, meetings) = self.at(count);
            values(&view, &meetings)
        };
        let last = at(self.new.len());
        let mut causes: Vec<Option<Position>> = last.iter().map(|_| None).collect();
        let mut end = self.new.len();
        while end > 0 && causes.iter().any(Option::is_none) {
            let start = self.start_of_entry(end);
            let open: Vec<bool> = causes
                .iter()
                .zip(last.iter().zip(at(start)))
                .map(|(cause, (now, then))| cause.is_none() && *now != then)
                .collect();
            for count in (start..end).rev().take_while(|_| open.contains(&true)) {
                let then = if count == start { None } else { Some(at(count)) };
                let changed = |index: usize| then.as_ref().is_none_or(|then| then.get(index) != last.get(index));
                for (index, cause) in causes.iter_mut().enumerate() {
                    if cause.is_none() && open.get(index) == Some(&true) && changed(index) {
                        *cause = self.new.get(count).copied();
                    }
                }
            }
            end = start;
        }
        causes.into_iter().map(|cause| cause.or(self.registry).or(self.new.last().copied())).collect()
    }

    /// Where the new events of the entry begin that ends before the new event number `end`.
    fn start_of_entry(&self, end: usize) -> usize {
        let new = self.new.get(..end).unwrap_or(&[]);
        let seq = new.last().map(|position| position.seq);
        end - new.iter().rev().take_while(|position| Some(position.seq) == seq).count()
    }

    /// Whether an event takes reports back.
    pub fn is_retraction(&self, position: Position) -> bool {
        let entry = self.after.view.claims().entry(position.seq);
        entry.and_then(|entry| entry.event(position.number)).is_some_and(|event| matches!(event.what, What::Retraction(_)))
    }
}
