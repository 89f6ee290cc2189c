//! Laws: what holds whatever the history, tried on small random ones.

mod desk;
pub mod histories;
mod lines;
mod retold;

use std::collections::BTreeMap;

use daybook::event::{MeetingId, PlaceId, compose, parse_line};
use daybook::projection::{AsOf, Claims, Scope, Stop};
use daybook::query::{
    Asked, ChartOptions, Encounter, Standing, SummitsFilter, chart, check, encounters, itinerary, meeting, stats, summits,
    where_is, who,
};
use daybook::time::{Zone, day};
use proptest::prelude::*;
use serde_json::{Value, json};

use histories::{
    History, PLACES, Question, built, entry, histories, laid_out, later_reports, questions, renumbered, timed_histories,
};

/// Everything that the program answers to a question.
fn answers(claims: &Claims, question: Question) -> Value {
    let asked = Asked::new(claims, question.scope, question.on, question.carry);
    let officials: Vec<_> = asked.registry().officials.keys().cloned().collect();
    let places: Vec<PlaceId> = asked.registry().places.keys().cloned().collect();
    let meetings: Vec<MeetingId> = asked.meetings.iter().map(|meeting| meeting.id.clone()).collect();
    json!({
        "where": officials.iter().map(|one| where_is(&asked, one)).collect::<Vec<_>>(),
        "itinerary": officials.iter().map(|one| itinerary(&asked, one, None, None)).collect::<Vec<_>>(),
        "chart": chart(&asked, &ChartOptions::default()),
        "encounters": officials.iter().map(|one| encounters(&asked, std::slice::from_ref(one), None, None)).collect::<Vec<_>>(),
        "stats": [stats(&asked, &[], None, None), stats(&asked, &officials, None, Some(day(2025, 5, 20)))],
        "who": places.iter().map(|place| who(&asked, place, None)).collect::<Vec<_>>(),
        "summits": summits(&asked, &SummitsFilter::All),
        "meetings": meetings.iter().filter_map(|id| meeting(&asked, id)).collect::<Vec<_>>(),
        "check": check(&asked, &[]),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn replay_is_deterministic(history in histories(), question in questions()) {
        let entries = built(&history);
        let written = entries.iter().map(|entry| parse_line(format!("{}}}", compose(entry, 7).unwrap()).as_bytes()).unwrap());
        let again = Claims::of(Zone::UTC, written);
        prop_assert_eq!(answers(&Claims::of(Zone::UTC, entries), question), answers(&again, question));
    }

    #[test]
    fn claims_are_a_set_inserted_in_any_order_merged_in_any_parts(
        (history, order, cut) in histories().prop_flat_map(|history| {
            let many = history.reports.len() + 1;
            (Just(history), Just((0..many).collect::<Vec<_>>()).prop_shuffle(), 0..=many)
        }),
        question in questions(),
    ) {
        let entries = built(&history);
        let whole = answers(&Claims::of(Zone::UTC, entries.clone()), question);
        let shuffled: Vec<_> = order.iter().map(|at| entries[*at].clone()).collect();
        prop_assert_eq!(&answers(&Claims::of(Zone::UTC, shuffled.clone()), question), &whole);
        let mut parts = Claims::of(Zone::UTC, shuffled[cut..].to_vec());
        parts.merge(Claims::of(Zone::UTC, shuffled[..cut].to_vec()));
        parts.insert(shuffled[0].clone());
        prop_assert_eq!(&answers(&parts, question), &whole, "an entry twice is an entry once");
    }

    /// Rule 2 settles what counts in log order: retracting a retraction restores, under any bound on what was public.
    #[test]
    fn a_retracted_retraction_restores(
        history in histories(), question in questions(), pick in any::<(u8, u8)>(), why in 0..5_usize, hour in 0..400_u16,
    ) {
        let question = Question { scope: Scope { as_of: None, ..question.scope }, ..question };
        let mut entries = built(&history);
        let before = answers(&Claims::of(Zone::UTC, entries.clone()), question);
        let reason = ["wrong", "source_withdrawn", "typo", "identity", "duplicate"][why];
        let of = histories::reference(&entries, pick, true);
        let next = entries.len() as u64 + 1;
        entries.push(entry(next, &histories::at(hour), None, &[json!({"kind": "retraction", "of": [of], "reason": reason})]));
        let undone = format!("{}.1", entries[entries.len() - 1].id);
        entries.push(entry(next + 1, &histories::at(hour), None, &[json!({"kind": "retraction", "of": [undone], "reason": "typo"})]));
        prop_assert_eq!(answers(&Claims::of(Zone::UTC, entries), question), before);
    }

    /// Claims are ordered by when they became public: with distinct times and no references, the order of logging is no matter.
    #[test]
    fn the_order_of_logging_changes_no_answer(
        (history, order) in timed_histories().prop_flat_map(|history| {
            let many = history.reports.len();
            (Just(history), Just((0..many).collect::<Vec<_>>()).prop_shuffle())
        }),
        question in questions(),
    ) {
        let question = Question { scope: Scope { as_of: None, ..question.scope }, ..question };
        // Lines to type name entries by their numbers, in words.
        let answers = |history| {
            let mut answers = answers(&Claims::of(Zone::UTC, built(history)), question);
            answers["check"] = Value::Null;
            answers
        };
        let one = answers(&history);
        let permuted = History { reports: order.iter().map(|at| history.reports[*at].clone()).collect() };
        let other = answers(&permuted);
        // The entry that stands at `at + 2` now stood at `order[at] + 2` before; entry 1 is the registry.
        let renamed = renumbered(&other, &|seq| if seq == 1 { 1 } else { order[seq - 2] + 2 });
        prop_assert_eq!(laid_out(&renamed), laid_out(&renumbered(&one, &|seq| seq)));
    }

    #[test]
    fn findings_are_said_once_the_worst_first_and_rest_on_what_counts(history in histories(), question in questions()) {
        let claims = Claims::of(Zone::UTC, built(&history));
        let asked = Asked::new(&claims, question.scope, question.on, question.carry);
        let findings = check(&asked, &[]);
        prop_assert!(findings.is_sorted_by(|a, b| a.severity >= b.severity));
        for (at, finding) in findings.iter().enumerate() {
            prop_assert!(!findings[at + 1..].contains(finding), "{:?}", finding);
            let counts = |position| asked.view.facts().iter().any(|fact| fact.key.position == position);
            prop_assert!(!finding.evidence.is_empty() && finding.evidence.iter().all(|one| counts(*one)), "{:?}", finding);
            let about = check(&asked, std::slice::from_ref(&finding.about));
            prop_assert!(about.contains(finding) && about.iter().all(|one| findings.contains(one)));
        }
    }

    #[test]
    fn as_of_an_entry_equals_a_log_cut_after_it(history in histories(), question in questions(), at in any::<prop::sample::Index>()) {
        let entries = built(&history);
        let last = at.index(entries.len()) + 1;
        let bound = |as_of| Question { scope: Scope { as_of, ..question.scope }, ..question };
        let cut = answers(&Claims::of(Zone::UTC, entries[..last].to_vec()), bound(None));
        let recorded = entries[last - 1].recorded;
        let whole = Claims::of(Zone::UTC, entries);
        prop_assert_eq!(&answers(&whole, bound(Some(AsOf::Seq(last as u64)))), &cut);
        prop_assert_eq!(&answers(&whole, bound(Some(AsOf::At(recorded)))), &cut);
    }

    #[test]
    fn what_is_published_later_changes_no_answer_of_before(
        history in histories(), later in later_reports(), question in questions(),
    ) {
        let public_by = histories::instant(&histories::at(histories::LATER));
        let question = Question { scope: Scope { as_of: None, public_by: Some(public_by) }, ..question };
        let before = answers(&Claims::of(Zone::UTC, built(&history)), question);
        let longer = History { reports: history.reports.into_iter().chain(later).collect() };
        prop_assert_eq!(answers(&Claims::of(Zone::UTC, built(&longer)), question), before);
    }

    #[test]
    fn no_day_and_no_carry_makes_it_panic(
        history in histories(), question in questions(), days in any::<i32>(), carry in any::<u16>(), edge in 0..4,
    ) {
        let far = chrono::Duration::days(i64::from(days));
        let on = match edge {
            0 => chrono::NaiveDate::MIN,
            1 => chrono::NaiveDate::MAX,
            _ => day(2025, 5, 10).checked_add_signed(far).unwrap_or(day(9999, 12, 31)),
        };
        answers(&Claims::of(Zone::UTC, built(&history)), Question { on, carry: i64::from(carry), ..question });
    }

    /// X is among those of `who P` exactly if a presence of `where X` lies in P: neither question knows more than the other.
    #[test]
    fn where_and_who_agree(history in histories(), question in questions()) {
        let claims = Claims::of(Zone::UTC, built(&history));
        let asked = Asked::new(&claims, question.scope, question.on, question.carry);
        let registry = asked.registry();
        for place in PLACES.iter().map(|id| id.parse::<PlaceId>().unwrap()).filter(|place| registry.places.contains_key(place)) {
            let answer = who(&asked, &place, None);
            for official in registry.officials.keys() {
                let listed: Vec<_> = answer.people.iter().chain(&answer.uncertain).filter(|one| one.official == *official).collect();
                let there = where_is(&asked, official).presences;
                let mut within: Vec<_> = there.iter().filter(|one| registry.is_within(&one.place, &place)).collect();
                within.sort_by_key(|one| (one.place.clone(), one.from));
                let mut listed: Vec<_> = listed.iter().map(|one| (&one.place, one.from, one.to, one.standing, one.conflict)).collect();
                listed.sort();
                let within: Vec<_> = within.iter().map(|one| (&one.place, one.from, one.to, one.standing, one.conflict)).collect();
                prop_assert_eq!(listed, within, "{} in {}", official, place);
            }
        }
    }

    /// A chart is the itinerary, clipped: what is beyond that is presumed, and `where` presumes it, too.
    #[test]
    fn the_bars_of_a_chart_are_the_stretches_of_the_itinerary_clipped(
        history in histories(), question in questions(), first in 0..30_i64, days in 0..30_i64,
    ) {
        let claims = Claims::of(Zone::UTC, built(&history));
        let asked = Asked::new(&claims, question.scope, question.on, question.carry);
        let from = day(2025, 4, 25) + chrono::Duration::days(first);
        let to = from + chrono::Duration::days(days);
        let options = ChartOptions { from: Some(from), to: Some(to), ..ChartOptions::default() };
        for row in chart(&asked, &options).rows {
            let mut expected = Vec::new();
            for stop in itinerary(&asked, &row.official, Some(from), Some(to)).stops {
                for stretch in stop.stretches.iter().filter(|stretch| stretch.from <= to && from <= stretch.to) {
                    expected.push((stop.presence.place.clone(), stretch.from.max(from), stretch.to.min(to), stretch.standing));
                }
            }
            let (presumed, drawn): (Vec<_>, Vec<_>) = row
                .bars
                .iter()
                .flat_map(|bar| bar.stretches.iter().map(|one| (bar.place.clone(), one.from, one.to, one.standing)))
                .partition(|(.., standing)| *standing == Standing::Presumed);
            prop_assert_eq!(drawn, expected, "{}", row.official);
            let whereabouts = asked.whereabouts(&row.official);
            for today in from.iter_days().take_while(|today| *today <= to) {
                let there = whereabouts.on(today, asked.registry());
                let mut carried: Vec<_> =
                    there.iter().filter(|one| one.standing == Standing::Presumed).map(|one| one.place.clone()).collect();
                let here = presumed.iter().filter(|(_, first, last, _)| (*first..=*last).contains(&today));
                let mut here: Vec<_> = here.map(|(place, ..)| place.clone()).collect();
                carried.sort();
                here.sort();
                prop_assert_eq!(here, carried, "{} on {}", row.official, today);
                let marked = row.bars.iter().any(|bar| bar.conflicts.iter().any(|run| run.from <= today && today <= run.to));
                prop_assert_eq!(marked, there.iter().any(|one| one.conflict), "{} on {}", row.official, today);
            }
        }
    }

    /// Day by day over the answers of `where`: two are together if their presences share a meeting, or lie one in the other and neither is
    /// about a whole country; as firmly as the weaker of the two. Both ask the same.
    #[test]
    fn encounters_are_what_two_answers_of_where_share(history in histories(), question in questions()) {
        let claims = Claims::of(Zone::UTC, built(&history));
        let asked = Asked::new(&claims, question.scope, question.on, question.carry);
        let registry = asked.registry();
        let officials: Vec<_> = registry.officials.keys().cloned().collect();
        for (one, other) in officials.iter().flat_map(|one| officials.iter().map(move |other| (one, other))).filter(|(a, b)| a != b) {
            let found = encounters(&asked, &[one.clone(), other.clone()], None, None).encounters;
            for today in day(2025, 4, 20).iter_days().take(60) {
                let on = |official| {
                    let there = Asked::new(&claims, question.scope, question.on, question.carry);
                    where_is(&Asked { on: today, ..there }, official).presences
                };
                let mut expected = BTreeMap::new();
                for (a, b) in on(one).iter().flat_map(|a| on(other).into_iter().map(move |b| (a.clone(), b))) {
                    let nested = registry.is_within(&a.place, &b.place) || registry.is_within(&b.place, &a.place);
                    let wide = [&a.place, &b.place].iter().any(|place| place.as_str() == "saudi-arabia");
                    let shared = a.meetings.iter().any(|id| b.meetings.contains(id));
                    if nested && (shared || !wide) {
                        let narrower = if registry.is_within(&a.place, &b.place) { a.place } else { b.place };
                        let known = expected.entry(narrower).or_insert(Standing::Presumed);
                        *known = (*known).max(a.standing.min(b.standing));
                    }
                }
                let mut answered = BTreeMap::new();
                for encounter in found.iter().filter(|one| one.from <= today && today <= one.to) {
                    let stretch = encounter.stretches.iter().find(|stretch| stretch.from <= today && today <= stretch.to).unwrap();
                    if let Some(place) = &encounter.place {
                        let twice = answered.insert(place.clone(), stretch.standing);
                        prop_assert_eq!(twice, None, "consecutive days are one encounter");
                    }
                }
                prop_assert_eq!(answered, expected, "{} and {} on {}", one, other, today);
            }
            let days = |found: &[Encounter]| found.iter().map(|one| (one.place.clone(), one.from, one.to, one.standing)).collect::<Vec<_>>();
            let turned = encounters(&asked, &[other.clone(), one.clone()], None, None).encounters;
            prop_assert_eq!(days(&found), days(&turned));
            let of_one = encounters(&asked, std::slice::from_ref(one), None, None).encounters;
            let with: Vec<_> = of_one.into_iter().filter(|encounter| encounter.people[1].official == *other).collect();
            prop_assert_eq!(with, found, "of one, everybody they meet");
        }
    }

    #[test]
    fn stops_at_one_place_neither_overlap_nor_touch(history in histories(), question in questions()) {
        let claims = Claims::of(Zone::UTC, built(&history));
        let asked = Asked::new(&claims, question.scope, question.on, question.carry);
        for official in asked.registry().officials.keys() {
            let stops = asked.whereabouts(official).stops;
            for (at, stop) in stops.iter().enumerate() {
                prop_assert!(stop.from <= stop.to);
                for other in stops[at + 1..].iter().filter(|other| other.place == stop.place) {
                    let apart = (other.from - stop.to).num_days().max((stop.from - other.to).num_days());
                    prop_assert!(apart > 1, "{:?} and {:?}", (stop.from, stop.to), (other.from, other.to));
                }
            }
        }
    }

    /// Nobody contradicts alone: conflict is mutual between stops, and a marked presence has a marked partner elsewhere.
    #[test]
    fn conflict_is_symmetric(history in histories(), question in questions()) {
        let claims = Claims::of(Zone::UTC, built(&history));
        let asked = Asked::new(&claims, question.scope, question.on, question.carry);
        let registry = asked.registry();
        for official in registry.officials.keys() {
            let whereabouts = asked.whereabouts(official);
            for today in day(2025, 4, 28).iter_days().take(35) {
                for (one, other) in whereabouts.stops.iter().flat_map(|one| whereabouts.stops.iter().map(move |other| (one, other))) {
                    let mutual = one.conflicts_with(other, today, registry) == other.conflicts_with(one, today, registry);
                    prop_assert!(mutual, "{} and {} on {today}", one.place, other.place);
                    let told = one.clashes(other, registry).iter().any(|clash| clash.is_on(today));
                    prop_assert_eq!(told, one.conflicts_with(other, today, registry), "{} and {} on {}", one.place, other.place, today);
                }
                let there = whereabouts.on(today, registry);
                let marked: Vec<_> = there.iter().filter(|presence| presence.conflict).collect();
                let partnered = marked.iter().all(|one| marked.iter().any(|other| other.place != one.place));
                prop_assert!(partnered, "{official} on {today}");
            }
        }
    }

    /// An entry that names several places for the same days does not say where the nights were spent; by the clock it must fit.
    #[test]
    fn no_entry_contradicts_itself_on_the_same_days_but_by_the_clock(history in histories(), question in questions()) {
        let entries = built(&history);
        let (desk, reports) = entries.split_first().unwrap();
        for report in reports {
            let claims = Claims::of(Zone::UTC, [desk.clone(), report.clone()]);
            let asked = Asked::new(&claims, Scope::default(), question.on, question.carry);
            for official in asked.registry().officials.keys() {
                let stops = asked.whereabouts(official).stops;
                let claims = || stops.iter().flat_map(Stop::pieces).map(|piece| &piece.claim);
                let apart = claims().any(|one| one.exact.is_some() || claims().any(|other| one.told.days != other.told.days));
                let found = check(&asked, &[]).into_iter().filter(|one| one.about == official.as_str());
                let odd: Vec<_> = found.filter(|one| ["conflict", "participant_elsewhere"].contains(&one.finding)).collect();
                prop_assert!(apart || odd.is_empty(), "{:?}", odd);
            }
        }
    }

    /// `--on` asks, it never hides: which meetings there are, and what they rest on, is the same for every day.
    #[test]
    fn the_day_asked_about_hides_no_report(history in histories(), question in questions()) {
        let claims = Claims::of(Zone::UTC, built(&history));
        let known = |on| {
            let asked = Asked::new(&claims, question.scope, on, question.carry);
            let stories = asked.meetings.iter().map(|one| (one.id.clone(), one.when, one.evidence.clone(), one.previous.clone()));
            stories.collect::<Vec<_>>()
        };
        prop_assert_eq!(known(question.on), known(day(2031, 1, 1)));
        prop_assert_eq!(known(question.on), known(day(1999, 1, 1)));
    }
}
