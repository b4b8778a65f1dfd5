//! Tables `number_block` and `card_number`: the numbers granted to this counter, and what became of each.
//!
//! A number goes reserved → printed → confirmed → delivered, or ends spoiled with a cause. One that was delivered is void
//! once the card in its place is delivered (`void_number`). It never returns to the
//! pool: the schema refuses to remove a row or to move one back.

use casework::nouns::{CardNumber, CaseId, NumberFrom};
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::{
    error::{Doing, LedgerError, breaks_a_rule},
    ledger::Ledger,
    table::{blank, parsed},
};

const READING: &str = "read the card numbers";
const WRITING: &str = "write a card number";

/// The account of one granted block. `drawn == accounted` in every sound ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberBalance {
    pub lo: u32,
    pub hi: u32,
    /// How far into the block the numbers have been drawn.
    pub drawn: u32,
    /// How many of those have a row; the sum of the five states.
    pub accounted: u32,
    pub reserved: u32,
    pub printed: u32,
    pub confirmed: u32,
    pub delivered: u32,
    pub spoiled: u32,
}

/// Where a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberState {
    Reserved,
    Printed,
    Confirmed,
    Delivered,
    Spoiled,
    /// Delivered once, and void since the card in its place was delivered.
    Void,
}

impl NumberBalance {
    /// Numbers of the block that were never drawn.
    pub fn left(&self) -> u32 {
        self.hi - self.lo + 1 - self.drawn
    }

    /// True when every number drawn has a row and every row a state.
    pub fn is_sound(&self) -> bool {
        self.drawn == self.accounted
            && self.accounted == self.reserved + self.printed + self.confirmed + self.delivered + self.spoiled
    }
}

impl Ledger {
    /// Adds the running numbers `lo..=hi` to the pool of this counter. Granting the same block again changes nothing,
    /// so that a station file can name it at each start.
    ///
    /// # Errors
    /// [`LedgerError::BlockRefused`] when it is empty or overlaps another one.
    pub fn grant_block(&mut self, lo: u32, hi: u32) -> Result<(), LedgerError> {
        self.write("grant a block of numbers", |tx| grant(tx, lo, hi))
    }

    /// The running number that the next reservation draws, `None` when no block is granted or all are drawn. Nothing
    /// is taken by asking: the number is drawn in the transaction that records `NumberReserved`.
    pub fn next_number(&self) -> Result<Option<u32>, LedgerError> {
        next(self.connection())
    }

    /// The account of every block, in order.
    pub fn numbers_balance(&self) -> Result<Vec<NumberBalance>, LedgerError> {
        kept_balance(self.connection())
    }

