//! The four-pipe USB model: the same frames, cut behind their length.

mod shared;

use std::time::Duration;

use hardware_sim::script::Verb;
use hardware_sim::wire::usb::{FourPipes, IN_BODY, IN_HEAD, OUT_BODY, OUT_HEAD, TransferError};
use shared::*;

const SECOND: Duration = Duration::from_secs(1);

fn ask(device: &mut FourPipes, request: &str) -> Result<Vec<u8>, TransferError> {
    let request = bytes(request);
    device.write(OUT_HEAD, &request[..7])?;
    device.write(OUT_BODY, &request[7..])?;
    let head = device.read(IN_HEAD, SECOND)?;
    let body = device.read(IN_BODY, SECOND)?;
    Ok([head, body].concat())
}

#[test]
fn card_is_read_through_the_four_pipes() {
    let mut device = FourPipes::new(pipe("ouyang", true, 1));
    assert_eq!(ask(&mut device, STATUS).unwrap(), bytes("AAAAAA9669000400009094"));
    assert_eq!(ask(&mut device, FIND).unwrap()[9], 0x9F);
    assert_eq!(ask(&mut device, SELECT).unwrap()[9], 0x90);
    assert_eq!(ask(&mut device, READ).unwrap().len(), 1295);
}

#[test]
fn parts_in_the_wrong_order_stall_the_pipe() {
    let mut device = FourPipes::new(pipe("", false, 1));
    assert_eq!(device.write(OUT_BODY, &[0x11, 0xFF, 0xED]), Err(TransferError::Stall));
    assert_eq!(device.write(OUT_HEAD, &bytes(STATUS)), Err(TransferError::Stall));
    assert_eq!(device.read(IN_BODY, SECOND), Err(TransferError::Stall));
    assert_eq!(device.write(0x01, &[0]), Err(TransferError::NoPipe));
    assert!(ask(&mut device, STATUS).is_ok());
}

#[test]
fn silence_times_out_and_a_pulled_device_is_gone() {
    let mut device = FourPipes::new(pipe("", false, 1));
    arm(&mut device.pipe, r#"{"command": "status", "nth": 1, "kind": "silence"}"#);
    assert_eq!(ask(&mut device, STATUS), Err(TransferError::TimedOut));
    device.pipe.act(&Verb::Unplug).unwrap();
    assert_eq!(ask(&mut device, STATUS), Err(TransferError::Gone));
}

#[test]
fn rest_of_a_cut_reply_does_not_answer_the_next_request() {
    let mut device = FourPipes::new(pipe("", false, 1));
    arm(&mut device.pipe, r#"{"command": "sam_id", "nth": 1, "kind": {"truncate": {"at": 20}}}"#);
    assert_eq!(ask(&mut device, SAM_ID), Err(TransferError::TimedOut));
    assert_eq!(ask(&mut device, STATUS).unwrap(), bytes("AAAAAA9669000400009094"));
}
