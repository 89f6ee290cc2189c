//! The door: a draft becomes an entry, or a refusal that names everything that is wrong with it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::add::Additions;
use super::{Draft, Known, Problem, Refusal, draft, meeting};
use crate::event::wire::{WireEvent, WireSource};
use crate::event::{
    EntryId, Event, EventError, EventRef, Kind, LimitError, MeetingId, NewEntry, OfficialId, PlaceId, Position, Reference,
    Source, What, Why,
};
use crate::time::{Direction, Published, Spoken, TimeError, When, bound, read_words};

/// The door to a log: what it knows, and the moment of writing.
pub struct Door<'a> {
    /// What the log knows.
    pub known: &'a mut Known,
    /// The moment of writing: "today" where a source bears no date.
    pub now: DateTime<Utc>,
    /// Whether officials that nobody knows are added by the name given (imports only).
    pub create: bool,
    /// The entry of a line of the file that is being imported.
    pub lines: &'a dyn Fn(u64) -> Option<EntryId>,
}

/// An entry that may be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Admitted {
    /// The entry.
    pub entry: NewEntry,
    /// What was understood, to be shown.
    pub echoes: Vec<Echo>,
}

/// Something that the door understood or did by itself, and that the person who typed should see.
#[derive(Clone, Debug, PartialEq)]
pub enum Echo {
    /// A spoken date.
    Date {
        /// The words.
        words: String,
        /// What they came to.
        when: When,
    },
    /// Words that name no date.
    NoDate {
        /// The words.
        words: String,
    },
    /// A place or party that the program added.
    Added(Box<Event>),
    /// A meeting that is reported for the first time; and an older one that was perhaps meant.
    NewMeeting {
        /// The new one.
        id: MeetingId,
        /// The older one.
        close_to: Option<String>,
    },
    /// A name of a speaker that is no official.
    Speaker(String),
    /// The source bears no date of publication: it counts as public now.
    PublishedNow,
    /// The day of publication is still to come.
    PublishedAhead(NaiveDate),
    /// A meeting is reported as held on a day after the report.
    HeldAhead(MeetingId, When),
    /// A meeting that was held is moved or called off: it stays held.
    AfterHeld(MeetingId),
    /// An official who is known already is amended.
    Amends {
        /// The official.
        id: OfficialId,
        /// The name until now.
        name: String,
    },
    /// A name that was understood though it is spelt otherwise.
    Taken {
        /// As it was typed.
        typed: String,
        /// Whom or what it means.
        name: String,
    },
    /// What a whole retracted entry said about who or what somebody is stays, since others name it.
    Kept(Vec<Position>),
}

impl Door<'_> {
    /// Admits an entry under an id, with the salt to be stored.
    ///
    /// # Errors
    /// [`Refusal`] with every problem found; what the door knows is then as it was before.
    pub fn admit(&mut self, draft: &Draft, id: EntryId, salt: u64) -> Result<Admitted, Refusal> {
        let mut visit = Visit::new(self, draft);
        let result = visit.entry(draft, id, salt);
        let added = visit.additions;
        if result.is_err() {
            added.undo(&mut self.known.registry);
        }
        result
    }
}

/// One entry on its way through the door.
pub(super) struct Visit<'v> {
    pub known: &'v mut Known,
    pub create: bool,
    pub lines: &'v dyn Fn(u64) -> Option<EntryId>,
    pub additions: Additions,
    pub echoes: Vec<Echo>,
    pub published: NaiveDate,
    now: DateTime<Utc>,
    problems: Vec<Problem>,
    /// Meetings that this entry introduces, so that its other events may name them.
    pub introduced: Vec<String>,
}

impl<'v> Visit<'v> {
    fn new<'d: 'v>(door: &'v mut Door<'d>, draft: &Draft) -> Self {
        let introduces = |wire: &&WireEvent| wire.kind.parse().is_ok_and(Kind::introduces_meeting);
        Self {
            published: door.known.zone.day_at(door.now),
            known: door.known,
            create: door.create,
            lines: door.lines,
            additions: Additions::default(),
            echoes: Vec::new(),
            now: door.now,
            problems: Vec::new(),
            introduced: draft.entry.events.iter().filter(introduces).filter_map(|wire| wire.meeting.clone()).collect(),
        }
    }

