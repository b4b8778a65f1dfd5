//! The directory of windows of this station (窗口名录): what was imported, kept byte for byte beside the ledger, and the
//! window that is chosen from it at set-up (S-02, S-03).
//!
//! `<data>/windows/<SM3 of its bytes>.csv` is a directory, `<data>/windows/imports.txt` tells what was imported when, a line
//! each; the last one counts. An imported file is never changed: another one comes beside it.

use std::io::Write;
use std::path::{Path, PathBuf};

use casework::journal::sm3;
use casework::nouns::WindowLevel;
use casework::pack::District;
use casework::windows::{self, Window};
use jiff::Timestamp;

/// The directory that counts.
pub struct Directory {
    pub windows: Vec<Window>,
    /// SM3 of the file, 64 hex digits: its version.
    pub hash: String,
    /// When it was imported, as it was noted.
    pub imported: String,
}

/// Why a directory is not kept or not found. Named after what was attempted.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    #[error("reading {path}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("keeping {path}")]
    Keep { path: PathBuf, source: std::io::Error },
    /// The bytes are not those that were imported.
    #[error("{path} is not the file that was imported")]
    Changed { path: PathBuf },
    /// The file cannot be taken with the pack of today: a district may be gone.
    #[error("{path} cannot be taken whole any more; import the directory anew")]
    Refused { path: PathBuf },
    #[error("{path} has no section [window]")]
    NoSection { path: PathBuf },
}

impl Directory {
    /// Keeps a file that was read without a refusal, and gives its hash. The same file again is noted again.
    ///
    /// # Errors
    /// [`DirectoryError::Keep`].
    pub fn keep(data: &Path, csv: &[u8], at: Timestamp) -> Result<String, DirectoryError> {
        let hash = sm3(csv).to_hex();
        let folder = folder(data);
        let path = folder.join(format!("{hash}.csv"));
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| DirectoryError::Keep { path, source }
        };
        std::fs::create_dir_all(&folder).map_err(failed(&folder))?;
        if !path.is_file() {
            write_whole(&path, csv).map_err(failed(&path))?;
        }
        let imports = imports(data);
        let noted = std::fs::OpenOptions::new().create(true).append(true).open(&imports).and_then(|mut file| {
            writeln!(file, "{at} {hash}")?;
            file.sync_all()
        });
        noted.map_err(failed(&imports))?;
        Ok(hash)
    }

    /// The directory that was imported last; `None` when none ever was.
    ///
    /// # Errors
    /// Everything but [`DirectoryError::Keep`].
    pub fn current(data: &Path, districts: &[District]) -> Result<Option<Directory>, DirectoryError> {
        let imports = imports(data);
        let noted = match std::fs::read_to_string(&imports) {
            Ok(noted) => noted,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(DirectoryError::Read { path: imports, source }),
        };
        let Some((imported, hash)) = noted.lines().last().and_then(|line| line.split_once(' ')) else {
            return Ok(None);
        };
        let path = folder(data).join(format!("{hash}.csv"));
        let bytes = std::fs::read(&path).map_err(|source| DirectoryError::Read { path: path.clone(), source })?;
        if sm3(&bytes).to_hex() != hash {
            return Err(DirectoryError::Changed { path });
        }
        let import = windows::import(&String::from_utf8_lossy(&bytes), districts);
        if !import.refused.is_empty() {
            return Err(DirectoryError::Refused { path });
        }
        Ok(Some(Directory { windows: import.windows, hash: hash.to_owned(), imported: imported.to_owned() }))
    }

    /// The windows to which a village window of the same district may report.
    pub fn parents_of<'a>(&'a self, window: &'a Window) -> impl Iterator<Item = &'a Window> {
        self.windows.iter().filter(|other| other.level == WindowLevel::Township && other.county == window.county)
    }
}

/// Writes a chosen window into the section `[window]` of a station file and leaves everything else as it is. The file as it
/// was stands beside it afterwards, with `.before` at its end.
///
/// # Errors
/// [`DirectoryError::Read`], [`DirectoryError::NoSection`], [`DirectoryError::Keep`]. The file is replaced whole or not at
/// all.
pub fn choose(station: &Path, window: &Window, parent: &str, directory: &str) -> Result<(), DirectoryError> {
    let path = || station.to_owned();
    let text = std::fs::read_to_string(station).map_err(|source| DirectoryError::Read { path: path(), source })?;
    let chosen = chosen(&text, window, parent, directory).ok_or_else(|| DirectoryError::NoSection { path: path() })?;
    let keep = |source| DirectoryError::Keep { path: path(), source };
    let mut before = station.as_os_str().to_owned();
    before.push(".before");
    write_whole(Path::new(&before), text.as_bytes()).map_err(keep)?;
    write_whole(station, chosen.as_bytes()).map_err(keep)
}

/// Stands above the version of the directory.
const VERSION: &str = "# SM3 of the directory this window was chosen from:";

