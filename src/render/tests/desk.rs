//! A desk with a small log: entries as JSON lines, questions under clocks, answers as pages.

use chrono::NaiveDate;

use crate::event::parse_line;
use crate::projection::{AsOf, CARRY_DAYS, Claims, Scope};
use crate::query::{
    Asked, ChartOptions, Names, SummitsFilter, chart, encounters, explain_event, explain_meeting, explain_official, itinerary,
    meeting, stats, summits, where_is, who,
};
use crate::render::{
    Heading, Page, chart_text, encounters_text, everybody_text, explain_text, itinerary_text, meeting_text, stats_table,
    stats_text, summits_text, where_text, who_text,
};
use crate::time::{Zone, parse_day};

/// A log in memory.
pub struct Desk {
    lines: Vec<String>,
}

/// A question's ground: the day, the clocks, the page.
#[derive(Clone, Copy)]
pub struct Ask {
    pub on: NaiveDate,
    pub public_by: Option<NaiveDate>,
    pub as_of: Option<u64>,
    pub page: Page,
}

/// A page of `width` columns without colour, on a day.
pub fn on(text: &str, width: usize) -> Ask {
    let on = parse_day(text).unwrap();
    Ask { on, public_by: None, as_of: None, page: Page { width, rows: 40, colour: false, zone: None } }
}

impl Ask {
    /// The same, as public by the end of the day.
    pub fn public(self) -> Self {
        Self { public_by: Some(self.on), ..self }
    }

    /// The same, as public by the end of another day.
    pub fn public_by(self, by: &str) -> Self {
        Self { public_by: Some(parse_day(by).unwrap()), ..self }
    }
}

impl Desk {
    /// An empty log.
    pub fn empty() -> Self {
        Self { lines: Vec::new() }
    }

    /// The same log with one more entry: the source and the events as JSON.
    pub fn logged(mut self, source: &str, events: &str) -> Self {
        let seq = self.lines.len() + 1;
        let minute = seq % 60;
        self.lines.push(format!(
            r#"{{"v":1,"seq":{seq},"id":"00000000-0000-4000-8000-{seq:012}","recorded":"2025-03-10T08:{minute:02}:00.000Z","source":{source},"events":{events},"salt":"0000000000000000","chain":"{:064}"}}"#,
            0
        ));
        self
    }

