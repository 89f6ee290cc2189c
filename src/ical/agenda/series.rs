//! The VEVENTs of one UID, to the times that they take place: rules and dates, less what is excepted, with what stands for single times.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::event::{Event, Start};
use super::{Agenda, AgendaEvent, LeftOut, MOST_EVENTS, Wanted, Why};
use crate::ical::recur::{Budget, RuleError, follow};
use crate::time::{Zone, shifted};

/// Adds the events of a calendar, by UID in the order of the file; series are followed up to the day `last`.
pub(super) fn unroll(events: Vec<Event>, wanted: Wanted, last: NaiveDate, budget: &mut Budget, agenda: &mut Agenda) {
    let mut order: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Vec<Event>> = Vec::new();
    for event in events {
        let at = *order.entry(event.uid.clone()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(event),
            None => groups.push(vec![event]),
        }
    }
    let mut room = MOST_EVENTS;
    for group in groups {
        let mut series = Series::of(group, agenda);
        let Some((line, what)) =
            series.main.as_ref().or(series.instead.values().next()).map(|event| (event.line, event.summary.clone()))
        else {
            continue;
        };
        let fault = |what, says| LeftOut { line, what, why: Why::Fault(says) };
        let times = match series.times(last, wanted.to.is_none(), budget, agenda) {
            Ok(times) => times,
            // What stands for single times of it can be told; which others there are cannot, so that none of them is missed either.
            Err(error @ (RuleError::Form | RuleError::TooOften)) => {
                agenda.left_out.push(fault(what, error.to_string()));
                series.main = None;
                series.instead.keys().copied().collect()
            }
            Err(error @ RuleError::Spent) => return agenda.left_out.push(fault("what follows".into(), error.to_string())),
        };
        if !series.add(&times, wanted, &mut room, agenda) {
            let says = format!("the calendar has more than {MOST_EVENTS} events: say with --from and --to which days are wanted");
            return agenda.left_out.push(fault("what follows".into(), says));
        }
        // Only of a series that is here as a whole can a time be missed.
        agenda.heads.extend(series.head());
    }
}

/// The newest VEVENTs of one UID.
struct Series {
    main: Option<Event>,
    /// What stands for single times of it.
    instead: BTreeMap<NaiveDateTime, Event>,
}

impl Series {
    fn of(group: Vec<Event>, agenda: &mut Agenda) -> Self {
        let (singles, wholes): (Vec<Event>, Vec<Event>) = group.into_iter().partition(|event| event.instead_of.is_some());
        let mut main = None;
        for event in wholes {
            main = Some(newer(main.take(), event, agenda));
        }
        let mut instead = BTreeMap::new();
        for event in singles {
            // The clock of the series tells its times; what stands for one of them may be in another zone.
            let clock = main.as_ref().map_or(&event.start, |main| &main.start);
            let Some(at) = event.instead_of.as_ref().map(|at| clock.show(at)) else { continue };
            let event = newer(instead.remove(&at), event, agenda);
            instead.insert(at, event);
        }
        Self { main, instead }
    }

    /// The wall clocks at which it takes place, in order.
    fn times(
        &self,
        last: NaiveDate,
        to_is_open: bool,
        budget: &mut Budget,
        agenda: &mut Agenda,
    ) -> Result<BTreeSet<NaiveDateTime>, RuleError> {
        let mut times: BTreeSet<NaiveDateTime> = self.instead.keys().copied().collect();
        let Some(main) = &self.main else { return Ok(times) };
        let until = shifted(last, 1).and_time(NaiveTime::MIN);
        times.insert(main.start.wall);
        times.extend(&main.more);
        for rule in &main.rules {
            times.extend(follow(main.start.wall, rule, until, budget, |at| main.start.wall_at(at))?);
            let endless = !rule.contains("UNTIL") && !rule.contains("COUNT");
            agenda.endless = agenda.endless.or((endless && to_is_open).then_some(last));
        }
        times.retain(|time| self.instead.contains_key(time) || !is_excepted(main, *time));
        Ok(times)
    }

    /// The first of it, whenever it takes place. Single times without their series tell nothing of the others.
    fn head(&self) -> Option<AgendaEvent> {
        self.main.as_ref().map(|main| main.at(main.start.wall))
    }

    /// Adds what takes place at these times; says whether there was room for all of it.
    fn add(&self, times: &BTreeSet<NaiveDateTime>, wanted: Wanted, room: &mut usize, agenda: &mut Agenda) -> bool {
        let zone = agenda.zone.unwrap_or(wanted.zone);
        let single =
            self.instead.is_empty() && self.main.as_ref().is_some_and(|main| main.rules.is_empty() && main.more.is_empty());
        let mut later: Option<&Event> = None;
        let mut day = None;
        for time in times {
            let instead = self.instead.get(time);
            let event = match (instead, later, &self.main) {
                (Some(instead), ..) => {
                    later = if instead.and_later { Some(instead) } else { later };
                    instead.at(instead.start.wall)
                }
                (None, Some(later), Some(main)) => later.at(later.moved(&main.start.at(*time))),
                (None, None, Some(main)) => main.at(*time),
                (None, _, None) => continue,
            };
            // The day alone tells the times of a series apart, so that another hour is a change and no other event.
            let again = day.replace(time.date()) == Some(time.date());
            let key = match (single, again) {
                (true, _) => event.uid.clone(),
                (false, false) => format!("{}/{}", event.uid, time.date()),
                (false, true) => format!("{}/{}", event.uid, time.format("%Y-%m-%dT%H:%M:%S")),
            };
            let is_wanted = is_wanted(&event, wanted, zone);
            if is_wanted {
                let Some(left) = room.checked_sub(1) else { return false };
                *room = left;
            }
            if is_wanted || single || instead.is_some() {
                agenda.events.push(AgendaEvent { key, wanted: is_wanted, ..event });
            }
        }
        true
    }
}

/// The newer of two revisions, of which the later one in the file may be the only one; the other is left out.
fn newer(known: Option<Event>, event: Event, agenda: &mut Agenda) -> Event {
    let Some(known) = known else { return event };
    let is_older = (known.sequence, known.revised) > (event.sequence, event.revised);
    let (newer, older) = if is_older { (known, event) } else { (event, known) };
    agenda.left_out.push(LeftOut { line: older.line, what: older.summary, why: Why::Older });
    newer
}

fn is_excepted(main: &Event, time: NaiveDateTime) -> bool {
    main.but_days.contains(&time.date()) || main.but_times.contains(&time)
}

fn is_wanted(event: &AgendaEvent, wanted: Wanted, zone: Zone) -> bool {
    let (first, last) = event.time.days(zone);
    wanted.from.is_none_or(|from| from <= last) && wanted.to.is_none_or(|to| first <= to)
}

impl Event {
    /// Where a later time of its series goes, if it stands for all later ones too: as far as it moved the one that it names.
    fn moved(&self, time: &Start) -> NaiveDateTime {
        let shown = self.start.show(time);
        let by = self.instead_of.as_ref().map(|from| self.start.wall - self.start.show(from)).unwrap_or_default();
        shown.checked_add_signed(by).unwrap_or(shown)
    }

    /// What takes place at a wall clock.
    fn at(&self, wall: NaiveDateTime) -> AgendaEvent {
        AgendaEvent {
            key: String::new(),
            uid: self.uid.clone(),
            line: self.line,
            summary: self.summary.clone(),
            description: self.description.clone(),
            location: self.location.clone(),
            position: self.position,
            url: self.url.clone(),
            status: self.status,
            time: self.time(wall),
            revised: self.revised,
            wanted: true,
        }
    }
}
