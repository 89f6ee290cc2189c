//! What may leave the desk: nothing of an entry under embargo.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use crate::event::Entry;
use crate::projection::Claims;

/// The claims without the entries whose embargo is later than `at`.
#[must_use]
pub fn released(claims: &Claims, at: DateTime<Utc>) -> Cow<'_, Claims> {
    let withheld = |entry: &Entry| entry.embargo.is_some_and(|embargo| embargo > at);
    if claims.entries().any(withheld) {
        let kept = claims.entries().filter(|entry| !withheld(entry)).cloned();
        Cow::Owned(Claims::of(claims.zone(), kept))
    } else {
        Cow::Borrowed(claims)
    }
}
