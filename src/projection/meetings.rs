//! The meetings of a view as they stand on a day, found by their ids and by those on their lists.

use std::collections::HashMap;
use std::ops::Deref;

use chrono::NaiveDate;

use super::{Meeting, View};
use crate::event::{MeetingId, OfficialId};

/// Every meeting of a view, by id.
#[derive(Clone, Debug, Default)]
pub struct Meetings {
    all: Vec<Meeting>,
    /// For each official the meetings that they are on the list of, in that order.
    seats: HashMap<OfficialId, Vec<usize>>,
}

impl Meetings {
    /// As they stand on the day `on`.
    #[must_use]
    pub fn of(view: &View<'_>, on: NaiveDate) -> Self {
        let all: Vec<Meeting> = view.meeting_ids().filter_map(|id| Meeting::fold(view, id, on)).collect();
        let mut seats: HashMap<OfficialId, Vec<usize>> = HashMap::new();
        for (at, meeting) in all.iter().enumerate() {
            for official in meeting.seats.iter().filter_map(|seat| seat.who.as_ref().ok()) {
                let own = seats.entry(official.clone()).or_default();
                if own.last() != Some(&at) {
                    own.push(at);
                }
            }
        }
        Self { all, seats }
    }

    /// A meeting by its id.
    #[must_use]
    pub fn get(&self, id: &MeetingId) -> Option<&Meeting> {
        let at = self.all.binary_search_by(|meeting| meeting.id.cmp(id)).ok()?;
        self.all.get(at)
    }

    /// The meetings that an official is on the list of, declined or not.
    pub fn with(&self, official: &OfficialId) -> impl Iterator<Item = &Meeting> {
        self.seats.get(official).into_iter().flatten().filter_map(|at| self.all.get(*at))
    }
}

impl Deref for Meetings {
    type Target = [Meeting];

    fn deref(&self) -> &[Meeting] {
        &self.all
    }
}

impl<'a> IntoIterator for &'a Meetings {
    type Item = &'a Meeting;
    type IntoIter = std::slice::Iter<'a, Meeting>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}
