//! From the text of a pack file to a pack, or to the first thing wrong with it.
//!
//! One file of `parse/` reads one part of the pack: its rows as they stand in the file, and the checks that need
//! more than one of them.

mod directory;
mod judgements;
mod materials;
mod place;
mod wording;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use sm3::{Digest, Sm3};
use toml::Spanned;

use self::{
    directory::{DistrictRow, RouteRow},
    materials::MaterialRow,
    place::Place,
    wording::ReasonRow,
};
use super::{Item, ItemStatus, PackError, PackFault, Platforms, PolicyPack, RatingLevel, Rules, Words};

/// The only schema this program reads.
pub(super) const SCHEMA: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: Spanned<u32>,
    id: Words,
    title: Words,
    status: ItemStatus,
    effective: Effective,
    item: Item,
    steps: Spanned<BTreeMap<String, Words>>,
    rules: Spanned<Rules>,
    platforms: Platforms,
    #[serde(rename = "district")]
    districts: Vec<DistrictRow>,
    #[serde(rename = "route")]
    routes: Vec<Spanned<RouteRow>>,
    #[serde(rename = "material")]
    materials: Vec<MaterialRow>,
    #[serde(rename = "reason")]
    reasons: Vec<ReasonRow>,
    #[serde(rename = "rating")]
    ratings: Vec<Spanned<RatingLevel>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Effective {
    from: Date,
    to: Option<Spanned<Date>>,
    #[expect(dead_code, reason = "must be present: no value without provenance")]
    source: Words,
}

pub(super) fn parse(file_name: &str, text: &str) -> Result<PolicyPack, PackError> {
    let place = Place { file_name, text };
    let file: File = toml::from_str(text)
        .map_err(|error| place.at(error.span().unwrap_or_default(), PackFault::Shape(error.message().to_owned())))?;
    if *file.schema.get_ref() != SCHEMA {
        return Err(place.at(file.schema.span(), PackFault::Schema(*file.schema.get_ref())));
    }
    if let Some(to) = &file.effective.to
        && *to.get_ref() < file.effective.from
    {
        let fault = PackFault::Dates { from: file.effective.from, to: *to.get_ref() };
        return Err(place.at(to.span(), fault));
    }
    let reasons = place.reasons(file.reasons)?;
    place.rules(&file.rules, &reasons)?;
    let districts = place.districts(file.districts)?;
    Ok(PolicyPack {
        id: file.id.to_string(),
        hash: hex::encode(Sm3::digest(text.as_bytes())),
        title: file.title,
        status: file.status,
        from: file.effective.from,
        to: file.effective.to.map(Spanned::into_inner),
        item: file.item,
        rules: file.rules.into_inner(),
        routes: place.routes(file.routes, &districts)?,
        districts,
        platforms: file.platforms,
        materials: place.materials(file.materials, &reasons)?,
        rating_levels: place.ratings(file.ratings)?,
        step_names: place.steps(file.steps)?,
        reasons,
    })
}
