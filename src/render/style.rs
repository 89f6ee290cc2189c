//! The colours: one for each standing and status, and a few for the parts of a page.

use anstyle::{AnsiColor, Style};

use super::text::{GLUE, Text};
use crate::query::{Standing, Status};

/// Nothing special.
pub const PLAIN: Style = Style::new();
/// Names and titles.
pub const STRONG: Style = Style::new().bold();
/// What only supports.
pub const FAINT: Style = Style::new().dimmed();
/// What somebody should look at.
pub const ALARM: Style = colour(AnsiColor::Red).bold();
/// A yes.
pub const YES: Style = colour(AnsiColor::Green);
/// A no.
pub const NO: Style = colour(AnsiColor::Red);
/// Open.
pub const OPEN: Style = colour(AnsiColor::Yellow);
/// What no longer counts.
pub const STRUCK: Style = Style::new().dimmed().strikethrough();

const fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(anstyle::Color::Ansi(colour)))
}

/// The colour of a standing.
pub fn of_standing(standing: Standing) -> Style {
    match standing {
        Standing::Observed => colour(AnsiColor::Green).bold(),
        Standing::Confirmed => colour(AnsiColor::Green),
        Standing::Planned => colour(AnsiColor::Cyan),
        Standing::Uncertain => colour(AnsiColor::Yellow),
        Standing::Presumed => FAINT,
    }
}

/// The word for a standing, in its colour.
pub fn standing(standing: Standing) -> Text {
    Text::styled(of_standing(standing), standing.name())
}

/// The colour of a status.
pub fn of_status(status: Status) -> Style {
    match status {
        Status::Held => colour(AnsiColor::Green).bold(),
        Status::Confirmed => colour(AnsiColor::Green),
        Status::Scheduled => colour(AnsiColor::Cyan),
        Status::Proposed | Status::Postponed => colour(AnsiColor::Yellow),
        Status::AtRisk | Status::Cancelled => colour(AnsiColor::Red),
        Status::Lapsed => colour(AnsiColor::Magenta),
    }
}

/// The words for a status, in its colour.
pub fn status(status: Status) -> Text {
    Text::styled(of_status(status), &status_words(status).replace(' ', &GLUE.to_string()))
}

/// The words for a status.
pub fn status_words(status: Status) -> &'static str {
    match status {
        Status::AtRisk => "at risk",
        Status::Held
        | Status::Cancelled
        | Status::Postponed
        | Status::Lapsed
        | Status::Confirmed
        | Status::Scheduled
        | Status::Proposed => status.name(),
    }
}
