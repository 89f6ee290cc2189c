//! Writing an entry down: a draft admitted at the door, recorded or only tried, and shown with what it changes.

use clap::Args;

use super::failure::Failure;
use super::output::Output;
use super::reach;
use crate::book::Book;
use crate::event::{EntryId, IdError};
use crate::intake::{Admitted, Door, Draft, Known, Problem, Refusal, read_json_entry, read_words_file};
use crate::log::{LogError, Stored};
use crate::projection::{CARRY_DAYS, Claims, Scope, View};
use crate::query::{Asked, Clock, changes, explain_event, resembling};
use crate::render::{self, Logged};

/// The most bytes that an entry file may have: an entry has at most one MiB, and words are shorter than their JSON.
pub const FILE_BYTES: u64 = 2 << 20;

/// How an entry is written.
#[derive(Clone, Debug, Default, Args)]
pub struct Writing {
    /// Show the entry and what it would change in the answers; write nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// The entry's name for good, a UUID: logging the same again under it stores it once [default: a new one]
    #[arg(long = "id", id = "entry_id", global = true, value_name = "UUID")]
    pub id: Option<String>,
    /// Refuse unless this is the number of the log's last entry: somebody else may have logged the same meanwhile
    #[arg(long, global = true, value_name = "SEQ")]
    pub expect: Option<u64>,
    /// Wait at most this long for another writer, in seconds; 0 refuses at once [default: as long as it takes]
    #[arg(long, global = true, value_name = "SECONDS", allow_negative_numbers = true)]
    pub wait: Option<u64>,
}

/// The most events that are told of what came between.
const BETWEEN: usize = 20;

/// The failure of somebody who expected the log to end elsewhere, with what came between.
pub fn overtaken(error: LogError, claims: &Claims, output: &Output<'_, '_>) -> Failure {
    let LogError::Unexpected { expected, last } = error else { return error.into() };
    let on = claims.zone().day_at(output.world.now);
    let asked = Asked::new(claims, Scope::default(), on, CARRY_DAYS);
    let told: Vec<_> = (expected.saturating_add(1)..=last)
        .filter_map(|seq| explain_event(&asked, seq, None))
        .flat_map(|explanation| explanation.deciding)
        .take(BETWEEN + 1)
        .collect();
    let mut failure = Failure::from(error);
    if let Some(problem) = failure.problems.first_mut() {
        let shown = told.get(..BETWEEN).unwrap_or(&told);
        problem.hints.extend(render::came_between(shown, &heading(&asked, output), &output.page()));
        problem.hints.extend((told.len() > BETWEEN).then(|| "… and more".to_owned()));
    }
    failure
}

fn heading<'a>(asked: &'a Asked<'_>, output: &Output<'_, '_>) -> render::Heading<'a> {
    let (zone, now, names) = (asked.zone(), output.world.now, crate::query::Names::of(asked));
    render::Heading { on: asked.on, today: false, public_by: None, as_of: None, zone, now, names }
}

/// The draft that a text is, as words or as JSON; above either may stand `#!` lines, which an editor's draft bears when it is refused.
pub fn parse(text: &str, name: &str) -> Result<Draft, Refusal> {
    let text = text.trim_start_matches('\u{feff}');
    let on_top: Vec<&str> = text.split_inclusive('\n').take_while(|line| line.starts_with("#!")).collect();
    let below = text.get(on_top.concat().len()..).unwrap_or_default();
    if below.trim_start().starts_with(['{', '[']) {
        // JSON has no comments; without their words the lines still count from the top.
        return read_json_entry(&format!("{}{below}", "\n".repeat(on_top.len())), name, None);
    }
    read_words_file(text, name)
}

/// The text that some bytes are, of which there may be so many.
pub fn text_of(bytes: Vec<u8>, name: &str, most: u64) -> Result<String, Failure> {
    if bytes.len() as u64 > most {
        return Err(Failure::refused(
            "too_long",
            Problem::new(format!("{name} is longer than {most} bytes")).hint("split it into several entries"),
        ));
    }
    utf8(bytes, name).map_err(|problem| Failure::refused("unreadable", problem))
}

/// The text that some bytes are, or where they are none.
pub fn utf8(bytes: Vec<u8>, name: &str) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().split_at(error.utf8_error().valid_up_to()).0;
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let column = 1 + before.iter().rev().take_while(|byte| **byte != b'\n').count();
        Problem::no_utf8(name, before.len() as u64 + 1, line as u64, column as u64)
    })
}

/// Admits and writes a draft, or shows what it would do.
pub fn write(draft: &Draft, writing: &Writing, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let recorded = record(draft, writing, None, output)?;
    show(recorded, output)
}

/// An entry that was written, or would be, and the claims on both sides of it.
pub struct Recorded {
    before: Claims,
    after: Claims,
    logged: Logged,
}

impl Recorded {
    /// How many entries stand between this one and entry `last`; `None` if it was only tried.
    pub fn written_after(&self, last: u64) -> Option<u64> {
        (!self.logged.dry_run).then(|| self.logged.entry.seq.saturating_sub(last + 1))
    }
}

