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
