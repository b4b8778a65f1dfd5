//! The envelope: a POSIX ustar archive (IEEE Std 1003.1, "pax", ustar interchange format) with one fixed way to write it.
//!
//! Every field that tells of a moment or of a machine is zero. Reading is strict: a header that is not the one this module
//! would write for that path and size is refused, so that no bit of the envelope can change unnoticed.

use thiserror::Error;

use crate::number::is_plain;

/// One file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// From the package's folder, with `/`: `materials/01-id_card/01.png`.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// The one file that may be run.
pub(crate) const VERIFIER: &str = "verify.sh";

const BLOCK: usize = 512;
const PATH_BYTES: usize = 100;
/// Bytes of one file, and how many files: far more than any case has, and little enough to be held in memory.
const MOST_FILE_BYTES: usize = 64 << 20;
const MOST_FILES: usize = 2_000;
/// Bytes of a whole package.
pub(crate) const MOST_BYTES: usize = 512 << 20;

/// Why an envelope is not taken. Offsets count bytes from the beginning of the file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EnvelopeFault {
    #[error("信封超过 {MOST_BYTES} 字节")]
    TooLarge,
    #[error("信封里超过 {MOST_FILES} 个文件")]
    TooMany,
    #[error("第 {at} 字节起的文件头不是本格式写的")]
    Header { at: usize },
    #[error("第 {at} 字节起的文件超过 {MOST_FILE_BYTES} 字节")]
    FileTooLarge { at: usize },
    #[error("第 {at} 字节起的内容缺了一截")]
    Short { at: usize },
    #[error("第 {at} 字节起的空白不是空白")]
    Padding { at: usize },
    #[error("路径“{path}”指到包外或写法不对")]
    Outside { path: String },
    #[error("路径“{path}”不在“{folder}”里")]
    OtherFolder { path: String, folder: String },
    #[error("路径“{path}”出现了两次")]
    Twice { path: String },
}

/// Writes files into an envelope, in their order, each below `folder`.
///
/// # Panics
/// When a path is longer than a header has room for: paths are made by this crate.
pub(crate) fn write(folder: &str, files: &[File]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for file in files {
        let path = format!("{folder}/{}", file.path);
        bytes.extend_from_slice(&header(&path, file.bytes.len()));
        bytes.extend_from_slice(&file.bytes);
        bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
    }
    bytes.resize(bytes.len() + 2 * BLOCK, 0);
    bytes
}

/// Reads an envelope: its folder, and its files in their order. Nothing is unpacked to a disk.
///
/// # Errors
/// The first thing that this module would have written otherwise.
pub(crate) fn read(bytes: &[u8]) -> Result<(String, Vec<File>), EnvelopeFault> {
    if bytes.len() > MOST_BYTES {
        return Err(EnvelopeFault::TooLarge);
    }
    let mut folder = None;
    let mut files: Vec<File> = Vec::new();
    let mut at = 0;
    loop {
        let block = bytes.get(at..at + BLOCK).ok_or(EnvelopeFault::Short { at })?;
        if block.iter().all(|one| *one == 0) {
            break;
        }
        let (path, size) = head(block).ok_or(EnvelopeFault::Header { at })?;
        let (top, inner) = split(&path).ok_or_else(|| EnvelopeFault::Outside { path: path.clone() })?;
        let own = folder.get_or_insert_with(|| top.to_owned());
        if own != top {
            return Err(EnvelopeFault::OtherFolder { folder: own.clone(), path });
        }
        if size > MOST_FILE_BYTES {
            return Err(EnvelopeFault::FileTooLarge { at });
        }
        if files.len() == MOST_FILES {
            return Err(EnvelopeFault::TooMany);
        }
        if block != header(&path, size) {
            return Err(EnvelopeFault::Header { at });
        }
        at += BLOCK;
        let content = bytes.get(at..at + size).ok_or(EnvelopeFault::Short { at })?;
        if files.iter().any(|file| file.path == inner) {
            return Err(EnvelopeFault::Twice { path });
        }
        files.push(File { path: inner.to_owned(), bytes: content.to_vec() });
        let end = (at + size).next_multiple_of(BLOCK);
        blank(bytes, at + size, end)?;
        at = end;
    }
    if bytes.len() != at + 2 * BLOCK {
        return Err(EnvelopeFault::Short { at });
    }
    blank(bytes, at, bytes.len())?;
    Ok((folder.ok_or(EnvelopeFault::Short { at: 0 })?, files))
}

