//! Which stops of a row stand on one line: those that share no day, or only the day of the journey between them.

use std::collections::{BTreeMap, HashSet};

use crate::event::PlaceId;
use crate::query::{Chart, ChartBar, ChartRow};

/// A stop with its place in the row.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// The stop.
    pub bar: &'a ChartBar,
    /// The line of the row, from the top.
    pub lane: usize,
    /// Whether it begins at noon, because the stop before it on the line ends that day.
    pub begins_late: bool,
    /// Whether it ends at noon, because the stop after it on the line begins that day.
    pub ends_early: bool,
}

/// The stops of a row, each on the first line that has room for it, in order of time; whether there is room to halve a day.
pub fn lanes(row: &ChartRow, halves: bool) -> Vec<Placed<'_>> {
    let mut placed: Vec<Placed<'_>> = Vec::new();
    let mut bars: Vec<&ChartBar> = row.bars.iter().collect();
    bars.sort_by_key(|bar| (bar.from, bar.to));
    for bar in bars {
        let mut lane = 0;
        let last = loop {
            let Some(at) = placed.iter().rposition(|one| one.lane == lane) else { break None };
            if placed.get(at).is_some_and(|last| has_room_after(last, bar, halves)) {
                break Some(at);
            }
            lane += 1;
        };
        let shares = last.and_then(|at| placed.get_mut(at)).filter(|last| last.bar.to == bar.from);
        let begins_late = shares.map(|last| last.ends_early = true).is_some();
        placed.push(Placed { bar, lane, begins_late, ends_early: false });
    }
    placed
}

/// Whether a stop can follow on the line: a day can be halved once, if at all.
fn has_room_after(last: &Placed<'_>, bar: &ChartBar, halves: bool) -> bool {
    let is_day = last.bar.from == last.bar.to;
    let is_halved = is_day && (last.begins_late || !halves);
    last.bar.to < bar.from || (last.bar.to == bar.from && !is_halved)
}

/// Two letters for each place.
pub type Codes<'a> = BTreeMap<&'a PlaceId, String>;

/// Two letters for each place of a chart, for stops that are too short for a name; made of the id, which is plain letters.
pub fn codes(chart: &Chart) -> Codes<'_> {
    let mut codes = Codes::new();
    let mut taken: HashSet<String> = HashSet::new();
    for place in chart.rows.iter().flat_map(|row| &row.bars).map(|bar| &bar.place) {
        if codes.contains_key(place) {
            continue;
        }
        if let Some(code) = candidates(place.as_str()).find(|code| !taken.contains(code)) {
            taken.insert(code.clone());
            codes.insert(place, code);
        }
    }
    codes
}

/// The first letters of two words, then the first letter with each later one, then with digits, then any two letters.
fn candidates(id: &str) -> impl Iterator<Item = String> {
    let words: Vec<char> = id.split('-').filter_map(|word| word.chars().next()).collect();
    let letters: Vec<char> = id.chars().filter(char::is_ascii_alphanumeric).collect();
    let first = letters.first().copied().unwrap_or('x');
    let later = letters.iter().skip(1).copied().collect::<Vec<char>>();
    let initials = words.get(1).copied().into_iter().map(move |second| (first, second));
    let with_later = later.into_iter().chain('0'..='9').map(move |second| (first, second));
    let any = ('a'..='z').flat_map(|one| ('a'..='z').chain('0'..='9').map(move |other| (one, other)));
    initials.chain(with_later).chain(any).map(|(one, other)| format!("{one}{other}").to_ascii_uppercase())
}
