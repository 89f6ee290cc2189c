//! The laws that every disk keeps, the machine's and the simulated one.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::super::disk::{Access, Disk, Hold, Kind, RealDisk};
use super::super::*;
use super::desk::{ID, id, now, said};
use super::simulated::Simulated;
use crate::event::{Entry, EventRef, Reference};
use crate::time::Zone;

/// Every implementation, with an empty directory on it.
fn disks() -> Vec<(Arc<dyn Disk>, PathBuf, Option<tempfile::TempDir>)> {
    let home = tempfile::tempdir().unwrap();
    let simulated = Simulated::new();
    simulated.create_directory(Path::new("/desk")).unwrap();
    vec![(Arc::new(RealDisk), home.path().to_owned(), Some(home)), (Arc::new(simulated), PathBuf::from("/desk"), None)]
}

#[test]
fn files_keep_what_is_appended_and_lose_what_is_cut() {
    for (disk, home, _keep) in disks() {
        let path = home.join("file");
        let file = disk.create(&path).unwrap();
        assert_eq!(disk.create(&path).unwrap_err().kind(), ErrorKind::AlreadyExists, "{disk:?}");
        assert_eq!((file.append(b"abc").unwrap(), file.append(b"defg").unwrap()), (3, 4));
        let again = disk.open(&path, Access::Append).unwrap();
        again.append(b"h").unwrap();
        assert_eq!((file.length().unwrap(), again.length().unwrap()), (8, 8));
        let mut bytes = [0; 5];
        assert_eq!((file.read_at(&mut bytes, 4).unwrap(), &bytes[..4]), (4, &b"efgh"[..]));
        assert_eq!(file.read_at(&mut bytes, 8).unwrap(), 0);
        again.truncate(2).unwrap();
        again.append(b"z").unwrap();
        again.sync().unwrap();
        assert_eq!((file.read_at(&mut bytes, 0).unwrap(), &bytes[..3]), (3, &b"abz"[..]), "{disk:?}");
        assert_eq!(disk.open(&home.join("none"), Access::Read).unwrap_err().kind(), ErrorKind::NotFound);
    }
}

#[test]
fn names_come_go_and_change_at_once() {
    for (disk, home, _keep) in disks() {
        let [a, b, inside] = ["a", "b", "inside"].map(|name| home.join(name));
        disk.create(&a).unwrap().append(b"a").unwrap();
        disk.create(&b).unwrap().append(b"b").unwrap();
        disk.create_directory(&inside).unwrap();
        assert_eq!(disk.create_directory(&inside).unwrap_err().kind(), ErrorKind::AlreadyExists, "{disk:?}");
        assert_eq!((disk.kind(&a).unwrap(), disk.kind(&inside).unwrap()), (Some(Kind::File), Some(Kind::Directory)));
        assert_eq!(disk.kind(&home.join("none")).unwrap(), None);
        disk.create(&inside.join("deep")).unwrap();
        let open = disk.open(&b, Access::Read).unwrap();
        disk.rename(&a, &b).unwrap();
        disk.sync_directory(&home).unwrap();
        let mut names = disk.names(&home).unwrap();
        names.sort();
        assert_eq!(names, ["b", "inside"], "{disk:?}");
        let mut byte = [0];
        open.read_at(&mut byte, 0).unwrap();
        assert_eq!(&byte, b"b", "who has it open still reads the old one");
        disk.open(&b, Access::Read).unwrap().read_at(&mut byte, 0).unwrap();
        assert_eq!(&byte, b"a");
        disk.remove(&b).unwrap();
        assert_eq!((disk.kind(&b).unwrap(), disk.remove(&b).is_err()), (None, true));
    }
}

#[test]
fn one_holds_a_lock_and_it_is_free_when_it_is_dropped() {
    for (disk, home, _keep) in disks() {
        let path = home.join(".lock");
        let held = disk.try_lock(&path, Hold::Exclusive).unwrap();
        assert!(held.is_some() && disk.try_lock(&path, Hold::Exclusive).unwrap().is_none(), "{disk:?}");
        assert!(disk.try_lock(&path, Hold::Shared).unwrap().is_none());
        drop(held);
        assert!(disk.try_lock(&path, Hold::Shared).unwrap().is_some());
        assert!(disk.try_lock(&path, Hold::Exclusive).unwrap().is_some());
        assert_eq!(disk.boot(), disk.boot());
    }
}

/// The same story of a log, with roll-overs, told to every disk: the same answers, and the same bytes.
#[test]
fn a_log_is_the_same_on_every_disk() {
    let mut told: Vec<(Vec<Entry>, Vec<Vec<u8>>)> = Vec::new();
    for (disk, home, _keep) in disks() {
        let dir = home.join("a/b/events");
        let log = Log::init_on(&disk, &dir, Zone::UTC, ID, now()).unwrap().with_segments_of(700);
        assert!(matches!(Log::init_on(&disk, &dir, Zone::UTC, ID, now()), Err(LogError::Exists { .. })));
        let mut reading = log.read().unwrap();
        for n in 1..=9 {
            let mut writer = log.lock_on(reading, Some(Duration::ZERO), &mut |_| {}).unwrap();
            assert!(matches!(log.lock(Some(Duration::ZERO), &mut |_| {}), Err(LogError::Locked { .. })), "{disk:?}");
            assert!(log.is_locked().unwrap());
            writer.append(vec![said(n, &"word ".repeat(usize::try_from(n).unwrap() * 9))], now()).unwrap();
            let again = writer.append(vec![said(n, &"word ".repeat(usize::try_from(n).unwrap() * 9))], now()).unwrap();
            assert!(matches!(&again[..], [Stored::Already(_)]));
            reading = writer.unlock().unwrap();
            assert!(!log.is_locked().unwrap());
        }
        let mut writer = log.lock_on(reading, None, &mut |_| {}).unwrap();
        let gone = Reference::Event(EventRef { entry: id(3), number: 1 });
        writer.append(vec![super::desk::retracted(10, gone)], now()).unwrap();
        assert!(writer.append(vec![said(3, "else")], now()).unwrap_err().is_refusal());
        drop(writer);
        let done = log.back_up(&home.join("copy")).unwrap();
        assert_eq!((done.added, done.seal), (10, log.seal().unwrap()));
        let segments = log.verify(&[done.seal]).unwrap().segments;
        let bytes = |number: u32| disk.text(&dir.join(format!("{number:06}.jsonl"))).unwrap();
        told.push((log.read().unwrap().entries, (1..=segments).map(bytes).collect()));
    }
    assert!(told[0].1.len() > 4);
    assert_eq!(told[0], told[1]);
}
