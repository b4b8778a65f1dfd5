//! A transparent TCP connection to a serial server, with the same frames as on a serial line.

use std::{
    io::{self, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};

use idcard::command::{Baud, Line};

use super::{Link, LinkFault};

/// A connection that is open.
pub struct TcpLink {
    stream: TcpStream,
}

impl TcpLink {
    /// Connects within `patience` to the first address that `host:port` names.
    pub fn open(address: &str, patience: Duration) -> Result<Self, LinkFault> {
        let missing = |source| LinkFault::Missing { source };
        let address = address
            .to_socket_addrs()
            .map_err(missing)?
            .next()
            .ok_or_else(|| missing(io::ErrorKind::AddrNotAvailable.into()))?;
        let stream = TcpStream::connect_timeout(&address, patience).map_err(missing)?;
        stream.set_nodelay(true).map_err(missing)?;
        stream.set_write_timeout(Some(Duration::from_millis(500))).map_err(missing)?;
        Ok(Self { stream })
    }
}

impl Link for TcpLink {
    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkFault> {
        self.stream.write_all(bytes).map_err(|source| LinkFault::Gone { source })
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkFault> {
        let wait = wait.max(Duration::from_millis(1));
        self.stream.set_read_timeout(Some(wait)).map_err(|source| LinkFault::Gone { source })?;
        match self.stream.read(buffer) {
            Ok(0) => Err(LinkFault::Gone { source: io::ErrorKind::UnexpectedEof.into() }),
            Ok(count) => Ok(count),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted
                ) =>
            {
                Ok(0)
            }
            Err(source) => Err(LinkFault::Gone { source }),
        }
    }

    fn set_baud(&mut self, _baud: Baud) -> Result<(), LinkFault> {
        Ok(())
    }

    fn line(&self) -> Line {
        Line::network()
    }
}
