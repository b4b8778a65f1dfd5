//! The cards a scenario may name: inline ones, and every `*.toml` of its folders of people.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Card, CardError, CardFile};

/// Cards by name.
#[derive(Debug, Clone, Default)]
pub struct Library {
    cards: BTreeMap<String, (String, Card)>,
}

/// Why the cards could not be gathered.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("cannot read the card file {path}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("the card file {path} is not understood")]
    Parse { path: PathBuf, source: Box<toml::de::Error> },
    #[error("the card `{name}` cannot be made")]
    Make { name: String, source: CardError },
    #[error("there is no card `{name}`; there are: {known}")]
    Unknown { name: String, known: String },
}

impl Library {
    /// Adds one card; a later card of the same name replaces the earlier one.
    pub fn add(&mut self, name: &str, file: &CardFile) -> Result<(), LibraryError> {
        let card = file.make().map_err(|source| LibraryError::Make { name: name.to_owned(), source })?;
        self.cards.insert(name.to_owned(), (file.title.clone(), card));
        Ok(())
    }

    /// Adds every `NAME.toml` of `folder` as the card `NAME`.
    pub fn add_folder(&mut self, folder: &Path) -> Result<(), LibraryError> {
        let unreadable = |source| LibraryError::Read { path: folder.to_owned(), source };
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                self.add_file(&path)?;
            }
        }
        Ok(())
    }

    /// Adds one card file under its file name.
    pub fn add_file(&mut self, path: &Path) -> Result<(), LibraryError> {
        let text =
            std::fs::read_to_string(path).map_err(|source| LibraryError::Read { path: path.to_owned(), source })?;
        let file = toml::from_str(&text)
            .map_err(|source| LibraryError::Parse { path: path.to_owned(), source: Box::new(source) })?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        self.add(&name, &file)
    }

    pub fn get(&self, name: &str) -> Result<&Card, LibraryError> {
        self.cards.get(name).map(|(_, card)| card).ok_or_else(|| LibraryError::Unknown {
            name: name.to_owned(),
            known: self.cards.keys().cloned().collect::<Vec<_>>().join(", "),
        })
    }

    /// Names and titles in order of name.
    pub fn titles(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cards.iter().map(|(name, (title, _))| (name.as_str(), title.as_str()))
    }
}
