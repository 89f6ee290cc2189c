//! From the meaning back to the wire: what the log writes.

use super::wire::{WireBy, WireEvent, WireParticipant};
use super::{By, Event, Meeting, Official, Participant, Place, Statement, Telling, Travel, What, Who};

impl From<&Event> for WireEvent {
    fn from(event: &Event) -> Self {
        let mut wire = body(&event.what);
        event.what.kind().name().clone_into(&mut wire.kind);
        let Telling { quote, said, said_by, via, replaces, note, x } = &event.telling;
        wire.quote.clone_from(quote);
        wire.said = (!said.is_empty()).then(|| said.clone());
        wire.said_by.clone_from(said_by);
        wire.via.clone_from(via);
        wire.replaces = texts(replaces);
        wire.note.clone_from(note);
        wire.x.clone_from(x);
        wire
    }
}

fn body(what: &What) -> WireEvent {
    let blank = WireEvent::default;
    match what {
        What::Official(official) => official_body(official),
        What::Party(party) => WireEvent {
            party: Some(party.party.to_string()),
            name: party.name.clone(),
            aliases: texts(&party.aliases),
            ..blank()
        },
        What::Place(place) => place_body(place),
        What::Trip(trip) => WireEvent {
            trip: Some(trip.trip.to_string()),
            title: trip.title.clone(),
            officials: texts(&trip.officials),
            ..blank()
        },
        What::Travel(travel) => travel_body(travel),
        What::TravelCancelled(cancelled) => WireEvent {
            of: texts(&cancelled.of),
            officials: texts(&cancelled.officials),
            reason: cancelled.reason.clone(),
            ..blank()
        },
        What::Presence(presence) => WireEvent {
            officials: texts(&presence.officials),
            place: Some(presence.place.to_string()),
            when: Some(presence.when.to_string()),
            trip: text(presence.trip.as_ref()),
            purpose: presence.purpose.clone(),
            ..blank()
        },
        What::Absence(absence) => {
            let (place, meeting) = match &absence.from {
                Who::Place(place) => (Some(place.to_string()), None),
                Who::Meeting(meeting) => (None, Some(meeting.to_string())),
            };
            WireEvent { officials: texts(&absence.officials), place, meeting, when: text(absence.when.as_ref()), ..blank() }
        }
        What::MeetingProposed(meeting)
        | What::MeetingConfirmed(meeting)
        | What::MeetingHeld(meeting)
        | What::MeetingChanged(meeting) => meeting_body(meeting),
        What::MeetingDeclined(declined) => {
            WireEvent { meeting: Some(declined.meeting.to_string()), by: parties(&declined.by), ..blank() }
        }
        What::MeetingPostponed(postponed) => WireEvent {
            meeting: Some(postponed.meeting.to_string()),
            when: text(postponed.when.as_ref()),
            by: parties(&postponed.by),
            reason: postponed.reason.clone(),
            ..blank()
        },
        What::MeetingCancelled(cancelled) => WireEvent {
            meeting: Some(cancelled.meeting.to_string()),
            by: parties(&cancelled.by),
            reason: cancelled.reason.clone(),
            ..blank()
        },
        What::Statement(statement) => statement_body(statement),
        What::Retraction(retraction) => {
            WireEvent { of: texts(&retraction.of), reason: Some(retraction.reason.to_string()), ..blank() }
        }
    }
}

fn official_body(official: &Official) -> WireEvent {
    WireEvent {
        official: Some(official.official.to_string()),
        name: official.name.clone(),
        aliases: texts(&official.aliases),
        title: official.title.clone(),
        party: text(official.party.as_ref()),
        rank: text(official.rank.as_ref()),
        base: text(official.base.as_ref()),
        since: text(official.since.as_ref()),
        until: text(official.until.as_ref()),
        wikidata: official.wikidata.clone(),
        ..WireEvent::default()
    }
}

fn place_body(place: &Place) -> WireEvent {
    WireEvent {
        place: Some(place.place.to_string()),
        name: place.name.clone(),
        country: place.country.clone(),
        lat: place.lat,
        lon: place.lon,
        zone: text(place.zone.as_ref()),
        within: text(place.within.as_ref()),
        aliases: texts(&place.aliases),
        ..WireEvent::default()
    }
}

fn travel_body(travel: &Travel) -> WireEvent {
    WireEvent {
        officials: texts(&travel.officials),
        from: text(travel.from.as_ref()),
        to: Some(travel.to.to_string()),
        depart: text(travel.depart.as_ref()),
        arrive: text(travel.arrive.as_ref()),
        trip: text(travel.trip.as_ref()),
        purpose: travel.purpose.clone(),
        ..WireEvent::default()
    }
}

fn meeting_body(meeting: &Meeting) -> WireEvent {
    WireEvent {
        meeting: Some(meeting.meeting.to_string()),
        title: meeting.title.clone(),
        level: text(meeting.level.as_ref()),
        participants: (!meeting.participants.is_empty()).then(|| meeting.participants.iter().map(participant).collect()),
        place: text(meeting.place.as_ref()),
        place_doubtful: meeting.place_doubtful.then_some(true),
        when: text(meeting.when.as_ref()),
        agenda: meeting.agenda.clone(),
        trip: text(meeting.trip.as_ref()),
        by: parties(&meeting.by),
        outcome: meeting.outcome.clone(),
        ..WireEvent::default()
    }
}

fn statement_body(statement: &Statement) -> WireEvent {
    WireEvent {
        speaker: Some(statement.speaker.clone()),
        text: Some(statement.text.clone()),
        on_behalf_of: text(statement.on_behalf_of.as_ref()),
        about: texts(&statement.about),
        topics: texts(&statement.topics),
        when: text(statement.when.as_ref()),
        place: text(statement.place.as_ref()),
        language: statement.language.clone(),
        ..WireEvent::default()
    }
}

fn participant(participant: &Participant) -> WireParticipant {
    let (official, party) = match &participant.who {
        Ok(official) => (Some(official.to_string()), None),
        Err(party) => (None, Some(party.to_string())),
    };
    WireParticipant { official, party, role: text(participant.role.as_ref()), attendance: text(participant.attendance.as_ref()) }
}

fn parties(by: &[By]) -> Option<Vec<WireBy>> {
    let one = |by: &By| WireBy::Full { party: by.party.to_string(), voice: by.voice.clone() };
    (!by.is_empty()).then(|| by.iter().map(one).collect())
}

fn text<T: ToString>(value: Option<&T>) -> Option<String> {
    value.map(ToString::to_string)
}

fn texts<T: ToString>(values: &[T]) -> Option<Vec<String>> {
    (!values.is_empty()).then(|| values.iter().map(ToString::to_string).collect())
}
