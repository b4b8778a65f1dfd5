//! What the module does about each request: one function a group of commands.

use super::{Baud, Health, Module, Stage};
use crate::card::{Card, NoticedAt, Records};
use crate::command::Command;

/// Status byte, data and what changes behind the reply.
pub(super) struct Answer {
    pub sw3: u8,
    pub data: Vec<u8>,
    pub new_baud: Option<Baud>,
}

impl Answer {
    pub fn status(sw3: u8) -> Answer {
        Answer::with(sw3, Vec::new())
    }

    fn with(sw3: u8, data: Vec<u8>) -> Answer {
        Answer { sw3, data, new_baud: None }
    }
}

impl Module {
    pub(super) fn obey(&mut self, command: Command, para: u8, data: &[u8]) -> Answer {
        match (self.habits.health, command) {
            (Health::SelfTestFailed, _) => return Answer::status(0x60),
            (Health::Unauthorised, Command::Reset | Command::SamId) | (Health::Good | Health::Dead, _) => {}
            (Health::Unauthorised, _) => return Answer::status(0x66),
        }
        match command {
            Command::Reset if self.habits.reset_restores_baud => {
                Answer { new_baud: Some(self.habits.baud), ..Answer::status(0x90) }
            }
            Command::Reset | Command::Status | Command::Antenna => Answer::status(0x90),
            Command::SamId => Answer::with(0x90, self.sam_id.to_vec()),
            Command::Find => self.find(),
            Command::Select => self.select(),
            Command::Read => self.read(false),
            Command::ReadFingerprint => self.read(true),
            Command::Address => self.address(),
            Command::Management => self.management(),
            Command::Baud => match Baud::of_parameter(para) {
                Some(baud) => Answer { new_baud: Some(baud), ..Answer::status(0x90) },
                None => Answer::status(0x21),
            },
            Command::RadioFrame => match data {
                [24..=255] => Answer::status(0x90),
                _ => Answer::status(0x21),
            },
            Command::Sleep => {
                self.asleep = true;
                Answer::status(0x90)
            }
            Command::Wake => {
                self.asleep = false;
                Answer::status(0x90)
            }
            Command::Firmware => Answer::with(0x90, vec![1, 0, 0, 0]),
            Command::ChipId => Answer::with(0x90, self.sam_id[8..].to_vec()),
            Command::Production => Answer::status(0x4E),
            Command::Unknown | Command::Garbled => Answer::status(0x21),
        }
    }

    fn find(&mut self) -> Answer {
        let unseen = match &self.card {
            None | Some(Card::Other(NoticedAt::Find)) => true,
            Some(Card::Second(_) | Card::Other(NoticedAt::Select)) => self.spent == Some(self.laying),
        };
        if unseen {
            self.stage = Stage::Idle;
            return Answer::status(0x80);
        }
        self.stage = Stage::Found { laying: self.laying };
        Answer::with(0x9F, vec![0; 4])
    }

    fn select(&mut self) -> Answer {
        let Stage::Found { laying } = self.stage else {
            return Answer::status(self.habits.order_violation);
        };
        self.stage = Stage::Idle;
        match &self.card {
            Some(Card::Second(_)) if laying == self.laying => {
                self.stage = Stage::Selected { laying };
                Answer::with(0x90, vec![0; 8])
            }
            Some(Card::Other(_)) => Answer::status(0x40),
            Some(Card::Second(_)) | None => Answer::status(0x81),
        }
    }

    fn read(&mut self, with_fingerprints: bool) -> Answer {
        let Stage::Selected { laying } = self.stage else {
            return Answer::status(self.habits.order_violation);
        };
        self.stage = Stage::Idle;
        let Some(records) = self.records_of(laying) else {
            if self.habits.lift_after_error {
                self.spent = Some(self.laying);
            }
            return Answer::status(0x41);
        };
        let data = base_record(records, with_fingerprints);
        self.stage = Stage::Read { laying };
        if !self.habits.repeat_read {
            self.spent = Some(laying);
        }
        Answer::with(0x90, data)
    }

    fn address(&mut self) -> Answer {
        let Some(laying) = self.chosen() else {
            return Answer::status(self.habits.order_violation);
        };
        let all = self.habits.all_addresses;
        match self.records_of(laying) {
            None => Answer::status(0x41),
            Some(records) if records.addresses.is_empty() => Answer::status(0x91),
            Some(records) if all => Answer::with(0x90, records.addresses.concat()),
            Some(records) => Answer::with(0x90, records.addresses.last().cloned().unwrap_or_default()),
        }
    }

    fn management(&mut self) -> Answer {
        let Some(laying) = self.chosen() else {
            return Answer::status(self.habits.order_violation);
        };
        match self.records_of(laying) {
            None => Answer::status(0x41),
            Some(records) => Answer::with(0x90, records.management.to_vec()),
        }
    }

    /// The laying whose card may be asked for appended records.
    fn chosen(&self) -> Option<u64> {
        match self.stage {
            Stage::Selected { laying } | Stage::Read { laying } => Some(laying),
            Stage::Idle | Stage::Found { .. } => None,
        }
    }

    /// The records of the card if it still is the one of `laying`.
    fn records_of(&self, laying: u64) -> Option<&Records> {
        match &self.card {
            Some(Card::Second(records)) if laying == self.laying => Some(records),
            Some(Card::Second(_) | Card::Other(_)) | None => None,
        }
    }
}

fn base_record(records: &Records, with_fingerprints: bool) -> Vec<u8> {
    let fingerprints: &[u8] = if with_fingerprints { &records.fingerprints } else { &[] };
    let mut lengths = vec![records.text.len(), records.photo.len()];
    if with_fingerprints {
        lengths.push(fingerprints.len());
    }
    let mut data = Vec::new();
    for length in lengths {
        let length = u16::try_from(length).expect("no record of a card reaches 64 KiB");
        data.extend(length.to_be_bytes());
    }
    data.extend(&records.text);
    data.extend(&records.photo);
    data.extend(fingerprints);
    data
}
