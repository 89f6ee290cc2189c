use super::desk::{Desk, on};
