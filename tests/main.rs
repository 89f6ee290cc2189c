//! The tests of the whole program: transcripts, stories, laws, and the walls of the house.

mod answers;
mod desk;
mod golden;
mod judges;
mod laws;
mod shipped;
mod stories;
mod tidy;
mod transcripts;
