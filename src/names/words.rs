//! Words of a text, runs of words, and names written surname first.

use super::fold;
use super::fold::{Mark, each_mark};

/// The folded words of a text. Words joined by a hyphen or an en dash are one word, written with a hyphen:
/// "US–Russia talks" is `us-russia`, `talks`. A dash that joins nothing, and an em dash, part words.
pub fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut joining = false; // the mark before was a hyphen behind a letter
    each_mark(text, |mark| {
        let Some(word) = words.last_mut() else {
            return;
        };
        match mark {
            Mark::Letter(letter) => {
                if std::mem::take(&mut joining) {
                    word.push('-');
                }
                word.push(letter);
            }
            Mark::Break(dash) if is_hyphen(dash) && !joining && !word.is_empty() => joining = true,
            Mark::Break(_) => {
                joining = false;
                if !word.is_empty() {
                    words.push(String::new());
                }
            }
        }
    });
    words.retain(|word| !word.is_empty());
    words
}

/// Whether the needle is a run of whole words of the haystack, both as [`words`] gives them. An empty needle is
/// in no haystack.
pub fn has_run<H: AsRef<str>, N: AsRef<str>>(haystack_words: &[H], needle_words: &[N]) -> bool {
    !needle_words.is_empty()
        && haystack_words
            .windows(needle_words.len())
            .any(|run| run.iter().zip(needle_words).all(|(word, needle)| word.as_ref() == needle.as_ref()))
}

/// A name written surname first, in the order it is spoken: "Lavrov, Sergei" is "Sergei Lavrov", "Biden, Joseph
/// R., Jr." is "Joseph R. Biden Jr.". `None` when the text is not such a name: no comma, an empty part, or only a
/// suffix behind the comma ("Joseph R. Biden, Jr.").
pub fn reordered(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    if parts.iter().any(|part| fold(part).is_empty()) {
        return None;
    }
    match parts.as_slice() {
        [surname, given] if !is_suffix(given) => Some(format!("{given} {surname}")),
        [surname, given, suffix] if !is_suffix(given) && is_suffix(suffix) => Some(format!("{given} {surname} {suffix}")),
        _ => None,
    }
}

fn is_suffix(part: &str) -> bool {
    matches!(fold(part).as_str(), "jr" | "sr" | "ii" | "iii" | "iv")
}

fn is_hyphen(dash: char) -> bool {
    matches!(dash, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '–' | '\u{2212}')
}
