//! Districts and routes: who answers the phone, and which platform takes a push.

use serde::Deserialize;
use toml::Spanned;

use super::place::Place;
use crate::{
    nouns::{CountyId, Phone, PlatformId, RegionCode},
    pack::{District, PackError, PackFault, Route, Words},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DistrictRow {
    id: Spanned<CountyId>,
    name: Words,
    region: Option<RegionCode>,
    internal_code: Option<String>,
    phone: String,
    source: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RouteRow {
    platform: PlatformId,
    county: Option<Vec<Spanned<CountyId>>>,
    otherwise: Option<bool>,
    source: Words,
}

impl Place<'_> {
    pub(super) fn districts(&self, rows: Vec<DistrictRow>) -> Result<Vec<District>, PackError> {
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

    pub(super) fn routes(&self, rows: Vec<Spanned<RouteRow>>, districts: &[District]) -> Result<Vec<Route>, PackError> {
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
}
