//! Times as stored and typed: the table of the design, round trips, and hours that the clocks skip or show twice.
//!
//! Offsets come from the time-zone database by way of Python's `zoneinfo` with PyPI `tzdata` 2026e.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use proptest::prelude::*;

use super::{Moment, Published, Span, TimeError, Wall, When, Zone, bound, day, parse_instant, write_instant};

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    parse_instant(text).unwrap()
}

fn wall(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[test]
fn every_form_of_the_design_reads_and_writes_back() {
    let span = |from: Option<NaiveDate>, to: Option<NaiveDate>| Span { from, to };
    let (d17, d18, d19) = (Some(day(2025, 2, 17)), Some(day(2025, 2, 18)), Some(day(2025, 2, 19)));
    let table = [
        ("2025-02-18", span(d18, d18)),
        ("2025-02-18T10:00:00+03:00[Asia/Riyadh]", span(d18, d18)),
        ("2025-02", span(Some(day(2025, 2, 1)), Some(day(2025, 2, 28)))),
        ("2024-02", span(Some(day(2024, 2, 1)), Some(day(2024, 2, 29)))),
        ("2025", span(Some(day(2025, 1, 1)), Some(day(2025, 12, 31)))),
        ("2025-02-17/2025-02-19", span(d17, d19)),
        ("2025-02-17/..", span(d17, None)),
        ("2025-02-18T10:00:00+03:00[Asia/Riyadh]/..", span(d18, None)),
        ("2025-02-18T10:00:00+03:00[Asia/Riyadh]/2025-02-19T01:00:00+03:00[Asia/Riyadh]", span(d18, d19)),
        ("2025-02-17/2025-02-19T01:00:00+03:00[Asia/Riyadh]", span(d17, d19)),
        ("[2025-02-10..2025-02-16]", span(Some(day(2025, 2, 10)), Some(day(2025, 2, 16)))),
        ("[..2025-03-01]", span(None, Some(day(2025, 3, 1)))),
        ("[2025-03-01..]", span(Some(day(2025, 3, 1)), None)),
        ("2025-02-18~", span(d18, d18)),
        ("2025?", span(Some(day(2025, 1, 1)), Some(day(2025, 12, 31)))),
        ("0001", span(Some(day(1, 1, 1)), Some(day(1, 12, 31)))),
        ("9999-12", span(Some(day(9999, 12, 1)), Some(day(9999, 12, 31)))),
    ];
    for (text, span) in table {
        let when: When = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(when.to_string(), text);
        assert_eq!(when.span(zone("Asia/Riyadh")), span, "{text}");
    }
}

#[test]
fn an_exact_time_lies_on_the_local_day_of_the_place_that_is_asked() {
    // 01:00 in Riyadh is 17:00 of the day before in New York.
    let when: When = "2025-02-18T01:00:00+03:00[Asia/Riyadh]".parse().unwrap();
    assert_eq!(when.span(zone("America/New_York")).from, Some(day(2025, 2, 17)));
}

#[test]
fn what_is_no_when_says_which_rule_is_broken() {
    let refused = |text: &str| text.parse::<When>().unwrap_err();
    let form = |text: &str| TimeError::Form(text.to_owned());
    for text in [
        "",
        "~",
        "[",
        "]",
        "[]",
        "[..]",
        "202",
        "20255",
        "2025-2-18",
        "2025-02-1",
        "-025",
        "é025",
        "ééé",
        "２０２５",
        "2025–02",
        "soon",
        "+025-01-01",
    ] {
        assert_eq!(refused(text), form(text), "{text}");
    }
    assert_eq!(refused("2025-00"), TimeError::Range("2025-00".into()));
    assert_eq!(refused("0000"), TimeError::Range("0000".into()));
    assert_eq!(refused("2025-13-01"), TimeError::Range("2025-13-01".into()));
    assert_eq!(refused("2025-02-30").to_string(), "\"2025-02-30\" does not exist: February 2025 has 28 days");
    assert_eq!(refused("2025-02-00").to_string(), "\"2025-02-00\" does not exist: February 2025 has 28 days");
    for text in ["../2025-02-18", "2025-02/2025-03", "2025-02-17/", "/", "2025-02-17/2025"] {
        assert_eq!(refused(text), TimeError::Interval(text.into()), "{text}");
    }
    assert_eq!(refused("2025-02-19/2025-02-18"), TimeError::Reversed("2025-02-19/2025-02-18".into()));
    assert_eq!(refused("[2025-02-19..2025-02-18]"), TimeError::Reversed("[2025-02-19..2025-02-18]".into()));
    assert_eq!(refused("2025-02-18T10:00"), TimeError::NoZone("2025-02-18T10:00".into()));
    assert_eq!(refused("2025-02-18T24:00:00Z[UTC]"), TimeError::Clock("2025-02-18T24:00:00Z[UTC]".into()));
    assert_eq!(refused("2025-02-18T10:00:00Z[Mars/Base]"), TimeError::Zone("Mars/Base".into()));
    let typed = |text: &str| Moment::read_typed(text, None).unwrap_err();
    for text in ["+15:00", "-14:01", "+03:60"].map(|offset| format!("2025-02-18T10:00{offset}")) {
        assert_eq!(typed(&text), TimeError::Offset(text.clone()), "{text}");
    }
    for text in ["+-1:00", "++1:00", "+3", "+03", "+0300", "+é:00", "ZZ", "Z+"].map(|offset| format!("2025-02-18T10:00{offset}"))
    {
        assert_eq!(typed(&text), TimeError::OffsetForm(text.clone()), "{text}");
    }
    for text in ["25:00", "10:60", "10:00:60", "24:00:00"].map(|clock| format!("2025-02-18T{clock}Z")) {
        assert_eq!(typed(&text), TimeError::Clock(text.clone()), "{text}");
    }
    for text in ["", "10", "1:00", "100000", "10:00 UTC", "10:00 +03:00", "10:00:00:00", "１０:00"]
        .map(|clock| format!("2025-02-18T{clock}"))
    {
        assert_eq!(typed(&text), TimeError::ClockForm(text.clone()), "{text}");
    }
}

/// RFC 3339, section 5.6: any number of digits; nine is what any program writes.
#[test]
fn a_fraction_of_a_second_is_kept_of_publication_to_the_millisecond() {
    let published = |text: &str| Published::read_typed(text, zone("Europe/Madrid"));
    for (text, kept) in [
        ("2025-02-26T13:18:48.889-04:00", "2025-02-26T13:18:48.889-04:00"),
        ("2025-02-26T13:18:48.8-04:00", "2025-02-26T13:18:48.800-04:00"),
        ("2025-02-26t23:59:59.999999999z", "2025-02-26T23:59:59.999Z"),
        ("2025-02-26T13:18:48.000Z", "2025-02-26T13:18:48Z"),
        ("2025-02-26T13:18:48.5", "2025-02-26T13:18:48.500+01:00"),
        ("2025-02-26T13:18:48.5[America/New_York]", "2025-02-26T13:18:48.500-05:00"),
    ] {
        assert_eq!(published(text).unwrap().to_string(), kept, "{text}");
        // What is stored is read as it was.
        assert_eq!(kept.parse::<Published>().unwrap().to_string(), kept);
    }
    for text in ["48.", "48.1234567890", "48,889", "48.8x", "48.1.2"].map(|rest| format!("2025-02-26T13:18:{rest}Z")) {
        assert_eq!(published(&text).unwrap_err(), TimeError::Fraction(text.clone()), "{text}");
    }
    assert_eq!(published("2025-02-26T13:18.5Z").unwrap_err(), TimeError::Fraction("2025-02-26T13:18.5Z".into()));
    let exact = |text: &str| text.parse::<When>();
    assert_eq!(
        Moment::read_typed("2025-02-26T13:18:48.000Z", Some(Zone::UTC)).unwrap().to_string(),
        "2025-02-26T13:18:48+00:00[UTC]"
    );
    let too_exact = "2025-02-26T13:18:48.5+00:00[UTC]";
    assert_eq!(exact(too_exact).unwrap_err(), TimeError::TooExact(too_exact.into()));
    assert_eq!(bound("2025-02-26T13:18:48.1239Z", Zone::UTC).unwrap(), utc("2025-02-26T13:18:48.123Z"));
}

#[test]
fn an_hour_that_the_clocks_skip_is_refused() {
    let refused = |text: &str| Moment::read_typed(text, Some(zone("Europe/Madrid"))).unwrap_err().to_string();
    let sentence = "2025-03-30T02:30 does not exist in Europe/Madrid: clocks are put forward over it, from +01:00 to +02:00";
    assert_eq!(refused("2025-03-30T02:30"), sentence);
    assert_eq!(refused("2025-03-30T02:30+01:00[Europe/Madrid]"), sentence);
}

#[test]
fn an_hour_that_is_shown_twice_needs_its_offset() {
    let madrid = zone("Europe/Madrid");
    assert_eq!(
        Moment::read_typed("2025-10-26T02:30", Some(madrid)).unwrap_err().to_string(),
        "2025-10-26T02:30 exists twice in Europe/Madrid: \
         write 2025-10-26T02:30+02:00 for the first or 2025-10-26T02:30+01:00 for the second"
    );
    let first = Moment::read_typed("2025-10-26T02:30+02:00", Some(madrid)).unwrap();
    let second = Moment::read_typed("2025-10-26T02:30+01:00[Europe/Madrid]", None).unwrap();
    assert_eq!(first.instant(), utc("2025-10-26T00:30:00Z"));
    assert_eq!(second.instant(), utc("2025-10-26T01:30:00Z"));
    assert_eq!(second.to_string(), "2025-10-26T02:30:00+01:00[Europe/Madrid]");
}

#[test]
fn a_typed_offset_must_agree_with_its_zone_but_a_stored_one_only_records_a_belief() {
    let text = "2025-02-18T10:00:00+02:00[Asia/Riyadh]";
    assert_eq!(
        Moment::read_typed(text, None).unwrap_err().to_string(),
        format!("\"{text}\" contradicts itself: clocks in Asia/Riyadh show +03:00 at that time")
    );
    let stored = Moment::read_stored(text).unwrap();
    assert_eq!(stored.instant(), utc("2025-02-18T07:00:00Z"));
    assert_eq!(stored.to_string(), text);
}

#[test]
fn the_offset_named_in_a_contradiction_is_one_that_will_be_taken() {
    // An hour before the clocks go forward; five hours to the west they already have.
    let text = "2025-03-30T01:30-05:00[Europe/Madrid]";
    let Err(TimeError::Contradiction { expected, .. }) = Moment::read_typed(text, None) else { panic!("a contradiction") };
    assert_eq!(expected.to_string(), "+01:00");
    assert!(Moment::read_typed(&text.replace("-05:00", "+01:00"), None).is_ok());
}

#[test]
fn an_offset_without_a_zone_is_moved_to_the_place() {
    let riyadh = Some(zone("Asia/Riyadh"));
    let moved = |text: &str| Moment::read_typed(text, riyadh).unwrap().to_string();
    assert_eq!(moved("2025-02-18T10:00+01:00"), "2025-02-18T12:00:00+03:00[Asia/Riyadh]");
    assert_eq!(moved("2025-02-18T10:00Z"), "2025-02-18T13:00:00+03:00[Asia/Riyadh]");
    // RFC 9557, section 2: neither Z nor -00:00 claims a local time, so neither contradicts a zone.
    assert_eq!(moved("2025-02-18T10:00-00:00[Asia/Riyadh]"), "2025-02-18T13:00:00+03:00[Asia/Riyadh]");
    assert_eq!(
        Moment::read_typed("0001-01-01T00:00+14:00", Some(Zone::UTC)),
        Err(TimeError::Range("0001-01-01T00:00+14:00".into()))
    );
}

#[test]
fn newer_rules_of_a_zone_never_make_a_stored_interval_unreadable() {
    // Written down when Casablanca was believed to be at +01:00: half an hour, though by now it would end before it begins.
    let text = "2026-12-15T12:00:00+01:00[Africa/Casablanca]/2026-12-15T12:30:00+01:00[Europe/Madrid]";
    assert_eq!(text.parse::<When>().unwrap().to_string(), text);
}

#[test]
fn the_rules_are_newer_than_those_of_chrono_tz() {
    // Morocco ended its summer time of all year in 2026; chrono-tz 0.10.4 (2025b) still has +01:00.
    let noon = Moment::read_typed("2026-12-15T12:00", Some(zone("Africa/Casablanca"))).unwrap();
    assert_eq!(noon.to_string(), "2026-12-15T12:00:00+00:00[Africa/Casablanca]");
}

#[test]
fn every_name_of_chrono_tz_has_bundled_rules() {
    for tz in chrono_tz::TZ_VARIANTS {
        assert!(tz.name().parse::<Zone>().is_ok(), "{tz}");
    }
}

#[test]
fn local_mean_times_of_long_ago_keep_whole_minutes() {
    // Madrid's local mean time was -00:14:44.
    let text = "1890-01-01T10:00:00-00:15[Europe/Madrid]";
    let moment = Moment::read_typed("1890-01-01T10:00", Some(zone("Europe/Madrid"))).unwrap();
    assert_eq!(moment.to_string(), text);
    assert_eq!(Moment::read_typed(text, None), Ok(moment));
    assert_eq!(moment.instant(), utc("1890-01-01T10:14:44Z"));
}

#[test]
fn a_day_begins_when_its_clocks_first_show_it() {
    // Havana puts its clocks forward at midnight; Samoa went over the 30th of December 2011.
    assert_eq!(zone("America/Havana").start_of_day(day(2024, 3, 10)), utc("2024-03-10T05:00:00Z"));
    assert_eq!(zone("Pacific/Apia").start_of_day(day(2011, 12, 31)), utc("2011-12-30T10:00:00Z"));
    assert_eq!(zone("Pacific/Apia").end_of_day(day(2011, 12, 29)), utc("2011-12-30T09:59:59.999Z"));
    assert_eq!(zone("Europe/Madrid").wall(wall("2025-03-30T02:30:00")), {
        let offset = |hours: i32| chrono::FixedOffset::east_opt(hours * 3600).unwrap();
        Wall::Skipped(offset(1), offset(2))
    });
}

#[test]
fn the_ends_of_the_calendar_are_no_cliff() {
    for name in ["Asia/Tokyo", "America/New_York", "UTC"] {
        let zone = zone(name);
        for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            let _ = zone.wall_at(at);
            let _ = zone.transitions(at, at);
            assert!(!Moment::at(at, zone).to_string().is_empty());
        }
        for end in [NaiveDate::MIN, NaiveDate::MAX] {
            let _ = zone.start_of_day(end);
            let _ = zone.end_of_day(end);
            let _ = When::day(end).span(zone);
        }
        for end in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            if let Ok(moment) = Moment::of_wall(end, zone) {
                let _ = moment.instant();
                let _ = When::from(super::Shape::Exact(moment)).exact();
            }
        }
    }
}

