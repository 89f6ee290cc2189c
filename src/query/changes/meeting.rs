//! What changed about a meeting, field by field.

use std::cmp::Ordering;

use super::cause::Steps;
use super::{About, Change, Set, Turn, Value, Whereat};
use crate::event::{MeetingId, PlaceId, Position};
use crate::projection::{Meeting, Meetings, Party, Registry, Status};
use crate::query::{Asked, Citation, MeetingAnswer, ParticipantAnswer};
use crate::time::{Span, When, Zone};

/// The fields that are compared.
const FIELDS: [&str; 7] = ["status", "when", "said", "place", "participants", "confirmed_by", "declined_by"];

/// The values of the fields; the words for a time stand only where no date does.
fn values(registry: &Registry, name: impl Fn(&PlaceId) -> String, meeting: &Meeting) -> [Option<Value>; 7] {
    let place = meeting.place.as_ref().map(|place| Whereat {
        place: place.clone(),
        name: name(place),
        place_doubtful: meeting.place_doubtful,
    });
    let parties = |parties: &[Party]| (!parties.is_empty()).then(|| Value::Parties(Set(parties.to_vec())));
    let participants = ParticipantAnswer::all(registry, meeting);
    [
        Some(Value::Status(meeting.status)),
        meeting.when.map(Value::When),
        meeting.said.clone().filter(|_| meeting.when.is_none()).map(Value::Said),
        place.map(Value::Place),
        (!participants.is_empty()).then_some(Value::Participants(Set(participants))),
        parties(&meeting.confirmed_by),
        parties(&meeting.declined_by),
    ]
}

/// The changes of one meeting.
pub(super) fn changes<'s, 'a: 's>(
    before: &Asked<'_>,
    after: &'s Asked<'a>,
    id: &MeetingId,
    steps: impl FnOnce() -> Steps<'s, 'a>,
) -> Vec<Change> {
    let (old, new) = (before.meeting(id), after.meeting(id));
    let change = |what, field, from: Option<Value>, to: Option<Value>, cause| Change {
        what,
        subject: About::Meeting(id.clone()),
        name: new.or(old).map_or_else(|| id.to_string(), |meeting| meeting.title.clone()),
        field,
        before: from,
        after: to,
        cause,
        evidence: if tells_whole(field) { evidence(old, new) } else { Vec::new() },
        cited: Citation::at(&after.view, cause),
        zone: new.or(old).map_or(after.zone(), |meeting| meeting.zone),
    };
    let whole = |asked: &Asked<'_>, meeting: &Meeting| Some(Value::Meeting(Box::new(MeetingAnswer::of(asked, meeting))));
    let exists = |meetings: &Meetings| vec![meetings.iter().any(|meeting| meeting.id == *id)];
    match (old, new) {
        (None, None) => Vec::new(),
        (None, Some(meeting)) => {
            let causes = steps().causes(|_, meetings| exists(meetings));
            causes.into_iter().flatten().map(|cause| change(Turn::New, None, None, whole(after, meeting), cause)).collect()
        }
        (Some(meeting), None) => {
            let causes = steps().causes(|_, meetings| exists(meetings));
            causes.into_iter().flatten().map(|cause| change(Turn::Retracted, None, whole(before, meeting), None, cause)).collect()
        }
        (Some(old), Some(new)) => {
            // Another name for the same place or person is no news.
            let name = |place: &PlaceId| super::place_name(before, after, place);
            let (from, to) = (values(after.registry(), name, old), values(after.registry(), name, new));
            if from == to {
                return Vec::new();
            }
            let steps = steps();
            let causes = steps.causes(|view, meetings| {
                let meeting = meetings.iter().find(|meeting| meeting.id == *id);
                // Without the meeting a field has no value; that is another thing than an empty one.
                let known = meeting.map(|meeting| values(view.registry(), name, meeting).map(Some));
                known.unwrap_or_else(|| FIELDS.map(|_| None)).to_vec()
            });
            let differing = FIELDS.into_iter().zip(from.into_iter().zip(to)).zip(causes);
            differing
                .filter(|((_, (from, to)), _)| from != to)
                .filter_map(|((field, (from, to)), cause)| {
                    let cause = cause?;
                    let turn = turn(field, from.as_ref(), to.as_ref(), new.zone, after.registry());
                    let taken_back = matches!(turn, Turn::Weaker | Turn::Moved) && steps.is_retraction(cause);
                    Some(change(if taken_back { Turn::Retracted } else { turn }, Some(field), from, to, cause))
                })
                .collect()
        }
    }
}

