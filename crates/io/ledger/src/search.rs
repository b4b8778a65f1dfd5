//! Searching the ledger: by name, number, person, day and stage; newest first, a page at a time, and never by reading
//! every line.

use std::ops::ControlFlow;

use casework::nouns::{CardNumber, CaseId, IdNumber};
use jiff::civil::Date;
use rusqlite::{Connection, Params, Row};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::{
        case_line::{self, CaseLine, Stage},
        name_part, parsed, setting,
    },
};

const READING: &str = "search the ledger";
/// How far either of two indexes is counted to find the one with fewer lines.
const COUNTED: u32 = 1_000;
/// Sorts after every text that a number or name can begin with.
const LAST: &str = "\u{10ffff}";

/// What is looked for. Days are those of the case's number, both included.
#[derive(Clone, PartialEq, Eq)]
pub struct Search {
    pub sought: Sought,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub stage: StageAsked,
}

/// By what it is looked for. Texts are taken literally: no character in them is a wildcard.
#[derive(Clone, PartialEq, Eq)]
pub enum Sought {
    /// Every case of the days and the stage.
    Any,
    Name {
        text: String,
        how: NameMatch,
    },
    /// The number of a case, or how it begins.
    Case(String),
    /// The number of a card, spoiled ones too, or how it begins.
    Card(String),
    /// The applicant's number, compared by its keyed hash.
    Holder(IdNumber),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameMatch {
    Whole,
    Beginning,
    Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageAsked {
    Any,
    /// Neither sealed, refused nor withdrawn.
    Open,
    Only(Stage),
}

/// One page of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub lines: Vec<CaseLine>,
    /// Where the next page begins; `None` on the last one.
    pub more: Option<Mark>,
}

/// The last line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    place: i64,
    case: CaseId,
    card: Option<CardNumber>,
}

impl Ledger {
    /// A page of at most `most` cases, newest first; of card numbers, the highest first. `after` is the mark of the page
    /// before.
    ///
    /// # Errors
    /// [`LedgerError::Storage`], [`LedgerError::Unreadable`].
    pub fn search(&self, search: &Search, after: Option<&Mark>, most: usize) -> Result<Found, LedgerError> {
        let connection = self.connection();
        let mut page = Page { search, most, lines: Vec::new(), marks: Vec::new() };
        let span = search.span(after);
        match &search.sought {
            Sought::Any => page.by_line(connection, &span)?,
            Sought::Name { text, .. } => {
                let part = name_part::folded(text);
                let part = name_part::leading(&part);
                if search.fewer_of_the_stage(connection, part, &span)? {
                    page.by_line(connection, &span)?;
                } else {
                    page.by_name(connection, part, &span)?;
                }
            }
            Sought::Case(text) => {
                let to = after.map_or_else(|| format!("{text}{LAST}"), |mark| mark.case.to_string());
                page.read(connection, &line_sql(BY_CASE), (text, to))?;
            }
            Sought::Card(text) => {
                let card = after.and_then(|mark| mark.card.as_ref());
                let to = card.map_or_else(|| format!("{text}{LAST}"), ToString::to_string);
                page.read(connection, &line_sql(BY_CARD), (text, to))?;
            }
            Sought::Holder(number) => {
                let holder = setting::holder_hash(connection, number)?;
                page.read(connection, &line_sql(BY_HOLDER), (holder, span.to, &span.case, span.from))?;
            }
        }
        Ok(page.found())
    }
}

// Each names its index: a plan without it is an error and not a slow answer.
const BY_PLACE: &str = "case_line l INDEXED BY case_line_by_place
     WHERE (l.place, l.case_id) < (?1, ?2) AND l.place >= ?3 ORDER BY l.place DESC, l.case_id DESC";
const BY_STAGE: &str = "case_line l INDEXED BY case_line_by_stage
     WHERE l.stage = ?4 AND (l.place, l.case_id) < (?1, ?2) AND l.place >= ?3 ORDER BY l.place DESC, l.case_id DESC";
const OPEN: &str = "case_line l INDEXED BY case_line_open
     WHERE l.stage NOT IN ('sealed', 'refused', 'withdrawn') AND (l.place, l.case_id) < (?1, ?2) AND l.place >= ?3
     ORDER BY l.place DESC, l.case_id DESC";
