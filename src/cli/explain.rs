//! `daybook explain`.

use clap::Args;

use super::clocks::ClockArguments;
use super::failure::Failure;
use super::output::Output;
use crate::event::Reference;
use crate::intake::{Known, Problem, Typed, typed_reference};
use crate::query::{explain_event, explain_meeting, explain_official};
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
    let book = output.open()?;
    let settled = arguments.clocks.settle(&book, output)?;
    let known = super::ask::known(&book);
    let asked = settled.ask(&book);
    let body = match reference(&known, &arguments.what)? {
        Some((seq, number)) => explain_event(&asked, seq, number).ok_or_else(|| nothing(&arguments.what))?,
        None => match known.ask_meeting(&arguments.what) {
            Ok(id) => explain_meeting(&asked, &id).ok_or_else(|| super::meeting::not_yet(&id))?,
            Err(no_meeting) => match known.ask_official(&arguments.what) {
                Ok(official) => explain_official(&asked, &official),
                Err(nobody) => {
                    return Err(Failure::refused("unknown_name", super::ask::neither(&arguments.what, &no_meeting, &nobody)));
                }
            },
        },
    };
    settled.answer("explain", &asked, &[], &body, output, |head, page| render::explain_text(&body, head, page))
}

/// The entry and event that a text refers to, if it is a reference at all.
fn reference(known: &Known, text: &str) -> Result<Option<(u64, Option<u32>)>, Failure> {
    match typed_reference(text, known.last_seq) {
        Ok(Typed::Log(seq, number)) => Ok(Some((seq, number))),
        Ok(Typed::Stored(reference)) => {
            let number = if let Reference::Event(event) = reference { Some(event.number) } else { None };
            known.seq_of(reference.entry()).map(|seq| Some((seq, number))).ok_or_else(|| nothing(text))
        }
        Ok(Typed::File(..)) | Err(_) => Ok(None),
    }
}

fn nothing(text: &str) -> Failure {
    Failure::refused("no_such_event", Problem::new(format!("there is no {text} in this log, under these clocks")))
}
