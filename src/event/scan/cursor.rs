//! A place in a line of canonical JSON, and the reading of one field after the other from there.

use std::str::FromStr;

use crate::event::limits::TEXT_BYTES;

/// How far a line has been read.
///
/// Every method that returns an `Option` gives `None` where the line is not in the canonical form, or breaks a rule; the line is then left to
/// the validating way, so that it no longer matters how far it was read.
pub(super) struct Cursor<'l> {
    text: &'l str,
    at: usize,
    /// What stands before the next field: `{` where an object has just been opened, else a comma.
    before: u8,
}

impl<'l> Cursor<'l> {
    /// At the start of a line; of none that has a control character, which JSON cannot write bare.
    pub fn new(line: &'l [u8]) -> Option<Self> {
        // The least byte of all is found many bytes at a time.
        let least = line.iter().fold(u8::MAX, |least, byte| least.min(*byte));
        let text = std::str::from_utf8(line).ok()?;
        (least >= b' ').then_some(Self { text, at: 0, before: b',' })
    }

    fn ahead(&self) -> &'l [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// What has not been read.
    pub fn rest(&self) -> &'l str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    pub fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Reads these very bytes.
    #[inline(always)]
    pub fn expect(&mut self, bytes: &[u8]) -> Option<()> {
        self.ahead().starts_with(bytes).then(|| self.skip(bytes.len()))
    }

    /// Opens an object, whose brace is read with its first field.
    pub fn open(&mut self) -> Option<()> {
        self.before = b'{';
        (*self.ahead().first()? == b'{').then_some(())
    }

    /// Closes an object that had a field.
    pub fn close(&mut self) -> Option<()> {
        (self.before == b',').then_some(())?;
        self.expect(b"}")
    }

    /// Whether the field of this name comes next; its name is read if so.
    ///
    /// Inlined wherever it is asked, as what asks it here is: so the name is a constant, compared as a number.
    #[inline(always)]
    pub fn field(&mut self, name: &str) -> bool {
        let ahead = self.ahead();
        let Some(([before, b'"'], rest)) = ahead.split_first_chunk::<2>() else { return false };
        let Some(rest) = rest.strip_prefix(name.as_bytes()) else { return false };
        let found = *before == self.before && rest.starts_with(b"\":");
        if found {
            self.at += name.len() + 4;
            self.before = b',';
        }
        found
    }

