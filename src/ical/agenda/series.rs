//! The VEVENTs of one UID, to the times that they take place: rules and dates, less what is excepted, with what stands for single times.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::event::Event;
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
    for group in groups {
        let (line, what) = group.first().map(|event| (event.line, event.summary.clone())).unwrap_or_else(|| (0, "".into()));
        let mut series = Series::of(group, agenda);
        let fault = |says: String| LeftOut { line, what, why: Why::Fault(says) };
        match series.times(last, wanted.to.is_none(), budget, agenda) {
            Ok(times) => {
                agenda.heads.extend(series.head());
                series.add(&times, wanted, agenda);
            }
            // What stands for single times of it can be told; which others there are cannot, so that none of them is missed either.
            Err(error @ (RuleError::Form | RuleError::TooOften)) => {
                agenda.left_out.push(fault(error.to_string()));
                series.main = None;
                series.add(&series.instead.keys().copied().collect(), wanted, agenda);
            }
            // What follows would only say the same.
            Err(RuleError::Spent) => return agenda.left_out.push(fault(RuleError::Spent.to_string())),
        }
        if agenda.events.len() >= MOST_EVENTS {
            let says = format!("the calendar has more than {MOST_EVENTS} events: say with --from and --to which days are wanted");
            agenda.left_out.push(LeftOut { line, what: "what follows".into(), why: Why::Fault(says) });
            return;
        }
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
        let mut newest: BTreeMap<Option<NaiveDateTime>, Event> = BTreeMap::new();
        for event in group {
            let older = match newest.remove(&event.instead_of) {
                Some(known) if (known.sequence, known.revised) > (event.sequence, event.revised) => {
                    let line = event.line;
                    newest.insert(known.instead_of, known);
                    Some((line, event.summary))
                }
                known => {
                    newest.insert(event.instead_of, event);
                    known.map(|known| (known.line, known.summary))
                }
            };
            agenda.left_out.extend(older.map(|(line, what)| LeftOut { line, what, why: Why::Older }));
        }
        let main = newest.remove(&None);
        Self { main, instead: newest.into_iter().filter_map(|(at, event)| Some((at?, event))).collect() }
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

    fn add(&self, times: &BTreeSet<NaiveDateTime>, wanted: Wanted, agenda: &mut Agenda) {
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
                (None, Some(later), _) => {
                    let moved = later.instead_of.map(|from| later.start.wall - from).unwrap_or_default();
                    later.at(time.checked_add_signed(moved).unwrap_or(*time))
                }
                (None, None, Some(main)) => main.at(*time),
                (None, None, None) => continue,
            };
            // The day alone tells the times of a series apart, so that another hour is a change and no other event.
            let again = day.replace(time.date()) == Some(time.date());
            let key = match (single, again) {
                (true, _) => event.uid.clone(),
                (false, false) => format!("{}/{}", event.uid, time.date()),
                (false, true) => format!("{}/{}", event.uid, time.format("%Y-%m-%dT%H:%M:%S")),
            };
            let is_wanted = is_wanted(&event, wanted, zone);
            if is_wanted || single || instead.is_some() {
                agenda.events.push(AgendaEvent { key, wanted: is_wanted, ..event });
            }
            if agenda.events.len() >= MOST_EVENTS {
                return;
            }
        }
    }
}

fn is_excepted(main: &Event, time: NaiveDateTime) -> bool {
    main.but_days.contains(&time.date()) || main.but_times.contains(&time)
}

fn is_wanted(event: &AgendaEvent, wanted: Wanted, zone: Zone) -> bool {
    let (first, last) = event.time.days(zone);
    wanted.from.is_none_or(|from| from <= last) && wanted.to.is_none_or(|to| first <= to)
}

impl Event {
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
