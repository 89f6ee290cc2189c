//! What a list said before and does not say any more.

use uuid::Uuid;

use super::revision::{is_report, retraction};
use super::{Fate, Sieve};
use crate::event::{EntryId, EventRef, NewEntry, Source};
use crate::intake::lines::NAMESPACE;
use crate::intake::told::Claim;
use crate::intake::{Problem, Refusal};

impl Sieve<'_, '_> {
    /// Finds what the log has of this list and the table no longer, and takes it back if that is wanted.
    ///
    /// # Errors
    /// [`Refusal`] where it is wanted and cannot be known.
    pub(super) fn missing(&mut self, is_part: bool) -> Result<(), Refusal> {
        if self.edition.retract_missing {
            self.may_retract(is_part)?;
        }
        if is_part {
            return Ok(());
        }
        let missing = self.vanished();
        self.done.missing = missing.iter().map(|(_, record, _)| record.clone()).collect();
        if self.edition.retract_missing {
            for (outlet, record, of) in missing {
                self.retract(&outlet, &record, of);
            }
        }
        Ok(())
    }

    fn may_retract(&self, is_part: bool) -> Result<(), Refusal> {
        let refuse =
            |says: &str, hint: &str| Err(Problem::new(format!("{says}: --retract-missing takes back nothing")).hint(hint).into());
        if is_part {
            return refuse(
                "these are the rejected rows of a list, and not all of it",
                "import the list itself with --retract-missing",
            );
        }
        if self.done.rows == 0 {
            return refuse("the table has no rows, so that all of the list would be missing", "look whether the file is whole");
        }
        match &self.unkeyed {
            Some(problem) => {
                let says = "the key of a row cannot be read, so that it is not known which are missing: --retract-missing takes back nothing";
                let refused = Problem::new(says).hint("mend the row, or leave --retract-missing away");
                Err(Refusal { problems: vec![refused, problem.clone()] })
            }
            None => Ok(()),
        }
    }

    /// The keys of the rows that vanished, with their outlet and everything that they said. A list is what an outlet says under the titles that the
    /// rows of this table have, here or in the log.
    fn vanished(&self) -> Vec<(String, String, Vec<EventRef>)> {
        let until = self.edition.published.map_or(self.now, |published| published.instant(self.known.zone));
        let mut vanished: Vec<(String, String, Vec<EventRef>)> = Vec::new();
        for (outlet, list) in &self.lists {
            let is_ours = |claim: &Claim| list.titles.contains(&claim.title) && claim.published <= until;
            for record in list.told.records().filter(|record| !self.seen.contains_key(&(outlet.clone(), (*record).to_owned()))) {
                let claims = list.told.of_record(record).iter().filter(|claim| is_report(claim));
                let counting: Vec<&Claim> = claims.clone().filter(|claim| claim.counts).collect();
                if !counting.is_empty() && counting.into_iter().all(is_ours) {
                    // What has been replaced would count again, were it not taken back as well.
                    vanished.push((outlet.clone(), record.to_owned(), claims.map(|claim| claim.event).collect()));
                }
            }
        }
        vanished.sort();
        vanished
    }

    fn retract(&mut self, outlet: &str, record: &str, of: Vec<EventRef>) {
        let last = self.lists.get(outlet).and_then(|list| list.told.of_record(record).last());
        let source = Source {
            outlet: Some(outlet.to_owned()),
            title: last.and_then(|claim| claim.title.clone()),
            published: self.edition.published,
            record: Some(record.to_owned()),
            ..Source::default()
        };
        let digest = of.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        let id = EntryId(Uuid::new_v5(&NAMESPACE, format!("sheet\n{outlet}\n{record}\nmissing\n{digest}").as_bytes()));
        let embargo = self.embargo().and_then(|text| crate::time::bound(&text, self.known.zone).ok());
        let (logged_by, events, salt) = (self.logged_by(), vec![retraction(of)], (self.salt)());
        let entry = NewEntry { id, logged_by, source, embargo, events, x: None, salt };
        self.write(outlet, entry, Fate::Retracted(record.to_owned()));
    }
}
