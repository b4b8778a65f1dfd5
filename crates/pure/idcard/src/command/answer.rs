//! What a reply means to the command that is waiting. A reply that cannot belong to it is a late answer to another.

use crate::{card::TextBlock, command::Command, frame::Reply, sam_id::SamId, status::Status, wlt::ChipPhoto};

/// Bytes of one appended address: 35 UTF-16 units.
pub const APPENDED_ADDRESS: usize = 70;
/// Bytes of the text record.
pub const TEXT: usize = 256;

/// What was asked for. Its `Debug` hides everything personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The command was carried out; it yields nothing.
    Done,
    SamId(SamId),
    Found,
    Selected,
    Base(Box<BaseRead>),
    /// Raw UTF-16LE of each appended address, 70 bytes each, none to four.
    Appended(Vec<Hidden>),
    /// Twenty-eight bytes, taken to be IIN 4, SN 8 and DN 16.
    Management(Hidden),
}

/// What the chip holds, checked for its stated lengths and no further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseRead {
    /// 256 bytes.
    pub text: TextBlock,
    pub photo: ChipPhoto,
    /// 0, 512 or 1,024 bytes; empty when not asked for.
    pub fingerprint: Hidden,
}

/// Personal bytes. Their `Debug` tells only how many.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Hidden(pub Vec<u8>);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// How a reply bears on a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hearing {
    Answer(Answer),
    /// The module says no, and which no.
    Refused(Status),
    /// The reply belongs to another command: it came late, or unasked.
    Foreign,
    /// The checksum was right and the lengths inside were not.
    Malformed,
}

impl Command {
    /// Judges one reply by its status and the shape of its payload.
    pub fn hear(self, reply: &Reply) -> Hearing {
        let payload = reply.payload();
        match reply.status() {
            Status::Success => self.hear_success(payload),
            Status::CardFound if self == Self::Find && payload.len() <= 16 => Hearing::Answer(Answer::Found),
            Status::CardFound => Hearing::Foreign,
            status @ (Status::NoCard | Status::SelectFailed | Status::NothingStored | Status::ReadFailed) => {
                self.hear_about_the_card(status)
            }
            status @ (Status::RequestChecksum
            | Status::RequestLength
            | Status::CommandRefused
            | Status::NotPermitted
            | Status::Unrecognised
            | Status::CardRefusedModule
            | Status::ModuleRefusedCard
            | Status::VerificationFailed
            | Status::FingerprintFailed
            | Status::LengthError
            | Status::WrongCard
            | Status::RandomFailed
            | Status::UnknownSubcommand
            | Status::SelfTestFailed
            | Status::Unauthorised
            | Status::Other(_)) => Hearing::Refused(status),
        }
    }

    /// Four statuses speak of the card, and each belongs to certain commands only.
    fn hear_about_the_card(self, status: Status) -> Hearing {
        let mine = match self {
            Self::Find => status == Status::NoCard,
            Self::Select => matches!(status, Status::NoCard | Status::SelectFailed),
            Self::ReadBase | Self::ReadWithFingerprint | Self::ReadAppended | Self::ReadManagement => true,
            Self::Reset | Self::Status | Self::SamId | Self::SetBaud(_) | Self::SetRadioFrame(_) => false,
        };
        if !mine {
            return Hearing::Foreign;
        }
        if self == Self::ReadAppended && status == Status::NothingStored {
            return Hearing::Answer(Answer::Appended(Vec::new()));
        }
        Hearing::Refused(status)
    }

    fn hear_success(self, payload: &[u8]) -> Hearing {
        let answer = match self {
            Self::Reset | Self::Status | Self::SetBaud(_) | Self::SetRadioFrame(_) => {
                payload.is_empty().then_some(Answer::Done)
            }
            Self::SamId => <[u8; 16]>::try_from(payload).ok().map(|raw| Answer::SamId(SamId::new(raw))),
            Self::Find => None,
            Self::Select => (payload.len() == 8).then_some(Answer::Selected),
            Self::ReadBase | Self::ReadWithFingerprint if payload.len() < TEXT => None,
            Self::ReadBase => return whole(read_base(payload, false)),
            Self::ReadWithFingerprint => return whole(read_base(payload, true)),
            Self::ReadAppended => {
                let fits = !payload.is_empty() && payload.len().is_multiple_of(APPENDED_ADDRESS);
                fits.then(|| Answer::Appended(appended(payload)))
            }
            Self::ReadManagement => (payload.len() == 28).then(|| Answer::Management(Hidden(payload.to_vec()))),
        };
        answer.map_or(Hearing::Foreign, Hearing::Answer)
    }
}

fn whole(read: Option<BaseRead>) -> Hearing {
    read.map_or(Hearing::Malformed, |read| Hearing::Answer(Answer::Base(Box::new(read))))
}

/// Two or three big-endian lengths, then the parts. Every stated length must be one that exists, and their sum must be
/// the payload. A module that has no fingerprint function may answer `30 10` in the shape of `30 01`.
fn read_base(payload: &[u8], with_fingerprint: bool) -> Option<BaseRead> {
    let (text, rest) = payload.split_first_chunk::<2>()?;
    let (photo, rest) = rest.split_first_chunk::<2>()?;
    let (text, photo) = (usize::from(u16::from_be_bytes(*text)), usize::from(u16::from_be_bytes(*photo)));
    if (text, photo) != (TEXT, crate::wlt::BLOCK) {
        return None;
    }
    let (rest, fingerprint) = if with_fingerprint && rest.len() != text + photo {
        let (length, rest) = rest.split_first_chunk::<2>()?;
        (rest, usize::from(u16::from_be_bytes(*length)))
    } else {
        (rest, 0)
    };
    if !matches!(fingerprint, 0 | 512 | 1024) || rest.len() != text + photo + fingerprint {
        return None;
    }
    Some(BaseRead {
        text: TextBlock::new(*rest.first_chunk()?),
        photo: ChipPhoto::new(rest[text..text + photo].to_vec()),
        fingerprint: Hidden(rest[text + photo..].to_vec()),
    })
}

/// Some modules pad the list to four entries; an entry of blanks is none.
fn appended(payload: &[u8]) -> Vec<Hidden> {
    payload
        .chunks(APPENDED_ADDRESS)
        .filter(|entry| entry.chunks(2).any(|unit| !matches!(unit, [0x20, 0] | [0, 0] | [0xFF, 0xFF])))
        .map(|entry| Hidden(entry.to_vec()))
        .collect()
}
