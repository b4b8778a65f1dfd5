//! The tools beside the simulator: each takes its words from the command line and writes to standard output.

use std::io::{Read, Write};
use std::process::ExitCode;

use hardware_sim::photo;

/// Any failure of a tool, for the person at the terminal.
pub type Failed = Box<dyn std::error::Error>;

/// Stands in for a vendor's photo decoder: the block on standard input, the bitmap on standard output.
pub fn wlt_helper() -> Result<ExitCode, Failed> {
    let mut block = Vec::new();
    std::io::stdin().lock().read_to_end(&mut block)?;
    match photo::decode(&block) {
        Ok(bitmap) => {
            std::io::stdout().lock().write_all(&bitmap)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(refused) => {
            eprintln!("hardware-sim: {refused}");
            Ok(ExitCode::from(3))
        }
    }
}
