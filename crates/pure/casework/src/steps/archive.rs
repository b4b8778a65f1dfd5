//! Step 11: the papers go on, signed by both sides, and the case is closed for good (八·八, 十一).

use super::{Judgement, Obstacle, Refusal, awake, materials, reason};
use crate::{
    case::Case,
    fact::Fact,
    nouns::{Actor, ListKind, ListNumber, MaterialCode, PictureHash},
    pack::{Material, PaperHandling, PolicyPack},
};

/// One paper of the case and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper<'a> {
    pub material: &'a Material,
    /// Returned, on the card, or in the archivist's hand.
    pub done: bool,
}

/// Every paper that was demanded, with its fate.
pub fn papers<'a>(case: &Case, pack: &'a PolicyPack) -> Vec<Paper<'a>> {
    let Some(applicant) = case.applicant() else { return Vec::new() };
    let codes = applicant.demanded.iter().chain(&applicant.portrait);
    let fate = |material: &'a Material| {
        let done = match material.handling {
            PaperHandling::ScanAndReturn => {
                case.material(&material.code).is_some_and(|state| state.returned || !state.has_original())
            }
            PaperHandling::OnCard => case.card().is_some(),
            PaperHandling::RetainArchive => case.handover().is_some(),
        };
        Paper { material, done }
    };
    codes.filter_map(|code| pack.material(code)).map(fate).collect()
}

/// The papers that the archivist receives: what the pack retains, if it was handed in.
pub fn retained(case: &Case, pack: &PolicyPack) -> Vec<MaterialCode> {
    let kept = |material: &&Material| match material.handling {
        PaperHandling::RetainArchive => case.material(&material.code).is_some_and(|state| !state.pages.is_empty()),
        PaperHandling::ScanAndReturn | PaperHandling::OnCard => false,
    };
    materials::demanded(case, pack).into_iter().filter(kept).map(|material| material.code.clone()).collect()
}

/// Hands the working papers to the issuer or archivist: one fact with both names, so that it cannot be half signed.
/// `from` and `to` may be one person at a village (domain 1.4).
///
/// # Errors
/// `NotNow` before delivery or when one side is not a person; `Refused` while an original is still here.
pub fn hand_over(case: &Case, pack: &PolicyPack, from: Actor, to: Actor) -> Judgement {
    awake(case, pack)?;
    case.delivery().ok_or(Refusal::NotNow(Obstacle::NotDelivered))?;
    if !from.is_person() || !to.is_person() {
        return Err(Refusal::NotNow(Obstacle::NotAPerson));
    }
    originals_are_back(case, pack)?;
    Ok(vec![Fact::HandedOver { from, to, papers: retained(case, pack), list: None }])
}

/// Puts the papers of a case on a list of this kind and takes both signatures with it: one fact with both names, so that it
/// cannot be half signed. The facts of every case on the list go to the ledger in one transaction. A case that was put aside
/// stays so: a list is signed between two visitors, with no case open.
///
/// # Errors
/// `NotNow` before acceptance (to the issuing staff) or delivery (to the archive), for papers that went on before, or when
/// one side is not a person; `Refused` while an original is still here that has to go back.
pub fn put_on_list(
    case: &Case,
    pack: &PolicyPack,
    kind: ListKind,
    list: &ListNumber,
    (from, to): (&Actor, &Actor),
) -> Judgement {
    if case.is_closed() {
        return Err(Refusal::NotNow(Obstacle::Closed));
    }
    if case.opened().pack != pack.stamp() {
        return Err(Refusal::NotNow(Obstacle::OtherPack));
    }
    let done = match kind {
        ListKind::ToIssuer => {
            case.acceptance().ok_or(Refusal::NotNow(Obstacle::NotAccepted))?;
            case.working_papers()
        }
        ListKind::ToArchive => {
            case.delivery().ok_or(Refusal::NotNow(Obstacle::NotDelivered))?;
            case.handover()
        }
    };
    if done.is_some() {
        return Err(Refusal::NotNow(Obstacle::AlreadyHandedOver));
    }
    if !from.is_person() || !to.is_person() {
        return Err(Refusal::NotNow(Obstacle::NotAPerson));
    }
    originals_are_back(case, pack)?;
    let (from, to, list, papers) = (from.clone(), to.clone(), list.clone(), retained(case, pack));
    Ok(vec![match kind {
        ListKind::ToIssuer => Fact::WorkingPapersHandedOver { from, to, papers, list },
        ListKind::ToArchive => Fact::HandedOver { from, to, papers, list: Some(list) },
    }])
}

/// Closes the case for good. The rating must have been offered (S-48), whatever came of it.
///
/// # Errors
/// `NotNow` before delivery, hand-over or the offer; `Refused` while an original is still here.
pub fn seal(case: &Case, pack: &PolicyPack, package: PictureHash) -> Judgement {
    awake(case, pack)?;
    case.delivery().ok_or(Refusal::NotNow(Obstacle::NotDelivered))?;
    originals_are_back(case, pack)?;
    case.handover().ok_or(Refusal::NotNow(Obstacle::NotHandedOver))?;
    if super::rating::is_owed(case, pack) {
        return Err(Refusal::NotNow(Obstacle::RatingNotOffered));
    }
    Ok(vec![Fact::Sealed { package }])
}

/// A case cannot close with an unreturned original (S-11).
pub(crate) fn originals_are_back(case: &Case, pack: &PolicyPack) -> Result<(), Refusal> {
    if materials::unreturned(case, pack).is_empty() {
        Ok(())
    } else {
        Err(Refusal::Refused(vec![reason("ORIGINAL_NOT_RETURNED")]))
    }
}
