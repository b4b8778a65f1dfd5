//! What moves a blank: a batch that comes in, a print, a write-off. A blank only goes forward.

use casework::nouns::{Actor, CardNumber};
use casework::stock::Serials;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction};

use super::{BlankState, READING, WRITING, is_kept, state_of};
use crate::error::{Doing, LedgerError, breaks_a_rule};

/// Books a batch that came in.
pub(crate) fn receive(
    tx: &Transaction<'_>,
    station_seq: u32,
    at: Timestamp,
    actor: &Actor,
    (serials, count, source): (Option<&Serials>, u32, &str),
) -> Result<(), LedgerError> {
    let at = at.to_string();
    let ends = serials.map(|serials| (serials.first(), serials.last()));
    let (first, last) = (ends.as_ref().map(|ends| ends.0.as_str()), ends.as_ref().map(|ends| ends.1.as_str()));
    tx.execute(
        "INSERT INTO blank_batch (station_seq, at, actor, first, last, n, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (station_seq, &at, actor.as_str(), first, last, count, source),
    )
    .doing(WRITING)?;
    let mut write = tx
        .prepare_cached("INSERT INTO blank (batch, serial, state, at, actor) VALUES (?1, ?2, 'on_hand', ?3, ?4)")
        .doing(WRITING)?;
    match serials {
        Some(serials) => {
            for serial in serials.all() {
                match write.execute((station_seq, serial.as_str(), &at, actor.as_str())) {
                    Ok(_) => {}
                    Err(error) if breaks_a_rule(&error) => return Err(LedgerError::BlankKnown { serial }),
                    Err(error) => return Err(error).doing(WRITING),
                }
            }
        }
        None => {
            for _ in 0..count {
                write.execute((station_seq, None::<&str>, &at, actor.as_str())).doing(WRITING)?;
            }
        }
    }
    Ok(())
}

/// Takes blanks out of the book that were not printed: one by its serial, or so many of those without.
pub(crate) fn write_off(
    tx: &Transaction<'_>,
    at: Timestamp,
    actor: &Actor,
    (serial, count): (Option<&CardNumber>, u32),
    (to, cause): (BlankState, &str),
) -> Result<(), LedgerError> {
    if let Some(serial) = serial {
        let id = on_hand(tx, serial)?;
        if is_bound(tx, serial)? {
            return Err(LedgerError::BlankBound { serial: serial.clone() });
        }
        return go(tx, id, at, actor, None, to, Some(cause));
    }
    for gone in 0..count {
        let id = plain(tx)?.ok_or(LedgerError::BlanksShort { on_hand: gone, wanted: count })?;
        go(tx, id, at, actor, None, to, Some(cause))?;
    }
    Ok(())
}

/// The blank of this serial has to lie there before its serial becomes a card's number.
pub(crate) fn on_hand(tx: &Transaction<'_>, serial: &CardNumber) -> Result<i64, LedgerError> {
    match state_of(tx, serial)? {
        Some((id, BlankState::OnHand)) => Ok(id),
        Some((_, state @ (BlankState::Used | BlankState::Spoiled | BlankState::Lost))) => {
            Err(LedgerError::BlankGone { serial: serial.clone(), state })
        }
        None => Err(LedgerError::BlankUnknown { serial: serial.clone() }),
    }
}

/// A card was confirmed: the blank that it was printed on is used.
pub(crate) fn printed(
    tx: &Transaction<'_>,
    at: Timestamp,
    actor: &Actor,
    number: &CardNumber,
) -> Result<(), LedgerError> {
    take(tx, at, actor, number, BlankState::Used, None)
}

/// A card was spoiled: so is its blank, also if the card had been good at first. `was_made` says that it had.
pub(crate) fn wasted(
    tx: &Transaction<'_>,
    at: Timestamp,
    actor: &Actor,
    number: &CardNumber,
    was_made: bool,
    cause: &str,
) -> Result<(), LedgerError> {
    let used: Option<i64> = tx
        .query_row("SELECT id FROM blank WHERE number = ?1", [number.as_str()], |row| row.get(0))
        .optional()
        .doing(READING)?;
    match used {
        Some(id) => go(tx, id, at, actor, Some(number), BlankState::Spoiled, Some(cause)),
        // Its blank was used before the book was begun.
        None if was_made => Ok(()),
        None => take(tx, at, actor, number, BlankState::Spoiled, Some(cause)),
    }
}

/// A number is spent without a print: where it is the blank's own serial, the blank is spent with it.
pub(crate) fn number_spoiled(
    tx: &Transaction<'_>,
    at: Timestamp,
    actor: &Actor,
    number: &CardNumber,
    cause: &str,
) -> Result<(), LedgerError> {
    match state_of(tx, number)? {
        Some((id, BlankState::OnHand)) => go(tx, id, at, actor, Some(number), BlankState::Spoiled, Some(cause)),
        Some((_, BlankState::Used | BlankState::Spoiled | BlankState::Lost)) | None => Ok(()),
    }
}

/// Moves the blank of a print: the one whose serial is the number, else the next without a serial, else one that the book
/// does not have. Where no book is kept nothing moves.
fn take(
    tx: &Transaction<'_>,
    at: Timestamp,
    actor: &Actor,
    number: &CardNumber,
    to: BlankState,
    cause: Option<&str>,
) -> Result<(), LedgerError> {
    if !is_kept(tx)? {
        return Ok(());
    }
    let own = state_of(tx, number)?.filter(|(_, state)| *state == BlankState::OnHand).map(|(id, _)| id);
    let id = match own {
        Some(id) => Some(id),
        None => plain(tx)?,
    };
    match id {
        Some(id) => go(tx, id, at, actor, Some(number), to, cause),
        None => tx
            .prepare_cached("INSERT INTO blank (state, number, at, actor, cause) VALUES (?1, ?2, ?3, ?4, ?5)")
            .and_then(|mut write| write.execute((to.text(), number.as_str(), at.to_string(), actor.as_str(), cause)))
            .map(drop)
            .doing(WRITING),
    }
}

fn go(
    tx: &Transaction<'_>,
    id: i64,
    at: Timestamp,
    actor: &Actor,
    number: Option<&CardNumber>,
    to: BlankState,
    cause: Option<&str>,
) -> Result<(), LedgerError> {
    tx.prepare_cached("UPDATE blank SET state = ?2, number = ?3, at = ?4, actor = ?5, cause = ?6 WHERE id = ?1")
        .and_then(|mut write| {
            write.execute((id, to.text(), number.map(CardNumber::as_str), at.to_string(), actor.as_str(), cause))
        })
        .map(drop)
        .doing(WRITING)
}

fn is_bound(connection: &Connection, serial: &CardNumber) -> Result<bool, LedgerError> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM card_number WHERE number = ?1)")
        .and_then(|mut select| select.query_row([serial.as_str()], |row| row.get(0)))
        .doing(READING)
}

/// The next blank on hand that bears no serial.
fn plain(connection: &Connection) -> Result<Option<i64>, LedgerError> {
    connection
        .prepare_cached("SELECT id FROM blank WHERE state = 'on_hand' AND serial IS NULL ORDER BY id LIMIT 1")
        .and_then(|mut select| select.query_row([], |row| row.get(0)).optional())
        .doing(READING)
}
