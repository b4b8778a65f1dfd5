//! What a package is made of, and which file each part becomes. The caller has the words and the bytes; nothing is
//! re-compressed here, renamed by a clock, or left out.

use serde::Serialize;
use serde::ser::SerializeMap;

use crate::envelope::{File, VERIFIER};
use crate::number::is_plain;
use crate::package::SCRIPT;
use crate::process::{self, Entry};
use crate::{PackageNumber, index};

pub(crate) const README: &str = "README.txt";
pub(crate) const INDEX: &str = "INDEX.html";
pub(crate) const METADATA: &str = "case.json";
pub(crate) const PROCESS: &str = "process.jsonl";
pub(crate) const KEY: &str = "signing-key.pem";

/// All that one case leaves to the archive. Words are those of the place; pictures and papers are bytes as they were stored.
#[derive(Clone)]
pub struct CaseFile {
    pub number: PackageNumber,
    /// Name of the item: 老年人优待证办理.
    pub title: String,
    /// The metadata, in the order in which it is read.
    pub chapters: Vec<Chapter>,
    /// The whole record up to the seal.
    pub process: Vec<Entry>,
    /// In the order of the pack.
    pub materials: Vec<Material>,
    pub photo: Vec<PhotoFile>,
    /// In the order in which they came to be.
    pub forms: Vec<Form>,
}

/// Some particulars under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    pub name: String,
    pub lines: Vec<Particular>,
}

/// One value with its name; an empty value is a field that the local archive fills (归档章, 件号).
#[derive(Clone, PartialEq, Eq)]
pub struct Particular {
    pub name: String,
    pub value: String,
}

/// One material of the case. Its `Debug` hides the pages.
#[derive(Clone, PartialEq, Eq)]
pub struct Material {
    /// The pack's code: `id_card`.
    pub code: String,
    pub name: String,
    /// What became of the paper, in words.
    pub fate: String,
    /// Why there may be no page: it was promised for later (容缺). `None` demands at least one.
    pub absent: Option<String>,
    pub pages: Vec<Vec<u8>>,
}

/// A picture of the person: `original`, `crop`.
#[derive(Clone, PartialEq, Eq)]
pub struct PhotoFile {
    pub name: String,
    pub title: String,
    pub bytes: Vec<u8>,
}

/// A paper that was given out or signed, as PDF. `name` is a file name without its ending.
#[derive(Clone, PartialEq, Eq)]
pub struct Form {
    pub name: String,
    pub title: String,
    pub pdf: Vec<u8>,
}

/// A file of the package with what it is called in the index.
pub(crate) struct Titled {
    pub title: String,
    pub file: File,
}

/// The parts in their order, without what verifies them.
pub(crate) fn lay_out(case: &CaseFile, key_pem: String) -> Vec<File> {
    let materials = materials(case);
    let photo: Vec<Titled> = case
        .photo
        .iter()
        .map(|photo| Titled {
            title: photo.title.clone(),
            file: File {
                path: format!("photo/{}.{}", plain(&photo.name), ending(&photo.bytes)),
                bytes: photo.bytes.clone(),
            },
        })
        .collect();
    let forms: Vec<Titled> = (1..)
        .zip(&case.forms)
        .map(|(place, form)| Titled {
            title: form.title.clone(),
            file: File { path: format!("forms/{place:02}-{}.pdf", plain(&form.name)), bytes: form.pdf.clone() },
        })
        .collect();
    let index = index::page(case, &materials, &photo, &forms);
    let text = |path: &str, text: String| File { path: path.to_owned(), bytes: text.into_bytes() };
    let mut files = vec![
        text(README, index::readme(case)),
        text(INDEX, index),
        text(METADATA, metadata(case, &materials, &forms)),
        text(PROCESS, process::write(&case.process)),
    ];
    files.extend(materials.into_iter().flatten().chain(photo).chain(forms).map(|titled| titled.file));
    files.push(text(KEY, key_pem));
    files.push(text(VERIFIER, SCRIPT.to_owned()));
    files
}

/// The pages of each material, in the order of `case.materials`.
fn materials(case: &CaseFile) -> Vec<Vec<Titled>> {
    let pages = |place: usize, material: &Material| {
        let page = |(page, bytes): (usize, &Vec<u8>)| Titled {
            title: format!("{} 第 {page} 页", material.name),
            file: File {
                path: format!("{}/{page:02}.{}", folder(place, material), ending(bytes)),
                bytes: bytes.clone(),
            },
        };
        (1..).zip(&material.pages).map(page).collect()
    };
    (1..).zip(&case.materials).map(|(place, material)| pages(place, material)).collect()
}

fn folder(place: usize, material: &Material) -> String {
    format!("materials/{place:02}-{}", plain(&material.code))
}

/// A name that can stand in a path, short enough for the header.
fn plain(name: &str) -> String {
    let kept: String = name.chars().map(|one| if is_plain(&one.to_string()) { one } else { '_' }).take(20).collect();
    if kept.is_empty() { "_".to_owned() } else { kept }
}

fn ending(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xFF, 0xD8, ..] => "jpg",
        [0x89, b'P', b'N', b'G', ..] => "png",
        [b'%', b'P', b'D', b'F', ..] => "pdf",
        _ => "bin",
    }
}

/// `case.json`: names and values in the words of the place, so that it is read without a description of its fields.
fn metadata(case: &CaseFile, materials: &[Vec<Titled>], forms: &[Titled]) -> String {
    #[derive(Serialize)]
    struct Metadata<'a> {
        schema: u32,
        standard: &'a str,
        package: &'a str,
        title: &'a str,
        particulars: Pairs<'a>,
        materials: Vec<MaterialLine<'a>>,
        forms: Vec<FormLine<'a>>,
    }
    #[derive(Serialize)]
    struct MaterialLine<'a> {
        code: &'a str,
        name: &'a str,
        fate: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        absent: Option<&'a str>,
        pages: Vec<&'a str>,
    }
    #[derive(Serialize)]
    struct FormLine<'a> {
        title: &'a str,
        path: &'a str,
    }
    let metadata = Metadata {
        schema: 1,
        standard: "GB/T 42727-2023",
        package: case.number.as_str(),
        title: &case.title,
        particulars: Pairs(&case.chapters),
        materials: case
            .materials
            .iter()
            .zip(materials)
            .map(|(material, pages)| MaterialLine {
                code: &material.code,
                name: &material.name,
                fate: &material.fate,
                absent: material.absent.as_deref(),
                pages: pages.iter().map(|page| page.file.path.as_str()).collect(),
            })
            .collect(),
        forms: forms.iter().map(|form| FormLine { title: &form.title, path: &form.file.path }).collect(),
    };
    serde_json::to_string_pretty(&metadata).expect("metadata is plain data") + "\n"
}

/// Chapters as objects whose fields keep their order.
struct Pairs<'a>(&'a [Chapter]);
struct Lines<'a>(&'a [Particular]);

impl Serialize for Pairs<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for chapter in self.0 {
            map.serialize_entry(&chapter.name, &Lines(&chapter.lines))?;
        }
        map.end()
    }
}

impl Serialize for Lines<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for line in self.0 {
            map.serialize_entry(&line.name, &line.value)?;
        }
        map.end()
    }
}

impl Particular {
    pub fn new(name: &str, value: impl Into<String>) -> Particular {
        Particular { name: name.to_owned(), value: value.into() }
    }
}

/// Values are about a person.
impl std::fmt::Debug for Particular {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Particular").field("name", &self.name).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for CaseFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CaseFile").field("number", &self.number).finish_non_exhaustive()
    }
}
