//! Meetings: from the first proposal over dates, confirmations and delegations to the day on which each is held, or called off.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::atlas::told;
use super::dice::Dice;
use super::scene::{Draft, Scene, Timing, push_number};
use super::words::{KEYS, OUTCOMES, REASONS, TOPICS};
use crate::event::{
    Absence, Attendance, Event, EventError, Level, Meeting as Report, MeetingCancelled, MeetingDeclined, MeetingId,
    MeetingPostponed, OfficialId, Participant, Rank, Role, Statement, What, Who,
};
use crate::time::{Qualifier, Shape, When, shifted};

/// How many meetings are pending at once, at most.
const PENDING: usize = 54;

/// How many people are at a meeting, at most.
const SEATS: usize = 12;

/// The meetings that are pending.
#[derive(Default)]
pub(super) struct Meetings {
    pending: BTreeMap<u32, Meeting>,
    /// What is to come of them: the hour from which on it is due, the meeting, and the number of the act.
    due: BTreeSet<(u32, u32, u8)>,
    count: u32,
}

struct Meeting {
    id: MeetingId,
    title: String,
    level: Level,
    topic: usize,
    /// The countries that meet, the host first.
    sides: Vec<usize>,
    /// Who takes part: first a principal of each side, in the order of the sides.
    officials: Vec<usize>,
    place: usize,
    /// The date that is known, or meant where it is not known yet.
    day: NaiveDate,
    when: Option<When>,
    is_postponed: bool,
    acts: Vec<Act>,
}

/// What can come of a meeting.
#[derive(Clone, Copy)]
enum Act {
    Date(NaiveDate),
    Confirm(usize),
    Delegate(usize),
    Decline(usize),
    Postpone(Option<NaiveDate>),
    Cancel,
    Hold,
}

impl Meetings {
    /// The next report of a meeting: one that is due, a new meeting, or what another outlet says of one.
    ///
    /// # Errors
    /// When names make no id, which a test rules out.
    pub fn report(&mut self, scene: &mut Scene) -> Result<Draft, EventError> {
        if let Some((_, number, act)) = self.due.first().copied().filter(|(hour, ..)| *hour <= scene.hour) {
            self.due.pop_first();
            if let Some(draft) = self.act(number, act, scene) {
                return Ok(draft);
            }
        }
        if self.pending.len() < PENDING
            && let Some(draft) = self.propose(scene)?
        {
            return Ok(draft);
        }
        Ok(self.more(scene))
    }

    /// Any of those that are pending.
    pub fn some(&self, dice: &mut Dice) -> Option<&MeetingId> {
        self.pending.values().nth(dice.index(self.pending.len())).map(|meeting| &meeting.id)
    }

    /// Somebody of a delegation will not be there after all, and leaves it.
    pub fn absence(&mut self, scene: &mut Scene) -> Option<Vec<Event>> {
        let at = scene.dice.index(self.pending.len());
        let meeting = self.pending.values_mut().nth(at)?;
        let number = (meeting.officials.len() > meeting.sides.len()).then(|| meeting.officials.pop()).flatten()?;
        scene.engage(&[number], false);
        let official = scene.official(number);
        let when = meeting.when.filter(|when| matches!(when.shape, Shape::Day(_)));
        let absence = Absence { officials: vec![official.clone()], from: Who::Meeting(meeting.id.clone()), when };
        let event = scene.tell(What::Absence(absence), &["Not everybody who was expected will come"]);
        let participants = vec![participant(official, None, Some(Attendance::Declined))];
        Some(vec![event, told(What::MeetingChanged(Report { participants, ..meeting.blank() }))])
    }

    fn propose(&mut self, scene: &mut Scene) -> Result<Option<Draft>, EventError> {
        let Some((level, officials, sides)) = table(scene) else { return Ok(None) };
        scene.engage(&officials, true);
        self.count += 1;
        let topic = scene.dice.index(TOPICS.len());
        let elsewhere = scene.dice.chance(25);
        let host = sides.first().copied().unwrap_or_default();
        let place = if elsewhere { scene.city_abroad(host) } else { scene.atlas.countries[host].capital() };
        let ahead = scene.dice.between(4, 11);
        let day = scene.day(ahead.into());
        let (when, acts) = script(scene, sides.len(), day);
        let (id, title) = (self.id(scene, &sides)?, title(scene, &sides, topic));
        let is_postponed = false;
        let meeting = Meeting { id, title, level, topic, sides, officials, place, day, when, is_postponed, acts: Vec::new() };
        let event = meeting.proposal(scene);
        let subject = scene.atlas.places[meeting.place].name;
        let number = self.count;
        self.due.extend((0..).zip(&acts).map(|(at, (hour, _))| (*hour, number, at)));
        let acts = acts.into_iter().map(|(_, act)| act).collect();
        self.pending.insert(number, Meeting { acts, ..meeting });
        Ok(Some(Draft { timing: Timing::Soon, ..Draft::of(vec![event], subject) }))
    }

