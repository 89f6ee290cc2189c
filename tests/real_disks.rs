//! Real directories at their worst: full, read-only, forbidden, with something else in the place of a file, and too few descriptors.
//! Each gets one clear error, changes nothing, and works once it is mended.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::program::{Folder, PROGRAM, Ran, entry, fed, has, large, tell};

/// Where a small disk is, for this binary when it starts itself again beside one.
const DISK: &str = "DAYBOOK_TEST_DISK";

/// A text of about so many bytes.
fn words(bytes: usize) -> String {
    "word ".repeat(bytes / 5)
}

/// Runs one of the tests below, which are a part of others, on a small disk of its own: a mount that nobody else sees. Whether it could.
fn on_a_disk_of(options: &str, part: &str) -> bool {
    let script = "mount -t tmpfs -o \"$1\" none \"$2\" && shift 2 && exec \"$@\"";
    let home = Folder::bare();
    let mut mount = Command::new("unshare");
    mount.args(["-rm", "sh", "-c", script, "sh", options]).arg(home.path("."));
    if !has(
        "unshare -rm … mount",
        Command::new("unshare").args(["-rm", "sh", "-c", script, "sh", options]).arg(home.path(".")).arg("true"),
        part,
    ) {
        return false;
    }
    mount.arg(std::env::current_exe().unwrap());
    mount.args(["--exact", &format!("real_disks::{part}"), "--ignored", "--nocapture", "--test-threads=1"]);
    mount.env(DISK, home.path(".")).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let ran = Ran::of(mount.spawn().unwrap()).fine();
    assert!(ran.out.contains("1 passed"), "{ran:?}");
    true
}

fn disk() -> Option<Folder> {
    Some(Folder::at(Path::new(&std::env::var_os(DISK)?)))
}

/// Fills what is left of a disk.
fn fill(folder: &Folder, name: &str) {
    let mut bytes = vec![1; 1 << 20];
    while !bytes.is_empty() {
        let written = fs::OpenOptions::new().append(true).create(true).open(folder.path(name));
        if written.and_then(|mut file| std::io::Write::write_all(&mut file, &bytes)).is_err() {
            bytes.truncate(bytes.len() / 2);
        }
    }
}

/// A refusal for want of room, which left the log as it was.
#[track_caller]
fn no_room(folder: &Folder, arguments: &[&str], input: &str) {
    let before = (folder.files(), folder.verified());
    let ran = folder.run(arguments, input).refused(1, "No space left on device");
    assert!(ran.err.contains("hint: make room on the disk, then try again"), "{ran:?}");
    let mut after = folder.files();
    // What could not be filled may be there, and is empty.
    after.retain(|name, bytes| before.0.contains_key(name) || !bytes.is_empty());
    assert_eq!(after, before.0);
    assert_eq!((folder.verified().entries, folder.verified().torn), (before.1.entries, None));
    folder.run(&["where", "rubio"], "").fine();
}

#[test]
fn a_full_disk_refuses_and_takes_the_same_command_once_there_is_room() {
    if on_a_disk_of("size=256k", "a_small_disk") {
        tell("tried on a tmpfs of 256 KiB");
    }
}

