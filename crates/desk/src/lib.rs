//! The desk: use cases that join the pure trade to devices, ledger and platforms.

pub mod contract;
