//! The four bulk pipes of a USB reader (0400:C35A) as a model in memory: the frame is the serial one, cut behind LEN
//! (reader-protocol, 4.1). No real USB device was ever at hand.

use std::time::Duration;

use super::pipe::Pipe;

/// Towards the module: preamble and LEN.
pub const OUT_HEAD: u8 = 0x02;
/// Towards the module: everything behind LEN.
pub const OUT_BODY: u8 = 0x06;
/// From the module: preamble and LEN.
pub const IN_HEAD: u8 = 0x81;
/// From the module: everything behind LEN.
pub const IN_BODY: u8 = 0x85;

const HEAD: usize = 7;

/// Why a transfer failed, as a host controller would say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransferError {
    #[error("the device has no such pipe")]
    NoPipe,
    #[error("the pipe stalled: the parts of a frame came in the wrong order or length")]
    Stall,
    #[error("nothing came within the time")]
    TimedOut,
    #[error("the device is gone")]
    Gone,
}

/// A reader behind four bulk pipes, under the virtual clock of its [`Pipe`].
#[derive(Debug)]
pub struct FourPipes {
    pub pipe: Pipe,
    head: Option<Vec<u8>>,
    arrived: Vec<u8>,
    /// Length of the body whose head was fetched.
    body: Option<usize>,
}

impl FourPipes {
    pub fn new(pipe: Pipe) -> FourPipes {
        FourPipes { pipe, head: None, arrived: Vec::new(), body: None }
    }

    /// A bulk transfer to the device.
    pub fn write(&mut self, endpoint: u8, bytes: &[u8]) -> Result<(), TransferError> {
        if !self.pipe.reader.plugged() {
            return Err(TransferError::Gone);
        }
        match (endpoint, self.head.take()) {
            (OUT_HEAD, None) if bytes.len() == HEAD => {
                self.head = Some(bytes.to_vec());
                Ok(())
            }
            (OUT_BODY, Some(head)) => {
                // What was left of an earlier reply is gone when a new request begins.
                self.arrived.clear();
                self.body = None;
                self.pipe.write(&[&head, bytes].concat());
                Ok(())
            }
            (OUT_HEAD | OUT_BODY, _) => Err(TransferError::Stall),
            _ => Err(TransferError::NoPipe),
        }
    }

    /// A bulk transfer from the device, waiting at most `patience` of virtual time.
    pub fn read(&mut self, endpoint: u8, patience: Duration) -> Result<Vec<u8>, TransferError> {
        let wanted = match (endpoint, self.body) {
            (IN_HEAD, None) => HEAD,
            (IN_BODY, Some(length)) => length,
            (IN_HEAD | IN_BODY, _) => return Err(TransferError::Stall),
            _ => return Err(TransferError::NoPipe),
        };
        let deadline = self.pipe.now() + patience;
        while self.arrived.len() < wanted {
            if !self.pipe.reader.plugged() {
                return Err(TransferError::Gone);
            }
            let left = deadline.saturating_sub(self.pipe.now());
            self.arrived.extend(self.pipe.read(left).ok_or(TransferError::TimedOut)?);
        }
        let bytes: Vec<u8> = self.arrived.drain(..wanted).collect();
        self.body = (endpoint == IN_HEAD).then(|| usize::from(u16::from_be_bytes([bytes[5], bytes[6]])));
        Ok(bytes)
    }
}
