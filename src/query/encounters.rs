//! When and where officials were or will be together.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::distance::is_wide;
use super::{Asked, Citation, Days, Stretch};
use crate::event::{Attendance, Kind, Level, MeetingId, OfficialId, PartyId, PlaceId, Position};
use crate::projection::{Meeting, Presence, Registry, Standing, Whereabouts};
use crate::time::shifted;

/// From how many tracked officials on a place is full, or a meeting large: then that two of them were there says little. Two delegations of
/// a minister and two or three others are no gathering.
pub const GATHERING: usize = 8;

/// When and where officials are together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Encounters {
    /// Those who were named; nobody: everybody.
    pub officials: Vec<Somebody>,
    /// By time; of one who was named everybody they meet, of several the times when all of them are together, of everybody those of each two.
    pub encounters: Vec<Encounter>,
}

/// An official by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Somebody {
    /// The official.
    pub official: OfficialId,
    /// The name.
    pub name: String,
    /// The side acted for.
    pub party: Option<PartyId>,
}

/// What brings them together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Together {
    /// A meeting on whose list all of them are.
    Meeting,
    /// Days at one place, or at one within the other's. A country is too wide for that, but for a very small one.
    Place,
    /// A call: no place.
    Call,
}

/// Consecutive days on which the same officials are together at one place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Encounter {
    /// All of them; those who were named stand first.
    pub people: Vec<Somebody>,
    /// What brings them together, on the day of the strongest reason.
    pub together: Together,
    /// The narrowest place that holds them; none for a call, or where a meeting's place is not known.
    pub place: Option<PlaceId>,
    /// Its name.
    pub name: Option<String>,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How firmly on the firmest day: each day has the weakest standing of any of them.
    pub standing: Standing,
    /// How firmly on which days.
    pub stretches: Vec<Stretch>,
    /// The meetings that all of them are at.
    pub meetings: Vec<MeetingId>,
    /// How many tracked officials are there on the fullest day, or on the list of the meeting; none where that is fewer than
    /// [`GATHERING`].
    pub gathering: Option<usize>,
    /// The events that it rests on.
    pub evidence: Vec<Position>,
    /// The newest report of the weakest claim on the firmest day, if there is one about a meeting then that: for people.
    #[serde(skip)]
    pub deciding: Option<Citation>,
    /// The meetings, for people.
    #[serde(skip)]
    pub meetings_there: Vec<super::MeetingAnswer>,
}

/// Officials together on one day.
#[derive(Clone, Debug)]
struct Hit {
    place: Option<PlaceId>,
    together: Together,
    standing: Standing,
    /// The meetings that all of them are at.
    meetings: Vec<MeetingId>,
    /// Whether one of the claims is about a whole country.
    wide: bool,
    evidence: Vec<Position>,
    /// The events behind the weakest of the claims.
    weakest: Vec<Position>,
    crowd: usize,
}

/// The presences on a day of everybody who is reported anywhere.
type There<'a> = BTreeMap<&'a OfficialId, Vec<Presence>>;

/// Hits with the days of each, in order.
type Hits = Vec<(Days, Hit)>;

/// When and where the officials named were or will be together, from `from` to `to` (both included, either may be open). Of one: with
/// everybody else; of several: all of them at once; nobody named: each two.
#[must_use]
pub fn encounters(asked: &Asked<'_>, named: &[OfficialId], from: Option<NaiveDate>, to: Option<NaiveDate>) -> Encounters {
    Everybody::new(asked, from, to).encounters(named)
}

fn somebody(asked: &Asked<'_>, official: &OfficialId) -> Somebody {
    let registry = asked.registry();
    Somebody {
        official: official.clone(),
        name: registry.official_name(official).to_owned(),
        party: registry.party_of(official).cloned(),
    }
}

/// The whereabouts of everybody, and the days asked about.
pub(super) struct Everybody<'a> {
    asked: &'a Asked<'a>,
    people: Vec<Known>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

/// What is known of one official.
struct Known {
    official: OfficialId,
    whereabouts: Whereabouts,
    /// The days on which what is known can change, in order.
    edges: Vec<NaiveDate>,
    /// The days on which the official can be reported anywhere, in order and apart: a life has few of them.
    reported: Vec<Days>,
}

impl Known {
    fn of(asked: &Asked<'_>, official: &OfficialId) -> Self {
        let whereabouts = asked.whereabouts(official);
        let edges = whereabouts.edges().into_iter().collect();
        let mut reported: Vec<Days> = Vec::new();
        // The stops are in the order of their first days.
        for stop in &whereabouts.stops {
            let days = Days { from: stop.from, to: shifted(stop.to, asked.carry) };
            match reported.last_mut() {
                Some(last) if days.from <= last.to => last.to = last.to.max(days.to),
                _ => reported.push(days),
            }
        }
        Self { official: official.clone(), whereabouts, edges, reported }
    }

