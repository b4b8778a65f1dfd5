//! Puts a platform's answer onto the connection, in the manner ordered.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::http::Answer;

/// How an answer goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    AtOnce,
    After(Duration),
    Twice,
    /// One byte after each pause.
    Trickle(Duration),
    /// Half of it; then the connection closes.
    Half,
    /// The connection closes.
    Nothing,
    /// Nothing, until the peer gives up.
    Hang,
}

/// Sends `answer`. A peer that went away is no error: it does that.
pub fn send(connection: &mut TcpStream, answer: &Answer, manner: Manner) {
    let bytes = answer.bytes();
    let sent = match manner {
        Manner::AtOnce => connection.write_all(&bytes),
        Manner::After(pause) => {
            std::thread::sleep(pause);
            connection.write_all(&bytes)
        }
        Manner::Twice => connection.write_all(&[bytes.clone(), bytes].concat()),
        Manner::Trickle(pause) => bytes.iter().try_for_each(|byte| {
            std::thread::sleep(pause);
            connection.write_all(&[*byte])
        }),
        Manner::Half => connection.write_all(&bytes[..bytes.len() / 2]),
        Manner::Nothing => Ok(()),
        Manner::Hang => wait_for_the_end(connection),
    };
    drop(sent);
}

/// Holds the connection until the peer closes it.
fn wait_for_the_end(connection: &mut TcpStream) -> std::io::Result<()> {
    connection.set_read_timeout(None)?;
    let mut nothing = [0; 256];
    while connection.read(&mut nothing)? > 0 {}
    Ok(())
}
