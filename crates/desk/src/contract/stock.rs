use serde::Serialize;
use ts_rs::TS;

use super::Act;

/// What gives a card its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NumberGiver {
    Block,
    /// The blank bears it: it is scanned or typed.
    Blank,
    /// It comes with the department's result.
    System,
}

/// Blank cards (空白证) and numbers of this window.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StockView {
    pub gives: NumberGiver,
    /// Where the numbers come from, in words.
    pub mode: String,
    /// `None` while no batch was ever received: then no book is kept, and printing asks for no blank.
    pub blanks: Option<BlankAccount>,
    /// The next serial in the pile, where blanks bear serials.
    pub next: Option<String>,
    pub blocks: Vec<BlockLine>,
    /// The newest rows of each kind, newest first.
    pub received: Vec<StockRow>,
    pub used: Vec<StockRow>,
    pub spoiled: Vec<StockRow>,
    pub lost: Vec<StockRow>,
    pub acts: Vec<Act>,
}

/// The account of the blanks. Received and unbooked are on hand, used, spoiled or lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BlankAccount {
    pub received: u32,
    pub on_hand: u32,
    /// Of those on hand, how many are bespoken by cases that have a number and no card yet.
    pub bespoken: u32,
    pub used: u32,
    pub spoiled: u32,
    pub lost: u32,
    /// Used although the book had none.
    pub unbooked: u32,
}

/// A block of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BlockLine {
    pub first: u32,
    pub last: u32,
    pub left: u32,
    /// Reserved or printed, and not yet a card in the hand.
    pub in_work: u32,
    /// Cards that wait for their person.
    pub made: u32,
    pub delivered: u32,
    pub spoiled: u32,
}

/// A batch, or a blank that is on hand no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StockRow {
    /// `2021-11-08 09:05`.
    pub at: String,
    pub by: String,
    /// `A0001 – A0050，50 张`; of one blank its serial or its card's number.
    pub what: String,
    /// From where it came, for which case it was used, or why it is gone.
    pub why: String,
}

/// The day's close (日结).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DayView {
    /// `2021-11-08`.
    pub day: String,
    /// `2021年11月8日`.
    pub name: String,
    /// First day of the period, where that is another one: the days between were not closed.
    pub since: Option<String>,
    pub groups: Vec<DayGroup>,
    /// A book of blanks is kept, so the drawer is counted.
    pub counts_blanks: bool,
    /// What keeps the book from balancing already, before anything is counted.
    pub open_points: Vec<String>,
    /// The closes of this day, in order.
    pub closes: Vec<CloseLine>,
    /// The last days, newest first.
    pub days: Vec<DayChoice>,
    pub acts: Vec<Act>,
}

/// Figures that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DayGroup {
    pub name: String,
    /// What was there, what came, what went and what is left: the signs make a sum of them.
    pub sum: Vec<DayPart>,
    pub balances: bool,
    /// What is only told, and enters no sum.
    pub told: Vec<DayFigure>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DayPart {
    /// Nothing before the first, then `+`, `−` or `=`.
    pub sign: String,
    pub name: String,
    pub n: i32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DayFigure {
    pub name: String,
    pub n: i32,
}

/// One close of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CloseLine {
    pub row: u32,
    pub at: String,
    pub by: String,
    /// `平`, or each difference in words.
    pub result: Vec<String>,
    pub balanced: bool,
    pub reason: Option<String>,
    /// A sheet was made of it and can be printed again.
    pub sheet: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DayChoice {
    pub day: String,
    pub name: String,
    /// `未结`, `平`, `不平，已说明`.
    pub state: String,
    pub closed: bool,
}
