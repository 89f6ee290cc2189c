//! Appending: all that can be refused is refused first, then one write and one sync, then the yes.

use std::fs::File;
use std::time::Duration;

use chrono::{DateTime, SubsecRound as _, Utc};

use super::{Chain, Log, LogError, Mended, Reading, Refusal, Tip, Waiting, disk, lock};
use crate::event::{Entry, EntryId, NewEntry, check_limits, compose, parse_line};

/// The one who may write to a log, as long as it lives: it holds the lock and knows the whole log.
#[derive(Debug)]
pub struct Writer {
    log: Log,
    reading: Reading,
    mended: Option<Mended>,
    /// Whether all bytes up to the tip are known to be on the disk.
    durable: bool,
    /// Whether something failed that is no refusal: what is remembered may not be what is there.
    closed: bool,
    _lock: File,
}

/// An entry that is in the log for good.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored {
    /// It was added.
    New(Entry),
    /// An entry with this id and the same content was there already, here.
    Already(Entry),
}

impl Stored {
    /// The entry in its place.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        match self {
            Self::New(entry) | Self::Already(entry) => entry,
        }
    }
}

/// What is to be written, and what the log will be then.
struct Batch {
    text: String,
    stored: Vec<Stored>,
    fresh: Vec<Entry>,
    seq: u64,
    chain: Chain,
    recorded: DateTime<Utc>,
}

impl Log {
    /// Takes the lock, reads what is there and mends a torn tail.
    ///
    /// `wait`: for how long at most; zero refuses at once, `None` waits for ever. `waiting` is called once, after a second.
    ///
    /// # Errors
    /// [`LogError::Locked`] when the wait is over, those of [`Log::read`], and what the system refuses.
    pub fn lock(&self, wait: Option<Duration>, waiting: &mut dyn FnMut(Waiting)) -> Result<Writer, LogError> {
        let lock = lock::lock(self.dir(), wait, waiting)?;
        let mut reading = self.read()?;
        let mut mended = None;
        if let Some(torn) = reading.torn.take() {
            mended = Some(self.mend(torn)?);
            reading = self.read()?;
        }
        Ok(Writer { log: self.clone(), reading, mended, durable: false, closed: false, _lock: lock })
    }
}

impl Writer {
    /// The log as it is under the lock, own entries included.
    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// What was mended when the lock was taken; worth a line on stderr.
    #[must_use]
    pub fn mended(&self) -> Option<&Mended> {
        self.mended.as_ref()
    }

    /// Stores entries, all or none, and returns when they are on the disk. `now` is when they were written down; a clock that has
    /// gone back does not take `recorded` with it.
    ///
    /// An entry may refer to an earlier one of the same batch. One that is in the log already, by id and content, is answered with its
    /// place and not stored again.
    ///
    /// # Errors
    /// [`LogError::Refused`] leaves log and writer as they were. Any other error closes the writer: [`LogError::NotStored`] when
    /// nothing was stored, [`LogError::Unknown`] when that cannot be known before the log is opened again.
    pub fn append(&mut self, entries: Vec<NewEntry>, now: DateTime<Utc>) -> Result<Vec<Stored>, LogError> {
        if self.closed {
            return Err(LogError::Closed);
        }
        let batch = self.compose(entries, now)?;
        let result = self.store(batch);
        self.closed = result.is_err();
        result
    }

    /// Composes and checks everything. Nothing is remembered of a batch that is refused.
    fn compose(&mut self, entries: Vec<NewEntry>, now: DateTime<Utc>) -> Result<Batch, LogError> {
        let Tip { seq, chain, recorded: before, .. } = self.reading.tip;
        let now = now.trunc_subsecs(3);
        let recorded = before.map_or(now, |before| before.max(now));
        let mut batch = Batch { text: String::new(), stored: Vec::new(), fresh: Vec::new(), seq, chain, recorded };
        for (index, entry) in entries.into_iter().enumerate() {
            if let Err(refusal) = self.compose_one(entry, &mut batch) {
                self.forget(&batch);
                return Err(LogError::refused(index, refusal));
            }
        }
        Ok(batch)
    }

