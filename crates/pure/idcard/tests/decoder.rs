//! The decoder under noise, cuts, glue and wrong lengths.

use idcard::frame::{Decoder, Reply, encode};
use proptest::prelude::*;

/// What one stretch of a line holds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece {
    Good,
    Damaged,
    Noise,
}

struct Stream {
    bytes: Vec<u8>,
    pieces: Vec<(Piece, usize, usize)>,
    good: Vec<Vec<u8>>,
}

/// SplitMix64: one number gives the whole stream again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.roll() % bound as u64) as usize
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.roll() as u8).collect()
    }
}

fn body(dice: &mut Dice) -> Vec<u8> {
    let length = match dice.below(100) {
        0 => 1287,
        1 => 2313,
        2..=9 => 11 + dice.below(300),
        _ => 3 + dice.below(16),
    };
    dice.bytes(length)
}

/// Damage after the preamble, so that the frame is surely bad and the preamble before it surely whole.
fn damaged(dice: &mut Dice) -> Vec<u8> {
    let mut frame = encode(&body(dice));
    let at = 5 + dice.below(frame.len() - 5);
    match dice.below(6) {
        0 => frame[at] ^= 1 << dice.below(8),
        1 => frame.truncate(at.max(8)),
        2 => drop(frame.remove(at)),
        3 => {
            let extra = 1 + dice.below(4);
            let noise = dice.bytes(extra);
            frame.splice(at..at, noise);
        }
        4 => frame[5..7].copy_from_slice(&(dice.roll() as u16).to_be_bytes()),
        _ => frame[3 + dice.below(2)] ^= 0x41,
    }
    frame
}

fn noise(dice: &mut Dice) -> Vec<u8> {
    match dice.below(6) {
        0 => vec![0x55, 0xAA, 0x03, 0x01, 0x02, 0xA9],
        1 => vec![0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x05, 0x05, 0x05, 0x05],
        2 => vec![0xAA; 1 + dice.below(7)],
        3 => encode(&[0x20, 0x01]),
        _ => {
            let count = 1 + dice.below(40);
            dice.bytes(count)
        }
    }
}

fn stream(seed: u64, frames: usize) -> Stream {
    let mut dice = Dice(seed);
    let mut stream = Stream { bytes: Vec::new(), pieces: Vec::new(), good: Vec::new() };
    while stream.pieces.len() < frames {
        let (piece, bytes) = match dice.below(10) {
            0..=4 => {
                let body = body(&mut dice);
                stream.good.push(body.clone());
                (Piece::Good, encode(&body))
            }
            5..=7 => (Piece::Damaged, damaged(&mut dice)),
            _ => (Piece::Noise, noise(&mut dice)),
        };
        let from = stream.bytes.len();
        stream.bytes.extend(bytes);
        stream.pieces.push((piece, from, stream.bytes.len()));
    }
    unfool(&mut stream);
    stream
}

/// The checksum is one byte wide: one damaged frame in 256 carries a right one and no decoder can tell. Such a frame is
/// damaged once more, so that what remains is what the format lets a decoder know. Claims reach forward only, so the
/// last frame goes first.
fn unfool(stream: &mut Stream) {
    for (piece, from, end) in stream.pieces.iter().rev() {
        if *piece == Piece::Good {
            continue;
        }
        let Some(at) = stream.bytes[*from..*end].windows(3).position(|window| window == [0xAA, 0x96, 0x69]) else {
            continue;
        };
        let from = from + at + 3;
        let Some(length) = stream.bytes.get(from..from + 2) else { continue };
        let claimed = usize::from(u16::from_be_bytes([length[0], length[1]]));
        if let Some(summed) = stream.bytes.get(from..from + 2 + claimed)
            && summed.iter().fold(0, |sum, byte| sum ^ byte) == 0
            && (4..=2400).contains(&claimed)
            && from + 2 < *end
        {
            stream.bytes[(*end).min(from + 2 + claimed) - 1] ^= 0x10;
        }
    }
}

