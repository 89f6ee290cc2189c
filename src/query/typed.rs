//! Events as they are typed: the line behind `daybook log` that says the same, for hints to paste.

use crate::event::{Attendance, By, Meeting, OfficialId, Participant, Role, Source, Telling, What, Who};
use crate::time::When;

/// The verb, names and flags of an event; `None` for the desk's own knowledge, and for what takes back other events.
pub(super) fn line(what: &What) -> Option<String> {
    let mut line = Line::default();
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
    Some(line.written)
}

/// The flags for how an event was told, each with a space before it; without what it replaces.
pub(super) fn telling(telling: &Telling) -> String {
    let mut line = Line::default();
    line.flag("--said-by", telling.said_by.as_ref());
    line.flag("--via", telling.via.as_ref());
    line.flag("--quote", telling.quote.as_ref());
    line.flag("--note", telling.note.as_ref());
    line.written
}

/// The flags for a source, each with a space before it; without its date.
pub(super) fn source(source: &Source) -> String {
    let mut line = Line::default();
    line.flag("--outlet", source.outlet.as_ref());
    line.flag("--headline", source.title.as_ref());
    line.flag("--author", source.author.as_ref());
    line.flag("--url", source.url.as_ref());
    line.written
}

/// What is typed for a day or an exact time, in the words of the shell.
pub(super) fn date(when: When) -> String {
    quoted(&when.to_string())
}

/// A text as one word of a shell.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.,:/+@".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    shlex::try_quote(text).map_or_else(|_| String::new(), std::borrow::Cow::into_owned)
}

fn ids(officials: &[OfficialId]) -> String {
    officials.iter().map(OfficialId::as_str).collect::<Vec<_>>().join(" ")
}

/// A line that is being written.
#[derive(Default)]
struct Line {
    written: String,
}

impl Line {
    fn verb(&mut self, verb: &str, names: &str) {
        self.written = format!("{verb} {names}");
    }

    fn flag(&mut self, flag: &str, value: Option<&impl ToString>) {
        if let Some(value) = value {
            self.written = format!("{} {flag} {}", self.written, quoted(&value.to_string()));
        }
    }

    fn by(&mut self, by: &[By]) {
        for one in by {
            self.flag("--by", Some(one.voice.as_ref().unwrap_or(&one.party.to_string())));
        }
    }

    fn meeting(&mut self, verb: &str, meeting: &Meeting) {
        self.verb(verb, meeting.meeting.as_str());
        self.flag("--title", meeting.title.as_ref());
        self.flag("--level", meeting.level.as_ref());
        self.flag("--when", meeting.when.as_ref());
        let doubt = if meeting.place_doubtful { "?" } else { "" };
        self.flag("--at", meeting.place.as_ref().map(|place| format!("{place}{doubt}")).as_ref());
        self.by(&meeting.by);
        self.people("--principals", &meeting.participants, |one| one.role == Some(Role::Principal) || is_plain(one));
        self.people("--delegation", &meeting.participants, |one| one.role == Some(Role::Delegation));
        self.people("--hosts", &meeting.participants, |one| one.role == Some(Role::Host));
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

/// Named without role or doubt: such a one is a principal where new, and stays what they were where known.
fn is_plain(one: &Participant) -> bool {
    one.role.is_none() && one.attendance.is_none_or(|attendance| attendance == Attendance::Expected)
}
