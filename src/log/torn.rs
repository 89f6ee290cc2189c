//! The torn tail: what a writer left that died, or lost power, while it wrote.
//!
//! A write ends with a newline, so what follows the last newline was never acknowledged. A power failure can do worse: the disk keeps any
//! of the sectors of a write that was not synced yet, and shows NULs in the place of the others, though the end of the write may be
//! there. Such holes begin and end where sectors do. They are a torn tail only in what may have been one last write: all lines from the
//! first hole to the end of the log, of one moment, none of them readable and wrong. On a machine that never wrote to the log no line behind a
//! hole may be readable: what was copied here had been acknowledged elsewhere. Anything else is damage.

use super::disk::Open;
use super::lines::{Lines, Next};
use super::{Log, LogError, disk};
use crate::event::parse_line;

/// What a disk writes whole or not at all, in bytes.
pub(super) const SECTOR: u64 = 512;

/// What NULs in a line tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nuls {
    /// There are none.
    None,
    /// They fill whole sectors, as far as these belong to the write.
    Sectors,
    /// They are what no lost sector looks like.
    Elsewhere,
}

impl Log {
    /// Whether the bytes of a segment from a line on are what is left of one unfinished write: `count` lines stand before it.
    pub(super) fn is_lost_write(&self, file: Open, offset: u64, count: u64) -> Result<bool, LogError> {
        let path = file.path().to_owned();
        let written_here = self.is_marked();
        let mut lines = Lines::after(file, offset, count);
        let mut moment = None;
        let mut first = true;
        loop {
            let next = lines.advance().map_err(disk::system("read", &path))?;
            let whole = match next {
                Next::End => return Ok(!first),
                Next::Line => true,
                Next::TooLong(_) | Next::Tail(_) => false,
            };
            let nuls = nuls(lines.bytes(), lines.offset(), lines.offset() == offset, !whole);
            let readable = whole && nuls == Nuls::None;
            if readable && !written_here {
                return Ok(false);
            }
            if nuls == Nuls::Elsewhere || (first && nuls == Nuls::None) || (readable && parse_line(lines.bytes()).is_err()) {
                return Ok(false);
            }
            first = false;
            // One write bears one time; an entry of another was written when all before it had been acknowledged.
            if let Some(recorded) = recorded(lines.bytes())
                && moment.replace(recorded.to_vec()).is_some_and(|before| before != recorded)
            {
                return Ok(false);
            }
        }
    }
}

/// Judges the NULs of a line that begins at an offset of its file. A write begins where its first line does; `open` says that the line
/// goes on beyond what was read, or ends with the file.
fn nuls(line: &[u8], offset: u64, begins: bool, open: bool) -> Nuls {
    let mut found = Nuls::None;
    let mut at = 0;
    while let Some(start) = line.iter().skip(at).position(|byte| *byte == 0).map(|next| at + next) {
        let length = line.iter().skip(start).take_while(|byte| **byte == 0).count();
        at = start + length;
        let from_sector = (offset + start as u64).is_multiple_of(SECTOR) || (begins && start == 0);
        let to_sector = (offset + at as u64).is_multiple_of(SECTOR) || (open && at == line.len());
        if !from_sector || !to_sector {
            return Nuls::Elsewhere;
        }
        found = Nuls::Sectors;
    }
    found
}

/// When a line says that it was recorded, whatever else of it is left.
fn recorded(line: &[u8]) -> Option<&[u8]> {
    const FIELD: &[u8] = b"\"recorded\":\"";
    let at = line.windows(FIELD.len()).position(|window| window == FIELD)? + FIELD.len();
    let value = line.get(at..at + "2025-02-18T09:00:00.123Z".len())?;
    (!value.contains(&0)).then_some(value)
}
