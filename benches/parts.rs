//! What the parts cost, one beside the other: `cargo bench --bench parts`.
//!
//! A machine that others use is slower by more than what is looked for; only the ratios of one run last.

#![expect(clippy::unwrap_used, reason = "a benchmark ends where something fails")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use daybook::event::{compose, scan_line, validate_line};
use daybook::projection::Claims;
use daybook::time::Zone;
use serde_json::{Value, json};

/// How many lines are read in one turn.
const LINES: u64 = 4_000;

/// What the n-th entry says: of ten, three tell of stays and journeys, four of meetings, one quotes, one corrects, one names.
fn events(n: u64) -> Value {
    let official = format!("official-{}", n % 97);
    let other = format!("minister-{}", n % 61);
    let place = format!("city-{}", n % 80);
    let meeting = format!("city-{}-talks-{}", n % 80, n / 20);
    let (day, next) = (format!("2025-03-{:02}", n % 27 + 1), format!("2025-03-{:02}", n % 27 + 2));
    let quote = "He will be there on both days, \"whatever happens\", a spokesman said, and the delegation follows him.";
    let by = json!([{"party": "us", "voice": "White House"}, {"party": "ru", "voice": "Kremlin"}]);
    let reference = format!("00000000-0000-7000-8000-{:012}.1", n / 2);
    match n % 10 {
        0 => json!([{"kind": "presence", "officials": [official], "place": place, "when": format!("{day}/{next}"),
            "purpose": "talks on the ceasefire", "quote": quote, "said": {"when": "on both days"}}]),
        1 => json!([{"kind": "travel", "officials": [official, other], "from": "washington", "to": place, "depart": day,
            "arrive": next, "quote": quote, "via": "AFP"}]),
        2 => json!([{"kind": "presence", "officials": [official], "place": place, "when": day, "replaces": [reference]},
            {"kind": "absence", "officials": [other], "meeting": meeting, "quote": quote}]),
        3 => json!([{"kind": "meeting_proposed", "meeting": meeting, "title": "Talks on the ceasefire", "place": place,
            "when": format!("[{day}..{next}]"), "by": by, "quote": quote,
            "participants": [{"official": official, "role": "principal"}, {"official": other, "role": "host"}]}]),
        4 => json!([{"kind": "meeting_confirmed", "meeting": meeting, "level": "ministerial", "place": place,
            "when": format!("{day}T10:00:00+03:00[Asia/Riyadh]"), "by": by, "agenda": "prisoners and the grain corridor",
            "participants": [{"official": official, "attendance": "expected"}, {"party": "sa", "role": "host"}]}]),
        5 => {
            json!([{"kind": "meeting_held", "meeting": meeting, "when": day, "outcome": "They agreed to meet again.", "quote": quote}])
        }
        6 => {
            json!([{"kind": "meeting_postponed", "meeting": meeting, "when": next, "by": by, "reason": "illness", "note": quote}])
        }
        7 => json!([{"kind": "statement", "speaker": official, "text": quote, "about": [meeting, place], "topics": ["ceasefire"],
            "when": day, "place": place, "language": "en"}]),
        8 => json!([{"kind": "retraction", "of": [reference], "reason": "source_withdrawn", "note": quote}]),
        _ => {
            json!([{"kind": "official", "official": official, "party": "us", "name": "Alejandro Baños", "title": "Minister of Trade",
            "rank": "minister", "base": "washington", "since": "2025-01", "aliases": ["Minister Baños"]},
            {"kind": "place", "place": place, "name": "A City", "country": "SA", "lat": 24.68773, "lon": 46.72185, "zone": "Asia/Riyadh"}])
        }
    }
}

/// Lines as the log holds them.
fn lines() -> Vec<u8> {
    let mut lines = Vec::new();
    for n in 1..=LINES {
        let (hour, minute, second) = (n / 3_600, n / 60 % 60, n % 60);
        let published =
            if n % 2 == 0 { "2025-03-01".to_owned() } else { format!("2025-03-01T{hour:02}:{minute:02}:{second:02}+01:00") };
        let typed = json!({
            "v": 1, "seq": n, "id": format!("00000000-0000-7000-8000-{n:012}"),
            "recorded": format!("2025-03-02T{hour:02}:{minute:02}:{second:02}.{:03}Z", n % 1_000), "logged_by": "desk",
            "source": {"outlet": "Wire Service", "title": "Officials prepare for talks, spokesman says",
                "url": format!("https://wire.example/2025/03/{n}"), "published": published, "grade": "B2"},
            "events": events(n), "salt": "0000000000000007",
        });
        let entry = validate_line(typed.to_string().as_bytes()).unwrap();
        let body = compose(&entry, n).unwrap();
        lines.extend(format!("{body},\"chain\":\"{n:064x}\"}}\n").bytes());
    }
    lines
}

fn parse(criterion: &mut Criterion) {
    let bytes = lines();
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    assert!(lines.iter().all(|line| scan_line(line).is_some()), "a line that the scanner leaves to the validating way");
    let mut group = criterion.benchmark_group("parse");
    group.throughput(Throughput::Elements(LINES));
    group.bench_function("find the line ends", |bench| bench.iter(|| black_box(&bytes).split(|byte| *byte == b'\n').count()));
    group.bench_function("scan", |bench| bench.iter(|| lines.iter().filter_map(|line| black_box(scan_line(line))).count()));
    group.bench_function("validate", |bench| {
        bench.iter(|| lines.iter().filter_map(|line| black_box(validate_line(line).ok())).count())
    });
    group.finish();
}

fn fold(criterion: &mut Criterion) {
    let bytes = lines();
    let entries: Vec<_> = bytes.split(|byte| *byte == b'\n').filter_map(scan_line).collect();
    let mut group = criterion.benchmark_group("fold");
    group.throughput(Throughput::Elements(LINES));
    group.bench_function("claims", |bench| {
        bench.iter_batched(|| entries.clone(), |entries| Claims::of(Zone::UTC, entries), BatchSize::LargeInput);
    });
    group.finish();
}

criterion_group!(parts, parse, fold);
criterion_main!(parts);
