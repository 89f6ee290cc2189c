//! Letters of other scripts that look like Latin ones.

use unicode_normalization::UnicodeNormalization;

use super::fold;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
}

/// Whether a word mixes letters of the Latin, Cyrillic and Greek scripts, which look alike: "Lаvrov" with a
/// Cyrillic а. Give it one word: a text of a Latin and a Cyrillic word mixes nothing that misleads.
pub fn mixed_script(word: &str) -> bool {
    let mut scripts = word.nfkd().filter_map(script);
    let Some(first) = scripts.next() else {
        return false;
    };
    scripts.any(|other| other != first)
}

/// The folded text as it looks: Cyrillic and Greek letters as the Latin letters they resemble. A text whose
/// skeleton is a known name, but whose key is not, looks like that name and is spelt with other letters.
pub fn skeleton(text: &str) -> String {
    let seen: String = text.nfkd().map(look).collect();
    fold(&seen)
}

fn script(letter: char) -> Option<Script> {
    if !letter.is_alphabetic() {
        return None;
    }
    match letter {
        'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{02AF}' | '\u{1E00}'..='\u{1EFF}' => Some(Script::Latin),
        '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => Some(Script::Greek),
        '\u{0400}'..='\u{052F}' | '\u{1C80}'..='\u{1C8F}' | '\u{A640}'..='\u{A69F}' => Some(Script::Cyrillic),
        _ => None,
    }
}

/// The Latin letter that a Cyrillic or Greek letter resembles, in the case it is written in; others stay.
fn look(letter: char) -> char {
    match letter {
        // Cyrillic capitals
        'А' => 'A',
        'В' => 'B',
        'Е' => 'E',
        'К' => 'K',
        'М' => 'M',
        'Н' => 'H',
        'О' => 'O',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        'У' | 'Ү' => 'Y',
        'Х' => 'X',
        'І' | 'Ӏ' => 'I',
        'Ј' => 'J',
        'Ѕ' => 'S',
        'Ԛ' => 'Q',
        'Ԝ' => 'W',
        'Ѵ' => 'V',
        // Cyrillic small letters
        'а' => 'a',
        'е' => 'e',
        'к' => 'k',
        'м' => 'm',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'т' => 't',
        'у' | 'ү' => 'y',
        'х' => 'x',
        'і' => 'i',
        'ј' => 'j',
        'ѕ' => 's',
        'һ' => 'h',
        'ԁ' => 'd',
        'ԛ' => 'q',
        'ԝ' => 'w',
        'ѵ' => 'v',
        'ӏ' => 'l',
        // Greek capitals
        'Α' => 'A',
        'Β' => 'B',
        'Ε' => 'E',
        'Ζ' => 'Z',
        'Η' => 'H',
        'Ι' => 'I',
        'Κ' => 'K',
        'Μ' => 'M',
        'Ν' => 'N',
        'Ο' => 'O',
        'Ρ' => 'P',
        'Τ' => 'T',
        'Υ' => 'Y',
        'Χ' => 'X',
        // Greek small letters
        'α' => 'a',
        'γ' => 'y',
        'η' => 'n',
        'ι' => 'i',
        'κ' => 'k',
        'ν' => 'v',
        'ο' => 'o',
        'ρ' => 'p',
        'τ' => 't',
        'υ' => 'u',
        'χ' => 'x',
        'ω' => 'w',
        other => other,
    }
}
