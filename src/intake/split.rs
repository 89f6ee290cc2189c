//! The words of a line as a shell splits them.

use std::iter::Peekable;
use std::str::Chars;

/// Splits a line into words, as POSIX shells do: blanks part words, `'…'` and `"…"` hold them together, `\` takes the next character
/// as it is, `#` before a word begins a comment that ends with its line. `$'…'` holds escapes (`\n`, `\t`, `\u202e`), for what cannot
/// be seen. A line that ends within quotes goes on as with a space. `None` when a quotation mark is not closed.
///
/// But for `$'…'` and the line ends in quotes this is what the crate `shlex` does.
pub(super) fn split(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = line.chars().peekable();
    while let Some(next) = rest.peek().copied() {
        match next {
            ' ' | '\t' | '\n' => drop(rest.next()),
            '#' => drop(rest.by_ref().find(|c| *c == '\n')),
            _ => words.push(word(&mut rest)?),
        }
    }
    Some(words)
}

fn word(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut word = String::new();
    while let Some(c) = rest.next_if(|c| !matches!(c, ' ' | '\t' | '\n')) {
        match c {
            '\'' => single(rest, &mut word)?,
            '"' => double(rest, &mut word)?,
            '$' if rest.next_if_eq(&'\'').is_some() => escaped(rest, &mut word)?,
            '\\' => word.extend(rest.next().map(|c| (c != '\n').then_some(c))?),
            _ => word.push(c),
        }
    }
    Some(word)
}

fn single(rest: &mut Peekable<Chars<'_>>, word: &mut String) -> Option<()> {
    loop {
        match rest.next()? {
            '\'' => return Some(()),
            c => word.push(within(c)),
        }
    }
}

fn double(rest: &mut Peekable<Chars<'_>>, word: &mut String) -> Option<()> {
    loop {
        match rest.next()? {
            '"' => return Some(()),
            '\\' => match rest.next()? {
                '\n' => {}
                c @ ('$' | '`' | '"' | '\\') => word.push(c),
                c => word.extend(['\\', c]),
            },
            c => word.push(within(c)),
        }
    }
}

/// What stands in `$'…'`; an escape that is none stays as it is.
fn escaped(rest: &mut Peekable<Chars<'_>>, word: &mut String) -> Option<()> {
    loop {
        match rest.next()? {
            '\'' => return Some(()),
            '\\' => match rest.next()? {
                'n' => word.push('\n'),
                't' => word.push('\t'),
                'r' => word.push('\r'),
                c @ ('\\' | '\'' | '"') => word.push(c),
                'u' => number(rest, 'u', 4, word),
                'U' => number(rest, 'U', 8, word),
                c => word.extend(['\\', c]),
            },
            c => word.push(within(c)),
        }
    }
}

/// A character by its number, of at most so many hexadecimal digits.
fn number(rest: &mut Peekable<Chars<'_>>, letter: char, most: usize, word: &mut String) {
    let mut digits = String::new();
    while let Some(digit) = rest.next_if(|c| c.is_ascii_hexdigit() && digits.len() < most) {
        digits.push(digit);
    }
    match u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32) {
        Some(c) => word.push(c),
        None => word.extend(['\\', letter].into_iter().chain(digits.chars())),
    }
}

/// A line that goes on within quotes does so with a space.
fn within(c: char) -> char {
    if c == '\n' { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::split;
    use crate::names::{flag, quote};

    fn words(line: &str) -> Vec<String> {
        split(line).unwrap_or_default()
    }

    #[test]
    fn escapes_are_read_in_their_own_quotes_alone() {
        assert_eq!(words(r"a $'b\tc\u202e\U0001f600\'\\' d"), ["a", "b\tc\u{202e}😀'\\", "d"]);
        assert_eq!(words(r"'\t' '\u0041' $5 x$'y'z"), [r"\t", r"\u0041", "$5", "xyz"]);
        assert_eq!(words(r#""$'a\t'""#), [r"$'a\t'"]);
        assert_eq!(words(r"$'\q\u\ud800\U110000zz'"), [r"\q\u\ud800\U110000zz"], "what is no escape stays");
        assert_eq!(split(r"$'a\'"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_quoted_text_is_one_word_again(texts in prop::collection::vec(any::<String>(), 1..4)) {
            let line = texts.iter().map(|text| quote(text)).collect::<Vec<_>>().join(" ");
            prop_assert_eq!(split(&line), Some(texts.clone()));
            for text in &texts {
                let typed = split(&flag("--quote", text)).unwrap_or_default();
                prop_assert!(typed == ["--quote", text] || typed == [format!("--quote={text}")], "{typed:?}");
            }
        }

        #[test]
        fn all_else_is_split_as_before(line in "([a#'\"\\\\\n \t-]|[^'])*") {
            prop_assume!(!line.contains("$'"));
            let before = shlex::split(&line).map(|words| words.iter().map(|word| word.replace('\n', " ")).collect::<Vec<_>>());
            let after = split(&line).map(|words| words.iter().map(|word| word.replace('\n', " ")).collect::<Vec<_>>());
            prop_assert_eq!(after, before);
        }
    }
}
