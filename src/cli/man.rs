//! `daybook man`.

use std::path::PathBuf;

use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man;

use super::failure::Failure;
use super::output::Output;
use crate::intake::Problem;

/// Print the manual page, or write the pages of all verbs into a directory
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  daybook man | man -l -\n  daybook man ~/.local/share/man/man1")]
pub struct Arguments {
    /// Where daybook.1, daybook-log.1, daybook-log-travel.1 and so on are written; it is made if it is not there
    dir: Option<PathBuf>,
}

/// A page: the name of its file, and its text.
struct Page {
    name: String,
    roff: String,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let failed = |what: &str, error: std::io::Error| {
        Failure::refused("failed", Problem::new(format!("{what} cannot be written: {error}")))
    };
    // The page of `help` would say what every page says.
    let mut command = super::Arguments::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    collect(&command, &mut pages).map_err(|error| failed("the pages", error))?;
    let Some(dir) = &arguments.dir else {
        output.print(pages.first().map_or("", |page| &page.roff));
        return Ok(());
    };
    let path = output.world.path(dir);
    std::fs::create_dir_all(&path).map_err(|error| failed(&dir.display().to_string(), error))?;
    for page in &pages {
        std::fs::write(path.join(&page.name), &page.roff)
            .map_err(|error| failed(&dir.join(&page.name).display().to_string(), error))?;
    }
    output.print(&format!("{} pages written to {}\n", pages.len(), dir.display()));
    Ok(())
}

/// The page of a command, then those of its verbs.
fn collect(command: &Command, pages: &mut Vec<Page>) -> std::io::Result<()> {
    let man = Man::new(in_order(command.clone()));
    let mut roff = Vec::new();
    man.render(&mut roff)?;
    pages.push(Page { name: man.get_filename(), roff: finish(command, &String::from_utf8_lossy(&roff)) });
    command.get_subcommands().filter(|verb| !verb.is_hide_set()).try_for_each(|verb| collect(verb, pages))
}

/// The arguments as they are written down: those of every verb count from zero, and would stand among a verb's own.
fn in_order(command: Command) -> Command {
    let mut place = 0;
    command.mut_args(|argument| {
        place += 1;
        argument.display_order(place)
    })
}

/// The page as manual pages are: a title with no date (the program reads no clock for it), and examples line by line.
fn finish(command: &Command, roff: &str) -> String {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    let title = format!(".TH {} 1 \"\" \"daybook {}\" \"daybook\"", name.to_uppercase(), env!("CARGO_PKG_VERSION"));
    let lines = roff.lines().take_while(|line| !matches!(*line, ".SH EXTRA" | ".SH VERSION"));
    let lines = lines.map(|line| if line.starts_with(".TH ") { title.as_str() } else { line.trim_end() });
    let mut page: String = lines.map(|line| format!("{line}\n")).collect();
    if let Some(after) = command.get_after_help().map(ToString::to_string) {
        let heading = if after.starts_with("Example") { "EXAMPLES" } else { "NOTES" };
        let after = after.strip_prefix("Examples:\n").or_else(|| after.strip_prefix("Example: ")).unwrap_or(&after);
        page.push_str(&format!(".SH {heading}\n.nf\n"));
        page.extend(after.lines().map(|line| format!("{}\n", literal(line))));
        page.push_str(".fi\n");
    }
    page
}

/// A line that roff prints as it is.
fn literal(line: &str) -> String {
    let line = line.replace('\\', "\\e").replace('-', "\\-");
    if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line }
}
