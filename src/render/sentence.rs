//! What an event says, in one plain sentence.

use super::cited::listed;
use super::dates::Dates;
use super::heading::Heading;
use crate::event::Kind;
use crate::event::wire::{WireBy, WireEvent};
use crate::query::Telling;
use crate::time::When;

/// One sentence without a full stop.
pub fn sentence(telling: &Telling, head: &Heading<'_>, dates: Dates) -> String {
    Teller { event: &telling.says, refers_to: &telling.refers_to, head, dates }.tell(telling.citation.kind)
}

/// An event with what its ids are called.
struct Teller<'a> {
    event: &'a WireEvent,
    refers_to: &'a [String],
    head: &'a Heading<'a>,
    dates: Dates,
}

impl Teller<'_> {
    fn tell(&self, kind: Kind) -> String {
        let event = self.event;
        match kind {
            Kind::Official => self.official(),
            Kind::Party => format!("The desk notes the party {}", named(&event.name, &event.party)),
            Kind::Place => {
                let within = event.within.as_ref().map(|place| format!(", in {}", self.head.names.place(place)));
                format!("The desk notes the place {}{}", named(&event.name, &event.place), within.unwrap_or_default())
            }
            Kind::Trip => format!("The desk notes the trip {}", named(&event.title, &event.trip)),
            Kind::Travel => format!("{} {} to {}{}", self.officials(), self.verb("travels", "travel"), self.to(), self.journey()),
            Kind::TravelCancelled => format!("The plan in {} is off{}{}", listed(self.refers_to), self.only(), self.reason()),
            Kind::Presence => format!("{} {} in {}{}", self.officials(), self.verb("is", "are"), self.place(), self.when(", ")),
            Kind::Absence => {
                let from = match (&event.place, &event.meeting) {
                    (Some(_), _) => format!("in {}", self.place()),
                    (None, Some(_)) => format!("at {}", self.meeting()),
                    (None, None) => "there".to_owned(),
                };
                format!("{} will not be {from}{}", self.officials(), self.when(", "))
            }
            Kind::MeetingProposed => format!("{} {}{}", self.by("proposes", "propose", "is proposed"), self.set(), self.with()),
            Kind::MeetingConfirmed => {
                format!("{} {}{}", self.by("confirms", "confirm", "is confirmed"), self.set(), self.with())
            }
            Kind::MeetingHeld => format!("{}: held{}{}{}", self.meeting(), self.when(", "), self.located(), self.with()),
            Kind::MeetingChanged => format!("{}: changed{}{}{}", self.meeting(), self.when(", to "), self.located(), self.with()),
            Kind::MeetingDeclined => format!("{} {}", self.by("refuses", "refuse", "A report denies"), self.meeting()),
            Kind::MeetingPostponed => {
                let to =
                    self.date(&event.when).map_or_else(|| (String::new(), ", no new date"), |when| (format!(" to {when}"), ""));
                format!("{}: postponed{}{}{}{}", self.meeting(), to.0, self.spoken(), to.1, self.reason())
            }
            Kind::MeetingCancelled => format!("{}: called off{}{}", self.meeting(), self.spoken(), self.reason()),
            Kind::Statement => {
                let speaker = event.speaker.as_deref().map(|who| self.head.names.official(who)).unwrap_or_default();
                format!("{speaker} said: {}", super::cited::quoted(event.text.as_deref().unwrap_or_default()))
            }
            Kind::Retraction if self.refers_to.len() == 1 => {
                format!("Report {} is taken back: {}", listed(self.refers_to), self.retracted())
            }
            Kind::Retraction => format!("Reports {} are taken back: {}", listed(self.refers_to), self.retracted()),
        }
    }

    fn official(&self) -> String {
        let event = self.event;
        let name = event.name.clone().or_else(|| event.official.as_deref().map(|id| self.head.names.official(id)));
        let title = event.title.as_ref().map(|title| format!(", {title}")).unwrap_or_default();
        let party = event.party.as_ref().map(|party| format!(", for {}", self.head.names.party(party))).unwrap_or_default();
        format!("The desk notes {}{title}{party}", name.unwrap_or_default())
    }

    fn officials(&self) -> String {
        let names: Vec<String> = self.event.officials.iter().flatten().map(|id| self.head.names.official(id)).collect();
        listed(&names)
    }

    fn verb(&self, one: &'static str, many: &'static str) -> &'static str {
        if self.event.officials.as_ref().is_some_and(|all| all.len() > 1) { many } else { one }
    }

    fn to(&self) -> String {
        self.event.to.as_deref().map(|id| self.head.names.place(id)).unwrap_or_default()
    }

    fn place(&self) -> String {
        self.event.place.as_deref().map(|id| self.head.names.place(id)).unwrap_or_default()
    }

    fn meeting(&self) -> String {
        let given = self.event.title.clone();
        given.or_else(|| self.event.meeting.as_deref().map(|id| self.head.names.meeting(id))).unwrap_or_default()
    }

    fn date(&self, text: &Option<String>) -> Option<String> {
        let text = text.as_ref()?;
        Some(text.parse::<When>().map_or_else(|_| text.clone(), |when| self.dates.when(when, None)))
    }

    fn when(&self, before: &str) -> String {
        let said = self.event.said.as_ref().and_then(|said| said.get("when"));
        match (self.date(&self.event.when), said) {
            (Some(when), Some(said)) => format!("{before}{when} ({})", super::cited::quoted(said)),
            (Some(when), None) => format!("{before}{when}"),
            (None, Some(said)) => format!("{before}{}", super::cited::quoted(said)),
            (None, None) => String::new(),
        }
    }

    fn journey(&self) -> String {
        let from = self.event.from.as_ref().map(|place| format!(" from {}", self.head.names.place(place)));
        let depart = self.date(&self.event.depart).map(|when| format!(", leaving {when}"));
        let arrive = self.date(&self.event.arrive).map(|when| format!(", arriving {when}"));
        [from, depart, arrive, self.event.purpose.as_ref().map(|purpose| format!(": {purpose}"))].into_iter().flatten().collect()
    }

    fn only(&self) -> String {
        let stay = self.officials();
        if stay.is_empty() { String::new() } else { format!("; only {stay} still {}", self.verb("goes", "go")) }
    }

    fn reason(&self) -> String {
        self.event.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default()
    }

    fn retracted(&self) -> String {
        let reason = self.event.reason.as_deref().and_then(|reason| reason.parse::<crate::event::Why>().ok());
        reason.map_or("no reason given", crate::event::Why::means).to_owned()
    }

    /// The voices that spoke.
    fn voices(&self) -> Vec<String> {
        let voice = |by: &WireBy| match by {
            WireBy::Name(name) => self.head.names.party(name),
            WireBy::Full { party: _, voice: Some(voice) } => voice.clone(),
            WireBy::Full { party, voice: None } => self.head.names.party(party),
        };
        self.event.by.iter().flatten().map(voice).collect()
    }

    fn spoken(&self) -> String {
        let voices = self.voices();
        if voices.is_empty() { String::new() } else { format!(" by {}", listed(&voices)) }
    }

    /// "White House and Kremlin confirm"; where nobody spoke, "It is proposed:".
    fn by(&self, one: &str, many: &str, nobody: &str) -> String {
        let voices = self.voices();
        match voices.len() {
            0 if nobody.starts_with("is ") => format!("It {nobody}:"),
            0 => nobody.to_owned(),
            1 => format!("{} {one}", listed(&voices)),
            _ => format!("{} {many}", listed(&voices)),
        }
    }

    /// The meeting with its date and place.
    fn set(&self) -> String {
        format!("{}{}{}", self.meeting(), self.when(", "), self.located())
    }

    fn located(&self) -> String {
        match (&self.event.place, self.event.place_doubtful) {
            (None, _) => String::new(),
            (Some(_), Some(true)) => format!(", probably in {}", self.place()),
            (Some(_), Some(false) | None) => format!(", in {}", self.place()),
        }
    }

    /// Who takes part; the uncertain and those who declined are said apart.
    fn with(&self) -> String {
        let group = |attendance: &str| -> Vec<String> {
            let fits = |one: &&crate::event::wire::WireParticipant| one.attendance.as_deref().unwrap_or("expected") == attendance;
            let name = |one: &crate::event::wire::WireParticipant| match (&one.official, &one.party) {
                (Some(official), _) => self.head.names.official(official),
                (None, Some(party)) => self.head.names.party(party),
                (None, None) => String::new(),
            };
            self.event.participants.iter().flatten().filter(fits).map(name).collect()
        };
        let mut words = String::new();
        for (before, attendance) in [("with", "expected"), ("perhaps with", "uncertain"), ("without", "declined")] {
            let names = group(attendance);
            if !names.is_empty() {
                words = format!("{words}, {before} {}", listed(&names));
            }
        }
        words
    }
}

/// A name, else the id.
fn named(name: &Option<String>, id: &Option<String>) -> String {
    name.clone().or_else(|| id.clone()).unwrap_or_default()
}
