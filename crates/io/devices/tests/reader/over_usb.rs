//! The reader over four bulk pipes, modelled in memory.

use std::{
    collections::VecDeque,
    io::{self, Read, Write},
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use devices::{
    link::{FourPipes, UsbLink},
    reader::{Endpoint, ReadOptions, Reader},
};

use crate::module::Module;

/// What the four pipes share: what waits in each IN pipe, and the half of a request that came first.
struct Bus {
    module: Module,
    head: Vec<u8>,
    head_in: VecDeque<u8>,
    body_in: VecDeque<u8>,
    unplugged: bool,
}

#[derive(Clone)]
struct Pipe {
    bus: Arc<(Mutex<Bus>, Condvar)>,
    body: bool,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut bus = self.bus.0.lock().unwrap();
        if bus.unplugged {
            return Err(io::ErrorKind::NotConnected.into());
        }
        if self.body {
            let request = [std::mem::take(&mut bus.head), bytes.to_vec()].concat();
            let answer = bus.module.hear(&request);
            let (head, body) = answer.split_at(7.min(answer.len()));
            bus.head_in.extend(head);
            bus.body_in.extend(body);
            self.bus.1.notify_all();
        } else {
            assert_eq!(bytes.len(), 7, "a head is preamble and length");
            bus.head = bytes.to_vec();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Pipe {
    /// Full-speed packets: 64 bytes at most.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bus = self.bus.0.lock().unwrap();
        let empty = |bus: &mut Bus| (if self.body { &bus.body_in } else { &bus.head_in }).is_empty() && !bus.unplugged;
        let (mut bus, _) = self.bus.1.wait_timeout_while(bus, Duration::from_millis(10), empty).unwrap();
        if bus.unplugged {
            return Err(io::ErrorKind::NotConnected.into());
        }
        let waiting = if self.body { &mut bus.body_in } else { &mut bus.head_in };
        let count = waiting.len().min(buffer.len()).min(64);
        for (place, byte) in buffer.iter_mut().zip(waiting.drain(..count)) {
            *place = byte;
        }
        if count == 0 { Err(io::ErrorKind::TimedOut.into()) } else { Ok(count) }
    }
}

fn plug(module: Module) -> (Reader, Arc<(Mutex<Bus>, Condvar)>) {
    let bus = Bus { module, head: Vec::new(), head_in: VecDeque::new(), body_in: VecDeque::new(), unplugged: false };
    let bus = Arc::new((Mutex::new(bus), Condvar::new()));
    let pipe = |body| Box::new(Pipe { bus: Arc::clone(&bus), body });
    let pipes = FourPipes { head_out: pipe(false), body_out: pipe(true), head_in: pipe(false), body_in: pipe(true) };
    (Reader::over(Endpoint::Usb, Box::new(UsbLink::over(pipes))), bus)
}

fn within(seconds: u64) -> ReadOptions {
    ReadOptions { timeout: Duration::from_secs(seconds), ..ReadOptions::default() }
}

#[test]
fn a_card_is_read_over_four_pipes() {
    let (mut reader, bus) = plug(Module::with_card("card_foreigner_2017"));
    let read = reader.read(&within(10)).unwrap();
    assert_eq!(read.record.kind(), "foreigner_2017");
    assert!(!read.heard_twice);
    let bus = bus.0.lock().unwrap();
    assert!(bus.head_in.is_empty() && bus.body_in.is_empty());
}

#[test]
fn a_cut_answer_does_not_put_the_pipes_out_of_step() {
    let short = crate::module::golden("card_resident")[..900].to_vec();
    let (mut reader, _bus) = plug(Module::with_card("card_resident").instead([0x30, 0x01], short));
    let read = reader.read(&within(10)).unwrap();
    assert_eq!(read.record.name().as_str(), "测试甲");
    assert!(read.heard_twice);
}

#[test]
fn an_unplugged_device_is_reported() {
    let (mut reader, bus) = plug(Module::empty());
    reader.probe().unwrap();
    bus.0.lock().unwrap().unplugged = true;
    let code = reader.read(&within(10)).unwrap_err().code();
    assert_eq!(code, "port_gone");
}
