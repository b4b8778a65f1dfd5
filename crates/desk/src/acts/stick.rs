//! The stick: an export for the county, and the county's answers taken in. An export marks nothing as sent.

use casework::nouns::{Actor, CaseId};
use casework::outbox::{Meaning, known_code, masked};
use casework::station_fact::{StationFact, StickAnswer, StickOutcome};
use jiff::tz::Offset;
use ledger::{LedgerKey, Message};
use stick::{Answer, Answers, CounterKey, Head, News, NotAccepted, Outcome, Outgoing, Work};

use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};
use crate::station::{Mode, StickSection};
use crate::stick_round::UnderWay;

impl Desk {
    /// Seals everything that waits and hands it to the stick. The export is a row of the journal before a byte of it leaves.
    pub(super) fn export_outbox(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.stick_is_free()?;
        let section = self.stick_section()?.clone();
        let county =
            section.county().map_err(|refused| Trouble::of("platform.no_stick").because(refused.to_string()))?;
        let messages = self.ledger.exportable_messages()?;
        if messages.is_empty() {
            return Err(Trouble::of("platform.nothing_to_export"));
        }
        let (actor, key) = (self.actor()?, self.counter_key()?);
        let serial = self.ledger.next_export_serial()?;
        let created = now.at.display_with_offset(Offset::constant(8)).to_string();
        let counter = self.station.window.code.to_string();
        let training = self.station.mode == Mode::Training;
        let head = Head { counter: &counter, serial, created: &created, training };
        let outgoing: Vec<Outgoing<'_>> = messages.iter().map(outgoing).collect();
        let export = stick::seal(head, &outgoing, &key, &county)
            .map_err(|error| Trouble::of("platform.stick_broken").because(fault::chain(&error)))?;
        let keys = messages.iter().map(|message| message.key.clone()).collect();
        let facts = [StationFact::OutboxExported { serial, sm3: export.sm3, keys }];
        self.note(&facts, &actor, None, None, now)?;
        self.stick.under_way = Some(UnderWay { actor });
        self.stick.note = None;
        let work = Work::Write { folder: section.folder, name: export.name, bytes: export.bytes, serial };
        Ok(vec![Effect::Stick(work)])
    }

    /// Reads a file of answers from the stick; what it says is judged when it is there.
    pub(super) fn import_answers(&mut self, file: &str) -> Result<Vec<Effect>, Trouble> {
        self.stick_is_free()?;
        let folder = self.stick_section()?.folder.clone();
        self.stick.under_way = Some(UnderWay { actor: self.actor()? });
        self.stick.note = None;
        Ok(vec![Effect::Stick(Work::Read { folder, name: file.to_owned() })])
    }

    /// While the page lies open the stick is looked at again and again.
    pub(crate) fn look_at_stick(&mut self, now: Now) -> Option<Effect> {
        let folder = self.station.stick.as_ref()?.folder.clone();
        let open = self.page == Some(super::Page::Outbox);
        (open && self.stick.is_due(now.at)).then_some(Effect::Stick(Work::Look { folder }))
    }

    /// What the stick said.
    pub(crate) fn stick_said(&mut self, news: News, now: Now) -> Result<Vec<Effect>, Trouble> {
        match news {
            News::Looked(seen) => {
                if self.stick.looked(seen) {
                    self.changed();
                }
                Ok(Vec::new())
            }
            News::Written { name, serial, outcome } => {
                self.stick.under_way = None;
                self.changed();
                outcome.map_err(stick_trouble)?;
                self.ledger.note_export_written(serial, now.at)?;
                self.stick.note =
                    Some(format!("已导出到 U 盘：{name}。送到县里之前，消息仍按待发算；网络先恢复也不会送两次。"));
                Ok(Vec::new())
            }
            News::Read { name, outcome } => {
                let asked = self.stick.under_way.take();
                self.changed();
                let bytes = outcome.map_err(stick_trouble)?;
                let actor = asked.map_or_else(Actor::system, |asked| asked.actor);
                self.take_in(&name, &bytes, &actor, now)?;
                Ok(Vec::new())
            }
        }
    }

    /// Everything about a file of answers is proved first; then all of it counts, in one transaction, or nothing.
    fn take_in(&mut self, name: &str, bytes: &[u8], actor: &Actor, now: Now) -> Result<(), Trouble> {
        let refused = |why: String| Trouble::of("platform.answers_refused").because(format!("{name}：{why}"));
        let county = self
            .stick_section()?
            .county()
            .map_err(|refused| Trouble::of("platform.no_stick").because(refused.to_string()))?;
        let opened = stick::open_answers(bytes, &county).map_err(|why| refused(not_accepted(&why)))?;
        self.fits(&opened).map_err(refused)?;
        let answers: Vec<StickAnswer> = opened
            .answers
            .into_iter()
            .filter(is_final)
            .map(|answer| {
                let Answer { key, case, outcome } = answer;
                let unknown = || refused(format!("里面有一条不是本窗口的事项（{case}）"));
                let parsed: CaseId = case.parse().map_err(|_| unknown())?;
                let known = self.ledger.message_with_key(&key)?;
                let exported = self.ledger.is_in_export(opened.serial, &key)?;
                if !exported || known.is_none_or(|message| message.case != parsed) {
                    return Err(unknown());
                }
                let outcome = told(outcome).ok_or_else(|| refused(format!("{case} 有一条没有回执号")))?;
                Ok(StickAnswer { key, case: parsed, outcome })
            })
            .collect::<Result<_, Trouble>>()?;
        let (all, serial) = (answers.len(), opened.serial);
        let done = answers.iter().filter(|answer| matches!(answer.outcome, StickOutcome::Done { .. })).count();
        let facts = [StationFact::ReceiptsImported { serial, sm3: opened.sm3, answers }];
        self.note(&facts, actor, None, None, now)?;
        self.stick.note = Some(match all - done {
            0 => format!("已导入第 {serial} 份导出的回执：{done} 条已送达。"),
            back => format!("已导入第 {serial} 份导出的回执：{done} 条已送达，{back} 条没有收下，请看旁边的原因。"),
        });
        Ok(())
    }