    /// The article of 17 February 2025, and people and places that it needs.
    pub fn riyadh() -> Self {
        let people = [
            ("rubio", "Marco Rubio", "Secretary of State", "us", "foreign_minister"),
            ("waltz", "Mike Waltz", "National Security Advisor", "us", "adviser"),
            ("witkoff", "Steve Witkoff", "Middle East envoy", "us", "envoy"),
            ("trump", "Donald Trump", "President", "us", "head_of_state"),
            ("lavrov", "Sergei Lavrov", "Foreign Minister", "ru", "foreign_minister"),
            ("ushakov", "Yuri Ushakov", "diplomatic adviser", "ru", "adviser"),
            ("putin", "Vladimir Putin", "President", "ru", "head_of_state"),
            ("zelensky", "Volodymyr Zelensky", "President", "ua", "head_of_state"),
            ("netanyahu", "Benjamin Netanyahu", "Prime Minister", "il", "head_of_government"),
            ("macron", "Emmanuel Macron", "President", "fr", "head_of_state"),
            ("meloni", "Giorgia Meloni", "Prime Minister", "it", "head_of_government"),
        ];
        let mut registry: Vec<String> = people
            .iter()
            .map(|(id, name, title, party, rank)| {
                format!(r#"{{"kind":"official","official":"{id}","name":"{name}","title":"{title}","party":"{party}","rank":"{rank}"}}"#)
            })
            .collect();
        registry.extend(
            [("us", "United States"), ("ru", "Russia"), ("ua", "Ukraine"), ("il", "Israel")]
                .map(|(id, name)| format!(r#"{{"kind":"party","party":"{id}","name":"{name}"}}"#)),
        );
        registry.extend(
            [
                ("sa", "Saudi Arabia", "SA", 24.0, 45.0, "Asia/Riyadh"),
                ("jerusalem", "Jerusalem", "IL", 31.77, 35.22, "Asia/Jerusalem"),
                ("moscow", "Moscow", "RU", 55.75, 37.62, "Europe/Moscow"),
                ("abu-dhabi", "Abu Dhabi", "AE", 24.45, 54.38, "Asia/Dubai"),
            ]
            .map(|(id, name, country, lat, lon, zone)| {
                format!(
                    r#"{{"kind":"place","place":"{id}","name":"{name}","country":"{country}","lat":{lat},"lon":{lon},"zone":"{zone}"}}"#
                )
            }),
        );
        registry.push(
            r#"{"kind":"place","place":"riyadh","name":"Riyadh","country":"SA","lat":24.71,"lon":46.68,"zone":"Asia/Riyadh","within":"sa"}"#
                .to_owned(),
        );
        registry.push(r#"{"kind":"trip","trip":"middle-east","title":"Rubio's Middle East tour"}"#.to_owned());
        Self::empty()
            .logged(r#"{"published":"2025-02-10"}"#, &format!("[{}]", registry.join(",")))
            .logged(
                r#"{"author":"Alejandro Baños","published":"2025-02-17","grade":"B2","url":"https://example.org/riyadh"}"#,
                r#"[{"kind":"presence","officials":["rubio"],"place":"riyadh","when":"2025-02-17","trip":"middle-east","quote":"already in the Saudi capital"},
{"kind":"travel","officials":["lavrov","ushakov"],"from":"moscow","to":"riyadh","depart":"2025-02-17","said":{"depart":"today"},"said_by":"Dmitry Peskov","quote":"Lavrov and Yuri Ushakov will fly to Riyadh today"},
{"kind":"meeting_confirmed","meeting":"riyadh-talks","title":"US–Russia talks","level":"talks","when":"2025-02-18","said":{"when":"this Tuesday"},"place":"riyadh","by":[{"party":"us","voice":"White House"},{"party":"ru","voice":"Kremlin"}],"agenda":"the end of the conflict in Ukraine, bilateral relations","participants":[{"official":"rubio","role":"principal"},{"official":"lavrov","role":"principal"},{"official":"waltz","role":"delegation"},{"official":"witkoff","role":"delegation"},{"official":"ushakov","role":"delegation"},{"official":"trump","role":"principal","attendance":"uncertain"},{"official":"putin","role":"principal","attendance":"uncertain"}]},
{"kind":"meeting_proposed","meeting":"trump-putin","title":"Trump–Putin meeting","level":"summit","place":"sa","place_doubtful":true,"said":{"when":"very soon"},"quote":"There's no date set, but it could be very soon","by":[{"party":"us"}],"participants":[{"official":"trump","role":"principal"},{"official":"putin","role":"principal"}]},
{"kind":"travel","officials":["zelensky"],"to":"riyadh","depart":"2025-02-19","said_by":"a spokesman","via":"AFP"},
{"kind":"meeting_held","meeting":"rubio-netanyahu","title":"Rubio–Netanyahu meeting","level":"talks","when":"2025-02-16","place":"jerusalem","trip":"middle-east","participants":[{"official":"rubio"},{"official":"netanyahu","role":"host"}]}]"#
                    .replace('\n', "")
                    .as_str(),
            )
    }

    /// The article, and a second report that puts Rubio elsewhere for the same days.
    pub fn contradicted() -> Self {
        Self::riyadh().logged(
            r#"{"outlet":"Gulf Gazette","published":"2025-02-18"}"#,
            r#"[{"kind":"presence","officials":["rubio"],"place":"abu-dhabi","when":"2025-02-17/2025-02-18","said_by":"an aide"}]"#,
        )
    }

    /// The article, and the Historian's record of the same trip.
    pub fn riyadh_and_after() -> Self {
        Self::riyadh().logged(
            r#"{"outlet":"Office of the Historian","title":"Travels of the Secretary","published":"2025-02-26"}"#,
            r#"[{"kind":"presence","officials":["rubio"],"place":"jerusalem","when":"2025-02-15/2025-02-17","trip":"middle-east"},{"kind":"presence","officials":["rubio"],"place":"riyadh","when":"2025-02-17/2025-02-19","trip":"middle-east"},{"kind":"meeting_held","meeting":"riyadh-talks","when":"2025-02-18","outcome":"agreed to appoint teams to end the war"},{"kind":"presence","officials":["rubio"],"place":"abu-dhabi","when":"2025-02-19","trip":"middle-east","quote":"Met with President Mohammed Bin Zayed Al Nahyan"},{"kind":"presence","officials":["rubio"],"place":"jerusalem","when":"2025-02-24"}]"#,
        )
    }

    pub fn put(&self, ask: Ask, answer: impl FnOnce(&Asked<'_>, &Heading<'_>, &Page) -> String) -> String {
        let entries = self.lines.iter().map(|line| parse_line(line.as_bytes()).unwrap());
        let claims = Claims::of(Zone::UTC, entries);
        let scope = Scope { as_of: ask.as_of.map(AsOf::Seq), public_by: ask.public_by.map(|day| Zone::UTC.end_of_day(day)) };
        let asked = Asked::new(&claims, scope, ask.on, CARRY_DAYS);
        let head = Heading {
            on: ask.on,
            today: false,
            public_by: scope.public_by,
            as_of: scope.as_of,
            zone: Zone::UTC,
            now: "2025-03-01T12:00:00Z".parse().unwrap(),
            names: Names::of(&asked),
        };
        answer(&asked, &head, &ask.page)
    }

    pub fn where_is(&self, officials: &[&str], ask: Ask) -> String {
        self.put(ask, |asked, head, page| {
            let answers: Vec<_> = officials.iter().map(|id| where_is(asked, &id.parse().unwrap())).collect();
            where_text(&answers, false, head, page)
        })
    }

    pub fn everybody(&self, ask: Ask) -> String {
        self.put(ask, |asked, head, page| {
            let answers: Vec<_> = asked.registry().officials.keys().map(|id| where_is(asked, id)).collect();
            everybody_text(&answers, head, page)
        })
    }

    pub fn itinerary(&self, official: &str, ask: Ask) -> String {
        self.put(ask, |asked, head, page| itinerary_text(&itinerary(asked, &official.parse().unwrap(), None, None), head, page))
    }

    pub fn chart(&self, ask: Ask) -> String {
        self.put(ask, |asked, head, page| chart_text(&chart(asked, &ChartOptions::default()), head, page))
    }

    pub fn encounters(&self, official: &str, ask: Ask) -> String {
        self.put(ask, |asked, head, page| {
            encounters_text(&encounters(asked, &[official.parse().unwrap()], None, None), false, head, page)
        })
    }

    pub fn stats(&self, official: &str, ask: Ask) -> String {
        self.put(ask, |asked, head, page| {
            let everybody = stats_table(&stats(asked, &[], None, None), false, head, page);
            everybody + &stats_text(&stats(asked, &[official.parse().unwrap()], None, None), false, head, page)
        })
    }

    pub fn who(&self, place: &str, ask: Ask) -> String {
        self.put(ask, |asked, head, page| who_text(&who(asked, &place.parse().unwrap(), None), head, page))
    }

    pub fn summits(&self, ask: Ask) -> String {
        self.put(ask, |asked, head, page| summits_text(&summits(asked, &SummitsFilter::Pending), head, page))
    }

    pub fn meeting(&self, id: &str, ask: Ask) -> String {
        self.put(ask, |asked, head, page| meeting_text(&meeting(asked, &id.parse().unwrap()).unwrap(), head, page))
    }

    pub fn explain_official(&self, id: &str, ask: Ask) -> String {
        self.put(ask, |asked, head, page| explain_text(&explain_official(asked, &id.parse().unwrap()), head, page))
    }

    pub fn explain_meeting(&self, id: &str, ask: Ask) -> String {
        self.put(ask, |asked, head, page| explain_text(&explain_meeting(asked, &id.parse().unwrap()).unwrap(), head, page))
    }

    pub fn explain_entry(&self, seq: u64, ask: Ask) -> String {
        self.put(ask, |asked, head, page| explain_text(&explain_event(asked, seq, None).unwrap(), head, page))
    }
}

/// A meeting that slips twice, with a report that is taken back and another that is replaced.
pub fn slipping() -> Desk {
    Desk::riyadh()
        .logged(r#"{"outlet":"A","published":"2025-03-01"}"#, r#"[{"kind":"meeting_proposed","meeting":"talks","title":"Paris talks","level":"ministerial","when":"2025-03-15","by":[{"party":"us"}],"participants":[{"official":"rubio"},{"official":"lavrov"}]}]"#)
        .logged(r#"{"outlet":"B","published":"2025-03-03"}"#, r#"[{"kind":"meeting_confirmed","meeting":"talks","when":"2025-03-15","by":[{"party":"ru","voice":"Kremlin"}],"said_by":"Dmitry Peskov","via":"AFP"}]"#)
        .logged(r#"{"outlet":"C","published":"2025-03-04"}"#, r#"[{"kind":"meeting_cancelled","meeting":"talks","reason":"no agreement"}]"#)
        .logged(r#"{"outlet":"C","published":"2025-03-05"}"#, r#"[{"kind":"retraction","of":["00000000-0000-4000-8000-000000000005.1"],"reason":"wrong"}]"#)
        .logged(r#"{"outlet":"A","published":"2025-03-06"}"#, r#"[{"kind":"meeting_postponed","meeting":"talks","when":"[2025-03-20..2025-03-24]","by":[{"party":"us"}],"reason":"the Secretary is ill"}]"#)
        .logged(r#"{"outlet":"Agence France-Presse","published":"2025-03-07T12:00:00Z"}"#, r#"[{"kind":"meeting_changed","meeting":"talks","when":"2025-03-26T10:00:00+03:00[Asia/Riyadh]","place":"riyadh"}]"#)
        .logged(r#"{"outlet":"Agence France-Presse","published":"2025-03-08"}"#, r#"[{"kind":"meeting_declined","meeting":"talks","by":[{"party":"ru","voice":"Kremlin"}]}]"#)
}
