//! What a desk holds besides the open case: where the clerk looks, whose card is awaited, what was given out last. None
//! of it is a fact; it goes with the case, and a restart begins without it.

use std::collections::BTreeSet;

use casework::case::{Case, Stage};
use casework::fact::Fact;
use casework::nouns::{ApplicantMode, CaseId, ListNumber, Receiver, Role, SlipNumber};
use casework::pack::PolicyPack;
use casework::steps::{Step, acceptance, materials, rating};

use crate::calibration::Measured;
use crate::card_code::Seen;
use crate::desk::Now;
use crate::retention::RetentionDone;

#[derive(Debug, Default)]
pub(crate) struct AtHand {
    /// The step that the clerk chose to look at instead of the one that is due.
    pub looking_at: Option<Step>,
    /// Whose card the reading that is under way is for.
    pub awaited: Option<Role>,
    /// The reading that is under way is of the card shown at the delivery.
    pub collecting: bool,
    /// Whose identity card was read at the delivery.
    pub shown_card: Option<Receiver>,
    /// The reading that is under way takes up its holder's case.
    pub taking_over: bool,
    /// The reading that is under way is of the agent of a batch, who stands so to the elders.
    pub batching: Option<String>,
    /// The last slip that was given out at the door since the station started.
    pub door_slip: Option<SlipNumber>,
    /// Cases whose person's name a supervisor asked to see, until the page of follow-ups is left.
    pub unmasked_raters: BTreeSet<CaseId>,
    /// The hand-over list that was signed last since the station started.
    pub last_list: Option<ListNumber>,
    /// The archive packages that left with the last touch, until case or page is left.
    pub packages_left: Option<PackagesLeft>,
    /// What was forgotten last, until its page is left.
    pub forgotten: Option<RetentionDone>,
    /// What the last card's code showed, until its page is left.
    pub code: Option<Seen>,
    /// The calibration that is being made, until its page is left.
    pub calibrating: Calibrating,
    /// The comparison of the package of this case, once it was worked out (`archive::comparison`).
    pub comparison: Option<(CaseId, String)>,
}

/// Putting the card printer right.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Calibrating {
    /// The sheet that was asked for last: its job, and whether the printer took it.
    pub sheet: Option<(String, bool)>,
    /// What the last readings gave, and whether it was kept.
    pub found: Option<(Measured, bool)>,
}

/// Archive packages that were taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PackagesLeft {
    pub count: u32,
    pub folder: String,
}

impl AtHand {
    /// Another case, or none.
    pub fn leave(&mut self) {
        let (door_slip, last_list) = (self.door_slip.take(), self.last_list.take());
        *self = AtHand { door_slip, last_list, ..AtHand::default() };
    }

    /// After an act: what the clerk went to do is done, so the step that is due is shown again.
    pub fn after(&mut self, facts: &[Fact], case: &Case, pack: &PolicyPack, now: Now) {
        // The screen is turned to the person when they are asked, and stays so while they read that it was taken down.
        if facts.iter().any(|fact| matches!(fact, Fact::RatingOffered { .. } | Fact::RatingGiven { .. })) {
            self.looking_at = Some(Step::Rating);
            return;
        }
        let Some(step) = self.looking_at else { return };
        let done = match step {
            Step::Identify => facts.iter().any(|fact| matches!(fact, Fact::Identified { .. })),
            Step::Applicant => facts.iter().any(|fact| matches!(fact, Fact::ApplicantFilled { .. })),
            // The verdict stays on the screen until it was read.
            Step::Eligibility => false,
            Step::Materials | Step::Photo | Step::Acceptance => {
                let open = acceptance::gaps(case, pack, now.today).iter().any(|gap| gap.step == step);
                !open && (step != Step::Materials || materials::unreturned(case, pack).is_empty())
            }
            // Help and reminders are given beside the step.
            Step::Rating => !facts.iter().all(is_aftercare),
            Step::Archive => false,
            Step::Numbering | Step::Printing | Step::Delivery => true,
        };
        if done {
            self.looking_at = None;
        }
    }
}

fn is_aftercare(fact: &Fact) -> bool {
    matches!(fact, Fact::DepartmentReminded { .. } | Fact::GuideHelped { .. } | Fact::GuideDeclined)
}

/// Steps that may be looked at out of their order: while nothing is accepted all that have their ground, later only the
/// verdict, the rating that the person who is there was asked for, and the archive behind it.
pub(crate) fn may_look_at(case: &Case, step: Step) -> bool {
    let drafting = match case.stage() {
        Stage::Draft(_) => true,
        Stage::Accepted(_)
        | Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Delivered { .. }
        | Stage::Sealed { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. } => false,
    };
    match step {
        Step::Identify => drafting,
        Step::Applicant => drafting && case.identity().is_some(),
        Step::Eligibility if !drafting => case.verdict().is_some() && !case.is_closed(),
        Step::Eligibility | Step::Materials | Step::Photo | Step::Acceptance => drafting && case.applicant().is_some(),
        Step::Rating => rating::at_hand(case).is_some(),
        Step::Archive => rating::is_open_after_delivery(case),
        Step::Numbering | Step::Printing | Step::Delivery => false,
    }
}

/// Whose card the next reading is for, as the case stands.
pub(crate) fn expected(case: &Case) -> Role {
    let agent_comes = case.applicant().is_some_and(|entry| match entry.mode {
        ApplicantMode::Agent => true,
        ApplicantMode::InPerson => false,
    });
    if agent_comes && case.identity().is_some() && case.agent().is_none() { Role::Agent } else { Role::Applicant }
}
