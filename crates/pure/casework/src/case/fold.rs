//! One fact after another: what may follow what, and what it changes.

use super::{
    Acceptance, Answered, Applicant, Attempt, AttemptState, Card, Case, Check, Draft, Handover, KeptPage, Opened,
    Overridden, Photo, PhotoJudgement, RatingAnswer, Reminded, Reprint, Stage, Verdict, handing,
    particulars::Corrected, prints, ratings,
};
use crate::{
    fact::{Fact, Recorded},
    nouns::{Actor, MaterialCode},
};

/// A record that cannot have come from this program, or was tampered with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("fact {seq} of the case cannot stand: {what}")]
pub struct BrokenRecord {
    /// Place of the fact in its case; 0 for an empty record.
    pub seq: u32,
    pub what: Break,
}

/// What is wrong with a fact where it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    #[error("the record is empty")]
    Empty,
    #[error("a record begins with `opened` and has it once")]
    Opening,
    #[error("it belongs to another case")]
    OtherCase,
    #[error("facts are counted without gaps, {expected} was due")]
    Gap { expected: u32 },
    #[error("`{fact}` cannot follow at stage `{stage}`")]
    OutOfOrder { fact: &'static str, stage: &'static str },
    #[error("`{fact}` was written while the case was put aside")]
    Parked { fact: &'static str },
    #[error("a gap was accepted")]
    Incomplete,
    #[error("a number is used that is spent or not the case's own")]
    Number,
    #[error("an attempt is named twice, or is not the current one, or stands otherwise")]
    Attempt,
    #[error("only a person can say this")]
    NotAPerson,
    #[error("a locked field stands otherwise, or did not come from a chip")]
    Override,
    #[error("what is corrected stands otherwise")]
    Correction,
    #[error("pages are kept or arranged that do not stand so")]
    Pages,
    #[error("a slip number was given out already")]
    Slip,
    #[error("reprints are counted without gaps, on the case's own receipt")]
    Reprint,
    #[error("this rating point is settled or was never offered")]
    Rating,
}

pub(super) fn open(first: &Recorded) -> Result<Case, BrokenRecord> {
    let Fact::Opened { kind, window, level, pack, training } = &first.fact else {
        return Err(BrokenRecord { seq: first.seq, what: Break::Opening });
    };
    if first.seq != 1 {
        return Err(BrokenRecord { seq: first.seq, what: Break::Gap { expected: 1 } });
    }
    Ok(Case {
        id: first.case.clone(),
        seq: 1,
        opened: Opened {
            kind: *kind,
            window: window.clone(),
            level: *level,
            pack: pack.clone(),
            training: *training,
            at: first.at,
            by: first.actor.clone(),
        },
        stage: Stage::Draft(Box::default()),
        parked: None,
        attempts: Vec::new(),
        spent: Vec::new(),
        number_asked: false,
        voids: None,
        ratings: std::collections::BTreeMap::new(),
        aftercare: super::Aftercare::default(),
        handover: None,
        working_papers: None,
        slips: Vec::new(),
        reprints: Vec::new(),
        missed: None,
    })
}

/// Changes `case` by one fact. After an error `case` may be half changed; [`Case::apply`] works on a copy.
pub(super) fn apply(case: &mut Case, recorded: &Recorded) -> Result<(), BrokenRecord> {
    let broken = |what| BrokenRecord { seq: recorded.seq, what };
    if recorded.case != case.id {
        return Err(broken(Break::OtherCase));
    }
    if recorded.seq != case.seq + 1 {
        return Err(broken(Break::Gap { expected: case.seq + 1 }));
    }
    if case.parked.is_some() && !goes_on_while_parked(&recorded.fact) {
        return Err(broken(Break::Parked { fact: recorded.fact.tag() }));
    }
    change(case, recorded).map_err(broken)?;
    case.seq = recorded.seq;
    Ok(())
}

