//! `youdai pack check`: whether a pack can be used; if not, everything that is wrong, with file, line and reason.

use std::path::Path;

use casework::nouns::PhoneStatus;
use casework::pack::{Confidence, ItemStatus, PackError, PolicyPack};
use casework::what_if::Facts;
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};

/// A pack that can be used, and what its author was not sure of.
#[derive(Serialize)]
struct Checked {
    ok: bool,
    pack: String,
    title: String,
    hash: String,
    status: &'static str,
    from: String,
    to: Option<String>,
    compiled: String,
    item_code: String,
    axes: Vec<&'static str>,
    materials: usize,
    districts: usize,
    reasons: usize,
    values: usize,
    /// Keys of the values with low confidence.
    unsure: Vec<&'static str>,
    /// Lines of the directory that were repaired, or that are never dialled.
    phones: Vec<PhoneLine>,
}

#[derive(Serialize)]
struct PhoneLine {
    district: String,
    raw: String,
    number: String,
    status: &'static str,
    words: &'static str,
}

/// A pack that is refused: where, and why. `line` and `reason` are those of the first fault.
#[derive(Serialize)]
struct RefusedPack {
    ok: bool,
    error: &'static str,
    file: String,
    line: usize,
    reason: String,
    faults: Vec<FaultLine>,
}

#[derive(Serialize)]
struct FaultLine {
    line: usize,
    reason: String,
}

/// A bad pack is refused by a rule: 3.
pub fn check(json: bool, file: &Path) -> End {
    match load(json, file) {
        Ok(pack) => {
            let checked = Checked::of(&pack);
            say(json, &checked, &checked.words());
            End::Done
        }
        Err(end) => end,
    }
}

/// The pack in a file, or how the command ends without it.
pub(crate) fn load(json: bool, file: &Path) -> Result<PolicyPack, End> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        let failure = Failure::new("usage", format!("{}：{error}", file.display()), "请给出一个政策包文件");
        fail(json, &failure, End::Usage)
    })?;
    PolicyPack::read(&file.display().to_string(), &text).map_err(|faults| refused(json, &faults))
}

/// The facts in a file.
pub(crate) fn facts_of(file: &Path) -> Result<Facts, Failure> {
    let usage = |what: String| Failure::new("usage", what, "请看 fixtures/facts/README.md");
    let text = std::fs::read_to_string(file).map_err(|error| usage(format!("{}：{error}", file.display())))?;
    Facts::parse(&file.display().to_string(), &text).map_err(|error| usage(error.to_string()))
}

fn refused(json: bool, faults: &[PackError]) -> End {
    let refused = RefusedPack::of(faults);
    if json {
        say(true, &refused, "");
    } else {
        eprintln!("{}", refused.words());
    }
    End::Refused
}

impl RefusedPack {
    fn of(faults: &[PackError]) -> Self {
        let lines: Vec<FaultLine> =
            faults.iter().map(|error| FaultLine { line: error.line, reason: error.fault.to_string() }).collect();
        let first = faults.first().expect("a pack is refused for at least one fault");
        Self {
            ok: false,
            error: "pack.refused",
            file: first.file.clone(),
            line: first.line,
            reason: first.fault.to_string(),
            faults: lines,
        }
    }

    fn words(&self) -> String {
        let mut lines: Vec<String> =
            self.faults.iter().map(|fault| format!("{}:{}: {}", self.file, fault.line, fault.reason)).collect();
        lines.push(format!("这个政策包不能用：{} 处要改。请按上面的文件、行号和原因改正", self.faults.len()));
        lines.join("\n")
    }
}

impl Checked {
    fn of(pack: &PolicyPack) -> Self {
        let dates = pack.effective();
        let values = pack.rules().all();
        let phones = pack.districts().iter().filter_map(|district| {
            let phone = &district.phone;
            let status = match phone.status() {
                PhoneStatus::Good => return None,
                PhoneStatus::Repaired => "repaired",
                PhoneStatus::InvalidLength => "invalid_length",
                PhoneStatus::Unreadable => "unreadable",
            };
            Some(PhoneLine {
                district: district.name.to_string(),
                raw: phone.raw().to_owned(),
                number: phone.normalised().to_owned(),
                status,
                words: phone.status().words(),
            })
        });
        Self {
            ok: true,
            pack: pack.id().to_owned(),
            title: pack.title().to_owned(),
            hash: pack.hash().to_owned(),
            status: match pack.status() {
                ItemStatus::Active => "active",
                ItemStatus::Ended => "ended",
            },
            from: dates.from.to_string(),
            to: dates.to.map(|day| day.to_string()),
            compiled: pack.compiled().to_string(),
            item_code: pack.item().code.to_string(),
            axes: pack.axes().declared().iter().map(|axis| axis.name()).collect(),
            materials: pack.materials().len(),
            districts: pack.districts().len(),
            reasons: pack.reasons().len(),
            unsure: values.iter().filter(|why| why.confidence == Confidence::Low).map(|why| why.key).collect(),
            values: values.len(),
            phones: phones.collect(),
        }
    }

    fn words(&self) -> String {
        let mut lines = vec![
            format!(
                "ok：{}（{}），{} 至 {}，事项 {}，{} 项材料，{} 个区县，{} 条理由，{} 个取值",
                self.pack,
                self.title,
                self.from,
                self.to.as_deref().unwrap_or("未定"),
                self.item_code,
                self.materials,
                self.districts,
                self.reasons,
                self.values,
            ),
            format!("编制 {}；轴 {}", self.compiled, self.axes.join(" ")),
        ];
        lines.extend(self.phones.iter().map(|one| format!("电话 {}：{:?}，{}", one.district, one.raw, one.words)));
        if !self.unsure.is_empty() {
            lines.push(format!("把握低的取值 {} 个：{}", self.unsure.len(), self.unsure.join(" ")));
        }
        lines.push(format!("SM3 {}", self.hash));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(name: &str) -> std::path::PathBuf {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures")).join(name)
    }

    #[test]
    fn a_sound_pack_is_ok_and_a_bad_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let text = std::fs::read_to_string(shipped("packs/yiyang-2021.toml")).unwrap();
        let bad = folder.path().join("bad.toml");
        std::fs::write(&bad, text.replacen("value = 65", "value = 65\nguess = 1", 1)).unwrap();
        assert_eq!(check(true, &shipped("packs/yiyang-2021.toml")), End::Done);
        assert_eq!(check(true, &bad), End::Refused);
        assert_eq!(check(true, &folder.path().join("none.toml")), End::Usage);
    }

    #[test]
    fn a_check_names_repaired_phones_and_what_its_author_was_not_sure_of() {
        let pack = load(true, &shipped("packs/yiyang-2021.toml")).unwrap();
        let words = Checked::of(&pack).words();
        let (_, hash) = words.rsplit_once(' ').unwrap();
        insta::assert_snapshot!(words.replace(hash, "…"));
    }
}
