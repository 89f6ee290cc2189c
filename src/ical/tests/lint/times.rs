//! Broken in its dates and times: starts, ends, rules and zones.

use super::{Broken, Severity, hold};

const ERRORS: &[Broken] = &[
    // UTC.
    (
        "DTSTAMP:19980309T231000Z",
        "DTSTAMP:19980309T231000",
        "DTSTAMP:19980309T231000\n",
        "5545, 3.8.7.2",
        "DTSTAMP is local time",
    ),
    ("CREATED:19980309T130000Z", "CREATED:19980309T130000", "CREATED", "5545, 3.8.7.1", "CREATED is local time"),
    (
        "LAST-MODIFIED:20050809T050000Z",
        "LAST-MODIFIED:20050809T050000",
        "LAST-MODIFIED",
        "5545, 3.8.7.3",
        "LAST-MODIFIED is local",
    ),
    ("COMPLETED:20070707T100000Z", "COMPLETED:20070707T100000", "COMPLETED", "5545, 3.8.2.1", "COMPLETED is local time"),
    ("DATE-TIME:20070701T120000Z", "DATE-TIME:20070701T120000", "TRIGGER;VALUE", "5545, 3.8.6.3", "TRIGGER is local time"),
    ("FBTYPE=FREE:19971015T050000Z/", "FBTYPE=FREE:19971015T050000/", "FREEBUSY;", "5545, 3.8.2.6", "FREEBUSY is local time"),
    ("CREATED:19980309T130000Z", "CREATED:19980309", "CREATED", "5545, 3.3.5", "CREATED is a date without a time"),
    (
        "CREATED:19980309T130000Z",
        "CREATED;VALUE=DATE:19980309",
        "CREATED",
        "5545, 3.2.20",
        "CREATED holds DATE-TIME, not \"DATE\"",
    ),
    // Real days and hours.
    ("DTSTART:20070514T110000Z", "DTSTART:20070230T110000Z", "DTSTART:20070230", "5545, 3.3.4", "a day that does not exist"),
    ("DTSTART:20070514T110000Z", "DTSTART:20070514T240000Z", "DTSTART:20070514", "5545, 3.3.12", "hours go from 00 to 23"),
    ("DTSTART:20070514T110000Z", "DTSTART:20070514T1100Z", "DTSTART:20070514", "5545, 3.3.12", "is no time"),
    ("DTSTART:20070514T110000Z", "DTSTART:2007-05-14T11:00:00Z", "DTSTART:2007-", "5545, 3.3.5", "one is written 20250218"),
    ("DTSTART:20070514T110000Z", "DTSTART:20070514T110000+0200", "DTSTART:20070514", "5545, 3.3.12", "only Z may follow"),
    // Dates that do not say so, and times that say they are dates.
    ("DTSTART;VALUE=DATE:19970317", "DTSTART:19970317", "DTSTART:19970317", "5545, 3.8.2.4", "write VALUE=DATE"),
    ("VALUE=DATE:19970317", "VALUE=DATE:19970317T000000Z", "DTSTART;VALUE=DATE:19970317", "5545, 3.3.4", "holds a time"),
    ("DTSTART;VALUE=DATE:19970317", "DTSTART;VALUE=TEXT:19970317", "DTSTART;VALUE=TEXT", "5545, 3.2.20", "not \"TEXT\""),
    // Ends.
    (
        "DTEND;TZID=America/New_York:19980312T093000",
        "DTEND;VALUE=DATE:19980313",
        "DTEND;VALUE=DATE:19980313",
        "5545, 3.8.2.2",
        "DTEND is a date",
    ),
    (
        "DTEND;TZID=America/New_York:19980312T093000",
        "DTEND:19980312T093000",
        "DTEND:19980312",
        "5545, 3.8.2.2",
        "local time without a zone",
    ),
    (
        "DTEND;TZID=America/New_York:19980312T093000",
        "DTEND;TZID=America/New_York:19980312T083000",
        "DTEND;TZID",
        "5545, 3.8.2.2",
        "not later",
    ),
    // 08:30 in New York is 13:30 in UTC on that day.
    ("DTEND;TZID=America/New_York:19980312T093000", "DTEND:19980312T133000Z", "DTEND:19980312", "5545, 3.8.2.2", "not later"),
    ("DTEND;VALUE=DATE:19971103", "DTEND;VALUE=DATE:19971102", "DTEND;VALUE=DATE:19971102", "5545, 3.8.2.2", "the day after"),
    ("DUE:20070709T130000Z", "DUE:20070514T110000Z", "DUE", "5545, 3.8.2.3", "DUE is not later than DTSTART"),
    ("DUE:20070709T130000Z", "DUE;VALUE=DATE:20070709", "DUE", "5545, 3.8.2.3", "DUE is a date, and DTSTART is UTC"),
    ("DTEND;VALUE=DATE:19971103", "DURATION:PT24H", "DURATION:PT24H", "5545, 3.8.2.5", "only days or weeks"),
    (
        "TRIGGER:-PT1H\n",
        "TRIGGER;VALUE=DATE-TIME;RELATED=END:20070701T120000Z\n",
        "TRIGGER;VALUE=DATE-TIME;REL",
        "5545, 3.8.6.3",
        "RELATED goes only",
    ),
    (
        "DTSTART:19971015T050000Z",
        "DTSTART;TZID=America/New_York:19971015T010000",
        "DTSTART;TZID=America/New_York:19971015",
        "5545, 3.8.2.4",
        "the DTSTART of a VFREEBUSY is in UTC",
    ),
    ("DTEND:19971016T050000Z", "DTEND:19971015T050000Z", "DTEND:19971015", "5545, 3.8.2.2", "not later"),
    // Rules and their starts.
    ("UNTIL=19980401T133000Z", "UNTIL=19980401T083000", "RRULE:FREQ=WEEKLY", "5545, 3.3.10", "UNTIL is UTC then"),
    (
        "UNTIL=19980401T133000Z",
        "UNTIL=19980401",
        "RRULE:FREQ=WEEKLY",
        "5545, 3.3.10",
        "UNTIL is a date, and DTSTART is local time with TZID",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=YEARLY;UNTIL=20041102T000000Z\n",
        "RRULE:FREQ=YEARLY;UNTIL=20041102T000000Z",
        "5545, 3.3.10",
        "UNTIL is a date then",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=YEARLY;BYHOUR=8\n",
        "RRULE:FREQ=YEARLY;BYHOUR=8",
        "5545, 3.3.10",
        "the rule has no BYHOUR",
    ),
    ("DTSTART;VALUE=DATE:19970317\n", "RRULE:FREQ=DAILY\n", "RRULE:FREQ=DAILY", "5545, 3.8.2.4", "RRULE needs DTSTART"),
    (
        "RECURRENCE-ID;TZID=America/New_York:19980326T083000",
        "RECURRENCE-ID;VALUE=DATE:19980326",
        "RECURRENCE-ID",
        "5545, 3.8.4.4",
        "RECURRENCE-ID is a date",
    ),
    (
        "RECURRENCE-ID;TZID=America/New_York:",
        "RECURRENCE-ID;RANGE=THISANDPRIOR;TZID=America/New_York:",
        "RECURRENCE-ID",
        "5545, 3.2.13",
        "THISANDFUTURE",
    ),
    // Zones and those who name them.
    (
        "EXDATE;TZID=America/New_York:19980319T083000",
        "EXDATE;TZID=America/New_York:19980319T133000Z",
        "EXDATE",
        "5545, 3.2.19",
        "both Z and TZID",
    ),
    (
        "DTSTART;VALUE=DATE:19970317",
        "DTSTART;VALUE=DATE;TZID=America/New_York:19970317",
        "DTSTART;VALUE=DATE;TZID",
        "5545, 3.2.19",
        "a date has no TZID",
    ),
    ("CREATED:19980309T130000Z", "CREATED;TZID=America/New_York:19980309T080000", "CREATED", "5545, 3.2.19", "always in UTC"),
    ("SUMMARY:XYZ", "SUMMARY;TZID=America/New_York:XYZ", "SUMMARY;TZID", "5545, 3.2.19", "SUMMARY has no TZID"),
    (
        "DTSTART;TZID=America/New_York:19980326T103000",
        "DTSTART;TZID=Europe/Madrid:19980326T103000",
        "DTSTART;TZID=Europe",
        "5545, 3.2.19",
        "no VTIMEZONE",
    ),
    (
        "DTSTART;TZID=America/New_York:19980326T103000",
        "DTSTART;TZID=:19980326T103000",
        "DTSTART;TZID=:",
        "5545, 3.2.19",
        "names no zone",
    ),
    (
        "BEGIN:VEVENT\nUID:anniversary",
        "BEGIN:VTIMEZONE\nTZID:America/New_York\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0500\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:anniversary",
        "BEGIN:VTIMEZONE\nTZID:America/New_York\nBEGIN",
        "5545, 3.6.5",
        "has a VTIMEZONE already, on line 13",
    ),
    (
        "BEGIN:VEVENT\nUID:anniversary",
        "BEGIN:VTIMEZONE\nTZID:Empty\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:anniversary",
        "BEGIN:VTIMEZONE\nTZID:Empty",
        "5545, 3.6.5",
        "neither STANDARD nor DAYLIGHT",
    ),
    (
        "BEGIN:VEVENT\nUID:anniversary",
        "BEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0500\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:anniversary",
        "BEGIN:VTIMEZONE\nBEGIN",
        "5545, 3.6.5",
        "VTIMEZONE lacks TZID",
    ),
    ("TZOFFSETTO:-0500\n", "", "BEGIN:STANDARD", "5545, 3.6.5", "STANDARD lacks TZOFFSETTO"),
    ("TZOFFSETFROM:-0400\n", "", "BEGIN:STANDARD", "5545, 3.6.5", "STANDARD lacks TZOFFSETFROM"),
    ("DTSTART:19870405T020000\n", "", "BEGIN:DAYLIGHT", "5545, 3.6.5", "DAYLIGHT lacks DTSTART"),
    (
        "DTSTART:19870405T020000",
        "DTSTART:19870405T070000Z",
        "DTSTART:19870405",
        "5545, 3.8.2.4",
        "the DTSTART of a DAYLIGHT is local time",
    ),
    ("RDATE:19880403T020000", "RDATE:19880403T070000Z", "RDATE", "5545, 3.6.5", "the RDATE of a DAYLIGHT is local time"),
    (
        "UNTIL=20061029T060000Z",
        "UNTIL=20061029T020000",
        "RRULE:FREQ=YEARLY;BYDAY",
        "5545, 3.3.10",
        "UNTIL in a time zone is in UTC",
    ),
    ("TZOFFSETFROM:-0400", "TZOFFSETFROM:-0000", "TZOFFSETFROM:-0000", "5545, 3.3.14", "zero is +0000"),
    ("TZOFFSETFROM:-0400", "TZOFFSETFROM:0400", "TZOFFSETFROM:0400", "5545, 3.3.14", "is not an offset"),
    ("TZOFFSETFROM:-0400", "TZOFFSETFROM:-0460", "TZOFFSETFROM:-0460", "5545, 3.3.14", "is not an offset"),
];

