//! Power failures, kills and failing disks, at every step; and the proof that these tests would notice a step left out.
//!
//! `DAYBOOK_IMAGES` sets how many images are looked at in all, `DAYBOOK_SEED` which; `-- --nocapture` prints the counts.

use std::io::ErrorKind;

use super::super::mutant::Mutant;
use super::explore::{Counted, failures_in_recovery, faults, kills, lies, power_failures};
use super::simulated::Fault;

fn from_environment(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |value| value.parse().unwrap())
}

fn seed() -> u64 {
    from_environment("DAYBOOK_SEED", 0)
}

/// How many images are looked at, of each half.
fn budget() -> u64 {
    from_environment("DAYBOOK_IMAGES", 150_000) / 3
}

fn say(what: &str, Counted { points, images }: Counted) {
    eprintln!("{what}: {points} points, {images} images");
}

/// Explores as many images of every point as there is a budget for.
#[track_caller]
fn explored(what: &str, explore: fn(Option<Mutant>, u64, u64) -> Result<Counted, String>) -> Counted {
    let points = explore(None, 0, 0).unwrap().points;
    let counted = explore(None, budget() / points + 1, seed()).unwrap();
    say(what, counted);
    assert!(counted.images >= budget());
    counted
}

#[test]
fn a_power_failure_at_any_step_loses_nothing_that_was_acknowledged() {
    explored("power failures", power_failures);
}

#[test]
fn a_process_that_is_killed_anywhere_leaves_a_log_on_which_the_next_can_build() {
    explored("kills, then power failures", kills);
}

#[test]
fn a_power_failure_during_recovery_loses_nothing_either() {
    let counted = explored("power failures in recovery", failures_in_recovery);
    assert!(counted.points >= 800);
}

#[test]
fn whatever_fails_there_is_no_false_yes_and_no_false_no() {
    let errors = [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::Other].map(Fault::Fails);
    let mut points = 0;
    let fills = Fault::FailsAndFills(ErrorKind::Other);
    for fault in errors.into_iter().chain([fills, Fault::Short, Fault::Full]) {
        let counted = faults(None, fault, 4, seed()).unwrap();
        say(&format!("{fault:?}"), counted);
        points += counted.points;
    }
    assert!(points >= 300);
}

#[test]
fn a_disk_that_lies_is_noticed_or_loses_the_end_but_never_shows_what_nobody_wrote() {
    let (counted, noticed) = lies(20, seed()).unwrap();
    say("lying syncs", counted);
    assert!(noticed > 0, "some of what was lost had been marked as acknowledged");
}

/// Each of the explorations above, in short.
fn explore(mutant: Mutant) -> Result<(), String> {
    let shape = Some(mutant);
    power_failures(shape, 30, 1)?;
    kills(shape, 3, 1)?;
    faults(shape, Fault::Fails(ErrorKind::Other), 4, 1)?;
    super::damaged::flips(shape)?;
    Ok(())
}

#[test]
fn a_log_that_leaves_out_a_step_is_caught() {
    for mutant in [
        Mutant::AcknowledgesWithoutSync,
        Mutant::TakesNothingOver,
        Mutant::TriesASyncAgain,
        Mutant::CutsAtTheFirstBadLine,
        Mutant::ChecksNoChain,
    ] {
        let caught = explore(mutant).expect_err(&format!("{mutant:?} was not noticed"));
        eprintln!("{mutant:?}: {caught}");
    }
}
