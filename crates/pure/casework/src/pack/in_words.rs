//! Conditions and values as an office person reads them; the file's own words are in [`super::Why::value`].

use super::{Axis, Confidence, Named, PolicyPack, When};
use crate::nouns::{ApplicantMode, CaseKind, Hukou, PhoneStatus, WindowLevel};

impl Axis {
    /// What the axis is called at the counter.
    pub fn words(self) -> &'static str {
        match self {
            Self::Mode => "办理方式",
            Self::Hukou => "户口",
            Self::Kind => "办理类型",
            Self::WindowLevel => "窗口级别",
            Self::Department => "承办部门",
            Self::AgeBand => "年龄",
        }
    }
}

impl Confidence {
    /// How sure the pack's author is.
    pub fn words(self) -> &'static str {
        match self {
            Self::Low => "低",
            Self::Medium => "中",
            Self::High => "高",
        }
    }
}

impl PhoneStatus {
    /// What was made of a number, for whoever answers for the directory.
    pub fn words(self) -> &'static str {
        match self {
            Self::Good => "可用",
            Self::Repaired => "可用，写法已修整",
            Self::InvalidLength => "号码待核实：位数不对",
            Self::Unreadable => "号码待核实：不是电话号码",
        }
    }
}

impl When {
    /// `办理方式：代理人；户口：外地`, with districts and age bands as this pack names them; `一律` where no axis is
    /// named.
    pub fn in_words(&self, pack: &PolicyPack) -> String {
        said(self.named().iter().map(|named| pack.named_in_words(named)).collect())
    }

    /// The same without a pack: districts and age bands keep their ids.
    pub(super) fn plainly(&self) -> String {
        said(self.named().iter().map(|named| sentence(named, ToOwned::to_owned)).collect())
    }
}

impl PolicyPack {
    /// One axis of a condition, `户口：外地`.
    pub fn named_in_words(&self, named: &Named) -> String {
        sentence(named, |id| {
            let district = self.districts().iter().find(|district| district.id.as_str() == id);
            let band = self.axes().bands().iter().find(|band| band.band.as_str() == id);
            match (named.axis, district, band) {
                (Axis::Department, Some(district), _) => district.name.to_string(),
                (Axis::AgeBand, _, Some(band)) => format!("{}至{}周岁", band.from, band.to),
                _ => id.to_owned(),
            }
        })
    }
}

fn said(sentences: Vec<String>) -> String {
    if sentences.is_empty() { "一律".to_owned() } else { sentences.join("；") }
}

fn sentence(named: &Named, of_this_pack: impl Fn(&str) -> String) -> String {
    let takes: Vec<String> = named
        .takes
        .iter()
        .map(|id| closed(named.axis, id).map_or_else(|| of_this_pack(id), ToOwned::to_owned))
        .collect();
    format!("{}：{}", named.axis.words(), takes.join("、"))
}

/// The words of an axis whose values the program knows.
fn closed(axis: Axis, id: &str) -> Option<&'static str> {
    match axis {
        Axis::Mode => ApplicantMode::ALL.into_iter().find(|one| super::when::mode_key(*one) == id).map(mode),
        Axis::Hukou => Hukou::ALL.into_iter().find(|one| super::when::hukou_key(*one) == id).map(hukou),
        Axis::Kind => CaseKind::ALL.into_iter().find(|one| super::when::kind_key(*one) == id).map(kind),
        Axis::WindowLevel => WindowLevel::ALL.into_iter().find(|one| super::when::level_key(*one) == id).map(level),
        Axis::Department | Axis::AgeBand => None,
    }
}

fn mode(mode: ApplicantMode) -> &'static str {
    match mode {
        ApplicantMode::InPerson => "本人",
        ApplicantMode::Agent => "代理人",
    }
}

fn hukou(hukou: Hukou) -> &'static str {
    match hukou {
        Hukou::Local => "本地",
        Hukou::Outside => "外地",
    }
}

fn kind(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::First => "首次办理",
        CaseKind::ReissueLost => "遗失补发",
        CaseKind::ReissueDamaged => "破损补发",
    }
}

fn level(level: WindowLevel) -> &'static str {
    match level {
        WindowLevel::City => "市级",
        WindowLevel::County => "县（市、区）级",
        WindowLevel::Township => "乡（镇、街道、园区）级",
        WindowLevel::Village => "村（社区）级",
    }
}