/// Whether a change shows where the meeting stood before and after, and not only who came, went, agreed or refused by its cause.
fn tells_whole(field: Option<&str>) -> bool {
    field.is_none_or(|field| ["status", "when", "said", "place"].contains(&field))
}

fn evidence(old: Option<&Meeting>, new: Option<&Meeting>) -> Vec<Position> {
    old.into_iter().chain(new).flat_map(|meeting| &meeting.evidence).copied().collect()
}

/// The direction of a change.
fn turn(field: &str, from: Option<&Value>, to: Option<&Value>, zone: Zone, registry: &Registry) -> Turn {
    match (from, to) {
        (Some(Value::Status(from)), Some(Value::Status(to))) => status_turn(*from, *to),
        (Some(Value::When(from)), Some(Value::When(to))) => date_turn(*from, *to, zone),
        (Some(Value::Place(from)), Some(Value::Place(to))) => place_turn(from, to, registry),
        (Some(Value::Parties(from)), Some(Value::Parties(to))) => parties_turn(&from.0, &to.0, field == "declined_by"),
        (Some(Value::Participants(_)), _) | (_, Some(Value::Participants(_))) => Turn::Participants,
        (Some(_), Some(_)) => Turn::Moved,
        (None, _) if field == "declined_by" => Turn::Weaker,
        (_, None) if field == "declined_by" => Turn::Firmer,
        // The words for a time go because a date came; the date says so itself.
        (None, _) => Turn::Firmer,
        (_, None) => {
            if field == "said" {
                Turn::Firmer
            } else {
                Turn::Weaker
            }
        }
    }
}

fn status_turn(from: Status, to: Status) -> Turn {
    let firmness = |status: Status| match status {
        Status::Cancelled => 0,
        Status::Postponed => 1,
        Status::AtRisk => 2,
        Status::Lapsed => 3,
        Status::Proposed => 4,
        Status::Scheduled => 5,
        Status::Confirmed => 6,
        Status::Held => 7,
    };
    match to {
        Status::Held => Turn::Held,
        Status::Cancelled => Turn::Cancelled,
        Status::Postponed | Status::AtRisk | Status::Lapsed | Status::Confirmed | Status::Scheduled | Status::Proposed => {
            if firmness(from) < firmness(to) {
                Turn::Firmer
            } else {
                Turn::Weaker
            }
        }
    }
}

/// Of the same days, an hour makes a date firmer, its loss weaker, and another hour is a move; so for doubt, and for "some day".
fn date_turn(from: When, to: When, zone: Zone) -> Turn {
    let (old, new): (Span, Span) = (from.span(zone), to.span(zone));
    let firmness = |when: When| (when.exact().is_some(), !when.is_uncertain(), !when.is_some_day());
    match (old.contains(new), new.contains(old)) {
        (true, true) => match firmness(from).cmp(&firmness(to)) {
            Ordering::Less => Turn::Firmer,
            Ordering::Greater => Turn::Weaker,
            Ordering::Equal => Turn::Moved,
        },
        (true, false) => Turn::Firmer,
        (false, true) => Turn::Weaker,
        (false, false) => Turn::Moved,
    }
}

/// A city in the country that was said before is firmer, and so is a place that is no longer in doubt; more and less at once is a move.
fn place_turn(from: &Whereat, to: &Whereat, registry: &Registry) -> Turn {
    let narrower = registry.is_within(&to.place, &from.place);
    let wider = registry.is_within(&from.place, &to.place);
    match (narrower && from.place_doubtful >= to.place_doubtful, wider && from.place_doubtful <= to.place_doubtful) {
        (true, _) => Turn::Firmer,
        (false, true) => Turn::Weaker,
        (false, false) => Turn::Moved,
    }
}

/// A yes more makes a meeting firmer, a no more makes it weaker; another voice for the same side is news, too.
fn parties_turn(from: &[Party], to: &[Party], is_no: bool) -> Turn {
    let lost = from.iter().any(|party| !to.iter().any(|other| other.party == party.party));
    let gained = to.iter().any(|party| !from.iter().any(|other| other.party == party.party));
    match (lost, gained, is_no) {
        (true, true, _) => Turn::Moved,
        (true, false, false) | (false, _, true) => Turn::Weaker,
        (false, _, false) | (true, false, true) => Turn::Firmer,
    }
}
