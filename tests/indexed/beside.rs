//! Writers and readers side by side, through runs and merges: every answer is that of a whole prefix, and no number is given twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use daybook::book::Book;
use serde_json::Value;

use super::ground::{Ground, agree, words};
use super::{times, vocabulary, world};
use crate::desk::instant;
use crate::dice::Dice;
use crate::program::{Folder, entry, id, tell};

/// Says that all is over, also when it ends because an expectation is not met.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// What Rubio said according to an answer: all entries but the first are his, so that an answer at entry `n` cites 2 to `n`.
fn is_a_prefix(answer: &str) -> u64 {
    let answer: Value = serde_json::from_str(answer).unwrap_or_else(|error| panic!("{error}: {answer}"));
    let seq = answer["log"]["seq"].as_u64().unwrap_or_else(|| panic!("no entry is named in {answer}"));
    let said = answer["statements"].as_array().unwrap_or_else(|| panic!("no statements in {answer}"));
    let mut cited: Vec<u64> =
        said.iter().map(|said| said["evidence"][0].as_str().unwrap().split_once('.').unwrap().0.parse().unwrap()).collect();
    cited.sort_unstable();
    assert!(cited.iter().copied().eq(2..=seq), "at entry {seq}, {} statements", cited.len());
    seq
}

/// The names of the runs that were seen, which says that there were several and that they were merged.
fn runs(events: &Path) -> Vec<String> {
    let names = fs::read_dir(events.join(".index")).into_iter().flatten().filter_map(Result::ok);
    let mut names: Vec<String> = names.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| name.ends_with(".run"));
    names.sort();
    names
}

#[test]
fn eight_writers_and_three_readers_through_runs_and_merges() {
    const WRITERS: u64 = 8;
    let each = 14 * times() as u64;
    let folder = Folder::of(1);
    let done = AtomicBool::new(false);
    let question = ["statements", "--by", "rubio", "--json"];
    let (mut asked, mut seen) = (0, 0);
    std::thread::scope(|scope| {
        let reader = |by_program: bool| {
            let (folder, done) = (&folder, &done);
            scope.spawn(move || {
                let (mut last, mut asked, mut seen) = (0, 0, std::collections::BTreeSet::new());
                loop {
                    let over = done.load(Ordering::SeqCst);
                    let seq = if by_program {
                        is_a_prefix(&folder.run(&question, "").fine().out)
                    } else {
                        let now = instant("2026-01-01T00:00:00Z");
                        let mut book = Book::open_part(&folder.path("events"), now, &mut |_, _| {}).unwrap();
                        book.reach_name("rubio").unwrap();
                        book.reach_said("rubio").unwrap();
                        assert!(book.behind().is_none());
                        let last = book.claims().last_seq();
                        assert!(book.claims().entries().map(|entry| entry.seq).filter(|seq| *seq > 1).eq(2..=last), "at {last}");
                        last
                    };
                    assert!(seq >= last, "{seq} after {last}");
                    (last, asked) = (seq, asked + 1);
                    seen.extend(runs(&folder.path("events")));
                    if over {
                        return (asked, last, seen);
                    }
                }
            })
        };
        let readers = [reader(true), reader(false), reader(false)];
        let over = Over(&done);
        let writers: Vec<_> = (1..=WRITERS)
            .map(|writer| {
                let folder = &folder;
                scope.spawn(move || {
                    for n in 1..=each {
                        let text = format!("{writer} {n} {}", "word ".repeat(900));
                        folder.run(&["log", "-"], &entry(writer * 1000 + n, &text).to_string()).fine();
                    }
                })
            })
            .collect();
        let written: Vec<_> = writers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        drop(over);
        assert!(written.iter().all(Result::is_ok));
        for reader in readers {
            let (times, last, names) = reader.join().unwrap();
            assert_eq!(last, 1 + WRITERS * each);
            asked += times;
            seen = seen.max(names.len());
        }
    });
    let reading = folder.log().read().unwrap();
    assert!(reading.entries.iter().map(|entry| entry.seq).eq(1..=1 + WRITERS * each));
    for writer in 1..=WRITERS {
        let own: Vec<_> =
            reading.entries.iter().map(|entry| entry.id).filter(|of| (1..=each).any(|n| *of == id(writer * 1000 + n))).collect();
        assert!(own.iter().copied().eq((1..=each).map(|n| id(writer * 1000 + n))), "writer {writer}");
    }
    assert_eq!(folder.verified().entries, 1 + WRITERS * each);
    let left = runs(&folder.path("events"));
    tell(&format!("{} entries by 8 writers, {asked} answers beside them, {seen} runs seen, at last {left:?}", WRITERS * each));
    assert!(seen > 2 && left.len() <= 4, "{seen} runs, at last {left:?}");
}

/// Readers of one process who make the same runs at once, while somebody deletes them: all answer as the whole log does.
#[test]
fn readers_that_make_the_index_at_once_agree() {
    let mut ground = world(240, 51);
    let mut dice = Dice::of(51);
    let vocabulary = vocabulary(&mut ground, &mut dice);
    let questions: Vec<_> = (0..26)
        .map(|number| {
            let question = vocabulary.question(number % super::KINDS, &mut dice);
            (question.clone(), ground.whole(&question))
        })
        .collect();
    let (events, now) = (ground.file(""), ground.now);
    let done = AtomicBool::new(false);
    let deleted = AtomicU64::new(0);
    let differing = std::thread::scope(|scope| {
        let vandal = scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                for name in runs(&events) {
                    deleted.fetch_add(u64::from(fs::remove_file(events.join(".index").join(name)).is_ok()), Ordering::SeqCst);
                }
                std::thread::sleep(std::time::Duration::from_millis(25));
            }
        });
        let readers: Vec<_> = (0..4_usize)
            .map(|reader| {
                let (questions, home) = (&questions, ground.home());
                scope.spawn(move || {
                    let own = Ground::at(home, now);
                    let order = (0..questions.len()).map(|number| &questions[(number * 3 + reader) % questions.len()]);
                    order.filter_map(|(question, whole)| agree(question, &own.ask(question), whole).err()).next()
                })
            })
            .collect();
        let differing: Vec<_> = readers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        done.store(true, Ordering::SeqCst);
        vandal.join().unwrap();
        differing
    });
    for differs in differing {
        assert_eq!(differs.unwrap(), None);
    }
    for (question, whole) in &questions {
        agree(question, &ground.ask(question), whole).unwrap_or_else(|differs| panic!("afterwards: {differs}"));
    }
    assert!(deleted.load(Ordering::SeqCst) > 0);
    let mut left: BTreeMap<bool, usize> = BTreeMap::new();
    for name in fs::read_dir(ground.file(".index")).unwrap() {
        *left.entry(name.unwrap().file_name().to_string_lossy().ends_with(".unfinished")).or_default() += 1;
    }
    assert_eq!(left.get(&true), None, "unfinished runs are left");
    assert_eq!(ground.ask(&words("summits --json")), ground.whole(&words("summits --json")));
}