    fn compose_one(&mut self, new: NewEntry, batch: &mut Batch) -> Result<(), Refusal> {
        let events = new.events.len();
        let salt = new.salt;
        let text = compose(&new.numbered(batch.seq + 1, batch.recorded), salt)?;
        check_limits(events, &text)?;
        // From here on only what the line says counts: it is what every reader will see.
        let line = format!("{text},\"chain\":\"{}\"}}\n", batch.chain.next(text.as_bytes()));
        let entry = parse_line(line.trim_end().as_bytes())?;
        if let Some(there) = self.there(entry.id, batch)
            && same_content(there, &entry)
        {
            batch.stored.push(Stored::Already(there.clone()));
            return Ok(());
        }
        self.reading.known.check(&entry)?;
        self.reading.known.insert(&entry);
        batch.chain = batch.chain.next(text.as_bytes());
        batch.seq = entry.seq;
        batch.text.push_str(&line);
        batch.stored.push(Stored::New(entry.clone()));
        batch.fresh.push(entry);
        Ok(())
    }

    /// The entry with this id, in the log or in the batch.
    fn there<'a>(&'a self, id: EntryId, batch: &'a Batch) -> Option<&'a Entry> {
        let at = usize::try_from(self.reading.known.seq(id)?).ok()?.checked_sub(1)?;
        let stored = self.reading.entries.len();
        if at < stored { self.reading.entries.get(at) } else { batch.fresh.get(at - stored) }
    }

    fn forget(&mut self, batch: &Batch) {
        for entry in &batch.fresh {
            self.reading.known.remove(entry.id);
        }
    }

    fn store(&mut self, batch: Batch) -> Result<Vec<Stored>, LogError> {
        // Also before an entry that is there already is acknowledged: whoever wrote it may have died before its sync.
        self.take_over().map_err(not_stored)?;
        if batch.fresh.is_empty() {
            return Ok(batch.stored);
        }
        self.roll_over(batch.text.len() as u64).map_err(not_stored)?;
        self.write(&batch)?;
        let tip = &mut self.reading.tip;
        tip.seq = batch.seq;
        tip.chain = batch.chain;
        tip.recorded = Some(batch.recorded);
        tip.length += batch.text.len() as u64;
        self.reading.entries.extend(batch.fresh);
        Ok(batch.stored)
    }

    /// Puts on the disk what others wrote before anything is built on it: a writer that was killed between its write and its sync left
    /// bytes that can be read, and that a power failure can take away.
    fn take_over(&mut self) -> Result<(), LogError> {
        if !self.durable && self.reading.tip.segment > 0 {
            let path = self.log.segment(self.reading.tip.segment);
            disk::sync(&disk::open_append(&path)?, &path)?;
            disk::sync_directory(self.log.dir())?;
        }
        self.durable = true;
        Ok(())
    }

    /// Opens the first segment, or the next one when the batch would overfill the last.
    fn roll_over(&mut self, bytes: u64) -> Result<(), LogError> {
        let tip = &mut self.reading.tip;
        let room = tip.length == 0 || tip.length + bytes <= self.log.segment_bytes();
        if tip.segment > 0 && room {
            return Ok(());
        }
        if tip.segment > 0 {
            let path = self.log.segment(tip.segment);
            disk::sync(&disk::open_append(&path)?, &path)?;
        }
        disk::create(&self.log.segment(tip.segment + 1), b"")?;
        disk::sync_directory(self.log.dir())?;
        tip.segment += 1;
        tip.length = 0;
        Ok(())
    }

    /// One write, one sync. A sync that fails is never tried again.
    fn write(&self, batch: &Batch) -> Result<(), LogError> {
        let Tip { segment, length, .. } = self.reading.tip;
        let path = self.log.segment(segment);
        let file = disk::open_append(&path).map_err(not_stored)?;
        if disk::length(&file, &path).map_err(not_stored)? != length {
            return Err(LogError::Disturbed { file: path });
        }
        let unknown = |source| LogError::Unknown { entries: batch.fresh.iter().map(|entry| entry.id).collect(), source };
        if let Err(error) = disk::write(&file, &path, batch.text.as_bytes()) {
            return Err(match disk::truncate(&file, &path, length) {
                Ok(()) => not_stored(error),
                Err(_) => unknown(Box::new(error)),
            });
        }
        disk::sync(&file, &path).map_err(|error| unknown(Box::new(error)))
    }
}

fn not_stored(error: LogError) -> LogError {
    LogError::NotStored(Box::new(error))
}

/// Whether two entries say the same, wherever and whenever they were stored.
fn same_content(one: &Entry, other: &Entry) -> bool {
    let Entry { seq: _, id, recorded: _, logged_by, source, embargo, events, x } = one;
    (id, logged_by, source, embargo, events, x)
        == (&other.id, &other.logged_by, &other.source, &other.embargo, &other.events, &other.x)
}
