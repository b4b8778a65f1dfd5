//! From the text of a pack file to a pack, or to the first thing wrong with it.

use std::{collections::BTreeMap, ops::Range};

use jiff::civil::Date;
use serde::Deserialize;
use sm3::{Digest, Sm3};
use toml::Spanned;

use super::{
    Call, CommonError, District, Item, ItemStatus, Material, PackError, PackFault, PaperHandling, Platforms,
    PolicyPack, RatingLevel, Reason, Recorded, Route, Rules, Severity, TakenAt, When, Words, reasons,
};
use crate::{
    nouns::{CountyId, MaterialCode, Phone, PlatformId, ReasonCode, RegionCode},
    steps::Step,
};

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DistrictRow {
    id: Spanned<CountyId>,
    name: Words,
    region: Option<RegionCode>,
    internal_code: Option<String>,
    phone: String,
    source: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RouteRow {
    platform: PlatformId,
    county: Option<Vec<Spanned<CountyId>>>,
    otherwise: Option<bool>,
    source: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MaterialRow {
    code: Spanned<MaterialCode>,
    name: Words,
    hint: Words,
    required: bool,
    province_requires: Option<bool>,
    #[serde(default)]
    when: Option<Spanned<When>>,
    taken_at: TakenAt,
    inspect_original: bool,
    handling: PaperHandling,
    tolerance: Spanned<bool>,
    tolerance_method: Words,
    tolerance_days: Option<u16>,
    missing: Spanned<ReasonCode>,
    original_not_shown: Option<Spanned<ReasonCode>>,
    common_errors: Vec<Spanned<CommonError>>,
    #[serde(default)]
    history_reusable: bool,
    particulars: Option<Spanned<Recorded>>,
    source: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonRow {
    code: Spanned<ReasonCode>,
    severity: Severity,
    public: Words,
    remedy: Words,
    source: Words,
    call: Call,
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

/// Where in the file a check is.
struct Place<'a> {
    file_name: &'a str,
    text: &'a str,
}

impl Place<'_> {
    fn at(&self, span: Range<usize>, fault: PackFault) -> PackError {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        PackError { file: self.file_name.to_owned(), line: before.matches('\n').count() + 1, fault }
    }

    fn reasons(&self, rows: Vec<ReasonRow>) -> Result<Vec<Reason>, PackError> {
        let mut reasons: Vec<Reason> = Vec::new();
        for row in rows {
            if reasons.iter().any(|reason| reason.code == *row.code.get_ref()) {
                return Err(self.twice("reason", row.code.span(), row.code.get_ref()));
            }
            reasons.push(Reason {
                code: row.code.into_inner(),
                severity: row.severity,
                public: row.public,
                remedy: row.remedy,
                source: row.source,
                call: row.call,
            });
        }
        for code in reasons::SPOKEN_BY_STEPS {
            if !reasons.iter().any(|reason| reason.code.as_str() == code) {
                let end = self.text.len();
                return Err(self.at(end..end, PackFault::ReasonNotWorded(code.to_owned())));
            }
        }
        Ok(reasons)
    }

    fn known(&self, code: &Spanned<ReasonCode>, reasons: &[Reason]) -> Result<ReasonCode, PackError> {
        if reasons.iter().any(|reason| reason.code == *code.get_ref()) {
            return Ok(code.get_ref().clone());
        }
        Err(self.unknown("reason", code.span(), code.get_ref()))
    }

    fn rules(&self, rules: &Spanned<Rules>, reasons: &[Reason]) -> Result<(), PackError> {
        let table = rules.get_ref();
        let judged = [
            &table.min_age.reason,
            &table.accepted_id_types.reason,
            &table.id_in_date.reason,
            &table.one_card_a_person.reason,
            &table.non_local.reason,
        ];
        for code in judged {
            if !reasons.iter().any(|reason| reason.code == *code) {
                let named = self.near(&format!("reason = \"{code}\""), rules.span());
                return Err(self.unknown("reason", named, code));
            }
        }
        let impossible = |key: &str, what, why| {
            let named = self.near(&format!("[rules.{key}]"), rules.span());
            Err(self.at(named, PackFault::Impossible(what, why)))
        };
        if table.delivery_proof.value.is_empty() {
            return impossible("delivery_proof", "delivery", "`delivery_proof` is empty");
        }
        if table.accepted_id_types.value.is_empty() {
            return impossible("accepted_id_types", "identification", "`accepted_id_types` is empty");
        }
        let photo = table.photo_spec.value;
        if photo.tolerance_mm >= photo.width_mm.min(photo.height_mm) {
            return impossible("photo_spec", "a photo", "`photo_spec` tolerates more than the photo's own size");
        }
        Ok(())
    }

    fn districts(&self, rows: Vec<DistrictRow>) -> Result<Vec<District>, PackError> {
        let mut districts: Vec<District> = Vec::new();
        for row in rows {
            if districts.iter().any(|district| district.id == *row.id.get_ref()) {
                return Err(self.twice("district", row.id.span(), row.id.get_ref()));
            }
            districts.push(District {
                id: row.id.into_inner(),
                name: row.name,
                region: row.region,
                internal_code: row.internal_code,
                phone: Phone::read(&row.phone),
                source: row.source,
            });
        }
        Ok(districts)
    }

    fn routes(&self, rows: Vec<Spanned<RouteRow>>, districts: &[District]) -> Result<Vec<Route>, PackError> {
        let mut routes: Vec<Route> = Vec::new();
        for row in rows {
            let span = row.span();
            let row = row.into_inner();
            let mut counties = Vec::new();
            for county in row.county.unwrap_or_default() {
                if !districts.iter().any(|district| district.id == *county.get_ref()) {
                    return Err(self.unknown("district", county.span(), county.get_ref()));
                }
                if let Some(first) = routes.iter().find(|route| route.counties.contains(county.get_ref())) {
                    let fault = PackFault::OverlappingRoutes {
                        county: county.get_ref().to_string(),
                        first: first.platform.to_string(),
                        second: row.platform.to_string(),
                    };
                    return Err(self.at(county.span(), fault));
                }
                counties.push(county.into_inner());
            }
            let otherwise = row.otherwise.unwrap_or(false);
            if otherwise != counties.is_empty() {
                let fault = PackFault::Impossible("a route", "it names its counties or `otherwise = true`, not both");
                return Err(self.at(span, fault));
            }
            if otherwise && let Some(first) = routes.iter().find(|route| route.counties.is_empty()) {
                let fault =
                    PackFault::TwoDefaultRoutes { first: first.platform.to_string(), second: row.platform.to_string() };
                return Err(self.at(span, fault));
            }
            routes.push(Route { platform: row.platform, counties, source: row.source });
        }
        let open = |district: &&District| {
            !routes.iter().any(|route| route.counties.is_empty() || route.counties.contains(&district.id))
        };
        if let Some(district) = districts.iter().find(open) {
            let end = self.text.len();
            let named = self.near(&format!("id = \"{}\"", district.id), end..end);
            return Err(self.at(named, PackFault::NoRoute(district.id.to_string())));
        }
        Ok(routes)
    }

    fn materials(&self, rows: Vec<MaterialRow>, reasons: &[Reason]) -> Result<Vec<Material>, PackError> {
        let mut materials: Vec<Material> = Vec::new();
        for row in rows {
            let span = row.code.span();
            if materials.iter().any(|material| material.code == *row.code.get_ref()) {
                return Err(self.twice("material", span, row.code.get_ref()));
            }
            if let Some(when) = row.when.as_ref().filter(|when| when.get_ref().is_impossible()) {
                return Err(self.at(when.span(), PackFault::Impossible("a condition", "one of its axes is empty")));
            }
            let tolerance_days = row.tolerance_days.unwrap_or(0);
            if *row.tolerance.get_ref() != (tolerance_days > 0) {
                let why = "`tolerance = true` and `tolerance_days` of one or more go together";
                return Err(self.at(row.tolerance.span(), PackFault::Impossible("tolerance", why)));
            }
            if let Some(particulars) = &row.particulars {
                let code = particulars.get_ref().missing();
                if !reasons.iter().any(|reason| reason.code == code) {
                    return Err(self.at(particulars.span(), PackFault::ReasonNotWorded(code.to_string())));
                }
            }
            let missing = self.known(&row.missing, reasons)?;
            let original_not_shown = match &row.original_not_shown {
                Some(code) => self.known(code, reasons)?,
                None => missing.clone(),
            };
            let common_errors =
                row.common_errors.iter().map(|code| self.known(code, reasons)).collect::<Result<Vec<_>, _>>()?;
            materials.push(Material {
                code: row.code.into_inner(),
                name: row.name,
                hint: row.hint,
                required: row.required,
                province_requires: row.province_requires.unwrap_or(true),
                when: row.when.map(Spanned::into_inner).unwrap_or_default(),
                taken_at: row.taken_at,
                inspect_original: row.inspect_original,
                handling: row.handling,
                tolerance: row.tolerance.into_inner(),
                tolerance_method: row.tolerance_method,
                tolerance_days,
                missing,
                original_not_shown,
                common_errors,
                history_reusable: row.history_reusable,
                particulars: row.particulars.map(Spanned::into_inner),
                source: row.source,
            });
        }
        Ok(materials)
    }

    fn ratings(&self, rows: Vec<Spanned<RatingLevel>>) -> Result<Vec<RatingLevel>, PackError> {
        let levels: Vec<u8> = rows.iter().map(|row| row.get_ref().level).collect();
        if levels != [5, 4, 3, 2, 1] {
            let span = rows.first().map_or(0..0, Spanned::span);
            return Err(self.at(span, PackFault::RatingLevels));
        }
        Ok(rows.into_iter().map(Spanned::into_inner).collect())
    }

    fn steps(&self, names: Spanned<BTreeMap<String, Words>>) -> Result<Vec<(Step, Words)>, PackError> {
        let span = names.span();
        let mut names = names.into_inner();
        let mut named = Vec::new();
        for step in Step::ALL {
            let name = names.remove(step.name());
            named.push((step, name.ok_or_else(|| self.at(span.clone(), PackFault::StepNotNamed(step.name())))?));
        }
        match names.into_keys().next() {
            Some(name) => Err(self.at(span, PackFault::Unknown { what: "step", name })),
            None => Ok(named),
        }
    }

    /// Where a mark stands, for a fault that is about a value whose own place was not kept.
    fn near(&self, mark: &str, otherwise: Range<usize>) -> Range<usize> {
        self.text.find(mark).map_or(otherwise, |start| start..start + mark.len())
    }

    fn twice(&self, what: &'static str, span: Range<usize>, name: &impl ToString) -> PackError {
        self.at(span, PackFault::Twice { what, name: name.to_string() })
    }

    fn unknown(&self, what: &'static str, span: Range<usize>, name: &impl ToString) -> PackError {
        self.at(span, PackFault::Unknown { what, name: name.to_string() })
    }
}