    fn is_reported_on(&self, day: NaiveDate) -> bool {
        let after = self.reported.partition_point(|days| days.from <= day);
        after.checked_sub(1).and_then(|at| self.reported.get(at)).is_some_and(|days| day <= days.to)
    }

    fn on(&self, day: NaiveDate, registry: &Registry) -> Vec<Presence> {
        if self.is_reported_on(day) { self.whereabouts.on(day, registry) } else { Vec::new() }
    }
}

impl<'a> Everybody<'a> {
    pub(super) fn new(asked: &'a Asked<'_>, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Self {
        let officials = asked.registry().officials.keys();
        let people = officials.map(|official| Known::of(asked, official)).collect();
        Self { asked, people, from, to }
    }

    /// Where one of them is.
    pub(super) fn whereabouts(&self, official: &OfficialId) -> Option<&Whereabouts> {
        self.known(official).map(|known| &known.whereabouts)
    }

    fn known(&self, official: &OfficialId) -> Option<&Known> {
        self.people.iter().find(|known| known.official == *official)
    }

    /// The encounters of those who are named: of one with everybody else; of several all at once; of nobody those of each two.
    pub(super) fn encounters(&self, named: &[OfficialId]) -> Encounters {
        let mut distinct: Vec<OfficialId> = Vec::new();
        for official in named {
            if !distinct.contains(official) {
                distinct.push(official.clone());
            }
        }
        let pairs = |one: &OfficialId, others: &[Known]| -> Vec<Vec<OfficialId>> {
            let others = others.iter().map(|other| &other.official).filter(|other| *other != one);
            others.map(|other| vec![one.clone(), other.clone()]).collect()
        };
        let mut found = match distinct.as_slice() {
            [] => {
                let each = self.people.iter().enumerate();
                each.flat_map(|(at, one)| {
                    let later = self.people.get(at + 1..).unwrap_or_default();
                    self.of_groups(&one.official, &pairs(&one.official, later))
                })
                .collect()
            }
            [one] => self.of_groups(one, &pairs(one, &self.people)),
            [first, ..] => self.of_groups(first, &[distinct.clone()]),
        };
        found.sort_by(|a, b| (a.from, a.to, &a.name, &a.people).cmp(&(b.from, b.to, &b.name, &b.people)));
        Encounters { officials: distinct.iter().map(|official| somebody(self.asked, official)).collect(), encounters: found }
    }

    fn is_asked(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Days on each of which the same is known of everybody, as far as an official is reported anywhere; in order.
    fn segments(&self, official: &OfficialId) -> Vec<Days> {
        let Some(known) = self.known(official) else { return Vec::new() };
        let mut edges: BTreeSet<NaiveDate> =
            self.people.iter().flat_map(|other| &other.edges).copied().filter(|day| known.is_reported_on(*day)).collect();
        edges.extend(known.reported.iter().flat_map(|days| [days.from, shifted(days.to, 1)]));
        edges.extend(self.from);
        edges.extend(self.to.and_then(|to| to.succ_opt()));
        let edges: Vec<NaiveDate> = edges.into_iter().collect();
        let segments = edges.windows(2).map(|pair| Days { from: pair[0], to: pair[1].pred_opt().unwrap_or(pair[0]) });
        segments.filter(|segment| self.is_asked(segment.from) && known.is_reported_on(segment.from)).collect()
    }

    /// The presences of everybody on a day on which all of some group can be somewhere; nothing where they cannot meet.
    fn there(&self, day: NaiveDate, groups: &[Vec<OfficialId>]) -> There<'_> {
        let reported: BTreeSet<&OfficialId> =
            self.people.iter().filter(|known| known.is_reported_on(day)).map(|known| &known.official).collect();
        if !groups.iter().any(|group| group.iter().all(|official| reported.contains(official))) {
            return There::new();
        }
        let registry = self.asked.registry();
        let there = self.people.iter().map(|known| (&known.official, known.on(day, registry)));
        there.filter(|(_, presences)| !presences.is_empty()).collect()
    }

    /// The encounters of some groups; one official is in all of them.
    fn of_groups(&self, of_all: &OfficialId, groups: &[Vec<OfficialId>]) -> Vec<Encounter> {
        let mut hits: Vec<BTreeMap<Option<PlaceId>, Hits>> = vec![BTreeMap::new(); groups.len()];
        for segment in self.segments(of_all) {
            let there = self.there(segment.from, groups);
            if there.is_empty() {
                continue;
            }
            for (group, hits) in groups.iter().zip(&mut hits) {
                for hit in self.together(group, &there) {
                    let crowd = self.crowd(&hit, &there);
                    hits.entry(hit.place.clone()).or_default().push((segment, Hit { crowd, ..hit }));
                }
            }
        }
        let mut found = Vec::new();
        let meetings: Vec<&Meeting> = self.asked.meetings.iter().filter(|meeting| meeting.seat_of(of_all).is_some()).collect();
        for (group, hits) in groups.iter().zip(hits) {
            let calls = meetings.iter().map(|meeting| self.without_place(meeting, group));
            let all = hits.into_values().chain(calls).flat_map(runs);
            found.extend(all.map(|run| self.encounter(group, &run)));
        }
        found
    }

    /// The places where a group is together on a day, each once.
    fn together(&self, group: &[OfficialId], there: &There<'_>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (at, official) in group.iter().enumerate() {
            let Some(presences) = there.get(official) else { return Vec::new() };
            hits = if at == 0 {
                presences.iter().map(|one| alone(one, self.asked.registry())).collect()
            } else {
                hits.iter().flat_map(|hit| presences.iter().filter_map(|one| join(hit, one, self.asked.registry()))).collect()
            };
        }
        let mut distinct: Vec<Hit> = Vec::new();
        for hit in hits.into_iter().filter(|hit| !hit.wide || !hit.meetings.is_empty()) {
            match distinct.iter_mut().find(|known| known.place == hit.place) {
                Some(known) => merge(known, hit),
                None => distinct.push(hit),
            }
        }
        distinct
    }

