//! What errors of the ledger become at the counter: the ones that a person there can tell apart.

use desk::contract::FaultKind;
use desk::fault::{Trouble, at_start};
use ledger::{LedgerError, StorageKind};

fn told(error: LedgerError) -> (String, FaultKind, String) {
    let fault = at_start(&Trouble::from(error));
    (fault.code, fault.kind, fault.reasons.join("\n"))
}

#[test]
fn a_ledger_of_a_newer_program_is_left_alone_and_told_of() {
    let (code, kind, told) = told(LedgerError::NewerSchema { found: 99, known: 1 });
    assert_eq!((code.as_str(), kind), ("ledger.newer", FaultKind::Broken));
    assert!(told.contains("99") && told.contains('1'), "{told}");
}

#[test]
fn a_full_disk_is_a_matter_for_a_hand_and_a_broken_one_is_not() {
    let storage = |kind| LedgerError::Storage { doing: "write a fact", kind, source: "no room".into() };
    assert_eq!(told(storage(StorageKind::Full)).0, "ledger.full");
    assert_eq!(told(storage(StorageKind::Full)).1, FaultKind::Attend);
    for kind in [StorageKind::Io, StorageKind::Corrupt, StorageKind::ReadOnly, StorageKind::Other] {
        assert_eq!(told(storage(kind)).0, "ledger.failed");
    }
}

#[test]
fn no_room_for_the_key_is_a_full_disk_and_not_a_wrong_key() {
    let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
    let error = LedgerError::KeyFile { doing: "make the key file", source: Box::new(full) };
    assert_eq!(told(error).0, "ledger.full");
    let gone = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
    let error = LedgerError::KeyFile { doing: "read the key file", source: Box::new(gone) };
    assert_eq!(told(error).0, "ledger.wrong_key");
}

#[test]
fn the_whole_chain_of_causes_reaches_the_person_who_mends_it() {
    let source = std::io::Error::other("device 8:1");
    let error = LedgerError::Storage { doing: "write a fact", kind: StorageKind::Io, source: source.into() };
    let (_, _, told) = told(error);
    assert_eq!(told, "could not write a fact: device 8:1");
    let text = std::fs::read_to_string("no such file").unwrap_err();
    assert!(desk::fault::chain(&text).contains("os error 2"));
}
