//! Appending: all that can be refused is refused first, then one write and one sync, then the yes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, SubsecRound as _, Utc};

use super::disk::{Held, Open};
use super::index::Growing;
use super::mark::Marks;
use super::mutant::Mutant;
use super::rules::{Place, Ties};
use super::{Chain, Log, LogError, Mended, Reading, Refusal, Seal, Spot, Tip, Torn, Waiting, lock};
use crate::event::{Entry, EntryId, NewEntry, check_limits, compose_new, parse_line};

/// The one who may write to a log, as long as it lives: it holds the lock, and knows the whole log or how to find what is in it.
#[derive(Debug)]
pub struct Writer {
    log: Log,
    tip: Tip,
    ground: Ground,
    mended: Option<Mended>,
    marks: Marks,
    /// Whether all bytes up to the tip are known to be on the disk.
    durable: bool,
    /// Whether something failed that is no refusal: what is remembered may not be what is there.
    closed: bool,
    _lock: Box<dyn Held>,
}

/// What a writer knows of what was stored before.
#[derive(Debug)]
enum Ground {
    /// Everything.
    Whole(Box<Reading>),
    /// Where to find it.
    Indexed(Box<Growing>),
}

impl Ground {
    fn place(&self, id: EntryId) -> Option<Place> {
        match self {
            Self::Whole(reading) => reading.known.place(id),
            Self::Indexed(growing) => growing.place(id),
        }
    }

    fn entry(&self, id: EntryId) -> Option<Cow<'_, Entry>> {
        match self {
            Self::Whole(reading) => reading.entry(id).map(Cow::Borrowed),
            Self::Indexed(growing) => growing.entry(id).map(Cow::Owned),
        }
    }

    fn tip(&self) -> Tip {
        match self {
            Self::Whole(reading) => reading.tip,
            Self::Indexed(growing) => *growing.index.tip(),
        }
    }

    fn take_torn(&mut self) -> Option<Torn> {
        match self {
            Self::Whole(reading) => reading.torn.take(),
            Self::Indexed(growing) => growing.index.torn().cloned(),
        }
    }

    /// Whether the index that it is found by is not that of the log.
    fn is_broken(&self) -> bool {
        match self {
            Self::Whole(_) => false,
            Self::Indexed(growing) => growing.is_broken(),
        }
    }
}

/// An entry that is in the log for good.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored {
    /// It was added.
    New(Entry),
    /// An entry with this id and the same content was there already, here.
    Already(Entry),
}

/// The place of an entry among those given, from 0, and the rule that it breaks.
pub type Refused = (usize, Refusal);

impl Stored {
    /// The entry in its place.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        match self {
            Self::New(entry) | Self::Already(entry) => entry,
        }
    }
}

/// What is to be written, and what was asked for.
struct Batch {
    /// One or, where a segment has no room for all, several.
    pieces: Vec<Piece>,
    stored: Vec<Stored>,
    /// The entries to be written, by their ids: which piece, and which of it.
    fresh: HashMap<EntryId, (Place, usize, usize)>,
    /// What the log will be when all is written.
    tip: Tip,
}

/// What one write puts into one segment.
struct Piece {
    text: String,
    /// The entries, each with where its line begins in the segment and how long it is.
    fresh: Vec<(Entry, u64, u64)>,
    tip: Tip,
}

impl Log {
    /// Takes the lock, reads what is there and mends a torn tail.
    ///
    /// `wait`: for how long at most; zero refuses at once, `None` waits for ever. `waiting` is called once, after a second.
    ///
    /// # Errors
    /// [`LogError::Locked`] when the wait is over, [`LogError::Poisoned`] when a sync has failed since the machine was started, those
    /// of [`Log::read`], and what the system refuses.
    pub fn lock(&self, wait: Option<Duration>, waiting: &mut dyn FnMut(Waiting)) -> Result<Writer, LogError> {
        self.lock_and(wait, waiting, || self.read().map(|reading| Ground::Whole(Box::new(reading))))
    }

    /// The same for somebody who needs no more of the log than the index finds, which grows with what is written.
    ///
    /// # Errors
    /// Those of [`Log::lock`].
    pub fn lock_indexed(&self, wait: Option<Duration>, waiting: &mut dyn FnMut(Waiting)) -> Result<Writer, LogError> {
        self.lock_and(wait, waiting, || match self.growing() {
            Ok(growing) => Ok(Ground::Indexed(Box::new(growing))),
            // What is wrong is said in the words of those who read everything.
            Err(error) if error.is_damage() => self.read().map(|reading| Ground::Whole(Box::new(reading))),
            Err(error) => Err(error),
        })
    }

