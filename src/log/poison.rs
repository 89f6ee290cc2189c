//! Poison: a sync has failed, so what the kernel shows of the log may never reach the disk, and must not be built on.
//!
//! The kernel marks pages as written when their sync fails, and reports success the next time (PostgreSQL's fsyncgate). The note in
//! `.poison` holds until the machine was started anew, when only what the disk has is shown, or until `daybook repair` has written the
//! segment to another file. A disk that fails may be full too, so every writer has the note ready, and only gives it its name.

use std::path::PathBuf;

use super::{Log, LogError};

impl Log {
    fn poison_file(&self) -> PathBuf {
        self.dir().join(".poison")
    }

    fn ready_note(&self) -> PathBuf {
        self.dir().join(".index").join("poison")
    }

    /// Makes the note ready that a failed sync will need. It need not outlive a power failure: it is of this run of the machine.
    pub(super) fn prepare_poison(&self) {
        let (ready, note) = (self.ready_note(), self.note());
        if self.disk().text(&ready).is_ok_and(|text| text == note.as_bytes()) {
            return;
        }
        // Where it cannot be made ready, it is made when it is needed.
        let _ = self.disk().take_away(&ready);
        let _ = self.disk().writing(&ready, note.as_bytes());
    }

    /// Keeps everybody from building on what a failed sync left.
    pub(super) fn poison(&self) {
        if self.disk().put_in_place(&self.ready_note(), &self.poison_file()).is_err() {
            // Nothing is left to be done if that fails too: the error itself says what to do.
            let _ = self.disk().writing(&self.poison_file(), self.note().as_bytes());
        }
        let _ = self.disk().keep_names(self.dir());
    }

    fn note(&self) -> String {
        format!("a sync failed in the run {} of this machine\n", self.disk().boot().unwrap_or_else(|| "unknown".to_owned()))
    }

    /// Whether there is a note, and whether it is of an earlier run of the machine. What cannot be read of it was lost in a power
    /// failure, and so is of an earlier one.
    ///
    /// # Errors
    /// [`LogError::Poisoned`] when it is of this run, or the system does not tell one from the next.
    pub(super) fn is_poison_stale(&self) -> Result<bool, LogError> {
        let path = self.poison_file();
        if !self.disk().exists(&path)? {
            return Ok(false);
        }
        let note = String::from_utf8_lossy(&self.disk().text(&path)?).into_owned();
        match self.disk().boot() {
            Some(now) if !note.contains(&now) => Ok(true),
            Some(_) | None => Err(LogError::Poisoned { dir: self.dir().to_owned() }),
        }
    }

    /// Takes the note away. Whoever does it must have seen to it that what is shown is on the disk.
    pub(super) fn unpoison(&self) -> Result<(), LogError> {
        if self.disk().exists(&self.poison_file())? {
            self.disk().take_away(&self.poison_file())?;
            self.sync_names()?;
        }
        Ok(())
    }
}