#[test]
#[ignore = "a part of another test, which mounts a small disk for it"]
fn a_small_disk() {
    let Some(disk) = disk() else { return };
    disk.run(&["init"], "").fine();
    disk.entered(1).fine();
    fs::write(disk.path("ballast"), vec![1; 200_000]).unwrap();
    let long = |n| entry(n, &words(5_000)).to_string();
    let mut last = 1;
    while disk.run(&["log", "-"], &long(last + 1)).status.success() {
        last += 1;
    }
    assert!(last > 5, "{last}");
    no_room(&disk, &["log", "-"], &long(last + 1));
    fill(&disk, "filler");
    no_room(&disk, &["log", "-"], &long(last + 1));
    let many: String = (1..=9).map(|n| format!("{}\n", entry(last + n, &words(3_000)))).collect();
    no_room(&disk, &["import", "-"], &many);
    no_room(&disk, &["backup", "copy"], "");
    disk.run(&["--log", "other", "init"], "").refused(1, "No space left on device");
    fs::remove_file(disk.path("ballast")).unwrap();
    disk.run(&["log", "-"], &long(last + 1)).fine();
    disk.run(&["log", "-"], &long(last + 1)).fine();
    assert_eq!((disk.verified().entries, disk.count(last + 1)), (last + 1, 1));
    disk.run(&["--log", "other", "init"], "").fine();
    fs::remove_file(disk.path("filler")).unwrap();
    disk.run(&["backup", "copy"], "").fine();
    assert_eq!(fs::read(disk.path("copy/000001.jsonl")).unwrap(), fs::read(disk.file("000001.jsonl")).unwrap());

    // A repair that has no room for what it must set aside takes nothing away.
    let mut harmed = fs::read(disk.file("000001.jsonl")).unwrap();
    harmed[30_000] ^= 1;
    fs::write(disk.file("000001.jsonl"), &harmed).unwrap();
    fill(&disk, "filler");
    disk.run(&["repair", "--from", "copy"], "").refused(1, "No space left on device");
    assert_eq!(fs::read(disk.file("000001.jsonl")).unwrap(), harmed);
    fs::remove_dir_all(disk.path("other")).unwrap();
    fs::remove_file(disk.path("filler")).unwrap();
    disk.run(&["repair", "--from", "copy"], "").fine();
    assert_eq!(fs::read(disk.path("copy/000001.jsonl")).unwrap(), fs::read(disk.file("000001.jsonl")).unwrap());

    // The same disk, read-only.
    let remount = |how| {
        let mount = Command::new("mount").args(["-o", how]).arg(disk.path(".")).status();
        assert!(mount.unwrap().success(), "mount -o {how}");
    };
    let two = entry(last + 2, "short").to_string();
    for lock in [true, false] {
        remount("remount,ro");
        let refused = disk.run(&["log", "-"], &two).refused(1, "Read-only file system");
        assert!(refused.err.contains("hint: the disk is mounted read-only: reading works"), "{refused:?}");
        disk.run(&["import", "-"], &two).refused(1, "Read-only file system");
        disk.run(&["repair"], "").refused(1, "Read-only file system");
        disk.run(&["verify"], "").fine();
        disk.run(&["where", "rubio"], "").fine();
        remount("remount,rw");
        if lock {
            fs::remove_file(disk.file(".lock")).unwrap();
        }
    }
    disk.run(&["log", "-"], &two).fine();
    assert_eq!(disk.verified().entries, last + 2);
}

#[test]
fn a_full_disk_refuses_a_new_segment_too() {
    if on_a_disk_of("size=70m,nr_inodes=60", "a_small_disk_for_two_segments") {
        tell("tried on a tmpfs of 70 MiB, with too few inodes and then too little room for a second segment");
    }
}

#[test]
#[ignore = "a part of another test, which mounts a small disk for it"]
fn a_small_disk_for_two_segments() {
    let Some(disk) = disk() else { return };
    disk.run(&["init"], "").fine();
    disk.entered(1).fine();
    let text = words(64_000);
    let large = |n| large(n, &text);
    let lines: String = (2..=66).map(|n| large(n) + "\n").collect();
    assert_eq!(fed(disk.command(PROGRAM).args(["import", "-"]), &lines).wait_with_output().unwrap().status.code(), Some(0));
    assert!(!disk.file("000002.jsonl").exists());
    // No name is left for another file.
    let free = (0..).take_while(|n| fs::write(disk.path(&format!("empty-{n}")), "").is_ok()).count();
    assert!(free > 0);
    no_room(&disk, &["log", "-"], &large(67));
    assert!(!disk.file("000002.jsonl").exists());
    (0..free).for_each(|n| fs::remove_file(disk.path(&format!("empty-{n}"))).unwrap());
    fill(&disk, "filler");
    no_room(&disk, &["log", "-"], &large(67));
    fs::remove_file(disk.path("filler")).unwrap();
    disk.run(&["log", "-"], &large(67)).fine();
    assert_eq!((disk.verified().entries, disk.verified().segments), (67, 2));
}

/// A limit on the size of files, which every system has: a write that is really cut short, and an error for the rest of it.
#[test]
fn a_file_that_may_not_grow_takes_nothing_of_an_entry_that_does_not_fit() {
    let folder = Folder::of(3);
    let limited = |trap: &str, n| {
        let mut command = folder.command("sh");
        command.args(["-c", &format!("{trap} ulimit -f 8; exec \"$@\""), "sh", PROGRAM, "log", "-"]);
        Ran::of(fed(&mut command, &entry(n, &words(900)).to_string()))
    };
    let mut last = 3;
    let refused = loop {
        let ran = limited("trap '' XFSZ;", last + 1);
        if !ran.status.success() {
            break ran.refused(1, "nothing was stored");
        }
        last += 1;
    };
    assert!(refused.err.contains("File too large") && refused.err.contains("ulimit -f"), "{refused:?}");
    assert_eq!((folder.verified().entries, folder.verified().torn), (last, None));
    assert!(!folder.file(".poison").exists());

    // Without the trap the system ends the process in the middle of its write, which is torn.
    let ended = limited("", last + 1);
    assert_eq!(ended.code(), None, "{ended:?}");
    let torn = folder.verified();
    assert_eq!(torn.entries, last);
    assert!(torn.torn.is_some());
    let mended = folder.run(&["log", "-"], &entry(last + 1, &words(900)).to_string()).fine();
    assert!(mended.err.contains("were no whole line; they are now in"), "{mended:?}");
    assert_eq!((folder.verified().entries, folder.verified().torn), (last + 1, None));
}

