//! Table `case_line`: one line a case for the lobby and for look-ups, worked out from the facts as they are written.

use casework::{
    fact::Fact,
    nouns::{CardNumber, CaseId, CaseKind, IdNumber, PersonName, Role},
};
use jiff::{Timestamp, civil::Date, tz::Offset};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::{name_part, parsed, setting},
};

const READING: &str = "read the list of cases";
const WRITING: &str = "write the line of a case";
/// The columns of a [`CaseLine`], out of `case_line l`. Of several numbers the last one that is good is shown.
pub(crate) const COLUMNS: &str =
    "l.case_id, l.kind, l.training, l.stage, l.parked, l.name, l.last_seq, l.opened_at, l.moved_at, l.delivered_on,
     (SELECT number FROM card_number WHERE case_id = l.case_id AND state <> 'spoiled' ORDER BY number DESC LIMIT 1),
     (SELECT v.number IS NOT NULL FROM card_number c LEFT JOIN void_number v ON v.number = c.number
      WHERE c.case_id = l.case_id AND c.state <> 'spoiled' ORDER BY c.number DESC LIMIT 1)";
/// How many they are.
pub(crate) const WIDTH: usize = 12;

const NEXT_ORDINAL: &str = "SELECT coalesce(max(ordinal), 0) + 1 FROM case_line WHERE day = ?1";
const DELIVERED: &str = "SELECT count(*) FROM case_line WHERE delivered_on = ?1";
const OPEN: &str =
    "SELECT count(*) FROM case_line INDEXED BY case_line_open WHERE stage NOT IN ('sealed', 'refused', 'withdrawn')";
/// Asked for with every view or every case; a test holds them to their indexes.
#[cfg(test)]
pub(crate) const ASKED_ALL_DAY: [&str; 2] = [NEXT_ORDINAL, DELIVERED];

/// A case as the lobby lists it. `name` is personal: mask it before it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    pub case: CaseId,
    pub kind: CaseKind,
    pub training: bool,
    pub stage: Stage,
    pub parked: bool,
    pub name: Option<PersonName>,
    /// Number of facts recorded so far: the `expected_seq` of the next entry.
    pub last_seq: u32,
    pub opened_at: Timestamp,
    /// When the last fact was recorded.
    pub moved_at: Timestamp,
    /// Civil day of China Standard Time.
    pub delivered_on: Option<Date>,
    /// The number bound to the case, whatever has become of it but spoiled.
    pub card: Option<CardNumber>,
    /// That number is void: another card was delivered in its place.
    pub card_is_void: bool,
}

/// How far a case is, as coarsely as a list needs it. What may be done next is decided from the facts, not from this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Draft,
    Accepted,
    Numbered,
    Printing,
    Made,
    Delivered,
    Sealed,
    Refused,
    Withdrawn,
}

impl Ledger {
    /// Cases that are neither sealed, refused nor withdrawn, oldest first. Parked ones are among them.
    pub fn open_cases(&self) -> Result<Vec<CaseLine>, LedgerError> {
        self.lines("stage NOT IN ('sealed', 'refused', 'withdrawn') AND ?1 IS NULL", None)
    }

    /// Number of cases that are neither sealed, refused nor withdrawn.
    pub fn count_open(&self) -> Result<u32, LedgerError> {
        self.count(OPEN, [])
    }

    /// All cases opened on a civil day (the day of their numbers), in the order of their numbers.
    pub fn cases_on(&self, day: Date) -> Result<Vec<CaseLine>, LedgerError> {
        self.lines("day = ?1", Some(&day.to_string()))
    }

    /// All cases, open or closed, in which this person is the applicant: the look-up behind the duplicate guard and
    /// behind resuming with the same card. Only the keyed hash of the number is compared.
    pub fn holder_cases(&self, number: &IdNumber) -> Result<Vec<CaseLine>, LedgerError> {
        let holder = setting::holder_hash(self.connection(), number)?;
        self.lines("holder = ?1", Some(&holder))
    }

    /// The ordinal of the next case of a civil day, counted from 1.
    pub fn next_case_ordinal(&self, day: Date) -> Result<u32, LedgerError> {
        self.count(NEXT_ORDINAL, [day.to_string()])
    }

    /// Number of cards delivered on a civil day of China Standard Time.
    pub fn count_delivered(&self, day: Date) -> Result<u32, LedgerError> {
        self.count(DELIVERED, [day.to_string()])
    }