    /// The same for somebody who has read the log before, and reads on from there.
    ///
    /// # Errors
    /// Those of [`Log::lock`].
    pub fn lock_on(&self, before: Reading, wait: Option<Duration>, waiting: &mut dyn FnMut(Waiting)) -> Result<Writer, LogError> {
        let mut before = Some(before);
        let mut read = || before.take().map_or_else(|| self.read(), |before| self.read_on(before));
        self.lock_and(wait, waiting, || read().map(|reading| Ground::Whole(Box::new(reading))))
    }

    fn lock_and(
        &self,
        wait: Option<Duration>,
        waiting: &mut dyn FnMut(Waiting),
        mut read: impl FnMut() -> Result<Ground, LogError>,
    ) -> Result<Writer, LogError> {
        let lock = lock::lock(self.disk(), self.dir(), wait, waiting)?;
        let stale = self.is_poison_stale()?;
        let mut ground = read()?;
        if stale {
            // The machine was started anew: what is shown now is what the disk has.
            self.take_over(&ground.tip())?;
            self.unpoison()?;
        }
        let mut mended = None;
        if let Some(torn) = ground.take_torn() {
            mended = Some(self.mend(torn)?);
            ground = read()?;
        }
        let marks = self.open_marks();
        self.prepare_poison();
        let tip = ground.tip();
        Ok(Writer { log: self.clone(), tip, ground, mended, marks, durable: false, closed: false, _lock: lock })
    }

    /// Puts on the disk what others wrote before anything is built on it: a writer that was killed between its write and its sync left
    /// bytes that can be read, and that a power failure can take away.
    fn take_over(&self, tip: &Tip) -> Result<(), LogError> {
        if self.has(Mutant::TakesNothingOver) { Ok(()) } else { self.settle(tip.segment) }
    }

    /// What is shown of a segment, and its name, are on the disk when this returns. Whoever says of a log what it is does this first:
    /// bytes that can be read may still be taken away by a power failure. Needs no right to write.
    pub(super) fn settle(&self, segment: u32) -> Result<(), LogError> {
        if segment > 0 {
            self.sync(&self.disk().reading(&self.segment(segment))?)?;
            self.sync_names()?;
        }
        Ok(())
    }

    /// A sync of the log. One that fails is never tried again, and nobody builds on what it left.
    pub(super) fn sync(&self, file: &Open) -> Result<(), LogError> {
        let mut synced = file.sync();
        if synced.is_err() && self.has(Mutant::TriesASyncAgain) {
            synced = file.sync();
        }
        synced.inspect_err(|_| self.poison())
    }

    /// The same for the names in the log's directory.
    pub(super) fn sync_names(&self) -> Result<(), LogError> {
        self.disk().keep_names(self.dir()).inspect_err(|error| {
            if error.is_of_sync() {
                self.poison();
            }
        })
    }

    /// Cuts a segment for good.
    pub(super) fn cut(&self, file: &Open, length: u64) -> Result<(), LogError> {
        file.cut(length)?;
        self.sync(file)
    }
}

impl Writer {
    /// Where the log ends, own entries included.
    #[must_use]
    pub fn tip(&self) -> &Tip {
        &self.tip
    }

    /// The log as it is under the lock, own entries included, if it was read as a whole.
    #[must_use]
    pub fn whole(&self) -> Option<&Reading> {
        match &self.ground {
            Ground::Whole(reading) => Some(reading),
            Ground::Indexed(_) => None,
        }
    }

    /// The last entry that was acknowledged on this machine, if the log did not have it when the lock was taken.
    #[must_use]
    pub fn behind(&self) -> Option<&Seal> {
        match &self.ground {
            Ground::Whole(reading) => reading.behind.as_ref(),
            Ground::Indexed(growing) => growing.index.behind(),
        }
    }

