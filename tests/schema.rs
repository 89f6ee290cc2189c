//! The published schemas: real answers are held against `daybook schema answers`, entries against `daybook schema entry`.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::desk::{Desk, Said, project};

fn schema(what: &str) -> Validator {
    let said = Desk::bare().run(&["schema", what], "");
    assert_eq!(said.code, 0, "{}", said.err);
    let schema: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

/// Holds a document against a schema; what is wrong is shown with its place.
fn hold(schema: &Validator, document: &Value, what: &str) {
    let wrong: Vec<String> =
        schema.iter_errors(document).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(wrong.is_empty(), "{what}: {}", wrong.join("\n"));
}

/// Asks a question and holds its answer, or its refusal, against the schema; both are one line.
fn held(answers: &Validator, desk: &Desk, question: &[&str], input: &str) -> Value {
    let arguments: Vec<&str> = question.iter().copied().chain(["--json"]).collect();
    let Said { out, err, code } = desk.run(&arguments, input);
    let text = if code == 0 { &out } else { &err };
    assert_eq!(text.matches('\n').count(), 1, "{question:?}: {text}");
    let document: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{question:?}: {error}: {text}"));
    assert_eq!(document.get("error").is_some(), code != 0, "{question:?}");
    hold(answers, &document, &question.join(" "));
    document
}

fn ask(answers: &Validator, desk: &Desk, question: &str) -> Value {
    held(answers, desk, &question.split(' ').collect::<Vec<_>>(), "")
}

/// Every query about everything that a log holds, under several clocks.
fn ask_everything(answers: &Validator, desk: &Desk, days: &[&str]) {
    let all = ask(answers, desk, "where");
    let officials: Vec<String> =
        all["answers"].as_array().unwrap().iter().map(|one| one["official"].as_str().unwrap().into()).collect();
    let summits = ask(answers, desk, "summits --all");
    let meetings: Vec<&str> =
        summits["meetings"].as_array().unwrap().iter().map(|one| one["meeting"].as_str().unwrap()).collect();
    let last = all["log"]["seq"].as_u64().unwrap();
    for clocks in
        days.iter().flat_map(|day| [format!("--on {day}"), format!("--on {day} --public-by {day}"), format!("--as-of {last}")])
    {
        for question in [
            "where",
            "summits",
            "brief",
            "check",
            "who riyadh",
            "who saudi-arabia",
            "statements",
            "itinerary --chart",
            "stats",
            "stats --by year",
            "stats --by country",
            "encounters",
        ] {
            ask(answers, desk, &format!("{question} {clocks}"));
        }
        for official in &officials {
            ask(answers, desk, &format!("where {official} {clocks}"));
            ask(answers, desk, &format!("explain {official} {clocks}"));
        }
        for meeting in &meetings {
            ask(answers, desk, &format!("meeting {meeting} {clocks}"));
            ask(answers, desk, &format!("explain {meeting} {clocks}"));
        }
    }
    for official in &officials {
        ask(answers, desk, &format!("itinerary {official}"));
        ask(answers, desk, &format!("encounters {official}"));
        ask(answers, desk, &format!("stats --official {official}"));
    }
    for entry in 1..=last {
        ask(answers, desk, &format!("explain {entry}"));
    }
    for since in 1..=last {
        ask(answers, desk, &format!("changes --clock recorded --since {since}"));
    }
    for day in days {
        ask(answers, desk, &format!("changes --since {day}"));
    }
    ask(answers, desk, "export json");
    ask(answers, desk, "doctor");
    ask(answers, desk, "verify");
    let seal = ask(answers, desk, "seal")["seal"].as_str().unwrap().to_owned();
    assert_eq!(ask(answers, desk, &format!("verify --seal {seal}"))["seals"], 1);
    assert_eq!(ask(answers, desk, "backup copy")["seal"], seal);
    assert_eq!(ask(answers, desk, "repair")["aside"], serde_json::json!([]));
}

#[test]
fn a_damaged_log_and_its_repair_keep_to_the_schema() {
    let answers = schema("answers");
    let desk = Desk::shipped().at("2025-03-01T12:00:00Z");
    let path = desk.path("events/000001.jsonl");
    let text = std::fs::read_to_string(&path).unwrap().replace("Munich", "Berlin");
    std::fs::write(&path, text).unwrap();
    let error = &ask(&answers, &desk, "verify")["error"];
    assert_eq!(
        (&error["kind"], &error["harm"]["line"], &error["harm"]["damage"]),
        (&"damaged".into(), &3.into(), &"edited".into())
    );
    let repaired = ask(&answers, &desk, "repair --dry-run");
    assert_eq!((&repaired["entries"], &repaired["missing"]["from"]), (&2.into(), &3.into()));
    let repaired = ask(&answers, &desk, "repair");
    let aside = repaired["aside"][0]["to"].as_str().unwrap();
    assert_eq!(ask(&answers, &desk, &format!("import --from {aside} --keep-going"))["query"], "import");
}

#[test]
fn the_answers_of_the_shipped_log_keep_to_the_schema() {
    ask_everything(&schema("answers"), &Desk::shipped().at("2025-03-01T12:00:00Z"), &["2025-02-16", "2025-02-18", "2025-03-01"]);
}

/// A log in which nearly everything happened.
fn rich(answers: &Validator) -> Desk {
    let desk = Desk::new().at("2025-05-01T12:00:00Z");
    for (day, lines) in [
        (
            1,
            &[
                "official rubio \"Marco Rubio\" --party us --rank foreign_minister --title Secretary --base washington --since 2025-01",
                "official lavrov \"Sergei Lavrov\" --party ru --rank foreign_minister --alias Лавров --wikidata Q58217",
                "official waltz \"Mike Waltz\" --party us",
                "official grossi \"Rafael Grossi\"",
                "party ru --voice Kremlin",
                "place hall \"The hall\" --country SA --within riyadh --zone Asia/Riyadh --lat 24.7 --lon 46.7",
                "trip tour \"The tour\" --officials rubio",
            ][..],
        ),
        (
            2,
            &[
                "travel rubio waltz --to riyadh --depart \"next Monday\" --trip tour --purpose talks --said-by \"a spokesman\" --via AFP",
            ],
        ),
        (2, &["propose talks --when \"very soon\" --at \"riyadh?\" --principals rubio,lavrov --by Kremlin --agenda peace"]),
        (3, &["confirm talks --when 2025-05-12 --at hall --by us --delegation waltz --hosts sa --uncertain grossi --trip tour"]),
        (
            3,
            &[
                "presence rubio --at ankara --when 2025-05-02/2025-05-04 --quote \"seen there\"",
                "presence rubio --at doha --when 2025-05-03/2025-05-05",
            ],
        ),
        (4, &["decline talks --by ru", "absence waltz --meeting talks"]),
        (
            4,
            &[
                "postpone talks --by us --reason illness",
                "confirm talk --when 2025-05-14 --by us --level call --principals waltz",
            ],
        ),
        (5, &["confirm talks --when 2025-05-14T10:00 --by us --by Kremlin", "absence rubio --at ankara --when 2025-05-03"]),
        (5, &["travel rubio --to riyadh --depart 2025-05-06 --arrive 2025-05-07 --replaces 2.1", "travel lavrov --to jeddah"]),
        (6, &["cancel-travel 9.2 --stay waltz --reason storm"]),
        (6, &["retract 3 --reason source_withdrawn"]),
        (7, &["retract 11.1 --reason typo --note \"it was not\""]),
        (
            7,
            &[
                "held older --when \"last Sunday\" --at riyadh --principals rubio,lavrov --outcome \"a handshake\"",
                "propose vague --when 2025-06",
            ],
        ),
        (8, &["cancel vague --by us --reason \"no agreement\""]),
        (
            8,
            &[
                "statement lavrov \"We go on\" --about talks,riyadh --topics peace --on-behalf-of ru --when yesterday --at riyadh --language ru",
            ],
        ),
    ] {
        let desk_now = &format!(
            "source --outlet Wire --author Somebody --published 2025-05-{day:02} --grade B2 --url https://example.org/1"
        );
        let text = std::iter::once(desk_now.as_str()).chain(lines.iter().copied()).collect::<Vec<_>>().join("\n");
        for arguments in [&["log", "-", "--dry-run"][..], &["log", "-"][..]] {
            let logged = held(answers, &desk, arguments, &text);
            assert_eq!(logged["query"], "log", "{text}\n{logged}");
        }
    }
    desk
}

#[test]
fn the_answers_of_a_rich_log_keep_to_the_schema() {
    let answers = schema("answers");
    let desk = rich(&answers).at("2025-05-20T12:00:00Z");
    ask_everything(&answers, &desk, &["2025-05-03", "2025-05-06", "2025-05-14", "2025-05-20"]);
}

/// The head names the entries under embargo that the clocks let be seen, and citations say until when.
#[test]
fn answers_that_rest_on_an_embargo_keep_to_the_schema() {
    let answers = schema("answers");
    let desk = rich(&answers).at("2025-05-09T12:00:00Z").logged(&[
        "source --outlet Wire --published 2025-05-09 --embargo 2025-05-10T06:00Z",
        "confirm talks --when 2025-05-15 --by us --by ru",
        "travel rubio --to riyadh --depart 2025-05-09",
        "statement rubio \"Soon\" --about talks",
    ]);
    ask_everything(&answers, &desk, &["2025-05-09", "2025-05-15"]);
    let seq = desk.json("where")["log"]["seq"].clone();
    let embargoed = json!([{"entry": seq, "until": "2025-05-10T06:00:00.000Z"}]);
    for question in [
        "where",
        "where rubio",
        "itinerary rubio",
        "who riyadh",
        "summits",
        "meeting talks",
        "explain talks",
        "statements",
        "brief",
    ] {
        let answer = ask(&answers, &desk, question);
        assert_eq!(answer["embargoed"], embargoed, "{question}");
        let mut bad = answer;
        bad["embargoed"] = json!([]);
        assert!(!answers.is_valid(&bad), "{question}");
    }
    assert_eq!(ask(&answers, &desk, "explain last")["deciding"][0]["embargo"], "2025-05-10T06:00:00.000Z");
}

#[test]
fn init_import_and_refusals_keep_to_the_schema() {
    let answers = schema("answers");
    let desk = Desk::bare();
    ask(&answers, &desk, "where");
    ask(&answers, &desk, "doctor");
    assert_eq!(ask(&answers, &desk, "init")["query"], "init");
    for question in ["where", "summits", "brief", "verify", "doctor"] {
        ask(&answers, &desk, question);
    }
    assert_eq!(ask(&answers, &desk, "--log world simulate --entries 5")["entries"], 5);
    assert_eq!(ask(&answers, &desk, "--log world simulate --entries 5")["error"]["kind"], "exists");
    let line = "{\"events\": [{\"kind\": \"official\", \"official\": \"rubio\", \"name\": \"Marco Rubio\"}]}\n";
    for arguments in [&["import", "-", "--dry-run"][..], &["import", "-"], &["import", "-"]] {
        assert_eq!(held(&answers, &desk, arguments, line)["query"], "import");
    }
    for question in
        ["where nobody", "where rubio --as-of 9", "where --on someday", "meeting nothing", "explain 7", "frobnicate", "init"]
    {
        assert!(ask(&answers, &desk, question).get("error").is_some(), "{question}");
    }
    held(&answers, &desk, &["log", "-"], "travel nobody --to nowhere-at-all --depart 2025-02-30\npresence\n");
    let refused =
        "{\"events\": [{\"kind\": \"presence\", \"officials\": [\"who\"], \"place\": \"Riyadh\", \"when\": \"today\"}]}\n";
    held(&answers, &desk, &["import", "-"], refused);
}

#[test]
fn imports_of_calendars_and_tables_keep_to_the_schema() {
    let answers = schema("answers");
    let desk = Desk::new().at("2025-02-01T12:00:00Z").logged(&["official rubio \"Marco Rubio\" --party us"]);
    let event = "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20250131T090000Z\r\nDTSTART:20250210T100000Z\r\nLOCATION:Reception House\r\nEND:VEVENT\r\n";
    let feed = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//A//EN\r\n{event}BEGIN:VTODO\r\nUID:2\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
    );
    let said = held(&answers, &desk, &["import", "-", "--official", "rubio"], &feed);
    assert_eq!((&said["events"][0]["deed"], said["left_out"].as_array().unwrap().len()), (&json!("new"), 1));
    let map = "[source]\noutlet = \"List\"\nrecord = \"{id}\"\n[[event]]\nkind = \"presence\"\nofficials = \"{who}\"\n\
               place = { name = \"{city}\", country = \"{country}\" }\nwhen = \"{day}\"\n";
    std::fs::write(desk.path("map.toml"), map).unwrap();
    let import = |rows: &str| {
        let table = format!("id,who,day,city,country\n{rows}");
        held(
            &answers,
            &desk,
            &["import", "-", "--map", "map.toml", "--keep-going", "--rejected", "no.csv", "--retract-missing"],
            &table,
        )
    };
    let first = import("1,rubio,2025-01-10,Chequers,United Kingdom\n2,rubio,2025-01-12,Paris,France\n");
    assert_eq!((&first["new"], &first["unplaced"][0]["name"]), (&json!(2), &json!("Chequers")));
    let second = import("1,rubio,2025-01-10,London,United Kingdom\n");
    assert_eq!((second["changed"].as_array().unwrap().len(), &second["retracted"]), (1, &json!(1)));
}

