//! Characters that do something without showing, and marks piled up until nothing else shows.

use unicode_normalization::char::is_combining_mark;

/// The most combining marks that may follow one another: more than any writing needs (Unicode Standard Annex 15, Stream-Safe Text Format).
pub const MOST_MARKS: usize = 30;

/// The characters of a text, each with whether it may be shown as it is: hidden ones may not, nor combining marks beyond [`MOST_MARKS`] in a
/// row, which would cover the lines around them.
pub fn shown(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut marks = 0;
    text.chars().map(move |c| {
        let hidden = is_hidden(c);
        if is_combining_mark(c) {
            marks += 1;
        } else if !hidden {
            marks = 0;
        }
        (c, !hidden && marks <= MOST_MARKS)
    })
}

/// The first character of a text that may not be shown as it is.
pub fn unshown(text: &str) -> Option<char> {
    // Most texts: there is nothing to look up.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    shown(text).find(|(_, shows)| !shows).map(|(c, _)| c)
}

/// Whether a character does something without showing: controls, line separators, and what Unicode says may be ignored
/// (`Default_Ignorable_Code_Point`) or only directs the text around it.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}
