//! The axes: each is whole, and a condition names only what is declared.

use serde::Deserialize;

use super::reading::Reading;
use crate::{
    nouns::{ApplicantMode, CaseKind, CountyId, Hukou, WindowLevel},
    pack::{
        AgeBand, Axes, Axis, Confidence, District, PackFault, SourceDate, When, Words,
        axes::OLDEST,
        when::{hukou_key, kind_key, level_key, mode_key},
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AxesRow {
    mode: Option<Vec<ApplicantMode>>,
    hukou: Option<Vec<Hukou>>,
    kind: Option<Vec<CaseKind>>,
    window_level: Option<Vec<WindowLevel>>,
    department: Option<Vec<CountyId>>,
    age_band: Option<Vec<AgeBand>>,
    source: Words,
    date: SourceDate,
    confidence: Confidence,
}

impl Reading<'_> {
    pub(super) fn axes(&mut self, row: AxesRow, districts: &[District]) -> Axes {
        let counties: Vec<CountyId> = districts.iter().map(|district| district.id.clone()).collect();
        let mut declared = Vec::new();
        for axis in Axis::ALL {
            let is_there = match axis {
                Axis::Mode => self.whole(axis, row.mode.as_deref(), &ApplicantMode::ALL, |one| mode_key(*one)),
                Axis::Hukou => self.whole(axis, row.hukou.as_deref(), &Hukou::ALL, |one| hukou_key(*one)),
                Axis::Kind => self.whole(axis, row.kind.as_deref(), &CaseKind::ALL, |one| kind_key(*one)),
                Axis::WindowLevel => {
                    self.whole(axis, row.window_level.as_deref(), &WindowLevel::ALL, |one| level_key(*one))
                }
                Axis::Department => self.whole(axis, row.department.as_deref(), &counties, CountyId::as_str),
                Axis::AgeBand => row.age_band.as_deref().is_some_and(|bands| self.bands(bands)),
            };
            if is_there {
                declared.push(axis);
            }
        }
        Axes {
            declared,
            bands: row.age_band.unwrap_or_default(),
            source: row.source,
            date: row.date,
            confidence: row.confidence,
        }
    }

    /// A list that names everything there is, once. Answers whether the axis is declared at all.
    fn whole<T: PartialEq>(&mut self, axis: Axis, list: Option<&[T]>, all: &[T], key: impl Fn(&T) -> &str) -> bool {
        let Some(list) = list else { return false };
        for (at, one) in list.iter().enumerate() {
            let path = format!("axes.{}.{at}", axis.name());
            if list[..at].contains(one) {
                self.note_twice(&path, axis.name(), &key(one));
            } else if !all.contains(one) {
                self.note_unknown(&path, "district", &key(one));
            }
        }
        for one in all.iter().filter(|one| !list.contains(one)) {
            let fault = PackFault::AxisLeavesOut { axis: axis.name(), name: key(one).to_owned() };
            self.note(&format!("axes.{}", axis.name()), fault);
        }
        true
    }

    /// Bands that follow one another from 0 to 150 without a gap.
    fn bands(&mut self, bands: &[AgeBand]) -> bool {
        let mut next: u8 = 0;
        for (at, one) in bands.iter().enumerate() {
            let path = format!("axes.age_band.{at}");
            let band = one.band.to_string();
            if bands[..at].iter().any(|before| before.band == one.band) {
                self.note_twice(&path, "age band", &one.band);
            }
            if one.from > one.to || one.to > OLDEST {
                self.note(&path, PackFault::Band { band, from: one.from, to: one.to });
                return true;
            }
            if one.from < next {
                let first = bands[at - 1].band.to_string();
                self.note(&path, PackFault::BandsOverlap { first, second: band, end: next - 1 });
            } else if one.from > next {
                self.note(&path, PackFault::BandsGap { band, age: next });
            }
            next = one.to.saturating_add(1);
        }
        if next <= OLDEST {
            self.note("axes.age_band", PackFault::BandsEnd(next.saturating_sub(1)));
        }
        true
    }

    /// A condition may name what is declared, and takes something on every axis that it names.
    pub(super) fn condition(&mut self, path: &str, when: &When, axes: &Axes, districts: &[District]) {
        for named in when.named() {
            let path = format!("{path}.{}", named.axis.name());
            if !axes.declares(named.axis) {
                self.note(&path, PackFault::AxisNotDeclared(named.axis.name()));
                continue;
            }
            if named.takes.is_empty() {
                // An axis that takes nothing can never hold: certainly a slip of the pen.
                self.note(&path, PackFault::Impossible("a condition", "one of its axes is empty"));
            }
            for (at, one) in named.takes.iter().enumerate() {
                let path = format!("{path}.{at}");
                let known = match named.axis {
                    Axis::Mode | Axis::Hukou | Axis::Kind | Axis::WindowLevel => true,
                    Axis::Department => districts.iter().any(|district| district.id.as_str() == one),
                    Axis::AgeBand => axes.bands().iter().any(|band| band.band.as_str() == one),
                };
                if !known {
                    self.note_unknown(&path, named.axis.name(), one);
                } else if named.takes[..at].contains(one) {
                    self.note_twice(&path, named.axis.name(), one);
                }
            }
        }
    }
}
