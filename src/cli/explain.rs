//! `daybook explain`.

use clap::Args;

use super::clocks::ClockArguments;
use super::failure::Failure;
use super::output::Output;
use crate::book::Book;
use crate::event::{MeetingId, OfficialId, Reference};
use crate::intake::{Problem, Typed, typed_reference};
use crate::query::{Inquiry, explain_event, explain_meeting, explain_official};
use crate::render;

/// Why we say so: the deciding events, with their quotes
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  daybook explain rubio --on 2025-02-18\n  daybook explain riyadh-talks\n  daybook explain 2.3"
)]
pub struct Arguments {
    /// An event (17.2, last.2), an entry (17, last), a meeting or an official
    what: String,
    #[command(flatten)]
    clocks: ClockArguments,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let mut book = output.open_part()?;
    let settled = arguments.clocks.settle_part(&mut book, output)?;
    let subject = subject(&arguments.what, &mut book)?;
    if let Subject::Official(official) = &subject {
        book.reach_official(official, Inquiry::Where, settled.scope, settled.on, settled.carry())?;
    }
    let asked = settled.ask(&book);
    let body = match subject {
        Subject::Event(seq, number) => explain_event(&asked, seq, number).ok_or_else(|| nothing(&arguments.what))?,
        Subject::Meeting(id) => explain_meeting(&asked, &id).ok_or_else(|| super::meeting::not_yet(&id))?,
        Subject::Official(official) => explain_official(&asked, &official),
    };
    settled.answer("explain", &asked, &[], &body, output, |head, page| render::explain_text(&body, head, page))
}

/// What is to be explained.
enum Subject {
    Event(u64, Option<u32>),
    Meeting(MeetingId),
    Official(OfficialId),
}

/// What a text means: an event or entry, else a meeting by its very id, else an official, else a meeting by its title.
fn subject(text: &str, book: &mut Book) -> Result<Subject, Failure> {
    if let Some((seq, number)) = reference(text, book)? {
        return Ok(Subject::Event(seq, number));
    }
    book.reach_meeting(text)?;
    if let Some(id) = super::ask::known(book).ask_meeting(text).ok().filter(|id| id.as_str() == text) {
        return Ok(Subject::Meeting(id));
    }
    book.reach_name(text)?;
    if let Ok(official) = super::ask::known(book).ask_official(text) {
        return Ok(Subject::Official(official));
    }
    book.reach_title(text)?;
    if let Ok(id) = super::ask::known(book).ask_meeting(text) {
        return Ok(Subject::Meeting(id));
    }
    // What is near shows among all names.
    book.reach_all()?;
    let known = super::ask::known(book);
    match (known.ask_official(text), known.ask_meeting(text)) {
        (Ok(official), _) => Ok(Subject::Official(official)),
        (_, Ok(id)) => Ok(Subject::Meeting(id)),
        (Err(nobody), Err(no_meeting)) => Err(Failure::refused("unknown_name", super::ask::neither(text, &no_meeting, &nobody))),
    }
}

/// The entry and event that a text refers to, if it is a reference at all.
fn reference(text: &str, book: &mut Book) -> Result<Option<(u64, Option<u32>)>, Failure> {
    let (seq, number) = match typed_reference(text, book.claims().last_seq()) {
        Ok(Typed::Log(seq, number)) => (seq, number),
        Ok(Typed::Stored(reference)) => {
            let number = if let Reference::Event(event) = reference { Some(event.number) } else { None };
            book.reach_id(reference.entry())?;
            (book.claims().seq(reference.entry()).ok_or_else(|| nothing(text))?, number)
        }
        Ok(Typed::File(..)) | Err(_) => return Ok(None),
    };
    book.reach_whole_entry(seq)?;
    Ok(Some((seq, number)))
}

fn nothing(text: &str) -> Failure {
    Failure::refused("no_such_event", Problem::new(format!("there is no {text} in this log, under these clocks")))
}
