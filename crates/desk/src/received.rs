//! What the receipt list says of each paper: kept, returned, promised or taken over (D-19), and which card is replaced.

use casework::case::{Case, MaterialState};
use casework::nouns::CaseKind;
use casework::pack::{Material, PaperHandling, PolicyPack};
use papers::receipt::{Handling, ReceiptLine};

use crate::words;

/// One line for each paper that was demanded when the case was accepted, in the pack's order. What the record says was
/// demanded counts, and not what the pack would ask for today.
pub fn lines(case: &Case, pack: &PolicyPack) -> Vec<ReceiptLine> {
    let Some(applicant) = case.applicant() else { return Vec::new() };
    let demanded = |material: &&Material| {
        applicant.demanded.contains(&material.code) || applicant.portrait.as_ref() == Some(&material.code)
    };
    let line = |material: &Material| ReceiptLine {
        name: material.name.to_string(),
        handling: handling(material, case.material(&material.code)),
    };
    pack.materials().iter().filter(demanded).map(line).collect()
}

/// Only what went back is called returned: the list is proof for the person.
fn handling(material: &Material, state: Option<&MaterialState>) -> Handling {
    if let Some(until) = state.and_then(|state| state.committed_until) {
        return Handling::Promised { until: words::date(until) };
    }
    match material.handling {
        PaperHandling::OnCard => Handling::Glued,
        PaperHandling::RetainArchive => Handling::Kept,
        PaperHandling::ScanAndReturn => match state {
            Some(state) if state.has_original() && !state.returned => Handling::ToReturn,
            Some(state) if !state.has_original() && !state.history.is_empty() => Handling::Reused,
            Some(_) | None => Handling::Returned,
        },
    }
}

/// The card that a reissue replaces, as the clerk wrote it down.
pub fn old_card(case: &Case) -> Option<String> {
    match case.kind() {
        CaseKind::First => return None,
        CaseKind::ReissueLost | CaseKind::ReissueDamaged => {}
    }
    let card = case.particulars().old_card.as_ref()?;
    let number = card.number.as_ref().map_or_else(|| "证号不明".to_owned(), |number| format!("证号 {number}"));
    Some(format!("旧证：{number}，{}", card.condition))
}
