//! What can go wrong with a reply on its way, stated or drawn from a seed (reader-protocol, 8, items 5 and 6).

mod plan;

pub use plan::{Mishap, Plan, Segment};
pub(crate) use plan::{at_another_speed, corrupt};

use serde::Deserialize;

use crate::bytes::Hex;
use crate::command::Command;

/// When something goes wrong, and what.
///
/// Without `command` every reply counts. `nth` counts the replies that match, from 1; `times` says for how many from there
/// on (one if only `nth` is given, for ever if neither is). `probability` is drawn from the reader's seed for each of them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    pub command: Option<Command>,
    pub nth: Option<u32>,
    pub times: Option<u32>,
    pub probability: Option<f64>,
    pub kind: Kind,
}

/// The kinds of mishap. Byte offsets count from the first byte of the reply's frame.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// No reply at all.
    Silence,
    /// The reply is replaced by `00 00 sw3` without data.
    Status { sw3: u8 },
    /// SW1 and SW2 carry something, the checksum is right.
    Sw { sw1: u8, sw2: u8 },
    /// The last byte is wrong.
    BadChecksum,
    /// LEN is overwritten and the checksum made to fit.
    Length { value: u16 },
    /// The two lengths in front of text and photo are overwritten and the checksum made to fit.
    InnerLengths { text: u16, photo: u16 },
    /// Bits of one byte are flipped.
    Flip { at: usize, mask: u8 },
    /// Bytes are lost.
    Drop { at: usize, count: usize },
    /// Bytes arrive twice.
    Duplicate { at: usize, count: usize },
    /// Foreign bytes arrive inside.
    Insert { at: usize, hex: Hex },
    /// So many random bytes before the reply.
    NoiseBefore { bytes: usize },
    /// So many random bytes behind the reply.
    NoiseAfter { bytes: usize },
    /// Each byte is replaced by a random one with this probability.
    Corrupt { rate: f64 },
    /// The reply ends here; then silence.
    Truncate { at: usize },
    /// The reply pauses here.
    Stall { at: usize, ms: u64 },
    /// The reply comes in pieces of `chunk` bytes (one, if not said) with a pause between them.
    Split { gap_ms: u64, chunk: Option<usize> },
    /// A second good frame (status, 90) is glued to the reply.
    Glue,
    /// The whole reply is sent twice.
    Twice,
    /// The reply comes so much later, perhaps when nobody waits for it any more.
    Late { ms: u64 },
    /// A good reply, but to another request.
    OtherReply,
    /// A frame nobody asked for follows after a pause.
    Unsolicited { after_ms: u64 },
    /// The request comes back first, as on a line with local echo.
    Echo,
    /// A `55 AA` frame of the side protocol comes first.
    ForeignFrame,
    /// The adapter's "timed out", which is not a frame, comes instead of the reply; or, with `then_real`, before it.
    PseudoReply {
        #[serde(default)]
        then_real: bool,
    },
    /// The reply as it looks at another speed.
    WrongBaud,
    /// These bytes come instead of the reply.
    Instead { hex: Hex },
    /// The card is gone when this byte has been sent; the rest of the reply is not sent.
    RemoveCard { at: usize },
    /// Another card lies there when the reply has been sent.
    Swap { card: String },
    /// The current fails when this byte has been sent.
    PowerCycle { at: usize },
    /// The cable comes out when this byte has been sent.
    Unplug { at: usize },
}

/// The faults of one reader and how often each has been asked.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    armed: Vec<(Fault, u32)>,
}

impl Faults {
    pub fn arm(&mut self, fault: Fault) {
        self.armed.push((fault, 0));
    }

    pub fn clear(&mut self) {
        self.armed.clear();
    }

    pub fn count(&self) -> usize {
        self.armed.len()
    }

    /// The kinds that strike the reply to `command` now.
    pub fn strike(&mut self, command: Command, chance: &mut fastrand::Rng) -> Vec<Kind> {
        let mut struck = Vec::new();
        for (fault, seen) in &mut self.armed {
            if fault.command.is_some_and(|only| only != command) {
                continue;
            }
            *seen += 1;
            let first = fault.nth.unwrap_or(1);
            let times = fault.times.unwrap_or(if fault.nth.is_some() { 1 } else { u32::MAX });
            let due = *seen >= first && *seen - first < times;
            if due && fault.probability.is_none_or(|probability| chance.f64() < probability) {
                struck.push(fault.kind.clone());
            }
        }
        struck
    }
}
