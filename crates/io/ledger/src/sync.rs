//! Making a file's name as durable as its bytes.

use std::path::Path;

/// Flushes a directory, so that the names made or changed in it survive a power cut.
///
/// Windows cannot flush a directory; the order of the calls is the same there, and [`crate::Ledger::verify`] is
/// what finds a lost name.
pub(crate) fn sync_dir(dir: &Path) -> std::io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    std::fs::File::open(dir)?.sync_all()
}
