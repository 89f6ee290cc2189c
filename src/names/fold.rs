//! Folding: the form of a name in which accents, case and punctuation no longer tell it from another.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One form of a text for comparison: accents dropped (NFKD without its combining marks), lower case, letters
/// with strokes and ligatures as plain letters (ø o, ß ss, æ ae), apostrophes dropped, and every run of anything
/// else that is no letter or digit as one space. Scripts other than Latin stay what they are ("Київ" folds to
/// "киів"). Folding a folded text changes nothing.
///
/// The gazetteer's names are folded by the same rule in `geo/gazetteer/build.py`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parted = false;
    each_mark(text, |mark| match mark {
        Mark::Letter(letter) => {
            if parted && !out.is_empty() {
                out.push(' ');
            }
            parted = false;
            out.push(letter);
        }
        Mark::Break(_) => parted = true,
    });
    out
}

/// What is left of a text once accents, case and apostrophes are gone.
pub(super) enum Mark {
    /// A letter or digit.
    Letter(char),
    /// Anything else, as it was written: it stands between words.
    Break(char),
}

/// Calls `take` with every mark of the text in turn.
pub(super) fn each_mark(text: &str, mut take: impl FnMut(Mark)) {
    if text.is_ascii() {
        // Most names: there is nothing to decompose.
        text.chars().for_each(|plain| each_of_lower(plain.to_ascii_lowercase(), &mut take));
        return;
    }
    for decomposed in text.nfkd() {
        // Letter by letter, so that the end of a word makes no difference, as it does to a Greek sigma.
        for lower in decomposed.to_lowercase() {
            each_of_lower(lower, &mut take);
        }
    }
}

fn each_of_lower(lower: char, take: &mut impl FnMut(Mark)) {
    if lower.is_ascii_lowercase() {
        return take(Mark::Letter(lower));
    }
    if is_apostrophe(lower) || is_combining_mark(lower) {
        return;
    }
    match plain_letters(lower) {
        Some(letters) => letters.chars().for_each(|letter| take(Mark::Letter(letter))),
        None if lower.is_alphanumeric() => take(Mark::Letter(lower)),
        None => take(Mark::Break(lower)),
    }
}

/// Letters that Unicode does not decompose, as they are written where they are wanting. Kept the same in build.py.
fn plain_letters(lower: char) -> Option<&'static str> {
    let letters = match lower {
        'ß' => "ss",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ı' => "i",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        'ς' => "σ",
        _ => return None,
    };
    Some(letters)
}

/// Apostrophes, and the marks used for them and for the soft sign, ayin and hamza. Kept the same in build.py.
fn is_apostrophe(lower: char) -> bool {
    matches!(lower, '\'' | '’' | 'ʼ' | '‘' | '`' | '´' | 'ʻ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ʹ' | '′' | '׳' | '״')
}
