//! Bad input, and what it gets: each value is tried at every door at which it can stand, and refused there by the same rule.
//!
//! A table has the value, where it goes, and the sentence that must be said. Whatever comes: one error for one fault, the exit code of its
//! door, the log as it was, and nothing on a stream that could act on a terminal.

mod bytes;
mod dates;
mod doors;
mod ids;
mod json;
mod memory;
mod names;
mod questions;
mod texts;
mod ways_out;
mod words;

use std::collections::BTreeSet;

use doors::{Bench, Case, Door};

fn tables() -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("dates", dates::cases()),
        ("ids", ids::cases()),
        ("json", json::cases()),
        ("names", names::cases()),
        ("texts", texts::cases()),
        ("words", words::cases()),
    ]
}

#[test]
fn every_value_is_refused_at_every_door_by_its_rule() {
    let tables = tables();
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = tables.iter().map(|(table, cases)| scope.spawn(move || wrong(table, cases))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{} cases are not as they should be:\n{}", wrong.len(), wrong.join("\n"));
}

fn wrong(table: &str, cases: &[Case]) -> Vec<String> {
    let bench = Bench::new();
    let told = |case: &Case| case.fault(&bench).map(|fault| format!("{table}: {case}\n{fault}"));
    cases.iter().filter_map(told).collect()
}

#[test]
fn there_are_a_thousand_cases_and_every_door_has_its_share() {
    let all: Vec<Case> = tables().into_iter().flat_map(|(_, cases)| cases).collect();
    let distinct: BTreeSet<(&str, Door)> = all.iter().map(|case| (case.value.as_str(), case.door)).collect();
    assert!(distinct.len() >= 1_000, "{} values at doors", distinct.len());
    let mut placed = BTreeSet::new();
    for case in &all {
        assert!(placed.insert((case.place, case.value.as_str(), case.door)), "twice: {case}");
    }
    for door in Door::ALL {
        let share = distinct.iter().filter(|(_, at)| at == door).count();
        assert!(share >= 100, "{door:?} has only {share}");
    }
}
