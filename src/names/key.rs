//! Keys of persons' names, which the ways of writing one name in Latin letters have in common.

use any_ascii::any_ascii;

use super::{fold, mixed_script};

/// The comparison key of a person's name: the same for the usual ways of writing a name in Latin letters, and for
/// its own script: Zelenski, Zelensky, Zelenskyy, Zelens'kyi and Зеленський; Sergei and Sergey; Lavrov, Lawrow
/// and Лавров.
///
/// The text is folded; each word that is wholly of one script is put into ASCII (crate `any_ascii`); then this
/// table is applied, in this order:
///
/// | written | key |
/// |---|---|
/// | y, j | i |
/// | w | v |
/// | kh | h |
/// | x | ks |
/// | a doubled letter | the letter once |
///
/// A word that mixes scripts keeps its own letters, so its key is never that of the Latin word it looks like. The
/// key is for comparison only and not for reading; two different names may share one.
pub fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in fold(text).split(' ').filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        if mixed_script(word) {
            push_key(&mut out, word);
        } else {
            push_key(&mut out, &any_ascii(word).to_ascii_lowercase());
        }
    }
    out
}

fn push_key(out: &mut String, word: &str) {
    let start = out.len();
    let mut letters = word.chars().filter(|letter| letter.is_alphanumeric()).peekable();
    while let Some(letter) = letters.next() {
        let written = match letter {
            'y' | 'j' => 'i',
            'w' => 'v',
            'k' if letters.peek() == Some(&'h') => continue,
            'x' => {
                push_once(out, start, 'k');
                's'
            }
            other => other,
        };
        push_once(out, start, written);
    }
}

/// Digits are kept doubled: only letters are doubled by spelling.
fn push_once(out: &mut String, start: usize, letter: char) {
    let before = out.get(start..).and_then(|word| word.chars().next_back());
    if before != Some(letter) || !letter.is_alphabetic() {
        out.push(letter);
    }
}
