//! The follow-ups of bad ratings, for a supervisor's eyes (差评整改), and the report on how ratings are asked for (F-74).

use casework::fact::{AgainHow, Fact, Recorded};
use casework::follow_up::{Exclusion, Settlement, Standing, has_served, standing};
use casework::integrity::{Answered, Offer, Rectified, Tally, tally};
use casework::nouns::Role;
use casework::pack::PolicyPack;
use jiff::{Timestamp, ToSpan};
use ledger::{FollowUp, RatingOutcome};

use super::rating::{rater_name, when};
use crate::contract::{FollowUpLine, FollowUpStanding, FollowUpsView, IntegrityLine, IntegrityView};
use crate::desk::{Desk, Now};
use crate::fault::Trouble;
use crate::words;

/// Follow-ups that the page lists, open ones first.
pub const MOST: u32 = 100;

/// Days that the report looks back.
const SPAN_DAYS: i64 = 30;

/// Offers that the report counts: no window asks so many people in [`SPAN_DAYS`].
const MOST_OFFERS: u32 = 20_000;

impl Desk {
    /// The page as it stands now.
    pub(crate) fn follow_ups(&self, now: Now) -> Result<FollowUpsView, Trouble> {
        let all = self.ledger.follow_ups(MOST)?;
        let lines = all.iter().map(|one| self.follow_up_line(one, now)).collect::<Result<Vec<_>, Trouble>>()?;
        let count = |wanted: &[FollowUpStanding]| {
            u32::try_from(lines.iter().filter(|line| wanted.contains(&line.standing)).count()).unwrap_or(u32::MAX)
        };
        use FollowUpStanding::{Open, Overdue, Unknown};
        Ok(FollowUpsView {
            open: count(&[Open, Overdue, Unknown]),
            overdue: count(&[Overdue]),
            days_off: days_off(&self.pack),
            integrity: self.integrity(now)?,
            lines,
        })
    }

    fn follow_up_line(&self, one: &FollowUp, now: Now) -> Result<FollowUpLine, Trouble> {
        // Of a person who was forgotten only the day and the end are left.
        let record = self.ledger.case_facts(&one.case).unwrap_or_default();
        let unmasked = self.at_hand.unmasked_raters.contains(&one.case);
        let by = self.session.as_ref().map(|session| &session.name);
        let mut line = FollowUpLine {
            case: one.case.to_string(),
            seq: one.seq,
            point: String::new(),
            rated_at: words::moment(one.opened_at),
            rater: String::new(),
            level: String::new(),
            reasons: Vec::new(),
            text: String::new(),
            later: later(&record, one.seq, &self.pack),
            name: name(&record, unmasked),
            unmasked,
            standing: FollowUpStanding::Unknown,
            due: String::new(),
            end: Vec::new(),
            why_not: by
                .is_none_or(|by| has_served(&record, by))
                .then(|| "这件事您经手过，请由别的监督员来处理。".to_owned()),
        };
        let rated = record.iter().find(|recorded| recorded.seq == one.seq).map(|recorded| &recorded.fact);
        if let Some(Fact::RatingGiven { point, level, codes, text, by, .. }) = rated {
            when(*point).clone_into(&mut line.point);
            line.rater = by.map(|by| rater_name(by).to_owned()).unwrap_or_default();
            line.level = level_name(&self.pack, *level);
            line.reasons = codes.iter().map(|code| code_name(&self.pack, *level, code)).collect();
            line.text.clone_from(text);
        }
        (line.standing, line.due) = stands(one, now);
        line.end = end(one);
        Ok(line)
    }

    fn integrity(&self, now: Now) -> Result<IntegrityView, Trouble> {
        let from = now.at.checked_sub((SPAN_DAYS * 24).hours()).unwrap_or(Timestamp::MIN);
        // The moment of now counts as well.
        let to = now.at.checked_add(1.second()).unwrap_or(Timestamp::MAX);
        let offers: Vec<Offer> = self
            .ledger
            .ratings_offered(from, to, MOST_OFFERS)?
            .into_iter()
            .map(|line| Offer {
                present: line.present,
                offered_at: line.offered_at,
                answer: line
                    .answered_at
                    .zip(line.outcome)
                    .map(|(at, outcome)| Answered { at, rated: outcome == RatingOutcome::Given }),
            })
            .collect();
        let (by, all) = tally(&offers);
        let mut lines: Vec<_> = by.iter().map(|(present, tally)| integrity_line(present.as_str(), tally)).collect();
        lines.push(integrity_line("合计", &all));
        let mut rectified = Rectified::default();
        for one in self.ledger.follow_ups_opened(from, to)? {
            rectified.opened += 1;
            match one.end.map(|end| end.how) {
                None => {}
                Some(Settlement::Done { .. }) => rectified.done += 1,
                Some(Settlement::Excluded { .. }) => rectified.excluded += 1,
            }
        }
        Ok(IntegrityView {
            span: format!("{}至{}", words::day_of(from), words::date(now.today)),
            lines,
            follow_ups: rectified_words(rectified),
        })
    }
}

