//! Whether a card lies on the reader, as far as finding can tell.

/// After a good read most modules do not find the same card again until it has left. So "not found" then proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Present,
    Absent,
    /// Not found after a good read: still lying there, or gone.
    Unknown,
}

/// Keeps what is known about the card from one find to the next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PresenceWatch {
    read_since_found: bool,
}

impl PresenceWatch {
    pub fn note_good_read(&mut self) {
        self.read_since_found = true;
    }

    /// Judges one answer to a find.
    pub fn note_find(&mut self, found: bool) -> Presence {
        match (found, self.read_since_found) {
            (true, _) => {
                self.read_since_found = false;
                Presence::Present
            }
            (false, true) => Presence::Unknown,
            (false, false) => Presence::Absent,
        }
    }
}