const BY_NAME: &str = "name_part p CROSS JOIN case_line l ON l.case_id = p.case_id
     WHERE p.part = ?4 AND (p.place, p.case_id) < (?1, ?2) AND p.place >= ?3 ORDER BY p.place DESC, p.case_id DESC";
const BY_CASE: &str = "case_line l WHERE l.case_id >= ?1 AND l.case_id < ?2 ORDER BY l.case_id DESC";
const BY_CARD: &str = "card_number c CROSS JOIN case_line l ON l.case_id = c.case_id
     WHERE c.number >= ?1 AND c.number < ?2 ORDER BY c.number DESC";
const BY_HOLDER: &str = "case_line l INDEXED BY case_line_of_holder
     WHERE l.holder = ?1 AND (l.place, l.case_id) < (?2, ?3) AND l.place >= ?4 ORDER BY l.place DESC, l.case_id DESC";

fn line_sql(rows: &str) -> String {
    let card = if rows == BY_CARD { "c.number" } else { "NULL" };
    format!("SELECT {}, {card} FROM {rows}", case_line::COLUMNS)
}

/// The places a page may come from: `from` included, up to `to` with `case`, which is not.
struct Span {
    from: i64,
    to: i64,
    case: String,
}

impl Search {
    fn span(&self, after: Option<&Mark>) -> Span {
        let from = self.from.map_or(i64::MIN, |day| case_line::place_of(day, 0));
        // A day's cases end where the next day's begin; there is no day after the last one that a calendar has.
        let next = self.to.and_then(|day| day.tomorrow().ok());
        let end = next.map_or(i64::MAX, |day| case_line::place_of(day, 0));
        match after {
            Some(mark) if mark.place < end => Span { from, to: mark.place, case: mark.case.to_string() },
            Some(_) | None => Span { from, to: end, case: String::new() },
        }
    }

    /// Whether fewer lines are of the stage asked for than have this part in their name.
    fn fewer_of_the_stage(&self, connection: &Connection, part: &str, span: &Span) -> Result<bool, LedgerError> {
        let counted = |rows: &str| format!("SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT {COUNTED})");
        let range = (span.to, &span.case, span.from);
        let of_stage = match self.stage {
            StageAsked::Any => return Ok(false),
            StageAsked::Open => number(connection, &counted(OPEN), range)?,
            StageAsked::Only(stage) => {
                number(connection, &counted(BY_STAGE), (span.to, &span.case, span.from, stage.text()))?
            }
        };
        let named = "name_part p WHERE p.part = ?4 AND (p.place, p.case_id) < (?1, ?2) AND p.place >= ?3";
        Ok(of_stage < number(connection, &counted(named), (span.to, &span.case, span.from, part))?)
    }

    /// What the index did not settle.
    fn fits(&self, line: &CaseLine) -> bool {
        let stage = match self.stage {
            StageAsked::Any => true,
            StageAsked::Open => !line.stage.is_closed(),
            StageAsked::Only(stage) => line.stage == stage,
        };
        let name = || line.name.as_ref().map(|name| name_part::folded(name.as_str())).unwrap_or_default();
        let sought = match &self.sought {
            Sought::Name { text, how } => match how {
                NameMatch::Whole => name() == name_part::folded(text),
                NameMatch::Beginning => name().starts_with(&name_part::folded(text)),
                NameMatch::Part => name().contains(&name_part::folded(text)),
            },
            Sought::Any | Sought::Case(_) | Sought::Card(_) | Sought::Holder(_) => true,
        };
        let place = case_line::place(&line.case).unwrap_or_default();
        let span = self.span(None);
        stage && sought && span.from <= place && place < span.to
    }
}

/// A page while it is read: rows come in their order, and reading stops one row after the page is full.
struct Page<'a> {
    search: &'a Search,
    most: usize,
    lines: Vec<CaseLine>,
    marks: Vec<Mark>,
}

