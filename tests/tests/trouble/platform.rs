//! Platforms that are away: nobody at the counter waits for them.

use desk::contract::{LightState, Request};
use journeys::aftermath::Aftermath;
use ledger::MessageState;
use serde_json::json;

use crate::bench::Bench;

#[test]
fn a_case_goes_on_while_the_platforms_are_away_and_its_messages_arrive_when_they_are_back() {
    let bench = Bench::new();
    let behave = |behaviour: &str| {
        for platform in ["city", "ageing", "filing", "rating"] {
            let order = json!({"platform": platform, "behaviour": behaviour});
            bench.simulator.order("platform", &order).unwrap();
        }
    };
    behave("away");
    let counter = bench.with_case();
    counter.walk_to("closed");
    counter.wait("a lamp that counts what waits", |view| {
        let light = view.lights.iter().find(|light| light.device == "platform")?;
        (light.state == LightState::Waiting && light.words.contains('5')).then_some(())
    });
    assert_eq!(counter.view().trouble, None, "a platform that is away troubles nobody");
    assert_eq!(bench.simulator.received().unwrap(), json!([]));
    counter.ask(Request::CloseCase).unwrap();

    behave("accept");
    counter.wait("everything sent", |view| {
        let light = view.lights.iter().find(|light| light.device == "platform")?;
        (light.state == LightState::Good).then_some(())
    });
    drop(counter);
    let received = bench.simulator.received().unwrap();
    let kinds: Vec<_> = received.as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["acceptance", "ageing_record", "rating", "filing_report", "rating"]);
    let messages = Aftermath::of(bench.path()).messages();
    assert!(messages.iter().all(|message| message.state == MessageState::Done), "{messages:?}");
    assert!(messages[0].attempt > 1, "it was tried while the platform was away: {messages:?}");
}

#[test]
fn an_answer_that_got_lost_has_one_effect_although_the_message_is_sent_twice() {
    let bench = Bench::new();
    let order = json!({"platform": "city", "behaviour": "lost_answer", "times": 1});
    bench.simulator.order("platform", &order).unwrap();
    let counter = bench.with_case();
    counter.walk_to("closed");
    counter.wait("everything sent", |view| {
        let light = view.lights.iter().find(|light| light.device == "platform")?;
        (light.state == LightState::Good).then_some(())
    });
    let received = bench.simulator.received().unwrap();
    let deliveries: Vec<_> = received.as_array().unwrap().iter().map(|one| one["deliveries"].as_u64()).collect();
    assert_eq!(deliveries, [Some(2), Some(1), Some(1), Some(1), Some(1)], "{received}");
}

fn order(bench: &Bench, platform: &str, behaviour: &serde_json::Value, times: Option<u32>) {
    bench.simulator.order("platform", &json!({"platform": platform, "behaviour": behaviour, "times": times})).unwrap();
}

/// S-36, over the wire.
#[test]
fn a_station_whose_department_is_in_taojiang_pushes_to_the_platform_of_taojiang() {
    let bench = Bench::new().rewired("district = \"heshan\"", "district = \"taojiang\"");
    let counter = bench.with_case();
    counter.walk_to("closed");
    counter.wait("everything sent", |view| {
        let light = view.lights.iter().find(|light| light.device == "platform")?;
        (light.state == LightState::Good).then_some(())
    });
    let received = bench.simulator.received().unwrap();
    let first = &received[0];
    assert_eq!((&first["platform"], &first["kind"]), (&json!("taojiang"), &json!("acceptance")));
    assert_eq!(first["body"]["department"], "taojiang");
    assert!(received.as_array().unwrap().iter().all(|one| one["platform"] != "city"), "{received}");
}

/// S-37: the case is kept, its message is kept with its cause, and nothing else waits for it.
#[test]
fn a_closed_ageing_system_keeps_nobody_waiting() {
    let bench = Bench::new();
    order(&bench, "ageing", &json!("closed"), None);
    let counter = bench.with_case();
    counter.walk_to("closed");
    let words = counter.wait("everything else sent", |view| {
        let light = view.lights.iter().find(|light| light.device == "platform")?;
        (light.state == LightState::Good).then(|| light.words.clone())
    });
    assert!(words.contains("1 条因对方系统关闭而留存"), "{words}");
    drop(counter);
    let received = bench.simulator.received().unwrap();
    let kinds: Vec<_> = received.as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["acceptance", "rating", "filing_report", "rating"]);
    let messages = Aftermath::of(bench.path()).messages();
    let kept = messages.iter().find(|message| message.kind.name() == "ageing_record").unwrap();
    assert_eq!((kept.state, kept.attempt), (MessageState::Closed, 1), "it is not asked again by itself");
    assert_eq!(kept.last_code.as_deref(), Some("AGEING_SYSTEM_CLOSED"));
}

#[test]
fn a_refused_message_stops_its_own_case_and_no_other() {
    let bench = Bench::new();
    order(&bench, "city", &json!({"reject": {"code": "BAD_NUMBER"}}), Some(1));
    let counter = bench.with_case();
    counter.walk_to("closed");
    counter.wait("a lamp that wants a hand", |view| {
        let light = view.lights.iter().find(|light| light.device == "platform")?;
        (light.state == LightState::NeedsHand).then_some(())
    });
    counter.ask(Request::CloseCase).unwrap();
    bench.lay("yan");
    counter.ask(Request::OpenCase { kind: desk::contract::Kind::First }).unwrap();
    counter.walk_to("closed");
    let second = counter.case().case;
    let kinds = |received: &serde_json::Value| received.as_array().unwrap().len();
    counter
        .wait("the other case's five messages", |_| (kinds(&bench.simulator.received().unwrap()) == 5).then_some(()));
    let received = bench.simulator.received().unwrap();
    assert!(received.as_array().unwrap().iter().all(|one| one["body"]["case"] == second.as_str()), "{received}");
    drop(counter);
    let messages = Aftermath::of(bench.path()).messages();
    let states: Vec<_> = messages.iter().map(|message| message.state).collect();
    use MessageState::{Done, Due, Rejected};
    assert_eq!(states, [Rejected, Due, Due, Due, Due, Done, Done, Done, Done, Done]);
    assert_eq!(messages[0].last_code.as_deref(), Some("BAD_NUMBER"));
}
