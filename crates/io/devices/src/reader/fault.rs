//! What can go wrong with a reader, in what state that leaves it, who can act, and what to do.

use idcard::{conversation::Trouble, status::Status};

use crate::{
    link::LinkFault,
    state::{DeviceState, WhoActs, Words},
};

/// How a call on a reader ended without its result.
#[derive(Debug, thiserror::Error)]
pub enum ReaderFault {
    /// The port named in the settings is not there.
    #[error("the reader's port cannot be found")]
    NoDevice { source: LinkFault },
    /// No port of this machine has a reader that answers.
    #[error("no port has a reader that answers")]
    NothingFound,
    #[error("another program holds the reader")]
    Busy { source: LinkFault },
    #[error("this account may not use the reader's port")]
    Denied { source: LinkFault },
    /// The port was open and did not come back within three seconds.
    #[error("the reader was unplugged")]
    PortGone { source: LinkFault },
    #[error("no card was laid on the reader in time")]
    NoCard,
    #[error("the card moved while it was read")]
    CardMoved,
    #[error("what lies on the reader is not a second-generation identity card")]
    WrongCard,
    /// Status 31, 32 or 33, again and again.
    #[error("card and reader do not accept one another (status {status})")]
    NotAuthenticated { status: Status },
    #[error("the reader's answers are damaged")]
    BadData,
    #[error("the reader does not answer")]
    NoAnswer,
    /// Status 60.
    #[error("the reader failed its self-test")]
    SelfTestFailed,
    /// Status 66.
    #[error("the reader's module is not authorised")]
    Unauthorised,
    /// The module does not know this command, or not now.
    #[error("the reader refused a command (status {status})")]
    Refused { status: Status },
    #[error("the read was called off")]
    Cancelled,
}

impl ReaderFault {
    /// One word for records and scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoDevice { .. } => "no_device",
            Self::NothingFound => "nothing_found",
            Self::Busy { .. } => "busy",
            Self::Denied { .. } => "denied",
            Self::PortGone { .. } => "port_gone",
            Self::NoCard => "no_card",
            Self::CardMoved => "card_moved",
            Self::WrongCard => "wrong_card",
            Self::NotAuthenticated { .. } => "not_authenticated",
            Self::BadData => "bad_data",
            Self::NoAnswer => "no_answer",
            Self::SelfTestFailed => "self_test_failed",
            Self::Unauthorised => "unauthorised",
            Self::Refused { .. } => "refused",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of the device that this fault shows.
    pub fn state(&self) -> DeviceState {
        match self {
            Self::NoCard | Self::Cancelled | Self::Refused { .. } => DeviceState::Online,
            Self::CardMoved | Self::WrongCard => DeviceState::UserError,
            Self::NotAuthenticated { .. } => DeviceState::PotentialFraud,
            Self::NothingFound => DeviceState::NoDevice,
            Self::NoDevice { .. } | Self::PortGone { .. } => DeviceState::Offline,
            Self::Busy { .. } => DeviceState::DeviceBusy,
            Self::NoAnswer => DeviceState::PowerOff,
            Self::Denied { .. } | Self::BadData | Self::SelfTestFailed | Self::Unauthorised => {
                DeviceState::HardwareError
            }
        }
    }

    pub fn who_acts(&self) -> WhoActs {
        match self {
            Self::Cancelled => WhoActs::Nobody,
            Self::NoCard
            | Self::CardMoved
            | Self::WrongCard
            | Self::NotAuthenticated { .. }
            | Self::NoDevice { .. }
            | Self::NothingFound
            | Self::PortGone { .. }
            | Self::NoAnswer => WhoActs::PersonAtCounter,
            Self::Busy { .. }
            | Self::Denied { .. }
            | Self::BadData
            | Self::SelfTestFailed
            | Self::Unauthorised
            | Self::Refused { .. } => WhoActs::Technician,
        }
    }

