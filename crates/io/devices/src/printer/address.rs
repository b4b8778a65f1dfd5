//! Where a print queue is: a folder, or a printer or CUPS that speaks IPP.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};

use ipp::prelude::Uri;

/// What stands in a station file: `ipp://HOST:PORT/PATH`, or a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueueAddress {
    Folder(PathBuf),
    Ipp(IppAddress),
}

/// The address of an IPP printer or of a CUPS queue, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IppAddress(Uri);

/// Why a text is no address of a queue.
#[derive(Debug, thiserror::Error)]
pub enum AddressFault {
    #[error("`{text}` is not an address like ipp://HOST:PORT/PATH")]
    Ipp { text: String },
    #[error("`{scheme}` is not a way to a printer that this program knows; it takes ipp:// or a folder")]
    Scheme { scheme: String },
}

impl QueueAddress {
    /// # Errors
    /// When it looks like a URI and is not a sound `ipp` one. Encrypted `ipps` is not spoken; see the README.
    pub fn parse(text: &str) -> Result<QueueAddress, AddressFault> {
        match text.split_once("://") {
            None => Ok(QueueAddress::Folder(PathBuf::from(text))),
            Some(("ipp", _)) => IppAddress::parse(text).map(QueueAddress::Ipp),
            Some((scheme, _)) => Err(AddressFault::Scheme { scheme: scheme.to_owned() }),
        }
    }

    /// The folder, where it is one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            QueueAddress::Folder(folder) => Some(folder),
            QueueAddress::Ipp(_) => None,
        }
    }

    /// The same with a relative folder starting at `base`.
    #[must_use]
    pub fn within(self, base: &Path) -> QueueAddress {
        match self {
            QueueAddress::Folder(folder) => QueueAddress::Folder(base.join(folder)),
            QueueAddress::Ipp(address) => QueueAddress::Ipp(address),
        }
    }

    /// A printer in software: on this very machine, and not behind a spooler. A spooler's queues are `/printers/NAME`.
    pub fn is_simulated(&self) -> bool {
        match self {
            QueueAddress::Folder(_) => false,
            QueueAddress::Ipp(address) => address.is_loopback() && !address.is_spooler_path(),
        }
    }
}

impl TryFrom<String> for QueueAddress {
    type Error = AddressFault;

    fn try_from(text: String) -> Result<QueueAddress, AddressFault> {
        QueueAddress::parse(&text)
    }
}

impl IppAddress {
    fn parse(text: &str) -> Result<IppAddress, AddressFault> {
        let refused = || AddressFault::Ipp { text: text.to_owned() };
        let uri: Uri = text.parse().map_err(|_| refused())?;
        let sound = uri.host().is_some_and(|host| !host.is_empty()) && uri.path().len() > 1 && uri.query().is_none();
        let bare = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
        if sound && bare { Ok(IppAddress(uri)) } else { Err(refused()) }
    }

    pub(super) fn uri(&self) -> Uri {
        self.0.clone()
    }

    /// Whether the path is one of a spooler that hands jobs on to a device.
    pub(super) fn is_spooler_path(&self) -> bool {
        self.0.path().starts_with("/printers/") || self.0.path().starts_with("/classes/")
    }

    fn is_loopback(&self) -> bool {
        let host = self.0.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_and_an_ipp_printer_are_told_apart() {
        assert_eq!(QueueAddress::parse("out/queue").unwrap(), QueueAddress::Folder("out/queue".into()));
        let printer = QueueAddress::parse("ipp://10.1.2.3:631/ipp/print").unwrap();
        assert_eq!(printer.folder(), None);
        assert_eq!(printer.clone().within(Path::new("base")), printer);
    }

    #[test]
    fn an_address_that_no_printer_can_have_is_refused() {
        for text in
            ["ipp://", "ipp:///ipp/print", "ipp://host", "ipp://host/", "ipp://u:p@host/ipp/print", "ipp://a b/c"]
        {
            assert!(matches!(QueueAddress::parse(text), Err(AddressFault::Ipp { .. })), "{text}");
        }
        for text in ["ipps://host/ipp/print", "socket://host:9100", "http://host/ipp/print"] {
            assert!(matches!(QueueAddress::parse(text), Err(AddressFault::Scheme { .. })), "{text}");
        }
    }

    #[test]
    fn a_printer_in_software_is_known_by_its_address() {
        let simulated = |text| QueueAddress::parse(text).unwrap().is_simulated();
        for text in ["ipp://127.0.0.1:8631/ipp/print", "ipp://localhost:8631/ipp/print", "ipp://[::1]:8631/ipp/print"] {
            assert!(simulated(text), "{text}");
        }
        for text in ["ipp://localhost/printers/card", "ipp://10.1.2.3/ipp/print", "out/queue"] {
            assert!(!simulated(text), "{text}");
        }
    }
}
