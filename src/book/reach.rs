//! What a question reaches of a log: a verb says what it is about, and the book finds that much by the index.
//!
//! Where the log is short or has no index that fits, the book holds all of it, and there is nothing to find. What a question wants beyond its
//! days (where somebody was last, which trip a stop is part of) shows in the answer itself: the days are widened until it is told.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use super::part::{Gathering, Part};
use super::{Book, OpenBook};
use crate::event::{Days, EntryId, Key, Kind, OfficialId, PlaceId, Subject, TripId, day_number, day_of, numbered_day};
use crate::log::{Broken, Index, Log, LogError, Waiting};
use crate::projection::{AsOf, Scope};
use crate::query::{Further, Inquiry, More};
use crate::time::Span;

/// How many days around those asked about are read at first.
const AROUND: i64 = 7;

impl OpenBook {
    /// Takes the lock of a log to write an entry that touches little of it: what that is has to be found.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn lock_part(
        dir: &Path,
        now: DateTime<Utc>,
        wait: Option<Duration>,
        waiting: &mut dyn FnMut(Waiting),
    ) -> Result<Self, LogError> {
        let log = Log::open(dir)?;
        let writer = log.lock_indexed(wait, waiting)?;
        let book = Book::open_part(dir, now, &mut |_, _| {})?;
        Ok(Self { writer, book })
    }
}

