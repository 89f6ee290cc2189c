//! The laws of input: what must hold whatever somebody types, sends or edits. The fuzzer tries them on what it makes up, and the
//! ordinary tests on every file of the corpus.
//!
//! Each law takes the bytes of one file and panics where it does not hold. Bytes that are no UTF-8 are no text, and break none.

use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use daybook::event::{Entry, EntryId, check_limits, compose, parse_line, scan_line, split_chain, validate_line};
use daybook::ical::{Component, FlawKind, Line, MOST_NESTED, Node, fold, is_safe_uri, lint, one_line, read, tidy, unescape};
use daybook::intake::{Admitted, Door, Draft, Known, Refusal, read_json_entry, read_words_file};
use daybook::names::is_hidden;
use daybook::projection::{CARRY_DAYS, Claims, Scope, View};
use daybook::query::{Asked, Names, ScheduleOptions, explain_event, schedule};
use daybook::render::{Heading, Logged, Page, Text, calendar, error_text, logged_json, logged_text};
use daybook::time::{
    Direction, Published, Spoken, TimeError, When, Zone, bound, day, parse_day, parse_instant, read_words, write_instant,
};
use serde_json::{Value, json};

/// The log that entries are sent to: the shipped one.
static LOG: LazyLock<Claims> = LazyLock::new(|| {
    let entries = include_str!("../../events/000001.jsonl").lines().map(|line| parse_line(line.as_bytes()).unwrap());
    Claims::of(Zone::UTC, entries)
});

/// What that log knows.
static KNOWN: LazyLock<Known> = LazyLock::new(|| Known::of(&LOG, &View::new(&LOG, Scope::default())));

/// The columns that an entry is shown in.
const WIDTH: usize = 60;

/// The most octets of a line of a calendar (RFC 5545, section 3.1).
const OCTETS: usize = 75;

/// What stands between the texts of a file that holds several.
const BETWEEN: &str = "\n----\n";

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

fn now() -> DateTime<Utc> {
    parse_instant("2025-02-27T12:00:00Z").unwrap()
}

/// An error is a sentence.
fn says<E: Display>(error: &E) {
    assert!(!error.to_string().trim().is_empty(), "an error without a word");
}

/// A line of the log with a chain value, as it would be for an entry that is written.
fn line_of(entry: &Entry) -> String {
    format!("{},\"chain\":\"{:064x}\"}}", compose(entry, 7).unwrap(), 11)
}

// One line of the log.

/// A line is an entry or an error. What is an entry is composed to a line that is the same entry, and is composed to the same bytes.
pub fn line(data: &[u8]) {
    if let Some((body, chain)) = split_chain(data) {
        assert_eq!([body, b",\"chain\":\"", chain, b"\"}"].concat(), data, "the parts are not the whole");
    }
    let scanned_alike = scan_line(data).is_none_or(|entry| validate_line(data) == Ok(entry));
    assert!(scanned_alike, "the scanner is laxer than the validating way");
    parse_line(data).map_or_else(|error| says(&error), |entry| is_line_and_back(&entry));
}

fn is_line_and_back(entry: &Entry) {
    let written = line_of(entry);
    assert!(!written.contains('\n'), "an entry on two lines: {written}");
    let body = compose(entry, 7).unwrap();
    let (before, chain) = split_chain(written.as_bytes()).unwrap();
    assert_eq!((before, chain.len()), (body.as_bytes(), 64), "{written}");
    let again = parse_line(written.as_bytes()).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(&again, entry, "{written}");
    assert_eq!(compose(&again, 7).unwrap(), body);
}

// An entry, as words or as JSON.

/// An entry as JSON is admitted or refused.
pub fn entry(data: &[u8]) {
    let Some(text) = text(data) else { return };
    sent(read_json_entry(text, "entry.json", None));
    let in_a_file = read_json_entry(text, "entries.jsonl", Some(7)).map(|draft| draft.entry);
    let alone = read_json_entry(text, "entry.json", None).map(|draft| draft.entry);
    assert_eq!(in_a_file.ok(), alone.ok(), "one entry alone and in a file of many");
}