    fn entry(&mut self, draft: &Draft, id: EntryId, salt: u64) -> Result<Admitted, Refusal> {
        let source = self.source(draft.entry.source.as_ref());
        let embargo = self.embargo(draft.entry.embargo.as_deref());
        self.problems =
            std::mem::take(&mut self.problems).into_iter().map(|problem| problem.at(draft.source_spot.clone())).collect();
        let mut events = draft.entry.events.clone();
        if draft.entry.x.as_ref().is_some_and(|x| !x.is_object() && !x.is_null()) {
            self.problems.push(shape(&EventError::Extra));
        }
        if events.len() > crate::event::ENTRY_EVENTS {
            return Err(super::sense::limit(&LimitError::TooManyEvents(events.len())).into());
        }
        if events.is_empty() {
            let problem = super::sense::limit(&LimitError::NoEvents);
            self.problems.push(problem.hint("an entry says at least one thing; `daybook log --help` lists what"));
        }
        let mut told: BTreeSet<usize> = BTreeSet::new();
        for at in draft::order(&events) {
            let spot = draft.spot(at);
            if let Some(wire) = events.get_mut(at) {
                draft::blank(wire);
                let problems = self.event(wire);
                told.extend((!problems.is_empty()).then_some(at));
                self.problems.extend(problems.into_iter().map(|problem| problem.at(spot.clone())));
            }
        }
        let mut resolved = Vec::new();
        for (at, wire) in events.iter().enumerate() {
            match Event::try_from(wire) {
                Ok(event) => {
                    let problem = super::sense::check(&event, self.known);
                    self.problems.extend(problem.map(|problem| problem.at(draft.spot(at))));
                    self.echoes.extend(super::sense::held_ahead(&event, self.published, self.known));
                    self.echoes.extend(super::sense::after_held(&event, self.known));
                    resolved.push(event);
                }
                // A field that could not be resolved is reported once, where it was typed.
                Err(_) if told.contains(&at) => {}
                Err(error) => self.problems.push(shape(&error).at(draft.spot(at))),
            }
        }
        if !self.problems.is_empty() {
            return Err(Refusal { problems: std::mem::take(&mut self.problems) });
        }
        // What is held back becomes public when its embargo ends, whenever it was published.
        let is_open = embargo.is_none_or(|until| until <= self.now);
        if source.published.is_none() && is_open && resolved.iter().any(|event| !event.what.kind().is_registry()) {
            self.echoes.push(Echo::PublishedNow);
        }
        for wire in &self.additions.events {
            if let Ok(event) = Event::try_from(wire) {
                self.echoes.push(Echo::Added(Box::new(event.clone())));
                resolved.push(event);
            }
        }
        let logged_by = draft.entry.logged_by.clone().filter(|name| !name.is_empty());
        let x = draft.entry.x.clone().filter(|x| !x.is_null());
        let entry = NewEntry { id, logged_by, source, embargo, events: resolved, x, salt };
        super::sense::check_size(&entry, self.now)?;
        Ok(Admitted { entry, echoes: std::mem::take(&mut self.echoes) })
    }

    /// The source; its date is what spoken dates are counted from.
    fn source(&mut self, wire: Option<&WireSource>) -> Source {
        let Some(wire) = wire else { return Source::default() };
        let kept = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let mut source = Source {
            outlet: kept(&wire.outlet),
            title: kept(&wire.title),
            author: kept(&wire.author),
            url: kept(&wire.url),
            record: kept(&wire.record),
            archive: wire.archive.clone(),
            published: None,
            grade: None,
        };
        if let Some(text) = kept(&wire.published) {
            match self.published(&text) {
                Ok(published) => {
                    self.published = published.day_in(self.known.zone);
                    if self.published > super::sense::latest_day(self.known.zone.day_at(self.now)) {
                        self.echoes.push(Echo::PublishedAhead(self.published));
                    }
                    source.published = Some(published);
                }
                Err(problem) => self.problems.push(problem),
            }
        }
        if let Some(text) = kept(&wire.grade) {
            match text.parse() {
                Ok(grade) => source.grade = Some(grade),
                Err(error) => self.problems.push(shape(&error).about(text)),
            }
        }
        source
    }

