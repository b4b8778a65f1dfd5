//! The policy pack: every rule that differs by place or date, as data with its source.
//!
//! A pack is a TOML file, parsed strictly by [`PolicyPack::parse`]. What is read here cannot be wrong later: every
//! reference points at something, every district has a route, every value says where it comes from.

mod axes;
mod directory;
mod error;
mod guide;
mod in_words;
mod material;
mod number_pattern;
mod parse;
mod provenance;
mod ratings;
mod reasons;
mod rules;
mod shown;
mod when;
mod words;
mod working_days;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    fact::PackStamp,
    nouns::{CountyId, MaterialCode, PlatformId, ReasonCode},
    steps::Step,
};

pub use axes::{AgeBand, Axes, Axis, Situation};
pub use directory::{ConsultPhone, District};
pub use error::{PackError, PackFault};
pub use guide::{Guide, GuideWay, ReminderChannel, Reminding};
pub use material::{CommonError, Material, PaperHandling, Recorded, TakenAt};
pub use number_pattern::NumberPattern;
pub use provenance::{Confidence, SourceDate};
pub use ratings::{RatingCode, RatingLevel};
pub use reasons::{Call, Reason, Severity, Wording};
pub use rules::{
    CodeSuite, HukouScope, Judged, LossEvidence, Masking, NonLocal, NumberingMode, PageSpec, PhotoOnCard, PhotoSpec,
    Rules, Sourced, Why,
};
pub use when::{Named, When};
pub use words::{ItemCode, Sm3Text, Words};
pub use working_days::WorkingDays;

/// One dated, hashed set of rules.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyPack {
    id: String,
    hash: String,
    title: Words,
    status: ItemStatus,
    compiled: Date,
    procedure: Procedure,
    effective: Effective,
    item: Item,
    axes: Axes,
    rules: Rules,
    districts: Vec<District>,
    routes: Vec<Route>,
    platforms: Platforms,
    materials: Vec<Material>,
    reasons: Vec<Reason>,
    rating_levels: Vec<RatingLevel>,
    working_days: Option<WorkingDays>,
    reminding: Option<Reminding>,
    guides: Vec<Guide>,
    step_names: Vec<(Step, Words)>,
    wording: Wording,
}

/// The document that a pack puts into values (D-14).
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    pub title: Words,
    /// What it says of its own date, in words: many bear none.
    pub dated: Words,
    /// SM3 of the text as it was read; `None` where there is no text.
    pub sm3: Option<Sm3Text>,
}

/// From when to when a pack is in force, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// First day.
    pub from: Date,
    /// Last day; `None` where no end is known.
    pub to: Option<Date>,
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
}

/// Whether the item is still given out (domain 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemStatus {
    Active,
    Ended,
}

/// What is applied for. Package, item and certificate have three names on purpose (D-07).
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub code: ItemCode,
    pub package_name: Words,
    pub item_name: Words,
    pub certificate_name: Words,
    pub promise: PromiseType,
    pub promise_name: Words,
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
}

/// 即办件 or 承诺件.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseType {
    Instant,
    Promised,
}

/// Which platform the push goes to, by the county of the handling department (S-36).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub platform: PlatformId,
    /// Empty in the one route that takes every other county.
    pub counties: Vec<CountyId>,
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
}

/// Platforms that do not depend on the department.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platforms {
    /// The ageing business system (老龄业务管理系统) that gets a record of each accepted case, where there is one (S-37).
    pub ageing: Option<PlatformId>,
    pub filing: PlatformId,
    pub rating: PlatformId,
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
}

impl PolicyPack {
    /// Reads a pack from the text of a file.
    ///
    /// # Errors
    /// The first thing wrong, with file, line and reason. [`PolicyPack::read`] gives all of them.
    pub fn parse(file_name: &str, text: &str) -> Result<Self, PackError> {
        Self::read(file_name, text)
            .map_err(|faults| faults.into_iter().next().expect("a pack is refused for at least one fault"))
    }

    /// The same for whoever mends a pack.
    ///
    /// # Errors
    /// Everything that is wrong, by line; at least one fault. What a misspelt key hides is found the next time.
    pub fn read(file_name: &str, text: &str) -> Result<Self, Vec<PackError>> {
        parse::parse(file_name, text)
    }

