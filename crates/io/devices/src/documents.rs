//! The folder into which a scanner or a camera drops its pictures.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Largest picture taken in, in bytes.
pub const LARGEST: u64 = 20 * 1024 * 1024;

/// A picture as the device left it, undecoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedPicture {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

/// Why no picture was taken in.
#[derive(Debug, thiserror::Error)]
pub enum PictureFault {
    #[error("the folder for pictures is missing")]
    FolderMissing { source: io::Error },
    #[error("the folder for pictures could not be listed")]
    Listing { source: io::Error },
    #[error("the folder holds no picture")]
    Empty,
    #[error("the picture has {bytes} bytes, more than {LARGEST}")]
    TooBig { path: PathBuf, bytes: u64 },
    #[error("the picture could not be read")]
    Reading { path: PathBuf, source: io::Error },
    /// The file's first bytes are not those of a JPEG or PNG: still being written, or something else.
    #[error("the file is not a whole picture")]
    NotAPicture { path: PathBuf },
}

impl PictureFault {
    pub fn code(&self) -> &'static str {
        match self {
            Self::FolderMissing { .. } => "folder_missing",
            Self::Listing { .. } => "listing",
            Self::Empty => "empty",
            Self::TooBig { .. } => "too_big",
            Self::Reading { .. } => "reading",
            Self::NotAPicture { .. } => "not_a_picture",
        }
    }
}

/// The newest `*.jpg`, `*.jpeg` or `*.png` in `dir`; of two as new as one another, the later in order of name.
pub fn newest_picture(dir: &Path) -> Result<DroppedPicture, PictureFault> {
    let entries = fs::read_dir(dir).map_err(|source| {
        if source.kind() == io::ErrorKind::NotFound {
            PictureFault::FolderMissing { source }
        } else {
            PictureFault::Listing { source }
        }
    })?;
    let mut newest: Option<(SystemTime, PathBuf, u64)> = None;
    for entry in entries {
        let entry = entry.map_err(|source| PictureFault::Listing { source })?;
        let path = entry.path();
        // A file that vanishes while listing was never ours.
        let Ok(about) = fs::metadata(&path) else { continue };
        if !about.is_file() || !is_named_as_picture(&path) {
            continue;
        }
        let written = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        if newest.as_ref().is_none_or(|(at, name, _)| (*at, name) < (written, &path)) {
            newest = Some((written, path, about.len()));
        }
    }
    let (_, path, bytes) = newest.ok_or(PictureFault::Empty)?;
    if bytes > LARGEST {
        return Err(PictureFault::TooBig { path, bytes });
    }
    match fs::read(&path) {
        Ok(bytes) if is_whole_picture(&bytes) => Ok(DroppedPicture { path, bytes }),
        Ok(_) => Err(PictureFault::NotAPicture { path }),
        Err(source) => Err(PictureFault::Reading { path, source }),
    }
}

fn is_named_as_picture(path: &Path) -> bool {
    let hidden = path.file_name().and_then(|name| name.to_str()).is_none_or(|name| name.starts_with('.'));
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    !hidden && ["jpg", "jpeg", "png"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// First and last bytes only; decoding is the portrait's and the scan's own business.
fn is_whole_picture(bytes: &[u8]) -> bool {
    let jpeg = bytes.starts_with(&[0xFF, 0xD8, 0xFF])
        && bytes[bytes.len() - 512.min(bytes.len())..].windows(2).any(|pair| pair == [0xFF, 0xD9]);
    let png = bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xAE\x42\x60\x82");
    jpeg || png
}

#[cfg(test)]
mod tests {
    use std::{fs::File, time::Duration};

    use super::*;

    const JPEG: [u8; 6] = [0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xD9];

    fn put(dir: &Path, name: &str, bytes: &[u8], age_s: u64) {
        let path = dir.join(name);
        fs::write(&path, bytes).unwrap();
        let at = SystemTime::now() - Duration::from_secs(age_s);
        File::options().write(true).open(path).unwrap().set_modified(at).unwrap();
    }

    #[test]
    fn the_newest_picture_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "old.jpg", &JPEG, 60);
        put(folder.path(), "new.JPG", &JPEG, 5);
        put(folder.path(), "newer.txt", b"no picture", 1);
        put(folder.path(), ".hidden.jpg", &JPEG, 0);
        assert!(newest_picture(folder.path()).unwrap().path.ends_with("new.JPG"));
    }

    #[test]
    fn each_reason_for_no_picture_is_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let code = |dir: &Path| newest_picture(dir).unwrap_err().code();
        assert_eq!(code(&folder.path().join("gone")), "folder_missing");
        assert_eq!(code(folder.path()), "empty");
        put(folder.path(), "half.png", b"\x89PNG\r\n\x1a\n", 60);
        assert_eq!(code(folder.path()), "not_a_picture");
        put(folder.path(), "big.jpg", &JPEG, 5);
        File::options().write(true).open(folder.path().join("big.jpg")).unwrap().set_len(LARGEST + 1).unwrap();
        assert_eq!(code(folder.path()), "too_big");
    }
}
