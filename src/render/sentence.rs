//! What an event says, in one plain sentence.

use super::cited::listed;
use super::dates::Dates;
use super::heading::Heading;
use crate::event::Kind;
use crate::event::wire::{WireBy, WireEvent, WireParticipant};
use crate::query::{Citation, Telling};
use crate::time::When;

/// One sentence without a full stop.
pub fn sentence(telling: &Telling, head: &Heading<'_>, dates: Dates) -> String {
    Teller::of(telling, head, dates).tell(telling.citation.kind)
}

/// What else was written down of an event, which its sentence leaves out: a line each.
pub fn particulars(telling: &Telling, head: &Heading<'_>, dates: Dates) -> Vec<String> {
    let teller = Teller::of(telling, head, dates);
    let cited = &telling.citation;
    let mut lines = teller.details(cited.kind);
    lines.extend(cited.quote.as_ref().map(|quote| super::cited::quoted(quote)));
    lines.extend(said_by(cited));
    if !telling.replaces.is_empty() {
        let replaced: Vec<String> = telling.replaces.iter().map(ToString::to_string).collect();
        lines.push(format!("in place of {}", listed(&replaced)));
    }
    lines.extend(telling.says.note.as_ref().map(|note| format!("note: {note}")));
    lines
}

/// "said by a spokesman, via AFP"
pub fn said_by(cited: &Citation) -> Option<String> {
    let who = super::cited::attribution(cited)?;
    Some(if cited.said_by.is_some() { format!("said by {who}") } else { who })
}

/// An event with what its ids are called.
struct Teller<'a> {
    event: &'a WireEvent,
    refers_to: &'a [String],
    head: &'a Heading<'a>,
    dates: Dates,
}

