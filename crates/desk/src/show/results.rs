//! What came back from the handling departments, and a case that waits for one.

use casework::case::{Answered, Case, Stage};
use casework::nouns::ReasonCode;
use casework::outbox::MessageKind;
use casework::pack::PolicyPack;
use casework::steps::{Post, Refusal, numbering};
use ledger::{Arrived, Became, MessageState, SentOfCase};

use super::Ground;
use crate::contract::{AnswerState, FilingView, ResultBecame, ResultLine, StepBody};
use crate::words;

/// One result, with its case where there is one.
pub fn line(arrived: &Arrived, case: Option<&Case>, today: jiff::civil::Date) -> ResultLine {
    let says = match arrived.approved {
        Some(true) => "同意",
        Some(false) => "不同意",
        None => "看不懂",
    };
    let (became, why) = match arrived.became {
        Became::Fits => (ResultBecame::Fits, next(case)),
        Became::Known => (ResultBecame::Known, "和已经收到的一样，没有再记。".to_owned()),
        Became::Refused(mismatch) => (ResultBecame::Refused, words::mismatch(mismatch).to_owned()),
    };
    ResultLine {
        case: arrived.case_named.clone(),
        name: case.and_then(Case::identity).map(|identity| identity.name.masked()),
        at: words::since(arrived.at, today),
        became,
        says: says.to_owned(),
        why,
        reference: arrived.reference.clone(),
        open: case.is_some_and(|case| !case.is_closed()) && became == ResultBecame::Fits,
        told: arrived.told,
    }
}

fn next(case: Option<&Case>) -> String {
    match case.map(Case::stage) {
        Some(Stage::Accepted(dossier)) => match dossier.answer {
            Answered::Approved { .. } if case.is_some_and(Case::number_asked) => "还没有能用的证号，等承办部门给号。",
            Answered::Approved { .. } => "可以取号制证。",
            Answered::Rejected { .. } => "请告诉申请人，并了结这件事。",
            Answered::NotYet => "",
        },
        Some(Stage::Numbered { .. } | Stage::Printing { .. }) => "正在制证。",
        Some(Stage::Made { .. }) => "证已做好，等人来领。",
        Some(Stage::Delivered { .. }) => "证已交付。",
        Some(Stage::Sealed { .. } | Stage::Refused { .. } | Stage::Withdrawn { .. }) => "这件事已经了结。",
        Some(Stage::Draft(_)) | None => "",
    }
    .to_owned()
}

/// A case that cannot be numbered by whoever is at work: it waits for the department, was rejected by it, or is for the
/// issuing post. `None` when the number may be taken (S-49, S-53).
pub fn awaiting(case: &Case, ground: &Ground) -> Option<StepBody> {
    let post = ground.session.map_or(Post::IntakeClerk, crate::people::Session::post);
    let Err(Refusal::Refused(_)) = numbering::permit(case, ground.pack, post) else { return None };
    let dossier = case.stage().dossier()?;
    let (answer, reference, mut lines) = match &dossier.answer {
        Answered::NotYet => (
            AnswerState::NotYet,
            None,
            vec![
                "承办部门还没有办结。结果到了会自动显示，不用在这里等。".to_owned(),
                match (&ground.acceptance_sent[..], ground.results_away) {
                    ([.., SentOfCase { state: MessageState::Done, .. }], None) => "材料已经送到承办部门。".to_owned(),
                    ([.., SentOfCase { state: MessageState::Done, .. }], Some(cause)) => {
                        format!("材料已经送到承办部门；现在{}，通了会自动再问结果。", words::cause(cause))
                    }
                    _ => "材料还在路上，请看平台的状态。".to_owned(),
                },
            ],
        ),
        Answered::Approved { reference, .. } => (
            AnswerState::Approved,
            Some(reference.clone()),
            vec!["承办部门同意了。证由发证岗位制作，请发证人员接着办。".to_owned()],
        ),
        Answered::Rejected { reference, reasons, said } => {
            let mut lines: Vec<String> = reasons.iter().map(|code| reason(ground.pack, code)).collect();
            lines.extend(said.as_ref().map(|said| format!("承办部门写道：{said}")));
            lines.push("请把理由讲给申请人听，再点“不予办理”打印告知书。原来的证不受影响，继续有效。".to_owned());
            (AnswerState::Rejected, Some(reference.clone()), lines)
        }
    };
    lines.retain(|line| !line.is_empty());
    Some(StepBody::Awaiting { answer, reference, lines, receipt: case.receipt().map(ToString::to_string) })
}

fn reason(pack: &PolicyPack, code: &ReasonCode) -> String {
    pack.reason(code).map_or_else(|| code.to_string(), |reason| format!("{}{}", reason.public, reason.remedy))
}

/// Where the case stands with its department, for its line in the lobby.
pub fn standing(case: &Case, pack: &PolicyPack) -> Option<String> {
    let Stage::Accepted(dossier) = case.stage() else { return None };
    match &dossier.answer {
        Answered::NotYet => casework::results::awaits(case, pack).then(|| "等承办部门办理".to_owned()),
        Answered::Approved { .. } if numbering::awaits_number(case, pack) => Some("等承办部门给号".to_owned()),
        Answered::Approved { .. } => Some("结果已到：同意".to_owned()),
        Answered::Rejected { .. } => Some("结果已到：不同意".to_owned()),
    }
}

/// The filing reports of a case (S-50): the last one, which speaks of the card that counts.
pub fn filing(sent: &[SentOfCase]) -> Option<FilingView> {
    let last = sent.last()?;
    let (done, words) = match (last.state, &last.receipt) {
        (MessageState::Done, Some(receipt)) => (true, format!("已报备，回执号 {receipt}")),
        (MessageState::Done, None) => (true, "已报备".to_owned()),
        (MessageState::Due | MessageState::InFlight, _) => (false, "报备待送，连上后自动发送".to_owned()),
        (MessageState::Rejected | MessageState::Closed, _) => (false, "报备被退回，请看发件箱".to_owned()),
        (MessageState::Unknown, _) => (false, "报备是否送到还不清楚，请看发件箱".to_owned()),
    };
    Some(FilingView { done, words })
}

/// The kind of message that [`filing`] tells of.
pub const FILING: MessageKind = MessageKind::FilingReport;
