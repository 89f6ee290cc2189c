//! What of a log an entry touches that is to be written: found before it is admitted, so that the door needs no more.
//!
//! Where a draft names something that the log may know under another name, or takes back what others may name, the door has to know all names, or
//! all of the log: then all of it is found.

use chrono::NaiveDate;

use crate::book::Book;
use crate::event::wire::{WireBy, WireEvent, WireNewEntry};
use crate::event::{Entry, EntryId, Event, Kind, NewEntry, OfficialId, Reference, dates, numbered_day, references};
use crate::geo::{self, Found};
use crate::intake::{Typed, typed_reference};
use crate::log::LogError;
use crate::projection::{CARRY_DAYS, Match, Registry, Scope, View};
use crate::query::Inquiry;
use crate::time::Span;

/// Finds what the door asks about a draft.
pub fn draft(entry: &WireNewEntry, last: Option<u64>, book: &mut Book) -> Result<(), LogError> {
    if book.is_whole() {
        return Ok(());
    }
    for event in &entry.events {
        let kind: Option<Kind> = event.kind.parse().ok();
        for (kind, text) in named(event) {
            known(kind, text, book)?;
        }
        if let Some(meeting) = &event.meeting {
            if kind.is_some_and(Kind::introduces_meeting) {
                book.reach_meeting(meeting)?;
            } else {
                book.reach_meeting_named(meeting)?;
                // Whoever misspells a meeting is told those that are near.
                if super::ask::known(book).ask_meeting(meeting).is_err() {
                    book.reach_all()?;
                }
            }
            if !is_told(meeting, book) {
                // Which old one a new one may be is looked for among those that are not over, and those of a like name.
                book.reach_pending(Scope::default())?;
                book.reach_titles_like(meeting)?;
            }
        }
        for text in event.of.iter().chain(&event.replaces).flatten() {
            reference(text, last, book)?;
        }
        // Whether others name what is taken back shows in no part.
        if kind.is_none_or(|kind| kind == Kind::Retraction) && takes_back_names(event, last, book) {
            book.reach_all()?;
        }
    }
    Ok(())
}

/// Finds what an admitted entry can change, and what it may say again.
pub fn effects(entry: &NewEntry, book: &mut Book) -> Result<(), LogError> {
    if book.is_whole() {
        return Ok(());
    }
    for event in &entry.events {
        // Whoever has another name or party now is told of in every meeting, and what lies elsewhere now in every stay.
        if let Some(id) = event.what.defines()
            && book.reach_definition(event.what.kind(), &id)?
        {
            return book.reach_all();
        }
    }
    book.reach_like(entry)?;
    let seq = book.claims().last_seq() + 1;
    let recorded = book.claims().entries().next_back().map_or_else(Default::default, |last| last.recorded);
    let new = entry.clone().numbered(seq, recorded);
    let mut touched: Vec<(OfficialId, Span)> = moved(&new, book);
    // Whoever takes back a correction brings back what that had taken away, and so on.
    let mut seen: Vec<EntryId> = Vec::new();
    let mut left: Vec<EntryId> = referred(&new.events);
    while let Some(id) = left.pop() {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        book.reach_id(id)?;
        let Some(seq) = book.claims().seq(id) else { continue };
        book.reach_whole_entry(seq)?;
        let Some(old) = book.claims().entry(seq).cloned() else { continue };
        touched.extend(moved(&old, book));
        left.extend(referred(&old.events));
    }
    for (official, days) in touched {
        let inquiry = Inquiry::Itinerary { from: days.from, to: days.to };
        let on = days.from.or(days.to).unwrap_or_default();
        book.reach_official(&official, inquiry, Scope::default(), on, CARRY_DAYS)?;
        book.reach_undated(&official)?;
    }
    Ok(())
}

/// The entries that some events point to.
fn referred(events: &[Event]) -> Vec<EntryId> {
    events.iter().flat_map(references).map(Reference::entry).collect()
}

/// Those whom an entry moves, or whose meeting it tells of, with the days that it touches.
fn moved(entry: &Entry, book: &Book) -> Vec<(OfficialId, Span)> {
    let day = |number: i32| (number != i32::MIN && number != i32::MAX).then(|| numbered_day(number));
    let mut days: Option<crate::event::Days> = None;
    let mut officials: Vec<OfficialId> = Vec::new();
    let mut add = |more: crate::event::Days| {
        days = Some(days.map_or(more, |days| crate::event::Days { from: days.from.min(more.from), to: days.to.max(more.to) }));
    };
    crate::event::moved_days(entry, &mut add);
    for event in &entry.events {
        officials.extend(event.what.moves().iter().cloned());
        dates(&event.what).into_iter().for_each(&mut add);
        let Some(id) = event.what.meeting() else { continue };
        let told = book.claims().entries().flat_map(|entry| &entry.events).chain(&entry.events);
        for event in told.filter(|event| event.what.meeting() == Some(id)) {
            dates(&event.what).into_iter().for_each(&mut add);
            let listed = event.what.of_meeting().into_iter().flat_map(|meeting| &meeting.participants);
            officials.extend(listed.filter_map(|participant| participant.who.as_ref().ok().cloned()));
        }
    }
    officials.sort_unstable();
    officials.dedup();
    let span = days.map_or(Span { from: None, to: Some(NaiveDate::MIN) }, |days| Span { from: day(days.from), to: day(days.to) });
    let none = days.is_none();
    officials.into_iter().filter(|_| !none).map(|official| (official, span)).collect()
}