    /// Identity and hash of this pack, as a case carries them.
    pub fn stamp(&self) -> PackStamp {
        PackStamp { id: self.id.clone(), hash: self.hash.clone() }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// SM3 of the file's bytes, 64 hex digits.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The pack's own title, for example for the title bar.
    pub fn title(&self) -> &str {
        self.title.as_str()
    }

    pub fn status(&self) -> ItemStatus {
        self.status
    }

    /// The day on which the pack was put together. No source of it is later.
    pub fn compiled(&self) -> Date {
        self.compiled
    }

    /// The document that this pack puts into values.
    pub fn procedure(&self) -> &Procedure {
        &self.procedure
    }

    /// First and last day of the pack.
    pub fn effective(&self) -> &Effective {
        &self.effective
    }

    /// True from the first to the last day, both included.
    pub fn in_force(&self, today: Date) -> bool {
        self.effective.from <= today && self.effective.to.is_none_or(|last| today <= last)
    }

    pub fn item(&self) -> &Item {
        &self.item
    }

    /// The axes on which the conditions of this pack stand.
    pub fn axes(&self) -> &Axes {
        &self.axes
    }

    /// Whether a condition of this pack holds for a case.
    pub fn holds(&self, when: &When, at: &Situation) -> bool {
        when.holds(at, self.axes.band(at.birth, at.on, self.rules.leap_birthday.value))
    }

    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Value, source and confidence of a rule (为什么), by the key of [`crate::fact::RuleFired::rule`].
    pub fn why(&self, key: &str) -> Option<Why> {
        self.rules.all().into_iter().find(|why| why.key == key)
    }

    /// The districts in the order of the procedure.
    pub fn districts(&self) -> &[District] {
        &self.districts
    }

    pub fn district(&self, county: &CountyId) -> Option<&District> {
        self.districts.iter().find(|district| district.id == *county)
    }

    /// The platform that takes the push of a department in this county; `None` for a county outside the directory.
    pub fn platform_for(&self, county: &CountyId) -> Option<&PlatformId> {
        self.district(county)?;
        let named = self.routes.iter().find(|route| route.counties.contains(county));
        named.or_else(|| self.routes.iter().find(|route| route.counties.is_empty())).map(|route| &route.platform)
    }

    /// Every route, in the pack's order.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    pub fn platforms(&self) -> &Platforms {
        &self.platforms
    }

    /// Every platform to which a case of this pack may send, each once. A station needs an address for all of them.
    pub fn every_platform(&self) -> BTreeSet<&PlatformId> {
        let Platforms { ageing, filing, rating, source: _, date: _, confidence: _ } = &self.platforms;
        let routed = self.routes.iter().map(|route| &route.platform);
        routed.chain(ageing).chain([filing, rating]).collect()
    }

    /// Every material of the pack, in its order.
    pub fn materials(&self) -> &[Material] {
        &self.materials
    }

    pub fn material(&self, code: &MaterialCode) -> Option<&Material> {
        self.materials.iter().find(|material| material.code == *code)
    }

    /// What is demanded of a case that stands there on the axes (domain 8.3), in the pack's order.
    pub fn materials_for(&self, at: &Situation) -> Vec<&Material> {
        self.materials.iter().filter(|one| one.required && self.holds(&one.when, at)).collect()
    }

    /// Whether a material may be promised for later in this case (容缺).
    pub fn tolerates(&self, material: &Material, at: &Situation) -> bool {
        material.tolerance && self.holds(&material.tolerance_when, at)
    }

    /// The public wording of a reason. `None` only for a code that another pack has written.
    pub fn reason(&self, code: &ReasonCode) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.code == *code)
    }

    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    /// False for a warning; an unknown code blocks.
    pub fn blocks(&self, code: &ReasonCode) -> bool {
        self.reason(code).is_none_or(|reason| reason.severity == Severity::Block)
    }

    /// Where reasons, names of steps and levels of the rating come from.
    pub fn wording(&self) -> &Wording {
        &self.wording
    }

    /// The levels of the rating, best first, with the codes a person may add (domain 3.1).
    pub fn rating_levels(&self) -> &[RatingLevel] {
        &self.rating_levels
    }

    /// The table of days off; `None` where the pack has none.
    pub fn working_days(&self) -> Option<&WorkingDays> {
        self.working_days.as_ref()
    }

    /// How a department is reminded (S-46); `None` where the pack does not offer it.
    pub fn reminding(&self) -> Option<&Reminding> {
        self.reminding.as_ref()
    }

    /// The ways to do things online that a person may be helped with (S-47), in the pack's order.
    pub fn guides(&self) -> &[Guide] {
        &self.guides
    }

    /// `身份核验` for [`Step::Identify`].
    pub fn step_name(&self, step: Step) -> &str {
        self.step_names.iter().find(|(named, _)| *named == step).map_or("", |(_, name)| name.as_str())
    }

    /// Whom to call about a reason: a department's line, or the hotline where that line is defective (D-01, D-04).
    pub fn call_for(&self, county: Option<&CountyId>) -> ConsultPhone {
        directory::consult(county.and_then(|county| self.district(county)), &self.rules.city_hotline.value)
    }
}
