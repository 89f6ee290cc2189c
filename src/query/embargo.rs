//! What may leave the desk: nothing of an entry under embargo; and which entries under embargo an answer lets be seen.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::event::{Entry, Event, Kind};
use crate::projection::{Claims, Scope, View};

/// Whether an entry must not leave the desk at a moment. At the very instant of its end an embargo is over.
fn is_withheld(entry: &Entry, at: DateTime<Utc>) -> bool {
    entry.embargo.is_some_and(|until| until > at)
}

/// The claims without the entries whose embargo is later than `at`.
///
/// Who or what an id is can stand in such an entry alone, when an open report names it afterwards: then the report says what was
/// said of it first, as it would had it been logged without the other. Nothing else of an entry under embargo is left, and no later word
/// on the same id.
#[must_use]
pub fn released(claims: &Claims, at: DateTime<Utc>) -> Cow<'_, Claims> {
    let withheld: Vec<&Entry> = claims.entries().filter(|entry| is_withheld(entry, at)).collect();
    if withheld.is_empty() {
        return Cow::Borrowed(claims);
    }
    let mut known: BTreeSet<(Kind, String)> = BTreeSet::new();
    let mut kept: Vec<Entry> = Vec::new();
    for entry in claims.entries().filter(|entry| !is_withheld(entry, at)) {
        let mut entry = entry.clone();
        known.extend(entry.events.iter().filter_map(|event| Some((event.what.kind(), event.what.defines()?))));
        let mut next = 0;
        while let Some(event) = entry.events.get(next) {
            for (kind, id) in event.what.names() {
                let mut earlier = withheld.iter().take_while(|other| other.seq < entry.seq).flat_map(|other| &other.events);
                let says = |event: &&Event| event.what.kind() == kind && event.what.defines().as_ref() == Some(&id);
                let first: Option<Event> = earlier.find(says).cloned();
                if let Some(first) = first.filter(|_| known.insert((kind, id))) {
                    entry.events.push(first);
                }
            }
            next += 1;
        }
        kept.push(entry);
    }
    Cow::Owned(Claims::of(claims.zone(), kept))
}

/// The entries of a log that are under embargo at one moment, by themselves.
#[derive(Clone, Debug)]
pub struct Withheld(Option<Claims>);

impl Withheld {
    /// Those whose embargo is later than `at`.
    #[must_use]
    pub fn of(claims: &Claims, at: DateTime<Utc>) -> Self {
        let under: Vec<Entry> = claims.entries().filter(|entry| is_withheld(entry, at)).cloned().collect();
        Self((!under.is_empty()).then(|| Claims::of(claims.zone(), under)))
    }

    /// Those of which the clocks of `scope` let anything be seen, each with the end of its embargo: an answer under these clocks may rest on
    /// them, and must not leave the desk.
    #[must_use]
    pub fn seen(&self, scope: Scope) -> Vec<(u64, DateTime<Utc>)> {
        let Some(claims) = &self.0 else { return Vec::new() };
        let view = View::new(claims, scope);
        let seen = claims.entries().filter(|entry| entry.events.iter().any(|event| view.sees(entry, event)));
        seen.filter_map(|entry| Some((entry.seq, entry.embargo?))).collect()
    }
}
