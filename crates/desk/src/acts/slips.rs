//! Papers beside the procedure: the slip of a refusal, the one-time notice, and the receipt list once more. A slip is
//! stored as a sheet and put on record before it is printed; printing it again never makes a second one.

use casework::case::Case;
use casework::doors;
use casework::nouns::{PictureHash, ReasonCode, SlipNumber};
use casework::slips::{self, Counter, Slip};
use casework::steps::{acceptance, eligibility};
use jiff::civil::Date;
use ledger::DoorSlip;

use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};
use crate::press::For;

impl Desk {
    /// Refuses, and gives the reasons in writing: one act. Without named reasons they are those of the verdict.
    pub(super) fn refuse_case(&mut self, reasons: &[String], now: Now) -> Result<Vec<Effect>, Trouble> {
        let case = self.case()?;
        let offered = doors::refusable(case, &self.pack, now.today);
        let reasons = if reasons.is_empty() { eligibility::reasons(case) } else { chosen(reasons, &offered)? };
        if reasons.is_empty() {
            return Err(Trouble::of("desk.correct").at("reasons", "请选不予收件的原因"));
        }
        doors::refuse(case, &self.pack, reasons.clone())
            .map_err(|refusal| fault::refusal("eligibility", &refusal, &self.pack))?;
        let slip = slips::refusal(case, &self.pack, &reasons, &self.counter(now)?);
        let (pdf, hash) = self.sheet_of(&slip, now)?;
        self.judged("eligibility", now, |case, pack| {
            let mut facts = slips::issue(case, pack, &slip, hash)?;
            facts.extend(doors::refuse(case, pack, reasons)?);
            Ok(facts)
        })?;
        Ok(vec![Effect::PrintPaper { job: slip.number.to_string(), pdf }])
    }

    /// Refuses somebody for whom no case is made. The slip has a number of its own and is on record.
    pub(super) fn refuse_at_door(
        &mut self,
        reason: &str,
        born: Option<&str>,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        self.at_the_lobby()?;
        let reasons = chosen(&[reason.to_owned()], &doors::refusable_at_the_door(&self.pack, now.today))?;
        let from = match &self.pack.rules().min_age.reason {
            young if reasons.contains(young) => Some(self.eligible_from(born, now)?),
            _ => None,
        };
        let window = self.station.window.code.clone();
        let ordinal = self.ledger.next_door_slip(&window, now.today)?;
        let number = SlipNumber::at_the_door(&window, now.today, ordinal)
            .map_err(|error| Trouble::of("station.file").because(error.to_string()))?;
        let counter = self.counter(now)?;
        let slip = slips::refusal_at_the_door(&self.pack, number.clone(), &reasons, from, &counter);
        let (pdf, hash) = self.sheet_of(&slip, now)?;
        self.ledger.record_door_slip(&DoorSlip {
            number: number.clone(),
            window,
            day: now.today,
            ordinal,
            at: now.at,
            actor: counter.clerk,
            reasons,
            pdf: Some(hash),
        })?;
        self.ledger.forget_form(None, "door")?;
        self.at_hand.door_slip = Some(number.clone());
        self.changed();
        Ok(vec![Effect::PrintPaper { job: number.to_string(), pdf }])
    }

    /// The day from which somebody born on `born` may apply.
    fn eligible_from(&self, born: Option<&str>, now: Now) -> Result<Date, Trouble> {
        let wrong = |words: &str| Trouble::of("desk.correct").at("born", words);
        let born: Date = match born.map(str::trim) {
            None | Some("") => return Err(wrong("请填出生日期，好写明哪一天起可以申请")),
            Some(text) => text.parse().map_err(|_| wrong("请填一个日期，例如 1960-03-08"))?,
        };
        match eligibility::eligible_from(born, &self.pack) {
            _ if born > now.today => Err(wrong("出生日期在今天以后")),
            Some(from) if from <= now.today => Err(wrong("这个出生日期已经到了年龄，可以收件")),
            Some(from) => Ok(from),
            None => Err(wrong("请填一个日期，例如 1960-03-08")),
        }
    }

    /// The one-time notice with every gap at once; the case stays open.
    pub(super) fn issue_notice(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let slip = slips::one_time_notice(self.case()?, &self.pack, &self.counter(now)?)
            .map_err(|refusal| fault::refusal("acceptance", &refusal, &self.pack))?;
        let (pdf, hash) = self.sheet_of(&slip, now)?;
        self.judged("acceptance", now, |case, pack| slips::issue(case, pack, &slip, hash))?;
        Ok(vec![Effect::PrintPaper { job: slip.number.to_string(), pdf }])
    }