    /// The name of the newest: the capitals of the first two who meet, and a number.
    fn id(&self, scene: &Scene, sides: &[usize]) -> Result<MeetingId, EventError> {
        let mut id = String::with_capacity(48);
        for side in sides.iter().take(2) {
            id.push_str(scene.atlas.places[scene.atlas.countries[*side].capital()].id.as_str());
            id.push('-');
        }
        push_number(&mut id, self.count);
        Ok(id.parse()?)
    }

    fn act(&mut self, number: u32, act: u8, scene: &mut Scene) -> Option<Draft> {
        let meeting = self.pending.get_mut(&number)?;
        let act = meeting.acts.get(usize::from(act)).copied()?;
        let subject = scene.atlas.places[meeting.place].name;
        let (events, timing) = match act {
            Act::Date(day) => (vec![meeting.date(day, scene)], Timing::Soon),
            Act::Confirm(side) => (meeting.confirmation(side, scene), Timing::Soon),
            Act::Delegate(side) => (vec![meeting.delegation(side, scene)], Timing::Soon),
            Act::Decline(side) => (vec![meeting.refusal(side, scene)], Timing::Soon),
            Act::Postpone(day) => (vec![meeting.postponement(day, scene)], Timing::Last),
            Act::Cancel => (vec![meeting.cancellation(scene)], Timing::Last),
            Act::Hold => (meeting.outcome(scene), Timing::Last),
        };
        if matches!(act, Act::Cancel | Act::Hold) {
            scene.engage(&meeting.officials, false);
            self.pending.remove(&number);
        }
        Some(Draft { timing, ..Draft::of(events, subject) })
    }

    /// What another outlet says of any that is pending.
    fn more(&mut self, scene: &mut Scene) -> Draft {
        let at = scene.dice.index(self.pending.len());
        let Some(meeting) = self.pending.values_mut().nth(at) else { return Draft::of(Vec::new(), "") };
        let side = scene.dice.index(meeting.sides.len());
        let subject = scene.atlas.places[meeting.place].name;
        let events = match scene.dice.below(10) {
            // Nobody confirms what has no date any more.
            0..=4 if !meeting.is_postponed => meeting.confirmation(side, scene),
            5..=7 if meeting.officials.len() < SEATS => vec![meeting.delegation(side, scene)],
            _ => vec![meeting.agenda(scene)],
        };
        Draft { timing: Timing::Soon, ..Draft::of(events, subject) }
    }
}

/// Who meets whom: two to four countries, and of each somebody of the rank that the level asks for.
fn table(scene: &mut Scene) -> Option<(Level, Vec<usize>, Vec<usize>)> {
    let (level, ranks) = match scene.dice.below(10) {
        0 | 1 => (Level::Summit, &[Rank::HeadOfState, Rank::HeadOfGovernment][..]),
        2..=5 => (Level::Ministerial, &[Rank::ForeignMinister, Rank::Minister][..]),
        6..=8 => (Level::Talks, &[Rank::Minister, Rank::Envoy, Rank::Adviser, Rank::Other][..]),
        _ => (Level::Call, &[Rank::HeadOfState, Rank::HeadOfGovernment, Rank::ForeignMinister][..]),
    };
    let count = 2 + usize::from(scene.dice.chance(25)) + usize::from(scene.dice.chance(10));
    let (mut officials, mut sides): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for _ in 0..60 {
        let Some(drawn) = scene.free_official(None) else { continue };
        let person = &scene.people.all[drawn];
        if ranks.contains(&person.rank) && !sides.contains(&person.country) {
            sides.push(person.country);
            officials.push(drawn);
        }
        if sides.len() == count {
            break;
        }
    }
    (sides.len() > 1).then_some((level, officials, sides))
}

fn title(scene: &mut Scene, sides: &[usize], topic: usize) -> String {
    let mut title = String::with_capacity(80);
    for (at, side) in sides.iter().enumerate() {
        if at > 0 {
            title.push('–');
        }
        title.push_str(scene.atlas.countries[*side].name);
    }
    title.push_str(" talks on ");
    title.push_str(TOPICS[topic]);
    title
}

