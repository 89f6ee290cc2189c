//! Meetings as people name them, and what a first report leaves unsaid: level and title.

use super::{Known, Problem};
use crate::event::wire::{WireEvent, WireParticipant};
use crate::event::{Kind, MeetingId, OfficialId, Rank, check_id};
use crate::names;
use crate::projection::Match;

/// The meeting that a text means; a kind that introduces meetings may name a new one by its id.
pub(super) fn find(known: &Known, text: &str, kind: Option<Kind>) -> Result<MeetingId, Problem> {
    let introduces = kind.is_some_and(Kind::introduces_meeting);
    if let Ok(id) = text.parse::<MeetingId>()
        && (introduces || known.meetings.get(&id).is_some_and(|meeting| meeting.introduced))
    {
        return Ok(id);
    }
    match known.find_meeting(text) {
        Match::One(id) => Ok(id),
        Match::Several(ids) => {
            let list: Vec<&str> = ids.iter().map(MeetingId::as_str).collect();
            Err(Problem::new(format!("\"{text}\" fits several meetings: {}", list.join(", ")))
                .about(text)
                .hint("name one by its id"))
        }
        Match::None if introduces => {
            let slug = names::slug(text).unwrap_or_else(|| "new-meeting".to_owned());
            let says = text.parse::<MeetingId>().map_or_else(|error| error.to_string(), |id| id.to_string());
            Err(Problem::new(says).about(text).hint(format!("a new meeting is named {slug}")))
        }
        Match::None => Err(unknown(known, text)),
    }
}

fn unknown(known: &Known, text: &str) -> Problem {
    let close = names::nearest(text, known.meeting_names(), 3);
    let problem = Problem::new(format!("no meeting is called \"{text}\"")).about(text);
    if !close.is_empty() {
        return problem.hint(format!("close to {}", close.join(", ")));
    }
    let id = names::slug(text).filter(|id| check_id(id)).unwrap_or_else(|| "new-meeting".to_owned());
    problem.hint(format!("a new one is introduced by: propose {id} …, confirm {id} … or held {id} …"))
}

/// Another meeting that a new id was perhaps meant to be.
pub(super) fn close_to(known: &Known, id: &MeetingId) -> Option<String> {
    let others = known.meeting_names().filter(|name| *name != id.as_str());
    names::nearest(id.as_str(), others, 1).first().map(|name| (*name).to_owned())
}

/// What a first report leaves unsaid: the level from the ranks of the principals, the title from their names.
pub(super) fn complete(known: &Known, wire: &mut WireEvent) {
    let principals: Vec<OfficialId> = principals(wire.participants.as_deref().unwrap_or_default());
    let ranks: Vec<Option<Rank>> =
        principals.iter().map(|id| known.registry.officials.get(id).and_then(|record| record.rank)).collect();
    let all = |wanted: &[Rank]| ranks.len() >= 2 && ranks.iter().all(|rank| rank.is_some_and(|rank| wanted.contains(&rank)));
    if wire.level.is_none() {
        let level = if all(&[Rank::HeadOfState, Rank::HeadOfGovernment]) {
            "summit"
        } else if all(&[Rank::HeadOfState, Rank::HeadOfGovernment, Rank::ForeignMinister, Rank::Minister]) {
            "ministerial"
        } else {
            "talks"
        };
        wire.level = Some(level.to_owned());
    }
    if wire.title.is_none() && (2..=3).contains(&principals.len()) {
        let surname = |id: &OfficialId| {
            let name = known.registry.official_name(id);
            name.split(' ').next_back().unwrap_or(name).to_owned()
        };
        let surnames: Vec<String> = principals.iter().map(surname).collect();
        let what = if wire.level.as_deref() == Some("call") { "call" } else { "meeting" };
        wire.title = Some(format!("{} {what}", surnames.join("–")));
    }
}

fn principals(participants: &[WireParticipant]) -> Vec<OfficialId> {
    let leading = |seat: &&WireParticipant| seat.role.as_deref().is_none_or(|role| role == "principal");
    participants.iter().filter(leading).filter_map(|seat| seat.official.as_ref()?.parse().ok()).collect()
}
