//! The built programs: where they are, and how a test starts one.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The clone's root.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().map_or_else(|| tests.to_path_buf(), Path::to_path_buf)
}

/// A command for a built program: `youdai`, `hardware-sim`, `browser-host` or `counter`, run in the clone's root.
///
/// # Panics
/// When the program was not built. `cargo test` builds only the programs of the crate under test, so `npm test` builds
/// the workspace first.
pub fn command(name: &str) -> Command {
    let path = folder().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.is_file(), "{} is not there: run `cargo build --workspace --locked` first", path.display());
    let mut command = Command::new(path);
    command.current_dir(root());
    command
}

/// Folder of the programs: `YOUDAI_BIN_DIR`, else the one of this program, or the one above it for a test.
pub fn folder() -> PathBuf {
    let beside = || {
        let this = std::env::current_exe().expect("a running program knows its own file");
        let folder = this.parent().unwrap_or(Path::new(""));
        let above = folder.ends_with("deps").then(|| folder.parent()).flatten();
        above.unwrap_or(folder).to_path_buf()
    };
    std::env::var_os("YOUDAI_BIN_DIR").map_or_else(beside, PathBuf::from)
}
