//! The identity of a reader's security module, as printed on its label.

/// The sixteen bytes answered to `12 FF`. It names a device, not a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SamId {
    raw: [u8; 16],
}

impl SamId {
    pub fn new(raw: [u8; 16]) -> Self {
        Self { raw }
    }

    pub fn raw(&self) -> &[u8; 16] {
        &self.raw
    }
}

/// `05.03-20101018-0001234567-3456789012`: two little-endian u16 and three little-endian u32 (reader-protocol 1.5;
/// sources differ on the padding, this is the form of the labels).
impl std::fmt::Display for SamId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let short = |at: usize| u16::from_le_bytes([self.raw[at], self.raw[at + 1]]);
        let long = |at: usize| u32::from_le_bytes([self.raw[at], self.raw[at + 1], self.raw[at + 2], self.raw[at + 3]]);
        write!(f, "{:02}.{:02}-{:08}-{:010}-{:010}", short(0), short(2), long(4), long(8), long(12))
    }
}

/// Whether the module that answered is the one installed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pinning {
    /// Nobody has said yet which module belongs here.
    Unpinned,
    Same,
    /// Another module answers: a case read with it is unverified, and the change is journaled.
    Changed,
}

impl Pinning {
    /// `pinned` is the label's text written down at installation; blanks around it do not matter.
    pub fn judge(pinned: Option<&str>, answered: &SamId) -> Self {
        match pinned.map(str::trim) {
            None | Some("") => Self::Unpinned,
            Some(text) if text == answered.to_string() => Self::Same,
            Some(_) => Self::Changed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> SamId {
        let raw = hex::decode("050003009AB7320187D61200146A0ACE").expect("hex");
        SamId::new(raw.try_into().expect("sixteen bytes"))
    }

    #[test]
    fn module_id_is_printed_as_on_the_label() {
        assert_eq!(sample().to_string(), "05.03-20101018-0001234567-3456789012");
    }

    #[test]
    fn another_module_is_noticed() {
        let id = sample();
        assert_eq!(Pinning::judge(None, &id), Pinning::Unpinned);
        assert_eq!(Pinning::judge(Some(" 05.03-20101018-0001234567-3456789012\n"), &id), Pinning::Same);
        assert_eq!(Pinning::judge(Some("05.03-20101018-0001234568-3456789012"), &id), Pinning::Changed);
    }
}