    /// How many officials are at a place that day by more than presumption, or on the list of a meeting there.
    fn crowd(&self, hit: &Hit, there: &There<'_>) -> usize {
        let registry = self.asked.registry();
        let here = |one: &Presence| {
            one.standing > Standing::Presumed && hit.place.as_ref().is_some_and(|place| registry.is_within(&one.place, place))
        };
        let present = there.values().filter(|presences| presences.iter().any(here)).count();
        let listed = hit.meetings.iter().filter_map(|id| self.asked.meeting(id)).map(seats).max().unwrap_or(0);
        present.max(listed)
    }

    /// The days of a meeting that a group takes part in and that puts nobody anywhere: a call, or one without a known place.
    fn without_place(&self, meeting: &Meeting, group: &[OfficialId]) -> Hits {
        let Some((when, firm)) = meeting.when.filter(|when| !when.is_too_vague()).zip(Standing::at_meeting(meeting.status))
        else {
            return Vec::new();
        };
        if meeting.level != Level::Call && meeting.place.is_some() {
            return Vec::new();
        }
        let seats_of: Option<Vec<_>> = group.iter().map(|official| meeting.seat_of(official)).collect();
        let (Some(of_group), Some(from)) = (seats_of, when.span(meeting.zone).from) else { return Vec::new() };
        let doubtful = when.is_uncertain() || of_group.iter().any(|seat| seat.attendance == Attendance::Uncertain);
        let hit = Hit {
            place: None,
            together: if meeting.level == Level::Call { Together::Call } else { Together::Meeting },
            standing: if doubtful { firm.min(Standing::Uncertain) } else { firm },
            meetings: vec![meeting.id.clone()],
            wide: false,
            evidence: meeting.evidence.clone(),
            weakest: meeting.evidence.clone(),
            crowd: seats(meeting),
        };
        let to = when.span(meeting.zone).to.unwrap_or(from);
        let days = Days { from: self.from.map_or(from, |first| first.max(from)), to: self.to.map_or(to, |last| last.min(to)) };
        if days.from <= days.to { vec![(days, hit)] } else { Vec::new() }
    }

