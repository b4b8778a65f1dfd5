//! The platforms the counter reports to, as one loopback server: it takes messages once for each idempotency key, and
//! misbehaves as ordered.
//!
//! `POST /{platform}/messages/{kind}` with `Idempotency-Key` and a JSON body is answered
//! `200 {"ok":true,"receipt":"CITY-000001"}`; the same key with the same body gets the same receipt, with another body 422.

mod asking;
mod behaviour;
mod results;
mod sloppy;
mod wire;

pub use behaviour::{Behaviour, PlatformOrder};
pub use results::{AnswerOrder, Answers, Departments, Make, Offered, ResultOrder};
pub use wire::{Manner, send};

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::http::{Answer, Request};
use behaviour::Standing;

/// The platforms there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlatformName {
    City,
    Taojiang,
    Filing,
    Rating,
    Ageing,
}

impl PlatformName {
    pub const ALL: [PlatformName; 5] =
        [PlatformName::City, PlatformName::Taojiang, PlatformName::Filing, PlatformName::Rating, PlatformName::Ageing];

    /// The name in paths.
    pub fn word(self) -> &'static str {
        match self {
            PlatformName::City => "city",
            PlatformName::Taojiang => "taojiang",
            PlatformName::Filing => "filing",
            PlatformName::Rating => "rating",
            PlatformName::Ageing => "ageing",
        }
    }
}

/// One distinct effect: what a platform took in, once, however often it was delivered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Received {
    pub platform: PlatformName,
    pub kind: String,
    pub key: String,
    pub body: serde_json::Value,
    pub receipt: String,
    /// Deliveries of this key and body that had an effect or were recognised as a repetition.
    pub deliveries: u32,
    /// When each delivery came, in ms since the simulator's start.
    pub times: Vec<u64>,
}

/// What a request earns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Earned {
    /// Decided: what is said, and in which manner.
    Said(Answer, Manner),
    /// Nothing yet: after this pause [`Platforms::act`] takes it in.
    Later(Duration),
}

/// All platforms: how each behaves, and what was taken in, in order of arrival.
#[derive(Debug, Default)]
pub struct Platforms {
    standing: BTreeMap<PlatformName, Standing>,
    received: Vec<(Received, Vec<u8>)>,
    departments: Departments,
}

impl Platforms {
    /// Changes how a platform behaves.
    pub fn order(&mut self, order: &PlatformOrder) {
        self.standing.insert(order.platform, Standing::of(order));
    }

    /// How a platform behaves at present.
    pub fn behaviour(&self, platform: PlatformName) -> &Behaviour {
        self.standing.get(&platform).map_or(&Behaviour::Accept, |standing| &standing.behaviour)
    }

    pub fn received(&self) -> Vec<&Received> {
        self.received.iter().map(|(received, _)| received).collect()
    }

    /// Decides what a request earns: the effect is recorded here, the answer is sent by [`send`].
    pub fn receive(&mut self, request: &Request, now: Duration) -> Earned {
        if let Some((answer, manner)) = self.asked_for_results(request, now) {
            return Earned::Said(answer, manner);
        }
        let Some((platform, kind)) = target(request) else {
            return Earned::Said(no_such_address(), Manner::AtOnce);
        };
        let behaviour = self.standing.get_mut(&platform).map_or(Behaviour::Accept, Standing::next);
        if let Behaviour::ActsLate { ms } = behaviour {
            return Earned::Later(Duration::from_millis(ms));
        }
        let (answer, manner) = self.meet(behaviour, platform, kind, request, now);
        Earned::Said(answer, manner)
    }

    /// Takes a request in, however the platform behaves by now.
    pub fn act(&mut self, request: &Request, now: Duration) -> Answer {
        target(request).map_or_else(no_such_address, |(platform, kind)| self.take(platform, kind, request, now))
    }

