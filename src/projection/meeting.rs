//! A meeting from first report to outcome: the fold of everything that counts about it, in the order of claims.

use chrono::NaiveDate;

use super::stance::Stances;
use super::{Fact, Key, Party, Registry, Status, View};
use crate::event::{
    self, Attendance, Level, MeetingId, MeetingPostponed, OfficialId, PartyId, PlaceId, Position, Role, TripId, What,
};
use crate::time::{When, Zone};

/// Somebody on the list of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The official, or the party when nobody is named.
    pub who: Result<OfficialId, PartyId>,
    /// The party: of the official as far as known, or the party itself.
    pub party: Option<PartyId>,
    /// What for.
    pub role: Role,
    /// Whether they come.
    pub attendance: Attendance,
    /// The last event that names them.
    pub named: Key,
}

/// A date that was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Previous {
    /// The date.
    pub when: When,
    /// The event that ended it.
    pub ended_by: Position,
}

/// A stage in the course of a meeting: how one of its events left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The event.
    pub key: Key,
    /// Where it stood then.
    pub status: Status,
    /// The date that stood then; kept by a cancellation, not by a postponement without a new one.
    pub when: Option<When>,
    /// Where.
    pub place: Option<PlaceId>,
}

/// A meeting as it stands under the clocks of a view, on a day.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// Its identity, the same through all dates.
    pub id: MeetingId,
    /// What it is called.
    pub title: String,
    /// Its level; talks where nobody said.
    pub level: Level,
    /// Where it stands.
    pub status: Status,
    /// Where it would stand were its window not past; differs only for a lapsed one.
    pub status_before_lapse: Status,
    /// The date that stands.
    pub when: Option<When>,
    /// The source's words for the time, where they are all that is known.
    pub said: Option<String>,
    /// Where.
    pub place: Option<PlaceId>,
    /// Whether the place is only probable.
    pub place_doubtful: bool,
    /// The zone of its days: of its place, else of the log.
    pub zone: Zone,
    /// The list, in the order in which they were first named.
    pub seats: Vec<Seat>,
    /// Parties that count as confirming.
    pub confirmed_by: Vec<Party>,
    /// Required parties that said nothing.
    pub silent: Vec<PartyId>,
    /// Parties that refused.
    pub declined_by: Vec<Party>,
    /// Parties whose yes is needed.
    pub required: Vec<PartyId>,
    /// Dates given up, oldest first; each is a slip.
    pub previous: Vec<Previous>,
    /// What is to be talked about.
    pub agenda: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// The tour that it is part of.
    pub trip: Option<TripId>,
    /// The last report, by the order of claims.
    pub last_report: Key,
    /// The local day of publication of the last report.
    pub last_report_day: NaiveDate,
    /// The events that status, date and place rest on, in log order.
    pub evidence: Vec<Position>,
    /// The last report that gave its date or its place as they stand.
    pub set: Option<Key>,
    /// The event by which it is cancelled, or postponed without a new date.
    pub off: Option<Position>,
    /// Whether any party said yes or proposed, for `eos3`.
    wanted: bool,
}

/// What the events have come to so far.
#[derive(Default)]
struct Draft {
    introduced: bool,
    title: Option<String>,
    level: Option<Level>,
    when: Option<(When, Key)>,
    said: Option<(String, Key)>,
    place: Option<(PlaceId, bool, Key)>,
    seats: Vec<Seat>,
    stances: Stances,
    denied: Option<Key>,
    previous: Vec<Previous>,
    postponed: Option<Key>,
    cancelled: Option<Key>,
    held: Option<Key>,
    agenda: Option<String>,
    outcome: Option<String>,
    trip: Option<TripId>,
    first: Option<Key>,
}

impl Meeting {
    /// The meeting as it stands on the day `on`; `None` while nothing that counts introduces it.
    ///
    /// All its events apply in the order of claims. A date stands until a newer one; a date outside the old one is a slip, and so is an
    /// undated postponement. Postponement and cancellation clear every yes and no; a cancellation keeps the date.
    #[must_use]
    pub fn fold(view: &View<'_>, id: &MeetingId, on: NaiveDate) -> Option<Self> {
        let facts = view.meeting_facts(id);
        let last = facts.last()?;
        let registry = view.registry();
        let log_zone = view.claims().zone();
        let mut draft = Draft::default();
        for fact in &facts {
            draft.apply(fact, registry, log_zone);
        }
        draft.introduced.then(|| draft.settle(id, registry, log_zone, on, last))
    }

