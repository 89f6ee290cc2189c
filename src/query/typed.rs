//! Events as they are typed: the line behind `daybook log` that says the same, for hints to paste.

use crate::event::{Attendance, By, Entry, Event, Meeting, OfficialId, Participant, Role, Source, Telling, What, Who};
use crate::geo;
use crate::names;
use crate::projection::{Match, Registry};
use crate::time::{When, write_instant};

/// The line behind `daybook log` that tells an event as its entry told it: typed again, it gives the same event of the same source, under
/// the same embargo. Without what it replaces, which is for the one who types, and without an archived copy, which has no words. `None`
/// for the desk's own knowledge, for statements, and for what takes back other events.
#[must_use]
pub fn retold(event: &Event, entry: &Entry, registry: &Registry) -> Option<String> {
    let published = entry.source.published.map(|published| published.to_string());
    retold_of(event, entry, registry, published)
}

/// The same without its source.
#[must_use]
pub fn worded(event: &Event, registry: &Registry) -> Option<String> {
    let mut line = line(&event.what, registry)?;
    line.telling(&event.telling);
    Some(line.written)
}

/// The same with other words for when it was published.
pub(super) fn retold_of(event: &Event, entry: &Entry, registry: &Registry, published: Option<String>) -> Option<String> {
    let mut line = line(&event.what, registry)?;
    line.telling(&event.telling);
    line.source(&entry.source, published);
    line.flag("--embargo", entry.embargo.map(write_instant).as_ref());
    Some(line.written)
}

/// The verb, names and flags of an event.
fn line<'a>(what: &What, registry: &'a Registry) -> Option<Line<'a>> {
    let mut line = Line { written: String::new(), registry };
    match what {
        What::Travel(travel) => {
            line.verb("travel", &ids(&travel.officials));
            line.flag("--to", Some(&travel.to));
            line.flag("--from", travel.from.as_ref());
            line.flag("--depart", travel.depart.as_ref());
            line.flag("--arrive", travel.arrive.as_ref());
            line.flag("--trip", travel.trip.as_ref());
            line.flag("--purpose", travel.purpose.as_ref());
        }
        What::Presence(presence) => {
            line.verb("presence", &ids(&presence.officials));
            line.flag("--at", Some(&presence.place));
            line.flag("--when", Some(&presence.when));
            line.flag("--trip", presence.trip.as_ref());
            line.flag("--purpose", presence.purpose.as_ref());
        }
        What::Absence(absence) => {
            line.verb("absence", &ids(&absence.officials));
            match &absence.from {
                Who::Place(place) => line.flag("--at", Some(place)),
                Who::Meeting(meeting) => line.flag("--meeting", Some(meeting)),
            }
            line.flag("--when", absence.when.as_ref());
        }
        What::MeetingProposed(meeting) => line.meeting("propose", meeting),
        What::MeetingConfirmed(meeting) => line.meeting("confirm", meeting),
        What::MeetingHeld(meeting) => line.meeting("held", meeting),
        What::MeetingChanged(meeting) => line.meeting("change", meeting),
        What::MeetingDeclined(declined) => {
            line.verb("decline", declined.meeting.as_str());
            line.by(&declined.by);
        }
        What::MeetingPostponed(postponed) => {
            line.verb("postpone", postponed.meeting.as_str());
            line.flag("--when", postponed.when.as_ref());
            line.by(&postponed.by);
            line.flag("--reason", postponed.reason.as_ref());
        }
        What::MeetingCancelled(cancelled) => {
            line.verb("cancel", cancelled.meeting.as_str());
            line.by(&cancelled.by);
            line.flag("--reason", cancelled.reason.as_ref());
        }
        What::Official(_) | What::Party(_) | What::Place(_) | What::Trip(_) => return None,
        What::TravelCancelled(_) | What::Retraction(_) | What::Statement(_) => return None,
    }
    Some(line)
}

/// What is typed for a day or an exact time, in the words of the shell.
pub(super) fn date(when: When) -> String {
    names::quote(&when.to_string())
}

fn ids(officials: &[OfficialId]) -> String {
    officials.iter().map(OfficialId::as_str).collect::<Vec<_>>().join(" ")
}

/// A line that is being written.
struct Line<'a> {
    written: String,
    registry: &'a Registry,
}

