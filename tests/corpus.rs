//! The corpus of the fuzzer as ordinary tests: every file that a law was ever tried on keeps it.

#[path = "fuzz/laws.rs"]
mod laws;

use std::collections::BTreeSet;
use std::panic::catch_unwind;

use crate::desk::project;

type Law = fn(&[u8]);

/// The laws by the names of their targets.
const LAWS: [(&str, Law); 6] = [
    ("dates", laws::dates),
    ("entry", laws::entry),
    ("ics_in", laws::ics_in),
    ("ics_out", laws::ics_out),
    ("line", laws::line),
    ("words", laws::words),
];

/// The most bytes of the whole corpus: it is read by people too.
const CORPUS_BYTES: usize = 300 << 10;

fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(project().join("tests/fuzz/corpus").join(target)).unwrap();
    let mut files: Vec<_> = files
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap()))
        .collect();
    files.sort();
    files
}

fn keeps_its_law(target: &str) {
    let (_, law) = LAWS.iter().find(|(name, _)| *name == target).unwrap();
    let files = corpus(target);
    assert!(files.len() >= 10, "{target} has {} seeds", files.len());
    // A law says what is wrong when it panics; here it is added in which file.
    let broken: Vec<&String> =
        files.iter().filter(|(_, data)| catch_unwind(|| law(data)).is_err()).map(|(name, _)| name).collect();
    assert!(broken.is_empty(), "{target}: the law does not hold for {broken:?}");
}

#[test]
fn lines_of_the_log_keep_their_law() {
    keeps_its_law("line");
}

#[test]
fn entries_keep_their_law() {
    keeps_its_law("entry");
}

#[test]
fn words_files_keep_their_law() {
    keeps_its_law("words");
}

#[test]
fn dates_keep_their_law() {
    keeps_its_law("dates");
}

#[test]
fn calendars_from_elsewhere_keep_their_law() {
    keeps_its_law("ics_in");
}

#[test]
fn hostile_texts_in_calendars_keep_their_law() {
    keeps_its_law("ics_out");
}

#[test]
fn every_target_has_its_law_and_its_corpus() {
    let stems = |folder: &str| -> BTreeSet<String> {
        let files = std::fs::read_dir(project().join("tests/fuzz").join(folder)).unwrap();
        files.map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect()
    };
    let named: BTreeSet<String> = LAWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!((stems("targets"), stems("corpus")), (named.clone(), named));
    let bytes: usize = LAWS.iter().flat_map(|(target, _)| corpus(target)).map(|(_, data)| data.len()).sum();
    assert!(bytes <= CORPUS_BYTES, "{bytes} bytes; {CORPUS_BYTES} are the measure");
}
