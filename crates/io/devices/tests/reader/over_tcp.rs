//! The reader over TCP, against the tests' own module.

use std::{
    net::TcpListener,
    thread,
    time::{Duration, Instant},
};

use crate::module::{Module, golden};
use devices::reader::{Cancel, Endpoint, ReadOptions, Reader, ReaderFault};

/// Serves `modules` one connection each, in order.
fn listen(modules: Vec<Module>) -> Endpoint {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = Endpoint::parse(&format!("tcp:{}", listener.local_addr().unwrap())).unwrap();
    thread::spawn(move || {
        for mut module in modules {
            let (stream, _) = listener.accept().unwrap();
            module.serve(stream, None);
        }
    });
    endpoint
}

fn within(seconds: u64) -> ReadOptions {
    ReadOptions { timeout: Duration::from_secs(seconds), ..ReadOptions::default() }
}

#[test]
fn a_card_is_read_with_the_module_s_identity() {
    let mut reader = Reader::open(&listen(vec![Module::with_card("card_resident")])).unwrap();
    let read = reader.read(&within(5)).unwrap();
    assert_eq!(read.record.kind(), "resident");
    assert_eq!(read.record.name().as_str(), "测试甲");
    assert_eq!(read.sam_id.to_string(), "05.03-20101018-0001234567-3456789012");
    assert_eq!(read.photo.check(), Ok(()));
    assert!(!read.heard_twice);
}

#[test]
fn a_probe_tells_module_and_place() {
    let endpoint = listen(vec![Module::empty()]);
    let probe = Reader::open(&endpoint).unwrap().probe().unwrap();
    assert_eq!(probe.endpoint, endpoint);
    assert_eq!(probe.sam_id.to_string(), "05.03-20101018-0001234567-3456789012");
}

#[test]
fn waiting_without_a_card_ends_as_no_card() {
    let mut reader = Reader::open(&listen(vec![Module::empty()])).unwrap();
    let options = ReadOptions { timeout: Duration::from_millis(700), ..ReadOptions::default() };
    assert!(matches!(reader.read(&options), Err(ReaderFault::NoCard)));
}

#[test]
fn a_damaged_record_is_read_again_and_believed_when_two_agree() {
    let mut damaged = golden("card_resident");
    damaged[100] ^= 0x55;
    let module = Module::with_card("card_resident").instead([0x30, 0x01], damaged);
    let mut reader = Reader::open(&listen(vec![module])).unwrap();
    let read = reader.read(&within(10)).unwrap();
    assert_eq!(read.record.name().as_str(), "测试甲");
    assert!(read.heard_twice);
}

#[test]
fn a_connection_that_breaks_is_made_again_within_one_read() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = Endpoint::parse(&format!("tcp:{}", listener.local_addr().unwrap())).unwrap();
    thread::spawn(move || {
        let (first, _) = listener.accept().unwrap();
        thread::sleep(Duration::from_millis(100));
        drop(first);
        let (second, _) = listener.accept().unwrap();
        Module::with_card("card_hmt").serve(second, None);
    });
    let mut reader = Reader::open(&endpoint).unwrap();
    assert_eq!(reader.read(&within(8)).unwrap().record.kind(), "hmt");
}

#[test]
fn a_read_called_off_ends_at_once() {
    let mut reader = Reader::open(&listen(vec![Module::empty()])).unwrap();
    let cancel = Cancel::new();
    let options = ReadOptions { cancel: cancel.clone(), ..within(3600) };
    let calling_off = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        cancel.cancel();
        Instant::now()
    });
    assert!(matches!(reader.read(&options), Err(ReaderFault::Cancelled)));
    let called = calling_off.join().unwrap();
    println!("ended {:?} after the call", called.elapsed());
}

#[test]
fn nobody_listening_is_no_device() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = Endpoint::parse(&format!("tcp:{}", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let fault = Reader::open(&endpoint).err().unwrap();
    assert_eq!(fault.code(), "no_device");
}

#[test]
fn refusals_of_the_module_are_told_apart() {
    for (reply, code) in [("reply_sw_66", "unauthorised"), ("reply_sw_40", "wrong_card")] {
        let module = Module::with_card("card_resident").instead([0x30, 0x01], golden(reply));
        let mut reader = Reader::open(&listen(vec![module])).unwrap();
        assert_eq!(reader.read(&within(5)).unwrap_err().code(), code);
    }
}
