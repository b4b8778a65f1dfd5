//! The faces of a station: the shipped manifest and the county's own, their files read from where they say.

use std::path::Path;
use std::sync::Arc;

use papers::fonts::ManifestFace;
use papers::{FontStack, Manifest};

use crate::fault::Trouble;
use crate::press::text_of;

/// The manifest at `path` with the faces of the county's own, if there are any. No file of a face is read yet.
pub fn manifest(path: &Path, county: Option<&Path>) -> Result<Manifest, Trouble> {
    let shipped = parse(path)?;
    match county {
        None => Ok(shipped),
        Some(county) => {
            let county_file = county.display().to_string();
            shipped.joined_by(parse(county)?).map_err(|error| Trouble::from(error).because(county_file))
        }
    }
}

/// Loads the faces. One that is optional may be missing; any other names its package, and a file that is none of the listed
/// versions is refused.
pub fn load(path: &Path, county: Option<&Path>) -> Result<FontStack, Trouble> {
    Ok(manifest(path, county)?.load(read)?)
}

/// The file of a face.
pub fn read(face: &ManifestFace) -> std::io::Result<Arc<[u8]>> {
    std::fs::read(&face.path).map(Into::into)
}

fn parse(path: &Path) -> Result<Manifest, Trouble> {
    let manifest = Manifest::parse(&text_of(path, "station.fonts")?)
        .map_err(|error| Trouble::from(error).because(path.display().to_string()))?;
    Ok(manifest.below(path.parent().unwrap_or(Path::new(""))))
}
