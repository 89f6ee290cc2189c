//! Meetings as calendar items.

use chrono::{DateTime, NaiveDate};

use super::history::Past;
use super::trail::Trails;
use super::{CalendarStatus, Cancelled, ScheduleItem, ScheduleOptions, Subject, Timing, words};
use crate::event::MeetingId;
use crate::projection::{Meeting, Status, View};
use crate::query::Asked;
use crate::query::meetings::called_off;
use crate::time::{Shape, When};

/// The meetings that the options let through, and how many of them have no time at all.
pub(super) fn items(asked: &Asked<'_>, trails: &Trails<'_>, options: &ScheduleOptions) -> (Vec<ScheduleItem>, usize) {
    let mut items = Vec::new();
    let mut undated = 0;
    for meeting in &asked.meetings {
        let dropped = options.cancelled == Cancelled::Drop && status(meeting, false) == CalendarStatus::Cancelled;
        if dropped || !options.wants_meeting(meeting, asked.registry()) {
            continue;
        }
        match item(&asked.view, meeting, &options.log) {
            None => undated += 1,
            Some(item) if options.wants_timing(&item.timing) => {
                items.push(past(trails, &meeting.id, &options.log).complete(item));
            }
            Some(_) => {}
        }
    }
    (items, undated)
}

/// The past of a meeting's item. It is told as from before all days, when nothing has lapsed yet: an item's past must not depend on the day
/// asked about.
fn past(trails: &Trails<'_>, id: &MeetingId, log: &str) -> Past {
    let show = |view: &View<'_>| Meeting::fold(view, id, NaiveDate::MIN).and_then(|meeting| item(view, &meeting, log));
    let mut past = Past::default();
    for state in trails.of_meeting(id).walk(show) {
        past.step(state.at, state.reported, state.shown);
    }
    past
}

/// A meeting as an item without a past; `None` if nothing is known of its time.
fn item(view: &View<'_>, meeting: &Meeting, log: &str) -> Option<ScheduleItem> {
    let when = when(meeting)?;
    let timing = Timing::of(when, meeting.zone)?;
    let status = status(meeting, timing.is_vague());
    let record = meeting.place.as_ref().and_then(|place| view.registry().places.get(place));
    let location = meeting.place.as_ref().map(|place| words::location(view.registry(), place));
    let reports = words::Reports::of(view, &meeting.evidence);
    let facts: Vec<_> = view.meeting_facts(&meeting.id).iter().map(|fact| fact.key.position).collect();
    Some(ScheduleItem {
        uid: format!("{}@{log}", meeting.id),
        subject: Subject::Meeting {
            meeting: meeting.id.clone(),
            level: meeting.level,
            status: meeting.status,
            unverified: meeting.status == Status::Lapsed,
        },
        title: meeting.title.clone(),
        status,
        transparent: status != CalendarStatus::Confirmed || timing.is_vague(),
        location: location.map(|name| if meeting.place_doubtful { format!("{name} (probably)") } else { name }),
        position: record.and_then(|record| record.position),
        description: description(view, meeting, when, &timing, &reports),
        url: words::Reports::of(view, &facts).newest_link(),
        timing,
        created: DateTime::UNIX_EPOCH,
        modified: DateTime::UNIX_EPOCH,
        sequence: 0,
    })
}

/// The date that stands; of a meeting that is off, the last that did.
pub(super) fn when(meeting: &Meeting) -> Option<When> {
    meeting.when.or_else(|| match meeting.status {
        Status::Postponed | Status::Cancelled => meeting.previous.last().map(|previous| previous.when),
        Status::Held | Status::AtRisk | Status::Lapsed | Status::Confirmed | Status::Scheduled | Status::Proposed => None,
    })
}