#[test]
fn a_checked_calendar_keeps_to_the_schema() {
    let answers = schema("answers");
    let desk = Desk::shipped();
    let feed = desk.ask("export ics");
    assert_eq!(held(&answers, &desk, &["lint", "-"], &feed)["files"][0]["faults"], json!([]));
    // A floating start is a warning, and warnings alone are no refusal.
    let floating = feed.replace("DTSTART;VALUE=DATE:20250218\r\nDTEND;VALUE=DATE:20250219", "DTSTART:20250218T090000");
    let answer = held(&answers, &desk, &["lint", "-"], &floating);
    assert_eq!((&answer["errors"], &answer["files"][0]["faults"][0]["severity"]), (&json!(0), &json!("warning")));
    // Errors are told in the answer, and that there are some is the error that the run ends with.
    let said = desk.run(&["lint", "-", "--json"], &feed.replace("VERSION:2.0", "VERSION:1.0"));
    assert_eq!(said.code, 1);
    for text in [&said.out, &said.err] {
        hold(&answers, &serde_json::from_str(text).unwrap(), "lint");
    }
}

#[test]
fn the_schema_of_answers_is_strict() {
    let answers = schema("answers");
    let good = Desk::shipped().json("where rubio --on 2025-02-18");
    hold(&answers, &good, "where");
    for (field, value) in
        [("mood", json!("bright")), ("presences", json!(null)), ("query", json!("whence")), ("clocks", json!({}))]
    {
        let mut bad = good.clone();
        bad[field] = value;
        assert!(!answers.is_valid(&bad), "{field}");
    }
    let fields = good.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for field in fields {
        let mut bad = good.clone();
        bad.as_object_mut().unwrap().remove(&field);
        assert!(!answers.is_valid(&bad), "without {field}");
    }
}

