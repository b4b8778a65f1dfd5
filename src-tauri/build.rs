//! Lists the commands, so that a window may call only those its capability names. Left out of here, a command is open
//! to every window.

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(&["desk", "picture"]);
    if let Err(failure) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo::error={failure:#}");
    }
}
