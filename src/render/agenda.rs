//! What became of a calendar that was imported: what each event does to the log, and what was left out.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::columns::{Column, Table};
use super::dates::Dates;
use super::page::{Page, Sheet};
use super::style;
use super::text::{Text, counted};
use crate::event::Position;
use crate::ical::{Agenda, LeftOut, one_line};
use crate::intake::{Act, Deed, QUOTED, Reviewed};

/// How many events that were left out are named.
const NAMED: usize = 20;

/// A calendar that was imported, or looked at.
#[derive(Clone, Copy, Debug)]
pub struct Imported<'i> {
    /// What the file holds.
    pub agenda: &'i Agenda,
    /// What came of it.
    pub reviewed: &'i Reviewed,
    /// How many entries were written, or would be.
    pub written: usize,
    /// Whether nothing was written.
    pub dry_run: bool,
}

impl Imported<'_> {
    /// For people: one line of counts; before anything is written also what each event would do.
    #[must_use]
    pub fn text(&self, today: NaiveDate, page: &Page) -> String {
        let mut sheet = Sheet::new(page);
        if self.dry_run && !self.reviewed.acts.is_empty() {
            let dates = Dates { on: today, zone: page.zone };
            let mut table = Table::new(&[Column::UpTo(14), Column::UpTo(32), Column::UpTo(24), Column::Rest]);
            let mut acts: Vec<&Act> = self.reviewed.acts.iter().collect();
            acts.sort_by_cached_key(|act| act.when.to_string());
            for act in acts {
                let (word, of) = deed(act.deed);
                let word = Text::styled(style::STRONG, word).join(" ", Text::plain(&of));
                let when = Text::plain(&dates.short_when(act.when, None));
                let was = act.before.map(|before| format!(" (was {})", dates.short_when(before, None))).unwrap_or_default();
                let summary = Text::plain(&act.summary).and(style::FAINT, &was);
                table.row(vec![word, when, Text::plain(&act.place), summary]);
            }
            sheet.table(&table);
            sheet.blank();
        }
        sheet.paragraph(0, &Text::plain(&self.counts()));
        sheet.finish()
    }

    fn counts(&self) -> String {
        let count = |wanted: fn(&Deed) -> bool| self.reviewed.acts.iter().filter(|act| wanted(&act.deed)).count();
        let new = count(|deed| matches!(deed, Deed::New));
        let changed = count(|deed| matches!(deed, Deed::Changed(_)));
        let off = count(|deed| matches!(deed, Deed::CalledOff(_)));
        let verb = if self.dry_run { "would be added" } else { "added" };
        let Reviewed { already, left_out, refusals, .. } = self.reviewed;
        let (left, refused) = (left_out.len(), refusals.len());
        format!("{new} {verb}, {changed} changed, {off} called off, {already} there already, {left} left out, {refused} refused")
    }

    /// What should be looked at: places that are only names, what was cut, what was left out and why.
    #[must_use]
    pub fn notes(&self, today: NaiveDate, page: &Page) -> String {
        let dates = Dates { on: today, zone: page.zone };
        let mut lines = Vec::new();
        if let Some(last) = self.agenda.endless {
            lines.push(format!("note: series without end were followed to {last}; --to says to which day"));
        }
        if !self.reviewed.as_given.is_empty() {
            let count = counted(self.reviewed.as_given.len(), "place is", "places are");
            lines.push(format!("note: {count} kept as given; a line such as `daybook log place ID --within CITY` says where:"));
            lines.extend(self.reviewed.as_given.iter().take(NAMED).map(|(id, name)| format!("  {id}  {name}")));
            lines.extend(more(self.reviewed.as_given.len()));
        }
        if self.reviewed.late > 0 {
            let count = counted(self.reviewed.late, "event had begun when it was", "events had begun when they were");
            lines.push(format!("note: {count} last revised, and so in doubt; --took-place says that the calendar is a record"));
        }
        if self.reviewed.floating > 0 {
            let count = counted(self.reviewed.floating, "time names", "times name");
            lines.push(format!("note: {count} no zone, nor has the place one: taken in the zone of the log"));
        }
        if !self.reviewed.gone.is_empty() {
            let count = counted(self.reviewed.gone.len(), "plan", "plans");
            lines.push(format!(
                "note: {count} of this source no longer in the calendar, and kept; `daybook log cancel-travel` calls one off:"
            ));
            let one = |act: &Act| {
                format!("  {}  {}, {}: {}", deed(act.deed).1, dates.short_when(act.when, None), act.place, act.summary)
            };
            lines.extend(self.reviewed.gone.iter().take(NAMED).map(one));
            lines.extend(more(self.reviewed.gone.len()));
        }
        if self.reviewed.cut > 0 {
            let count = counted(self.reviewed.cut, "description was", "descriptions were");
            lines.push(format!("note: {count} quoted up to the first {QUOTED} characters"));
        }
        for (outlet, count) in &self.reviewed.elsewhere {
            let count = counted(*count, "new event has", "new events have");
            lines.push(format!(
                "note: {count} the UID of what \"{outlet}\" told: if it is the same calendar, --outlet \"{outlet}\" follows it"
            ));
        }
        let left = &self.reviewed.left_out;
        if !left.is_empty() {
            lines.push(format!("note: {} left out:", counted(left.len(), "component was", "components were")));
            lines.extend(left.iter().take(NAMED).map(left_line));
            lines.extend(more(left.len()));
        }
        lines.join("\n")
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> String {
        let reviewed = self.reviewed;
        let refusals: Vec<String> = reviewed.refusals.iter().map(ToString::to_string).collect();
        let left_out = |left: &LeftOut| json!({"line": left.line, "what": *left.what, "why": left.why.to_string()});
        let document = json!({
            "query": "import", "dry_run": self.dry_run, "written": self.written, "already": reviewed.already,
            "refused": refusals.len(), "refusals": refusals,
            "events": reviewed.acts.iter().map(act_json).collect::<Vec<_>>(),
            "left_out": reviewed.left_out.iter().map(left_out).collect::<Vec<_>>(),
            "places_as_given": reviewed.as_given.iter().map(|(id, name)| json!({"place": id, "name": name})).collect::<Vec<_>>(),
            "gone": reviewed.gone.iter().map(gone_json).collect::<Vec<_>>(),
            "followed_to": self.agenda.endless.map(|day| day.to_string()),
        });
        format!("{document}\n")
    }
}

