//! From the text of a pack file to a pack, or to everything that is wrong with it.
//!
//! Reading goes in two rounds. First each part is read for itself: keys, forms, missing values. Only when all of them
//! could be read are they held against one another, so that one misspelt key is not told a second time as a reference
//! to nothing. One file of `parse/` reads one part of the pack.

mod aftercare;
mod axes;
mod directory;
mod judgements;
mod materials;
mod reading;
mod wording;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use sm3::{Digest, Sm3};

use self::{
    aftercare::WorkingDaysRow,
    axes::AxesRow,
    directory::{DistrictRow, RouteRow},
    materials::MaterialRow,
    wording::ReasonRow,
};
use super::{
    Confidence, Effective, Guide, Item, ItemStatus, PackError, PackFault, Platforms, PolicyPack, Procedure,
    RatingLevel, Reminding, Rules, SourceDate, Wording, Words, provenance::Day,
};

pub(super) use self::reading::{Reading, Table};

/// The only schema this program reads.
pub(super) const SCHEMA: u32 = 1;

/// The parts of a file, each read for itself.
struct File {
    id: Words,
    title: Words,
    status: ItemStatus,
    compiled: Date,
    procedure: Procedure,
    effective: Effective,
    item: Item,
    steps: BTreeMap<String, Words>,
    wording: Wording,
    axes: AxesRow,
    rules: Rules,
    platforms: Platforms,
    districts: Vec<DistrictRow>,
    routes: Vec<RouteRow>,
    materials: Vec<MaterialRow>,
    reasons: Vec<ReasonRow>,
    ratings: Vec<RatingLevel>,
    working_days: Option<WorkingDaysRow>,
    reminding: Option<Reminding>,
    guides: Vec<Guide>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EffectiveRow {
    from: Day,
    to: Option<Day>,
    source: Words,
    date: SourceDate,
    confidence: Confidence,
}

/// # Errors
/// At least one fault, by line.
pub(super) fn parse(file_name: &str, text: &str) -> Result<PolicyPack, Vec<PackError>> {
    let mut reading = Reading::new(file_name, text);
    let file = match parts(&mut reading) {
        Some(file) if reading.is_sound() => file,
        Some(_) | None => return Err(reading.faults()),
    };
    let pack = join(file, text, &mut reading);
    if reading.is_sound() { Ok(pack) } else { Err(reading.faults()) }
}

/// The first round.
fn parts(reading: &mut Reading) -> Option<File> {
    let mut root = reading.open()?;
    let schema: u32 = reading.take(&mut root, "schema")?;
    if schema != SCHEMA {
        // Whatever else seems wrong with a file of another schema may be right there.
        reading.note("schema", PackFault::Schema(schema));
        return None;
    }
    let id = reading.take(&mut root, "id");
    let title = reading.take(&mut root, "title");
    let status = reading.take(&mut root, "status");
    let compiled: Option<Day> = reading.take(&mut root, "compiled");
    let procedure = reading.take(&mut root, "procedure");
    let effective: Option<EffectiveRow> = reading.take(&mut root, "effective");
    let item = reading.take(&mut root, "item");
    let steps = reading.take(&mut root, "steps");
    let wording = reading.take(&mut root, "wording");
    let axes = reading.take(&mut root, "axes");
    let rules = reading.take_table(&mut root, "rules").and_then(|table| Rules::read(reading, table));
    let platforms = reading.take(&mut root, "platforms");
    let districts = reading.take_rows(&mut root, "district");
    let routes = reading.take_rows(&mut root, "route");
    let materials = reading.take_rows(&mut root, "material");
    let reasons = reading.take_rows(&mut root, "reason");
    let ratings = reading.take_rows(&mut root, "rating");
    let working_days = reading.take_if_any(&mut root, "working_days");
    let reminding = reading.take_if_any(&mut root, "reminding");
    let guides = reading.take_rows_if_any(&mut root, "guide");
    reading.nothing_left(root);
    Some(File {
        id: id?,
        title: title?,
        status: status?,
        compiled: compiled?.0,
        procedure: procedure?,
        effective: effective?.dates(),
        item: item?,
        steps: steps?,
        wording: wording?,
        axes: axes?,
        rules: rules?,
        platforms: platforms?,
        districts,
        routes,
        materials,
        reasons,
        ratings,
        working_days,
        reminding,
        guides,
    })
}

/// The second round: the parts against one another.
fn join(file: File, text: &str, reading: &mut Reading) -> PolicyPack {
    if let Some(to) = file.effective.to
        && to < file.effective.from
    {
        reading.note("effective.to", PackFault::Dates { from: file.effective.from, to });
    }
    reading.no_source_is_later(file.compiled);
    let reasons = reading.reasons(file.reasons, &file.wording);
    let districts = reading.districts(file.districts);
    let axes = reading.axes(file.axes, &districts);
    reading.rules(&file.rules, &reasons, &axes, &districts);
    let evidence = file.rules.loss_evidence.value;
    PolicyPack {
        id: file.id.to_string(),
        hash: hex::encode(Sm3::digest(text.as_bytes())),
        title: file.title,
        status: file.status,
        compiled: file.compiled,
        procedure: file.procedure,
        effective: file.effective,
        item: file.item,
        rules: file.rules,
        routes: reading.routes(file.routes, &districts),
        materials: reading.materials(file.materials, &reasons, &axes, &districts, evidence),
        rating_levels: reading.ratings(file.ratings),
        working_days: file.working_days.map(|row| reading.working_days(row)),
        reminding: file.reminding.map(|row| reading.reminding(row)),
        guides: reading.guides(file.guides),
        step_names: reading.steps(file.steps),
        wording: file.wording,
        platforms: file.platforms,
        districts,
        reasons,
        axes,
    }
}

impl EffectiveRow {
    fn dates(self) -> Effective {
        let Self { from, to, source, date, confidence } = self;
        Effective { from: from.0, to: to.map(|day| day.0), source, date, confidence }
    }
}
