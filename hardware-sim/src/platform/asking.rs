//! The counter asks for results, and says what became of one: the same platform, and in the same mood as for messages.

use std::time::Duration;

use serde_json::json;

use super::behaviour::Standing;
use super::results::Pushed;
use super::{AnswerOrder, Behaviour, Manner, Offered, PlatformName, Platforms, ResultOrder, refusal};
use crate::http::{Answer, Request};

impl Platforms {
    /// Lets the department behind a platform answer by itself, or stop.
    pub fn order_answers(&mut self, order: AnswerOrder) {
        self.departments.order(order);
    }

    /// Puts a result into the list.
    ///
    /// # Errors
    /// In words.
    pub fn make_result(&mut self, order: &ResultOrder) -> Result<(), String> {
        let Self { departments, received, .. } = self;
        departments.make(order, &of_kind(received, "acceptance"))
    }

    /// Every result that was ever offered, and what the counter said of it.
    pub fn results(&self) -> &[Offered] {
        self.departments.offered()
    }

    /// `None` when the request is about something else. Asking uses up none of the times that a behaviour holds for.
    pub(super) fn asked_for_results(&mut self, request: &Request, now: Duration) -> Option<(Answer, Manner)> {
        let (platform, rest) = request.path.strip_prefix('/')?.split_once('/')?;
        let platform = PlatformName::ALL.into_iter().find(|name| name.word() == platform)?;
        let words: Vec<&str> = rest.split('/').collect();
        if words[0] != "results" {
            return None;
        }
        let manner = match self.standing.get_mut(&platform).map_or(Behaviour::Accept, Standing::asked) {
            Behaviour::Accept | Behaviour::Reject { .. } | Behaviour::Accepted202 => Manner::AtOnce,
            // The first closes by messages only, and the second has been put into one of the rest.
            Behaviour::Closing { .. } | Behaviour::Sloppy { .. } => Manner::AtOnce,
            Behaviour::Slow { ms } | Behaviour::ActsLate { ms } => Manner::After(Duration::from_millis(ms)),
            Behaviour::AnswerTwice => Manner::Twice,
            Behaviour::Trickle { ms } => Manner::Trickle(Duration::from_millis(ms)),
            Behaviour::HalfAnswer => Manner::Half,
            Behaviour::LostAnswer => Manner::Nothing,
            Behaviour::Away => return Some((refusal(503, "AWAY", ""), Manner::Nothing)),
            Behaviour::Hang => return Some((refusal(503, "HANGS", ""), Manner::Hang)),
            Behaviour::CaptivePortal => {
                let page = "<!DOCTYPE html><html><body>请先登录网络</body></html>";
                return Some((Answer::text(200, "text/html; charset=utf-8", page), Manner::AtOnce));
            }
            Behaviour::Closed => return Some((refusal(410, "AGEING_SYSTEM_CLOSED", "系统已关闭"), Manner::AtOnce)),
            Behaviour::FailureIn200 => return Some((refusal(200, "SYSTEM_BUSY", "系统繁忙"), Manner::AtOnce)),
            Behaviour::ServerError { .. } => return Some((refusal(503, "UNAVAILABLE", "服务不可用"), Manner::AtOnce)),
        };
        let answer = match (request.method.as_str(), words.as_slice()) {
            ("GET", ["results"]) => {
                let Self { departments, received, .. } = self;
                departments.work(&of_kind(received, "acceptance"), &of_kind(received, "number_request"), now);
                let asked =
                    |key: &str| request.query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
                let after = asked("after").and_then(|after| after.parse().ok());
                Answer::json(200, &departments.list(platform, asked("window").unwrap_or_default(), after))
            }
            ("POST", ["results", id, what @ ("taken" | "refused")]) => {
                let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap_or_default();
                let became = if *what == "taken" { "taken" } else { body["code"].as_str().unwrap_or("refused") };
                match self.departments.hear(platform, id, became) {
                    true => Answer::json(200, &json!({"ok": true})),
                    false => refusal(404, "NO_SUCH_RESULT", "没有这条结果"),
                }
            }
            _ => refusal(404, "NO_SUCH_ADDRESS", "没有这个接口"),
        };
        Some((answer, manner))
    }
}

/// What departments have to answer.
fn of_kind<'a>(received: &'a [(super::Received, Vec<u8>)], kind: &str) -> Vec<Pushed<'a>> {
    let messages = received.iter().map(|(one, _)| one).filter(|one| one.kind == kind);
    messages
        .map(|one| Pushed {
            platform: one.platform,
            key: &one.key,
            body: &one.body,
            at: Duration::from_millis(one.times.first().copied().unwrap_or_default()),
        })
        .collect()
}