/// A words file is admitted or refused; what it says can be said as JSON.
pub fn words(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let draft = read_words_file(text, "entry.day");
    if let Ok(draft) = &draft {
        let lost = |number: Option<f64>| number.is_some_and(|number| !number.is_finite());
        if !draft.entry.events.iter().any(|event| lost(event.lat) || lost(event.lon)) {
            let sent = serde_json::to_string(&draft.entry).unwrap();
            let read = read_json_entry(&sent, "entry.json", None).map(|draft| draft.entry);
            assert_eq!(read.as_ref(), Ok(&draft.entry), "{sent}");
        }
    }
    sent(draft);
}

fn sent(draft: Result<Draft, Refusal>) {
    match draft {
        Ok(draft) => answered(&draft),
        Err(refusal) => is_told(&refusal),
    }
}

/// A refusal leaves what is known as it was; what is admitted can be written, read and shown.
fn answered(draft: &Draft) {
    let mut known = KNOWN.clone();
    match admit(&mut known, draft) {
        Ok(admitted) => {
            let entry = admitted.entry.clone().numbered(LOG.last_seq() + 1, now());
            assert_eq!(check_limits(entry.events.len(), &compose(&entry, 7).unwrap()), Ok(()));
            is_line_and_back(&entry);
            is_sent_again(&admitted, &entry);
            is_shown(admitted, entry);
        }
        Err(refusal) => {
            assert!(known.registry == KNOWN.registry, "a refused entry taught the desk something");
            assert_eq!(admit(&mut known, draft).err().as_ref(), Some(&refusal), "refused twice, for two reasons");
            is_told(&refusal);
        }
    }
}

fn admit(known: &mut Known, draft: &Draft) -> Result<Admitted, Refusal> {
    let id: EntryId = "0195454e-0000-7000-8000-000000000007".parse().unwrap();
    Door { known, now: now(), create: false, lines: &|_| None }.admit(draft, id, 7)
}

/// What was understood is said the same way: the entry as it stands in the log can be sent itself, and says the same.
fn is_sent_again(admitted: &Admitted, entry: &Entry) {
    let mut stored: serde_json::Map<String, Value> = serde_json::from_str(&format!("{}}}", compose(entry, 7).unwrap())).unwrap();
    stored.retain(|field, _| !["v", "seq", "recorded", "salt"].contains(&field.as_str()));
    let stored = Value::Object(stored).to_string();
    let draft = read_json_entry(&stored, "stored.json", None).unwrap_or_else(|refusal| panic!("{refusal}: {stored}"));
    let again = admit(&mut KNOWN.clone(), &draft).unwrap_or_else(|refusal| panic!("{refusal}: {stored}"));
    assert_eq!(again.entry, admitted.entry, "{stored}");
}

/// Nothing in an entry moves a cursor, and every line fits.
fn is_shown(admitted: Admitted, entry: Entry) {
    let seq = entry.seq;
    let mut claims = LOG.clone();
    claims.insert(entry.clone());
    let asked = Asked::new(&claims, Scope::default(), day(2025, 2, 27), CARRY_DAYS);
    let told = explain_event(&asked, seq, None).unwrap().deciding;
    assert_eq!(told.len(), entry.events.len(), "an event that is not told");
    let logged = Logged { entry, echoes: admitted.echoes, dry_run: false, already: false, same_as: None, resembles: Vec::new() };
    let head = Heading {
        on: asked.on,
        today: false,
        public_by: None,
        as_of: None,
        zone: Zone::UTC,
        now: now(),
        names: Names::of(&asked),
    };
    let page = Page { width: WIDTH, rows: 40, colour: false, zone: None };
    let shown = logged_text(&logged, &told, &[], &head, &page);
    is_visible(&shown);
    for line in shown.lines() {
        assert!(Text::plain(line).width() <= WIDTH, "a line too wide: {line}");
    }
    let document = logged_json(&logged, &[]).unwrap();
    assert!(document.ends_with("}\n") && document.matches('\n').count() == 1, "{document}");
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["entry"], json!(seq));
}