    /// The entry with this id.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<Cow<'_, Entry>> {
        self.ground.entry(id)
    }

    /// What was mended when the lock was taken; worth a line on stderr.
    #[must_use]
    pub fn mended(&self) -> Option<&Mended> {
        self.mended.as_ref()
    }

    /// Lets others write, and gives back what is known of the log, if it was read as a whole.
    #[must_use]
    pub fn unlock(self) -> Option<Reading> {
        self.whole().cloned()
    }

    /// Stores entries, all or none, and returns when they are on the disk. `now` is when they were written down; a clock that has
    /// gone back does not take `recorded` with it.
    ///
    /// An entry may refer to an earlier one of the same batch. One that is in the log already, by id and content, is answered with its
    /// place and not stored again. More than a segment holds goes to the disk in several writes; a failure between them is
    /// [`LogError::Midway`].
    ///
    /// # Errors
    /// [`LogError::Refused`] leaves log and writer as they were. Any other error closes the writer: [`LogError::NotStored`] when
    /// nothing was stored, [`LogError::Unknown`] when that cannot be known before the log is opened again.
    pub fn append(&mut self, entries: Vec<NewEntry>, now: DateTime<Utc>) -> Result<Vec<Stored>, LogError> {
        self.append_all(&[(entries, now)])
    }

    /// The same for what was written down at several moments, each later than the one before.
    ///
    /// # Errors
    /// Those of [`Writer::append`].
    pub fn append_all(&mut self, entries: &[(Vec<NewEntry>, DateTime<Utc>)]) -> Result<Vec<Stored>, LogError> {
        let (batch, refused) = self.compose(entries)?;
        match refused.into_iter().next() {
            None => self.store(batch),
            Some((index, refusal)) => Err(LogError::refused(index, refusal)),
        }
    }

    /// Stores those entries that break no rule; with them, the others by their place among those given.
    ///
    /// # Errors
    /// Those of [`Writer::append`], but for a refusal.
    pub fn append_what_can_be(
        &mut self,
        entries: Vec<NewEntry>,
        now: DateTime<Utc>,
    ) -> Result<(Vec<Stored>, Vec<Refused>), LogError> {
        let (batch, refused) = self.compose(&[(entries, now)])?;
        Ok((self.store(batch)?, refused))
    }

    /// Stores lines of another copy of this log, which are checked again when they are read.
    pub(super) fn append_lines(&mut self, segment: u32, lines: &[u8]) -> Result<(), LogError> {
        if !self.durable {
            self.log.take_over(&self.tip)?;
            self.durable = true;
        }
        if segment > self.tip.segment {
            self.roll_over(segment)?;
        }
        self.write(segment, lines, &[])?;
        self.tip.length += lines.len() as u64;
        Ok(())
    }

    /// Composes and checks everything, and tells what breaks a rule.
    fn compose(&mut self, entries: &[(Vec<NewEntry>, DateTime<Utc>)]) -> Result<(Batch, Vec<Refused>), LogError> {
        if self.closed {
            return Err(LogError::Closed);
        }
        let composed = self.compose_all(entries);
        if !self.ground.is_broken() {
            return Ok(composed);
        }
        // Nothing that such an index said counts.
        self.ground = Ground::Whole(Box::new(self.log.read()?));
        Ok(self.compose_all(entries))
    }

    fn compose_all(&self, entries: &[(Vec<NewEntry>, DateTime<Utc>)]) -> (Batch, Vec<Refused>) {
        let mut batch = Batch { pieces: Vec::new(), stored: Vec::new(), fresh: HashMap::new(), tip: self.tip };
        let mut refused = Vec::new();
        let dated = entries.iter().flat_map(|(entries, now)| entries.iter().map(|entry| (entry, now.trunc_subsecs(3))));
        for (index, (entry, now)) in dated.enumerate() {
            batch.tip.recorded = Some(batch.tip.recorded.map_or(now, |before| before.max(now)));
            if let Err(refusal) = self.compose_one(entry, &mut batch) {
                refused.push((index, refusal));
            }
        }
        (batch, refused)
    }

    fn compose_one(&self, new: &NewEntry, batch: &mut Batch) -> Result<(), Refusal> {
        let Tip { seq, chain, recorded, .. } = batch.tip;
        let text = compose_new(new, seq + 1, recorded.unwrap_or_default())?;
        check_limits(new.events.len(), &text)?;
        // From here on only what the line says counts: it is what every reader will see.
        let chain = chain.next(text.as_bytes());
        let line = format!("{text},\"chain\":\"{chain}\"}}\n");
        let entry = parse_line(line.trim_end().as_bytes())?;
        if let Some(there) = batch.entry(entry.id).map(Cow::Borrowed).or_else(|| self.ground.entry(entry.id))
            && same_content(&there, &entry)
        {
            batch.stored.push(Stored::Already(there.into_owned()));
            return Ok(());
        }
        Ties::of(&entry).check(|id| batch.fresh.get(&id).map(|(place, ..)| *place).or_else(|| self.ground.place(id)))?;
        batch.stored.push(Stored::New(entry.clone()));
        batch.push(&line, entry, chain, self.log.segment_bytes());
        Ok(())
    }

    fn store(&mut self, batch: Batch) -> Result<Vec<Stored>, LogError> {
        let result = self.store_pieces(batch);
        self.closed = result.is_err();
        result
    }

    fn store_pieces(&mut self, batch: Batch) -> Result<Vec<Stored>, LogError> {
        // Also before an entry that is there already is acknowledged: whoever wrote it may have died before its sync.
        if !self.durable {
            self.log.take_over(&self.tip).map_err(not_stored)?;
            self.durable = true;
        }
        let before = self.tip.seq;
        for piece in batch.pieces {
            self.store_piece(piece).map_err(|error| match self.tip.seq - before {
                0 => error,
                stored => LogError::Midway { stored, source: Box::new(error) },
            })?;
        }
        let Tip { seq, chain, .. } = self.tip;
        self.marks.note(&Seal { log: self.log.id(), seq, chain });
        Ok(batch.stored)
    }

    fn store_piece(&mut self, piece: Piece) -> Result<(), LogError> {
        if piece.tip.segment > self.tip.segment {
            self.roll_over(piece.tip.segment).map_err(not_stored)?;
        }
        let ids: Vec<EntryId> = piece.fresh.iter().map(|(entry, ..)| entry.id).collect();
        self.write(piece.tip.segment, piece.text.as_bytes(), &ids)?;
        self.tip = piece.tip;
        match &mut self.ground {
            Ground::Whole(reading) => {
                reading.tip = piece.tip;
                for (entry, ..) in &piece.fresh {
                    reading.known.insert(entry);
                }
                reading.entries.extend(piece.fresh.into_iter().map(|(entry, ..)| entry));
            }
            Ground::Indexed(growing) => {
                let segment = piece.tip.segment;
                let spots = piece.fresh.iter().map(|(entry, offset, bytes)| (entry, Spot::new(segment, *offset), *bytes));
                growing.take(spots, piece.tip);
            }
        }
        Ok(())
    }

    /// Makes the next segment. The one before is on the disk: whatever was written to it was synced.
    fn roll_over(&mut self, next: u32) -> Result<(), LogError> {
        let created = self.log.disk().creating(&self.log.segment(next), b"");
        created.inspect_err(|error| {
            if error.is_of_sync() {
                self.log.poison()
            }
        })?;
        self.log.sync_names()?;
        self.tip = Tip { segment: next, length: 0, lines: 0, ..self.tip };
        Ok(())
    }

    /// One write, one sync.
    fn write(&self, segment: u32, lines: &[u8], ids: &[EntryId]) -> Result<(), LogError> {
        let length = self.tip.length;
        let path = self.log.segment(segment);
        let file = self.log.disk().appending(&path).map_err(not_stored)?;
        if file.length().map_err(not_stored)? != length {
            return Err(LogError::Disturbed { file: path });
        }
        let unknown = |source| LogError::Unknown { entries: ids.to_vec(), source: Box::new(source) };
        if let Err(error) = file.write(lines) {
            return Err(match self.log.cut(&file, length) {
                Ok(()) => not_stored(error),
                Err(_) => {
                    self.log.poison();
                    unknown(error)
                }
            });
        }
        if self.log.has(Mutant::AcknowledgesWithoutSync) {
            return Ok(());
        }
        self.log.sync(&file).map_err(unknown)
    }
}

