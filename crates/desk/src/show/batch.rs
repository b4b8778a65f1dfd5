//! The page of a batch (集中办理): whose it is, who was done in it, and how many each agent has brought today.

use casework::batch::{Batch, BatchEnd};
use casework::case::{Case, Stage};
use casework::pack::PolicyPack;
use ledger::AgentDay;

use super::acts::{no, yes};
use crate::contract::{Act, AgentLine, BatchLine, BatchStanding, BatchView, OpenBatch};
use crate::desk::{Desk, Now};
use crate::fault::Trouble;
use crate::{people, words};

/// Agents that the page counts.
const MOST_AGENTS: u32 = 50;

impl Desk {
    /// The page as it stands now. A batch whose time is over is shown as over, whether or not a beat has ended it yet.
    pub(crate) fn batch_page(&self, now: Now) -> Result<BatchView, Trouble> {
        let batch = self.ledger.open_batch()?.filter(|batch| batch.is_good(now.at));
        let agents = self.ledger.agents_of_day(now.today, MOST_AGENTS)?;
        let mark = batch.as_ref().map(|batch| self.ledger.agent_mark(&batch.agent.number)).transpose()?;
        let over = match &batch {
            Some(_) => None,
            None => self.ledger.last_batch_end(now.today)?.map(|why| over(why).to_owned()),
        };
        let cases = self.ledger.batch_cases(mark.as_deref(), now.today)?;
        let good_for = self.pack.rules().agent_read_good_for();
        Ok(BatchView {
            lines: cases.iter().filter_map(|id| self.load(id).ok()).map(|case| line(&case, &self.pack, now)).collect(),
            acts: people::forbid(
                self.hold_back(acts(batch.is_some(), self.reading, good_for.is_some()), now),
                self.session.as_ref(),
                &self.station,
            ),
            open: batch.map(|batch| {
                let today = agents.iter().find(|one| Some(&one.agent) == mark.as_ref()).map_or(0, |one| one.cases);
                open(batch, today, &self.pack, now)
            }),
            agents: agents.iter().map(|one| self.agent_line(one)).collect(),
            over,
            reading: self.reading,
            good_for: good_for.map(|time| format!("{} 分钟", time.as_mins())),
            ethnicities: words::ethnicities(),
        })
    }

    fn agent_line(&self, one: &AgentDay) -> AgentLine {
        let case = self.load(&one.newest).ok();
        let agent = case.as_ref().and_then(Case::agent);
        AgentLine {
            name: agent.map_or_else(|| "（已删除）".to_owned(), |agent| agent.name.masked()),
            cases: one.cases,
            over: is_over(one.cases, &self.pack).is_some(),
        }
    }
}

fn open(batch: Batch, today: u32, pack: &PolicyPack, now: Now) -> OpenBatch {
    OpenBatch {
        number: batch.number.to_string(),
        agent: batch.agent.name.masked(),
        standing: batch.standing,
        source: words::source(batch.agent.source).to_owned(),
        read_at: words::since(batch.read_at, now.today),
        good_until: words::since(batch.good_until, now.today),
        today,
        warning: is_over(today, pack).map(|limit| {
            format!("这位代理人今天已经代办 {today} 位，超过了 {limit} 位。可以接着办，请留意每份委托书。")
        }),
    }
}

/// The pack's number, where so many are more than it.
fn is_over(cases: u32, pack: &PolicyPack) -> Option<u16> {
    let limit = pack.rules().agent_day_warn.as_ref()?.value;
    (cases > u32::from(limit)).then_some(limit)
}

fn line(case: &Case, pack: &PolicyPack, now: Now) -> BatchLine {
    let step = || pack.step_name(casework::steps::here(case, pack, now.today)).to_owned();
    let (standing, stands) = match case.stage() {
        Stage::Draft(_) if case.parked().is_some() => (BatchStanding::Draft, format!("暂存在“{}”", step())),
        Stage::Draft(_) => (BatchStanding::Draft, format!("到“{}”", step())),
        Stage::Accepted(_) | Stage::Numbered { .. } | Stage::Printing { .. } | Stage::Made { .. } => {
            (BatchStanding::Accepted, format!("已受理，到“{}”", step()))
        }
        Stage::Delivered { .. } => (BatchStanding::Done, "已领证".to_owned()),
        Stage::Sealed { .. } => (BatchStanding::Done, "办结".to_owned()),
        Stage::Refused { .. } => (BatchStanding::Ended, "不予收件".to_owned()),
        Stage::Withdrawn { .. } => (BatchStanding::Ended, "已撤回".to_owned()),
    };
    BatchLine {
        case: case.id().to_string(),
        name: case.identity().map_or_else(|| "还没有读身份证".to_owned(), |identity| identity.name.masked()),
        kind: words::kind(case.kind()).to_owned(),
        stands,
        standing,
    }
}

fn acts(open: bool, reading: bool, allowed: bool) -> Vec<Act> {
    let waiting = "正在等代理人的身份证。";
    let mut acts = vec![yes("close_page"), yes("resume_case")];
    acts.extend(match (open, reading, allowed) {
        (false, _, false) => {
            let why = "政策包没有说代理人的身份证读一次能用多久，请逐件读。";
            vec![no("open_batch", why)]
        }
        (false, true, true) => {
            vec![no("open_batch", waiting), yes("cancel_read")]
        }
        (false, false, true) => vec![yes("open_batch")],
        (true, ..) => vec![yes("next_of_batch"), yes("end_batch")],
    });
    acts
}

/// Why there is none any more, and what to do.
fn over(why: BatchEnd) -> &'static str {
    match why {
        BatchEnd::Ended => "上一批已经结束。",
        BatchEnd::SignedOut => "退出登录时，上一批自动结束了。接着办，请代理人再放一次身份证。",
        BatchEnd::TimeOver => "代理人的身份证读过太久了，上一批自动结束了。接着办，请代理人再放一次身份证。",
        BatchEnd::DayClosed => "日结时，上一批自动结束了。接着办，请代理人再放一次身份证。",
        BatchEnd::OtherClerk => "换了人登录，上一批自动结束了。接着办，请代理人再放一次身份证。",
    }
}
