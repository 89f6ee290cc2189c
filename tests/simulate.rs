//! The simulated world: the same for the same seed, like ours in its kinds, and a log like any other.

use std::collections::{BTreeMap, BTreeSet};

use daybook::event::{Entry, Kind, What, parse_line};
use daybook::projection::{Claims, Scope};
use daybook::query::{Asked, Status, SummitsFilter, check, summits};
use daybook::time::{Zone, day};

use crate::desk::{Desk, Said};

/// Two weeks.
const MANY: usize = 20_000;

/// How long the longest meeting is pending: proposed eleven days ahead, put off by four, and reported on the day after.
const LONGEST_DAYS: i64 = 17;

/// A desk with a world of its own in `events`.
fn world(entries: usize, seed: u64) -> Desk {
    let desk = Desk::bare();
    let Said { err, code, .. } = desk.run(&["simulate", "--entries", &entries.to_string(), "--seed", &seed.to_string()], "");
    assert_eq!((code, err.as_str()), (0, ""));
    desk
}

fn bytes(desk: &Desk, file: &str) -> Vec<u8> {
    std::fs::read(desk.path("events").join(file)).unwrap()
}

fn entries(desk: &Desk) -> Vec<Entry> {
    let text = String::from_utf8(bytes(desk, "000001.jsonl")).unwrap();
    text.lines().map(|line| parse_line(line.as_bytes()).unwrap()).collect()
}

/// What an entry is above all: the kind of its first event, but for the name of a tour.
fn kind(entry: &Entry) -> Kind {
    entry.events.iter().map(|event| event.what.kind()).find(|kind| *kind != Kind::Trip).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let (one, again, other) = (world(3_000, 1), world(3_000, 1), world(3_000, 2));
    for file in ["log.json", "000001.jsonl"] {
        assert!(bytes(&one, file) == bytes(&again, file), "{file}");
        assert!(bytes(&one, file) != bytes(&other, file), "{file}");
    }
}

/// 1,000 is in the middle of an hour, 1,368 a whole day.
#[test]
fn fewer_entries_are_the_beginning_of_more() {
    let long = world(3_000, 7);
    for count in [1, 1_000, 1_368] {
        let short = world(count, 7);
        assert_eq!(bytes(&short, "log.json"), bytes(&long, "log.json"));
        let lines = bytes(&short, "000001.jsonl");
        assert_eq!(lines.iter().filter(|byte| **byte == b'\n').count(), count);
        assert!(bytes(&long, "000001.jsonl").starts_with(&lines), "{count}");
    }
}

/// Whoever changes this number makes another world: what was measured before and after it was not measured on the same log.
#[test]
fn the_world_of_seed_1_is_the_one_it_was() {
    let desk = world(2_000, 1);
    let seal =
        "daybook-seal:01012b92-4000-7ba1-860f-6b87897b4dff:2000:a1b6de6efd522ad36a18a31d1845fc16668e5c832ae5bd5cab3091a326086805";
    assert_eq!(desk.run(&["seal"], "").out.trim(), seal);
}

#[test]
fn a_world_is_like_ours() {
    let desk = world(MANY, 3);
    let verified = desk.run(&["verify"], "");
    assert_eq!(verified.code, 0, "{}", verified.err);
    let entries = entries(&desk);
    assert_eq!(entries.len(), MANY);
    let all: BTreeSet<Kind> = entries.iter().flat_map(|entry| &entry.events).map(|event| event.what.kind()).collect();
    assert_eq!(all.len(), Kind::ALL.len(), "{all:?}");
    shares_are_as_they_should_be(&entries);
    reports_come_late_and_are_kept_back(&entries);
    statements_are_as_long_as_they_should_be(&entries);
    let line = bytes(&desk, "000001.jsonl").len() / MANY;
    assert!((450..650).contains(&line), "{line} bytes");
    let days = (entries[MANY - 1].recorded - entries[0].recorded).num_days();
    assert_eq!(days, 14, "1,368 entries a day");
    meetings_end(&entries);
}

fn shares_are_as_they_should_be(entries: &[Entry]) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        let replaces = entry.events.iter().any(|event| !event.telling.replaces.is_empty());
        let share = match kind(entry) {
            Kind::Travel | Kind::Presence if !replaces => "tours",
            Kind::Statement => "statements",
            Kind::MeetingProposed | Kind::MeetingConfirmed | Kind::MeetingHeld | Kind::MeetingChanged => "meetings",
            Kind::MeetingDeclined | Kind::MeetingPostponed | Kind::MeetingCancelled => "meetings",
            Kind::Retraction | Kind::TravelCancelled | Kind::Absence | Kind::Travel | Kind::Presence => "corrections",
            Kind::Official | Kind::Party | Kind::Place | Kind::Trip => "registry",
        };
        *counts.entry(share).or_default() += 1;
    }
    for (share, least, most) in [("tours", 40, 48), ("statements", 37, 43), ("meetings", 10, 14), ("corrections", 2, 6)] {
        let percent = counts[share] * 100 / entries.len();
        assert!((least..=most).contains(&percent), "{share}: {percent} %");
    }
}

fn reports_come_late_and_are_kept_back(entries: &[Entry]) {
    let age = |entry: &Entry| (entry.recorded.date_naive() - entry.published_day(Zone::UTC)).num_days();
    let late = entries.iter().filter(|entry| age(entry) > 1).count();
    assert!((200..3_000).contains(&late), "{late} are late");
    assert!(entries.iter().all(|entry| (0..=10).contains(&age(entry))));
    let kept: Vec<_> = entries.iter().filter_map(|entry| Some((entry.embargo? - entry.recorded).num_hours())).collect();
    assert!((20..1_000).contains(&kept.len()), "{} are kept back", kept.len());
    assert!(kept.iter().all(|hours| (4..=72).contains(hours)));
}

fn statements_are_as_long_as_they_should_be(entries: &[Entry]) {
    for event in entries.iter().flat_map(|entry| &entry.events) {
        if let What::Statement(statement) = &event.what {
            assert!((100..=300).contains(&statement.text.len()), "{}", statement.text);
        }
    }
}

fn meetings_end(entries: &[Entry]) {
    let first = |entry: &&Entry| matches!(entry.events[0].what, What::MeetingProposed(_));
    let begun: BTreeMap<String, _> = entries
        .iter()
        .filter(first)
        .map(|entry| (entry.events[0].what.meeting().unwrap().to_string(), entry.recorded.date_naive()))
        .collect();
    let on = entries[entries.len() - 1].recorded.date_naive();
    let claims = Claims::of(Zone::UTC, entries.iter().cloned());
    let asked = Asked::new(&claims, Scope::default(), on, 3);
    let all = summits(&asked, &SummitsFilter::All).meetings;
    assert_eq!(all.len(), begun.len());
    let pending: Vec<_> = all.iter().filter(|meeting| !matches!(meeting.status, Status::Held | Status::Cancelled)).collect();
    assert!((20..60).contains(&pending.len()), "{} are pending", pending.len());
    for meeting in pending {
        let days = (on - begun[meeting.meeting.as_str()]).num_days();
        assert!(days <= LONGEST_DAYS, "{} is pending for {days} days", meeting.meeting);
    }
    let odd = check(&asked, &[]).len();
    assert!(odd * 100 < entries.len(), "{odd} findings");
}

/// Long enough that meetings which began on the first days must have ended.
#[test]
fn no_meeting_is_pending_for_longer_than_the_longest() {
    let entries = entries(&world(2 * MANY, 5));
    assert!(entries[0].recorded.date_naive() == day(2005, 1, 1));
    meetings_end(&entries);
}
