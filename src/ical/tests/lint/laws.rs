//! The RFCs' own calendars are good, and any bytes are checked.

use proptest::prelude::*;

use super::{faults, file, good};
use crate::ical::lint;

/// RFC 5545, section 4, without its to-do, which has a floating DUE, and its busy time, which lacks what section 3.6.4 requires.
const EXAMPLES: &[&str] = &[
    "\
BEGIN:VCALENDAR
PRODID:-//xyz Corp//NONSGML PDA Calendar Version 1.0//EN
VERSION:2.0
BEGIN:VEVENT
DTSTAMP:19960704T120000Z
UID:uid1@example.com
ORGANIZER:mailto:jsmith@example.com
DTSTART:19960918T143000Z
DTEND:19960920T220000Z
STATUS:CONFIRMED
CATEGORIES:CONFERENCE
SUMMARY:Networld+Interop Conference
DESCRIPTION:Networld+Interop Conference
  and Exhibit\\nAtlanta World Congress Center\\n
 Atlanta\\, Georgia
END:VEVENT
END:VCALENDAR
",
    "\
BEGIN:VCALENDAR
PRODID:-//RDU Software//NONSGML HandCal//EN
VERSION:2.0
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:STANDARD
DTSTART:19981025T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19990404T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
DTSTAMP:19980309T231000Z
UID:guid-1.example.com
ORGANIZER:mailto:mrbig@example.com
ATTENDEE;RSVP=TRUE;ROLE=REQ-PARTICIPANT;CUTYPE=GROUP:
 mailto:employee-A@example.com
DESCRIPTION:Project XYZ Review Meeting
CATEGORIES:MEETING
CLASS:PUBLIC
CREATED:19980309T130000Z
SUMMARY:XYZ Project Review
DTSTART;TZID=America/New_York:19980312T083000
DTEND;TZID=America/New_York:19980312T093000
LOCATION:1CP Conference Room 4350
END:VEVENT
END:VCALENDAR
",
    "\
BEGIN:VCALENDAR
METHOD:xyz
VERSION:2.0
PRODID:-//ABC Corporation//NONSGML My Product//EN
BEGIN:VEVENT
DTSTAMP:19970324T120000Z
SEQUENCE:0
UID:uid3@example.com
ORGANIZER:mailto:jdoe@example.com
ATTENDEE;RSVP=TRUE:mailto:jsmith@example.com
DTSTART:19970324T123000Z
DTEND:19970324T210000Z
CATEGORIES:MEETING,PROJECT
CLASS:PUBLIC
SUMMARY:Calendaring Interoperability Planning Meeting
DESCRIPTION:Discuss how we can test c&s interoperability\\n
 using iCalendar and other IETF standards.
LOCATION:LDB Lobby
ATTACH;FMTTYPE=application/postscript:ftp://example.com/pub/
 conf/bkgrnd.ps
END:VEVENT
END:VCALENDAR
",
    "\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//ABC Corporation//NONSGML My Product//EN
BEGIN:VTODO
DTSTAMP:19980130T134500Z
SEQUENCE:2
UID:uid4@example.com
ORGANIZER:mailto:unclesam@example.com
ATTENDEE;PARTSTAT=ACCEPTED:mailto:jqpublic@example.com
DUE:19980415T000000
STATUS:NEEDS-ACTION
SUMMARY:Submit Income Taxes
BEGIN:VALARM
ACTION:AUDIO
TRIGGER;VALUE=DATE-TIME:19980403T120000Z
ATTACH;FMTTYPE=audio/basic:http://example.com/pub/audio-
 files/ssbanner.aud
REPEAT:4
DURATION:PT1H
END:VALARM
END:VTODO
END:VCALENDAR
",
    "\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//ABC Corporation//NONSGML My Product//EN
BEGIN:VJOURNAL
DTSTAMP:19970324T120000Z
UID:uid5@example.com
ORGANIZER:mailto:jsmith@example.com
STATUS:DRAFT
CLASS:PUBLIC
CATEGORIES:Project Report,XYZ,Weekly Meeting
DESCRIPTION:Project xyz Review Meeting Minutes\\n
 Agenda\\n1. Review of project version 1.0 requirements.\\n2.
  Definition
 of project processes.\\n3. Review of project schedule.\\n
 Participants: John Smith\\, Jane Doe\\, Jim Dandy\\n-It was
  decided that the requirements need to be signed off by
  product marketing.
END:VJOURNAL
END:VCALENDAR
",
];

