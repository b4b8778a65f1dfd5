//! The lowest versions that may be locked, and the pins that hold the build together.

use super::tree;

/// Crate, lowest version, reason.
const CRATES: [(&str, [u64; 3], &str); 6] = [
    ("tauri", [2, 11, 1], "CVE-2026-42184: a foreign site could pass for a local one"),
    ("wry", [0, 57, 0], "built and tried with WebKitGTK 2.50"),
    ("rusqlite", [0, 43, 0], "carries SQLite past the WAL-reset race (3.51.3)"),
    ("openssl-src", [300, 6, 0], "the OpenSSL under SQLCipher, newest 3.x"),
    ("image", [0, 25, 10], "reads pictures from outside"),
    ("serialport", [4, 10, 0], "the link to the reader"),
];

/// Package, exact version, reason.
const NPM_PINS: [(&str, &str, &str); 1] =
    [("@tauri-apps/cli", "2.12.3", "later ones list platform packages that npm ci cannot find")];

/// Package, first major version that does not work, reason.
const NPM_CEILINGS: [(&str, u64, &str); 2] =
    [("typescript", 7, "vue-tsc cannot load the native compiler"), ("vitest", 5, "wants Node 22")];

/// Crates that may not be in the tree at all: each opens the page a way out.
const BANISHED: [&str; 7] = [
    "tauri-plugin-shell",
    "tauri-plugin-fs",
    "tauri-plugin-http",
    "tauri-plugin-opener",
    "tauri-plugin-dialog",
    "tauri-plugin-deep-link",
    "tauri-plugin-updater",
];

fn locked_crates() -> Vec<(String, [u64; 3])> {
    let lock: toml::Table = tree::read("Cargo.lock").parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    packages
        .iter()
        .map(|package| (package["name"].as_str().unwrap().to_owned(), version(package["version"].as_str().unwrap())))
        .collect()
}

/// The three numbers of a version; what follows `-` or `+` does not order here.
fn version(text: &str) -> [u64; 3] {
    let mut numbers = text.split(['-', '+']).next().unwrap().split('.').map(|number| number.parse().unwrap());
    [0; 3].map(|_| numbers.next().unwrap_or(0))
}

#[test]
fn locked_crates_are_not_below_their_floor() {
    let locked = locked_crates();
    for (name, floor, reason) in CRATES {
        let found: Vec<_> = locked.iter().filter(|(locked, _)| locked == name).collect();
        assert!(!found.is_empty(), "{name} has a floor and is not locked: take it off the list");
        for (_, version) in found {
            assert!(*version >= floor, "{name} {version:?} is below {floor:?}: {reason}");
        }
    }
}

#[test]
fn crates_that_open_a_way_out_are_absent() {
    let locked = locked_crates();
    for name in BANISHED {
        assert!(!locked.iter().any(|(locked, _)| locked == name), "{name} is in Cargo.lock");
    }
}

#[test]
fn npm_packages_are_at_their_pins() {
    let lock: serde_json::Value = serde_json::from_str(&tree::read("package-lock.json")).unwrap();
    let locked = |name: &str| {
        lock["packages"][format!("node_modules/{name}")]["version"].as_str().unwrap_or_default().to_owned()
    };
    for (name, pin, reason) in NPM_PINS {
        assert_eq!(locked(name), pin, "{name}: {reason}");
    }
    for (name, ceiling, reason) in NPM_CEILINGS {
        assert!((1..ceiling).contains(&version(&locked(name))[0]), "{name} {}: {reason}", locked(name));
    }
}

#[test]
fn versions_are_read_as_numbers() {
    assert_eq!(version("300.6.1+3.6.3"), [300, 6, 1]);
    assert_eq!(version("2.12.5-rc.1"), [2, 12, 5]);
}
