//! Somebody's calendar comes in: what becomes of its events, what a second import does, what is left out and said to be.

use serde_json::Value;

use crate::desk::{Desk, Said};

/// A desk on 1 February 2025 that knows two officials.
fn desk() -> Desk {
    Desk::new().at("2025-02-01T12:00:00Z").logged(&[
        "official macron \"Emmanuel Macron\" --party fr --rank head_of_state",
        "official barrot \"Jean-Noël Barrot\" --party fr --rank foreign_minister",
    ])
}

/// A calendar of some VEVENTs; a line of each is divided by a bar.
fn calendar(events: &[&str]) -> String {
    let event = |lines: &&str| {
        let stamp = if lines.contains("DTSTAMP") { "" } else { "DTSTAMP:20250131T090000Z\r\n" };
        format!("BEGIN:VEVENT\r\n{stamp}{}\r\nEND:VEVENT\r\n", lines.replace('|', "\r\n"))
    };
    let events: String = events.iter().map(event).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Elysee//EN\r\nX-WR-CALNAME:Agenda\r\n{events}END:VCALENDAR\r\n")
}

fn import(desk: &Desk, events: &[&str], more: &str) -> Said {
    let mut arguments = vec!["import", "-"];
    arguments.extend(more.split_whitespace());
    desk.run(&arguments, &calendar(events))
}

/// Imports for Macron; the line of counts.
fn counts(desk: &Desk, events: &[&str], more: &str) -> String {
    let said = import(desk, events, &format!("--official macron {more}"));
    assert_eq!(said.code, 0, "{}", said.err);
    said.out.trim_end().to_owned()
}

/// Every presence of an official on some days: place, from, to, standing.
fn stops(desk: &Desk, official: &str) -> Vec<String> {
    let answer = desk.json(&format!("itinerary {official} --from 2025-01-01 --to 2025-12-31"));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let stop = |stop: &Value| [&stop["name"], &stop["from"], &stop["to"], &stop["standing"]].map(text).join(" ");
    answer["stops"].as_array().unwrap().iter().map(stop).collect()
}

const VISIT: &str = "UID:visit@x|DTSTART;VALUE=DATE:20250210|DTEND;VALUE=DATE:20250212|SUMMARY:State visit|LOCATION:Rome";

#[test]
fn an_event_is_a_presence_with_its_words_and_its_key() {
    let desk = desk();
    let talks = "UID:1@x|LAST-MODIFIED:20250130T080000Z|DTSTART;TZID=Europe/Paris:20250218T100000|DTEND;TZID=Europe/Paris:20250218T113000|\
                 SUMMARY:Talks with Keir Starmer\\, Prime Minister|DESCRIPTION:In the\\ngolden salon|LOCATION:Riyadh|\
                 URL:https://elysee.example/1|STATUS:CONFIRMED";
    assert_eq!(counts(&desk, &[talks], ""), "1 added, 0 changed, 0 called off, 0 there already, 0 left out, 0 refused");
    let mut line = desk.lines_of("events/000001.jsonl").pop().unwrap();
    assert_eq!(
        line["source"],
        serde_json::json!({"outlet": "Agenda", "url": "https://elysee.example/1", "published": "2025-01-30T08:00:00Z", "record": "1@x"})
    );
    assert_eq!(
        line["events"][0].take(),
        serde_json::json!({
            "kind": "presence", "place": "riyadh", "officials": ["macron"], "purpose": "Talks with Keir Starmer, Prime Minister",
            "when": "2025-02-18T10:00:00+01:00[Europe/Paris]/2025-02-18T11:30:00+01:00[Europe/Paris]", "quote": "In the\ngolden salon",
        })
    );
    assert!(desk.ask("where macron --on 2025-02-18").contains("planned   Talks with Keir Starmer"));
}