fn is_visible(shown: &str) {
    let hidden = shown.chars().find(|c| *c != '\n' && is_hidden(*c));
    assert_eq!(hidden, None, "{shown:?}");
}

/// A refusal names at least one problem, each in a sentence.
fn is_told(refusal: &Refusal) {
    assert!(!refusal.problems.is_empty(), "refused for nothing");
    refusal.problems.iter().for_each(|problem| says(&problem.says));
    is_visible(&error_text(&refusal.problems, false));
}

// Dates.

/// A date in words, in EDTF or as a bound. On a second line may stand the day on which it was said, on a third the zone.
pub fn dates(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let mut lines = text.split('\n');
    let said = lines.next().unwrap_or_default();
    let today = lines.next().and_then(|day| parse_day(day).ok()).unwrap_or(day(2025, 2, 17));
    let zone = lines.next().and_then(|zone| zone.parse::<Zone>().ok());
    for direction in [Direction::Forward, Direction::Back] {
        spoken(said, today, direction, zone);
    }
    for zone in [None, zone] {
        if let Some(when) = read_or_told(When::read_typed(said, zone)) {
            is_a_when(when);
        }
    }
    if let Some(when) = read_or_told(said.parse::<When>()) {
        is_a_when(when);
    }
    publication(said, zone.unwrap_or(Zone::UTC));
}

fn spoken(said: &str, today: NaiveDate, direction: Direction, zone: Option<Zone>) {
    let read = |text: &str| read_words(text, today, direction, zone);
    let answer = read(said);
    assert_eq!(read(&format!(" \t{said}\u{a0}")), answer, "white space around a date makes it another one");
    if !said.starts_with('\u{feff}') && answer.is_ok() {
        assert_eq!(read(&said.to_ascii_uppercase()), answer, "capitals make it another date");
    }
    let Some(Spoken::When(when)) = read_or_told(answer) else { return };
    is_a_when(when);
    assert_eq!(read(&when.to_string()), Ok(Spoken::When(when)), "what was understood is not understood");
}

fn read_or_told<T>(read: Result<T, TimeError>) -> Option<T> {
    read.map_err(|error| says(&error)).ok()
}

/// What is read is written, and read again as the same; its first day is not after its last, wherever one asks.
fn is_a_when(when: When) {
    is_written_and_back(&when);
    for zone in ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Madrid"] {
        let span = when.span(zone.parse().unwrap());
        let ends = (span.from, span.to);
        assert!(ends.0.is_none_or(|from| ends.1.is_none_or(|to| from <= to)), "{when} in {zone}: {span:?}");
    }
    if let Some((start, end)) = when.exact() {
        assert!(start <= end, "{when}: {start} to {end}");
    }
}

fn is_written_and_back<T: FromStr<Err = TimeError> + Display + Debug + PartialEq>(value: &T) {
    let written = value.to_string();
    assert_eq!(written.parse::<T>().as_ref(), Ok(value), "{written}");
    assert_eq!(written.parse::<T>().map(|again| again.to_string()).as_ref(), Ok(&written));
}

/// Instants of publication, and bounds of questions, are kept to the millisecond.
fn publication(said: &str, zone: Zone) {
    if let Some(published) = read_or_told(Published::read_typed(said, zone)) {
        is_written_and_back(&published);
        let instant = published.instant(zone);
        assert_eq!(parse_instant(&write_instant(instant)), Ok(instant), "{published}");
        assert!(published.exact().is_some() || published.day_in(zone) == zone.day_at(instant), "{published} in {zone}");
    }
    if let Some(at) = read_or_told(bound(said, zone)) {
        assert_eq!(parse_instant(&write_instant(at)), Ok(at), "{said}");
        assert_eq!(bound(&write_instant(at), zone), Ok(at), "{said}");
    }
    let refused = |read: Result<(), TimeError>| read.map_err(|error| error.to_string());
    let (published, at) = (Published::read_typed(said, zone).map(drop), bound(said, zone).map(drop));
    assert_eq!(refused(at), refused(published), "a day or a time is one rule, wherever it is typed");
    if let Some(at) = read_or_told(parse_instant(said)) {
        assert_eq!(parse_instant(&write_instant(at)), Ok(at), "{said}");
    }
}

