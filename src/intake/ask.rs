//! Names in questions: the same rules as at the door, and nothing is ever added.

use super::{Known, Problem, meeting, people, places};
use crate::event::{MeetingId, OfficialId, PartyId, PlaceId};
use crate::geo::{self, Found};
use crate::projection::Match;

impl Known {
    /// The official that a question names.
    ///
    /// # Errors
    /// [`Problem`] with the nearest names.
    pub fn ask_official(&self, text: &str) -> Result<OfficialId, Problem> {
        people::find_official(self, text)?.ok_or_else(|| people::nobody(self, text))
    }

    /// The meeting that a question names.
    ///
    /// # Errors
    /// [`Problem`] with the nearest names.
    pub fn ask_meeting(&self, text: &str) -> Result<MeetingId, Problem> {
        if let Ok(id) = text.parse::<MeetingId>()
            && self.meetings.get(&id).is_some_and(|meeting| meeting.told)
        {
            return Ok(id);
        }
        meeting::find(self, text, None)
    }

    /// The party that a question names.
    ///
    /// # Errors
    /// [`Problem`] with the nearest names.
    pub fn ask_party(&self, text: &str) -> Result<PartyId, Problem> {
        people::find_party(self, text)
    }

    /// Whatever a question names: a meeting, an official, a party or a place, by its id.
    ///
    /// # Errors
    /// [`Problem`] when nothing is called so.
    pub fn ask_subject(&self, text: &str) -> Result<String, Problem> {
        let id = self.ask_meeting(text).map(|id| id.to_string());
        let id = id.or_else(|_| self.ask_official(text).map(|id| id.to_string()));
        let id = id.or_else(|_| match self.registry.find_party(text) {
            Match::One(id) => Ok(id.to_string()),
            Match::Several(_) | Match::None => self.ask_place(text).map(|id| id.to_string()),
        });
        id.map_err(|_| Problem::new(format!("nothing is called \"{text}\": no meeting, official, party or place")).about(text))
    }

    /// The place that a question names: one of the log, else one that the gazetteer knows by another name ("Kiev").
    ///
    /// # Errors
    /// [`Problem`] with the nearest names.
    pub fn ask_place(&self, text: &str) -> Result<PlaceId, Problem> {
        match self.registry.find_place(text) {
            Match::One(id) => return Ok(id),
            Match::Several(ids) => return Err(places::several(self, text, &ids)),
            Match::None => {}
        }
        let found = match geo::find(text) {
            Found::One(place) => vec![place],
            Found::Several(places) => places,
            Found::Nothing => return Err(places::unknown(self, text)),
        };
        let ids: Vec<PlaceId> = found.iter().filter_map(|place| place.id().parse().ok()).collect();
        let known: Vec<&PlaceId> = ids.iter().filter(|id| self.registry.places.contains_key(id)).collect();
        match (known.as_slice(), ids.as_slice()) {
            ([one], _) => Ok((*one).clone()),
            ([], [one]) => Ok(one.clone()),
            _ => Err(places::ambiguous(text, &found)),
        }
    }
}
