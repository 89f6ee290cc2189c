//! The door: clock, randomness, environment and arguments, handed to the command line.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use daybook::cli::{World, run};

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn main() -> ExitCode {
    let terminal = std::io::stdout().is_terminal();
    let size = terminal_size::terminal_size().map(|(width, height)| (usize::from(width.0), usize::from(height.0)));
    let size = size.filter(|_| terminal);
    let variable = |name: &str| std::env::var_os(name);
    let plain = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
    let columns = variable("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok());
    let mut dice = || {
        let mut bytes = [0; 16];
        // Without randomness ids would still differ by their time, and a salt only hides words from guessing.
        let _ = getrandom::fill(&mut bytes);
        bytes
    };
    let mut world = World {
        now: chrono::Utc::now(),
        dice: &mut dice,
        variable: &variable,
        directory: None,
        input: &mut std::io::stdin().lock(),
        out: &mut std::io::stdout().lock(),
        err: &mut std::io::stderr(),
        width: columns.or(size.map(|(width, _)| width)).unwrap_or(100),
        rows: size.map_or(40, |(_, rows)| rows),
        interactive: terminal && std::io::stdin().is_terminal(),
        colour: terminal && !plain,
        error_colour: std::io::stderr().is_terminal() && !plain,
        watched: std::io::stderr().is_terminal(),
    };
    ExitCode::from(run(std::env::args_os(), &mut world))
}
