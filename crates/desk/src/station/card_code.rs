//! Section `[card_code]` of the station file: which other stations' cards are believed.

use credential::{NotAKey, PublicKey, Trusted};
use serde::Deserialize;

/// Public keys as `youdai qr key` tells them. The station's own needs not be among them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardCodeSection {
    #[serde(default)]
    pub trusted: Vec<String>,
}

impl CardCodeSection {
    /// The stations whose cards are believed, this one among them.
    pub(crate) fn trusted(&self, own: PublicKey) -> Result<Trusted, NotAKey> {
        Ok(Trusted::parse(&self.trusted.join("\n"))?.and(own))
    }

    pub(super) fn check(&self) -> Result<(), String> {
        let read = Trusted::parse(&self.trusted.join("\n")).map(drop);
        read.map_err(|NotAKey { line }| format!("card_code.trusted: {line} is no public key"))
    }
}
