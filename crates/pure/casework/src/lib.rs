//! The trade: what a case is, which facts it is made of, and which step may follow which.
//!
//! Everything here is a function of its arguments. Time, identifiers, bytes and randomness come in as
//! parameters; refusals and facts go out as values. Read [`steps`] for the procedure, [`fact`] for the
//! record, [`pack`] for the rules, [`nouns`] for the words.

pub mod aftercare;
pub mod batch;
pub mod case;
pub mod day;
pub mod doors;
pub mod fact;
pub mod follow_up;
pub mod integrity;
pub mod journal;
pub mod nouns;
pub mod outbox;
pub mod pack;
pub mod people;
mod refusal;
pub mod results;
pub mod retention;
pub mod slips;
pub mod station_fact;
pub mod statistics;
pub mod steps;
pub mod stock;
pub mod typed;
pub mod what_if;
pub mod windows;