impl Batch {
    /// The entry with this id among those to be written.
    fn entry(&self, id: EntryId) -> Option<&Entry> {
        let (_, piece, at) = self.fresh.get(&id)?;
        self.pieces.get(*piece)?.fresh.get(*at).map(|(entry, ..)| entry)
    }

    /// Adds a line, in a new segment if it does not go into the last one any more.
    fn push(&mut self, line: &str, entry: Entry, chain: Chain, segment_bytes: u64) {
        let bytes = line.len() as u64;
        let Tip { segment, length, .. } = self.tip;
        if segment == 0 || (length > 0 && length + bytes > segment_bytes) {
            self.tip = Tip { segment: segment + 1, length: 0, lines: 0, ..self.tip };
        }
        let Tip { length, lines, .. } = self.tip;
        self.tip = Tip { seq: entry.seq, chain, length: length + bytes, lines: lines + 1, ..self.tip };
        if self.pieces.last().is_none_or(|piece| piece.tip.segment != self.tip.segment) {
            self.pieces.push(Piece { text: String::new(), fresh: Vec::new(), tip: self.tip });
        }
        let number = self.pieces.len() - 1;
        if let Some(piece) = self.pieces.last_mut() {
            self.fresh.insert(entry.id, (Place::of(&entry), number, piece.fresh.len()));
            piece.text.push_str(line);
            piece.fresh.push((entry, length, bytes));
            piece.tip = self.tip;
        }
    }
}

/// What was written is indexed as long as nobody else can write.
impl Drop for Writer {
    fn drop(&mut self) {
        if let (Ground::Indexed(growing), false) = (&mut self.ground, self.closed) {
            growing.settle();
        }
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