impl Book {
    /// Opens the log of a directory by its index, to ask it about something; what is short is read as a whole.
    ///
    /// `now` is when embargoes are judged; `progress` is told how many of how many bytes were indexed, where that has to be done first.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn open_part(dir: &Path, now: DateTime<Utc>, progress: &mut dyn FnMut(u64, u64)) -> Result<Self, LogError> {
        let log = Log::open(dir)?;
        let index = match log.index(progress) {
            Ok(Some(index)) => index,
            Ok(None) => return Self::open(dir),
            // Whether it is damage, or a tail that was mended meanwhile, shows in the whole log, which says it in its own words.
            Err(error) if error.is_damage() => return Self::open(dir),
            Err(error) => return Err(error),
        };
        let (torn, behind) = (index.torn().cloned(), index.behind().copied());
        let Ok((part, claims)) = Part::new(index, log.zone()) else { return Self::open_anew(dir) };
        let mut book = Self { log, claims, torn, behind, part: Some(part) };
        book.find(|part| part.under_embargo(day_of(now)))?;
        Ok(book)
    }

    /// Opens a log as a whole whose index led astray: where the log itself is sound, the index is not, and is made anew next time.
    fn open_anew(dir: &Path) -> Result<Self, LogError> {
        let book = Self::open(dir)?;
        book.log.forget_index();
        Ok(book)
    }

    /// Whether the claims are those of the whole log.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.part.is_none()
    }

    /// Reads the whole log, for questions that nothing less answers.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_all(&mut self) -> Result<(), LogError> {
        if self.part.take().is_some() {
            *self = Self::open(self.log.dir())?;
        }
        Ok(())
    }

    /// Finds something; where the index fails, the whole log is read, and holds it.
    fn find<T>(&mut self, find: impl FnOnce(&mut Gathering<'_>) -> Result<T, Broken>) -> Result<Option<T>, LogError> {
        let Some(part) = &mut self.part else { return Ok(None) };
        match find(&mut Gathering { part, claims: &mut self.claims }) {
            Ok(found) => Ok(Some(found)),
            Err(Broken) => {
                *self = Self::open_anew(self.log.dir())?;
                Ok(None)
            }
        }
    }

    /// An entry, of which nothing is shown.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_entry(&mut self, seq: u64) -> Result<(), LogError> {
        self.find(|part| part.entry(seq)).map(|_| ())
    }

    /// An entry with all that it says and refers to.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_whole_entry(&mut self, seq: u64) -> Result<(), LogError> {
        self.find(|part| part.whole(seq)).map(|_| ())
    }

    /// An entry by its id.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_id(&mut self, id: EntryId) -> Result<(), LogError> {
        self.find(|part| part.by_id(id)).map(|_| ())
    }

    /// Whoever and whatever a typed name may mean: officials, parties, places and trips. Where nothing bears it, everything that has a name, for
    /// those who tell what is near.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_name(&mut self, typed: &str) -> Result<(), LogError> {
        self.find(|part| if part.named(typed)? { Ok(()) } else { part.registry() }).map(|_| ())
    }

    /// The meetings whose ids or titles a typed name fits, for those who are told nothing of what is near.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_titled(&mut self, typed: &str) -> Result<(), LogError> {
        self.find(|part| part.titled(typed)).map(|_| ())
    }

    /// The meeting that a typed text is the id of, else those whose names fit it.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_meeting_named(&mut self, typed: &str) -> Result<(), LogError> {
        match self.find(|part| {
            part.meeting(typed).map(|()| {
                part.claims
                    .entries()
                    .flat_map(|entry| &entry.events)
                    .any(|event| event.what.meeting().is_some_and(|id| id.as_str() == typed))
            })
        })? {
            Some(false) => self.reach_title(typed),
            Some(true) | None => Ok(()),
        }
    }

    /// The meetings that a typed name may mean.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_title(&mut self, typed: &str) -> Result<(), LogError> {
        match self.find(|part| part.titled(typed))? {
            Some(false) => self.reach_all(),
            Some(true) | None => Ok(()),
        }
    }

    /// Who or what an id is; whether anything says so.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_definition(&mut self, kind: Kind, id: &str) -> Result<bool, LogError> {
        self.find(|part| part.define(kind, id))?;
        let defines = |event: &crate::event::Event| event.what.kind() == kind && event.what.defines().as_deref() == Some(id);
        Ok(self.claims.entries().flat_map(|entry| &entry.events).any(defines))
    }

    /// The meetings that share a word with the id of another, as far as these are not many.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_titles_like(&mut self, id: &str) -> Result<(), LogError> {
        self.find(|part| part.titles_like(id)).map(|_| ())
    }

    /// All that says who or what any id is.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_registry(&mut self) -> Result<(), LogError> {
        self.find(|part| part.registry()).map(|_| ())
    }

    /// All of a meeting.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_meeting(&mut self, id: &str) -> Result<(), LogError> {
        self.find(|part| part.meeting(id)).map(|_| ())
    }

    /// All that somebody said.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_said(&mut self, speaker: &str) -> Result<(), LogError> {
        self.find(|part| part.said(speaker)).map(|_| ())
    }

    /// All that was said about something.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_said_about(&mut self, id: &str) -> Result<(), LogError> {
        self.find(|part| part.said_about(id)).map(|_| ())
    }

    /// The entries that say the same from the same source.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_like(&mut self, entry: &crate::event::NewEntry) -> Result<(), LogError> {
        self.find(|part| part.like(entry)).map(|_| ())
    }

    /// The meetings that can be pending under some clocks.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_pending(&mut self, scope: Scope) -> Result<(), LogError> {
        if let Some(AsOf::Seq(seq)) = scope.as_of {
            self.reach_entry(seq)?;
        }
        let recorded = match scope.as_of {
            None => None,
            Some(AsOf::At(at)) => Some(at),
            Some(AsOf::Seq(seq)) => self.claims.entry(seq).map(|entry| entry.recorded),
        };
        // What only one of the clocks hides is not seen, and what both show is.
        let last = [recorded, scope.public_by].into_iter().flatten().min().map_or(i32::MAX, day_of);
        self.find(|part| part.pending(last)).map(|_| ())
    }

    /// What is needed of an official for an answer of some kind.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_official(
        &mut self,
        official: &OfficialId,
        inquiry: Inquiry,
        scope: Scope,
        on: NaiveDate,
        carry: i64,
    ) -> Result<(), LogError> {
        let undated = inquiry == Inquiry::Itinerary { from: None, to: None };
        let mut days = inquiry.first(on, carry, AROUND);
        let mut meetings_to = days.to;
        let mut by = AROUND;
        let mut trips: Vec<TripId> = Vec::new();
        while !self.is_whole() {
            let seated =
                numbered(Span { from: days.from, to: meetings_to.zip(days.to).map(|(meetings, days)| meetings.max(days)) });
            self.find(|part| part.official(official.as_str(), numbered(days), seated, undated))?;
            let Some(more) = inquiry.more(&self.ask(scope, on, carry), official, days, meetings_to) else { break };
            let new: Vec<TripId> = more.trips.iter().filter(|trip| !trips.contains(trip)).cloned().collect();
            if new.is_empty() && [more.back, more.forward, more.meetings].iter().all(|further| *further == Further::Enough) {
                break;
            }
            for trip in new {
                self.find(|part| part.trip(trip.as_str()))?;
                trips.push(trip);
            }
            let widened = self.find(|part| widened(&part.part.index, official.as_str(), days, meetings_to, &more, by))?;
            (days, meetings_to) = widened.unwrap_or((days, meetings_to));
            by *= 2;
        }
        Ok(())
    }

    /// The journeys and stays of an official that show on no day.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_undated(&mut self, official: &OfficialId) -> Result<(), LogError> {
        self.find(|part| part.undated(official.as_str())).map(|_| ())
    }

    /// The officials who may be in a place on a day; `None` where everybody has to be looked at.
    ///
    /// # Errors
    /// Those of [`Book::open`].
    pub fn reach_people(
        &mut self,
        place: &PlaceId,
        scope: Scope,
        on: NaiveDate,
        carry: i64,
    ) -> Result<Option<Vec<OfficialId>>, LogError> {
        let days = numbered(Inquiry::Presence.first(on, carry, 0));
        let Some(found) = self.find(|part| part.people(place.as_str(), days))? else { return Ok(None) };
        let officials: Vec<OfficialId> = found.iter().filter_map(|id| id.parse().ok()).collect();
        for official in &officials {
            self.reach_official(official, Inquiry::Presence, scope, on, carry)?;
        }
        Ok((!self.is_whole()).then_some(officials))
    }
}