/// What a typed event names, by what it must be.
fn named(event: &WireEvent) -> Vec<(Kind, &str)> {
    let mut found = one_by_one(Kind::Official, event.officials.as_deref());
    found.extend(one(Kind::Official, &event.official));
    found.extend(one(Kind::Official, &event.speaker));
    found.extend(one(Kind::Official, &event.said_by));
    for place in [&event.place, &event.from, &event.to, &event.base, &event.within] {
        found.extend(one(Kind::Place, place));
    }
    found.extend(one(Kind::Party, &event.party));
    found.extend(one(Kind::Party, &event.on_behalf_of));
    found.extend(one(Kind::Trip, &event.trip));
    for by in event.by.iter().flatten() {
        found.push((
            Kind::Party,
            match by {
                WireBy::Name(name) => name,
                WireBy::Full { party, .. } => party,
            },
        ));
    }
    for participant in event.participants.iter().flatten() {
        found.extend(one(Kind::Official, &participant.official));
        found.extend(one(Kind::Party, &participant.party));
    }
    // What a statement is about can be anything.
    found.extend(event.about.iter().flatten().map(|text| (Kind::Statement, text.as_str())));
    found.into_iter().map(|(kind, text)| (kind, text.trim().trim_end_matches('?').trim_end())).collect()
}

fn one(kind: Kind, text: &Option<String>) -> Option<(Kind, &str)> {
    text.as_deref().map(|text| (kind, text))
}

fn one_by_one(kind: Kind, texts: Option<&[String]>) -> Vec<(Kind, &str)> {
    texts.unwrap_or_default().iter().map(|text| (kind, text.as_str())).collect()
}

/// Finds what a name means; where it is not the one name of something known, everything that has a name.
fn known(kind: Kind, text: &str, book: &mut Book) -> Result<(), LogError> {
    if kind == Kind::Statement {
        return book.reach_registry().and_then(|()| book.reach_meeting_named(text));
    }
    if book.reach_definition(kind, text)? {
        return Ok(());
    }
    book.reach_name(text)?;
    if kind == Kind::Place {
        return known_place(text, book);
    }
    let is_found = |registry: &Registry| {
        (kind == Kind::Official && matches!(registry.find_official(text), Match::One(_)))
            || (kind == Kind::Party && matches!(registry.find_party(text), Match::One(_)))
            || (kind == Kind::Trip && matches!(registry.find_trip(text), Match::One(_)))
    };
    if is_found(View::new(book.claims(), Scope::default()).registry()) {
        return Ok(());
    }
    // Whoever misspells a trip is told those that are near.
    if kind == Kind::Trip { book.reach_all() } else { book.reach_registry() }
}

/// The same of a place: one that the gazetteer knows by this name, and the log by its id.
fn known_place(text: &str, book: &mut Book) -> Result<(), LogError> {
    let found = match geo::find(text) {
        Found::One(place) => vec![place],
        Found::Several(places) => places,
        Found::Nothing => Vec::new(),
    };
    let mut is_known = false;
    for place in found {
        is_known |= book.reach_definition(Kind::Place, place.id())?;
    }
    if is_known { Ok(()) } else { book.reach_registry() }
}

fn is_told(meeting: &str, book: &Book) -> bool {
    let mut events = book.claims().entries().flat_map(|entry| &entry.events);
    events.any(|event| event.what.kind().introduces_meeting() && event.what.meeting().is_some_and(|id| id.as_str() == meeting))
}

/// Finds the entry that a typed reference points to, with its meetings.
fn reference(text: &str, last: Option<u64>, book: &mut Book) -> Result<(), LogError> {
    let last = last.unwrap_or_else(|| book.claims().last_seq());
    match typed_reference(text, last) {
        Ok(Typed::Log(seq, _)) => book.reach_whole_entry(seq),
        Ok(Typed::Stored(reference)) => {
            book.reach_id(reference.entry())?;
            let seq = book.claims().seq(reference.entry());
            seq.map_or(Ok(()), |seq| book.reach_whole_entry(seq))
        }
        Ok(Typed::File(..)) | Err(_) => Ok(()),
    }
}

/// Whether a typed event takes back what says who or what somebody is.
fn takes_back_names(event: &WireEvent, last: Option<u64>, book: &Book) -> bool {
    let last = last.unwrap_or_else(|| book.claims().last_seq());
    event.of.iter().flatten().any(|text| {
        let entry = match typed_reference(text, last) {
            Ok(Typed::Log(seq, number)) => book.claims().entry(seq).map(|entry| (entry, number)),
            Ok(Typed::Stored(reference)) => {
                let number = if let Reference::Event(event) = reference { Some(event.number) } else { None };
                book.claims().seq(reference.entry()).and_then(|seq| book.claims().entry(seq)).map(|entry| (entry, number))
            }
            Ok(Typed::File(..)) | Err(_) => None,
        };
        entry.is_none_or(|(entry, number)| {
            entry.numbered().any(|(at, event)| number.is_none_or(|number| number == at) && event.what.kind().is_registry())
        })
    })
}
