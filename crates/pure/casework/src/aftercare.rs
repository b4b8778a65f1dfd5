//! What is done for a person after acceptance, beside the required steps: the department is reminded (八·四), and the
//! person is helped to register online (八·五). Neither ever blocks anything.

use jiff::Timestamp;

use crate::{
    case::{Answered, Case},
    fact::{Fact, Reminder},
    pack::{Guide, PolicyPack, Reminding},
    steps::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, awake, printing::said},
};

/// How the department of this case may be reminded: while it has not answered, and where the pack offers it.
pub fn reminding<'a>(case: &Case, pack: &'a PolicyPack) -> Option<&'a Reminding> {
    let waiting = case.stage().dossier().is_some_and(|dossier| match dossier.answer {
        Answered::NotYet => true,
        Answered::Approved { .. } | Answered::Rejected { .. } => false,
    });
    let open = waiting && !case.is_closed() && case.delivery().is_none();
    pack.reminding().filter(|_| open)
}

/// Whole minutes that the department has had, from acceptance or from the last reminder; `None` where it is not waited
/// for. A clock that went back gives none rather than less than none.
pub fn waiting_min(case: &Case, pack: &PolicyPack, now: Timestamp) -> Option<u32> {
    reminding(case, pack)?;
    let last = case.aftercare().reminders.last().map(|one| one.at);
    let since = last.or(case.accepted_at())?;
    Some(u32::try_from(now.duration_since(since).as_mins()).unwrap_or(0))
}

/// Records that the department was reminded: how, whom the clerk spoke to, and what was said. The time is that of the
/// act, the person who reminded is its actor.
///
/// # Errors
/// `NotNow` where the department is not waited for; `Correct` for a channel that the pack does not have, and blank or
/// overlong words.
pub fn remind(case: &Case, pack: &PolicyPack, channel: &str, person: &str, words: &str) -> Judgement {
    awake(case, pack)?;
    case.acceptance().ok_or(Refusal::NotNow(Obstacle::NotAccepted))?;
    let how = reminding(case, pack).ok_or(Refusal::NotNow(Obstacle::NotWaiting))?;
    let mut wrong = Vec::new();
    if !how.channels.iter().any(|one| one.code.as_str() == channel) {
        wrong.push(FieldFault::new("channel", FieldWhy::NotAValue));
    }
    let mut take = |field, text| match said(field, text) {
        Ok(text) => text,
        Err(Refusal::Correct(faults)) => {
            wrong.extend(faults);
            String::new()
        }
        Err(Refusal::NotNow(_) | Refusal::Refused(_) | Refusal::Incomplete(_)) => String::new(),
    };
    let (person, words) = (take("person", person), take("said", words));
    if !wrong.is_empty() {
        return Err(Refusal::Correct(wrong));
    }
    let reminder = Reminder { channel: channel.to_owned(), person, said: words };
    Ok(vec![Fact::DepartmentReminded { reminder }])
}

/// What the person may still be helped with: nothing before acceptance, and nothing once they have said no.
pub fn guides<'a>(case: &Case, pack: &'a PolicyPack) -> Vec<&'a Guide> {
    let care = case.aftercare();
    if case.acceptance().is_none() || case.is_closed() || care.help_declined {
        return Vec::new();
    }
    pack.guides().iter().filter(|guide| !care.helped.contains_key(guide.code.as_str())).collect()
}

/// The person was helped with one of the ways.
///
/// # Errors
/// `NotNow` when it is not on offer (any more).
pub fn helped(case: &Case, pack: &PolicyPack, guide: &str) -> Judgement {
    awake(case, pack)?;
    let open = guides(case, pack).iter().any(|one| one.code.as_str() == guide);
    if open {
        Ok(vec![Fact::GuideHelped { guide: guide.to_owned() }])
    } else {
        Err(Refusal::NotNow(Obstacle::HelpSettled))
    }
}

/// The person does not want help: one touch, and it is not asked again.
///
/// # Errors
/// `NotNow` when nothing is on offer (any more).
pub fn decline_help(case: &Case, pack: &PolicyPack) -> Judgement {
    awake(case, pack)?;
    if guides(case, pack).is_empty() {
        return Err(Refusal::NotNow(Obstacle::HelpSettled));
    }
    Ok(vec![Fact::GuideDeclined])
}
