//! What the platforms do with what arrives, and what may not happen to them.

use casework::outbox::{Answer, Queued};

use super::World;
use crate::weather::There;

impl World {
    /// A message at its platform: what it does, and what it says.
    pub(super) fn arrives(&mut self, at: usize, key: i64, there: There) -> Result<Answer, String> {
        let said = |body: &str, code| Answer::Status { code, retry_after: None, body: body.to_owned() };
        let nature = &self.natures[at];
        match there {
            There::Declines(decline) => return Ok(decline.answer()),
            There::Stammers(stammer) => return Ok(stammer.answer()),
            There::Accepts | There::ActsAndStammers(_) => {}
        }
        if self.platforms[nature.platform].closed {
            return Ok(said(
                r#"{"ok":false,"code":"AGEING_SYSTEM_CLOSED"}"#,
                if at.is_multiple_of(2) { 410 } else { 200 },
            ));
        }
        if nature.refused {
            return Ok(said(r#"{"ok":false,"code":"BAD_NUMBER"}"#, 409));
        }
        if nature.stumbles {
            return Ok(said("", 500));
        }
        let receipt = self.acts(at, key)?;
        match there {
            There::ActsAndStammers(stammer) => Ok(stammer.answer()),
            There::Accepts | There::Declines(_) | There::Stammers(_) => {
                Ok(said(&format!(r#"{{"ok":true,"receipt":"{receipt}"}}"#), 200))
            }
        }
    }

    /// Takes a message in, once for each key where keys are honoured.
    fn acts(&mut self, at: usize, key: i64) -> Result<String, String> {
        let passed: Vec<bool> = self.natures.iter().map(|nature| nature.was_closed).collect();
        let nature = &mut self.natures[at];
        let platform = &mut self.platforms[nature.platform];
        if let Some(receipt) = platform.receipts.get(&key).filter(|_| nature.keyed) {
            return Ok(receipt.clone());
        }
        let one = &self.queue[at];
        let receipt = format!("R{key}-{}", self.effects.len());
        if nature.receipt.is_some() {
            return Err(format!("a second effect of message {}", one.id));
        }
        let earlier =
            |other: &&Queued| other.case == one.case && (other.seq_in_case, other.place) < (one.seq_in_case, one.place);
        for before in self.queue.iter().filter(earlier) {
            let was_closed = usize::try_from(before.id).is_ok_and(|id| passed[id - 1]);
            if !was_closed && !self.effects.contains(&before.id) {
                return Err(format!("message {} arrived before an earlier one of its case, {}", one.id, before.id));
            }
        }
        platform.receipts.insert(key, receipt.clone());
        nature.receipt = Some(receipt.clone());
        self.effects.push(one.id);
        Ok(receipt)
    }
}
