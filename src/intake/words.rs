//! The words of the command line and of words files: one grammar for both, turned into the wire shape.

use std::collections::BTreeMap;

use clap::{Args, Subcommand};

use crate::event::wire::{WireBy, WireEvent, WireParticipant, WireSource};

/// One development, or one piece of the desk's own knowledge.
#[derive(Clone, Debug, Subcommand)]
pub enum Words {
    /// Add or amend an official
    #[command(
        after_help = "Example: official rubio \"Marco Rubio\" --party us --rank foreign_minister --title \"Secretary of State\""
    )]
    Official(OfficialWords),
    /// Add or amend a party, and the voices that speak for it (countries are known by their ISO codes)
    #[command(after_help = "Example: party us --voice \"White House\"")]
    Party(PartyWords),
    /// Add or amend a place (cities and countries of the gazetteer need not be added)
    #[command(after_help = "Example: place chequers \"Chequers\" --country GB --within london --zone Europe/London")]
    Place(PlaceWords),
    /// Name a tour, so that stops can be grouped under it with --trip
    #[command(after_help = "Example: trip rubio-middle-east \"Rubio's Middle East tour\" --officials rubio")]
    Trip(TripWords),
    /// Somebody goes somewhere
    #[command(after_help = "Example: travel lavrov ushakov --to riyadh --depart today --said-by \"Dmitry Peskov\"")]
    Travel(TravelWords),
    /// Travel or a planned presence is off (--only: for all but those who stay on it)
    #[command(visible_alias = "travel-cancelled", after_help = "Example: cancel-travel 17.2 --reason \"storm\"")]
    CancelTravel(CancelTravelWords),
    /// Somebody is, was or will be somewhere
    #[command(after_help = "Example: presence rubio --at riyadh --when today --quote \"who is already in the Saudi capital\"")]
    Presence(PresenceWords),
    /// Somebody will not be somewhere, or not at a meeting
    #[command(after_help = "Example: absence zelensky --at riyadh --when 2025-02-18")]
    Absence(AbsenceWords),
    /// A meeting is wanted or talked about
    #[command(after_help = "Example: propose trump-putin --at \"Saudi Arabia?\" --when \"very soon\" --principals trump,putin")]
    Propose(MeetingWords),
    /// Parties say that a meeting will take place (--by names them or their voices)
    #[command(
        after_help = "Example: confirm riyadh-talks --when \"this Tuesday\" --at riyadh --by \"White House\" --by Kremlin --principals rubio,lavrov"
    )]
    Confirm(MeetingWords),
    /// A meeting took place
    #[command(
        after_help = "Example: held netanyahu-rubio --title \"Netanyahu–Rubio meeting\" --when \"last Sunday\" --at jerusalem --principals rubio,netanyahu"
    )]
    Held(MeetingWords),
    /// Something about a meeting is new: its date, place, participants, title
    #[command(after_help = "Example: change riyadh-talks --at jeddah --when 2025-02-19")]
    Change(MeetingWords),
    /// A party will not meet, or (without --by) a report denies the meeting
    #[command(after_help = "Example: decline trump-putin --by Kremlin")]
    Decline(DeclineWords),
    /// A meeting's date is given up, perhaps for another
    #[command(after_help = "Example: postpone riyadh-talks --when \"next week\" --by Kremlin --reason \"illness\"")]
    Postpone(PostponeWords),
    /// A meeting is off
    #[command(after_help = "Example: cancel riyadh-talks --by \"White House\" --reason \"no agreement\"")]
    Cancel(PostponeWords),
    /// Somebody said something
    #[command(
        after_help = "Example: statement lavrov \"We leave the tensions behind\" --about riyadh-talks --topics bilateral-relations"
    )]
    Statement(StatementWords),
    /// Take back events or whole entries
    #[command(after_help = "Example: retract 17.2 --reason typo")]
    Retract(RetractWords),
}

/// What every development may carry.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "How it was told")]
pub struct TellingWords {
    /// The source's own words
    #[arg(long)]
    quote: Option<String>,
    /// Who said so: an official, or a name as given ("a spokesman")
    #[arg(long)]
    said_by: Option<String>,
    /// Through whom it came, such as AFP
    #[arg(long)]
    via: Option<String>,
    /// The source's words for a time, as FIELD=WORDS (when="in the spring"); spoken dates are kept by themselves
    #[arg(long, value_name = "FIELD=WORDS")]
    said: Vec<String>,
    /// The events whose claim this takes over, such as 17.2
    #[arg(long, value_name = "REF")]
    replaces: Vec<String>,
    /// The desk's own remark
    #[arg(long)]
    note: Option<String>,
}

