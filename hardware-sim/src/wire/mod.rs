//! The wires between a reader and a driver: a pseudo-terminal, a TCP port, and a pipe without an operating system.

pub mod pipe;
pub mod pty;
pub mod tcp;
