//! The reader driver against the tests' own module, over real sockets and real terminals.
#![expect(clippy::unwrap_used, reason = "tests")]

mod module;
mod over_pty;
mod over_tcp;
mod over_usb;
mod pty;
