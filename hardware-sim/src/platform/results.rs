//! The handling department behind a platform: it answers the cases that were pushed, and offers its results to the window
//! that asks for them.
//!
//! `GET /{platform}/results?window=CODE&after=CURSOR` is answered with a list; `POST /{platform}/results/{id}/taken` or
//! `/refused` says what became of one. A result that was heard of is not offered again.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::PlatformName;

/// So many results are offered at once.
const AT_ONCE: usize = 20;

/// How the department answers by itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerOrder {
    pub platform: PlatformName,
    pub answers: Answers,
}

/// Whether and after how long accepted cases are approved.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Answers {
    /// Nobody answers; results come by order only.
    #[default]
    Off,
    /// So many milliseconds after the case was taken in.
    Approve {
        after_ms: u64,
        /// With numbers of its own system, `PREFIX000001` and so on.
        #[serde(default)]
        numbers: Option<String>,
    },
    /// Every case is rejected for this reason.
    Reject { after_ms: u64, reason: String },
}

/// A result that is put into the list by hand, made from the acceptance of `case`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultOrder {
    pub platform: PlatformName,
    pub case: String,
    pub make: Make,
    #[serde(default)]
    pub reasons: Vec<String>,
    #[serde(default)]
    pub said: Option<String>,
    #[serde(default)]
    pub card_number: Option<String>,
}

/// What is made, and what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Make {
    Good,
    Rejected,
    OtherName,
    OtherNumber,
    OtherReceipt,
    OtherItem,
    OtherCase,
    /// The last result of the case once more, under the same name.
    Again,
    /// The same decision under another name.
    Duplicate,
    /// The opposite of the last decision.
    Contradicting,
    /// A line that is no result.
    Garbage,
}

/// One result of a department.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Offered {
    pub platform: PlatformName,
    pub id: String,
    pub window: String,
    pub case: String,
    pub line: Value,
    /// `offered`, `taken`, or the word of the refusal.
    pub became: String,
    /// How often the counter said so.
    pub told: u32,
}

/// The departments behind all platforms.
#[derive(Debug, Default)]
pub struct Departments {
    answers: BTreeMap<PlatformName, Answers>,
    offered: Vec<Offered>,
    answered: Vec<(PlatformName, String)>,
    numbered: u32,
}

/// An acceptance as the department got it.
pub struct Pushed<'a> {
    pub platform: PlatformName,
    pub key: &'a str,
    pub body: &'a Value,
    /// When it was taken in, time since the simulator's start.
    pub at: Duration,
}

impl Departments {
    pub fn order(&mut self, order: AnswerOrder) {
        self.answers.insert(order.platform, order.answers);
    }

    pub fn offered(&self) -> &[Offered] {
        &self.offered
    }

    /// Answers what has lain there long enough: acceptances, and the requests for another number, each with a fresh one.
    pub fn work(&mut self, pushed: &[Pushed<'_>], requests: &[Pushed<'_>], now: Duration) {
        self.approve(pushed, now);
        for request in requests {
            let known = self.answered.iter().any(|(platform, key)| *platform == request.platform && key == request.key);
            let Some(Answers::Approve { after_ms, numbers: Some(prefix) }) = self.answers.get(&request.platform) else {
                continue;
            };
            let acceptance =
                pushed.iter().find(|one| one.platform == request.platform && one.body["case"] == request.body["case"]);
            let Some(acceptance) = acceptance.filter(|_| !known) else { continue };
            if now < request.at + Duration::from_millis(*after_ms) {
                continue;
            }
            self.numbered += 1;
            let number = format!("{prefix}{:06}", self.numbered);
            self.answered.push((request.platform, request.key.to_owned()));
            let mut line = self.line(acceptance, true);
            line["card_number"] = json!(number);
            self.put(request.platform, window(request.body), line);
        }
    }

