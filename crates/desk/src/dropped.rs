//! What lies in the document camera's folder: listed by the desk, taken by bare names that the desk itself gave out.

use std::collections::BTreeMap;

use devices::documents::{DroppedPicture, ListedPicture, PictureFault, list_pictures, picture_named};
use jiff::{SignedDuration, Timestamp};
use sm3::{Digest, Sm3};

use crate::desk::{Desk, Now};
use crate::fault::{self, Trouble};

/// As many as a person looks through; older ones are taken by scanning anew.
const MOST: usize = 24;

/// Longest side of a thumbnail, pixels.
const THUMBNAIL_PX: u32 = 320;

/// The folder as it was seen last.
#[derive(Default)]
pub struct Dropped {
    pictures: Vec<Dropping>,
    /// Thumbnails that somebody has looked at, by their name at the picture door.
    thumbnails: BTreeMap<String, Vec<u8>>,
}

/// One picture of the folder.
pub struct Dropping {
    listed: ListedPicture,
    /// Name at the picture door. It changes when the file does.
    door: String,
    /// When it was written, on the station's clock.
    at: Timestamp,
}

impl Dropping {
    pub fn file(&self) -> &str {
        &self.listed.name
    }

    pub fn door(&self) -> &str {
        &self.door
    }

    pub fn at(&self) -> Timestamp {
        self.at
    }
}

impl Dropped {
    /// Newest first.
    pub fn pictures(&self) -> &[Dropping] {
        &self.pictures
    }

    /// Takes a new listing. Answers whether anything is different.
    fn take(&mut self, listing: Vec<ListedPicture>, now: Now) -> bool {
        let same = |(had, new): (&Dropping, &ListedPicture)| {
            (&had.listed.name, had.listed.written, had.listed.bytes) == (&new.name, new.written, new.bytes)
        };
        if self.pictures.len() == listing.len() && self.pictures.iter().zip(&listing).all(same) {
            return false;
        }
        let dropping = |listed: ListedPicture| {
            let age = SignedDuration::try_from(listed.age).unwrap_or_default();
            let at = now.at.checked_sub(age).unwrap_or(now.at);
            Dropping { door: door_of(&listed), at, listed }
        };
        self.pictures = listing.into_iter().map(dropping).collect();
        let doors = &self.pictures;
        self.thumbnails.retain(|door, _| doors.iter().any(|one| one.door == *door));
        true
    }
}

/// A name that nobody can guess a path from, and that a changed file does not keep.
fn door_of(listed: &ListedPicture) -> String {
    let written = listed.written.duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_nanos();
    let hash = Sm3::digest(format!("{}\n{written}\n{}", listed.name, listed.bytes).as_bytes());
    format!("dropped-{}", hex::encode(&hash[..12]))
}

impl Desk {
    /// Looks into the folder while papers are asked for. A folder that cannot be listed is told when somebody scans.
    pub(crate) fn look_for_pages(&mut self, now: Now) {
        let asked = self.open.as_ref().is_some_and(|case| case.applicant().is_some() && case.acceptance().is_none());
        let listing = match asked {
            true => list_pictures(&self.station.documents.folder, MOST).unwrap_or_default(),
            false => Vec::new(),
        };
        if self.dropped.take(listing, now) {
            self.changed();
        }
    }

    /// The picture of a name that this desk has listed.
    pub(crate) fn dropped_picture(&self, file: &str) -> Result<DroppedPicture, Trouble> {
        if !self.dropped.pictures.iter().any(|one| one.file() == file) {
            return Err(Trouble::of("materials.no_page"));
        }
        picture_named(&self.station.documents.folder, file).map_err(|fault| fault::drop_folder("materials", &fault))
    }

    /// A small JPEG of a listed picture; made once.
    pub(crate) fn thumbnail(&mut self, door: &str) -> Option<Vec<u8>> {
        if let Some(made) = self.dropped.thumbnails.get(door) {
            return Some(made.clone());
        }
        let file = self.dropped.pictures.iter().find(|one| one.door == door)?.file().to_owned();
        let picture: Result<DroppedPicture, PictureFault> = picture_named(&self.station.documents.folder, &file);
        let small = pictures::thumbnail(&picture.ok()?.bytes, &pictures::Limits::default(), THUMBNAIL_PX).ok()?;
        self.dropped.thumbnails.insert(door.to_owned(), small.clone());
        Some(small)
    }
}
