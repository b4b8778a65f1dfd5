//! One simulated reader without any wire: module, faults, line, script and transcript under a clock that is passed in.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::card::{Library, LibraryError};
use crate::command::Command;
use crate::fault::{self, Faults, Mishap, Plan, Segment};
use crate::line::Line;
use crate::module::{Baud, Module, Reply};
use crate::platform::PlatformOrder;
use crate::printer::PrinterOrder;
use crate::replay::Replay;
use crate::script::{Script, Verb, Wish};
use crate::transcript::{Said, Transcript};

/// Who answers: the model, or the record of an earlier conversation.
#[derive(Debug, Clone)]
pub enum Voice {
    Module(Box<Module>),
    Replay(Replay),
}

/// What comes out of a reader.
#[derive(Debug, PartialEq)]
pub enum Output {
    Bytes(Vec<u8>),
    /// The cable came out: the wires close.
    Unplugged,
    /// The cable is in again: the wires open.
    Plugged,
    Platform(PlatformOrder),
    Printer(PrinterOrder),
}

/// A reader. Every change is one of [`Reader::hear`], [`Reader::act`] and [`Reader::advance`].
#[derive(Debug)]
pub struct Reader {
    pub name: String,
    pub voice: Voice,
    faults: Faults,
    line: Line,
    script: Script,
    cards: Arc<Library>,
    chance: fastrand::Rng,
    noise_rate: f64,
    plugged: bool,
    lying: Option<String>,
    heard: BTreeMap<Command, u32>,
    answered: BTreeMap<(Command, u8), u32>,
    outputs: Vec<Output>,
    pub transcript: Transcript,
}

impl Reader {
    /// A plugged-in reader without a card. `seed` decides everything drawn by chance.
    pub fn new(name: &str, voice: Voice, cards: Arc<Library>, paced: bool, seed: u64) -> Reader {
        Reader {
            name: name.to_owned(),
            voice,
            faults: Faults::default(),
            line: Line::new(paced),
            script: Script::default(),
            cards,
            chance: fastrand::Rng::with_seed(seed),
            noise_rate: 0.0,
            plugged: true,
            lying: None,
            heard: BTreeMap::new(),
            answered: BTreeMap::new(),
            outputs: Vec::new(),
            transcript: Transcript::default(),
        }
    }

    /// Gives the reader its script; it begins to walk with the next [`Reader::advance`].
    pub fn follow(&mut self, script: Script) {
        self.script = script;
    }

    /// Bytes from the host. `host_speed` is the speed of the host's end in bit/s, if the wire has one.
    pub fn hear(&mut self, bytes: &[u8], host_speed: Option<u32>, now: Duration) {
        if !self.plugged {
            return;
        }
        // An expectation counts from the moment it is reached, and that may be now.
        self.walk_script(now);
        self.transcript.add(now, &self.name, Said::Host(bytes.to_vec()));
        let mut bytes = bytes.to_vec();
        let off_speed = host_speed.is_some_and(|speed| speed != self.baud().bits_per_second());
        if off_speed {
            bytes = fault::at_another_speed(&bytes);
        }
        fault::corrupt(&mut bytes, self.noise_rate, &mut self.chance);
        let replies = match &mut self.voice {
            Voice::Module(module) => module.hear(&bytes, now),
            Voice::Replay(replay) => {
                let (segments, departed) = replay.hear(&bytes);
                if let Some(what) = departed {
                    self.transcript.add(now, &self.name, Said::Note(what));
                }
                self.line.send(segments, now, Baud::FACTORY);
                Vec::new()
            }
        };
        for reply in replies {
            self.reply(reply, &bytes, off_speed);
        }
        self.walk_script(now);
    }

    /// Does what a person does.
    pub fn act(&mut self, verb: &Verb, now: Duration) -> Result<(), LibraryError> {
        match verb {
            Verb::Lay { card } => {
                let made = self.cards.get(card)?.clone();
                if let Voice::Module(module) = &mut self.voice {
                    module.lay(made);
                }
                self.lying = Some(card.clone());
                self.note(now, format!("lay {card}"));
            }
            Verb::Lift => {
                if let Voice::Module(module) = &mut self.voice {
                    module.lift();
                }
                self.lying = None;
                self.note(now, "lift".to_owned());
            }
            Verb::Unplug => self.unplug(now),
            Verb::Replug if !self.plugged => {
                self.plugged = true;
                self.power_cycle(now);
                self.note(now, "replug".to_owned());
                self.outputs.push(Output::Plugged);
            }
            Verb::Replug => {}
            Verb::PowerCycle => {
                self.power_cycle(now);
                self.note(now, "power_cycle".to_owned());
            }
            Verb::Noise { rate } => {
                self.noise_rate = *rate;
                self.note(now, format!("noise {rate}"));
            }
            Verb::Garbage { bytes } => {
                let garbage = (0..*bytes).map(|_| self.chance.u8(..)).collect();
                self.say(garbage, now);
            }
            Verb::Say { hex } => self.say(hex.bytes().to_vec(), now),
            Verb::Fault(fault) => {
                self.note(now, format!("fault {:?}", fault.kind));
                self.faults.arm(fault.clone());
            }
            Verb::ClearFaults => {
                self.faults.clear();
                self.noise_rate = 0.0;
                self.note(now, "clear_faults".to_owned());
            }
            Verb::RepeatRead { on } => {
                if let Voice::Module(module) = &mut self.voice {
                    module.habits.repeat_read = *on;
                }
                self.note(now, format!("repeat_read {on}"));
            }
            Verb::Health { state } => {
                if let Voice::Module(module) = &mut self.voice {
                    module.habits.health = *state;
                }
                self.note(now, format!("health {state:?}"));
            }
        }
        Ok(())
    }

