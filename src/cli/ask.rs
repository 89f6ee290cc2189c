//! Names in questions, found in the whole log whatever the clocks say.

use std::fmt::Display;

use super::failure::Failure;
use crate::book::Book;
use crate::event::{MeetingId, OfficialId, PlaceId};
use crate::intake::{Known, Problem};
use crate::projection::{Claims, Scope, View};

/// What the whole log knows by name.
pub fn known(book: &Book) -> Known {
    known_of(book.claims())
}

/// What some claims know by name.
pub fn known_of(claims: &Claims) -> Known {
    let mut known = Known::of(claims, &View::new(claims, Scope::default()));
    known.recall(claims);
    known
}

/// Refuses what was named but `find` does not find in what may leave the desk: a document named after it would tell of it.
pub fn released<T: Display + PartialEq>(named: &[T], find: impl Fn(&str) -> Result<T, Problem>) -> Result<(), Failure> {
    let is_known = |one: &&T| find(&one.to_string()).is_ok_and(|found| found == **one);
    let under = |one: &T| {
        let says = format!("\"{one}\" is known only from entries under embargo, which must not leave the desk");
        Problem::new(says).hint("--include-embargoed lets them")
    };
    let problems: Vec<Problem> = named.iter().filter(|one| !is_known(one)).map(under).collect();
    if problems.is_empty() { Ok(()) } else { Err(Failure::of("under_embargo", 1, problems)) }
}

/// The officials named, each once, whom a book has to find first.
pub fn reach_officials(book: &mut Book, names: &[String]) -> Result<Vec<OfficialId>, Failure> {
    for name in names {
        book.reach_name(name)?;
    }
    // Of a list, each may be unknown while the whole is, too.
    for name in names.iter().filter(|name| name.contains(',')).flat_map(|name| name.split(',')) {
        book.reach_name(name.trim())?;
    }
    if let Ok(found) = officials(&known(book), names) {
        return Ok(found);
    }
    // What is near shows among all names.
    book.reach_registry()?;
    officials(&known(book), names)
}

/// The officials named, each once; where nobody is, nobody has to be looked for.
pub fn some_officials(book: &Book, names: &[String]) -> Result<Vec<OfficialId>, Failure> {
    if names.is_empty() { Ok(Vec::new()) } else { officials(&known(book), names) }
}

/// The officials named, each once.
pub fn officials(known: &Known, names: &[String]) -> Result<Vec<OfficialId>, Failure> {
    let mut officials = all(names, |name| known.ask_official(name))?;
    let mut seen = std::collections::BTreeSet::new();
    officials.retain(|official| seen.insert(official.clone()));
    Ok(officials)
}

/// The meetings named.
pub fn meetings(known: &Known, names: &[String]) -> Result<Vec<MeetingId>, Failure> {
    all(names, |name| known.ask_meeting(name))
}

/// The places named.
pub fn places(known: &Known, names: &[String]) -> Result<Vec<PlaceId>, Failure> {
    all(names, |name| known.ask_place(name))
}

/// Every name found, or all that fit nothing at once.
pub fn all<T>(names: &[String], find: impl Fn(&str) -> Result<T, Problem>) -> Result<Vec<T>, Failure> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for name in &listed(names, &find) {
        match find(name) {
            Ok(one) => found.push(one),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(Failure::of("unknown_name", 1, problems)) }
}

/// The names of lists: "rubio,lavrov" is two, unless it is one that is known.
fn listed<T>(names: &[String], find: &impl Fn(&str) -> Result<T, Problem>) -> Vec<String> {
    let split = |name: &String| -> Vec<String> {
        if name.contains(',') && find(name).is_err() {
            name.split(',').map(|part| part.trim().to_owned()).collect()
        } else {
            vec![name.clone()]
        }
    };
    names.iter().flat_map(split).filter(|name| !name.is_empty()).collect()
}

/// The ids of the officials and meetings named; where nothing is, nothing has to be looked for.
pub fn some_subjects(book: &Book, names: &[String]) -> Result<Vec<String>, Failure> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let known = known(book);
    all(names, |name| subject(&known, name))
}

/// The id of an official or a meeting; where a name fits one of each, an official, unless it is the very id of the meeting.
fn subject(known: &Known, name: &str) -> Result<String, Problem> {
    match (known.ask_official(name), known.ask_meeting(name)) {
        (_, Ok(meeting)) if meeting.as_str() == name => Ok(meeting.to_string()),
        (Ok(official), _) => Ok(official.to_string()),
        (Err(_), Ok(meeting)) => Ok(meeting.to_string()),
        (Err(nobody), Err(no_meeting)) => Err(neither(name, &no_meeting, &nobody)),
    }
}

/// The refusal of a name that fits neither a meeting nor an official.
pub fn neither(text: &str, no_meeting: &Problem, nobody: &Problem) -> Problem {
    let mut problem = Problem::new(format!("nothing is called \"{text}\": no meeting and no official"));
    problem.hints.extend(no_meeting.hints.iter().chain(&nobody.hints).filter(|hint| hint.starts_with("close to")).cloned());
    problem
}