fn left_line(left: &LeftOut) -> String {
    let what = if left.what.is_empty() { String::new() } else { format!(", \"{}\"", one_line(&left.what)) };
    format!("  line {}{what}: {}", left.line, left.why)
}

fn more(count: usize) -> Option<String> {
    count.checked_sub(NAMED).filter(|more| *more > 0).map(|more| format!("  and {more} more; --json lists all"))
}

/// The word for a deed, and the event that it is done to.
fn deed(deed: Deed) -> (&'static str, String) {
    let shown = |of: Option<Position>| of.map(|of| of.to_string()).unwrap_or_default();
    match deed {
        Deed::New => ("new", String::new()),
        Deed::Changed(of) => ("changed", shown(of)),
        Deed::CalledOff(of) => ("off", shown(of)),
    }
}

fn gone_json(act: &Act) -> Value {
    json!({"event": deed(act.deed).1, "summary": act.summary, "place": act.place, "when": act.when.to_string()})
}

fn act_json(act: &Act) -> Value {
    let (word, of) = match act.deed {
        Deed::New => ("new", None),
        Deed::Changed(of) => ("changed", of),
        Deed::CalledOff(of) => ("called_off", of),
    };
    json!({
        "line": act.line, "deed": word, "of": of.map(|of| of.to_string()), "summary": act.summary, "place": act.place,
        "when": act.when.to_string(), "before": act.before.map(|when| when.to_string()),
    })
}
