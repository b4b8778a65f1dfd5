//! `fonts.toml`: which faces the papers use, in which order, and under which licence. A county adds faces by a manifest of
//! its own. A file that is none of the listed versions is refused: a certificate never changes its shapes by itself.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use sha2::{Digest, Sha256};

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
    /// Path of the font file on the station; a relative one starts at the manifest's folder.
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
    /// SHA-256 of the whole file, 64 lower-case hex digits, by the version of the package; never empty. Nothing is drawn
    /// with a file whose hash is not among them.
    #[serde(default)]
    pub sha256: BTreeMap<String, String>,
    /// In a county's manifest: the shipped face that is asked after this one. Without it, the face is asked last.
    pub before: Option<String>,
}

/// A face of the manifest and what was found at its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    pub face: ManifestFace,
    /// SHA-256 of the file; `None` when it could not be read.
    pub sha256: Option<String>,
}

impl Inspected {
    /// The version that the manifest lists for these very bytes. Only such a face draws.
    pub fn version(&self) -> Option<&str> {
        self.sha256.as_deref().and_then(|sha256| self.face.version_of(sha256))
    }
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
            if face.path.is_empty() {
                return refuse(face, "it has no path");
            }
            if written.face[..place].iter().any(|earlier| earlier.name == face.name) {
                return refuse(face, "its name is used twice");
            }
            if face.sha256.is_empty() {
                return refuse(face, "it lists no sha256");
            }
            if face.sha256.values().any(|hash| !is_sha256(hash)) {
                return refuse(face, "a hash is not 64 lower-case hex digits");
            }
        }
        Ok(Manifest { faces: written.face })
    }

    /// The manifest with every relative path made to start at `folder`.
    pub fn below(mut self, folder: &Path) -> Manifest {
        for face in &mut self.faces {
            face.path = folder.join(&face.path).display().to_string();
        }
        self
    }

    /// This manifest with the faces of a county's own, each before the face it names or at the end.
    ///
    /// # Errors
    /// [`PaperError::AcceptFace`] for a name that is here already, and for a `before` that names none of these faces.
    pub fn joined_by(mut self, county: Manifest) -> Result<Manifest, PaperError> {
        for face in county.faces {
            let refuse = |fault| Err(PaperError::AcceptFace { face: face.name.clone(), fault });
            if self.faces.iter().any(|known| known.name == face.name) {
                return refuse("its name is used twice");
            }
            let place = match &face.before {
                None => Some(self.faces.len()),
                Some(before) => self.faces.iter().position(|known| known.name == *before),
            };
            match place {
                Some(place) => self.faces.insert(place, face),
                None => return refuse("`before` names no face of the manifest"),
            }
        }
        Ok(self)
    }

    /// Builds the stack, asking `read` for each face's bytes. An optional face that cannot be read is left out.
    ///
    /// # Errors
    /// [`PaperError::LoadFace`] names the face and the package that brings it; [`PaperError::VerifyFace`] a file that is
    /// none of the listed versions, optional or not; [`PaperError::OpenFace`] bytes that are no font.
    pub fn load(
        &self,
        mut read: impl FnMut(&ManifestFace) -> std::io::Result<Arc<[u8]>>,
    ) -> Result<FontStack, PaperError> {
        let mut faces = Vec::new();
        for face in &self.faces {
            match read(face) {
                Ok(bytes) => {
                    let sha256 = sha256(&bytes);
                    if face.version_of(&sha256).is_none() {
                        return Err(PaperError::VerifyFace { face: face.name.clone(), sha256 });
                    }
                    faces.push(face.with(bytes));
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

    /// Looks at every face without refusing: the stack of those that may draw, and what was found of each.
    ///
    /// # Errors
    /// [`PaperError::OpenFace`] for bytes that are listed and are no font.
    pub fn inspect(
        &self,
        mut read: impl FnMut(&ManifestFace) -> std::io::Result<Arc<[u8]>>,
    ) -> Result<(FontStack, Vec<Inspected>), PaperError> {
        let (mut faces, mut found) = (Vec::new(), Vec::new());
        for face in &self.faces {
            let bytes = read(face).ok();
            let inspected = Inspected { face: face.clone(), sha256: bytes.as_deref().map(sha256) };
            faces.extend(bytes.filter(|_| inspected.version().is_some()).map(|bytes| face.with(bytes)));
            found.push(inspected);
        }
        Ok((FontStack::new(faces)?, found))
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

    fn with(&self, bytes: Arc<[u8]>) -> Face {
        Face { name: self.name.clone(), roles: self.roles.clone(), bytes, index: self.index }
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
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
        assert_eq!(face.version_of(hash), Some("20170904-2.1, 20170904-3"));
        assert_eq!(face.version_of(&hash.replace('8', "9")), None);
    }

    #[test]
    fn short_hash_is_refused() {
        let text = Manifest::SHIPPED.replace("8295434", "829");
        assert!(matches!(Manifest::parse(&text), Err(PaperError::AcceptFace { .. })));
    }

    /// The planted face of `fixtures/fonts`, as a county would add it.
    fn county(before: &str) -> Manifest {
        let text = format!(
            "schema = 1\n[[face]]\nname = \"County\"\npath = \"planted.ttf\"\nroles = [\"serif\"]\nlicence = \"CC0-1.0\"\n{before}\n[face.sha256]\n\"1\" = \"{}\"\n",
            sha256(PLANTED)
        );
        Manifest::parse(&text).unwrap()
    }

    const PLANTED: &[u8] = include_bytes!("../../../../../fixtures/fonts/planted.ttf");

    #[test]
    fn a_county_s_face_stands_before_the_face_it_names_or_last() {
        let shipped = || Manifest::parse(Manifest::SHIPPED).unwrap();
        let names = |manifest: Manifest| manifest.faces().iter().map(|face| face.name.clone()).collect::<Vec<_>>();
        let before = names(shipped().joined_by(county("before = \"HanaMinB\"")).unwrap());
        assert_eq!(before[before.len() - 2..], ["County", "HanaMinB"]);
        assert_eq!(names(shipped().joined_by(county("")).unwrap()).last().unwrap(), "County");
        let nowhere = shipped().joined_by(county("before = \"SimSun\""));
        assert!(matches!(nowhere, Err(PaperError::AcceptFace { .. })), "{nowhere:?}");
        let twice = shipped().joined_by(county("")).unwrap().joined_by(county(""));
        assert!(matches!(twice, Err(PaperError::AcceptFace { .. })), "{twice:?}");
    }

    #[test]
    fn a_file_that_was_changed_is_refused_by_name_and_an_inspection_draws_nothing_with_it() {
        let manifest = county("");
        let sound = |_: &ManifestFace| Ok(Arc::from(PLANTED));
        let changed = |_: &ManifestFace| {
            let mut bytes = PLANTED.to_vec();
            *bytes.last_mut().expect("a font is not empty") ^= 1;
            Ok(Arc::from(bytes))
        };
        assert!(manifest.load(sound).is_ok());
        let refusal = manifest.load(changed);
        assert!(matches!(&refusal, Err(PaperError::VerifyFace { face, .. }) if face == "County"), "{refusal:?}");
        let (stack, found) = manifest.inspect(changed).unwrap();
        assert_eq!((stack.missing(Role::Serif, "一"), found[0].version()), (vec!['一'], None));
        let (stack, found) = manifest.inspect(sound).unwrap();
        assert_eq!((stack.missing(Role::Serif, "一"), found[0].version()), (Vec::new(), Some("1")));
    }

    #[test]
    fn a_face_without_a_hash_is_refused() {
        let text = "schema = 1\n[[face]]\nname = \"A\"\npath = \"a.ttf\"\nroles = [\"serif\"]\nlicence = \"OFL-1.1\"\n";
        assert!(matches!(Manifest::parse(text), Err(PaperError::AcceptFace { .. })));
    }
}
