//! A row as an entry: what the map says, filled with the cells.

use std::collections::BTreeMap;

use serde_json::{Map as Object, Value, json};

use super::atlas::{Atlas, Spot};
use super::cells::Cells;
use super::map::{EventMap, LISTS, Map, Says};
use super::template::Template;
use crate::event::Kind;
use crate::event::wire::{WireEvent, WireNewEntry, WireSource};
use crate::intake::{Known, Problem};
use crate::names;

/// What a row says, with names and dates as they are typed.
#[derive(Debug)]
pub(super) struct Filled {
    pub entry: WireNewEntry,
    /// The places that it is about, to be learnt if it is admitted.
    pub spots: Vec<Spot>,
}

/// The source of a row, with its key; the key alone is what the row is known by.
pub(super) fn source(map: &Map, cells: &Cells<'_>) -> Result<WireSource, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut text = |field: &str| {
        let templates = map.source.get(field)?;
        match first(templates, cells) {
            Ok(texts) if texts.len() > 1 => {
                problems.push(Problem::new(format!("source.{field} would be several: {}", texts.join(", "))));
                None
            }
            Ok(texts) => texts.into_iter().next(),
            Err(says) => {
                problems.push(Problem::new(says));
                None
            }
        }
    };
    let source = WireSource {
        outlet: text("outlet"),
        title: text("title"),
        author: text("author"),
        url: text("url"),
        published: text("published"),
        grade: text("grade"),
        archive: None,
        record: text("record"),
    };
    for (field, value) in [("outlet", &source.outlet), ("record", &source.record)] {
        if value.is_none() && problems.is_empty() {
            problems.push(Problem::new(format!("its source.{field} is empty")).hint("each row has a key of its own"));
        }
    }
    if problems.is_empty() { Ok(source) } else { Err(problems) }
}

/// The events of a row.
pub(super) fn events(map: &Map, cells: &Cells<'_>, known: &Known, atlas: &mut Atlas<'_>) -> Result<Filled, Vec<Problem>> {
    let mut filled = Filled { entry: WireNewEntry::default(), spots: Vec::new() };
    let mut problems = Vec::new();
    for event in map.events.iter().filter(|event| is_wanted(event, cells)) {
        match repeated(event, cells, known, atlas) {
            Ok((events, spots)) => {
                filled.entry.events.extend(events);
                filled.spots.extend(spots);
            }
            Err(problem) => problems.push(problem),
        }
    }
    for spot in &filled.spots {
        // A place of the gazetteer is told by its id, so that the door need not look for it among the names that the log knows.
        let by_id = || WireEvent { kind: "place".to_owned(), place: Some(spot.place.to_string()), ..WireEvent::default() };
        let is_known = known.registry.places.contains_key(&spot.place);
        let place = spot.new.clone().or_else(|| (!is_known).then(by_id));
        filled.entry.events.extend(place.filter(|place| !filled.entry.events.contains(place)));
    }
    mean_declared(&mut filled.entry.events);
    if filled.entry.events.is_empty() && problems.is_empty() {
        problems.push(Problem::new("no event of the map is about this row").hint("`only_if` says which rows an event is about"));
    }
    if problems.is_empty() { Ok(filled) } else { Err(problems) }
}

/// Whom the row says who they are, its other events mean by the same words.
fn mean_declared(events: &mut [WireEvent]) {
    let declared: Vec<String> =
        events.iter().filter(|event| event.kind == "official").filter_map(|event| event.official.clone()).collect();
    let people = events.iter_mut().flat_map(|event| {
        let seats = event.participants.iter_mut().flatten().filter_map(|seat| seat.official.as_mut());
        event.officials.iter_mut().flatten().chain(seats)
    });
    for text in people {
        if let Some(id) = names::slug(text).filter(|id| declared.contains(id)) {
            *text = id;
        }
    }
}

fn is_wanted(event: &EventMap, cells: &Cells<'_>) -> bool {
    event.only_if.iter().all(|(column, wanted)| {
        let values = cells.values(column);
        if wanted.is_empty() { !values.is_empty() } else { values.iter().any(|value| wanted.contains(value)) }
    })
}

