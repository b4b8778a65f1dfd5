//! Tables `blank_batch` and `blank`: the blanks (空白证) that came in, and what became of each.
//!
//! A blank goes from on hand to used, spoiled or lost, and a used one may still be spoiled with its card. No row is ever
//! removed, so that received = on hand + used + spoiled + lost, always. What a person says of a print is true whatever the
//! book says: a card that was made although the book had no blank gets a row of its own, which the day's close names.

mod moves;

use casework::nouns::{Actor, CardNumber, CaseId};
use casework::stock::Serials;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::parsed,
};

pub(crate) use moves::{number_spoiled, on_hand, printed, receive, wasted, write_off};

const READING: &str = "read the blanks";
const WRITING: &str = "write a blank";

/// The account of the blanks. The left side equals the right one in every sound ledger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BlankBalance {
    /// Came in, in batches.
    pub received: u32,
    /// Used or spoiled by a print although the book had none.
    pub unbooked: u32,
    pub on_hand: u32,
    /// Of those on hand, how many bear a serial.
    pub with_serial: u32,
    pub used: u32,
    pub spoiled: u32,
    pub lost: u32,
}

impl BlankBalance {
    pub fn is_sound(&self) -> bool {
        self.received + self.unbooked == self.on_hand + self.used + self.spoiled + self.lost
    }
}

/// Where a blank stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankState {
    OnHand,
    Used,
    Spoiled,
    Lost,
}

/// A batch as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlankBatch {
    pub at: Timestamp,
    pub actor: Actor,
    pub serials: Option<Serials>,
    pub count: u32,
    pub source: String,
}

/// A blank that is on hand no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlankMove {
    pub at: Timestamp,
    pub actor: Actor,
    pub serial: Option<CardNumber>,
    /// The card's number, and the case it was printed for.
    pub card: Option<(CardNumber, CaseId)>,
    pub cause: Option<String>,
    /// The book had none when it was used.
    pub unbooked: bool,
}

impl Ledger {
    /// The account of the blanks; `None` where no batch ever came in: such a window keeps no book.
    pub fn blanks_balance(&self) -> Result<Option<BlankBalance>, LedgerError> {
        balance(self.connection())
    }

    /// Where the blank with this serial stands; `None` when it never came in.
    pub fn blank_state(&self, serial: &CardNumber) -> Result<Option<BlankState>, LedgerError> {
        state_of(self.connection(), serial).map(|found| found.map(|(_, state)| state))
    }

    /// The lowest serial on hand that is not bound to a case.
    pub fn next_blank(&self) -> Result<Option<CardNumber>, LedgerError> {
        let found: Option<String> =
            self.connection().query_row(NEXT_SERIAL, [], |row| row.get(0)).optional().doing(READING)?;
        found.map(|serial| parsed("blank", &serial, &serial)).transpose()
    }

    /// Numbers that are bound to a case and have not taken their blank yet.
    pub fn numbers_without_blank(&self) -> Result<u32, LedgerError> {
        self.connection().query_row(AWAITED, [], |row| row.get(0)).doing(READING)
    }

    /// The newest batches, newest first.
    pub fn blank_batches(&self, most: u32) -> Result<Vec<BlankBatch>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT station_seq, at, actor, first, last, n, source FROM blank_batch ORDER BY station_seq DESC LIMIT ?1",
            )
            .doing(READING)?;
        let rows = select.query_map([most], |row| Ok(batch(row))).doing(READING)?;
        rows.map(|row| row.doing(READING)?).collect()
    }

    /// The newest blanks of a state, newest first. Those on hand are counted and not listed.
    pub fn blank_moves(&self, state: BlankState, most: u32) -> Result<Vec<BlankMove>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT b.id, b.at, b.actor, b.serial, b.number, c.case_id, b.cause, b.batch IS NULL
                 FROM blank b LEFT JOIN card_number c ON c.number = b.number
                 WHERE b.state = ?1 AND b.state <> 'on_hand' ORDER BY b.at DESC, b.id DESC LIMIT ?2",
            )
            .doing(READING)?;
        let rows = select.query_map((state.text(), most), |row| Ok(moved(row))).doing(READING)?;
        rows.map(|row| row.doing(READING)?).collect()
    }
}

/// Asked for with every view of the steps that need a blank; a test holds them to their indexes.
const NEXT_SERIAL: &str = "SELECT serial FROM blank b INDEXED BY blank_on_hand
     WHERE b.state = 'on_hand' AND b.serial IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM card_number c WHERE c.number = b.serial) ORDER BY b.serial LIMIT 1";
const AWAITED: &str = "SELECT count(*) FROM card_number INDEXED BY card_number_in_work WHERE state <> 'confirmed' AND state IN ('reserved', 'printed', 'confirmed')";
const KEPT: &str = "SELECT EXISTS (SELECT 1 FROM blank_batch)";
#[cfg(test)]
pub(crate) const ASKED_ALL_DAY: [&str; 2] = [NEXT_SERIAL, AWAITED];

impl BlankState {
    const ALL: [Self; 4] = [Self::OnHand, Self::Used, Self::Spoiled, Self::Lost];

    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::OnHand => "on_hand",
            Self::Used => "used",
            Self::Spoiled => "spoiled",
            Self::Lost => "lost",
        }
    }
}

