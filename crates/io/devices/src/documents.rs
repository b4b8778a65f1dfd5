//! The folder into which a scanner or a camera drops its pictures.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
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

/// A picture that lies in the folder, not opened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPicture {
    /// The bare file name.
    pub name: String,
    pub written: SystemTime,
    /// How long ago it was written, by this machine's clock; zero for a time to come.
    pub age: Duration,
    /// Size of the file, in bytes.
    pub bytes: u64,
}

/// The newest `*.jpg`, `*.jpeg` and `*.png` in `dir`, newest first and at most `most`; of two as new as one another, the
/// later in order of name comes first.
pub fn list_pictures(dir: &Path, most: usize) -> Result<Vec<ListedPicture>, PictureFault> {
    let entries = fs::read_dir(dir).map_err(|source| {
        if source.kind() == io::ErrorKind::NotFound {
            PictureFault::FolderMissing { source }
        } else {
            PictureFault::Listing { source }
        }
    })?;
    let now = SystemTime::now();
    let mut listed = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|source| PictureFault::Listing { source })?;
        let path = entry.path();
        // A file that vanishes while listing was never ours.
        let (Ok(about), Ok(name)) = (fs::metadata(&path), entry.file_name().into_string()) else { continue };
        if !about.is_file() || !is_named_as_picture(&path) {
            continue;
        }
        let written = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let age = now.duration_since(written).unwrap_or_default();
        listed.push(ListedPicture { name, written, age, bytes: about.len() });
    }
    listed.sort_by(|one, other| (other.written, &other.name).cmp(&(one.written, &one.name)));
    listed.truncate(most);
    Ok(listed)
}

/// The newest picture in `dir`.
pub fn newest_picture(dir: &Path) -> Result<DroppedPicture, PictureFault> {
    let newest = list_pictures(dir, 1)?.pop().ok_or(PictureFault::Empty)?;
    read_picture(dir.join(newest.name))
}

/// The picture of this bare name in `dir`. Nothing that leads out of the folder is a name.
pub fn picture_named(dir: &Path, name: &str) -> Result<DroppedPicture, PictureFault> {
    let path = dir.join(name);
    let bare = Path::new(name).file_name().is_some_and(|bare| bare == name);
    if !bare || !is_named_as_picture(&path) {
        return Err(PictureFault::NotAPicture { path });
    }
    read_picture(path)
}

fn read_picture(path: PathBuf) -> Result<DroppedPicture, PictureFault> {
    match fs::metadata(&path) {
        Ok(about) if about.len() > LARGEST => return Err(PictureFault::TooBig { path, bytes: about.len() }),
        Ok(_) | Err(_) => {}
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
    use std::fs::File;

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

    #[test]
    fn pictures_are_listed_newest_first_and_no_more_than_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        for (name, age_s) in [("a.jpg", 30), ("b.png", 10), ("c.jpeg", 20), ("notes.txt", 1)] {
            put(folder.path(), name, &JPEG, age_s);
        }
        let names = |most| -> Vec<String> {
            list_pictures(folder.path(), most).unwrap().into_iter().map(|one| one.name).collect()
        };
        assert_eq!(names(10), ["b.png", "c.jpeg", "a.jpg"]);
        assert_eq!(names(2), ["b.png", "c.jpeg"]);
    }

    #[test]
    fn a_name_that_leads_out_of_the_folder_is_no_picture() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("documents");
        fs::create_dir(&inner).unwrap();
        put(folder.path(), "secret.jpg", &JPEG, 5);
        put(&inner, "page.jpg", &JPEG, 5);
        let outside = folder.path().join("secret.jpg");
        for name in ["../secret.jpg", "./page.jpg", "..", "", "/", outside.to_str().unwrap(), "page.jpg/"] {
            assert_eq!(picture_named(&inner, name).unwrap_err().code(), "not_a_picture", "{name}");
        }
        assert_eq!(picture_named(&inner, "page.jpg").unwrap().bytes, JPEG);
    }
}
