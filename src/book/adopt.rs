//! Two logs that both grew: the entries that one has and the other lacks are added to it under new numbers, with the ids they have.

use chrono::{DateTime, Utc};

use super::OpenBook;
use crate::event::{Entry, NewEntry};
use crate::log::{LogError, Refusal, Stored};
use crate::time::Published;

/// What became of the entries of another log.
#[derive(Debug, Default)]
pub struct Adopted {
    /// How many were added.
    pub added: u64,
    /// How many were there already.
    pub already: u64,
    /// Those that were not, by their number in the other log, and why.
    pub refused: Vec<(u64, String)>,
}

impl OpenBook {
    /// Adds those entries that the log lacks, by id; references hold, since they are by id too. What counts as public when it was
    /// recorded keeps that date: here it is recorded now.
    ///
    /// An entry that the log has under another content, or that refers to one it does not have, is refused: with all others, or, if
    /// `keep_going`, alone.
    ///
    /// # Errors
    /// [`LogError`]; nothing was added then, unless it says so.
    pub fn adopt(
        &mut self,
        entries: Vec<Entry>,
        keep_going: bool,
        now: DateTime<Utc>,
        salt: &mut dyn FnMut() -> u64,
    ) -> Result<Adopted, LogError> {
        let is_there = |entry: &Entry| self.writer.entry(entry.id).is_some_and(|there| is_same(&there, entry));
        let (already, lacking): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(is_there);
        let numbers: Vec<u64> = lacking.iter().map(|entry| entry.seq).collect();
        let number_of = |index: usize| numbers.get(index).copied().unwrap_or_default();
        let batch = lacking.into_iter().map(|entry| renewed(dated(entry), salt())).collect();
        let (stored, refused) = if keep_going {
            self.writer.append_what_can_be(batch, now)?
        } else {
            (self.writer.append(batch, now).map_err(|error| told(error, &number_of))?, Vec::new())
        };
        self.claim(&stored);
        Ok(Adopted {
            added: stored.iter().filter(|stored| matches!(stored, Stored::New(_))).count() as u64,
            already: already.len() as u64,
            refused: refused.into_iter().map(|(index, refusal)| (number_of(index), refusal.to_string())).collect(),
        })
    }
}

/// A refusal that names the entry by its number in the other log.
fn told(error: LogError, number_of: &dyn Fn(usize) -> u64) -> LogError {
    let LogError::Refused { number, refusal } = error else { return error };
    let seq = number_of(number.saturating_sub(1));
    LogError::Refused { number, refusal: Refusal::Adopted { seq, source: Box::new(refusal) } }
}

/// An entry whose source bears the date that it counts as public from.
fn dated(mut entry: Entry) -> Entry {
    entry.source.published.get_or_insert(Published::At(entry.recorded.fixed_offset()));
    entry
}

/// Whether two entries say the same: as they stand, or with the dates that they count from.
pub(super) fn is_same(one: &Entry, other: &Entry) -> bool {
    same(one, other) || same(&dated(one.clone()), &dated(other.clone()))
}

fn same(one: &Entry, other: &Entry) -> bool {
    let at_one_place = |entry: &Entry| Entry { seq: 0, recorded: DateTime::UNIX_EPOCH, ..entry.clone() };
    at_one_place(one) == at_one_place(other)
}

fn renewed(entry: Entry, salt: u64) -> NewEntry {
    let Entry { seq: _, id, recorded: _, logged_by, source, embargo, events, x } = entry;
    NewEntry { id, logged_by, source, embargo, events, x, salt }
}
