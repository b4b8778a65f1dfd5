//! Recording a hand-over: the signed list, the fact of each case on it, and what became of the tries to sign it. All of it in
//! one transaction, so that no failure leaves a list half signed.

use casework::fact::Recorded;

use crate::{
    error::LedgerError,
    ledger::Ledger,
    record::{Entry, record},
    record_station::{StationEntry, record_facts, tried},
    table::handover_list::{self, ListPlace},
};
use casework::station_fact::StationFact;

impl Ledger {
    /// Records the entries of several cases together with the list that they are on. When this returns, all of it is on
    /// the disk.
    ///
    /// # Errors
    /// As [`Ledger::record`] and [`Ledger::record_station`]; [`LedgerError::Storage`] as well when the number of the list
    /// was given before. Nothing of a refused hand-over stays, in any of its cases.
    pub fn record_hand_over(
        &mut self,
        list: StationEntry<'_>,
        place: ListPlace<'_>,
        entries: &[Entry<'_>],
    ) -> Result<Vec<Recorded>, LedgerError> {
        let tried = tried(self, &list)?;
        self.write("record a hand-over", |tx| {
            record_facts(tx, list, tried.as_ref())?;
            for fact in list.facts {
                if let StationFact::ListSigned { list: number, kind, pdf, .. } = fact {
                    handover_list::insert(tx, number, *kind, place, pdf)?;
                }
            }
            let mut recorded = Vec::new();
            for entry in entries {
                recorded.extend(record(tx, *entry)?);
            }
            Ok(recorded)
        })
    }
}
