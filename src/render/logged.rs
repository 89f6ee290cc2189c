//! What was written down, what was understood, and what it changes in the answers.

use serde_json::json;

use super::dates::Dates;
use super::page::{Page, Sheet};
use super::sentence::{particulars, sentence};
use super::style;
use super::text::Text;
use super::{changes, cited, heading::Heading};
use crate::event::wire::WireEvent;
use crate::event::{Entry, MeetingId, Position, What};
use crate::intake::Echo;
use crate::query::{Change, Resemblance, Telling};

/// An entry that was written, or would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Logged {
    /// The entry in its place.
    pub entry: Entry,
    /// What was understood.
    pub echoes: Vec<Echo>,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Whether it was there already.
    pub already: bool,
    /// An earlier entry that says the same from the same source.
    pub same_as: Option<u64>,
    /// Earlier events that say what it says, in other words or under another name.
    pub resembles: Vec<Resemblance>,
}

/// What others wrote meanwhile, a line for each event.
#[must_use]
pub fn came_between(told: &[Telling], head: &Heading<'_>, page: &Page) -> Vec<String> {
    let dates = head.dates(page);
    let one = |telling: &Telling| {
        let embargo = head.embargo(&[], Some(telling.citation.event), dates);
        Text::plain(&format!("{}  {}", telling.citation.event, sentence(telling, head, dates))).join("  ", embargo).into_string()
    };
    told.iter().map(one).collect()
}

/// For people: the events in plain sentences, what was understood, the effect.
#[must_use]
pub fn logged_text(logged: &Logged, told: &[Telling], effects: &[Change], head: &Heading<'_>, page: &Page) -> String {
    let dates = head.dates(page);
    let mut sheet = Sheet::new(page);
    let seq = logged.entry.seq;
    let first = match (logged.dry_run, logged.already) {
        (true, _) => format!("would be entry {seq}; nothing was written"),
        (false, true) => format!("entry {seq}: there already"),
        (false, false) => format!("entry {seq}"),
    };
    let position = Position { seq, number: 1 };
    sheet.paragraph(0, &Text::styled(style::STRONG, &first).join("  ", head.embargo(&[], Some(position), dates)));
    let mut echoes: Vec<&Echo> = logged.echoes.iter().collect();
    for telling in told.iter().filter(|telling| !is_added(logged, telling.citation.event)) {
        let says = sentence(telling, head, dates);
        let reference = telling.citation.event.to_string();
        sheet.paragraph(2, &Text::plain(&format!("{reference}  {says}")));
        let deeper = 2 + reference.len() + 2;
        for line in particulars(telling, head, dates) {
            sheet.paragraph(deeper, &Text::plain(&line));
        }
        let (own, others): (Vec<&Echo>, Vec<&Echo>) = echoes.into_iter().partition(|echo| is_about(echo, &telling.says));
        echoes = others;
        for echo in own {
            sheet.paragraph(deeper, &understood(echo, logged, dates).dimmed());
        }
    }
    for echo in echoes {
        sheet.paragraph(2, &understood(echo, logged, dates).dimmed());
    }
    for one in &logged.resembles {
        sheet.paragraph(2, &Text::plain(&format!("but: {}; {}", one.says, one.hint)));
    }
    if let Some(seq) = logged.same_as {
        let says = format!("but: entry {seq} says the same, from the same source");
        let says =
            if logged.dry_run { says } else { format!("{says}; `daybook retract last --reason duplicate` takes this one back") };
        sheet.paragraph(2, &Text::plain(&says));
    }
    if !effects.is_empty() {
        sheet.blank();
        let title = if logged.dry_run { "it would change" } else { "it changes" };
        sheet.paragraph(0, &Text::styled(style::STRONG, title));
        for effect in changes::effects(effects, head, dates) {
            sheet.paragraph(2, &effect);
        }
    }
    sheet.finish()
}

/// Whether what was understood belongs to an event, and not to the source or to the whole entry.
fn is_about(echo: &Echo, says: &WireEvent) -> bool {
    let said = |words: &String| says.said.as_ref().is_some_and(|said| said.values().any(|kept| kept == words));
    match echo {
        Echo::Date { words, .. } | Echo::NoDate { words } => said(words),
        Echo::NewMeeting { id, .. } | Echo::HeldAhead(id, _) | Echo::AfterHeld(id) => {
            says.meeting.as_deref() == Some(id.as_str())
        }
        Echo::Speaker(name) => [&says.said_by, &says.speaker].contains(&&Some(name.clone())),
        Echo::Amends { id, .. } => [&says.official, &says.party, &says.place, &says.trip].contains(&&Some(id.to_string())),
        Echo::Added(_) | Echo::PublishedNow | Echo::PublishedAhead(_) | Echo::Taken { .. } | Echo::Kept(_) => false,
    }
}