    /// Lets time pass up to `now` and yields what came out by then.
    pub fn advance(&mut self, now: Duration) -> Vec<Output> {
        self.walk_script(now);
        while let Some(piece) = self.line.pop(now) {
            if self.plugged && !piece.bytes.is_empty() {
                self.transcript.add(piece.at, &self.name, Said::Module(piece.bytes.clone()));
                self.outputs.push(Output::Bytes(piece.bytes));
            }
            match piece.then {
                None => {}
                Some(Mishap::Lift) => drop(self.act(&Verb::Lift, piece.at)),
                Some(Mishap::Lay(card)) => {
                    if let Err(error) = self.act(&Verb::Lay { card }, piece.at) {
                        self.script.failures.push(error.to_string());
                    }
                }
                Some(Mishap::PowerCycle) => drop(self.act(&Verb::PowerCycle, piece.at)),
                Some(Mishap::Unplug) => self.unplug(piece.at),
            }
        }
        std::mem::take(&mut self.outputs)
    }

    /// When [`Reader::advance`] will have something to do.
    pub fn next_due(&self) -> Option<Duration> {
        [self.line.next_due(), self.script.next_due()].into_iter().flatten().min()
    }

    pub fn plugged(&self) -> bool {
        self.plugged
    }

    /// The name of the card that lies on the field.
    pub fn lying(&self) -> Option<&str> {
        self.lying.as_deref()
    }

    pub fn noise_rate(&self) -> f64 {
        self.noise_rate
    }

    pub fn armed_faults(&self) -> usize {
        self.faults.count()
    }

    /// How often each request was answered with each SW3.
    pub fn coverage(&self) -> &BTreeMap<(Command, u8), u32> {
        &self.answered
    }

    /// What the script found wrong; a script that has not ended yet is one more.
    pub fn failures(&self) -> Vec<String> {
        let mut failures = self.script.failures.clone();
        if !self.script.finished() {
            failures.push("the script has not come to its end".to_owned());
        }
        if let Voice::Replay(replay) = &self.voice {
            failures.extend(replay.departed().map(str::to_owned));
        }
        failures
    }

    fn baud(&self) -> Baud {
        match &self.voice {
            Voice::Module(module) => module.baud(),
            Voice::Replay(_) => Baud::FACTORY,
        }
    }

    fn reply(&mut self, reply: Reply, request: &[u8], off_speed: bool) {
        *self.heard.entry(reply.to).or_default() += 1;
        let sw3 = reply.bytes.get(9).copied().unwrap_or_default();
        *self.answered.entry((reply.to, sw3)).or_default() += 1;
        let mut plan = Plan::of(reply.bytes);
        for kind in self.faults.strike(reply.to, &mut self.chance) {
            plan.suffer(&kind, request, &mut self.chance);
        }
        if off_speed {
            plan.suffer(&fault::Kind::WrongBaud, request, &mut self.chance);
        }
        let mut segments = plan.into_segments();
        for segment in &mut segments {
            fault::corrupt(&mut segment.bytes, self.noise_rate, &mut self.chance);
        }
        self.line.send(segments, reply.at, reply.baud);
    }

    fn say(&mut self, bytes: Vec<u8>, now: Duration) {
        self.line.send(vec![Segment { pause: Duration::ZERO, bytes, then: None }], now, self.baud());
    }

    fn power_cycle(&mut self, now: Duration) {
        self.line.cut(now);
        if let Voice::Module(module) = &mut self.voice {
            module.power_cycle(now);
        }
    }

    fn unplug(&mut self, now: Duration) {
        if self.plugged {
            self.plugged = false;
            self.line.cut(now);
            self.note(now, "unplug".to_owned());
            self.outputs.push(Output::Unplugged);
        }
    }

    fn walk_script(&mut self, now: Duration) {
        loop {
            let heard = &self.heard;
            let Some(wish) = self.script.walk(now, |command| heard.get(&command).copied().unwrap_or_default()) else {
                return;
            };
            match wish {
                Wish::Do(verb) => {
                    if let Err(error) = self.act(&verb, now) {
                        self.script.failures.push(error.to_string());
                    }
                }
                Wish::Platform(order) => self.outputs.push(Output::Platform(order)),
                Wish::Printer(order) => self.outputs.push(Output::Printer(order)),
            }
        }
    }

    fn note(&mut self, now: Duration, words: String) {
        self.transcript.add(now, &self.name, Said::Note(words));
    }
}
