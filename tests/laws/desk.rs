//! Laws of the desk's day: the brief says what the other questions answer, and changes are the difference of two answers.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use daybook::event::{MeetingId, OfficialId, PlaceId};
use daybook::projection::{AsOf, Claims, Scope};
use daybook::query::{
    About, Agenda, Asked, Change, Chase, Clock, Since, Standing, SummitsFilter, Turn, Value, brief, changes, changes_since,
    itinerary, summits, where_is,
};
use daybook::time::Zone;
use proptest::prelude::*;

use super::histories::{built, histories, instant, questions};

/// Days at places with their standing, counted: two stays alike are two.
type Stays = BTreeMap<(PlaceId, NaiveDate, NaiveDate, Standing), i64>;

/// The stays of an itinerary: days of one standing at one place.
fn stays(asked: &Asked<'_>, official: &OfficialId) -> Stays {
    let mut found = Stays::new();
    for stop in itinerary(asked, official, None, None).stops {
        let mut runs: Vec<(NaiveDate, NaiveDate, Standing)> = Vec::new();
        for stretch in stop.stretches {
            match runs.last_mut() {
                Some((_, to, standing)) if *standing == stretch.standing => *to = stretch.to,
                _ => runs.push((stretch.from, stretch.to, stretch.standing)),
            }
        }
        for (from, to, standing) in runs {
            *found.entry((stop.presence.place.clone(), from, to, standing)).or_default() += 1;
        }
    }
    found
}

fn count(into: &mut Stays, value: Option<&Value>, by: i64) {
    if let Some(Value::Stays(stays)) = value {
        for stay in stays {
            *into.entry((stay.place.clone(), stay.from, stay.to, stay.standing)).or_default() += by;
        }
    }
}

/// The changes of one official.
fn of<'c>(all: &'c [Change], official: &OfficialId) -> impl Iterator<Item = &'c Change> {
    let subject = About::Official(official.clone());
    all.iter().filter(move |change| change.subject == subject)
}

/// An earlier moment of a question, by either clock.
fn moments() -> impl Strategy<Value = (Clock, u64, DateTime<Utc>)> {
    let at = (0..400_u16).prop_map(|hour| instant(&super::histories::at(hour)));
    (any::<bool>(), 1..14_u64, at)
        .prop_map(|(recorded, seq, at)| (if recorded { Clock::Recorded } else { Clock::Published }, seq, at))
}

fn since((clock, seq, at): (Clock, u64, DateTime<Utc>)) -> Since {
    match clock {
        Clock::Recorded => Since::Recorded(AsOf::Seq(seq)),
        Clock::Published => Since::Published(at),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changes_are_the_difference_of_two_answers(history in histories(), question in questions(), moment in moments()) {
        let claims = Claims::of(Zone::UTC, built(&history));
        let scope = if moment.0 == Clock::Recorded { Scope { as_of: None, ..question.scope } } else { question.scope };
        let before = Asked::new(&claims, since(moment).scope(scope), question.on, question.carry);
        let after = Asked::new(&claims, scope, question.on, question.carry);
        let all = changes(&before, &after, moment.0);
        for official in after.registry().officials.keys() {
            let mut told = stays(&before, official);
            for change in of(&all, official) {
                count(&mut told, change.before.as_ref(), -1);
                count(&mut told, change.after.as_ref(), 1);
            }
            told.retain(|_, count| *count != 0);
            prop_assert_eq!(told, stays(&after, official), "{}", official);
        }
        let standing = |asked: &Asked<'_>| -> BTreeMap<MeetingId, String> {
            asked.meetings.iter().map(|one| (one.id.clone(), format!("{:?} {:?}", one.status, one.when))).collect()
        };
        let (old, new) = (standing(&before), standing(&after));
        for id in old.keys().chain(new.keys()) {
            let fields = ["status", "when"].map(Some).into_iter().chain([None]);
            let told = fields.into_iter().any(|field| {
                all.iter().any(|change| change.subject == About::Meeting(id.clone()) && change.field == field)
            });
            prop_assert_eq!(told, old.get(id) != new.get(id), "{}", id);
        }
        for change in &all {
            let entry = claims.entry(change.cause.seq).unwrap();
            let event = entry.event(change.cause.number).unwrap();
            prop_assert!(after.view.sees(entry, event) && !before.view.sees(entry, event), "known before: {:?}", change);
            prop_assert!(change.before.is_some() || change.after.is_some() , "{:?}", change);
            prop_assert!(change.what != Turn::New || change.before.is_none(), "{:?}", change);
        }
    }

    #[test]
    fn nothing_changes_between_a_moment_and_itself(history in histories(), question in questions()) {
        let claims = Claims::of(Zone::UTC, built(&history));
        let asked = || Asked::new(&claims, question.scope, question.on, question.carry);
        prop_assert_eq!(changes(&asked(), &asked(), Clock::Published), Vec::<Change>::new());
    }

    #[test]
    fn the_brief_says_what_the_other_questions_answer(history in histories(), question in questions(), moment in moments()) {
        let claims = Claims::of(Zone::UTC, built(&history));
        let asked = Asked::new(&claims, question.scope, question.on, question.carry);
        let told = brief(&asked, Some(moment.2));
        for official in asked.registry().officials.keys() {
            let answer = where_is(&asked, official);
            let mut there: Vec<(PlaceId, Standing)> = told.there.iter().flat_map(|there| {
                let own = there.people.iter().filter(|one| one.official == *official);
                own.map(|one| (there.place.clone(), one.standing))
            }).collect();
            let mut expected: Vec<(PlaceId, Standing)> =
                answer.presences.iter().map(|presence| (presence.place.clone(), presence.standing)).collect();
            there.sort();
            expected.sort();
            prop_assert_eq!(there, expected);
            let unknown = told.unknown.iter().any(|one| one.official == *official);
            prop_assert_eq!(unknown, answer.presences.is_empty() && answer.legs.is_empty());
        }
        let last = question.on + Days::new(7);
        let week = |day: NaiveDate| question.on <= day && day <= last;
        let mut coming: Vec<MeetingId> = Vec::new();
        for one in &told.coming {
            prop_assert!(week(one.day), "{:?}", one);
            if let Agenda::Meeting(meeting) = &one.what {
                coming.push(meeting.meeting.clone());
            }
        }
        let mut expected: Vec<MeetingId> = Vec::new();
        for meeting in summits(&asked, &SummitsFilter::All).meetings {
            let Some(when) = meeting.when.filter(|when| !when.is_too_vague()) else { continue };
            let span = when.span(meeting.zone);
            let touches = span.from.is_none_or(|from| from <= last) && span.to.is_none_or(|to| question.on <= to);
            expected.extend((touches && span.from.is_some()).then_some(meeting.meeting));
        }
        coming.sort();
        expected.sort();
        prop_assert_eq!(coming, expected);
        prop_assert!(told.coming.is_sorted_by_key(|one| one.day));
        let changed = changes_since(&asked, Since::Published(moment.2), &[]);
        prop_assert_eq!((&told.changes, &told.late), (&changed.changes, &changed.late));
        for meeting in told.chase.iter().filter_map(|one| if let Chase::Meeting(one) = one { Some(one) } else { None }) {
            prop_assert!(!meeting.silent.is_empty() || meeting.quiet_days.is_some() || meeting.closes.is_some() || meeting.at_risk, "{:?}", meeting);
        }
    }
}