    fn count(&self, sql: &'static str, params: impl rusqlite::Params) -> Result<u32, LedgerError> {
        self.connection()
            .prepare_cached(sql)
            .and_then(|mut select| select.query_row(params, |row| row.get(0)))
            .doing("count the cases")
    }

    fn lines(&self, condition: &'static str, argument: Option<&str>) -> Result<Vec<CaseLine>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM case_line l WHERE {condition} ORDER BY place, case_id");
        let mut select = self.connection().prepare_cached(&sql).doing(READING)?;
        let rows = select.query_map([argument], |row| Ok(line(row))).doing(READING)?;
        rows.map(|row| row.doing(READING)?).collect()
    }
}

/// How many facts the case has; `None` when it does not exist.
pub(crate) fn last_seq(connection: &Connection, case: &CaseId) -> Result<Option<u32>, LedgerError> {
    connection
        .prepare_cached("SELECT last_seq FROM case_line WHERE case_id = ?1")
        .and_then(|mut select| select.query_row([case.as_str()], |row| row.get(0)).optional())
        .doing("read how far a case is")
}

/// Makes the line of a new case. The day and ordinal are those of its number.
pub(crate) fn open(tx: &Transaction<'_>, case: &CaseId, at: Timestamp, fact: &Fact) -> Result<(), LedgerError> {
    let Fact::Opened { kind, training, .. } = fact else {
        return Err(LedgerError::Opening { case: case.clone() });
    };
    let (day, ordinal) = day_and_ordinal(case).ok_or_else(|| LedgerError::CaseNumber { case: case.clone() })?;
    tx.prepare_cached(
        "INSERT INTO case_line (case_id, day, ordinal, kind, training, stage, last_seq, opened_at, moved_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 'draft', 0, ?6, ?6)",
    )
    .and_then(|mut insert| {
        insert.execute((case.as_str(), day.to_string(), ordinal, kind_text(*kind), training, at.to_string()))
    })
    .doing(WRITING)?;
    Ok(())
}

/// Moves the line on to its newest fact.
pub(crate) fn moved(tx: &Transaction<'_>, case: &CaseId, seq: u32, at: Timestamp) -> Result<(), LedgerError> {
    tx.prepare_cached("UPDATE case_line SET last_seq = ?2, moved_at = ?3 WHERE case_id = ?1")
        .and_then(|mut update| update.execute((case.as_str(), seq, at.to_string())))
        .doing(WRITING)?;
    Ok(())
}

pub(crate) fn identified(
    tx: &Transaction<'_>,
    case: &CaseId,
    role: Role,
    name: &PersonName,
    number: &IdNumber,
) -> Result<(), LedgerError> {
    match role {
        Role::Agent => Ok(()),
        Role::Applicant => {
            let holder = setting::holder_hash(tx, number)?;
            tx.prepare_cached("UPDATE case_line SET holder = ?2 WHERE case_id = ?1")
                .and_then(|mut update| update.execute((case.as_str(), holder)))
                .doing(WRITING)?;
            renamed(tx, case, name.as_str())
        }
    }
}

/// The name under which a case is found, after a clerk set the chip's aside. The holder stays: the number is locked.
pub(crate) fn renamed(tx: &Transaction<'_>, case: &CaseId, name: &str) -> Result<(), LedgerError> {
    let before: Option<String> = tx
        .prepare_cached("SELECT name FROM case_line WHERE case_id = ?1")
        .and_then(|mut select| select.query_row([case.as_str()], |row| row.get(0)))
        .doing(READING)?;
    name_part::replace(tx, case, before.as_deref(), name)?;
    tx.prepare_cached("UPDATE case_line SET name = ?2 WHERE case_id = ?1")
        .and_then(|mut update| update.execute((case.as_str(), name)))
        .doing(WRITING)?;
    Ok(())
}

/// Moves a case to a stage. A closed case stays closed: a number may still be spoiled in a withdrawn one.
pub(crate) fn reached(tx: &Transaction<'_>, case: &CaseId, stage: Stage) -> Result<(), LedgerError> {
    tx.prepare_cached(
        "UPDATE case_line SET stage = ?2 WHERE case_id = ?1 AND stage NOT IN ('sealed', 'refused', 'withdrawn')",
    )
    .and_then(|mut update| update.execute((case.as_str(), stage.text())))
    .doing(WRITING)?;
    Ok(())
}

pub(crate) fn parked(tx: &Transaction<'_>, case: &CaseId, parked: bool) -> Result<(), LedgerError> {
    tx.prepare_cached("UPDATE case_line SET parked = ?2 WHERE case_id = ?1")
        .and_then(|mut write| write.execute((case.as_str(), parked)))
        .doing(WRITING)?;
    Ok(())
}

