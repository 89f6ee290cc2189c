//! Words searched for in what was said: whatever their case, accents and transliteration, as names are compared, and by their beginning.

use std::collections::BTreeSet;

use crate::names;

/// What is searched for: words and runs of words, all of which must occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search(Vec<Vec<Word>>);

/// From so many letters on two words of one key are taken for one: shorter ones too often are not ("of", "off").
const KEYED: usize = 4;

/// From so many letters on a word is found by its beginning.
const BEGUN: usize = 3;

/// The most words that are offered where nothing was found.
const OFFERED: usize = 3;

/// A word in the forms by which it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    folded: String,
    key: String,
}

impl Search {
    /// Reads what was typed; words in quotation marks are a run, and so are words joined by a hyphen. `None` if there is no word in it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let parts = text.split(['"', '“', '”', '„', '«', '»']).enumerate();
        // Every second part stands within quotation marks; one that is not closed goes on to the end.
        let runs = parts.flat_map(|(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() });
        let runs: Vec<Vec<Word>> = runs.map(words).filter(|run| !run.is_empty()).collect();
        (!runs.is_empty()).then_some(Self(runs))
    }

    /// Whether every word and run occurs in one of the texts; a word, and the last one of a run, from three letters up also as the beginning
    /// of one.
    #[must_use]
    pub fn is_in(&self, texts: &[&str]) -> bool {
        let texts: Vec<Vec<Word>> = texts.iter().map(|text| words(text)).collect();
        self.0.iter().all(|run| texts.iter().any(|text| begins_run(text, run)))
    }

    /// Words of the texts that are near to those that occur in none of them.
    #[must_use]
    pub fn near(&self, texts: &[&str]) -> Vec<String> {
        let all: Vec<Word> = texts.iter().flat_map(|text| words(text)).collect();
        let lost = self.0.iter().flatten().filter(|word| !all.iter().any(|one| one.begins_with(word)));
        let candidates = || all.iter().map(|word| word.folded.as_str()).filter(|word| word.chars().count() >= BEGUN);
        let near: BTreeSet<&str> = lost.flat_map(|word| names::nearest(&word.folded, candidates(), OFFERED)).collect();
        near.into_iter().map(str::to_owned).collect()
    }
}

/// Whether two texts are the same words.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    !a.is_empty() && a.len() == b.len() && has_run(&a, &b)
}

/// Whether the words of one text are a run of those of another.
pub(super) fn contains(text: &str, run: &str) -> bool {
    let run = words(run);
    !run.is_empty() && has_run(&words(text), &run)
}

fn has_run(text: &[Word], run: &[Word]) -> bool {
    text.windows(run.len()).any(|window| window.iter().zip(run).all(|(a, b)| a.is(b)))
}

/// The same, the last word by its beginning.
fn begins_run(text: &[Word], run: &[Word]) -> bool {
    let Some((last, before)) = run.split_last() else { return true };
    let is_run = |window: &[Word]| window.iter().zip(before).all(|(a, b)| a.is(b));
    text.windows(run.len()).any(|window| is_run(window) && window.last().is_some_and(|word| word.begins_with(last)))
}

fn words(text: &str) -> Vec<Word> {
    let word = |folded: &str| Word { folded: folded.to_owned(), key: names::key(folded) };
    names::fold(text).split(' ').filter(|folded| !folded.is_empty()).map(word).collect()
}

impl Word {
    /// Whether it is another one, or begins with it.
    fn begins_with(&self, other: &Self) -> bool {
        let is_begun = other.folded.chars().count() >= BEGUN;
        let is_keyed = other.key.chars().count() >= KEYED || (is_begun && !other.folded.is_ascii());
        self.is(other) || (is_begun && self.folded.starts_with(&other.folded)) || (is_keyed && self.key.starts_with(&other.key))
    }

    fn is(&self, other: &Self) -> bool {
        let is_foreign = !self.folded.is_ascii() || !other.folded.is_ascii();
        let is_keyed = is_foreign || self.key.chars().count() >= KEYED;
        self.folded == other.folded || (is_keyed && self.key == other.key)
    }
}

#[cfg(test)]
mod tests {
    use super::{Search, contains, is_same};

    fn finds(search: &str, texts: &[&str]) -> bool {
        Search::read(search).is_some_and(|search| search.is_in(texts))
    }

    #[test]
    fn all_words_must_occur_in_any_order_and_field() {
        let texts = ["Leave the tensions behind", "a note of Élysée"];
        for found in ["tensions leave", "ELYSEE", "behind note", "leave   the", "tensions", "tension", "ely"] {
            assert!(finds(found, &texts), "{found}");
        }
        for lost in ["leave us", "hind", "te", "tensionless"] {
            assert!(!finds(lost, &texts), "{lost}");
        }
    }

    #[test]
    fn quotation_marks_and_hyphens_make_a_run_within_one_field() {
        let texts = ["Leave the tensions behind", "US–Russia talks"];
        for found in [
            "\"the tensions\"",
            "“leave the” talks",
            "us-russia",
            "\"tensions behind",
            "russia",
            "\"us russia talks\"",
            "\"leave the ten\"",
            "us-rus",
        ] {
            assert!(finds(found, &texts), "{found}");
        }
        for lost in ["\"tensions the\"", "\"behind us\"", "\"leave tensions\"", "russia-us", "\"lea the\""] {
            assert!(!finds(lost, &texts), "{lost}");
        }
    }

    #[test]
    fn words_are_compared_as_names_are() {
        assert!(finds("Zelenski", &["Зеленський said"]));
        assert!(finds("zelenskyy", &["Volodymyr Zelensky"]));
        assert!(finds("zelensk", &["Зеленський said"]) && finds("зел", &["Zelensky"]));
        assert!(finds("мир", &["mir"]));
        assert!(!finds("of", &["off"]), "short words are compared as they are");
        assert!(is_same("bilateral-relations", "Bilateral Relations") && !is_same("relations", "bilateral relations"));
        assert!(contains("a spokesman", "Spokesman") && !contains("a spokeswoman", "spokesman") && !contains("a", ""));
    }

    #[test]
    fn near_words_are_offered_for_those_that_are_nowhere() {
        let near = |search: &str| Search::read(search).map(|search| search.near(&["Leave the tensions behind", "a note"]));
        assert_eq!(near("tenshions leave"), Some(vec!["tensions".to_owned()]));
        assert_eq!(near("note leave"), Some(Vec::new()), "both are there, though not together");
    }

    #[test]
    fn without_a_word_there_is_nothing_to_search_for() {
        for nothing in ["", "  ", "\"\"", "–", "?!"] {
            assert_eq!(Search::read(nothing), None, "{nothing}");
        }
    }
}
