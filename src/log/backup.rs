//! Backups: a consistent copy of a log, while others write to it. The next backup to the same place adds what has come since.
//!
//! A backup is a log itself, with the same id: it can be read, verified and asked. It is made from the front on, so that a copy that was
//! stopped anywhere is an older state of the log, and the same command finishes it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

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
    /// returns.
    ///
    /// # Errors
    /// [`LogError::Damage`] when the log or the older copy is damaged; [`LogError::NoCopy`] when what is there is no older copy of this
    /// log: nothing is ever written over it; what the system refuses.
    pub fn back_up(&self, to: &Path) -> Result<BackedUp, LogError> {
        let no_copy = |why: String| LogError::NoCopy { dir: to.to_owned(), why };
        if to == self.dir() {
            return Err(no_copy("it is the log itself".to_owned()));
        }
        let copy = match Self::open_on(&Arc::clone(self.shared_disk()), to) {
            Ok(copy) => copy,
            Err(LogError::NoLog { .. }) => {
                Self::init_on(&Arc::clone(self.shared_disk()), to, self.zone(), self.id(), self.created())?
            }
            Err(error) => return Err(error),
        };
        if copy.id() != self.id() {
            return Err(no_copy(format!("it is the log {}", copy.id())));
        }
        let mut writer = copy.lock(Some(Duration::from_secs(10)), &mut |_| {})?;
        let before = writer.reading().tip;
        let mut scan = Scan::from_start(self);
        scan.marked.insert(before.seq, None);
        scan.run(&mut |_| {})?;
        if scan.departs(&Seal { log: self.id(), seq: before.seq, chain: before.chain }) {
            return Err(no_copy(format!("its entry {} is not the one of this log", before.seq)));
        }
        self.copy_lines(&scan.tip, &mut writer)?;
        let seal = copy.seal()?;
        Ok(BackedUp { added: seal.seq - before.seq, seal })
    }

    /// Copies the bytes that follow the tip of a copy, segment by segment, in pieces that end where lines do.
    fn copy_lines(&self, to: &Tip, copy: &mut Writer) -> Result<(), LogError> {
        let from = copy.reading().tip;
        for number in from.segment.max(1)..=to.segment {
            let file = self.disk().reading(&self.segment(number))?;
            let mut at = if number == from.segment { from.length } else { 0 };
            let end = if number == to.segment { to.length } else { file.length()? };
            while at < end {
                let most = usize::try_from(end - at).unwrap_or(CHUNK).min(CHUNK);
                let mut bytes = file.bytes(at, most)?;
                let lines = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
                bytes.truncate(lines);
                if bytes.is_empty() {
                    return Err(LogError::Disturbed { file: self.segment(number) });
                }
                copy.append_lines(number, &bytes)?;
                at += bytes.len() as u64;
            }
        }
        Ok(())
    }
}
