//! The law of the index: whoever finds by it answers as whoever reads the whole log, in every byte, on any log, whatever became of its files.

mod beside;
mod broken;
mod dense;
mod ground;
mod questions;

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::TimeDelta;

use crate::dice::Dice;
use crate::program::tell;
use ground::{By, Ground, agree, words};
use questions::{KINDS, Vocabulary};

/// How many times as many cases as usual are tried.
pub fn times() -> usize {
    std::env::var("DAYBOOK_INDEX_TIMES").ok().and_then(|times| usize::from_str(&times).ok()).unwrap_or(1)
}

/// A simulated world of so many entries.
fn world(entries: usize, seed: u64) -> Ground {
    let ground = Ground::bare();
    let said = ground.run(By::Whole, 0, &words(&format!("simulate --entries {entries} --seed {seed}")));
    assert_eq!(said.code, 0, "{}", said.err);
    ground
}

/// What there is to ask about, and a clock some days around the end, when some entries are under embargo.
fn vocabulary(ground: &mut Ground, dice: &mut Dice) -> Vocabulary {
    let reading = ground.log().read().unwrap();
    ground.now = reading.tip.recorded.unwrap() + TimeDelta::hours(i64::try_from(dice.below(400)).unwrap() - 100);
    Vocabulary::of(&reading.entries)
}

/// Asks so many questions both ways; how many of each kind were answered.
fn asks(ground: &Ground, words: &Vocabulary, dice: &mut Dice, questions: usize, answered: &mut BTreeMap<usize, [usize; 2]>) {
    for number in 0..questions {
        let kind = number % KINDS;
        let said = ground.both(&words.question(kind, dice)).unwrap_or_else(|differs| panic!("{differs}"));
        let [asked, fine] = answered.entry(kind).or_default();
        *asked += 1;
        *fine += usize::from(said.code == 0);
    }
}

#[test]
fn questions_about_simulated_worlds_are_answered_as_by_the_whole_log() {
    let mut answered = BTreeMap::new();
    for (seed, entries) in [(1, 360), (2, 240)] {
        let mut ground = world(entries, seed);
        let mut dice = Dice::of(seed);
        let words = vocabulary(&mut ground, &mut dice);
        asks(&ground, &words, &mut dice, 4 * KINDS * times(), &mut answered);
        assert!(!ground.runs().is_empty(), "there is no index");
    }
    for (kind, [asked, fine]) in &answered {
        assert!(3 * fine >= *asked, "of {asked} questions of kind {kind} only {fine} were answered");
    }
    let total: usize = answered.values().map(|[asked, _]| asked).sum();
    tell(&format!("{total} questions about simulated worlds, both ways"));
}

/// Two desks with the same dice: one finds by its index, one reads everything. They say and store the same, draft by draft.
#[test]
fn drafts_change_the_same_and_are_stored_the_same() {
    let (mut written, mut refused) = (0, 0);
    for seed in 1..=2 {
        let mut ground = world(240, 10 + seed);
        let mut dice = Dice::of(seed);
        let words = vocabulary(&mut ground, &mut dice);
        let other = ground.copy();
        for number in 0..30 * times() as u64 {
            let draft = words.draft(&mut dice);
            let mut tried = draft.clone();
            tried.push("--dry-run".to_owned());
            let found = ground.ask(&tried);
            agree(&tried, &found, &other.whole(&tried)).unwrap_or_else(|differs| panic!("{differs}"));
            if number % 2 == 0 {
                let (found, whole) = (ground.run(By::Index, number, &draft), other.run(By::Whole, number, &draft));
                agree(&draft, &found, &whole).unwrap_or_else(|differs| panic!("{differs}"));
                written += usize::from(whole.code == 0);
                refused += usize::from(whole.code != 0);
            }
        }
        assert!(ground.bytes() == other.bytes(), "the two logs differ");
        assert_eq!(ground.log().verify(&[]).unwrap().torn, None);
        let mut answered = BTreeMap::new();
        asks(&ground, &words, &mut dice, KINDS, &mut answered);
    }
    tell(&format!("{written} drafts written and {refused} refused, both ways"));
    assert!(written > refused, "{written} written, {refused} refused");
}

/// Many long entries, one by one: a run is made whenever enough follow the last, and few runs remain.
#[test]
fn a_log_that_grows_entry_by_entry_has_a_tail_and_few_runs() {
    let mut ground = world(250, 21);
    let mut dice = Dice::of(21);
    let vocabulary = vocabulary(&mut ground, &mut dice);
    let officials = vocabulary.officials.clone();
    let mut most = 0;
    let mut answered = BTreeMap::new();
    for number in 0..50 {
        let official = &officials[dice.below(officials.len())];
        let text = format!("{number} {}", "We will see what the talks bring. ".repeat(150));
        let draft = ["log", "statement", official, &text, "--json"].map(ToOwned::to_owned);
        let said = ground.run(By::Index, number, &draft);
        assert!(said.code == 0 || said.err.contains("error"), "{}", said.err);
        most = most.max(ground.runs().len());
        if number % 10 == 9 {
            asks(&ground, &vocabulary, &mut dice, KINDS, &mut answered);
        }
    }
    // One more is never enough for a run of its own.
    let last = ["log", "statement", &officials[0], "The last word.", "--json"].map(ToOwned::to_owned);
    assert_eq!(ground.run(By::Index, 50, &last).code, 0);
    let (runs, entries) = (ground.runs(), ground.log().read().unwrap().entries.len() as u64);
    assert!(entries > 270, "{entries} entries");
    assert_eq!(runs[0].0, 1);
    assert!(runs.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0), "{runs:?}");
    assert!((1..=3).contains(&runs.len()) && most > 1, "{runs:?}, {most} at most");
    assert!(runs.last().unwrap().1 < entries, "there is no tail: {runs:?} of {entries}");
}
