//! Tables `day_tally` and `day_close`: what happened on each day, counted as it happens, and the closes of days (日结).

use std::collections::BTreeMap;

use casework::{
    day::{Blanks, Cases, DayClose, Figures, Numbers, Papers},
    nouns::{Actor, PictureHash},
    station_fact::StationFact,
};
use jiff::{Timestamp, civil::Date};
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::{
    error::{Doing, LedgerError, breaks_a_rule},
    ledger::Ledger,
    table::{blank, parsed, station_fact},
};

const READING: &str = "read the figures of a day";
/// Before every day and after every day, as texts are compared.
const FIRST: &str = "";
const LAST: &str = "9999-99-99";

/// What `day_tally` counts. Each is asked for by itself, so that no day outside the period is read.
const KINDS: [&str; 22] = [
    "opened",
    "accepted",
    "refused",
    "withdrawn",
    "delivered",
    "sealed",
    "number_reserved",
    "number_spoiled",
    "card_confirmed",
    "card_spoiled",
    "card_unmade",
    "old_card_voided",
    "receipt_reprinted",
    "old_card_in",
    "old_card_back",
    "old_card_out",
    "blank_received",
    "blank_unbooked",
    "blank_used",
    "blank_unused",
    "blank_spoiled",
    "blank_lost",
];

/// A close of a day as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedDay {
    pub at: Timestamp,
    pub actor: Actor,
    pub close: DayClose,
    /// The sheet that was printed of it.
    pub sheet: Option<PictureHash>,
}

impl Ledger {
    /// The figures of a day and of those before it back to the last close: flows from the counts of the days, stocks from
    /// what stands now less what happened since.
    pub fn day_figures(&self, day: Date) -> Result<Figures, LedgerError> {
        let connection = self.connection();
        let before = self.last_close_before(day)?;
        let since = before.as_ref().and_then(|before| before.close.day.tomorrow().ok()).unwrap_or(day);
        let period = Flows::read(connection, &since.to_string(), &day.to_string())?;
        let after = Flows::read(connection, &day.tomorrow().map_or(LAST.to_owned(), |next| next.to_string()), LAST)?;
        let ever = Flows::read(connection, FIRST, LAST)?;
        let before = before.map(|before| before.close.figures);
        Ok(Figures {
            since,
            cases: self.cases(&period, &after, before.as_ref().map(|figures| figures.cases.left))?,
            numbers: numbers(connection, &period, &after, before.as_ref().map(|figures| figures.numbers))?,
            blanks: blanks(connection, &period, &after, before.as_ref().map(|figures| figures.blanks))?,
            papers: self.papers(&period, &after, &ever, before.as_ref().map(|figures| figures.papers.old_left))?,
        })
    }

    /// The closes of a day, in order; empty while it is not closed.
    pub fn closes_of(&self, day: Date) -> Result<Vec<ClosedDay>, LedgerError> {
        self.closes("SELECT station_seq FROM day_close WHERE day = ?1 ORDER BY row", &day.to_string())
    }

    /// The newest closes of all days up to this one, newest first.
    pub fn closes_up_to(&self, day: Date) -> Result<Vec<ClosedDay>, LedgerError> {
        self.closes(
            "SELECT station_seq FROM day_close WHERE day <= ?1 ORDER BY day DESC, row DESC LIMIT 14",
            &day.to_string(),
        )
    }

    /// The first day on which anything happened here; `None` in an empty ledger.
    pub fn first_day(&self) -> Result<Option<Date>, LedgerError> {
        let day: Option<String> = self
            .connection()
            .query_row("SELECT min(day) FROM day_tally WHERE kind = 'opened'", [], |row| row.get(0))
            .doing(READING)?;
        day.map(|day| parsed("day_tally", &day, &day)).transpose()
    }

    fn last_close_before(&self, day: Date) -> Result<Option<ClosedDay>, LedgerError> {
        let sql = "SELECT station_seq FROM day_close WHERE day < ?1 ORDER BY day DESC, row DESC LIMIT 1";
        Ok(self.closes(sql, &day.to_string())?.pop())
    }

    fn closes(&self, sql: &'static str, day: &str) -> Result<Vec<ClosedDay>, LedgerError> {
        let mut select = self.connection().prepare_cached(sql).doing(READING)?;
        let seqs: Vec<u32> = select.query_map([day], |row| row.get(0)).and_then(Iterator::collect).doing(READING)?;
        seqs.into_iter().map(|seq| self.close(seq)).collect()
    }

    fn close(&self, seq: u32) -> Result<ClosedDay, LedgerError> {
        let unreadable = |what: &str| LedgerError::Unreadable {
            table: "day_close",
            row: seq.to_string(),
            source: what.to_owned().into(),
        };
        let recorded = station_fact::by_seq(self.connection(), seq)?.ok_or_else(|| unreadable("its fact is gone"))?;
        let StationFact::DayClosed { close, sheet } = recorded.fact else {
            return Err(unreadable("its fact is another one"));
        };
        Ok(ClosedDay { at: recorded.at, actor: recorded.actor, close: *close, sheet })
    }

