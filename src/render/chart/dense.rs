//! The line of an official where a column has several days: where they were is marked, and named behind it where there is room.

use std::collections::BTreeMap;

use super::scale::Scale;
use super::strip::{Strip, columns};
use super::{Used, fill};
use crate::query::{ChartBar, ChartRow, Standing};
use crate::render::style;

/// Stops of which no column is free between them.
struct Block<'a> {
    end: usize,
    bars: Vec<&'a ChartBar>,
}

/// The line of a row. However short a stop is, it has a column; of several stops on one the firmest is shown.
pub fn strip(scale: &Scale, row: &ChartRow, used: &mut Used) -> Strip {
    let mut strip = Strip::new(scale.columns());
    let mut marks: BTreeMap<usize, Standing> = BTreeMap::new();
    for stretch in row.bars.iter().flat_map(|bar| &bar.stretches) {
        used.standings.insert(stretch.standing);
        for at in scale.start(stretch.from)..scale.end(stretch.to) {
            let mark = marks.entry(at).or_insert(stretch.standing);
            *mark = (*mark).max(stretch.standing);
        }
    }
    for (at, standing) in &marks {
        strip.mark(*at, style::of_standing(*standing), fill(*standing));
    }
    // Where a column has months, a contradiction of two days would make the whole look contradicted.
    if scale.days_in_column() <= 7 {
        for run in row.bars.iter().flat_map(|bar| &bar.conflicts) {
            used.conflicts = true;
            strip.mark(scale.start(run.from), style::ALARM, '!');
        }
    }
    for leg in &row.legs {
        let at = scale.start(leg.first_day);
        if strip.is_free(at..at + 1) {
            used.legs = true;
            strip.mark(at, style::of_standing(leg.leg.standing), '▸');
        }
    }
    for block in blocks(scale, row) {
        let name = name(&block.bars);
        if strip.is_free(block.end..block.end + columns(&name) + 1) {
            strip.words(block.end, style::PLAIN, &name);
        }
    }
    strip
}

/// The stops of a row in order, those together whose columns touch.
fn blocks<'a>(scale: &Scale, row: &'a ChartRow) -> Vec<Block<'a>> {
    let mut bars: Vec<&ChartBar> = row.bars.iter().collect();
    bars.sort_by_key(|bar| (bar.from, bar.to));
    let mut blocks: Vec<Block<'a>> = Vec::new();
    for bar in bars {
        let (start, end) = (scale.start(bar.from), scale.end(bar.to));
        match blocks.last_mut().filter(|last| start <= last.end) {
            Some(last) => {
                last.end = last.end.max(end);
                last.bars.push(bar);
            }
            None => blocks.push(Block { end, bars: vec![bar] }),
        }
    }
    blocks
}

/// From how many places on the first says little.
const MANY: usize = 12;

/// "Paris", "London +9": the first place, and how many others; of many only how many, "56 places".
fn name(bars: &[&ChartBar]) -> String {
    let Some(first) = bars.first() else { return String::new() };
    let mut others: Vec<&str> =
        bars.iter().map(|bar| bar.place.as_str()).filter(|place| *place != first.place.as_str()).collect();
    others.sort_unstable();
    others.dedup();
    match others.len() {
        0 => first.name.clone(),
        others if others < MANY => format!("{} +{others}", first.name),
        others => format!("{} places", others + 1),
    }
}
