//! Backups: a consistent copy of a log, while others write to it. The next backup to the same place adds what has come since.
//!
//! A backup is a log itself, with the same id: it can be read, verified and asked. It is made from the front on, so that a copy that was
//! stopped anywhere is an older state of the log, and the same command finishes it.

use std::path::Path;
use std::time::Duration;

use super::disk::system;
use super::read::Scan;
use super::{LINE_BYTES, Log, LogError, Seal, Tip, Writer};

/// How much is copied at once, in bytes.
const CHUNK: usize = 8 << 20;

const _: () = assert!(CHUNK > LINE_BYTES, "a piece has room for any line");

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// How many entries were copied now.
    pub added: u64,
    /// What the copy is now: whatever it is held against later, it extends this.
    pub seal: Seal,
}

impl Log {
    /// Copies the log into a directory, or what is new of it, if an older copy is there. The copy is checked and on the disk when this
    /// returns. How the entries are divided into files may differ between the two.
    ///
    /// # Errors
    /// [`LogError::Damage`] when the log is damaged, or lacks what was acknowledged on this machine; [`LogError::NoCopy`] when what is
    /// there is no whole older copy of this log, nor an empty folder: nothing is ever written over it; what the system refuses.
    pub fn back_up(&self, to: &Path) -> Result<BackedUp, LogError> {
        let no_copy = |why: String| LogError::NoCopy { dir: to.to_owned(), why };
        let damaged = |error: LogError| if error.is_damage() { no_copy(format!("it is damaged: {error}")) } else { error };
        let there = match Self::open_on(self.shared_disk(), to) {
            Ok(copy) if copy.id() != self.id() => return Err(no_copy(format!("it is the log {}", copy.id()))),
            Ok(copy) => Some(copy),
            Err(LogError::NoLog { .. }) if self.is_empty(to)? => None,
            Err(LogError::NoLog { .. }) => return Err(no_copy("other files are in it".to_owned())),
            Err(error) => return Err(damaged(error)),
        };
        let lock = |copy: &Self| copy.lock(Some(Duration::from_secs(10)), &mut |_| {}).map_err(damaged);
        let mut writer = there.as_ref().map(lock).transpose()?;
        let before = writer.as_ref().map_or(Scan::from_start(self).tip, |writer| *writer.tip());
        self.is_poison_stale()?;
        let scan = self.look_again(|| {
            let mut scan = Scan::from_start(self);
            scan.marked.insert(before.seq, None);
            scan.run(&mut |_| {}).map(|()| scan)
        })?;
        if scan.departs(&Seal { log: self.id(), seq: before.seq, chain: before.chain }) {
            let has = before.seq;
            return Err(no_copy(match scan.tip.seq {
                seq if seq < has => format!("it has {has} entries, and this log has {seq}"),
                _ => format!("its entry {has} is another one, or one before it"),
            }));
        }
        let from = scan.marked.get(&before.seq).and_then(Option::as_ref).map_or((1, 0), |line| (line.segment, line.end));
        let tip = scan.whole()?;
        // What is copied must not be taken away here afterwards.
        self.settle(tip.segment)?;
        let mut writer = match writer.take() {
            Some(writer) => writer,
            None => lock(&Self::init_on(self.shared_disk(), to, self.zone(), self.id(), self.created())?)?,
        };
        self.copy_lines(from, &tip, &mut writer)?;
        drop(writer);
        let seal = Self::open_on(self.shared_disk(), to)?.seal()?;
        if (seal.seq, seal.chain) != (tip.seq, tip.chain) {
            return Err(no_copy(format!("it has {} entries now, and not {}", seal.seq, tip.seq)));
        }
        Self::open_on(self.shared_disk(), to)?.open_marks().note(&seal);
        Ok(BackedUp { added: seal.seq - before.seq, seal })
    }

    /// Whether nothing is in a folder but what an unfinished copy leaves: names that begin with a dot.
    fn is_empty(&self, folder: &Path) -> Result<bool, LogError> {
        if !self.disk().exists(folder)? {
            return Ok(true);
        }
        let names = self.disk().names(folder).map_err(system("read", folder))?;
        Ok(names.iter().all(|name| name.starts_with('.')))
    }

    /// Copies the bytes from a place on, in pieces that end where lines do. Where the log goes on in another file, the copy does too.
    fn copy_lines(&self, (first, from): (u32, u64), to: &Tip, copy: &mut Writer) -> Result<(), LogError> {
        for number in first..=to.segment {
            let Tip { segment, length, .. } = *copy.tip();
            let into = if number > first && length > 0 { segment + 1 } else { segment.max(1) };
            let file = self.disk().reading(&self.segment(number))?;
            let mut at = if number == first { from } else { 0 };
            let end = if number == to.segment { to.length } else { file.length()? };
            while at < end {
                let most = usize::try_from(end - at).unwrap_or(CHUNK).min(CHUNK);
                let mut bytes = file.bytes(at, most)?;
                let lines = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
                bytes.truncate(lines);
                if bytes.is_empty() {
                    return Err(LogError::Disturbed { file: self.segment(number) });
                }
                copy.append_lines(into, &bytes)?;
                at += bytes.len() as u64;
            }
        }
        Ok(())
    }
}
