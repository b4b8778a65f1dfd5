//! Looks for a reader on every port of this machine.
//!
//! All ports are asked at the same time, at one speed after the other from 115200 down, so that four ports take no longer
//! than one: under two seconds. No thread is needed, the ports are listened to in turn.

use std::time::{Duration, Instant};

use idcard::{
    command::{Baud, Command},
    exchange::{Exchange, Turn},
    frame::Decoder,
    status::Status,
};

use super::{Cancel, Endpoint};
use crate::link::{Link, SerialLink, UsbLink, generic_modules};

/// How long a module may take to answer a status at each speed. Real ones answer in a few milliseconds.
const PER_SPEED: Duration = Duration::from_millis(300);
/// Turn of one port while listening to all.
const TURN: Duration = Duration::from_millis(2);

/// A port of this machine that may have a reader on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// As it is written after `serial:`; `usb` for a reader on USB pipes.
    pub name: String,
    /// Vendor and product, when the system knows them.
    pub usb: Option<(u16, u16)>,
}

/// Every port that [`Endpoint::Auto`] looks at. Pseudo-terminals are never among them.
pub fn ports() -> Vec<Port> {
    let on_bus = generic_modules().map(Iterator::count).unwrap_or_default();
    let usb = (0..on_bus).map(|_| Port { name: "usb".to_owned(), usb: Some(crate::link::GENERIC_MODULE) });
    let serial = serialport::available_ports().unwrap_or_default().into_iter().map(|port| {
        let usb = match port.port_type {
            serialport::SerialPortType::UsbPort(about) => Some((about.vid, about.pid)),
            serialport::SerialPortType::PciPort
            | serialport::SerialPortType::BluetoothPort
            | serialport::SerialPortType::Unknown => None,
        };
        Port { name: port.port_name, usb }
    });
    usb.chain(serial).collect()
}

/// Looks at every port, USB first; the first reader that answers wins.
pub(super) fn detect(cancel: &Cancel) -> Option<(Endpoint, Box<dyn Link>)> {
    let ports = ports();
    if ports.iter().any(|port| port.name == "usb")
        && let Ok(link) = UsbLink::open()
    {
        return Some((Endpoint::Usb, Box::new(link)));
    }
    let paths = ports.into_iter().map(|port| port.name).filter(|name| name != "usb");
    detect_among(&paths.collect::<Vec<_>>(), cancel)
}

/// Looks at the serial ports named, all at once. A module that answers that it is broken is found too.
pub fn detect_among(paths: &[String], cancel: &Cancel) -> Option<(Endpoint, Box<dyn Link>)> {
    let mut open: Vec<(String, SerialLink)> = paths
        .iter()
        .filter_map(|path| match SerialLink::open(path, Baud::B115200) {
            Ok(link) => Some((path.clone(), link)),
            Err(fault) => {
                tracing::debug!(%path, %fault, "port not looked at");
                None
            }
        })
        .collect();
    for baud in Baud::ALL {
        if cancel.is_cancelled() {
            return None;
        }
        if let Some(at) = who_answers(&mut open, baud, cancel) {
            let (path, link) = open.swap_remove(at);
            return Some((Endpoint::Serial { path, baud }, Box::new(link)));
        }
    }
    None
}

/// Index of the first port with a module behind it at this speed.
fn who_answers(open: &mut [(String, SerialLink)], baud: Baud, cancel: &Cancel) -> Option<usize> {
    let began = Instant::now();
    let mut buffer = [0; 256];
    let mut asked: Vec<Option<(Exchange, Decoder)>> = open
        .iter_mut()
        .map(|(_, link)| {
            link.set_baud(baud).ok()?;
            while link.receive(&mut buffer, Duration::ZERO).is_ok_and(|count| count > 0) {}
            let exchange = Exchange::begin_within(Command::Status, link.line(), began.elapsed(), PER_SPEED);
            link.send(exchange.request()).ok()?;
            Some((exchange, Decoder::new()))
        })
        .collect();
    while asked.iter().any(Option::is_some) && !cancel.is_cancelled() {
        for (at, slot) in asked.iter_mut().enumerate() {
            let Some((exchange, decoder)) = slot else { continue };
            let Ok(count) = open[at].1.receive(&mut buffer, TURN) else {
                *slot = None;
                continue;
            };
            exchange.hear(&buffer[..count], decoder, began.elapsed());
            match exchange.turn(decoder, began.elapsed()) {
                Turn::Wait { .. } => {}
                Turn::Answer(_) | Turn::Refused(Status::SelfTestFailed | Status::Unauthorised) => return Some(at),
                Turn::Refused(_) | Turn::Bad(_) => *slot = None,
            }
        }
    }
    None
}
