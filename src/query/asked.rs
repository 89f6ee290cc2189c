//! What a question is put to: the claims under its clocks, and the day that it is about.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::event::OfficialId;
use crate::projection::{AsOf, Claims, Meeting, Meetings, Registry, Scope, View, Whereabouts};
use crate::time::{Zone, write_instant};

/// The three clocks of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// The day asked about; `None` where the question is about no day.
    pub on: Option<NaiveDate>,
    /// What the log held.
    pub as_of: Option<AsOf>,
    /// What the public could know.
    pub public_by: Option<DateTime<Utc>>,
}

impl Clocks {
    /// What they let be known; the day asked about hides nothing.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope { as_of: self.as_of, public_by: self.public_by }
    }
}

impl Serialize for Clocks {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("on", &self.on)?;
        match self.as_of {
            None => map.serialize_entry("as_of", &())?,
            Some(AsOf::Seq(seq)) => map.serialize_entry("as_of", &seq)?,
            Some(AsOf::At(at)) => map.serialize_entry("as_of", &write_instant(at))?,
        }
        map.serialize_entry("public_by", &self.public_by.map(write_instant))?;
        map.end()
    }
}

/// A question's ground: what counts, on which day, and the meetings as they stand then.
#[derive(Debug)]
pub struct Asked<'a> {
    /// What counts.
    pub view: View<'a>,
    /// The day asked about, from which days to go and lapsing are counted.
    pub on: NaiveDate,
    /// The meetings as they stand on that day, by id.
    pub meetings: Meetings,
    /// How many days a stop without a known end is carried on.
    pub carry: i64,
}

impl<'a> Asked<'a> {
    /// Puts a question about the day `on` to what the clocks of `scope` let be seen.
    #[must_use]
    pub fn new(claims: &'a Claims, scope: Scope, on: NaiveDate, carry: i64) -> Self {
        let view = View::new(claims, scope);
        let meetings = Meetings::of(&view, on);
        Self { view, on, meetings, carry }
    }

    /// The same question under other clocks.
    #[must_use]
    pub fn under(&self, scope: Scope) -> Self {
        Self::new(self.view.claims(), scope, self.on, self.carry)
    }

    /// The desk's knowledge.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        self.view.registry()
    }

    /// The zone of the log.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.view.claims().zone()
    }

    /// Where an official is, was and will be.
    #[must_use]
    pub fn whereabouts(&self, official: &OfficialId) -> Whereabouts {
        Whereabouts::derive(&self.view, &self.meetings, official, self.carry)
    }

    /// A meeting by its id.
    #[must_use]
    pub fn meeting(&self, id: &crate::event::MeetingId) -> Option<&Meeting> {
        self.meetings.get(id)
    }
}
