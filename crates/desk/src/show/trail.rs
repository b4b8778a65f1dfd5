//! 更正记录: what was set aside or put right at the counter, before and after, and what may be put right now (S-40, S-41).

use casework::case::{Case, Stage};
use casework::fact::{Correction, EntryField, Identity, IdentityField};
use casework::nouns::{IdentitySource, ReasonCode, Role};
use casework::pack::PolicyPack;

use super::aside::words;
use crate::contract::{CardRole, ChipField, Choice, Correctable, Corrects, EntryChoice, TrailLine};
use crate::words as say;

/// Every correction, in the order in which they were made.
pub fn lines(case: &Case, pack: &PolicyPack) -> Vec<TrailLine> {
    let particulars = case.particulars();
    let overrides = particulars.overrides.iter().map(|one| {
        let shown = |value: &str| shown_field(one.field, value);
        let line = TrailLine {
            what: format!("{}（{}）", field_name(one.field), role_name(one.role)),
            before: shown(&one.before),
            after: shown(&one.after),
            why: one.reason.clone(),
            by: one.by.to_string(),
            at: say::moment(one.at),
        };
        (one.at, line)
    });
    let corrections = particulars.corrections.iter().map(|one| {
        let (what, before, after, why) = match &one.correction {
            Correction::Entry { field, before, after } => {
                (entry_name(*field).to_owned(), before.clone(), after.clone(), "当场更正".to_owned())
            }
            Correction::Material { material, before, after, how } => {
                let name = pack.material(material).map_or_else(|| material.to_string(), |one| one.name.to_string());
                (name, errors(before, pack), errors(after, pack), how.clone())
            }
        };
        (one.at, TrailLine { what, before, after, why, by: one.by.to_string(), at: say::moment(one.at) })
    });
    let mut lines: Vec<_> = overrides.chain(corrections).collect();
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// What may be put right while nothing is accepted: fields of a chip, entries, and errors of papers.
pub fn correctable(case: &Case, pack: &PolicyPack) -> Vec<Correctable> {
    match case.stage() {
        Stage::Draft(_) => {}
        Stage::Accepted(_)
        | Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Delivered { .. }
        | Stage::Sealed { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. } => return Vec::new(),
    }
    let mut all = Vec::new();
    for (role, identity) in [(Role::Applicant, case.identity()), (Role::Agent, case.agent())] {
        all.extend(identity.into_iter().flat_map(|identity| chip_fields(role, identity)));
    }
    if let Some(entry) = case.applicant() {
        for (field, choice, value) in [
            (EntryField::Phone, EntryChoice::Phone, &entry.phone),
            (EntryField::ContactAddress, EntryChoice::ContactAddress, &entry.contact_address),
            (EntryField::HukouBasis, EntryChoice::HukouBasis, &entry.hukou_basis),
        ] {
            let of = Corrects::Entry { field: choice };
            all.push(Correctable { name: entry_name(field).to_owned(), value: value.clone(), of });
        }
    }
    for material in pack.materials() {
        let ticked = case.material(&material.code).and_then(|state| state.check.as_ref()).map(|check| &check.errors);
        let Some(ticked) = ticked.filter(|errors| !errors.is_empty()) else { continue };
        let choices = ticked.iter().map(|code| Choice { value: code.to_string(), name: words(pack, code) }).collect();
        all.push(Correctable {
            name: material.name.to_string(),
            value: errors(ticked, pack),
            of: Corrects::Material { material: material.code.to_string(), errors: choices },
        });
    }
    all
}

/// The fields of a chip that may be set aside. A typed identity is typed again instead.
fn chip_fields(role: Role, identity: &Identity) -> Vec<Correctable> {
    match identity.source {
        IdentitySource::Chip | IdentitySource::OtherReader => {}
        IdentitySource::Typed => return Vec::new(),
    }
    let card = match role {
        Role::Applicant => CardRole::Applicant,
        Role::Agent => CardRole::Agent,
    };
    [
        (IdentityField::Name, ChipField::Name, identity.name.as_str()),
        (IdentityField::Ethnicity, ChipField::Ethnicity, identity.ethnicity.as_str()),
        (IdentityField::Address, ChipField::Address, identity.address.as_str()),
    ]
    .into_iter()
    .map(|(field, choice, value)| Correctable {
        name: format!("{}（{}）", field_name(field), role_name(role)),
        value: shown_field(field, value),
        of: Corrects::Chip {
            role: card,
            field: choice,
            choices: match field {
                IdentityField::Ethnicity => say::ethnicities(),
                IdentityField::Name | IdentityField::Address => Vec::new(),
            },
        },
    })
    .collect()
}

fn shown_field(field: IdentityField, value: &str) -> String {
    match field {
        IdentityField::Ethnicity => say::ethnicity(value),
        IdentityField::Name | IdentityField::Address => value.to_owned(),
    }
}

fn field_name(field: IdentityField) -> &'static str {
    match field {
        IdentityField::Name => "姓名",
        IdentityField::Ethnicity => "民族",
        IdentityField::Address => "住址",
    }
}

fn entry_name(field: EntryField) -> &'static str {
    match field {
        EntryField::HukouBasis => "户口依据",
        EntryField::Phone => "联系电话",
        EntryField::ContactAddress => "现住址",
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Applicant => "申请人",
        Role::Agent => "代理人",
    }
}

fn errors(codes: &[ReasonCode], pack: &PolicyPack) -> String {
    if codes.is_empty() {
        return "没有问题".to_owned();
    }
    codes.iter().map(|code| words(pack, code)).collect()
}
