//! Reports in a few words: what was quoted, who said it through whom, where it stands and where it was read.

use super::dates::Dates;
use super::text::Text;
use crate::event::Kind;
pub use crate::names::listed;
use crate::query::{Citation, Party};

/// What it is for, else the source's words if it has any, else what kind of report it is; the hour of a presence, and who said so.
pub fn words(cited: &Citation, dates: Dates) -> String {
    let quote = || cited.quote.as_ref().map_or_else(|| kind_words(cited.kind).to_owned(), |quote| quoted(quote));
    let said = cited.purpose.clone().unwrap_or_else(quote);
    let said = match cited.there.and_then(|(when, zone)| dates.clock(when, zone)) {
        Some(clock) => format!("{said}, {clock}"),
        None => said,
    };
    attribution(cited).map_or_else(|| said.clone(), |who| format!("{said} ({who})"))
}

/// A quote in quotation marks, unless it bears its own.
pub fn quoted(quote: &str) -> String {
    if quote.starts_with(['"', '“', '«', '„']) { quote.to_owned() } else { format!("\"{quote}\"") }
}

/// Who said so, and through whom it came: "a spokesman, via AFP".
pub fn attribution(cited: &Citation) -> Option<String> {
    match (&cited.said_by, &cited.via) {
        (Some(who), Some(via)) => Some(format!("{who}, via {via}")),
        (Some(who), None) => Some(who.clone()),
        (None, Some(via)) => Some(format!("via {via}")),
        (None, None) => None,
    }
}

/// The reference.
pub fn reference(cited: &Citation) -> Text {
    Text::plain(&cited.event.to_string())
}

/// Outlet or author, and the day: "AFP, 17 Feb".
pub fn source(cited: &Citation, dates: Dates) -> Text {
    Text::plain(&format!("{}, {}", cited.source(), dates.brief(cited.published).replace(' ', "\u{a0}")))
}

/// What a report of this kind is, in a few words.
pub fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Official | Kind::Party | Kind::Place | Kind::Trip => "the desk's own note",
        Kind::Travel => "travel reported",
        Kind::TravelCancelled => "travel called off",
        Kind::Presence => "reported there",
        Kind::Absence => "reported absent",
        Kind::MeetingProposed => "meeting proposed",
        Kind::MeetingConfirmed => "meeting confirmed",
        Kind::MeetingHeld => "meeting held",
        Kind::MeetingChanged => "meeting changed",
        Kind::MeetingDeclined => "meeting refused",
        Kind::MeetingPostponed => "meeting postponed",
        Kind::MeetingCancelled => "meeting called off",
        Kind::Statement => "a statement",
        Kind::Retraction => "a retraction",
    }
}

/// The voices that spoke, or the parties where no voice is named.
pub fn voices(parties: &[Party], names: crate::query::Names<'_>) -> String {
    let voice = |party: &Party| party.voice.clone().unwrap_or_else(|| names.side(&party.party));
    parties.iter().map(voice).collect::<Vec<_>>().join(", ")
}

/// What struck a report out: "retracted by 5.1".
pub fn struck(strikers: &[Citation]) -> String {
    let mut words: Vec<String> = Vec::new();
    for (verb, retraction) in [("retracted", true), ("replaced", false)] {
        let by: Vec<String> = strikers
            .iter()
            .filter(|striker| (striker.kind == Kind::Retraction) == retraction)
            .map(|striker| striker.event.to_string())
            .collect();
        if !by.is_empty() {
            words.push(format!("{verb} by {}", by.join(", ")));
        }
    }
    words.join(", ")
}
