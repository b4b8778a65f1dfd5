//! Frames of the module's serial protocol: building requests, and finding replies in whatever a line delivers.
//!
//! `AA AA AA 96 69 | LEN LEN | body | CHK`, LEN big-endian counting body and CHK, CHK the XOR from LEN on
//! (reader-protocol 1.2). The checksum is one byte and lets one damaged frame in 256 pass; what it cannot see is
//! caught one level up, where the shape of the answer is known (`command`) and a doubtful read is repeated
//! (`conversation`).

use crate::status::Status;

/// What every frame begins with. Leading `AA`s are for synchronisation: more or fewer of them are accepted.
pub const PREAMBLE: [u8; 5] = [0xAA, 0xAA, 0xAA, 0x96, 0x69];
/// Smallest LEN of a reply: three status bytes and the checksum.
pub const SHORTEST: usize = 4;
/// Largest LEN taken for a reply. The largest real one is 0x90A, with two fingerprints.
pub const LONGEST: usize = 2400;

const SYNC: [u8; 3] = [0xAA, 0x96, 0x69];

/// Wraps a request body (`CMD PARA DATA…`) into a frame.
pub fn encode(body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 1).expect("requests are a few bytes long");
    let mut frame = PREAMBLE.to_vec();
    frame.extend(length.to_be_bytes());
    frame.extend(body);
    frame.push(frame[PREAMBLE.len()..].iter().fold(0, |sum, byte| sum ^ byte));
    frame
}

/// A reply whose length and checksum were right. Its `Debug` tells the length of the data, never the data.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    body: Vec<u8>,
}

impl Reply {
    /// SW1 and SW2: forwarded status of the card, informative only.
    pub fn card_status(&self) -> [u8; 2] {
        [self.body[0], self.body[1]]
    }

    pub fn status(&self) -> Status {
        Status::from(self.body[2])
    }

    /// What follows the status bytes.
    pub fn payload(&self) -> &[u8] {
        &self.body[3..]
    }

    /// Everything between LEN and CHK: status bytes and payload.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reply({}, {} bytes)", self.status(), self.payload().len())
    }
}

/// Bytes that were not a reply. They are counted, not kept: they may be pieces of a person's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noise {
    /// Bytes outside any frame.
    Stray { bytes: usize },
    /// Bytes beginning `55 AA`: the vendor's side protocol for beeper and lamp, on the same port.
    Foreign { bytes: usize },
    /// A preamble followed by a length that no reply has.
    Length { stated: u16 },
    /// A frame whose checksum is wrong.
    Checksum,
    /// A frame that began and never ended.
    Cut,
}

impl Noise {
    /// Whether this noise shows that frames are being damaged, rather than only surrounded by other bytes.
    pub fn is_damage(self) -> bool {
        match self {
            Self::Checksum | Self::Cut | Self::Length { .. } => true,
            Self::Stray { .. } | Self::Foreign { .. } => false,
        }
    }
}

/// Finds replies in a stream of bytes, however they are cut, glued or surrounded.
///
/// A bad frame costs only its own preamble: the hunt goes on inside it, so a good frame swallowed by a wrong length
/// is still found.
#[derive(Default)]
pub struct Decoder {
    buffer: Vec<u8>,
    /// Bytes before this index are done with.
    start: usize,
    /// The line has fallen silent: what is incomplete now will stay so.
    silent: bool,
}

enum Candidate {
    Incomplete,
    Implausible(u16),
    Damaged,
    Whole { end: usize },
}

impl Decoder {
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes what has arrived. Ask [`Decoder::next`] until it gives `None`.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.start > 4096 || self.start == self.buffer.len() {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.silent = false;
        self.buffer.extend_from_slice(bytes);
    }

    /// Says that the line has been silent for longer than bytes of one frame are ever apart.
    pub fn silence(&mut self) {
        self.silent = true;
    }

    /// Whether a frame has begun and not ended.
    pub fn is_hearing(&self) -> bool {
        self.start < self.buffer.len()
    }

    /// Forgets everything heard so far and tells how many bytes that was.
    pub fn clear(&mut self) -> usize {
        let forgotten = self.buffer.len() - self.start;
        self.buffer.clear();
        self.start = 0;
        self.silent = false;
        forgotten
    }

    /// The next reply, or the next piece of noise, or `None` when more bytes (or silence) must come first.
    #[expect(clippy::should_implement_trait, reason = "an exhausted decoder goes on after the next push")]
    pub fn next(&mut self) -> Option<Result<Reply, Noise>> {
        let Some(sync) = find(&self.buffer[self.start..], &SYNC).map(|at| self.start + at) else {
            return self.drop_strays();
        };
        let lead = self.buffer[self.start..sync].iter().rev().take_while(|byte| **byte == 0xAA).count();
        if sync - lead > self.start {
            let stray = self.stray(self.start, sync - lead);
            self.start = sync - lead;
            return Some(Err(stray));
        }
        match self.candidate(sync) {
            Candidate::Implausible(stated) => {
                self.start = sync + SYNC.len();
                Some(Err(Noise::Length { stated }))
            }
            Candidate::Damaged => {
                self.start = sync + SYNC.len();
                Some(Err(Noise::Checksum))
            }
            Candidate::Incomplete if self.silent => {
                self.start = sync + SYNC.len();
                Some(Err(Noise::Cut))
            }
            Candidate::Incomplete => None,
            Candidate::Whole { end } => match self.inside(sync, end) {
                Inside::Nothing => {
                    let body = self.buffer[sync + 5..end - 1].to_vec();
                    self.start = end;
                    Some(Ok(Reply { body }))
                }
                Inside::Frame => {
                    self.start = sync + SYNC.len();
                    Some(Err(Noise::Cut))
                }
                Inside::Undecided => None,
            },
        }
    }

