//! What changed about where an official is: stays and journeys that belong together, before and after.

use super::cause::Steps;
use super::{About, Change, Journey, Stay, Turn, Value};
use crate::event::{MeetingId, OfficialId, PlaceId, Position};
use crate::projection::{Claims, Leg, Stop, Whereabouts};
use crate::query::{Asked, Citation};

/// A stay or a journey, with the events and the meetings that it rests on.
struct Item<T> {
    value: T,
    evidence: Vec<Position>,
    meetings: Vec<MeetingId>,
}

/// What was and what is, of stays or journeys that belong together.
struct Group<T> {
    before: Vec<Item<T>>,
    after: Vec<Item<T>>,
}

impl<T> Group<T> {
    /// The events that what was and what is rests on.
    fn evidence(&self) -> Vec<Position> {
        self.before.iter().chain(&self.after).flat_map(|item| &item.evidence).copied().collect()
    }
}

/// The changes of one official.
pub(super) fn changes<'s, 'a: 's>(
    before: &Asked<'_>,
    after: &'s Asked<'a>,
    official: &OfficialId,
    steps: impl FnOnce() -> Steps<'s, 'a>,
) -> Vec<Change> {
    let (old, new) = (before.whereabouts(official), after.whereabouts(official));
    let registry = after.registry();
    let name = |place: &PlaceId| super::place_name(before, after, place);
    let replaced = |a: &[Position], b: &[Position]| replaces(after.view.claims(), b, a);
    let stays = groups(stops(&name, &old), stops(&name, &new), |a, b| {
        let (first, last) = (|stop: &[Stay]| stop.first().map(|stay| stay.from), |stop: &[Stay]| stop.last().map(|stay| stay.to));
        let meets = first(&a.value) <= last(&b.value) && first(&b.value) <= last(&a.value);
        let here = |stop: &[Stay]| stop.first().map(|stay| stay.place.clone());
        let meeting = a.meetings.iter().any(|meeting| b.meetings.contains(meeting));
        (here(&a.value) == here(&b.value) && meets) || meeting || replaced(&a.evidence, &b.evidence)
    });
    let journeys = groups(legs(&name, &old), legs(&name, &new), |a, b| {
        let day = |leg: &Journey| leg.depart.or(leg.arrive);
        (a.value.to == b.value.to && day(&a.value) == day(&b.value)) || replaced(&a.evidence, &b.evidence)
    });
    if stays.is_empty() && journeys.is_empty() {
        return Vec::new();
    }
    let steps = steps();
    let causes = steps.causes(|view, meetings| {
        let now = Whereabouts::derive(view, meetings, official, after.carry);
        let (there, legs) = (stops(&name, &now), legs(&name, &now));
        let mut values: Vec<Vec<usize>> = stays.iter().map(|group| present(group, &there)).collect();
        values.extend(journeys.iter().map(|group| present(group, &legs)));
        values
    });
    let turn = |turn: Turn, cause: Position| {
        let fell = matches!(turn, Turn::Cancelled | Turn::Weaker | Turn::Moved);
        if fell && steps.is_retraction(cause) { Turn::Retracted } else { turn }
    };
    let change = |what, field, before, after_value, evidence, cause| Change {
        what: turn(what, cause),
        subject: About::Official(official.clone()),
        name: registry.official_name(official).to_owned(),
        field: Some(field),
        before,
        after: after_value,
        cause,
        evidence,
        cited: Citation::at(&after.view, cause),
        zone: after.zone(),
    };
    let (of_stays, of_journeys) = causes.split_at(stays.len());
    let mut found: Vec<Change> = Vec::new();
    for (group, cause) in stays.into_iter().zip(of_stays) {
        let evidence = group.evidence();
        let flat = |items: Vec<Item<Vec<Stay>>>| items.into_iter().flat_map(|item| item.value).collect::<Vec<Stay>>();
        let (from, to) = (flat(group.before), flat(group.after));
        let what = stays_turn(&from, &to);
        let value = |stays: Vec<Stay>| (!stays.is_empty()).then_some(Value::Stays(stays));
        found.extend(cause.map(|cause| change(what, "stays", value(from), value(to), evidence, cause)));
    }
    for (group, cause) in journeys.into_iter().zip(of_journeys) {
        let evidence = group.evidence();
        let flat = |items: Vec<Item<Journey>>| items.into_iter().map(|item| item.value).collect::<Vec<Journey>>();
        let (from, to) = (flat(group.before), flat(group.after));
        let what = journeys_turn(&from, &to);
        let value = |legs: Vec<Journey>| (!legs.is_empty()).then_some(Value::Journeys(legs));
        found.extend(cause.map(|cause| change(what, "journeys", value(from), value(to), evidence, cause)));
    }
    found
}