/// Where an entry comes from.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Source")]
pub struct SourceWords {
    /// The newspaper, agency, ministry or record
    #[arg(long)]
    outlet: Option<String>,
    /// The headline
    #[arg(long)]
    headline: Option<String>,
    /// Who wrote it
    #[arg(long)]
    author: Option<String>,
    /// Where it can be read
    #[arg(long)]
    url: Option<String>,
    /// When it came out: a day, or a time such as 2025-02-17T09:30+01:00; now if not given
    #[arg(long, value_name = "TIME")]
    published: Option<String>,
    /// The Admiralty grade, such as B2
    #[arg(long)]
    grade: Option<String>,
    /// The source's own key of the record
    #[arg(long)]
    record: Option<String>,
    /// Until when the entry must not leave the desk
    #[arg(long, value_name = "TIME")]
    embargo: Option<String>,
    /// Who writes it down
    #[arg(long)]
    logged_by: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub struct OfficialWords {
    /// The id: lower-case words joined by hyphens
    id: String,
    /// The full name
    name: Option<String>,
    /// Another name or spelling
    #[arg(long)]
    alias: Vec<String>,
    /// The office in words
    #[arg(long)]
    title: Option<String>,
    /// The side acted for
    #[arg(long)]
    party: Option<String>,
    /// head_of_state, head_of_government, foreign_minister, minister, envoy, adviser, spokesperson, other
    #[arg(long)]
    rank: Option<String>,
    /// Where the official is at home
    #[arg(long)]
    base: Option<String>,
    /// Since when the office is held
    #[arg(long)]
    since: Option<String>,
    /// Until when
    #[arg(long)]
    until: Option<String>,
    /// The Wikidata item
    #[arg(long)]
    wikidata: Option<String>,
    #[command(flatten)]
    telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct PartyWords {
    /// The id; a country's is its ISO code
    id: String,
    /// The name
    name: Option<String>,
    /// An institution that speaks for it
    #[arg(long)]
    voice: Vec<String>,
    /// Another name
    #[arg(long)]
    alias: Vec<String>,
    #[command(flatten)]
    telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct PlaceWords {
    /// The id
    id: String,
    /// The name
    name: Option<String>,
    /// The country
    #[arg(long)]
    country: Option<String>,
    /// Latitude in degrees, north positive
    #[arg(long, allow_hyphen_values = true)]
    lat: Option<f64>,
    /// Longitude in degrees, east positive
    #[arg(long, allow_hyphen_values = true)]
    lon: Option<f64>,
    /// Its time zone, such as Europe/London
    #[arg(long)]
    zone: Option<String>,
    /// The place that it lies in
    #[arg(long)]
    within: Option<String>,
    /// Another name
    #[arg(long)]
    alias: Vec<String>,
    #[command(flatten)]
    telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct TripWords {
    /// The id
    id: String,
    /// What it is called
    title: Option<String>,
    /// Who is on it
    #[arg(long)]
    officials: Vec<String>,
    #[command(flatten)]
    telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct TravelWords {
    /// Who
    #[arg(required = true)]
    officials: Vec<String>,
    /// Where to
    #[arg(long)]
    to: String,
    /// From where
    #[arg(long)]
    from: Option<String>,
    /// When they leave
    #[arg(long)]
    depart: Option<String>,
    /// When they arrive
    #[arg(long)]
    arrive: Option<String>,
    /// The tour that it is part of
    #[arg(long)]
    trip: Option<String>,
    /// What for
    #[arg(long)]
    purpose: Option<String>,
    #[command(flatten)]
    telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct CancelTravelWords {
    /// Travel or planned presence, such as 17.2
    #[arg(required = true)]
    of: Vec<String>,
    /// Only these stay on it
    #[arg(long = "stay", value_name = "OFFICIAL")]
    stay: Vec<String>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
    #[command(flatten)]
    telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct PresenceWords {
    /// Who
    #[arg(required = true)]
    officials: Vec<String>,
    /// Where
    #[arg(long)]
    at: String,
    /// When
    #[arg(long)]
    when: String,
    /// The tour that it is part of
    #[arg(long)]
    trip: Option<String>,
    /// What for
    #[arg(long)]
    purpose: Option<String>,
    #[command(flatten)]
    telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct AbsenceWords {
    /// Who
    #[arg(required = true)]
    officials: Vec<String>,
    /// From where
    #[arg(long)]
    at: Option<String>,
    /// From which meeting
    #[arg(long)]
    meeting: Option<String>,
    /// On which days; all if not given
    #[arg(long)]
    when: Option<String>,
    #[command(flatten)]
    telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct MeetingWords {
    /// The meeting: lower-case words joined by hyphens; the same through all its dates
    meeting: String,
    /// What it is called
    #[arg(long)]
    title: Option<String>,
    /// summit, ministerial, talks or call; from the ranks of the principals if not given
    #[arg(long)]
    level: Option<String>,
    /// When
    #[arg(long)]
    when: Option<String>,
    /// Where; with a question mark ("Saudi Arabia?") only probably
    #[arg(long)]
    at: Option<String>,
    /// The party that says so, or the voice that speaks for it
    #[arg(long)]
    by: Vec<String>,
    /// Leading persons, or parties when nobody is named
    #[arg(long, value_name = "NAMES")]
    principals: Vec<String>,
    /// Those in their company
    #[arg(long, value_name = "NAMES")]
    delegation: Vec<String>,
    /// Those who receive the others
    #[arg(long, value_name = "NAMES")]
    hosts: Vec<String>,
    /// Those of whom it is not known whether they come
    #[arg(long, value_name = "NAMES")]
    uncertain: Vec<String>,
    /// Those who will not come
    #[arg(long, value_name = "NAMES")]
    declined: Vec<String>,
    /// What is to be talked about
    #[arg(long)]
    agenda: Option<String>,
    /// The tour that it is part of
    #[arg(long)]
    trip: Option<String>,
    /// What came of it (held only)
    #[arg(long)]
    outcome: Option<String>,
    #[command(flatten)]
    telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct DeclineWords {
    /// The meeting
    meeting: String,
    /// The party that refuses; without one, a report denies the meeting
    #[arg(long)]
    by: Vec<String>,
    #[command(flatten)]
    telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct PostponeWords {
    /// The meeting
    meeting: String,
    /// The new date, if there is one (a postponement only)
    #[arg(long)]
    when: Option<String>,
    /// Who says so
    #[arg(long)]
    by: Vec<String>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
    #[command(flatten)]
    telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct StatementWords {
    /// Who spoke: an official, or a name as given
    speaker: String,
    /// What was said
    text: String,
    /// The party spoken for
    #[arg(long)]
    on_behalf_of: Option<String>,
    /// Meetings, officials, parties or places that it is about
    #[arg(long)]
    about: Vec<String>,
    /// Key words
    #[arg(long)]
    topics: Vec<String>,
    /// When it was said
    #[arg(long)]
    when: Option<String>,
    /// Where
    #[arg(long)]
    at: Option<String>,
    /// In which language, such as en
    #[arg(long)]
    language: Option<String>,
    #[command(flatten)]
    telling: TellingWords,
}

/// What is taken back, and why.
#[derive(Clone, Debug, Args)]
pub struct RetractWords {
    /// Events (17.2), whole entries (17), or the last entry (last)
    #[arg(required = true)]
    of: Vec<String>,
    /// wrong, source_withdrawn (the source's error), typo, identity, duplicate (the desk's)
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    telling: TellingWords,
}

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
    #[must_use]
    pub fn event(self) -> WireEvent {
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
            Self::Postpone(words) => postpone(words, "meeting_postponed"),
            Self::Cancel(words) => postpone(words, "meeting_cancelled"),
            Self::Statement(words) => statement(words),
            Self::Retract(words) => {
                let wire = WireEvent { of: Some(words.of), reason: Some(words.reason), ..WireEvent::default() };
                (wire, words.telling, "retraction")
            }
        };
        kind.clone_into(&mut wire.kind);
        telling.tell(&mut wire);
        wire
    }
}

impl TellingWords {
    fn tell(self, wire: &mut WireEvent) {
        let said: BTreeMap<String, String> = self
            .said
            .iter()
            .map(|said| said.split_once('=').map_or(("when", said.as_str()), |(field, words)| (field, words)))
            .map(|(field, words)| (field.to_owned(), words.to_owned()))
            .collect();
        wire.quote = self.quote;
        wire.said_by = self.said_by;
        wire.via = self.via;
        wire.said = (!said.is_empty()).then_some(said);
        wire.replaces = list(self.replaces);
        wire.note = self.note;
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
    for (list, attendance) in [(&words.uncertain, "uncertain"), (&words.declined, "declined")] {
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

fn postpone(words: PostponeWords, kind: &'static str) -> Told {
    let wire = WireEvent {
        meeting: Some(words.meeting),
        when: words.when,
        by: by(words.by),
        reason: words.reason,
        ..WireEvent::default()
    };
    (wire, words.telling, kind)
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

fn by(names: Vec<String>) -> Option<Vec<WireBy>> {
    let names: Vec<WireBy> = split(names).into_iter().map(WireBy::Name).collect();
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
