//! Holds a conversation against a module, turning the clock from one event to the next.

use std::time::Duration;

use idcard::{
    command::{Baud, Line},
    conversation::{ChipRead, Conversation, LineQuality, Step, Trouble, Wanted},
    sam_id::SamId,
};

use crate::module::{Module, ms};

pub type Damage = Box<dyn FnMut(&mut Vec<u8>)>;

pub struct Bench {
    pub wanted: Wanted,
    pub line: Line,
    pub timeout: Duration,
    pub quality: LineQuality,
    /// `None` for a port just opened.
    pub known: Option<SamId>,
    /// Damage done to bytes on their way, either way.
    pub wire: Damage,
}

pub struct End {
    pub result: Result<ChipRead, Trouble>,
    pub at: Duration,
    pub reopened: u32,
    pub quality: LineQuality,
    pub sam_id: Option<SamId>,
}

impl Default for Bench {
    fn default() -> Self {
        Self {
            wanted: Wanted::default(),
            line: Line::serial(Baud::B115200),
            timeout: ms(20_000),
            quality: LineQuality::default(),
            known: Some(SamId::new([5; 16])),
            wire: Box::new(|_| {}),
        }
    }
}

impl Bench {
    pub fn hold(&mut self, module: &mut Module) -> End {
        let mut now = ms(1_000_000);
        let began = now;
        let mut conversation =
            Conversation::new(self.wanted, self.line, (self.known, self.quality), now, now + self.timeout);
        let mut coming: Vec<(Duration, Vec<u8>)> = Vec::new();
        let mut reopened = 0;
        for _ in 0..100_000 {
            let result = match conversation.step(now) {
                Step::Send(mut bytes) => {
                    (self.wire)(&mut bytes);
                    coming.extend(module.hear(&bytes, now));
                    continue;
                }
                Step::Wait { until } => {
                    assert!(until > now, "a wait that is over would spin");
                    coming.sort_by_key(|(at, _)| *at);
                    match coming.first().map(|(at, _)| *at).filter(|at| *at <= until) {
                        Some(at) => {
                            now = now.max(at);
                            let (_, mut bytes) = coming.remove(0);
                            (self.wire)(&mut bytes);
                            conversation.hear(&bytes, now);
                        }
                        None => now = until,
                    }
                    continue;
                }
                Step::Reopen => {
                    reopened += 1;
                    now += ms(50);
                    coming.clear();
                    conversation.reopened(now);
                    continue;
                }
                Step::Done(read) => Ok(*read),
                Step::Fault(trouble) => Err(trouble),
            };
            return End {
                result,
                at: now - began,
                reopened,
                quality: conversation.quality(),
                sam_id: conversation.sam_id(),
            };
        }
        panic!("the conversation does not end");
    }
}

/// The shortest way to a result.
pub fn hold(module: &mut Module) -> End {
    Bench::default().hold(module)
}
