//! The words for the state of any device, and for who can mend it.

/// The ten device states of XFS4IoT, which is what banks and kiosks agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeviceState {
    Online,
    /// It should be here and does not answer, or its cable is out.
    Offline,
    PowerOff,
    /// No such device is meant to be here.
    NoDevice,
    HardwareError,
    /// A person must put something right at the device.
    UserError,
    DeviceBusy,
    FraudAttempt,
    PotentialFraud,
    Starting,
}

impl DeviceState {
    /// The word as XFS4IoT writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
            Self::PowerOff => "powerOff",
            Self::NoDevice => "noDevice",
            Self::HardwareError => "hardwareError",
            Self::UserError => "userError",
            Self::DeviceBusy => "deviceBusy",
            Self::FraudAttempt => "fraudAttempt",
            Self::PotentialFraud => "potentialFraud",
            Self::Starting => "starting",
        }
    }
}

/// Who can do something about a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhoActs {
    PersonAtCounter,
    Technician,
    /// It heals by itself.
    Nobody,
}

impl WhoActs {
    /// In Chinese, for technicians' output.
    pub fn words(self) -> &'static str {
        match self {
            Self::PersonAtCounter => "窗口人员",
            Self::Technician => "技术人员",
            Self::Nobody => "无需处理",
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::PersonAtCounter => "person_at_counter",
            Self::Technician => "technician",
            Self::Nobody => "nobody",
        }
    }
}

/// A fault in Chinese: one sentence on what happened and one on what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    pub happened: &'static str,
    pub remedy: &'static str,
}

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.happened, self.remedy)
    }
}
