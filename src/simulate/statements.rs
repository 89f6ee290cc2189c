//! What officials say.

use chrono::NaiveDate;

use super::meetings::Meetings;
use super::recent::{Recent, Report};
use super::scene::{Draft, Scene, Timing};
use super::words::{KEYS, TOPICS, VOICES};
use crate::event::{Event, Statement, What};
use crate::time::When;

/// A statement.
pub(super) fn statement(scene: &mut Scene, meetings: &Meetings, recent: &mut Recent) -> Draft {
    let late = scene.dice.chance(12).then(|| -i64::from(scene.dice.between(1, 10)));
    let day = scene.day(late.unwrap_or(0));
    let event = said(scene, meetings, day);
    let mut events = vec![event];
    if scene.dice.chance(4) {
        // A press conference: one entry, two who speak.
        events.push(said(scene, meetings, day));
    }
    recent.note(scene, Report::Statement);
    let timing = if late.is_some() { Timing::Late(day) } else { Timing::Usual };
    Draft { timing, may_wait: true, ..Draft::of(events, "") }
}

fn said(scene: &mut Scene, meetings: &Meetings, day: NaiveDate) -> Event {
    let number = scene.dice.index(scene.people.all.len());
    let country = scene.people.all[number].country;
    let named = scene.dice.chance(85);
    let speaker = if named { scene.official(number).to_string() } else { scene.dice.word(VOICES).to_owned() };
    let on_behalf_of = (!named || scene.dice.chance(12)).then(|| scene.party(country));
    let (first, second) = (scene.dice.index(TOPICS.len()), scene.dice.index(TOPICS.len()));
    let mut topics = vec![KEYS[first].to_owned()];
    if second != first && scene.dice.chance(60) {
        topics.push(KEYS[second].to_owned());
    }
    let is_brief = scene.dice.chance(65);
    let text = scene.speech(first, (!is_brief).then_some(second));
    let place = (named && scene.dice.chance(15)).then(|| scene.place(scene.base(number)));
    let when = scene.dice.chance(45).then_some(When::day(day));
    let language = scene.dice.chance(8).then(|| scene.dice.word(&["en", "fr", "ar", "es", "ru"]).to_owned());
    let about = about(scene, meetings);
    let mut event =
        scene.tell(What::Statement(Statement { speaker, text, on_behalf_of, about, topics, when, place, language }), &[]);
    // Who said it is the speaker.
    event.telling.said_by = None;
    event
}

/// What it is about: a meeting that is to come, an official, a party or a place.
fn about(scene: &mut Scene, meetings: &Meetings) -> Vec<String> {
    let mut about: Vec<String> = Vec::new();
    match scene.dice.below(10) {
        0 | 1 => about.extend(meetings.some(&mut scene.dice).map(ToString::to_string)),
        2 | 3 => {
            let official = scene.dice.index(scene.people.all.len());
            about.push(scene.official(official).to_string());
        }
        4 | 5 => {
            let country = scene.dice.index(scene.atlas.countries.len());
            about.push(scene.party(country).to_string());
        }
        6 => {
            let place = scene.dice.index(scene.atlas.places.len());
            about.push(scene.place(place).to_string());
        }
        _ => {}
    }
    about
}
