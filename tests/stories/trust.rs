//! What must hold of a log that is sealed, copied and written to again: seals that mail programs wrapped, ids, branches, backups.

use super::desk;
use crate::desk::Desk;

/// How a mail program may deliver a line.
fn delivered(seal: &str) -> Vec<String> {
    let pieces: Vec<&str> = (0..seal.len()).step_by(40).map(|at| &seal[at..seal.len().min(at + 40)]).collect();
    vec![
        format!("The seal is {seal}, as of today."),
        format!("Seal:\r\n> > {}\r\n\r\nRegards", pieces.join("\r\n> > ")),
        format!("{}=\n", pieces.join("=\n")),
        seal.replace(':', ":\n"),
        format!("{seal}\n{seal}\n"),
    ]
}

#[test]
fn a_seal_is_found_however_it_was_mailed() {
    let desk = Desk::shipped();
    let seal = desk.ask("seal").trim().to_owned();
    for (number, text) in delivered(&seal).into_iter().enumerate() {
        let name = format!("mail-{number}");
        std::fs::write(desk.path(&name), &text).unwrap();
        assert!(desk.ask(&format!("verify --seal {name}")).contains("it extends the seal of entry 6\n"), "{text}");
        let given = desk.run(&["verify", "--seal", &text], "");
        assert_eq!(given.code, 0, "{text}: {}", given.err);
    }
    let cut = &seal[..seal.len() - 1];
    assert_eq!(desk.run(&["verify", "--seal", cut], "").code, 1);
    let other = seal.replace(":6:", ":5:");
    assert_eq!(desk.run(&["verify", "--seal", &other], "").code, 3);
}

/// Whoever does not know whether an entry was stored logs it again under its id, and it is there once: though it added a place by
/// itself then, and though "today" is another day now.
#[test]
fn an_entry_that_is_logged_again_under_its_id_is_there_once() {
    let id = "0195454e-0000-7000-8000-000000000001";
    let words = ["log", "presence", "rubio", "--at", "Lyon", "--when", "today", "--id", id];
    let desk = desk();
    let first = desk.run(&words, "");
    assert!(first.code == 0 && first.out.contains("added the place lyon"), "{first:?}");
    let desk = desk.at("2025-06-30T12:00:00Z").logged(&["presence lavrov --at Lyon --when 2025-06-29"]);
    let again = desk.run(&words, "");
    assert!(again.code == 0 && again.out.starts_with("entry 2: there already"), "{again:?}");
    let other = desk.run(&["log", "presence", "rubio", "--at", "Nice", "--when", "today", "--id", id], "");
    assert!(other.code == 1 && other.err.contains("which says something else"), "{other:?}");
    assert_eq!(desk.json("verify")["entries"], 3);

    let entry = format!(
        "{{\"id\": \"{}\", \"events\": [{{\"kind\": \"travel\", \"officials\": [\"rubio\"], \"to\": \"Turin\", \"depart\": \"tomorrow\"}}]}}",
        id.replace("000001", "000002")
    );
    for said in [desk.run(&["log", "-"], &entry), desk.run(&["log", "-"], &entry)] {
        assert_eq!(said.code, 0, "{}", said.err);
    }
    assert_eq!(desk.json("verify")["entries"], 4);
    let wrong = desk.run(&["log", "presence", "rubio", "--at", "Nice", "--when", "today", "--id", "17"], "");
    assert!(wrong.code == 1 && wrong.err.contains("17"), "{wrong:?}");
}

/// Two branches that imported the same file at different times have the same entries, whatever they count from.
#[test]
fn branches_that_imported_the_same_file_agree() {
    let desk = desk();
    assert_eq!(desk.run(&["backup", "other"], "").code, 0);
    let lines =
        "{\"events\": [{\"kind\": \"presence\", \"officials\": [\"rubio\"], \"place\": \"Doha\", \"when\": \"2025-05-01\"}]}\n";
    std::fs::write(desk.path("reports.jsonl"), lines).unwrap();
    assert_eq!(desk.run(&["import", "reports.jsonl"], "").code, 0);
    let desk = desk.at("2025-05-03T12:00:00Z");
    assert_eq!(desk.run(&["import", "reports.jsonl", "--log", "other"], "").code, 0);
    assert_eq!(desk.run(&["log", "presence", "lavrov", "--at", "Doha", "--when", "today", "--log", "other"], "").code, 0);
    let tried = desk.ask("import --from other --dry-run");
    assert_eq!(
        (tried.as_str(), desk.ask("import --from other").as_str()),
        ("1 would be added, 2 there already, 0 refused\n", "1 added, 2 there already, 0 refused\n")
    );
    assert_eq!(desk.ask("import --from other"), "0 added, 3 there already, 0 refused\n");
}

#[test]
fn a_backup_is_made_of_the_log_and_lies_elsewhere() {
    let desk = desk();
    for inside in ["events", "./events", "events/sub", "events/.index/x", "events/../events"] {
        let said = desk.run(&["backup", inside], "");
        assert!(said.code == 1 && said.err.contains("lies in the log's own directory"), "{inside}: {said:?}");
    }
    assert!(!desk.path("events/sub").exists());
    std::fs::create_dir(desk.path("full")).unwrap();
    std::fs::write(desk.path("full/photo.jpg"), "").unwrap();
    let said = desk.run(&["backup", "full"], "");
    assert!(said.code == 1 && said.err.contains("other files are in it"), "{said:?}");
    assert_eq!(std::fs::read_dir(desk.path("full")).unwrap().count(), 1);
}

/// Backups made while somebody writes are each a whole log, and each extends the one before.
#[test]
fn backups_beside_a_writer_are_whole() {
    let desk = desk();
    let log = daybook::log::Log::open(&desk.path("events")).unwrap();
    let copy = desk.path("copy");
    let written = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let entries = log.read().unwrap().entries;
            for n in 1..=200_u64 {
                let entry = entries[0].clone();
                let new = daybook::event::NewEntry {
                    id: daybook::event::EntryId(uuid::Uuid::from_u128(u128::from(n))),
                    logged_by: entry.logged_by,
                    source: entry.source,
                    embargo: None,
                    events: entry.events,
                    x: None,
                    salt: n,
                };
                log.lock(None, &mut |_| {}).unwrap().append(vec![new], desk.now).unwrap();
            }
        });
        let mut made = Vec::new();
        while !writer.is_finished() {
            made.push(log.back_up(&copy).unwrap().seal);
        }
        writer.join().unwrap();
        made.push(log.back_up(&copy).unwrap().seal);
        made
    });
    assert!(written.is_sorted_by_key(|seal| seal.seq) && written.len() > 3);
    assert_eq!(daybook::log::Log::open(&copy).unwrap().verify(&written).unwrap().entries, 201);
}