/// The account by the rows themselves, which the kept one has to equal. It reads every blank.
pub(crate) fn counted_balance(connection: &Connection) -> Result<BlankBalance, LedgerError> {
    connection
        .query_row(
            "SELECT count(batch), count(*) - count(batch), count(*) FILTER (WHERE state = 'on_hand'),
                    count(serial) FILTER (WHERE state = 'on_hand'), count(*) FILTER (WHERE state = 'used'),
                    count(*) FILTER (WHERE state = 'spoiled'), count(*) FILTER (WHERE state = 'lost')
             FROM blank",
            [],
            |row| {
                Ok(BlankBalance {
                    received: row.get(0)?,
                    unbooked: row.get(1)?,
                    on_hand: row.get(2)?,
                    with_serial: row.get(3)?,
                    used: row.get(4)?,
                    spoiled: row.get(5)?,
                    lost: row.get(6)?,
                })
            },
        )
        .doing(READING)
}

pub(crate) fn balance(connection: &Connection) -> Result<Option<BlankBalance>, LedgerError> {
    if !is_kept(connection)? {
        return Ok(None);
    }
    let mut balance = BlankBalance::default();
    let mut select = connection.prepare_cached("SELECT state, has_serial, n FROM blank_tally").doing(READING)?;
    let mut rows = select.query([]).doing(READING)?;
    while let Some(row) = rows.next().doing(READING)? {
        let (text, has_serial, n): (String, bool, u32) =
            (row.get(0).doing(READING)?, row.get(1).doing(READING)?, row.get(2).doing(READING)?);
        match state(&text)? {
            BlankState::OnHand => {
                balance.on_hand += n;
                balance.with_serial += if has_serial { n } else { 0 };
            }
            BlankState::Used => balance.used += n,
            BlankState::Spoiled => balance.spoiled += n,
            BlankState::Lost => balance.lost += n,
        }
    }
    let came = |kind: &str| {
        connection
            .prepare_cached("SELECT coalesce(sum(n), 0) FROM day_tally WHERE kind = ?1")
            .and_then(|mut select| select.query_row([kind], |row| row.get(0)))
            .doing(READING)
    };
    balance.received = came("blank_received")?;
    balance.unbooked = came("blank_unbooked")?;
    Ok(Some(balance))
}

fn is_kept(connection: &Connection) -> Result<bool, LedgerError> {
    connection.prepare_cached(KEPT).and_then(|mut select| select.query_row([], |row| row.get(0))).doing(READING)
}

fn state_of(connection: &Connection, serial: &CardNumber) -> Result<Option<(i64, BlankState)>, LedgerError> {
    let found: Option<(i64, String)> = connection
        .prepare_cached("SELECT id, state FROM blank WHERE serial = ?1")
        .and_then(|mut select| select.query_row([serial.as_str()], |row| Ok((row.get(0)?, row.get(1)?))).optional())
        .doing(READING)?;
    found.map(|(id, text)| Ok((id, state(&text)?))).transpose()
}

fn state(text: &str) -> Result<BlankState, LedgerError> {
    BlankState::ALL.into_iter().find(|known| known.text() == text).ok_or_else(|| LedgerError::Unreadable {
        table: "blank",
        row: text.to_owned(),
        source: "no such state".into(),
    })
}

fn batch(row: &Row<'_>) -> Result<BlankBatch, LedgerError> {
    let name = row.get::<_, u32>(0).doing(READING)?.to_string();
    let text = |column: usize| row.get::<_, String>(column).doing(READING);
    let end = |column: usize| {
        let end: Option<String> = row.get(column).doing(READING)?;
        end.map(|end| parsed::<CardNumber>("blank_batch", &name, &end)).transpose()
    };
    let serials = match (end(3)?, end(4)?) {
        (Some(first), Some(last)) => Some(Serials::between(&first, &last).map_err(|error| {
            LedgerError::Unreadable { table: "blank_batch", row: name.clone(), source: error.into() }
        })?),
        (None, _) | (_, None) => None,
    };
    Ok(BlankBatch {
        at: parsed("blank_batch", &name, &text(1)?)?,
        actor: parsed("blank_batch", &name, &text(2)?)?,
        serials,
        count: row.get(5).doing(READING)?,
        source: text(6)?,
    })
}

fn moved(row: &Row<'_>) -> Result<BlankMove, LedgerError> {
    let name = row.get::<_, i64>(0).doing(READING)?.to_string();
    let text = |column: usize| row.get::<_, String>(column).doing(READING);
    let maybe = |column: usize| row.get::<_, Option<String>>(column).doing(READING);
    let card = match (maybe(4)?, maybe(5)?) {
        (Some(number), Some(case)) => Some((parsed("blank", &name, &number)?, parsed("blank", &name, &case)?)),
        (None, _) | (_, None) => None,
    };
    Ok(BlankMove {
        at: parsed("blank", &name, &text(1)?)?,
        actor: parsed("blank", &name, &text(2)?)?,
        serial: maybe(3)?.map(|serial| parsed("blank", &name, &serial)).transpose()?,
        card,
        cause: maybe(6)?,
        unbooked: row.get(7).doing(READING)?,
    })
}
