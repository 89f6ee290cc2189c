//! The high-water mark: the last entry that was acknowledged on this machine, so that a log that was cut at the end of a line, or
//! put back to an older one, does not pass for one that was never longer.
//!
//! It is a seal, kept in `.index/acknowledged`, written after the sync and before the yes. Nothing depends on it: a mark that is
//! missing, unreadable or older than the log only proves less, and whoever deletes `.index` loses no entry.

use std::path::PathBuf;

use super::disk::Open;
use super::{Log, LogError, Seal};

/// How long the file may grow: each yes adds a seal at the end, and the last whole one counts.
const MOST: u64 = 8 << 10;

/// The file of marks, kept open by a writer.
#[derive(Debug)]
pub(super) struct Marks(Option<Open>);

impl Log {
    fn marks(&self) -> PathBuf {
        self.dir().join(".index").join("acknowledged")
    }

    /// The last entry that is known to have been acknowledged here, of this very log.
    pub(super) fn acknowledged(&self) -> Option<Seal> {
        self.last_mark().filter(|seal| seal.log == self.id())
    }

    /// The last mark, of whatever log.
    pub(super) fn last_mark(&self) -> Option<Seal> {
        let bytes = self.disk().text(&self.marks()).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let (whole, _) = text.rsplit_once('\n')?;
        whole.lines().rev().find_map(|line| line.parse::<Seal>().ok())
    }

    /// Whether this machine has written to the log, as far as is known.
    pub(super) fn is_marked(&self) -> bool {
        self.disk().exists(&self.marks()).unwrap_or(false)
    }

    /// Opens the file of marks for a writer. Where that fails there are none: a log that can be written is worth more.
    pub(super) fn open_marks(&self) -> Marks {
        let path = self.marks();
        let open = || -> Result<Open, LogError> {
            if self.disk().exists(&path)? {
                return self.disk().appending(&path);
            }
            let index = self.dir().join(".index");
            self.disk().directory(&index)?;
            // That it is there tells that this machine has written to the log, so it is to last.
            let file = self.disk().creating(&path, b"")?;
            self.disk().keep_names(&index)?;
            self.disk().keep_names(self.dir())?;
            Ok(file)
        };
        Marks(open().ok())
    }
}

impl Marks {
    /// Notes what was acknowledged.
    pub(super) fn note(&self, seal: &Seal) {
        let Some(file) = &self.0 else { return };
        // A mark that cannot be written proves nothing, and costs nothing.
        let _ = file.length().and_then(|length| if length > MOST { file.cut(0) } else { Ok(()) });
        // What a killed writer left unfinished ends here.
        let _ = file.write(format!("\n{seal}\n").as_bytes());
    }
}
