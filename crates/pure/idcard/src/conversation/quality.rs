//! How far a line may be believed.

/// Remembers damage. The frame checksum lets one damaged frame in 256 pass, so on a line that has just damaged one, a
/// single good checksum proves little and a read must be heard twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineQuality {
    answers_until_trusted: u8,
}

/// Clean answers after which a line is trusted again.
const CLEAN_RUN: u8 = 20;

impl LineQuality {
    pub fn note_damage(&mut self) {
        self.answers_until_trusted = CLEAN_RUN;
    }

    pub fn note_clean_answer(&mut self) {
        self.answers_until_trusted = self.answers_until_trusted.saturating_sub(1);
    }

    pub fn is_doubtful(self) -> bool {
        self.answers_until_trusted > 0
    }
}
