//! The names and dates of one event, resolved in place.

use super::dates::{Understood, understand};
use super::door::{Echo, Visit};
use super::{Problem, add, meeting, people, places};
use crate::event::wire::{WireBy, WireEvent, WireParticipant};
use crate::event::{By, EventError, Kind, MeetingId, OfficialId, PlaceId};
use crate::geo;
use crate::names;
use crate::projection::Match;
use crate::time::Zone;

impl Visit<'_> {
    /// Names become ids.
    pub(super) fn names(&mut self, kind: Kind, wire: &mut WireEvent, problems: &mut Vec<Problem>) {
        match kind {
            Kind::Official => self.official_names(wire, problems),
            Kind::Party => self.party_names(wire),
            Kind::Place => self.place_names(wire, problems),
            Kind::Trip
            | Kind::Travel
            | Kind::TravelCancelled
            | Kind::Presence
            | Kind::Absence
            | Kind::Statement
            | Kind::Retraction => {}
            Kind::MeetingProposed | Kind::MeetingConfirmed | Kind::MeetingHeld | Kind::MeetingChanged => {
                self.doubt(wire);
                self.seats(wire, problems);
            }
            Kind::MeetingDeclined | Kind::MeetingPostponed | Kind::MeetingCancelled => {}
        }
        if let Some(texts) = wire.officials.take() {
            wire.officials = Some(self.officials(&texts, problems));
        }
        if kind != Kind::Place {
            self.place(&mut wire.place, problems);
        }
        self.place(&mut wire.from, problems);
        self.place(&mut wire.to, problems);
        self.meeting(kind, wire, problems);
        self.voices(wire, problems);
        if kind != Kind::Trip {
            self.trip(wire, problems);
        }
        if kind == Kind::Statement {
            self.statement_names(wire, problems);
        }
        if let Some(text) = wire.said_by.take() {
            wire.said_by = Some(self.speaker(&text));
        }
    }

    fn official_names(&mut self, wire: &mut WireEvent, problems: &mut Vec<Problem>) {
        if let Some(text) = wire.party.take() {
            match people::party(self.known, &mut self.additions, &text) {
                Ok(by) => wire.party = Some(by.party.to_string()),
                Err(problem) => problems.push(problem),
            }
        }
        self.place(&mut wire.base, problems);
    }

    /// A country's party needs no name: the ISO code gives it.
    fn party_names(&mut self, wire: &mut WireEvent) {
        let code = wire.party.as_deref().filter(|id| id.len() == 2).and_then(geo::country_by_code);
        let Some(country) = code else { return };
        let id = country.code.to_lowercase();
        if wire.name.is_none() && id.parse().is_ok_and(|id| !self.known.registry.parties.contains_key(&id)) {
            wire.name = Some(country.name.to_owned());
        }
        wire.party = Some(id);
    }

    fn place_names(&mut self, wire: &mut WireEvent, problems: &mut Vec<Problem>) {
        if let Some(text) = wire.country.take() {
            match geo::country(&text) {
                Some(country) => wire.country = Some(country.code.to_owned()),
                None => problems.push(
                    Problem::new(format!("\"{text}\" is no country"))
                        .about(&text)
                        .hint("name it, or give its ISO 3166 code, such as SA"),
                ),
            }
        }
        self.place(&mut wire.within, problems);
        if let (Some(Ok(id)), Some(Ok(outer))) =
            (wire.place.as_ref().map(|id| id.parse::<PlaceId>()), wire.within.as_ref().map(|id| id.parse::<PlaceId>()))
            && self.known.registry.is_within(&outer, &id)
        {
            problems.push(Problem::new(format!("{id} cannot lie within {outer}, which lies within {id}")).about(outer.as_str()));
        }
        let id = wire.place.as_ref().and_then(|id| id.parse::<PlaceId>().ok());
        let new = id.is_some_and(|id| !self.known.registry.places.contains_key(&id));
        if new {
            add::fill_place(wire);
            self.surroundings(wire);
        }
    }

    /// What a new place does not say, the place around it does: country, zone and, if that is no whole country, position.
    fn surroundings(&mut self, wire: &mut WireEvent) {
        if wire.within.is_none()
            && let Some(country) = wire.country.as_deref().and_then(geo::country_by_code)
            && wire.place.as_deref() != Some(country.place_id)
        {
            self.additions.place(&mut self.known.registry, &geo::Place::Country(country));
            wire.within = Some(country.place_id.to_owned());
        }
        let Some(outer) = wire.within.as_ref().and_then(|id| id.parse::<PlaceId>().ok()) else { return };
        let Some(record) = self.known.registry.places.get(&outer) else { return };
        wire.country = wire.country.take().or_else(|| record.country.clone());
        wire.zone = wire.zone.take().or_else(|| record.zone.map(|zone| zone.to_string()));
        if wire.lat.is_none() && wire.lon.is_none() && record.within.is_some() {
            (wire.lat, wire.lon) = record.position.unzip();
        }
    }

    /// "Saudi Arabia?" is a doubtful place.
    fn doubt(&mut self, wire: &mut WireEvent) {
        if let Some(place) = wire.place.as_mut()
            && let Some(sure) = place.strip_suffix('?')
        {
            *place = sure.trim().to_owned();
            wire.place_doubtful = Some(true);
        }
    }

    fn place(&mut self, field: &mut Option<String>, problems: &mut Vec<Problem>) {
        let Some(text) = field.take() else { return };
        if text.ends_with('?') {
            let problem = Problem::new(format!("\"{text}\": only a meeting's place can be in doubt")).about(&text);
            problems.push(problem.hint("put the doubt into the date: --when \"2025-02-18?\""));
            return;
        }
        match places::find(self.known, &mut self.additions, &text) {
            Ok(id) => {
                if let Some(record) = self.known.registry.places.get(&id)
                    && names::fold(&record.name) != names::fold(&text)
                    && names::fold(id.as_str()) != names::fold(&text)
                {
                    let country = record.country.as_deref().map(|country| format!(" ({country})")).unwrap_or_default();
                    let echo = Echo::Taken { typed: text.clone(), name: format!("{}{country}", record.name) };
                    self.echoes.extend(said_once(&self.echoes, echo));
                }
                *field = Some(id.to_string());
            }
            Err(problem) => problems.push(problem),
        }
    }

    fn officials(&mut self, texts: &[String], problems: &mut Vec<Problem>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for text in self.people(texts) {
            if text.contains(['“', '„']) != text.contains('”') {
                let says = "curly quotes do not hold words together: a quotation was read as names";
                problems.push(Problem::new(says).about(&text).hint("use \"…\""));
                continue;
            }
            match people::official(self.known, &mut self.additions, &text, self.create) {
                Ok(id) if found.iter().any(|known| known == id.as_str()) => {}
                Ok(id) => {
                    self.taken(&text, &id);
                    found.push(id.to_string());
                }
                Err(problem) => problems.push(problem),
            }
        }
        found
    }

    /// Says whom a name means that is spelt in another way.
    fn taken(&mut self, typed: &str, id: &OfficialId) {
        let Some(record) = self.known.registry.officials.get(id) else { return };
        let words = names::words(typed);
        let spelt = |text: &str| names::has_run(&names::words(text), &words);
        let turned = names::reordered(typed).is_some_and(|turned| names::fold(&turned) == names::fold(&record.name));
        if !(turned || spelt(id.as_str()) || spelt(&record.name) || record.aliases.iter().any(|alias| spelt(alias))) {
            let echo = Echo::Taken { typed: typed.to_owned(), name: record.name.clone() };
            self.echoes.extend(said_once(&self.echoes, echo));
        }
    }

    /// The single names of a list: "Lavrov, Sergei" is one, "rubio, lavrov" two.
    fn people(&self, texts: &[String]) -> Vec<String> {
        let known = |text: &str| !matches!(self.known.registry.find_official(text), Match::None);
        let split = |text: &String| -> Vec<String> {
            let parts: Vec<&str> = text.split(", ").map(str::trim).filter(|part| !part.is_empty()).collect();
            let list = parts.len() > 1 && !known(text) && (parts.iter().all(|part| known(part)) || parts.len() > 2);
            if list { parts.into_iter().map(str::to_owned).collect() } else { vec![text.trim().to_owned()] }
        };
        texts.iter().flat_map(split).collect()
    }

    /// Participants: an official, or a party where nobody is named.
    fn seats(&mut self, wire: &mut WireEvent, problems: &mut Vec<Problem>) {
        let Some(seats) = wire.participants.take() else { return };
        let mut found: Vec<WireParticipant> = Vec::new();
        for seat in seats {
            for seat in self.seat(seat, problems) {
                let same = |known: &&mut WireParticipant| (&known.official, &known.party) == (&seat.official, &seat.party);
                match found.iter_mut().find(same) {
                    Some(known) => {
                        known.role = seat.role.or(known.role.take());
                        known.attendance = seat.attendance.or(known.attendance.take());
                    }
                    None => found.push(seat),
                }
            }
        }
        wire.participants = Some(found);
    }

    fn seat(&mut self, seat: WireParticipant, problems: &mut Vec<Problem>) -> Vec<WireParticipant> {
        if seat.official.is_some() == seat.party.is_some() {
            problems.push(Problem::new(EventError::Participant.to_string()));
            return Vec::new();
        }
        let WireParticipant { official, party, role, attendance } = seat;
        let texts = official.map(|text| self.people(&[text])).unwrap_or_default();
        let mut seats = Vec::new();
        for text in texts {
            let blank = WireParticipant { role: role.clone(), attendance: attendance.clone(), ..WireParticipant::default() };
            let unnamed = matches!(self.known.registry.find_official(&text), Match::None);
            let side = if unnamed { people::party(self.known, &mut self.additions, &text).ok() } else { None };
            if let Some(By { party, .. }) = side {
                seats.push(WireParticipant { party: Some(party.to_string()), ..blank });
                continue;
            }
            match people::official(self.known, &mut self.additions, &text, self.create) {
                Ok(id) => seats.push(WireParticipant { official: Some(id.to_string()), ..blank }),
                Err(problem) => problems.push(problem),
            }
        }
        if let Some(text) = party {
            match people::party(self.known, &mut self.additions, &text) {
                Ok(by) => seats.push(WireParticipant {
                    party: Some(by.party.to_string()),
                    role,
                    attendance,
                    ..WireParticipant::default()
                }),
                Err(problem) => problems.push(problem),
            }
        }
        seats
    }

    fn meeting(&mut self, kind: Kind, wire: &mut WireEvent, problems: &mut Vec<Problem>) {
        let Some(text) = wire.meeting.take() else { return };
        if self.introduced.contains(&text) && text.parse::<MeetingId>().is_ok() {
            wire.meeting = Some(text);
            return;
        }
        match meeting::find(self.known, &text, Some(kind)) {
            Ok(id) => wire.meeting = Some(id.to_string()),
            Err(problem) => problems.push(problem),
        }
    }

    fn voices(&mut self, wire: &mut WireEvent, problems: &mut Vec<Problem>) {
        let Some(by) = wire.by.take() else { return };
        let mut found: Vec<WireBy> = Vec::new();
        for one in by {
            let (text, said) = match one {
                WireBy::Name(text) => (text, None),
                WireBy::Full { party, voice } => (party, voice),
            };
            match people::party(self.known, &mut self.additions, &text) {
                Ok(By { party, voice }) => found.push(WireBy::Full { party: party.to_string(), voice: said.or(voice) }),
                Err(problem) => problems.push(problem),
            }
        }
        wire.by = Some(found);
    }

    fn trip(&mut self, wire: &mut WireEvent, problems: &mut Vec<Problem>) {
        let Some(text) = wire.trip.take() else { return };
        match self.known.registry.find_trip(&text) {
            Match::One(id) => wire.trip = Some(id.to_string()),
            Match::Several(ids) => {
                let list: Vec<String> = ids.iter().map(ToString::to_string).collect();
                problems.push(Problem::new(format!("\"{text}\" fits several trips: {}", list.join(", "))).about(&text));
            }
            Match::None => {
                let id = names::slug(&text).unwrap_or_else(|| "new-trip".to_owned());
                problems.push(
                    Problem::new(format!("no trip is called \"{text}\""))
                        .about(&text)
                        .hint(format!("it is named by the line: trip {id} \"Title\"")),
                );
            }
        }
    }

    fn statement_names(&mut self, wire: &mut WireEvent, problems: &mut Vec<Problem>) {
        if let Some(text) = wire.speaker.take() {
            wire.speaker = Some(self.speaker(&text));
        }
        if let Some(text) = wire.on_behalf_of.take() {
            match people::party(self.known, &mut self.additions, &text) {
                Ok(by) => wire.on_behalf_of = Some(by.party.to_string()),
                Err(problem) => problems.push(problem),
            }
        }
        let Some(texts) = wire.about.take() else { return };
        let found = texts.iter().map(|text| self.subject(text));
        wire.about = Some(found.filter_map(|found| found.map_err(|problem| problems.push(problem)).ok()).collect());
    }

    /// What a statement is about: a meeting, an official, a party or a place.
    fn subject(&mut self, text: &str) -> Result<String, Problem> {
        if self.introduced.iter().any(|id| id == text) {
            return Ok(text.to_owned());
        }
        if self.known.is_id(text) {
            return Ok(text.to_owned());
        }
        if let Ok(id) = meeting::find(self.known, text, None) {
            return Ok(id.to_string());
        }
        if let Match::One(id) = self.known.registry.find_official(text) {
            return Ok(id.to_string());
        }
        if let Match::One(id) = self.known.registry.find_party(text) {
            return Ok(id.to_string());
        }
        let nothing = || {
            Problem::new(format!("nothing is called \"{text}\": no meeting, official, party or place"))
                .about(text)
                .hint("key words go into --topics")
        };
        places::find(self.known, &mut self.additions, text).map(|id| id.to_string()).map_err(|_| nothing())
    }

    /// Who spoke: an official, or the name as given.
    fn speaker(&mut self, text: &str) -> String {
        if let Match::One(id) = self.known.registry.find_official(text) {
            self.taken(text, &id);
            return id.to_string();
        }
        self.echoes.extend(said_once(&self.echoes, Echo::Speaker(text.to_owned())));
        text.to_owned()
    }

    /// Spoken dates become dates, and the words are kept.
    pub(super) fn dates(&mut self, kind: Kind, wire: &mut WireEvent, problems: &mut Vec<Problem>) {
        let zone = |visit: &Self, place: Option<PlaceId>| visit.known.registry.known_zone(&place?);
        let place = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<PlaceId>().ok());
        let here = match kind {
            Kind::MeetingProposed
            | Kind::MeetingConfirmed
            | Kind::MeetingHeld
            | Kind::MeetingChanged
            | Kind::MeetingPostponed => zone(self, self.meeting_place(wire)),
            Kind::Statement => zone(self, place(&wire.place)).or(Some(self.known.zone)),
            Kind::Travel | Kind::TravelCancelled | Kind::Presence | Kind::Absence => zone(self, place(&wire.place)),
            Kind::Official | Kind::Party | Kind::Place | Kind::Trip => Some(self.known.zone),
            Kind::MeetingDeclined | Kind::MeetingCancelled | Kind::Retraction => None,
        };
        let (left, reached) = (zone(self, place(&wire.from)), zone(self, place(&wire.to)));
        let said = wire.said.get_or_insert_default();
        let fields: [(&str, &mut Option<String>, Option<Zone>); 5] = [
            ("when", &mut wire.when, here),
            ("depart", &mut wire.depart, left),
            ("arrive", &mut wire.arrive, reached),
            ("since", &mut wire.since, here),
            ("until", &mut wire.until, here),
        ];
        for (name, field, zone) in fields {
            let Some(text) = field.take() else { continue };
            match understand(&text, kind, self.published, zone) {
                Ok(Understood::Written(when)) => *field = Some(when.to_string()),
                Ok(Understood::Spoken(when)) => {
                    *field = Some(when.to_string());
                    said.entry(name.to_owned()).or_insert_with(|| text.clone());
                    self.echoes.extend(said_once(&self.echoes, Echo::Date { words: text, when }));
                }
                Ok(Understood::Vague) => {
                    if kind.must().contains(&name) {
                        problems.push(Problem::new(format!("\"{text}\" names no date, and {kind} needs one")).about(&text));
                    }
                    said.entry(name.to_owned()).or_insert_with(|| text.clone());
                    self.echoes.extend(said_once(&self.echoes, Echo::NoDate { words: text }));
                }
                Err(problem) => problems.push(problem),
            }
        }
        if said.is_empty() {
            wire.said = None;
        }
    }
}

/// What was understood is said once, however often it was typed.
fn said_once(said: &[Echo], echo: Echo) -> Option<Echo> {
    (!said.contains(&echo)).then_some(echo)
}
