//! A condition: a table over the axes that the pack declares.

use serde::Deserialize;

use super::{AgeBand, Axis, Situation};
use crate::nouns::{AgeBandId, ApplicantMode, CaseKind, CountyId, Hukou, WindowLevel};

/// On which axes something holds. An axis that is not named is open; one that is named lists what it takes.
/// Tables instead of an expression language: twelve rows can be read, an expression has to be run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    pub mode: Option<Vec<ApplicantMode>>,
    pub hukou: Option<Vec<Hukou>>,
    pub kind: Option<Vec<CaseKind>>,
    pub window_level: Option<Vec<WindowLevel>>,
    pub department: Option<Vec<CountyId>>,
    pub age_band: Option<Vec<AgeBandId>>,
}

/// What a condition says of one axis, as the pack writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub axis: Axis,
    pub takes: Vec<String>,
}

impl When {
    /// `band` is the situation's own, from the pack that declares it.
    pub(super) fn holds(&self, at: &Situation, band: Option<&AgeBand>) -> bool {
        fn takes<T: PartialEq>(list: Option<&Vec<T>>, value: &T) -> bool {
            list.is_none_or(|list| list.contains(value))
        }
        takes(self.mode.as_ref(), &at.mode)
            && takes(self.hukou.as_ref(), &at.hukou)
            && takes(self.kind.as_ref(), &at.kind)
            && takes(self.window_level.as_ref(), &at.window_level)
            && takes(self.department.as_ref(), &at.department)
            && self.age_band.as_ref().is_none_or(|list| band.is_some_and(|band| list.contains(&band.band)))
    }

    /// The axes that are named, in the order of [`Axis::ALL`]; empty when the condition always holds.
    pub fn named(&self) -> Vec<Named> {
        Axis::ALL.into_iter().filter_map(|axis| Some(Named { axis, takes: self.taken(axis)? })).collect()
    }

    fn taken(&self, axis: Axis) -> Option<Vec<String>> {
        fn texts<T>(list: Option<&Vec<T>>, text: impl Fn(&T) -> String) -> Option<Vec<String>> {
            list.map(|list| list.iter().map(text).collect())
        }
        match axis {
            Axis::Mode => texts(self.mode.as_ref(), |one| mode_key(*one).to_owned()),
            Axis::Hukou => texts(self.hukou.as_ref(), |one| hukou_key(*one).to_owned()),
            Axis::Kind => texts(self.kind.as_ref(), |one| kind_key(*one).to_owned()),
            Axis::WindowLevel => texts(self.window_level.as_ref(), |one| level_key(*one).to_owned()),
            Axis::Department => texts(self.department.as_ref(), ToString::to_string),
            Axis::AgeBand => texts(self.age_band.as_ref(), ToString::to_string),
        }
    }
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named: Vec<String> =
            self.named().into_iter().map(|one| format!("{} = {}", one.axis.name(), one.takes.join("/"))).collect();
        f.write_str(&if named.is_empty() { "always".to_owned() } else { named.join(", ") })
    }
}

pub(super) fn mode_key(mode: ApplicantMode) -> &'static str {
    match mode {
        ApplicantMode::InPerson => "in_person",
        ApplicantMode::Agent => "agent",
    }
}

pub(super) fn hukou_key(hukou: Hukou) -> &'static str {
    match hukou {
        Hukou::Local => "local",
        Hukou::Outside => "outside",
    }
}

pub(super) fn kind_key(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::First => "first",
        CaseKind::ReissueLost => "reissue_lost",
        CaseKind::ReissueDamaged => "reissue_damaged",
    }
}

pub(super) fn level_key(level: WindowLevel) -> &'static str {
    match level {
        WindowLevel::City => "city",
        WindowLevel::County => "county",
        WindowLevel::Township => "township",
        WindowLevel::Village => "village",
    }
}
