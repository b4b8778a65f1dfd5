//! Byte links: ways of carrying bytes to a reader and back. Serial line, TCP and USB ship.

mod serial;
mod tcp;
mod usb;

use std::{io, time::Duration};

use idcard::command::{Baud, Line};

pub use serial::SerialLink;
pub use tcp::TcpLink;
pub(crate) use usb::generic_modules;
pub use usb::{FourPipes, GENERIC_MODULE, UsbLink};

/// An open way to a reader.
pub trait Link: Send {
    /// Hands over all bytes.
    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkFault>;

    /// Waits up to `wait` for bytes; 0 means that none came.
    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkFault>;

    /// Changes the speed of our side. Links without a speed do nothing.
    fn set_baud(&mut self, baud: Baud) -> Result<(), LinkFault>;

    /// What deadlines on this link depend on.
    fn line(&self) -> Line;
}

/// Why bytes could not be carried.
#[derive(Debug, thiserror::Error)]
pub enum LinkFault {
    /// No such port, or nothing listens at the address.
    #[error("the port is not there")]
    Missing { source: io::Error },
    #[error("another program holds the port")]
    Busy { source: io::Error },
    #[error("this account may not use the port")]
    Denied { source: io::Error },
    /// It was open and is gone: unplugged, or closed at the other side.
    #[error("the port went away")]
    Gone { source: io::Error },
    #[error("the port cannot be set to this speed")]
    Setting { source: io::Error },
}
