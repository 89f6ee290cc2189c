//! Who says so: the source of an event, as answers name it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::event::{Entry, Event, Kind, Position, Source, What};
use crate::projection::View;
use crate::time::{When, Zone};

/// The report behind a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Where it stands, `17.2`.
    pub event: Position,
    /// What kind of event it is.
    pub kind: Kind,
    /// The outlet.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The local day of publication, in the zone of the log.
    pub published: NaiveDate,
    /// What somebody goes or is there for; in JSON the event itself says so.
    #[serde(skip)]
    pub purpose: Option<String>,
    /// When somebody is there, and the zone of the place; in JSON the event itself says so.
    #[serde(skip)]
    pub there: Option<(When, Option<Zone>)>,
    /// The source's own words.
    pub quote: Option<String>,
    /// Who said so, by name.
    pub said_by: Option<String>,
    /// Through whom it came.
    pub via: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// The outlet's own key of it; in JSON findings name it.
    #[serde(skip)]
    pub record: Option<String>,
    /// Until when its entry must not leave the desk, as the entry says: over or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embargo: Option<String>,
}

impl Citation {
    /// The report behind an event.
    #[must_use]
    pub fn of(view: &View<'_>, entry: &Entry, event: &Event, position: Position) -> Self {
        let zone = view.claims().zone();
        let said_by = event.telling.said_by.as_ref().map(|who| speaker(view, who));
        Self {
            event: position,
            kind: event.what.kind(),
            outlet: entry.source.outlet.clone(),
            title: entry.source.title.clone(),
            author: entry.source.author.clone(),
            published: entry.published_day(zone),
            purpose: event.what.purpose().map(str::to_owned),
            there: if let What::Presence(presence) = &event.what {
                Some((presence.when, view.registry().known_zone(&presence.place)))
            } else {
                None
            },
            quote: event.telling.quote.clone(),
            said_by,
            via: event.telling.via.clone(),
            url: entry.source.url.clone(),
            record: entry.source.record.clone(),
            embargo: entry.embargo.map(crate::time::write_instant),
        }
    }

    /// The report at a position.
    #[must_use]
    pub fn at(view: &View<'_>, position: Position) -> Option<Self> {
        let entry = view.claims().entry(position.seq)?;
        let event = entry.event(position.number)?;
        Some(Self::of(view, entry, event, position))
    }

    /// The reports at some positions.
    #[must_use]
    pub fn all(view: &View<'_>, positions: &[Position]) -> Vec<Self> {
        positions.iter().filter_map(|position| Self::at(view, *position)).collect()
    }

    /// The report that became public last among some.
    #[must_use]
    pub fn newest<'p>(view: &View<'_>, positions: impl Iterator<Item = &'p Position>) -> Option<Self> {
        Self::at(view, *positions.max_by_key(|position| public_order(view, **position))?)
    }

    /// Outlet, else author, else headline.
    #[must_use]
    pub fn source(&self) -> &str {
        in_short(self.outlet.as_deref(), self.author.as_deref(), self.title.as_deref())
    }

    /// The same of a source.
    #[must_use]
    pub fn source_of(source: &Source) -> &str {
        in_short(source.outlet.as_deref(), source.author.as_deref(), source.title.as_deref())
    }
}

/// The order in which reports became public; what became so at one moment is as it was written down.
pub(super) fn public_order(view: &View<'_>, position: Position) -> (Option<DateTime<Utc>>, Position) {
    (view.claims().entry(position.seq).map(|entry| entry.public(view.claims().zone())), position)
}

fn in_short<'s>(outlet: Option<&'s str>, author: Option<&'s str>, title: Option<&'s str>) -> &'s str {
    outlet.or(author).or(title).unwrap_or("the desk")
}

/// The name of somebody who spoke: an official's, or the name as given.
pub fn speaker(view: &View<'_>, who: &str) -> String {
    who.parse().ok().map_or_else(|| who.to_owned(), |id| view.registry().official_name(&id).to_owned())
}
