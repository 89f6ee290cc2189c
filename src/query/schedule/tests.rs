//! Stories about schedules: what becomes of a meeting's item as reports come in, and when its SEQUENCE rises.

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;

use super::{CalendarStatus, Cancelled, Schedule, ScheduleItem, ScheduleOptions, Timing, schedule};
use crate::event::parse_line;
use crate::projection::{Claims, Scope};
use crate::time::{Zone, day, parse_instant};

/// A log in a few lines: each is what stands beside `seq` and `id`, and the events.
#[derive(Clone)]
struct Log {
    claims: Claims,
    options: ScheduleOptions,
    on: NaiveDate,
}

fn at(text: &str) -> DateTime<Utc> {
    parse_instant(text).expect("an instant")
}

fn log() -> Log {
    let options = ScheduleOptions::new("log", at("2025-12-31T00:00:00Z"));
    Log { claims: Claims::new(Zone::UTC), options, on: day(2025, 2, 1) }.entry(
        "",
        r#"{"kind":"official","official":"rubio","name":"Marco Rubio","party":"us"},
           {"kind":"official","official":"lavrov","name":"Sergei Lavrov","party":"ru"},
           {"kind":"place","place":"riyadh","name":"Riyadh","lat":24.7,"lon":46.7,"zone":"Asia/Riyadh"},
           {"kind":"place","place":"geneva","name":"Geneva","lat":46.2,"lon":6.1,"zone":"Europe/Zurich"}"#,
    )
}

impl Log {
    /// Logs an entry, recorded on the day of February 2025 that is its number; `head` may hold a source or an embargo.
    fn entry(mut self, head: &str, events: &str) -> Self {
        let seq = self.claims.last_seq() + 1;
        let line = format!(
            r#"{{"v":1,"seq":{seq},"id":"{}","recorded":"2025-02-{seq:02}T12:00:00.000Z",{head}"events":[{events}],"salt":"0000000000000000","chain":"{:064}"}}"#,
            id(seq),
            0
        );
        self.claims.insert(parse_line(line.replace('\n', " ").as_bytes()).expect("a good line"));
        self
    }