// iCalendar.

/// A calendar from elsewhere: read without end and without loss; what was read is written and read again as the same.
pub fn ics_in(data: &[u8]) {
    is_linted(data);
    let Some(text) = text(data) else { return };
    let reading = read(text);
    let lines = text.split(line_end(text)).count();
    assert!(reading.flaws.is_sorted_by_key(|flaw| flaw.line));
    for flaw in &reading.flaws {
        assert!((1..=lines).contains(&flaw.line), "{flaw}: there are {lines} lines");
        says(flaw);
    }
    let many = |nodes: &[Node]| nodes.iter().map(properties).sum::<usize>();
    let flaws = |kind: FlawKind| reading.flaws.iter().filter(|flaw| flaw.kind == kind).count();
    if flaws(FlawKind::Deep) == 0 {
        // Every content line is a property, the begin or the end of a component, or a flaw; what never ends has no line for that.
        let ends = 2 * reading.components.iter().map(components).sum::<usize>() - flaws(FlawKind::Open);
        let odd = reading.flaws.len() - flaws(FlawKind::Open);
        assert_eq!(many(&reading.components) + ends + odd, content_lines(text), "a line that is lost");
    }
    let held: usize = reading.components.iter().map(|node| weight(node, 1, lines)).sum();
    assert!(held <= text.len(), "{held} bytes of {}", text.len());
    if !text.starts_with('\u{feff}') {
        assert_eq!(read(&format!("\u{feff}{text}")), reading, "a byte-order mark makes it another calendar");
    }
    if !text.contains('\r') {
        assert_eq!(read(&text.replace('\n', "\r\n")), reading, "CR LF makes it another calendar");
    }
    let written: String = reading.components.iter().map(written).collect();
    is_well_folded(&written);
    let again = read(&written);
    assert_eq!(again.flaws, [], "{written}");
    let rewritten: String = again.components.iter().map(self::written).collect();
    assert_eq!(rewritten, written);
    assert_eq!(many(&again.components), many(&reading.components), "{written}");
}

/// Any bytes are checked: every fault is a sentence with its section, on a line that is there, in their order.
fn is_linted(data: &[u8]) {
    let found = lint(data);
    let breaks = |end: u8| data.iter().filter(|byte| **byte == end).count();
    let lines = 1 + if data.contains(&b'\n') { breaks(b'\n') } else { breaks(b'\r') };
    assert!(found.faults.is_sorted_by_key(|fault| fault.line));
    assert!(found.faults.len() <= found.errors + found.warnings);
    assert!(found.errors > 0 || data.starts_with(b"BEGIN:VCALENDAR\r\n"), "no calendar, and nothing is said");
    for fault in &found.faults {
        assert!((1..=lines).contains(&fault.line), "{fault:?}: there are {lines} lines");
        assert!(!fault.says.trim().is_empty() && fault.section.starts_with("RFC "), "{fault:?}");
    }
}

/// The bytes that a component holds. No component lies too deep, and none begins outside of the file.
fn weight(node: &Node, depth: usize, lines: usize) -> usize {
    assert!(depth <= MOST_NESTED && (1..=lines).contains(&node.line));
    let of_line = |line: &Line| {
        let values = line.parameters.iter().map(|one| one.name.len() + one.values.iter().map(String::len).sum::<usize>());
        line.name.len() + line.value.len() + values.sum::<usize>()
    };
    let own: usize = node.properties.iter().map(|property| of_line(&property.content)).sum();
    node.name.len() + own + node.parts.iter().map(|part| weight(part, depth + 1, lines)).sum::<usize>()
}

fn properties(node: &Node) -> usize {
    node.properties.len() + node.parts.iter().map(properties).sum::<usize>()
}

fn components(node: &Node) -> usize {
    1 + node.parts.iter().map(components).sum::<usize>()
}

/// A lone CR ends a line only where no LF does.
fn line_end(text: &str) -> char {
    if text.contains('\n') { '\n' } else { '\r' }
}

