//! A serial port: 8 data bits, no parity, 1 stop bit, no flow control, held exclusively.

use std::{
    io::{self, Read, Write},
    path::Path,
    time::Duration,
};

use idcard::command::{Baud, Line};
use serialport::{ErrorKind, SerialPort};

use super::{Link, LinkFault};

/// A port held by this process.
pub struct SerialLink {
    port: Box<dyn SerialPort>,
    baud: Baud,
}

impl SerialLink {
    /// Opens `path` and throws away what lay in its input buffer.
    pub fn open(path: &str, baud: Baud) -> Result<Self, LinkFault> {
        let port = serialport::new(path, baud.bits_per_second())
            .timeout(Duration::from_millis(20))
            .open()
            .map_err(|error| opening(path, error))?;
        // A pty refuses to be cleared; nothing is lost by going on.
        if let Err(error) = port.clear(serialport::ClearBuffer::Input) {
            tracing::debug!(%error, "input not cleared");
        }
        Ok(Self { port, baud })
    }
}

/// serialport reports a locked port as "no device"; whether the path exists tells them apart.
fn opening(path: &str, error: serialport::Error) -> LinkFault {
    let kind = error.kind();
    let source = io::Error::from(error);
    match kind {
        ErrorKind::Io(io::ErrorKind::PermissionDenied) => LinkFault::Denied { source },
        ErrorKind::Io(io::ErrorKind::NotFound) => LinkFault::Missing { source },
        ErrorKind::NoDevice if Path::new(path).exists() => LinkFault::Busy { source },
        ErrorKind::NoDevice | ErrorKind::InvalidInput | ErrorKind::Unknown | ErrorKind::Io(_) => {
            LinkFault::Missing { source }
        }
    }
}

impl Link for SerialLink {
    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkFault> {
        self.port.set_timeout(Duration::from_millis(500)).map_err(gone)?;
        self.port.write_all(bytes).map_err(|source| LinkFault::Gone { source })
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkFault> {
        self.port.set_timeout(wait.max(Duration::from_millis(1))).map_err(gone)?;
        match self.port.read(buffer) {
            Ok(0) => Err(LinkFault::Gone { source: io::ErrorKind::UnexpectedEof.into() }),
            Ok(count) => Ok(count),
            Err(error) if matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::Interrupted) => Ok(0),
            Err(source) => Err(LinkFault::Gone { source }),
        }
    }

    fn set_baud(&mut self, baud: Baud) -> Result<(), LinkFault> {
        let setting = self.port.set_baud_rate(baud.bits_per_second());
        setting.map_err(|error| LinkFault::Setting { source: error.into() })?;
        self.baud = baud;
        Ok(())
    }

    fn line(&self) -> Line {
        Line::serial(self.baud)
    }
}

fn gone(error: serialport::Error) -> LinkFault {
    LinkFault::Gone { source: error.into() }
}
