//! The tests of the whole program: transcripts, stories, laws, and the walls of the house.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test ends where an expectation is not met"
)]

mod answers;
mod bad_input;
mod branches;
mod corpus;
mod desk;
mod dice;
mod foreign;
mod golden;
mod history;
mod indexed;
mod judges;
mod large;
mod laws;
mod lives;
mod panel;
mod processes;
mod program;
#[cfg(unix)]
mod real_disks;
mod schema;
mod shells;
mod shipped;
mod simulate;
mod stories;
mod tidy;
mod transcripts;
