//! Mutants: the log with one step of its protocol left out on purpose, so that the tests can show that they would notice.

/// A step that is left out. Only a test can make a log that leaves one out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mutant {
    /// Says yes when the entry was written, not when it was synced.
    AcknowledgesWithoutSync,
    /// Builds on what others wrote without putting it on the disk first.
    TakesNothingOver,
    /// Tries a failed sync again, and believes it.
    TriesASyncAgain,
    /// Takes any bad line of the last segment for the beginning of a torn tail.
    CutsAtTheFirstBadLine,
    /// Believes a line whatever its chain.
    ChecksNoChain,
}