/// Admits a draft and writes it, or only tries; `last` is the entry that the word means, if not the last one.
pub fn record(draft: &Draft, writing: &Writing, last: Option<u64>, output: &mut Output<'_, '_>) -> Result<Recorded, Failure> {
    if writing.dry_run {
        let mut book = output.quiet_part()?;
        expect(writing, &mut book, output)?;
        let admitted = admit(draft, writing, &mut book, last, output)?;
        let seq = book.claims().last_seq() + 1;
        let recorded = book.claims().entries().next_back().map_or(output.world.now, |last| last.recorded.max(output.world.now));
        let same_as = book.claims().same_as(&admitted.entry);
        let entry = admitted.entry.numbered(seq, recorded);
        let after = book.with(&entry);
        let logged = Logged { entry, echoes: admitted.echoes, dry_run: true, already: false, same_as, resembles: Vec::new() };
        return Ok(Recorded { before: book.claims().clone(), after, logged });
    }
    let mut open = output.lock_part(writing.wait)?;
    expect(writing, open.book(), output)?;
    let admitted = admit(draft, writing, open.book(), last, output)?;
    let before = open.claims().clone();
    let same_as = before.same_as(&admitted.entry);
    let stored = open.write(vec![admitted.entry], output.world.now)?;
    let stored = stored.into_iter().next().ok_or_else(|| Failure::refused("failed", Problem::new("nothing was written")))?;
    let already = matches!(stored, Stored::Already(_));
    let logged = Logged {
        entry: stored.entry().clone(),
        echoes: admitted.echoes,
        dry_run: false,
        already,
        same_as: same_as.filter(|_| !already),
        resembles: Vec::new(),
    };
    Ok(Recorded { before, after: open.claims().clone(), logged })
}

/// Admits a draft. One whose id the log knows is read as it was then: what it added by itself, and what "today" was, is there already.
fn admit(
    draft: &Draft,
    writing: &Writing,
    book: &mut Book,
    last: Option<u64>,
    output: &mut Output<'_, '_>,
) -> Result<Admitted, Failure> {
    let given = writing.id.as_ref().or(draft.entry.id.as_ref()).filter(|id| !id.is_empty());
    let wrong = |error: IdError| Failure::refused("refused", Problem::new(error.to_string()));
    let given = given.map(|id| id.parse::<EntryId>().map_err(wrong)).transpose()?;
    if let Some(id) = given {
        book.reach_id(id)?;
        // What was admitted once is read as it was then.
        if book.claims().seq(id).is_some() {
            book.reach_all()?;
        }
    }
    reach::draft(&draft.entry, last, book)?;
    let claims = book.claims();
    let there = given.and_then(|id| claims.entries().find(|entry| entry.id == id));
    let then = there.map(|there| Claims::of(claims.zone(), claims.entries().filter(|entry| entry.seq < there.seq).cloned()));
    let claims = then.as_ref().unwrap_or(claims);
    let now = there.map_or(output.world.now, |there| there.recorded);
    let mut known = Known::of(claims, &View::new(claims, Scope::default()));
    if let Some(last) = last {
        known.last_is(last);
    }
    let id = given.unwrap_or_else(|| EntryId(output.world.new_id()));
    let salt = output.world.new_salt();
    let mut door = Door { known: &mut known, now, create: false, lines: &|_| None };
    let admitted = door.admit(draft, id, salt)?;
    reach::effects(&admitted.entry, book)?;
    Ok(admitted)
}

/// Refuses to go on unless the last entry has the number that somebody expected, and says what came between.
fn expect(writing: &Writing, book: &mut Book, output: &Output<'_, '_>) -> Result<(), Failure> {
    let Err(error) = book.expect(writing.expect) else { return Ok(()) };
    if let LogError::Unexpected { expected, last } = error {
        let between = (expected.saturating_add(1)..=last).take(BETWEEN + 1);
        between.into_iter().try_for_each(|seq| book.reach_whole_entry(seq))?;
    }
    Err(overtaken(error, book.claims(), output))
}

/// Shows an entry, and what it changes in the answers.
pub fn show(Recorded { before, after, mut logged }: Recorded, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let on = after.zone().day_at(logged.entry.public(after.zone()).min(output.world.now));
    let before = Asked::new(&before, Scope::default(), on, CARRY_DAYS);
    let after = Asked::new(&after, Scope::default(), on, CARRY_DAYS);
    let effects = changes(&before, &after, Clock::Recorded);
    // What says the very same is said to do so, and what was there already is nothing new.
    if logged.same_as.is_none() && !logged.already {
        logged.resembles = resembling(&before, &after, &logged.entry, !logged.dry_run);
    }
    let text = if output.json {
        render::logged_json(&logged, &effects)
            .map_err(|error| Failure::refused("failed", Problem::new(format!("the entry cannot be shown as JSON: {error}"))))?
    } else {
        let told = explain_event(&after, logged.entry.seq, None).map(|explanation| explanation.deciding).unwrap_or_default();
        render::logged_text(&logged, &told, &effects, &heading(&after, output), &output.page())
    };
    output.print(&text);
    Ok(())
}
