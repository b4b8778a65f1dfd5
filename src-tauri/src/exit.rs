//! Exit codes, the same as the command line's: a service manager and a script read them.

use desk::contract::{Fault, FaultKind};

/// The station file or the surroundings are not right.
pub const USAGE: u8 = 2;
/// A rule refused.
pub const REFUSED: u8 = 3;
/// A device or a platform needs attention.
pub const ATTENTION: u8 = 4;
/// Our fault.
pub const BROKEN: u8 = 5;
/// The web view died again and again (`EX_SOFTWARE` of sysexits.h); a service manager should start anew.
#[cfg(target_os = "linux")]
pub const WEB_VIEW_DIED: i32 = 70;

/// The code of a start that ended with `fault`.
pub fn code_of(fault: &Fault) -> u8 {
    match fault.kind {
        FaultKind::Correct => USAGE,
        FaultKind::Refused => REFUSED,
        FaultKind::Attend | FaultKind::Later => ATTENTION,
        FaultKind::Broken => BROKEN,
    }
}
