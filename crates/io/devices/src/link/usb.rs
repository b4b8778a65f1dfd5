//! A reader on four USB bulk pipes: a frame is cut after its seventh byte, and head and body travel on pipes of their own
//! (reader-protocol 4.1).
//!
//! Written from public descriptions and tested against a model of the pipes in memory. It has not met a real device.

use std::{
    io::{self, Read, Write},
    time::{Duration, Instant},
};

use idcard::command::{Baud, Line};
use nusb::{
    MaybeFuture,
    transfer::{Bulk, In, Out},
};

use super::{Link, LinkFault};

/// Vendor and product of the generic security module.
pub const GENERIC_MODULE: (u16, u16) = (0x0400, 0xC35A);

/// Preamble and length: what travels on the head pipes.
const HEAD: usize = 7;
/// Longest single wait on one pipe.
const SLICE: Duration = Duration::from_millis(10);

/// The four pipes. Reading ends with `TimedOut` when nothing comes within a few milliseconds.
pub struct FourPipes {
    /// OUT `0x02`.
    pub head_out: Box<dyn Write + Send>,
    /// OUT `0x06`.
    pub body_out: Box<dyn Write + Send>,
    /// IN `0x81`.
    pub head_in: Box<dyn Read + Send>,
    /// IN `0x85`.
    pub body_in: Box<dyn Read + Send>,
}

/// A reader on USB, held by this process.
pub struct UsbLink {
    pipes: FourPipes,
    /// What has come of the present head.
    head: Vec<u8>,
    /// How much of the body is still to come.
    body_left: usize,
}

impl UsbLink {
    /// Opens the first generic module on the bus.
    pub fn open() -> Result<Self, LinkFault> {
        let device = generic_modules()
            .map_err(|source| LinkFault::Missing { source })?
            .next()
            .ok_or_else(|| LinkFault::Missing { source: io::ErrorKind::NotFound.into() })?
            .open()
            .wait()
            .map_err(opening)?;
        let interface = device.detach_and_claim_interface(0).wait().map_err(opening)?;
        let pipe_in = |address| {
            let endpoint = interface.endpoint::<Bulk, In>(address).map_err(opening)?;
            Ok::<_, LinkFault>(Box::new(endpoint.reader(4096).with_read_timeout(SLICE)))
        };
        let pipe_out = |address| {
            let endpoint = interface.endpoint::<Bulk, Out>(address).map_err(opening)?;
            Ok::<_, LinkFault>(Box::new(endpoint.writer(4096).with_write_timeout(Duration::from_millis(500))))
        };
        Ok(Self::over(FourPipes {
            head_out: pipe_out(0x02)?,
            body_out: pipe_out(0x06)?,
            head_in: pipe_in(0x81)?,
            body_in: pipe_in(0x85)?,
        }))
    }

    /// A link over pipes that are already open.
    pub fn over(pipes: FourPipes) -> Self {
        Self { pipes, head: Vec::new(), body_left: 0 }
    }

    /// Once a head is whole it says how long the body on the other pipe is. A head that is none leaves no body to wait for.
    fn take_head(&mut self, bytes: &[u8]) {
        self.head.extend(bytes);
        while let Some(head) = self.head.first_chunk::<HEAD>() {
            if head.starts_with(&idcard::frame::PREAMBLE) {
                self.body_left = usize::from(u16::from_be_bytes([head[5], head[6]])).min(idcard::frame::LONGEST);
            }
            self.head.drain(..HEAD);
        }
    }
}

/// Whether a generic module is plugged in, one entry each.
pub(crate) fn generic_modules() -> io::Result<impl Iterator<Item = nusb::DeviceInfo>> {
    let devices = nusb::list_devices().wait().map_err(io::Error::from)?;
    Ok(devices.filter(|device| (device.vendor_id(), device.product_id()) == GENERIC_MODULE))
}

fn opening(error: nusb::Error) -> LinkFault {
    let kind = error.kind();
    let source = io::Error::from(error);
    if kind == nusb::ErrorKind::PermissionDenied {
        LinkFault::Denied { source }
    } else if kind == nusb::ErrorKind::Busy {
        LinkFault::Busy { source }
    } else {
        LinkFault::Missing { source }
    }
}

impl Link for UsbLink {
    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkFault> {
        self.head.clear();
        self.body_left = 0;
        let gone = |source| LinkFault::Gone { source };
        let (head, body) = bytes.split_at(HEAD.min(bytes.len()));
        self.pipes.head_out.write_all(head).and_then(|()| self.pipes.head_out.flush()).map_err(gone)?;
        self.pipes.body_out.write_all(body).and_then(|()| self.pipes.body_out.flush()).map_err(gone)
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkFault> {
        let until = Instant::now() + wait;
        loop {
            let in_body = self.body_left > 0;
            let read = if in_body {
                let most = self.body_left.min(buffer.len());
                self.pipes.body_in.read(&mut buffer[..most])
            } else {
                let most = (HEAD - self.head.len()).min(buffer.len());
                self.pipes.head_in.read(&mut buffer[..most])
            };
            match read {
                Ok(count) if count > 0 && in_body => {
                    self.body_left -= count;
                    return Ok(count);
                }
                Ok(count) if count > 0 => {
                    let head = buffer[..count].to_vec();
                    self.take_head(&head);
                    return Ok(count);
                }
                Ok(_) => {}
                Err(error) if matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::Interrupted) => {}
                Err(source) => return Err(LinkFault::Gone { source }),
            }
            if Instant::now() >= until {
                return Ok(0);
            }
        }
    }

    fn set_baud(&mut self, _baud: Baud) -> Result<(), LinkFault> {
        Ok(())
    }

    /// USB is quicker than any serial line; its deadlines are those of 115200.
    fn line(&self) -> Line {
        Line::serial(Baud::B115200)
    }
}
