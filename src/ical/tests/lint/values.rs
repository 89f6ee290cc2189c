//! Broken in a value or a parameter.

use super::{Broken, Severity, hold};

const ERRORS: &[Broken] = &[
    // Texts.
    ("XYZ Project\\, Review", "XYZ Project, Review", "SUMMARY:XYZ", "5545, 3.3.11", "a comma in a text is written \\,"),
    ("XYZ Project\\, Review", "XYZ Project; Review", "SUMMARY:XYZ", "5545, 3.3.11", "a semicolon in a text is written \\;"),
    ("XYZ Project\\, Review", "XYZ \\Project", "SUMMARY:XYZ", "5545, 3.3.11", "there is no escape \\P"),
    ("XYZ Project\\, Review", "XYZ\\", "SUMMARY:XYZ", "5545, 3.3.11", "half an escape"),
    ("CATEGORIES:MEETING,PROJECT", "CATEGORIES:MEETING;PROJECT", "CATEGORIES", "5545, 3.3.11", "a semicolon in a text"),
    // Words.
    (
        "STATUS:CONFIRMED",
        "STATUS:COMPLETED",
        "STATUS:COMPLETED",
        "5545, 3.8.1.11",
        "the STATUS of a VEVENT is TENTATIVE, CONFIRMED or CANCELLED",
    ),
    ("STATUS:NEEDS-ACTION", "STATUS:CONFIRMED", "STATUS:CONFIRMED\nBEGIN", "5545, 3.8.1.11", "the STATUS of a VTODO"),
    ("STATUS:DRAFT", "STATUS:TENTATIVE", "STATUS:TENTATIVE", "5545, 3.8.1.11", "the STATUS of a VJOURNAL"),
    ("TRANSP:OPAQUE", "TRANSP:BUSY", "TRANSP", "5545, 3.8.2.7", "TRANSP is OPAQUE or TRANSPARENT"),
    ("CLASS:PUBLIC", "CLASS:", "CLASS", "5545, 3.8.1.3", "CLASS is empty"),
    ("RSVP=TRUE", "RSVP=YES", "ATTENDEE;RSVP", "5545, 3.2.17", "RSVP is TRUE or FALSE, not \"YES\""),
    ("RELATED=END", "RELATED=MIDDLE", "TRIGGER;REL", "5545, 3.2.14", "RELATED is START or END"),
    ("FMTTYPE=audio/basic", "FMTTYPE=audio", "ATTACH;FMT", "5545, 3.2.8", "FMTTYPE is a media type"),
    ("LANGUAGE=fr", "LANGUAGE=fr_CH", "NAME;LANG", "5545, 3.2.10", "LANGUAGE is a language tag"),
    (
        "ATTENDEE;RSVP=TRUE;",
        "ATTENDEE;RSVP=TRUE;SENT-BY=\"b@example.com\";",
        "ATTENDEE;RSVP",
        "5545, 3.2.18",
        "SENT-BY holds an address",
    ),
    // Numbers.
    ("PRIORITY:1", "PRIORITY:10", "PRIORITY", "5545, 3.8.1.9", "PRIORITY goes from 0 to 9"),
    ("PRIORITY:1", "PRIORITY:high", "PRIORITY", "5545, 3.3.8", "is not a whole number"),
    ("PERCENT-COMPLETE:100", "PERCENT-COMPLETE:101", "PERCENT", "5545, 3.8.1.8", "from 0 to 100"),
    ("SEQUENCE:0", "SEQUENCE:-1", "SEQUENCE", "5545, 3.8.7.4", "SEQUENCE is 0 or more"),
    ("SEQUENCE:0", "SEQUENCE:2147483648", "SEQUENCE", "5545, 3.3.8", "is not a whole number"),
    ("GEO:37.386013;", "GEO:97.386013;", "GEO", "5545, 3.8.1.6", "GEO is not on Earth"),
    ("GEO:37.386013;", "GEO:37.386013,", "GEO", "5545, 3.8.1.6", "GEO is latitude, semicolon, longitude"),
    // Durations and periods.
    ("DURATION:PT1H\n", "DURATION:PT1H30S\n", "DURATION:PT1H30S", "5545, 3.3.6", "is no duration"),
    ("DURATION:PT1H\n", "DURATION:P1W2D\n", "DURATION:P1W2D", "5545, 3.3.6", "is no duration"),
    ("DURATION:PT1H\n", "DURATION:P1Y\n", "DURATION:P1Y", "5545, 3.3.6", "is no duration"),
    ("DURATION:PT1H\n", "DURATION:PT\n", "DURATION:PT\n", "5545, 3.3.6", "is no duration"),
    ("DURATION:PT1H\n", "DURATION:1H\n", "DURATION:1H", "5545, 3.3.6", "is no duration"),
    ("DURATION:PT1H\n", "DURATION:-PT1H\n", "DURATION:-PT1H", "5545, 3.8.2.5", "above zero"),
    ("T050000Z/PT8H30M", "T050000Z", "FREEBUSY", "5545, 3.3.9", "is no period"),
    ("T050000Z/PT8H30M", "T050000Z/-PT8H30M", "FREEBUSY", "5545, 3.3.9", "above zero"),
    ("/19971015T170000Z", "/19971015T150000Z", "FREEBUSY", "5545, 3.3.9", "later than its start"),
    // Addresses and data.
    ("URL:http://example.com/pub", "URL:example.com/pub", "URL", "5545, 3.3.13", "no address with its scheme"),
    ("URL:http://example.com/pub", "URL:http://example.com/a b", "URL", "5545, 3.3.13", "an address has no \" \""),
    ("URL:http://example.com/pub", "URL:http://example.com/ü", "URL", "5545, 3.3.13", "an address has no \"ü\""),
    ("URL:http://example.com/pub", "URL:http://example.com/100%/pub", "URL", "5545, 3.3.13", "two hexadecimal digits"),
    (":mailto:mrbig@example.com", ":mrbig@example.com", "ORGANIZER", "5545, 3.3.13", "no address with its scheme"),
    ("ENCODING=BASE64;VALUE=BINARY", "VALUE=BINARY", "ATTACH;VALUE", "5545, 3.3.1", "VALUE=BINARY needs ENCODING=BASE64"),
    (
        "ENCODING=BASE64;VALUE=BINARY:VGVzdA==",
        "ENCODING=BASE64:cid:x",
        "ATTACH;ENC",
        "5545, 3.2.7",
        "ENCODING=BASE64 needs VALUE=BINARY",
    ),
    ("VALUE=BINARY:VGVzdA==", "VALUE=BINARY:VGVzdA=", "ATTACH;ENC", "5545, 3.3.1", "is not BASE64"),
    ("REQUEST-STATUS:2.0;Success", "REQUEST-STATUS:Success", "REQUEST-STATUS", "5545, 3.8.8.3", "begins with a code"),
    // Rules.
    ("RRULE:FREQ=YEARLY\n", "RRULE:BYMONTH=11\n", "RRULE:BYMONTH=11", "5545, 3.3.10", "the rule has no FREQ"),
    ("RRULE:FREQ=YEARLY\n", "RRULE:FREQ=FORTNIGHTLY\n", "RRULE:FREQ=FORTNIGHTLY", "5545, 3.3.10", "FREQ cannot be"),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=YEARLY;FREQ=YEARLY\n",
        "RRULE:FREQ=YEARLY;FREQ=YEARLY",
        "5545, 3.3.10",
        "FREQ stands twice",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=YEARLY;COUNT=3;UNTIL=20001102\n",
        "RRULE:FREQ=YEARLY;COUNT=3;UNTIL=20001102",
        "5545, 3.3.10",
        "UNTIL and COUNT exclude",
    ),
    ("RRULE:FREQ=YEARLY\n", "RRULE:FREQ=YEARLY;\n", "RRULE:FREQ=YEARLY;\n", "5545, 3.3.10", "is no part of a rule"),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=YEARLY;BYEASTER=0\n",
        "RRULE:FREQ=YEARLY;BYEASTER=0",
        "5545, 3.3.10",
        "a rule has no part BYEASTER",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=YEARLY;INTERVAL=0\n",
        "RRULE:FREQ=YEARLY;INTERVAL=0",
        "5545, 3.3.10",
        "INTERVAL cannot be \"0\"",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=YEARLY;BYMONTH=13\n",
        "RRULE:FREQ=YEARLY;BYMONTH=13",
        "5545, 3.3.10",
        "its numbers are 1 to 12",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=YEARLY;BYMONTH=5L\n",
        "RRULE:FREQ=YEARLY;BYMONTH=5L",
        "5545, 3.3.10",
        "its numbers are 1 to 12",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=-32\n",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=-32",
        "5545, 3.3.10",
        "1 to 31, or -31 to -1",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=0\n",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=0",
        "5545, 3.3.10",
        "1 to 31, or -31 to -1",
    ),
    ("RRULE:FREQ=YEARLY\n", "RRULE:FREQ=YEARLY;BYDAY=54MO\n", "RRULE:FREQ=YEARLY;BYDAY=54MO", "5545, 3.3.10", "BYDAY cannot be"),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=YEARLY;BYDAY=MONDAY\n",
        "RRULE:FREQ=YEARLY;BYDAY=MONDAY",
        "5545, 3.3.10",
        "BYDAY cannot be",
    ),
    ("RRULE:FREQ=YEARLY\n", "RRULE:FREQ=YEARLY;WKST=1\n", "RRULE:FREQ=YEARLY;WKST=1", "5545, 3.3.10", "WKST cannot be"),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=WEEKLY;BYMONTHDAY=1\n",
        "RRULE:FREQ=WEEKLY;BYMONTHDAY=1",
        "5545, 3.3.10",
        "BYMONTHDAY does not go with FREQ=WEEKLY",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=MONTHLY;BYYEARDAY=1\n",
        "RRULE:FREQ=MONTHLY;BYYEARDAY=1",
        "5545, 3.3.10",
        "BYYEARDAY does not go with",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=MONTHLY;BYWEEKNO=1\n",
        "RRULE:FREQ=MONTHLY;BYWEEKNO=1",
        "5545, 3.3.10",
        "BYWEEKNO does not go with",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=DAILY;BYDAY=1MO\n",
        "RRULE:FREQ=DAILY;BYDAY=1MO",
        "5545, 3.3.10",
        "a number before a day of BYDAY",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO\n",
        "RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO",
        "5545, 3.3.10",
        "does not go with BYWEEKNO",
    ),
    (
        "RRULE:FREQ=YEARLY\n",
        "RRULE:FREQ=YEARLY;BYSETPOS=1\n",
        "RRULE:FREQ=YEARLY;BYSETPOS=1",
        "5545, 3.3.10",
        "BYSETPOS goes only with",
    ),
];

