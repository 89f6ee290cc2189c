//! The door: clock, randomness, environment and arguments, handed to the command line.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use daybook::cli::{World, run};

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn main() -> ExitCode {
    let terminal = std::io::stdout().is_terminal();
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let size = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let mut dice = || {
        let mut bytes = [0; 16];
        // Without randomness ids would still differ by their time, and a salt only hides words from guessing.
        let _ = getrandom::fill(&mut bytes);
        bytes
    };
    let mut world = World {
        now: chrono::Utc::now(),
        dice: &mut dice,
        log: std::env::var_os("DAYBOOK_LOG").filter(|log| !log.is_empty()).map(Into::into),
        directory: None,
        input: &mut std::io::stdin().lock(),
        out: &mut std::io::stdout().lock(),
        err: &mut std::io::stderr(),
        width: columns.or(if terminal { size } else { None }).unwrap_or(100),
        colour: terminal && !plain,
        error_colour: std::io::stderr().is_terminal() && !plain,
    };
    ExitCode::from(run(std::env::args_os(), &mut world))
}
