//! What a run reads and writes: the log that was named, the page, and the way answers and errors go out.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::failure::Failure;
use super::{World, pager};
use crate::book::{Book, OpenBook};
use crate::intake::Problem;
use crate::log::{LogError, Seal, Torn, Waiting};
use crate::query::{Clocks, Reported, Withheld};
use crate::render::{self, FoundBy, Page};
use crate::time::{Direction, Spoken, When, Zone, read_words};

/// From how many bytes on indexing is watched: about what takes a second.
const LONG_BYTES: u64 = 128 << 20;

/// A run's surroundings, settled.
pub struct Output<'o, 'w> {
    /// The world.
    pub world: &'o mut World<'w>,
    /// Whether the answer is JSON.
    pub json: bool,
    /// What names the directory of the log.
    pub found_by: FoundBy,
    dir: PathBuf,
    zone: Option<Zone>,
    paged: bool,
    lost: Option<std::io::Error>,
    /// The entries under embargo of the log that was opened.
    withheld: Option<Withheld>,
}

impl<'o, 'w> Output<'o, 'w> {
    /// Before the arguments are known.
    pub fn new(world: &'o mut World<'w>, json: bool) -> Self {
        Self {
            world,
            json,
            found_by: FoundBy::Default,
            dir: PathBuf::from("events"),
            zone: None,
            paged: true,
            lost: None,
            withheld: None,
        }
    }

    /// Takes in the arguments that every verb has.
    pub fn settle(&mut self, log: Option<PathBuf>, tz: Option<&str>, no_pager: bool) -> Result<(), Failure> {
        self.paged = !no_pager;
        let (found_by, named) = find_log(log, self.world);
        self.found_by = found_by;
        self.dir = self.world.path(&named);
        self.zone = tz.map(str::parse).transpose()?;
        Ok(())
    }

    /// The directory of the log.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The page that answers are written on.
    pub fn page(&self) -> Page {
        Page { width: self.world.width, rows: self.world.rows, colour: self.world.colour, zone: self.zone }
    }

    /// Opens the log; a torn tail is said on stderr.
    pub fn open(&mut self) -> Result<Book, Failure> {
        Ok(self.read()?)
    }

    /// Opens the log for a question about something, which finds what it needs by the index.
    /// With `DAYBOOK_NO_INDEX` set it reads all of it, for the same answer.
    pub fn open_part(&mut self) -> Result<Book, Failure> {
        if self.world.named("DAYBOOK_NO_INDEX").is_some() {
            return self.open();
        }
        let dir = self.dir.clone();
        let now = self.world.now;
        let book = Book::open_part(&dir, now, &mut |done, all| self.say_indexed(done, all))?;
        self.say_torn(book.torn());
        self.say_behind(book.behind(), book.claims().last_seq());
        self.withheld = Some(Withheld::of(book.claims(), now));
        Ok(book)
    }

    /// Opens the log by its index without a word about its state, as those do who only try.
    pub fn quiet_part(&mut self) -> Result<Book, LogError> {
        if self.world.named("DAYBOOK_NO_INDEX").is_some() {
            return Book::open(&self.dir);
        }
        Book::open_part(&self.dir, self.world.now, &mut |_, _| {})
    }

    /// The same, for those who tell of a log that cannot be read themselves.
    pub fn read(&mut self) -> Result<Book, LogError> {
        let book = Book::open(&self.dir)?;
        self.say_torn(book.torn());
        self.say_behind(book.behind(), book.claims().last_seq());
        self.withheld = Some(Withheld::of(book.claims(), self.world.now));
        Ok(book)
    }

    /// Opens the log for writing, waiting for other writers for at most some seconds; what was mended is said on stderr.
    pub fn lock(&mut self, wait: Option<u64>) -> Result<OpenBook, Failure> {
        let dir = self.dir.clone();
        let open = OpenBook::lock(&dir, wait.map(Duration::from_secs), &mut |waiting| self.say_waiting(&waiting))?;
        if let Some(mended) = open.mended() {
            self.say(&format!("note: {mended}"));
        }
        self.say_behind(open.behind(), open.claims().last_seq());
        Ok(open)
    }

