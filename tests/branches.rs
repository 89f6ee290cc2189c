//! Two branches of a real git repository that both appended: what a merge does to the log, and how both come together all the same.

use std::fs;
use std::process::Command;

use daybook::event::{EntryId, EventRef, Reference, What};
use serde_json::json;

use crate::program::{Folder, Ran, entry, fed, has, id};

/// The entries of our branch, and of theirs; the second of theirs retracts the first.
const OURS: [u64; 2] = [31, 32];
const THEIRS: [u64; 2] = [21, 22];

/// Runs git with nobody's settings.
fn git(folder: &Folder, arguments: &[&str]) -> Ran {
    let mut command = folder.command("git");
    command.args(["-c", "user.name=desk", "-c", "user.email=desk@example.org", "-c", "init.defaultBranch=ours"]);
    for name in ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"] {
        command.env(name, "/dev/null");
    }
    Ran::of(fed(command.args(arguments), ""))
}

fn log(folder: &Folder, entry: &serde_json::Value) {
    folder.run(&["log", "-"], &entry.to_string()).fine();
}

fn commit(folder: &Folder) {
    git(folder, &["add", "events"]).fine();
    git(folder, &["commit", "-qm", "log"]).fine();
}

/// A log of three entries, and two branches that have two more each; ours is checked out. None where there is no git.
fn branched() -> Option<Folder> {
    if !has("git", Command::new("git").arg("--version"), "a merge of two branches") {
        return None;
    }
    let folder = Folder::of(3);
    git(&folder, &["init", "-q"]).fine();
    commit(&folder);
    git(&folder, &["checkout", "-qb", "theirs"]).fine();
    log(&folder, &entry(THEIRS[0], "theirs, taken back"));
    log(&folder, &json!({"id": id(THEIRS[1]).to_string(), "events": [{"kind": "retraction", "of": ["4.1"], "reason": "wrong"}]}));
    commit(&folder);
    git(&folder, &["checkout", "-q", "ours"]).fine();
    OURS.iter().for_each(|n| log(&folder, &entry(*n, &format!("ours {n}"))));
    commit(&folder);
    Some(folder)
}

fn ids(folder: &Folder) -> Vec<EntryId> {
    folder.verified();
    folder.log().read().unwrap().entries.iter().map(|entry| entry.id).collect()
}

fn in_order(numbers: &[&[u64]]) -> Vec<EntryId> {
    numbers.concat().into_iter().map(id).collect()
}

/// The retraction of their branch still hits what it retracted, whatever its number is now.
fn is_taken_back(folder: &Folder) {
    let reading = folder.log().read().unwrap();
    let What::Retraction(retraction) = &reading.entry(id(THEIRS[1])).unwrap().events[0].what else { panic!("no retraction") };
    assert_eq!(retraction.of, [Reference::Event(EventRef { entry: id(THEIRS[0]), number: 1 })]);
    let said = folder.run(&["statements"], "").fine().out;
    assert!(said.contains("ours 31") && !said.contains("taken back"), "{said}");
}

#[test]
fn a_merge_by_hand_names_the_lines_and_repair_keeps_the_first_branch() {
    let Some(folder) = branched() else { return };
    let ours = fs::read(folder.file("000001.jsonl")).unwrap();
    // Git is told not to merge these files: it says that both changed, and leaves ours.
    let merged = git(&folder, &["merge", "theirs"]);
    assert!(merged.code() == Some(1) && merged.out.contains("CONFLICT"), "{merged:?}");
    assert_eq!(fs::read(folder.file("000001.jsonl")).unwrap(), ours);
    assert_eq!(ids(&folder), in_order(&[&[1, 2, 3], &OURS]));
    // Somebody knows better, and takes the lines of both.
    for (stage, name) in [(":1", "base"), (":2", "ours"), (":3", "theirs")] {
        let bytes = git(&folder, &["show", &format!("{stage}:events/000001.jsonl")]).fine().out;
        fs::write(folder.path(name), bytes).unwrap();
    }
    git(&folder, &["merge-file", "--union", "ours", "base", "theirs"]).fine();
    fs::copy(folder.path("ours"), folder.file("000001.jsonl")).unwrap();
    let said = folder.run(&["verify"], "").refused(3, "000001.jsonl:6: it is entry 4 again where entry 6 belongs");
    assert!(
        said.err.contains("two branches were merged, or a number was edited: lines 6 to 7 bear the numbers 4 to 5 again"),
        "{said:?}"
    );
    assert!(said.err.contains("`daybook import --from DIR`"), "{said:?}");

    let repaired = folder.run(&["repair", "--json"], "").fine();
    let answer: serde_json::Value = serde_json::from_str(&repaired.out).unwrap();
    assert_eq!((&answer["entries"], &answer["readable"]), (&json!(5), &json!(2)));
    assert_eq!(fs::read(folder.file("000001.jsonl")).unwrap(), ours);
    let aside = answer["aside"][0]["to"].as_str().unwrap();
    let again = |added: &str| {
        assert_eq!(folder.run(&["import", "--from", aside, "--keep-going"], "").fine().out, added);
        assert_eq!(ids(&folder), in_order(&[&[1, 2, 3], &OURS, &THEIRS]));
        is_taken_back(&folder);
    };
    again("2 added, 0 there already, 0 refused\n");
    again("0 added, 2 there already, 0 refused\n");
}

