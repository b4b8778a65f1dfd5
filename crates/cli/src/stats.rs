//! `youdai stats`: the statistics of a range of days, as words, JSON or a CSV file.

use std::path::Path;

use casework::nouns::Actor;
use casework::pack::PolicyPack;
use casework::station_fact::StationFact;
use casework::statistics::{Days, Statistics};
use desk::compose::now_at;
use desk::exports::Export;
use desk::station::StationFile;
use jiff::civil::Date;
use ledger::{Ledger, LedgerError, LedgerKey, StationEntry};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};

#[derive(Serialize)]
struct StatsAnswer {
    from: Date,
    to: Date,
    /// The tables of the page, in its words.
    tables: Vec<Table>,
    /// The file that was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    csv: Option<String>,
    /// SM3 of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    sm3: Option<String>,
}

#[derive(Serialize)]
struct Table {
    name: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Counts the days from `from` to `to`, both included. With `csv` the tables are written there as well, which is a row of
/// the journal. The program must not be running.
pub fn stats(json: bool, station: &Path, from: Date, to: Date, csv: Option<&Path>) -> End {
    let usage = |what: String| fail(json, &Failure::new("usage", what, "请看 youdai stats --help"), End::Usage);
    let Some(days) = Days::new(from, to) else {
        return usage(format!("{from} 到 {to} 不是能看的天数：结束不能早过开始，最多十年"));
    };
    let file = match StationFile::load(station) {
        Ok(file) => file,
        Err(error) => return usage(desk::fault::chain(&error)),
    };
    let name = file.pack.display().to_string();
    let text = match std::fs::read_to_string(&file.pack) {
        Ok(text) => text,
        Err(error) => return usage(format!("{name}：{error}")),
    };
    let pack = match PolicyPack::parse(&name, &text) {
        Ok(pack) => pack,
        Err(error) => return usage(desk::fault::chain(&error)),
    };
    match count(&file, &pack, days, csv) {
        Ok(answer) => {
            say(json, &answer, &answer.words());
            End::Done
        }
        Err(StatsError::Ledger { source }) => {
            let failure = Failure::new("ledger", desk::fault::chain(&source), "请先关闭窗口程序，再运行一次");
            fail(json, &failure, End::Ours)
        }
        Err(refused @ (StatsError::None | StatsError::Write { .. })) => usage(desk::fault::chain(&refused)),
    }
}

/// Why nothing was counted.
#[derive(Debug, thiserror::Error)]
enum StatsError {
    #[error("这个站点还没有台账")]
    None,
    #[error("没有写成导出的文件")]
    Write { source: std::io::Error },
    #[error("the ledger could not be read")]
    Ledger {
        #[from]
        source: LedgerError,
    },
}

fn count(file: &StationFile, pack: &PolicyPack, days: Days, csv: Option<&Path>) -> Result<StatsAnswer, StatsError> {
    let folder = crate::ledger::folder(&file.ledger_folder()).ok_or(StatsError::None)?;
    let mut ledger = Ledger::open(&folder, &LedgerKey::load_or_create(&folder.join("ledger.key"))?)?;
    let statistics = Statistics::of(days, ledger.tallies(days)?);
    let tables = desk::exports::tables(&statistics, &ledger.standing(days)?, pack);
    let mut answer = StatsAnswer { from: days.from(), to: days.to(), tables: Vec::new(), csv: None, sm3: None };
    if let Some(path) = csv {
        let export = Export::of_tables(&tables);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let laid = export.lay_down(folder, &name).map_err(|source| StatsError::Write { source })?;
        let fact = StationFact::Exported {
            what: "统计".to_owned(),
            from: days.from(),
            to: days.to(),
            rows: export.rows,
            file: name,
            sm3: export.sm3(),
        };
        let (at, actor, facts) = (now_at(file).at, Actor::system(), [fact]);
        let entry = StationEntry { at, actor: &actor, facts: &facts, password: None, tries: None };
        if let Err(source) = ledger.record_station(entry) {
            laid.drop_it();
            return Err(source.into());
        }
        laid.name().map_err(|source| StatsError::Write { source })?;
        answer.csv = Some(path.display().to_string());
        answer.sm3 = Some(export.sm3());
    }
    answer.tables =
        tables.into_iter().map(|table| Table { name: table.name, head: table.head, rows: table.rows }).collect();
    Ok(answer)
}

impl StatsAnswer {
    fn words(&self) -> String {
        let mut words = format!("{} 到 {}", self.from, self.to);
        for table in self.tables.iter().filter(|table| !table.rows.is_empty()) {
            words.push_str(&format!("\n\n{}\n  {}", table.name, table.head.join("\t")));
            for row in &table.rows {
                words.push_str(&format!("\n  {}", row.join("\t")));
            }
        }
        if let Some(csv) = &self.csv {
            words.push_str(&format!("\n\n写在 {csv}"));
        }
        words
    }
}