    fn published(&mut self, text: &str) -> Result<Published, Problem> {
        let zone = self.known.zone;
        let written = match Published::read_typed(text, zone) {
            Ok(published) => return Ok(published),
            Err(error) => error,
        };
        let wrong = || Problem::new(format!("\"{text}\" is no date of publication: it is a day or a time")).about(text);
        // Publication lies behind us: "Monday" is the last one.
        let spoken = read_words(text, zone.day_at(self.now), Direction::Back, Some(zone));
        let Spoken::When(when) = spoken.map_err(|error| {
            // Only what happens must do so at a whole second.
            let error = if matches!(error, TimeError::TooExact(_)) { &written } else { &error };
            super::dates::refuse(text, error)
        })?
        else {
            return Err(wrong());
        };
        let span = when.span(zone);
        let published = match (when.exact_start(), span.from) {
            (Some(moment), _) => Published::read_typed(&moment.to_string(), zone).map_err(|_| wrong())?,
            (None, Some(day)) if span.to == Some(day) => Published::Day(day),
            _ => return Err(wrong()),
        };
        self.echoes.push(Echo::Date { words: text.to_owned(), when });
        Ok(published)
    }

    fn embargo(&mut self, text: Option<&str>) -> Option<DateTime<Utc>> {
        let text = text.filter(|text| !text.is_empty())?;
        match bound(text, self.known.zone) {
            Ok(at) => Some(at),
            Err(error) => {
                self.problems.push(Problem::new(error.to_string()).about(text));
                None
            }
        }
    }

    /// Resolves the names, dates and references of one event in place.
    fn event(&mut self, wire: &mut WireEvent) -> Vec<Problem> {
        let kind = match wire.kind.parse::<Kind>() {
            Ok(kind) => kind,
            Err(_) => return vec![draft::unknown_kind(&wire.kind)],
        };
        let mut problems = Vec::new();
        self.names(kind, wire, &mut problems);
        self.references(kind, wire, &mut problems);
        self.dates(kind, wire, &mut problems);
        if problems.is_empty() && kind.introduces_meeting() {
            self.introduce(wire);
        }
        if problems.is_empty()
            && kind.is_registry()
            && let Ok(event) = Event::try_from(&*wire)
        {
            if let What::Official(official) = &event.what
                && let Some(record) = self.known.registry.officials.get(&official.official)
            {
                self.echoes.push(Echo::Amends { id: official.official.clone(), name: record.name.clone() });
            }
            self.additions.learn(&mut self.known.registry, &event.what);
        }
        problems
    }

    /// A first report is completed with level and title.
    fn introduce(&mut self, wire: &mut WireEvent) {
        let Some(id) = wire.meeting.as_ref().and_then(|id| id.parse::<MeetingId>().ok()) else { return };
        if self.known.meetings.get(&id).is_some_and(|meeting| meeting.introduced) {
            return;
        }
        // Only the first of several reports in one entry introduces it.
        if self.echoes.iter().any(|echo| matches!(echo, Echo::NewMeeting { id: known, .. } if *known == id)) {
            return;
        }
        meeting::complete(self.known, wire);
        // An import tells of its entries by number, and of thousands of new meetings.
        let close_to = if self.known.is_import() { None } else { meeting::close_to(self.known, &id) };
        self.echoes.push(Echo::NewMeeting { id, close_to });
    }

