//! The statistics page: which days are looked at, and what of it leaves the station, each time with a row of the journal.

use casework::station_fact::StationFact;
use casework::statistics::{Days, LONGEST, Statistics};
use jiff::civil::Date;
use ledger::{CaseLine, Search, Sought, Stage, StageAsked};

use super::Page;
use crate::contract::{ExportChoice, ExportLine, SpanChoice, StatisticsEntry};
use crate::desk::{Desk, Effect, Now};
use crate::exports::{self, Export};
use crate::fault::Trouble;
use crate::{show, words};

/// The days that the page shows.
#[derive(Debug, Clone)]
pub(crate) struct Counting {
    pub asked: StatisticsEntry,
    pub days: Days,
    pub exported: Option<ExportLine>,
}

impl Desk {
    /// Opens the page on today.
    pub(super) fn show_statistics(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let effects = self.open_page(Page::Statistics)?;
        self.counting = Some(Counting::of(SpanChoice::Day, Days::one(now.today)));
        Ok(effects)
    }

    /// Looks at other days.
    pub(super) fn ask_statistics(&mut self, entry: &StatisticsEntry, now: Now) -> Result<Vec<Effect>, Trouble> {
        if self.page != Some(Page::Statistics) {
            return Err(Trouble::of("desk.not_now"));
        }
        let days = match entry.span {
            SpanChoice::Day => Days::one(now.today),
            SpanChoice::Week => Days::week_of(now.today),
            SpanChoice::Month => Days::month_of(now.today),
            SpanChoice::Range => range(entry)?,
        };
        self.counting = Some(Counting::of(entry.span, days));
        Ok(Vec::new())
    }

    /// Writes a file into the folder of exports.
    pub(super) fn export_statistics(&mut self, what: ExportChoice, now: Now) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        let Some(counting) = self.counting.clone().filter(|_| self.page == Some(Page::Statistics)) else {
            return Err(Trouble::of("desk.not_now"));
        };
        let (kind, export) = match what {
            ExportChoice::Figures => {
                let (statistics, standing) = self.counted(counting.days)?;
                let tables = exports::tables(&statistics, &standing, &self.pack);
                ("统计", Export::of_tables(&tables))
            }
            ExportChoice::Cases => ("办件", self.cases_export(counting.days)?),
        };
        let (from, to) = (counting.days.from(), counting.days.to());
        let at = jiff::tz::offset(8).to_datetime(now.at);
        let stamp = at.strftime("%Y%m%d-%H%M%S");
        let file = format!("{kind}-{}-{}-{stamp}.csv", from.strftime("%Y%m%d"), to.strftime("%Y%m%d"));
        let folder = self.station.exports_folder();
        let fact = StationFact::Exported {
            what: kind.to_owned(),
            from,
            to,
            rows: export.rows,
            file: file.clone(),
            sm3: export.sm3(),
        };
        let failed =
            |error: std::io::Error| Trouble::of("ledger.export").because(format!("{}：{error}", folder.display()));
        let laid = export.lay_down(&folder, &file).map_err(failed)?;
        if let Err(trouble) = self.note(&[fact], &actor, None, None, now) {
            laid.drop_it();
            return Err(trouble);
        }
        laid.name().map_err(failed)?;
        let line = ExportLine { file, folder: folder.display().to_string(), rows: export.rows, sm3: export.sm3() };
        self.counting = Some(Counting { exported: Some(line), ..counting });
        Ok(Vec::new())
    }

    /// What the ledger has counted on these days, and where the cases opened on them stand.
    pub(crate) fn counted(&self, days: Days) -> Result<(Statistics, Vec<(Stage, u64)>), Trouble> {
        Ok((Statistics::of(days, self.ledger.tallies(days)?), self.ledger.standing(days)?))
    }

    /// The cases opened on these days, oldest first, without anybody's name or number.
    fn cases_export(&self, days: Days) -> Result<Export, Trouble> {
        /// Read at once: a year's cases are some thousands.
        const PAGE: usize = 2_000;
        let search =
            Search { sought: Sought::Any, from: Some(days.from()), to: Some(days.to()), stage: StageAsked::Any };
        let (mut lines, mut mark) = (Vec::new(), None);
        loop {
            let found = self.ledger.search(&search, mark.as_ref(), PAGE)?;
            lines.extend(found.lines);
            mark = found.more;
            if mark.is_none() {
                break;
            }
        }
        let head = ["事项号", "办什么", "到哪一步", "收件日", "发证日", "证号", "演练"];
        Ok(Export::of(&head, lines.iter().rev().map(row)))
    }
}

fn row(line: &CaseLine) -> Vec<String> {
    let opened = jiff::tz::offset(8).to_datetime(line.opened_at).date();
    let text = |text: Option<String>| text.unwrap_or_default();
    vec![
        line.case.to_string(),
        words::kind(line.kind).to_owned(),
        show::search::stage(line).to_owned(),
        opened.to_string(),
        text(line.delivered_on.map(|day| day.to_string())),
        text(line.card.as_ref().map(ToString::to_string)),
        if line.training { "是" } else { "" }.to_owned(),
    ]
}

impl Counting {
    fn of(span: SpanChoice, days: Days) -> Counting {
        let asked = StatisticsEntry { span, from: days.from().to_string(), to: days.to().to_string() };
        Counting { asked, days, exported: None }
    }
}

fn range(entry: &StatisticsEntry) -> Result<Days, Trouble> {
    let day = |field: &str, text: &str| -> Result<Date, Trouble> {
        words::read_day(text).ok_or_else(|| Trouble::of("ledger.days").at(field, "日期要写成 2021-11-08 这个样子"))
    };
    let (from, to) = (day("from", &entry.from)?, day("to", &entry.to)?);
    Days::new(from, to).ok_or_else(|| match from <= to {
        true => Trouble::of("ledger.days").at("to", format!("一次最多看 {} 年", LONGEST / 365)),
        false => Trouble::of("ledger.days").at("to", "结束的日子不能早过开始的日子"),
    })
}
