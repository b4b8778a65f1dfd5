//! `station.toml`: which window this is, what is wired to it, and by which pack it works. Parsed strictly.

use std::path::{Path, PathBuf};

use casework::nouns::{Actor, CountyId, WindowCode, WindowLevel};
use jiff::civil::Date;
use serde::Deserialize;

/// A station as its file describes it, with every path made absolute against the file's folder.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationFile {
    /// Version of this format; 1.
    pub schema: u32,
    pub mode: Mode,
    /// Policy pack, TOML.
    pub pack: PathBuf,
    /// Folder of the ledger. Training and production keep different files in it.
    pub data: PathBuf,
    pub window: WindowSection,
    pub clerk: ClerkSection,
    pub support: SupportSection,
    pub reader: ReaderSection,
    pub photos: FolderSection,
    pub documents: FolderSection,
    pub printers: PrinterSection,
    pub papers: PaperSection,
    pub numbers: NumberSection,
    pub platforms: PlatformSection,
    pub screen: ScreenSection,
    pub training: Option<TrainingSection>,
}

/// Training never touches the production ledger, and says so on every screen and print (reliability 9.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Training,
    Production,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowSection {
    pub code: WindowCode,
    pub name: String,
    pub level: WindowLevel,
    /// Division of the pack's directory this window belongs to.
    pub district: CountyId,
    /// The township (乡镇、街道) a village window reports to.
    pub parent: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClerkSection {
    /// Who works here today; the name in every journal row.
    pub name: Actor,
    /// Who receives cards and papers (发证人员); a village clerk may be both.
    pub issuer: Actor,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupportSection {
    /// Whom to call about a device, name and number as printed.
    pub technician: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReaderSection {
    /// `serial:PATH@BAUD`, `tcp:HOST:PORT`, `usb` or `auto`.
    pub endpoint: String,
    /// How long one request waits for a card, milliseconds, 1,000 to 120,000.
    pub wait_ms: u32,
    /// Program that decodes the chip's portrait, and its arguments; see `devices`' README. The program's path starts at
    /// this file's folder. Without one the screen says 芯片照片不可显示.
    pub photo_helper: Option<Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FolderSection {
    /// Folder in which the camera or scanner leaves its pictures.
    pub folder: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinterSection {
    /// Folder queue of the card printer.
    pub card: PathBuf,
    /// Folder queue of the paper printer.
    pub paper: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperSection {
    /// Card template, TOML in millimetres.
    pub card: PathBuf,
    /// Words and colours of the receipt list (收文清单), TOML.
    pub receipt: PathBuf,
    /// Words and colours of the refusal slip and the one-time notice, TOML.
    pub slip: PathBuf,
    /// Font manifest, TOML.
    pub fonts: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberSection {
    /// First and last number granted to this window.
    pub block: [u32; 2],
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformSection {
    pub city: String,
    pub taojiang: String,
    pub filing: String,
    pub rating: String,
    /// How long one answer may take, milliseconds.
    pub timeout_ms: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreenSection {
    /// Diagonal of the screen in millimetres and its resolution in CSS pixels.
    pub diagonal_mm: f32,
    pub width_px: u32,
    pub height_px: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingSection {
    /// The day training pretends, inside the pack's dates; the clock runs on from its real time of day.
    pub today: Date,
}

/// Why a station does not start. Each names the file and, where there is one, the line.
#[derive(Debug, thiserror::Error)]
pub enum StationError {
    #[error("{file} could not be read")]
    Read { file: String, source: std::io::Error },
    #[error("{file}, line {line}: {reason}")]
    Parse { file: String, line: usize, reason: String },
    #[error("{file}: {reason}")]
    Value { file: String, reason: String },
}

impl StationFile {
    /// Reads and checks a station file.
    pub fn load(path: &Path) -> Result<StationFile, StationError> {
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|source| StationError::Read { file: file.clone(), source })?;
        let folder = std::path::absolute(path)
            .ok()
            .and_then(|absolute| absolute.parent().map(Path::to_path_buf))
            .unwrap_or_default();
        Self::parse(&file, &folder, &text)
    }

    /// Parses `text` as the station file `file` of `folder`; relative paths start at that folder.
    pub fn parse(file: &str, folder: &Path, text: &str) -> Result<StationFile, StationError> {
        let mut station: StationFile = toml::from_str(text).map_err(|refusal| StationError::Parse {
            file: file.to_owned(),
            line: refusal.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1),
            reason: refusal.message().to_owned(),
        })?;
        for path in [
            &mut station.pack,
            &mut station.data,
            &mut station.photos.folder,
            &mut station.documents.folder,
            &mut station.printers.card,
            &mut station.printers.paper,
            &mut station.papers.card,
            &mut station.papers.receipt,
            &mut station.papers.slip,
            &mut station.papers.fonts,
        ] {
            *path = folder.join(&*path);
        }
        if let Some(program) = station.reader.photo_helper.as_mut().and_then(|words| words.first_mut()) {
            *program = folder.join(&*program).display().to_string();
        }
        station.check().map_err(|reason| StationError::Value { file: file.to_owned(), reason })?;
        Ok(station)
    }

    fn check(&self) -> Result<(), String> {
        if self.schema != 1 {
            return Err(format!("schema {} is not known; this program reads schema 1", self.schema));
        }
        if !(1_000..=120_000).contains(&self.reader.wait_ms) {
            return Err(format!("reader.wait_ms {} is outside 1000 to 120000", self.reader.wait_ms));
        }
        if self.reader.photo_helper.as_ref().is_some_and(Vec::is_empty) {
            return Err("reader.photo_helper wants a program".into());
        }
        if self.numbers.block[0] == 0 || self.numbers.block[0] > self.numbers.block[1] {
            return Err("numbers.block wants the first and last number of this window, first not after last".into());
        }
        let endpoint = devices::reader::Endpoint::parse(&self.reader.endpoint)
            .map_err(|refusal| format!("reader.endpoint: {refusal}"))?;
        match self.mode {
            Mode::Training if self.training.is_none() => Err("training mode wants a [training] section".into()),
            Mode::Training => Ok(()),
            Mode::Production if self.training.is_some() => {
                Err("a [training] section has no place in production mode".into())
            }
            Mode::Production if endpoint.is_simulated() => Err(format!(
                "reader.endpoint {} is a simulated device; production mode takes a real serial or USB reader only",
                self.reader.endpoint
            )),
            Mode::Production => Ok(()),
        }
    }

    /// CSS pixels a millimetre on this screen.
    pub fn px_per_mm(&self) -> f32 {
        let (width, height) = (self.screen.width_px as f32, self.screen.height_px as f32);
        width.hypot(height) / self.screen.diagonal_mm
    }

    /// Folder of this mode's ledger.
    pub fn ledger_folder(&self) -> PathBuf {
        self.data.join(match self.mode {
            Mode::Training => "training",
            Mode::Production => "production",
        })
    }
}