fn good_bodies(stream: &Stream, seed: u64) -> Vec<Vec<u8>> {
    let mut dice = Dice(!seed);
    let mut decoder = Decoder::new();
    let mut heard = Vec::new();
    for (_, from, end) in &stream.pieces {
        let mut rest = &stream.bytes[*from..*end];
        while !rest.is_empty() {
            let (now, later) = rest.split_at(1 + dice.below(rest.len()));
            decoder.push(now);
            drain(&mut decoder, &mut heard);
            rest = later;
        }
        if dice.below(3) == 0 {
            decoder.silence();
            drain(&mut decoder, &mut heard);
        }
    }
    decoder.silence();
    drain(&mut decoder, &mut heard);
    assert!(!decoder.is_hearing(), "after silence nothing is left to wait for");
    heard
}

fn drain(decoder: &mut Decoder, heard: &mut Vec<Vec<u8>>) {
    while let Some(next) = decoder.next() {
        heard.extend(next.ok().map(|reply: Reply| reply.body().to_vec()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    /// Twenty streams of 5,000 frames each; the failing seed is printed.
    #[test]
    fn of_100_000_frames_none_wrong_is_taken_and_none_good_is_lost(seed: u64) {
        let stream = stream(seed, 5_000);
        let heard = good_bodies(&stream, seed);
        let differs = heard.iter().zip(&stream.good).position(|(heard, good)| heard != good);
        prop_assert!(differs.is_none(), "seed {seed}: frame {differs:?} differs");
        prop_assert_eq!(heard.len(), stream.good.len(), "seed {}", seed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A frame that lost one or two bytes takes the next preamble's first bytes for its own. When those happen to leave
    /// the checksum right, only what follows gives it away.
    #[test]
    fn a_frame_short_of_one_or_two_bytes_is_refused_and_the_next_one_kept(
        first in proptest::collection::vec(any::<u8>(), 3..40),
        second in proptest::collection::vec(any::<u8>(), 3..40),
        at in any::<proptest::sample::Index>(),
        count in 1..3usize,
    ) {
        let mut short = encode(&first);
        let from = 7 + at.index(short.len() - 7 - count);
        // Lost bytes whose sum is the sum of the bytes taken instead.
        let fill = if count == 1 { [0xAA].to_vec() } else { [0x5C, 0x5C].to_vec() };
        short.splice(from..from + count, fill);
        let sum = short[5..short.len() - 1].iter().fold(0, |sum, byte| sum ^ byte);
        *short.last_mut().unwrap() = sum;
        short.drain(from..from + count);
        let mut decoder = Decoder::new();
        decoder.push(&short);
        decoder.push(&encode(&second));
        let mut heard = Vec::new();
        drain(&mut decoder, &mut heard);
        decoder.silence();
        drain(&mut decoder, &mut heard);
        prop_assert_eq!(heard, vec![second]);
    }

    /// Any bytes, in any pieces: no panic, and silence always empties the decoder.
    #[test]
    fn any_bytes_are_survived(pieces in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..50), 0..20)) {
        let mut decoder = Decoder::new();
        let mut heard = Vec::new();
        for piece in pieces {
            decoder.push(&piece);
            drain(&mut decoder, &mut heard);
        }
        decoder.silence();
        drain(&mut decoder, &mut heard);
        prop_assert!(!decoder.is_hearing());
    }

    /// Leading `AA`s beyond three, or only one of them, make no difference.
    #[test]
    fn any_number_of_leading_aa_is_taken(body in proptest::collection::vec(any::<u8>(), 3..40), lead in 1..12usize) {
        let frame = encode(&body);
        let mut bytes = vec![0xAA; lead];
        bytes.extend(&frame[3..]);
        let mut decoder = Decoder::new();
        decoder.push(&bytes);
        let mut heard = Vec::new();
        drain(&mut decoder, &mut heard);
        decoder.silence();
        drain(&mut decoder, &mut heard);
        prop_assert_eq!(heard, vec![body]);
    }
}

#[test]
fn data_that_holds_a_preamble_is_kept_once_the_line_is_silent() {
    let mut body = vec![0, 0, 0x90];
    body.extend([0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x05, 0x08, 0x01, 0x02]);
    let mut decoder = Decoder::new();
    decoder.push(&encode(&body));
    assert!(decoder.next().is_none(), "the inner preamble is heard out first");
    decoder.silence();
    assert_eq!(decoder.next().unwrap().unwrap().body(), body);
}
