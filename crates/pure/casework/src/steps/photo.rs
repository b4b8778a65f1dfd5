//! Step 5: one portrait of one inch, measured and judged (六·2).

use super::{Judgement, Obstacle, Refusal, drafting, reason};
use crate::{
    case::Case,
    fact::{Fact, PhotoFinding},
    nouns::{PictureHash, ReasonCode},
    pack::PolicyPack,
};

/// What was measured on a portrait. Lengths are micrometres of the original as scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    pub original: PictureHash,
    pub crop: PictureHash,
    pub width_um: u32,
    pub height_um: u32,
    /// Codes of the portrait checks other than size, with what was measured.
    pub findings: Vec<(ReasonCode, String)>,
}

/// Takes a measured portrait. Size is judged here by the pack (S-16); which finding blocks is the pack's severity.
///
/// # Errors
/// `NotNow` once the case is accepted.
pub fn measured(case: &Case, pack: &PolicyPack, photo: Measured) -> Judgement {
    drafting(case, pack)?;
    let size = size_finding(pack, photo.width_um, photo.height_um);
    let findings = size
        .into_iter()
        .chain(photo.findings)
        .map(|(code, measured)| PhotoFinding { blocks: pack.blocks(&code), code, measured })
        .collect();
    Ok(vec![Fact::PhotoMeasured {
        original: photo.original,
        crop: photo.crop,
        width_um: photo.width_um,
        height_um: photo.height_um,
        findings,
    }])
}

/// The clerk's own verdict beside the person. It is written whatever it says; the gate reads it.
///
/// # Errors
/// `NotNow` without a portrait, or before the applicant's card was read.
pub fn judge(case: &Case, pack: &PolicyPack, same_person: bool, bareheaded: bool, recent: bool) -> Judgement {
    let draft = drafting(case, pack)?;
    draft.identity().ok_or(Refusal::NotNow(Obstacle::NotIdentified))?;
    draft.photo().ok_or(Refusal::NotNow(Obstacle::NoPhoto))?;
    Ok(vec![Fact::PhotoJudged { same_person, bareheaded, recent }])
}

/// Everything said against the portrait, by the machine and by the clerk, blocking or not.
pub fn reasons(case: &Case) -> Vec<ReasonCode> {
    let Some(photo) = case.photo() else { return Vec::new() };
    let mut reasons: Vec<ReasonCode> = photo.findings.iter().map(|finding| finding.code.clone()).collect();
    match &photo.judgement {
        None => reasons.push(reason("PHOTO_NOT_JUDGED")),
        Some(judgement) => {
            let said = [
                (judgement.same_person, "PHOTO_NOT_APPLICANT"),
                (judgement.bareheaded, "PHOTO_HAT"),
                (judgement.recent, "PHOTO_OLD"),
            ];
            reasons.extend(said.into_iter().filter(|(good, _)| !good).map(|(_, code)| reason(code)));
        }
    }
    reasons.dedup();
    reasons
}

/// Either side beyond the pack's tolerance; too large wins, because only that is an error of the procedure (D-08).
fn size_finding(pack: &PolicyPack, width_um: u32, height_um: u32) -> Option<(ReasonCode, String)> {
    let spec = pack.rules().photo_spec.value;
    let sides = [(width_um, spec.width_mm), (height_um, spec.height_mm)];
    let um = |mm: u16| u32::from(mm) * 1000;
    let too_large = sides.iter().any(|(measured, wanted)| *measured > um(wanted + spec.tolerance_mm));
    let too_small = sides.iter().any(|(measured, wanted)| *measured < um(wanted - spec.tolerance_mm));
    let code = match (too_large, too_small) {
        (true, _) => "PHOTO_TOO_LARGE",
        (false, true) => "PHOTO_TOO_SMALL",
        (false, false) => return None,
    };
    Some((reason(code), format!("{} × {} mm", tenths(width_um), tenths(height_um))))
}

/// Micrometres as millimetres with one decimal, rounded.
fn tenths(um: u32) -> String {
    let tenths = um.saturating_add(50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}
