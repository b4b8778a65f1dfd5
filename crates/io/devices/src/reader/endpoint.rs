//! Where a reader is plugged in, as written in the station's settings.

use std::{fmt, path::Path, str::FromStr, time::Duration};

use idcard::command::Baud;

use super::{Cancel, ReaderFault, detect::detect};
use crate::link::{Link, SerialLink, TcpLink, UsbLink};

/// `serial:PATH@BAUD`, `tcp:HOST:PORT`, `usb` or `auto`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// The path is passed to the system as it is: `/dev/ttyUSB0`, `COM3`, or a link to either.
    Serial { path: String, baud: Baud },
    /// `host:port`.
    Tcp { address: String },
    /// The first generic module on the USB bus.
    Usb,
    /// Look at every port for the first reader that answers.
    Auto,
}

/// Why a text is not an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEndpoint {
    #[error("`{text}` is none of serial:PATH@BAUD, tcp:HOST:PORT, usb, auto")]
    Form { text: String },
    #[error("{baud} is none of the reader's speeds 115200, 57600, 38400, 19200, 9600")]
    Baud { baud: String },
}

impl Endpoint {
    /// Without `@BAUD` a serial port runs at the factory's 115200.
    pub fn parse(text: &str) -> Result<Self, NotAnEndpoint> {
        let form = || NotAnEndpoint::Form { text: text.to_owned() };
        match text.trim().split_once(':') {
            None if text.trim() == "auto" => Ok(Self::Auto),
            None if text.trim() == "usb" => Ok(Self::Usb),
            Some(("serial", rest)) => {
                let (path, baud) = rest.rsplit_once('@').unwrap_or((rest, "115200"));
                let known = baud.parse().ok().and_then(Baud::from_bits_per_second);
                let baud = known.ok_or_else(|| NotAnEndpoint::Baud { baud: baud.to_owned() })?;
                if path.is_empty() { Err(form()) } else { Ok(Self::Serial { path: path.to_owned(), baud }) }
            }
            Some(("tcp", address)) => match address.rsplit_once(':') {
                Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => {
                    Ok(Self::Tcp { address: address.to_owned() })
                }
                Some(_) | None => Err(form()),
            },
            Some(_) | None => Err(form()),
        }
    }

    /// Whether no real reader can be behind it: a network address, or a pseudo-terminal, also through links. `auto` looks
    /// at real ports only.
    pub fn is_simulated(&self) -> bool {
        match self {
            Self::Tcp { .. } => true,
            Self::Usb | Self::Auto => false,
            Self::Serial { path, .. } => {
                let real = std::fs::canonicalize(path);
                real.as_deref().unwrap_or(Path::new(path)).starts_with("/dev/pts")
            }
        }
    }

    /// Opens the link, and says where it was found.
    /// `connect` is how long a network may take; looking at all ports ends when called off.
    pub(super) fn open(&self, connect: Duration, cancel: &Cancel) -> Result<(Self, Box<dyn Link>), ReaderFault> {
        let link: Box<dyn Link> = match self {
            Self::Serial { path, baud } => Box::new(SerialLink::open(path, *baud).map_err(ReaderFault::opening)?),
            Self::Tcp { address } => Box::new(TcpLink::open(address, connect).map_err(ReaderFault::opening)?),
            Self::Usb => Box::new(UsbLink::open().map_err(ReaderFault::opening)?),
            Self::Auto => return detect(cancel).ok_or(ReaderFault::NothingFound),
        };
        Ok((self.clone(), link))
    }
}

impl FromStr for Endpoint {
    type Err = NotAnEndpoint;
    fn from_str(text: &str) -> Result<Self, NotAnEndpoint> {
        Self::parse(text)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Serial { path, baud } => write!(f, "serial:{path}@{}", baud.bits_per_second()),
            Self::Tcp { address } => write!(f, "tcp:{address}"),
            Self::Usb => f.write_str("usb"),
            Self::Auto => f.write_str("auto"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_written_as_they_are_read() {
        for text in
            ["serial:/dev/ttyUSB0@9600", "serial:COM3@115200", "tcp:127.0.0.1:4001", "tcp:[::1]:4001", "usb", "auto"]
        {
            assert_eq!(Endpoint::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Endpoint::parse("serial:/dev/ttyS0").unwrap().to_string(), "serial:/dev/ttyS0@115200");
    }

    #[test]
    fn what_is_no_endpoint_is_refused() {
        for text in
            ["", "hid", "serial:", "serial:@9600", "serial:/dev/ttyS0@1200", "tcp:host", "tcp::1", "tcp:h:99999"]
        {
            assert!(Endpoint::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_pseudo_terminal_is_a_simulation_even_through_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("reader");
        std::os::unix::fs::symlink("/dev/pts/0", &link).unwrap();
        let through_link = Endpoint::Serial { path: link.to_str().unwrap().to_owned(), baud: Baud::B115200 };
        // The link may lead nowhere on a machine without terminals; then only its own path is judged.
        assert_eq!(through_link.is_simulated(), Path::new("/dev/pts/0").exists());
        assert!(Endpoint::parse("serial:/dev/pts/7").unwrap().is_simulated());
        assert!(Endpoint::parse("tcp:127.0.0.1:4001").unwrap().is_simulated());
        assert!(!Endpoint::parse("serial:/dev/ttyUSB0").unwrap().is_simulated());
    }
}
