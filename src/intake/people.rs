//! Officials and parties as people name them.

use super::add::Additions;
use super::{Known, Problem};
use crate::event::{By, OfficialId, PartyId};
use crate::geo;
use crate::names;
use crate::projection::Match;

/// The official that a text means. With `create`, one that nobody knows is added by the name given.
pub(super) fn official(known: &mut Known, additions: &mut Additions, text: &str, create: bool) -> Result<OfficialId, Problem> {
    if let Some(id) = find_official(known, text)? {
        return Ok(id);
    }
    if !create {
        return Err(unknown_official(known, text));
    }
    if look_alike(known, text).is_some() {
        return Err(unknown_official(known, text));
    }
    let id = names::slug(text).ok_or_else(|| Problem::new(format!("\"{text}\" gives no id")).about(text))?;
    if let Some(taken) = id.parse::<OfficialId>().ok().filter(|id| known.registry.officials.contains_key(id)) {
        let says = format!("\"{text}\" is not known, and its id would be that of {}", describe(known, &taken));
        return Err(Problem::new(says).about(text).hint(format!("name {taken}, or add the other under an id of its own first")));
    }
    additions.official(&mut known.registry, &id, text).map_err(|error| Problem::new(error.to_string()).about(text))?;
    id.parse().map_err(|error: crate::event::IdError| Problem::new(error.to_string()))
}

/// The official that a text fits; `None` when it fits nobody.
pub(super) fn find_official(known: &Known, text: &str) -> Result<Option<OfficialId>, Problem> {
    match known.registry.find_official(text) {
        Match::One(id) => Ok(Some(id)),
        Match::None => Ok(None),
        Match::Several(ids) => {
            let list: Vec<String> = ids.iter().map(|id| describe(known, id)).collect();
            let says = format!("\"{text}\" fits several officials: {}", list.join(", "));
            Err(Problem::new(says).about(text).hint("name one of them by the id"))
        }
    }
}

/// The refusal of a name that fits nobody, with the nearest ones and the line that adds one.
fn unknown_official(known: &Known, text: &str) -> Problem {
    let problem = nobody(known, text);
    if text.parse::<crate::time::When>().is_ok() || look_alike(known, text).is_some() {
        return problem;
    }
    let id = names::slug(text).unwrap_or_else(|| "new-official".to_owned());
    problem.hint(format!("a new one is added by the line: official {id} \"Full Name\" --party XX"))
}

/// A name that fits nobody, with the nearest ones: for questions, which add nobody.
pub(super) fn nobody(known: &Known, text: &str) -> Problem {
    let says = format!("no official is called \"{text}\"");
    if text.parse::<crate::time::When>().is_ok() {
        return Problem::new(says).about(text).hint("a date goes with --on, --when or --depart");
    }
    if let Some(twin) = look_alike(known, text) {
        return Problem::new(says).about(text).hint(format!("it looks like {twin}, but is spelt with other letters"));
    }
    let all = known.registry.officials.iter().flat_map(|(id, record)| [id.as_str(), record.name.as_str()]);
    let mut close: Vec<OfficialId> = Vec::new();
    for name in names::nearest(text, all.chain(surnames(known)), 9) {
        if let Match::One(id) = known.registry.find_official(name)
            && !close.contains(&id)
            && close.len() < 3
        {
            close.push(id);
        }
    }
    let problem = Problem::new(says).about(text);
    if close.is_empty() {
        return problem;
    }
    let list: Vec<String> = close.iter().map(|id| describe(known, id)).collect();
    problem.hint(format!("close to {}", list.join(", ")))
}

fn surnames(known: &Known) -> impl Iterator<Item = &str> {
    known.registry.officials.values().filter_map(|record| record.name.split(' ').next_back())
}

/// The official whose name a text imitates with letters of another script.
fn look_alike(known: &Known, text: &str) -> Option<String> {
    if !text.split(' ').any(names::mixed_script) {
        return None;
    }
    match known.registry.find_official(&names::skeleton(text)) {
        Match::One(id) => Some(describe(known, &id)),
        Match::Several(_) | Match::None => None,
    }
}

