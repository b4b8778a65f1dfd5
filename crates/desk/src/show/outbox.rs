//! The outbox laid open: each message that is not done, in words. No body of a message is shown, and no personal data.

use std::collections::BTreeMap;

use casework::outbox::{MessageKind, Reach};
use jiff::Timestamp;
use ledger::{Ledger, LedgerError, Message, MessageState};
use stick::StickFault;

use super::outbox_cause::{Said, cause};
use super::pack::platform;
use crate::contract::{Choice, OutboxLine, OutboxState, OutboxView, PlatformRow, StickView};
use crate::desk::Now;
use crate::station::StationFile;
use crate::stick_round::StickRound;
use crate::words;

/// So many are listed; the others are counted.
const MOST: u32 = 100;

/// What is shown of the outbox; its acts are added by whoever knows who is at work.
pub fn view(
    ledger: &Ledger,
    station: &StationFile,
    reach: &Reach,
    stick: &StickRound,
    now: Now,
) -> Result<OutboxView, LedgerError> {
    let next_tries: BTreeMap<i64, Timestamp> =
        ledger.queue()?.iter().map(|queued| (queued.id, reach.next_try(queued, now.at))).collect();
    let lines = ledger.undone_messages(MOST)?.into_iter();
    Ok(OutboxView {
        lines: lines
            .map(|message| line(ledger, &message, next_tries.get(&message.id).copied(), now))
            .collect::<Result<_, _>>()?,
        undone: ledger.count_undone()?,
        arrived_today: ledger.count_arrived(now.today)?,
        platforms: ledger
            .waiting_by_platform()?
            .into_iter()
            .map(|(id, waiting)| PlatformRow { name: platform(id.as_str()), platform: id.to_string(), waiting })
            .collect(),
        stick: stick_view(ledger, station, stick, now)?,
        now_ms: now.at.as_millisecond(),
        acts: Vec::new(),
    })
}

fn line(ledger: &Ledger, message: &Message, next_try: Option<Timestamp>, now: Now) -> Result<OutboxLine, LedgerError> {
    let before = ledger.undone_before(message)?;
    let state = match message.state {
        MessageState::Due if before.is_some() => OutboxState::Held,
        MessageState::Due => OutboxState::Due,
        // A message that is done is not among these; it would be on its way for as long as it takes to look again.
        MessageState::InFlight | MessageState::Done => OutboxState::InFlight,
        MessageState::Rejected => OutboxState::Rejected,
        MessageState::Unknown => OutboxState::Unknown,
        MessageState::Closed => OutboxState::Closed,
    };
    let Said { cause, do_now } = cause(message, state, before);
    let due = next_try.filter(|_| state == OutboxState::Due);
    Ok(OutboxLine {
        message: message.key.clone(),
        state,
        state_name: state_name(state).to_owned(),
        platform_name: platform(message.platform.as_str()),
        kind_name: kind_name(message.kind).to_owned(),
        case: message.case.to_string(),
        cause,
        do_now,
        said: message.last_text.clone().filter(|text| !text.trim().is_empty()),
        next: due.map(|due| next(due, now)),
        due_ms: due.map(Timestamp::as_millisecond),
        tries: message.attempt,
        exported: ledger.exported_at(&message.key)?.map(|at| words::since(at, now.today)),
        retry: matches!(state, OutboxState::Due | OutboxState::Rejected | OutboxState::Closed),
        settle: state == OutboxState::Unknown,
    })
}

fn stick_view(ledger: &Ledger, station: &StationFile, stick: &StickRound, now: Now) -> Result<StickView, LedgerError> {
    let technician = &station.support.technician;
    let missing = match (&station.stick, &stick.seen) {
        (None, _) => Some(format!(
            "本站还没有设置送县里的 U 盘：站点设置文件缺 [stick]（位置和县里的公钥）。请联系 {technician}。"
        )),
        (Some(_), Some(Err(StickFault::Away))) => Some("没有看到 U 盘。请插好送县里的 U 盘，等几秒钟。".to_owned()),
        (Some(_), Some(Err(_))) => Some(format!("U 盘读不出来。请换一个，或联系 {technician}。")),
        (Some(_), None) => Some("正在看 U 盘……".to_owned()),
        (Some(_), Some(Ok(_))) => None,
    };
    let answers = match &stick.seen {
        Some(Ok(seen)) => seen.answers.as_slice(),
        Some(Err(_)) | None => &[],
    };
    let last = ledger.last_stick_export()?.and_then(|export| {
        let at = words::since(export.written_at?, now.today);
        Some(format!("第 {} 份，{at}，{} 条", export.serial, export.messages))
    });
    Ok(StickView {
        missing,
        exportable: ledger.count_exportable()?,
        last,
        answers: answers.iter().map(|name| Choice { value: name.clone(), name: name.clone() }).collect(),
        busy: stick.under_way.is_some(),
        note: stick.note.clone(),
        counter_key: stick.counter_key.clone(),
    })
}

/// `今天 09:20`, or that it goes at the next moment.
fn next(due: Timestamp, now: Now) -> String {
    if due <= now.at { "马上".to_owned() } else { words::since(due, now.today) }
}

fn state_name(state: OutboxState) -> &'static str {
    match state {
        OutboxState::Due => "待发",
        OutboxState::InFlight => "正在发",
        OutboxState::Held => "排在后面",
        OutboxState::Rejected => "被退回",
        OutboxState::Unknown => "要问清楚",
        OutboxState::Closed => "平台已关",
    }
}

/// What a message is about, as a clerk calls it.
fn kind_name(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Acceptance => "受理材料",
        MessageKind::AgeingRecord => "老龄业务登记",
        MessageKind::FilingReport => "制证报备",
        MessageKind::Rating => "好差评",
        MessageKind::CardVoid => "旧证作废",
        MessageKind::NumberRequest => "另要证号",
        MessageKind::FilingWithdrawn => "撤回制证报备",
    }
}