    fn meet(
        &mut self,
        behaviour: Behaviour,
        platform: PlatformName,
        kind: &str,
        request: &Request,
        now: Duration,
    ) -> (Answer, Manner) {
        let take = |platforms: &mut Platforms| platforms.take(platform, kind, request, now);
        match behaviour {
            // The first waits outside, and the other two have been put into one of the rest.
            Behaviour::ActsLate { .. } | Behaviour::Closing { .. } | Behaviour::Sloppy { .. } => {
                (take(self), Manner::AtOnce)
            }
            Behaviour::Accept => (take(self), Manner::AtOnce),
            Behaviour::Slow { ms } => (take(self), Manner::After(Duration::from_millis(ms))),
            Behaviour::AnswerTwice => (take(self), Manner::Twice),
            Behaviour::Trickle { ms } => (take(self), Manner::Trickle(Duration::from_millis(ms))),
            Behaviour::HalfAnswer => (take(self), Manner::Half),
            Behaviour::LostAnswer => (take(self), Manner::Nothing),
            Behaviour::Away => (refusal(503, "AWAY", ""), Manner::Nothing),
            Behaviour::Hang => (refusal(503, "HANGS", ""), Manner::Hang),
            Behaviour::Reject { code } => (refusal(409, &code, "平台不予受理"), Manner::AtOnce),
            Behaviour::CaptivePortal => {
                let page = "<!DOCTYPE html><html><head><title>上网认证</title></head><body>请先登录网络</body></html>";
                (Answer::text(200, "text/html; charset=utf-8", page), Manner::AtOnce)
            }
            Behaviour::Closed => (refusal(410, "AGEING_SYSTEM_CLOSED", "系统已关闭"), Manner::AtOnce),
            Behaviour::FailureIn200 => (refusal(200, "SYSTEM_BUSY", "系统繁忙,请稍后再试"), Manner::AtOnce),
            Behaviour::Accepted202 => (Answer::json(202, &json!({"ok": true, "queued": true})), Manner::AtOnce),
            Behaviour::ServerError { retry_after_s } => {
                let mut answer = refusal(503, "UNAVAILABLE", "服务不可用");
                answer.headers.push(("Retry-After", retry_after_s.to_string()));
                (answer, Manner::AtOnce)
            }
        }
    }

    fn take(&mut self, platform: PlatformName, kind: &str, request: &Request, now: Duration) -> Answer {
        if request.method != "POST" {
            return refusal(405, "METHOD", "只接受 POST");
        }
        let Some(key) = request.headers.get("idempotency-key").filter(|key| !key.is_empty()) else {
            return refusal(400, "IDEMPOTENCY_KEY_MISSING", "缺少 Idempotency-Key");
        };
        let Ok(body) = serde_json::from_slice::<serde_json::Value>(&request.body) else {
            return refusal(400, "NOT_JSON", "报文不是 JSON");
        };
        let now = u64::try_from(now.as_millis()).unwrap_or(u64::MAX);
        let known = self.received.iter_mut().find(|(old, _)| old.platform == platform && old.key == *key);
        if let Some((old, old_bytes)) = known {
            if old.kind != kind || *old_bytes != request.body {
                return refusal(422, "IDEMPOTENCY_KEY_REUSED", "同一 Idempotency-Key 的报文不同");
            }
            old.deliveries += 1;
            old.times.push(now);
            return Answer::json(200, &json!({"ok": true, "receipt": old.receipt}));
        }
        let nth = self.received.iter().filter(|(old, _)| old.platform == platform).count() + 1;
        let receipt = format!("{}-{nth:06}", platform.word().to_uppercase());
        let effect = Received {
            platform,
            kind: kind.to_owned(),
            key: key.clone(),
            body,
            receipt: receipt.clone(),
            deliveries: 1,
            times: vec![now],
        };
        self.received.push((effect, request.body.clone()));
        Answer::json(200, &json!({"ok": true, "receipt": receipt}))
    }
}

/// Whom a request is for, and what it is about.
fn target(request: &Request) -> Option<(PlatformName, &str)> {
    let (platform, rest) = request.path.strip_prefix('/')?.split_once('/')?;
    let platform = PlatformName::ALL.into_iter().find(|name| name.word() == platform)?;
    let kind = rest.strip_prefix("messages/")?;
    (!kind.is_empty() && !kind.contains('/')).then_some((platform, kind))
}

fn no_such_address() -> Answer {
    refusal(404, "NO_SUCH_ADDRESS", "没有这个接口")
}

fn refusal(status: u16, code: &str, message: &str) -> Answer {
    Answer::json(status, &json!({"ok": false, "code": code, "message": message}))
}
