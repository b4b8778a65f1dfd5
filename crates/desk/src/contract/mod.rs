//! What the page and the desk say to each other: one closed union of requests, one picture door, one view.
//!
//! These are the only types that cross to TypeScript. `generated.rs` writes `ui/src/contract.ts` from them, and a
//! test proves the committed file fresh.

mod aftercare;
mod aside;
mod batch;
mod calibration;
mod card_code;
mod entries;
mod follow_ups;
mod generated;
mod handover;
mod materials;
mod outbox;
mod pack_view;
mod people;
mod request;
mod results;
mod retention;
mod search;
mod secret;
mod statistics;
mod step_body;
mod stock;
mod view;

pub use aftercare::*;
pub use aside::*;
pub use batch::*;
pub use calibration::*;
pub use card_code::*;
pub use entries::*;
pub use follow_ups::*;
pub use generated::typescript;
pub use handover::*;
pub use materials::*;
pub use outbox::*;
pub use pack_view::*;
pub use people::*;
pub use request::*;
pub use results::*;
pub use retention::*;
pub use search::*;
pub use secret::Secret;
pub use statistics::*;
pub use step_body::*;
pub use stock::*;
pub use view::*;
