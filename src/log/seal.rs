//! Seals: what a log was at some moment, in one line of text that can be printed, mailed or published.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use super::Chain;

impl Seal {
    /// What every seal begins with, up to the name of the log.
    pub const START: &str = "daybook-seal:";
}

/// What a log was at some moment: enough to tell later whether it was only added to.
///
/// As text: `daybook-seal:<log id>:<seq>:<chain>`, about 120 characters. It proves nothing against whoever holds the only copy of both
/// log and seal; it is worth as much as it was given away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Which log.
    pub log: Uuid,
    /// How many entries it had.
    pub seq: u64,
    /// The chain over all of them.
    pub chain: Chain,
}

/// A text that is no seal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no seal: a seal is daybook-seal:<log id>:<number of entries>:<64 hex digits>")]
pub struct SealError(String);

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { log, seq, chain } = self;
        write!(f, "{}{log}:{seq}:{chain}", Self::START)
    }
}

impl FromStr for Seal {
    type Err = SealError;

    fn from_str(text: &str) -> Result<Self, SealError> {
        let read = || {
            let mut parts = text.trim().strip_prefix(Self::START)?.split(':');
            let seal = Self {
                log: parts.next()?.parse().ok()?,
                seq: parts.next()?.parse().ok()?,
                chain: Chain::read(parts.next()?.as_bytes())?,
            };
            parts.next().is_none().then_some(seal)
        };
        read().ok_or_else(|| SealError(text.trim().chars().take(120).collect()))
    }
}
