//! `log --edit`: what the editor is shown, and that nothing typed in it is ever lost. The editors are shell scripts.

use std::path::PathBuf;

use serde_json::json;

use super::desk;
use crate::desk::{Desk, Said};

impl Desk {
    /// Opens an editor that is this shell script; the file is its first argument.
    fn edit(self, script: &str, arguments: &[&str]) -> (Self, Said) {
        std::fs::write(self.path("editor.sh"), script).unwrap();
        let desk = self.edited_by("sh editor.sh");
        let said = desk.run(&[&["log", "--edit"], arguments].concat(), "");
        (desk, said)
    }

    /// The files in which a draft is kept.
    fn drafts(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.path("state/daybook/drafts")).unwrap().map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|extension| extension == "day")).collect()
    }

    fn draft(&self) -> String {
        std::fs::read_to_string(self.drafts().first().expect("a draft is kept")).unwrap()
    }

    fn file(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn entries(&self) -> u64 {
        self.json("verify")["entries"].as_u64().unwrap()
    }
}

#[test]
fn the_draft_begins_with_the_last_source_and_what_one_looks_up() {
    let desk = desk()
        .logged(&[
            "source --outlet \"El País\" --title \"Talks \\\"soon\\\"\" --author \"A. Baños\" --url https://example.org/a?b=c#d \
             --published 2025-04-30T09:30+02:00 --grade b2 --record r-1 --embargo 2025-05-02T06:00Z --logged-by maria",
            "propose oslo --when 2025-06-01 --principals rubio,lavrov",
            "propose undated --principals fidan",
            "held past --when 2025-04-01 --principals rubio,fidan",
        ])
        .logged(&["official lavrov --title \"Foreign Minister\""]);
    let (desk, said) = desk.edit("cp \"$1\" opened.day", &[]);
    assert_eq!((said.code, said.err.as_str()), (1, "error: nothing was logged: the template was left as it is\n"));
    let opened = desk.file("opened.day");
    let lines: Vec<&str> = opened.lines().collect();
    let source = "source --outlet \"El País\" --title \"Talks \\\"soon\\\"\" --author \"A. Baños\" --url \"https://example.org/a?b=c#d\" \
                  --published 2025-04-30T09:30:00+02:00 --grade B2 --logged-by maria";
    assert_eq!(lines[2], source, "its record and its embargo were its own");
    assert_eq!(lines[3..5], ["", ""], "here one writes");
    let looked_up =
        "# meetings pending: oslo, undated\n# officials named last: rubio, lavrov, fidan\n# the last entry, `last`: 3\n";
    assert!(opened.ends_with(looked_up), "{opened}");
    assert!(lines.contains(&"#   cancel riyadh-talks --by \"White House\" --reason \"no agreement\""), "{opened}");
    assert!(lines.iter().all(|line| line.is_empty() || line.starts_with(['#']) || *line == source), "{opened}");
    assert_eq!(desk.drafts(), NO_FILES, "nothing was typed, so nothing is kept");
}

const NO_FILES: [PathBuf; 0] = [];

#[test]
fn what_is_typed_is_logged_under_the_source_filled_in() {
    let desk = desk().logged(&["source --outlet AFP --published 2025-04-30", "presence rubio --at ankara --when yesterday"]);
    let (desk, said) = desk.edit("echo 'presence lavrov --at ankara --when yesterday' >> \"$1\"", &["--json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(desk.json("where lavrov --on 2025-04-29")["presences"][0]["evidence"], json!(["3.1"]));
    assert_eq!(desk.json("explain 3.1")["deciding"][0]["outlet"], "AFP");
    assert_eq!(desk.drafts(), NO_FILES, "it stands in the log");
}

/// The refusal stands on top as comments, once, with the numbers of the lines as they are then.
#[test]
fn an_error_opens_the_file_again_with_the_reason_on_top() {
    let script = "
        n=$(cat count 2>/dev/null || echo 0); n=$((n + 1)); echo $n > count; cp \"$1\" opened-$n.day
        case $n in
            1) printf 'source --outlet Wire --published 2025-05-01\\n# mine\\npresence rubio --at ankarra --when today\\n' > \"$1\";;
            2) sed -i 's/ankarra/ankara --wen/' \"$1\";;
            3) sed -i 's/ --wen//' \"$1\";;
        esac";
    let (desk, said) = desk().edit(script, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let second = desk.file("opened-2.day");
    let body = "source --outlet Wire --published 2025-05-01\n# mine\npresence rubio --at ankarra --when today\n";
    let on_top = second.strip_suffix(body).expect("what was typed stands below");
    assert!(on_top.starts_with("#! error: no place is called \"ankarra\"\n"), "{second}");
    assert!(on_top.lines().all(|line| line.starts_with("#! ")), "{second}");
    let number = 1 + second.lines().position(|line| line.starts_with("presence")).unwrap();
    assert!(on_top.contains(&format!("draft, line {number}:  presence rubio")), "{second}");
    let third = desk.file("opened-3.day");
    assert!(!third.contains("ankarra") && third.starts_with("#! error: "), "{third}");
    assert_eq!(third.matches("#! error").count(), 1, "{third}");
    assert_eq!(desk.there("rubio --on 2025-05-01"), ["ankara observed"]);
    assert_eq!(desk.drafts(), NO_FILES);
}