/// A program whom files can be forbidden: nobody's, if this is run by root, to whom nothing is.
fn forbidden(folder: &Folder) -> Option<impl Fn(&[&str], &str) -> Ran> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|said| said.stdout == b"0\n");
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    if root && !has("setpriv", Command::new("setpriv").args(nobody).arg("true"), "lost permissions") {
        return None;
    }
    fs::copy(PROGRAM, folder.path("daybook")).unwrap();
    allow(&folder.path("."), 0o755);
    Some(move |arguments: &[&str], input: &str| {
        let mut command = folder.command(if root { "setpriv" } else { "./daybook" });
        if root {
            command.args(nobody).arg("./daybook");
        }
        Ran::of(fed(command.args(arguments), input))
    })
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn lost_permissions_are_told_and_work_once_they_are_back() {
    let folder = Folder::of(3);
    let Some(run) = forbidden(&folder) else { return };
    let (events, segment, lock) = (folder.path("events"), folder.file("000001.jsonl"), folder.file(".lock"));
    let open = || {
        for (path, mode) in [(&events, 0o777), (&segment, 0o666), (&lock, 0o666), (&folder.file(".index"), 0o777)] {
            allow(path, mode);
        }
        allow(&folder.file("log.json"), 0o644);
        allow(&folder.file(".index/acknowledged"), 0o666);
    };
    let before = folder.files();
    let log = |n| run(&["log", "-"], &entry(n, "more").to_string());
    let refused = |ran: Ran| {
        let ran = ran.refused(1, "Permission denied");
        assert!(ran.err.contains("hint: check who owns the folder"), "{ran:?}");
        open();
        assert_eq!(folder.files(), before);
    };
    // A folder that may only be read.
    allow(&lock, 0o444);
    allow(&segment, 0o444);
    allow(&events, 0o555);
    run(&["verify"], "").fine();
    run(&["where", "rubio"], "").fine();
    refused(log(4));
    // Files that may not be written, not be read, and a folder that may not be entered.
    allow(&lock, 0o444);
    refused(log(4));
    allow(&segment, 0o444);
    refused(log(4));
    for path in [&segment, &events, &folder.file("log.json")] {
        allow(path, 0);
        refused(run(&["verify"], ""));
        allow(path, 0);
        refused(log(4));
    }
    // Where nothing can be noted of what was acknowledged, entries are kept all the same.
    allow(&folder.file(".index"), 0);
    log(4).fine();
    open();
    log(5).fine();
    assert_eq!(folder.verified().entries, 5);
}

