//! Forgetting people when their time is over (保存期限): what would go today, and doing it. Asked from the command line, by
//! whoever looks after the station, between two visitors.

use casework::fact::Fact;
use casework::nouns::{Actor, CaseId};
use casework::retention::{DRAFT_DAYS, Keep, LastRun, Standing, Verdict, counted_day, judge};
use casework::station_fact::StationFact;
use casework::steps::materials;
use jiff::{ToSpan, civil::Date, tz};

use crate::contract::Fault;
use crate::desk::{Desk, Now};
use crate::fault::{self, Trouble};

/// What would be done on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionPlan {
    /// The day that is counted by.
    pub day: Date,
    /// The clock's day; when it is later than the other, it is not believed without a person's word.
    pub clock: Date,
    pub erase: Vec<CaseId>,
    /// Forms that nobody went on with: withdrawn first, then erased.
    pub abandon: Vec<CaseId>,
    /// Of those whose time is over or that have not moved for a week: what keeps each.
    pub kept: Vec<(CaseId, Keep)>,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RetentionDone {
    pub cases: u32,
    pub facts: u32,
    pub pictures: u32,
    /// Forms that were withdrawn, and of which nothing was erased yet because something has to be sent first, or an
    /// original was not given back.
    pub waiting: u32,
    /// Entries of forms that never became part of a case.
    pub entries: u32,
    /// Sheets of slips that were given at the door.
    pub slips: u32,
}

impl RetentionPlan {
    /// Whether there is nothing to do.
    pub fn is_nothing(&self) -> bool {
        self.erase.is_empty() && self.abandon.is_empty()
    }
}

impl Desk {
    /// What would go. `word` is a person's word that the clock is right.
    ///
    /// # Errors
    /// When the ledger cannot be read, in words.
    pub fn retention_plan(&self, word: bool, now: Now) -> Result<RetentionPlan, Fault> {
        self.plan(word, now).map_err(|trouble| fault::word(&trouble, &self.contacts))
    }

    /// Does what the plan says. Each case is a transaction of its own with its own row of the journal, so that stopping in
    /// between leaves nothing half done.
    ///
    /// # Errors
    /// `desk.not_now` while a case is open; when the ledger cannot be written, in words.
    pub fn retention_run(&mut self, word: bool, now: Now) -> Result<RetentionDone, Fault> {
        self.forget_whose_time_is_over(word, now).map_err(|trouble| fault::word(&trouble, &self.contacts))
    }

    pub(crate) fn plan(&self, word: bool, now: Now) -> Result<RetentionPlan, Trouble> {
        let last = self.ledger.last_retention()?.unwrap_or(LastRun { counted: now.today, clock: now.today });
        let day = counted_day(now.today, last, word);
        let days = self.pack.rules().retention_days_local.value;
        let mut plan =
            RetentionPlan { day, clock: now.today, erase: Vec::new(), abandon: Vec::new(), kept: Vec::new() };
        // Whatever moved later than the shorter period cannot be due.
        let before = day.saturating_sub(i64::from(days.min(DRAFT_DAYS)).days()).tomorrow().unwrap_or(day);
        for remembered in self.ledger.remembered(before)? {
            let standing: Standing = remembered.standing;
            match judge(standing, days, day) {
                Verdict::Erase => plan.erase.push(remembered.case),
                Verdict::Abandon => plan.abandon.push(remembered.case),
                Verdict::Keep(why) => plan.kept.push((remembered.case, why)),
            }
        }
        Ok(plan)
    }

    pub(crate) fn forget_whose_time_is_over(&mut self, word: bool, now: Now) -> Result<RetentionDone, Trouble> {
        if self.open.is_some() {
            return Err(Trouble::of("desk.not_now").because("请先把现在这件事暂存或办完"));
        }
        let actor = self.actor().unwrap_or_else(|_| Actor::system());
        let plan = self.plan(word, now)?;
        let reason = match plan.day == now.today && word {
            true => "保存期限已到；日期由人确认",
            false => "保存期限已到",
        };
        let mut done = RetentionDone::default();
        for case in &plan.abandon {
            match self.withdraw_abandoned(case, now)? {
                true => self.forget_case(case, reason, &actor, now, &mut done)?,
                false => done.waiting += 1,
            }
        }
        for case in &plan.erase {
            self.forget_case(case, reason, &actor, now, &mut done)?;
        }
        let days = self.pack.rules().retention_days_local.value;
        let before = plan.day.saturating_sub(i64::from(days).days());
        done.slips = self.ledger.erase_door_slips(before, now.at, &actor)?;
        let week_ago = plan.day.saturating_sub(i64::from(DRAFT_DAYS).days());
        if let Ok(before) = tz::offset(8).to_timestamp(week_ago.at(0, 0, 0, 0)) {
            done.entries = self.ledger.forget_entries(before)?;
        }
        self.ledger.note_retention(LastRun { counted: plan.day, clock: now.today })?;
        let run = StationFact::RetentionRun {
            counted: plan.day,
            clock: now.today,
            word,
            cases: done.cases,
            waiting: done.waiting,
        };
        self.note(&[run], &actor, None, None, now)?;
        self.ledger.forget_log()?;
        self.earlier = None;
        self.changed();
        Ok(done)
    }

    /// Notes that a day of the clock has passed, if it has.
    pub(crate) fn day_counted(&mut self, now: Now) -> Result<(), Trouble> {
        let Some(last) = self.ledger.last_retention()?.filter(|last| last.clock < now.today) else { return Ok(()) };
        let counted = counted_day(now.today, last, false);
        Ok(self.ledger.note_retention(LastRun { counted, clock: now.today })?)
    }

    fn forget_case(
        &mut self,
        case: &CaseId,
        reason: &str,
        actor: &Actor,
        now: Now,
        done: &mut RetentionDone,
    ) -> Result<(), Trouble> {
        match self.ledger.erase(case, reason, now.at, actor) {
            Ok(erased) => {
                done.cases += 1;
                done.facts += erased.facts;
                done.pictures += erased.pictures;
                Ok(())
            }
            // A withdrawal that has to be told goes out first; the case is asked about again when its period is over.
            Err(ledger::LedgerError::NotErasable { .. }) => {
                done.waiting += 1;
                Ok(())
            }
            Err(other) => Err(other.into()),
        }
    }

    /// Ends a form that nobody went on with. `false` when an original still lies here: a person has to look first.
    fn withdraw_abandoned(&mut self, id: &CaseId, now: Now) -> Result<bool, Trouble> {
        let case = self.load(id)?;
        if !materials::unreturned(&case, &self.pack).is_empty() {
            return Ok(false);
        }
        let reason = "放了一个星期没有人接着办，按保存期限结束".to_owned();
        let mut facts = vec![Fact::Withdrawn { reason }];
        if case.parked().is_some() {
            facts.insert(0, Fact::Resumed);
        }
        self.write(&case, &facts, &Actor::system(), now)?;
        Ok(true)
    }
}