/// STATUS by the table of statuses; what has lapsed keeps the one it had. A vague time makes all tentative but what is off or was held.
fn status(meeting: &Meeting, vague: bool) -> CalendarStatus {
    match meeting.status_before_lapse {
        Status::Held => CalendarStatus::Confirmed,
        Status::Confirmed if !vague => CalendarStatus::Confirmed,
        Status::Cancelled | Status::Postponed => CalendarStatus::Cancelled,
        Status::Confirmed | Status::AtRisk | Status::Lapsed | Status::Scheduled | Status::Proposed => CalendarStatus::Tentative,
    }
}

fn description(view: &View<'_>, meeting: &Meeting, when: When, timing: &Timing, reports: &words::Reports) -> Vec<String> {
    let registry = view.registry();
    let mut lines = vec![standing(meeting)];
    lines.extend(words::time(when, timing));
    if let Some(said) = &meeting.said {
        lines.push(format!("The new date, in the source's words: {said}"));
    }
    if !meeting.seats.is_empty() {
        lines.push("Participants:".to_owned());
        lines.extend(meeting.seats.iter().map(|seat| format!("- {}", words::participant(registry, seat))));
    }
    let parties = |label: &str, names: Vec<String>| (!names.is_empty()).then(|| format!("{label}: {}", names.join(", ")));
    let spoke = |spoke: &[crate::projection::Party]| spoke.iter().map(|party| words::party(registry, party)).collect();
    let (by, reason) = called_off(view, meeting);
    lines.extend(parties(if meeting.status == Status::Postponed { "Put off by" } else { "Called off by" }, spoke(&by)));
    lines.extend(reason.map(|reason| format!("Reason: {reason}")));
    lines.extend(parties("Confirmed by", spoke(&meeting.confirmed_by)));
    // Of what took place or is off nobody waits for a word.
    let silent = if is_awaited(meeting.status) { meeting.silent.as_slice() } else { &[] };
    lines.extend(parties("Nothing heard from", silent.iter().map(|id| registry.party_name(id).to_owned()).collect()));
    lines.extend(parties("Declined by", spoke(&meeting.declined_by)));
    lines.extend(meeting.agenda.as_ref().map(|agenda| format!("Agenda: {agenda}")));
    lines.extend(meeting.outcome.as_ref().map(|outcome| format!("Outcome: {outcome}")));
    lines.extend(parties("Dates given up", meeting.previous.iter().map(|previous| words::when(previous.when)).collect()));
    lines.extend(reports.lines());
    lines
}

/// Whether a party's word on it would still be news.
fn is_awaited(status: Status) -> bool {
    match status {
        Status::Held | Status::Cancelled | Status::Postponed => false,
        Status::AtRisk | Status::Lapsed | Status::Confirmed | Status::Scheduled | Status::Proposed => true,
    }
}

/// Where it stands, as a sentence.
fn standing(meeting: &Meeting) -> String {
    let before = plain(meeting.status_before_lapse);
    match meeting.status {
        Status::Lapsed => {
            format!("Unverified: its time is past, and nobody reported that it took place. Before that it was {before}.")
        }
        Status::Postponed => "Postponed, with no new date: the last one is shown.".to_owned(),
        Status::Held | Status::Cancelled | Status::AtRisk | Status::Confirmed | Status::Scheduled | Status::Proposed => {
            format!("Status: {before}")
        }
    }
}

fn plain(status: Status) -> &'static str {
    match status {
        Status::AtRisk => "at risk (refused or denied)",
        Status::Scheduled => "scheduled (at least one party said yes)",
        Status::Held | Status::Cancelled | Status::Postponed | Status::Lapsed | Status::Confirmed | Status::Proposed => {
            status.name()
        }
    }
}

/// Whether an interval has no end that anybody reported.
pub(super) fn is_open(when: When) -> bool {
    match when.shape {
        Shape::Throughout(_, end) => end.is_none(),
        Shape::Day(_) | Shape::Exact(_) | Shape::Month(_) | Shape::Year(_) | Shape::Within(..) => false,
    }
}