/// Runs a command that must not wait for ever.
fn soon(folder: &Folder, arguments: &[&str], input: &str) -> Ran {
    let mut child = folder.start(arguments, input);
    for _ in 0..1000 {
        if child.try_wait().unwrap().is_some() {
            return Ran::of(child);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    panic!("{arguments:?} still runs after ten seconds");
}

#[test]
fn something_else_in_the_place_of_a_file_is_named_and_left_alone() {
    let four = entry(4, "word 4").to_string();
    for name in ["000001.jsonl", "log.json", ".lock", ".poison", ".index/acknowledged", ".index"] {
        for what in ["a symbolic link", "a directory", "a pipe or a device"] {
            let folder = Folder::of(3);
            let (path, kept) = (folder.file(name), folder.path("kept"));
            let was_there = fs::rename(&path, &kept).is_ok();
            match what {
                "a symbolic link" => symlink(&kept, &path).unwrap(),
                "a directory" => fs::create_dir(&path).unwrap(),
                _ => assert!(Command::new("mkfifo").arg(&path).status().unwrap().success()),
            }
            let before = folder.files();
            let log = soon(&folder, &["log", "-"], &four);
            let verify = soon(&folder, &["verify"], "");
            let says = format!("{name} is {what}, not a file");
            if name.starts_with(".index") {
                // Nothing depends on what can be made again.
                log.fine();
                verify.fine();
            } else {
                log.refused(1, &says);
                if name.starts_with('.') {
                    verify.fine()
                } else {
                    verify.refused(1, &says)
                };
                assert_eq!(folder.files(), before, "{says}");
                if what == "a directory" { fs::remove_dir(&path) } else { fs::remove_file(&path) }.unwrap();
                if was_there {
                    fs::rename(&kept, &path).unwrap();
                }
            }
            folder.run(&["log", "-"], &four).fine();
            assert_eq!((folder.verified().entries, folder.count(4)), (4, 1), "{says}");
        }
    }
}

/// Names that look like copies of a segment, and are none, keep nobody from repairing what is.
#[test]
fn folders_and_pipes_among_the_segments_are_strays() {
    let folder = Folder::of(3);
    folder.run(&["backup", "copy"], "").fine();
    let whole = folder.files();
    fs::create_dir(folder.file("old.jsonl")).unwrap();
    symlink(folder.path("nowhere"), folder.file("000001 (copy).jsonl")).unwrap();
    assert!(Command::new("mkfifo").arg(folder.file("pipe.jsonl")).status().unwrap().success());
    for from in [&[][..], &["--from", "copy"]] {
        let harmed = String::from_utf8(whole["000001.jsonl"].clone()).unwrap().replace("word 3", "ward 3");
        fs::write(folder.file("000001.jsonl"), harmed).unwrap();
        soon(&folder, &["verify"], "").refused(3, "000001.jsonl:3");
        soon(&folder, &[&["repair"], from].concat(), "").fine();
        assert_eq!(folder.verified().entries, if from.is_empty() { 2 } else { 3 });
    }
    assert_eq!(folder.files(), whole);
}

#[test]
fn a_file_in_the_place_of_a_folder_is_named_before_anything_is_cut() {
    let folder = Folder::of(3);
    let mut bytes = fs::read(folder.file("000001.jsonl")).unwrap();
    bytes.extend(b"{\"v\":1,");
    fs::write(folder.file("000001.jsonl"), &bytes).unwrap();
    fs::write(folder.file(".aside"), "a file").unwrap();
    let said = folder.entered(4);
    assert!(said.code() == Some(1) && said.err.contains("cannot create events/.aside"), "{said:?}");
    assert_eq!(fs::read(folder.file("000001.jsonl")).unwrap(), bytes);
    fs::remove_file(folder.file(".aside")).unwrap();
    folder.entered(4).fine();
    assert_eq!(folder.verified().entries, 4);
}

#[test]
fn a_lost_name_card_is_damage_until_a_backup_lends_its_own() {
    let folder = Folder::of(3);
    folder.run(&["backup", "copy"], "").fine();
    fs::remove_file(folder.file("log.json")).unwrap();
    let before = folder.files();
    for command in [&["verify"][..], &["log", "-"], &["where", "rubio"], &["repair"], &["init"]] {
        let said =
            folder.run(command, &entry(4, "word 4").to_string()).refused(3, "log.json: is missing, but 000001.jsonl is there");
        assert!(said.err.contains("`daybook repair --from BACKUP`"), "{said:?}");
        assert_eq!(folder.files(), before, "{command:?}");
    }
    folder.run(&["repair", "--from", "copy"], "").fine();
    assert_eq!(fs::read(folder.file("log.json")).unwrap(), fs::read(folder.path("copy/log.json")).unwrap());
    folder.entered(4).fine();
    assert_eq!(folder.verified().entries, 4);
}

#[test]
fn a_deleted_lock_is_made_again_and_readers_need_none() {
    let folder = Folder::of(3);
    fs::remove_file(folder.file(".lock")).unwrap();
    folder.run(&["verify"], "").fine();
    folder.run(&["where", "rubio"], "").fine();
    assert!(!folder.file(".lock").exists(), "a reader writes nothing");
    folder.entered(4).fine();
    assert!(folder.file(".lock").exists());
    assert_eq!(folder.verified().entries, 4);
}

#[test]
fn too_few_descriptors_are_told_and_leave_no_poison() {
    let (mut refused, mut fine) = (0, 0);
    for descriptors in 3..12 {
        for entries in [0, 3] {
            let folder = if entries == 0 { Folder::new() } else { Folder::of(entries) };
            let mut command = folder.command("sh");
            command.args(["-c", &format!("ulimit -n {descriptors}; exec \"$@\""), "sh", PROGRAM, "log", "-"]);
            let ran = Ran::of(fed(&mut command, &entry(entries + 1, "word").to_string()));
            match ran.code() {
                Some(0) => fine += 1,
                // The loader of the system ran out of them before us.
                Some(127) => {}
                _ => {
                    refused += 1;
                    let ran = ran.refused(1, "Too many open files");
                    assert!(ran.err.contains("ulimit -n"), "{ran:?}");
                    assert_eq!(folder.count(entries + 1), 0);
                }
            }
            folder.run(&["log", "-"], &entry(entries + 1, "word").to_string()).fine();
            assert_eq!(folder.verified().entries, entries + 1);
        }
    }
    assert!(refused > 1 && fine > 1, "{refused} refused, {fine} fine");
}
