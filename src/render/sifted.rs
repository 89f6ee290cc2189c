//! What became of a table that was imported: counts, the first rows as entries, names that no place is known by, and the rows that were rejected.

use serde_json::{Value, json};

use super::page::{Page, Sheet as Paper};
use super::style;
use super::text::{Text, counted};
use crate::event::wire::WireEvent;
use crate::event::{NewEntry, Source};
use crate::intake::{Fate, LINE, REASON, RECORD, Refused, Rows, Sifted, Unplaced};
use crate::names;

/// How many rows are shown as entries before anything is written.
pub const FIRST: usize = 3;
/// How many names are listed.
const NAMED: usize = 20;

/// A table that was imported, or looked at.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'s> {
    /// What came of it.
    pub sifted: &'s Sifted,
    /// The first entries in the words of the command line, a line for each event that has any.
    pub first: &'s [Vec<String>],
    /// How many entries were written, or would be.
    pub written: usize,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Where the rejected rows are.
    pub rejected: Option<&'s str>,
}

impl Sheet<'_> {
    /// For people: one line of counts; before anything is written also the first rows as entries.
    #[must_use]
    pub fn text(&self, page: &Page) -> String {
        let mut paper = Paper::new(page);
        if self.dry_run {
            for (entry, words) in self.sifted.entries.iter().zip(self.first) {
                paper.paragraph(0, &Text::styled(style::FAINT, &source(&entry.source)));
                for line in words {
                    paper.paragraph(2, &Text::plain(line));
                }
                let adds: Vec<String> = entry.events.iter().filter_map(|event| event.what.defines()).collect();
                if !adds.is_empty() {
                    paper.paragraph(2, &Text::styled(style::FAINT, &format!("adds {}", adds.join(", "))));
                }
                paper.blank();
            }
        }
        paper.paragraph(0, &Text::plain(&self.counts()));
        paper.finish()
    }

    fn counts(&self) -> String {
        let count = |wanted: fn(&Fate) -> bool| self.sifted.fates.iter().filter(|fate| wanted(fate)).count();
        let new = count(|fate| matches!(fate, Fate::New));
        let changed = count(|fate| matches!(fate, Fate::Changed(..)));
        let retracted = count(|fate| matches!(fate, Fate::Retracted(_)));
        let verb = if self.dry_run { "would be added" } else { "added" };
        let Sifted { rows, already, refused, .. } = self.sifted;
        let rows = counted(*rows, "row", "rows");
        let refused = refused.len();
        format!("{rows}: {new} {verb}, {changed} changed, {already} there already, {refused} refused; {retracted} taken back")
    }

    /// What should be looked at: names that no place is known by, rows that vanished or are older, rows that were rejected.
    #[must_use]
    pub fn notes(&self) -> String {
        let mut lines = Vec::new();
        let unplaced = &self.sifted.unplaced;
        if !unplaced.is_empty() {
            let count = counted(unplaced.len(), "name is that of no place we know", "names are those of no place we know");
            lines.push(format!(
                "note: {count}, and {} in the country that is named:",
                if unplaced.len() == 1 { "stands" } else { "stand" }
            ));
            lines.extend(unplaced.iter().take(NAMED).map(unplaced_line));
            lines.extend(more(unplaced.len()));
            lines.push(
                "  [places] of the map says what a name means; `daybook log place ID --within CITY --lat … --lon …` where it is"
                    .to_owned(),
            );
        }
        if self.sifted.passed > 0 {
            let count = counted(self.sifted.passed, "row is one", "rows are some");
            lines.push(format!("note: {count} that no event of the map is about"));
        }
        if self.sifted.doubled > 0 {
            let count = counted(self.sifted.doubled, "row bears", "rows bear");
            lines.push(format!(
                "note: {count} the key of another and says something else: told apart by their order, as in \"17 (2)\""
            ));
        }
        if !self.sifted.older.is_empty() {
            let count = counted(self.sifted.older.len(), "row is", "rows are");
            lines.push(format!(
                "note: {count} left as the log has a later revision: {}",
                first_few(self.sifted.older.iter().map(|line| format!("line {line}")))
            ));
        }
        let retracted = self.sifted.fates.iter().any(|fate| matches!(fate, Fate::Retracted(_)));
        if !self.sifted.missing.is_empty() && !retracted {
            let count = counted(self.sifted.missing.len(), "row", "rows");
            let keys = first_few(self.sifted.missing.iter().cloned());
            lines.push(format!(
                "note: {count} of this list no longer in it, and kept: {keys}; --retract-missing takes back what it said"
            ));
        }
        if let Some(file) = self.rejected {
            let count = counted(self.sifted.refused.len(), "row was", "rows were");
            lines.push(format!("note: {count} written to {file}, each with the reason: mend and import it by the same map"));
        }
        lines.join("\n")
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> String {
        let sifted = self.sifted;
        let refusals: Vec<String> = sifted.refused.iter().map(|refused| refused.refusal.to_string()).collect();
        let count = |wanted: fn(&Fate) -> bool| sifted.fates.iter().filter(|fate| wanted(fate)).count();
        let changed: Vec<Value> = sifted.fates.iter().filter_map(changed).collect();
        let first: Vec<Value> = sifted
            .entries
            .iter()
            .take(FIRST)
            .map(|entry| json!({"source": source_json(&entry.source), "events": events(entry)}))
            .collect();
        let document = json!({
            "query": "import", "dry_run": self.dry_run, "rows": sifted.rows, "written": self.written, "already": sifted.already,
            "new": count(|fate| matches!(fate, Fate::New)), "changed": changed,
            "retracted": count(|fate| matches!(fate, Fate::Retracted(_))), "missing": sifted.missing, "older": sifted.older, "doubled": sifted.doubled, "passed": sifted.passed,
            "refused": refusals.len(), "refusals": refusals, "rejected": self.rejected,
            "unplaced": sifted.unplaced.iter().map(unplaced_json).collect::<Vec<_>>(), "first": first,
        });
        format!("{document}\n")
    }
}

