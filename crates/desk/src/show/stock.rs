//! Blank cards and numbers as they are shown: on hand, in work, and what became of the others.

use casework::case::Case;
use casework::nouns::NumberFrom;
use casework::pack::PolicyPack;
use casework::steps::{Refusal, numbering};
use ledger::{BlankBatch, BlankMove, BlankState, Ledger, LedgerError, NumberBalance};

use super::Ground;
use super::acts::{no, yes};
use crate::contract::{Act, BlankAccount, BlockLine, NumberGiver, StockRow, StockView};
use crate::words;

/// Rows of each kind on the page; older ones stand in the ledger.
const ROWS: u32 = 20;

/// What stands on the screen while a new number is awaited from the department's system.
const NUMBER_ASKED: &str = "已向承办部门另要一个证号，新号到了会自动显示。久等不到，请打电话给承办部门。";

/// The page. Its acts are not yet those of the person at work.
pub fn view(ledger: &Ledger, pack: &PolicyPack) -> Result<StockView, LedgerError> {
    let gives = giver(pack);
    let balance = ledger.blanks_balance()?;
    let bespoken = ledger.numbers_without_blank()?;
    let rows = |state| -> Result<Vec<StockRow>, LedgerError> {
        Ok(ledger.blank_moves(state, ROWS)?.iter().map(gone).collect())
    };
    let next = match gives {
        NumberGiver::Blank => ledger.next_blank()?.map(|serial| serial.to_string()),
        NumberGiver::Block | NumberGiver::System => None,
    };
    Ok(StockView {
        gives,
        mode: mode(pack).to_owned(),
        blanks: balance.map(|balance| BlankAccount {
            received: balance.received,
            on_hand: balance.on_hand,
            bespoken: bespoken.min(balance.on_hand),
            used: balance.used,
            spoiled: balance.spoiled,
            lost: balance.lost,
            unbooked: balance.unbooked,
        }),
        next,
        blocks: match gives {
            NumberGiver::Block => ledger.numbers_balance()?.iter().map(block).collect(),
            NumberGiver::Blank | NumberGiver::System => Vec::new(),
        },
        received: ledger.blank_batches(ROWS)?.iter().map(batch).collect(),
        used: rows(BlankState::Used)?,
        spoiled: rows(BlankState::Spoiled)?,
        lost: rows(BlankState::Lost)?,
        acts: acts(gives, balance.is_some_and(|balance| balance.on_hand > 0)),
    })
}

fn acts(gives: NumberGiver, any: bool) -> Vec<Act> {
    let there = |ask| if any { yes(ask) } else { no(ask, "账上没有空白证。") };
    let mut acts = vec![yes("receive_blanks"), there("spoil_blanks"), there("report_blanks_lost")];
    match gives {
        NumberGiver::Block => acts.push(yes("grant_block")),
        NumberGiver::Blank | NumberGiver::System => {}
    }
    acts
}

/// Whether a number can be taken for this case, and how.
pub fn number(case: &Case, ground: &Ground) -> Act {
    const NO_BLANK: &str = "空白证用完了，请先领取，在“空白证与证号”里登记。";
    let giver = giver(ground.pack);
    if let Some(state) = ground.printer {
        let words = state.words();
        let ask = if giver == NumberGiver::Blank { "take_blank" } else { "reserve_number" };
        return no(ask, &format!("{}{}", words.happened, words.remedy));
    }
    match giver {
        NumberGiver::Blank => match ground.next_blank {
            Some(_) => yes("take_blank"),
            None => no("take_blank", NO_BLANK),
        },
        NumberGiver::Block if ground.numbers_left == 0 => no("reserve_number", "本窗口的号段用完了。"),
        NumberGiver::Block | NumberGiver::System if ground.blanks == Some(0) => no("reserve_number", NO_BLANK),
        NumberGiver::Block => yes("reserve_number"),
        NumberGiver::System => match numbering::returned(case) {
            Ok(_) => yes("reserve_number"),
            Err(_) if case.number_asked() => no("reserve_number", NUMBER_ASKED),
            Err(Refusal::Refused(reasons)) => {
                let words = reasons.iter().filter_map(|code| ground.pack.reason(code));
                no("reserve_number", &words.map(|one| format!("{}{}", one.public, one.remedy)).collect::<String>())
            }
            Err(Refusal::NotNow(_) | Refusal::Correct(_) | Refusal::Incomplete(_)) => {
                no("reserve_number", "现在不能取号。")
            }
        },
    }
}

pub fn giver(pack: &PolicyPack) -> NumberGiver {
    match numbering::gives(pack) {
        NumberFrom::Block => NumberGiver::Block,
        NumberFrom::Blank => NumberGiver::Blank,
        NumberFrom::System => NumberGiver::System,
    }
}

pub fn mode(pack: &PolicyPack) -> &'static str {
    match giver(pack) {
        NumberGiver::Blank => "按空白证上的号",
        NumberGiver::Block => "按本窗口的号段",
        NumberGiver::System => "由系统给号",
    }
}

fn block(block: &NumberBalance) -> BlockLine {
    BlockLine {
        first: block.lo,
        last: block.hi,
        left: block.left(),
        in_work: block.reserved + block.printed,
        made: block.confirmed,
        delivered: block.delivered,
        spoiled: block.spoiled,
    }
}

fn batch(batch: &BlankBatch) -> StockRow {
    let what = match &batch.serials {
        Some(serials) => format!("{} – {}，{} 张", serials.first(), serials.last(), batch.count),
        None => format!("{} 张", batch.count),
    };
    StockRow { at: words::moment(batch.at), by: batch.actor.to_string(), what, why: batch.source.clone() }
}

fn gone(row: &BlankMove) -> StockRow {
    let what = match (&row.serial, &row.card) {
        (Some(serial), _) => serial.to_string(),
        (None, Some((number, _))) => format!("印证号 {number}"),
        (None, None) => "1 张".to_owned(),
    };
    let case = row.card.as_ref().map(|(_, case)| format!("事项 {case}"));
    let unbooked = row.unbooked.then(|| "账上没有这张".to_owned());
    let why: Vec<String> = row.cause.iter().cloned().chain(case).chain(unbooked).collect();
    StockRow { at: words::moment(row.at), by: row.actor.to_string(), what, why: why.join("；") }
}
