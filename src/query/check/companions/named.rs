//! Whom a report names as accompanied: "Accompanied President Ford to the signing", "accompanied the President".

use std::collections::HashMap;

use crate::event::{OfficialId, Rank};
use crate::names;
use crate::projection::Registry;

/// The word, as it is folded.
const ACCOMPANIED: &str = "accompanied";
/// How many words of a title are looked at, and how many of a name.
const LONGEST: usize = 4;

/// The officials by the words of their names.
pub struct Names<'a> {
    registry: &'a Registry,
    /// By the last word of a run: the officials that bear it, each with the words of one name.
    by_word: HashMap<String, Vec<(&'a OfficialId, Vec<String>)>>,
}

/// A word of a report.
struct Word {
    key: String,
    is_capital: bool,
    /// Whether a sentence or part of one ends behind it.
    ends: bool,
}

impl<'a> Names<'a> {
    pub fn new(registry: &'a Registry) -> Self {
        let mut by_word: HashMap<String, Vec<(&OfficialId, Vec<String>)>> = HashMap::new();
        for (id, record) in &registry.officials {
            for name in std::iter::once(&record.name).chain(&record.aliases) {
                let words = keys(name);
                let mut each: Vec<&String> = words.iter().collect();
                each.sort_unstable();
                each.dedup();
                for word in each {
                    by_word.entry(word.clone()).or_default().push((id, words.clone()));
                }
            }
        }
        Self { registry, by_word }
    }

    /// All officials other than the companion whom a text may name as accompanied; `None` where it names nobody that is known.
    ///
    /// They are named by a run of whole words of a name or an alias, with nothing before it but a title that is theirs; else by the title
    /// alone, if they are of the companion's party.
    pub fn accompanied(&self, text: &str, companion: &OfficialId) -> Option<Vec<&'a OfficialId>> {
        let words = self.after(text, companion)?;
        let named = (0..LONGEST).find_map(|title| self.named(&words, title, companion));
        named.or_else(|| self.titled(&words, companion))
    }

    /// The words behind "accompanied", without "by" and "the", where it is said of the companion: first in its sentence or part of one, behind
    /// the companion's own name, or behind an "and" before which nobody else is named.
    fn after(&self, text: &str, companion: &OfficialId) -> Option<Vec<Word>> {
        // Nearly no text has the word: those are not taken apart.
        text.as_bytes().windows(ACCOMPANIED.len()).any(|part| part.eq_ignore_ascii_case(ACCOMPANIED.as_bytes())).then_some(())?;
        let words: Vec<&str> = text.split_whitespace().collect();
        let at = words.iter().position(|word| names::fold(word) == ACCOMPANIED)?;
        let (before, behind) = words.split_at_checked(at)?;
        let before: Vec<Word> = before.iter().map(|word| Word::of(word)).collect();
        let start = before.iter().rposition(|word| word.ends).map_or(0, |last| last + 1);
        let before = &before[start..];
        let names = |word: &Word, whom: &dyn Fn(&OfficialId) -> bool| {
            word.is_capital && self.by_word.get(&word.key).is_some_and(|bearers| bearers.iter().any(|(id, _)| whom(id)))
        };
        let of_companion = match before.last() {
            None => true,
            Some(word) if word.key == "and" => !before.iter().any(|word| names(word, &|id| id != companion)),
            Some(word) => names(word, &|id| id == companion),
        };
        let behind = behind.iter().skip(1).map(|word| Word::of(word));
        let found: Vec<Word> = behind.skip_while(|word| ["bi", "the"].contains(&word.key.as_str())).take(2 * LONGEST).collect();
        (of_companion && !found.is_empty()).then_some(found)
    }

    /// Those whose name stands behind a title of so many words.
    fn named(&self, words: &[Word], title: usize, companion: &OfficialId) -> Option<Vec<&'a OfficialId>> {
        let (title, rest) = words.split_at_checked(title).filter(|(title, _)| !title.iter().any(|word| word.ends))?;
        let name = rest.iter().position(|word| word.ends).map_or(rest, |last| &rest[..=last]);
        (1..=name.len().min(LONGEST)).rev().find_map(|length| {
            let run = &name[..length];
            let (first, last) = (run.first()?, run.last()?);
            let keys: Vec<&str> = run.iter().map(|word| word.key.as_str()).collect();
            let bearers = self.by_word.get(&last.key).filter(|_| first.is_capital && last.is_capital)?;
            let bearers = bearers.iter().filter(|(id, name)| *id != companion && names::has_run(name, &keys)).map(|(id, _)| *id);
            some(bearers.filter(|id| self.fits(id, title)))
        })
    }

    /// Those of the companion's party whose title it is, where no name follows: "accompanied the President to Rome".
    fn titled(&self, words: &[Word], companion: &OfficialId) -> Option<Vec<&'a OfficialId>> {
        let ends = words.iter().position(|word| word.ends).map_or(words.len(), |last| last + 1);
        let title = &words[..words[..ends].iter().take_while(|word| word.is_capital).count().min(LONGEST)];
        let of_another = words[..ends].get(title.len()).is_some_and(|word| word.key == "of");
        let party = self.registry.party_of(companion).filter(|_| !title.is_empty() && !of_another)?;
        let others =
            self.registry.officials.iter().filter(|(id, record)| *id != companion && record.party.as_ref() == Some(party));
        let known = others.filter(|(_, record)| record.title.is_some() || record.rank.is_some());
        some(known.map(|(id, _)| id).filter(|id| self.fits(id, title)))
    }

    /// Whether an official may be called so: no title at all, the beginning of the registered one, else a usual one of the rank; where neither
    /// is registered, anything goes.
    fn fits(&self, official: &OfficialId, title: &[Word]) -> bool {
        let Some(record) = self.registry.officials.get(official) else { return false };
        let called = |known: &str| {
            let known = keys(known);
            known.len() >= title.len() && known.iter().zip(title).all(|(known, word)| *known == word.key)
        };
        match (&record.title, record.rank) {
            _ if title.is_empty() => true,
            (Some(known), _) => called(known),
            (None, Some(rank)) => usual(rank).iter().any(|known| called(known)),
            (None, None) => true,
        }
    }
}

