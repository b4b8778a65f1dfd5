//! Results of the handling department: asked for, and answered one by one.

use casework::{
    nouns::{PlatformId, ResultId},
    outbox::Answer,
};
use reqwest::Url;
use serde_json::json;

use crate::uplink::Uplink;

/// What a platform is told about a result that it offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    Taken,
    /// Not taken, with the reason's word and sentence.
    Refused {
        code: String,
        words: String,
    },
}

impl Uplink {
    /// Asks a platform for the results of a window that came after `after`:
    /// `GET {base}/results?window={window}&after={after}`. What the answer holds is read by `casework::results`.
    pub async fn fetch_results(&self, platform: &PlatformId, window: &str, after: Option<&str>) -> Answer {
        let Some(mut url) = self.address(platform, &["results"]) else { return Answer::NetworkDown };
        url.query_pairs_mut().append_pair("window", window);
        if let Some(after) = after {
            url.query_pairs_mut().append_pair("after", after);
        }
        let answer = self.door.get(url).await;
        tracing::debug!(%platform, ?answer, "asked for results");
        answer
    }

    /// Tells a platform what became of a result: `POST {base}/results/{id}/taken` or `/refused`. Telling twice is
    /// harmless; the result's own id is the idempotency key.
    pub async fn tell_result(&self, platform: &PlatformId, id: &ResultId, told: &Told) -> Answer {
        let (what, body) = match told {
            Told::Taken => ("taken", json!({})),
            Told::Refused { code, words } => ("refused", json!({"code": code, "message": words})),
        };
        let Some(url) = self.address(platform, &["results", id.as_str(), what]) else { return Answer::NetworkDown };
        let answer = self.door.post(url, id.as_str(), &body.to_string()).await;
        tracing::debug!(%platform, %id, what, ?answer, "told what became of a result");
        answer
    }

    fn address(&self, platform: &PlatformId, path: &[&str]) -> Option<Url> {
        let mut url = self.addresses.get(platform)?.clone();
        url.path_segments_mut().expect("an http address has a path").pop_if_empty().extend(path);
        Some(url)
    }
}
