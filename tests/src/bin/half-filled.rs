//! A form that is never sent: `half-filled STATION` opens a case, reads the card, leaves every field of the form and of
//! two boxes, and kills itself with SIGKILL before anything is sent.
#![expect(clippy::print_stderr, reason = "a program for a test says how it ended")]

use std::path::Path;
use std::process::ExitCode;

use desk::contract::{Kind, Request};
use journeys::counter::Counter;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// What stands in the fields when the power goes.
const LEFT: [(&str, &str); 8] = [
    ("applicant.mode", "agent"),
    ("applicant.hukou", "outside"),
    ("applicant.hukou_basis", "看过居住证"),
    ("applicant.phone", "1380000"),
    ("applicant.contact_address", "样例村十二"),
    ("applicant.department", "heshan"),
    ("withdraw.reason", "家里有"),
    ("refuse.reasons", "ITEM_NOT_IN_SCOPE"),
];

fn main() -> ExitCode {
    let Some(station) = std::env::args().nth(1) else {
        eprintln!("half-filled STATION");
        return ExitCode::from(2);
    };
    match fill(Path::new(&station)) {
        Ok(()) => {
            // Nothing returns from this: no destructor runs, no buffer is written.
            let _ = kill(Pid::this(), Signal::SIGKILL);
        }
        Err(fault) => eprintln!("{} {}", fault.code, fault.what),
    }
    ExitCode::FAILURE
}

fn fill(station: &Path) -> Result<(), desk::contract::Fault> {
    let counter = Counter::open(station)?;
    counter.ask(Request::OpenCase { kind: Kind::First })?;
    counter.walk_to("applicant");
    for (field, value) in LEFT {
        counter.ask(Request::KeepEntry { field: field.to_owned(), value: value.to_owned() })?;
    }
    Ok(())
}
