//! Text, lines, components and the reader. Examples marked with a section are those of RFC 5545 and RFC 6868.

use proptest::prelude::*;

use crate::ical::{
    Component, FOLD_OCTETS, FlawKind, Line, LineError, MOST_NESTED, escape, fold, is_safe_uri, one_line, read, tidy, unescape,
};
use crate::time::{Moment, Zone, day};

/// Everything that one program or another takes for a line break, and what else may not pass.
const BREAKS: &[&str] =
    &["\r\n", "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}", "\u{b}", "\u{c}", "\0", "\u{1e}", "\r\n ", "\n\t"];

/// Unfolding by the letter of RFC 5545, section 3.1: CR LF and one white-space character are taken out.
fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "").replace("\r\n\t", "")
}

fn one_event(lines: &str) -> String {
    format!("BEGIN:VEVENT\r\n{lines}END:VEVENT\r\n")
}

#[test]
fn text_is_escaped_as_in_the_rfc() {
    // Section 3.3.11.
    let text = "Project XYZ Final Review\nConference Room - 3B\nCome Prepared.";
    assert_eq!(escape(text), "Project XYZ Final Review\\nConference Room - 3B\\nCome Prepared.");
    assert_eq!(escape("a\\b;c,d:e\"f"), "a\\\\b\\;c\\,d:e\"f");
    assert_eq!(unescape("a\\\\b\\;c\\,d\\Ne\\n\\:\\"), "a\\b;c,d\ne\n:\\");
}

#[test]
fn what_a_calendar_must_not_carry_is_dropped() {
    assert_eq!(tidy("a\u{0}b\u{7}c\u{7f}d\u{9f}e"), "abcde");
    assert_eq!(tidy("\u{202e}txt\u{2066}.exe\u{2069}\u{202a}"), "txt.exe");
    assert_eq!(tidy("one\r\ntwo\rthree\u{85}four\u{2028}five\u{2029}six\tseven"), "one\ntwo\nthree\nfour\nfive\nsix\tseven");
    assert_eq!(one_line("1\r\nX-EVIL:2"), "1 X-EVIL:2");
    assert_eq!(tidy("Лавров, 王毅, بن سلمان, 👩‍👩‍👧"), "Лавров, 王毅, بن سلمان, 👩👩👧");
    assert_eq!(tidy("a\u{200b}b\u{feff}c\u{ad}d\u{e0041}e"), "abcde");
    assert_eq!(tidy(&format!("e{}f", "\u{301}".repeat(10_000))), format!("e{}f", "\u{301}".repeat(30)));
}

#[test]
fn parameters_are_quoted_and_caret_encoded() {
    // RFC 6868, section 3: the George Herman "Babe" Ruth.
    let line = Line::new("ATTENDEE", "mailto:babe@example.com").with("CN", "George Herman \"Babe\" Ruth");
    assert_eq!(line.unfolded(), "ATTENDEE;CN=George Herman ^'Babe^' Ruth:mailto:babe@example.com");
    let line = Line::new("X", "v").with("A", "b:c;d,e^\nf");
    assert_eq!(line.unfolded(), "X;A=\"b:c;d,e^^^nf\":v");
    assert_eq!(Line::parse(&line.unfolded()), Ok(line));
    // A caret before anything else is only a caret (section 3.2).
    assert_eq!(Line::parse("X;A=^x^:v").unwrap().parameter("a"), Some("^x^"));
    let listed = Line::parse("ATTENDEE;MEMBER=\"mailto:a@b.org\",\"mailto:c@d.org\";X=1:mailto:e@f.org").unwrap();
    assert_eq!(listed.parameters[0].values, ["mailto:a@b.org", "mailto:c@d.org"]);
    assert_eq!((listed.parameter("X"), listed.value.as_str()), (Some("1"), "mailto:e@f.org"));
}

#[test]
fn lines_that_are_none_say_why() {
    for (line, error) in [
        ("", LineError::NoColon),
        ("SUMMARY", LineError::NoColon),
        (":x", LineError::Name),
        ("SUM MARY:x", LineError::Name),
        ("É:x", LineError::Name),
        ("X;:y", LineError::Parameter),
        ("X;A:y", LineError::Parameter),
        ("X;A=\"b:y", LineError::Quote),
        ("X;A=\"b\"c:y", LineError::Quote),
        ("X;A=b", LineError::NoColon),
    ] {
        assert_eq!(Line::parse(line), Err(error), "{line}");
    }
}