/// The fields that `formats.md` names stand in the answers of the shipped log.
#[test]
fn the_fields_that_others_rely_on_are_there() {
    let desk = Desk::shipped();
    let has = |answer: &Value, fields: &str| {
        for field in fields.split(' ') {
            assert!(answer.get(field).is_some(), "no {field} in {answer}");
        }
    };
    let place = desk.json("where rubio --on 2025-02-18 --public-by 2025-02-17");
    has(&place, "query log clocks findings official name presences legs last_known next");
    has(&place["presences"][0], "place name country zone from to standing basis meeting evidence conflict");
    has(&place["last_known"], "place name on days_ago");
    has(&place["next"], "leg meeting");
    has(&desk.json("where lavrov --on 2025-02-17")["legs"][0], "from to depart arrive standing evidence");
    let itinerary = desk.json("itinerary lavrov");
    has(&itinerary, "official stops legs trips gaps");
    has(&itinerary["legs"][0], "km");
    let who = desk.json("who riyadh --on 2025-02-18 --public-by 2025-02-17");
    has(&who, "place people uncertain");
    has(&who["people"][0], "official name party place from to standing basis evidence conflict");
    let meeting = desk.json("meeting riyadh-talks");
    has(
        &meeting,
        "meeting title level status when said place place_doubtful participants confirmed_by silent declined_by previous slips \
         days_to_go last_report eventoccurstatus evidence history",
    );
    has(&meeting["participants"][0], "official party role attendance");
    has(&meeting["confirmed_by"][0], "party voice");
}

