//! TEXT values: escaped as RFC 5545 has it (section 3.3.11), and rid of what a calendar must not carry.

use std::borrow::Cow;

use crate::names::shown;

/// A text without characters that do something unseen, in which every line break is `\n`.
///
/// Line breaks are CR LF, CR, LF, and the three that other programs break lines at: U+0085, U+2028, U+2029. The tab stays. All other
/// characters that [`shown`] holds back are dropped: controls, bidirectional overrides, which can show a text in another order than it has,
/// zero-width characters, and combining marks piled up beyond measure.
#[must_use]
pub fn tidy(text: &str) -> Cow<'_, str> {
    // Nearly all texts are plain.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return Cow::Borrowed(text);
    }
    shown(&text.replace("\r\n", "\n"))
        .filter_map(|(c, shows)| match c {
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\t' => Some('\t'),
            other => shows.then_some(other),
        })
        .collect()
}

/// The same in one line: breaks become spaces. For values that are no TEXT and so have no escapes.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    let tidied = tidy(text);
    if tidied.contains('\n') { Cow::Owned(tidied.replace('\n', " ")) } else { tidied }
}

/// A text as the value of a TEXT property (RFC 5545, section 3.3.11): tidied, with `\\`, `\;`, `\,` and `\n`.
#[must_use]
pub fn escape(text: &str) -> String {
    let tidied = tidy(text);
    let mut escaped = String::with_capacity(tidied.len());
    for c in tidied.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            ';' => escaped.push_str("\\;"),
            ',' => escaped.push_str("\\,"),
            '\n' => escaped.push_str("\\n"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The text that a TEXT value stands for. An escape that does not exist stands for the character after the backslash.
#[must_use]
pub fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => text.push('\\'),
            },
            other => text.push(other),
        }
    }
    text
}
