//! The dice: every choice of a world, drawn from its seed alone.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng as _;

/// The stream of the generator that worlds are drawn from; any number would do, but always the same.
const STREAM: u128 = 0xda1b_00c5;

/// Draws numbers: PCG XSL RR 128/64 (M. O'Neill, 2014), whose output is the same on every machine and in every version.
///
/// How a draw becomes a choice is written here, in whole numbers: what random-number libraries offer for it may change between versions.
pub(super) struct Dice(Pcg64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Pcg64::new(u128::from(seed), STREAM))
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number from 0 up to, and without, `end`; 0 if that is 0.
    pub fn below(&mut self, end: u32) -> u32 {
        // The upper half of a product of 32 bits each always fits.
        u32::try_from(((self.bits() >> 32) * u64::from(end)) >> 32).unwrap_or_default()
    }

    /// A number from `first` to `last`, both included.
    pub fn between(&mut self, first: u32, last: u32) -> u32 {
        first + self.below(last.saturating_sub(first) + 1)
    }

    /// The place of one of so many things.
    pub fn index(&mut self, count: usize) -> usize {
        u32::try_from(count).map_or(0, |count| self.below(count) as usize)
    }

    /// Whether something happens that does so `percent` times out of a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of some words.
    pub fn word(&mut self, words: &[&'static str]) -> &'static str {
        words.get(self.index(words.len())).copied().unwrap_or_default()
    }
}
