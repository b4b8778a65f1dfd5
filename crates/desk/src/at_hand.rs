//! What a desk holds besides the open case: where the clerk looks, whose card is awaited, what was given out last. None
//! of it is a fact; it goes with the case, and a restart begins without it.

use casework::case::{Case, Stage};
use casework::fact::Fact;
use casework::nouns::{ApplicantMode, Receiver, Role, SlipNumber};
use casework::pack::PolicyPack;
use casework::steps::{Step, acceptance, materials};

use crate::desk::Now;

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
    /// The last slip that was given out at the door since the station started.
    pub door_slip: Option<SlipNumber>,
}

impl AtHand {
    /// Another case, or none.
    pub fn leave(&mut self) {
        *self = AtHand { door_slip: self.door_slip.take(), ..AtHand::default() };
    }

    /// After an act: what the clerk went to do is done, so the step that is due is shown again.
    pub fn after(&mut self, facts: &[Fact], case: &Case, pack: &PolicyPack, now: Now) {
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
            Step::Numbering | Step::Printing | Step::Delivery | Step::Rating | Step::Archive => true,
        };
        if done {
            self.looking_at = None;
        }
    }
}

/// Steps that may be looked at out of their order: while nothing is accepted all that have their ground, later only the
/// verdict.
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
        Step::Numbering | Step::Printing | Step::Delivery | Step::Rating | Step::Archive => false,
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
