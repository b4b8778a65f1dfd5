//! `youdai reader list`: the ports on which `auto` looks for a reader.

use devices::reader::{Port, ports};
use serde::Serialize;

use crate::answer::{End, say};

#[derive(Serialize)]
struct PortList {
    ports: Vec<PortAnswer>,
}

#[derive(Serialize)]
struct PortAnswer {
    /// As `--port` takes it.
    port: String,
    /// `0400:C35A`, when the system knows it.
    usb: Option<String>,
}

/// `youdai reader list`. An empty list is an answer, not a failure.
pub fn list(json: bool) -> End {
    let answer = PortList { ports: ports().into_iter().map(PortAnswer::of).collect() };
    say(json, &answer, &answer.words());
    End::Done
}

impl PortAnswer {
    fn of(port: Port) -> PortAnswer {
        PortAnswer {
            port: if port.name == "usb" { port.name } else { format!("serial:{}", port.name) },
            usb: port.usb.map(|(vendor, product)| format!("{vendor:04X}:{product:04X}")),
        }
    }
}

impl PortList {
    fn words(&self) -> String {
        if self.ports.is_empty() {
            return "没有找到串口，也没有找到 USB 读卡器。".to_owned();
        }
        let line = |port: &PortAnswer| match &port.usb {
            Some(usb) => format!("{}　USB {usb}", port.port),
            None => port.port.clone(),
        };
        self.ports.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_listed_as_the_port_option_takes_it() {
        let list = PortList {
            ports: vec![
                PortAnswer::of(Port { name: "usb".to_owned(), usb: Some((0x0400, 0xC35A)) }),
                PortAnswer::of(Port { name: "/dev/ttyS0".to_owned(), usb: None }),
            ],
        };
        assert_eq!(list.words(), "usb　USB 0400:C35A\nserial:/dev/ttyS0");
        for port in &list.ports {
            assert!(devices::reader::Endpoint::parse(&port.port).is_ok(), "{}", port.port);
        }
    }
}