#[test]
fn publication_is_a_day_or_an_instant_with_its_offset() {
    let riyadh = zone("Asia/Riyadh");
    let read = |text: &str| Published::read_typed(text, riyadh).map(|published| published.to_string());
    assert_eq!(read("2025-02-18"), Ok("2025-02-18".into()));
    assert_eq!(read("2025-02-18T10:00"), Ok("2025-02-18T10:00:00+03:00".into()));
    assert_eq!(read("2025-02-18T10:00Z"), Ok("2025-02-18T10:00:00Z".into()));
    assert_eq!(read("2025-02-18 10:00[Europe/Madrid]"), Ok("2025-02-18T10:00:00+01:00".into()));
    assert_eq!(
        read("2025-02-30"),
        Err(TimeError::NoSuchDay { text: "2025-02-30".into(), month: "February 2025".into(), days: 28 })
    );
    assert_eq!(read("é"), Err(TimeError::Form("é".into())));
    assert_eq!(Published::Day(day(2025, 2, 18)).instant(riyadh), utc("2025-02-18T20:59:59.999Z"));
    assert_eq!(bound("2025-02-18", riyadh), Ok(utc("2025-02-18T20:59:59.999Z")));
    assert_eq!(bound("2025-02-18T10:00:00.5+01:00", riyadh), Ok(utc("2025-02-18T09:00:00.500Z")));
    assert_eq!(write_instant(utc("2025-02-18T09:00:00.5Z")), "2025-02-18T09:00:00.500Z");
}

