//! Long answers at a terminal: when a pager reads them, and what never goes through one.

use crate::desk::{Desk, Said};

/// A pager that keeps what it is shown in `shown`, and what LESS says in `less`.
const KEEPER: &str = "cat > shown; printf %s \"$LESS\" > less";

/// A desk at a terminal of a few rows, whose pager is a script.
fn at_terminal(script: &str) -> Desk {
    let desk = Desk::shipped().interactive().tall(5);
    std::fs::write(desk.path("pager.sh"), script).unwrap();
    desk.with("PAGER", "sh pager.sh")
}

fn ask(desk: &Desk, question: &str) -> Said {
    desk.run(&question.split(' ').collect::<Vec<_>>(), "")
}

fn shown(desk: &Desk) -> Option<String> {
    let shown = std::fs::read_to_string(desk.path("shown")).ok();
    let _ = std::fs::remove_file(desk.path("shown"));
    shown
}

#[test]
fn an_answer_longer_than_the_screen_is_read_in_the_pager() {
    let desk = at_terminal(KEEPER);
    let said = ask(&desk, "summits --all");
    assert_eq!((said.out.as_str(), said.code), ("", 0));
    assert_eq!(shown(&desk).unwrap(), Desk::shipped().ask("summits --all"));
    assert_eq!(std::fs::read_to_string(desk.path("less")).unwrap(), "FRX");
}

#[test]
fn what_fits_the_screen_or_is_for_programs_is_printed() {
    let desk = at_terminal(KEEPER);
    for question in
        ["summits --all --no-pager", "summits --all --json", "export csv", "export diary --on 2025-02-10", "summits --help"]
    {
        let said = ask(&desk, question);
        assert!(said.out.lines().count() > 5 || question.ends_with("json"), "{question}");
        assert_eq!((said.code, shown(&desk)), (0, None), "{question}");
    }
    let desk = desk.tall(500);
    assert!(ask(&desk, "summits --all").out.contains("Trump–Putin"));
    assert_eq!(shown(&desk), None);
    let said = desk.tall(1).run(&["log", "presence", "rubio", "--at", "riyadh", "--when", "2025-02-18", "--dry-run"], "");
    assert_eq!((said.code, said.out.is_empty()), (0, false), "what is logged is not paged");
}

#[test]
fn without_a_terminal_no_pager_runs() {
    let desk = Desk::shipped().tall(5).with("PAGER", "sh pager.sh");
    assert!(ask(&desk, "summits --all").out.contains("Trump–Putin"));
}

#[test]
fn the_programs_own_variable_comes_first_and_an_empty_one_or_cat_means_none() {
    for none in ["", "cat", "no-such-pager-anywhere", "'unclosed"] {
        let desk = at_terminal(KEEPER).with("DAYBOOK_PAGER", none);
        let said = ask(&desk, "summits --all");
        assert_eq!((said.out, said.err.as_str(), said.code), (Desk::shipped().ask("summits --all"), "", 0), "{none}");
        assert_eq!(shown(&desk), None);
    }
}

#[test]
fn quitting_early_and_a_failing_pager_change_no_exit_code() {
    let long = "where --on 2025-02-18";
    for script in ["exit 0", "head -1 > /dev/null", "exit 3"] {
        let said = ask(&at_terminal(script), long);
        assert_eq!((said.err.as_str(), said.code), ("", 0), "{script}");
    }
    let damaged = at_terminal(KEEPER);
    std::fs::write(damaged.path("events/000001.jsonl"), "{\n").unwrap();
    let said = ask(&damaged, long);
    assert_eq!((said.code, shown(&damaged)), (3, None), "{}", said.err);
}

#[test]
fn a_setting_of_less_is_left_alone() {
    let desk = at_terminal(KEEPER).with("LESS", "-S");
    ask(&desk, "summits --all");
    assert_eq!(std::fs::read_to_string(desk.path("less")).unwrap(), "-S");
}
