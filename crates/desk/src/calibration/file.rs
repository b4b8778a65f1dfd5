//! `printer.toml`: read at the start, written after a person has measured.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use papers::calibration::Profiles;

use crate::fault::{Trouble, chain};

/// Reads the file. Without one nothing was measured yet.
///
/// # Errors
/// A file that cannot be read or is not right: a printer that was measured must not print as if it was not.
pub fn load(path: &Path) -> Result<Profiles, Trouble> {
    let refuse = |why: String| Trouble::of("station.file").because(format!("{}：{why}", path.display()));
    match fs::read_to_string(path) {
        Ok(text) => Profiles::parse(&text).map_err(|error| refuse(chain(&error))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Profiles::default()),
        Err(error) => Err(refuse(error.to_string())),
    }
}

/// Writes the file so that a power cut leaves the old one or the new one.
///
/// # Errors
/// As the file system says.
pub fn save(path: &Path, profiles: &Profiles) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let part = path.with_extension("toml.part");
    let mut file = File::create(&part)?;
    file.write_all(profiles.text().as_bytes())?;
    file.sync_all()?;
    fs::rename(&part, path)?;
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_file_nothing_was_measured_and_a_broken_one_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/printer.toml");
        assert_eq!(load(&path).unwrap(), Profiles::default());
        save(&path, &Profiles::default()).unwrap();
        assert_eq!(load(&path).unwrap(), Profiles::default());
        fs::write(&path, "schema = 1\n[[profile]]\nprinter = 'card'\n").unwrap();
        let trouble = load(&path).unwrap_err();
        assert_eq!(trouble.code, "station.file");
        assert!(trouble.reasons[0].contains("printer.toml") && trouble.reasons[0].contains("tray"), "{trouble:?}");
    }
}
