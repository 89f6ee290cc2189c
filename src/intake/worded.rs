//! From words to the wire shape: names and dates stay as they were typed.

use std::collections::BTreeMap;

use super::Problem;
use super::words::{
    MeetingWords, OfficialWords, PartyWords, PlaceWords, PostponeWords, PresenceWords, SourceWords, StatementWords, TellingWords,
    TravelWords, Words,
};
use crate::event::twice;
use crate::event::wire::{WireBy, WireEvent, WireParticipant, WireSource};

impl SourceWords {
    /// The source in wire form; `None` when nothing was given.
    #[must_use]
    pub fn source(&self) -> Option<WireSource> {
        let Self { outlet, headline, author, url, published, grade, record, embargo: _, logged_by: _ } = self.clone();
        let source = WireSource { outlet, title: headline, author, url, published, grade, record, archive: None };
        (source != WireSource::default()).then_some(source)
    }

    /// Until when the entry must not leave the desk.
    #[must_use]
    pub fn embargo(&self) -> Option<String> {
        self.embargo.clone()
    }

    /// Who writes it down.
    #[must_use]
    pub fn logged_by(&self) -> Option<String> {
        self.logged_by.clone()
    }

    /// Whether nothing was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.source().is_none() && self.embargo.is_none() && self.logged_by.is_none()
    }
}

impl Words {
    /// The event in wire form, names and dates as typed.
    ///
    /// # Errors
    /// [`Problem`] when words are kept for the same time twice.
    pub fn event(self) -> Result<WireEvent, Problem> {
        let (mut wire, telling, kind) = match self {
            Self::Official(words) => official(words),
            Self::Party(words) => party(words),
            Self::Place(words) => place(words),
            Self::Trip(words) => {
                let wire = WireEvent {
                    trip: Some(words.id),
                    title: words.title,
                    officials: names(words.officials),
                    ..WireEvent::default()
                };
                (wire, words.telling, "trip")
            }
            Self::Travel(words) => travel(words),
            Self::CancelTravel(words) => {
                let wire =
                    WireEvent { of: Some(words.of), officials: names(words.stay), reason: words.reason, ..WireEvent::default() };
                (wire, words.telling, "travel_cancelled")
            }
            Self::Presence(words) => presence(words),
            Self::Absence(words) => {
                let wire = WireEvent {
                    officials: names(words.officials),
                    place: words.at,
                    meeting: words.meeting,
                    when: words.when,
                    ..WireEvent::default()
                };
                (wire, words.telling, "absence")
            }
            Self::Propose(words) => meeting(words, "meeting_proposed"),
            Self::Confirm(words) => meeting(words, "meeting_confirmed"),
            Self::Held(words) => meeting(words, "meeting_held"),
            Self::Change(words) => meeting(words, "meeting_changed"),
            Self::Decline(words) => {
                let wire = WireEvent { meeting: Some(words.meeting), by: by(words.by), ..WireEvent::default() };
                (wire, words.telling, "meeting_declined")
            }
            Self::Postpone(words) => postpone(words),
            Self::Cancel(words) => {
                let wire =
                    WireEvent { meeting: Some(words.meeting), by: by(words.by), reason: words.reason, ..WireEvent::default() };
                (wire, words.telling, "meeting_cancelled")
            }
            Self::Statement(words) => statement(words),
            Self::Retract(words) => {
                let wire = WireEvent { of: Some(words.of), reason: words.reason, ..WireEvent::default() };
                (wire, words.telling, "retraction")
            }
        };
        kind.clone_into(&mut wire.kind);
        telling.tell(&mut wire)?;
        Ok(wire)
    }
}

impl TellingWords {
    fn tell(self, wire: &mut WireEvent) -> Result<(), Problem> {
        let mut said: BTreeMap<String, String> = BTreeMap::new();
        for text in &self.said {
            let (field, words) = text.split_once('=').unwrap_or(("when", text));
            if said.insert(field.to_owned(), words.to_owned()).is_some() {
                return Err(Problem::new(twice(field)).about(text));
            }
        }
        wire.quote = self.quote;
        wire.said_by = self.said_by;
        wire.via = self.via;
        wire.said = (!said.is_empty()).then_some(said);
        wire.replaces = list(self.replaces);
        wire.note = self.note;
        Ok(())
    }
}

