//! Verifying: the same reading, summed up.

use super::read::Scan;
use super::{Log, LogError, Seal, Torn};

/// A log in which every line is as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries it has.
    pub entries: u64,
    /// How many events.
    pub events: u64,
    /// How many segments.
    pub segments: u32,
    /// The length of its whole lines in bytes.
    pub bytes: u64,
    /// What it is now, to be given away.
    pub seal: Seal,
    /// What follows the last whole line, if anything does.
    pub torn: Option<Torn>,
    /// Files that look like the log's and are not: copies, and leftovers of a merge or a synchroniser. They are not read.
    pub strays: Vec<String>,
}

impl Log {
    /// Checks every line through the same code as [`Log::read`], without keeping the entries.
    ///
    /// A log that was cut exactly at the end of a line looks like one that was never longer: only a seal tells.
    ///
    /// # Errors
    /// Those of [`Log::read`].
    pub fn verify(&self) -> Result<Verified, LogError> {
        self.look_again(|| {
            let Scan { tip, torn, known: _, events, bytes, strays } = Scan::of(self, &mut |_| {})?;
            let seal = Seal { log: self.id(), seq: tip.seq, chain: tip.chain };
            Ok(Verified { entries: tip.seq, events, segments: tip.segment, bytes, seal, torn, strays })
        })
    }
}
