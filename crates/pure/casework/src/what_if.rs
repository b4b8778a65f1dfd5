//! What a pack would say of facts, without a case: for explaining a verdict, and for seeing which cases another
//! pack would change (F-62, F-63).

mod at_the_counter;
mod facts_file;

use jiff::civil::Date;

use crate::{
    doors,
    fact::RuleFired,
    nouns::{
        ApplicantMode, CaseKind, CountyId, DocumentKind, Hukou, MaterialCode, PlatformId, ReasonCode, ValidUntil,
        WindowLevel,
    },
    pack::{PolicyPack, Situation},
    steps::{Gap, eligibility},
};

pub use facts_file::FactsError;

/// What is known of one application on one day. It names nobody: rules ask for dates and documents only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// What the case is called in a report.
    pub title: String,
    pub kind: CaseKind,
    pub mode: ApplicantMode,
    pub hukou: Hukou,
    pub window_level: WindowLevel,
    /// County of the handling department.
    pub department: CountyId,
    pub birth: Date,
    pub document: DocumentKind,
    pub valid_until: ValidUntil,
    pub holds_a_card: bool,
    pub on: Date,
    /// What lies on the counter; `None` where only the verdict is asked for.
    pub laid: Option<Laid>,
}

/// Papers and portrait on the counter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Laid {
    pub papers: Vec<OnPaper>,
    pub photo: Option<Portrait>,
}

/// One paper, as the clerk found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnPaper {
    pub material: MaterialCode,
    pub original_shown: bool,
    /// Common errors that were ticked.
    pub errors: Vec<ReasonCode>,
    /// Newspaper or old card are written down, where the material asks for it.
    pub written_down: bool,
    /// It does not lie there, and is promised until this day (容缺).
    pub promised_until: Option<Date>,
}

/// The portrait and what the clerk said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portrait {
    pub width_mm: u16,
    pub height_mm: u16,
    pub same_person: bool,
    pub bareheaded: bool,
    pub recent: bool,
}

/// What a pack says of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub eligible: bool,
    pub reasons: Vec<ReasonCode>,
    /// Every rule that was asked, also those that passed; empty when the item has ended and no rule is asked.
    pub rules: Vec<RuleFired>,
    pub demanded: Vec<MaterialCode>,
    /// Where the push goes; `None` for a department outside the pack's directory, or when no case is made.
    pub route: Option<PlatformId>,
    /// The day from which the age suffices, where it does not yet.
    pub changes_on: Option<Date>,
    /// What stands before acceptance; `None` where the facts say nothing of papers, or no case can be made.
    pub gaps: Option<Vec<Gap>>,
    /// What is said at the counter and stops nobody.
    pub warnings: Vec<ReasonCode>,
    /// What the facts say of papers and this pack does not know, in words.
    pub strange: Vec<String>,
}

/// An application of which two packs say different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    pub facts: &'a Facts,
    pub before: Outcome,
    pub after: Outcome,
}

/// A value that differs between two packs, as the packs write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueChange {
    pub key: &'static str,
    pub before: String,
    pub after: String,
}

impl Facts {
    /// Where the application stands on the axes of a pack.
    pub fn situation(&self) -> Situation {
        Situation {
            kind: self.kind,
            mode: self.mode,
            hukou: self.hukou,
            window_level: self.window_level,
            department: self.department.clone(),
            birth: self.birth,
            on: self.on,
        }
    }

    /// Reads a facts file (`fixtures/facts/README.md` says what stands in it).
    ///
    /// # Errors
    /// The first thing wrong, with file, line and reason.
    pub fn parse(file_name: &str, text: &str) -> Result<Self, FactsError> {
        facts_file::parse(file_name, text)
    }
}

/// Judges facts by a pack.
pub fn judge(pack: &PolicyPack, facts: &Facts) -> Outcome {
    if let Some(code) = doors::not_taken(pack, facts.on) {
        let reasons = vec![code];
        return Outcome {
            eligible: false,
            reasons,
            rules: Vec::new(),
            demanded: Vec::new(),
            route: None,
            changes_on: None,
            gaps: None,
            warnings: Vec::new(),
            strange: Vec::new(),
        };
    }
    let asked = eligibility::Question {
        kind: facts.kind,
        hukou: facts.hukou,
        birth: facts.birth,
        document: facts.document,
        valid_until: facts.valid_until,
        holds_a_card: facts.holds_a_card,
        on: facts.on,
    };
    let rules = eligibility::rules_fired(pack, &asked);
    let reasons: Vec<ReasonCode> = rules.iter().filter_map(|rule| rule.reason.clone()).collect();
    let young = reasons.contains(&pack.rules().min_age.reason);
    let gate = facts.laid.as_ref().and_then(|laid| at_the_counter::gate(pack, facts, laid).ok());
    let (gaps, warnings, mut strange) = match gate {
        Some(gate) => (Some(gate.gaps), gate.warnings, gate.strange),
        None => (None, Vec::new(), Vec::new()),
    };
    if pack.district(&facts.department).is_none() {
        strange.push(format!("承办部门 {}：不在这个政策包的名录里", facts.department));
    }
    let materials = pack.materials_for(&facts.situation());
    Outcome {
        eligible: rules.iter().all(|rule| rule.passed),
        reasons,
        demanded: materials.into_iter().map(|material| material.code.clone()).collect(),
        route: pack.platform_for(&facts.department).cloned(),
        changes_on: eligibility::eligible_from(facts.birth, pack).filter(|_| young),
        gaps,
        warnings,
        strange,
        rules,
    }
}

/// Which of these applications the second pack would decide otherwise: eligible or not, why not, what is
/// demanded, what stands in the way, or where the push goes.
pub fn diff<'a>(before: &PolicyPack, after: &PolicyPack, all: &'a [Facts]) -> Vec<Change<'a>> {
    let differ = |facts: &'a Facts| {
        let (old, new) = (judge(before, facts), judge(after, facts));
        let said = |one: &Outcome| {
            let Outcome { eligible, reasons, rules: _, demanded, route, changes_on, gaps, warnings, strange } =
                one.clone();
            (eligible, reasons, demanded, route, changes_on, gaps, warnings, strange)
        };
        (said(&old) != said(&new)).then_some(Change { facts, before: old, after: new })
    };
    all.iter().filter_map(differ).collect()
}

/// Which values differ between two packs, in the order of the schema.
pub fn values(before: &PolicyPack, after: &PolicyPack) -> Vec<ValueChange> {
    let pairs = before.rules().all().into_iter().zip(after.rules().all());
    pairs
        .filter(|(old, new)| old.value != new.value)
        .map(|(old, new)| ValueChange { key: old.key, before: old.value, after: new.value })
        .collect()
}
