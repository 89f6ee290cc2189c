//! Broken in its components: what they lack, have twice, and do not take; and the RFCs' own examples, which are good.

use super::{Broken, Severity, crlf, faults, hold};

const ERRORS: &[Broken] = &[
    // Where components lie.
    (
        "BEGIN:VJOURNAL\n",
        "BEGIN:VJOURNAL\nBEGIN:VALARM\nACTION:X-A\nTRIGGER;VALUE=DATE-TIME:20070701T120000Z\nEND:VALARM\n",
        "BEGIN:VALARM\nACTION:X-A",
        "5545, 3.6.6",
        "VALARM lies in VEVENT or VTODO, not in VJOURNAL",
    ),
    (
        "END:VCALENDAR\n",
        "END:VCALENDAR\nBEGIN:VJOURNAL\nUID:x\nDTSTAMP:19970901T130000Z\nEND:VJOURNAL\n",
        "BEGIN:VJOURNAL\nUID:x",
        "5545, 3.6.3",
        "outside of every VCALENDAR",
    ),
    // The calendar.
    ("PRODID:-//RDU Software//NONSGML HandCal//EN\n", "", "BEGIN:VCALENDAR", "5545, 3.6", "VCALENDAR lacks PRODID"),
    ("VERSION:2.0\n", "", "BEGIN:VCALENDAR", "5545, 3.6", "VCALENDAR lacks VERSION"),
    (
        "VERSION:2.0\n",
        "VERSION:2.0\nVERSION:2.0\n",
        "VERSION:2.0\nCAL",
        "5545, 3.6",
        "VERSION stands twice in VCALENDAR, on line 3",
    ),
    ("VERSION:2.0\n", "VERSION:1.0\n", "VERSION", "5545, 3.7.4", "VERSION is 2.0, not \"1.0\""),
    ("CALSCALE:GREGORIAN", "CALSCALE:JULIAN", "CALSCALE", "5545, 3.7.1", "CALSCALE is GREGORIAN"),
    ("CALSCALE:", "METHOD:PUBLISH\nMETHOD:PUBLISH\nCALSCALE:", "METHOD:PUBLISH\nCAL", "5545, 3.6", "METHOD stands twice"),
    ("CALSCALE:", "STATUS:CONFIRMED\nCALSCALE:", "STATUS:CONFIRMED\nCAL", "5545, 3.6", "STATUS does not belong in VCALENDAR"),
    // RFC 7986.
    ("NAME;LANGUAGE=fr", "NAME", "NAME:Congés", "7986, 5.1", "NAME stands twice in one language"),
    ("COLOR:turquoise\n", "COLOR:turquoise\nCOLOR:red\n", "COLOR:red", "5545, 3.6", "COLOR stands twice"),
    ("COLOR:turquoise", "COLOR:#40e0d0", "COLOR", "7986, 5.9", "no name of a colour"),
    ("REFRESH-INTERVAL;VALUE=DURATION", "REFRESH-INTERVAL", "REFRESH", "7986, 5.7", "write VALUE=DURATION"),
    ("VALUE=DURATION:P1W", "VALUE=DURATION:-P1W", "REFRESH", "7986, 5.7", "above zero"),
    ("IMAGE;VALUE=URI;", "IMAGE;", "IMAGE", "7986, 5.10", "write VALUE=URI or BINARY"),
    ("CONFERENCE;VALUE=URI;", "CONFERENCE;", "CONFERENCE", "7986, 5.11", "write VALUE=URI"),
    (
        "UID:journal\n",
        "UID:journal\nCONFERENCE;VALUE=URI:tel:+1\n",
        "CONFERENCE;VALUE=URI:tel",
        "5545, 3.6.3",
        "CONFERENCE does not belong",
    ),
    (
        "SOURCE;VALUE=URI:https://example.com/holidays.ics",
        "SOURCE;VALUE=URI:holidays.ics",
        "SOURCE",
        "5545, 3.3.13",
        "no address",
    ),
    // Events, to-dos, journals, busy times.
    ("BEGIN:VEVENT\nUID:anniversary\n", "begin:vevent\n", "begin:vevent", "5545, 3.6.1", "VEVENT lacks UID"),
    (
        "UID:anniversary\nDTSTAMP:19970901T130000Z\n",
        "UID:anniversary\n",
        "BEGIN:VEVENT\nUID:anniversary",
        "5545, 3.6.1",
        "VEVENT lacks DTSTAMP",
    ),
    (
        "DTSTART;VALUE=DATE:19971102\nDTEND;VALUE=DATE:19971103\nRRULE:FREQ=YEARLY\n",
        "",
        "BEGIN:VEVENT\nUID:anniversary",
        "5545, 3.6.1",
        "VEVENT lacks DTSTART",
    ),
    ("UID:todo\n", "", "BEGIN:VTODO", "5545, 3.6.2", "VTODO lacks UID"),
    ("UID:journal\n", "", "BEGIN:VJOURNAL", "5545, 3.6.3", "VJOURNAL lacks UID"),
    ("UID:busy\nDTSTAMP:19970901T083000Z\n", "UID:busy\n", "BEGIN:VFREEBUSY", "5545, 3.6.4", "VFREEBUSY lacks DTSTAMP"),
    ("UID:anniversary\n", "UID:\n", "UID:\n", "5545, 3.8.4.7", "UID is empty"),
    ("PRIORITY:1\n", "PRIORITY:1\nPRIORITY:2\n", "PRIORITY:2", "5545, 3.6.1", "PRIORITY stands twice in VEVENT"),
    ("PRIORITY:1\n", "PRIORITY:1\nDUE:19980313T083000Z\n", "DUE:19980313", "5545, 3.6.1", "DUE does not belong in VEVENT"),
    ("UID:todo\n", "UID:todo\nTRANSP:OPAQUE\n", "TRANSP:OPAQUE\nDTSTAMP", "5545, 3.6.2", "TRANSP does not belong in VTODO"),
    ("UID:journal\n", "UID:journal\nLOCATION:Here\n", "LOCATION", "5545, 3.6.3", "LOCATION does not belong in VJOURNAL"),
    ("UID:busy\n", "UID:busy\nSUMMARY:Busy\n", "SUMMARY:Busy", "5545, 3.6.4", "SUMMARY does not belong in VFREEBUSY"),
    (
        "DTEND;TZID=America/New_York:19980312T093000\n",
        "DTEND;TZID=America/New_York:19980312T093000\nDURATION:PT1H\n",
        "DURATION:PT1H\nRRULE",
        "5545, 3.6.1",
        "DTEND and DURATION exclude each other",
    ),
    (
        "DUE:20070709T130000Z\n",
        "DUE:20070709T130000Z\nDURATION:PT1H\n",
        "DURATION:PT1H\nCOMPLETED",
        "5545, 3.6.2",
        "DUE and DURATION exclude each other",
    ),
    // One identity is one component.
    (
        "UID:anniversary",
        "UID:meeting",
        "UID:meeting\nDTSTAMP:19970901",
        "5545, 3.8.4.7",
        "the UID \"meeting\" stands already on line 32",
    ),
    ("UID:busy", "UID:journal", "UID:journal\nDTSTAMP:19970901T083000Z", "5545, 3.8.4.7", "the UID \"journal\" stands already"),
    // Alarms.
    ("ACTION:DISPLAY\n", "", "BEGIN:VALARM\nTRIGGER;REL", "5545, 3.6.6", "VALARM lacks ACTION"),
    ("TRIGGER:-PT1H\n", "", "BEGIN:VALARM\nACTION:AUDIO", "5545, 3.6.6", "VALARM lacks TRIGGER"),
    (
        "DESCRIPTION:Breakfast meeting\n",
        "",
        "BEGIN:VALARM\nTRIGGER;REL",
        "5545, 3.6.6",
        "lacks DESCRIPTION, which it must have for ACTION:DISPLAY",
    ),
    ("SUMMARY:REMINDER\n", "", "BEGIN:VALARM\nACTION:EMAIL", "5545, 3.6.6", "lacks SUMMARY, which it must have for ACTION:EMAIL"),
    ("ATTENDEE:mailto:john_doe@example.com\n", "", "BEGIN:VALARM\nACTION:EMAIL", "5545, 3.6.6", "lacks ATTENDEE"),
    ("REPEAT:2\n", "", "BEGIN:VALARM\nTRIGGER;REL", "5545, 3.6.6", "lacks REPEAT, which it must have beside DURATION"),
    ("DURATION:PT15M\n", "", "BEGIN:VALARM\nTRIGGER;REL", "5545, 3.6.6", "lacks DURATION, which it must have beside REPEAT"),
    ("TRIGGER:-PT1H\n", "TRIGGER:-PT1H\nATTACH:http://example.com/a.aud\n", "ATTACH;FMTTYPE=audio", "5545, 3.6.6", "one ATTACH"),
    ("DTSTART:20070514T110000Z\n", "", "TRIGGER:-PT1H", "5545, 3.6.6", "TRIGGER counts from DTSTART, which the VTODO lacks"),
    (
        "DTSTART;TZID=America/New_York:19980326T103000\nDURATION:PT1H\n",
        "DTSTART;TZID=America/New_York:19980326T103000\nBEGIN:VALARM\nACTION:AUDIO\nTRIGGER;RELATED=END:PT0S\nEND:VALARM\n",
        "TRIGGER;RELATED=END:PT0S",
        "5545, 3.6.6",
        "TRIGGER counts from the end",
    ),
];