/// Some days as an index has them.
fn numbered(days: Span) -> Days {
    Days { from: days.from.map_or(i32::MIN, day_number), to: days.to.map_or(i32::MAX, day_number) }
}

/// Days, and days of meetings, widened by what more is wanted; where only the next thing is, by so many days at least.
fn widened(
    index: &Index,
    official: &str,
    days: Span,
    meetings_to: Option<NaiveDate>,
    more: &More,
    by: i64,
) -> Result<(Span, Option<NaiveDate>), Broken> {
    let shift = i32::try_from(by).unwrap_or(i32::MAX / 4);
    let keys = [Subject::Official(official).key(), Subject::Seat(official).key()];
    let before = |day: i32| -> Result<Option<i32>, Broken> {
        Ok(keys.iter().map(|key| index.before(*key, day)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().max())
    };
    let after = |keys: &[Key], day: i32| -> Result<Option<i32>, Broken> {
        Ok(keys.iter().map(|key| index.after(*key, day)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().min())
    };
    let from = match (days.from, more.back) {
        (None, _) => None,
        (from, Further::Enough) => from,
        (Some(from), Further::To(day)) => Some(day.min(from)),
        (Some(from), Further::Next) => before(day_number(from))?.map(|found| numbered_day(found - shift)),
    };
    let later = |to: Option<NaiveDate>, further: Further, keys: &[Key]| -> Result<Option<NaiveDate>, Broken> {
        Ok(match (to, further) {
            (None, _) => None,
            (to, Further::Enough) => to,
            (Some(to), Further::To(day)) => Some(day.max(to)),
            (Some(to), Further::Next) => after(keys, day_number(to))?.map(|found| numbered_day(found + shift)),
        })
    };
    let [_, seat] = keys;
    Ok((Span { from, to: later(days.to, more.forward, &keys)? }, later(meetings_to, more.meetings, &[seat])?))
}