/// A station file's text with another section `[window]`.
fn chosen(text: &str, window: &Window, parent: &str, directory: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let begin = lines.iter().position(|line| line.trim() == "[window]")?;
    let section = lines[begin + 1..].iter().position(|line| line.trim_start().starts_with('['));
    let end = section.map_or(lines.len(), |length| begin + 1 + length);
    let level = match window.level {
        WindowLevel::City => "city",
        WindowLevel::County => "county",
        WindowLevel::Township => "township",
        WindowLevel::Village => "village",
    };
    // What is not the directory's to say stays: the post, a remark.
    let written = |line: &&&str| {
        let key = line.split('=').next().unwrap_or_default().trim();
        ["code", "name", "level", "district", "parent", "address", "directory", VERSION.trim()].contains(&key)
    };
    let others = lines[begin + 1..end].iter().filter(|line| !written(line) && !line.trim().is_empty());
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut section = vec![
        format!("code = {}", quoted(window.code.as_str())),
        format!("name = {}", quoted(&window.name)),
        format!("level = {}", quoted(level)),
        format!("district = {}", quoted(window.county.as_str())),
        format!("parent = {}", quoted(parent)),
    ];
    section.extend(window.address.as_ref().map(|address| format!("address = {}", quoted(address))));
    section.push(VERSION.to_owned());
    section.push(format!("directory = {}", quoted(directory)));
    section.extend(others.map(|line| (*line).to_owned()));
    section.push(String::new());
    let kept = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let section: String = section.iter().map(|line| format!("{line}\n")).collect();
    Some([kept(&lines[..=begin]), section, kept(&lines[end..])].concat())
}

fn folder(data: &Path) -> PathBuf {
    data.join("windows")
}

fn imports(data: &Path) -> PathBuf {
    folder(data).join("imports.txt")
}

/// Beside its place, flushed, and then put there.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let mut file = std::fs::File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&part, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use casework::pack::PolicyPack;

    const SAMPLE: &str = include_str!("../../../fixtures/windows/sample.csv");
    const STATION: &str = include_str!("../../../fixtures/stations/demo.toml");

    fn districts() -> Vec<District> {
        let text = include_str!("../../../fixtures/packs/yiyang-2021.toml");
        PolicyPack::parse("yiyang-2021.toml", text).unwrap().districts().to_vec()
    }

    #[test]
    fn the_directory_imported_last_counts_and_the_earlier_ones_stay() {
        let dir = tempfile::tempdir().unwrap();
        let at: Timestamp = "2021-11-08T01:00:00Z".parse().unwrap();
        assert!(Directory::current(dir.path(), &districts()).unwrap().is_none());
        let first = Directory::keep(dir.path(), SAMPLE.as_bytes(), at).unwrap();
        let fewer: String = SAMPLE.lines().take(2).map(|line| format!("{line}\n")).collect();
        let second = Directory::keep(dir.path(), fewer.as_bytes(), at).unwrap();
        let current = Directory::current(dir.path(), &districts()).unwrap().unwrap();
        assert_eq!((current.hash.as_str(), current.windows.len()), (second.as_str(), 1));
        assert_eq!(current.imported, "2021-11-08T01:00:00Z");
        assert!(dir.path().join(format!("windows/{first}.csv")).is_file());
        Directory::keep(dir.path(), SAMPLE.as_bytes(), at).unwrap();
        assert_eq!(Directory::current(dir.path(), &districts()).unwrap().unwrap().hash, first);
    }

    #[test]
    fn a_directory_that_was_changed_after_its_import_is_not_believed() {
        let dir = tempfile::tempdir().unwrap();
        let hash = Directory::keep(dir.path(), SAMPLE.as_bytes(), Timestamp::UNIX_EPOCH).unwrap();
        let path = dir.path().join(format!("windows/{hash}.csv"));
        std::fs::write(&path, SAMPLE.replace("0737-4400002", "0737-4400009")).unwrap();
        assert!(matches!(Directory::current(dir.path(), &districts()), Err(DirectoryError::Changed { .. })));
    }

    #[test]
    fn a_chosen_window_replaces_its_section_and_nothing_else() {
        let window = windows::import(SAMPLE, &districts()).windows.remove(1);
        let text = chosen(STATION, &window, "上级“样例”\\", "ab12").unwrap();
        let station = crate::station::StationFile::parse("file", Path::new("/clone/fixtures/stations"), &text).unwrap();
        assert_eq!((station.window.code.as_str(), station.window.level), ("HS0100", WindowLevel::Township));
        assert_eq!(station.window.parent, "上级“样例”\\");
        assert_eq!((station.window.address, station.window.directory.as_deref()), (None, Some("ab12")));
        let rest = |text: &str| -> Vec<String> {
            let begin = text.find("[window]").unwrap();
            let end = begin + text[begin..].find("\n[").unwrap();
            [&text[..begin], &text[end..]].map(str::to_owned).into()
        };
        assert_eq!(rest(&text), rest(STATION));
        let again = chosen(&text.replace("code = ", "post = \"kiosk\"\ncode = "), &window, "上级", "cd34").unwrap();
        assert_eq!(again.matches("post = \"kiosk\"").count(), 1, "what the directory does not say stays");
        assert_eq!(again.matches(VERSION).count(), 1);
        assert!(chosen("schema = 1\n", &window, "", "").is_none());
    }
}
