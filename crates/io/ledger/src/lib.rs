//! The ledger (台账): the one place where a station remembers.
//!
//! A case is a sequence of facts, inserted and never overwritten. [`Ledger::record`] is the only way in: facts, the
//! journal rows that chain them, the tables worked out from them and the messages to platforms go to the disk in one
//! transaction, and are there when it returns. Everything else reads.
//!
//! The file is SQLite under SQLCipher, one file a table in `src/table`, numbered migrations in `migrations`. Pictures
//! lie beside it as encrypted files (see [`Ledger::store_picture`]). One process at a time may hold a ledger.
//!
//! This crate knows no device, no platform and no rule of the trade beyond those a database can hold: what may
//! happen next to a case is decided by `casework`, and joined to the ledger by `desk`.

mod archive;
mod connection;
mod erase;
mod error;
mod handover;
mod hash;
mod key;
mod ledger;
mod migration;
mod past;
mod pictures;
mod record;
mod record_station;
mod search;
mod start_check;
mod sync;
mod table;
mod traces;
mod verify;
mod verify_batches;
mod verify_erasures;
mod verify_ratings;
mod verify_slips;
mod verify_station;
mod verify_stock;

pub use archive::ChainedFact;
pub use erase::{Erased, Remembered};
pub use error::{LedgerError, Source, StorageKind};
pub use key::{KeyCustody, LedgerKey};
pub use ledger::{CommitWatcher, Ledger};
pub use past::PastEntry;
pub use record::Entry;
pub use record_station::{PINNED_SAM, StationEntry};
pub use search::{Found, Mark, NameMatch, Search, Sought, StageAsked};
pub use table::{
    batch::AgentDay,
    blank::{BlankBalance, BlankBatch, BlankMove, BlankState},
    card_number::{NumberBalance, NumberState},
    case_line::{CaseLine, Stage},
    day_close::ClosedDay,
    door_slip::DoorSlip,
    follow_up::{FollowUp, FollowUpEnd},
    handover_list::ListPlace,
    outbox::{Message, MessageState},
    outbox_acts::free_space,
    outbox_of_case::SentOfCase,
    person::{PasswordHash, Person},
    print_attempt::{Outcome, UnsettledAttempt},
    rating::{RatingLine, RatingOutcome},
    result_inbox::{Arrival, Arrived, Became},
    stick_export::StickExport,
    void_number::VoidNumber,
};
pub use verify::{Part, Progress, Report};