#[test]
fn its_firmness_is_kept_and_never_raised() {
    let desk = desk();
    let event = |uid: &str, day: u32, status: &str| {
        format!(
            "UID:{uid}|DTSTART;VALUE=DATE:202503{day:02}|DTEND;VALUE=DATE:202503{:02}|LOCATION:Rome|SUMMARY:x{status}",
            day + 2
        )
    };
    let events = [
        event("said", 1, "|STATUS:CONFIRMED"),
        event("unsaid", 5, ""),
        event("perhaps", 9, "|STATUS:TENTATIVE"),
        event("off", 13, "|STATUS:CANCELLED"),
    ];
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    assert_eq!(counts(&desk, &events, ""), "3 added, 0 changed, 0 called off, 0 there already, 1 left out, 0 refused");
    assert_eq!(
        stops(&desk, "macron"),
        ["Rome 2025-03-01 2025-03-02 planned", "Rome 2025-03-05 2025-03-06 planned", "Rome 2025-03-09 2025-03-10 uncertain"]
    );
}

#[test]
fn a_second_import_follows_every_revision_and_doubles_nothing() {
    let desk = desk();
    let unchanged = "0 added, 0 changed, 0 called off, 1 there already, 0 left out, 0 refused";
    assert!(counts(&desk, &[VISIT], "").starts_with("1 added"));
    assert_eq!(counts(&desk, &[VISIT], ""), unchanged);
    // Another stamp alone is no revision.
    assert_eq!(counts(&desk, &[&format!("{VISIT}|DTSTAMP:20250201T000000Z|SEQUENCE:5")], ""), unchanged);

    let moved = VISIT.replace("20250212", "20250214").replace("20250210", "20250212");
    assert!(counts(&desk, &[&moved], "").starts_with("0 added, 1 changed"));
    assert_eq!(stops(&desk, "macron"), ["Rome 2025-02-12 2025-02-13 planned"]);
    assert_eq!(counts(&desk, &[&moved], ""), unchanged);

    let perhaps = format!("{moved}|STATUS:TENTATIVE");
    assert!(counts(&desk, &[&perhaps], "").starts_with("0 added, 1 changed"));
    assert_eq!(stops(&desk, "macron"), ["Rome 2025-02-12 2025-02-13 uncertain"]);

    let off = format!("{moved}|STATUS:CANCELLED");
    assert!(counts(&desk, &[&off], "").contains("1 called off"));
    assert_eq!(stops(&desk, "macron"), [""; 0]);
    assert_eq!(counts(&desk, &[&off], ""), unchanged);

    // The very words of before, announced again.
    assert!(counts(&desk, &[&moved], "").starts_with("0 added, 1 changed"));
    assert_eq!(stops(&desk, "macron"), ["Rome 2025-02-12 2025-02-13 planned"]);
    assert!(counts(&desk, &[&off], "").contains("1 called off"));
    assert_eq!(counts(&desk, &[&off], ""), unchanged);
    assert_eq!(desk.json("itinerary macron --from 2025-01-01 --to 2025-12-31 --as-of 2")["stops"][0]["from"], "2025-02-10");
    assert_eq!(desk.run(&["verify"], "").code, 0);
}

#[test]
fn what_somebody_took_back_is_not_told_again() {
    let desk = desk();
    counts(&desk, &[VISIT], "");
    desk.ask("retract 2.1 --reason wrong");
    assert!(counts(&desk, &[VISIT], "").contains("1 there already"));
    assert_eq!(stops(&desk, "macron"), [""; 0]);
    let moved = VISIT.replace("20250210", "20250209");
    assert!(counts(&desk, &[&moved], "").starts_with("1 added"), "a new word is news");
}

#[test]
fn a_calendar_under_another_name_is_pointed_out() {
    let desk = desk();
    let nameless = calendar(&[VISIT]).replace("X-WR-CALNAME:Agenda\r\n", "");
    std::fs::write(desk.path("agenda.ics"), &nameless).unwrap();
    std::fs::write(desk.path("agenda (1).ics"), &nameless).unwrap();
    assert_eq!(desk.run(&["import", "agenda.ics", "--official", "macron"], "").err, "");
    let said = desk.run(&["import", "agenda (1).ics", "--official", "macron"], "");
    assert_eq!(
        said.err,
        "note: 1 new event has the UID of what \"agenda.ics\" told: if it is the same calendar, --outlet \"agenda.ics\" follows it\n"
    );
    let said = desk.run(&["import", "agenda (1).ics", "--official", "macron", "--outlet", "agenda.ics"], "");
    assert!(said.out.contains("1 there already") && said.err.is_empty(), "{said:?}");
    assert_eq!(desk.run(&["import", "agenda (1).ics", "--official", "barrot"], "").err, "", "of somebody else");
}