fn stands(one: &FollowUp, now: Now) -> (FollowUpStanding, String) {
    let until = one.due.map(words::date).unwrap_or_default();
    match one.end.as_ref().map(|end| &end.how) {
        Some(Settlement::Done { .. }) => (FollowUpStanding::Done, "已整改".to_owned()),
        Some(Settlement::Excluded { why: Exclusion::Mistaken, .. }) => {
            (FollowUpStanding::Excluded, "误评，不计入".to_owned())
        }
        Some(Settlement::Excluded { why: Exclusion::Malicious, .. }) => {
            (FollowUpStanding::Excluded, "恶意差评，不计入".to_owned())
        }
        None => match standing(one.due, now.today) {
            Standing::Open { days_left: 0 } => (FollowUpStanding::Open, format!("今天到期（{until}）")),
            Standing::Open { days_left } => (FollowUpStanding::Open, format!("还有 {days_left} 天，到 {until}")),
            Standing::Overdue { days } => (FollowUpStanding::Overdue, format!("超期 {days} 天，应在 {until} 前办")),
            Standing::Unknown => {
                (FollowUpStanding::Unknown, format!("{} 个工作日；政策包的放假表没有到那么远，请人工定日期", one.days))
            }
        },
    }
}

fn end(one: &FollowUp) -> Vec<String> {
    let Some(end) = &one.end else { return Vec::new() };
    let mut said = match &end.how {
        Settlement::Done { found, done } => vec![format!("查明：{found}"), format!("整改：{done}")],
        Settlement::Excluded { reason, .. } => vec![format!("理由：{reason}")],
    };
    said.push(format!("{}，{}", end.by, words::moment(end.at)));
    said
}

/// What the person said after this answer, at the same point.
fn later(record: &[Recorded], seq: u32, pack: &PolicyPack) -> Vec<String> {
    let said = record.iter().filter_map(|recorded| {
        let Fact::RatingGiven { level, again: Some(again), .. } = &recorded.fact else { return None };
        let how = match again.how {
            AgainHow::Correction => "本人随后改为",
            AgainHow::Duplicate => "又提交一次（不计）",
            AgainHow::AfterDeclining => "随后评为",
        };
        let said = format!("{how}：{}（{}）", level_name(pack, *level), words::moment(recorded.at));
        (again.of == seq).then_some(said)
    });
    said.collect()
}

fn name(record: &[Recorded], unmasked: bool) -> String {
    let read = record.iter().rev().find_map(|recorded| {
        let Fact::Identified { role: Role::Applicant, identity, .. } = &recorded.fact else { return None };
        Some(&identity.name)
    });
    match read {
        Some(name) if unmasked => name.as_str().to_owned(),
        Some(name) => name.masked(),
        None => String::new(),
    }
}

fn level_name(pack: &PolicyPack, level: u8) -> String {
    let known = pack.rating_levels().iter().find(|one| one.level == level);
    known.map_or_else(|| level.to_string(), |one| one.name.to_string())
}

fn code_name(pack: &PolicyPack, level: u8, code: &str) -> String {
    let codes = pack.rating_levels().iter().filter(|one| one.level == level).flat_map(|one| &one.codes);
    codes.into_iter().find(|one| one.code.as_str() == code).map_or_else(|| code.to_owned(), |one| one.name.to_string())
}

fn days_off(pack: &PolicyPack) -> String {
    match pack.working_days().map(|table| table.reach()) {
        Some((from, to)) => format!("工作日按政策包的放假表计算，表从{}到{}", words::date(from), words::date(to)),
        None => "政策包没有放假表，整改到期日请人工定".to_owned(),
    }
}

fn integrity_line(present: &str, tally: &Tally) -> IntegrityLine {
    IntegrityLine {
        present: present.to_owned(),
        offered: tally.offered,
        given: tally.given,
        declined: tally.declined,
        unanswered: tally.unanswered(),
        skipped: tally.skipped_percent().map_or_else(|| "—".to_owned(), |percent| format!("{percent}%")),
        time: tally.middle_seconds().map_or_else(|| "—".to_owned(), |seconds| format!("{seconds} 秒")),
        too_fast: tally.too_fast,
    }
}

fn rectified_words(counted: Rectified) -> String {
    let rate = counted.percent().map_or_else(|| "没有要整改的".to_owned(), |percent| format!("整改率 {percent}%"));
    format!(
        "差评 {} 件：已整改 {}，不计入 {}，未办结 {}；{rate}",
        counted.opened,
        counted.done,
        counted.excluded,
        counted.open()
    )
}
