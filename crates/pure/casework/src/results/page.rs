//! The list of results that a platform offers, read with suspicion: one bad line does not hide the next.
//!
//! `{"ok":true,"results":[…],"next":"CURSOR","more":false}`; a result is
//! `{"id","case","receipt","item_code","holder":{"name","number_tail"},"approved","reference","reasons":[],"said","card_number"}`.

use serde::Deserialize;
use serde_json::Value;

use super::CaseResult;
use crate::{
    nouns::{CardNumber, CaseId, NotA, ReasonCode, ResultId},
    outbox::{Answer, Cause},
};

/// So many results of one answer are looked at; a platform that has more says so again.
const MOST: usize = 200;
/// Longest reference or cursor, in bytes.
const LONGEST: usize = 200;

/// What a question for results brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    Page {
        offers: Vec<Offer>,
        /// Where to go on next time.
        next: Option<String>,
        /// There is more already.
        more: bool,
    },
    /// No list came, and why.
    Away(Cause),
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// `None` when the line does not even have a name: then it cannot be answered.
    pub id: Option<ResultId>,
    /// The number of the case as it stands there, shortened; empty without one.
    pub case_named: String,
    /// SM3 of the line, hex: the same line again is the same arrival.
    pub sm3: String,
    /// `None` when something is missing or cannot be.
    pub result: Option<CaseResult>,
}

/// Reads an answer to the question for results.
pub fn read(answer: &Answer) -> Fetched {
    let body = match answer {
        Answer::NetworkDown => return Fetched::Away(Cause::NetworkDown),
        Answer::TimedOut => return Fetched::Away(Cause::TimedOut),
        Answer::Status { code: 200, body, .. } => body,
        Answer::Status { code: 401 | 403, .. } => return Fetched::Away(Cause::Credentials),
        Answer::Status { code: 408 | 425 | 429 | 500..=599, .. } => return Fetched::Away(Cause::Busy),
        Answer::Status { .. } => return Fetched::Away(Cause::Unreadable),
    };
    if body.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return Fetched::Away(Cause::GatewayPage);
    }
    match serde_json::from_str::<List>(body) {
        Ok(List { ok: true, results, next, more }) => {
            // A list that is cut short by us is taken up again from where it began: what was judged is recognised.
            let cut = results.len() > MOST;
            let offers = results.iter().take(MOST).map(offer).collect();
            let next = next.filter(|next| !cut && !next.is_empty() && next.len() <= LONGEST);
            Fetched::Page { offers, next, more: more && !cut }
        }
        Ok(List { ok: false, .. }) => Fetched::Away(Cause::Busy),
        Err(_) => Fetched::Away(Cause::Unreadable),
    }
}

#[derive(Deserialize)]
struct List {
    ok: bool,
    #[serde(default)]
    results: Vec<Value>,
    next: Option<String>,
    #[serde(default)]
    more: bool,
}

#[derive(Deserialize)]
struct Line {
    id: ResultId,
    case: CaseId,
    receipt: String,
    item_code: String,
    holder: Holder,
    approved: bool,
    reference: String,
    #[serde(default)]
    reasons: Vec<ReasonCode>,
    said: Option<String>,
    /// Read as a number later: one that is none is refused by name.
    card_number: Option<String>,
}

#[derive(Deserialize)]
struct Holder {
    name: String,
    number_tail: String,
}

fn offer(line: &Value) -> Offer {
    let text = |key: &str| line.get(key).and_then(Value::as_str).unwrap_or_default();
    Offer {
        id: text("id").parse().ok(),
        case_named: case_named(text("case")),
        sm3: crate::journal::sm3(line.to_string().as_bytes()).to_hex(),
        result: Line::deserialize(line).ok().filter(is_whole).map(result),
    }
}

/// A number that no case can have may be somebody's: it is kept with its long runs of digits starred.
fn case_named(text: &str) -> String {
    match text.parse::<CaseId>() {
        Ok(case) => case.to_string(),
        Err(_) => crate::outbox::masked(text).chars().filter(|one| !one.is_control()).take(60).collect(),
    }
}

/// A tail of other than four characters would fit too many people, or none.
fn is_whole(line: &Line) -> bool {
    let reference = line.reference.trim();
    line.holder.number_tail.chars().count() == 4 && !reference.is_empty() && reference.len() <= LONGEST
}

/// A number that can be printed, read aloud and typed: 4 to 32 letters, digits and hyphens, a digit among them. Nobody has
/// published how the department's system writes its numbers, so no more is asked of one.
fn card_number(text: &str) -> Result<CardNumber, NotA> {
    let sound = (4..=32).contains(&text.chars().count())
        && text.chars().all(|one| one.is_alphanumeric() || one == '-')
        && text.chars().any(|one| one.is_ascii_digit());
    if sound { text.parse() } else { Err(NotA { noun: "CardNumber" }) }
}

fn result(line: Line) -> CaseResult {
    CaseResult {
        id: line.id,
        case: line.case,
        receipt: line.receipt,
        item_code: line.item_code,
        holder_name: line.holder.name,
        holder_tail: line.holder.number_tail.to_uppercase(),
        approved: line.approved,
        reference: line.reference.trim().to_owned(),
        reasons: line.reasons,
        said: line.said.map(|said| crate::outbox::masked(&said)).filter(|said| !said.trim().is_empty()),
        card_number: line.card_number.as_deref().map(card_number).transpose(),
    }
}
