//! Print: step 8.

use casework::journal::sm3;
use casework::steps::printing;

use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};

impl Desk {
    pub(super) fn print_card(&mut self, reprint: Option<&str>, now: Now) -> Result<Vec<Effect>, Trouble> {
        let (case, post) = (self.case()?, self.post());
        printing::permit(case, &self.pack, post).map_err(|refusal| fault::refusal("printing", &refusal, &self.pack))?;
        self.a_blank_to_print_on()?;
        let sheet = self.sheet(now)?;
        let hash = self.ledger.store_picture(&sheet.pdf)?;
        let archived = self.ledger.store_picture(&sheet.archived)?;
        let calibration = sheet.calibration.map(|words| sm3(words.as_bytes()).to_hex());
        self.judged("printing", now, |case, pack| {
            let decided = printing::attempt(case, pack, post, reprint, hash, "card")?;
            Ok(printing::made_so(decided, calibration.as_deref(), &archived))
        })?;
        let case = self.case()?;
        let attempt =
            case.open_attempt().map(|attempt| attempt.id.clone()).ok_or_else(|| Trouble::of("desk.not_now"))?;
        Ok(vec![Effect::PrintCard { case: case.id().clone(), attempt, sheet: self.press.card_sheet() }])
    }

    pub(super) fn confirm_card(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let (actor, post) = (self.actor()?, self.post());
        self.judged("printing", now, |case, pack| match case.number() {
            Some(number) => printing::confirm(case, pack, &actor, number),
            None => printing::permit(case, pack, post).map(|_| Vec::new()),
        })
    }

    pub(super) fn spoil_card(&mut self, cause: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        self.judged("printing", now, |case, pack| printing::spoil(case, pack, &actor, cause))
    }

    pub(super) fn nothing_came_out(&mut self, seen: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        self.judged("printing", now, |case, pack| printing::nothing_came_out(case, pack, &actor, seen))
    }
}
