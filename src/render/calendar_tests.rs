//! Feeds as bytes: one whole file, hostile texts, and the forms that calendar programs are strict about.

use expect_test::expect;

use super::calendar;
use crate::event::parse_line;
use crate::ical::{lint, read};
use crate::projection::{Claims, Scope};
use crate::query::{ScheduleOptions, schedule};
use crate::time::{Zone, day, parse_instant};

/// The feed of a log of which each entry is given by its source and its events.
fn feed(entries: &[(&str, &str)], with_travel: bool) -> String {
    let lines = (1..).zip(entries).map(|(seq, (source, events))| {
        format!(
            r#"{{"v":1,"seq":{seq},"id":"01940000-0000-7000-8000-{seq:012}","recorded":"2025-02-{seq:02}T12:00:00.000Z","source":{source},"events":[{events}],"salt":"0000000000000000","chain":"{:064}"}}"#,
            0
        )
    });
    let parsed: Vec<_> = lines.map(|line| parse_line(line.replace('\n', " ").as_bytes()).expect("a good line")).collect();
    let claims = Claims::of(Zone::UTC, parsed);
    let mut options = ScheduleOptions::new("0194", parse_instant("2025-03-01T00:00:00Z").expect("an instant"));
    options.with_travel = with_travel;
    let feed = calendar(&schedule(&claims, Scope::default(), day(2025, 2, 10), &options), "Talks, all");
    assert_eq!(lint(feed.as_bytes()).faults, [], "{feed}");
    feed
}

const SOURCE: &str = r#"{"outlet":"A. Baños","url":"https://example.org/a","published":"2025-02-17"}"#;

const PLACES: &str = r#"{"kind":"place","place":"riyadh","name":"Riyadh","lat":24.7,"lon":46.7,"zone":"Asia/Riyadh"},
    {"kind":"place","place":"geneva","name":"Geneva","zone":"Europe/Zurich"},
    {"kind":"official","official":"rubio","name":"Marco Rubio","party":"us"}"#;

