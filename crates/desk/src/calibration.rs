//! The file of calibrations (校准) of a station's printers: read at the start, written after a person has measured.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use papers::calibration::{Profiles, ScanFault, SolveFault};

use crate::fault::{Trouble, chain};

/// The side of a card that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Front,
    Back,
}

impl Side {
    /// Its page, from 0.
    pub fn place(self) -> usize {
        match self {
            Side::Front => 0,
            Side::Back => 1,
        }
    }

    /// As files and facts name it.
    pub fn name(self) -> &'static str {
        papers::calibration::name_of_side(self.place())
    }
}

impl FromStr for Side {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Side, &'static str> {
        match text {
            "front" => Ok(Side::Front),
            "back" => Ok(Side::Back),
            _ => Err("front 或者 back"),
        }
    }
}

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

/// Why readings give no calibration, for the person who measured.
pub fn unsolved(fault: &SolveFault) -> String {
    match fault {
        SolveFault::TooFew => "至少要量两个十字".to_owned(),
        SolveFault::TooClose => "量的十字靠得太近，请量 1 号和 5 号".to_owned(),
        SolveFault::NotANumber => "有一个读数不是数字".to_owned(),
        SolveFault::OutOfReach => "差得太多（超过 20 毫米、5% 或者 5 度），校准补不回来".to_owned(),
        SolveFault::Contradiction(mm) => format!("几个读数对不上，最多差 {mm:.1} 毫米，有一个可能量错了"),
    }
}

/// Why a scan gives no readings, for the person who scanned.
pub fn unfound(fault: &ScanFault) -> String {
    match fault {
        ScanFault::Resolution(dpi) => format!("扫描件是 {dpi:.0} dpi，要 150 到 1200 dpi"),
        ScanFault::Missing(number) => format!("扫描件上找不到 {number} 号十字"),
        ScanFault::Unclear(number) => format!("{number} 号十字太淡，或者沾了东西"),
    }
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
