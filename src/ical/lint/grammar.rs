//! Content lines and the tree of components: what the tolerant reader takes all the same.

use super::Faults;
use crate::ical::line::is_token;
use crate::ical::{Flaw, FlawKind, LineError, Reading};

const LINE: &str = "RFC 5545, 3.1";

/// What the reader forgives in a line.
pub(super) fn lines(lines: &[(usize, String)], faults: &mut Faults) {
    for (number, line) in lines {
        if has_bare_quote(line) {
            let says = "a quotation mark stands within a parameter; quote the whole value, and write ^' for a mark within it";
            faults.error(*number, LINE, says);
        }
        let delimiter = line.split_once([':', ';']).filter(|(name, _)| super::is_one_of(name, &["BEGIN", "END"]));
        if let Some((name, rest)) = delimiter
            && !(is_token(rest) && line.as_bytes().get(name.len()) == Some(&b':'))
        {
            let says = format!("{name} names a component in letters, digits and -, and nothing else stands on its line");
            faults.error(*number, "RFC 5545, 3.6", says);
        }
    }
}

/// Whether a parameter has a quotation mark other than around the whole of a value.
fn has_bare_quote(line: &str) -> bool {
    let mut rest = line;
    while let Some(at) = rest.find([';', ':', '=', ',']) {
        let after = rest.get(at + 1..).unwrap_or_default();
        match rest.as_bytes().get(at) {
            Some(b':') | None => return false,
            Some(b'=' | b',') if after.starts_with('"') => {
                let Some((_, behind)) = after.get(1..).unwrap_or_default().split_once('"') else { return false };
                rest = behind;
            }
            Some(b'=' | b',') => {
                let end = after.find([';', ':', ',']).unwrap_or(after.len());
                if after.get(..end).is_some_and(|value| value.contains('"')) {
                    return true;
                }
                rest = after.get(end..).unwrap_or_default();
            }
            Some(_) => rest = after,
        }
    }
    false
}

/// The flaws that the reader found, as faults; returns the lines of the components that never end, in order.
pub(super) fn tree(reading: &Reading, faults: &mut Faults) -> Vec<usize> {
    for flaw in &reading.flaws {
        let section = match flaw.kind {
            FlawKind::Line(LineError::Name | LineError::NoColon) => LINE,
            FlawKind::Line(LineError::Parameter | LineError::Quote) => "RFC 5545, 3.2",
            FlawKind::Outside => "RFC 5545, 3.4",
            FlawKind::End | FlawKind::Open | FlawKind::Deep => "RFC 5545, 3.6",
        };
        faults.error(flaw.line, section, flaw.kind.to_string());
    }
    if reading.components.is_empty() {
        faults.error(1, "RFC 5545, 3.4", "the file holds no calendar; it begins with BEGIN:VCALENDAR");
    }
    let open = |flaw: &&Flaw| flaw.kind == FlawKind::Open;
    reading.flaws.iter().filter(open).map(|flaw| flaw.line).collect()
}