#[test]
fn a_name_in_which_nothing_shows_is_none() {
    for name in ["\0", "\u{feff}", " \u{200b} ", "\t"] {
        let desk = desk();
        std::fs::write(desk.path("agenda.ics"), calendar(&[VISIT]).replace(":Agenda", &format!(":{name}"))).unwrap();
        assert_eq!(["written", "already"].map(|count| desk.json("import agenda.ics --official macron")[count].clone()), [1, 1]);
    }
}

#[test]
fn a_revision_that_somebody_took_back_is_not_told_again() {
    let desk = desk();
    let moved = VISIT.replace("20250210", "20250209");
    counts(&desk, &[VISIT], "");
    counts(&desk, &[&moved], "");
    desk.ask("retract 3.1 --reason wrong");
    assert!(counts(&desk, &[&moved], "").contains("1 there already"));
    assert_eq!(stops(&desk, "macron"), ["Rome 2025-02-10 2025-02-11 planned"]);
    let off = format!("{moved}|STATUS:CANCELLED");
    assert!(counts(&desk, &[&off], "").contains("1 called off"));
    desk.ask("retract last --reason wrong");
    assert!(counts(&desk, &[&off], "").contains("1 there already"));
    assert_eq!(stops(&desk, "macron"), ["Rome 2025-02-10 2025-02-11 planned"]);
}

#[test]
fn what_another_source_called_off_comes_back_only_by_another_word() {
    let desk = desk();
    counts(&desk, &[VISIT], "");
    let off = r#"{"source": {"outlet": "Wire"}, "events": [{"kind": "travel_cancelled", "of": ["2.1"], "reason": "illness"}]}"#;
    let said = desk.run(&["log", "-"], off);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(counts(&desk, &[VISIT], "").contains("1 there already"), "an agenda that nobody revised is no news");
    assert_eq!(stops(&desk, "macron"), [""; 0]);
    let moved = VISIT.replace("20250210", "20250209");
    assert!(counts(&desk, &[&moved], "").contains("1 left out"), "it was revised before the other source spoke");
    assert!(counts(&desk, &[&format!("{moved}|LAST-MODIFIED:20250201T130000Z")], "").contains("1 changed"));
    assert_eq!(stops(&desk, "macron"), ["Rome 2025-02-09 2025-02-11 planned"]);
}

#[test]
fn a_calendar_of_two_is_told_of_each() {
    let desk = desk();
    assert!(import(&desk, &[VISIT], "--official macron").out.starts_with("1 added"));
    assert!(import(&desk, &[VISIT], "--official barrot").out.starts_with("1 added"));
    assert!(import(&desk, &[VISIT], "--official barrot --official macron").out.starts_with("1 added"));
    assert!(import(&desk, &[VISIT], "--official macron").out.contains("1 there already"));
    assert!(import(&desk, &[VISIT], "--official macron --outlet Other").out.starts_with("1 added"), "another source says so too");
    assert_eq!(stops(&desk, "barrot"), ["Rome 2025-02-10 2025-02-11 planned"]);
}

const WEEKLY: &str = "UID:council@x|DTSTART;TZID=Europe/Paris:20250205T100000|DTEND;TZID=Europe/Paris:20250205T120000|\
                      SUMMARY:Council|LOCATION:Paris";

#[test]
fn a_series_is_each_of_its_times_and_what_it_loses_is_called_off() {
    let desk = desk();
    let series = format!("{WEEKLY}|RRULE:FREQ=WEEKLY;COUNT=4");
    assert!(counts(&desk, &[&series], "").starts_with("4 added"));
    let days = |desk: &Desk| stops(desk, "macron").iter().map(|stop| stop[6..16].to_owned()).collect::<Vec<_>>();
    assert_eq!(days(&desk), ["2025-02-05", "2025-02-12", "2025-02-19", "2025-02-26"]);
    // Another hour is a change of each; one time moved to another day keeps its identity; one is excepted.
    let later = series.replace("T100000", "T110000").replace("T120000", "T130000");
    let but = format!("{later}|EXDATE;TZID=Europe/Paris:20250212T110000");
    let moved = "UID:council@x|RECURRENCE-ID;TZID=Europe/Paris:20250219T110000|DTSTART;TZID=Europe/Paris:20250220T090000|\
                 SUMMARY:Council|LOCATION:Paris";
    assert_eq!(counts(&desk, &[&but, moved], ""), "0 added, 3 changed, 1 called off, 0 there already, 0 left out, 0 refused");
    assert_eq!(days(&desk), ["2025-02-05", "2025-02-20", "2025-02-26"]);
    // Once it is over, a time that is gone from the series stays what it was.
    let after = desk.at("2025-02-22T00:00:00Z");
    let shorter = later.replace("COUNT=4", "COUNT=2");
    assert!(counts(&after, &[&shorter], "").contains("1 called off"));
    assert_eq!(days(&after), ["2025-02-05", "2025-02-12", "2025-02-20"]);
}

