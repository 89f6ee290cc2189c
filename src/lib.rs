//! daybook: an event-sourced scheduling and itinerary tracker for officials' diplomacy.
//!
//! ```text
//!  words typed ─▶ intake ─▶ event ─▶ log ─▶ projection ─▶ query ─▶ render ─▶ bytes
//!   flags, words     names and    one line   what counts   answers    terminal,
//!   files, JSON      dates        an entry,  under three   as plain   JSON,
//!                    resolved     chained    clocks        values     calendars
//!                                    └────────── book ────────┘
//! ```
//!
//! | room | is | may use |
//! |---|---|---|
//! | [`time`] | partial dates (EDTF), exact times, zones, "this Tuesday" | – |
//! | [`names`] | how names are compared: folding, transliteration, ids | – |
//! | [`geo`] | the gazetteer, countries, great circles | names |
//! | [`event`] | the vocabulary, and one line of the log | time, names |
//! | [`log`] | where entries are kept: append, read, lock, chain, verify | event, time |
//! | [`projection`] | entries to claims; registry, meetings, whereabouts | event, time, names |
//! | [`query`] | questions, answered as plain values | projection, event, time, geo, names |
//! | [`ical`] | the iCalendar grammar | time, names |
//! | [`intake`] | what people type or send, to an entry or a refusal | projection, event, time, geo, names, ical |
//! | [`render`] | values to bytes | query, intake (its refusals and echoes), ical, event, time, names |
//! | [`book`] | the open daybook: log and claims together | log, projection, query, event, time, names |
//! | [`simulate`] | a made-up world from a seed, for measuring | event, time |
//! | [`cli`] | one file per verb | all |
//!
//! What is absent, and a test says so:
//!
//! - `projection` has no clock, no files and no order: feeding it entries in any order gives the same claims.
//! - Nothing but `log` opens a file under `events/`, and no reader writes anything there but the index, which anybody may delete.
//! - No answer is computed in `render`; text for people is made there and in error types, but for answers that are sentences themselves
//!   (findings, descriptions in calendars).
//! - `cli` holds no rule: what it refuses, a library caller is refused too.
//! - Only `main.rs` reads the clock, draws at random, or looks at the environment.

pub mod time;

pub mod names;

pub mod geo;

pub mod event;

pub mod log;

pub mod projection;

pub mod query;

pub mod ical;

pub mod intake;

pub mod render;

pub mod book;

pub mod simulate;

pub mod cli;