#[test]
fn kinds_of_values_have_their_forms() {
    let moment = |text: &str| Moment::read_typed(text, None).unwrap();
    let event = Component::new("VEVENT")
        .date("DTSTART", day(2025, 2, 18))
        .date_time("DTSTART", moment("2025-02-18T10:00:00+03:00[Asia/Riyadh]"))
        .date_time("DTSTART", moment("2025-02-18T10:00:00Z[UTC]"))
        // Both 02:30 of the night: with a TZID it is the first by RFC 5545, and the second by many programs.
        .date_time("DTSTART", moment("2025-10-26T02:30:00+02:00[Europe/Madrid]"))
        .date_time("DTSTART", moment("2025-10-26T02:30:00+01:00[Europe/Madrid]"))
        .instant("DTSTAMP", moment("2025-02-18T10:00:00+03:00[Asia/Riyadh]").instant())
        .texts("CATEGORIES", ["a,b", "c"])
        .texts("CATEGORIES", [])
        .raw("SEQUENCE", 3)
        .typed("REFRESH-INTERVAL", "DURATION", "PT1H")
        .geo(24.713_55, -46.675_300_04)
        .geo(f64::NAN, 0.0)
        .geo(90.1, 0.0)
        .geo(-0.000_000_1, 180.0)
        .uri("URL", "https://example.org/a?b=c,d;e")
        // RFC 3987, section 3.1; a percent sign alone is one that was not coded.
        .uri("URL", "https://example.org/\u{fc}%20{100%}")
        .uri("URL", "data:text/html,x");
    assert_eq!(
        event.to_string(),
        one_event(
            "DTSTART;VALUE=DATE:20250218\r\n\
             DTSTART;TZID=Asia/Riyadh:20250218T100000\r\n\
             DTSTART:20250218T100000Z\r\n\
             DTSTART:20251026T003000Z\r\n\
             DTSTART:20251026T013000Z\r\n\
             DTSTAMP:20250218T070000Z\r\n\
             CATEGORIES:a\\,b,c\r\n\
             SEQUENCE:3\r\n\
             REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n\
             GEO:24.71355;-46.6753\r\n\
             GEO:0;180\r\n\
             URL:https://example.org/a?b=c,d;e\r\n\
             URL:https://example.org/%C3%BC%20%7B100%25%7D\r\n"
        )
    );
}

#[test]
fn only_links_that_are_safe_to_open_pass() {
    for uri in ["http://example.org", "HTTPS://example.org/ü", "mailto:press@example.org", "tel:+34-91"] {
        assert!(is_safe_uri(uri), "{uri}");
    }
    for uri in [
        "",
        "x",
        "http:",
        "https://",
        "https:example.org",
        "javascript:alert(1)",
        "data:,x",
        "file:///etc/passwd",
        "ftp://example.org",
        "java\tscript:x",
        "https://a b",
        "https://a\r\nX-EVIL:1",
        "https://a\u{85}",
        "https://a\u{2028}b",
        "https://a\u{202e}b",
        "https://a\"b",
        "https://a\\b",
        " https://a",
        "https://a\u{a0}b",
    ] {
        assert!(!is_safe_uri(uri), "{uri:?}");
    }
}

#[test]
fn no_field_starts_a_property_of_its_own() {
    for line_break in BREAKS {
        let evil = format!("harmless{line_break}X-EVIL:1{line_break}END:VEVENT{line_break}BEGIN:VALARM");
        let event = Component::new("VEVENT")
            .text("SUMMARY", &evil)
            .texts("CATEGORIES", [evil.as_str()])
            .raw("STATUS", &evil)
            .typed("X-TYPED", "TEXT", &evil)
            .uri("URL", &format!("https://example.org/{evil}"))
            .line(Line::new(&format!("X-NAME{line_break}X-EVIL:1"), &evil).with(&evil, &evil))
            .line(Line { name: evil.clone(), parameters: Vec::new(), value: evil.clone() })
            .to_string();

        for (number, line) in event.split_terminator("\r\n").enumerate() {
            assert!(
                !line.contains(['\r', '\n', '\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']),
                "{line_break:?}: {number} {line}"
            );
        }
        let reading = read(&event);
        assert_eq!(reading.flaws, []);
        assert_eq!((reading.components.len(), reading.components[0].parts.len()), (1, 0), "{line_break:?}");
        let names: Vec<&str> = reading.components[0].properties.iter().map(|property| property.content.name.as_str()).collect();
        assert_eq!(names.len(), 6, "{line_break:?}: {names:?}");
        assert!(!names.contains(&"X-EVIL"), "{line_break:?}");
    }
}