#[test]
fn the_marks_of_a_conflict_are_named_and_repaired() {
    let Some(folder) = branched() else { return };
    let ours = fs::read(folder.file("000001.jsonl")).unwrap();
    fs::write(folder.file(".gitattributes"), "").unwrap();
    commit(&folder);
    let merged = git(&folder, &["merge", "theirs"]);
    assert_eq!(merged.code(), Some(1), "{merged:?}");
    let said = folder.run(&["verify"], "").refused(3, "000001.jsonl:4: it is no entry");
    assert!(said.err.contains("git left the marks of a merge conflict"), "{said:?}");
    folder.run(&["repair"], "").fine();
    assert_eq!(fs::read(folder.file("000001.jsonl")).unwrap(), ours);
}

#[test]
fn the_other_branch_is_imported_under_new_numbers_and_back() {
    let Some(folder) = branched() else { return };
    git(&folder, &["worktree", "add", "-q", "their-desk", "theirs"]).fine();
    let import = |log: &str, from: &str| folder.run(&["--log", log, "import", "--from", from], "").fine().out;
    let theirs = Folder::at(&folder.path("their-desk"));
    let before = theirs.files();
    let would = folder.run(&["import", "--from", "their-desk/events", "--dry-run"], "").fine();
    assert_eq!(would.out, "2 would be added, 3 there already, 0 refused\n");
    assert_eq!(import("events", "their-desk/events"), "2 added, 3 there already, 0 refused\n");
    assert_eq!(theirs.files(), before);
    for _ in 0..2 {
        assert_eq!(ids(&folder), in_order(&[&[1, 2, 3], &OURS, &THEIRS]));
        is_taken_back(&folder);
        assert_eq!(import("events", "their-desk/events"), "0 added, 5 there already, 0 refused\n");
    }
    assert_eq!(import("their-desk/events", "events"), "2 added, 5 there already, 0 refused\n");
    assert_eq!(ids(&theirs), in_order(&[&[1, 2, 3], &THEIRS, &OURS]));
    is_taken_back(&theirs);
    for (log, from) in [("their-desk/events", "events"), ("events", "their-desk/events")] {
        assert_eq!(import(log, from), "0 added, 7 there already, 0 refused\n");
    }
}

#[test]
fn one_id_with_two_contents_is_refused_alone_if_that_is_wanted() {
    let Some(folder) = branched() else { return };
    git(&folder, &["worktree", "add", "-q", "their-desk", "theirs"]).fine();
    let theirs = Folder::at(&folder.path("their-desk"));
    log(&theirs, &entry(OURS[1], "another word"));
    let before = folder.files();
    let refused = folder.run(&["import", "--from", "their-desk/events"], "").refused(1, "entry 6 there: its id");
    assert!(refused.err.contains("--keep-going adds the others"), "{refused:?}");
    assert_eq!(folder.files(), before);
    let some = folder.run(&["import", "--from", "their-desk/events", "--keep-going"], "");
    assert_eq!((some.code(), some.out.as_str()), (Some(1), "2 added, 3 there already, 1 refused\n"), "{some:?}");
    assert_eq!(ids(&folder), in_order(&[&[1, 2, 3], &OURS, &THEIRS]));
}

/// Checking out another branch puts an older log, or another one, in the place of what was acknowledged here.
#[test]
fn a_checkout_of_another_branch_is_noted_and_verify_calls_it_by_its_name() {
    let Some(folder) = branched() else { return };
    git(&folder, &["checkout", "-q", "theirs"]).fine();
    let reading = folder.run(&["where", "rubio"], "").fine();
    assert!(
        reading.err.contains("note: entry 5 was acknowledged on this machine, but entry 5 is another one here"),
        "{reading:?}"
    );
    folder.run(&["verify"], "").refused(3, "entry 5 is not the one that was acknowledged on this machine");
    git(&folder, &["checkout", "-q", "ours"]).fine();
    assert_eq!(ids(&folder), in_order(&[&[1, 2, 3], &OURS]));
    git(&folder, &["checkout", "-q", "ours~1"]).fine();
    folder.run(&["verify"], "").refused(3, "the log ends with entry 3, but entry 5 was acknowledged on this machine");
    git(&folder, &["checkout", "-q", "ours"]).fine();
    folder.run(&["verify"], "").fine();
}
