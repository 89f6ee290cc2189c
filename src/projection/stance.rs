//! Who said yes and who said no: the stances of the parties towards a meeting.

use std::collections::BTreeMap;

use super::Key;
use crate::event::{By, PartyId};

/// A party with the voice that spoke last, as answers show it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Party {
    /// The party.
    pub party: PartyId,
    /// The voice that spoke for it.
    pub voice: Option<String>,
}

/// What a party said last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// It wants the meeting: a yes as soon as another required party says yes.
    Proposed,
    /// It will come.
    Yes,
    /// It will not.
    No,
}

/// A stance, with the voice and the event that gave it.
#[derive(Clone, Debug)]
struct Said {
    stance: Stance,
    voice: Option<String>,
    key: Key,
    /// Its place among the parties of one event.
    order: usize,
}

/// The last word of every party.
#[derive(Clone, Debug, Default)]
pub struct Stances(BTreeMap<PartyId, Said>);

impl Stances {
    /// A yes of each party.
    pub fn confirm(&mut self, by: &[By], key: Key) {
        self.say(by, Stance::Yes, key);
    }

    /// A no of each party.
    pub fn decline(&mut self, by: &[By], key: Key) {
        self.say(by, Stance::No, key);
    }

    /// A proposal of each party: never weakens its yes, and after its no it is a yes again.
    pub fn propose(&mut self, by: &[By], key: Key) {
        for (order, one) in by.iter().enumerate() {
            let stance = match self.0.get(&one.party).map(|said| said.stance) {
                None | Some(Stance::Proposed) => Stance::Proposed,
                Some(Stance::Yes) => continue,
                Some(Stance::No) => Stance::Yes,
            };
            self.set(one, Said { stance, voice: one.voice.clone(), key, order });
        }
    }

    /// Forgets every yes and no.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    fn say(&mut self, by: &[By], stance: Stance, key: Key) {
        for (order, one) in by.iter().enumerate() {
            self.set(one, Said { stance, voice: one.voice.clone(), key, order });
        }
    }

    fn set(&mut self, by: &By, said: Said) {
        self.0.insert(by.party.clone(), said);
    }

    /// Whether a party has said anything.
    pub fn has(&self, party: &PartyId) -> bool {
        self.0.contains_key(party)
    }

    /// Whether any party has refused.
    pub fn refused(&self) -> bool {
        self.0.values().any(|said| said.stance == Stance::No)
    }

    /// Whether any party has said yes or proposed.
    pub fn wanted(&self) -> bool {
        self.0.values().any(|said| said.stance != Stance::No)
    }

    /// Whether a party counts as confirming: it said yes, or proposed and another required party said yes.
    pub fn confirms(&self, party: &PartyId, required: &[PartyId]) -> bool {
        self.0.get(party).is_some_and(|said| match said.stance {
            Stance::Yes => true,
            Stance::No => false,
            Stance::Proposed => {
                required.iter().any(|other| other != party && self.0.get(other).is_some_and(|said| said.stance == Stance::Yes))
            }
        })
    }

    /// The parties that count as confirming, in the order in which they spoke.
    pub fn confirming(&self, required: &[PartyId]) -> Vec<Party> {
        self.list(|party| self.confirms(party, required))
    }

    /// The parties that refused, in the order in which they spoke.
    pub fn refusing(&self) -> Vec<Party> {
        self.list(|party| self.0.get(party).is_some_and(|said| said.stance == Stance::No))
    }

    fn list(&self, keep: impl Fn(&PartyId) -> bool) -> Vec<Party> {
        let mut kept: Vec<_> = self.0.iter().filter(|(party, _)| keep(party)).collect();
        kept.sort_by_key(|(_, said)| (said.key, said.order));
        kept.into_iter().map(|(party, said)| Party { party: party.clone(), voice: said.voice.clone() }).collect()
    }

    /// The events that the stances rest on.
    pub fn evidence(&self) -> impl Iterator<Item = Key> {
        self.0.values().map(|said| said.key)
    }
}