/// An event once for each value of a field that takes one and got several; where two fields did, the first goes with the first.
fn repeated(
    event: &EventMap,
    cells: &Cells<'_>,
    known: &Known,
    atlas: &mut Atlas<'_>,
) -> Result<(Vec<WireEvent>, Vec<Spot>), Problem> {
    let (mut same, mut each, mut spots) = (Object::new(), Vec::<(&str, Vec<Value>)>::new(), Vec::new());
    let mut said: BTreeMap<&str, Vec<Option<String>>> = BTreeMap::new();
    same.insert("kind".to_owned(), json!(event.kind.name()));
    for (field, says) in &event.fields {
        let field = field.as_str();
        let values: Vec<Value> = match says {
            Says::Words(templates) if LISTS.contains(&field) => {
                let list = listed(field, &all(templates, cells)?, known);
                if !list.is_empty() {
                    same.insert(field.to_owned(), Value::Array(list));
                }
                continue;
            }
            Says::Words(templates) => {
                first(templates, cells).map_err(Problem::new)?.into_iter().map(|text| typed(event.kind, field, text)).collect()
            }
            Says::Place { name, country } => {
                let found = places(name, country, cells, known, atlas)?;
                said.insert(field, found.iter().map(|spot| spot.said.clone()).collect());
                let ids = found.iter().map(|spot| json!(spot.place)).collect();
                spots.extend(found);
                ids
            }
        };
        match <[Value; 1]>::try_from(values) {
            Ok([only]) => {
                same.insert(field.to_owned(), only);
            }
            Err(values) if values.is_empty() => {}
            Err(values) => each.push((field, values)),
        }
    }
    let count = each.first().map_or(1, |(_, values)| values.len());
    if let [(one, _), .., (other, others)] = each.as_slice()
        && each.iter().any(|(_, values)| values.len() != count)
    {
        let says = format!("{one} would be {count} values, and {other} {}: they go together one by one", others.len());
        return Err(Problem::new(says));
    }
    let one = |at: usize| -> Result<WireEvent, Problem> {
        let mut fields = same.clone();
        for (field, values) in &each {
            fields.extend(values.get(at).map(|value| ((*field).to_owned(), value.clone())));
        }
        let words: Object<String, Value> = said
            .iter()
            .filter(|(field, _)| ["place", "from", "to"].contains(*field) && event.kind != Kind::Place)
            .filter_map(|(field, words)| Some(((*field).to_owned(), json!(words.get(at).or(words.first())?.as_ref()?))))
            .collect();
        if !words.is_empty() {
            fields.insert("said".to_owned(), Value::Object(words));
        }
        serde_json::from_value(Value::Object(fields)).map_err(|error| Problem::new(error.to_string()))
    };
    Ok(((0..count).map(one).collect::<Result<_, _>>()?, spots))
}

/// What the first template says that says anything.
fn first(templates: &[Template], cells: &Cells<'_>) -> Result<Vec<String>, String> {
    for template in templates {
        let texts = template.fill(cells)?;
        if !texts.is_empty() {
            return Ok(texts);
        }
    }
    Ok(Vec::new())
}

/// What all templates say together.
fn all(templates: &[Template], cells: &Cells<'_>) -> Result<Vec<String>, Problem> {
    let each = templates.iter().map(|template| template.fill(cells));
    Ok(each.collect::<Result<Vec<_>, _>>().map_err(Problem::new)?.concat())
}

/// The values of a list, as its field has them. Officials that a row names as it names their id are meant by that id.
fn listed(field: &str, texts: &[String], known: &Known) -> Vec<Value> {
    let official = |text: &String| {
        let id = names::slug(text).filter(|id| id.parse().is_ok_and(|id| known.registry.officials.contains_key(&id)));
        id.unwrap_or_else(|| text.clone())
    };
    match field {
        "participants" => texts.iter().map(|text| json!({"official": official(text)})).collect(),
        "officials" => texts.iter().map(|text| json!(official(text))).collect(),
        _ => texts.iter().map(|text| json!(text)).collect(),
    }
}

/// A text as its field has it: a number, yes or no, an id that is made of a name.
fn typed(kind: Kind, field: &str, text: String) -> Value {
    let defines = matches!(
        (kind, field),
        (Kind::Official, "official") | (Kind::Party, "party") | (Kind::Place, "place") | (Kind::Trip, "trip")
    ) || field == "meeting";
    match field {
        "lat" | "lon" => text.trim().parse::<f64>().map_or(json!(text), |number| json!(number)),
        "place_doubtful" => text.trim().parse::<bool>().map_or(json!(text), |yes| json!(yes)),
        _ if defines => json!(names::slug(&text).unwrap_or(text)),
        _ => json!(text),
    }
}

/// The places of a field that names them within a country.
fn places(
    name: &[Template],
    country: &[Template],
    cells: &Cells<'_>,
    known: &Known,
    atlas: &mut Atlas<'_>,
) -> Result<Vec<Spot>, Problem> {
    let parts = first(name, cells).map_err(Problem::new)?;
    let countries = first(country, cells).map_err(Problem::new)?;
    let [country] = countries.as_slice() else {
        let says = if countries.is_empty() { "no country is named" } else { "several countries are named" };
        return Err(Problem::new(format!("{says}: a place lies in one")));
    };
    let found = atlas.find(known, &parts, country)?;
    Ok(found.into_iter().map(|spot| spot.unless_known(known)).collect())
}
