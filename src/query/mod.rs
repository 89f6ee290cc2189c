//! Questions, answered as plain values in the shape that other programs get them; `render` only prints them.
//!
//! Every question is put to an [`Asked`]: what counts under its clocks, and the day asked about.

mod asked;
mod brief;
mod changes;
mod chart;
mod check;
mod citation;
mod days;
mod distance;
mod embargo;
mod encounters;
mod explain;
mod holes;
mod itinerary;
mod meetings;
mod names;
mod place;
mod reach;
mod resemblance;
mod schedule;
mod search;
mod statements;
mod stats;
mod tally;
mod trips;
mod typed;
mod who;

pub use asked::{Asked, Clocks};
pub use brief::{
    Agenda, Brief, Chase, Coming, Going, Lifting, Movement, Named, Odd, Standee, There, Wanting, brief, brief_scope,
};
pub use changes::{About, Change, Changes, Clock, Journey, Late, Set, Since, Stay, Turn, Value, Whereat, changes, changes_since};
pub use chart::{Chart, ChartBar, ChartLeg, ChartMeeting, ChartOptions, ChartRow, chart};
pub use check::{Checked, Report, Reported, check, clock_jumps, damaged_line};
pub use citation::Citation;
pub use days::Days;
pub use embargo::{Withheld, released};
pub use encounters::{Encounter, Encounters, GATHERING, Somebody, Together, encounters};
pub use explain::{Explained, Explanation, Telling, explain_event, explain_meeting, explain_official};
pub use itinerary::{Gap, Itinerary, ItineraryStop, Stretch, TripGroup, itinerary};
pub use meetings::{History, MeetingAnswer, MeetingStory, ParticipantAnswer, Summits, SummitsFilter, meeting, summits};
pub use names::Names;
pub use place::{LegAnswer, PresenceAnswer};
pub use reach::{Further, Inquiry, More};
pub use resemblance::{Resemblance, resembling};
pub use schedule::{CalendarStatus, Cancelled, Schedule, ScheduleItem, ScheduleOptions, Subject, Timing, schedule};
pub use schedule::{Diary, DiaryDay, DiaryLine, DiaryMeeting, DiaryPerson, DiaryWindow, Doing, diary};
pub use schedule::{RowKind, Rows, ScheduleRow, rows};
pub use search::Search;
pub use statements::{Speaker, StatementAnswer, Statements, StatementsFilter, statements, topic};
pub use stats::{Breakdown, By, Counted, Met, OfficialStats, Stats, Totals, Visited, stats, stats_by};
pub use tally::{Kilometres, Tally};
pub use trips::{FIRST_FLIGHT, FLIGHT_KM, VOYAGE_KM, Way, WayBasis};
pub use typed::{retold, worded};
pub use who::{LastKnown, Next, Person, WhereAnswer, Who, where_is, who};

/// The plain values of projections that answers hold, for those who print them.
pub use crate::projection::{AsOf, Basis, Finding, Party, Severity, Standing, Status};