    /// Whether answers that the county has signed are to an export of this counter, and new. Says why not.
    fn fits(&self, opened: &Answers) -> Result<(), String> {
        if opened.counter != self.station.window.code.as_str() {
            return Err(format!("这是给窗口 {} 的回执，不是给本窗口的", opened.counter));
        }
        let broken = |error: ledger::LedgerError| fault::chain(&error);
        match self.ledger.stick_export(opened.serial).map_err(broken)? {
            None => return Err(format!("本窗口没有第 {} 份导出", opened.serial)),
            Some(export) if export.sm3 != opened.export => {
                return Err(format!("它回答的不是本窗口记下的第 {} 份导出", opened.serial));
            }
            Some(_) => {}
        }
        match self.ledger.is_imported(&opened.sm3).map_err(broken)? {
            true => Err("这份回执已经导入过了".to_owned()),
            false => Ok(()),
        }
    }

    fn stick_is_free(&self) -> Result<(), Trouble> {
        match &self.stick.under_way {
            None => Ok(()),
            Some(_) => Err(Trouble::of("desk.not_now").because("U 盘正在读写，请稍等")),
        }
    }

    fn stick_section(&self) -> Result<&StickSection, Trouble> {
        self.station.stick.as_ref().ok_or_else(|| {
            Trouble::of("platform.no_stick").because("站点设置文件里没有 [stick]：缺 U 盘的位置和县里的公钥")
        })
    }

    /// The page shows the counter's public key from the first export on; it makes none for the sake of a look.
    pub(super) fn know_counter_key(&mut self) -> Result<(), Trouble> {
        let made = self.station.ledger_folder().join("stick.key").is_file();
        if made && self.stick.counter_key.is_none() {
            self.counter_key()?;
        }
        Ok(())
    }

    /// The key with which this counter signs. It is made at the first export, and kept beside the ledger's key and like it.
    fn counter_key(&mut self) -> Result<CounterKey, Trouble> {
        let kept = LedgerKey::load_or_create(&self.station.ledger_folder().join("stick.key"))?;
        let key = CounterKey::from_secret(kept.expose())
            .map_err(|refused| Trouble::of("ledger.wrong_key").because(format!("stick.key: {refused}")))?;
        self.stick.counter_key = Some(key.public());
        Ok(key)
    }
}

fn outgoing(message: &Message) -> Outgoing<'_> {
    Outgoing {
        key: &message.key,
        platform: message.platform.as_str(),
        kind: message.kind.name(),
        seq: message.seq_in_case,
        case: message.case.as_str(),
        body: &message.body,
    }
}

/// A platform's words came by way of the county and are masked here as if they had come over the wire. Without a receipt
/// number nothing is done.
fn told(outcome: Outcome) -> Option<StickOutcome> {
    match outcome {
        Outcome::Done { receipt } if receipt.trim().is_empty() => None,
        Outcome::Done { receipt } => Some(StickOutcome::Done { receipt }),
        Outcome::Rejected { code, text } => {
            let text = masked(&text);
            Some(match known_code(&code).map(|known| known.meaning) {
                Some(Meaning::Closed) => StickOutcome::Closed { code, text },
                Some(Meaning::Refused | Meaning::ComeAgain) | None => StickOutcome::Rejected { code, text },
            })
        }
    }
}

/// A platform that only asks to come again has refused nothing: the message stays due.
fn is_final(answer: &Answer) -> bool {
    match &answer.outcome {
        Outcome::Done { .. } => true,
        Outcome::Rejected { code, .. } => known_code(code).is_none_or(|known| known.meaning != Meaning::ComeAgain),
    }
}

fn stick_trouble(fault: stick::StickFault) -> Trouble {
    use stick::StickFault as F;
    Trouble::of(match fault {
        F::Away => "platform.stick_away",
        F::Full => "platform.stick_full",
        F::ReadOnly => "platform.stick_read_only",
        F::Broken => "platform.stick_broken",
        F::TooLarge => return Trouble::of("platform.answers_refused").because("文件太大，不是回执"),
    })
}

fn not_accepted(why: &NotAccepted) -> String {
    match why {
        NotAccepted::NotAnswers => "这不是回执文件，或者已经残缺".to_owned(),
        NotAccepted::Unknown { schema, suite } => format!("文件是 {schema}、{suite}，本程序不认识"),
        NotAccepted::OtherCounty { signer } => format!("签名的是 {signer}，不是本站设置的县里"),
        NotAccepted::Forged => "签名对不上：文件被改动过，或不是县里做的".to_owned(),
        NotAccepted::Line { line } => format!("第 {line} 行读不通"),
    }
}
