//! The day's close (日结): figures from the ledger, the drawer as a person has counted it, and the sheet of both.

use casework::batch::BatchEnd;
use casework::day::{self, Counted, DayClose};
use casework::station_fact::StationFact;
use jiff::civil::Date;

use super::Page;
use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};
use crate::words;

impl Desk {
    pub(super) fn show_day(&mut self, day: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        let day = read_day(day, now)?;
        self.open_page(Page::Day(day))
    }

    /// Closes a day, today or one that was forgotten; a day that is closed already gets a further row with its reason.
    pub(super) fn close_day(
        &mut self,
        day: &str,
        counted: Counted,
        reason: &str,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        let day = read_day(day, now)?;
        let rows = u32::try_from(self.ledger.closes_of(day)?.len()).unwrap_or(u32::MAX);
        let figures = self.ledger.day_figures(day)?;
        let found = day::differences(&figures, counted);
        if reason.trim().is_empty() && !found.is_empty() && (counted.blanks.is_some() || figures.blanks.is_none()) {
            let trouble = Trouble::of("stock.unbalanced").at("reason", "请写明原因");
            return Err(found.iter().fold(trouble, |trouble, one| trouble.because(words::stock::difference(one))));
        }
        let close = day::close(day, now.today, rows.saturating_add(1), figures, counted, reason)
            .map_err(|refusal| fault::refusal("stock", &refusal, &self.pack))?;
        let pdf = self.press.day(&close, &actor, now.at)?;
        let sheet = self.ledger.store_picture(&pdf)?;
        let job = self.name_of_sheet(&close);
        let mut facts = vec![StationFact::DayClosed { close: Box::new(close), sheet: Some(sheet) }];
        if day == now.today {
            facts.extend(self.end_of_batch(BatchEnd::DayClosed)?);
        }
        self.note(&facts, &actor, None, None, now)?;
        self.page = Some(Page::Day(day));
        Ok(vec![Effect::PrintPaper { job, pdf }])
    }

    /// The very sheet that was made; the queue knows it by its name and prints it once.
    pub(super) fn print_day(&mut self, day: &str, row: u32, now: Now) -> Result<Vec<Effect>, Trouble> {
        let unknown = || Trouble::of("desk.not_now").because("没有这张日结单");
        let day = read_day(day, now)?;
        let closed =
            self.ledger.closes_of(day)?.into_iter().find(|closed| closed.close.row == row).ok_or_else(unknown)?;
        let pdf = self.ledger.picture(&closed.sheet.ok_or_else(unknown)?)?.ok_or_else(unknown)?;
        Ok(vec![Effect::PrintPaper { job: self.name_of_sheet(&closed.close), pdf }])
    }

    fn name_of_sheet(&self, close: &DayClose) -> String {
        let day = close.day.to_string().replace('-', "");
        format!("J{}-{day}-{}", self.station.window.code, close.row)
    }
}

fn read_day(text: &str, now: Now) -> Result<Date, Trouble> {
    let day = match text.trim() {
        "" => Ok(now.today),
        text => {
            text.parse::<Date>().map_err(|_| Trouble::of("desk.correct").at("day", "日期要写成 2021-11-08 这个样子"))
        }
    }?;
    if day > now.today {
        return Err(Trouble::of("desk.correct").at("day", "这一天还没有到"));
    }
    Ok(day)
}