fn zones() -> impl Strategy<Value = Zone> {
    prop::sample::select(vec![
        "UTC",
        "Asia/Riyadh",
        "Europe/Madrid",
        "America/New_York",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "Etc/GMT+3",
    ])
    .prop_map(zone)
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (0_i64..3_652_058).prop_map(|days| day(1, 1, 1) + chrono::Duration::days(days))
}

fn moments() -> impl Strategy<Value = String> {
    (0_i64..8_000_000_000, zones())
        .prop_map(|(seconds, zone)| Moment::at(DateTime::from_timestamp(seconds - 4_000_000_000, 0).unwrap(), zone).to_string())
}

/// Texts in the canonical form, of every shape.
fn canonical() -> impl Strategy<Value = String> {
    let pair = || (days(), days()).prop_map(|(a, b)| (a.min(b), a.max(b)));
    let shape = prop_oneof![
        days().prop_map(|day| day.format("%Y-%m-%d").to_string()),
        days().prop_map(|day| day.format("%Y-%m").to_string()),
        days().prop_map(|day| day.format("%Y").to_string()),
        moments(),
        moments().prop_map(|moment| format!("{moment}/..")),
        pair().prop_map(|(a, b)| format!("{}/{}", a.format("%Y-%m-%d"), b.format("%Y-%m-%d"))),
        pair().prop_map(|(a, b)| format!("[{}..{}]", a.format("%Y-%m-%d"), b.format("%Y-%m-%d"))),
        days().prop_map(|day| format!("[..{}]", day.format("%Y-%m-%d"))),
        days().prop_map(|day| format!("[{}..]", day.format("%Y-%m-%d"))),
    ];
    (shape, prop::sample::select(vec!["", "~", "?"])).prop_map(|(shape, qualifier)| shape + qualifier)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The canonical text is the value: nothing is lost on the way in or out, stored or typed.
    #[test]
    fn text_to_when_to_text(text in canonical()) {
        prop_assert_eq!(text.parse::<When>().map(|when| when.to_string()), Ok(text.clone()));
        prop_assert_eq!(When::read_typed(&text, None).map(|when| when.to_string()), Ok(text));
    }

    /// No text makes a reader fall over, and whatever is read can be written and read again.
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}|[0-9TZ:+./~?é \\[\\]-]{0,30}|2025-02-18T10:00[0-9:+\\[a-zA-Z/é-]{0,20}", zone in zones()) {
        let _ = text.parse::<Zone>();
        let _ = bound(&text, zone);
        if let Ok(published) = Published::read_typed(&text, zone) {
            prop_assert_eq!(published.to_string().parse::<Published>(), Ok(published));
        }
        if let Ok(when) = When::read_typed(&text, Some(zone)) {
            prop_assert_eq!(when.to_string().parse::<When>(), Ok(when));
        }
        if let Ok(when) = text.parse::<When>() {
            prop_assert_eq!(when.to_string().parse::<When>(), Ok(when));
        }
    }

    /// A moment of an instant is that instant again, whatever the zone.
    #[test]
    fn an_instant_survives_its_wall_clock(seconds in -1_500_000_000_i64..4_000_000_000, zone in zones()) {
        let at = DateTime::from_timestamp(seconds, 0).unwrap();
        prop_assert_eq!(Moment::at(at, zone).instant(), at);
    }
}
