//! The clone as the other checks see it: its sources, without what was built or installed.

use std::path::{Path, PathBuf};

/// Names of what holds nothing written here, wherever it stands.
const NOT_OURS: [&str; 8] = [".git", "target", "node_modules", "out", "dist", "dist-browser", "gen", "test-results"];

/// The clone's root.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Text of a file, by its path from the root.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|refusal| panic!("{path}: {refusal}"))
}

/// Every file below `folder`, as paths from the root with `/`, in order.
pub fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    let from = |path: PathBuf| {
        let below = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        below.trim_start_matches("./").to_owned()
    };
    let mut names: Vec<String> = found.into_iter().map(from).collect();
    names.sort();
    names
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap_or_else(|refusal| panic!("{}: {refusal}", folder.display())) {
        let entry = entry.unwrap();
        let name = entry.file_name();
        // A link may lead out of the clone, or to a device that is gone.
        let kind = entry.file_type().unwrap();
        if NOT_OURS.iter().any(|skipped| name == *skipped) {
            continue;
        } else if kind.is_dir() {
            walk(&entry.path(), found);
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
}

/// Whether a file is text that people write, by its ending.
pub fn is_source(path: &str) -> bool {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or("");
    ["rs", "ts", "vue", "mjs", "css", "sql", "sh", "html"].contains(&ending)
}
