//! The third status byte of a reply (SW3): what the module says about a command.

/// SW3 as it appears on the wire (reader-protocol 1.4). Values that no source names are kept in `Other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// `90`
    Success,
    /// `9F`
    CardFound,
    /// `91`: the card holds nothing under this item.
    NothingStored,
    /// `10`: the module received a request with a wrong checksum.
    RequestChecksum,
    /// `11`: the module received a request with a wrong length.
    RequestLength,
    /// `21`: wrong value or wrong order.
    CommandRefused,
    /// `23`
    NotPermitted,
    /// `24`: unrecognised error; some modules use it for wrong order.
    Unrecognised,
    /// `31`: the card does not accept this module.
    CardRefusedModule,
    /// `32`: the module does not accept this card.
    ModuleRefusedCard,
    /// `33`
    VerificationFailed,
    /// `37`
    FingerprintFailed,
    /// `3F`
    LengthError,
    /// `40`: not a card of this kind.
    WrongCard,
    /// `41`
    ReadFailed,
    /// `47`
    RandomFailed,
    /// `4E`: a vendor's answer to a sub-command it does not know.
    UnknownSubcommand,
    /// `60`: the module accepts no command.
    SelfTestFailed,
    /// `66`: the module may not be used.
    Unauthorised,
    /// `80`: no card answered. After a good read it proves nothing: many modules keep silent about a card already read.
    NoCard,
    /// `81`
    SelectFailed,
    Other(u8),
}

impl From<u8> for Status {
    fn from(sw3: u8) -> Self {
        match sw3 {
            0x90 => Self::Success,
            0x9F => Self::CardFound,
            0x91 => Self::NothingStored,
            0x10 => Self::RequestChecksum,
            0x11 => Self::RequestLength,
            0x21 => Self::CommandRefused,
            0x23 => Self::NotPermitted,
            0x24 => Self::Unrecognised,
            0x31 => Self::CardRefusedModule,
            0x32 => Self::ModuleRefusedCard,
            0x33 => Self::VerificationFailed,
            0x37 => Self::FingerprintFailed,
            0x3F => Self::LengthError,
            0x40 => Self::WrongCard,
            0x41 => Self::ReadFailed,
            0x47 => Self::RandomFailed,
            0x4E => Self::UnknownSubcommand,
            0x60 => Self::SelfTestFailed,
            0x66 => Self::Unauthorised,
            0x80 => Self::NoCard,
            0x81 => Self::SelectFailed,
            other => Self::Other(other),
        }
    }
}

impl From<Status> for u8 {
    fn from(status: Status) -> u8 {
        match status {
            Status::Success => 0x90,
            Status::CardFound => 0x9F,
            Status::NothingStored => 0x91,
            Status::RequestChecksum => 0x10,
            Status::RequestLength => 0x11,
            Status::CommandRefused => 0x21,
            Status::NotPermitted => 0x23,
            Status::Unrecognised => 0x24,
            Status::CardRefusedModule => 0x31,
            Status::ModuleRefusedCard => 0x32,
            Status::VerificationFailed => 0x33,
            Status::FingerprintFailed => 0x37,
            Status::LengthError => 0x3F,
            Status::WrongCard => 0x40,
            Status::ReadFailed => 0x41,
            Status::RandomFailed => 0x47,
            Status::UnknownSubcommand => 0x4E,
            Status::SelfTestFailed => 0x60,
            Status::Unauthorised => 0x66,
            Status::NoCard => 0x80,
            Status::SelectFailed => 0x81,
            Status::Other(other) => other,
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02X}", u8::from(*self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_byte_survives_the_round_trip() {
        for sw3 in 0..=255u8 {
            assert_eq!(u8::from(Status::from(sw3)), sw3);
        }
    }
}
