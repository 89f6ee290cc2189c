//! What may leave the desk: nothing of an entry under embargo; and which entries under embargo an answer lets be seen.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use crate::event::Entry;
use crate::projection::{Claims, Scope, View};

/// Whether an entry must not leave the desk at a moment. At the very instant of its end an embargo is over.
fn is_withheld(entry: &Entry, at: DateTime<Utc>) -> bool {
    entry.embargo.is_some_and(|until| until > at)
}

/// The claims without the entries whose embargo is later than `at`.
#[must_use]
pub fn released(claims: &Claims, at: DateTime<Utc>) -> Cow<'_, Claims> {
    if claims.entries().any(|entry| is_withheld(entry, at)) {
        let kept = claims.entries().filter(|entry| !is_withheld(entry, at)).cloned();
        Cow::Owned(Claims::of(claims.zone(), kept))
    } else {
        Cow::Borrowed(claims)
    }
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
