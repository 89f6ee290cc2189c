//! The reports of the last days, which corrections refer to: never more than a few hundred.

use std::collections::VecDeque;

use chrono::NaiveDate;

use super::dice::Dice;
use super::scene::Scene;
use crate::event::EventRef;

/// How many are kept.
const KEPT: usize = 512;

/// The newest reports that nothing has corrected yet.
#[derive(Default)]
pub(super) struct Recent(VecDeque<Past>);

/// A report.
pub(super) struct Past {
    /// Its first event.
    pub first: EventRef,
    pub says: Report,
    /// Whether its entry makes something known, and so is never taken back as a whole.
    pub introduces: bool,
}

/// What it says.
pub(super) enum Report {
    Statement,
    Stay { officials: Vec<usize>, place: usize, from: NaiveDate, to: NaiveDate },
}

impl Recent {
    /// Keeps the entry that is being written.
    pub fn note(&mut self, scene: &Scene, says: Report) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(Past { first: scene.reference(1), says, introduces: scene.introduces() });
    }

    /// Takes any of them out.
    pub fn take(&mut self, dice: &mut Dice) -> Option<Past> {
        let at = dice.index(self.0.len());
        self.0.swap_remove_back(at)
    }

    /// Takes a stay out, if one of some that are looked at is.
    pub fn take_stay(&mut self, dice: &mut Dice) -> Option<Past> {
        let mut looks = (0..8).map(|_| dice.index(self.0.len()));
        let at = looks.find(|at| self.0.get(*at).is_some_and(|past| matches!(past.says, Report::Stay { .. })))?;
        self.0.swap_remove_back(at)
    }
}
