//! The open daybook: a log, and what it claims. A question states its scope here; an entry is written here.

mod adopt;
mod part;
mod reach;

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use crate::event::{Entry, EntryId, NewEntry};
use crate::log::{Log, LogError, Mended, Refusal, Seal, Stored, Torn, Waiting, Writer};
use crate::projection::{AsOf, Claims, Scope};
use crate::query::Asked;
use crate::time::Zone;
use part::Part;

pub use adopt::Adopted;

/// A log that was read, and its claims.
#[derive(Debug)]
pub struct Book {
    log: Log,
    claims: Claims,
    torn: Option<Torn>,
    behind: Option<Seal>,
    /// What the claims are a part of, if they are not those of the whole log.
    part: Option<Part>,
}

/// A log under its lock, to which entries can be added.
#[derive(Debug)]
pub struct OpenBook {
    writer: Writer,
    book: Book,
}

impl Book {
    /// Opens and reads the log of a directory. Nothing is written, and no lock is taken.
    ///
    /// # Errors
    /// [`LogError`]: no log, a damaged one, one from the future, or what the system refuses.
    pub fn open(dir: &Path) -> Result<Self, LogError> {
        let log = Log::open(dir)?;
        let reading = log.read()?;
        let claims = Claims::of(log.zone(), reading.entries);
        Ok(Self { log, claims, torn: reading.torn, behind: reading.behind, part: None })
    }

    /// What the log claims.
    #[must_use]
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// The log.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// A torn tail, if a writer died; the next append mends it.
    #[must_use]
    pub fn torn(&self) -> Option<&Torn> {
        self.torn.as_ref()
    }

    /// The last entry that was acknowledged on this machine, if the log does not have it.
    #[must_use]
    pub fn behind(&self) -> Option<&Seal> {
        self.behind.as_ref()
    }

    /// The zone of the log, in which a day as a bound ends.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.log.zone()
    }

    /// The day that a question is about if it names none: the earliest of now and its two other clocks.
    #[must_use]
    pub fn default_day(&self, scope: Scope, now: DateTime<Utc>) -> NaiveDate {
        let as_of = match scope.as_of {
            None => None,
            Some(AsOf::At(at)) => Some(at),
            Some(AsOf::Seq(seq)) => self.claims.entry(seq).map(|entry| entry.recorded),
        };
        let at = [Some(now), scope.public_by, as_of].into_iter().flatten().min().unwrap_or(now);
        self.zone().day_at(at)
    }

    /// Puts a question.
    #[must_use]
    pub fn ask(&self, scope: Scope, on: NaiveDate, carry: i64) -> Asked<'_> {
        Asked::new(&self.claims, scope, on, carry)
    }

    /// Refuses to go on unless the last entry has this number, if one is given.
    ///
    /// # Errors
    /// [`LogError::Unexpected`].
    pub fn expect(&self, seq: Option<u64>) -> Result<(), LogError> {
        expect(seq, &self.claims)
    }

    /// What [`OpenBook::adopt`] would do with the entries of another log, as far as their ids tell.
    #[must_use]
    pub fn try_to_adopt(&self, entries: &[Entry]) -> Adopted {
        let there: HashMap<EntryId, &Entry> = self.claims.entries().map(|entry| (entry.id, entry)).collect();
        let mut adopted = Adopted::default();
        for entry in entries {
            match there.get(&entry.id) {
                None => adopted.added += 1,
                Some(there) if adopt::is_same(there, entry) => adopted.already += 1,
                Some(there) => {
                    let refusal = Refusal::OtherContent { id: entry.id, seq: there.seq };
                    adopted.refused.push((entry.seq, refusal.to_string()));
                }
            }
        }
        adopted
    }

    /// What the log would claim with one more entry.
    #[must_use]
    pub fn with(&self, entry: &Entry) -> Claims {
        let mut claims = self.claims.clone();
        claims.insert_shown(entry.clone());
        claims
    }

    /// Takes in an entry that was written.
    fn take_in(&mut self, entry: &Entry) {
        self.claims.insert_shown(entry.clone());
    }
}

impl OpenBook {
    /// Takes the lock of a log, reads it and mends a torn tail.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn lock(dir: &Path, wait: Option<Duration>, waiting: &mut dyn FnMut(Waiting)) -> Result<Self, LogError> {
        let log = Log::open(dir)?;
        let writer = log.lock(wait, waiting)?;
        let claims = Claims::of(log.zone(), writer.whole().into_iter().flat_map(|reading| reading.entries.iter().cloned()));
        let book = Book { log, claims, torn: None, behind: writer.behind().copied(), part: None };
        Ok(Self { writer, book })
    }

    /// What the log claims, under the lock.
    #[must_use]
    pub fn claims(&self) -> &Claims {
        &self.book.claims
    }

    /// The book under the lock, for those who have to find something in it.
    pub fn book(&mut self) -> &mut Book {
        &mut self.book
    }

    /// What was mended when the lock was taken.
    #[must_use]
    pub fn mended(&self) -> Option<&Mended> {
        self.writer.mended()
    }

    /// The last entry that was acknowledged on this machine, if the log did not have it when the lock was taken.
    #[must_use]
    pub fn behind(&self) -> Option<&Seal> {
        self.writer.behind()
    }

    /// Refuses to go on unless the last entry has this number, if one is given.
    ///
    /// # Errors
    /// [`LogError::Unexpected`].
    pub fn expect(&self, seq: Option<u64>) -> Result<(), LogError> {
        self.book.expect(seq)
    }

    /// Writes entries: all of them, durably, or none.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn write(&mut self, entries: Vec<NewEntry>, now: DateTime<Utc>) -> Result<Vec<Stored>, LogError> {
        let stored = self.writer.append(entries, now)?;
        self.claim(&stored);
        Ok(stored)
    }

    fn claim(&mut self, stored: &[Stored]) {
        for entry in stored {
            self.book.take_in(entry.entry());
        }
    }
}

fn expect(expected: Option<u64>, claims: &Claims) -> Result<(), LogError> {
    let last = claims.last_seq();
    match expected.filter(|expected| *expected != last) {
        None => Ok(()),
        Some(expected) => Err(LogError::Unexpected { expected, last }),
    }
}
