//! Poison: a sync has failed, so what the kernel shows of the log may never reach the disk, and must not be built on.
//!
//! The kernel marks pages as written when their sync fails, and reports success the next time (PostgreSQL's fsyncgate). The note in
//! `.poison` holds until the machine was started anew, when only what the disk has is shown, or until `daybook repair` has written the
//! segment to another file.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Log, LogError};

#[derive(Serialize, Deserialize)]
struct Note {
    /// The run of the machine in which it happened.
    boot: Option<String>,
    /// What failed.
    says: String,
}

impl Log {
    fn poison_file(&self) -> PathBuf {
        self.dir().join(".poison")
    }

    /// Keeps everybody from building on what a failed sync left.
    pub(super) fn poison(&self, error: &LogError) {
        let note = Note { boot: self.disk().boot(), says: error.to_string() };
        let text = serde_json::to_string(&note).unwrap_or_default() + "\n";
        // A full disk may refuse even that; the error itself says what to do.
        let _ = self.disk().creating(&self.poison_file(), text.as_bytes());
        let _ = self.disk().keep_names(self.dir());
    }

    /// Whether there is a note, and whether it is of an earlier run of the machine.
    ///
    /// # Errors
    /// [`LogError::Poisoned`] when it is of this run, or of an unknown one.
    pub(super) fn is_poison_stale(&self) -> Result<bool, LogError> {
        let path = self.poison_file();
        if !self.disk().exists(&path)? {
            return Ok(false);
        }
        let note = serde_json::from_slice::<Note>(&self.disk().text(&path)?).ok();
        match (note, self.disk().boot()) {
            (Some(Note { boot: Some(then), .. }), Some(now)) if then != now => Ok(true),
            (note, _) => {
                let says = note.map_or_else(|| "a sync of the disk has failed".to_owned(), |note| note.says);
                Err(LogError::Poisoned { dir: self.dir().to_owned(), says })
            }
        }
    }

    /// Takes the note away. Whoever does it must have seen to it that what is shown is on the disk.
    pub(super) fn unpoison(&self) -> Result<(), LogError> {
        if self.disk().exists(&self.poison_file())? {
            self.disk().take_away(&self.poison_file())?;
            self.disk().keep_names(self.dir())?;
        }
        Ok(())
    }
}
