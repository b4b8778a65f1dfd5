//! Who may know whom: pure <- io <- desk <- its hosts; the simulator knows nobody; one crate names each outside thing.

use std::collections::BTreeMap;

use cargo_metadata::{Metadata, MetadataCommand, Package};

use super::tree;

/// A layer, named after the folder that holds its crates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Pure,
    Io,
    Desk,
    Cli,
    Shell,
    BrowserHost,
    HardwareSim,
    Journeys,
}

use Layer::{BrowserHost, Cli, Desk, HardwareSim, Io, Journeys, Pure, Shell};

impl Layer {
    fn of(folder: &str) -> Option<Layer> {
        Some(match folder {
            "crates/desk" => Desk,
            "crates/cli" => Cli,
            "src-tauri" => Shell,
            "tests/browser-host" => BrowserHost,
            "hardware-sim" => HardwareSim,
            "tests" => Journeys,
            _ if folder.starts_with("crates/pure/") => Pure,
            _ if folder.starts_with("crates/io/") => Io,
            _ => return None,
        })
    }

    /// The layers this one may name.
    fn may_know(self) -> &'static [Layer] {
        match self {
            Pure => &[Pure],
            Io => &[Pure],
            Desk => &[Pure, Io],
            Cli => &[Pure, Io, Desk],
            Shell | BrowserHost => &[Desk],
            HardwareSim => &[],
            Journeys => &[Pure, Io, Desk, Cli],
        }
    }
}

/// Outside crates that belong to one place. Whoever else needs one asks that place.
const OWNED: [(&str, &[&str]); 18] = [
    ("tauri", &["counter"]),
    ("tauri-build", &["counter"]),
    ("webkit2gtk", &["counter"]),
    ("rusqlite", &["ledger"]),
    ("serialport", &["devices"]),
    ("nusb", &["devices"]),
    ("ipp", &["devices"]),
    ("reqwest", &["uplink"]),
    ("ts-rs", &["desk"]),
    ("printpdf", &["papers"]),
    ("krilla", &["papers"]),
    ("sm2", &["stick", "archive", "credential", "hardware-sim"]),
    ("coset", &["credential"]),
    ("ciborium", &["credential"]),
    ("ed25519-dalek", &["credential"]),
    // The simulated county opens with another cipher than the one that sealed.
    ("sm4", &["hardware-sim"]),
    ("aes-gcm", &["hardware-sim"]),
    // In uplink only its tests: a small platform to speak to.
    ("axum", &["hardware-sim", "browser-host", "uplink"]),
];

/// What a pure crate may never name: each brings a clock, a socket, a file or a thread.
const NOT_PURE: [&str; 9] =
    ["tokio", "reqwest", "axum", "rusqlite", "serialport", "nusb", "tauri", "nix", "tracing-subscriber"];

fn metadata() -> Metadata {
    let manifest = tree::root().join("Cargo.toml");
    let options = vec!["--locked".to_owned(), "--offline".to_owned()];
    MetadataCommand::new().manifest_path(manifest).no_deps().other_options(options).exec().unwrap()
}

/// A member's folder, from the root.
fn folder(metadata: &Metadata, package: &Package) -> String {
    let path = package.manifest_path.strip_prefix(&metadata.workspace_root).unwrap();
    path.parent().unwrap().as_str().to_owned()
}

/// Every member with its layer, by package name.
fn layers(metadata: &Metadata) -> BTreeMap<String, Layer> {
    let layer = |package: &&Package| {
        let folder = folder(metadata, package);
        Layer::of(&folder)
            .unwrap_or_else(|| panic!("{folder} belongs to no layer: give it one here and in ARCHITECTURE.md"))
    };
    metadata.workspace_packages().iter().map(|package| (package.name.to_string(), layer(package))).collect()
}

#[test]
fn each_layer_knows_only_the_layers_below_it() {
    let metadata = metadata();
    let layers = layers(&metadata);
    let mut broken = Vec::new();
    for package in metadata.workspace_packages() {
        let from = layers[package.name.as_str()];
        for dependency in &package.dependencies {
            match layers.get(&dependency.name) {
                Some(to) if !from.may_know().contains(to) => {
                    broken.push(format!("{} ({from:?}) may not know {} ({to:?})", package.name, dependency.name));
                }
                Some(_) | None => {}
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn outside_crates_are_named_only_by_their_owner() {
    let metadata = metadata();
    let mut broken = Vec::new();
    for package in metadata.workspace_packages() {
        for dependency in &package.dependencies {
            let owned = OWNED.iter().find(|(outside, _)| dependency.name == *outside);
            if let Some((outside, owners)) = owned
                && !owners.contains(&package.name.as_str())
            {
                broken.push(format!("{} names {outside}, which belongs to {}", package.name, owners.join(" and ")));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn pure_crates_name_nothing_that_touches_the_world() {
    let metadata = metadata();
    let layers = layers(&metadata);
    let mut broken = Vec::new();
    for package in metadata.workspace_packages() {
        if layers[package.name.as_str()] != Pure {
            continue;
        }
        for dependency in &package.dependencies {
            if dependency.kind == cargo_metadata::DependencyKind::Normal && NOT_PURE.contains(&dependency.name.as_str())
            {
                broken.push(format!("{} names {}", package.name, dependency.name));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_member_takes_the_lints_of_the_workspace() {
    let metadata = metadata();
    for package in metadata.workspace_packages() {
        let text = std::fs::read_to_string(&package.manifest_path).unwrap();
        let manifest: toml::Table = text.parse().unwrap();
        let inherited = manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool);
        assert_eq!(inherited, Some(true), "{} lacks `[lints] workspace = true`", package.name);
    }
}

#[test]
fn clippy_keeps_the_clock_and_the_files_from_pure_crates() {
    let rules: toml::Table = tree::read("crates/pure/clippy.toml").parse().unwrap();
    let banned = |list: &str| -> Vec<String> {
        let entries = rules[list].as_array().unwrap();
        entries.iter().map(|entry| entry["path"].as_str().unwrap().to_owned()).collect()
    };
    let methods = banned("disallowed-methods");
    for method in [
        "std::time::SystemTime::now",
        "std::time::Instant::now",
        "std::env::var",
        "std::fs::read",
        "std::thread::spawn",
    ] {
        assert!(methods.iter().any(|banned| banned == method), "{method} is not banned");
    }
    let types = banned("disallowed-types");
    for kind in ["std::net::TcpStream", "std::collections::HashMap", "std::process::Command"] {
        assert!(types.iter().any(|banned| banned == kind), "{kind} is not banned");
    }
    // clippy takes the nearest file above a crate: one further down would lift the ban.
    let below = tree::files("crates/pure").into_iter().filter(|path| path.ends_with("clippy.toml"));
    assert_eq!(below.collect::<Vec<_>>(), ["crates/pure/clippy.toml"]);
}
