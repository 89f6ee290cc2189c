//! What was said, by whom, about what.

use std::collections::BTreeSet;

use serde::Serialize;

use super::search::{Search, contains, is_same};
use super::{Asked, Citation};
use crate::event::{Event, OfficialId, PartyId, Position, Statement, What};
use crate::projection::{Claims, Key};
use crate::time::When;

/// The statements that match, in the order in which they became public.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statements {
    /// The statements.
    pub statements: Vec<StatementAnswer>,
    /// Where words were searched for and nothing was found: the words of statements that are near to them, for people.
    #[serde(skip)]
    pub near: Option<Vec<String>>,
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
    /// The source's own words, where they are kept beside the text.
    pub quote: Option<String>,
    /// The desk's remark.
    pub note: Option<String>,
    /// The report, for people.
    #[serde(skip)]
    pub cited: Option<Citation>,
}

/// Somebody who spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// An official.
    Official(OfficialId),
    /// Nobody that the desk knows: everybody whose name as given has these words in a row ("spokesman").
    Named(String),
}

impl Speaker {
    /// Those of a name as given; `None` if nobody of that name spoke in the whole log.
    #[must_use]
    pub fn named(claims: &Claims, name: &str) -> Option<Self> {
        let named = Self::Named(name.to_owned());
        told(claims).any(|statement| named.is(&statement.speaker)).then_some(named)
    }

    fn is(&self, speaker: &str) -> bool {
        match self {
            Self::Official(official) => official.as_str() == speaker,
            Self::Named(name) => contains(speaker, name),
        }
    }
}

/// Which statements are asked for; what is empty lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementsFilter {
    /// By any of these.
    pub by: Vec<Speaker>,
    /// About any of these ids: meetings, officials, parties, places.
    pub about: Vec<String>,
    /// With any of these key words, as names are compared.
    pub topics: Vec<String>,
    /// With these words in the text, its quote or its note.
    pub search: Option<Search>,
}

impl StatementsFilter {
    fn lets(&self, event: &Event, statement: &Statement) -> bool {
        let by = self.by.is_empty() || self.by.iter().any(|speaker| speaker.is(&statement.speaker));
        let about = self.about.is_empty() || self.about.iter().any(|id| statement.about.contains(id));
        let is_topic = |topic: &String| self.topics.iter().any(|wanted| is_same(topic, wanted));
        let topic = self.topics.is_empty() || statement.topics.iter().any(is_topic);
        by && about && topic && self.search.as_ref().is_none_or(|search| search.is_in(&texts(event, statement)))
    }
}

/// The texts in which words are searched for.
fn texts<'a>(event: &'a Event, statement: &'a Statement) -> Vec<&'a str> {
    let telling = &event.telling;
    let texts = [Some(&statement.text), telling.quote.as_ref(), telling.note.as_ref()];
    texts.into_iter().flatten().map(String::as_str).collect()
}

/// The statements that count under the clocks and match the filter.
#[must_use]
pub fn statements(asked: &Asked<'_>, filter: &StatementsFilter) -> Statements {
    let found = asked.view.facts().iter().filter_map(|fact| {
        let What::Statement(statement) = &fact.event.what else { return None };
        let Key { position, .. } = fact.key;
        filter.lets(fact.event, statement).then(|| StatementAnswer {
            speaker: statement.speaker.clone(),
            text: statement.text.clone(),
            on_behalf_of: statement.on_behalf_of.clone(),
            about: statement.about.clone(),
            topics: statement.topics.clone(),
            when: statement.when,
            published: fact.published_day(asked.zone()),
            evidence: vec![position],
            quote: fact.event.telling.quote.clone(),
            note: fact.event.telling.note.clone(),
            cited: Citation::at(&asked.view, position),
        })
    });
    let statements: Vec<StatementAnswer> = found.collect();
    let near = filter.search.as_ref().filter(|_| statements.is_empty()).map(|search| {
        let all = asked.view.facts().iter().filter_map(|fact| {
            if let What::Statement(statement) = &fact.event.what { Some(texts(fact.event, statement)) } else { None }
        });
        search.near(&all.flatten().collect::<Vec<_>>())
    });
    Statements { statements, near }
}

/// The topic of the whole log that is the one typed, in whatever spelling.
///
/// # Errors
/// Every topic of the log, sorted, when none is that one.
pub fn topic(claims: &Claims, typed: &str) -> Result<String, Vec<String>> {
    let all: BTreeSet<&String> = told(claims).flat_map(|statement| &statement.topics).collect();
    match all.iter().find(|topic| is_same(topic, typed)) {
        Some(topic) => Ok((**topic).clone()),
        None => Err(all.into_iter().cloned().collect()),
    }
}

/// Every statement of a log, counting or not.
fn told(claims: &Claims) -> impl Iterator<Item = &Statement> {
    let events = claims.entries().flat_map(|entry| &entry.events);
    events.filter_map(|event| if let What::Statement(statement) = &event.what { Some(statement) } else { None })
}
