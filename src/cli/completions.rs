//! `daybook completions`.

use clap::Args;
use clap_complete::env::Shells;

use super::complete::VARIABLE;
use super::failure::Failure;
use super::output::Output;
use crate::intake::Problem;

/// Print a script that makes a shell complete verbs, flags, and the names and references of the log
///
/// The script asks the program again at every key, so it is to be read anew at every start of the shell, as shown below: a copy kept in a
/// file may not fit the next version. `daybook` must be found by the shell.
#[derive(Debug, Args)]
#[command(after_help = "Where to put it:
  bash        source <(daybook completions bash)     in ~/.bashrc
  zsh         source <(daybook completions zsh)      in ~/.zshrc, after compinit
  fish        daybook completions fish | source      in ~/.config/fish/config.fish
  elvish      eval (daybook completions elvish | slurp)     in ~/.config/elvish/rc.elv
  powershell  daybook completions powershell | Out-String | Invoke-Expression     in $PROFILE

Example: daybook completions bash")]
pub struct Arguments {
    /// The shell
    #[arg(value_parser = ["bash", "zsh", "fish", "powershell", "elvish"])]
    shell: String,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let failed = |why: String| Failure::refused("failed", Problem::new(format!("the script cannot be written: {why}")));
    let shells = Shells::builtins();
    let shell = shells.completer(&arguments.shell).ok_or_else(|| failed("there is no such shell".to_owned()))?;
    let mut script = Vec::new();
    shell
        .write_registration(VARIABLE, "daybook", "daybook", "daybook", &mut script)
        .map_err(|error| failed(error.to_string()))?;
    let script = String::from_utf8(script).map_err(|error| failed(error.to_string()))?;
    // Some begin with an empty line, some end without a line break.
    output.print(&format!("{}\n", script.trim()));
    Ok(())
}
