//! What a place knows besides its ledger: how far the day's people have come. It survives a kill as people do.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Kept in a file that is written anew with every change.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Notes {
    /// The visit that comes next.
    pub next: u32,
    /// Who stands at the counter.
    pub at: Option<Serving>,
    /// Whose case waits for the department.
    pub waiting: Vec<Serving>,
    /// How many of them were looked at since the last visitor.
    pub looked: u32,
    /// Blanks that have come since the first morning.
    pub blanks: u32,
    /// The last day on which blanks came, and the last one that was closed.
    pub morning: Option<u32>,
    pub evening: Option<u32>,
    /// How each visit ended, in the order of their ends.
    pub ended: Vec<Serving>,
    #[serde(skip)]
    path: PathBuf,
}

/// A visit on its way.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Serving {
    pub visit: u32,
    /// Once there is one.
    pub case: Option<String>,
    /// Somebody has asked for something; the answer may have been lost with the power.
    pub asked: bool,
    /// What was to go wrong on it has gone wrong.
    pub played: bool,
}

impl Notes {
    /// # Errors
    /// When a file is there that cannot be read.
    pub fn open(path: &Path) -> Result<Notes, String> {
        let mut notes = match std::fs::read(path) {
            Ok(text) => serde_json::from_slice(&text).map_err(|error| error.to_string())?,
            Err(_) => Notes::default(),
        };
        notes.path = path.to_path_buf();
        Ok(notes)
    }

    /// Writes them beside and then in place, so that a kill leaves the old or the new ones.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn keep(&self) -> Result<(), String> {
        let beside = self.path.with_extension("new");
        let text = serde_json::to_vec(self).map_err(|error| error.to_string())?;
        std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, &self.path)).map_err(|e| e.to_string())
    }
}