/// What is to come of a meeting on a day, each with the hour from which on it is due; and the time that is first given.
fn script(scene: &mut Scene, sides: usize, day: NaiveDate) -> (Option<When>, Vec<(u32, Act)>) {
    let (start, end) = (scene.hour, scene.hour_of(day));
    // So many hundredths of the time until the day before.
    let at = |dice: &mut Dice, first, last| start + (end - 24 - start) * dice.between(first, last) / 100;
    let dice = &mut scene.dice;
    let mut acts = Vec::new();
    let when = match dice.below(10) {
        0..=4 => Some(Shape::Within(Some(shifted(day, -2)), Some(shifted(day, 3))).into()),
        5 => Some(When { shape: Shape::Day(day), qualifier: Qualifier::Approximate }),
        6 | 7 => None,
        _ => Some(When::day(day)),
    };
    acts.push((at(dice, 10, 35), Act::Date(day)));
    for side in 0..sides {
        acts.push((at(dice, 30, 80), Act::Confirm(side)));
        acts.push((at(dice, 40, 95), Act::Delegate(side)));
    }
    if dice.chance(15) {
        let side = dice.index(sides);
        acts.push((at(dice, 50, 65), Act::Decline(side)));
        acts.push((at(dice, 80, 95), Act::Confirm(side)));
    }
    match dice.below(100) {
        0..=13 => acts.push((end - 24 + dice.between(2, 20), Act::Cancel)),
        14..=33 => put_off(dice, &mut acts, sides, day, end),
        _ => acts.push((end + dice.between(19, 32), Act::Hold)),
    }
    (when, acts)
}

/// A postponement by some days, at once or later to a new date; then everybody confirms anew. `end` is the hour at which the day begins.
fn put_off(dice: &mut Dice, acts: &mut Vec<(u32, Act)>, sides: usize, day: NaiveDate, end: u32) {
    let days = dice.between(2, 4);
    let (later, later_end) = (shifted(day, days.into()), end + days * 24);
    let hour = end - 24 + dice.between(2, 20);
    if dice.chance(50) {
        acts.push((hour, Act::Postpone(Some(later))));
    } else {
        acts.push((hour, Act::Postpone(None)));
        acts.push((end + dice.between(2, 20), Act::Date(later)));
    }
    for side in 0..sides {
        acts.push((later_end - 24 + dice.between(0, 18), Act::Confirm(side)));
    }
    let last = if dice.chance(85) {
        (later_end + dice.between(19, 32), Act::Hold)
    } else {
        (later_end - dice.between(1, 5), Act::Cancel)
    };
    acts.push(last);
}

impl Meeting {
    /// A report that says nothing yet.
    fn blank(&self) -> Report {
        Report {
            meeting: self.id.clone(),
            title: None,
            level: None,
            participants: Vec::new(),
            place: None,
            place_doubtful: false,
            when: None,
            agenda: None,
            trip: None,
            by: Vec::new(),
            outcome: None,
        }
    }

    fn proposal(&self, scene: &mut Scene) -> Event {
        let principals = self.principals(scene);
        let host = self.sides.first().copied().unwrap_or_default();
        let is_placed = scene.dice.chance(70) && self.level != Level::Call;
        let report = Report {
            title: Some(self.title.clone()),
            level: Some(self.level),
            participants: principals,
            place: is_placed.then(|| scene.place(self.place)),
            place_doubtful: is_placed && scene.dice.chance(25),
            when: self.when,
            agenda: scene.dice.chance(50).then(|| TOPICS[self.topic].to_owned()),
            by: if scene.dice.chance(60) { vec![scene.by(host)] } else { Vec::new() },
            ..self.blank()
        };
        scene.tell(What::MeetingProposed(report), &["They may meet in ", scene.place_name(self.place), " soon"])
    }

    fn principals(&self, scene: &mut Scene) -> Vec<Participant> {
        let principals = self.officials.iter().take(self.sides.len()).copied();
        principals.map(|number| participant(scene.official(number), Some(Role::Principal), None)).collect()
    }

    /// A date is set, or set anew, with the place.
    fn date(&mut self, day: NaiveDate, scene: &mut Scene) -> Event {
        (self.day, self.is_postponed) = (day, false);
        let is_exact = scene.dice.chance(35);
        let when = if is_exact { scene.office_hour(day, self.place) } else { When::day(day) };
        self.when = Some(when);
        let place = (self.level != Level::Call).then(|| scene.place(self.place));
        let report = Report { place, when: Some(when), ..self.blank() };
        let mut event =
            scene.tell(What::MeetingChanged(report), &["The meeting is to take place in ", scene.place_name(self.place)]);
        if scene.dice.chance(30) {
            event.telling.said.insert("when".to_owned(), day.format("on %A").to_string());
        }
        event
    }

