//! Independent programs judge what is exported. Where one is not installed the test says so; `.ci/run` installs them and wants them.

use std::process::Command;

use daybook::book::Book;
use daybook::projection::Scope;
use daybook::query::{ScheduleOptions, schedule};

use crate::desk::{Desk, project};

#[test]
fn other_libraries_read_from_the_feed_what_the_schedule_says() {
    let desk = Desk::shipped();
    let book = Book::open(&desk.path("events")).unwrap();
    for with_travel in [false, true] {
        let mut options = ScheduleOptions::new(book.log().id().to_string(), desk.now);
        options.with_travel = with_travel;
        let on = chrono::NaiveDate::from_ymd_opt(2025, 2, 17).unwrap();
        let expected = serde_json::to_string(&schedule(book.claims(), Scope::default(), on, &options)).unwrap();
        std::fs::write(desk.path("expected.json"), expected).unwrap();
        let travel = if with_travel { " --with travel" } else { "" };
        assert_eq!(desk.ask(&format!("export ics --on 2025-02-17 -o feed.ics{travel}")), "");
        let script = project().join("tests/judges/calendars.py");
        let judge = Command::new("python3").arg(script).arg(desk.path("expected.json")).arg(desk.path("feed.ics")).output();
        let said = judge.as_ref().map_or_else(
            |_| "icalendar: not installed".to_owned(),
            |judged| format!("{}{}", String::from_utf8_lossy(&judged.stdout), String::from_utf8_lossy(&judged.stderr)),
        );
        if said.contains("icalendar: not installed") {
            assert!(std::env::var_os("DAYBOOK_JUDGES").is_none(), "the judges are wanted and not installed: {said}");
            eprintln!("not judged: python's icalendar is not installed");
            return;
        }
        assert!(judge.is_ok_and(|judged| judged.status.success()), "{said}");
        assert!(said.contains("ok"), "{said}");
    }
}

/// The model was written from the documents by somebody who had not read the program; both answer the same random histories.
#[test]
fn an_independent_model_gives_the_same_answers() {
    let script = project().join("tests/judges/model.py");
    let judge = Command::new("python3")
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_daybook"))
        .args(["--seed", "70060", "--count", "20"])
        .output();
    let Ok(judged) = judge else {
        assert!(std::env::var_os("DAYBOOK_JUDGES").is_none(), "the judges are wanted, and there is no python3");
        eprintln!("not judged: there is no python3");
        return;
    };
    let said = format!("{}{}", String::from_utf8_lossy(&judged.stdout), String::from_utf8_lossy(&judged.stderr));
    if said.contains("No time zone found") {
        assert!(std::env::var_os("DAYBOOK_JUDGES").is_none(), "the judges are wanted, and python has no time zones: {said}");
        return;
    }
    assert!(judged.status.success(), "{said}");
}