#[test]
fn one_time_of_a_series_is_told_by_the_clock_of_the_series() {
    let series = format!("{WEEKLY}|RRULE:FREQ=WEEKLY;COUNT=3");
    for (which, start) in [
        (":20250212T090000Z", ":20250213T150000Z"),
        (":20250212T090000Z", ";TZID=America/New_York:20250213T160000"),
        (";TZID=Europe/Paris:20250212T100000", ";TZID=Asia/Tokyo:20250213T160000"),
        (";TZID=Asia/Tokyo:20250212T180000", ";VALUE=DATE:20250213"),
    ] {
        let desk = desk();
        let moved = format!("UID:council@x|RECURRENCE-ID{which}|DTSTART{start}|SUMMARY:Council|LOCATION:Lyon");
        assert!(counts(&desk, &[&moved, &series], "").starts_with("3 added"), "{which} {start}");
        let days: Vec<String> = stops(&desk, "macron").iter().map(|stop| stop[..16].trim_end().to_owned()).collect();
        assert_eq!(days, ["Paris 2025-02-05", "Lyon 2025-02-13", "Paris 2025-02-19"], "{which} {start}");
    }
    // All later ones too, an hour later by another clock: 11:00 in Paris is 19:00 in Tokyo.
    let desk = desk();
    let later = "UID:council@x|RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20250212T100000|\
                 DTSTART;TZID=Asia/Tokyo:20250212T190000|SUMMARY:Council|LOCATION:Tokyo";
    counts(&desk, &[&series, later], "");
    let last = desk.lines_of("events/000001.jsonl").pop().unwrap();
    assert_eq!(last["events"][0]["when"], "2025-02-19T19:00:00+09:00[Asia/Tokyo]");
}

#[test]
fn a_series_that_is_empty_takes_its_plans_along() {
    let desk = desk();
    counts(&desk, &[&format!("{WEEKLY}|RRULE:FREQ=WEEKLY;COUNT=2")], "");
    let empty = format!("{WEEKLY}|RRULE:FREQ=WEEKLY;COUNT=2|EXDATE;VALUE=DATE:20250205,20250212");
    assert_eq!(counts(&desk, &[&empty], ""), "0 added, 0 changed, 2 called off, 0 there already, 0 left out, 0 refused");
}

#[test]
fn only_the_days_asked_for_come_in_and_what_is_known_is_followed_out_of_them() {
    let desk = desk();
    let endless = format!("{WEEKLY}|RRULE:FREQ=WEEKLY");
    let said = import(&desk, &[&endless, VISIT], "--official macron --from 2025-02-11 --to 2025-02-20");
    assert_eq!(said.out, "3 added, 0 changed, 0 called off, 0 there already, 0 left out, 0 refused\n");
    let away = VISIT.replace("20250212", "20250612").replace("20250210", "20250610");
    let said = import(&desk, &[&endless, &away], "--official macron --from 2025-02-11 --to 2025-02-20");
    assert_eq!(said.out, "0 added, 1 changed, 0 called off, 2 there already, 0 left out, 0 refused\n");
    assert!(stops(&desk, "macron").contains(&"Rome 2025-06-10 2025-06-11 planned".to_owned()));
    let said = import(&desk, &[&WEEKLY.replace("council", "other")], "--official macron --to 2025-02-01");
    assert!(said.err.contains("\"Council\": not within the days asked for"), "{}", said.err);
    let said = import(&desk, &[&endless.replace("council", "third")], "--official macron --dry-run");
    assert!(said.out.contains("52 would be added"), "{}", said.out);
    assert!(said.err.contains("note: series without end were followed to 2026-02-01"), "{}", said.err);
}

