//! The schedule as a wire service's diary: what happens on which day, and what of it is new since the diary before.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::rows::{RowKind, ScheduleRow, gather};
use super::{ScheduleOptions, Timing, words};
use crate::event::{Attendance, Level, Role};
use crate::projection::{CARRY_DAYS, Claims, Party, Registry, Scope, Standing, Status};
use crate::query::{Asked, ParticipantAnswer};
use crate::time::{Moment, When, Zone};

/// For how many days after its last report a journey without a day is still to come.
const FORGOTTEN: i64 = 30;

/// The days of a diary, and what is marked in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiaryWindow {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, included.
    pub to: NaiveDate,
    /// What was not public by then, or is not as it was then, is marked.
    pub since: Option<DateTime<Utc>>,
}

/// A diary: days with something on them, and what has no day.
#[derive(Clone, Debug, PartialEq)]
pub struct Diary {
    /// The day asked about, whose year goes without saying.
    pub on: NaiveDate,
    /// The days, in order.
    pub days: Vec<DiaryDay>,
    /// What is to come on no known day.
    pub undated: Vec<DiaryLine>,
}

/// What is on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct DiaryDay {
    /// The local day of the places in question.
    pub day: NaiveDate,
    /// By time, then by place, arrivals first.
    pub lines: Vec<DiaryLine>,
}

/// One line: a value that is shown whole, so that two that are equal read the same.
#[derive(Clone, Debug, PartialEq)]
pub struct DiaryLine {
    /// Whether it is new or changed.
    pub fresh: bool,
    /// The name of the place.
    pub place: Option<String>,
    /// The exact time.
    pub at: Option<Moment>,
    /// The last day, where it is another than the first.
    pub until: Option<NaiveDate>,
    /// How vague its time is, in words.
    pub vague: Option<String>,
    /// What happens.
    pub doing: Doing,
    /// Who said so, else where it was reported; none of a meeting that sides confirmed or refused, for they are named.
    pub told_by: Option<String>,
}

/// What happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Doing {
    /// A meeting.
    Meeting(Box<DiaryMeeting>),
    /// Somebody leaves for another place.
    Leaves {
        /// Who.
        who: DiaryPerson,
        /// Where to.
        to: String,
        /// Whether the line stands under the place that is left; else under that where the journey ends.
        from_known: bool,
        /// How firmly.
        standing: Standing,
    },
    /// Somebody arrives.
    Arrives {
        /// Who.
        who: DiaryPerson,
        /// From where.
        from: Option<String>,
        /// How firmly.
        standing: Standing,
    },
    /// Somebody is there.
    Visits {
        /// Who.
        who: DiaryPerson,
        /// How firmly.
        standing: Standing,
    },
}

/// What a diary says of a meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct DiaryMeeting {
    /// What it is called.
    pub title: String,
    /// Whether two sides speak by telephone or video.
    pub is_call: bool,
    /// Where it stands.
    pub status: Status,
    /// Whether the place is only probable.
    pub place_doubtful: bool,
    /// The leading persons and the hosts who are expected, by their sides, in the order in which they were first named.
    pub sides: Vec<Vec<DiaryPerson>>,
    /// The names of those in their company.
    pub delegation: Vec<String>,
    /// The names of those who may not come.
    pub uncertain: Vec<String>,
    /// Voices or parties that confirmed.
    pub confirmed_by: Vec<String>,
    /// Parties that are silent, while it is still open.
    pub silent: Vec<String>,
    /// Voices or parties that refused.
    pub declined_by: Vec<String>,
    /// Voices or parties that called it off, or put it off without a new date.
    pub called_off_by: Vec<String>,
    /// Why, as far as anybody said.
    pub reason: Option<String>,
    /// The source's words for its time, where they are all that is known.
    pub said: Option<String>,
}

/// Somebody, as a wire introduces them.
#[derive(Clone, Debug, PartialEq)]
pub struct DiaryPerson {
    /// The name.
    pub name: String,
    /// The office.
    pub title: Option<String>,
    /// The side, unless it is the name itself.
    pub party: Option<String>,
}

/// The diary of the days of `window`, under the clocks of `scope`, as it stands on the day `on`.
///
/// A meeting or stay of several days stands on the first of them that the window has. What is past and has no day is left out, as is a
/// journey without a day of which nothing was heard for thirty days; what is off only stays without a day while that is new.
#[must_use]
pub fn diary(claims: &Claims, scope: Scope, on: NaiveDate, options: &ScheduleOptions, window: DiaryWindow) -> Diary {
    let open = options.open(claims);
    let all = ScheduleOptions { from: None, to: None, ..options.clone() };
    let lines = |scope: Scope| Lines::of(&Asked::new(&open, scope, on, CARRY_DAYS), &all, window);
    let mut lines_now = lines(scope);
    if let Some(since) = window.since {
        let public_by = Some(scope.public_by.map_or(since, |public_by| public_by.min(since)));
        lines_now.mark(&lines(Scope { public_by, ..scope }));
    }
    lines_now.into_diary(on)
}