    fn references(&mut self, kind: Kind, wire: &mut WireEvent, problems: &mut Vec<Problem>) {
        // An absence names a meeting, and is none of its events.
        let meeting = wire.meeting.as_deref().filter(|_| kind.is_of_meeting());
        let defines = match kind {
            Kind::Official => wire.official.as_deref(),
            Kind::Party => wire.party.as_deref(),
            Kind::Place => wire.place.as_deref(),
            Kind::Trip => wire.trip.as_deref(),
            Kind::Travel | Kind::TravelCancelled | Kind::Presence | Kind::Absence | Kind::Statement | Kind::Retraction => None,
            Kind::MeetingProposed | Kind::MeetingConfirmed | Kind::MeetingHeld | Kind::MeetingChanged => None,
            Kind::MeetingDeclined | Kind::MeetingPostponed | Kind::MeetingCancelled => None,
        };
        if let Some(texts) = &wire.replaces {
            let found = self.found(texts, problems);
            let mut events: Vec<EventRef> = Vec::new();
            for reference in found {
                match reference {
                    Reference::Event(event) => match self.known.check_replaces(event, kind, meeting, defines) {
                        Ok(()) => events.push(event),
                        Err(problem) => problems.push(problem),
                    },
                    Reference::Entry(_) => {
                        let shown = self.known.show(reference);
                        let says = format!("{shown} is a whole entry: `replaces` names events");
                        problems.push(Problem::new(says).about(shown.clone()).hint(format!("name the event, such as {shown}.1")));
                    }
                }
            }
            wire.replaces = Some(events.iter().map(ToString::to_string).collect());
        }
        let Some(texts) = &wire.of else { return };
        let found = self.found(texts, problems);
        let mut of: Vec<Reference> = Vec::new();
        for reference in &found {
            let checked = if kind == Kind::TravelCancelled {
                self.known.check_cancels(*reference).map(|()| vec![*reference])
            } else {
                self.known.retracted(*reference, &found)
            };
            match checked {
                Ok(real) => {
                    self.keep(*reference, &real);
                    of.extend(real);
                }
                Err(problem) => problems.push(problem),
            }
        }
        wire.of = Some(of.iter().map(ToString::to_string).collect());
    }

    /// What typed references point to.
    fn found(&self, texts: &[String], problems: &mut Vec<Problem>) -> Vec<Reference> {
        let found = texts.iter().map(|text| self.known.reference(text, self.lines));
        found.filter_map(|found| found.map_err(|problem| problems.push(problem)).ok()).collect()
    }

    /// Says which events of a whole retracted entry stay.
    fn keep(&mut self, asked: Reference, real: &[Reference]) {
        let Reference::Entry(entry) = asked else { return };
        if real == [asked] {
            return;
        }
        let Some(known) = self.known.entries.get(&entry) else { return };
        let taken = |number: u32| real.contains(&Reference::Event(EventRef { entry, number }));
        let kept = (1..).zip(&known.events).filter(|(number, _)| !taken(*number));
        self.echoes.push(Echo::Kept(kept.map(|(number, _)| Position { seq: known.seq, number }).collect()));
    }

    /// The place of a meeting: as this event says, else as the log knows it.
    pub fn meeting_place(&self, wire: &WireEvent) -> Option<PlaceId> {
        let said = wire.place.as_ref().and_then(|place| place.parse().ok());
        said.or_else(|| {
            let id: MeetingId = wire.meeting.as_ref()?.parse().ok()?;
            self.known.meetings.get(&id)?.place.clone()
        })
    }
}

/// A rule of the vocabulary as a problem.
fn shape(error: &EventError) -> Problem {
    let problem = Problem::new(error.to_string());
    let is_of_why = matches!(error, EventError::Missing { kind: Kind::Retraction, field: "reason" })
        || matches!(error, EventError::Word { what, .. } if *what == Why::WHAT);
    if let EventError::Name { text, .. } = error {
        return problem.about(text);
    }
    if is_of_why { why(problem) } else { problem }
}

/// With every reason of a retraction, and what it means.
fn why(problem: Problem) -> Problem {
    Why::ALL.iter().fold(problem, |problem, why| problem.hint(format!("--reason {why}: {}", why.means())))
}