const WARNINGS: &[Broken] = &[
    ("RRULE:FREQ=YEARLY\n", "RRULE:FREQ=YEARLY\nRRULE:FREQ=MONTHLY\n", "RRULE:FREQ=MONTHLY", "5545, 3.6.1", "RRULE stands twice"),
    ("RRULE:FREQ=YEARLY\n", "EXRULE:FREQ=YEARLY\n", "EXRULE", "5545, A.3", "EXRULE is deprecated"),
];

#[test]
fn each_broken_component_is_its_fault_and_no_other() {
    hold(Severity::Error, ERRORS);
    hold(Severity::Warning, WARNINGS);
}

#[test]
fn the_good_calendar_is_good() {
    assert_eq!(faults(&super::good()), []);
}

#[test]
fn a_calendar_has_a_component() {
    let found = faults(&crlf("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nEND:VCALENDAR\n"));
    assert_eq!(found.iter().map(|fault| (fault.line, fault.section)).collect::<Vec<_>>(), [(1, "RFC 5545, 3.6")]);
}

/// RFC 5545, section 3.8.2.4: in a message an event may have no start.
#[test]
fn a_message_needs_no_start_and_may_have_guests() {
    let text = crlf(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\nDTSTAMP:19970901T130000Z\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.com\nORGANIZER:mailto:b@example.com\nEND:VEVENT\nEND:VCALENDAR\n",
    );
    assert_eq!(faults(&text), []);
    assert_eq!(faults(&text.replace("METHOD:REPLY\r\n", "")).len(), 1);
}
