//! `daybook repair`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::failure::Failure;
use super::output::Output;
use super::seal;
use crate::log::{Aside, Log, Repaired};
use crate::render::{self, FoundBy, Repair, SetAside};

/// Mend a damaged log: what the hash chain proves stays or is put back, all else is set aside in a named file
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook repair --from /media/stick/events --dry-run\n\n\
                        Line ends that an editor converted, lines that were doubled, sorted or merged are put right. Nothing is \
                        deleted: what is no part of the log is in events/.aside/ afterwards.")]
pub struct Arguments {
    /// A backup or another copy of this log, whose lines fill in what is missing or wrong
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// A seal, or a file of seals, below which nothing is cut
    #[arg(long, value_name = "FILE|TEXT")]
    seal: Vec<String>,
    /// Say what would be done; change nothing
    #[arg(long)]
    dry_run: bool,
    /// Wait at most this long for a writer, in seconds; 0 refuses at once [default: as long as it takes]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    wait: Option<u64>,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let seals = seal::named(&arguments.seal, output)?;
    let from = arguments.from.as_ref().map(|from| output.world.path(from));
    let (log, card) = Log::open_for_repair(output.dir(), from.as_deref(), arguments.dry_run)?;
    let wait = arguments.wait.map(Duration::from_secs);
    let repaired = log.repair(from.as_deref(), &seals, arguments.dry_run, wait, &mut |waiting| output.say_waiting(&waiting))?;
    let repair = Repair {
        dry_run: arguments.dry_run,
        card: card.as_deref().map(plain),
        import: import(arguments, &repaired, output),
        found: repaired.found,
        entries: repaired.entries,
        aside: repaired.aside.iter().map(set_aside).collect(),
        anew: repaired.anew.iter().map(|path| plain(path)).collect(),
        missing: repaired.missing,
        readable: repaired.readable,
        poisoned: repaired.poisoned,
    };
    output.print(&if output.json { render::repair_json(&repair) } else { render::repair_text(&repair) });
    Ok(())
}

fn plain(path: &Path) -> String {
    path.display().to_string()
}

fn set_aside(one: &Aside) -> SetAside {
    SetAside { from: plain(&one.from), offset: one.offset, length: one.length, to: one.to.as_deref().map(plain) }
}

/// The commands that add what is left over, as they are to be typed.
fn import(arguments: &Arguments, repaired: &Repaired, output: &Output<'_, '_>) -> Vec<String> {
    let quoted = |path: &Path| {
        let path = plain(path);
        shlex::try_quote(&path).map_or_else(|_| render::visible(&path).into_owned(), std::borrow::Cow::into_owned)
    };
    let log = match output.found_by {
        FoundBy::Flag => format!(" --log {}", quoted(output.dir())),
        FoundBy::Variable | FoundBy::Default => String::new(),
    };
    let aside = repaired.aside.iter().filter_map(|one| one.to.as_deref());
    let from = arguments.from.as_deref().into_iter().chain(aside);
    from.map(|from| format!("daybook{log} import --from {} --keep-going", quoted(from))).collect()
}