    /// Hands a slip to the printer that it has not taken yet: the power failed, or the paper.
    pub(super) fn print_slip(&mut self, number: &str) -> Result<Vec<Effect>, Trouble> {
        let unknown = || Trouble::of("desk.not_now").because("没有这张告知单");
        let number: SlipNumber = number.parse().map_err(|_| unknown())?;
        let given = self.open.as_ref().and_then(|case| case.slips().iter().find(|slip| slip.number == number));
        let sheet = match given {
            Some(slip) => slip.pdf.clone(),
            None => self.ledger.door_slip(&number)?.and_then(|slip| slip.pdf),
        };
        // A hand-over list is printed again by its number in the same way.
        let sheet = match (sheet, number.as_str().parse()) {
            (None, Ok(list)) => self.ledger.list_sheet(&list)?,
            (sheet, _) => sheet,
        };
        let pdf = self.ledger.picture(&sheet.ok_or_else(unknown)?)?.ok_or_else(unknown)?;
        Ok(vec![Effect::PrintPaper { job: number.to_string(), pdf }])
    }

    /// The receipt list once more: logged, and marked 补打 with its count (D-19, U-06).
    pub(super) fn reprint_receipt(&mut self, reason: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.judged("acceptance", now, |case, pack| acceptance::reprint_receipt(case, pack, reason))?;
        let case = self.case()?;
        let copy = case.reprints().last().map(|reprint| reprint.copy);
        Ok(vec![self.list_of(case, copy, now)?])
    }

    /// Every paper that this case has given out. They are asked for whenever the case is taken up: the power may have
    /// failed, or the printer, before they were on paper. The queue knows each by its number and prints it once.
    pub(super) fn papers_given(&self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let case = self.case()?;
        let mut effects = Vec::new();
        for slip in case.slips() {
            if let Some(pdf) = slip.pdf.as_ref().map(|hash| self.ledger.picture(hash)).transpose()?.flatten() {
                effects.push(Effect::PrintPaper { job: slip.number.to_string(), pdf });
            }
        }
        for list in [case.working_papers(), case.handover()].into_iter().flatten().filter_map(|one| one.list.as_ref()) {
            let sheet = self.ledger.list_sheet(list)?.map(|hash| self.ledger.picture(&hash)).transpose()?.flatten();
            effects.extend(sheet.map(|pdf| Effect::PrintPaper { job: list.to_string(), pdf }));
        }
        if case.receipt().is_some() && !case.is_closed() {
            effects.push(self.list_of(case, None, now)?);
            for reprint in case.reprints() {
                effects.push(self.list_of(case, Some(reprint.copy), now)?);
            }
        }
        Ok(effects)
    }

    /// The receipt list of an accepted case; `copy` is a reprint's count, and part of its job's name.
    pub(super) fn list_of(&self, case: &Case, copy: Option<u16>, now: Now) -> Result<Effect, Trouble> {
        let receipt = case.receipt().ok_or_else(|| Trouble::of("desk.not_now"))?;
        let pdf = self.press.receipt(case, &self.pack, copy, now.at, For::Printer)?;
        let job = copy.map_or_else(|| receipt.to_string(), |copy| format!("{receipt}-B{copy}"));
        Ok(Effect::PrintPaper { job, pdf })
    }

    fn sheet_of(&mut self, slip: &Slip, now: Now) -> Result<(Vec<u8>, PictureHash), Trouble> {
        let pdf = self.press.slip(slip, now.at)?;
        let hash = self.ledger.store_picture(&pdf)?;
        Ok((pdf, hash))
    }

    /// Where and by whom a slip is given out.
    pub(crate) fn counter(&self, now: Now) -> Result<Counter, Trouble> {
        Ok(Counter {
            window: self.station.window.name.clone(),
            county: self.station.window.district.clone(),
            clerk: self.actor()?,
            today: now.today,
        })
    }
}

/// Named reasons, each one of those that are offered.
fn chosen(named: &[String], offered: &[ReasonCode]) -> Result<Vec<ReasonCode>, Trouble> {
    let pick = |name: &String| offered.iter().find(|code| code.as_str() == name).cloned();
    named
        .iter()
        .map(|name| pick(name).ok_or_else(|| Trouble::of("desk.correct").at("reasons", "请从列表里选原因")))
        .collect()
}