const WARNINGS: &[Broken] = &[(
    "RRULE:FREQ=YEARLY\n",
    "RRULE:BYMONTH=11;FREQ=YEARLY\n",
    "RRULE:BYMONTH=11;FREQ=YEARLY",
    "5545, 3.3.10",
    "FREQ comes first",
)];

#[test]
fn each_broken_value_is_its_fault_and_no_other() {
    hold(Severity::Error, ERRORS);
    hold(Severity::Warning, WARNINGS);
}

/// Values from the examples of RFC 5545, sections 3.3 and 3.8, of RFC 6868 and of RFC 7529: all are good.
#[test]
fn what_the_rfcs_give_as_examples_is_good() {
    for (from, to) in [
        ("DURATION:PT1H\n", "DURATION:P15DT5H0M20S\n"),
        ("DURATION:PT1H\n", "DURATION:P7W\n"),
        ("RRULE:FREQ=YEARLY\n", "RRULE:FREQ=YEARLY;COUNT=10;BYMONTH=6,7\n"),
        ("RRULE:FREQ=YEARLY\n", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1\n"),
        ("RRULE:FREQ=YEARLY\n", "RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8\n"),
        ("RRULE:FREQ=YEARLY\n", "RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO\n"),
        ("RRULE:FREQ=YEARLY\n", "RRULE:FREQ=YEARLY;BYYEARDAY=1,100,200;COUNT=10\n"),
        ("RRULE:FREQ=YEARLY\n", "RRULE:FREQ=MONTHLY;BYDAY=-2MO,+1SU;WKST=SU\n"),
        ("RRULE:FREQ=YEARLY\n", "RRULE:RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5L,13;SKIP=FORWARD\n"),
        ("RRULE:FREQ=YEARLY\n", "RDATE;VALUE=DATE:19970101,19970120,19970217\n"),
        ("REQUEST-STATUS:2.0;Success", "REQUEST-STATUS:3.1;Invalid property value;DTSTART:96-Apr-01"),
        ("REQUEST-STATUS:2.0;Success", "REQUEST-STATUS:2.8; Success\\, repeating event ignored. Scheduled;RRULE"),
        ("ATTENDEE;RSVP=TRUE;", "ATTENDEE;MEMBER=\"mailto:a@example.com\",\"mailto:b@example.com\";"),
        ("ATTENDEE;RSVP=TRUE;", "ATTENDEE;CN=George Herman ^'Babe^' Ruth;"),
        ("URL:http://example.com/pub", "URL:ldap://example.com:6666/o=ABC%20Industries,c=US???(cn=Jim%20Dolittle)"),
        ("XYZ Project\\, Review", "a\\\\b\\;c\\,d\\ne\\Nf:\"g\""),
        ("SEQUENCE:0", "RESOURCES:EASEL,PROJECTOR,VCR"),
        ("UID:anniversary", "UID:anniversary\nRELATED-TO;RELTYPE=SIBLING:19960401-080045-4000F192713@example.com"),
        ("GEO:37.386013;-122.082932", "geo:+37.386013;-122"),
        ("COMPLETED:20070707T100000Z", "COMPLETED:19970630T235960Z"),
    ] {
        assert_eq!(super::faults(&super::broken(from, to)), [], "{to}");
    }
}
