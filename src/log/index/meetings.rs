//! What takes all events of a meeting to know: whom it places where on which days, and whether it is still pending.
//!
//! Neither is decided here. A meeting counts as over only where every fold that sees its end must say so; one that is taken for pending
//! though it is over costs a look at its lines.

use std::collections::{HashMap, HashSet};

use super::run::{Posting, Spot};
use crate::event::{Days, Entry, Event, Key, Kind, Reference, Subject, dates, day_of, references, seats};
use crate::time::Zone;

/// Under which the meetings stand that are pending at the end of a run: each once, with the first day on which it was known.
pub(super) const PENDING: Key = Key(0x7065_6e64_696e_6721);
/// Under which the others stand, from the first day on which they were known to the last on which not all could know that they are over.
pub(super) const OVER: Key = Key(0x6f76_6572_6f76_6572);

/// What the events of a meeting add up to, as far as an index asks.
#[derive(Clone, Debug)]
struct Course {
    /// Its first event.
    at: Spot,
    officials: Vec<Key>,
    places: Vec<Key>,
    dates: Vec<Days>,
    /// The first day on which anybody could know of it, and the last on which something of it was still to become known.
    known: Days,
    /// The ends that nobody has taken back: the entry, whether it says that it was held, when it became public (ms), and the day by which it
    /// was public and recorded.
    ends: Vec<(Key, bool, i64, i32)>,
    /// When the last event became public that is no cancellation (ms).
    alive: i64,
    /// Whether this stretch tells of it.
    told: bool,
}

impl Course {
    /// The last day on which it can have been pending; `None` where it still is.
    fn over(&self) -> Option<i32> {
        let held = self.ends.iter().filter(|(_, held, ..)| *held).map(|(.., day)| *day).min();
        // A cancellation that something followed may have been called back.
        let cancelled = self.ends.iter().any(|(_, held, public, _)| !held && *public > self.alive).then_some(self.known.to);
        held.or(cancelled)
    }
}

/// The meetings that a stretch of the log tells of.
#[derive(Debug, Default)]
pub(super) struct Meetings {
    /// Whether nothing stands before what was taken in.
    from_start: bool,
    /// All meetings that were taken in.
    seen: HashSet<Key>,
    courses: HashMap<Key, Course>,
    /// The meetings that an entry tells of.
    of_entries: HashMap<Key, Vec<Key>>,
}

/// What stands before the stretch.
pub(super) trait Earlier {
    /// The earlier entries that tell of a meeting, in log order, each with whether anything of it was taken back.
    fn of_meeting(&self, key: Key) -> Result<Vec<(Spot, Entry, bool)>, super::Broken>;
    /// An earlier entry.
    fn entry(&self, key: Key) -> Result<Option<Entry>, super::Broken>;
    /// What was pending at its end.
    fn pending(&self) -> Result<Vec<Posting>, super::Broken>;
}

impl Meetings {
    /// None yet; `from_start` if nothing stands before what will be taken in.
    pub fn new(from_start: bool) -> Self {
        Self { from_start, ..Self::default() }
    }

    /// Takes in an entry of the stretch.
    pub fn take(&mut self, entry: &Entry, at: Spot, zone: Zone, earlier: &dyn Earlier) -> Result<(), super::Broken> {
        for event in &entry.events {
            for reference in references(event) {
                self.strike(reference, zone, earlier)?;
            }
            let Some(meeting) = event.what.meeting() else { continue };
            let key = Subject::Meeting(meeting.as_str()).key();
            let is_first = self.seen.insert(key) && self.from_start;
            if !is_first && !self.courses.contains_key(&key) {
                for (spot, entry, is_struck) in earlier.of_meeting(key)? {
                    for event in entry.events.iter().filter(|event| event.what.meeting() == Some(meeting)) {
                        self.add(key, &entry, event, spot, zone, is_struck);
                    }
                }
            }
            self.add(key, entry, event, at, zone, false);
            if let Some(course) = self.courses.get_mut(&key) {
                course.told = true;
            }
        }
        Ok(())
    }