fn talks(rest: &str) -> String {
    format!(r#"{PLACES},{{"kind":"meeting_confirmed","meeting":"talks","by":[{{"party":"us","voice":"White House"}}],{rest}}}"#)
}

fn unfolded(feed: &str) -> String {
    feed.replace("\r\n ", "").replace("\r\n", "\n")
}

#[test]
fn a_whole_feed() {
    let events = talks(
        r#""title":"US–Russia talks","place":"riyadh","place_doubtful":true,"agenda":"Ukraine; grain",
           "participants":[{"official":"rubio","role":"principal"},{"party":"ru","attendance":"uncertain"}],
           "when":"2025-02-18T10:00:00+03:00[Asia/Riyadh]""#,
    );
    expect![[r#"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//daybook//daybook//EN
        CALSCALE:GREGORIAN
        NAME:Talks\, all
        X-WR-CALNAME:Talks\, all
        REFRESH-INTERVAL;VALUE=DURATION:PT1H
        X-PUBLISHED-TTL:PT1H
        COLOR:steelblue
        BEGIN:VTIMEZONE
        TZID:Asia/Riyadh
        BEGIN:STANDARD
        DTSTART:19700101T000000
        TZOFFSETFROM:+0300
        TZOFFSETTO:+0300
        TZNAME:+03
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:talks@0194
        DTSTAMP:20250201T120000Z
        CREATED:20250201T120000Z
        LAST-MODIFIED:20250201T120000Z
        SEQUENCE:0
        DTSTART;TZID=Asia/Riyadh:20250218T100000
        DTEND;TZID=Asia/Riyadh:20250218T110000
        SUMMARY:[tentative] US–Russia talks
        LOCATION:Riyadh (probably)
        GEO:24.7;46.7
        STATUS:TENTATIVE
        TRANSP:TRANSPARENT
        CATEGORIES:talks
        DESCRIPTION:Status: scheduled (at least one party said yes)\nThe end was not reported: one hour is shown.\nParticipants:\n- Marco Rubio (us)\, principal\n- ru\, principal\, attendance uncertain\nConfirmed by: us (White House)\nAgenda: Ukraine\; grain\nReports:\n- White House: A. Baños\, 17 Feb 2025\, https://example.org/a
        URL:https://example.org/a
        END:VEVENT
        END:VCALENDAR
    "#]]
    .assert_eq(&unfolded(&feed(&[(SOURCE, &events)], false)));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let events = talks(r#""place":"geneva","when":"2025-07-18T10:00:00+02:00[Europe/Zurich]""#);
    let travel = r#"{"kind":"presence","officials":["rubio"],"place":"riyadh","when":"2025-02-17/2025-02-19"}"#;
    let once = feed(&[(SOURCE, &events), (SOURCE, travel)], true);
    assert_eq!(once, feed(&[(SOURCE, &events), (SOURCE, travel)], true));
    assert_eq!(once.matches("TZID:Europe/Zurich").count(), 1);
    assert!(
        once.contains("DTSTART;TZID=Europe/Zurich:20250718T100000\r\n")
            && once.contains("DTEND;TZID=Europe/Zurich:20250718T110000\r\n")
    );
    assert!(once.contains("RRULE:"), "the rules of Zurich come again every year");
}

#[test]
fn whole_days_end_on_the_day_after_the_last() {
    let shown = |when: &str| {
        let feed = feed(&[(SOURCE, &talks(&format!(r#""place":"riyadh","when":"{when}""#)))], false);
        let event = feed.split("BEGIN:VEVENT").nth(1).unwrap_or_default();
        let lines = event.lines().filter(|line| line.starts_with("DTSTART") || line.starts_with("DTEND"));
        lines.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(shown("2025-02-28"), "DTSTART;VALUE=DATE:20250228 DTEND;VALUE=DATE:20250301");
    assert_eq!(shown("2025-12-30/2026-01-02"), "DTSTART;VALUE=DATE:20251230 DTEND;VALUE=DATE:20260103");
    assert_eq!(shown("9999-12-31"), "DTSTART;VALUE=DATE:99991231");
    assert_eq!(shown("9999-12-30/9999-12-31"), "DTSTART;VALUE=DATE:99991230 DTEND;VALUE=DATE:99991231");
    assert_eq!(shown("9999-12-31T23:30:00+03:00[Asia/Riyadh]"), "DTSTART;TZID=Asia/Riyadh:99991231T233000");
    assert_eq!(shown("2025-02-18T10:00:00Z[UTC]"), "DTSTART:20250218T100000Z DTEND:20250218T110000Z");
}

#[test]
fn an_hour_that_comes_twice_is_told_apart_in_utc() {
    let shown = |when: &str| {
        let feed = feed(&[(SOURCE, &talks(&format!(r#""place":"riyadh","when":"{when}""#)))], false);
        let event = feed.split("BEGIN:VEVENT").nth(1).unwrap_or_default().to_owned();
        let lines = event.lines().filter(|line| line.starts_with("DTSTART") || line.starts_with("DTEND"));
        (lines.map(str::to_owned).collect::<Vec<_>>().join(" "), feed.contains("VTIMEZONE"))
    };
    let utc = |text: &str| (text.to_owned(), false);
    assert_eq!(shown("2025-11-02T01:30:00-04:00[America/New_York]"), utc("DTSTART:20251102T053000Z DTEND:20251102T063000Z"));
    assert_eq!(shown("2025-11-02T01:30:00-05:00[America/New_York]"), utc("DTSTART:20251102T063000Z DTEND:20251102T073000Z"));
    // Of the first time too: half of the programs read it as the second.
    let first = "2025-11-02T00:30:00-04:00[America/New_York]/2025-11-02T01:45:00-04:00[America/New_York]";
    assert_eq!(shown(first), utc("DTSTART:20251102T043000Z DTEND:20251102T054500Z"));
    let skipped = "DTSTART;TZID=America/New_York:20250309T033000 DTEND;TZID=America/New_York:20250309T043000";
    assert_eq!(shown("2025-03-09T02:30:00-05:00[America/New_York]"), (skipped.to_owned(), true));
}

#[test]
fn no_text_begins_a_property_of_its_own() {
    let long = "ق\u{1F54A}".repeat(150);
    let hostile = format!("a\\r\\nEND:VCALENDAR\\nATTENDEE:b\\u2028SEQUENCE:9\\u0085\\u0001X:c;d,e \\\"{long}");
    let text = format!(r#""{hostile}""#);
    let name = format!(r#""X:c;d,e \"{long}""#);
    let source = format!(
        r#"{{"outlet":{text},"author":{text},"title":{text},"url":"https://example.org/\r\nEND:VCALENDAR","published":"2025-02-17"}}"#
    );
    let events = format!(
        r#"{{"kind":"place","place":"riyadh","name":{name},"zone":"Asia/Riyadh"}},
           {{"kind":"official","official":"rubio","name":{name},"title":{name},"party":"us"}},
           {{"kind":"party","party":"us","name":{name}}},
           {{"kind":"meeting_held","meeting":"talks","title":{name},"place":"riyadh","agenda":{text},"outcome":{text},
             "participants":[{{"official":"rubio"}}],"by":[{{"party":"us","voice":{text}}}],"when":"2025-02-18",
             "said_by":{text},"via":{text}}},
           {{"kind":"travel","officials":["rubio"],"to":"riyadh","depart":"2025-02-17","purpose":{text},"said_by":{text}}}"#
    );
    let feed = feed(&[(&source, &events)], true);
    let plain = read(&feed);
    assert!(plain.flaws.is_empty(), "{:?}", plain.flaws);
    assert_eq!(feed.matches("\r\nBEGIN:VEVENT\r\n").count(), 3);
    for line in feed.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n', '\u{85}', '\u{2028}', '\0']), "{line:?}");
    }
    for name in ["ATTENDEE", "X", "URL"] {
        assert!(!unfolded(&feed).lines().any(|line| line.starts_with(&format!("{name}:"))), "{name}");
    }
    assert_eq!(feed.matches("\r\nEND:VCALENDAR").count(), 1);
    assert_eq!(unfolded(&feed).matches("\nSEQUENCE:").count(), 3);
}

#[test]
fn an_empty_schedule_is_still_a_calendar() {
    let feed = feed(&[], false);
    assert!(feed.contains("BEGIN:VTIMEZONE") && !feed.contains("VEVENT"));
}
