//! Broken in its bytes, its lines, its grammar or its tree.

use super::{Broken, Severity, crlf, faults, good, hold};
use crate::ical::{MOST_FAULTS, lint};

const ERRORS: &[Broken] = &[
    // Physical lines.
    ("BEGIN:VCALENDAR\n", "\u{feff}BEGIN:VCALENDAR\n", "\u{feff}BEGIN", "5545, 3.1.4", "byte-order mark"),
    ("CALSCALE:", "\nCALSCALE:", "\nCALSCALE", "5545, 3.1", "the line is empty"),
    ("XYZ Project", "XYZ\u{7}Project", "SUMMARY:XYZ\u{7}", "5545, 3.1", "control character U+0007"),
    ("XYZ Project", "XYZ\u{7f}Project", "SUMMARY:XYZ\u{7f}", "5545, 3.1", "control character U+007F"),
    ("XYZ Project", "XYZ\rProject", "SUMMARY:XYZ\r", "5545, 3.1", "carriage return stands within"),
    // Content lines.
    ("CLASS:PUBLIC", "CLASS", "CLASS", "5545, 3.1", "no colon"),
    ("CLASS:PUBLIC", ":PUBLIC", ":PUBLIC", "5545, 3.1", "the name of a property"),
    ("CLASS:PUBLIC", "CL ASS:PUBLIC", "CL ASS", "5545, 3.1", "the name of a property"),
    ("CLASS:PUBLIC", "CLÄSS:PUBLIC", "CLÄSS", "5545, 3.1", "the name of a property"),
    ("CLASS:PUBLIC", "CLASS;X-A:PUBLIC", "CLASS;X-A", "5545, 3.2", "NAME=value"),
    ("CN=\"Big, Mr\"", "CN=\"Big, Mr", "ORGANIZER", "5545, 3.2", "closed by a quotation mark"),
    ("CN=\"Big, Mr\"", "CN=\"Big, Mr\"x", "ORGANIZER", "5545, 3.2", "closed by a quotation mark"),
    ("CN=\"Big, Mr\"", "CN=Mr \"Big\"", "ORGANIZER", "5545, 3.1", "a quotation mark stands within"),
    ("CN=\"Big, Mr\"", "CN=Big, Mr", "ORGANIZER", "5545, 3.2.2", "CN has one value"),
    ("RSVP=TRUE", "RSVP=TRUE;rsvp=TRUE", "ATTENDEE;RSVP", "5545, 3.2.17", "RSVP stands twice"),
    // The tree.
    ("END:VJOURNAL\n", "", "BEGIN:VJOURNAL", "5545, 3.6", "never ends"),
    ("END:VJOURNAL\n", "END:VJOURNAL\nEND:VJOURNAL\n", "END:VJOURNAL\nBEGIN", "5545, 3.6", "not the one open"),
    ("BEGIN:VJOURNAL\n", "BEGIN:VJOURNAL \n", "BEGIN:VJOURNAL ", "5545, 3.6", "BEGIN names a component in letters"),
    ("END:VJOURNAL\n", "END;X-A=1:VJOURNAL\n", "END;X-A", "5545, 3.6", "END names a component in letters"),
    ("END:VCALENDAR\n", "END:VCALENDAR\nX-LATE:1\n", "X-LATE", "5545, 3.4", "outside of every component"),
];

const WARNINGS: &[Broken] = &[
    ("XYZ Project", "XYZ\n \n  Project", " \n  Project", "5545, 3.1", "goes on with nothing"),
    ("CLASS:PUBLIC", "KLASS:PUBLIC", "KLASS", "5545, 3.8.8.2", "no RFC knows the property KLASS"),
    ("CLASS:PUBLIC", "CLASS;KIND=1:PUBLIC", "CLASS;KIND", "5545, 3.2", "no RFC knows the parameter KIND"),
    (
        "END:VJOURNAL\n",
        "END:VJOURNAL\nBEGIN:VFUTURE\nEND:VFUTURE\n",
        "BEGIN:VFUTURE",
        "5545, 3.6",
        "no RFC knows the component VFUTURE",
    ),
    ("END:VCALENDAR\n", "X-LATE:1\nEND:VCALENDAR\n", "X-LATE", "5545, 3.7", "after a component"),
];

#[test]
fn each_broken_line_is_its_fault_and_no_other() {
    hold(Severity::Error, ERRORS);
    hold(Severity::Warning, WARNINGS);
}

/// The line, the section and the sentence of the one fault of some bytes.
fn only(bytes: &[u8]) -> (usize, &'static str, String) {
    let found = lint(bytes).faults;
    let [fault] = found.as_slice() else { panic!("one fault, not {found:#?}") };
    (fault.line, fault.section, fault.says.clone())
}

