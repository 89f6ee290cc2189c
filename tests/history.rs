//! Real history: every row of a list of 4,271 journeys goes in, and every day of them comes out; held by scripts that know only the list.
//!
//! The list is that of the Office of the Historian (CC0). Where its places are was written down by somebody who knew neither the program nor its
//! gazetteer (`tests/data/places.tsv`): a cell, and each place that it names with its country of today, position and kind.

use std::ffi::OsStr;

use serde_json::Value;

use crate::desk::{Desk, project};
use crate::panel::tools::{judged_by, said};

/// A desk with the whole list, and what its import answered.
fn desk() -> (Desk, Value) {
    let desk = Desk::new().at("2025-11-01T12:00:00Z");
    let said = import(&desk);
    (desk, said)
}

fn import(desk: &Desk) -> Value {
    let (table, map) = (project().join("tests/data/travels.tsv"), project().join("tests/data/travels.toml"));
    let said = desk.run(&["import", table.to_str().unwrap(), "--map", map.to_str().unwrap(), "--json"], "");
    assert_eq!(said.code, 0, "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

#[test]
fn every_row_lands_and_every_day_is_answered() {
    let (desk, first) = desk();
    assert_eq!((&first["rows"], &first["written"], &first["refused"]), (&4271.into(), &4271.into(), &0.into()));
    let again = import(&desk);
    assert_eq!((&again["written"], &again["already"]), (&0.into(), &4271.into()));
    let (list, places) = (project().join("tests/data/travels.tsv"), project().join("tests/data/places.tsv"));
    let words =
        "--official-column official --start start --end end --city city --country country --venues-near --by-export 25 --binary";
    let mut arguments: Vec<&OsStr> = vec![list.as_os_str()];
    arguments.extend(words.split(' ').map(OsStr::new));
    let log = desk.path("events");
    arguments.extend([
        OsStr::new(env!("CARGO_BIN_EXE_daybook")),
        OsStr::new("--log"),
        log.as_os_str(),
        OsStr::new("--names"),
        places.as_os_str(),
    ]);
    if let Some(judged) = judged_by("days.py", &arguments) {
        assert!(judged.status.success(), "{}", said(&judged));
        assert!(said(&judged).contains("official-days 8671,"), "{}", said(&judged));
    }
}

#[test]
fn at_least_95_of_100_cells_are_the_right_places() {
    let (desk, _) = desk();
    let (list, places, log) =
        (project().join("tests/data/travels.tsv"), project().join("tests/data/places.tsv"), desk.path("events"));
    if let Some(judged) = judged_by("places.py", &[list.as_os_str(), places.as_os_str(), log.as_os_str()]) {
        assert!(judged.status.success(), "{}", said(&judged));
    }
}
