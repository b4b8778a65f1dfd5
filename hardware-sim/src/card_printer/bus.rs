//! As much of a D-Bus system bus as `ippeveprinter` asks for before it starts: that Avahi is there and runs.
//!
//! The printer announces nothing (`-r off`), but its start fails when nobody answers. A bus of one's own needs no privileges
//! and leaves the machine's alone. Layout: D-Bus specification, "Message Protocol" and "Authentication Protocol".

use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;

/// Listens at `FOLDER/bus` for as long as the program runs.
#[derive(Debug)]
pub(super) struct Bus;

/// `AVAHI_SERVER_RUNNING`, and the version of Avahi's interface.
const RUNNING: u32 = 2;
const VERSION: u32 = 0x0203;

const METHOD_CALL: u8 = 1;
const NO_REPLY_EXPECTED: u8 = 1;
const LONGEST_MESSAGE: usize = 1 << 16;

impl Bus {
    pub(super) fn open(folder: &Path) -> io::Result<Bus> {
        let path = folder.join("bus");
        if path.exists() {
            std::fs::remove_file(&path)?;
        }
        let listener = UnixListener::bind(path)?;
        std::thread::spawn(move || {
            for caller in listener.incoming().flatten() {
                // A caller that breaks off has got what it wanted.
                std::thread::spawn(move || drop(serve(&caller)));
            }
        });
        Ok(Bus)
    }
}

fn serve(caller: &UnixStream) -> io::Result<()> {
    let mut from = BufReader::new(caller);
    greet(&mut from, caller)?;
    loop {
        let mut head = [0; 16];
        from.read_exact(&mut head)?;
        let (body, serial, fields) = (word(&head, 4), word(&head, 8), word(&head, 12));
        let rest = (fields as usize).next_multiple_of(8) + body as usize;
        if head[0] != b'l' || rest > LONGEST_MESSAGE {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut tail = vec![0; rest];
        from.read_exact(&mut tail)?;
        if head[1] == METHOD_CALL && head[2] & NO_REPLY_EXPECTED == 0 {
            let names = |member: &[u8]| tail.windows(member.len()).any(|window| window == member);
            (&*caller).write_all(&match () {
                () if names(b"Hello\0") => reply(serial, "s", &string(":1.1")),
                () if names(b"GetAPIVersion\0") => reply(serial, "u", &VERSION.to_le_bytes()),
                () if names(b"GetState\0") => reply(serial, "i", &RUNNING.to_le_bytes()),
                () => reply(serial, "", &[]),
            })?;
        }
    }
}

/// The authentication: everybody may come in, nobody may pass file descriptors.
fn greet(from: &mut impl BufRead, mut to: &UnixStream) -> io::Result<()> {
    from.read_exact(&mut [0])?;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match line.trim_end() {
            "BEGIN" => return Ok(()),
            line if line.starts_with("AUTH EXTERNAL") => to.write_all(b"OK 0123456789abcdef0123456789abcdef\r\n")?,
            _ => to.write_all(b"ERROR\r\n")?,
        }
    }
}

/// A method's return, little-endian.
fn reply(serial: u32, signature: &str, body: &[u8]) -> Vec<u8> {
    let mut fields = vec![5, 1, b'u', 0];
    fields.extend_from_slice(&serial.to_le_bytes());
    fields.extend_from_slice(&[7, 1, b's', 0]);
    fields.extend_from_slice(&string("org.freedesktop.DBus"));
    if !signature.is_empty() {
        pad(&mut fields);
        fields.extend_from_slice(&[8, 1, b'g', 0, 1]);
        fields.extend_from_slice(signature.as_bytes());
        fields.push(0);
    }
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
    let mut message = vec![b'l', 2, 1, 1];
    message.extend_from_slice(&length(body));
    message.extend_from_slice(&serial.wrapping_add(1000).to_le_bytes());
    message.extend_from_slice(&length(&fields));
    message.extend_from_slice(&fields);
    pad(&mut message);
    message.extend_from_slice(body);
    message
}

fn string(text: &str) -> Vec<u8> {
    let mut bytes = u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(0);
    bytes
}

/// To the next multiple of eight. The head of a message is sixteen bytes long, so fields and messages pad alike.
fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(8), 0);
}

fn word(bytes: &[u8; 16], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
