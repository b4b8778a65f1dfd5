//! `counter [STATION]`: the window of one station. It holds no rule: it forwards requests and shows views.

// A window has no console beside it on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod app;
mod doors;
mod exit;
mod fault_page;
#[cfg(target_os = "linux")]
mod linux;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;

use tracing_subscriber::EnvFilter;

/// Where a station's file lies when neither the command line nor `YOUDAI_STATION` names one.
const INSTALLED_STATION: &str = "/etc/youdai/station.toml";

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    if let Err(refusal) = linux::prepare() {
        eprintln!("{refusal}");
        return ExitCode::from(exit::USAGE);
    }
    let filter = EnvFilter::try_from_env("YOUDAI_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match app::run(station_path()) {
        Ok(code) => code,
        Err(failure) => {
            tracing::error!(%failure, "the window could not be made");
            ExitCode::from(exit::BROKEN)
        }
    }
}

/// The station file: the first argument, else `YOUDAI_STATION`, else the installed one.
fn station_path() -> PathBuf {
    std::env::args_os()
        .nth(1)
        .or_else(|| std::env::var_os("YOUDAI_STATION"))
        .map_or_else(|| PathBuf::from(INSTALLED_STATION), PathBuf::from)
}