/// How many lines there are once they are unfolded, empty ones left out.
fn content_lines(text: &str) -> usize {
    let lines = text.strip_prefix('\u{feff}').unwrap_or(text).split(line_end(text));
    let lines = lines.map(|line| line.strip_suffix('\r').unwrap_or(line));
    let mut begun = 0;
    for line in lines.filter(|line| !line.is_empty()) {
        begun += usize::from(begun == 0 || !line.starts_with([' ', '\t']));
    }
    begun
}

fn written(node: &Node) -> String {
    let name = one_line(&node.name).trim().to_owned();
    let mut text = fold(&Line::new("BEGIN", &name).unfolded());
    text.extend(node.properties.iter().map(|property| fold(&property.content.unfolded())));
    text.extend(node.parts.iter().map(written));
    text + &fold(&Line::new("END", &name).unfolded())
}

/// Lines of at most 75 octets that end with CR LF, and no other character that any program takes for a line break or a command.
fn is_well_folded(text: &str) {
    for line in text.split_inclusive("\r\n") {
        let line = line.strip_suffix("\r\n").unwrap_or_else(|| panic!("a line without an end: {line:?}"));
        assert!(line.len() <= OCTETS, "{} octets: {line}", line.len());
        assert_eq!(tidy(line), line, "a line that is not tidy");
        assert!(!line.contains('\n'), "{line:?}");
    }
}

/// Hostile texts in a calendar: each stays one property, and is read back as it was.
pub fn ics_out(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let texts: Vec<&str> = text.split(BETWEEN).take(8).collect();
    a_component(&texts);
    a_feed(&texts);
}

fn a_component(texts: &[&str]) {
    let nth = |at: usize| texts[at % texts.len()];
    let uri = nth(2);
    let component = Component::new("VEVENT")
        .text("SUMMARY", nth(0))
        .texts("CATEGORIES", texts.iter().copied())
        .line(Line::new("X-VALUE", nth(1)).with("CN", nth(2)).with("X-B", nth(0)))
        .raw("STATUS", nth(1))
        .typed("X-TYPED", "TEXT", nth(3))
        .uri("URL", uri);
    let written = component.to_string();
    is_well_folded(&written);
    let reading = read(&written);
    assert_eq!((reading.flaws.len(), reading.components.len()), (0, 1), "{written}");
    let event = &reading.components[0];
    let names: Vec<&str> = event.properties.iter().map(|property| property.content.name.as_str()).collect();
    let link: &[&str] = if is_safe_uri(uri) { &["URL"] } else { &[] };
    assert_eq!(names, [&["SUMMARY", "CATEGORIES", "X-VALUE", "STATUS", "X-TYPED"], link].concat(), "{written}");
    assert!(event.parts.is_empty());
    let value = |name: &str| event.property(name).map(|line| line.value.as_str()).unwrap_or_default();
    assert_eq!(unescape(value("SUMMARY")), tidy(nth(0)));
    assert_eq!(items(value("CATEGORIES")), texts.iter().map(|text| tidy(text)).collect::<Vec<_>>());
    assert_eq!([value("X-VALUE"), value("STATUS"), value("X-TYPED")], [nth(1), nth(1), nth(3)].map(one_line));
    let parameter = |name: &str| event.property("X-VALUE").and_then(|line| line.parameter(name)).map(str::to_owned);
    assert_eq!([parameter("CN"), parameter("X-B")], [nth(2), nth(0)].map(|text| Some(tidy(text).into_owned())));
    assert!(!is_safe_uri(uri) || decoded(value("URL")) == decoded(uri), "{written}");
}

/// A link without its percent codes (RFC 3986, section 2.1).
fn decoded(uri: &str) -> Vec<u8> {
    let bytes = uri.as_bytes();
    let mut decoded = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        let code = code.filter(|_| bytes[at] == b'%' && bytes[at + 1] != b'+');
        decoded.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    decoded
}

