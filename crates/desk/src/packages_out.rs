//! The way of an archive package out of the ledger: byte for byte as it was sealed, and each time with a row of the journal.
//! The bytes lie in the folder, synced, before the row is there: the row is what lets the ledger forget the person later.

use std::io::Write;
use std::path::{Path, PathBuf};

use archive::PackageNumber;
use casework::fact::Fact;
use casework::nouns::{Actor, CaseId, PictureHash};
use casework::station_fact::StationFact;
use jiff::Timestamp;
use ledger::{Ledger, LedgerError, StationEntry};

/// A package that has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenOut {
    pub case: CaseId,
    pub file: PathBuf,
    /// SM3 of the file, as the seal of the case has it.
    pub package: PictureHash,
}

/// Why a package did not leave.
#[derive(Debug, thiserror::Error)]
pub enum TakeOutError {
    #[error("{case} 不是已归档的事项")]
    NotSealed { case: CaseId },
    #[error("台账没有读写成")]
    Ledger {
        #[from]
        source: LedgerError,
    },
    #[error("{file} 没有写成")]
    Write { file: PathBuf, source: std::io::Error },
    #[error("{file} 已经在那里，内容不同，没有动它")]
    Other { file: PathBuf },
}

/// Writes the package of a sealed case into `folder`, which is made if it is not there. One that lies there already with
/// the same bytes is left as it is.
///
/// # Errors
/// [`TakeOutError::NotSealed`] for a case without a package; [`TakeOutError::Other`] when another file has its name; else
/// what disk or ledger say. Without a row of the journal no file bears the package's name.
pub fn take_out(
    ledger: &mut Ledger,
    case: &CaseId,
    folder: &Path,
    at: Timestamp,
    actor: &Actor,
) -> Result<TakenOut, TakeOutError> {
    let not_sealed = || TakeOutError::NotSealed { case: case.clone() };
    let package = seal_of(ledger, case)?.ok_or_else(not_sealed)?;
    let bytes = ledger.picture(&package)?.ok_or_else(not_sealed)?;
    // What was sealed before there were packages is the bare record, one fact a line.
    let ending = if bytes.starts_with(b"{") { "jsonl" } else { "tar" };
    let file = folder.join(format!("{}.{ending}", PackageNumber::of(case)));
    let failed = |source| TakeOutError::Write { file: file.clone(), source };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let laid = lay_down(&file, &bytes)?;
    let facts = [StationFact::ArchiveExported { case: case.clone(), package: package.clone() }];
    ledger.record_station(StationEntry { at, actor, facts: &facts, password: None, tries: None })?;
    if let Some(laid) = laid {
        std::fs::rename(laid, &file).map_err(failed)?;
    }
    Ok(TakenOut { case: case.clone(), file, package })
}

/// The package that the seal of a case names.
///
/// # Errors
/// The ledger's.
pub fn seal_of(ledger: &Ledger, case: &CaseId) -> Result<Option<PictureHash>, LedgerError> {
    let facts = ledger.case_facts(case)?.into_iter().rev();
    Ok(facts
        .map(|one| one.fact)
        .find_map(|fact| if let Fact::Sealed { package } = fact { Some(package) } else { None }))
}

/// Puts the bytes beside their name, readable by nobody else; `None` when they already have it.
fn lay_down(file: &Path, bytes: &[u8]) -> Result<Option<PathBuf>, TakeOutError> {
    let failed = |source| TakeOutError::Write { file: file.to_path_buf(), source };
    if file.exists() {
        let there = std::fs::read(file).map_err(failed)?;
        return if there == bytes { Ok(None) } else { Err(TakeOutError::Other { file: file.to_path_buf() }) };
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let part = file.with_file_name(format!(".{name}.part"));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(&part).map_err(failed)?;
    written.write_all(bytes).and_then(|()| written.sync_all()).map_err(failed)?;
    Ok(Some(part))
}
