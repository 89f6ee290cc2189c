//! The log: where entries are kept, one line each, and where nothing is ever changed.
//!
//! One promise: an entry that was acknowledged is in the log, whole, once, in its place, for good; and if a line is not as it was
//! written, the reader says so. Readers take no lock and write nothing but the index; the one [`Writer`] holds the lock of the directory. The room
//! has no clock and draws nothing at random, and touches files only through the `disk` seam, where tests break them.
//!
//! ```text
//! Log::init, Log::open ─┬─ read ────────▶ Reading     (directory, read, lines, rules; torn, diagnose where something is wrong)
//!                       ├─ lock ─▶ Writer ── append ─▶ Vec<Stored>       (lock, poison, mend, append, mark)
//!                       ├─ index ───────▶ Index       (index: what an entry is about, and where it stands)
//!                       ├─ verify, seal ─▶ Verified, Seal                (verify, seal)
//!                       ├─ back_up ─────▶ BackedUp                       (backup)
//!                       └─ repair ──────▶ Repaired                       (repair, gather)
//!                                 all through disk ─▶ the machine's files, or a simulated disk
//! ```
//!
//! What each file of a log's directory is for stands with the code that writes it: `log.json` in `directory`, `.lock` in `lock`, `.poison` in
//! `poison`, `.aside/` in `mend` and `repair`, `.index/acknowledged` in `mark`, `.index/*.run` in `index`.

mod append;
mod backup;
mod chain;
mod diagnose;
mod directory;
mod disk;
mod error;
mod gather;
mod index;
mod lines;
mod lock;
mod mark;
mod mend;
mod mutant;
mod poison;
mod read;
mod repair;
mod rules;
mod seal;
#[cfg(test)]
mod tests;
mod torn;
mod verify;

pub use append::{Refused, Stored, Writer};
pub use backup::BackedUp;
pub use chain::Chain;
pub use directory::Log;
pub use error::{Cause, LogError, Refusal};
pub use index::{Broken, Index, Spot};
pub use lock::Waiting;
pub use mend::{Mended, Mending};
pub use read::{Reading, Tip, Torn};
pub use repair::{Aside, Repaired};
pub use seal::{Seal, SealError};
pub use verify::Verified;

use crate::event::LINE_BYTES;
#[cfg(test)]
use crate::event::TEXT_BYTES;

/// From how many bytes on a segment is full: the next entry then opens a new one.
pub const SEGMENT_BYTES: u64 = 64 << 20;
