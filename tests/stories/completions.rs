//! What shells complete: verbs and flags from the grammar, names and references from the log that the line names.

use crate::desk::Desk;

/// What fish is told for a line, its last word being the one that is typed: values, each with what it is.
fn told(desk: Desk, line: &str) -> Vec<String> {
    let words: Vec<&str> = ["--", "daybook"].into_iter().chain(line.split(' ')).collect();
    let said = desk.with("DAYBOOK_COMPLETE", "fish").run(&words, "");
    assert_eq!((said.err.as_str(), said.code), ("", 0), "{line}");
    said.out.lines().map(str::to_owned).collect()
}

/// The values alone, without flags.
fn values(desk: Desk, line: &str) -> Vec<String> {
    let value = |told: String| told.split('\t').next().unwrap().to_owned();
    told(desk, line).into_iter().map(value).filter(|value| !value.starts_with('-')).collect()
}

fn shipped(line: &str) -> Vec<String> {
    values(Desk::shipped(), line)
}

#[test]
fn verbs_and_flags_come_from_the_grammar() {
    assert_eq!(shipped("su"), ["summits"]);
    assert_eq!(shipped("log pro"), ["propose"]);
    assert_eq!(shipped("export "), ["ics", "csv", "json", "diary", "help"]);
    assert_eq!(
        told(Desk::shipped(), "where --pub"),
        ["--public-by\tWhat the public could know by then: a day (its end) or a time"]
    );
}

#[test]
fn names_come_from_the_log_with_what_they_stand_for() {
    assert_eq!(told(Desk::shipped(), "check riy"), ["riyadh-talks\tUS–Russia talks"]);
    assert_eq!(shipped("check 2"), Vec::<String>::new(), "entries are no matter of a check");
    assert_eq!(told(Desk::shipped(), "where r"), ["rubio\tMarco Rubio"]);
    assert_eq!(told(Desk::shipped(), "meeting riy"), ["riyadh-talks\tUS–Russia talks"]);
    assert_eq!(told(Desk::shipped(), "export csv --party r"), ["ru\tRussia"]);
    assert_eq!(told(Desk::shipped(), "log presence rubio --trip "), ["rubio-middle-east\tRubio's Middle East tour"]);
    assert_eq!(told(Desk::shipped(), "who riy"), ["riyadh\tRiyadh"]);
    assert_eq!(shipped("log confirm riyadh-talks --principals rubio,l"), ["rubio,lavrov"]);
    assert_eq!(shipped("explain p"), ["peskov", "putin"]);
    assert_eq!(shipped("summits --status c"), ["cancelled", "confirmed"]);
}

#[test]
fn references_come_with_what_they_say_the_newest_first() {
    assert_eq!(shipped("retract "), ["last", "6", "5", "4", "3", "2", "1"]);
    let events = told(Desk::shipped(), "retract 2.1");
    assert_eq!(events[0], "2.1\tpresence: \"Rubio - who is already in the Saudi capital\"");
    assert!(events[1].starts_with("2.10\t") && events.iter().all(|event| event.starts_with("2.1")), "{events:?}");
    assert_eq!(shipped("log travel rubio --replaces 1.99"), [""; 0]);
}

#[test]
fn places_of_the_log_come_before_those_of_the_gazetteer_which_need_three_letters() {
    assert!(!shipped("log travel rubio --to ").contains(&"paris".to_owned()));
    assert_eq!(shipped("log travel rubio --to mu"), ["munich"]);
    let found = shipped("log travel rubio --to mun");
    assert_eq!((found[0].as_str(), found.len()), ("munich", 20), "{found:?}");
    assert!(found.contains(&"munster".to_owned()), "{found:?}");
    assert!(told(Desk::bare(), "log presence rubio --at wars").contains(&"warsaw\tWarsaw, Poland".to_owned()));
    assert_eq!(shipped("who mun"), ["munich"], "a question is about places that the log knows");
}