    /// Reads a list, each of its items by `one`.
    pub fn list<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.expect(b"[")?;
        if self.expect(b"]").is_some() {
            return Some(Vec::new());
        }
        // Most lists have one item, and none is worth growing by doubling from four.
        let mut items = Vec::with_capacity(1);
        loop {
            items.push(one(self)?);
            if self.expect(b",").is_none() {
                break;
            }
        }
        self.expect(b"]")?;
        // Whatever an item opened, it closed.
        self.before = b',';
        Some(items)
    }

    /// Reads a text whose escapes, if it has any, are those that this program writes.
    fn string(&mut self) -> Option<String> {
        self.expect(b"\"")?;
        let text = self.run();
        if self.expect(b"\"").is_some() {
            return (text.len() <= TEXT_BYTES).then(|| text.to_owned());
        }
        let mut whole = String::with_capacity(text.len() + self.raw_length());
        whole.push_str(text);
        while self.expect(b"\\").is_some() {
            whole.push(self.escape()?);
            whole.push_str(self.run());
        }
        self.expect(b"\"")?;
        (whole.len() <= TEXT_BYTES).then_some(whole)
    }

    /// How much is left of a text with its escapes as they are written, which is more than what they stand for.
    fn raw_length(&self) -> usize {
        let ahead = self.ahead();
        let mut length = 0;
        while ahead.get(length) == Some(&b'\\') {
            length += 2;
            length += run_length(ahead.get(length..).unwrap_or_default());
        }
        length
    }

    /// Reads up to a quotation mark or a backslash.
    #[inline]
    fn run(&mut self) -> &'l str {
        let length = run_length(self.ahead());
        let text = self.text.get(self.at..self.at + length).unwrap_or_default();
        self.at += length;
        text
    }

    /// Reads an escape behind its backslash: of a control character other than NUL, or of what JSON cannot write bare.
    fn escape(&mut self) -> Option<char> {
        let (letter, rest) = self.ahead().split_first()?;
        self.at += 1;
        Some(match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let (digits, _) = rest.split_first_chunk::<4>()?;
                self.at += 4;
                let [b'0', b'0', high @ b'0'..=b'1', low @ (b'0'..=b'9' | b'a'..=b'f')] = digits else { return None };
                let low = char::from(*low).to_digit(16)?;
                char::from_u32(u32::from(high - b'0') * 16 + low).filter(|c| *c != '\0')?
            }
            _ => return None,
        })
    }

    /// Reads a text without escapes.
    fn plain_string(&mut self) -> Option<&'l str> {
        self.expect(b"\"")?;
        let text = self.run();
        self.expect(b"\"")?;
        (text.len() <= TEXT_BYTES).then_some(text)
    }

    /// A field that must be there, a text without escapes.
    #[inline(always)]
    pub fn plain(&mut self, name: &str) -> Option<&'l str> {
        if self.field(name) { self.plain_string() } else { None }
    }

    /// A field that may be there, a text without escapes.
    #[inline(always)]
    pub fn plain_or_none(&mut self, name: &str) -> Option<Option<&'l str>> {
        if self.field(name) { self.plain_string().map(Some) } else { Some(None) }
    }

    /// A field that must be there, of a type whose texts need no escapes.
    #[inline(always)]
    pub fn needed<T: FromStr>(&mut self, name: &str) -> Option<T> {
        self.plain(name)?.parse().ok()
    }

    /// A field that may be there, of a type whose texts need no escapes.
    #[inline(always)]
    pub fn parsed<T: FromStr>(&mut self, name: &str) -> Option<Option<T>> {
        match self.plain_or_none(name)? {
            Some(text) => text.parse().ok().map(Some),
            None => Some(None),
        }
    }

    /// A field that may be there: any text.
    #[inline(always)]
    pub fn text(&mut self, name: &str) -> Option<Option<String>> {
        if self.field(name) { self.string().map(Some) } else { Some(None) }
    }

    /// A field that must be there: any text.
    #[inline(always)]
    pub fn needed_text(&mut self, name: &str) -> Option<String> {
        if self.field(name) { self.string() } else { None }
    }

    /// A field that may be there: a list of any texts; empty where it is absent.
    #[inline(always)]
    pub fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        if self.field(name) { self.list(Self::string) } else { Some(Vec::new()) }
    }

    /// A field that may be there: a list of a type whose texts need no escapes; empty where it is absent.
    #[inline(always)]
    pub fn ids<T: FromStr>(&mut self, name: &str) -> Option<Vec<T>> {
        if self.field(name) { self.list(|line| line.plain_string()?.parse().ok()) } else { Some(Vec::new()) }
    }

    /// Reads a whole number of at most 19 digits, which is far from the end of what fits.
    pub fn number(&mut self) -> Option<u64> {
        let digits = self.digits();
        let (first, _) = digits.as_bytes().split_first()?;
        if digits.len() > 19 || (*first == b'0' && digits.len() > 1) {
            return None;
        }
        digits.parse().ok()
    }

    /// A field that may be there: a number with a fraction and no exponent, as all but the smallest are written.
    pub fn decimal(&mut self, name: &str) -> Option<Option<f64>> {
        if !self.field(name) {
            return Some(None);
        }
        let start = self.at;
        let _ = self.expect(b"-");
        let whole = self.digits();
        self.expect(b".")?;
        let fraction = self.digits();
        let leading_zero = whole.starts_with('0') && whole.len() > 1;
        if whole.is_empty() || leading_zero || fraction.is_empty() || whole.len() + fraction.len() > 24 {
            return None;
        }
        self.text.get(start..self.at)?.parse().ok().map(Some)
    }

    fn digits(&mut self) -> &'l str {
        let length = self.ahead().iter().take_while(|byte| byte.is_ascii_digit()).count();
        let digits = self.text.get(self.at..self.at + length).unwrap_or_default();
        self.at += length;
        digits
    }
}

/// How many bytes stand before the first quotation mark or backslash.
#[inline]
fn run_length(bytes: &[u8]) -> usize {
    let mut length = 0;
    // Eight at a time: a byte of `marks` has its high bit set where one is found. Borrows may mark bytes behind the first, never before it.
    let mut rest = bytes;
    while let Some((eight, behind)) = rest.split_first_chunk::<8>() {
        let word = u64::from_le_bytes(*eight);
        let marks = (zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES)) & HIGH_BITS;
        if marks != 0 {
            return length + marks.trailing_zeros() as usize / 8;
        }
        length += 8;
        rest = behind;
    }
    length + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\')).count()
}

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH_BITS: u64 = ONES << 7;
const QUOTES: u64 = ONES * b'"' as u64;
const BACKSLASHES: u64 = ONES * b'\\' as u64;

/// Marks the first byte that is zero, and perhaps ones behind it.
#[inline]
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word
}
