//! Physical lines: how they end and how long they are, what may not stand in them, and where they are folded.

use super::Faults;
use crate::ical::FOLD_OCTETS;

const LINES: &str = "RFC 5545, 3.1";
const CHARSET: &str = "RFC 5545, 3.1.4";
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How a physical line ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    CrLf,
    Lf,
    Cr,
    Missing,
}

/// A content line that grows as its folds are read.
struct Unfolded {
    line: usize,
    bytes: Vec<u8>,
    /// Where each folded line begins: its place in the bytes, and its number.
    joints: Vec<(usize, usize)>,
}

/// The content lines of a file, unfolded, with the number of the line that each begins on.
pub(super) fn content_lines(bytes: &[u8], faults: &mut Faults) -> Vec<(usize, String)> {
    let bytes = match bytes.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => {
            faults.error(1, CHARSET, "the file begins with a byte-order mark; it begins with BEGIN:VCALENDAR");
            rest
        }
        None => bytes,
    };
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut open: Option<Unfolded> = None;
    let mut wrong_ends: Option<(usize, End, usize)> = None;
    for (number, (content, end)) in (1..).zip(Physical::of(bytes)) {
        match end {
            End::CrLf => {}
            End::Missing => faults.error(number, LINES, "the last line has no line end; every line ends with CR LF"),
            End::Lf | End::Cr => wrong_ends.get_or_insert((number, end, 0)).2 += 1,
        }
        look(number, content, open.is_some(), faults);
        match (content.split_first(), &mut open) {
            (None, _) => {}
            (Some((b' ' | b'\t', rest)), Some(line)) => {
                line.joints.push((line.bytes.len(), number));
                line.bytes.extend_from_slice(rest);
            }
            (Some(_), _) => {
                lines.extend(open.take().map(|line| line.finish(faults)));
                open = Some(Unfolded { line: number, bytes: content.to_vec(), joints: Vec::new() });
            }
        }
    }
    lines.extend(open.map(|line| line.finish(faults)));
    if let Some((line, end, many)) = wrong_ends {
        let end = if end == End::Cr { "CR" } else { "LF" };
        let more = if many > 1 { format!(", and so do {} more", many - 1) } else { String::new() };
        faults.error(line, LINES, format!("the line ends with {end} alone{more}; every line ends with CR LF"));
    }
    lines
}

/// What may be wrong with a physical line by itself.
fn look(number: usize, content: &[u8], follows: bool, faults: &mut Faults) {
    if content.is_empty() {
        faults.error(number, LINES, "the line is empty");
    }
    if content.len() > FOLD_OCTETS {
        let octets = content.len();
        faults.warning(number, LINES, format!("the line has {octets} octets; it is folded after {FOLD_OCTETS} at most"));
    }
    let control = content.iter().find(|byte| (**byte < b' ' && **byte != b'\t') || **byte == 0x7f);
    match control {
        Some(b'\r') => faults.error(number, LINES, "a carriage return stands within the line"),
        Some(control) => faults.error(number, LINES, format!("the control character U+{control:04X} stands in the line")),
        None => {}
    }
    match content {
        [b' ' | b'\t', ..] if !follows => {
            faults.error(number, LINES, "the line begins with white space, and there is no line before it that it continues");
        }
        [b' ' | b'\t'] => {
            faults.warning(number, LINES, "a folded line goes on with nothing; some programs take it for an empty line")
        }
        _ => {}
    }
}

impl Unfolded {
    /// The line as text. Where it is not UTF-8, or was folded within a character, that is said.
    fn finish(self, faults: &mut Faults) -> (usize, String) {
        let text = match String::from_utf8(self.bytes) {
            Ok(text) => {
                for (at, number) in self.joints {
                    if !text.is_char_boundary(at) {
                        faults.error(number, LINES, "the fold before this line cuts a UTF-8 character in two");
                    }
                }
                text
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                // A folded line has a space before its first byte.
                let joint = self.joints.iter().rfind(|(start, _)| *start <= at);
                let (number, byte) = joint.map_or((self.line, at + 1), |(start, number)| (*number, at - start + 2));
                faults.error(number, CHARSET, format!("byte {byte} of the line is not UTF-8"));
                String::from_utf8_lossy(error.as_bytes()).into_owned()
            }
        };
        (self.line, text)
    }
}

/// The physical lines of a file. A lone CR ends a line only where no LF does: else editors and compilers count other lines.
struct Physical<'b> {
    rest: &'b [u8],
    end: u8,
}

impl<'b> Physical<'b> {
    fn of(bytes: &'b [u8]) -> Self {
        Self { rest: bytes, end: if bytes.contains(&b'\n') { b'\n' } else { b'\r' } }
    }
}

impl<'b> Iterator for Physical<'b> {
    type Item = (&'b [u8], End);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let Some(at) = self.rest.iter().position(|byte| *byte == self.end) else {
            return Some((std::mem::take(&mut self.rest), End::Missing));
        };
        let (line, rest) = self.rest.split_at(at);
        self.rest = rest.get(1..).unwrap_or_default();
        if self.end == b'\r' {
            return Some((line, End::Cr));
        }
        Some(line.strip_suffix(b"\r").map_or((line, End::Lf), |line| (line, End::CrLf)))
    }
}
