//! Slugs: names as ids.

use any_ascii::any_ascii;

use super::fold;

/// The longest slug, in letters, digits and hyphens.
const LONGEST: usize = 64;

/// An id made of a name: its words in lower-case ASCII, joined by hyphens, at most 64 characters, cut at a hyphen
/// ("Abu Dhabi" is abu-dhabi, "São Paulo" sao-paulo, "N'Djamena" ndjamena). Other scripts are put into ASCII
/// (crate `any_ascii`). `None` when no letter or digit is left.
pub fn slug(text: &str) -> Option<String> {
    let ascii = any_ascii(&fold(text)).to_ascii_lowercase();
    let words: Vec<&str> = ascii.split(|mark: char| !mark.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut joined = words.join("-");
    if joined.len() > LONGEST {
        let cut = joined.get(..=LONGEST).and_then(|head| head.rfind('-')).unwrap_or(LONGEST);
        joined.truncate(cut);
    }
    (!joined.is_empty()).then_some(joined)
}
