//! The first exchanges on a line just opened: they settle which module answers, and try the line.
//!
//! One damaged frame in 256 has a right checksum. A line that damages often enough for that to matter shows it in a few
//! hundred bytes, so the module's identity, which is always the same, is asked for several times before any card is.

use super::LineQuality;
use crate::{command::Command, sam_id::SamId};

/// How often the identity is asked for on a line that shows no damage: ten times 37 bytes. At one damaged byte
/// in a hundred, three lines in a hundred pass.
pub const LINE_TRIALS: u8 = 10;
/// On a line already in doubt it is only needed itself, and is believed when two answers agree.
const IN_DOUBT: u8 = 2;

#[derive(Debug)]
pub(super) struct Trial {
    heard: Option<SamId>,
    agreeing: u8,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    Agrees,
    Differs,
}

impl Trial {
    pub(super) fn new(known: Option<SamId>) -> Self {
        Self { heard: known, agreeing: if known.is_some() { LINE_TRIALS } else { 0 } }
    }

    pub(super) fn first_command(&self) -> Command {
        if self.agreeing >= LINE_TRIALS { Command::Find } else { Command::SamId }
    }

    pub(super) fn note(&mut self, id: SamId) -> Agreement {
        if self.heard.is_some_and(|heard| heard != id) {
            self.heard = Some(id);
            self.agreeing = 1;
            return Agreement::Differs;
        }
        self.heard = Some(id);
        self.agreeing = self.agreeing.saturating_add(1);
        Agreement::Agrees
    }

    /// The identity, once enough answers agree.
    pub(super) fn sam_id(&self, quality: LineQuality) -> Option<SamId> {
        let needed = if quality.is_doubtful() { IN_DOUBT } else { LINE_TRIALS };
        self.heard.filter(|_| self.agreeing >= needed)
    }
}
