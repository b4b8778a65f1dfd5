//! The reader as people meet it: on the command line, and at a counter whose cable is pulled and whose reader is exchanged.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up is a failed test, also below a test function")]

#[path = "reader/at_the_counter.rs"]
mod at_the_counter;
#[path = "reader/on_the_command_line.rs"]
mod on_the_command_line;
#[path = "reader/two_readers.rs"]
mod two_readers;
