//! SVG 1.1, written by hand: elements with attributes, texts that cannot break out of them.

use std::fmt::Write as _;

use super::text::visible;

/// A document that grows element by element.
#[derive(Debug, Default)]
pub struct Svg {
    written: String,
    open: Vec<&'static str>,
}

/// An attribute and its value.
pub type Attribute<'a> = (&'a str, &'a str);

impl Svg {
    /// Opens an element, until [`Svg::close`].
    pub fn open(&mut self, tag: &'static str, attributes: &[Attribute<'_>]) {
        self.start(tag, attributes);
        self.written.push_str(">\n");
        self.open.push(tag);
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.indent();
            let _ = writeln!(self.written, "</{tag}>");
        }
    }

    /// An element without content.
    pub fn leaf(&mut self, tag: &'static str, attributes: &[Attribute<'_>]) {
        self.start(tag, attributes);
        self.written.push_str("/>\n");
    }

    /// An element that holds a text.
    pub fn text(&mut self, tag: &'static str, attributes: &[Attribute<'_>], text: &str) {
        self.start(tag, attributes);
        let _ = writeln!(self.written, ">{}</{tag}>", escaped(text));
    }

    /// The document with parts that were written apart, every element closed.
    pub fn finish_with(mut self, parts: impl IntoIterator<Item = Self>) -> String {
        for part in parts {
            self.written.push_str(&part.finish());
        }
        self.finish()
    }

    /// The document, every element closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.written
    }

    fn start(&mut self, tag: &str, attributes: &[Attribute<'_>]) {
        self.indent();
        let _ = write!(self.written, "<{tag}");
        for (name, value) in attributes {
            let _ = write!(self.written, " {name}=\"{}\"", escaped(value));
        }
    }

    fn indent(&mut self) {
        self.written.extend(std::iter::repeat_n(' ', self.open.len()));
    }
}

/// A length in pixels, at most one digit behind the point.
pub fn px(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A text with what XML would read otherwise escaped, and what it cannot hold (XML 1.0, section 2.2) written out: `\u{1b}`.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => safe.extend(c.escape_unicode()),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_breaks_out_of_its_element() {
        let mut svg = Svg::default();
        svg.open("g", &[("id", "\"/><script>'")]);
        svg.text("text", &[], "a<b>&\u{1b}[31m\u{0}\u{ffff}\u{202e}]]>");
        assert_eq!(
            svg.finish(),
            "<g id=\"&quot;/&gt;&lt;script&gt;&#39;\">\n <text>a&lt;b&gt;&amp;\\u{1b}[31m\\u{0}\\u{ffff}\\u{202e}]]&gt;</text>\n</g>\n"
        );
    }

    #[test]
    fn lengths_are_short() {
        assert_eq!((px(12.0), px(0.25), px(-3.5)), ("12".to_owned(), "0.2".to_owned(), "-3.5".to_owned()));
    }
}
