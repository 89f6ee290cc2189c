//! The words of a text, one by one: what they could be by themselves, before any grammar.

use chrono::Weekday;

use crate::time::Qualifier;

/// One word, as typed and in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// As typed, for what is passed on to the reader of exact times.
    pub typed: &'a str,
    /// In small letters, without the full stop of an abbreviation; a dash between two words is the word `-`.
    pub lower: String,
}

/// Splits a trailing `~` or `?` off.
pub(super) fn doubt(text: &str) -> (&str, Qualifier) {
    if let Some(body) = text.strip_suffix('~') {
        (body, Qualifier::Approximate)
    } else if let Some(body) = text.strip_suffix('?') {
        (body, Qualifier::Doubtful)
    } else {
        (text, Qualifier::Plain)
    }
}

/// The words of a text. Commas only divide; every dash that is not part of a written date or time is a word of its own.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for typed in text.split(|c: char| c.is_whitespace() || c == ',').filter(|typed| !typed.is_empty()) {
        if is_written_time(typed) {
            words.push(word(typed));
            continue;
        }
        for (number, piece) in typed.split(is_dash).enumerate() {
            if number > 0 {
                words.push(Word { typed: "-", lower: "-".to_owned() });
            }
            if !piece.is_empty() {
                words.push(word(piece));
            }
        }
    }
    words
}

fn word(typed: &str) -> Word<'_> {
    let lower = typed.to_lowercase();
    let lower = lower.strip_suffix('.').map_or(lower.clone(), str::to_owned);
    Word { typed, lower }
}

/// The hyphen and its wider sisters (U+2010 to U+2015), and the minus sign, all of which stand in printed ranges.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether the dashes of a word are its own: `2025-02-18`, `2025-02`, `10:00-05:00`.
fn is_written_time(typed: &str) -> bool {
    typed.contains([':', '[']) || typed.split_once('-').is_some_and(|(year, _)| number(year, 4).is_some())
}

/// A word that may stand before a date and says nothing.
fn is_article(word: &Word<'_>) -> bool {
    matches!(word.lower.as_str(), "on" | "in" | "at" | "the")
}

/// The words from the first on that says something.
pub(super) fn without_article<'w, 'a>(words: &'w [Word<'a>]) -> &'w [Word<'a>] {
    let said = words.iter().position(|word| !is_article(word)).unwrap_or(words.len());
    words.get(said..).unwrap_or_default()
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

/// A year of four digits, not zero.
pub(super) fn year(text: &str) -> Option<i32> {
    number(text, 4).and_then(|year| i32::try_from(year).ok()).filter(|year| *year > 0)
}

/// A day of a month as a bare number, `9` or `09`.
pub(super) fn day_number(text: &str) -> Option<u32> {
    number(text, 2).or_else(|| number(text, 1)).filter(|day| *day > 0)
}

/// A day of a month as an ordinal, `18th`.
pub(super) fn ordinal(text: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending))?;
    day_number(digits)
}

/// A month by its English name, whole or its first three letters.
pub(super) fn month(text: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if text == "sept" {
        return Some(9);
    }
    let found = NAMES.iter().position(|name| *name == text || name.get(..3) == Some(text))?;
    u32::try_from(found + 1).ok()
}

/// A day of the week by its English name, whole or shortened.
pub(super) fn weekday(text: &str) -> Option<Weekday> {
    match text {
        "monday" | "mon" => Some(Weekday::Mon),
        "tuesday" | "tue" | "tues" => Some(Weekday::Tue),
        "wednesday" | "wed" => Some(Weekday::Wed),
        "thursday" | "thu" | "thur" | "thurs" => Some(Weekday::Thu),
        "friday" | "fri" => Some(Weekday::Fri),
        "saturday" | "sat" => Some(Weekday::Sat),
        "sunday" | "sun" => Some(Weekday::Sun),
        _ => None,
    }
}