type Told = (WireEvent, TellingWords, &'static str);

fn official(words: OfficialWords) -> Told {
    let wire = WireEvent {
        official: Some(words.id),
        name: words.name,
        aliases: list(words.alias),
        title: words.title,
        party: words.party,
        rank: words.rank,
        base: words.base,
        since: words.since,
        until: words.until,
        wikidata: words.wikidata,
        ..WireEvent::default()
    };
    (wire, words.telling, "official")
}

fn party(words: PartyWords) -> Told {
    let aliases = words.voice.into_iter().chain(words.alias).collect();
    (
        WireEvent { party: Some(words.id), name: words.name, aliases: list(aliases), ..WireEvent::default() },
        words.telling,
        "party",
    )
}

fn place(words: PlaceWords) -> Told {
    let wire = WireEvent {
        place: Some(words.id),
        name: words.name,
        country: words.country,
        lat: words.lat,
        lon: words.lon,
        zone: words.zone,
        within: words.within,
        aliases: list(words.alias),
        ..WireEvent::default()
    };
    (wire, words.telling, "place")
}

fn travel(words: TravelWords) -> Told {
    let wire = WireEvent {
        officials: names(words.officials),
        to: Some(words.to),
        from: words.from,
        depart: words.depart,
        arrive: words.arrive,
        trip: words.trip,
        purpose: words.purpose,
        ..WireEvent::default()
    };
    (wire, words.telling, "travel")
}

fn presence(words: PresenceWords) -> Told {
    let wire = WireEvent {
        officials: names(words.officials),
        place: Some(words.at),
        when: Some(words.when),
        trip: words.trip,
        purpose: words.purpose,
        ..WireEvent::default()
    };
    (wire, words.telling, "presence")
}

fn meeting(words: MeetingWords, kind: &'static str) -> Told {
    let participants = participants(&words);
    let wire = WireEvent {
        meeting: Some(words.meeting),
        title: words.title,
        level: words.level,
        participants: (!participants.is_empty()).then_some(participants),
        place: words.at,
        when: words.when,
        agenda: words.agenda,
        by: by(words.by),
        trip: words.trip,
        outcome: words.outcome,
        ..WireEvent::default()
    };
    (wire, words.telling, kind)
}

/// The lists by role, amended by the lists of attendance; a name on a list of attendance only has no role of its own.
fn participants(words: &MeetingWords) -> Vec<WireParticipant> {
    let mut seats: Vec<WireParticipant> = Vec::new();
    for (list, role) in [(&words.principals, "principal"), (&words.delegation, "delegation"), (&words.hosts, "host")] {
        for name in split(list.clone()) {
            seats.push(WireParticipant { official: Some(name), role: Some(role.to_owned()), ..WireParticipant::default() });
        }
    }
    let attendances = [(&words.expected, "expected"), (&words.uncertain, "uncertain"), (&words.declined, "declined")];
    for (list, attendance) in attendances {
        for name in split(list.clone()) {
            let attendance = Some(attendance.to_owned());
            match seats.iter_mut().find(|seat| seat.official.as_ref() == Some(&name)) {
                Some(seat) => seat.attendance = attendance,
                None => seats.push(WireParticipant { official: Some(name), attendance, ..WireParticipant::default() }),
            }
        }
    }
    seats
}

fn postpone(words: PostponeWords) -> Told {
    let wire = WireEvent {
        meeting: Some(words.meeting),
        when: words.when,
        by: by(words.by),
        reason: words.reason,
        ..WireEvent::default()
    };
    (wire, words.telling, "meeting_postponed")
}

fn statement(words: StatementWords) -> Told {
    let wire = WireEvent {
        speaker: Some(words.speaker),
        text: Some(words.text),
        on_behalf_of: words.on_behalf_of,
        about: names(words.about),
        topics: names(words.topics),
        when: words.when,
        place: words.at,
        language: words.language,
        ..WireEvent::default()
    };
    (wire, words.telling, "statement")
}

/// Parties and voices; "us=A spokesman" is a voice that speaks for a party.
fn by(typed: Vec<String>) -> Option<Vec<WireBy>> {
    let voice = |text: &String| text.split_once('=').map(|(party, voice)| (party.to_owned(), voice.to_owned()));
    let named = |text: String| match voice(&text) {
        Some((party, voice)) => vec![WireBy::Full { party, voice: Some(voice) }],
        None => split(vec![text]).into_iter().map(WireBy::Name).collect(),
    };
    let names: Vec<WireBy> = typed.into_iter().flat_map(named).collect();
    (!names.is_empty()).then_some(names)
}

fn names(typed: Vec<String>) -> Option<Vec<String>> {
    list(split(typed))
}

fn list(items: Vec<String>) -> Option<Vec<String>> {
    (!items.is_empty()).then_some(items)
}

/// Splits lists at commas without a space behind them: "rubio,lavrov" is two, "Lavrov, Sergei" one.
fn split(typed: Vec<String>) -> Vec<String> {
    let mut names = Vec::new();
    for text in typed {
        let mut name = String::new();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if letter == ',' && letters.peek().is_none_or(|next| !next.is_whitespace()) {
                names.push(std::mem::take(&mut name));
            } else {
                name.push(letter);
            }
        }
        names.push(name);
    }
    names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}
