//! `station.toml`: which window this is, what is wired to it, and by which pack it works. Parsed strictly.

mod card_code;
mod outbox;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use casework::nouns::{CountyId, PlatformId, WindowCode, WindowLevel};
use casework::pack::PolicyPack;
use casework::people::LockRule;
use devices::printer::QueueAddress;
use jiff::{SignedDuration, civil::Date};
use serde::Deserialize;

use crate::fault::Trouble;

pub use card_code::CardCodeSection;
pub use outbox::{OutboxSection, StickSection};

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
    pub support: SupportSection,
    pub reader: ReaderSection,
    pub photos: FolderSection,
    pub documents: FolderSection,
    pub printers: PrinterSection,
    pub papers: PaperSection,
    pub numbers: NumberSection,
    pub platforms: PlatformSection,
    pub screen: ScreenSection,
    /// May be left out; each value has a default.
    #[serde(default)]
    pub people: PeopleSection,
    /// May be left out; each value has a default.
    #[serde(default)]
    pub outbox: OutboxSection,
    pub stick: Option<StickSection>,
    #[serde(default)]
    pub card_code: CardCodeSection,
    /// May be left out: exports then lie beside the ledger.
    pub exports: Option<FolderSection>,
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
    /// `counter` unless it says `kiosk`.
    #[serde(default)]
    pub post: WindowPost,
    /// As the directory of windows has it. Without one the public is told where it is published (S-03).
    pub address: Option<String>,
    /// SM3 of the directory from which this window was chosen, 64 hex digits (`youdai windows choose`).
    pub directory: Option<String>,
}

/// Who stands before the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowPost {
    /// People of the station, who sign in.
    #[default]
    Counter,
    /// The public, who cannot sign in and may do no more than the table of permits says.
    Kiosk,
}

/// How people sign in, and how long a session lasts.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PeopleSection {
    /// Wrong passwords in a row that lock a name, 1 to 20; 5 unless it is said.
    pub sign_in_tries: u32,
    /// How long a name stays locked, minutes, 1 to 1440; 15 unless it is said.
    pub lock_min: u32,
    /// After so many minutes without a request the session ends, 1 to 240; 10 unless it is said.
    pub sign_out_after_min: u32,
}

impl Default for PeopleSection {
    fn default() -> PeopleSection {
        PeopleSection { sign_in_tries: 5, lock_min: 15, sign_out_after_min: 10 }
    }
}

impl PeopleSection {
    pub fn lock_rule(&self) -> LockRule {
        LockRule { tries: self.sign_in_tries, for_time: SignedDuration::from_mins(i64::from(self.lock_min)) }
    }

    pub fn sign_out_after(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.sign_out_after_min))
    }
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
    /// The card printer: `ipp://HOST:PORT/PATH`, or the folder of a queue.
    #[serde(deserialize_with = "queue_address")]
    pub card: QueueAddress,
    /// How long a card may take before the printer is asked to stop and a person is asked what came out, seconds, 2 to 600;
    /// 120 unless it is said.
    #[serde(default = "card_wait_s")]
    pub card_wait_s: u32,
    /// Folder queue of the paper printer.
    pub paper: PathBuf,
    /// Where the calibrations of the printers stand; `printer.toml` in the data folder unless it is said.
    pub calibration: Option<PathBuf>,
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
    /// Font manifest of the county's own faces, TOML; each stands before the shipped face that it names, or last.
    pub county_fonts: Option<PathBuf>,
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
    /// The ageing business system (老龄业务管理系统), where there is one.
    pub ageing: Option<String>,
    /// Platforms, by the pack's name, that do not honour idempotency keys: what was sent to one of them and not answered
    /// is never sent again unless a person says so.
    #[serde(default)]
    pub without_keys: BTreeSet<PlatformId>,
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

impl PlatformSection {
    /// The address of each platform, by the name that packs give it.
    pub fn addresses(&self) -> BTreeMap<PlatformId, String> {
        let PlatformSection { city, taojiang, filing, rating, ageing, without_keys: _, timeout_ms: _ } = self;
        [("city", Some(city)), ("taojiang", Some(taojiang)), ("filing", Some(filing)), ("rating", Some(rating))]
            .into_iter()
            .chain([("ageing", ageing.as_ref())])
            .filter_map(|(platform, address)| Some((platform, address?)))
            .map(|(platform, address)| (platform.parse().expect("a platform's name is a plain word"), address.clone()))
            .collect()
    }