impl<'a> Teller<'a> {
    fn of(telling: &'a Telling, head: &'a Heading<'a>, dates: Dates) -> Self {
        Self { event: &telling.says, refers_to: &telling.refers_to, head, dates }
    }

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
                let to = self.when(" to ");
                let none = if to.is_empty() { ", no new date" } else { "" };
                format!("{}: postponed{to}{}{none}{}", self.meeting(), self.spoken(), self.reason())
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
        self.named_place("to", &self.event.to)
    }

    fn place(&self) -> String {
        self.named_place("place", &self.event.place)
    }

    /// A place, and the name that the source has for it: Kyiv ("Kiev, U.S.S.R.").
    fn named_place(&self, field: &str, id: &Option<String>) -> String {
        let name = id.as_deref().map(|id| self.head.names.place(id)).unwrap_or_default();
        match self.event.said.as_ref().and_then(|said| said.get(field)) {
            Some(said) => format!("{name} ({})", super::cited::quoted(said)),
            None => name,
        }
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
        self.time(before, "when", &self.event.when)
    }

    /// A time, and the source's words for it.
    fn time(&self, before: &str, field: &str, text: &Option<String>) -> String {
        let said = self.event.said.as_ref().and_then(|said| said.get(field));
        match (self.date(text), said) {
            (Some(when), Some(said)) => format!("{before}{when} ({})", super::cited::quoted(said)),
            (Some(when), None) => format!("{before}{when}"),
            (None, Some(said)) => format!("{before}{}", super::cited::quoted(said)),
            (None, None) => String::new(),
        }
    }

    fn journey(&self) -> String {
        let from = self.event.from.as_ref().map(|_| format!(" from {}", self.named_place("from", &self.event.from)));
        let depart = self.time(", leaving ", "depart", &self.event.depart);
        let arrive = self.time(", arriving ", "arrive", &self.event.arrive);
        let purpose = self.event.purpose.as_ref().map(|purpose| format!(": {purpose}"));
        format!("{}{depart}{arrive}{}", from.unwrap_or_default(), purpose.unwrap_or_default())
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

    fn participant(&self, one: &WireParticipant) -> String {
        match (&one.official, &one.party) {
            (Some(official), _) => self.head.names.official(official),
            (None, Some(party)) => self.head.names.party(party),
            (None, None) => String::new(),
        }
    }

    /// Who takes part; the uncertain and those who declined are said apart.
    fn with(&self) -> String {
        let group = |attendance: &str| -> Vec<String> {
            let fits = |one: &&WireParticipant| one.attendance.as_deref().unwrap_or("expected") == attendance;
            self.event.participants.iter().flatten().filter(fits).map(|one| self.participant(one)).collect()
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

/// What the sentence of an event leaves out.
impl Teller<'_> {
    fn details(&self, kind: Kind) -> Vec<String> {
        let mut lines = match kind {
            Kind::Official => self.of_official(),
            Kind::Party => self.aliases().into_iter().collect(),
            Kind::Place => self.of_place(),
            Kind::Trip => self.trip_officials().into_iter().collect(),
            Kind::Travel => Vec::new(),
            Kind::Presence => self.event.purpose.as_ref().map(|purpose| format!("purpose: {purpose}")).into_iter().collect(),
            Kind::MeetingProposed | Kind::MeetingConfirmed => self.of_meeting(),
            Kind::MeetingHeld | Kind::MeetingChanged => {
                let by = self.spoken();
                let mut lines = self.of_meeting();
                lines.extend((!by.is_empty()).then(|| format!("confirmed{by}")));
                lines
            }
            Kind::Statement => self.of_statement(),
            Kind::Absence | Kind::TravelCancelled | Kind::Retraction => Vec::new(),
            Kind::MeetingDeclined | Kind::MeetingPostponed | Kind::MeetingCancelled => Vec::new(),
        };
        let trip = self.event.trip.as_ref().filter(|_| kind != Kind::Trip);
        lines.extend(trip.map(|trip| format!("part of {}", self.head.names.trip(trip))));
        lines
    }

    fn aliases(&self) -> Option<String> {
        self.event.aliases.as_ref().map(|aliases| format!("also called {}", aliases.join(", ")))
    }

    fn of_official(&self) -> Vec<String> {
        let event = self.event;
        let office = match (self.date(&event.since), self.date(&event.until)) {
            (None, None) => None,
            (Some(since), None) => Some(format!("in office since {since}")),
            (None, Some(until)) => Some(format!("in office until {until}")),
            (Some(since), Some(until)) => Some(format!("in office from {since} to {until}")),
        };
        let parts = [
            event.rank.as_ref().map(|rank| format!("rank {}", rank.replace('_', " "))),
            event.base.as_ref().map(|base| format!("based in {}", self.head.names.place(base))),
            office,
            event.wikidata.as_ref().map(|item| format!("Wikidata {item}")),
        ];
        joined(parts).into_iter().chain(self.aliases()).collect()
    }

    fn of_place(&self) -> Vec<String> {
        let event = self.event;
        let parts = [
            event.country.as_ref().map(|country| format!("country {country}")),
            event.lat.zip(event.lon).map(|(lat, lon)| format!("at {lat}, {lon}")),
            event.zone.as_ref().map(|zone| format!("zone {zone}")),
        ];
        joined(parts).into_iter().chain(self.aliases()).collect()
    }

    fn trip_officials(&self) -> Option<String> {
        self.event.officials.as_ref().map(|_| format!("of {}", self.officials()))
    }

    fn of_meeting(&self) -> Vec<String> {
        let event = self.event;
        let role = |role: &str, label: &str| {
            let fits = |one: &&WireParticipant| one.role.as_deref() == Some(role);
            let names: Vec<String> = event.participants.iter().flatten().filter(fits).map(|one| self.participant(one)).collect();
            (!names.is_empty()).then(|| format!("{label} {}", listed(&names)))
        };
        let first = joined([
            event.level.as_ref().map(|level| format!("level {level}")),
            role("host", "host:"),
            role("delegation", "delegation:"),
        ]);
        let agenda = event.agenda.as_ref().map(|agenda| format!("agenda: {agenda}"));
        let outcome = event.outcome.as_ref().map(|outcome| format!("outcome: {outcome}"));
        [first, agenda, outcome].into_iter().flatten().collect()
    }

    fn of_statement(&self) -> Vec<String> {
        let event = self.event;
        let names = self.head.names;
        let about: Vec<String> = event.about.iter().flatten().map(|id| names.anything(id)).collect();
        let parts = [
            event.on_behalf_of.as_ref().map(|party| format!("on behalf of {}", names.party(party))),
            (!about.is_empty()).then(|| format!("about {}", listed(&about))),
            event.topics.as_ref().map(|topics| format!("topics: {}", topics.join(", "))),
            Some(self.when("on ")).filter(|when| !when.is_empty()),
            event.place.as_ref().map(|_| format!("in {}", self.place())),
            event.language.as_ref().map(|language| format!("language {language}")),
        ];
        joined(parts).into_iter().collect()
    }
}

/// Parts on one line; nothing if there are none.
fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// A name, else the id.
fn named(name: &Option<String>, id: &Option<String>) -> String {
    name.clone().or_else(|| id.clone()).unwrap_or_default()
}