impl Line<'_> {
    fn verb(&mut self, verb: &str, names: &str) {
        self.written = format!("{verb} {names}");
    }

    fn flag(&mut self, flag: &str, value: Option<&impl ToString>) {
        if let Some(value) = value {
            self.written = format!("{} {}", self.written, names::flag(flag, &value.to_string()));
        }
    }

    /// How it was told, without what it replaces.
    fn telling(&mut self, telling: &Telling) {
        for (field, words) in &telling.said {
            self.flag("--said", Some(&format!("{field}={words}")));
        }
        self.flag("--said-by", telling.said_by.as_ref());
        self.flag("--via", telling.via.as_ref());
        self.flag("--quote", telling.quote.as_ref());
        self.flag("--note", telling.note.as_ref());
    }

    fn source(&mut self, source: &Source, published: Option<String>) {
        let Source { outlet, title, author, url, published: _, grade, archive: _, record } = source;
        self.flag("--outlet", outlet.as_ref());
        self.flag("--headline", title.as_ref());
        self.flag("--author", author.as_ref());
        self.flag("--url", url.as_ref());
        if let Some(published) = published {
            self.written = format!("{} --published {published}", self.written);
        }
        self.flag("--grade", grade.as_ref());
        self.flag("--record", record.as_ref());
    }

    fn by(&mut self, by: &[By]) {
        for one in by {
            let words = match &one.voice {
                None => one.party.to_string(),
                Some(voice) if self.is_known(one, voice) => voice.clone(),
                Some(voice) => format!("{}={voice}", one.party),
            };
            self.flag("--by", Some(&words));
        }
    }

    /// Whether a voice, typed alone, is that of the party.
    fn is_known(&self, by: &By, voice: &str) -> bool {
        let lists_it = self.registry.parties.get(&by.party).is_some_and(|record| record.aliases.iter().any(|one| one == voice));
        let of_country = || geo::voice(voice).is_some_and(|country| country.code.to_lowercase() == by.party.as_str());
        let is_other_name = geo::country(voice).is_some() || names::key(voice) == names::key(self.registry.party_name(&by.party));
        let is_one_word = !voice.contains([',', '=']) && voice.trim() == voice;
        let known = match self.registry.find_party(voice) {
            Match::One(party) => party == by.party && (lists_it || of_country()),
            Match::None => of_country(),
            Match::Several(_) => false,
        };
        is_one_word && !is_other_name && known
    }

    fn meeting(&mut self, verb: &str, meeting: &Meeting) {
        self.verb(verb, meeting.meeting.as_str());
        self.flag("--title", meeting.title.as_ref());
        self.flag("--level", meeting.level.as_ref());
        self.flag("--when", meeting.when.as_ref());
        let doubt = if meeting.place_doubtful { "?" } else { "" };
        self.flag("--at", meeting.place.as_ref().map(|place| format!("{place}{doubt}")).as_ref());
        self.by(&meeting.by);
        self.people("--principals", &meeting.participants, |one| one.role == Some(Role::Principal));
        self.people("--delegation", &meeting.participants, |one| one.role == Some(Role::Delegation));
        self.people("--hosts", &meeting.participants, |one| one.role == Some(Role::Host));
        self.people("--expected", &meeting.participants, is_plain);
        self.people("--uncertain", &meeting.participants, |one| one.attendance == Some(Attendance::Uncertain));
        self.people("--declined", &meeting.participants, |one| one.attendance == Some(Attendance::Declined));
        self.flag("--agenda", meeting.agenda.as_ref());
        self.flag("--trip", meeting.trip.as_ref());
        self.flag("--outcome", meeting.outcome.as_ref());
    }

    fn people(&mut self, flag: &str, all: &[Participant], fits: impl Fn(&Participant) -> bool) {
        let name = |one: &Participant| match &one.who {
            Ok(official) => official.to_string(),
            Err(party) => party.to_string(),
        };
        let names: Vec<String> = all.iter().filter(|one| fits(one)).map(name).collect();
        self.flag(flag, (!names.is_empty()).then(|| names.join(",")).as_ref());
    }
}

/// Named without role or doubt: such a one stays what they were, and is a principal where new.
fn is_plain(one: &Participant) -> bool {
    one.role.is_none() && one.attendance.is_none_or(|attendance| attendance == Attendance::Expected)
}