    /// Where it stood after each of its events that count, in the order of claims, as seen from the day `on`; `None` before it is
    /// introduced.
    #[must_use]
    pub fn course(view: &View<'_>, id: &MeetingId, on: NaiveDate) -> Vec<Option<Stage>> {
        let (registry, log_zone) = (view.registry(), view.claims().zone());
        let mut draft = Draft::default();
        let mut found = Vec::new();
        for fact in view.meeting_facts(id) {
            draft.apply(&fact, registry, log_zone);
            let (status, _) = draft.status_on(registry, log_zone, on.min(fact.published_day(log_zone)));
            found.push(draft.introduced.then(|| Stage {
                key: fact.key,
                status,
                when: draft.when.map(|(when, _)| when),
                place: draft.place.as_ref().map(|(place, ..)| place.clone()),
            }));
        }
        found
    }

    /// The days from `on` to its first possible day; negative once that is past, `None` without a first day.
    #[must_use]
    pub fn days_to_go(&self, on: NaiveDate) -> Option<i64> {
        self.when.and_then(|when| when.span(self.zone).from).map(|from| (from - on).num_days())
    }

    /// The value of IPTC's `eventoccurstatus`. A lapsed meeting bears the value that it would have were its window not past.
    #[must_use]
    pub fn eventoccurstatus(&self) -> &'static str {
        match self.status_before_lapse {
            Status::Held | Status::Confirmed => "eos5",
            Status::Cancelled => "eos6",
            Status::Postponed => "eos1",
            Status::AtRisk => "eos2",
            Status::Scheduled => "eos4",
            Status::Proposed | Status::Lapsed => {
                if self.wanted {
                    "eos3"
                } else {
                    "eos1"
                }
            }
        }
    }

    /// The entry that put somebody on its list at its place and time: that of the last report to give one of the three.
    #[must_use]
    pub fn told_by(&self, seat: &Seat) -> u64 {
        self.set.map_or(seat.named, |set| set.max(seat.named)).position.seq
    }

    /// The seat of an official, unless declined.
    #[must_use]
    pub fn seat_of(&self, official: &OfficialId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.who.as_ref() == Ok(official) && seat.attendance != Attendance::Declined)
    }
}

impl Draft {
    fn apply(&mut self, fact: &Fact<'_>, registry: &Registry, log_zone: Zone) {
        let key = fact.key;
        let said = fact.event.telling.said.get("when");
        self.first.get_or_insert(key);
        match &fact.event.what {
            What::MeetingProposed(report) => {
                self.introduce(report, said, key, registry, log_zone);
                self.stances.propose(&report.by, key);
            }
            What::MeetingConfirmed(report) => {
                self.introduce(report, said, key, registry, log_zone);
                self.stances.confirm(&report.by, key);
            }
            What::MeetingHeld(report) => {
                self.introduce(report, said, key, registry, log_zone);
                self.stances.confirm(&report.by, key);
                self.held = Some(key);
                if !report.participants.is_empty() {
                    self.seats.retain(|seat| seat.named == key || seat.attendance != Attendance::Uncertain);
                }
                if report.outcome.is_some() {
                    self.outcome.clone_from(&report.outcome);
                }
            }
            What::MeetingChanged(report) => {
                self.amend(report, said, key, registry, log_zone);
                self.stances.propose(&report.by, key);
                if report.when.is_some() {
                    self.postponed = None;
                }
            }
            What::MeetingDeclined(declined) => {
                if declined.by.is_empty() {
                    self.denied = Some(key);
                }
                self.stances.decline(&declined.by, key);
            }
            What::MeetingPostponed(postponed) => self.postpone(postponed, said, key, registry, log_zone),
            // What was held stays held, and those who came had said yes.
            What::MeetingCancelled(_) if self.held.is_some() => {}
            What::MeetingCancelled(_) => {
                self.clear();
                self.postponed = None;
                self.cancelled = Some(key);
            }
            What::Official(_) | What::Party(_) | What::Place(_) | What::Trip(_) | What::Travel(_) => {}
            What::TravelCancelled(_) | What::Presence(_) | What::Absence(_) | What::Statement(_) | What::Retraction(_) => {}
        }
    }

