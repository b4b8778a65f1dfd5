//! Pictures beside the ledger: named by content, encrypted, durable before they are named.

use std::{fs, path::PathBuf};

use casework::{fact::Fact, nouns::PictureHash};
use ledger::LedgerError;
use proptest::prelude::*;

use crate::bench::*;

fn file_of(bench: &Bench, hash: &PictureHash) -> PathBuf {
    bench.dir().join("blobs").join(&hash.as_str()[..2]).join(hash.as_str())
}

#[test]
fn a_picture_is_named_by_the_hash_of_its_content() {
    let mut bench = Bench::new();
    let hash = bench.ledger.store_picture(b"abc").unwrap();
    assert_eq!(hash.as_str(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    let bench = bench.restarted();
    assert_eq!(bench.ledger.picture(&hash).unwrap().as_deref(), Some(b"abc".as_slice()));
}

#[test]
fn a_picture_never_stored_is_not_there() {
    let bench = Bench::new();
    assert_eq!(bench.ledger.picture(&"ab".repeat(32).parse().unwrap()).unwrap(), None);
}

#[test]
fn the_same_picture_is_stored_once() {
    let mut bench = Bench::new();
    let first = bench.ledger.store_picture(b"portrait").unwrap();
    let commits = bench.ledger.commits();
    let before = fs::read(file_of(&bench, &first)).unwrap();
    assert_eq!(bench.ledger.store_picture(b"portrait").unwrap(), first);
    assert_eq!(bench.ledger.commits(), commits);
    assert_eq!(fs::read(file_of(&bench, &first)).unwrap(), before);
}

#[test]
fn nothing_of_a_picture_is_readable_in_its_file() {
    let mut bench = Bench::new();
    let content = b"\xff\xd8\xff\xe0\x00\x10JFIF".repeat(100);
    let hash = bench.ledger.store_picture(&content).unwrap();
    let file = fs::read(file_of(&bench, &hash)).unwrap();
    assert!(!file.windows(4).any(|window| window == b"JFIF"));
}

#[test]
fn a_lost_file_is_told_apart_from_an_unknown_picture_and_can_be_stored_again() {
    let mut bench = Bench::new();
    let hash = bench.ledger.store_picture(b"portrait").unwrap();
    fs::remove_file(file_of(&bench, &hash)).unwrap();
    assert!(matches!(bench.ledger.picture(&hash), Err(LedgerError::PictureLost { .. })));
    assert_eq!(bench.ledger.report().unwrap().problems, [format!("the file of picture {hash} is gone")]);
    bench.ledger.store_picture(b"portrait").unwrap();
    assert_eq!(bench.ledger.picture(&hash).unwrap().as_deref(), Some(b"portrait".as_slice()));
}

#[test]
fn a_picture_that_could_not_be_written_is_not_known() {
    let mut bench = Bench::new();
    // Where its folder should be there is a file.
    fs::write(bench.dir().join("blobs/66"), b"in the way").unwrap();
    let refused = bench.ledger.store_picture(b"abc");
    assert!(matches!(refused, Err(LedgerError::Storage { .. })), "{refused:?}");
    let hash = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0".parse().unwrap();
    assert_eq!(bench.ledger.picture(&hash).unwrap(), None);
    fs::remove_file(bench.dir().join("blobs/66")).unwrap();
    assert_eq!(bench.ledger.store_picture(b"abc").unwrap(), hash);
}

#[test]
fn a_fact_cannot_name_a_picture_that_is_not_stored() {
    let mut bench = Bench::new();
    let case = bench.identified(1);
    let scanned = |picture| Fact::MaterialScanned {
        material: "id_card".parse().unwrap(),
        page: 1,
        picture,
        findings: Vec::new(),
    };
    let refused = bench.record(&case, 2, &[scanned("cd".repeat(32).parse().unwrap())]);
    assert!(matches!(refused, Err(LedgerError::PictureNotStored { .. })), "{refused:?}");
    let stored = bench.ledger.store_picture(b"page").unwrap();
    bench.record(&case, 2, &[scanned(stored)]).unwrap();
}

#[test]
fn left_over_files_are_swept_once_they_are_old() {
    let mut bench = Bench::new();
    let kept = bench.ledger.store_picture(b"kept").unwrap();
    let folder = file_of(&bench, &kept).parent().unwrap().to_owned();
    let orphan = |days: u64, name: &str| {
        let path = folder.join(name);
        fs::write(&path, b"left over").unwrap();
        let then = std::time::SystemTime::now() - std::time::Duration::from_hours(24 * days);
        fs::File::options().write(true).open(&path).unwrap().set_modified(then).unwrap();
        path
    };
    let old_temporary = orphan(1, ".tmp-old");
    let young_temporary = orphan(0, ".tmp-young");
    let old_orphan = orphan(2, &"ef".repeat(32));
    let young_orphan = orphan(0, &"fe".repeat(32));
    let bench = bench.restarted();
    assert!(!old_temporary.exists() && !old_orphan.exists());
    assert!(young_temporary.exists() && young_orphan.exists());
    assert!(bench.ledger.picture(&kept).unwrap().is_some());
}

proptest! {
    // Each case is two fsyncs.
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_flipped_bit_in_a_picture_file_is_noticed(content in prop::collection::vec(any::<u8>(), 0..600), at in any::<prop::sample::Index>(), bit in 0..8u32) {
        let mut bench = Bench::new();
        let hash = bench.ledger.store_picture(&content).unwrap();
        let path = file_of(&bench, &hash);
        let mut file = fs::read(&path).unwrap();
        let at = at.index(file.len());
        file[at] ^= 1u8 << bit;
        fs::write(&path, file).unwrap();
        let damaged = matches!(bench.ledger.picture(&hash), Err(LedgerError::PictureDamaged { .. }));
        prop_assert!(damaged);
        let report = bench.ledger.report().unwrap();
        prop_assert!(!report.is_sound());
    }
}