/// What somebody of a rank is usually called.
fn usual(rank: Rank) -> &'static [&'static str] {
    match rank {
        Rank::HeadOfState => &["President", "King", "Queen", "Emperor", "Empress", "Pope"],
        Rank::HeadOfGovernment => &["Prime Minister", "Premier", "Chancellor"],
        Rank::ForeignMinister => &["Foreign Minister", "Foreign Secretary", "Secretary of State", "Minister of Foreign Affairs"],
        Rank::Minister => &["Minister", "Secretary"],
        Rank::Envoy => &["Special Envoy", "Envoy", "Ambassador"],
        Rank::Adviser => &["Adviser", "Advisor", "National Security Adviser", "National Security Advisor"],
        Rank::Spokesperson | Rank::Other => &[],
    }
}

impl Word {
    fn of(text: &str) -> Self {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
        // The point of an initial ends nothing.
        let ends = text.ends_with([',', ';', ':', ')', '!', '?']) || (text.ends_with('.') && letters > 1);
        let is_capital = text.chars().find(|letter| letter.is_alphanumeric()).is_some_and(char::is_uppercase);
        Self { key: names::key(text), is_capital, ends }
    }
}

fn keys(text: &str) -> Vec<String> {
    names::words(text).iter().map(|word| names::key(word)).collect()
}

fn some<'a>(officials: impl Iterator<Item = &'a OfficialId>) -> Option<Vec<&'a OfficialId>> {
    let mut found: Vec<&OfficialId> = officials.collect();
    found.sort_unstable();
    found.dedup();
    (!found.is_empty()).then_some(found)
}