    /// A proposal, confirmation or report of it held: brings it into being, and reopens what was off.
    fn introduce(&mut self, report: &event::Meeting, said: Option<&String>, key: Key, registry: &Registry, log_zone: Zone) {
        self.introduced = true;
        self.denied = None;
        self.postponed = None;
        self.cancelled = None;
        self.amend(report, said, key, registry, log_zone);
    }

    fn amend(&mut self, report: &event::Meeting, said: Option<&String>, key: Key, registry: &Registry, log_zone: Zone) {
        if report.title.is_some() {
            self.title.clone_from(&report.title);
        }
        self.level = report.level.or(self.level);
        if report.agenda.is_some() {
            self.agenda.clone_from(&report.agenda);
        }
        if report.trip.is_some() {
            self.trip.clone_from(&report.trip);
        }
        if let Some(place) = &report.place {
            self.place = Some((place.clone(), report.place_doubtful, key));
        }
        for participant in &report.participants {
            self.seat(participant, key, registry);
        }
        self.date(report.when, said, key, self.zone(registry, log_zone));
    }

    fn seat(&mut self, participant: &event::Participant, key: Key, registry: &Registry) {
        let attendance = participant.attendance.unwrap_or(Attendance::Expected);
        if let Some(seat) = self.seats.iter_mut().find(|seat| seat.who == participant.who) {
            seat.role = participant.role.unwrap_or(seat.role);
            seat.attendance = attendance;
            seat.named = key;
            return;
        }
        let party = match &participant.who {
            Ok(official) => registry.party_of(official).cloned(),
            Err(party) => Some(party.clone()),
        };
        let role = participant.role.unwrap_or(Role::Principal);
        self.seats.push(Seat { who: participant.who.clone(), party, role, attendance, named: key });
    }

    /// The newest date stands; one that is neither within the old nor around it gives the old one up.
    fn date(&mut self, when: Option<When>, said: Option<&String>, key: Key, zone: Zone) {
        let Some(when) = when else {
            if let Some(said) = said {
                self.said = Some((said.clone(), key));
            }
            return;
        };
        self.said = None;
        if let Some((old, _)) = self.when
            && !same_window(old, when, zone)
        {
            self.previous.push(Previous { when: old, ended_by: key.position });
        }
        self.when = Some((when, key));
    }

    fn postpone(&mut self, event: &MeetingPostponed, said: Option<&String>, key: Key, registry: &Registry, log_zone: Zone) {
        // What was held stays on its day, whatever follows; what is off is not put off to no date.
        if self.held.is_some() || (self.cancelled.is_some() && event.when.is_none()) {
            return;
        }
        self.clear();
        self.cancelled = None;
        if event.when.is_some() {
            self.postponed = None;
            self.date(event.when, said, key, self.zone(registry, log_zone));
            self.stances.propose(&event.by, key);
        } else {
            if let Some((old, _)) = self.when.take() {
                self.previous.push(Previous { when: old, ended_by: key.position });
            }
            self.said = said.map(|said| (said.clone(), key));
            self.postponed.get_or_insert(key);
        }
    }

    fn clear(&mut self) {
        self.stances.clear();
        self.denied = None;
    }

    fn zone(&self, registry: &Registry, log_zone: Zone) -> Zone {
        registry.zone_of(self.place.as_ref().map(|(place, ..)| place), log_zone)
    }

    /// The parties whose yes is needed, and whether the list is known to be whole.
    fn required(&self) -> (Vec<PartyId>, bool) {
        let expected =
            |role: Role| self.seats.iter().filter(move |seat| seat.role == role && seat.attendance == Attendance::Expected);
        let mut people: Vec<&Seat> = expected(Role::Principal).collect();
        let mut required = parties(&people);
        if required.len() < 2 {
            people.extend(expected(Role::Host));
            required = parties(&people);
        }
        let known = people.len() >= 2 && people.iter().all(|seat| seat.party.is_some());
        (required, known)
    }

