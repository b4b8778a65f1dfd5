//! Seal, and the doors that end a case early.

use casework::doors;
use casework::steps::archive;

use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};

impl Desk {
    /// Closes the case for good: its archive package is stored as one file, and the seal carries that file's hash. A run
    /// that ends between the two makes the same package again.
    pub(super) fn seal(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let case = self.case()?.clone();
        let any = case.opened().pack.hash.parse().map_err(|_| Trouble::of("desk.not_now"))?;
        archive::seal(&case, &self.pack, any).map_err(|refusal| fault::refusal("archive", &refusal, &self.pack))?;
        let bytes = self.package_of(&case)?;
        let package = self.ledger.store_picture(&bytes)?;
        self.judged("archive", now, |case, pack| archive::seal(case, pack, package))
    }

    pub(super) fn withdraw_case(&mut self, reason: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.judged("archive", now, |case, pack| doors::withdraw(case, pack, reason))
    }
}