    /// Every platform of the pack has an address here: a message that can never be sent would keep the later ones of its
    /// case for ever.
    ///
    /// # Errors
    /// Names the platforms without one.
    pub(crate) fn serve(&self, pack: &PolicyPack) -> Result<(), Trouble> {
        let known = self.addresses();
        let without: Vec<&str> =
            pack.every_platform().into_iter().filter(|id| !known.contains_key(*id)).map(PlatformId::as_str).collect();
        if without.is_empty() {
            return Ok(());
        }
        let told = format!("政策包要用平台 {}，本站文件的 [platforms] 里没有它的地址", without.join("、"));
        Err(Trouble::of("station.file").because(told))
    }
}

fn queue_address<'de, D: serde::Deserializer<'de>>(text: D) -> Result<QueueAddress, D::Error> {
    QueueAddress::parse(&String::deserialize(text)?).map_err(serde::de::Error::custom)
}

fn card_wait_s() -> u32 {
    120
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
            &mut station.printers.paper,
            &mut station.papers.card,
            &mut station.papers.receipt,
            &mut station.papers.slip,
            &mut station.papers.fonts,
        ] {
            *path = folder.join(&*path);
        }
        station.printers.card = station.printers.card.within(folder);
        if let Some(county) = &mut station.papers.county_fonts {
            *county = folder.join(&*county);
        }
        if let Some(calibration) = &mut station.printers.calibration {
            *calibration = folder.join(&*calibration);
        }
        if let Some(stick) = &mut station.stick {
            stick.folder = folder.join(&stick.folder);
        }
        if let Some(exports) = &mut station.exports {
            exports.folder = folder.join(&exports.folder);
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
        if !(2..=600).contains(&self.printers.card_wait_s) {
            return Err(format!("printers.card_wait_s {} is outside 2 to 600", self.printers.card_wait_s));
        }
        if self.numbers.block[0] == 0 || self.numbers.block[0] > self.numbers.block[1] {
            return Err("numbers.block wants the first and last number of this window, first not after last".into());
        }
        self.outbox.check()?;
        self.stick.as_ref().map_or(Ok(()), StickSection::check)?;
        self.card_code.check()?;
        let people = &self.people;
        for (name, value, most) in [
            ("sign_in_tries", people.sign_in_tries, 20),
            ("lock_min", people.lock_min, 1440),
            ("sign_out_after_min", people.sign_out_after_min, 240),
        ] {
            if !(1..=most).contains(&value) {
                return Err(format!("people.{name} {value} is outside 1 to {most}"));
            }
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
            Mode::Production if self.printers.card.is_simulated() => Err(
                "printers.card is a printer in software on this machine; production mode takes a real printer or CUPS"
                    .into(),
            ),
            Mode::Production => Ok(()),
        }
    }

    /// CSS pixels a millimetre on this screen.
    pub fn px_per_mm(&self) -> f32 {
        let (width, height) = (self.screen.width_px as f32, self.screen.height_px as f32);
        width.hypot(height) / self.screen.diagonal_mm
    }

    /// The window's address, or where the pack says that it is published: never an invented one (S-03).
    pub fn address_line<'a>(&'a self, pack: &'a PolicyPack) -> &'a str {
        self.window.address.as_deref().unwrap_or(pack.rules().windows_published.value.as_str())
    }

    /// Where exports are written: the section's folder, or `exports` in the data folder.
    pub fn exports_folder(&self) -> PathBuf {
        self.exports.as_ref().map_or_else(|| self.data.join("exports"), |exports| exports.folder.clone())
    }

    /// Where the calibrations of the printers stand.
    pub fn calibration_file(&self) -> PathBuf {
        self.printers.calibration.clone().unwrap_or_else(|| self.data.join("printer.toml"))
    }

    /// Folder of this mode's ledger.
    pub fn ledger_folder(&self) -> PathBuf {
        self.data.join(match self.mode {
            Mode::Training => "training",
            Mode::Production => "production",
        })
    }
}