    fn confirmation(&self, side: usize, scene: &mut Scene) -> Vec<Event> {
        let country = self.sides.get(side).copied().unwrap_or_default();
        let report = Report { when: self.when.filter(|_| scene.dice.chance(50)), by: vec![scene.by(country)], ..self.blank() };
        let voice = scene.atlas.voice(country);
        let mut events = vec![scene.tell(What::MeetingConfirmed(report), &[voice, " confirms the meeting"])];
        if scene.dice.chance(20) {
            events.push(self.remark(side, scene));
        }
        events
    }

    /// What the principal of a side says of it.
    fn remark(&self, side: usize, scene: &mut Scene) -> Event {
        let number = self.officials.get(side).copied().unwrap_or_default();
        let also = scene.dice.index(TOPICS.len());
        let text = scene.speech(self.topic, Some(also));
        let speaker = scene.official(number).to_string();
        let mut event = scene.tell(
            What::Statement(Statement {
                speaker,
                text,
                on_behalf_of: None,
                about: vec![self.id.to_string()],
                topics: vec![KEYS[self.topic].to_owned()],
                when: None,
                place: None,
                language: None,
            }),
            &[],
        );
        event.telling.said_by = None;
        event
    }

    /// Somebody joins the delegation of a side.
    fn delegation(&mut self, side: usize, scene: &mut Scene) -> Event {
        let country = self.sides.get(side).copied().unwrap_or_default();
        let joining = scene.free_official(Some(country)).filter(|_| self.officials.len() < SEATS);
        scene.engage(joining.as_slice(), true);
        self.officials.extend(joining);
        let number = joining.or(self.officials.get(side).copied()).unwrap_or_default();
        let role = if joining.is_some() { Role::Delegation } else { Role::Principal };
        let attendance = (joining.is_some() && scene.dice.chance(12)).then_some(Attendance::Uncertain);
        let participants = vec![participant(scene.official(number), Some(role), attendance)];
        let report = Report { participants, ..self.blank() };
        let name = scene.people.all[number].name.clone();
        scene.tell(What::MeetingChanged(report), &[&name, " is to be at the table"])
    }

    fn agenda(&self, scene: &mut Scene) -> Event {
        let agenda = Some([TOPICS[self.topic], " and ", scene.dice.word(TOPICS)].concat());
        let report = Report { agenda, ..self.blank() };
        scene.tell(What::MeetingChanged(report), &["The agenda of the meeting is being prepared"])
    }

    fn refusal(&self, side: usize, scene: &mut Scene) -> Event {
        let country = self.sides.get(side).copied().unwrap_or_default();
        let by = vec![scene.by(country)];
        let voice = scene.atlas.voice(country);
        scene.tell(What::MeetingDeclined(MeetingDeclined { meeting: self.id.clone(), by }), &[voice, " sees no reason to meet"])
    }

    fn postponement(&mut self, day: Option<NaiveDate>, scene: &mut Scene) -> Event {
        self.is_postponed = day.is_none();
        self.when = day.map(When::day);
        self.day = day.unwrap_or(self.day);
        let country = self.sides.get(scene.dice.index(self.sides.len())).copied().unwrap_or_default();
        let by = if scene.dice.chance(70) { vec![scene.by(country)] } else { Vec::new() };
        let reason = Some(scene.dice.word(REASONS).to_owned());
        let postponed = MeetingPostponed { meeting: self.id.clone(), when: self.when, by, reason };
        scene.tell(What::MeetingPostponed(postponed), &["The meeting has been put off"])
    }

    fn cancellation(&self, scene: &mut Scene) -> Event {
        let country = self.sides.get(scene.dice.index(self.sides.len())).copied().unwrap_or_default();
        let by = if scene.dice.chance(80) { vec![scene.by(country)] } else { Vec::new() };
        let reason = Some(scene.dice.word(REASONS).to_owned());
        let cancelled = MeetingCancelled { meeting: self.id.clone(), by, reason };
        scene.tell(What::MeetingCancelled(cancelled), &["The meeting will not take place"])
    }

    fn outcome(&self, scene: &mut Scene) -> Vec<Event> {
        let participants = if scene.dice.chance(50) { self.principals(scene) } else { Vec::new() };
        let place = (self.level != Level::Call && scene.dice.chance(50)).then(|| scene.place(self.place));
        let report = Report {
            participants,
            place,
            when: Some(When::day(self.day)),
            outcome: scene.dice.chance(60).then(|| scene.dice.word(OUTCOMES).to_owned()),
            ..self.blank()
        };
        let mut events =
            vec![scene.tell(What::MeetingHeld(report), &["The meeting took place in ", scene.place_name(self.place)])];
        if scene.dice.chance(50) {
            events.push(self.remark(0, scene));
        }
        events
    }
}

fn participant(official: OfficialId, role: Option<Role>, attendance: Option<Attendance>) -> Participant {
    Participant { who: Ok(official), role, attendance }
}
