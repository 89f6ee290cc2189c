//! Real shells read the scripts that `completions` prints, and complete with them. Where one is not installed the test says so;
//! `.ci/run` installs them where it may.

use std::path::Path;
use std::process::Command;

use crate::desk::Desk;

/// What a shell says to a script, with the program on its path; none if the shell is not installed.
fn run(shell: &str, script: &str, desk: &Desk) -> Option<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_daybook")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(program.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    let flags: &[&str] = if shell == "zsh" { &["-f", "-c"] } else { &["-c"] };
    let command = Command::new(shell)
        .args(flags)
        .arg(script)
        .env("PATH", path.unwrap())
        .env("HOME", desk.path(""))
        .env_remove("DAYBOOK_LOG")
        .current_dir(desk.path(""))
        .output();
    let Ok(said) = command else {
        eprintln!("not tried: {shell} is not installed");
        return None;
    };
    assert!(said.stderr.is_empty(), "{shell}: {}", String::from_utf8_lossy(&said.stderr));
    Some(String::from_utf8(said.stdout).unwrap())
}

#[test]
fn bash_completes() {
    let script = r#"
        source <(daybook completions bash)
        try() {
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_TYPE=9; COMPREPLY=()
            _clap_complete_daybook daybook "${@: -1}" "${@: -2:1}" 2> /dev/null
            echo "${COMPREPLY[@]}"
        }
        complete -p daybook | grep -c _clap_complete_daybook
        try daybook where r
        try daybook meeting riy
        try daybook log confirm x --principals rubio,w
        try daybook --log nowhere where r
        try daybook retract 6.
    "#;
    if let Some(said) = run("bash", script, &Desk::shipped()) {
        assert_eq!(said, "1\nrubio\nriyadh-talks\nrubio,waltz rubio,witkoff\n\n6.1 6.2 6.3\n");
    }
}

#[test]
fn fish_completes() {
    let script = "daybook completions fish | source
        complete -C 'daybook where r'
        complete -C 'daybook log travel rubio --to wars'
        complete -C 'daybook --log nowhere where r'
        complete -C 'daybook sum'";
    if let Some(said) = run("fish", script, &Desk::shipped()) {
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines[..2], ["rubio\tMarco Rubio", "warsaw\tWarsaw, Poland"]);
        assert_eq!(
            *lines.last().unwrap(),
            "summits\tMeetings that are pending: who, where, when, who confirmed and who is silent"
        );
    }
}

/// zsh completes only at a terminal, so the function is called as zsh would, with what it hands to its menu in place of the menu.
#[test]
fn zsh_completes() {
    let script = r#"
        compdef() { echo "$@" }
        _describe() { print -l -- "${(@P)3}" }
        source <(daybook completions zsh)
        try() { words=("$@"); CURRENT=$#; _clap_dynamic_completer_daybook }
        try daybook where r
        try daybook meeting riy
        try daybook --log nowhere where r
        try daybook retract 6.
    "#;
    if let Some(said) = run("zsh", script, &Desk::shipped()) {
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines[0], "_clap_dynamic_completer_daybook daybook");
        assert_eq!(lines[1..3], ["rubio:Marco Rubio", "riyadh-talks:US–Russia talks"]);
        assert!(lines[3].starts_with("6.1:"), "{said}");
    }
}

#[test]
fn no_page_has_an_error_and_mandoc_finds_nothing_of_ours() {
    let desk = Desk::shipped();
    desk.ask("man pages");
    let Some(said) = run("sh", "command -v mandoc > /dev/null && mandoc -Tlint pages/*.1; true", &desk) else { return };
    // A page without a date is meant; a long line, and an empty paragraph between the values of an argument, are the generator's.
    let known = ["missing date", "input text line longer than 80 bytes", "skipping paragraph macro: br"];
    let others: Vec<&str> = said.lines().filter(|line| !known.iter().any(|known| line.contains(known))).collect();
    assert!(others.is_empty(), "{}", others.join("\n"));
}
