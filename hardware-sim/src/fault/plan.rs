//! How a reply will go out: its bytes, its pauses and what happens on the way. Faults rewrite the plan one after another.

use std::time::Duration;

use super::Kind;
use crate::frame;

/// Bytes sent without a pause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Silence before the first byte.
    pub pause: Duration,
    pub bytes: Vec<u8>,
    /// What happens when the last byte is out.
    pub then: Option<Mishap>,
}

/// Something that happens to the reader itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mishap {
    Lift,
    Lay(String),
    PowerCycle,
    Unplug,
}

/// A reply on its way.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Bytes before the frame, the frame itself, bytes behind it.
    before: Vec<u8>,
    frame: Vec<u8>,
    after: Vec<u8>,
    late: Duration,
    /// Where the frame is interrupted, by a pause or for good.
    stalls: Vec<(usize, Duration)>,
    end: Option<(usize, Option<Mishap>)>,
    chunk: Option<(usize, Duration)>,
    follow: Vec<Segment>,
    finally: Option<Mishap>,
}

impl Plan {
    pub fn of(frame: Vec<u8>) -> Plan {
        Plan {
            before: Vec::new(),
            frame,
            after: Vec::new(),
            late: Duration::ZERO,
            stalls: Vec::new(),
            end: None,
            chunk: None,
            follow: Vec::new(),
            finally: None,
        }
    }

    /// Rewrites the plan as `kind` says. `request` is what the host sent.
    pub fn suffer(&mut self, kind: &Kind, request: &[u8], chance: &mut fastrand::Rng) {
        let bytes = &mut self.frame;
        let length = bytes.len();
        match kind {
            Kind::Silence => bytes.clear(),
            Kind::Status { sw3 } => *bytes = frame::reply(*sw3, &[]),
            Kind::Sw { sw1, sw2 } => rewrite(bytes, 7, &[*sw1, *sw2]),
            Kind::BadChecksum => flip(bytes, length.saturating_sub(1), 0x5A),
            Kind::Length { value } => rewrite(bytes, 5, &value.to_be_bytes()),
            Kind::InnerLengths { text, photo } => {
                rewrite(bytes, 10, &[text.to_be_bytes(), photo.to_be_bytes()].concat());
            }
            Kind::Flip { at, mask } => flip(bytes, *at, *mask),
            Kind::Drop { at, count } => drop(bytes.drain(part(*at, *count, length))),
            Kind::Duplicate { at, count } => {
                let part = part(*at, *count, length);
                let again = bytes[part.clone()].to_vec();
                bytes.splice(part.end..part.end, again);
            }
            Kind::Insert { at, hex } => {
                bytes.splice((*at).min(length)..(*at).min(length), hex.bytes().to_vec());
            }
            Kind::NoiseBefore { bytes } => self.before.splice(0..0, noise(*bytes, chance)).for_each(drop),
            Kind::NoiseAfter { bytes } => self.after.extend(noise(*bytes, chance)),
            Kind::Corrupt { rate } => corrupt(bytes, *rate, chance),
            Kind::Truncate { at } => self.end = Some((*at, None)),
            Kind::Stall { at, ms } => self.stalls.push((*at, Duration::from_millis(*ms))),
            Kind::Split { gap_ms, chunk } => {
                self.chunk = Some((chunk.unwrap_or(1).max(1), Duration::from_millis(*gap_ms)));
            }
            Kind::Glue => self.after.extend(frame::reply(0x90, &[])),
            Kind::Twice => self.after.extend(self.frame.clone()),
            Kind::Late { ms } => self.late = self.late.saturating_add(Duration::from_millis(*ms)),
            Kind::OtherReply => {
                // Whichever good reply it is not: a SAM id has 16 bytes of data, a status none.
                *bytes = if length == 11 { frame::reply(0x90, &[0; 16]) } else { frame::reply(0x90, &[]) };
            }
            Kind::Unsolicited { after_ms } => self.follow.push(Segment {
                pause: Duration::from_millis(*after_ms),
                bytes: frame::reply(0x90, &[]),
                then: None,
            }),
            Kind::Echo => self.before.splice(0..0, request.to_vec()).for_each(drop),
            Kind::ForeignFrame => self.before.extend([0x55, 0xAA, 0x03, 0x01, 0x02, 0x00]),
            Kind::PseudoReply { then_real } => {
                self.before.extend([0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x05, 0x05, 0x05, 0x05]);
                if !then_real {
                    bytes.clear();
                }
            }
            Kind::WrongBaud => *bytes = at_another_speed(bytes),
            Kind::Instead { hex } => *bytes = hex.bytes().to_vec(),
            Kind::RemoveCard { at } => self.end = Some((*at, Some(Mishap::Lift))),
            Kind::Swap { card } => self.finally = Some(Mishap::Lay(card.clone())),
            Kind::PowerCycle { at } => self.end = Some((*at, Some(Mishap::PowerCycle))),
            Kind::Unplug { at } => self.end = Some((*at, Some(Mishap::Unplug))),
        }
    }

    /// The plan as pieces in order.
    pub fn into_segments(mut self) -> Vec<Segment> {
        let mut then = self.finally;
        if let Some((at, mishap)) = self.end {
            self.frame.truncate(at);
            self.after.clear();
            then = mishap.or(then);
        }
        let mut cuts: Vec<(usize, Duration)> =
            self.stalls.iter().map(|(at, pause)| (self.before.len().saturating_add(*at), *pause)).collect();
        let bytes = [self.before, self.frame, self.after].concat();
        if let Some((chunk, gap)) = self.chunk {
            cuts.extend((chunk..bytes.len()).step_by(chunk).map(|at| (at, gap)));
        }
        cuts.retain(|(at, _)| *at > 0 && *at < bytes.len());
        cuts.sort();

        let mut segments = Vec::new();
        let (mut from, mut pause) = (0, self.late);
        for (at, next_pause) in cuts {
            if at > from {
                segments.push(Segment { pause, bytes: bytes[from..at].to_vec(), then: None });
                (from, pause) = (at, next_pause);
            } else {
                pause = pause.saturating_add(next_pause);
            }
        }
        segments.push(Segment { pause, bytes: bytes[from..].to_vec(), then });
        segments.extend(self.follow);
        segments
    }
}

/// Replaces each byte by a random one with probability `rate`.
pub(crate) fn corrupt(bytes: &mut [u8], rate: f64, chance: &mut fastrand::Rng) {
    for byte in bytes {
        if chance.f64() < rate {
            *byte = chance.u8(..);
        }
    }
}

/// What a line sampled at another speed makes of `bytes`: nothing that could be taken for a frame.
pub(crate) fn at_another_speed(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|byte| byte.rotate_left(3) ^ 0x1C).collect()
}

/// `count` bytes from `at`, as far as there are any.
fn part(at: usize, count: usize, length: usize) -> std::ops::Range<usize> {
    at.min(length)..at.saturating_add(count).min(length)
}

fn rewrite(bytes: &mut [u8], at: usize, new: &[u8]) {
    if let Some(place) = bytes.get_mut(at..at + new.len()) {
        place.copy_from_slice(new);
        frame::seal(bytes);
    }
}

fn flip(bytes: &mut [u8], at: usize, mask: u8) {
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= mask;
    }
}

fn noise(count: usize, chance: &mut fastrand::Rng) -> Vec<u8> {
    (0..count).map(|_| chance.u8(..)).collect()
}
