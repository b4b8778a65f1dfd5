//! The acts of the outbox page. Each is a row of the journal, and none of them changes a word of what is sent. What is due
//! by them goes out at the next beat.

use casework::nouns::PlatformId;
use casework::station_fact::StationFact;
use ledger::{Message, MessageState};

use super::Page;
use crate::desk::{Desk, Effect, Now};
use crate::fault::Trouble;

/// A receipt number is a line of a platform's answer, and no longer.
const LONGEST_RECEIPT: usize = 64;

impl Desk {
    pub(super) fn show_outbox(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let mut effects = self.open_page(Page::Outbox)?;
        self.know_counter_key()?;
        effects.extend(self.look_at_stick(now));
        Ok(effects)
    }

    /// Sends one message again at once: one that waits, that its platform refused, or whose platform was closed.
    pub(super) fn retry_message(&mut self, key: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        let message = self.message(key)?;
        match message.state {
            MessageState::Due | MessageState::Rejected | MessageState::Closed => self.sent_again(&message, now),
            MessageState::InFlight => Err(Trouble::of("desk.not_now").because("这一条正在发送，请稍等回答")),
            MessageState::Done => Err(Trouble::of("desk.not_now").because("这一条已经送达")),
            MessageState::Unknown => {
                Err(Trouble::of("desk.not_now")
                    .because("还不知道平台收没收到，请先问清楚，再说“已收到”或“没收到，再发”"))
            }
        }
    }

    /// Sends everything again at once that waits for a platform.
    pub(super) fn retry_platform(&mut self, platform: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        let platform: PlatformId =
            platform.parse().map_err(|_| Trouble::of("desk.correct").at("platform", "没有这个平台"))?;
        let waiting = self.ledger.waiting_by_platform()?.get(&platform).copied().unwrap_or(0);
        if waiting == 0 {
            return Err(Trouble::of("desk.not_now").because("这个平台没有待发的消息"));
        }
        let actor = self.actor()?;
        let facts = [StationFact::PlatformRetried { platform: platform.clone(), messages: waiting }];
        self.note(&facts, &actor, None, None, now)?;
        self.reach.try_now(&platform);
        Ok(Vec::new())
    }

    /// A person has asked the platform about a message of which nobody knew: it arrived, under `receipt`, or it is sent again.
    pub(super) fn settle_message(
        &mut self,
        key: &str,
        receipt: Option<&str>,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let message = self.message(key)?;
        if message.state != MessageState::Unknown {
            return Err(Trouble::of("desk.not_now").because("这一条现在不用人来说明"));
        }
        let Some(receipt) = receipt else { return self.sent_again(&message, now) };
        let receipt = receipt.trim();
        let plain = receipt.chars().all(|one| one.is_alphanumeric() || "-_/.".contains(one));
        if receipt.is_empty() || receipt.chars().count() > LONGEST_RECEIPT || !plain {
            return Err(Trouble::of("desk.correct").at("receipt", "请照平台说的填回执号，只有字母、数字和横线"));
        }
        let actor = self.actor()?;
        let facts = [StationFact::MessageArrived { key: message.key, case: message.case, receipt: receipt.to_owned() }];
        self.note(&facts, &actor, None, None, now)?;
        Ok(Vec::new())
    }

    fn sent_again(&mut self, message: &Message, now: Now) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        let was = message.state.name().to_owned();
        let facts = [StationFact::MessageRetried { key: message.key.clone(), case: message.case.clone(), was }];
        self.note(&facts, &actor, None, None, now)?;
        self.reach.try_now(&message.platform);
        Ok(Vec::new())
    }

    fn message(&self, key: &str) -> Result<Message, Trouble> {
        self.ledger.message_with_key(key)?.ok_or_else(|| Trouble::of("platform.unknown_message"))
    }
}