pub(crate) fn delivered(tx: &Transaction<'_>, case: &CaseId, at: Timestamp) -> Result<(), LedgerError> {
    /// China has kept one zone, eight hours ahead and without summer time, since 1991.
    const CHINA: Offset = Offset::constant(8);
    let day = CHINA.to_datetime(at).date().to_string();
    tx.prepare_cached("UPDATE case_line SET delivered_on = ?2 WHERE case_id = ?1")
        .and_then(|mut write| write.execute((case.as_str(), day)))
        .doing(WRITING)?;
    Ok(())
}

impl Stage {
    pub(crate) const ALL: [Self; 9] = [
        Self::Draft,
        Self::Accepted,
        Self::Numbered,
        Self::Printing,
        Self::Made,
        Self::Delivered,
        Self::Sealed,
        Self::Refused,
        Self::Withdrawn,
    ];

    /// Sealed, refused or withdrawn: nothing is ever added to such a case.
    pub fn is_closed(self) -> bool {
        match self {
            Self::Sealed | Self::Refused | Self::Withdrawn => true,
            Self::Draft | Self::Accepted | Self::Numbered | Self::Printing | Self::Made | Self::Delivered => false,
        }
    }

    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Accepted => "accepted",
            Self::Numbered => "numbered",
            Self::Printing => "printing",
            Self::Made => "made",
            Self::Delivered => "delivered",
            Self::Sealed => "sealed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

fn kind_text(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::First => "first",
        CaseKind::ReissueLost => "reissue_lost",
        CaseKind::ReissueDamaged => "reissue_damaged",
    }
}

/// The kind that a row calls so.
pub(crate) fn kind_named(text: &str) -> Option<CaseKind> {
    CaseKind::ALL.into_iter().find(|known| kind_text(*known) == text)
}

/// Reads [`COLUMNS`].
pub(crate) fn line(row: &Row<'_>) -> Result<CaseLine, LedgerError> {
    let maybe = |column: usize| row.get::<_, Option<String>>(column).doing(READING);
    let text = |column: usize| row.get::<_, String>(column).doing(READING);
    let case_id = text(0)?;
    let (kind, stage) = (text(1)?, text(3)?);
    let unknown =
        |what: String| LedgerError::Unreadable { table: "case_line", row: case_id.clone(), source: what.into() };
    Ok(CaseLine {
        case: parsed("case_line", &case_id, &case_id)?,
        kind: kind_named(&kind).ok_or_else(|| unknown(format!("kind {kind:?}")))?,
        training: row.get(2).doing(READING)?,
        stage: Stage::ALL
            .into_iter()
            .find(|known| known.text() == stage)
            .ok_or_else(|| unknown(format!("stage {stage:?}")))?,
        parked: row.get(4).doing(READING)?,
        name: maybe(5)?.map(|name| parsed("case_line", &case_id, &name)).transpose()?,
        last_seq: row.get(6).doing(READING)?,
        opened_at: parsed("case_line", &case_id, &text(7)?)?,
        moved_at: parsed("case_line", &case_id, &text(8)?)?,
        delivered_on: maybe(9)?.map(|day| parsed("case_line", &case_id, &day)).transpose()?,
        card: maybe(10)?.map(|card| parsed("case_line", &case_id, &card)).transpose()?,
        card_is_void: row.get::<_, Option<bool>>(11).doing(READING)?.unwrap_or(false),
    })
}

/// Where a case stands among all cases, as the column `place` has it; `None` for a number without day and ordinal.
pub(crate) fn place(case: &CaseId) -> Option<i64> {
    day_and_ordinal(case).map(|(day, ordinal)| place_of(day, ordinal))
}

/// The place of a day's case of this ordinal; with ordinal 0, before all of them.
pub(crate) fn place_of(day: Date, ordinal: u32) -> i64 {
    let day = i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day());
    day * 10_000_000_000 + i64::from(ordinal)
}

/// `WINDOW-YYYYMMDD-NNNN`: the two last parts.
fn day_and_ordinal(case: &CaseId) -> Option<(Date, u32)> {
    let mut parts = case.as_str().rsplit('-');
    let ordinal: u32 = parts.next()?.parse().ok()?;
    let day = Date::strptime("%Y%m%d", parts.next()?).ok()?;
    (ordinal >= 1).then_some((day, ordinal))
}
