//! Questions, answered as plain values in the shape that other programs get them; `render` only prints them.
//!
//! Every question is put to an [`Asked`]: what counts under its clocks, and the day asked about.

mod asked;
mod citation;
mod explain;
mod itinerary;
mod meetings;
mod place;
mod who;

pub use asked::{Asked, Clocks};
pub use citation::Citation;
pub use explain::{Explained, Explanation, Telling, explain_event, explain_meeting, explain_official};
pub use itinerary::{Gap, Itinerary, ItineraryStop, TripGroup, itinerary};
pub use meetings::{History, MeetingAnswer, MeetingStory, ParticipantAnswer, Summits, SummitsFilter, meeting, summits};
pub use place::{LegAnswer, PresenceAnswer};
pub use who::{LastKnown, Next, Person, WhereAnswer, Who, where_is, who};
