//! The lamps of the status line: reader, printer, platform.

use std::collections::BTreeMap;

use casework::outbox::Cause;
use devices::DeviceState;
use devices::reader::ReaderFault;
use ledger::MessageState;

use crate::contract::{Light, LightState};

/// What is known of each device.
#[derive(Debug, Default)]
pub struct Lamps {
    reader: Lamp,
    printer: Lamp,
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

    /// `why` says what keeps messages from going out, if anything does.
    pub fn lights(&self, outbox: &BTreeMap<MessageState, u32>, why: Option<Cause>) -> Vec<Light> {
        vec![
            light("reader", "读卡器", &self.reader),
            light("printer", "打印机", &self.printer),
            light("platform", "平台", &platform_lamp(outbox, why)),
        ]
    }
}

fn platform_lamp(outbox: &BTreeMap<MessageState, u32>, why: Option<Cause>) -> Lamp {
    let count = |state| outbox.get(&state).copied().unwrap_or(0);
    let waiting = count(MessageState::Due) + count(MessageState::InFlight);
    let stuck = count(MessageState::Rejected) + count(MessageState::Unknown);
    let why = why.filter(|_| waiting > 0);
    let (state, words) = match (stuck, waiting, why) {
        // Nothing mends this by itself, so it is told before what a clerk can look up in the outbox.
        (_, waiting, Some(cause @ Cause::Credentials)) => {
            (LightState::NeedsHand, format!("待发送 {waiting} 条，{}", cause_words(cause)))
        }
        (1.., _, _) => (LightState::NeedsHand, format!("{stuck} 条被退回，请看发件箱")),
        (0, 0, _) => match count(MessageState::Closed) {
            0 => (LightState::Good, "全部已送达".to_owned()),
            closed => (LightState::Good, format!("已送达；{closed} 条因对方系统关闭而留存")),
        },
        (0, waiting, Some(cause)) => (LightState::Waiting, format!("待发送 {waiting} 条，{}", cause_words(cause))),
        (0, waiting, None) => (LightState::Waiting, format!("待发送 {waiting} 条")),
    };
    Lamp { state, words }
}

pub fn cause_words(cause: Cause) -> &'static str {
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