fn describe(known: &Known, id: &OfficialId) -> String {
    let party = known.registry.party_of(id).map(|party| format!(", {}", known.registry.party_name(party))).unwrap_or_default();
    format!("{id} ({}{party})", known.registry.official_name(id))
}

/// The party that a text means, with the voice where a voice was named. A country is added as a party; an official speaks for theirs.
pub(super) fn party(known: &mut Known, additions: &mut Additions, text: &str) -> Result<By, Problem> {
    if let Ok(id) = text.parse::<PartyId>()
        && known.registry.parties.contains_key(&id)
    {
        return Ok(By { party: id, voice: None });
    }
    if let Some(id) = whole(known, text) {
        let named = known.registry.parties.get(&id).is_some_and(|record| names::key(&record.name) == names::key(text));
        let country = geo::country(text).is_some();
        return Ok(By { party: id, voice: (!named && !country).then(|| text.to_owned()) });
    }
    if let Some(country) = geo::country(text) {
        additions.party(&mut known.registry, &country);
        return by(&country.code.to_lowercase(), None);
    }
    if let Some(country) = geo::voice(text) {
        additions.party(&mut known.registry, &country);
        return by(&country.code.to_lowercase(), Some(text));
    }
    match known.registry.find_party(text) {
        Match::One(id) => return Ok(By { party: id, voice: Some(text.to_owned()) }),
        Match::Several(ids) => return Err(several_parties(text, &ids)),
        Match::None => {}
    }
    if let Match::One(official) = known.registry.find_official(text)
        && let Some(party) = known.registry.party_of(&official)
    {
        return Ok(By { party: party.clone(), voice: Some(known.registry.official_name(&official).to_owned()) });
    }
    Err(unknown_party(known, text))
}

/// The party one of whose whole names or voices a text is.
fn whole(known: &Known, text: &str) -> Option<PartyId> {
    let key = names::key(text);
    let mut fits = known.registry.parties.iter().filter(|(id, record)| {
        std::iter::once(&record.name).chain(&record.aliases).any(|name| names::key(name) == key)
            || id.as_str() == names::fold(text)
    });
    let (id, _) = fits.next()?;
    fits.next().is_none().then(|| id.clone())
}

fn by(id: &str, voice: Option<&str>) -> Result<By, Problem> {
    let party = id.parse().map_err(|error: crate::event::IdError| Problem::new(error.to_string()))?;
    Ok(By { party, voice: voice.map(str::to_owned) })
}

/// The party of a question: the same names, and nothing is added.
pub(super) fn find_party(known: &Known, text: &str) -> Result<PartyId, Problem> {
    let country =
        geo::country(text).or_else(|| geo::voice(text)).and_then(|country| country.code.to_lowercase().parse::<PartyId>().ok());
    match (known.registry.find_party(text), country) {
        (Match::One(id), _) | (Match::None, Some(id)) => Ok(id),
        (Match::Several(ids), _) => Err(several_parties(text, &ids)),
        (Match::None, None) => Err(no_party(known, text)),
    }
}

fn several_parties(text: &str, ids: &[PartyId]) -> Problem {
    let list: Vec<&str> = ids.iter().map(PartyId::as_str).collect();
    Problem::new(format!("\"{text}\" fits several parties: {}", list.join(", "))).about(text).hint("name one by its id")
}

fn unknown_party(known: &Known, text: &str) -> Problem {
    let id = names::slug(text).unwrap_or_else(|| "new-party".to_owned());
    no_party(known, text)
        .hint(format!("a voice of a country is added by the line: party us --voice \"{text}\""))
        .hint(format!("a new party by: party {id} \"{text}\""))
}

/// A name that no party bears, with the nearest ones.
fn no_party(known: &Known, text: &str) -> Problem {
    let all = known.registry.parties.values().flat_map(|record| std::iter::once(&record.name).chain(&record.aliases));
    let close = names::nearest(text, all.map(String::as_str), 3);
    let problem = Problem::new(format!("no party and no voice of one is called \"{text}\"")).about(text);
    if close.is_empty() { problem } else { problem.hint(format!("close to {}", close.join(", "))) }
}