#[test]
fn the_reader_keeps_the_tree_and_the_line_numbers() {
    let text = "begin:vcalendar\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nsummary:Talks \r\n in Riyadh\r\n\r\nDTSTART;tzid=Asia/Riyadh:20250218T100000\r\n\
                END:VEVENT\r\nEND:VCALENDAR\r\n";
    let reading = read(text);
    assert_eq!(reading.flaws, []);
    let [calendar] = reading.components.as_slice() else { panic!("one calendar") };
    assert_eq!((calendar.name.as_str(), calendar.line), ("VCALENDAR", 1));
    let event = &calendar.parts[0];
    assert_eq!(event.property("SUMMARY").map(|line| line.value.as_str()), Some("Talks in Riyadh"));
    assert_eq!(event.property("DTSTART").and_then(|line| line.parameter("TZID")), Some("Asia/Riyadh"));
    assert_eq!(event.properties.iter().map(|property| property.line).collect::<Vec<_>>(), [4, 7]);
    assert_eq!(read(&text.replace("\r\n", "\n")), reading);
}

#[test]
fn the_reader_takes_what_it_can_of_a_broken_file() {
    let text = "X:outside\nBEGIN:VCALENDAR\nno colon\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:kept\n";
    let reading = read(text);
    let flaws: Vec<(usize, FlawKind)> = reading.flaws.iter().map(|flaw| (flaw.line, flaw.kind)).collect();
    assert_eq!(
        flaws,
        [
            (1, FlawKind::Outside),
            (2, FlawKind::Open),
            (3, FlawKind::Line(LineError::NoColon)),
            (4, FlawKind::End),
            (5, FlawKind::Open),
        ]
    );
    assert_eq!(reading.components[0].parts[0].property("SUMMARY").map(|line| line.value.as_str()), Some("kept"));
}

#[test]
fn nesting_without_end_is_not_followed() {
    let reading = read(&"BEGIN:X\n".repeat(100_000));
    assert_eq!(reading.flaws.iter().filter(|flaw| flaw.kind == FlawKind::Deep).count(), 100_000 - MOST_NESTED);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Folding loses nothing, keeps to 75 octets and cuts no character.
    #[test]
    fn unfolding_undoes_folding(text in "[^\r\n]{0,400}") {
        let folded = fold(&text);
        prop_assert!(folded.ends_with("\r\n"));
        for line in folded.split_terminator("\r\n") {
            prop_assert!(line.len() <= FOLD_OCTETS);
        }
        let back = unfolded(&folded);
        prop_assert_eq!(back.strip_suffix("\r\n"), Some(text.as_str()));
    }

    /// What is escaped is the tidied text again.
    #[test]
    fn unescaping_undoes_escaping(text in "(\\PC|[\\\\;,nN\r\n\t\u{0}-\u{9f}\u{2028}\u{202e}]){0,60}") {
        prop_assert_eq!(unescape(&escape(&text)), tidy(&text));
        let once = tidy(&text);
        prop_assert_eq!(tidy(&once), once.as_ref());
        let broken = escape(&text).contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
        prop_assert!(!broken);
    }

    /// Whatever a component is given, the reader gets it back, one property for each.
    #[test]
    fn what_is_written_is_read_back(summary: String, category in "(\\PC|[\\\\;,\"^:\r\n\u{85}]){0,200}", cn: String) {
        let event = Component::new("VEVENT")
            .text("SUMMARY", &summary)
            .text("LOCATION", &category)
            .line(Line::new("X-P", &one_line(&category)).with("CN", &cn))
            .to_string();
        let reading = read(&event);
        prop_assert_eq!(reading.flaws, []);
        let event = &reading.components[0];
        prop_assert_eq!(event.properties.len(), 3);
        prop_assert_eq!(unescape(&event.properties[0].content.value), tidy(&summary));
        prop_assert_eq!(unescape(&event.properties[1].content.value), tidy(&category));
        prop_assert_eq!(event.properties[2].content.parameter("CN").map(str::to_owned), Some(tidy(&cn).into_owned()));
    }

    /// No text makes the reader fall over.
    #[test]
    fn any_text_is_read(text in "(\\PC|\r\n|\n|BEGIN:|END:|X|[;:,=\"^ ]){0,80}") {
        let _ = read(&text);
        let _ = Line::parse(&text);
        let _ = is_safe_uri(&text);
    }
}

#[test]
fn a_utc_time_has_no_zone_component_to_name() {
    let noon = Moment::of_wall(day(2025, 2, 18).and_hms_opt(12, 0, 0).unwrap(), Zone::UTC).unwrap();
    assert_eq!(Component::new("X").date_time("DTSTART", noon).to_string(), "BEGIN:X\r\nDTSTART:20250218T120000Z\r\nEND:X\r\n");
}
