//! Lint against files that are good, and against the same files with one fault each.
//!
//! The good calendars hold RFC 5545's own examples (section 4, and those of 3.6) and those of RFC 7986; what is expected of a broken one is
//! from the text of the section that is named. Breaking is replacing one piece of a good calendar by another.

mod bytes;
mod components;
mod laws;
mod times;
mod values;

use crate::ical::{Fault, Severity, lint};

/// A piece of the good calendar, what stands there instead, how the text goes on from the line that is wrong then, and the fault: its
/// section and a piece of its sentence.
type Broken = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// A calendar with one of everything. Its lines are written with LF and get CR LF.
const GOOD: &str = "\
BEGIN:VCALENDAR
PRODID:-//RDU Software//NONSGML HandCal//EN
VERSION:2.0
CALSCALE:GREGORIAN
NAME:Company Vacation Days
NAME;LANGUAGE=fr:Congés
COLOR:turquoise
REFRESH-INTERVAL;VALUE=DURATION:P1W
SOURCE;VALUE=URI:https://example.com/holidays.ics
IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/png:http://example.com/images/party.png
X-WR-CALNAME:Vacation
BEGIN:VTIMEZONE
TZID:America/New_York
LAST-MODIFIED:20050809T050000Z
BEGIN:STANDARD
DTSTART:19671029T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;UNTIL=20061029T060000Z
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19870405T020000
RDATE:19880403T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:meeting
DTSTAMP:19980309T231000Z
CREATED:19980309T130000Z
ORGANIZER;CN=\"Big, Mr\":mailto:mrbig@example.com
ATTENDEE;RSVP=TRUE;ROLE=REQ-PARTICIPANT;CUTYPE=GROUP:mailto:a@example.com
DTSTART;TZID=America/New_York:19980312T083000
DTEND;TZID=America/New_York:19980312T093000
RRULE:FREQ=WEEKLY;UNTIL=19980401T133000Z;BYDAY=TH
EXDATE;TZID=America/New_York:19980319T083000
SUMMARY:XYZ Project\\, Review
CATEGORIES:MEETING,PROJECT
GEO:37.386013;-122.082932
STATUS:CONFIRMED
TRANSP:OPAQUE
CLASS:PUBLIC
PRIORITY:1
SEQUENCE:0
URL:http://example.com/pub/calendars/jsmith/mytime.ics
CONFERENCE;VALUE=URI;FEATURE=CHAT:xmpp:chat-123@conference.example.com
REQUEST-STATUS:2.0;Success
ATTACH;ENCODING=BASE64;VALUE=BINARY:VGVzdA==
BEGIN:VALARM
TRIGGER;RELATED=END:-PT30M
REPEAT:2
DURATION:PT15M
ACTION:DISPLAY
DESCRIPTION:Breakfast meeting
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:meeting
RECURRENCE-ID;TZID=America/New_York:19980326T083000
DTSTAMP:19980310T231000Z
DTSTART;TZID=America/New_York:19980326T103000
DURATION:PT1H
END:VEVENT
BEGIN:VEVENT
UID:anniversary
DTSTAMP:19970901T130000Z
DTSTART;VALUE=DATE:19971102
DTEND;VALUE=DATE:19971103
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VTODO
UID:todo
DTSTAMP:20070313T123432Z
DTSTART:20070514T110000Z
DUE:20070709T130000Z
COMPLETED:20070707T100000Z
PERCENT-COMPLETE:100
STATUS:NEEDS-ACTION
BEGIN:VALARM
ACTION:EMAIL
TRIGGER;VALUE=DATE-TIME:20070701T120000Z
ATTENDEE:mailto:john_doe@example.com
SUMMARY:REMINDER
DESCRIPTION:A draft agenda
END:VALARM
BEGIN:VALARM
ACTION:AUDIO
TRIGGER:-PT1H
ATTACH;FMTTYPE=audio/basic:ftp://example.com/pub/sounds/bell-01.aud
END:VALARM
END:VTODO
BEGIN:VJOURNAL
UID:journal
DTSTAMP:19970901T130000Z
DTSTART;VALUE=DATE:19970317
STATUS:DRAFT
DESCRIPTION:One
DESCRIPTION:Two
END:VJOURNAL
BEGIN:VFREEBUSY
UID:busy
DTSTAMP:19970901T083000Z
DTSTART:19971015T050000Z
DTEND:19971016T050000Z
FREEBUSY;FBTYPE=FREE:19971015T050000Z/PT8H30M,19971015T160000Z/19971015T170000Z
END:VFREEBUSY
END:VCALENDAR
";

fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

/// The lines of a file: folded, and ended as they should be.
fn file(lines: &str) -> String {
    lines.split_terminator('\n').map(crate::ical::fold).collect()
}

fn good() -> String {
    file(GOOD)
}

fn faults(text: &str) -> Vec<Fault> {
    lint(text.as_bytes()).faults
}

/// The number of the one line at which the text goes on so.
fn line_of(text: &str, begins: &str) -> usize {
    let starts = std::iter::once(0).chain(text.match_indices("\r\n").map(|(at, _)| at + 2));
    let found: Vec<usize> = (1..).zip(starts).filter(|(_, at)| text[*at..].starts_with(begins)).map(|(line, _)| line).collect();
    assert_eq!(found.len(), 1, "{begins:?} begins one line of\n{text}");
    found[0]
}

/// The good calendar with one piece of it replaced.
fn broken(from: &str, to: &str) -> String {
    assert_eq!(GOOD.matches(from).count(), 1, "{from:?} stands once in the good calendar");
    file(&GOOD.replace(from, to))
}

/// Every broken calendar has its fault, where it is, and no other.
fn hold(severity: Severity, table: &[Broken]) {
    let mut wrong = Vec::new();
    for (from, to, begins, section, says) in table {
        let text = broken(from, to);
        let line = line_of(&text, &crlf(begins));
        let found = faults(&text);
        let is_it = |fault: &Fault| {
            (fault.line, fault.severity, fault.section.strip_prefix("RFC ")) == (line, severity, Some(section))
                && fault.says.contains(says)
        };
        if !matches!(found.as_slice(), [fault] if is_it(fault)) {
            wrong.push(format!("{to:?} is one fault, on line {line} (RFC {section}, {says:?}), not {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