    fn status(&self, required: &[PartyId], known: bool) -> Status {
        let confirming = self.stances.confirming(required);
        let all = !required.is_empty() && required.iter().all(|party| confirming.iter().any(|yes| yes.party == *party));
        if self.held.is_some() {
            Status::Held
        } else if self.cancelled.is_some() {
            Status::Cancelled
        } else if self.postponed.is_some() {
            Status::Postponed
        } else if self.denied.is_some() || self.stances.refused() {
            Status::AtRisk
        } else if self.when.is_none() || confirming.is_empty() {
            Status::Proposed
        } else if all && (known || confirming.len() >= 2) {
            Status::Confirmed
        } else {
            Status::Scheduled
        }
    }

    /// The status on a day, and the one that it would be were its window not past.
    fn status_on(&self, registry: &Registry, log_zone: Zone, on: NaiveDate) -> (Status, Status) {
        let (required, known) = self.required();
        let status = self.status(&required, known);
        let past = self.when.is_some_and(|(when, _)| when.span(self.zone(registry, log_zone)).is_before(on));
        let settled = matches!(status, Status::Held | Status::Cancelled | Status::Postponed);
        (if past && !settled { Status::Lapsed } else { status }, status)
    }

    fn settle(self, id: &MeetingId, registry: &Registry, log_zone: Zone, on: NaiveDate, last: &Fact<'_>) -> Meeting {
        let zone = self.zone(registry, log_zone);
        let (required, _) = self.required();
        let (status, status_before_lapse) = self.status_on(registry, log_zone, on);
        let evidence = self.evidence();
        let set = self.when.as_ref().map(|(_, key)| *key).max(self.place.as_ref().map(|(_, _, key)| *key));
        let is_off = matches!(status, Status::Cancelled | Status::Postponed);
        let off = self.cancelled.or(self.postponed).filter(|_| is_off).map(|key| key.position);
        let (place, place_doubtful) = self.place.map_or((None, false), |(place, doubtful, _)| (Some(place), doubtful));
        Meeting {
            id: id.clone(),
            title: self.title.unwrap_or_else(|| in_words(id)),
            level: self.level.unwrap_or(Level::Talks),
            status,
            status_before_lapse,
            when: self.when.map(|(when, _)| when),
            said: self.said.filter(|_| self.when.is_none()).map(|(said, _)| said),
            place,
            place_doubtful,
            zone,
            confirmed_by: self.stances.confirming(&required),
            silent: required.iter().filter(|party| !self.stances.has(party)).cloned().collect(),
            declined_by: self.stances.refusing(),
            wanted: self.stances.wanted(),
            seats: self.seats,
            required,
            previous: self.previous,
            agenda: self.agenda,
            outcome: self.outcome,
            trip: self.trip,
            last_report: last.key,
            last_report_day: last.published_day(zone),
            evidence,
            set,
            off,
        }
    }

    fn evidence(&self) -> Vec<Position> {
        let decided = [self.held, self.cancelled, self.postponed, self.denied];
        let told = [self.when.as_ref().map(|(_, key)| *key), self.said.as_ref().map(|(_, key)| *key)];
        let place = self.place.as_ref().map(|(_, _, key)| *key);
        let mut found: Vec<Position> = decided
            .into_iter()
            .chain(told)
            .chain([place])
            .flatten()
            .chain(self.stances.evidence())
            .map(|key| key.position)
            .collect();
        // A meeting of which only its existence was reported still rests on that report.
        if found.is_empty() {
            found.extend(self.first.map(|key| key.position));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// What a meeting is called that nobody gave a title: `riyadh-talks` is "Riyadh talks".
fn in_words(id: &MeetingId) -> String {
    let mut letters = id.as_str().chars().map(|letter| if letter == '-' { ' ' } else { letter });
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

fn parties(people: &[&Seat]) -> Vec<PartyId> {
    let mut found = Vec::new();
    for party in people.iter().filter_map(|seat| seat.party.as_ref()) {
        if !found.contains(party) {
            found.push(party.clone());
        }
    }
    found
}

/// Whether one date is within the other, as whole local days: firmer or vaguer, but not another date.
pub fn same_window(old: When, new: When, zone: Zone) -> bool {
    let (old, new) = (old.span(zone), new.span(zone));
    old.contains(new) || new.contains(old)
}