/// RFC 5545, section 3.6.1 (an anniversary, a festival) and section 3.6.5 (a zone whose rules end, and one with an RDATE).
const PARTS: &[&str] = &[
    "\
BEGIN:VEVENT
UID:19970901T130000Z-123403@example.com
DTSTAMP:19970901T130000Z
DTSTART;VALUE=DATE:19971102
SUMMARY:Our Blissful Anniversary
TRANSP:TRANSPARENT
CLASS:CONFIDENTIAL
CATEGORIES:ANNIVERSARY,PERSONAL,SPECIAL OCCASION
RRULE:FREQ=YEARLY
END:VEVENT
",
    "\
BEGIN:VEVENT
UID:20070423T123432Z-541111@example.com
DTSTAMP:20070423T123432Z
DTSTART;VALUE=DATE:20070628
DTEND;VALUE=DATE:20070709
SUMMARY:Festival International de Jazz de Montreal
TRANSP:TRANSPARENT
END:VEVENT
",
    "\
BEGIN:VTIMEZONE
TZID:Fictitious
LAST-MODIFIED:19870101T000000Z
BEGIN:STANDARD
DTSTART:19671029T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19870405T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4;UNTIL=19980404T070000Z
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
END:DAYLIGHT
END:VTIMEZONE
",
    "\
BEGIN:VFREEBUSY
UID:19970901T095957Z-76A912@example.com
ORGANIZER:mailto:jane_doe@example.com
ATTENDEE:mailto:john_public@example.com
DTSTAMP:19970901T100000Z
FREEBUSY:19971015T050000Z/PT8H30M,
 19971015T160000Z/PT5H30M,19971015T223000Z/PT6H30M
URL:http://example.com/pub/busy/jpublic-01.ifb
COMMENT:This iCalendar file contains busy time information for
  the next three months.
END:VFREEBUSY
",
];

#[test]
fn the_examples_of_the_rfc_are_good() {
    for example in EXAMPLES {
        assert_eq!(faults(&file(example)), [], "{example}");
    }
    for part in PARTS {
        let calendar = format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{part}END:VCALENDAR\n");
        assert_eq!(faults(&file(&calendar)), [], "{part}");
    }
}

/// The published busy time of section 4 has neither UID nor DTSTAMP, which section 3.6.4 requires.
#[test]
fn one_example_of_the_rfc_breaks_its_own_rule() {
    let text = file(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//RDU Software//NONSGML HandCal//EN\nBEGIN:VFREEBUSY\nORGANIZER:mailto:jsmith@example.com\n\
         DTSTART:19980313T141711Z\nDTEND:19980410T141711Z\nFREEBUSY:19980314T233000Z/19980315T003000Z\n\
         URL:http://www.example.com/calendar/busytime/jsmith.ifb\nEND:VFREEBUSY\nEND:VCALENDAR\n",
    );
    let says: Vec<(usize, String)> = faults(&text).into_iter().map(|fault| (fault.line, fault.says)).collect();
    assert_eq!(says, [(4, "VFREEBUSY lacks DTSTAMP".to_owned()), (4, "VFREEBUSY lacks UID".to_owned())]);
}

/// What holds of any bytes.
fn is_checked(bytes: &[u8]) {
    let found = lint(bytes);
    let end = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
    let lines = 1 + bytes.iter().filter(|byte| **byte == end).count();
    assert!(found.faults.is_sorted_by_key(|fault| fault.line));
    assert!(found.faults.iter().all(|fault| (1..=lines).contains(&fault.line) && !fault.says.is_empty()));
    assert_eq!(found.faults.len(), found.errors + found.warnings);
    assert_eq!(lint(bytes), found);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_checked(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        is_checked(&bytes);
    }

    #[test]
    fn anything_like_a_calendar_is_checked(
        text in "(BEGIN:VCALENDAR\r\n)?(BEGIN:(VEVENT|VTODO|VALARM|VTIMEZONE|X)\r\n|END:V(EVENT|TODO)\r\n|(DTSTART|DTEND|RRULE|TRIGGER|GEO|UID|RDATE|DURATION)(;(TZID|VALUE|X)=[A-Z\",]{0,5})?:(FREQ=|BYDAY=|P|T|Z|[0-9]{1,8}|[;,=/:é-]){0,6}\r?\n| ){0,20}",
    ) {
        is_checked(text.as_bytes());
    }

    /// A byte of the good calendar turned into another.
    #[test]
    fn a_good_calendar_with_other_bytes_is_checked(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut bytes = good().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        is_checked(&bytes);
    }

    /// A line of the good calendar dropped, doubled or swapped with another.
    #[test]
    fn a_good_calendar_with_other_lines_is_checked(act in 0..3, one: prop::sample::Index, other: prop::sample::Index) {
        let text = good();
        let mut lines: Vec<&str> = text.split_inclusive("\r\n").collect();
        let (one, other) = (one.index(lines.len()), other.index(lines.len()));
        match act {
            0 => { lines.remove(one); }
            1 => lines.insert(one, lines[one]),
            _ => lines.swap(one, other),
        }
        is_checked(lines.concat().as_bytes());
    }
}
