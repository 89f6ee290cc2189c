//! Entries turned into claims, and what follows from them: registry, meetings, whereabouts, statements.
//!
//! [`Claims`] is a set of entries that only grows: feeding it in any order, or in parts that are merged, gives the same set. A
//! [`View`] is what of it counts under two clocks ([`Scope`]); everything else is derived from a view when a question is asked, so the
//! whole log and any part of it that holds what the question touches give the same answer. No clock, no files, no panics: what looks
//! odd becomes a [`Finding`].

mod claims;
mod clash;
mod finding;
mod lookup;
mod meeting;
mod meetings;
mod presence;
mod registry;
mod runs;
mod stance;
mod status;
mod stop;
mod view;
mod whereabouts;

pub use claims::{AsOf, Claims, Scope};
pub use clash::Clash;
pub use finding::{Finding, Severity};
pub use meeting::{Meeting, Previous, Seat, Stage, same_window};
pub use meetings::Meetings;
pub use presence::{Basis, Claim, Journey, Standing, Told};
pub use registry::{Match, OfficialRecord, PartyRecord, PlaceRecord, Registry, TripRecord, find};
pub use runs::Run;
pub use stance::Party;
pub use status::Status;
pub use stop::{Leg, Piece, Stop};
pub use view::{Fact, Key, View};
pub use whereabouts::{CARRY_DAYS, Presence, Whereabouts};