/// Devices and platforms do not wait for a case that a person has put aside; and its papers change hands on a list, with
/// those of other cases, of which none is open.
fn goes_on_while_parked(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Resumed
            | Fact::JobSubmitted { .. }
            | Fact::PrintEnded { .. }
            | Fact::DepartmentAnswered { .. }
            | Fact::WorkingPapersHandedOver { .. }
            | Fact::HandedOver { .. }
    )
}

fn change(case: &mut Case, recorded: &Recorded) -> Result<(), Break> {
    let out_of_order = Break::OutOfOrder { fact: recorded.fact.tag(), stage: case.stage.name() };
    if case.stage.is_closed() {
        return Err(out_of_order);
    }
    match &recorded.fact {
        Fact::Opened { .. } => return Err(Break::Opening),
        Fact::Identified { role, identity, reused } => {
            draft(case).ok_or(out_of_order)?.identify(*role, identity.clone(), reused.clone());
        }
        Fact::ApplicantFilled {
            mode,
            hukou,
            hukou_basis,
            phone,
            contact_address,
            department,
            demanded,
            portrait,
            on,
        } => draft(case).ok_or(out_of_order)?.fill(Applicant {
            mode: *mode,
            hukou: *hukou,
            hukou_basis: hukou_basis.clone(),
            phone: phone.clone(),
            contact_address: contact_address.clone(),
            department: department.clone(),
            demanded: demanded.clone(),
            portrait: portrait.clone(),
            on: *on,
        }),
        Fact::EligibilityJudged { eligible, on, rules, holds_a_card } => draft(case)
            .filter(|draft| draft.identity.is_some() && draft.applicant.is_some())
            .ok_or(out_of_order)?
            .judge(Verdict { eligible: *eligible, on: *on, rules: rules.clone(), holds_a_card: *holds_a_card }),
        Fact::MaterialScanned { material, page, picture, findings } => {
            draft(case).ok_or(out_of_order)?.scan(material.clone(), *page, picture.clone(), findings.clone());
        }
        Fact::PageKept { material, page, picture, reason } => {
            by_a_person(&recorded.actor)?;
            let kept = KeptPage { reason: reason.clone(), by: recorded.actor.clone() };
            draft(case).ok_or(out_of_order)?.keep(material, *page, picture, kept).ok_or(Break::Pages)?;
        }
        Fact::PagesArranged { material, before, after } => {
            draft(case).ok_or(out_of_order)?.arrange(material, before, after).ok_or(Break::Pages)?;
        }
        Fact::MaterialChecked { material, original_inspected, errors } => {
            let check = Check {
                original_inspected: *original_inspected,
                errors: errors.clone(),
                by: recorded.actor.clone(),
                at: recorded.at,
            };
            draft(case).ok_or(out_of_order)?.check(material.clone(), check);
        }
        Fact::ToleranceCommitted { material, until, told: _ } => {
            draft(case).ok_or(out_of_order)?.commit(material.clone(), *until);
        }
        Fact::MaterialReturned { material } => give_back(case, material).ok_or(out_of_order)?,
        Fact::PhotoMeasured { original, crop, width_um, height_um, findings } => {
            draft(case).ok_or(out_of_order)?.measure(Photo {
                original: original.clone(),
                crop: crop.clone(),
                width_um: *width_um,
                height_um: *height_um,
                findings: findings.clone(),
                judgement: None,
            });
        }
        Fact::PhotoJudged { same_person, bareheaded, recent } => {
            let draft = draft(case).filter(|draft| draft.identity.is_some());
            let photo = draft.and_then(|draft| draft.photo.as_mut()).ok_or(out_of_order)?;
            photo.judgement = Some(PhotoJudgement {
                same_person: *same_person,
                bareheaded: *bareheaded,
                recent: *recent,
                by: recorded.actor.clone(),
            });
        }
        Fact::Accepted { receipt, due } => {
            let acceptance =
                Acceptance { receipt: receipt.clone(), at: recorded.at, by: recorded.actor.clone(), due: *due };
            let dossier = draft(case).ok_or(out_of_order)?.complete(acceptance).ok_or(Break::Incomplete)?;
            case.stage = Stage::Accepted(Box::new(dossier));
        }
        Fact::DepartmentAnswered { approved, reference, reasons, card_number, said } => {
            let dossier = case.stage.dossier_mut();
            let dossier = dossier.filter(|dossier| dossier.answer.takes(*approved, card_number.as_ref()));
            let reference = reference.clone();
            dossier.ok_or(out_of_order)?.answer = match approved {
                true => Answered::Approved { reference, card_number: card_number.clone() },
                false => Answered::Rejected { reference, reasons: reasons.clone(), said: said.clone() },
            };
            case.number_asked = false;
        }
        Fact::NumberReserved { number, from } => prints::reserve(case, number, *from, out_of_order)?,
        Fact::NumberSpoiled { number, cause } => prints::spoil_number(case, number, cause, out_of_order)?,
        Fact::NumberAsked { instead_of } => prints::ask_number(case, instead_of.as_ref(), out_of_order)?,
        Fact::PrintAttempted { attempt, number, reprint, pdf, queue, calibration: _, archived } => {
            let attempt = Attempt {
                id: attempt.clone(),
                number: number.clone(),
                reprint: reprint.clone(),
                pdf: pdf.clone(),
                archived: archived.clone(),
                queue: queue.clone(),
                job: None,
                state: AttemptState::Decided,
            };
            prints::attempt(case, attempt, out_of_order)?;
        }
        Fact::JobSubmitted { attempt, job } => prints::submit(case, attempt, job)?,
        Fact::PrintEnded { attempt, outcome } => prints::end(case, attempt, outcome, recorded.actor.is_person())?,
        Fact::CardConfirmed { attempt, number } => {
            let card = Card {
                number: number.clone(),
                attempt: attempt.clone(),
                confirmed_at: recorded.at,
                confirmed_by: recorded.actor.clone(),
                photo_glued: false,
            };
            prints::confirm(case, card, out_of_order)?;
        }
        Fact::CardSpoiled { attempt, number, cause } => {
            by_a_person(&recorded.actor)?;
            prints::spoil_card(case, attempt, number, cause, out_of_order)?;
        }
        Fact::PhotoGlued => {
            by_a_person(&recorded.actor)?;
            let Stage::Made { card, .. } = &mut case.stage else { return Err(out_of_order) };
            card.photo_glued = true;
        }
        Fact::DeadlineMissed { reason } => handing::missed(case, recorded, reason, out_of_order)?,
        Fact::Delivered { .. } => handing::delivered(case, recorded, out_of_order)?,
        Fact::OldCardVoided { number } => {
            let Stage::Delivered { .. } = &case.stage else { return Err(out_of_order) };
            if case.voids.is_some() || crate::steps::delivery::replaced(case) != Some(number) {
                return Err(Break::Number);
            }
            case.voids = Some(number.clone());
        }
        Fact::RatingOffered { point } => ratings::offered(case, *point, recorded.seq, out_of_order)?,
        Fact::RatingGiven { point, level, codes, text, by, again, follow_up: _ } => {
            let (seq, at, codes, text) = (recorded.seq, recorded.at, codes.clone(), text.clone());
            ratings::given(case, *point, RatingAnswer { seq, at, level: *level, codes, text, by: *by }, *again)?;
        }
        Fact::RatingDeclined { point, by: _ } => ratings::declined(case, *point, recorded.seq)?,
        Fact::DepartmentReminded { reminder } => {
            by_a_person(&recorded.actor)?;
            let (reminder, at, by) = (reminder.clone(), recorded.at, recorded.actor.clone());
            ratings::care(case, out_of_order)?.reminders.push(Reminded { reminder, at, by });
        }
        Fact::GuideHelped { guide } => {
            ratings::care(case, out_of_order)?.helped.entry(guide.clone()).or_insert(recorded.at);
        }
        Fact::GuideDeclined => ratings::care(case, out_of_order)?.help_declined = true,
        Fact::HandedOver { from, to, papers, list } => {
            let Stage::Delivered { .. } = &case.stage else { return Err(out_of_order) };
            let (from, to, papers) = (from.clone(), to.clone(), papers.clone());
            case.handover = Some(Handover { from, to, papers, list: list.clone(), at: recorded.at });
        }
        Fact::WorkingPapersHandedOver { from, to, papers, list } => {
            case.stage.dossier().ok_or(out_of_order)?;
            let (from, to, papers) = (from.clone(), to.clone(), papers.clone());
            case.working_papers = Some(Handover { from, to, papers, list: Some(list.clone()), at: recorded.at });
        }
        Fact::Sealed { package } => {
            let Stage::Delivered { dossier, card, delivery } = &case.stage else { return Err(out_of_order) };
            if case.handover.is_none() {
                return Err(Break::Incomplete);
            }
            case.stage = Stage::Sealed {
                dossier: dossier.clone(),
                card: card.clone(),
                delivery: delivery.clone(),
                package: package.clone(),
            };
        }
        Fact::FieldOverridden { role, field, before, after, reason } => {
            by_a_person(&recorded.actor)?;
            draft(case).ok_or(out_of_order)?.set_aside(Overridden {
                role: *role,
                field: *field,
                before: before.clone(),
                after: after.clone(),
                reason: reason.clone(),
                at: recorded.at,
                by: recorded.actor.clone(),
            })?;
        }
        Fact::HistoryReused { material, page, history } => {
            by_a_person(&history.checked_by)?;
            draft(case).ok_or(out_of_order)?.reuse(material.clone(), *page, history.clone());
        }
        Fact::LossNoticeRecorded { notice } => {
            draft(case).ok_or(out_of_order)?.particulars.loss_notice = Some(notice.clone());
        }
        Fact::OldCardRecorded { card } => {
            draft(case).ok_or(out_of_order)?.particulars.old_card = Some(card.clone());
        }
        Fact::Corrected { correction } => {
            let corrected = Corrected { correction: correction.clone(), at: recorded.at, by: recorded.actor.clone() };
            draft(case).ok_or(out_of_order)?.correct(corrected)?;
        }
        Fact::SlipIssued { slip } => {
            if case.slips.iter().any(|one| one.number == slip.number) {
                return Err(Break::Slip);
            }
            case.slips.push(slip.clone());
        }
        Fact::ReceiptReprinted { receipt, copy, reason } => {
            let own = case.receipt().ok_or(out_of_order)?;
            if own != receipt || usize::from(*copy) != case.reprints.len() + 1 {
                return Err(Break::Reprint);
            }
            let (reason, at, by) = (reason.clone(), recorded.at, recorded.actor.clone());
            case.reprints.push(Reprint { copy: *copy, reason, at, by });
        }
        Fact::Parked { reason } => case.parked = Some(reason.clone()),
        Fact::Resumed => {
            case.parked.take().ok_or(out_of_order)?;
        }
        Fact::Refused { reasons } => {
            let before = leave(case).ok_or(out_of_order)?;
            case.stage = Stage::Refused { before, reasons: reasons.clone() };
        }
        Fact::Withdrawn { reason } => {
            let before = leave(case).ok_or(out_of_order)?;
            case.stage = Stage::Withdrawn { before, reason: reason.clone() };
        }
    }
    Ok(())
}

fn draft(case: &mut Case) -> Option<&mut Draft> {
    let Stage::Draft(draft) = &mut case.stage else { return None };
    Some(draft)
}

fn give_back(case: &mut Case, material: &MaterialCode) -> Option<()> {
    let materials = match draft(case) {
        Some(draft) => &mut draft.materials,
        None => &mut case.stage.dossier_mut()?.materials,
    };
    materials.get_mut(material)?.returned = true;
    Some(())
}

pub(super) fn by_a_person(actor: &Actor) -> Result<(), Break> {
    if actor.is_person() { Ok(()) } else { Err(Break::NotAPerson) }
}

/// A case is left from a draft, or after acceptance while no number is bound to it.
fn leave(case: &Case) -> Option<Box<Stage>> {
    match &case.stage {
        Stage::Draft(_) | Stage::Accepted(_) => Some(Box::new(case.stage.clone())),
        Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Delivered { .. }
        | Stage::Sealed { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. } => None,
    }
}
