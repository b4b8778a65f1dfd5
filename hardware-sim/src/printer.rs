//! The folder print queue's condition: a file `.state` with one word, which the queue reads before it prints.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Sets the condition of the queue in `dir`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinterOrder {
    pub dir: PathBuf,
    pub state: PrinterState,
}

/// The words a folder queue understands; `good` removes the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrinterState {
    Good,
    MediaEmpty,
    MediaJam,
    Offline,
    Paused,
}

/// Why the condition could not be set.
#[derive(Debug, thiserror::Error)]
pub enum PrinterOrderError {
    #[error("there is no print queue folder {0}")]
    NoFolder(PathBuf),
    #[error("cannot write the state of the print queue {dir}")]
    Write { dir: PathBuf, source: std::io::Error },
}

impl PrinterState {
    fn word(self) -> Option<&'static str> {
        match self {
            PrinterState::Good => None,
            PrinterState::MediaEmpty => Some("media_empty"),
            PrinterState::MediaJam => Some("media_jam"),
            PrinterState::Offline => Some("offline"),
            PrinterState::Paused => Some("paused"),
        }
    }
}

impl PrinterOrder {
    /// Writes or removes the file.
    pub fn carry_out(&self) -> Result<(), PrinterOrderError> {
        if !self.dir.is_dir() {
            return Err(PrinterOrderError::NoFolder(self.dir.clone()));
        }
        let file = self.dir.join(".state");
        let done = match self.state.word() {
            Some(word) => std::fs::write(file, word),
            None if file.exists() => std::fs::remove_file(file),
            None => Ok(()),
        };
        done.map_err(|source| PrinterOrderError::Write { dir: self.dir.clone(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_file_says_the_word_and_goes_when_all_is_good() {
        let dir = tempfile::tempdir().unwrap();
        let order = |state| PrinterOrder { dir: dir.path().to_owned(), state };
        order(PrinterState::MediaJam).carry_out().unwrap();
        assert_eq!(std::fs::read_to_string(dir.path().join(".state")).unwrap(), "media_jam");
        order(PrinterState::Good).carry_out().unwrap();
        assert!(!dir.path().join(".state").exists());
        order(PrinterState::Good).carry_out().unwrap();
    }

    #[test]
    fn folder_that_is_not_there_is_an_error() {
        let order = PrinterOrder { dir: PathBuf::from("no/such/queue"), state: PrinterState::Offline };
        assert!(matches!(order.carry_out(), Err(PrinterOrderError::NoFolder(_))));
    }
}