/// Whether the program added the event by itself: those stand after the given ones.
fn is_added(logged: &Logged, position: Position) -> bool {
    let added = logged.echoes.iter().filter(|echo| matches!(echo, Echo::Added(_))).count();
    usize::try_from(position.number).is_ok_and(|number| number > logged.entry.events.len() - added)
}

fn understood(echo: &Echo, logged: &Logged, dates: Dates) -> Text {
    let is_like_another = |id: &MeetingId| logged.resembles.iter().any(|one| one.new_meeting.as_ref() == Some(id));
    Text::plain(&match echo {
        Echo::Date { words, when } => format!("\"{words}\" is {}", dates.when(*when, None)),
        Echo::NoDate { words } => format!("\"{words}\" names no date: the words are kept"),
        Echo::Added(event) => added(&event.what),
        Echo::NewMeeting { id, close_to: None } => format!("{id} is a new meeting"),
        // That it looks like another is said once, with what to do about it.
        Echo::NewMeeting { id, .. } if is_like_another(id) => format!("{id} is a new meeting"),
        Echo::NewMeeting { id, close_to: Some(other) } => {
            format!("{id} is a new meeting. If it is {other}, retract this entry and log it under that id")
        }
        Echo::Speaker(name) => format!("{name} is no official of this log: the name is kept as given"),
        Echo::PublishedNow => "no date of publication was given: it counts as public now".to_owned(),
        Echo::PublishedAhead(day) => format!("but: the source is dated {}, which is still to come", dates.short(*day)),
        Echo::HeldAhead(meeting, when) => {
            format!("but: {meeting} is reported as held on a day to come, {}", dates.when(*when, None))
        }
        Echo::AfterHeld(meeting) => {
            format!("but: {meeting} was reported as held, and stays so; another meeting wants an id of its own")
        }
        Echo::Amends { id, name } => format!("{id} is known as {name}: what is given here is amended"),
        Echo::Taken { typed, name } => format!("\"{typed}\" is taken as {name}"),
        Echo::Kept(positions) => {
            let list: Vec<String> = positions.iter().map(ToString::to_string).collect();
            format!("{} stays: other entries name it", cited::listed(&list))
        }
    })
}

fn added(what: &What) -> String {
    match what {
        What::Place(place) => {
            let name = place.name.clone().unwrap_or_else(|| place.place.to_string());
            let country = place.country.as_deref().map(|country| format!(" ({country})")).unwrap_or_default();
            format!("added the place {}: {name}{country}", place.place)
        }
        What::Party(party) => format!("added the party {}: {}", party.party, party.name.clone().unwrap_or_default()),
        What::Official(official) => {
            format!("added the official {}: {}", official.official, official.name.clone().unwrap_or_default())
        }
        What::Trip(_) | What::Travel(_) | What::TravelCancelled(_) | What::Presence(_) | What::Absence(_) => String::new(),
        What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) | What::MeetingChanged(_) => String::new(),
        What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) => String::new(),
        What::Statement(_) | What::Retraction(_) => String::new(),
    }
}

/// For programs: the entry as the log holds it, what was understood, the effect.
///
/// # Errors
/// When an event cannot be written as JSON.
pub fn logged_json(logged: &Logged, effects: &[Change]) -> Result<String, serde_json::Error> {
    let echo = |echo: &Echo| match echo {
        Echo::Date { words, when } => json!({"said": words, "when": when}),
        Echo::NoDate { words } => json!({"said": words, "when": null}),
        Echo::Added(event) => json!({"added": WireEvent::from(&**event)}),
        Echo::NewMeeting { id, close_to } => json!({"new_meeting": id, "close_to": close_to}),
        Echo::Speaker(name) => json!({"speaker": name}),
        Echo::PublishedNow => json!({"published": "now"}),
        Echo::PublishedAhead(day) => json!({"published_ahead": day}),
        Echo::HeldAhead(meeting, when) => json!({"held_ahead": meeting, "when": when}),
        Echo::AfterHeld(meeting) => json!({"after_held": meeting}),
        Echo::Amends { id, name } => json!({"amends": id, "name": name}),
        Echo::Taken { typed, name } => json!({"typed": typed, "taken_as": name}),
        Echo::Kept(positions) => json!({"kept": positions}),
    };
    let events =
        logged.entry.events.iter().map(|event| serde_json::to_value(WireEvent::from(event))).collect::<Result<Vec<_>, _>>()?;
    let document = json!({
        "query": "log",
        "log": {"seq": logged.entry.seq},
        "entry": logged.entry.seq,
        "id": logged.entry.id.to_string(),
        "dry_run": logged.dry_run,
        "already": logged.already,
        "same_as": logged.same_as,
        "resembles": logged.resembles,
        "events": events,
        "understood": logged.echoes.iter().map(echo).collect::<Vec<_>>(),
        "effects": effects,
    });
    Ok(format!("{document}\n"))
}