    fn cases(&self, period: &Flows, after: &Flows, before: Option<i32>) -> Result<Cases, LedgerError> {
        let net = |flows: &Flows| flows.of("opened") - flows.of("refused") - flows.of("withdrawn") - flows.of("sealed");
        let left = whole(self.count_open()?) - net(after);
        Ok(Cases {
            before: before.unwrap_or(left - net(period)),
            opened: period.of("opened"),
            accepted: period.of("accepted"),
            refused: period.of("refused"),
            withdrawn: period.of("withdrawn"),
            delivered: period.of("delivered"),
            sealed: period.of("sealed"),
            left,
        })
    }

    fn papers(&self, period: &Flows, after: &Flows, ever: &Flows, before: Option<i32>) -> Result<Papers, LedgerError> {
        let net = |flows: &Flows| flows.of("old_card_in") - flows.of("old_card_back") - flows.of("old_card_out");
        let old_now = net(ever);
        let old_left = old_now - net(after);
        let unsettled = self.unsettled_attempts()?.len();
        Ok(Papers {
            receipts: period.of("accepted"),
            reprints: period.of("receipt_reprinted"),
            old_before: before.unwrap_or(old_left - net(period)),
            old_in: period.of("old_card_in"),
            old_back: period.of("old_card_back"),
            old_out: period.of("old_card_out"),
            old_left,
            old_now,
            unsettled: i32::try_from(unsettled).unwrap_or(i32::MAX),
        })
    }
}

fn numbers(
    connection: &Connection,
    period: &Flows,
    after: &Flows,
    before: Option<Numbers>,
) -> Result<Numbers, LedgerError> {
    let counted = |state: &str| -> Result<i32, LedgerError> {
        connection
            .prepare_cached("SELECT count(*) FROM card_number INDEXED BY card_number_in_work WHERE state = ?1 AND state IN ('reserved', 'printed', 'confirmed')")
            .and_then(|mut select| select.query_row([state], |row| row.get(0)))
            .doing(READING)
    };
    let spoiled = |flows: &Flows| flows.of("number_spoiled") + flows.of("card_spoiled");
    let net = |flows: &Flows| flows.of("number_reserved") - spoiled(flows) - flows.of("delivered");
    let made = |flows: &Flows| flows.of("card_confirmed") - flows.of("card_unmade") - flows.of("delivered");
    let confirmed = counted("confirmed")?;
    let left = counted("reserved")? + counted("printed")? + confirmed - net(after);
    let made_left = confirmed - made(after);
    Ok(Numbers {
        before: before.map_or(left - net(period), |before| before.left),
        reserved: period.of("number_reserved"),
        spoiled: spoiled(period),
        delivered: period.of("delivered"),
        left,
        made_before: before.map_or(made_left - made(period), |before| before.made_left),
        confirmed: period.of("card_confirmed"),
        unmade: period.of("card_unmade"),
        made_left,
        voided: period.of("old_card_voided"),
    })
}

/// `before` is `None` without a close before, and holds `None` where that one knew no book of blanks.
fn blanks(
    connection: &Connection,
    period: &Flows,
    after: &Flows,
    before: Option<Option<Blanks>>,
) -> Result<Option<Blanks>, LedgerError> {
    let Some(balance) = blank::balance(connection)? else { return Ok(None) };
    let used = |flows: &Flows| flows.of("blank_used") - flows.of("blank_unused");
    let net = |flows: &Flows| {
        let came = flows.of("blank_received") + flows.of("blank_unbooked");
        came - used(flows) - flows.of("blank_spoiled") - flows.of("blank_lost")
    };
    let now = whole(balance.on_hand);
    let left = now - net(after);
    Ok(Some(Blanks {
        before: match before {
            Some(before) => before.map_or(0, |before| before.left),
            None => left - net(period),
        },
        received: period.of("blank_received"),
        used: used(period),
        spoiled: period.of("blank_spoiled"),
        lost: period.of("blank_lost"),
        unbooked: period.of("blank_unbooked"),
        left,
        now,
    }))
}

/// Books a close; each row of a day comes after the one before.
pub(crate) fn insert(tx: &Transaction<'_>, station_seq: u32, close: &DayClose) -> Result<(), LedgerError> {
    let day = close.day.to_string();
    let written = tx.execute(
        "INSERT INTO day_close (day, row, station_seq)
         SELECT ?1, ?2, ?3 WHERE ?2 = 1 + (SELECT count(*) FROM day_close WHERE day = ?1)",
        (&day, close.row, station_seq),
    );
    match written {
        Ok(1) => Ok(()),
        Ok(_) => Err(LedgerError::DayClosed { day: close.day }),
        Err(error) if breaks_a_rule(&error) => Err(LedgerError::DayClosed { day: close.day }),
        Err(error) => Err(error).doing("write the close of a day"),
    }
}

/// How often each kind happened between two days, both included.
struct Flows(BTreeMap<&'static str, i32>);

impl Flows {
    fn read(connection: &Connection, from: &str, to: &str) -> Result<Self, LedgerError> {
        let mut select = connection
            .prepare_cached("SELECT sum(n) FROM day_tally WHERE kind = ?1 AND day BETWEEN ?2 AND ?3")
            .doing(READING)?;
        let mut flows = BTreeMap::new();
        for kind in KINDS {
            let n: Option<Option<i32>> =
                select.query_row((kind, from, to), |row| row.get(0)).optional().doing(READING)?;
            flows.insert(kind, n.flatten().unwrap_or(0));
        }
        Ok(Self(flows))
    }

    fn of(&self, kind: &'static str) -> i32 {
        self.0.get(kind).copied().unwrap_or(0)
    }
}

fn whole(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
