//! The first verifier: the four checks usual in Chinese archives, 真实性 完整性 可用性 安全性, each with what was found.
//! It works on the bytes of the envelope and unpacks nothing.

use std::collections::BTreeSet;

use papers::preview;
use pictures::{Limits, decode, read_header};
use serde::Deserialize;

use crate::envelope::{self, EnvelopeFault, File, VERIFIER};
use crate::manifest::{self, Line, Manifest};
use crate::parts::{INDEX, KEY, METADATA, PROCESS};
use crate::{RegisteredKey, SCRIPT, comparison, process, signature};

/// What was found under one of the four headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 真实性, 完整性, 可用性, 安全性.
    pub name: &'static str,
    /// What was looked at and is in order.
    pub sound: Vec<String>,
    pub faults: Vec<String>,
}

/// What a package proved to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Its number, as far as it could be read.
    pub package: Option<String>,
    /// The four headings, always all of them and in this order.
    pub headings: [Heading; 4],
}

impl Verdict {
    /// Whether nothing at all is wrong.
    pub fn is_sound(&self) -> bool {
        self.headings.iter().all(|heading| heading.faults.is_empty())
    }

    fn new() -> Verdict {
        let heading = |name| Heading { name, sound: Vec::new(), faults: Vec::new() };
        Verdict { package: None, headings: ["真实性", "完整性", "可用性", "安全性"].map(heading) }
    }
}

/// Checks one package by itself: by whom it was made is not known without a key from elsewhere, and the verdict says so.
pub fn verify(bytes: &[u8]) -> Verdict {
    checked(bytes, None)
}

/// Checks one package, and that the key it is signed with is one of these.
pub fn verify_by(bytes: &[u8], keys: &[RegisteredKey]) -> Verdict {
    checked(bytes, Some(keys))
}

fn checked(bytes: &[u8], keys: Option<&[RegisteredKey]>) -> Verdict {
    let mut verdict = Verdict::new();
    let [authentic, whole, usable, safe] = &mut verdict.headings;
    let (folder, files) = match envelope::read(bytes) {
        Ok(read) => read,
        Err(fault) => {
            use EnvelopeFault as F;
            let heading = match fault {
                F::Outside { .. } | F::TooLarge | F::TooMany | F::FileTooLarge { .. } => safe,
                F::OtherFolder { .. } | F::Twice { .. } | F::Header { .. } | F::Short { .. } | F::Padding { .. } => {
                    whole
                }
            };
            heading.faults.push(fault.to_string());
            return verdict;
        }
    };
    let package = Package { folder, files };
    package.check_authentic(authentic, keys);
    package.check_whole(whole, bytes);
    package.check_usable(usable);
    package.check_safe(safe);
    verdict.package = Some(package.folder);
    verdict
}

struct Package {
    folder: String,
    files: Vec<File>,
}

/// What of `case.json` the checks rest on.
#[derive(Deserialize)]
struct Metadata {
    package: String,
    materials: Vec<MaterialLine>,
}

#[derive(Deserialize)]
struct MaterialLine {
    code: String,
    name: String,
    absent: Option<String>,
    pages: Vec<String>,
}