impl Page<'_> {
    fn by_line(&mut self, connection: &Connection, span: &Span) -> Result<(), LedgerError> {
        let range = (span.to, &span.case, span.from);
        match self.search.stage {
            StageAsked::Any => self.read(connection, &line_sql(BY_PLACE), range),
            StageAsked::Open => self.read(connection, &line_sql(OPEN), range),
            StageAsked::Only(stage) => {
                self.read(connection, &line_sql(BY_STAGE), (span.to, &span.case, span.from, stage.text()))
            }
        }
    }

    fn by_name(&mut self, connection: &Connection, part: &str, span: &Span) -> Result<(), LedgerError> {
        self.read(connection, &line_sql(BY_NAME), (span.to, &span.case, span.from, part))
    }

    fn read(&mut self, connection: &Connection, sql: &str, params: impl Params) -> Result<(), LedgerError> {
        let mut select = connection.prepare_cached(sql).doing(READING)?;
        let mut rows = select.query(params).doing(READING)?;
        while let Some(row) = rows.next().doing(READING)? {
            if self.take(row)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn take(&mut self, row: &Row<'_>) -> Result<ControlFlow<()>, LedgerError> {
        let line = case_line::line(row)?;
        // A case that had several numbers comes up once.
        if !self.search.fits(&line) || self.lines.iter().any(|had| had.case == line.case) {
            return Ok(ControlFlow::Continue(()));
        }
        let card: Option<String> = row.get(case_line::WIDTH).doing(READING)?;
        let card = card.map(|card| parsed("card_number", &card, &card)).transpose()?;
        let place = case_line::place(&line.case).unwrap_or_default();
        self.marks.push(Mark { place, case: line.case.clone(), card });
        self.lines.push(line);
        Ok(if self.lines.len() > self.most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    fn found(mut self) -> Found {
        let more = self.lines.len() > self.most;
        self.lines.truncate(self.most);
        self.marks.truncate(self.most);
        Found { lines: self.lines, more: self.marks.pop().filter(|_| more) }
    }
}

fn number(connection: &Connection, sql: &str, params: impl Params) -> Result<u32, LedgerError> {
    connection.prepare_cached(sql).and_then(|mut select| select.query_row(params, |row| row.get(0))).doing(READING)
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search")
            .field("sought", &self.sought)
            .field("from", &self.from)
            .field("to", &self.to)
            .field("stage", &self.stage)
            .finish()
    }
}

/// Hides names: whoever searches for one has typed a person.
impl std::fmt::Debug for Sought {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Any => f.write_str("Any"),
            Self::Name { text: _, how } => f.debug_struct("Name").field("how", how).finish_non_exhaustive(),
            Self::Case(text) => f.debug_tuple("Case").field(text).finish(),
            Self::Card(text) => f.debug_tuple("Card").field(text).finish(),
            Self::Holder(_) => f.write_str("Holder(hidden)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The plans of the questions a counter asks, as SQLite tells them.
    fn plan(connection: &Connection, sql: &str) -> String {
        let mut select = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        // The plan does not ask what the parameters are.
        let mut rows = select.raw_query();
        let mut steps = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            steps.push(row.get::<_, String>(3).unwrap());
        }
        steps.join("; ")
    }

    fn schema() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        crate::migration::migrate(&mut connection).unwrap();
        connection
    }

    #[test]
    fn no_search_reads_every_line_and_none_sorts() {
        let connection = schema();
        for rows in [BY_PLACE, BY_STAGE, OPEN, BY_NAME, BY_CASE, BY_CARD] {
            let plan = plan(&connection, &line_sql(rows));
            assert!(!plan.contains("SCAN"), "{rows}: {plan}");
            assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "{rows}: {plan}");
        }
        // One person has a handful of cases; sorting them is no matter.
        assert!(!plan(&connection, &line_sql(BY_HOLDER)).contains("SCAN"));
    }

    #[test]
    fn what_a_counter_asks_all_day_reads_no_table_whole() {
        let connection = schema();
        let fixed = case_line::ASKED_ALL_DAY
            .into_iter()
            .chain(crate::table::outbox::ASKED_ALL_DAY)
            .chain(crate::table::tally::ASKED)
            .chain(crate::table::blank::ASKED_ALL_DAY)
            .chain(crate::table::open_promise::ASKED_ALL_DAY);
        for sql in fixed.map(str::to_owned).chain([crate::table::outbox_acts::backlog_question()]) {
            let plan = plan(&connection, &sql);
            assert!(!plan.contains("SCAN"), "{sql}: {plan}");
        }
    }
}
