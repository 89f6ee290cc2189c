//! Verifying: the same reading, summed up, and held against what the log is known to have been.

use super::read::Scan;
use super::{Cause, Log, LogError, Seal, Torn};

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
    /// Checks every line through the same code as [`Log::read`], without keeping the entries, and that the log extends the one that
    /// each seal was made of.
    ///
    /// A log that was cut exactly at the end of a line looks like one that was never longer: only a seal tells, or the high-water mark
    /// of the machine that wrote it.
    ///
    /// # Errors
    /// Those of [`Log::read`]; [`LogError::Damage`] too when the log does not extend a seal, or does not have what was acknowledged on
    /// this machine; [`LogError::OtherSeal`] when a seal is of another log.
    pub fn verify(&self, seals: &[Seal]) -> Result<Verified, LogError> {
        if let Some(seal) = seals.iter().find(|seal| seal.log != self.id()) {
            return Err(LogError::OtherSeal { seal: *seal, log: self.id() });
        }
        self.look_again(|| {
            let mut scan = Scan::from_start(self);
            scan.marked = seals.iter().map(|seal| (seal.seq, None)).collect();
            scan.run(&mut |_| {})?;
            scan.verified(seals)
        })
    }

    /// What the log is now, from its start.
    ///
    /// # Errors
    /// Those of [`Log::verify`].
    pub fn seal(&self) -> Result<Seal, LogError> {
        self.verify(&[]).map(|verified| verified.seal)
    }
}

impl Scan<'_> {
    fn verified(self, seals: &[Seal]) -> Result<Verified, LogError> {
        for seal in seals {
            self.extends(seal, "was sealed")?;
        }
        if let Some(acknowledged) = &self.behind {
            self.extends(acknowledged, "was acknowledged on this machine")?;
        }
        let Scan { tip, torn, events, bytes, strays, .. } = self;
        let seal = Seal { log: self.log.id(), seq: tip.seq, chain: tip.chain };
        Ok(Verified { entries: tip.seq, events, segments: tip.segment, bytes, seal, torn, strays })
    }

    /// Whether the log is the one that a seal names, or extends it.
    fn extends(&self, seal: &Seal, why: &str) -> Result<(), LogError> {
        if !self.departs(seal) {
            return Ok(());
        }
        let Some(Some(line)) = self.marked.get(&seal.seq) else { return Err(self.ends_before(seal, why)) };
        Err(LogError::Damage {
            file: line.file.clone(),
            line: line.number,
            byte: line.byte,
            says: format!("entry {} is not the one that {why}, or an entry before it is not", seal.seq),
            cause: Some(Cause::Replaced),
        })
    }
}
