//! Frames of the SAM serial protocol as the *module* sees them: requests are hunted out of a byte stream, replies are built.
//!
//! Request: `AA AA AA 96 69 | LEN(2, big-endian) | CMD | PARA | DATA… | CHK`; reply the same with `SW1 SW2 SW3` in place of
//! `CMD PARA`. LEN counts everything behind itself, CHK is the XOR of everything from LEN on (reader-protocol, 1.2).

/// The five bytes that begin a frame.
pub const PREAMBLE: [u8; 5] = [0xAA, 0xAA, 0xAA, 0x96, 0x69];

/// No request of the protocol is longer than this many bytes behind LEN; a greater LEN is a length error.
const LONGEST_REQUEST: usize = 64;

/// What the module made of the bytes it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A whole request with a good checksum. Sleep and wake carry no PARA.
    Request { cmd: u8, para: Option<u8>, data: Vec<u8> },
    /// A whole request whose checksum is wrong.
    BadChecksum,
    /// A length that no request has.
    BadLength,
}

/// XOR over `bytes`: the protocol's checksum.
pub fn checksum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

/// A frame around `body` (everything between LEN and CHK).
pub fn frame(body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 1).expect("no body of this protocol reaches 64 KiB");
    let mut bytes = PREAMBLE.to_vec();
    bytes.extend(length.to_be_bytes());
    bytes.extend(body);
    bytes.push(checksum(&bytes[5..]));
    bytes
}

/// A reply with status `00 00 sw3`.
pub fn reply(sw3: u8, data: &[u8]) -> Vec<u8> {
    let mut body = vec![0, 0, sw3];
    body.extend(data);
    frame(&body)
}

/// Puts the checksum right after the bytes behind the preamble were changed.
pub fn seal(frame: &mut [u8]) {
    if let Some((last, rest)) = frame.split_last_mut()
        && rest.len() >= PREAMBLE.len()
    {
        *last = checksum(&rest[PREAMBLE.len()..]);
    }
}

/// Finds requests in whatever arrives: any number of leading `AA`, foreign frames and noise are skipped.
#[derive(Debug, Default, Clone)]
pub struct Hunter {
    pending: Vec<u8>,
}

impl Hunter {
    /// Takes bytes in any pieces and yields what they complete, in order.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Heard> {
        self.pending.extend(bytes);
        let mut heard = Vec::new();
        while let Some(found) = self.next() {
            heard.push(found);
        }
        heard
    }

    /// Forgets a half-heard request, as a module does when the line falls silent inside one.
    pub fn forget(&mut self) {
        self.pending.clear();
    }

    fn next(&mut self) -> Option<Heard> {
        // Two AA are enough: the first may have been lost when the line woke up.
        let marker = &PREAMBLE[1..];
        let Some(start) = self.pending.windows(marker.len()).position(|window| window == marker) else {
            let keep = self.pending.len().min(marker.len() - 1);
            self.pending.drain(..self.pending.len() - keep);
            return None;
        };
        self.pending.drain(..start);
        let after = &self.pending[marker.len()..];
        let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
        if !(2..=LONGEST_REQUEST).contains(&length) {
            self.pending.drain(..marker.len());
            return Some(Heard::BadLength);
        }
        let whole = after.get(..2 + length)?.to_vec();
        self.pending.drain(..marker.len() + whole.len());
        if checksum(&whole) != 0 {
            return Some(Heard::BadChecksum);
        }
        let body = &whole[2..whole.len() - 1];
        Some(Heard::Request { cmd: body[0], para: body.get(1).copied(), data: body.get(2..).unwrap_or(&[]).to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_is_found_behind_noise_and_a_foreign_frame() {
        let mut hunter = Hunter::default();
        let bytes = hex::decode("0055aa0301aaaaaaaa96690003200122").unwrap();
        assert_eq!(hunter.push(&bytes), [Heard::Request { cmd: 0x20, para: Some(1), data: vec![] }]);
    }

    #[test]
    fn request_in_single_bytes_is_heard_once() {
        let mut hunter = Hunter::default();
        let bytes = hex::decode("aaaaaa9669000311ffed").unwrap();
        let heard: Vec<_> = bytes.iter().flat_map(|byte| hunter.push(&[*byte])).collect();
        assert_eq!(heard, [Heard::Request { cmd: 0x11, para: Some(0xFF), data: vec![] }]);
    }

    #[test]
    fn wrong_checksum_and_wrong_length_are_told_apart() {
        let mut hunter = Hunter::default();
        assert_eq!(hunter.push(&hex::decode("aaaaaa9669000311ff00").unwrap()), [Heard::BadChecksum]);
        assert_eq!(hunter.push(&hex::decode("aaaaaa9669ffff11ffed").unwrap()), [Heard::BadLength]);
        assert_eq!(hunter.push(&hex::decode("aaaaaa96690000").unwrap()), [Heard::BadLength]);
    }

    #[test]
    fn wake_has_no_parameter() {
        let mut hunter = Hunter::default();
        let heard = hunter.push(&hex::decode("aaaaaa966900020103").unwrap());
        assert_eq!(heard, [Heard::Request { cmd: 1, para: None, data: vec![] }]);
    }
}
