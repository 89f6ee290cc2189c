//! What an event says, kind by kind: the fields of each in the order of the wire.

use std::collections::BTreeMap;

use super::cursor::Cursor;
use crate::event::wire::{WORDED, is_country, is_on_earth, is_wikidata};
use crate::event::{
    Absence, By, Meeting, MeetingCancelled, MeetingDeclined, MeetingPostponed, Official, Participant, Party, Place, Presence,
    Retraction, Statement, Travel, TravelCancelled, Trip, What, Who,
};
use crate::names;
use crate::time::When;

/// Reads the fields of a kind behind its name.
pub(super) fn what(kind: &str, line: &mut Cursor<'_>) -> Option<What> {
    Some(match kind {
        "official" => What::Official(official(line)?),
        "party" => What::Party(Party { party: line.needed("party")?, name: name(line, "name")?, aliases: aliases(line)? }),
        "place" => What::Place(place(line)?),
        "trip" => What::Trip(Trip { trip: line.needed("trip")?, officials: line.ids("officials")?, title: name(line, "title")? }),
        "travel" => What::Travel(travel(line)?),
        "travel_cancelled" => What::TravelCancelled(TravelCancelled {
            officials: line.ids("officials")?,
            of: some(line.ids("of")?)?,
            reason: line.text("reason")?,
        }),
        "presence" => What::Presence(Presence {
            place: line.needed("place")?,
            trip: line.parsed("trip")?,
            officials: some(line.ids("officials")?)?,
            when: line.needed("when")?,
            purpose: line.text("purpose")?,
        }),
        "absence" => What::Absence(absence(line)?),
        "meeting_proposed" => What::MeetingProposed(meeting(line, false)?),
        "meeting_confirmed" => What::MeetingConfirmed(confirmed(line)?),
        "meeting_held" => What::MeetingHeld(meeting(line, true)?),
        "meeting_changed" => What::MeetingChanged(meeting(line, false)?),
        "meeting_declined" => What::MeetingDeclined(MeetingDeclined { meeting: line.needed("meeting")?, by: by(line)? }),
        "meeting_postponed" => What::MeetingPostponed(MeetingPostponed {
            meeting: line.needed("meeting")?,
            when: line.parsed("when")?,
            by: by(line)?,
            reason: line.text("reason")?,
        }),
        "meeting_cancelled" => What::MeetingCancelled(MeetingCancelled {
            meeting: line.needed("meeting")?,
            by: by(line)?,
            reason: line.text("reason")?,
        }),
        "statement" => What::Statement(statement(line)?),
        "retraction" => What::Retraction(Retraction { of: some(line.ids("of")?)?, reason: line.needed("reason")? }),
        _ => return None,
    })
}

/// A list of a kind that needs at least one.
fn some<T>(items: Vec<T>) -> Option<Vec<T>> {
    (!items.is_empty()).then_some(items)
}

/// A name or title, in which nothing hides.
fn name(line: &mut Cursor<'_>, field: &str) -> Option<Option<String>> {
    let name = line.text(field)?;
    name.as_deref().and_then(names::unshown).is_none().then_some(name)
}

fn aliases(line: &mut Cursor<'_>) -> Option<Vec<String>> {
    let aliases = line.texts("aliases")?;
    aliases.iter().all(|alias| names::unshown(alias).is_none()).then_some(aliases)
}

fn official(line: &mut Cursor<'_>) -> Option<Official> {
    let official = Official {
        official: line.needed("official")?,
        party: line.parsed("party")?,
        name: name(line, "name")?,
        aliases: aliases(line)?,
        title: name(line, "title")?,
        rank: line.parsed("rank")?,
        base: line.parsed("base")?,
        since: line.parsed("since")?,
        until: line.parsed("until")?,
        wikidata: line.text("wikidata")?,
    };
    official.wikidata.as_deref().is_none_or(is_wikidata).then_some(official)
}

