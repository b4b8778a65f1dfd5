//! One agent who comes for many (集中办理): the agent's card is read once, and each elder is a case of its own that begins
//! with nothing but the agent.

use casework::batch::{self, BatchEnd};
use casework::fact::{Fact, Identity};
use casework::nouns::{Actor, PictureHash};
use casework::station_fact::StationFact;
use casework::typed;
use ledger::StationEntry;

use crate::contract::{Kind, TypedIdentity};
use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};

type Done = Result<Vec<Effect>, Trouble>;

impl Desk {
    /// Waits for the agent's card. One that was typed from its face stays marked in every case.
    pub(super) fn open_batch(&mut self, standing: &str, typed: Option<TypedIdentity>, now: Now) -> Done {
        self.may_begin_a_batch(standing)?;
        if let Some(entry) = typed {
            let agent = typed::identity(&entry.into(), now.today)
                .map_err(|refusal| fault::refusal("identify", &refusal, &self.pack))?;
            return self.begin_batch(agent, standing, now);
        }
        self.at_hand.batching = Some(standing.to_owned());
        self.reading = true;
        Ok(vec![Effect::ReadCard])
    }

    /// The batch is on record with its agent in one transaction.
    pub(super) fn begin_batch(&mut self, agent: Identity, standing: &str, now: Now) -> Done {
        let actor = self.actor()?;
        let undrawable = self.undrawable(&agent);
        let number = self.ledger.next_batch(&self.station.window.code, now.today)?;
        let batch = batch::open(&self.pack, number, actor.clone(), (agent, standing), now.at, now.today)
            .map_err(|refusal| fault::refusal("identify", &refusal, &self.pack))?;
        let facts = [StationFact::BatchOpened {
            batch: batch.number,
            agent: self.ledger.agent_mark(&batch.agent.number)?,
            standing: batch.standing,
            source: batch.agent.source,
            read_at: batch.read_at,
            good_until: batch.good_until,
        }];
        let entry = StationEntry { at: now.at, actor: &actor, facts: &facts, password: None, tries: None };
        self.ledger.record_batch(entry, &batch.agent)?;
        self.changed();
        undrawable.map_or(Ok(Vec::new()), Err)
    }

    /// The next elder: a new case, with the agent taken over in the transaction that opens it.
    pub(super) fn next_of_batch(&mut self, kind: Kind, now: Now) -> Done {
        let batch = self
            .ledger
            .open_batch()?
            .ok_or_else(|| Trouble::of("desk.not_now").because("没有开着的集中办理，请先读代理人的身份证"))?;
        if !batch.is_good(now.at) {
            self.end_batch_because(BatchEnd::TimeOver, &Actor::system(), now)?;
        }
        self.begin_case(kind, now, |case, pack| batch::reuse(case, pack, &batch, now.at, now.today))
    }

    pub(super) fn end_batch(&mut self, now: Now) -> Done {
        let actor = self.actor()?;
        if !self.end_batch_because(BatchEnd::Ended, &actor, now)? {
            return Err(Trouble::of("desk.not_now").because("没有开着的集中办理"));
        }
        Ok(Vec::new())
    }

    /// Ends the batch that is open, if one is. Cases that were opened out of it keep their agent.
    pub(super) fn end_batch_because(&mut self, why: BatchEnd, actor: &Actor, now: Now) -> Result<bool, Trouble> {
        let Some(fact) = self.end_of_batch(why)? else { return Ok(false) };
        self.note(&[fact], actor, None, None, now)?;
        Ok(true)
    }

    /// The fact that ends the batch that is open.
    pub(super) fn end_of_batch(&self, why: BatchEnd) -> Result<Option<StationFact>, Trouble> {
        Ok(self.ledger.open_batch()?.map(|batch| StationFact::BatchClosed { batch: batch.number, why }))
    }

    /// After a power cut the batch is still there for whoever opened it, and the agent need not look for the card again.
    /// Somebody else begins with a card that they have seen themselves.
    pub(super) fn end_batch_of_another(&mut self, now: Now) -> Result<(), Trouble> {
        let (actor, batch) = (self.actor()?, self.ledger.open_batch()?);
        if batch.is_some_and(|batch| batch.by != actor) {
            self.end_batch_because(BatchEnd::OtherClerk, &actor, now)?;
        }
        Ok(())
    }

    /// A batch ends by itself when the read of the card is too old, or the day is over.
    pub(crate) fn end_stale_batch(&mut self, now: Now) -> Result<(), Trouble> {
        if self.ledger.open_batch()?.is_some_and(|batch| !batch.is_good(now.at)) {
            self.end_batch_because(BatchEnd::TimeOver, &Actor::system(), now)?;
        }
        Ok(())
    }

    /// A picture that lies in another person's case of a batch of today was left in the folder: nothing of one elder goes
    /// on to the next.
    pub(super) fn is_of_another_elder(&self, picture: &PictureHash, now: Now) -> Result<bool, Trouble> {
        let case = self.case()?;
        let batch = self.ledger.batch_cases(None, now.today)?;
        if !batch.contains(case.id()) {
            return Ok(false);
        }
        for other in batch.iter().filter(|other| *other != case.id()) {
            let named = |fact: &Fact| {
                matches!(fact, Fact::MaterialScanned { picture: taken, .. } if taken == picture)
                    || matches!(fact, Fact::PhotoMeasured { original, .. } if original == picture)
            };
            if self.ledger.case_facts(other)?.iter().any(|recorded| named(&recorded.fact)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn may_begin_a_batch(&self, standing: &str) -> Result<(), Trouble> {
        self.at_the_lobby()?;
        if self.ledger.open_batch()?.is_some() {
            return Err(Trouble::of("desk.not_now").because("已经有一批开着，请先结束那一批"));
        }
        if self.pack.rules().agent_read_good_for().is_none() {
            let refusal = casework::steps::Refusal::NotNow(casework::steps::Obstacle::NoBatches);
            return Err(fault::refusal("identify", &refusal, &self.pack));
        }
        batch::standing_of(standing).map(drop).map_err(|refusal| fault::refusal("desk", &refusal, &self.pack))
    }
}