/// The texts of a list: RFC 5545, section 3.3.11, has a comma that divides nothing behind a backslash.
fn items(value: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut escaped = false;
    for c in value.chars() {
        if c == ',' && !escaped {
            items.push(String::new());
        } else if let Some(item) = items.last_mut() {
            item.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    items.iter().map(|item| unescape(item)).collect()
}

/// A feed of a log full of hostile texts has the components and the properties that it has with plain ones.
fn a_feed(texts: &[&str]) {
    let (hostile, title) = feed(&|at| texts[at % texts.len()].to_owned());
    is_well_folded(&hostile);
    assert_eq!(lint(hostile.as_bytes()).faults, []);
    let (hostile, plain) = (read(&hostile), &*PLAIN);
    assert_eq!(hostile.flaws, []);
    assert_eq!(hostile.components.len(), 1);
    assert_eq!(shape(&hostile.components[0]), *plain);
    let title = one_line(&title);
    let events = hostile.components[0].parts.iter().filter(|part| part.name == "VEVENT");
    let summaries: Vec<String> = events.filter_map(|event| event.property("SUMMARY")).map(|line| unescape(&line.value)).collect();
    assert!(summaries.iter().any(|summary| summary.contains(title.trim())), "{title:?} is none of {summaries:?}");
}

/// The shape of the feed of plain texts.
static PLAIN: LazyLock<Vec<String>> = LazyLock::new(|| shape(&read(&feed(&|_| "plain".to_owned()).0).components[0]));

/// The components and their properties by name, but for links, which are left out where they are not safe.
fn shape(node: &Node) -> Vec<String> {
    let mut names = vec![node.name.clone()];
    names.extend(node.properties.iter().map(|property| property.content.name.clone()).filter(|name| name != "URL"));
    names.extend(node.parts.iter().flat_map(shape));
    names
}

/// The calendar of a small log whose every free text is given, and every name too, unless no log may hold one like it.
/// With it, the title that the meeting has.
fn feed(text: &dyn Fn(usize) -> String) -> (String, String) {
    // No log holds a NUL.
    let text = |at: usize| text(at).replace('\0', "");
    let plain = |_: usize| "plain".to_owned();
    let named = parse_line(feed_line(&text, &text).as_bytes()).ok().map(|entry| (entry, text(0)));
    let (entry, title) = named.unwrap_or_else(|| {
        let line = feed_line(&text, &plain);
        (parse_line(line.as_bytes()).unwrap_or_else(|error| panic!("{error}: {line}")), plain(0))
    });
    let mut options = ScheduleOptions::new("0194", now());
    options.with_travel = true;
    let schedule = schedule(&Claims::of(Zone::UTC, [entry]), Scope::default(), day(2025, 2, 17), &options);
    (calendar(&schedule, &text(7)), title)
}

fn feed_line(text: &dyn Fn(usize) -> String, name: &dyn Fn(usize) -> String) -> String {
    json!({
        "v": 1, "seq": 1, "id": "0195454e-0000-7000-8000-000000000001", "recorded": "2025-02-17T18:00:00.000Z",
        "source": {"outlet": text(1), "title": text(2), "author": text(3), "url": text(2), "published": "2025-02-17"},
        "events": [
            {"kind": "place", "place": "riyadh", "name": name(1), "country": "SA", "zone": "Asia/Riyadh"},
            {"kind": "official", "official": "rubio", "name": name(3), "title": name(4), "party": "us"},
            {"kind": "party", "party": "us", "name": name(2)},
            {"kind": "meeting_confirmed", "meeting": "talks", "title": name(0), "level": "talks", "place": "riyadh",
             "when": "2025-02-18T10:00:00+03:00[Asia/Riyadh]", "agenda": text(1), "by": [{"party": "us", "voice": name(5)}],
             "participants": [{"official": "rubio", "role": "principal"}], "quote": text(2), "note": text(6)},
            {"kind": "presence", "officials": ["rubio"], "place": "riyadh", "when": "2025-02-17/2025-02-19", "purpose": text(3)},
            {"kind": "meeting_cancelled", "meeting": "talks", "by": [{"party": "us", "voice": name(1)}], "reason": text(2)},
        ],
        "salt": "0000000000000000", "chain": "",
    })
    .to_string()
}
