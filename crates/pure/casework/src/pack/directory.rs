//! The nine districts and the line to call about a case.

use super::{Confidence, SourceDate, Words};
use crate::nouns::{CountyId, Phone, RegionCode};

/// A district of the directory (domain 1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    pub id: CountyId,
    /// `赫山区`.
    pub name: Words,
    /// GB/T 2260; `None` for a management area that has none.
    pub region: Option<RegionCode>,
    /// An internal code for an area without one, for example `YY-DTH`.
    pub internal_code: Option<String>,
    /// The consultation phone, raw and normalised, with its status.
    pub phone: Phone,
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
}

/// Whom to call, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsultPhone {
    /// `赫山区`, or `None` when no district is known.
    pub district: Option<String>,
    /// A number that may be dialled: the district's, or the hotline.
    pub number: String,
    /// True when the district's own number is defective: print 号码待核实 beside its name (D-01).
    pub to_be_checked: bool,
}

pub(super) fn consult(district: Option<&District>, hotline: &Words) -> ConsultPhone {
    let name = district.map(|district| district.name.as_str().to_owned());
    match district.and_then(|district| district.phone.dialable()) {
        Some(number) => ConsultPhone { district: name, number: number.to_owned(), to_be_checked: false },
        None => ConsultPhone { to_be_checked: district.is_some(), district: name, number: hotline.as_str().to_owned() },
    }
}
