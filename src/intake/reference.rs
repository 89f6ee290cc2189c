//! References as people type them: `17.2`, `17`, `last`, an entry's own id, and `+17.2` for a line of the very file.

use super::{Known, Problem};
use crate::event::{EntryId, EventRef, Kind, Position, Reference};

/// A reference as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// `17` or `17.2`, a number of the log; `last` is resolved to it.
    Log(u64, Option<u32>),
    /// `+17` or `+17.2`: line 17 of this very file.
    File(u64, Option<u32>),
    /// As the log stores it.
    Stored(Reference),
}

/// Reads a reference; `last` is the last entry of the log, `last.2` an event of it.
///
/// # Errors
/// [`Problem`] when it is none.
pub fn typed_reference(text: &str, last: u64) -> Result<Typed, Problem> {
    let wrong = || {
        Problem::new(format!("\"{text}\" is no reference"))
            .about(text)
            .hint("an entry is written 17, its second event 17.2, the last entry last, its second event last.2")
    };
    let (body, file) = text.strip_prefix('+').map_or((text, false), |body| (body, true));
    if !file && let Ok(reference) = text.parse::<Reference>() {
        return Ok(Typed::Stored(reference));
    }
    let (entry, number) = match body.split_once('.') {
        None => (body, None),
        Some((entry, number)) => (entry, Some(number)),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = number.map(|number| number.parse().ok().filter(|n| digits(number) && *n > 0).ok_or_else(wrong)).transpose()?;
    if entry == "last" && !file {
        return Ok(Typed::Log(last, number));
    }
    let seq = entry.parse().ok().filter(|n| digits(entry) && *n > 0).ok_or_else(wrong)?;
    Ok(if file { Typed::File(seq, number) } else { Typed::Log(seq, number) })
}

impl Known {
    /// What a typed reference points to; `lines` are the ids of the lines of an import, by line number.
    ///
    /// # Errors
    /// [`Problem`] when there is no such entry or event.
    pub(super) fn reference(&self, text: &str, lines: &dyn Fn(u64) -> Option<EntryId>) -> Result<Reference, Problem> {
        let nothing = |what: String| Problem::new(what).about(text);
        let last = self.numbers_end.unwrap_or(self.last_seq);
        let (entry, number) = match typed_reference(text, self.last.unwrap_or(last))? {
            Typed::Stored(Reference::Event(event)) => (event.entry, Some(event.number)),
            Typed::Stored(Reference::Entry(entry)) => (entry, None),
            Typed::Log(seq, number) => {
                let entry = self.numbers.get(&seq).copied().filter(|_| seq <= last);
                let says = if last == 0 { "the log is empty".to_owned() } else { format!("its last entry is {last}") };
                (entry.ok_or_else(|| nothing(format!("there is no entry {seq}: {says}")))?, number)
            }
            Typed::File(line, number) => {
                let says = format!("+{line} points to no earlier entry of this file");
                (lines(line).ok_or_else(|| nothing(says).hint("references point only to earlier lines"))?, number)
            }
        };
        let Some(known) = self.entries.get(&entry) else {
            return Err(nothing(format!("there is no entry {entry} in this log")));
        };
        match number {
            None => Ok(Reference::Entry(entry)),
            Some(number) if usize::try_from(number).is_ok_and(|at| (1..=known.events.len()).contains(&at)) => {
                Ok(Reference::Event(EventRef { entry, number }))
            }
            Some(number) => {
                let many = known.events.len();
                let events = if many == 1 { "one event".to_owned() } else { format!("{many} events") };
                Err(nothing(format!(
                    "there is no event {}: entry {} has {events}",
                    Position { seq: known.seq, number },
                    known.seq
                )))
            }
        }
    }

    /// Holds the rules about what a reference may point to; `kind` and `meeting` are those of the event that refers.
    pub(super) fn check_replaces(
        &self,
        event: EventRef,
        kind: Kind,
        meeting: Option<&str>,
        defines: Option<&str>,
    ) -> Result<(), Problem> {
        let Some(target) = self.event(event) else { return Ok(()) };
        let shown = self.show(Reference::Event(event));
        let refuse = |says: String| Err(Problem::new(says).about(shown.clone()));
        if let Some(defined) = &target.defines
            && (target.kind, Some(defined.as_str())) != (kind, defines)
        {
            return refuse(format!("{shown} says who or what \"{defined}\" is: only a {} of that id replaces it", target.kind));
        }
        if target.kind.is_registry() != kind.is_registry() {
            return refuse(format!(
                "{kind} cannot replace {shown}, which is a {}: what the desk knows replaces only its like",
                target.kind
            ));
        }
        match (&target.meeting, meeting) {
            (Some(old), Some(new)) if old.as_str() != new => {
                refuse(format!("{shown} is about {old}: an event of {new} replaces only events of {new}"))
            }
            (Some(old), None) => refuse(format!("{shown} is about the meeting {old}: only an event of that meeting replaces it")),
            (None, Some(new)) => refuse(format!("{shown} is a {}: an event of {new} replaces only events of {new}", target.kind)),
            _ => Ok(()),
        }
    }

    /// Holds the rule that a cancellation of travel names travel or planned presence.
    pub(super) fn check_cancels(&self, reference: Reference) -> Result<(), Problem> {
        let shown = self.show(reference);
        let Reference::Event(event) = reference else {
            return Err(Problem::new(format!("{shown} is a whole entry: travel_cancelled names events"))
                .about(shown.clone())
                .hint(format!("name the journey itself, such as {shown}.1")));
        };
        match self.event(event).map(|target| target.kind) {
            Some(Kind::Travel | Kind::Presence) | None => Ok(()),
            Some(kind) => Err(Problem::new(format!("{shown} is a {kind}: only travel and planned presence can be called off"))
                .about(shown.clone())
                .hint("a meeting is called off with: cancel MEETING")),
        }
    }

    /// What a retraction really takes back. What the desk knows and others name cannot be taken back by itself; with a whole entry, it is
    /// left standing.
    pub(super) fn retracted(&self, reference: Reference, all: &[Reference]) -> Result<Vec<Reference>, Problem> {
        let Some(entry) = self.entries.get(&reference.entry()) else { return Ok(vec![reference]) };
        match reference {
            Reference::Event(event) => {
                let Some((kind, id)) = self.event(event).and_then(|event| Some((event.kind, event.defines.as_ref()?))) else {
                    return Ok(vec![reference]);
                };
                let besides: Vec<Position> = all.iter().flat_map(|reference| self.positions(*reference)).collect();
                if self.is_defined_besides(kind, id, &besides) || !self.is_named_besides(kind, id, &besides) {
                    return Ok(vec![reference]);
                }
                let shown = self.show(reference);
                Err(Problem::new(format!("{shown} says who or what \"{id}\" is, and other events still name it"))
                    .about(shown)
                    .hint(format!("say it anew instead ({kind} {id} …), or retract those first")))
            }
            Reference::Entry(id) => {
                let kept = |event: &super::known::KnownEvent| {
                    event.defines.as_ref().is_some_and(|id| self.is_named_elsewhere(event.kind, id, entry.seq))
                };
                if !entry.events.iter().any(kept) {
                    return Ok(vec![reference]);
                }
                let numbered = (1..).zip(&entry.events).filter(|(_, event)| !kept(event));
                Ok(numbered.map(|(number, _)| Reference::Event(EventRef { entry: id, number })).collect())
            }
        }
    }

    fn positions(&self, reference: Reference) -> Vec<Position> {
        let Some(entry) = self.entries.get(&reference.entry()) else { return Vec::new() };
        match reference {
            Reference::Event(event) => vec![Position { seq: entry.seq, number: event.number }],
            Reference::Entry(_) => (1..).zip(&entry.events).map(|(number, _)| Position { seq: entry.seq, number }).collect(),
        }
    }
}