#[test]
fn places_are_found_or_kept_as_they_were_given() {
    let desk = desk();
    let event = |uid: u32, location: &str| {
        format!("UID:{uid}|DTSTART;VALUE=DATE:202502{uid:02}|DTEND;VALUE=DATE:202502{:02}|SUMMARY:x|LOCATION:{location}", uid + 2)
    };
    let events = [
        event(10, "Palais de l'Élysée\\, 55 rue du Faubourg Saint-Honoré\\, 75008 Paris\\, France"),
        event(13, "Palais de l'Élysée\\, Paris"),
        event(16, "Salle des fêtes"),
        event(19, "Springfield"),
        event(22, "https://zoom.example/j/1"),
        event(25, "\\n"),
        event(24, "tbc"),
    ];
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    let said = import(&desk, &events, "--official macron");
    assert_eq!(said.out, "4 added, 0 changed, 0 called off, 0 there already, 3 left out, 0 refused\n");
    assert_eq!(
        said.err,
        "note: 2 places are kept as given; a line such as `daybook log place ID --within CITY` says where:\n  salle-des-fetes  Salle des fêtes\n  \
         springfield-2  Springfield\n\
         note: 3 components were left out:\n  line 37, \"x\": it names no place: --at PLACE says where such events are\n  \
         line 45, \"x\": it names no place: --at PLACE says where such events are\n  \
         line 53, \"x\": it names no place: --at PLACE says where such events are\n"
    );
    assert_eq!(
        stops(&desk, "macron"),
        [
            "Palais de l'Élysée 2025-02-10 2025-02-11 planned",
            "Palais de l'Élysée 2025-02-13 2025-02-14 planned",
            "Salle des fêtes 2025-02-16 2025-02-17 planned",
            "Springfield 2025-02-19 2025-02-20 planned"
        ]
    );
    let there = desk.json("who paris --on 2025-02-13");
    assert_eq!(there["people"][0]["place"], "palais-de-lelysee-paris", "a venue lies in its city");
    assert!(counts(&desk, &events, "").contains("4 there already"));
    assert!(counts(&desk, &events, "--at Paris").starts_with("3 added"));
}

#[test]
fn times_are_understood_whoever_wrote_their_zone() {
    let desk = desk();
    let own = "BEGIN:VTIMEZONE\r\nTZID:Half past\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0330\r\n\
               TZOFFSETTO:+0330\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    let event =
        |uid: u32, zone: &str, end: &str| format!("UID:{uid}|DTSTART{zone}:202507{uid:02}T100000{end}|SUMMARY:x|LOCATION:Riyadh");
    let events = [
        event(1, ";TZID=Europe/Paris", ""),
        event(2, ";TZID=\"W. Europe Standard Time\"", ""),
        event(3, ";TZID=/example.org/20240101_1/America/New_York", ""),
        event(4, ";TZID=Half past", ""),
        event(5, "", "Z"),
        event(6, "", ""),
        event(7, ";TZID=Nowhere", ""),
    ];
    let text = calendar(&events.iter().map(String::as_str).collect::<Vec<_>>()).replacen(
        "BEGIN:VEVENT",
        &format!("{own}BEGIN:VEVENT"),
        1,
    );
    let said = desk.run(&["import", "-", "--official", "macron", "--keep-going", "--json"], &text);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    let whens: Vec<&str> = answer["events"].as_array().unwrap().iter().map(|event| event["when"].as_str().unwrap()).collect();
    assert_eq!(
        whens,
        [
            "2025-07-01T10:00:00+02:00[Europe/Paris]",
            "2025-07-02T10:00:00+02:00[Europe/Berlin]",
            "2025-07-03T10:00:00-04:00[America/New_York]",
            // By the calendar's own rules 06:30 in UTC, and a time in UTC, as the clocks of the place show them.
            "2025-07-04T09:30:00+03:00[Asia/Riyadh]",
            "2025-07-05T13:00:00+03:00[Asia/Riyadh]",
            "2025-07-06T10:00:00+03:00[Asia/Riyadh]",
        ]
    );
    assert_eq!(said.code, 1);
    assert!(said.err.contains("its DTSTART is in a zone that nothing describes: Nowhere"), "{}", said.err);
}

