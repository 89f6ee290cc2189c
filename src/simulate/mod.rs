//! A simulated world: what a wire service's desk would write down about 2,000 officials, the same for the same seed on every machine.
//!
//! For measuring, and for trying what a log of many years does. The pace is constant, about 1,370 entries a day from 2005 on, so that ten
//! million entries are twenty years, and a short log is the beginning of a longer one with the same seed: how dense a day is does not
//! depend on how long the log is.
//!
//! ```text
//! dice (the seed) ─▶ scene (who, where, when) ─┬─ tours        45 %   ─┐
//!                    atlas, people, words      ├─ statements   40 %    ├─▶ Hour: entries, recorded at one moment
//!                                              ├─ meetings     12 %    │
//!                                              └─ corrections   3 %   ─┘
//! ```
//!
//! What is kept is only what still goes on: tours and meetings that are not over, and some hundred reports that corrections refer to. All
//! is counted in whole numbers; nothing is rounded, and nothing reads a clock.

mod atlas;
mod corrections;
mod dice;
mod meetings;
mod people;
mod recent;
mod scene;
mod statements;
mod tours;
mod words;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::event::{EntryId, EventError, NewEntry};
use meetings::Meetings;
use recent::Recent;
use scene::{Draft, Scene};
use tours::Tours;

/// How many entries are recorded in an hour: 1,368 a day.
pub const HOURLY: usize = 57;

/// 2005-01-01T00:00:00Z, in seconds since 1970: when the log of a world is made.
const START: i64 = 1_104_537_600;

/// A world, which goes on hour by hour for as long as it is asked.
pub struct World {
    id: Uuid,
    scene: Scene,
    tours: Tours,
    meetings: Meetings,
    recent: Recent,
}

/// What the desk wrote down in an hour.
pub struct Hour {
    /// When: all of it was recorded at once.
    pub recorded: DateTime<Utc>,
    /// The entries: [`HOURLY`].
    pub entries: Vec<NewEntry>,
}

impl World {
    /// When its log is made.
    #[must_use]
    pub fn start() -> DateTime<Utc> {
        DateTime::from_timestamp(START, 0).unwrap_or_default()
    }

    /// The world of a seed, at its beginning.
    ///
    /// # Errors
    /// None in practice: the tables of names are tested to hold no bad id.
    pub fn new(seed: u64) -> Result<Self, EventError> {
        let mut scene = Scene::new(seed, Self::start())?;
        let id = scene.new_id();
        Ok(Self { id, scene, tours: Tours::default(), meetings: Meetings::default(), recent: Recent::default() })
    }

    /// The name of its log.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// What is written down in the next hour.
    ///
    /// # Errors
    /// None in practice, likewise.
    pub fn hour(&mut self) -> Result<Hour, EventError> {
        // In the middle of the hour: so what was published within some minutes before is later than all of the hour before.
        let into = TimeDelta::milliseconds(self.scene.dice.between(1_800_000, 3_000_000).into());
        self.scene.now = Self::start() + TimeDelta::hours(self.scene.hour.into()) + into;
        self.scene.today = self.scene.now.date_naive();
        let entries = (0..HOURLY).map(|_| self.entry()).collect::<Result<_, _>>()?;
        self.scene.hour += 1;
        Ok(Hour { recorded: self.scene.now, entries })
    }

    fn entry(&mut self) -> Result<NewEntry, EventError> {
        self.scene.entry = EntryId(self.scene.new_id());
        let draft = self.draft()?;
        Ok(self.scene.written(draft))
    }

    fn draft(&mut self) -> Result<Draft, EventError> {
        let Self { scene, tours, meetings, recent, .. } = self;
        match scene.dice.below(100) {
            0..=44 => return tours.report(scene, recent),
            45..=56 => return meetings.report(scene),
            57..=59 => {
                if let Some(draft) = corrections::correction(scene, tours, meetings, recent) {
                    return Ok(draft);
                }
            }
            _ => {}
        }
        Ok(statements::statement(scene, meetings, recent))
    }
}