/// A line that says how far a long run is, at most so wide.
#[must_use]
pub fn progress(done: usize, total: usize, of: &str, width: usize) -> String {
    let number = |number: usize| names::thousands(number as u64);
    let count = format!(" {} of {} {of}", number(done), number(total));
    let room = width.saturating_sub(count.len() + 3).min(40);
    let filled = (done * room).checked_div(total).unwrap_or(room);
    format!("[{}{}]{count}", "#".repeat(filled), "-".repeat(room - filled))
}

/// The rejected rows as a table: the columns that they had, and behind them the key, the line and the reason of each. Cells stay as they are, formulas
/// too: the file is made to be mended and imported again.
#[must_use]
pub fn rejected(rows: &Rows, rejected: &[Refused]) -> String {
    let style = if rows.dialect.quote { csv::QuoteStyle::Necessary } else { csv::QuoteStyle::Never };
    let mut writer = csv::WriterBuilder::new();
    writer.delimiter(rows.dialect.delimiter).quote_style(style).flexible(true);
    let mut writer = writer.from_writer(Vec::new());
    // What is rejected for the second time has these columns already.
    let is_own = |at: usize| rows.header.get(at).is_some_and(|name| [RECORD, LINE, REASON].contains(&name.as_str()));
    let header = rows.header.iter().enumerate().filter(|(at, _)| !is_own(*at)).map(|(_, name)| name.as_str());
    let mut written = writer.write_record(header.chain([RECORD, LINE, REASON]));
    for refused in rejected {
        let Some(row) = rows.rows.get(refused.row) else { continue };
        // Where nothing holds a cell together, what divides cells must not stand in one.
        let why = refused.refusal.to_string().replace([char::from(rows.dialect.delimiter), '\n', '\r'], " ");
        let (line, record) = (row.line.to_string(), refused.record.clone().unwrap_or_default());
        let cells = row.cells.iter().chain(std::iter::repeat("")).take(rows.header.len().max(row.cells.len()));
        let cells = cells.enumerate().filter(|(at, _)| !is_own(*at)).map(|(_, cell)| cell);
        written = written.and_then(|()| writer.write_record(cells.chain([record.as_str(), line.as_str(), why.as_str()])));
    }
    // Memory takes everything.
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn unplaced_line(one: &Unplaced) -> String {
    let near = if one.near.is_empty() { String::new() } else { format!("; perhaps {}", one.near.join(", ")) };
    let rows = counted(one.rows, "row", "rows");
    format!("  \"{}, {}\"  ({rows}, first in line {}){near}", one.name, one.country, one.line)
}

fn unplaced_json(one: &Unplaced) -> Value {
    json!({"name": one.name, "country": one.country, "place": one.place, "rows": one.rows, "line": one.line, "near": one.near})
}

fn more(count: usize) -> Option<String> {
    count.checked_sub(NAMED).filter(|more| *more > 0).map(|more| format!("  and {more} more; --json lists all"))
}

fn first_few(all: impl ExactSizeIterator<Item = String>) -> String {
    let count = all.len();
    let mut few: Vec<String> = all.take(NAMED).collect();
    if count > NAMED {
        few.push(format!("and {} more", count - NAMED));
    }
    few.join(", ")
}

fn changed(fate: &Fate) -> Option<Value> {
    match fate {
        Fate::Changed(record, last) => Some(json!({"record": record, "of": last.map(|last| last.to_string())})),
        Fate::New | Fate::Retracted(_) => None,
    }
}

fn source(source: &Source) -> String {
    let published = source.published.map(|published| format!(", published {published}")).unwrap_or_default();
    let record = source.record.as_ref().map(|record| format!(", record {record}")).unwrap_or_default();
    format!("{}{record}{published}", source.outlet.as_deref().unwrap_or_default())
}

fn source_json(source: &Source) -> Value {
    serde_json::to_value(crate::event::wire::WireSource::from(source)).unwrap_or_default()
}

fn events(entry: &NewEntry) -> Vec<Value> {
    entry.events.iter().map(|event| serde_json::to_value(WireEvent::from(event)).unwrap_or_default()).collect()
}