    fn add(&mut self, key: Key, entry: &Entry, event: &Event, at: Spot, zone: Zone, is_struck: bool) {
        let public = entry.public(zone);
        let days = [day_of(public), day_of(entry.recorded)];
        let (first, last) = (days[0].min(days[1]) - 1, days[0].max(days[1]) + 1);
        let of_entry = Subject::Entry(entry.id).key();
        let course = self.courses.entry(key).or_insert_with(|| Course {
            at,
            officials: Vec::new(),
            places: Vec::new(),
            dates: Vec::new(),
            known: Days { from: first, to: last },
            ends: Vec::new(),
            alive: i64::MIN,
            told: false,
        });
        course.known = Days { from: course.known.from.min(first), to: course.known.to.max(last) };
        let (officials, place) = seats(&event.what);
        officials.into_iter().for_each(|official| add(&mut course.officials, Subject::Seat(official).key()));
        place.into_iter().for_each(|place| add(&mut course.places, Subject::Place(place).key()));
        dates(&event.what).into_iter().for_each(|days| add(&mut course.dates, days));
        let kind = event.what.kind();
        let ends = matches!(kind, Kind::MeetingHeld | Kind::MeetingCancelled);
        if kind != Kind::MeetingCancelled {
            course.alive = course.alive.max(public.timestamp_millis());
        }
        if ends && !is_struck {
            course.ends.push((of_entry, kind == Kind::MeetingHeld, public.timestamp_millis(), last));
        }
        let meetings = self.of_entries.entry(of_entry).or_default();
        add(meetings, key);
    }

    /// What says that meetings are over is taken back.
    fn strike(&mut self, reference: Reference, zone: Zone, earlier: &dyn Earlier) -> Result<(), super::Broken> {
        let key = Subject::Entry(reference.entry()).key();
        let meetings = match self.of_entries.get(&key) {
            Some(meetings) => meetings.clone(),
            None => {
                let events = earlier.entry(key)?.map(|entry| entry.events).unwrap_or_default();
                events.iter().filter_map(|event| event.what.meeting()).map(|id| Subject::Meeting(id.as_str()).key()).collect()
            }
        };
        for meeting in meetings {
            if !self.courses.contains_key(&meeting) {
                for (spot, entry, is_struck) in earlier.of_meeting(meeting)? {
                    for event in &entry.events {
                        if event.what.meeting().is_some_and(|id| Subject::Meeting(id.as_str()).key() == meeting) {
                            self.add(meeting, &entry, event, spot, zone, is_struck);
                        }
                    }
                }
            }
            if let Some(course) = self.courses.get_mut(&meeting) {
                course.ends.retain(|(entry, ..)| *entry != key);
                course.told = true;
            }
        }
        Ok(())
    }

    /// Hands out what the meetings of the stretch place where, and what is pending at its end. What follows is another stretch, before which
    /// this one stands.
    pub fn end(&mut self, earlier: &dyn Earlier, postings: &mut Vec<Posting>) -> Result<(), super::Broken> {
        for (key, course) in &mut self.courses {
            match course.over() {
                // `to` tells meetings of one entry apart.
                None => postings.push(Posting { key: PENDING, from: course.known.from, to: low(*key), at: course.at }),
                Some(last) if course.told => {
                    let days = Days { from: course.known.from, to: last };
                    postings.push(Posting { key: OVER.of(days), from: days.from, to: days.to, at: course.at });
                }
                Some(_) => {}
            }
            if std::mem::take(&mut course.told) {
                for subject in course.officials.iter().chain(&course.places) {
                    for days in &course.dates {
                        postings.push(Posting { key: subject.of(*days), from: days.from, to: days.to, at: course.at });
                    }
                }
            }
        }
        let known: HashSet<(i32, Spot)> = self.courses.iter().map(|(key, course)| (low(*key), course.at)).collect();
        postings.extend(earlier.pending()?.into_iter().filter(|posting| !known.contains(&(posting.to, posting.at))));
        // What is over is found again where it stands.
        self.courses.retain(|_, course| course.over().is_none());
        self.of_entries.clear();
        Ok(())
    }
}

/// 32 bits of a key.
fn low(key: Key) -> i32 {
    let [a, b, c, d, ..] = key.0.to_le_bytes();
    i32::from_le_bytes([a, b, c, d])
}

fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
