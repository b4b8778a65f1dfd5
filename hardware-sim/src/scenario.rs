//! A scenario: which readers stand on the bench, which cards there are, how the platforms behave, what happens when.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use crate::card::{CardFile, Library, LibraryError};
use crate::fault::Fault;
use crate::module::{Habits, Module};
use crate::person::{self, Layout};
use crate::platform::{AnswerOrder, PlatformOrder};
use crate::reader::{Reader, Voice};
use crate::replay::Replay;
use crate::sam_id::SamId;
use crate::script::{Script, Step, Verb};
use crate::transcript::{NotATranscript, Transcript};

/// A scenario file. Unknown keys are refused.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    #[serde(default)]
    pub title: String,
    /// Decides everything drawn by chance; without one a seed is drawn and printed.
    pub seed: Option<u64>,
    /// Where the transcript of all readers is written at the end, relative to the working folder.
    pub record: Option<PathBuf>,
    /// Folders of card files, relative to the scenario file.
    #[serde(default)]
    pub people: Vec<PathBuf>,
    /// Cards of this scenario alone.
    #[serde(default)]
    pub cards: BTreeMap<String, CardFile>,
    /// Cards drawn from a seed, by the name they are laid by.
    #[serde(default)]
    pub invented: BTreeMap<String, Invented>,
    #[serde(default, rename = "reader")]
    pub readers: Vec<ReaderSetup>,
    #[serde(default, rename = "platform")]
    pub platforms: Vec<PlatformOrder>,
    /// Departments that answer by themselves.
    #[serde(default)]
    pub answers: Vec<AnswerOrder>,
    #[serde(default, rename = "printer")]
    pub printers: Vec<PrinterSetup>,
}

/// A person drawn from a seed, the same one as `hardware-sim person` prints for it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invented {
    seed: u64,
    #[serde(default)]
    layout: Layout,
    born: Option<u16>,
}

/// One reader of the bench.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReaderSetup {
    #[serde(default = "main")]
    pub name: String,
    #[serde(default)]
    pub sam_id: SamId,
    /// Whether bytes take the time they take on a real line.
    #[serde(default)]
    pub paced: bool,
    /// Where the symlink to the pseudo-terminal stands; a fresh temporary folder if not said. Relative to the working folder.
    pub pty: Option<PathBuf>,
    /// Port on loopback; any free one if not said.
    pub tcp_port: Option<u16>,
    /// The card that lies there at the start.
    pub card: Option<String>,
    #[serde(default)]
    pub noise_rate: f64,
    #[serde(default)]
    pub habits: Habits,
    /// A transcript that is played instead of the model, relative to the scenario file.
    pub replay: Option<PathBuf>,
    #[serde(default, rename = "fault")]
    pub faults: Vec<Fault>,
    #[serde(default)]
    pub script: Vec<Step>,
}

/// A print queue that the control page may jam.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinterSetup {
    pub name: String,
    /// The queue's folder, relative to the working folder.
    pub dir: PathBuf,
}

/// Why a scenario cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    #[error("cannot read the scenario {path}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("the scenario {path} is not understood")]
    Parse { path: PathBuf, source: Box<toml::de::Error> },
    #[error("the cards of the scenario cannot be gathered")]
    Cards(#[from] LibraryError),
    #[error("cannot read the transcript {path}")]
    ReadTranscript { path: PathBuf, source: std::io::Error },
    #[error("the transcript {path} cannot be replayed")]
    ParseTranscript { path: PathBuf, source: NotATranscript },
    #[error("two readers are called `{0}`")]
    SameName(String),
}

fn main() -> String {
    "main".to_owned()
}

impl Default for ReaderSetup {
    fn default() -> ReaderSetup {
        ReaderSetup {
            name: main(),
            sam_id: SamId::default(),
            paced: false,
            pty: None,
            tcp_port: None,
            card: None,
            noise_rate: 0.0,
            habits: Habits::default(),
            replay: None,
            faults: Vec::new(),
            script: Vec::new(),
        }
    }
}

impl Scenario {
    /// Reads and checks a scenario file.
    pub fn read(path: &Path) -> Result<Scenario, ScenarioError> {
        let text =
            std::fs::read_to_string(path).map_err(|source| ScenarioError::Read { path: path.to_owned(), source })?;
        toml::from_str(&text).map_err(|source| ScenarioError::Parse { path: path.to_owned(), source: Box::new(source) })
    }

    /// Gathers the cards; `folder` is where the scenario file stands.
    pub fn library(&self, folder: &Path) -> Result<Library, LibraryError> {
        let mut library = Library::default();
        for people in &self.people {
            library.add_folder(&folder.join(people))?;
        }
        for (name, person) in &self.invented {
            let text = person::invent(person.seed, person.layout, person.born);
            library.add(name, &toml::from_str(&text).expect("an invented person is a card file"))?;
        }
        for (name, card) in &self.cards {
            library.add(name, card)?;
        }
        Ok(library)
    }

    /// Sets up the readers, each with a seed of its own drawn from `seed`. A scenario without readers has one.
    pub fn readers(
        &self,
        folder: &Path,
        cards: &Arc<Library>,
        seed: u64,
    ) -> Result<Vec<(ReaderSetup, Reader)>, ScenarioError> {
        let mut setups = self.readers.clone();
        if setups.is_empty() {
            setups.push(ReaderSetup::default());
        }
        let mut readers: Vec<(ReaderSetup, Reader)> = Vec::new();
        for (index, setup) in setups.into_iter().enumerate() {
            if readers.iter().any(|(other, _)| other.name == setup.name) {
                return Err(ScenarioError::SameName(setup.name));
            }
            let reader = setup.stand(folder, cards, seed.wrapping_add(index as u64))?;
            readers.push((setup, reader));
        }
        Ok(readers)
    }
}

impl ReaderSetup {
    /// The reader as it stands at the start.
    pub fn stand(&self, folder: &Path, cards: &Arc<Library>, seed: u64) -> Result<Reader, ScenarioError> {
        let voice = match &self.replay {
            None => Voice::Module(Box::new(Module::new(self.sam_id.bytes(), self.habits.clone(), seed))),
            Some(file) => Voice::Replay(replay(&folder.join(file), &self.name)?),
        };
        let mut reader = Reader::new(&self.name, voice, Arc::clone(cards), self.paced, seed);
        let start = std::time::Duration::ZERO;
        if let Some(card) = &self.card {
            reader.act(&Verb::Lay { card: card.clone() }, start)?;
        }
        for fault in &self.faults {
            if let crate::fault::Kind::Swap { card } = &fault.kind {
                cards.get(card)?;
            }
            reader.act(&Verb::Fault(fault.clone()), start)?;
        }
        if self.noise_rate > 0.0 {
            reader.act(&Verb::Noise { rate: self.noise_rate }, start)?;
        }
        reader.follow(Script::new(self.script.clone()));
        Ok(reader)
    }
}

fn replay(path: &Path, reader: &str) -> Result<Replay, ScenarioError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ScenarioError::ReadTranscript { path: path.to_owned(), source })?;
    let transcript =
        Transcript::parse(&text).map_err(|source| ScenarioError::ParseTranscript { path: path.to_owned(), source })?;
    Ok(Replay::of(&transcript, reader))
}
