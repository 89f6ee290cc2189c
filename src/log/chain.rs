//! The chain: one value a line that commits to the line and to all lines before it.

use std::fmt;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// What a line brings to the chain: a digest of its bytes from `{` up to the comma before `"chain"`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digest([u8; 32]);

impl Digest {
    pub(super) fn of(body: &[u8]) -> Self {
        Self(Sha256::digest(body).into())
    }
}

/// A value of the chain, 32 bytes, shown as 64 lower-case hex digits.
///
/// `chain(n) = SHA-256(chain(n-1), SHA-256(line n up to the comma before "chain"))`; `chain(0) = SHA-256(log id, 16 bytes)`. The
/// digests are over the exact bytes in the file, never over JSON written anew.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chain([u8; 32]);

impl Chain {
    /// The value before the first line of a log.
    #[must_use]
    pub fn start(log: Uuid) -> Self {
        Self(Sha256::digest(log.as_bytes()).into())
    }

    /// The value of the next line, given its bytes from `{` up to the comma before `"chain"`.
    #[must_use]
    pub fn next(self, body: &[u8]) -> Self {
        self.next_by(Digest::of(body))
    }

    /// The same for somebody who has the digest of these bytes.
    pub(super) fn next_by(self, digest: Digest) -> Self {
        let mut both = [0; 64];
        both[..32].copy_from_slice(&self.0);
        both[32..].copy_from_slice(&digest.0);
        Self(Sha256::digest(both).into())
    }

    /// Whether this is the value that a line bears. Capital letters are not what was written.
    #[must_use]
    pub fn is_written(self, hex: &[u8]) -> bool {
        self.hex() == hex
    }

    /// The value that these 64 hex digits are; capital letters too, since people copy them by hand.
    pub(super) fn read(hex: &[u8]) -> Option<Self> {
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let mut value = [0; 32];
        if hex.len() != 64 {
            return None;
        }
        for (byte, pair) in value.iter_mut().zip(hex.chunks_exact(2)) {
            let [high, low] = pair else { return None };
            *byte = u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?;
        }
        Some(Self(value))
    }

    fn hex(self) -> [u8; 64] {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = [0; 64];
        for (pair, byte) in hex.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        hex
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hex().iter().try_for_each(|digit| fmt::Write::write_char(f, char::from(*digit)))
    }
}

impl serde::Serialize for Chain {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Chain {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::read(text.as_bytes()).ok_or_else(|| serde::de::Error::custom("no chain value"))
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
