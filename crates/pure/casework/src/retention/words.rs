//! What a fact of the station says of a case in words that a person typed, or that a platform said: they go with the case.

use crate::{
    follow_up::{Settled, Settlement},
    nouns::CaseId,
    station_fact::{StationFact, StickAnswer, StickOutcome},
};

/// Stands in the place of words that went.
pub const GONE: &str = "（已删除）";

/// The fact without its words about this case; `None` when it has none. What is left is who, when, which case and what kind.
pub fn without_words(fact: &StationFact, case: &CaseId) -> Option<StationFact> {
    let left = match fact {
        StationFact::Unmasked { case: of, reason: _ } if of == case => {
            StationFact::Unmasked { case: of.clone(), reason: GONE.to_owned() }
        }
        StationFact::FollowUpSettled { settled } if settled.case == *case => {
            let how = match &settled.how {
                Settlement::Done { .. } => Settlement::Done { found: GONE.to_owned(), done: GONE.to_owned() },
                Settlement::Excluded { why, .. } => Settlement::Excluded { why: *why, reason: GONE.to_owned() },
            };
            StationFact::FollowUpSettled { settled: Settled { how, ..settled.clone() } }
        }
        StationFact::ReceiptsImported { serial, sm3, answers } => {
            let answers = answers.iter().map(|answer| if answer.case == *case { quiet(answer) } else { answer.clone() });
            StationFact::ReceiptsImported { serial: *serial, sm3: sm3.clone(), answers: answers.collect() }
        }
        StationFact::Unmasked { .. }
        | StationFact::FollowUpSettled { .. }
        | StationFact::PersonAdded { .. }
        | StationFact::RolesSet { .. }
        | StationFact::PasswordSet { .. }
        | StationFact::PersonDismissed { .. }
        | StationFact::SignedIn { .. }
        | StationFact::SignedOut { .. }
        | StationFact::SignInFailed { .. }
        | StationFact::LockedOut { .. }
        | StationFact::MessageRetried { .. }
        | StationFact::PlatformRetried { .. }
        | StationFact::MessageArrived { .. }
        | StationFact::OutboxExported { .. }
        // Bookkeeping of blanks and days: it is of no case, and the count of what was spoiled has to stay explained.
        | StationFact::BlanksReceived { .. }
        | StationFact::BlanksSpoiled { .. }
        | StationFact::BlanksLost { .. }
        | StationFact::BlockGranted { .. }
        | StationFact::DayClosed { .. }
        | StationFact::ListSigned { .. }
        | StationFact::ArchiveExported { .. }
        | StationFact::PrinterCalibrated { .. }
        | StationFact::ReaderPinned { .. }
        | StationFact::Erased { .. }
        | StationFact::BatchOpened { .. }
        | StationFact::BatchClosed { .. }
        | StationFact::RetentionRun { .. }
        | StationFact::DoorSlipGiven { .. }
        | StationFact::DoorSlipsErased { .. }
        | StationFact::Exported { .. } => return None,
    };
    (left != *fact).then_some(left)
}

fn quiet(answer: &StickAnswer) -> StickAnswer {
    let outcome = match &answer.outcome {
        StickOutcome::Done { receipt } => StickOutcome::Done { receipt: receipt.clone() },
        StickOutcome::Rejected { code, .. } => StickOutcome::Rejected { code: code.clone(), text: GONE.to_owned() },
        StickOutcome::Closed { code, .. } => StickOutcome::Closed { code: code.clone(), text: GONE.to_owned() },
    };
    StickAnswer { outcome, ..answer.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_about_this_case_go_and_they_go_once() {
        let case: CaseId = "XXC-20211108-0001".parse().unwrap();
        let other: CaseId = "XXC-20211108-0002".parse().unwrap();
        let rejected = |case: &CaseId| StickAnswer {
            key: "k".to_owned(),
            case: case.clone(),
            outcome: StickOutcome::Rejected { code: "E01".to_owned(), text: "周样例的号码不对".to_owned() },
        };
        let imported = StationFact::ReceiptsImported {
            serial: 1,
            sm3: "0".repeat(64),
            answers: vec![rejected(&case), rejected(&other)],
        };
        let left = without_words(&imported, &case).unwrap();
        assert_eq!(left.body().matches("周样例").count(), 1, "what is of the other case stays");
        assert_eq!(without_words(&left, &case), None);
        let unmasked = StationFact::Unmasked { case: other.clone(), reason: "周样例来电".to_owned() };
        assert_eq!(without_words(&unmasked, &case), None);
        assert!(!without_words(&unmasked, &other).unwrap().body().contains("周样例"));
    }
}