/// The good calendar with other bytes in the place of a text, and the number of its line.
fn spoilt(text: &str, bytes: &[u8]) -> (Vec<u8>, usize) {
    let good = good();
    let at = good.find(text).expect("it stands there");
    let line = good[..at].matches("\r\n").count() + 1;
    ([&good.as_bytes()[..at], bytes, &good.as_bytes()[at + text.len()..]].concat(), line)
}

#[test]
fn bytes_that_are_not_utf_8_have_their_place() {
    let (bytes, line) = spoilt("XYZ", b"\xc3(");
    assert_eq!(only(&bytes), (line, "RFC 5545, 3.1.4", "byte 9 of the line is not UTF-8".to_owned()));
    // In a folded line the space counts.
    let (bytes, line) = spoilt("XYZ", b"X\r\n Y\xff");
    assert_eq!(only(&bytes), (line + 1, "RFC 5545, 3.1.4", "byte 3 of the line is not UTF-8".to_owned()));
    // A character in two folded lines is one, and was not to be cut.
    let (bytes, line) = spoilt("XYZ", b"\xc3\r\n \xa9");
    assert_eq!(only(&bytes), (line + 1, "RFC 5545, 3.1", "the fold before this line cuts a UTF-8 character in two".to_owned()));
}

#[test]
fn lines_end_with_both_characters() {
    let lines = good().matches("\r\n").count();
    for (end, name) in [("\n", "LF"), ("\r", "CR")] {
        let says = format!("the line ends with {name} alone, and so do {} more; every line ends with CR LF", lines - 1);
        assert_eq!(only(good().replace("\r\n", end).as_bytes()), (1, "RFC 5545, 3.1", says));
    }
    let (bytes, line) = spoilt("CLASS:PUBLIC\r\n", b"CLASS:PUBLIC\n");
    assert_eq!(only(&bytes), (line, "RFC 5545, 3.1", "the line ends with LF alone; every line ends with CR LF".to_owned()));
    let cut = good();
    let cut = cut.strip_suffix("\r\n").unwrap();
    assert_eq!(
        only(cut.as_bytes()),
        (lines, "RFC 5545, 3.1", "the last line has no line end; every line ends with CR LF".to_owned())
    );
}

#[test]
fn what_is_no_calendar_says_so() {
    let none = "the file holds no calendar; it begins with BEGIN:VCALENDAR".to_owned();
    assert_eq!(only(b""), (1, "RFC 5545, 3.4", none.clone()));
    assert!(lint(b"<html>\r\n").faults.iter().any(|fault| fault.says == none));
    let folded = [b" X:1\r\n".as_slice(), good().as_bytes()].concat();
    let says: Vec<String> = lint(&folded).faults.into_iter().map(|fault| fault.says).collect();
    assert!(says[0].starts_with("the line begins with white space"), "{says:?}");
}

/// RFC 5545, section 3.1: 75 octets, in which an accented letter is two.
#[test]
fn long_lines_are_a_warning() {
    let with = |summary: &str| good().replace("SUMMARY:XYZ Project\\, Review", &format!("SUMMARY:{summary}"));
    assert_eq!(faults(&with(&"x".repeat(67))), []);
    for long in ["x".repeat(68), "é".repeat(34)] {
        let found = lint(with(&long).as_bytes());
        assert_eq!((found.errors, found.warnings), (0, 1));
        assert_eq!(found.faults[0].says, "the line has 76 octets; it is folded after 75 at most");
    }
}

#[test]
fn several_calendars_are_a_warning() {
    let twice = good() + &good();
    let found = faults(&twice);
    let [fault] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((fault.line, fault.severity), (good().matches("\r\n").count() + 1, Severity::Warning));
    // None of the three ends, and the innermost holds nothing; of the others it is not known what lies in them.
    assert_eq!(lint((crlf("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n").repeat(3)).as_bytes()).errors, 3 + 1);
}

/// A file of faults alone: the first are kept, and all are counted.
#[test]
fn faults_are_counted_and_only_the_first_are_kept() {
    let found = lint(crlf(&"X\n".repeat(3 * MOST_FAULTS)).as_bytes());
    // Each line, and that there is no calendar.
    assert_eq!((found.errors, found.warnings, found.faults.len()), (3 * MOST_FAULTS + 1, 0, MOST_FAULTS));
    assert!(found.faults.is_sorted_by_key(|fault| fault.line));
    assert_eq!(found.faults.last().map(|fault| fault.line), Some(MOST_FAULTS - 1), "line 1 has two");
}