/// Lines by their day; without one, under `None`.
#[derive(Default)]
struct Lines(BTreeMap<Option<NaiveDate>, Vec<DiaryLine>>);

impl Lines {
    fn of(asked: &Asked<'_>, options: &ScheduleOptions, window: DiaryWindow) -> Self {
        let mut lines = Self::default();
        for row in gather(asked, options) {
            let teller = Teller { registry: asked.registry(), row: &row };
            match row.kind {
                RowKind::Meeting => lines.add_meeting(&teller, window),
                RowKind::Leg => lines.add_leg(&teller, window, asked.on),
                RowKind::Stop if row.presence_reported => lines.add_stop(&teller, window),
                RowKind::Stop => {}
            }
        }
        lines
    }

    fn add(&mut self, day: Option<NaiveDate>, line: DiaryLine) {
        let lines = self.0.entry(day).or_default();
        // Two legs of one official to one place on one day read the same.
        if !lines.contains(&line) {
            lines.push(line);
        }
    }

    fn add_meeting(&mut self, teller: &Teller<'_>, window: DiaryWindow) {
        let Some(meeting) = teller.meeting() else { return };
        let named = !meeting.confirmed_by.is_empty() || !meeting.declined_by.is_empty();
        let mut line = teller.line(teller.row.place_name.clone(), Doing::Meeting(Box::new(meeting)));
        line.told_by = line.told_by.filter(|_| !named);
        match &teller.row.shown {
            Some(timing @ Timing::Vague { words, .. }) => {
                if window.day_of(timing.days()).is_some() {
                    self.add(None, DiaryLine { vague: Some(words.clone()), ..line });
                }
            }
            Some(timing) => {
                let (from, to) = timing.days();
                if let Some(day) = window.day_of((from, to)) {
                    let at = match timing {
                        Timing::Exact { from, .. } => Some(*from),
                        Timing::Days { .. } | Timing::Vague { .. } => None,
                    };
                    self.add(Some(day), DiaryLine { at, until: (to > day).then_some(to), ..line });
                }
            }
            None => self.add(None, line),
        }
    }

    fn add_stop(&mut self, teller: &Teller<'_>, window: DiaryWindow) {
        let row = teller.row;
        let Some((from, to)) = row.from.zip(row.to) else { return };
        if let Some(day) = window.day_of((from, to)) {
            let doing = Doing::Visits { who: teller.mover(), standing: teller.standing() };
            let line = teller.line(row.place_name.clone(), doing);
            self.add(Some(day), DiaryLine { until: (to > day).then_some(to), ..line });
        }
    }

    fn add_leg(&mut self, teller: &Teller<'_>, window: DiaryWindow, on: NaiveDate) {
        let row = teller.row;
        let (who, standing) = (teller.mover(), teller.standing());
        let arrives = Doing::Arrives { who: who.clone(), from: row.from_name.clone(), standing };
        let arrival = teller.line(row.place_name.clone(), arrives);
        let Some((from, to)) = row.from.zip(row.to) else {
            let when = row.arrive.or(row.depart);
            let is_past = when.is_some_and(|when| when.span(Zone::UTC).is_before(on));
            let told = row.published.map_or(0, |published| (on - published).num_days());
            if is_past || told > FORGOTTEN {
                return;
            }
            let vague = when.map(words::when);
            return self.add(None, DiaryLine { vague, ..arrival });
        };
        let vague = |when: Option<When>| when.filter(When::is_uncertain).map(|when| words::vague(when, Zone::UTC));
        let clock = |when: Option<When>| when.filter(|when| !when.is_uncertain()).and_then(|when| when.exact_start());
        let (leaves_at, arrives_at) = (clock(row.depart), clock(row.arrive));
        if row.depart.is_some() && (from < to || leaves_at.is_some()) && window.day_of((from, from)).is_some() {
            let (place, from_known) = (row.from_name.as_ref().or(row.place_name.as_ref()).cloned(), row.from_name.is_some());
            let to = row.place_name.clone().unwrap_or_default();
            let line = teller.line(place, Doing::Leaves { who, to, from_known, standing });
            self.add(Some(from), DiaryLine { at: leaves_at, vague: vague(row.depart), ..line });
        }
        if window.day_of((to, to)).is_some() {
            let vague = vague(row.arrive.or(row.depart));
            self.add(Some(to), DiaryLine { at: arrives_at, vague, ..arrival });
        }
    }

    /// Marks what is not in the lines of before.
    fn mark(&mut self, before: &Self) {
        for (day, lines) in &mut self.0 {
            let known = before.0.get(day);
            for line in lines {
                line.fresh = !known.is_some_and(|known| known.contains(line));
            }
        }
    }

