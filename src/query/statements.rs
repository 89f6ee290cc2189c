//! What was said, by whom, about what.

use serde::Serialize;

use super::{Asked, Citation};
use crate::event::{OfficialId, PartyId, Position, What};
use crate::projection::Key;
use crate::time::When;

/// The statements that match, in the order in which they became public.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statements {
    /// The statements.
    pub statements: Vec<StatementAnswer>,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementAnswer {
    /// An official's id, or a name as given.
    pub speaker: String,
    /// What was said.
    pub text: String,
    /// The party spoken for.
    pub on_behalf_of: Option<PartyId>,
    /// Ids of meetings, officials, parties or places.
    pub about: Vec<String>,
    /// Key words.
    pub topics: Vec<String>,
    /// When it was said.
    pub when: Option<When>,
    /// The day of publication, local to the log's zone.
    pub published: chrono::NaiveDate,
    /// The event.
    pub evidence: Vec<Position>,
    /// The report, for people.
    #[serde(skip)]
    pub cited: Option<Citation>,
}

/// Which statements are asked for; an empty list lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementsFilter {
    /// By any of these officials.
    pub by: Vec<OfficialId>,
    /// About any of these ids: meetings, officials, parties, places.
    pub about: Vec<String>,
    /// With any of these key words, whatever the case.
    pub topics: Vec<String>,
}

/// The statements that count under the clocks and match the filter.
#[must_use]
pub fn statements(asked: &Asked<'_>, filter: &StatementsFilter) -> Statements {
    let found = asked.view.facts().iter().filter_map(|fact| {
        let What::Statement(statement) = &fact.event.what else { return None };
        let by = filter.by.is_empty() || filter.by.iter().any(|official| official.as_str() == statement.speaker);
        let about = filter.about.is_empty() || filter.about.iter().any(|id| statement.about.contains(id));
        let is_topic = |topic: &String| filter.topics.iter().any(|wanted| wanted.to_lowercase() == topic.to_lowercase());
        let topic = filter.topics.is_empty() || statement.topics.iter().any(is_topic);
        let Key { position, .. } = fact.key;
        (by && about && topic).then(|| StatementAnswer {
            speaker: statement.speaker.clone(),
            text: statement.text.clone(),
            on_behalf_of: statement.on_behalf_of.clone(),
            about: statement.about.clone(),
            topics: statement.topics.clone(),
            when: statement.when,
            published: fact.published_day(asked.zone()),
            evidence: vec![position],
            cited: Citation::at(&asked.view, position),
        })
    });
    Statements { statements: found.collect() }
}
