//! Text with colours that knows its width, wraps at words, and cannot carry a control character.

use std::borrow::Cow;
use std::fmt::Write as _;

use anstyle::Style;
use unicode_width::UnicodeWidthChar as _;

use super::style;
use crate::names::{shown, unshown};

/// Stands between two words that belong on one line; written as a space.
pub const GLUE: char = '\u{a0}';

/// "1 entry", "2 entries".
#[must_use]
pub fn counted<T: std::fmt::Display + PartialEq + From<u8>>(many: T, one: &str, more: &str) -> String {
    let what = if many == T::from(1) { one } else { more };
    format!("{many} {what}")
}

/// A text with control characters, escape sequences, bidi overrides, invisible characters and piled-up marks written out (`\u{1b}`).
///
/// ```
/// # use daybook::render::visible;
/// assert_eq!(visible("a\u{1b}[31mb\u{202e}c"), "a\\u{1b}[31mb\\u{202e}c");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if unshown(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len() + 8);
    for (c, shows) in shown(text) {
        if shows {
            written.push(c);
        } else if matches!(c, '\n' | '\r' | '\t') {
            written.extend(c.escape_default());
        } else {
            written.extend(c.escape_unicode());
        }
    }
    Cow::Owned(written)
}

/// The columns of a character.
fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// A text in pieces of one style each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text(Vec<(Style, String)>);

impl Text {
    /// Nothing.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// A text without colour.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self::styled(style::PLAIN, text)
    }

    /// A text in a style.
    #[must_use]
    pub fn styled(style: Style, text: &str) -> Self {
        Self::none().and(style, text)
    }

    /// This text, and another piece after it.
    #[must_use]
    pub fn and(mut self, style: Style, text: &str) -> Self {
        if !text.is_empty() {
            self.0.push((style, visible(text).into_owned()));
        }
        self
    }

    /// This text, and another after it with `between` where both are there.
    #[must_use]
    pub fn join(mut self, between: &str, other: Self) -> Self {
        if !self.is_empty() && !other.is_empty() {
            self = self.and(style::PLAIN, between);
        }
        self.0.extend(other.0);
        self
    }

    /// The same text, dimmed.
    #[must_use]
    pub fn dimmed(self) -> Self {
        Self(self.0.into_iter().map(|(style, text)| (style.dimmed(), text)).collect())
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The columns that it takes on one line.
    #[must_use]
    pub fn width(&self) -> usize {
        self.characters().map(|(_, c)| columns(c)).sum()
    }

    /// The text alone.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_iter().map(|(_, text)| text).collect()
    }

    fn characters(&self) -> impl Iterator<Item = (Style, char)> {
        self.0.iter().flat_map(|(style, text)| text.chars().map(|c| (*style, c)))
    }

    /// The text in lines of at most `width` columns (at least two), broken at spaces; a word that is longer is broken where it must.
    #[must_use]
    pub fn wrap(&self, width: usize) -> Vec<Self> {
        let mut lines = Lines { width: width.max(2), done: Vec::new(), line: Line::default() };
        let (mut word, mut gap) = (Line::default(), Line::default());
        for (style, c) in self.characters() {
            if c == ' ' {
                if !word.characters.is_empty() {
                    lines.place(std::mem::take(&mut gap), std::mem::take(&mut word));
                }
                gap.push(style, c);
            } else {
                word.push(style, c);
            }
        }
        lines.place(gap, word);
        lines.finish()
    }

    /// Appends it to a string, with colour codes if `colour`.
    pub fn write(&self, out: &mut String, colour: bool) {
        for (style, text) in &self.0 {
            let text = text.replace(GLUE, " ");
            if colour && *style != style::PLAIN {
                let _ = write!(out, "{style}{text}{style:#}");
            } else {
                out.push_str(&text);
            }
        }
    }
}

/// A line that grows.
#[derive(Default)]
struct Line {
    characters: Vec<(Style, char)>,
    columns: usize,
}

impl Line {
    fn push(&mut self, style: Style, c: char) {
        self.characters.push((style, c));
        self.columns += columns(c);
    }

    fn extend(&mut self, other: Self) {
        self.characters.extend(other.characters);
        self.columns += other.columns;
    }

    fn into_text(self) -> Text {
        let mut pieces: Vec<(Style, String)> = Vec::new();
        for (style, c) in self.characters {
            match pieces.last_mut() {
                Some((last, text)) if *last == style => text.push(c),
                _ => pieces.push((style, c.to_string())),
            }
        }
        Text(pieces)
    }
}

/// The lines of a text that is being wrapped.
struct Lines {
    width: usize,
    done: Vec<Text>,
    line: Line,
}

impl Lines {
    /// Puts a word after a gap, on this line or the next.
    fn place(&mut self, gap: Line, word: Line) {
        if self.line.characters.is_empty() || self.line.columns + gap.columns + word.columns > self.width {
            self.end();
        } else {
            self.line.extend(gap);
        }
        if word.columns <= self.width {
            self.line.extend(word);
            return;
        }
        for (style, c) in word.characters {
            if self.line.columns + columns(c) > self.width {
                self.end();
            }
            self.line.push(style, c);
        }
    }

    fn end(&mut self) {
        if !self.line.characters.is_empty() {
            self.done.push(std::mem::take(&mut self.line).into_text());
        }
    }

    fn finish(mut self) -> Vec<Text> {
        self.end();
        self.done
    }
}
