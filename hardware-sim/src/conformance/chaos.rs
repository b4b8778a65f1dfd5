//! Cases drawn from a seed: a few faults at once and some noise. A driver may give up in them, but must not make anything up.

use super::{Case, Expect, Wire};
use crate::command::Command;
use crate::fault::{Fault, Kind};
use crate::scenario::ReaderSetup;

/// The case of one seed.
pub(super) fn case(seed: u64) -> Case {
    let mut draw = fastrand::Rng::with_seed(seed);
    let mut reader = ReaderSetup { card: Some("ouyang".to_owned()), ..ReaderSetup::default() };
    reader.habits.repeat_read = draw.bool();
    reader.noise_rate = [0.0, 0.001, 0.01][draw.usize(..3)];
    reader.faults = (0..draw.usize(1..=3)).map(|_| fault(&mut draw)).collect();
    Case {
        name: format!("chaos {seed}"),
        expect: Expect::Either,
        shows: None,
        timeout_ms: 5_000,
        wire: Wire::Tcp,
        reader,
        seed: Some(seed),
    }
}

fn fault(draw: &mut fastrand::Rng) -> Fault {
    let commands = [None, Some(Command::Find), Some(Command::Select), Some(Command::Read), Some(Command::SamId)];
    let mut fault = Fault {
        command: commands[draw.usize(..commands.len())],
        nth: draw.bool().then(|| draw.u32(1..=3)),
        times: None,
        probability: draw.bool().then(|| draw.f64()),
        kind: kind(draw),
    };
    // Only a record has lengths inside. Written over a SAM id, with a checksum that fits, they make the SAM id of another
    // module, and no driver could tell.
    if matches!(fault.kind, Kind::InnerLengths { .. }) {
        fault.command = Some(Command::Read);
    }
    fault
}

fn kind(draw: &mut fastrand::Rng) -> Kind {
    let at = draw.usize(..1300);
    match draw.u8(..20) {
        0 => Kind::Silence,
        1 => Kind::Status { sw3: draw.u8(..) },
        2 => Kind::Sw { sw1: draw.u8(..), sw2: draw.u8(..) },
        3 => Kind::BadChecksum,
        4 => Kind::Length { value: draw.u16(..) },
        5 => Kind::InnerLengths { text: draw.u16(..), photo: draw.u16(..) },
        6 => Kind::Flip { at, mask: draw.u8(1..) },
        7 => Kind::Drop { at, count: draw.usize(1..9) },
        8 => Kind::Duplicate { at, count: draw.usize(1..9) },
        9 => Kind::NoiseBefore { bytes: draw.usize(1..200) },
        10 => Kind::NoiseAfter { bytes: draw.usize(1..200) },
        11 => Kind::Truncate { at },
        12 => Kind::Stall { at, ms: draw.u64(10..800) },
        13 => Kind::Split { gap_ms: 0, chunk: Some(draw.usize(1..64)) },
        14 => Kind::Glue,
        15 => Kind::Twice,
        16 => Kind::Late { ms: draw.u64(10..3_000) },
        17 => Kind::OtherReply,
        18 => Kind::Echo,
        _ => Kind::PseudoReply { then_real: draw.bool() },
    }
}