    /// The same to write an entry that touches little of the log.
    pub fn lock_part(&mut self, wait: Option<u64>) -> Result<OpenBook, Failure> {
        if self.world.named("DAYBOOK_NO_INDEX").is_some() {
            return self.lock(wait);
        }
        let (dir, now) = (self.dir.clone(), self.world.now);
        let waited = wait.map(Duration::from_secs);
        let open = OpenBook::lock_part(&dir, now, waited, &mut |waiting| self.say_waiting(&waiting))?;
        if let Some(mended) = open.mended() {
            self.say(&format!("note: {mended}"));
        }
        self.say_behind(open.behind(), open.claims().last_seq());
        Ok(open)
    }

    /// Says that somebody else is writing.
    pub fn say_waiting(&mut self, waiting: &Waiting) {
        self.say(&format!("waiting for another writer of {}", render::visible(&waiting.dir.display().to_string())));
    }

    /// Says that the log is not what it was on this machine.
    fn say_behind(&mut self, behind: Option<&Seal>, last: u64) {
        let Some(Seal { seq, .. }) = behind else { return };
        let what =
            if *seq > last { format!("this log ends with entry {last}") } else { format!("entry {seq} is another one here") };
        let says =
            format!("note: entry {seq} was acknowledged on this machine, but {what}: an older copy, another branch, or cut off");
        self.say(&format!("{says}; a copy that has it: `daybook import --from DIR`"));
    }

    /// Says how much of the log was indexed, on a line of its own that is gone in the end, if that takes long enough to be watched.
    fn say_indexed(&mut self, done: u64, all: u64) {
        if self.world.watched && all >= LONG_BYTES {
            let percent = (done * 100).checked_div(all).unwrap_or(100);
            let line = if done < all { format!("indexing the log: {percent} %") } else { String::new() };
            // Whoever closed the stream does not want to see it.
            let _ = write!(self.world.err, "\r{line:<30}\r").and_then(|()| self.world.err.flush());
        }
    }

    /// Says that a writer died while it wrote.
    pub fn say_torn(&mut self, torn: Option<&Torn>) {
        if let Some(torn) = torn {
            let file = torn.file.display();
            self.say(&if torn.whole {
                format!(
                    "note: the last line of {file} lacks only its newline; the next append gives it one, and then it counts again"
                )
            } else {
                format!("note: {file} ends with {} bytes of an unfinished line; the next append sets them aside", torn.length)
            });
        }
    }

    /// Lines on stderr, beside the answer.
    pub fn say(&mut self, lines: &str) {
        for line in lines.lines() {
            // Whoever closed the stream does not want to hear it.
            let _ = writeln!(self.world.err, "{}", render::visible(line));
        }
    }

    /// Prints text. A reader that went away (`| head`) is no failure; a full disk behind the stream is.
    pub fn print(&mut self, text: &str) {
        let written = self.world.out.write_all(text.as_bytes()).and_then(|()| self.world.out.flush());
        self.lost = self.lost.take().or(written.err().filter(|error| error.kind() != std::io::ErrorKind::BrokenPipe));
    }

    /// The failure of a stream that took not all of the answer.
    pub fn lost(&mut self) -> Option<Failure> {
        let error = self.lost.take()?;
        Some(Failure::refused("failed", Problem::new(format!("the answer could not be written: {error}"))))
    }

    /// Prints an answer: as JSON, or as text for people.
    pub fn answer<B: Serialize>(&mut self, answer: &Answer<'_, B>, text: impl FnOnce(&Page) -> String) -> Result<(), Failure> {
        let text = if self.json {
            render::document(
                answer.query,
                answer.seq,
                &answer.clocks,
                answer.findings,
                &self.embargoed(&answer.clocks),
                answer.body,
            )
            .map_err(|error| Failure::refused("failed", Problem::new(format!("the answer cannot be written as JSON: {error}"))))?
        } else {
            text(&self.page())
        };
        self.show(&text);
        Ok(())
    }

    /// The entries under embargo that some clocks let be seen: whatever rests on them must not leave the desk.
    pub fn embargoed(&self, clocks: &Clocks) -> Vec<(u64, DateTime<Utc>)> {
        self.withheld.as_ref().map(|withheld| withheld.seen(clocks.scope())).unwrap_or_default()
    }

    /// From here on what is printed is what may leave the desk: nothing rests on entries under embargo, and they are not named either.
    pub fn release(&mut self) {
        self.withheld = None;
    }

