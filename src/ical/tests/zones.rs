//! VTIMEZONEs: whole for one zone, by law for all.

use chrono::{DateTime, Duration, Utc};

use super::expansion::{offset_at, onsets};
use crate::ical::{Component, Node, lint, read, vtimezone};
use crate::time::{Zone, parse_instant};

fn utc(text: &str) -> DateTime<Utc> {
    parse_instant(text).unwrap()
}

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

fn written(name: &str, from: &str, to: &str) -> String {
    vtimezone(zone(name), utc(from), utc(to)).to_string()
}

fn parsed(zone: Zone, from: DateTime<Utc>, to: DateTime<Utc>) -> Node {
    let component = vtimezone(zone, from, to);
    let calendar = Component::new("VCALENDAR").raw("VERSION", "2.0").text("PRODID", "x").part(component.clone());
    assert_eq!(lint(calendar.to_string().as_bytes()).faults, [], "{zone}");
    let mut reading = read(&component.to_string());
    assert_eq!(reading.flaws, [], "{zone}");
    reading.components.pop().unwrap()
}

#[test]
fn madrid_repeats_its_two_rules() {
    assert_eq!(
        written("Europe/Madrid", "2025-02-18T00:00:00Z", "2025-02-18T12:00:00Z").replace("\r\n", "\n"),
        "\
BEGIN:VTIMEZONE
TZID:Europe/Madrid
BEGIN:STANDARD
DTSTART:20241027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20250330T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
"
    );
}

#[test]
fn riyadh_has_one_standard() {
    assert_eq!(
        written("Asia/Riyadh", "2025-02-18T00:00:00Z", "2026-02-18T12:00:00Z").replace("\r\n", "\n"),
        "\
BEGIN:VTIMEZONE
TZID:Asia/Riyadh
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:+0300
TZNAME:+03
END:STANDARD
END:VTIMEZONE
"
    );
}

#[test]
fn an_old_rule_of_new_york_ends_with_its_last_change_in_utc() {
    // Until 2006 on the first Sunday of April and the last of October; from 2007 on the second of March and the first of November.
    let text = written("America/New_York", "2000-06-01T00:00:00Z", "2025-01-01T00:00:00Z");
    for rule in [
        "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z\r\n",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z\r\n",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n",
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n",
    ] {
        assert!(text.contains(rule), "{rule}{text}");
    }
}

#[test]
fn jerusalem_begins_its_summer_on_the_friday_before_the_last_sunday_of_march() {
    let text = written("Asia/Jerusalem", "2025-02-18T00:00:00Z", "2025-06-01T00:00:00Z");
    assert!(text.contains("BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR\r\n"), "{text}");
}

#[test]
fn ramadan_in_casablanca_is_written_by_its_dates() {
    let text = written("Africa/Casablanca", "2023-01-01T00:00:00Z", "2026-06-01T00:00:00Z");
    // Ramadan of 2023: clocks back on 19 March at 03:00 (+01), forward on 23 April at 02:00 (+00).
    assert!(text.contains("20230319T030000") && text.contains("20230423T020000"), "{text}");
    // No RDATE: ical.js 2.2.1 takes the first date of each, and the DTSTART for none.
    assert!(!text.contains("RDATE") && text.contains("TZNAME:+01\r\n"), "{text}");
}

/// A law over all zones there are: what the component says at an instant is what the zone says, from 2000 to 2037 and in short spans.
#[test]
fn every_zone_expands_to_its_own_offsets() {
    let spans = [
        ("2000-01-01T00:00:00Z", "2037-12-30T00:00:00Z"),
        ("2024-12-20T00:00:00Z", "2027-01-10T00:00:00Z"),
        ("2025-07-01T09:00:00Z", "2025-07-01T10:00:00Z"),
        ("1960-01-01T00:00:00Z", "1975-01-01T00:00:00Z"),
    ];
    for tz in chrono_tz::TZ_VARIANTS {
        let zone = zone(tz.name());
        for (from, to) in spans.map(|(from, to)| (utc(from), utc(to))) {
            let node = parsed(zone, from, to);
            assert!(!node.parts.is_empty(), "{zone}");
            let onsets = onsets(&node);
            let days = (to - from).num_days();
            let sampled = (0..=days).step_by(31).map(|day| from + Duration::days(day));
            let changes = zone.transitions(from, to).into_iter().flat_map(|change| [change.at, change.at - Duration::seconds(1)]);
            for at in sampled.chain(changes).chain([to]).filter(|at| *at >= from) {
                let expected = i64::from(zone.offset_at(at).local_minus_utc());
                assert_eq!(offset_at(&onsets, at), Some(expected), "{zone} at {at}\n{}", vtimezone(zone, from, to));
            }
        }
    }
}

#[test]
fn the_same_span_gives_the_same_bytes_and_no_span_is_too_wide() {
    for name in ["Europe/Madrid", "Asia/Kathmandu", "UTC"] {
        let zone = zone(name);
        let (min, max) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        for (from, to) in [(min, max), (max, min), (min, min), (max, max)] {
            assert_eq!(vtimezone(zone, from, to), vtimezone(zone, from, to));
        }
    }
}