    /// Where a number stands and whose it is; `None` when it was never reserved here.
    pub fn number_state(&self, number: &CardNumber) -> Result<Option<(NumberState, CaseId)>, LedgerError> {
        let found: Option<(String, String)> = self
            .connection()
            .query_row(
                "SELECT iif(v.number IS NULL, c.state, 'void'), c.case_id
                 FROM card_number c LEFT JOIN void_number v ON v.number = c.number WHERE c.number = ?1",
                [number.as_str()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .doing(READING)?;
        let Some((state, case)) = found else { return Ok(None) };
        let known = NumberState::ALL.into_iter().find(|known| known.text() == state);
        let state = known.ok_or_else(|| LedgerError::Unreadable {
            table: "card_number",
            row: number.to_string(),
            source: format!("state {state:?}").into(),
        })?;
        Ok(Some((state, parsed("card_number", number.as_str(), &case)?)))
    }
}

impl NumberState {
    const ALL: [Self; 6] = [Self::Reserved, Self::Printed, Self::Confirmed, Self::Delivered, Self::Spoiled, Self::Void];

    fn text(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Printed => "printed",
            Self::Confirmed => "confirmed",
            Self::Delivered => "delivered",
            Self::Spoiled => "spoiled",
            Self::Void => "void",
        }
    }
}

/// Adds a block to the pool; the same one again changes nothing.
pub(crate) fn grant(tx: &Transaction<'_>, lo: u32, hi: u32) -> Result<(), LedgerError> {
    let overlapping: Option<(u32, u32)> = tx
        .query_row("SELECT lo, hi FROM number_block WHERE lo <= ?2 AND hi >= ?1", (lo, hi), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
        .doing(READING)?;
    if overlapping == Some((lo, hi)) {
        return Ok(());
    }
    if overlapping.is_some() || lo == 0 || hi < lo {
        return Err(LedgerError::BlockRefused { lo, hi });
    }
    tx.prepare_cached("INSERT INTO number_block (lo, hi) VALUES (?1, ?2)")
        .and_then(|mut write| write.execute((lo, hi)))
        .doing(WRITING)?;
    Ok(())
}

/// Binds a number to a case. From the block, the next running number is drawn for it; without any block, and for a number
/// that a blank bears or a system gave, there is no running number here. A blank has to be on hand.
pub(crate) fn reserve(
    tx: &Transaction<'_>,
    case: &CaseId,
    number: &CardNumber,
    from: NumberFrom,
) -> Result<(), LedgerError> {
    if from == NumberFrom::Blank {
        // What became of a blank says more than that its number was used.
        blank::on_hand(tx, number)?;
    }
    let taken = tx
        .query_row("SELECT 1 FROM card_number WHERE number = ?1", [number.as_str()], |_| Ok(()))
        .optional()
        .doing(READING)?;
    if taken.is_some() {
        return Err(LedgerError::NumberTaken { number: number.clone() });
    }
    let n = match from {
        NumberFrom::Block => {
            let granted: bool =
                tx.query_row("SELECT EXISTS (SELECT 1 FROM number_block)", [], |row| row.get(0)).doing(READING)?;
            if granted { Some(next(tx)?.ok_or(LedgerError::NumbersExhausted)?) } else { None }
        }
        NumberFrom::Blank | NumberFrom::System => None,
    };
    if let Some(next) = n.filter(|next| !number.as_str().ends_with(&next.to_string())) {
        return Err(LedgerError::NumberNotNext { number: number.clone(), next });
    }
    tx.prepare_cached("INSERT INTO card_number (number, n, case_id, state) VALUES (?1, ?2, ?3, 'reserved')")
        .and_then(|mut write| write.execute((number.as_str(), n, case.as_str())))
        .doing(WRITING)?;
    Ok(())
}

/// Moves a number of this case on. `cause` belongs to spoiled and to nothing else.
pub(crate) fn advance(
    tx: &Transaction<'_>,
    case: &CaseId,
    number: &CardNumber,
    to: NumberState,
    cause: Option<&str>,
) -> Result<(), LedgerError> {
    let refused = || LedgerError::NumberState { number: number.clone(), to: to.text() };
    let moved = tx
        .prepare_cached("UPDATE card_number SET state = ?3, cause = ?4 WHERE number = ?1 AND case_id = ?2")
        .and_then(|mut write| write.execute((number.as_str(), case.as_str(), to.text(), cause)));
    match moved {
        Ok(1) => Ok(()),
        Ok(_) => Err(refused()),
        Err(error) if breaks_a_rule(&error) => Err(refused()),
        Err(error) => Err(error).doing(WRITING),
    }
}

/// Whether a person holds the card of this number, and it is not delivered.
pub(crate) fn is_confirmed(tx: &Transaction<'_>, number: &CardNumber) -> Result<bool, LedgerError> {
    tx.query_row(
        "SELECT EXISTS (SELECT 1 FROM card_number WHERE number = ?1 AND state = 'confirmed')",
        [number.as_str()],
        |row| row.get(0),
    )
    .doing(READING)
}

/// Hands over the confirmed card of a case. A hall delivers cards that were numbered elsewhere, so none is no error.
pub(crate) fn deliver(tx: &Transaction<'_>, case: &CaseId) -> Result<(), LedgerError> {
    tx.prepare_cached("UPDATE card_number SET state = 'delivered' WHERE case_id = ?1 AND state = 'confirmed'")
        .and_then(|mut write| write.execute([case.as_str()]))
        .doing(WRITING)?;
    Ok(())
}

/// The account of every block by its rows, which is what the kept one has to equal. It reads every number.
pub(crate) fn counted_balance(connection: &Connection) -> Result<Vec<NumberBalance>, LedgerError> {
    const COUNTED: &str = "SELECT lo, hi, drawn, accounted, reserved, printed, confirmed, delivered, spoiled
         FROM number_balance ORDER BY lo";
    read_balance(connection, COUNTED)
}

/// The account of every block as it is kept.
pub(crate) fn kept_balance(connection: &Connection) -> Result<Vec<NumberBalance>, LedgerError> {
    const KEPT: &str = "SELECT lo, hi, drawn, reserved + printed + confirmed + delivered + spoiled,
         reserved, printed, confirmed, delivered, spoiled FROM number_block ORDER BY lo";
    read_balance(connection, KEPT)
}

fn read_balance(connection: &Connection, sql: &'static str) -> Result<Vec<NumberBalance>, LedgerError> {
    let mut select = connection.prepare_cached(sql).doing(READING)?;
    let rows = select.query_map([], |row| {
        Ok(NumberBalance {
            lo: row.get(0)?,
            hi: row.get(1)?,
            drawn: row.get(2)?,
            accounted: row.get(3)?,
            reserved: row.get(4)?,
            printed: row.get(5)?,
            confirmed: row.get(6)?,
            delivered: row.get(7)?,
            spoiled: row.get(8)?,
        })
    });
    rows.and_then(Iterator::collect).doing(READING)
}

fn next(connection: &Connection) -> Result<Option<u32>, LedgerError> {
    connection
        .query_row("SELECT lo + drawn FROM number_block WHERE lo + drawn <= hi ORDER BY lo LIMIT 1", [], |row| {
            row.get(0)
        })
        .optional()
        .doing(READING)
}