    fn candidate(&self, sync: usize) -> Candidate {
        let Some(length) = self.buffer.get(sync + 3..sync + 5) else { return Candidate::Incomplete };
        let stated = u16::from_be_bytes([length[0], length[1]]);
        if !(SHORTEST..=LONGEST).contains(&usize::from(stated)) {
            return Candidate::Implausible(stated);
        }
        let end = sync + 5 + usize::from(stated);
        let Some(summed) = self.buffer.get(sync + 3..end) else { return Candidate::Incomplete };
        if summed.iter().fold(0, |sum, byte| sum ^ byte) == 0 { Candidate::Whole { end } } else { Candidate::Damaged }
    }

    /// A frame whose checksum came out right by chance, because it was cut and ran into the next one, holds that next
    /// one. So what looks like a frame inside a frame is heard out first, and wins if it proves whole.
    fn inside(&self, sync: usize, end: usize) -> Inside {
        let mut from = sync + SYNC.len();
        while let Some(at) = find(&self.buffer[from..(end + 2).min(self.buffer.len())], &SYNC) {
            let inner = from + at;
            match self.candidate(inner) {
                Candidate::Whole { .. } => return Inside::Frame,
                Candidate::Incomplete if !self.silent => return Inside::Undecided,
                Candidate::Incomplete | Candidate::Implausible(_) | Candidate::Damaged => from = inner + SYNC.len(),
            }
        }
        self.stolen(end)
    }

    /// A frame that lost one or two bytes takes the first `AA`s of the next preamble for its own, and two of them leave
    /// the checksum as it was. So a frame ending in `AA` is believed when the preamble behind it still has its three.
    fn stolen(&self, end: usize) -> Inside {
        if self.buffer[end - 1] != 0xAA {
            return Inside::Nothing;
        }
        let left = self.buffer[end..].iter().take_while(|byte| **byte == 0xAA).count();
        if left >= 3 || (left == 0 && end < self.buffer.len()) {
            return Inside::Nothing;
        }
        if left == 0 {
            return if self.silent { Inside::Nothing } else { Inside::Undecided };
        }
        match self.buffer.get(end + left..end + left + 2) {
            None if self.silent => Inside::Nothing,
            None => Inside::Undecided,
            Some([0x96, 0x69]) => match self.candidate(end + left - 1) {
                Candidate::Whole { .. } => Inside::Frame,
                Candidate::Incomplete if !self.silent => Inside::Undecided,
                Candidate::Incomplete | Candidate::Implausible(_) | Candidate::Damaged => Inside::Nothing,
            },
            Some(_) => Inside::Nothing,
        }
    }

    /// Without a preamble in sight only the last bytes can still become one.
    fn drop_strays(&mut self) -> Option<Result<Reply, Noise>> {
        let rest = &self.buffer[self.start..];
        let tail = if self.silent { 0 } else { beginning_of_preamble(rest) };
        if rest.len() == tail {
            return None;
        }
        let until = self.buffer.len() - tail;
        let stray = self.stray(self.start, until);
        self.start = until;
        Some(Err(stray))
    }

    fn stray(&self, from: usize, until: usize) -> Noise {
        let bytes = until - from;
        if self.buffer[from..until].starts_with(&[0x55, 0xAA]) {
            Noise::Foreign { bytes }
        } else {
            Noise::Stray { bytes }
        }
    }
}

enum Inside {
    Nothing,
    Frame,
    Undecided,
}

/// How many bytes at the end of `rest` may be the beginning of a preamble.
fn beginning_of_preamble(rest: &[u8]) -> usize {
    let (stem, extra) = match rest {
        [stem @ .., 0x96] => (stem, 1),
        _ => (rest, 0),
    };
    let run = stem.iter().rev().take_while(|byte| **byte == 0xAA).count();
    if run == 0 { 0 } else { run + extra }
}

fn find(hay: &[u8], needle: &[u8; 3]) -> Option<usize> {
    // The second byte is the rare one: a module's padding is often AA.
    let mut from = 1;
    while let Some(at) = hay.get(from..)?.iter().position(|byte| *byte == needle[1]) {
        let at = from + at;
        if hay[at - 1] == needle[0] && hay.get(at + 1) == Some(&needle[2]) {
            return Some(at - 1);
        }
        from = at + 1;
    }
    None
}