const WARNINGS: &[Broken] = &[
    ("DTSTART;VALUE=DATE:19970317", "DTSTART:19970317T090000", "DTSTART:19970317T09", "5545, 3.3.5", "DTSTART floats"),
    (
        "EXDATE;TZID=America/New_York:19980319T083000",
        "EXDATE;VALUE=DATE:19980319",
        "EXDATE",
        "5545, 3.8.5.1",
        "it excludes nothing",
    ),
    ("EXDATE;TZID=America/New_York:19980319T083000", "EXDATE:19980319T083000", "EXDATE", "5545, 3.8.5.1", "it excludes nothing"),
    (
        "RRULE:FREQ=YEARLY\n",
        "RDATE:19981102T000000Z\n",
        "RDATE:19981102T000000Z",
        "5545, 3.8.5.2",
        "RDATE is UTC, and DTSTART is a date",
    ),
    ("DTEND;VALUE=DATE:19971103", "DURATION:P0D", "DURATION:P0D", "5545, 3.8.2.5", "above zero"),
];

#[test]
fn each_broken_time_is_its_fault_and_no_other() {
    hold(Severity::Error, ERRORS);
    hold(Severity::Warning, WARNINGS);
}

/// RFC 5545, section 3.2.19: a name that begins with a slash is of a register that all know.
#[test]
fn a_zone_of_a_register_needs_no_vtimezone() {
    let global = super::good().replace("DTSTART;TZID=America/New_York:19980326", "DTSTART;TZID=/America/New_York:19980326");
    assert_eq!(super::faults(&global), []);
}