/// What a words file comes to, as a program would send it: what the door adds is left to the door again.
#[test]
fn entries_keep_to_the_schema_and_mean_the_same() {
    let schema = schema("entry");
    let desk = Desk::new().at("2025-03-01T12:00:00Z");
    let mut files: Vec<_> =
        std::fs::read_dir(project().join("tests/shipped")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let logged = |arguments: &[&str], text: &str| -> Value {
            let said = desk.run(&[arguments, &["--json"]].concat(), text);
            assert_eq!(said.code, 0, "{}: {}", file.display(), said.err);
            serde_json::from_str(&said.out).unwrap()
        };
        let events = logged(&["log", "-", "--dry-run"], &text)["events"].clone();
        let entry = json!({"source": {"outlet": "Wire", "published": "2025-02-17"}, "events": events});
        hold(&schema, &entry, &file.display().to_string());
        assert_eq!(logged(&["log", "-", "--dry-run"], &entry.to_string())["events"], events, "{}", file.display());
        logged(&["log", "-"], &text);
    }
}

#[test]
fn the_example_of_the_document_keeps_to_the_schema_and_what_the_door_refuses_does_not() {
    let schema = schema("entry");
    // formats.md, "An entry as programs write it".
    let example = json!({
        "source": {"outlet": "…", "title": "…", "author": "Alejandro Baños", "url": "https://…", "published": "2025-02-17",
                   "grade": "B2", "archive": {"sha256": "…", "url": "…"}, "record": "the source's own key, if it has one"},
        "logged_by": "desk", "embargo": "2025-02-18T06:00:00Z",
        "events": [
            {"kind": "presence", "officials": ["rubio"], "place": "Riyadh", "when": "2025-02-17",
             "quote": "Rubio - who is already in the Saudi capital"},
            {"kind": "travel", "officials": ["lavrov", "ushakov"], "to": "Riyadh", "depart": "today", "said_by": "Dmitry Peskov"},
            {"kind": "meeting_confirmed", "meeting": "riyadh-talks", "title": "US–Russia talks", "level": "talks",
             "when": "this Tuesday", "place": "Riyadh", "by": ["White House", "Kremlin"],
             "participants": [{"official": "rubio", "role": "principal"}, {"official": "waltz", "role": "delegation"},
                              {"official": "trump", "role": "principal", "attendance": "uncertain"}]},
            {"kind": "meeting_proposed", "meeting": "trump-putin", "title": "Trump–Putin meeting", "level": "summit",
             "place": "Saudi Arabia?", "said": {"when": "very soon"},
             "participants": [{"official": "trump", "role": "principal"}, {"official": "putin", "role": "principal"}]}]});
    hold(&schema, &example, "formats.md");
    for bad in [
        json!({}),
        json!({"events": []}),
        json!({"events": [{"kind": "coronation"}]}),
        json!({"events": [{"kind": "presence", "officials": ["rubio"], "when": "today"}]}),
        json!({"events": [{"kind": "presence", "officials": ["rubio"], "place": "Riyadh", "to": "Riyadh", "when": "today"}]}),
        json!({"events": [{"kind": "retraction", "of": ["1"], "reason": "boredom"}]}),
        json!({"events": [{"kind": "party", "party": "us"}], "mood": "bright"}),
    ] {
        assert!(!schema.is_valid(&bad), "{bad}");
        let desk = Desk::new();
        assert_eq!(desk.run(&["log", "-"], &bad.to_string()).code, 1, "{bad}");
    }
}

#[test]
fn a_golden_event_of_every_kind_keeps_to_the_schema_of_entries() {
    let schema = schema("entry");
    for line in include_str!("golden/1.jsonl").lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let entry = json!({"source": line["source"], "embargo": line["embargo"], "events": line["events"], "x": line["x"]});
        hold(&schema, &entry, &line["events"][0]["kind"].to_string());
    }
}