    fn into_diary(mut self, on: NaiveDate) -> Diary {
        let mut undated = self.0.remove(&None).unwrap_or_default();
        undated.retain(|line| line.fresh || !line.is_over());
        undated.sort_by_key(DiaryLine::order);
        let days = self.0.into_iter().filter_map(|(day, mut lines)| {
            lines.sort_by_key(DiaryLine::order);
            day.map(|day| DiaryDay { day, lines })
        });
        Diary { on, days: days.collect(), undated }
    }
}

impl DiaryWindow {
    /// The first day of the window on which something of these days is shown.
    fn day_of(self, (from, to): (NaiveDate, NaiveDate)) -> Option<NaiveDate> {
        let day = from.max(self.from);
        (day <= to && day <= self.to).then_some(day)
    }
}

impl DiaryLine {
    /// By time, what has none last; then by place; and who arrives does so before they meet.
    fn order(&self) -> (bool, Option<DateTime<Utc>>, bool, Option<String>, u8) {
        let at = self.at.map(Moment::instant);
        let step = match &self.doing {
            Doing::Arrives { .. } => 0,
            Doing::Visits { .. } => 1,
            Doing::Meeting(_) => 2,
            Doing::Leaves { .. } => 3,
        };
        (at.is_none(), at, self.place.is_none(), self.place.clone(), step)
    }

    /// Whether nothing of it is still to come.
    fn is_over(&self) -> bool {
        match &self.doing {
            Doing::Meeting(meeting) => matches!(meeting.status, Status::Held | Status::Cancelled | Status::Lapsed),
            Doing::Leaves { .. } | Doing::Arrives { .. } | Doing::Visits { .. } => false,
        }
    }
}

/// Tells what a row says.
struct Teller<'a> {
    registry: &'a Registry,
    row: &'a ScheduleRow,
}

impl Teller<'_> {
    fn line(&self, place: Option<String>, doing: Doing) -> DiaryLine {
        let told_by = self.row.said_by.first().or(self.row.outlets.first()).cloned();
        DiaryLine { fresh: false, place, at: None, until: None, vague: None, doing, told_by }
    }

    fn standing(&self) -> Standing {
        self.row.standing.unwrap_or(Standing::Uncertain)
    }

    fn mover(&self) -> DiaryPerson {
        let official = self.row.officials.first();
        let name = self.row.names.first().cloned().unwrap_or_default();
        self.person(name, official.and_then(|id| self.registry.party_of(id)), official)
    }

    fn person(
        &self,
        name: String,
        party: Option<&crate::event::PartyId>,
        official: Option<&crate::event::OfficialId>,
    ) -> DiaryPerson {
        let title = official.and_then(|id| self.registry.officials.get(id)).and_then(|record| record.title.clone());
        let party = party.map(|party| self.registry.party_name(party).to_owned()).filter(|party| *party != name);
        DiaryPerson { name, title, party }
    }

    fn meeting(&self) -> Option<DiaryMeeting> {
        let row = self.row;
        let status = row.status?;
        let names = |wanted: &dyn Fn(&ParticipantAnswer) -> bool| -> Vec<String> {
            row.participants.iter().filter(|one| wanted(one)).map(|one| one.name.clone()).collect()
        };
        let voices = |parties: &[Party]| -> Vec<String> {
            let name = |party: &Party| self.registry.party_name(&party.party).to_owned();
            parties.iter().map(|party| party.voice.clone().unwrap_or_else(|| name(party))).collect()
        };
        let open = matches!(status, Status::Scheduled | Status::Proposed);
        let sides = self.sides();
        Some(DiaryMeeting {
            title: row.title.clone(),
            is_call: row.level == Some(Level::Call) && sides.len() > 1,
            status,
            place_doubtful: row.place_doubtful,
            sides,
            delegation: names(&|one| one.role == Role::Delegation && one.attendance == Attendance::Expected),
            uncertain: names(&|one| one.attendance == Attendance::Uncertain),
            confirmed_by: voices(&row.confirmed_by),
            silent: row.silent.iter().filter(|_| open).map(|party| self.registry.party_name(party).to_owned()).collect(),
            declined_by: voices(&row.declined_by),
            called_off_by: voices(&row.called_off.0),
            reason: row.called_off.1.clone(),
            said: row.said.clone().filter(|_| row.when.is_none()),
        })
    }

    /// Those who meet, by their party; who has none is a side alone.
    fn sides(&self) -> Vec<Vec<DiaryPerson>> {
        let mut sides: Vec<(Option<&crate::event::PartyId>, Vec<DiaryPerson>)> = Vec::new();
        let leads = |one: &&ParticipantAnswer| one.role != Role::Delegation && one.attendance == Attendance::Expected;
        for one in self.row.participants.iter().filter(leads) {
            let person = self.person(one.name.clone(), one.party.as_ref(), one.official.as_ref());
            match sides.iter_mut().find(|(party, _)| party.is_some() && *party == one.party.as_ref()) {
                Some((_, people)) => people.push(person),
                None => sides.push((one.party.as_ref(), vec![person])),
            }
        }
        sides.into_iter().map(|(_, people)| people).collect()
    }
}