    /// Logs what happens to the talks.
    fn talks(self, kind: &str, rest: &str) -> Self {
        self.entry("", &format!(r#"{{"kind":"meeting_{kind}","meeting":"talks"{rest}}}"#))
    }

    fn proposed(self, when: &str) -> Self {
        let list = r#""participants":[{"official":"rubio"},{"official":"lavrov"}]"#;
        self.talks("proposed", &format!(r#","title":"Talks","place":"riyadh",{list},"by":[{{"party":"us"}}]{}"#, dated(when)))
    }

    fn confirmed(self, when: &str) -> Self {
        self.talks("confirmed", &format!(r#","by":[{{"party":"us"}},{{"party":"ru"}}]{}"#, dated(when)))
    }

    fn retracted(self, of: &str, reason: &str) -> Self {
        self.entry("", &format!(r#"{{"kind":"retraction","of":["{of}"],"reason":"{reason}"}}"#))
    }

    fn schedule(&self) -> Schedule {
        schedule(&self.claims, Scope::default(), self.on, &self.options)
    }

    /// The one item there is, as `SEQUENCE STATUS days summary`.
    fn shows(&self) -> String {
        let schedule = self.schedule();
        let shown = |item: &ScheduleItem| {
            let (start, end) = item.timing.ends();
            format!("{} {} {start}..{end} {}", item.sequence, item.status.name(), item.summary())
        };
        schedule.items.iter().map(shown).collect::<Vec<_>>().join("\n")
    }
}

fn dated(when: &str) -> String {
    if when.is_empty() { String::new() } else { format!(r#","when":"{when}""#) }
}

fn id(seq: u64) -> String {
    format!("01940000-0000-7000-8000-{seq:012}")
}

#[test]
fn a_meeting_keeps_its_identity_from_rumour_to_outcome() {
    let mut story = log().proposed("");
    assert_eq!((story.shows(), story.schedule().undated), (String::new(), 1));
    let mut uids = Vec::new();
    let mut tell = |next: Log| {
        uids.extend(next.schedule().items.into_iter().map(|item| item.uid));
        story = next.clone();
        next.shows()
    };
    let proposed = log().proposed("").proposed("2025-02-18");
    assert_eq!(tell(proposed.clone()), "0 TENTATIVE 2025-02-18..2025-02-18 [tentative] Talks");
    let confirmed = proposed.confirmed("");
    assert_eq!(tell(confirmed.clone()), "1 CONFIRMED 2025-02-18..2025-02-18 Talks");
    let moved = confirmed.talks("changed", r#","when":"2025-02-20""#);
    assert_eq!(tell(moved.clone()), "2 CONFIRMED 2025-02-20..2025-02-20 Talks");
    let postponed = moved.talks("postponed", "");
    assert_eq!(tell(postponed.clone()), "3 CANCELLED 2025-02-20..2025-02-20 POSTPONED: Talks");
    let announced = postponed.confirmed("2025-03-04");
    assert_eq!(tell(announced.clone()), "4 CONFIRMED 2025-03-04..2025-03-04 Talks");
    let cancelled = announced.talks("cancelled", "");
    assert_eq!(tell(cancelled.clone()), "5 CANCELLED 2025-03-04..2025-03-04 CANCELLED: Talks");
    let held = cancelled.talks("held", r#","place":"geneva","when":"2025-03-05""#);
    assert_eq!(tell(held), "6 CONFIRMED 2025-03-05..2025-03-05 Talks");
    assert!(uids.len() == 7 && uids.iter().all(|uid| uid == "talks@log"), "{uids:?}");
}

#[test]
fn only_when_place_and_status_raise_the_sequence() {
    let confirmed = log().proposed("2025-02-18").confirmed("");
    assert_eq!(confirmed.schedule().items[0].sequence, 1);
    let more = confirmed
        .talks("changed", r#","agenda":"Grain","title":"Big talks""#)
        .confirmed("")
        .entry("", r#"{"kind":"official","official":"rubio","title":"Secretary of State"}"#)
        .talks("held", r#","outcome":"Nothing""#);
    let item = &more.schedule().items[0];
    assert_eq!((item.sequence, item.title.as_str()), (1, "Big talks"));
    let place = more.entry("", r#"{"kind":"place","place":"riyadh","name":"Ar-Riyadh"}"#);
    assert_eq!(place.schedule().items[0].sequence, 2);
}

#[test]
fn late_reports_and_retractions_never_lower_the_sequence() {
    let late = r#""source":{"outlet":"A","published":"2025-01-02"},"#;
    let steps: [&dyn Fn(Log) -> Log; 7] = [
        &|log| log.confirmed("2025-02-19"),
        &|log| log.entry(late, r#"{"kind":"meeting_changed","meeting":"talks","when":"2025-01-20"}"#),
        &|log| log.retracted(&id(3), "wrong"),
        &|log| log.retracted(&id(5), "duplicate"),
        &|log| log.retracted(&id(2), "source_withdrawn"),
        &|log| log.talks("held", ""),
        &|log| log.retracted(&id(8), "typo"),
    ];
    let mut story = log().proposed("2025-02-18");
    let mut sequences = vec![story.schedule().items[0].sequence];
    let mut modified = story.schedule().items[0].modified;
    for step in steps {
        story = step(story);
        for item in story.schedule().items {
            assert!(item.modified > modified);
            (modified, _) = (item.modified, sequences.push(item.sequence));
        }
    }
    assert_eq!(sequences, [0, 1, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn the_day_asked_about_marks_what_lapsed_and_changes_no_past() {
    let mut story = log().proposed("2025-02-18").confirmed("");
    assert_eq!(story.shows(), "1 CONFIRMED 2025-02-18..2025-02-18 Talks");
    story.on = day(2025, 2, 19);
    assert_eq!(story.shows(), "1 CONFIRMED 2025-02-18..2025-02-18 UNVERIFIED: Talks");
    story = log().proposed("2025-02-18");
    story.on = day(2025, 2, 19);
    assert_eq!(story.shows(), "0 TENTATIVE 2025-02-18..2025-02-18 UNVERIFIED: [tentative] Talks");
}

#[test]
fn an_embargo_is_kept_and_its_end_only_adds() {
    let secret = r#""embargo":"2025-02-20T06:00:00Z","#;
    let held = r#"{"kind":"meeting_held","meeting":"talks"}"#;
    let mut story = log().proposed("2025-02-18").entry(secret, held).confirmed("").talks("cancelled", "");
    story.options.embargo_at = at("2025-02-20T05:59:59Z");
    assert_eq!(story.shows(), "2 CANCELLED 2025-02-18..2025-02-18 CANCELLED: Talks");
    story.options.embargo_at = at("2025-02-20T06:00:00Z");
    assert_eq!(story.shows(), "3 CONFIRMED 2025-02-18..2025-02-18 Talks");
    assert_eq!(story.schedule().items[0].modified, at("2025-02-20T06:00:00Z"));
    story.options.embargo_at = at("2025-02-01T00:00:00Z");
    story.options.include_embargoed = true;
    assert_eq!(story.schedule().items[0].modified, at("2025-02-05T12:00:00Z"));
}

#[test]
fn vague_times_are_spans_that_say_so() {
    let shown = |when: &str| log().proposed(when).confirmed("").shows();
    assert_eq!(shown("[2025-02-10..2025-02-16]"), "0 TENTATIVE 2025-02-10..2025-02-16 [tentative] Talks (some day 10–16 Feb)");
    assert_eq!(shown("2025-02"), "0 TENTATIVE 2025-02-01..2025-02-28 [tentative] Talks (some day in February)");
    assert_eq!(shown("2025?"), "0 TENTATIVE 2025-01-01..2025-12-31 [tentative] Talks (perhaps some day in 2025)");
    assert_eq!(shown("2025-02-18~"), "0 TENTATIVE 2025-02-18..2025-02-18 [tentative] Talks (about 18 Feb)");
    assert_eq!(shown("[..2025-03-01]"), "0 TENTATIVE 2025-03-01..2025-03-01 [tentative] Talks (by 1 Mar)");
    assert_eq!(shown("[2025-03-01..]"), "0 TENTATIVE 2025-03-01..2025-03-01 [tentative] Talks (not before 1 Mar)");
    assert_eq!(shown("2025-02-28/2025-03-02"), "1 CONFIRMED 2025-02-28..2025-03-02 Talks");
    assert_eq!(shown("2025-02-28/.."), "1 CONFIRMED 2025-02-28..2025-02-28 Talks");
    let cancelled = log().proposed("2025-02").talks("cancelled", "");
    assert_eq!(cancelled.shows(), "1 CANCELLED 2025-02-01..2025-02-28 CANCELLED: Talks (some day in February)");
}

#[test]
fn exact_times_keep_their_zone_and_a_missing_end_is_assumed() {
    let lone = log().confirmed("2025-02-18T10:00:00+03:00[Asia/Riyadh]").schedule();
    let item = &lone.items[0];
    assert!(
        matches!(item.timing, Timing::Exact { from, to, end_assumed: true } if to.instant() - from.instant() == chrono::Duration::hours(1))
    );
    assert!(item.description.iter().any(|line| line == "The end was not reported: one hour is shown."));
    let both = "2025-02-18T10:00:00+03:00[Asia/Riyadh]/2025-02-18T12:30:00+03:00[Asia/Riyadh]";
    assert!(matches!(log().confirmed(both).schedule().items[0].timing, Timing::Exact { end_assumed: false, .. }));
    let mixed = log().confirmed("2025-02-18T10:00:00+03:00[Asia/Riyadh]/2025-02-19").schedule();
    assert_eq!(mixed.items[0].timing, Timing::Days { from: day(2025, 2, 18), to: day(2025, 2, 19) });
}

#[test]
fn options_choose_by_official_meeting_party_place_and_day() {
    let story = log().proposed("2025-02-18").talks("postponed", "");
    let found = |change: &dyn Fn(&mut ScheduleOptions)| {
        let mut log = story.clone();
        change(&mut log.options);
        log.schedule().items.len()
    };
    let place = |name: &str| vec![name.parse().expect("an id")];
    assert_eq!(found(&|options| options.officials = vec!["rubio".parse().expect("an id")]), 1);
    assert_eq!(found(&|options| options.officials = vec!["putin".parse().expect("an id")]), 0);
    assert_eq!(found(&|options| options.meetings = vec!["talks".parse().expect("an id")]), 1);
    assert_eq!(found(&|options| options.parties = vec!["ru".parse().expect("an id")]), 1);
    assert_eq!(found(&|options| options.parties = vec!["fr".parse().expect("an id")]), 0);
    assert_eq!((found(&|options| options.places = place("riyadh")), found(&|options| options.places = place("geneva"))), (1, 0));
    assert_eq!(found(&|options| options.from = Some(day(2025, 2, 19))), 0);
    assert_eq!(found(&|options| options.to = Some(day(2025, 2, 18))), 1);
    assert_eq!(found(&|options| options.cancelled = Cancelled::Drop), 0);
}

#[test]
fn stops_and_legs_keep_their_identity_when_dates_move() {
    let mut story = log().entry(
        "",
        r#"{"kind":"travel","officials":["lavrov"],"from":"geneva","to":"riyadh","depart":"2025-02-17"},
           {"kind":"presence","officials":["rubio"],"place":"geneva","when":"2025-02-01/2025-02-02"}"#,
    );
    story.options.with_travel = true;
    let (leg, stop) = (format!("lavrov.to.riyadh.{}.1@log", id(2)), format!("lavrov.at.riyadh.{}.1@log", id(2)));
    let find = |log: &Log, uid: &str| log.schedule().items.into_iter().find(|item| item.uid == uid).expect("that item");
    assert_eq!(find(&story, &leg).summary(), "[tentative] Sergei Lavrov: Geneva to Riyadh");
    assert_eq!(find(&story, &stop).summary(), "[tentative] Sergei Lavrov in Riyadh");
    let seen = find(&story, &format!("rubio.at.geneva.{}.2@log", id(2)));
    assert_eq!((seen.status, seen.sequence, seen.transparent), (CalendarStatus::Confirmed, 0, true));
    let replaces = format!(r#""replaces":["{}.1"]"#, id(2));
    let moved = story.entry(
        "",
        &format!(
            r#"{{"kind":"travel","officials":["lavrov"],"from":"geneva","to":"riyadh",{replaces},
               "depart":"2025-02-18T08:00:00+01:00[Europe/Zurich]","arrive":"2025-02-18T15:00:00+03:00[Asia/Riyadh]"}}"#
        ),
    );
    let timed = find(&moved, &leg);
    assert_eq!(timed.timing.ends().0, "2025-02-18T08:00:00+01:00[Europe/Zurich]");
    assert_eq!((timed.sequence, timed.created, timed.modified), (1, at("2025-02-02T12:00:00Z"), at("2025-02-03T12:00:00Z")));
    assert_eq!(find(&moved, &stop).timing, Timing::Days { from: day(2025, 2, 18), to: day(2025, 2, 18) });
    let untouched = find(&moved, &format!("rubio.at.geneva.{}.2@log", id(2)));
    assert_eq!(untouched, seen);
}

#[test]
fn a_stop_at_a_meeting_outlives_its_dates() {
    let mut story = log().proposed("2025-02-18").confirmed("").talks("postponed", "").confirmed("2025-03-04");
    story.options.with_travel = true;
    let uids = |log: &Log| log.schedule().items.into_iter().map(|item| (item.uid, item.sequence)).collect::<Vec<_>>();
    let expected = ["lavrov.at.riyadh.talks@log", "rubio.at.riyadh.talks@log", "talks@log"].map(|uid| (uid.to_owned(), 3));
    assert_eq!(uids(&story), expected);
    let cut = story
        .entry("", r#"{"kind":"presence","officials":["rubio"],"place":"geneva","when":"2025-03-10/2025-03-20"}"#)
        .entry("", r#"{"kind":"absence","officials":["rubio"],"place":"geneva","when":"2025-03-14"}"#);
    let stays: Vec<String> = uids(&cut).into_iter().map(|(uid, _)| uid).filter(|uid| uid.contains("geneva")).collect();
    assert_eq!(stays, [format!("rubio.at.geneva.{}.1@log", id(6)), format!("rubio.at.geneva.{}.1.2@log", id(6))]);
}

/// One act in the life of the talks: a report, perhaps published long before, or the retraction of an earlier entry.
#[derive(Clone, Debug)]
enum Act {
    Report(&'static str, bool),
    Retract(u64, &'static str),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let reports = [
        r#"proposed","when":"2025-02-18""#,
        r#"confirmed","by":[{"party":"us"},{"party":"ru"}],"when":"2025-02-19","place":"geneva""#,
        r#"changed","when":"[2025-02-10..2025-02-16]""#,
        r#"changed","place":"riyadh""#,
        r#"declined","by":[{"party":"us"}]"#,
        r#"postponed""#,
        r#"postponed","when":"2025-03-01""#,
        r#"cancelled""#,
        r#"held""#,
    ];
    let report = (0..reports.len(), any::<bool>()).prop_map(move |(which, late)| Act::Report(reports[which], late));
    let retract = (2..12_u64, 0..3_usize).prop_map(|(of, why)| Act::Retract(of, ["wrong", "typo", "duplicate"][why]));
    proptest::collection::vec(prop_oneof![4 => report, 1 => retract], 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    /// Whatever is reported and taken back: SEQUENCE rises by one with each entry that changes what is exported, and with no other, and is
    /// the same on every day.
    #[test]
    fn the_sequence_rises_exactly_with_what_is_exported(acts in acts()) {
        let mut story = log();
        let mut before: Option<ScheduleItem> = None;
        for act in acts {
            story = match act {
                Act::Report(report, late) => {
                    let head = if late { r#""source":{"published":"2025-01-02"},"# } else { "" };
                    let (kind, rest) = report.split_once('"').expect("a kind");
                    story.entry(head, &format!(r#"{{"kind":"meeting_{kind}","meeting":"talks"{rest}}}"#))
                }
                Act::Retract(of, why) => story.retracted(&id(of), why),
            };
            let later = Log { on: day(2026, 1, 1), ..story.clone() };
            let now = story.schedule().items.pop();
            prop_assert_eq!(now.as_ref().map(|item| item.sequence), later.schedule().items.pop().map(|item| item.sequence));
            if let (Some(now), Some(before)) = (&now, &before) {
                prop_assert!(now.sequence >= before.sequence && now.modified >= before.modified);
                prop_assert_eq!(&now.uid, &before.uid);
                prop_assert_eq!(now.created, before.created);
                if now.exported() != before.exported() {
                    prop_assert!(now.sequence > before.sequence);
                } else {
                    prop_assert!(now.sequence == before.sequence || now.sequence >= before.sequence + 2);
                }
            }
            before = now.or(before);
        }
    }
}
