//! What a pack would say of facts, without a case: for explaining a verdict, and for seeing which cases another
//! pack would change (F-62, F-63).

use jiff::civil::Date;

use crate::{
    fact::{Identity, RuleFired},
    nouns::{ApplicantMode, CaseKind, Hukou, MaterialCode, ReasonCode},
    pack::{ItemStatus, PolicyPack},
    steps::{eligibility, reason},
};

/// What is known of one application on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub kind: CaseKind,
    pub mode: ApplicantMode,
    pub hukou: Hukou,
    pub identity: Identity,
    pub holds_a_card: bool,
    pub on: Date,
}

/// What a pack says of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub eligible: bool,
    pub reasons: Vec<ReasonCode>,
    /// Every rule that was asked, also those that passed; empty when the item has ended and no rule is asked.
    pub rules: Vec<RuleFired>,
    pub demanded: Vec<MaterialCode>,
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

/// Judges facts by a pack.
pub fn judge(pack: &PolicyPack, facts: &Facts) -> Outcome {
    match pack.status() {
        ItemStatus::Ended => {
            let reasons = vec![reason("ITEM_ENDED")];
            return Outcome { eligible: false, reasons, rules: Vec::new(), demanded: Vec::new() };
        }
        ItemStatus::Active => {}
    }
    let rules = eligibility::rules_fired(pack, facts.kind, &facts.identity, facts.hukou, facts.on, facts.holds_a_card);
    let materials = pack.materials_for(facts.kind, facts.mode, facts.hukou);
    Outcome {
        eligible: rules.iter().all(|rule| rule.passed),
        reasons: rules.iter().filter_map(|rule| rule.reason.clone()).collect(),
        demanded: materials.into_iter().map(|material| material.code.clone()).collect(),
        rules,
    }
}

/// Which of these applications the second pack would decide otherwise: eligible or not, why not, or what is demanded.
pub fn diff<'a>(before: &PolicyPack, after: &PolicyPack, all: &'a [Facts]) -> Vec<Change<'a>> {
    let differ = |facts: &'a Facts| {
        let (old, new) = (judge(before, facts), judge(after, facts));
        let same = old.eligible == new.eligible && old.reasons == new.reasons && old.demanded == new.demanded;
        (!same).then_some(Change { facts, before: old, after: new })
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
