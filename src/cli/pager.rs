//! A long answer on a terminal is read in a pager, as git has it: quitting early is no error, and without a pager it is printed.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::World;

/// What `less` is told where nobody set `LESS`: end if all fits on the screen, let colours through, leave the text on the screen.
const LESS: &str = "FRX";

/// The pager and its arguments: `$DAYBOOK_PAGER`, else `$PAGER`, else `less`. None if it is empty or `cat`.
pub fn chosen(world: &World<'_>) -> Option<Vec<String>> {
    let named = (world.variable)("DAYBOOK_PAGER").or_else(|| (world.variable)("PAGER"));
    let words = named.unwrap_or_else(|| OsString::from("less")).into_string().ok().and_then(|words| shlex::split(&words))?;
    words.first().is_some_and(|program| program != "cat").then_some(words)
}

/// Whether a text is for a pager: somebody is at a terminal, and it has more lines than fit above the next prompt.
pub fn wants(world: &World<'_>, text: &str) -> bool {
    world.interactive && text.lines().count() >= world.rows
}

/// Shows a text in a pager and waits until it is quit; false if none could be started.
pub fn show(pager: &[String], world: &World<'_>, text: &str) -> bool {
    let Some((program, arguments)) = pager.split_first() else { return false };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped());
    command.env("LESS", (world.variable)("LESS").unwrap_or_else(|| OsString::from(LESS)));
    if let Some(directory) = &world.directory {
        command.current_dir(directory);
    }
    let Ok(mut child) = command.spawn() else { return false };
    // Ctrl-C is the pager's while it runs: were it to end this process, two would read from the terminal. Where it cannot be caught,
    // the pager runs all the same.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::new(AtomicBool::new(false)));
    feed(&mut child, text);
    // How the pager ended says nothing about the answer.
    let _ = child.wait();
    true
}

/// Writes the text to the pager and closes its input.
fn feed(child: &mut Child, text: &str) {
    if let Some(mut input) = child.stdin.take() {
        // A pager that was quit early takes no more.
        let _ = input.write_all(text.as_bytes());
    }
}