    fn encounter(&self, group: &[OfficialId], run: &[(Days, Hit)]) -> Encounter {
        let registry = self.asked.registry();
        let mut stretches: Vec<Stretch> = Vec::new();
        let (mut meetings, mut evidence): (Vec<MeetingId>, Vec<Position>) = (Vec::new(), Vec::new());
        for (days, hit) in run {
            match stretches.last_mut() {
                Some(last) if last.standing == hit.standing => last.to = days.to,
                _ => stretches.push(Stretch { from: days.from, to: days.to, standing: hit.standing }),
            }
            meetings.extend(hit.meetings.iter().cloned());
            evidence.extend(&hit.evidence);
        }
        let mut seen = BTreeSet::new();
        meetings.retain(|meeting| seen.insert(meeting.clone()));
        evidence.sort_unstable();
        evidence.dedup();
        let days = run.first().zip(run.last()).map(|((first, _), (last, _))| Days { from: first.from, to: last.to });
        let days = days.unwrap_or(Days { from: self.asked.on, to: self.asked.on });
        let place = run.first().and_then(|(_, hit)| hit.place.clone());
        let standing = stretches.iter().map(|stretch| stretch.standing).max().unwrap_or(Standing::Presumed);
        let there = meetings.iter().filter_map(|id| self.asked.meeting(id));
        Encounter {
            people: group.iter().map(|official| somebody(self.asked, official)).collect(),
            together: run.iter().map(|(_, hit)| hit.together).min().unwrap_or(Together::Place),
            name: place.as_ref().map(|place| registry.place_name(place).to_owned()),
            country: place.as_ref().and_then(|place| registry.country_of(place)).map(str::to_owned),
            place,
            from: days.from,
            to: days.to,
            standing,
            stretches,
            gathering: run.iter().map(|(_, hit)| hit.crowd).max().filter(|crowd| *crowd >= GATHERING),
            deciding: self.deciding(run, standing, !meetings.is_empty()),
            evidence,
            meetings_there: there.map(|meeting| super::MeetingAnswer::of(self.asked, meeting)).collect(),
            meetings,
        }
    }

    /// The newest report of the weakest claim on the firmest days; at a meeting, of the meeting if one of them is.
    fn deciding(&self, run: &[(Days, Hit)], standing: Standing, met: bool) -> Option<Citation> {
        let view = &self.asked.view;
        let weakest = || run.iter().filter(|(_, hit)| hit.standing == standing).flat_map(|(_, hit)| &hit.weakest);
        let kind = |at: &Position| Some(view.claims().entry(at.seq)?.event(at.number)?.what.kind());
        let of_meeting = weakest().filter(|at| met && kind(at).is_some_and(Kind::is_of_meeting));
        Citation::newest(view, of_meeting).or_else(|| Citation::newest(view, weakest()))
    }
}

/// One official's presence, before anybody joins.
fn alone(one: &Presence, registry: &Registry) -> Hit {
    Hit {
        place: Some(one.place.clone()),
        together: Together::Place,
        standing: one.standing,
        meetings: one.meetings.clone(),
        wide: is_wide(registry, &one.place),
        evidence: one.deciding.clone(),
        weakest: one.deciding.clone(),
        crowd: 0,
    }
}

/// Those who are together, and one more: at the narrower of the two places, if one lies in the other; no firmer than the weakest.
fn join(hit: &Hit, one: &Presence, registry: &Registry) -> Option<Hit> {
    let place = hit.place.as_ref()?;
    let narrower = if registry.is_within(place, &one.place) {
        place
    } else if registry.is_within(&one.place, place) {
        &one.place
    } else {
        return None;
    };
    let weakest = match hit.standing.cmp(&one.standing) {
        Ordering::Less => hit.weakest.clone(),
        Ordering::Equal => hit.weakest.iter().chain(&one.deciding).copied().collect(),
        Ordering::Greater => one.deciding.clone(),
    };
    let meetings: Vec<MeetingId> = hit.meetings.iter().filter(|id| one.meetings.contains(id)).cloned().collect();
    Some(Hit {
        place: Some(narrower.clone()),
        together: if meetings.is_empty() { Together::Place } else { Together::Meeting },
        standing: hit.standing.min(one.standing),
        meetings,
        wide: hit.wide || is_wide(registry, &one.place),
        evidence: hit.evidence.iter().chain(&one.deciding).copied().collect(),
        weakest,
        crowd: 0,
    })
}

/// Two ways of being at one place on one day are one: the firmer counts.
fn merge(known: &mut Hit, other: Hit) {
    match known.standing.cmp(&other.standing) {
        Ordering::Less => known.weakest = other.weakest,
        Ordering::Equal => known.weakest.extend(other.weakest),
        Ordering::Greater => {}
    }
    known.standing = known.standing.max(other.standing);
    known.together = known.together.min(other.together);
    known.evidence.extend(other.evidence);
    known.meetings.extend(other.meetings);
}

/// How many are on the list of a meeting and do not stay away.
fn seats(meeting: &Meeting) -> usize {
    meeting.seats.iter().filter(|seat| seat.attendance != Attendance::Declined).count()
}

/// Consecutive days.
fn runs(days: Hits) -> Vec<Hits> {
    let mut runs: Vec<Hits> = Vec::new();
    for (days, hit) in days {
        match runs.last_mut() {
            Some(run) if run.last().and_then(|(last, _)| last.to.succ_opt()) == Some(days.from) => run.push((days, hit)),
            _ => runs.push(vec![(days, hit)]),
        }
    }
    runs
}
