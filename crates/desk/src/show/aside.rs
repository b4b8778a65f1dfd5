//! What stands beside the steps: the door without a case, the reasons to refuse, the papers given out, what was put right.

use std::collections::BTreeMap;

use casework::case::Case;
use casework::doors;
use casework::nouns::ReasonCode;
use casework::pack::{ItemStatus, PolicyPack};
use casework::slips;
use casework::steps::eligibility;

use super::{Ground, person, rating, trail};
use crate::at_hand::AtHand;
use crate::contract::{Aside, Choice, Door, Ended, Given, Refusal};
use crate::desk::Now;
use crate::words as say;

/// What can be done in the lobby without making a case.
pub fn door(pack: &PolicyPack, at_hand: &AtHand, kept: BTreeMap<String, String>, now: Now) -> Door {
    let codes = doors::refusable_at_the_door(pack, now.today);
    let taken = pack.status() == ItemStatus::Active && pack.in_force(now.today);
    let ended = codes.first().filter(|_| !taken).map(|code| Ended {
        reason: code.to_string(),
        what: words(pack, code),
        remedy: pack.reason(code).map(|reason| reason.remedy.to_string()).unwrap_or_default(),
    });
    Door {
        ended,
        refusals: codes.iter().map(|code| Choice { value: code.to_string(), name: words(pack, code) }).collect(),
        asks_birth: pack.rules().min_age.reason.to_string(),
        last_slip: at_hand.door_slip.as_ref().map(ToString::to_string),
        taking_over: at_hand.taking_over,
        kept,
    }
}

/// That the agent's card was read for a batch and not at this case.
fn taken_over(case: &Case, now: Now) -> Option<String> {
    let reused = case.particulars().agent_reused.as_ref()?;
    let read = say::since(reused.read_at, now.today);
    Some(format!("集中办理沿用（{}）：{}，{read} 读的证。委托书要写明这位老人。", reused.batch, reused.standing))
}

/// What stands beside the step of an open case.
pub fn aside(case: &Case, ground: &Ground) -> Aside {
    let said = eligibility::reasons(case);
    let refusals = doors::refusable(case, ground.pack, ground.now.today)
        .into_iter()
        .map(|code| Refusal {
            reason: code.to_string(),
            words: words(ground.pack, &code),
            by_rule: said.contains(&code),
        })
        .collect();
    Aside {
        refusals,
        given: given(case),
        agent: case.agent().map(|agent| {
            let mut view = person::view(agent, case, ground);
            view.notes.extend(taken_over(case, ground.now));
            view
        }),
        verdict: case.verdict().map(|verdict| {
            let word = if verdict.eligible { "符合条件" } else { "不符合条件" };
            format!("{word}（{}核对）", say::date(verdict.on))
        }),
        trail: trail::lines(case, ground.pack),
        aftercare: rating::aftercare(case, ground),
        correctable: trail::correctable(case, ground.pack),
        kept: ground.kept.clone(),
        // The report of a card that went to waste says nothing of the one that is still to be made.
        filing: case.card().and_then(|_| super::results::filing(&ground.filed)),
    }
}

fn given(case: &Case) -> Vec<Given> {
    let slips = case.slips().iter().map(|slip| Given {
        title: slips::title(slip.kind, case).to_owned(),
        number: slip.number.to_string(),
        slip: true,
    });
    let list = |title: String| {
        let number = case.receipt()?.to_string();
        Some(Given { title, number, slip: false })
    };
    let reprints = case.reprints().iter().filter_map(|reprint| list(format!("收文清单（补打 {}）", reprint.copy)));
    slips.chain(list("收文清单".to_owned())).chain(reprints).collect()
}

pub(super) fn words(pack: &PolicyPack, code: &ReasonCode) -> String {
    pack.reason(code).map_or_else(|| code.to_string(), |reason| reason.public.to_string())
}
