//! Watches a reader: what happens to the device and to cards on it, as events.

use std::time::Duration;

use idcard::{
    command::Command,
    conversation::{POLL, Wanted},
    exchange::Turn,
};

use super::{Cancel, CardRead, ReadOptions, Reader, ReaderFault};
use crate::state::DeviceState;

/// One event.
#[derive(Debug)]
pub enum WatchEvent {
    /// The device's state changed. `fault` says why, unless it is online.
    Device { state: DeviceState, fault: Option<ReaderFault> },
    /// A card was laid on the reader and read.
    Card(Box<CardRead>),
    /// A card lay there and could not be read.
    CardFailed { fault: ReaderFault },
    /// The card that was read is no longer found: gone, or still there on a module that does not find a card twice.
    CardUnknown,
}

impl Reader {
    /// Reports until called off. A lost device is waited for, and reported when it is back.
    pub fn watch(&mut self, wanted: Wanted, cancel: &Cancel, report: &mut dyn FnMut(WatchEvent)) {
        let mut state = None;
        while !cancel.is_cancelled() {
            let options = ReadOptions { timeout: Duration::from_secs(1), cancel: cancel.clone(), wanted };
            let read = self.read(&options);
            let now = read.as_ref().map_or_else(ReaderFault::state, |_| DeviceState::Online);
            // A card that fails does not change what the device is.
            let device = if matches!(now, DeviceState::UserError | DeviceState::PotentialFraud) {
                DeviceState::Online
            } else {
                now
            };
            let changed = state.replace(device) != Some(device);
            match read {
                Err(ReaderFault::Cancelled) => return,
                Ok(card) => {
                    if changed {
                        report(WatchEvent::Device { state: device, fault: None });
                    }
                    report(WatchEvent::Card(Box::new(card)));
                    self.watch_card(cancel, report);
                }
                Err(fault) => {
                    if changed {
                        let online = device == DeviceState::Online;
                        if online {
                            report(WatchEvent::Device { state: device, fault: None });
                        } else {
                            report(WatchEvent::Device { state: device, fault: Some(fault) });
                            continue;
                        }
                    }
                    match fault {
                        ReaderFault::CardMoved | ReaderFault::WrongCard | ReaderFault::NotAuthenticated { .. } => {
                            report(WatchEvent::CardFailed { fault });
                        }
                        ReaderFault::NoCard
                        | ReaderFault::NoDevice { .. }
                        | ReaderFault::NothingFound
                        | ReaderFault::Busy { .. }
                        | ReaderFault::Denied { .. }
                        | ReaderFault::PortGone { .. }
                        | ReaderFault::BadData
                        | ReaderFault::NoAnswer
                        | ReaderFault::SelfTestFailed
                        | ReaderFault::Unauthorised
                        | ReaderFault::Refused { .. }
                        | ReaderFault::Cancelled => {}
                    }
                }
            }
        }
    }

    /// Waits while the card that was read is still found. Most modules do not find it again from the start.
    fn watch_card(&mut self, cancel: &Cancel, report: &mut dyn FnMut(WatchEvent)) {
        while let Ok(Turn::Answer(_)) = self.exchange(Command::Find, cancel) {
            let until = self.now() + POLL;
            while self.now() < until {
                if cancel.is_cancelled() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        report(WatchEvent::CardUnknown);
    }
}
