//! The rules of ARCHITECTURE.md and CONTRIBUTING.md that a machine can check, read from `cargo metadata` and the sources.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read is a failed check, also below a test function")]

#[path = "tidy/faults.rs"]
mod faults;
#[path = "tidy/files.rs"]
mod files;
#[path = "tidy/floors.rs"]
mod floors;
#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/requirements.rs"]
mod requirements;
#[path = "tidy/shell.rs"]
mod shell;
#[path = "tidy/steps.rs"]
mod steps;
#[path = "tidy/tree.rs"]
mod tree;