fn blank(bytes: &[u8], from: usize, to: usize) -> Result<(), EnvelopeFault> {
    let padding = bytes.get(from..to).ok_or(EnvelopeFault::Short { at: from })?;
    if padding.iter().all(|one| *one == 0) { Ok(()) } else { Err(EnvelopeFault::Padding { at: from }) }
}

/// Path and size as a header tells them; whether they are told in our way is asked by writing it again.
fn head(block: &[u8]) -> Option<(String, usize)> {
    let name = block.get(..PATH_BYTES)?;
    let length = name.iter().position(|one| *one == 0).unwrap_or(PATH_BYTES);
    let path = std::str::from_utf8(&name[..length]).ok()?.to_owned();
    let size = std::str::from_utf8(block.get(124..135)?).ok()?;
    Some((path, usize::from_str_radix(size, 8).ok()?))
}

/// The folder of the package and the path inside it.
fn split(path: &str) -> Option<(&str, &str)> {
    let mut parts = path.split('/');
    let plain = path.len() <= PATH_BYTES && parts.clone().count() >= 2 && parts.all(is_plain);
    if plain { path.split_once('/') } else { None }
}

/// The header of one file: 512 bytes.
fn header(path: &str, size: usize) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let mut put = |at: usize, text: &str| block[at..at + text.len()].copy_from_slice(text.as_bytes());
    assert!(path.len() <= PATH_BYTES, "a path of a package fits into its header");
    put(0, path);
    put(100, if path.ends_with(&format!("/{VERIFIER}")) { "0000755" } else { "0000644" });
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{size:011o}"));
    put(136, "00000000000");
    put(148, "        ");
    put(156, "0");
    put(257, "ustar");
    put(263, "00");
    put(329, "0000000");
    put(337, "0000000");
    let sum: u32 = block.iter().map(|one| u32::from(*one)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(path: &str, bytes: &[u8]) -> File {
        File { path: path.to_owned(), bytes: bytes.to_vec() }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let files = vec![file("case.json", b"{}"), file("materials/01-id_card/01.png", &[7; 512]), file("empty", b"")];
        let bytes = write("DA-1", &files);
        assert_eq!(bytes.len() % BLOCK, 0);
        assert_eq!(read(&bytes), Ok(("DA-1".to_owned(), files)));
    }

    #[test]
    fn a_path_that_leads_outside_is_refused() {
        for path in ["../x", "a/../x", "/etc/passwd", "a//b", ".hidden", "a/.ssh", "a\\b", "甲"] {
            let bytes = write("DA-1", &[file(path, b"x")]);
            assert!(matches!(read(&bytes), Err(EnvelopeFault::Outside { .. })), "{path}");
        }
        let mut both = write("DA-1", &[file("a", b"")]);
        both.truncate(BLOCK);
        both.extend(write("DA-2", &[file("a", b"")]));
        assert!(matches!(read(&both), Err(EnvelopeFault::OtherFolder { .. })));
    }

    #[test]
    fn a_size_that_would_fill_the_memory_is_refused_before_anything_is_read() {
        let mut bytes = header("DA-1/a", MOST_FILE_BYTES + 1).to_vec();
        bytes.resize(3 * BLOCK, 0);
        assert_eq!(read(&bytes), Err(EnvelopeFault::FileTooLarge { at: 0 }));
    }

    proptest! {
        #[test]
        fn no_bit_of_an_envelope_outside_its_files_changes_unnoticed(at in 0usize..3584, bit in 0u8..8) {
            let files = vec![file("a/b.txt", b"eleven byte"), file("verify.sh", &[b'x'; 600])];
            let sound = write("DA-1", &files);
            prop_assert_eq!(sound.len(), 3584);
            let mut bytes = sound.clone();
            bytes[at] ^= 1 << bit;
            prop_assert_ne!(read(&bytes), Ok(("DA-1".to_owned(), files)));
        }

        #[test]
        fn no_bytes_at_all_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2048)) {
            let _ = read(&bytes);
        }
    }
}
