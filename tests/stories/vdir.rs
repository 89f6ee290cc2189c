//! A calendar split into one file for each event, a vdir: what is written, what is left alone, what is removed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use super::desk;
use crate::desk::{Desk, Said};

fn toured() -> Desk {
    desk()
        .told(
            "2025-05-02",
            "confirm talks --title Talks --at Ankara --when 2025-05-20T10:00 --by us --by ru --principals rubio,lavrov",
        )
        .told("2025-05-03", "propose lunch --title Lunch --at Doha --when 2025-05-22 --principals fidan,bin-farhan")
        .told("2025-05-04", "travel rubio --to Ankara --from Washington --depart 2025-05-19 --arrive 2025-05-20")
}

fn split(desk: &Desk, more: &str) -> Said {
    desk.run(&format!("export ics --split cal{more}").split(' ').collect::<Vec<_>>(), "")
}

/// What a split export says; it must be answered, and prints nothing.
fn done(desk: &Desk, more: &str) -> String {
    let said = split(desk, more);
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
    said.err
}

/// The files of the vdir, by name: what they hold, and when they were written.
fn files(desk: &Desk) -> BTreeMap<String, (String, SystemTime)> {
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        (name, (text, entry.metadata().unwrap().modified().unwrap()))
    };
    fs::read_dir(desk.path("cal")).unwrap().map(|entry| read(entry.unwrap())).collect()
}

/// The name of the one file that begins so.
fn named(desk: &Desk, start: &str) -> String {
    let files = files(desk);
    let mut found = files.keys().filter(|name| name.starts_with(start));
    let name = found.next().unwrap_or_else(|| panic!("no {start}: {files:?}")).clone();
    assert_eq!(found.next(), None, "{start}");
    name
}

/// Makes every file look many years old.
fn age(desk: &Desk) -> SystemTime {
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for name in files(desk).keys().filter(|name| desk.path("cal").join(name).is_file()) {
        File::options().write(true).open(desk.path("cal").join(name)).unwrap().set_modified(long_ago).unwrap();
    }
    files(desk).values().map(|(_, written)| *written).max().unwrap()
}

#[test]
fn every_event_has_a_file_of_its_own_and_the_calendar_a_name_and_a_colour() {
    let desk = toured();
    assert_eq!(done(&desk, " --with travel --name Tours"), "note: 7 files written, 0 as they were, 0 removed\n");
    let files = files(&desk);
    let whole = desk.ask("export ics --with travel --name Tours").replace("\r\n ", "");
    let uids: Vec<&str> = whole.lines().filter_map(|line| line.strip_prefix("UID:")).map(str::trim_end).collect();
    assert_eq!(files.len(), uids.len() + 2);
    assert_eq!((files["displayname"].0.as_str(), files["color"].0.as_str()), ("Tours", "#4682B4"));
    for uid in uids {
        let (text, _) = &files[&format!("{}.ics", uid.replace('@', "_"))];
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//daybook//daybook//EN\r\n"), "{text}");
        assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n") && text.matches("BEGIN:VEVENT").count() == 1, "{text}");
        assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), usize::from(uid.starts_with("talks@")), "{text}");
        // The event is that of the feed, to the byte.
        let event = text[text.find("BEGIN:VEVENT").unwrap()..].replace("\r\n ", "");
        assert!(whole.contains(event.strip_suffix("END:VCALENDAR\r\n").unwrap()), "{event}");
    }
}

#[test]
fn only_what_changed_is_touched_and_what_is_gone_is_removed() {
    let desk = toured();
    done(&desk, "");
    let (talks, lunch) = (named(&desk, "talks_"), named(&desk, "lunch_"));
    let old = age(&desk);
    assert_eq!(done(&desk, ""), "note: 0 files written, 2 as they were, 0 removed\n");
    assert!(files(&desk).values().all(|(_, written)| *written <= old));
    let desk = desk.told("2025-05-05", "cancel lunch --by tr");
    assert_eq!(done(&desk, ""), "note: 1 file written, 1 as they were, 0 removed\n");
    let now = files(&desk);
    assert!(now[&talks].1 <= old && now[&lunch].1 > old && now[&lunch].0.contains("STATUS:CANCELLED"));
    assert!(now["displayname"].1 <= old && now["color"].1 <= old);
    assert_eq!(done(&desk, " --cancelled drop"), "note: 0 files written, 1 as they were, 1 removed\n");
    assert_eq!(files(&desk).keys().collect::<Vec<_>>(), ["color", "displayname", &talks], "and nothing half written");
}

#[test]
fn a_new_name_changes_no_event_and_a_colour_of_ones_own_stays() {
    let desk = toured();
    done(&desk, "");
    age(&desk);
    let before = files(&desk);
    fs::write(desk.path("cal/color"), "#FF0000").unwrap();
    assert_eq!(done(&desk, " --name Another"), "note: 0 files written, 2 as they were, 0 removed\n");
    let mut after = files(&desk);
    assert_eq!(after["displayname"].0, "Another");
    assert_eq!(after["color"].0, "#FF0000");
    after.retain(|name, _| name.ends_with(".ics"));
    assert!(after.iter().all(|(name, file)| before[name] == *file));
}

