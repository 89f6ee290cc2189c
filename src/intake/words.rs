//! The words of the command line and of words files: one grammar for both. `worded` turns them into the wire shape.

use clap::{Args, Subcommand};

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
    /// Travel or a planned presence is off (--stay names those who still go)
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
    Cancel(CancelWords),
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
    pub(super) quote: Option<String>,
    /// Who said so: an official, or a name as given ("a spokesman")
    #[arg(long)]
    pub(super) said_by: Option<String>,
    /// Through whom it came, such as AFP
    #[arg(long)]
    pub(super) via: Option<String>,
    /// The source's words for a time, as FIELD=WORDS (when="in the spring"); spoken dates are kept by themselves
    #[arg(long, value_name = "FIELD=WORDS")]
    pub(super) said: Vec<String>,
    /// The events whose claim this takes over, such as 17.2
    #[arg(long, value_name = "REF")]
    pub(super) replaces: Vec<String>,
    /// The desk's own remark
    #[arg(long)]
    pub(super) note: Option<String>,
}

/// Where an entry comes from.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Source")]
pub struct SourceWords {
    /// The newspaper, agency, ministry or record
    #[arg(long)]
    pub(super) outlet: Option<String>,
    /// The headline
    #[arg(long)]
    pub(super) headline: Option<String>,
    /// Who wrote it
    #[arg(long)]
    pub(super) author: Option<String>,
    /// Where it can be read
    #[arg(long)]
    pub(super) url: Option<String>,
    /// When it came out: a day, or a time such as 2025-02-17T09:30+01:00; now if not given
    #[arg(long, value_name = "TIME")]
    pub(super) published: Option<String>,
    /// The Admiralty grade, such as B2
    #[arg(long)]
    pub(super) grade: Option<String>,
    /// The source's own key of the record
    #[arg(long)]
    pub(super) record: Option<String>,
    /// Until when the entry must not leave the desk
    #[arg(long, value_name = "TIME")]
    pub(super) embargo: Option<String>,
    /// Who writes it down
    #[arg(long)]
    pub(super) logged_by: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub struct OfficialWords {
    /// The id: lower-case words joined by hyphens
    pub(super) id: String,
    /// The full name
    pub(super) name: Option<String>,
    /// Another name or spelling
    #[arg(long)]
    pub(super) alias: Vec<String>,
    /// The office in words
    #[arg(long)]
    pub(super) title: Option<String>,
    /// The side acted for
    #[arg(long)]
    pub(super) party: Option<String>,
    /// head_of_state, head_of_government, foreign_minister, minister, envoy, adviser, spokesperson, other
    #[arg(long)]
    pub(super) rank: Option<String>,
    /// Where the official is at home
    #[arg(long)]
    pub(super) base: Option<String>,
    /// Since when the office is held
    #[arg(long)]
    pub(super) since: Option<String>,
    /// Until when
    #[arg(long)]
    pub(super) until: Option<String>,
    /// The Wikidata item
    #[arg(long)]
    pub(super) wikidata: Option<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct PartyWords {
    /// The id; a country's is its ISO code
    pub(super) id: String,
    /// The name
    pub(super) name: Option<String>,
    /// An institution that speaks for it
    #[arg(long)]
    pub(super) voice: Vec<String>,
    /// Another name
    #[arg(long)]
    pub(super) alias: Vec<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct PlaceWords {
    /// The id
    pub(super) id: String,
    /// The name
    pub(super) name: Option<String>,
    /// The country
    #[arg(long)]
    pub(super) country: Option<String>,
    /// Latitude in degrees, north positive
    #[arg(long, allow_hyphen_values = true)]
    pub(super) lat: Option<f64>,
    /// Longitude in degrees, east positive
    #[arg(long, allow_hyphen_values = true)]
    pub(super) lon: Option<f64>,
    /// Its time zone, such as Europe/London
    #[arg(long)]
    pub(super) zone: Option<String>,
    /// The place that it lies in
    #[arg(long)]
    pub(super) within: Option<String>,
    /// Another name
    #[arg(long)]
    pub(super) alias: Vec<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct TripWords {
    /// The id
    pub(super) id: String,
    /// What it is called
    pub(super) title: Option<String>,
    /// Who is on it
    #[arg(long)]
    pub(super) officials: Vec<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct TravelWords {
    /// Who
    #[arg(required = true)]
    pub(super) officials: Vec<String>,
    /// Where to
    #[arg(long)]
    pub(super) to: String,
    /// From where
    #[arg(long)]
    pub(super) from: Option<String>,
    /// When they leave
    #[arg(long)]
    pub(super) depart: Option<String>,
    /// When they arrive
    #[arg(long)]
    pub(super) arrive: Option<String>,
    /// The tour that it is part of
    #[arg(long)]
    pub(super) trip: Option<String>,
    /// What for
    #[arg(long)]
    pub(super) purpose: Option<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct CancelTravelWords {
    /// Travel or planned presence, such as 17.2
    #[arg(required = true)]
    pub(super) of: Vec<String>,
    /// Only these stay on it
    #[arg(long = "stay", value_name = "OFFICIAL")]
    pub(super) stay: Vec<String>,
    /// Why
    #[arg(long)]
    pub(super) reason: Option<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct PresenceWords {
    /// Who
    #[arg(required = true)]
    pub(super) officials: Vec<String>,
    /// Where
    #[arg(long)]
    pub(super) at: String,
    /// When
    #[arg(long)]
    pub(super) when: String,
    /// The tour that it is part of
    #[arg(long)]
    pub(super) trip: Option<String>,
    /// What for
    #[arg(long)]
    pub(super) purpose: Option<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct AbsenceWords {
    /// Who
    #[arg(required = true)]
    pub(super) officials: Vec<String>,
    /// From where
    #[arg(long)]
    pub(super) at: Option<String>,
    /// From which meeting
    #[arg(long)]
    pub(super) meeting: Option<String>,
    /// On which days; all if not given
    #[arg(long)]
    pub(super) when: Option<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct MeetingWords {
    /// The meeting: lower-case words joined by hyphens; the same through all its dates
    pub(super) meeting: String,
    /// What it is called
    #[arg(long)]
    pub(super) title: Option<String>,
    /// summit, ministerial, talks or call; from the ranks of the principals if not given
    #[arg(long)]
    pub(super) level: Option<String>,
    /// When
    #[arg(long)]
    pub(super) when: Option<String>,
    /// Where; with a question mark ("Saudi Arabia?") only probably
    #[arg(long)]
    pub(super) at: Option<String>,
    /// The party that says so, or the voice that speaks for it; a voice that nobody knows as PARTY=VOICE
    #[arg(long)]
    pub(super) by: Vec<String>,
    /// Leading persons, or parties when nobody is named
    #[arg(long, value_name = "NAMES")]
    pub(super) principals: Vec<String>,
    /// Those in their company
    #[arg(long, value_name = "NAMES")]
    pub(super) delegation: Vec<String>,
    /// Those who receive the others
    #[arg(long, value_name = "NAMES")]
    pub(super) hosts: Vec<String>,
    /// Those who come, as what they were to
    #[arg(long, value_name = "NAMES")]
    pub(super) expected: Vec<String>,
    /// Those of whom it is not known whether they come
    #[arg(long, value_name = "NAMES")]
    pub(super) uncertain: Vec<String>,
    /// Those who will not come
    #[arg(long, value_name = "NAMES")]
    pub(super) declined: Vec<String>,
    /// What is to be talked about
    #[arg(long)]
    pub(super) agenda: Option<String>,
    /// The tour that it is part of
    #[arg(long)]
    pub(super) trip: Option<String>,
    /// What came of it (held only)
    #[arg(long)]
    pub(super) outcome: Option<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct DeclineWords {
    /// The meeting
    pub(super) meeting: String,
    /// The party that refuses; without one, a report denies the meeting
    #[arg(long)]
    pub(super) by: Vec<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct PostponeWords {
    /// The meeting
    pub(super) meeting: String,
    /// The new date, if there is one
    #[arg(long)]
    pub(super) when: Option<String>,
    /// Who says so
    #[arg(long)]
    pub(super) by: Vec<String>,
    /// Why
    #[arg(long)]
    pub(super) reason: Option<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct CancelWords {
    /// The meeting
    pub(super) meeting: String,
    /// Who says so
    #[arg(long)]
    pub(super) by: Vec<String>,
    /// Why
    #[arg(long)]
    pub(super) reason: Option<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

#[derive(Clone, Debug, Args)]
pub struct StatementWords {
    /// Who spoke: an official, or a name as given
    pub(super) speaker: String,
    /// What was said
    pub(super) text: String,
    /// The party spoken for
    #[arg(long)]
    pub(super) on_behalf_of: Option<String>,
    /// Meetings, officials, parties or places that it is about
    #[arg(long)]
    pub(super) about: Vec<String>,
    /// Key words
    #[arg(long)]
    pub(super) topics: Vec<String>,
    /// When it was said
    #[arg(long)]
    pub(super) when: Option<String>,
    /// Where
    #[arg(long)]
    pub(super) at: Option<String>,
    /// In which language, such as en
    #[arg(long)]
    pub(super) language: Option<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}

/// What is taken back, and why.
#[derive(Clone, Debug, Args)]
pub struct RetractWords {
    /// Events (17.2), whole entries (17), the last entry (last) or an event of it (last.2)
    #[arg(required = true)]
    pub(super) of: Vec<String>,
    /// Why, which must be said: wrong, source_withdrawn (the source's error), typo, identity, duplicate (the desk's)
    #[arg(long)]
    pub(super) reason: Option<String>,
    #[command(flatten)]
    pub(super) telling: TellingWords,
}
