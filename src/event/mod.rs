//! The vocabulary: what one person wrote down at one moment from one source, and how it stands on a line of the log.
//!
//! An [`Entry`] holds one or more [`Event`]s; an event says [`What`] happened and how it was told ([`Telling`]). The wire structs
//! ([`wire`]) are flat, for people and `jq`; the meaning is a closed enum that the rest of the house matches without `_`.

mod entry;
mod error;
mod extra;
mod footprint;
mod id;
mod kind;
mod limits;
mod line;
mod named;
mod object;
mod scan;
mod shape;
mod source;
mod what;
pub mod wire;
mod words;
mod write;

pub use entry::{Entry, NewEntry, Position};
pub use error::{EventError, LineError};
pub use footprint::{
    Days, FOOTPRINT, Key, SHORT, Subject, dates, day_number, day_of, footprint, likeness, moved_days, name_words, numbered_day,
    references, seats,
};
pub use id::{EntryId, EventRef, IdError, MeetingId, OfficialId, PartyId, PlaceId, Reference, TripId, check_id};
pub use kind::{Kind, field_kinds};
pub use limits::{ENTRY_EVENTS, LINE_BYTES, LimitError, TEXT_BYTES, check_limits, find_nul};
pub use line::{FORMAT, compose, compose_new, parse_line, split_chain, validate_line};
pub use object::twice;
pub use scan::scan_line;
pub use shape::Shape;
pub use source::{Archive, Grade, Source};
pub use what::{
    Absence, By, Event, Meeting, MeetingCancelled, MeetingDeclined, MeetingPostponed, Official, Participant, Party, Place,
    Presence, Retraction, Statement, Telling, Travel, TravelCancelled, Trip, What, Who,
};
pub use words::{Attendance, Level, Rank, Role, Why};
