use super::desk::{Desk, late, on, slipping};
