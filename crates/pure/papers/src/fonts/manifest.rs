//! `fonts.toml`: which faces the papers use, in which order, and under which licence.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::{Face, FontStack, Role};
use crate::PaperError;

/// The parsed manifest. The host reads each face's bytes from [`ManifestFace::path`] for [`Manifest::load`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    faces: Vec<ManifestFace>,
}

/// One face of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestFace {
    /// What the face is called in messages, for example `Noto Serif CJK SC`.
    pub name: String,
    /// Absolute path of the font file on the station.
    pub path: String,
    /// Face inside a collection (`.ttc`); 0 for a single font.
    #[serde(default)]
    pub index: u32,
    /// The roles the face serves, never empty.
    pub roles: Vec<Role>,
    /// SPDX expression or the licence's own name.
    pub licence: String,
    /// The Debian package that brings the file, named in the message when the file is missing.
    pub package: Option<String>,
    /// The station works without this face; only fewer characters are covered.
    #[serde(default)]
    pub optional: bool,
    /// SHA-256 of the whole file, 64 lower-case hex digits, by package version. A file of a version not listed is not
    /// checked.
    #[serde(default)]
    pub sha256: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: u32,
    face: Vec<ManifestFace>,
}

impl Manifest {
    /// The manifest this version ships: `fixtures/fonts.toml`.
    pub const SHIPPED: &str = include_str!("../../../../../fixtures/fonts.toml");

    /// Parses a manifest strictly: an unknown key, a face without role, a repeated name or a malformed hash is an error.
    pub fn parse(text: &str) -> Result<Manifest, PaperError> {
        let written: Written =
            toml::from_str(text).map_err(|source| PaperError::ParseManifest { source: Box::new(source) })?;
        let refuse = |face: &ManifestFace, fault| Err(PaperError::AcceptFace { face: face.name.clone(), fault });
        for (place, face) in written.face.iter().enumerate() {
            if written.schema != 1 {
                return refuse(face, "the manifest's schema is not 1");
            }
            if face.name.is_empty() {
                return refuse(face, "it has no name");
            }
            if face.roles.is_empty() {
                return refuse(face, "it serves no role");
            }
            if !face.path.starts_with('/') {
                return refuse(face, "its path is not absolute");
            }
            if written.face[..place].iter().any(|earlier| earlier.name == face.name) {
                return refuse(face, "its name is used twice");
            }
            if face.sha256.values().any(|hash| !is_sha256(hash)) {
                return refuse(face, "a hash is not 64 lower-case hex digits");
            }
        }
        Ok(Manifest { faces: written.face })
    }

    /// Builds the stack, asking `read` for each face's bytes.
    ///
    /// An optional face that cannot be read is left out; it may be compared by hash with [`ManifestFace::version_of`].
    ///
    /// # Errors
    /// [`PaperError::LoadFace`] names the face and the package that brings it; [`PaperError::OpenFace`] for bytes that
    /// are no font.
    pub fn load(
        &self,
        mut read: impl FnMut(&ManifestFace) -> std::io::Result<Arc<[u8]>>,
    ) -> Result<FontStack, PaperError> {
        let mut faces = Vec::new();
        for face in &self.faces {
            match read(face) {
                Ok(bytes) => {
                    faces.push(Face { name: face.name.clone(), roles: face.roles.clone(), bytes, index: face.index })
                }
                Err(_) if face.optional => {}
                Err(source) => {
                    let package = face.package.clone().unwrap_or_else(|| face.path.clone());
                    return Err(PaperError::LoadFace { face: face.name.clone(), package, source });
                }
            }
        }
        FontStack::new(faces)
    }

    /// The faces in the order in which they are asked.
    pub fn faces(&self) -> &[ManifestFace] {
        &self.faces
    }
}

impl ManifestFace {
    /// The package version whose file has this SHA-256, if the manifest lists it.
    pub fn version_of(&self, sha256: &str) -> Option<&str> {
        self.sha256.iter().find(|(_, listed)| *listed == sha256).map(|(version, _)| &**version)
    }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_manifest_asks_noto_first_and_hanazono_for_the_rest() {
        let manifest = Manifest::parse(Manifest::SHIPPED).unwrap();
        let serif: Vec<_> =
            manifest.faces().iter().filter(|face| face.roles.contains(&Role::Serif)).map(|face| &*face.name).collect();
        assert_eq!(serif, ["Noto Serif CJK SC", "BabelStone Han", "HanaMinB"]);
    }

    #[test]
    fn unknown_key_is_refused() {
        let text = Manifest::SHIPPED.replace("licence", "license");
        assert!(matches!(Manifest::parse(&text), Err(PaperError::ParseManifest { .. })));
    }

    #[test]
    fn repeated_face_is_refused_by_name() {
        let text = Manifest::SHIPPED.replace("\"HanaMinB\"", "\"BabelStone Han\"");
        let Err(PaperError::AcceptFace { face, .. }) = Manifest::parse(&text) else { panic!("accepted") };
        assert_eq!(face, "BabelStone Han");
    }

    #[test]
    fn missing_face_is_named_with_its_package() {
        let manifest = Manifest::parse(Manifest::SHIPPED).unwrap();
        let mut asked = Vec::new();
        let refusal = manifest.load(|face| {
            asked.push(face.name.clone());
            Err(std::io::ErrorKind::NotFound.into())
        });
        let Err(PaperError::LoadFace { face, package, .. }) = refusal else { panic!("loaded") };
        assert_eq!((&*face, &*package), ("Noto Serif CJK SC", "fonts-noto-cjk"));
        assert_eq!(asked, ["Noto Serif CJK SC"]);
    }

    #[test]
    fn file_of_a_listed_version_is_recognised_by_its_hash() {
        let manifest = Manifest::parse(Manifest::SHIPPED).unwrap();
        let face = manifest.faces().last().unwrap();
        let hash = "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c";
        assert_eq!(face.version_of(hash), Some("20170904-2.1"));
        assert_eq!(face.version_of(&hash.replace('8', "9")), None);
    }

    #[test]
    fn short_hash_is_refused() {
        let text = Manifest::SHIPPED.replace("8295434", "829");
        assert!(matches!(Manifest::parse(&text), Err(PaperError::AcceptFace { .. })));
    }
}
