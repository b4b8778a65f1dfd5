//! The one door through which HTTP leaves this program.

use std::time::Duration;

use casework::outbox::Answer;
use reqwest::{Client, Response, Url, header::CONTENT_TYPE, redirect::Policy};

use crate::retry_after::retry_after;

/// So much of an answer is read, in bytes. A receipt is a few hundred; the rest of a longer one is not looked at.
const ANSWER_LIMIT: usize = 64 * 1024;

/// An HTTP client with the habits that a counter needs.
#[derive(Debug)]
pub(crate) struct Door {
    client: Client,
}

impl Door {
    pub(crate) fn new(timeout: Duration) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .timeout(timeout)
            // A redirection would carry a person's papers to an address that nobody configured.
            .redirect(Policy::none())
            // Likewise a proxy out of the environment.
            .no_proxy()
            // A kept connection may have been closed by the other side, which cannot be told from a lost answer.
            .pool_max_idle_per_host(0)
            .build()?;
        Ok(Self { client })
    }

    pub(crate) async fn get(&self, url: Url) -> Answer {
        match self.client.get(url).send().await {
            Ok(response) => read(response).await,
            Err(error) => failed(&error),
        }
    }

    pub(crate) async fn post(&self, url: Url, key: &str, body: &str) -> Answer {
        let request = self
            .client
            .post(url)
            .header("Idempotency-Key", key)
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_owned());
        match request.send().await {
            Ok(response) => read(response).await,
            Err(error) => failed(&error),
        }
    }
}

async fn read(mut response: Response) -> Answer {
    let code = response.status().as_u16();
    let retry_after = retry_after(response.headers());
    let mut body = Vec::new();
    while body.len() < ANSWER_LIMIT {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) => return failed(&error),
        }
    }
    body.truncate(ANSWER_LIMIT);
    Answer::Status { code, retry_after, body: String::from_utf8_lossy(&body).into_owned() }
}

/// Before there is a connection nothing can have arrived; after that anything may have.
fn failed(error: &reqwest::Error) -> Answer {
    if error.is_connect() || error.is_builder() { Answer::NetworkDown } else { Answer::TimedOut }
}