#[test]
fn given_up_it_is_kept_and_the_next_run_goes_on_with_it() {
    let (desk, said) =
        desk().edit("grep -q 'presence who' \"$1\" || echo 'presence who --at ankara --when today' > \"$1\"", &["--json"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    let error: serde_json::Value = serde_json::from_str(&said.err).unwrap();
    assert_eq!(error["error"]["kind"], "refused");
    assert!(error["error"]["hint"].as_str().unwrap().contains("the draft is kept in state/daybook/drafts/"), "{error}");
    assert_eq!(desk.draft(), "presence who --at ankara --when today\n", "the lines count as the refusal says");
    let (desk, said) = desk.edit("sed -i 's/who/rubio/' \"$1\"", &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.starts_with("going on with the draft that was left in state/daybook/drafts/"), "{}", said.err);
    assert_eq!(desk.there("rubio --on 2025-05-01"), ["ankara observed"]);
    assert_eq!(desk.drafts(), NO_FILES);
}

#[test]
fn whatever_becomes_of_the_editor_the_draft_is_kept() {
    let typed = "presence rubio --at ankara --when today";
    let (desk, said) = desk().edit(&format!("echo '{typed}' > \"$1\"; exit 3"), &[]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.starts_with("error: the editor `sh editor.sh` failed: exit status: 3\nhint: the draft is kept in"),
        "{}",
        said.err
    );
    assert_eq!((desk.draft(), desk.entries()), (format!("{typed}\n"), 1));
    let (desk, said) = desk.edit("kill -9 $$", &[]);
    assert!(said.err.contains("failed: signal: 9 (SIGKILL)\nhint: the draft is kept in"), "{}", said.err);
    let desk = desk.with("VISUAL", "/nowhere/editor --wait");
    let said = desk.run(&["log", "--edit"], "");
    assert!(
        said.err.contains("error: there is no editor `/nowhere/editor --wait`, which $VISUAL names\nhint: the draft"),
        "{}",
        said.err
    );
    let desk = desk.with("VISUAL", "\"open");
    assert!(desk.run(&["log", "--edit"], "").err.starts_with("error: $VISUAL names no editor: \"open\n"));
    assert_eq!(desk.draft(), format!("{typed}\n"));
}

#[test]
fn text_that_is_none_is_kept_too() {
    let (desk, said) = desk().edit("printf 'presence rubio --at \\377\\n' > \"$1\"", &[]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("is no UTF-8 text: byte 21"), "{}", said.err);
    assert_eq!(std::fs::read(&desk.drafts()[0]).unwrap(), b"presence rubio --at \xff\n");
}

#[test]
fn a_draft_without_an_event_is_not_logged() {
    let (desk, said) = desk().edit("grep -q 'to be' \"$1\" || echo '# to be looked up' >> \"$1\"", &[]);
    assert!(
        said.err.starts_with("error: nothing was logged: there is no event in the draft\nhint: the draft is kept"),
        "{}",
        said.err
    );
    let (desk, said) = desk.edit("printf ' \\n' > \"$1\"", &[]);
    assert!(said.err.ends_with("error: nothing was logged: the draft was emptied\n"), "{}", said.err);
    assert_eq!((desk.drafts(), desk.entries()), (Vec::new(), 1));
}

/// What a hostile title does to a terminal or to the words file is written out, and read back as it was.
#[test]
fn hostile_titles_are_quoted() {
    let title = "a\u{1b}]0;x\u{7} \"b\" 'c' $(touch d) `e` \\ #f\nsource --outlet g\r\u{202e}";
    let entry = json!({
        "source": {"outlet": "-Wire", "title": title, "published": "2025-05-01"},
        "events": [{"kind": "presence", "officials": ["rubio"], "place": "Ankara", "when": "today"}]});
    let desk = desk();
    assert_eq!(desk.run(&["log", "-"], &entry.to_string()).code, 0);
    let (desk, said) = desk.edit("cp \"$1\" opened.day; echo 'presence lavrov --at ankara --when today' >> \"$1\"", &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!desk.file("opened.day").chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'));
    let source = |reference: &str| {
        let told = &desk.json(&format!("explain {reference}"))["deciding"][0];
        (told["outlet"].clone(), told["title"].clone())
    };
    assert_eq!(source("3.1"), (json!("-Wire"), json!(title)));
}

/// While one writes, another does: `last` stays the entry that was last when the editor opened, and two do not edit one draft.
#[test]
fn others_write_meanwhile() {
    let program = env!("CARGO_BIN_EXE_daybook");
    let desk = desk().told("2025-05-01", "presence rubio --at ankara --when today");
    let script = format!(
        "{program} --log events log presence lavrov --at doha --when 2025-05-01 --outlet Other > /dev/null
         XDG_STATE_HOME=\"$PWD/state\" EDITOR=true {program} --log events log --edit 2> second.txt
         echo 'retract last --reason typo' > \"$1\""
    );
    let (desk, said) = desk.edit(&script, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, "note: 1 entry was added by others while this one was written\n"));
    assert!(desk.file("second.txt").starts_with("error: another `daybook log --edit` of this log is open\n"));
    assert_eq!(desk.there("rubio --on 2025-05-01"), super::NONE, "2.1 is taken back, not 3.1");
    assert_eq!(desk.entries(), 4);
}

#[test]
fn a_file_of_ones_own_is_left_as_it_was_saved() {
    let desk = desk();
    std::fs::write(desk.path("mine.day"), "presence who --at ankara --when today\n").unwrap();
    let script = "if grep -q '#! error' \"$1\"; then sed -i 's/who/rubio/' \"$1\"; else echo '# second' >> \"$1\"; fi";
    let (desk, said) = desk.edit(script, &["mine.day"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(desk.file("mine.day"), "presence rubio --at ankara --when today\n# second\n");
    std::fs::write(desk.path("mine.day"), "presence who --at ankara --when today\n").unwrap();
    let (desk, said) = desk.edit("grep -q '# 2' \"$1\" || echo '# 2' >> \"$1\"", &["mine.day"]);
    assert!(said.err.contains("the draft is kept in mine.day: `daybook log --edit mine.day` goes on with it"), "{}", said.err);
    assert_eq!(desk.file("mine.day"), "presence who --at ankara --when today\n# 2\n", "without the refusal on top");
}

#[test]
fn a_dry_run_keeps_the_draft() {
    let (desk, said) = desk().edit("echo 'presence rubio --at ankara --when today' >> \"$1\"", &["--dry-run"]);
    assert!(said.out.starts_with("would be entry 2; nothing was written"), "{}", said.out);
    assert!(said.err.starts_with("note: the draft is kept in state/daybook/drafts/"), "{}", said.err);
    assert_eq!((desk.drafts().len(), desk.entries()), (1, 1));
}

/// A draft may be under embargo: nobody else looks into its folder.
#[cfg(unix)]
#[test]
fn drafts_are_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let (desk, _) = desk().edit("echo '# kept' > \"$1\"", &[]);
    let mode = std::fs::metadata(desk.path("state/daybook/drafts")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

/// What the program says of a JSON draft is about the JSON, with the lines of the file that is opened next.
#[test]
fn a_refused_json_draft_says_what_is_wrong_with_it() {
    let script = r#"
        n=$(cat count 2>/dev/null || echo 0); n=$((n + 1)); echo $n > count; cp "$1" opened-$n.day
        case $n in
            1) printf '{"source": {"outlet": "Wire"},\n "events": [{"kind": "presence", "officials": ["nobodyy"], "place": "ankara", "when": "today"}]}\n' > "$1";;
            2) sed -i 's/nobodyy/rubio/; s/"place":/"plaze":/' "$1";;
            3) sed -i 's/plaze/place/' "$1";;
        esac"#;
    let (desk, said) = desk().edit(script, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let second = desk.file("opened-2.day");
    assert!(second.starts_with("#! error: no official is called \"nobodyy\"\n#!   draft, event 1\n"), "{second}");
    let third = desk.file("opened-3.day");
    let line = 1 + third.lines().position(|line| line.contains("\"plaze\":")).unwrap();
    assert!(third.starts_with("#! error: there is no field \"plaze\" here\n"), "{third}");
    assert!(third.contains(&format!("draft, line {line}, column ")), "{third}");
    assert_eq!(desk.there("rubio --on 2025-05-01"), ["ankara observed"]);
}

/// Only what the program put on top is taken off again, wherever somebody writes around it.
#[test]
fn comments_of_ones_own_stay_whatever_they_look_like() {
    let desk = desk();
    std::fs::write(desk.path("my.day"), "#! remember: call Peskov\n#! and TASS\npresence who --at ankara --when today\n")
        .unwrap();
    let script = "if grep -q '#! error' \"$1\"; then sed -i '1i #! above' \"$1\"; sed -i 's/who/rubio/' \"$1\"; else echo '# 2' >> \"$1\"; fi";
    let (desk, said) = desk.edit(script, &["my.day"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let kept = "#! above\n#! remember: call Peskov\n#! and TASS\npresence rubio --at ankara --when today\n# 2\n";
    assert_eq!(desk.file("my.day"), kept);
}

/// A run that was killed while the editor was open leaves its refusal in the draft.
#[test]
fn a_refusal_of_a_run_that_died_is_taken_off() {
    let desk = desk();
    let left = "#! error: old\n#!   draft, line 9:  x\n\
                #! Mend it and save. Saved as it is, it is kept as a draft; emptied, it is given up.\npresence who --at ankara --when today\n";
    std::fs::write(desk.path("mine.day"), left).unwrap();
    let (desk, said) = desk.edit("cp \"$1\" opened.day; sed -i 's/who/rubio/' \"$1\"", &["mine.day"]);
    assert_eq!((said.code, desk.file("opened.day").as_str()), (0, "presence who --at ankara --when today\n"));
}

#[test]
fn a_draft_without_an_event_or_that_is_no_text_is_opened_again() {
    let script = "
        n=$(cat count 2>/dev/null || echo 0); n=$((n + 1)); echo $n > count; cp \"$1\" opened-$n.day
        case $n in
            1) echo '# to be looked up' > \"$1\";;
            2) printf '#\\npresence rubio --at \\377\\n' >> \"$1\";;
            3) echo 'presence rubio --at ankara --when today' > \"$1\";;
        esac";
    let (desk, said) = desk().edit(script, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(desk.file("opened-2.day").starts_with("#! error: nothing was logged: there is no event in the draft\n"));
    let third = std::fs::read(desk.path("opened-3.day")).unwrap();
    let third = String::from_utf8_lossy(&third);
    let line = 1 + third.lines().position(|line| line.contains("presence")).unwrap();
    assert!(third.starts_with("#! error: draft is no UTF-8 text: byte "), "{third}");
    assert!(third.contains(&format!("#!   draft, line {line}, column ")), "{third}");
}

#[test]
fn a_draft_that_was_left_and_is_no_text_can_be_mended() {
    let (desk, _) = desk().edit("printf 'presence rubio --at ankara\\377 --when today\\n' > \"$1\"", &[]);
    let (desk, said) = desk.edit("cp \"$1\" opened.day; LC_ALL=C sed -i 's/\\xff//' \"$1\"", &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(std::fs::read(desk.path("opened.day")).unwrap().starts_with(b"#! error: draft is no UTF-8 text"));
    assert_eq!((desk.there("rubio --on 2025-05-01"), desk.drafts()), (vec!["ankara observed".to_owned()], Vec::new()));
}

/// What is too long, or held up by another writer, is kept; the one is for the editor, the other for later.
#[test]
fn a_long_draft_and_a_held_lock_lose_nothing() {
    let (desk, said) = desk().edit("head -c 2100000 /dev/zero | tr '\\0' '#' > \"$1\"", &[]);
    assert!(said.err.starts_with("error: draft is longer than 2097152 bytes\n"), "{}", said.err);
    assert_eq!(desk.draft().len(), 2_100_000);
    let lock = std::fs::File::create(desk.path("events/.lock")).unwrap();
    lock.lock().unwrap();
    let typed = "presence rubio --at ankara --when today\n";
    let (desk, said) = desk.edit(&format!("printf '{typed}' > \"$1\""), &["--wait", "0"]);
    assert!(said.err.contains("error: another process is writing to events"), "{}", said.err);
    assert!(said.err.contains(".day` logs it as it is; to give it up, delete it\n"), "{}", said.err);
    assert_eq!((said.code, desk.draft().as_str()), (1, typed));
}

#[test]
fn an_empty_variable_names_no_editor() {
    let desk = desk().with("VISUAL", "");
    let (_, said) = desk.edit("echo 'presence rubio --at ankara --when today' > \"$1\"", &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
}

/// An editor may delete the file before it writes it anew, and fail in between.
#[test]
fn what_was_typed_survives_an_editor_that_deletes_the_draft() {
    let (desk, said) = desk().edit("rm \"$1\"", &[]);
    assert_eq!((said.code, desk.drafts().len()), (1, 0));
    assert!(!said.err.contains("the draft is kept"), "nothing was typed: {}", said.err);
    let twice = "if test -e typed; then rm \"$1\"; else touch typed; echo 'presence rubio --at nowhere-at-all' > \"$1\"; fi";
    let (desk, said) = desk.edit(twice, &[]);
    assert_eq!((said.code, desk.draft().as_str()), (1, "presence rubio --at nowhere-at-all\n"), "{}", said.err);
    assert!(said.err.contains("the draft is kept"), "{}", said.err);
}
