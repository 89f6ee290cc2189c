//! Which ids of the desk's registry an event defines, and which it names.

use super::{Kind, OfficialId, What, Who};

impl What {
    /// The id that a registry event defines.
    #[must_use]
    pub fn defines(&self) -> Option<String> {
        match self {
            Self::Official(official) => Some(official.official.to_string()),
            Self::Party(party) => Some(party.party.to_string()),
            Self::Place(place) => Some(place.place.to_string()),
            Self::Trip(trip) => Some(trip.trip.to_string()),
            Self::Travel(_) | Self::TravelCancelled(_) | Self::Presence(_) | Self::Absence(_) => None,
            Self::MeetingProposed(_) | Self::MeetingConfirmed(_) | Self::MeetingHeld(_) | Self::MeetingChanged(_) => None,
            Self::MeetingDeclined(_) | Self::MeetingPostponed(_) | Self::MeetingCancelled(_) => None,
            Self::Statement(_) | Self::Retraction(_) => None,
        }
    }

    /// The registry ids that an event names, other than the one it defines.
    #[must_use]
    pub fn names(&self) -> Vec<(Kind, String)> {
        let mut named: Vec<(Kind, String)> = Vec::new();
        let mut officials: Vec<&OfficialId> = Vec::new();
        let (mut places, mut trips, mut parties) = (Vec::new(), Vec::new(), Vec::new());
        match self {
            Self::Official(o) => {
                parties.extend(&o.party);
                places.extend(&o.base);
            }
            Self::Place(p) => places.extend(&p.within),
            Self::Trip(t) => officials.extend(&t.officials),
            Self::Travel(t) => {
                officials.extend(&t.officials);
                places.extend(t.from.iter().chain([&t.to]));
                trips.extend(&t.trip);
            }
            Self::TravelCancelled(t) => officials.extend(&t.officials),
            Self::Presence(p) => {
                officials.extend(&p.officials);
                places.push(&p.place);
                trips.extend(&p.trip);
            }
            Self::Absence(a) => {
                officials.extend(&a.officials);
                if let Who::Place(place) = &a.from {
                    places.push(place);
                }
            }
            Self::MeetingProposed(m) | Self::MeetingConfirmed(m) | Self::MeetingHeld(m) | Self::MeetingChanged(m) => {
                officials.extend(m.participants.iter().filter_map(|p| p.who.as_ref().ok()));
                parties.extend(m.participants.iter().filter_map(|p| p.who.as_ref().err()));
                parties.extend(m.by.iter().map(|by| &by.party));
                places.extend(&m.place);
                trips.extend(&m.trip);
            }
            Self::MeetingDeclined(m) => parties.extend(m.by.iter().map(|by| &by.party)),
            Self::MeetingPostponed(m) => parties.extend(m.by.iter().map(|by| &by.party)),
            Self::MeetingCancelled(m) => parties.extend(m.by.iter().map(|by| &by.party)),
            Self::Statement(s) => {
                parties.extend(&s.on_behalf_of);
                places.extend(&s.place);
                named.extend(
                    s.about.iter().flat_map(|id| [Kind::Official, Kind::Party, Kind::Place].map(|kind| (kind, id.clone()))),
                );
                named.push((Kind::Official, s.speaker.clone()));
            }
            Self::Party(_) | Self::Retraction(_) => {}
        }
        named.extend(officials.into_iter().map(|id| (Kind::Official, id.to_string())));
        named.extend(places.into_iter().map(|id| (Kind::Place, id.to_string())));
        named.extend(trips.into_iter().map(|id| (Kind::Trip, id.to_string())));
        named.extend(parties.into_iter().map(|id| (Kind::Party, id.to_string())));
        named
    }
}
