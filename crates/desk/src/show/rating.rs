//! The rating as the person sees it, and what stands beside the steps after acceptance. That somebody rated is shown; how
//! they rated is not: nothing here reads an answer.

use casework::aftercare;
use casework::case::{Case, Rating};
use casework::nouns::{Rater, RatingPoint};
use casework::pack::PolicyPack;
use casework::steps::rating;

use super::Ground;
use crate::contract::{AftercareView, Choice, GuideView, Rated, RatingChoice, RatingView, RemindView, RemindedLine};
use crate::words;

/// Name of a guide's QR code at the picture door, before its code.
pub const GUIDE: &str = "guide-";

pub fn view(case: &Case, pack: &PolicyPack) -> RatingView {
    let point = rating::at_hand(case).unwrap_or(RatingPoint::Delivery);
    let rater = rating::rater(case, point).unwrap_or(Rater::Applicant);
    RatingView {
        point: match point {
            RatingPoint::Acceptance => "acceptance",
            RatingPoint::Delivery => "delivery",
        }
        .to_owned(),
        when: when(point).to_owned(),
        rater: rater_name(rater).to_owned(),
        levels: pack
            .rating_levels()
            .iter()
            .map(|level| RatingChoice {
                level: level.level,
                name: level.name.to_string(),
                reasons: level
                    .codes
                    .iter()
                    .map(|code| Choice { value: code.code.to_string(), name: code.name.to_string() })
                    .collect(),
            })
            .collect(),
        rated: match case.ratings().get(&point) {
            None | Some(Rating::Offered) => Rated::Open,
            Some(Rating::Given(_)) => Rated::Given,
            Some(Rating::Declined) => Rated::Declined,
        },
        may_correct: rating::may_correct(case, point),
        longest_text: u32::try_from(rating::LONGEST_TEXT).unwrap_or(u32::MAX),
    }
}

/// Reminders and help with registering.
pub fn aftercare(case: &Case, ground: &Ground) -> AftercareView {
    let care = case.aftercare();
    let channels = ground.pack.reminding().map(|how| how.channels.as_slice()).unwrap_or_default();
    let channel_name = |code: &str| {
        channels
            .iter()
            .find(|one| one.code.as_str() == code)
            .map_or_else(|| code.to_owned(), |one| one.name.to_string())
    };
    AftercareView {
        remind: remind(case, ground),
        reminded: care
            .reminders
            .iter()
            .map(|one| RemindedLine {
                at: words::moment(one.at),
                channel: channel_name(&one.reminder.channel),
                person: one.reminder.person.clone(),
                said: one.reminder.said.clone(),
                by: one.by.to_string(),
            })
            .collect(),
        guides: guides(case, ground.pack),
        helped: helped(case, ground.pack),
    }
}

fn remind(case: &Case, ground: &Ground) -> Option<RemindView> {
    let how = aftercare::reminding(case, ground.pack)?;
    let waiting = aftercare::waiting_min(case, ground.pack, ground.now.at)?;
    Some(RemindView {
        line: words::consult(&ground.pack.call_for(case.applicant().map(|entry| &entry.department))),
        channels: how
            .channels
            .iter()
            .map(|one| Choice { value: one.code.to_string(), name: one.name.to_string() })
            .collect(),
        suggested: waiting >= u32::from(how.after_min),
        waiting: format!("已经等了 {waiting} 分钟"),
    })
}

/// The cards stay until the person has said no or everything was gone through.
fn guides(case: &Case, pack: &PolicyPack) -> Vec<GuideView> {
    if aftercare::guides(case, pack).is_empty() {
        return Vec::new();
    }
    let helped = &case.aftercare().helped;
    let card = |guide: &casework::pack::Guide| GuideView {
        guide: guide.code.to_string(),
        name: guide.name.to_string(),
        text: guide.text.to_string(),
        holds: guide.holds.to_string(),
        sample: guide.sample,
        picture: format!("{GUIDE}{}", guide.code),
        helped: helped.contains_key(guide.code.as_str()),
    };
    pack.guides().iter().map(card).collect()
}

fn helped(case: &Case, pack: &PolicyPack) -> Option<String> {
    let care = case.aftercare();
    let names: Vec<&str> = pack
        .guides()
        .iter()
        .filter(|guide| care.helped.contains_key(guide.code.as_str()))
        .map(|guide| guide.name.as_str())
        .collect();
    match (names.is_empty(), care.help_declined) {
        (true, false) => None,
        (true, true) => Some("不需要".to_owned()),
        (false, _) => Some(format!("已帮助：{}", names.join("、"))),
    }
}

pub(super) fn when(point: RatingPoint) -> &'static str {
    match point {
        RatingPoint::Acceptance => "受理之后",
        RatingPoint::Delivery => "领证之后",
    }
}

pub(super) fn rater_name(rater: Rater) -> &'static str {
    match rater {
        Rater::Applicant => "申请人",
        Rater::Agent => "代理人",
    }
}
