//! Opening and closing a reader a thousand times leaves no file open. Alone in its program, because it counts the
//! program's files.
#![expect(clippy::unwrap_used, reason = "tests")]

use devices::reader::{Endpoint, Reader};
use nix::{pty::openpty, unistd::ttyname};

fn open_files() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

#[test]
fn a_thousand_readers_opened_and_closed_leave_no_file_open() {
    let pty = openpty(None, None).unwrap();
    let endpoint = Endpoint::parse(&format!("serial:{}", ttyname(&pty.slave).unwrap().display())).unwrap();
    drop(Reader::open(&endpoint).unwrap());
    let before = open_files();
    for _ in 0..1000 {
        drop(Reader::open(&endpoint).unwrap());
    }
    assert_eq!(open_files(), before);
}