    /// Prints an answer, in a pager if somebody is there to read one and it does not fit the screen.
    pub fn show(&mut self, text: &str) {
        let pager = pager::chosen(self.world).filter(|_| self.paged && !self.json && pager::wants(self.world, text));
        if !pager.is_some_and(|pager| pager::show(&pager, self.world, text)) {
            self.print(text);
        }
    }

    /// Says what is wrong, and returns the exit code.
    pub fn fail(&mut self, failure: &Failure) -> u8 {
        let text = if self.json {
            render::error_json(failure.kind, &failure.problems, failure.harm.as_deref())
        } else {
            render::error_text(&failure.problems, self.world.error_colour)
        };
        let _ = self.world.err.write_all(text.as_bytes());
        failure.code
    }
}

/// The directory of the log, as it was named.
pub fn find_log(flag: Option<PathBuf>, world: &World<'_>) -> (FoundBy, PathBuf) {
    match (flag, world.named("DAYBOOK_LOG")) {
        (Some(flag), _) => (FoundBy::Flag, flag),
        (None, Some(variable)) => (FoundBy::Variable, PathBuf::from(variable)),
        (None, None) => (FoundBy::Default, PathBuf::from("events")),
    }
}

/// An answer, with the head that every JSON document bears.
pub struct Answer<'a, B> {
    /// The verb.
    pub query: &'static str,
    /// The last entry of the log.
    pub seq: u64,
    /// The clocks.
    pub clocks: Clocks,
    /// What looks odd.
    pub findings: &'a [Reported<'a>],
    /// The rest.
    pub body: &'a B,
}

/// Reads a day of a question, in any words that name one day; of two such days the nearer one is meant.
pub fn read_day(text: &str, today: NaiveDate, zone: Zone) -> Result<NaiveDate, Failure> {
    let days = read_spans(text, today, zone)?.into_iter().filter(|(first, last)| first == last).map(|(day, _)| day);
    days.min_by_key(|day| (*day - today).num_days().abs()).ok_or_else(|| no_day(text))
}

/// Reads what bounds the days of a question, in any words that have a first and a last day: a day, a month, a year, "last week"; of two
/// such times the nearer one is meant.
pub fn read_days(text: &str, today: NaiveDate, zone: Zone) -> Result<(NaiveDate, NaiveDate), Failure> {
    let spans = read_spans(text, today, zone)?.into_iter();
    spans.min_by_key(|(first, _)| (*first - today).num_days().abs()).ok_or_else(|| {
        let problem = Problem::new(format!("\"{text}\" is not one day, month or year"));
        Failure::wrong_usage(problem.hint("write 2025-02-18, 2025-02, 2025, yesterday, \"last week\""))
    })
}

/// From which to which day a text can mean, read backwards and forwards from today.
fn read_spans(text: &str, today: NaiveDate, zone: Zone) -> Result<Vec<(NaiveDate, NaiveDate)>, Failure> {
    let mut found = Vec::new();
    for direction in [Direction::Back, Direction::Forward] {
        if let Spoken::When(when) = read_words(text, today, direction, Some(zone))? {
            let span = when.span(zone);
            found.extend(span.from.zip(span.to));
        }
    }
    Ok(found)
}

/// Reads a moment up to which something was known, in any words: an hour, or a day, of which the end is meant. Of two such days that of
/// the past is meant, for nobody knew anything in the future.
pub fn read_moment(text: &str, today: NaiveDate, zone: Zone) -> Result<DateTime<Utc>, Failure> {
    let Spoken::When(when) = read_words(text, today, Direction::Back, Some(zone))? else { return Err(no_day(text)) };
    match when.exact_start() {
        Some(at) => Ok(at.instant()),
        None => one_day(when, zone).map(|day| zone.end_of_day(day)).ok_or_else(|| no_day(text)),
    }
}

fn one_day(when: When, zone: Zone) -> Option<NaiveDate> {
    let span = when.span(zone);
    span.from.filter(|from| span.to == Some(*from))
}

fn no_day(text: &str) -> Failure {
    let problem = Problem::new(format!("\"{text}\" is not one day"));
    Failure::wrong_usage(problem.hint("write 2025-02-18, today, yesterday, \"last Sunday\""))
}