impl Package {
    fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.iter().find(|file| file.path == path).map(|file| file.bytes.as_slice())
    }

    fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.file(path)?).ok()
    }

    fn manifest(&self) -> Option<Manifest> {
        Manifest::parse(self.file(manifest::NAME)?)
    }

    /// Who vouches for it, and that its record is a piece of the station's journal.
    fn check_authentic(&self, heading: &mut Heading, keys: Option<&[RegisteredKey]>) {
        let manifest = self.manifest();
        match (&manifest, self.file(manifest::NAME), self.file(manifest::SIGNATURE)) {
            (Some(manifest), Some(text), Some(signed)) => {
                if manifest.suite != signature::SUITE {
                    heading.faults.push(format!("不认识的签名套件“{}”", manifest.suite));
                } else if signature::is_signed(&manifest.key, text, signed) {
                    match signed_by(&manifest.key, keys) {
                        Ok(sound) => heading.sound.push(sound),
                        Err(fault) => heading.faults.push(fault),
                    }
                    let comparison = std::str::from_utf8(text).map(comparison::of_manifest).unwrap_or_default();
                    heading.sound.push(format!("对照码 {comparison}，和窗口结案页上的一样，就是同一个包"));
                } else {
                    heading.faults.push("清单的签名无效".to_owned());
                }
                if self.text(KEY) != Some(signature::pem(&manifest.key).as_str()) {
                    heading.faults.push(format!("{KEY} 不是清单里的公钥"));
                }
            }
            (None, Some(_), Some(_)) => heading.faults.push("清单读不通，签名无从验证".to_owned()),
            (_, _, None) | (_, None, _) => heading.faults.push("没有清单或签名".to_owned()),
        }
        match self.text(PROCESS).map(process::prove) {
            Some(proof) if proof.faults.is_empty() && proof.facts > 0 => heading.sound.push(format!(
                "办理过程 {} 条，和台账的哈希链逐条相符（其中 {} 条只留哈希）",
                proof.facts, proof.withheld
            )),
            Some(proof) if proof.facts == 0 => heading.faults.push("办理过程是空的".to_owned()),
            Some(proof) => heading.faults.extend(proof.faults.into_iter().map(|fault| format!("{PROCESS} {fault}"))),
            None => heading.faults.push(format!("没有 {PROCESS}")),
        }
    }

    /// Everything that belongs to it is there, unchanged, and nothing else is.
    fn check_whole(&self, heading: &mut Heading, bytes: &[u8]) {
        let Some(manifest) = self.manifest() else {
            heading.faults.push(format!("{} 没有或读不通", manifest::NAME));
            return;
        };
        if manifest.package != self.folder {
            heading.faults.push("清单的号和文件夹的名字不同".to_owned());
        }
        for line in &manifest.files {
            match self.files.iter().find(|file| file.path == line.path) {
                None => heading.faults.push(format!("缺 {}", line.path)),
                Some(file) if Line::of(file) != *line => heading.faults.push(format!("{} 变了", line.path)),
                Some(_) => {}
            }
        }
        let own = [manifest::NAME, manifest::SIGNATURE];
        let order: Vec<&str> = manifest.files.iter().map(|line| line.path.as_str()).chain(own).collect();
        let extra = self.files.iter().filter(|file| !order.contains(&file.path.as_str()));
        heading.faults.extend(extra.map(|file| format!("多出 {}", file.path)));
        if heading.faults.is_empty() && self.files.iter().map(|file| file.path.as_str()).ne(order) {
            heading.faults.push("文件的次序和清单不同".to_owned());
        }
        if heading.faults.is_empty() && envelope::write(&self.folder, &self.files) != bytes {
            heading.faults.push("信封和它的内容对不上".to_owned());
        }
        self.check_materials(heading);
        if heading.faults.is_empty() {
            heading.sound.push(format!("清单上的 {} 个文件都在，一个字节不差，没有多余的", manifest.files.len()));
        }
    }

    /// Every material that the record demanded has a page, or says why it has none.
    fn check_materials(&self, heading: &mut Heading) {
        let read = self.file(METADATA).and_then(|text| serde_json::from_slice::<Metadata>(text).ok());
        let Some(metadata) = read else {
            heading.faults.push(format!("{METADATA} 没有或读不通"));
            return;
        };
        if metadata.package != self.folder {
            heading.faults.push(format!("{METADATA} 说的是另一个包"));
        }
        let demanded = self.text(PROCESS).map(process::prove).unwrap_or_default().demanded;
        for code in demanded {
            if !metadata.materials.iter().any(|material| material.code == code) {
                heading.faults.push(format!("要求的材料 {code} 没有列出"));
            }
        }
        for material in &metadata.materials {
            if material.pages.is_empty() && material.absent.is_none() {
                heading.faults.push(format!("{} 没有电子件", material.name));
            }
            let gone = material.pages.iter().filter(|page| self.file(page).is_none());
            heading.faults.extend(gone.map(|page| format!("{} 的电子件 {page} 不在", material.name)));
        }
    }

    /// It can be read: pictures decode, papers have pages, the index leads everywhere.
    fn check_usable(&self, heading: &mut Heading) {
        let (mut pictures, mut papers) = (0, 0);
        for file in &self.files {
            let opens = match file.path.rsplit_once('.').map(|(_, ending)| ending) {
                Some("jpg" | "png") => {
                    pictures += 1;
                    read_header(&file.bytes, &Limits::default())
                        .is_ok_and(|header| decode(&file.bytes, &header).is_ok())
                }
                Some("pdf") => {
                    papers += 1;
                    preview::page_count(&file.bytes).is_ok_and(|pages| pages > 0)
                }
                Some("json" | "jsonl" | "html" | "txt" | "pem" | "sh") => std::str::from_utf8(&file.bytes).is_ok(),
                Some("sig") => true,
                Some(_) | None => false,
            };
            if !opens {
                heading.faults.push(format!("{} 打不开", file.path));
            }
        }
        if heading.faults.is_empty() {
            heading.sound.push(format!("{pictures} 张图片和 {papers} 份单据都打得开"));
        }
        let links: BTreeSet<&str> = self.text(INDEX).map(links).unwrap_or_default().into_iter().collect();
        let files: BTreeSet<&str> =
            self.files.iter().map(|file| file.path.as_str()).filter(|path| *path != INDEX).collect();
        let dead: Vec<&&str> = links.difference(&files).collect();
        let unlinked: Vec<&&str> = files.difference(&links).collect();
        heading.faults.extend(dead.iter().map(|link| format!("{INDEX} 的链接 {link} 没有文件")));
        heading.faults.extend(unlinked.iter().map(|path| format!("{INDEX} 没有链到 {path}")));
        if dead.is_empty() && unlinked.is_empty() && !links.is_empty() {
            heading.sound.push(format!("{INDEX} 的 {} 个链接都有文件", links.len()));
        }
    }

    /// It does nothing by itself and leads nowhere outside. Paths and sizes were looked at before anything was read.
    fn check_safe(&self, heading: &mut Heading) {
        match self.text(VERIFIER) {
            Some(script) if script == SCRIPT => heading.sound.push(format!("{VERIFIER} 是本程序认得的那一份")),
            Some(_) => heading.faults.push(format!("{VERIFIER} 不是本程序认得的那一份，不要运行它")),
            None => heading.faults.push(format!("没有 {VERIFIER}")),
        }
        for file in self.files.iter().filter(|file| file.path != VERIFIER) {
            if is_program(&file.bytes) {
                heading.faults.push(format!("{} 是可以运行的程序", file.path));
            }
        }
        const OUTSIDE: [&str; 8] = ["http:", "https:", "javascript:", "<script", "<iframe", "<object", "src=", "url("];
        let index = self.text(INDEX).unwrap_or_default().to_ascii_lowercase();
        let found = OUTSIDE.iter().filter(|mark| index.contains(**mark));
        heading.faults.extend(found.map(|mark| format!("{INDEX} 里有“{mark}”")));
        const ACTIVE: [&[u8]; 4] = [b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/OpenAction"];
        for file in self.files.iter().filter(|file| file.path.ends_with(".pdf")) {
            if ACTIVE.iter().any(|mark| file.bytes.windows(mark.len()).any(|window| window == *mark)) {
                heading.faults.push(format!("{} 带有会自己动的内容", file.path));
            }
        }
        if heading.faults.is_empty() {
            heading.sound.push("没有别的程序，没有指到包外的路径和链接，大小在限度以内".to_owned());
        }
    }
}

/// What a valid signature proves of who made the package, in words.
fn signed_by(key: &str, keys: Option<&[RegisteredKey]>) -> Result<String, String> {
    let fingerprint = signature::fingerprint(key);
    let Some(keys) = keys else {
        return Ok(format!(
            "清单的 SM2 签名有效，封存以后没有改过；没有给登记的公钥，不能证明是哪个窗口做的（公钥指纹 {fingerprint}，请和窗口登记的比对）"
        ));
    };
    match keys.iter().find(|registered| registered.is(key)) {
        Some(registered) => {
            Ok(format!("清单的 SM2 签名有效，公钥是登记过的“{}”（指纹 {fingerprint}）", registered.name))
        }
        None => Err(format!("签名有效，但公钥没有登记（指纹 {fingerprint}）：不能证明是登记的窗口做的")),
    }
}

/// Whether bytes begin as programs of the usual systems do.
fn is_program(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 5] = [b"#!", b"\x7fELF", b"MZ", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe"];
    BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
}

fn links(html: &str) -> Vec<&str> {
    html.split("<a href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[cfg(test)]
mod tests;