#[test]
fn the_log_is_the_one_that_the_line_or_the_environment_names() {
    let other = || {
        let desk = Desk::shipped();
        assert_eq!(desk.run(&["init", "--log", "other log"], "").code, 0);
        let words = ["log", "--log", "other log", "official", "rutte", "Mark Rutte", "--outlet", "Wire"];
        assert_eq!(desk.run(&words, "").code, 0);
        std::fs::rename(desk.path("other log"), desk.path("other")).unwrap();
        desk
    };
    assert_eq!(values(other(), "where ru"), ["rubio"]);
    assert_eq!(values(other(), "--log other where ru"), ["rutte"]);
    assert_eq!(values(other(), "where --log=other ru"), ["rutte"]);
    assert_eq!(values(other().with("DAYBOOK_LOG", "other"), "where ru"), ["rutte"]);
    assert_eq!(values(other().with("DAYBOOK_LOG", "other"), "--log events where ru"), ["rubio"]);
    let desk = other();
    let home = desk.path("").display().to_string();
    assert_eq!(values(desk.with("HOME", &home), "--log ~/other where ru"), ["rutte"], "no shell has read the line yet");
    let desk = other();
    std::fs::rename(desk.path("other"), desk.path("my log")).unwrap();
    let words = ["--", "daybook", "--log", "'my log'", "where", "ru"];
    assert_eq!(desk.with("DAYBOOK_COMPLETE", "fish").run(&words, "").out, "rutte\tMark Rutte\n");
}

#[test]
fn without_a_log_or_with_a_damaged_one_nothing_is_completed_and_nothing_said() {
    assert_eq!(values(Desk::bare(), "where r"), [""; 0]);
    let desk = Desk::shipped();
    std::fs::write(desk.path("events/000001.jsonl"), "{\n").unwrap();
    assert_eq!(values(desk, "where r"), [""; 0]);
    assert_eq!(shipped("where rubio --on "), [""; 0], "a date is not guessed");
    for (shell, words) in [("tcsh", &["--", "daybook", "wh"][..]), ("fish", &["--"]), ("fish", &[])] {
        let said = Desk::shipped().with("DAYBOOK_COMPLETE", shell).run(words, "");
        assert_eq!((said.out.as_str(), said.err.as_str(), said.code), ("", "", 0), "{shell} {words:?}");
    }
}

#[test]
fn a_menu_is_a_terminal_too() {
    let desk = Desk::new();
    let entry = "{\"source\": {\"outlet\": \"\\u001b[31mred\"}, \"events\": [{\"kind\": \"party\", \"party\": \"us\", \"quote\": \"a\\nb\"}]}";
    assert_eq!(desk.run(&["log", "-"], entry).code, 0);
    let told = told(desk, "retract 1");
    assert!(told[0].starts_with("1\t\\u{1b}[31mred, "), "{told:?}");
    assert_eq!(told[1], "1.1\tparty: \"a\\nb\"");
}

#[test]
fn there_is_a_page_for_every_verb_and_it_is_what_the_help_says() {
    let desk = Desk::shipped();
    assert!(desk.ask("man").contains("\n.SH NAME\ndaybook \\- Who is where"));
    desk.ask("man pages");
    let mut pages: Vec<String> =
        std::fs::read_dir(desk.path("pages")).unwrap().map(|page| page.unwrap().file_name().into_string().unwrap()).collect();
    pages.sort();
    for page in
        ["daybook.1", "daybook-where.1", "daybook-log.1", "daybook-log-travel.1", "daybook-export-diary.1", "daybook-man.1"]
    {
        assert!(pages.contains(&page.to_owned()), "{pages:?}");
    }
    for page in &pages {
        let text = std::fs::read_to_string(desk.path("pages").join(page)).unwrap();
        let name = page.strip_suffix(".1").unwrap();
        assert_eq!(
            text.lines().filter(|line| line.starts_with(".TH ")).collect::<Vec<_>>(),
            [format!(".TH {} 1 \"\" \"daybook {}\" \"daybook\"", name.to_uppercase(), env!("CARGO_PKG_VERSION"))]
        );
        assert!(!text.contains(".SH EXTRA") && text.lines().all(|line| line.trim_end() == line), "{page}");
    }
    let travel = std::fs::read_to_string(desk.path("pages/daybook-log-travel.1")).unwrap();
    assert!(travel.ends_with(
        ".SH EXAMPLES\n.nf\ntravel lavrov ushakov \\-\\-to riyadh \\-\\-depart today \\-\\-said\\-by \"Dmitry Peskov\"\n.fi\n"
    ));
    let (to, wait) = (travel.find("\n\\fB\\-\\-to\\fR").unwrap(), travel.find("\n\\fB\\-\\-wait\\fR").unwrap());
    assert!(to < wait, "a verb's own arguments stand before those of all");
}
