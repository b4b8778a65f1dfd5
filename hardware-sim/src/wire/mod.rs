//! The wires between a reader and a driver: a pseudo-terminal, a TCP port, and, without an operating
//! system, a pipe and the four pipes of USB.

pub mod pipe;
pub mod pty;
pub mod tcp;
pub mod usb;
