//! Districts and routes: who answers the phone, and which platform takes a push.

use serde::Deserialize;

use super::reading::Reading;
use crate::{
    nouns::{CountyId, Phone, PlatformId, RegionCode},
    pack::{Confidence, District, PackFault, Route, SourceDate, Words},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DistrictRow {
    id: CountyId,
    name: Words,
    region: Option<RegionCode>,
    internal_code: Option<Words>,
    phone: String,
    source: Words,
    date: SourceDate,
    confidence: Confidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RouteRow {
    platform: PlatformId,
    county: Option<Vec<CountyId>>,
    otherwise: Option<bool>,
    source: Words,
    date: SourceDate,
    confidence: Confidence,
}

impl Reading<'_> {
    pub(super) fn districts(&mut self, rows: Vec<DistrictRow>) -> Vec<District> {
        let mut districts: Vec<District> = Vec::new();
        for (at, row) in rows.into_iter().enumerate() {
            if districts.iter().any(|district| district.id == row.id) {
                self.note_twice(&format!("district.{at}.id"), "district", &row.id);
            }
            if districts.iter().any(|district| district.name == row.name) {
                // The directory of windows, and the chip's address, name a district by its name.
                self.note_twice(&format!("district.{at}.name"), "the name of a district", &row.name);
            }
            let coded = row.region.is_some() != row.internal_code.is_some();
            if !coded {
                let why = "it has a `region` (GB/T 2260), or an `internal_code` where it has none, not both";
                self.note(&format!("district.{at}"), PackFault::Impossible("a district", why));
            }
            if row.phone.trim().is_empty() {
                // A line that nobody knows is written in words (待定); a blank is a row that was never filled in.
                let why = "its `phone` is blank; write what is known of it, also when it is no number";
                self.note(&format!("district.{at}.phone"), PackFault::Impossible("a district", why));
            }
            districts.push(District {
                id: row.id,
                name: row.name,
                region: row.region,
                internal_code: row.internal_code.map(|code| code.to_string()),
                phone: Phone::read(&row.phone),
                source: row.source,
                date: row.date,
                confidence: row.confidence,
            });
        }
        districts
    }

    pub(super) fn routes(&mut self, rows: Vec<RouteRow>, districts: &[District]) -> Vec<Route> {
        let mut routes: Vec<Route> = Vec::new();
        for (at, row) in rows.into_iter().enumerate() {
            let counties = row.county.unwrap_or_default();
            for (nth, county) in counties.iter().enumerate() {
                let path = format!("route.{at}.county.{nth}");
                if !districts.iter().any(|district| district.id == *county) {
                    self.note_unknown(&path, "district", county);
                }
                if counties[..nth].contains(county) {
                    self.note_twice(&path, "county", county);
                }
                if let Some(first) = routes.iter().find(|route| route.counties.contains(county)) {
                    let (first, second) = (first.platform.to_string(), row.platform.to_string());
                    self.note(&path, PackFault::OverlappingRoutes { county: county.to_string(), first, second });
                }
            }
            let otherwise = row.otherwise.unwrap_or(false);
            if otherwise != counties.is_empty() {
                let fault = PackFault::Impossible("a route", "it names its counties or `otherwise = true`, not both");
                self.note(&format!("route.{at}"), fault);
            } else if otherwise && let Some(first) = routes.iter().find(|route| route.counties.is_empty()) {
                let (first, second) = (first.platform.to_string(), row.platform.to_string());
                self.note(&format!("route.{at}"), PackFault::TwoDefaultRoutes { first, second });
            }
            routes.push(Route {
                platform: row.platform,
                counties,
                source: row.source,
                date: row.date,
                confidence: row.confidence,
            });
        }
        for (at, district) in districts.iter().enumerate() {
            if !routes.iter().any(|route| route.counties.is_empty() || route.counties.contains(&district.id)) {
                self.note(&format!("district.{at}.id"), PackFault::NoRoute(district.id.to_string()));
            }
        }
        routes
    }
}
