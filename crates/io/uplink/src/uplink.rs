//! Whom a letter goes to, and the letter.

use std::{collections::BTreeMap, time::Duration};

use casework::{
    nouns::PlatformId,
    outbox::{Answer, MessageKind},
};
use reqwest::Url;

use crate::door::Door;

/// The way to every platform of a station.
#[derive(Debug)]
pub struct Uplink {
    pub(crate) addresses: BTreeMap<PlatformId, Url>,
    pub(crate) door: Door,
}

/// One sending of one message. Its body is about a person, so it has no `Debug`.
#[derive(Clone, Copy)]
pub struct Letter<'a> {
    pub platform: &'a PlatformId,
    pub kind: MessageKind,
    /// The same for every sending of the same message: a platform recognises a repetition by it.
    pub key: &'a str,
    /// JSON, sent byte for byte as it was frozen.
    pub body: &'a str,
}

/// An uplink that cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum UplinkError {
    #[error("the address of platform {platform} is not an http or https address")]
    Address { platform: PlatformId },
    /// A letter is about a person. Without TLS it may only go to this machine itself, where the simulator is.
    #[error("the address of platform {platform} is without TLS and not on this machine")]
    InClear { platform: PlatformId },
    #[error("could not set up the HTTP client")]
    Client { source: reqwest::Error },
}

impl Uplink {
    /// `addresses` holds a base address a platform, for example `https://city.example/city`. `timeout` covers a whole
    /// exchange, from connecting to the last byte of the answer.
    ///
    /// # Errors
    /// [`UplinkError`] names the first address that cannot be used.
    pub fn new(addresses: &BTreeMap<PlatformId, String>, timeout: Duration) -> Result<Self, UplinkError> {
        let addresses = addresses
            .iter()
            .map(|(platform, address)| Ok((platform.clone(), base(platform, address)?)))
            .collect::<Result<_, UplinkError>>()?;
        let door = Door::new(timeout).map_err(|source| UplinkError::Client { source })?;
        Ok(Self { addresses, door })
    }

    /// Sends a letter once: `POST {base}/messages/{kind}` with `Idempotency-Key: {key}` and the body as JSON.
    ///
    /// * [`Answer::NetworkDown`]: nothing of it can have reached the platform. No connection, or no address.
    /// * [`Answer::TimedOut`]: it may have. The time was over, or the connection broke before the answer was whole.
    /// * [`Answer::Status`]: an answer, whatever it says; redirections are not followed.
    pub async fn send(&self, letter: Letter<'_>) -> Answer {
        let Some(base) = self.addresses.get(letter.platform) else {
            tracing::error!(platform = %letter.platform, "no address is known for a platform");
            return Answer::NetworkDown;
        };
        let mut url = base.clone();
        url.path_segments_mut()
            .expect("an http address has a path")
            .pop_if_empty()
            .extend(["messages", letter.kind.name()]);
        let answer = self.door.post(url, letter.key, letter.body).await;
        tracing::debug!(platform = %letter.platform, kind = letter.kind.name(), key = letter.key, ?answer, "sent a message");
        answer
    }
}

fn base(platform: &PlatformId, address: &str) -> Result<Url, UplinkError> {
    let refused = || UplinkError::Address { platform: platform.clone() };
    let url = Url::parse(address).map_err(|_| refused())?;
    let host = url.host_str().ok_or_else(refused)?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_this_machine(host) => Ok(url),
        "http" => Err(UplinkError::InClear { platform: platform.clone() }),
        _ => Err(refused()),
    }
}

fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}