fn place(line: &mut Cursor<'_>) -> Option<Place> {
    let place = Place {
        place: line.needed("place")?,
        name: name(line, "name")?,
        aliases: aliases(line)?,
        country: line.text("country")?,
        lat: line.decimal("lat")?,
        lon: line.decimal("lon")?,
        zone: line.parsed("zone")?,
        within: line.parsed("within")?,
    };
    let named = place.country.as_deref().is_none_or(is_country);
    let found = match (place.lat, place.lon) {
        (Some(lat), Some(lon)) => is_on_earth(lat, lon),
        (None, None) => true,
        _ => false,
    };
    (named && found).then_some(place)
}

fn travel(line: &mut Cursor<'_>) -> Option<Travel> {
    let travel = Travel {
        trip: line.parsed("trip")?,
        officials: some(line.ids("officials")?)?,
        from: line.parsed("from")?,
        to: line.needed("to")?,
        depart: line.parsed("depart")?,
        arrive: line.parsed("arrive")?,
        purpose: line.text("purpose")?,
    };
    let single = |when: &Option<When>| when.is_none_or(|when| !when.is_interval());
    (single(&travel.depart) && single(&travel.arrive)).then_some(travel)
}

fn absence(line: &mut Cursor<'_>) -> Option<Absence> {
    let place = line.parsed("place")?;
    let officials = some(line.ids("officials")?)?;
    let from = match (place, line.parsed("meeting")?) {
        (Some(place), None) => Who::Place(place),
        (None, Some(meeting)) => Who::Meeting(meeting),
        _ => return None,
    };
    Some(Absence { officials, from, when: line.parsed("when")? })
}

fn confirmed(line: &mut Cursor<'_>) -> Option<Meeting> {
    meeting(line, false).filter(|meeting| !meeting.by.is_empty())
}

/// What a report says about a meeting; only of one that was `held` there is an outcome.
fn meeting(line: &mut Cursor<'_>, held: bool) -> Option<Meeting> {
    let meeting = Meeting {
        place: line.parsed("place")?,
        trip: line.parsed("trip")?,
        meeting: line.needed("meeting")?,
        title: name(line, "title")?,
        when: line.parsed("when")?,
        level: line.parsed("level")?,
        participants: if line.field("participants") { line.list(participant)? } else { Vec::new() },
        place_doubtful: line.field("place_doubtful") && line.expect(b"true").map(|()| true)?,
        agenda: line.text("agenda")?,
        by: by(line)?,
        outcome: if held { line.text("outcome")? } else { None },
    };
    (!meeting.place_doubtful || meeting.place.is_some()).then_some(meeting)
}

fn participant(line: &mut Cursor<'_>) -> Option<Participant> {
    line.open()?;
    let who = match (line.parsed("official")?, line.parsed("party")?) {
        (Some(official), None) => Ok(official),
        (None, Some(party)) => Err(party),
        _ => return None,
    };
    let participant = Participant { who, role: line.parsed("role")?, attendance: line.parsed("attendance")? };
    line.close()?;
    Some(participant)
}

fn by(line: &mut Cursor<'_>) -> Option<Vec<By>> {
    if line.field("by") { line.list(one_by) } else { Some(Vec::new()) }
}

fn one_by(line: &mut Cursor<'_>) -> Option<By> {
    line.open()?;
    let by = By { party: line.needed("party")?, voice: line.text("voice")? };
    line.close()?;
    Some(by)
}

fn statement(line: &mut Cursor<'_>) -> Option<Statement> {
    Some(Statement {
        place: line.parsed("place")?,
        speaker: line.needed_text("speaker")?,
        when: line.parsed("when")?,
        text: line.needed_text("text")?,
        on_behalf_of: line.parsed("on_behalf_of")?,
        about: line.texts("about")?,
        topics: line.texts("topics")?,
        language: line.text("language")?,
    })
}

/// The words kept for times and places: in the order of their fields, so that none is there twice.
pub(super) fn said(line: &mut Cursor<'_>) -> Option<BTreeMap<String, String>> {
    let mut said = BTreeMap::new();
    if !line.field("said") {
        return Some(said);
    }
    line.open()?;
    for field in WORDED {
        if let Some(words) = line.text(field)? {
            said.insert((*field).to_owned(), words);
        }
    }
    line.close()?;
    Some(said)
}
