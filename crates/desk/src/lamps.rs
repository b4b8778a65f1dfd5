//! The lamps of the status line: reader, printer, platform.

use std::collections::BTreeMap;

use casework::outbox::{Cause, Next};
use devices::DeviceState;
use devices::reader::ReaderFault;
use ledger::MessageState;

use crate::contract::{Light, LightState};

/// What is known of each device.
#[derive(Debug, Default)]
pub struct Lamps {
    reader: Lamp,
    printer: Lamp,
    /// Why the last message did not arrive, in words.
    platform: Option<&'static str>,
}

#[derive(Debug)]
struct Lamp {
    state: LightState,
    words: String,
}

impl Default for Lamp {
    fn default() -> Lamp {
        Lamp { state: LightState::Waiting, words: "正在启动".to_owned() }
    }
}

impl Lamps {
    pub fn reader_is_good(&mut self) {
        self.reader = good();
    }

    /// It works, and it is not the one this station was installed with.
    pub fn reader_is_strange(&mut self) {
        self.reader = Lamp {
            state: LightState::NeedsHand, words: "不是本站登记的读卡器，读到的按未核验记".to_owned()
        };
    }

    /// What the reader's lamp says, to tell whether it has changed.
    pub fn reader(&self) -> (LightState, String) {
        (self.reader.state, self.reader.words.clone())
    }

    pub fn reader_has(&mut self, fault: &ReaderFault) {
        let state = match fault.state() {
            DeviceState::Online | DeviceState::UserError | DeviceState::DeviceBusy | DeviceState::Starting => {
                LightState::Good
            }
            DeviceState::Offline
            | DeviceState::PowerOff
            | DeviceState::NoDevice
            | DeviceState::FraudAttempt
            | DeviceState::PotentialFraud => LightState::NeedsHand,
            DeviceState::HardwareError => LightState::Stopped,
        };
        self.reader = match state {
            LightState::Good => good(),
            LightState::Waiting | LightState::NeedsHand | LightState::Stopped => {
                Lamp { state, words: fault.words().happened.trim_end_matches('。').to_owned() }
            }
        };
    }

    pub fn printer_is_good(&mut self) {
        self.printer = good();
    }

    pub fn printer_has(&mut self, words: &str) {
        self.printer = Lamp { state: LightState::NeedsHand, words: words.to_owned() };
    }

    /// Keeps why the last message waits.
    pub fn platform_answered(&mut self, next: &Next) {
        self.platform = match next {
            Next::Later { cause, .. } => Some(cause_words(*cause)),
            Next::Done { .. } | Next::Rejected { .. } | Next::Unknown | Next::Settled => None,
        };
    }

    pub fn lights(&self, outbox: &BTreeMap<MessageState, u32>) -> Vec<Light> {
        vec![
            light("reader", "读卡器", &self.reader),
            light("printer", "打印机", &self.printer),
            light("platform", "平台", &self.platform_lamp(outbox)),
        ]
    }

    fn platform_lamp(&self, outbox: &BTreeMap<MessageState, u32>) -> Lamp {
        let count = |state| outbox.get(&state).copied().unwrap_or(0);
        let waiting = count(MessageState::Due) + count(MessageState::InFlight);
        let stuck = count(MessageState::Rejected) + count(MessageState::Unknown);
        match (stuck, waiting, &self.platform) {
            (0, 0, _) => Lamp { state: LightState::Good, words: "全部已送达".to_owned() },
            (0, waiting, Some(why)) => {
                Lamp { state: LightState::Waiting, words: format!("待发送 {waiting} 条，{why}") }
            }
            (0, waiting, None) => Lamp { state: LightState::Waiting, words: format!("待发送 {waiting} 条") },
            (stuck, _, _) => {
                Lamp { state: LightState::NeedsHand, words: format!("{stuck} 条被退回，请看发件箱") }
            }
        }
    }
}

fn cause_words(cause: Cause) -> &'static str {
    match cause {
        Cause::NetworkDown => "网络不通",
        Cause::TimedOut => "平台没有回答",
        Cause::Busy => "平台正忙",
        Cause::Credentials => "平台不认本站的凭证，请联系技术人员",
        Cause::NotDoneYet => "平台已收下，还没办完",
        Cause::GatewayPage => "网络要求先登录",
        Cause::Unreadable => "平台的回答看不懂",
    }
}

fn good() -> Lamp {
    Lamp { state: LightState::Good, words: "就绪".to_owned() }
}

fn light(device: &str, name: &str, lamp: &Lamp) -> Light {
    Light { device: device.to_owned(), name: name.to_owned(), state: lamp.state, words: lamp.words.clone() }
}
