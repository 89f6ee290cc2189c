//! Everything outside that a run may touch: clock, randomness, environment and streams, as arguments.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The world as `main` sees it, or as a test makes it up.
pub struct World<'a> {
    /// The clock, read once.
    pub now: DateTime<Utc>,
    /// Draws 16 random bytes.
    pub dice: &'a mut dyn FnMut() -> [u8; 16],
    /// A variable of the environment, as it is there; [`World::named`] takes an empty one for none.
    pub variable: &'a dyn Fn(&str) -> Option<OsString>,
    /// What relative paths are relative to; as the process has it if not given.
    pub directory: Option<PathBuf>,
    /// The standard input.
    pub input: &'a mut dyn Read,
    /// The standard output.
    pub out: &'a mut dyn Write,
    /// The standard error.
    pub err: &'a mut dyn Write,
    /// Columns of the terminal.
    pub width: usize,
    /// Rows of the terminal; where there is none, of a common one.
    pub rows: usize,
    /// Whether input and output are a terminal, at which somebody can be shown pages or asked to edit.
    pub interactive: bool,
    /// Whether the output is a terminal that wants colour.
    pub colour: bool,
    /// Whether the standard error is one.
    pub error_colour: bool,
    /// Whether somebody watches the standard error, and may be shown how far a long run is.
    pub watched: bool,
}

impl World<'_> {
    /// A new id: a UUID v7 of the moment of writing.
    pub fn new_id(&mut self) -> Uuid {
        let dice = (self.dice)();
        let mut random = [0; 10];
        random.copy_from_slice(&dice[..10]);
        let milliseconds = u64::try_from(self.now.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
    }

    /// 64 random bits for an entry's salt.
    pub fn new_salt(&mut self) -> u64 {
        let dice = (self.dice)();
        let mut random = [0; 8];
        random.copy_from_slice(&dice[..8]);
        u64::from_le_bytes(random)
    }

    /// What a variable of the environment says; one that is empty is not set.
    #[must_use]
    pub fn named(&self, variable: &str) -> Option<OsString> {
        (self.variable)(variable).filter(|value| !value.is_empty())
    }

    /// A path as typed, seen from the working directory.
    #[must_use]
    pub fn path(&self, typed: &std::path::Path) -> PathBuf {
        self.directory.as_ref().map_or_else(|| typed.to_owned(), |directory| directory.join(typed))
    }
}