#[test]
fn what_is_not_ours_stays_and_is_counted() {
    let desk = toured();
    done(&desk, "");
    let lunch = named(&desk, "lunch_");
    let ours = files(&desk)[&lunch].0.clone();
    let other = |uid: &str, product: &str| {
        let text = ours.replace("UID:lunch@", &format!("UID:{uid}@")).replace("-//daybook//daybook//EN", product);
        assert!(text.contains(uid) && text.contains(product));
        text
    };
    let log = lunch.strip_prefix("lunch_").unwrap();
    let foreign = [
        ("notes.txt", "remember the milk".to_owned()),
        ("birthday.ics", other("birthday", "-//other//EN")),
        // Written by another program since, or from another log, or a copy under another name.
        (&format!("dinner_{log}"), other("dinner", "-//khal//EN")),
        ("supper_other.ics", ours.replace(log.strip_suffix(".ics").unwrap(), "other").replace("UID:lunch@", "UID:supper@")),
        ("copy.ics", ours.clone()),
        ("broken.ics", "BEGIN:VCALENDAR".to_owned()),
    ];
    for (name, text) in &foreign {
        fs::write(desk.path("cal").join(name), text).unwrap();
    }
    fs::create_dir(desk.path("cal/folder.ics")).unwrap();
    let said = done(&desk, " --official rubio");
    assert_eq!(said, "note: 0 files written, 1 as they were, 1 removed\nnote: 7 files there from elsewhere, left alone\n");
    let files = files(&desk);
    assert!(!files.contains_key(&lunch));
    for (name, text) in &foreign {
        assert_eq!(&files[*name].0, text, "{name}");
    }
    // What an earlier export left of what is gone from the schedule is ours, whatever else is there.
    fs::write(desk.path("cal").join(format!("gone_{log}")), other("gone", "-//daybook//daybook//EN")).unwrap();
    assert!(done(&desk, " --official rubio").starts_with("note: 0 files written, 1 as they were, 1 removed\n"));
}

#[test]
fn another_program_may_have_written_an_event_of_ours_but_nothing_else_is_replaced() {
    let desk = toured();
    done(&desk, "");
    let lunch = named(&desk, "lunch_");
    let ours = files(&desk)[&lunch].0.clone();
    fs::write(desk.path("cal").join(&lunch), ours.replace("-//daybook//daybook//EN", "-//khal//EN").replace("Lunch", "Supper"))
        .unwrap();
    assert_eq!(done(&desk, ""), "note: 1 file written, 1 as they were, 0 removed\n");
    assert_eq!(files(&desk)[&lunch].0, ours);
    fs::write(desk.path("cal").join(&lunch), "a poem").unwrap();
    fs::remove_file(desk.path("cal").join(named(&desk, "talks_"))).unwrap();
    let said = split(&desk, "");
    let says = format!(
        "error: cal/{lunch} cannot be written: what is there comes from elsewhere\nhint: move it away, or name another directory\n"
    );
    assert_eq!((said.code, said.err.as_str()), (1, says.as_str()));
    assert_eq!(files(&desk).len(), 3, "nothing was written: lunch, color, displayname");
}

/// The files of the log.
fn log(desk: &Desk) -> BTreeMap<std::ffi::OsString, Vec<u8>> {
    let files = fs::read_dir(desk.path("events")).unwrap().map(|file| file.unwrap());
    files.filter(|file| file.path().is_file()).map(|file| (file.file_name(), fs::read(file.path()).unwrap())).collect()
}

#[test]
fn nothing_is_split_into_the_log_or_over_a_file() {
    let desk = toured();
    fs::write(desk.path("file"), "a file").unwrap();
    let before = log(&desk);
    let mut refused = vec![
        ("events", "it lies in the log's own directory"),
        ("events/cal", "it lies in the log's own directory"),
        ("file", "it is no directory"),
    ];
    if cfg!(unix) {
        #[cfg(unix)]
        std::os::unix::fs::symlink(desk.path("events"), desk.path("link")).unwrap();
        refused.extend([("link", "it lies in the log's own directory"), ("link/a/b", "it lies in the log's own directory")]);
    }
    for (dir, why) in refused {
        let said = desk.run(&["export", "ics", "--split", dir], "");
        assert_eq!(said.code, 1, "{dir}");
        assert!(
            said.err.ends_with(&format!("error: {dir} cannot be written: {why}\nhint: name another directory\n")),
            "{}",
            said.err
        );
    }
    assert_eq!(log(&desk), before);
    assert_eq!(desk.run(&["export", "ics", "--split", "cal", "-o", "feed.ics"], "").code, 2);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_an_event_is_not_written_through() {
    let desk = toured();
    done(&desk, "");
    let lunch = desk.path("cal").join(named(&desk, "lunch_"));
    let kept = fs::read(&lunch).unwrap();
    fs::rename(&lunch, desk.path("elsewhere.ics")).unwrap();
    std::os::unix::fs::symlink(desk.path("elsewhere.ics"), &lunch).unwrap();
    let desk = desk.told("2025-05-05", "cancel lunch --by tr");
    assert_eq!(split(&desk, "").code, 1);
    assert_eq!(fs::read(desk.path("elsewhere.ics")).unwrap(), kept);
}

#[test]
fn a_selection_that_matches_nothing_is_an_empty_vdir() {
    let desk = toured();
    done(&desk, "");
    let said = done(&desk, " --official grossi");
    assert_eq!(
        said,
        "note: no meeting matches; journeys and stays are exported with --with travel\nnote: 0 files written, 0 as they were, 2 removed\n"
    );
    assert_eq!(files(&desk).keys().collect::<Vec<_>>(), ["color", "displayname"]);
    let bare = toured();
    done(&bare, "/a/b --official grossi");
    assert_eq!(fs::read_to_string(bare.path("cal/a/b/displayname")).unwrap(), "Rafael Grossi");
}
