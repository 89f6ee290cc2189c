//! Where an entry comes from.

use std::fmt;
use std::str::FromStr;

use super::EventError;
use crate::time::Published;

/// The source of an entry, as far as it was noted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The newspaper, agency, ministry or record.
    pub outlet: Option<String>,
    /// The headline or name of the document.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it came out; absent: when it was recorded.
    pub published: Option<Published>,
    /// How far source and information are trusted.
    pub grade: Option<Grade>,
    /// A copy that will not change.
    pub archive: Option<Archive>,
    /// The source's own key of the record; with the outlet it tells whether a record is there already.
    pub record: Option<String>,
}

/// An archived copy of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Archive {
    /// The digest of the copy, 64 hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Where the copy is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

super::object::object!(Archive);

/// The Admiralty grade: reliability of the source `A` to `F`, credibility of the information `1` to `6`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grade {
    reliability: char,
    credibility: char,
}

impl FromStr for Grade {
    type Err = EventError;

    fn from_str(text: &str) -> Result<Self, EventError> {
        let mut letters = text.chars();
        match (letters.next().map(|c| c.to_ascii_uppercase()), letters.next(), letters.next()) {
            (Some(reliability @ 'A'..='F'), Some(credibility @ '1'..='6'), None) => Ok(Self { reliability, credibility }),
            _ => Err(EventError::Grade(text.to_owned())),
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.reliability, self.credibility)
    }
}
