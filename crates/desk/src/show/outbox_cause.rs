//! Why a message is not done, and what to do about it, in the words that a clerk reads.

use casework::outbox::known_code;
use ledger::{Message, MessageState};

use crate::contract::OutboxState;

/// A cause in words, and what to do; blank when nothing has to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub cause: String,
    pub do_now: String,
}

/// Words the cause of a message. `before` is the state of the first message of its case that has to go before it.
pub fn cause(message: &Message, state: OutboxState, before: Option<MessageState>) -> Said {
    let code = message.last_code.as_deref();
    match state {
        OutboxState::Held => held(before),
        OutboxState::InFlight => said("已经发出，在等平台回答。", ""),
        OutboxState::Due => waiting(code),
        OutboxState::Rejected => rejected(code.unwrap_or_default()),
        OutboxState::Unknown => {
            said("发出去了，没有收到回答，不知道平台收没收到。", "请打电话问平台：收到了就填回执号；没收到就再发一次。")
        }
        OutboxState::Closed => known(code.unwrap_or_default()).unwrap_or_else(|| {
            said("这个平台已经关闭，材料都在本站。", "不影响办理。请问承办部门；平台恢复后再点“再发一次”。")
        }),
    }
}

fn held(before: Option<MessageState>) -> Said {
    match before {
        Some(MessageState::Rejected) => said("同一件事前面的一条被退回了。", "请先处理被退回的那一条。"),
        Some(MessageState::Unknown) => said("同一件事前面的一条还没有问清楚。", "请先说明前面那一条。"),
        Some(MessageState::Due | MessageState::InFlight | MessageState::Done | MessageState::Closed) | None => {
            said("等同一件事前面的一条先送到。", "")
        }
    }
}

/// Why one waits, by the word that the ledger keeps (`casework::outbox::Cause::name`).
fn waiting(code: Option<&str>) -> Said {
    match code {
        None => said("还没有发。", ""),
        Some("network_down") => said("网络不通。", "请看网线和路由器。网络好了会自动再发，也可以导出到 U 盘送县里。"),
        Some("timed_out") => said("平台没有按时回答。", "会自动再发，平台不会收两次。"),
        Some("busy") => said("平台正忙。", "会自动再发。"),
        Some("credentials") => said("平台不认本站的凭证。", "请联系技术人员更新凭证。"),
        Some("not_done_yet") => said("平台已收下，还没办完。", "会自动再问。"),
        Some("gateway_page") => said("网络要求先登录。", "请先在本机登录网络，登录后会自动再发。"),
        Some("unreadable") => said("平台的回答看不懂。", "会自动再发几次；还不行会停下来让人看。"),
        Some(other) => said(&format!("平台说：{other}。"), "会自动再发。"),
    }
}

fn rejected(code: &str) -> Said {
    match code {
        "unreadable" => said("平台一连五次的回答都看不懂。", "请联系技术人员和平台核对；弄好了再点“再发一次”。"),
        code => known(code).unwrap_or_else(|| {
            said(
                &format!("平台退回，代码 {code}。"),
                "请把平台的话问承办部门；平台那边改好了，再点“再发一次”。这件事后面的消息先不发，别的事照常。",
            )
        }),
    }
}

/// What is known of a platform's code, as `casework::outbox` words it.
fn known(code: &str) -> Option<Said> {
    known_code(code).map(|known| said(&format!("{}。", known.words), known.remedy))
}

fn said(cause: &str, do_now: &str) -> Said {
    Said { cause: cause.to_owned(), do_now: do_now.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use casework::outbox::{Cause, KNOWN_CODES, Meaning};

    use super::*;

    const CAUSES: [Cause; 7] = [
        Cause::NetworkDown,
        Cause::TimedOut,
        Cause::Busy,
        Cause::Credentials,
        Cause::NotDoneYet,
        Cause::GatewayPage,
        Cause::Unreadable,
    ];

    #[test]
    fn every_cause_is_worded() {
        let mut table = String::new();
        let mut row = |name: &str, said: &Said| {
            assert!(said.cause.ends_with('。'), "{name}: {said:?}");
            writeln!(table, "{name}\n    {}\n    {}", said.cause, said.do_now).expect("text takes text");
        };
        row("due, never sent", &waiting(None));
        for cause in CAUSES {
            let said = waiting(Some(cause.name()));
            assert!(!said.cause.starts_with("平台说"), "{} has no words of its own", cause.name());
            row(&format!("due, {}", cause.name()), &said);
        }
        for before in [None, Some(MessageState::Rejected), Some(MessageState::Unknown)] {
            row(&format!("held behind {}", before.map_or("one that waits", MessageState::name)), &held(before));
        }
        let final_codes = KNOWN_CODES.iter().filter(|known| known.meaning != Meaning::ComeAgain);
        for code in final_codes.map(|known| known.code).chain(["unreadable", "E99"]) {
            row(&format!("refused, {code}"), &rejected(code));
        }
        insta::assert_snapshot!("causes", table);
    }
}