/// The stops of an official, each as the days of one standing that it consists of.
fn stops(name: &dyn Fn(&PlaceId) -> String, whereabouts: &Whereabouts) -> Vec<Item<Vec<Stay>>> {
    whereabouts
        .stops
        .iter()
        .map(|stop| Item { value: stays(name, stop), evidence: stop.evidence(), meetings: stop.meetings() })
        .collect()
}

fn stays(name: &dyn Fn(&PlaceId) -> String, stop: &Stop) -> Vec<Stay> {
    let mut found: Vec<Stay> = Vec::new();
    for run in stop.stretches() {
        match found.last_mut() {
            Some(stay) if stay.standing == run.standing => stay.to = run.to,
            _ => found.push(Stay {
                place: stop.place.clone(),
                name: name(&stop.place),
                from: run.from,
                to: run.to,
                standing: run.standing,
                open: false,
            }),
        }
    }
    if let Some(last) = found.last_mut() {
        last.open = !stop.end_is_given();
    }
    found
}

fn legs(name: &dyn Fn(&PlaceId) -> String, whereabouts: &Whereabouts) -> Vec<Item<Journey>> {
    let journey = |leg: &Leg| Journey {
        from: leg.from.clone(),
        to: leg.to.clone(),
        name: name(&leg.to),
        depart: leg.depart,
        arrive: leg.arrive,
        standing: leg.standing,
    };
    whereabouts
        .legs
        .iter()
        .map(|leg| Item { value: journey(leg), evidence: leg.evidence.clone(), meetings: Vec::new() })
        .collect()
}

/// Whether any of some events replaces one of others.
fn replaces(claims: &Claims, these: &[Position], those: &[Position]) -> bool {
    these.iter().any(|position| {
        let event = claims.entry(position.seq).and_then(|entry| entry.event(position.number));
        let replaced = event.into_iter().flat_map(|event| &event.telling.replaces);
        replaced.filter_map(|of| claims.position(*of)).any(|target| those.contains(&target))
    })
}

/// What differs, in groups of what belongs together; what is the same before and after is left out.
fn groups<T: PartialEq>(
    mut before: Vec<Item<T>>,
    mut after: Vec<Item<T>>,
    belongs: impl Fn(&Item<T>, &Item<T>) -> bool,
) -> Vec<Group<T>> {
    before.retain(|item| match after.iter().position(|other| other.value == item.value) {
        Some(at) => {
            after.remove(at);
            false
        }
        None => true,
    });
    let mut found: Vec<Group<T>> = before.into_iter().map(|item| Group { before: vec![item], after: Vec::new() }).collect();
    for item in after {
        let (mine, others): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|group| group.before.iter().any(|other| belongs(other, &item)));
        found = others;
        let mut group = Group { before: Vec::new(), after: Vec::new() };
        for one in mine {
            group.before.extend(one.before);
            group.after.extend(one.after);
        }
        group.after.push(item);
        found.push(group);
    }
    found
}

/// How often each of the values of a group is there at a moment: two reports may tell of journeys in the same terms.
fn present<T: PartialEq>(group: &Group<T>, there: &[Item<T>]) -> Vec<usize> {
    let all = group.before.iter().chain(&group.after);
    all.map(|item| there.iter().filter(|other| other.value == item.value).count()).collect()
}

/// Firmer: every day known before is at least as firm; weaker: the other way round; else moved.
fn stays_turn(before: &[Stay], after: &[Stay]) -> Turn {
    if before.is_empty() {
        return Turn::New;
    }
    if after.is_empty() {
        return Turn::Cancelled;
    }
    match (covers(after, before), covers(before, after)) {
        (true, _) => Turn::Firmer,
        (false, true) => Turn::Weaker,
        (false, false) => Turn::Moved,
    }
}

/// Whether every day of some stays is one of others, at the same place and no less firm there. However long they are, only their ends count.
fn covers(these: &[Stay], those: &[Stay]) -> bool {
    those.iter().all(|stay| {
        let mut firm: Vec<&Stay> =
            these.iter().filter(|other| other.place == stay.place && other.standing >= stay.standing).collect();
        firm.sort_by_key(|other| other.from);
        let mut open = Some(stay.from);
        for other in firm {
            open = open.and_then(|day| if other.from <= day && day <= other.to { other.to.succ_opt() } else { Some(day) });
        }
        open.is_none_or(|day| day > stay.to)
    })
}

fn journeys_turn(before: &[Journey], after: &[Journey]) -> Turn {
    match (before, after) {
        ([], _) => Turn::New,
        (_, []) => Turn::Cancelled,
        ([old], [new]) if (old.depart, old.arrive, &old.to) == (new.depart, new.arrive, &new.to) => {
            if old.standing > new.standing || (old.standing == new.standing && new.from.is_none()) {
                Turn::Weaker
            } else if old.standing == new.standing && old.from.is_some() {
                Turn::Moved
            } else {
                Turn::Firmer
            }
        }
        (_, _) => Turn::Moved,
    }
}