#[test]
fn what_cannot_be_understood_keeps_all_from_being_written() {
    let desk = desk();
    let bad = "UID:2@x|DTSTART:20250230T100000|SUMMARY:Broken|LOCATION:Rome";
    let said = import(&desk, &[VISIT, bad], "--official macron");
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert_eq!(
        said.err,
        "error: \"Broken\": its DTSTART is no date: 20250230T100000\n  -, line 13\nhint: 1 event is refused; nothing was written. \
         --keep-going writes the others\n"
    );
    let said = import(&desk, &[VISIT, bad], "--official macron --keep-going");
    assert_eq!((said.code, said.out.as_str()), (1, "1 added, 0 changed, 0 called off, 0 there already, 0 left out, 1 refused\n"));
    let cut = calendar(&[VISIT]).replace("END:VEVENT\r\nEND:VCALENDAR\r\n", "");
    let said = desk.run(&["import", "-", "--official", "macron"], &cut);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("the file ends inside of what begins here: it was cut off; fetch it again"), "{}", said.err);
}

#[test]
fn what_is_typed_wrongly_says_what_to_type() {
    let desk = desk();
    let said = |arguments: &[&str], input: &str| {
        let said = desk.run(arguments, input);
        assert_eq!(said.out, "");
        format!("{} {}", said.code, said.err)
    };
    let calendar = calendar(&[VISIT]);
    assert_eq!(
        said(&["import", "-"], &calendar),
        "2 error: - is a calendar, and it is not said whose\nhint: --official X, once for each whose calendar it is\n"
    );
    assert!(said(&["import", "-", "--official", "nobody"], &calendar).starts_with("1 error: "));
    assert!(
        said(&["import", "-", "--official", "macron", "--from", "2025-03-01", "--to", "2025-02-01"], &calendar).starts_with("2 ")
    );
    assert!(said(&["import", "-", "--create"], &calendar).starts_with("2 error: --create goes with a file of entries"));
    assert!(said(&["import", "-", "--official", "macron"], "{}").starts_with("2 error: what is said of a calendar"));
    assert!(said(&["import", "-", "--from", "2025-02-01"], "{}").starts_with("2 error: - is no calendar"));
    assert!(said(&["import", "-", "--official", "macron"], "<html>").starts_with("1 error: - holds no calendar"));
    let typed = said(&["import", "-", "--official", "macron", "--published", "2025-13-01"], &calendar);
    assert!(typed.starts_with("2 error: ") && typed.matches("error").count() == 1, "{typed}");
    assert!(said(&["import", "-", "--official", "macron", "--grade", "Z9"], &calendar).starts_with("2 error: "));
    std::fs::write(desk.path("page.ics"), "<html>Sign in</html>").unwrap();
    assert!(said(&["import", "page.ics", "--official", "macron"], "").starts_with("1 error: page.ics holds no calendar"));
    std::fs::write(desk.path("latin.ics"), b"BEGIN:VCALENDAR\nX:\xe9\n").unwrap();
    assert!(said(&["import", "latin.ics", "--official", "macron"], "").contains("latin.ics is no UTF-8 text: byte 19"));
}

#[test]
fn an_embargoed_agenda_stays_at_the_desk() {
    let desk = desk();
    counts(&desk, &[VISIT], "--embargo 2025-02-05T06:00:00Z --grade B2 --logged-by night");
    let line = desk.lines_of("events/000001.jsonl").pop().unwrap();
    assert_eq!(
        (&line["embargo"], &line["logged_by"], &line["source"]["grade"]),
        (&"2025-02-05T06:00:00.000Z".into(), &"night".into(), &"B2".into())
    );
    assert!(!desk.ask("export ics --with travel").contains("Rome"));
}

#[test]
fn our_own_calendar_comes_back_as_the_days_it_was_made_of() {
    let desk = desk().logged(&[
        "source --outlet Wire --published 2025-01-30",
        "presence macron --at Riyadh --when 2025-02-10/2025-02-12 --purpose \"State visit\"",
        "presence macron --at Rome --when 2025-02-20T10:00/2025-02-20T12:00",
    ]);
    let feed = desk.ask("export ics --official macron --with travel");
    let other = self::desk();
    let said = other.run(&["import", "-", "--official", "macron"], &feed);
    assert_eq!(said.out, "2 added, 0 changed, 0 called off, 0 there already, 0 left out, 0 refused\n", "{}", said.err);
    let days = |desk: &Desk| {
        stops(desk, "macron").iter().map(|stop| stop.replace(" planned", "").replace(" uncertain", "")).collect::<Vec<_>>()
    };
    assert_eq!(days(&other), days(&desk));
    // What we announce is tentative in a calendar, and so it is in doubt.
    assert!(stops(&other, "macron").iter().all(|stop| stop.ends_with("uncertain")));
}

