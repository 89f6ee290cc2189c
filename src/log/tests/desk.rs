//! A log in a throw-away directory, and entries to put into it.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use uuid::Uuid;

use super::super::*;
use crate::event::{EntryId, Event, NewEntry, Reference, Retraction, Source, Statement, Telling, What, Why};
use crate::time::{Zone, parse_instant};

pub(super) const ID: Uuid = Uuid::from_u128(0x6f1c_1f0e_0000_4000_8000_0000_0000_0001);

/// A log in a throw-away directory.
pub(super) struct Desk {
    pub(super) home: TempDir,
    pub(super) log: Log,
}

pub(super) fn now() -> DateTime<Utc> {
    parse_instant("2025-02-18T09:00:00.123999Z").unwrap()
}

pub(super) fn id(n: u64) -> EntryId {
    EntryId(Uuid::from_u128(0x0195_0000_0000_7000_8000_0000_0000_0000 + u128::from(n)))
}

pub(super) fn said(n: u64, text: &str) -> NewEntry {
    let what = What::Statement(Statement {
        speaker: "rubio".to_owned(),
        text: text.to_owned(),
        on_behalf_of: None,
        about: vec![],
        topics: vec![],
        when: None,
        place: None,
        language: None,
    });
    let events = vec![Event { what, telling: Telling::default() }];
    NewEntry { id: id(n), logged_by: Some("desk".into()), source: Source::default(), embargo: None, events, x: None, salt: n }
}

pub(super) fn retracted(n: u64, of: Reference) -> NewEntry {
    let what = What::Retraction(Retraction { of: vec![of], reason: Why::Wrong });
    NewEntry { events: vec![Event { what, telling: Telling::default() }], ..said(n, "") }
}

pub(super) fn desk() -> Desk {
    let home = tempfile::tempdir().unwrap();
    let log = Log::init(&home.path().join("events"), Zone::UTC, ID, now()).unwrap();
    Desk { home, log }
}

/// A log of these many entries.
pub(super) fn desk_of(entries: u64) -> Desk {
    let desk = desk();
    desk.append((1..=entries).map(|n| said(n, &format!("word {n}"))).collect());
    desk
}

impl Desk {
    pub(super) fn writer(&self) -> Writer {
        self.log.lock(Some(Duration::ZERO), &mut |_| {}).unwrap()
    }

    pub(super) fn append(&self, entries: Vec<NewEntry>) -> Vec<Stored> {
        self.writer().append(entries, now()).unwrap()
    }

    /// As on a machine that never wrote to this log.
    pub(super) fn forget_what_was_acknowledged(&self) {
        fs::remove_dir_all(self.path(".index")).unwrap();
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.log.dir().join(name)
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        fs::read(self.path("000001.jsonl")).unwrap()
    }

    pub(super) fn lines(&self) -> Vec<String> {
        String::from_utf8(self.bytes()).unwrap().lines().map(ToOwned::to_owned).collect()
    }

    pub(super) fn write(&self, bytes: impl AsRef<[u8]>) {
        fs::write(self.path("000001.jsonl"), bytes).unwrap();
    }

    pub(super) fn write_lines(&self, lines: &[&str]) {
        self.write(lines.iter().map(|line| format!("{line}\n")).collect::<String>());
    }

    /// A line as a program with other rules would chain it.
    pub(super) fn forge(&self, body: &str) {
        let chain = self.log.read().unwrap().tip.chain.next(body.as_bytes());
        let mut bytes = self.bytes();
        bytes.extend(format!("{body},\"chain\":\"{chain}\"}}\n").bytes());
        self.write(bytes);
    }

    /// The damage, with paths made short, and the same from `verify`.
    pub(super) fn damage(&self) -> String {
        let error = self.log.read().unwrap_err();
        assert!(error.is_damage() && error.hint().is_some(), "{error}");
        assert_eq!(error.to_string(), self.log.verify(&[]).unwrap_err().to_string());
        error.to_string().replace(&format!("{}/", self.log.dir().display()), "")
    }
}

pub(super) fn refused(result: Result<Vec<Stored>, LogError>) -> String {
    let error = result.unwrap_err();
    assert!(error.is_refusal() && !error.is_damage(), "{error}");
    error.to_string()
}