    fn approve(&mut self, pushed: &[Pushed<'_>], now: Duration) {
        for one in pushed {
            let answers = self.answers.get(&one.platform).cloned().unwrap_or_default();
            let (after_ms, approved, reasons, numbers) = match answers {
                Answers::Off => continue,
                Answers::Approve { after_ms, numbers } => (after_ms, true, Vec::new(), numbers),
                Answers::Reject { after_ms, reason } => (after_ms, false, vec![reason], None),
            };
            let known = self.answered.iter().any(|(platform, key)| *platform == one.platform && key == one.key);
            if known || now < one.at + Duration::from_millis(after_ms) {
                continue;
            }
            self.answered.push((one.platform, one.key.to_owned()));
            let mut line = self.line(one, approved);
            line["reasons"] = json!(reasons);
            if let Some(prefix) = numbers {
                self.numbered += 1;
                line["card_number"] = json!(format!("{prefix}{:06}", self.numbered));
            }
            self.put(one.platform, window(one.body), line);
        }
    }

    /// Makes a result by hand.
    ///
    /// # Errors
    /// In words, when the case was never pushed to that platform.
    pub fn make(&mut self, order: &ResultOrder, pushed: &[Pushed<'_>]) -> Result<(), String> {
        let of_case = |one: &&Pushed<'_>| one.platform == order.platform && one.body["case"] == json!(order.case);
        let one = pushed.iter().find(of_case).ok_or_else(|| format!("no acceptance of {} came", order.case))?;
        let last = self.offered.iter().rev().find(|offered| offered.case == order.case).cloned();
        let mut line = match (order.make, last) {
            (Make::Again, Some(last)) => {
                self.offered.push(Offered { became: "offered".to_owned(), told: 0, ..last });
                return Ok(());
            }
            (Make::Duplicate | Make::Contradicting, Some(last)) => {
                let id = self.next_id(order.platform);
                let mut line = last.line;
                line["id"] = json!(id);
                line
            }
            (Make::Again | Make::Duplicate | Make::Contradicting, None) => {
                return Err(format!("no result of {} was offered yet", order.case));
            }
            (make, _) => self.line(one, make != Make::Rejected),
        };
        if order.make == Make::Contradicting {
            line["approved"] = json!(!line["approved"].as_bool().unwrap_or_default());
        }
        if !order.reasons.is_empty() {
            line["reasons"] = json!(order.reasons);
        }
        if let Some(said) = &order.said {
            line["said"] = json!(said);
        }
        if let Some(number) = &order.card_number {
            line["card_number"] = json!(number);
        }
        match order.make {
            Make::OtherName => line["holder"]["name"] = json!("另有其人"),
            Make::OtherNumber => line["holder"]["number_tail"] = json!("0000"),
            Make::OtherReceipt => line["receipt"] = json!("S-XX-20200101-0001"),
            Make::OtherItem => line["item_code"] = json!("000000000X00"),
            Make::OtherCase => line["case"] = json!("XX0101-20200101-0001"),
            Make::Garbage => line = json!({"id": line["id"], "case": order.case, "approved": "也许"}),
            Make::Good | Make::Rejected | Make::Again | Make::Duplicate | Make::Contradicting => {}
        }
        self.put(order.platform, window(one.body), line);
        Ok(())
    }

    /// The list for a window, from behind `after`, without what the counter has spoken about.
    pub fn list(&self, platform: PlatformName, window: &str, after: Option<usize>) -> Value {
        let from = after.unwrap_or(0);
        let lines = self
            .offered
            .iter()
            .enumerate()
            .skip(from)
            .filter(|(_, one)| one.platform == platform && one.window == window && one.became == "offered");
        let found: Vec<(usize, &Offered)> = lines.take(AT_ONCE + 1).collect();
        let shown = &found[..found.len().min(AT_ONCE)];
        let next = shown.last().map_or(from, |(place, _)| place + 1);
        let results: Vec<&Value> = shown.iter().map(|(_, one)| &one.line).collect();
        json!({"ok": true, "results": results, "next": next.to_string(), "more": found.len() > AT_ONCE})
    }

    /// The counter says what became of a result; false when there is none of that name.
    pub fn hear(&mut self, platform: PlatformName, id: &str, became: &str) -> bool {
        let mut found = false;
        for one in self.offered.iter_mut().filter(|one| one.platform == platform && one.id == id) {
            one.became = became.to_owned();
            one.told += 1;
            found = true;
        }
        found
    }

    fn put(&mut self, platform: PlatformName, window: String, line: Value) {
        let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let (id, case) = (text("id"), text("case"));
        self.offered.push(Offered { platform, id, window, case, line, became: "offered".to_owned(), told: 0 });
    }

    /// A sound line about an acceptance.
    fn line(&self, pushed: &Pushed<'_>, approved: bool) -> Value {
        let body = pushed.body;
        let number = body["applicant"]["number"].as_str().unwrap_or_default();
        let tail: String = number.chars().skip(number.chars().count().saturating_sub(4)).collect();
        json!({
            "id": self.next_id(pushed.platform),
            "case": body["case"],
            "receipt": body["receipt"],
            "item_code": body["item_code"],
            "holder": {"name": body["applicant"]["name"], "number_tail": tail},
            "approved": approved,
            "reference": format!("{}-{:04}", if approved { "准" } else { "不准" }, self.offered.len() + 1),
            "reasons": [],
        })
    }

    fn next_id(&self, platform: PlatformName) -> String {
        format!("{}-R{:05}", platform.word().to_uppercase(), self.offered.len() + 1)
    }
}

fn window(body: &Value) -> String {
    body["window"]["code"].as_str().unwrap_or_default().to_owned()
}