#[test]
fn an_older_file_undoes_nothing() {
    let desk = desk();
    let revised = |event: &str, stamp: &str| format!("{event}|LAST-MODIFIED:{stamp}");
    let first = revised(VISIT, "20250120T080000Z");
    let moved = revised(&VISIT.replace("20250212", "20250214").replace("20250210", "20250212"), "20250122T080000Z");
    let off = revised(&format!("{VISIT}|STATUS:CANCELLED"), "20250124T080000Z");
    counts(&desk, &[&first], "");
    counts(&desk, &[&moved], "");
    let older = import(&desk, &[&first], "--official macron");
    assert_eq!(older.out, "0 added, 0 changed, 0 called off, 0 there already, 1 left out, 0 refused\n");
    assert!(older.err.contains("line 5, \"State visit\": the log has a later revision of it"), "{}", older.err);
    assert_eq!(stops(&desk, "macron"), ["Rome 2025-02-12 2025-02-13 planned"]);
    assert!(counts(&desk, &[&off], "").contains("1 called off"));
    // What is off stays off, whether the older file tells of the same days or of others.
    assert!(counts(&desk, &[&moved], "").contains("1 left out"));
    assert!(counts(&desk, &[&first], "").contains("1 left out"));
    assert_eq!(stops(&desk, "macron"), [""; 0]);
}

#[test]
fn an_agenda_tells_what_was_planned_and_not_that_it_took_place() {
    let past = VISIT.replace("202502", "202501");
    let desk = desk();
    let said = import(&desk, &[&past], "--official macron");
    assert_eq!(
        said.err,
        "note: 1 event had begun when it was last revised, and so in doubt; --took-place says that the calendar is a record\n"
    );
    assert_eq!(stops(&desk, "macron"), ["Rome 2025-01-10 2025-01-11 uncertain"]);
    assert!(counts(&desk, &[&past], "").contains("1 there already"));
    let record = self::desk();
    counts(&record, &[&past], "--took-place");
    assert_eq!(stops(&record, "macron"), ["Rome 2025-01-10 2025-01-11 observed"]);
    // A plan that was told in time stays the plan that it was, whatever stamp a later export bears.
    let planned = self::desk();
    counts(&planned, &[VISIT], "");
    let planned = planned.at("2025-03-01T12:00:00Z");
    assert!(counts(&planned, &[&format!("{VISIT}|DTSTAMP:20250301T090000Z")], "").contains("1 there already"));
    assert_eq!(stops(&planned, "macron"), ["Rome 2025-02-10 2025-02-11 planned"]);
}

#[test]
fn what_a_calendar_lets_fall_is_said_and_kept() {
    let desk = desk();
    let other = VISIT.replace("visit@x", "other@x").replace("202502", "202503");
    counts(&desk, &[VISIT, &other], "");
    let said = import(&desk, &[VISIT], "--official macron");
    assert_eq!(
        said.err,
        "note: 1 plan of this source no longer in the calendar, and kept; `daybook log cancel-travel` calls one off:\n  \
         3.1  10–11 Mar, Rome: State visit\n"
    );
    assert_eq!(stops(&desk, "macron").len(), 2);
    let renamed = import(&desk, &[VISIT], "--official macron --outlet Renamed --dry-run");
    assert_eq!(
        renamed.err,
        "note: 1 new event has the UID of what \"Agenda\" told: if it is the same calendar, --outlet \"Agenda\" follows it\n"
    );
    let floating = "UID:9@x|DTSTART:20250301T100000|SUMMARY:x|LOCATION:Village hall";
    let said = import(&desk, &[floating], "--official macron --outlet Village");
    assert!(said.err.contains("note: 1 time names no zone, nor has the place one: taken in the zone of the log"), "{}", said.err);
}