    /// What happened and what to do, in Chinese.
    pub fn words(&self) -> Words {
        let (happened, remedy) = match self {
            Self::NoDevice { .. } => {
                ("找不到读卡器的端口。", "请检查读卡器是否插好；仍找不到时请技术人员核对端口设置。")
            }
            Self::NothingFound => ("没有找到读卡器。", "请插好读卡器并接通电源，然后重试。"),
            Self::Busy { .. } => ("读卡器正被其他程序占用。", "请技术人员关闭占用读卡器的程序后重试。"),
            Self::Denied { .. } => ("当前用户没有使用读卡器端口的权限。", "请技术人员为本用户开通串口权限。"),
            Self::PortGone { .. } => ("读卡器已断开。", "请重新插好读卡器的连接线，接通后会自动恢复。"),
            Self::NoCard => ("没有检测到身份证。", "请将身份证平放在读卡区，然后重试。"),
            Self::CardMoved => ("身份证在读取时移动了。", "请将身份证平放在读卡区，读取完成前不要拿开。"),
            Self::WrongCard => ("放上的不是第二代居民身份证。", "请换用第二代居民身份证。"),
            Self::NotAuthenticated { .. } => (
                "身份证与读卡器未能互相认证。",
                "请拿起身份证重新放上；仍不成功时请核对证件真伪，并换一张证件检验读卡器。",
            ),
            Self::BadData => {
                ("读卡器传来的数据有损坏。", "请拿起身份证重新放上；经常出现时请技术人员检查连接线和波特率。")
            }
            Self::NoAnswer => ("读卡器没有应答。", "请检查读卡器电源，拔下连接线再插上；仍无应答时请联系技术人员。"),
            Self::SelfTestFailed => ("读卡器安全模块自检失败。", "请技术人员断电重启读卡器；仍失败时更换读卡器。"),
            Self::Unauthorised => ("读卡器安全模块未获授权，不能使用。", "请技术人员更换读卡器。"),
            Self::Refused { .. } => ("读卡器不支持这项操作。", "请技术人员核对读卡器型号。"),
            Self::Cancelled => ("读卡已取消。", "需要时请重新读卡。"),
        };
        Words { happened, remedy }
    }

    pub(super) fn opening(source: LinkFault) -> Self {
        match source {
            LinkFault::Busy { .. } => Self::Busy { source },
            LinkFault::Denied { .. } => Self::Denied { source },
            LinkFault::Missing { .. } | LinkFault::Gone { .. } | LinkFault::Setting { .. } => Self::NoDevice { source },
        }
    }
}

impl From<Trouble> for ReaderFault {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::NoCard => Self::NoCard,
            Trouble::CardMoved => Self::CardMoved,
            Trouble::WrongCard => Self::WrongCard,
            Trouble::NotAuthenticated(status) => Self::NotAuthenticated { status },
            Trouble::Garbled => Self::BadData,
            Trouble::Silent => Self::NoAnswer,
            Trouble::SelfTestFailed => Self::SelfTestFailed,
            Trouble::Unauthorised => Self::Unauthorised,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_says_who_acts_and_what_to_do() {
        let gone = || LinkFault::Gone { source: std::io::ErrorKind::BrokenPipe.into() };
        let faults = [
            ReaderFault::NoDevice { source: gone() },
            ReaderFault::NothingFound,
            ReaderFault::Busy { source: gone() },
            ReaderFault::Denied { source: gone() },
            ReaderFault::PortGone { source: gone() },
            ReaderFault::NoCard,
            ReaderFault::CardMoved,
            ReaderFault::WrongCard,
            ReaderFault::NotAuthenticated { status: Status::ModuleRefusedCard },
            ReaderFault::BadData,
            ReaderFault::NoAnswer,
            ReaderFault::SelfTestFailed,
            ReaderFault::Unauthorised,
            ReaderFault::Refused { status: Status::CommandRefused },
            ReaderFault::Cancelled,
        ];
        let row = |fault: &ReaderFault| {
            let (state, who) = (fault.state().code(), fault.who_acts().words());
            format!("{:<18} {state:<14} {who} | {} | {fault}\n", fault.code(), fault.words())
        };
        insta::assert_snapshot!(faults.iter().map(row).collect::<String>());
    }
}
