//! Folders in which a test's stations work and print.
//!
//! `npm test` names one place for all of them and keeps what they hold until every test has run: then it looks through
//! all of it for full citizen numbers (`scripts/outputs.mjs`). Without that place a folder goes with its test.

use std::path::PathBuf;

use tempfile::{Builder, TempDir};

/// Names the place that is kept.
const KEPT: &str = "YOUDAI_OUTPUTS";

/// A new empty folder for one test.
///
/// # Panics
/// When it cannot be made: no test can go on without it.
pub fn folder() -> TempDir {
    let kept = std::env::var_os(KEPT).map(PathBuf::from);
    let place = kept.clone().unwrap_or_else(std::env::temp_dir);
    Builder::new()
        .prefix("journey-")
        .disable_cleanup(kept.is_some())
        .tempdir_in(&place)
        .unwrap_or_else(|error| panic!("a folder for a test in {}: {error}", place.display()))
}
