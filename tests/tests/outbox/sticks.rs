//! The stick over the real simulator: out to the county, back with its answers, and never an effect twice.

use desk::contract::{OutboxState, Request};
use journeys::aftermath::Aftermath;
use journeys::counter::Counter;
use ledger::MessageState;
use serde_json::{Value, json};

use crate::bench::{Bench, PLATFORMS, county_key, export, page, states};

/// What each effect at the platforms was, and how often it was delivered.
fn effects(bench: &Bench) -> Vec<(String, u64)> {
    let received = bench.simulator.received().unwrap();
    let effect = |one: &Value| (one["kind"].as_str().unwrap().to_owned(), one["deliveries"].as_u64().unwrap());
    received.as_array().unwrap().iter().map(effect).collect()
}

fn import(counter: &Counter, file: &str) {
    counter.ask(Request::ImportAnswers { file: file.to_owned() }).unwrap();
}

/// The trouble with a file of answers, read and put away.
fn refused(counter: &Counter, file: &str) -> String {
    import(counter, file);
    let fault = counter.trouble();
    assert_eq!(fault.code, "platform.answers_refused", "{fault:#?}");
    counter.ask(Request::Understood).unwrap();
    fault.reasons.join("")
}

#[test]
fn without_a_network_everything_reaches_the_platforms_by_stick_and_comes_back_with_receipts() {
    let bench = Bench::cut_off();
    let counter = bench.after_a_visit();
    counter.ask(Request::ShowOutbox).unwrap();
    let (file, key) = export(&bench, &counter, 1);
    let exported = page(&counter, "the note of the export", |shown| {
        shown.lines.iter().all(|line| line.exported.is_some()).then(|| shown.clone())
    });
    assert_eq!((exported.undone, exported.stick.exportable), (5, 5), "what went out on a stick stays due");

    let (said, code) = bench.county(&file, &bench.county_file(), &key, "answers-1.yda");
    assert_eq!((&said, code), (&json!({"done": 5, "rejected": 0, "open": 0}), 0));
    page(&counter, "the answers on the stick", |shown| {
        shown.stick.answers.iter().any(|file| file.value == "answers-1.yda").then_some(())
    });
    import(&counter, "answers-1.yda");
    let note = page(&counter, "everything arrived", |shown| (shown.undone == 0).then(|| shown.stick.note.clone()));
    assert_eq!(note.as_deref(), Some("已导入第 1 份导出的回执：5 条已送达。"));
    assert_eq!(refused(&counter, "answers-1.yda"), "answers-1.yda：这份回执已经导入过了");
    assert_eq!(counter.ask(Request::ExportOutbox).unwrap_err().code, "platform.nothing_to_export");
    drop(counter);

    let kinds = effects(&bench);
    assert_eq!(kinds.len(), 5);
    assert!(kinds.iter().all(|(_, deliveries)| *deliveries == 1), "{kinds:?}");
    let left = Aftermath::of(bench.path());
    assert!(left.messages().iter().all(|one| one.state == MessageState::Done && one.receipt.is_some()));
    let tags: Vec<_> = left.ledger.station_facts().unwrap().iter().map(|one| one.fact.tag()).collect();
    for tag in ["outbox_exported", "receipts_imported"] {
        assert_eq!(tags.iter().filter(|one| **one == tag).count(), 1, "{tags:?}");
    }
    assert_eq!(left.report().problems, Vec::<String>::new());
}

#[test]
fn a_network_that_comes_back_between_export_and_import_doubles_nothing() {
    let bench = Bench::new();
    bench.add_stick();
    bench.behave(&json!("away"));
    let counter = bench.after_a_visit();
    counter.ask(Request::ShowOutbox).unwrap();
    let (file, key) = export(&bench, &counter, 1);
    bench.behave(&json!("accept"));
    for platform in PLATFORMS {
        // Whatever has gone meanwhile has nothing left that waits.
        let _ = counter.ask(Request::RetryPlatform { platform: platform.to_owned() });
    }
    page(&counter, "everything sent over the network", |shown| (shown.undone == 0).then_some(()));
    let (said, _) = bench.county(&file, &bench.county_file(), &key, "answers-1.yda");
    assert_eq!(said["done"], 5, "the platforms recognise every key: {said}");
    import(&counter, "answers-1.yda");
    page(&counter, "the note", |shown| {
        shown.stick.note.as_ref().filter(|note| note.contains("5 条已送达")).map(|_| ())
    });
    assert_eq!(counter.view().trouble, None);
    drop(counter);
    let all = effects(&bench);
    assert_eq!(all.len(), 5, "one effect each: {all:?}");
    assert!(all.iter().all(|(_, deliveries)| *deliveries >= 2), "{all:?}");
    assert!(Aftermath::of(bench.path()).messages().iter().all(|one| one.state == MessageState::Done));
}

#[test]
fn a_forged_an_altered_a_foreign_or_an_unknown_file_is_refused_by_name_and_changes_nothing() {
    let bench = Bench::cut_off();
    let counter = bench.after_a_visit();
    counter.ask(Request::ShowOutbox).unwrap();
    let (file, key) = export(&bench, &counter, 1);
    let (_, code) = bench.county(&file, &bench.county_file(), &key, "good.yda");
    assert_eq!(code, 0);
    let good = std::fs::read_to_string(bench.stick().join("good.yda")).unwrap();
    let lay = |name: &str, text: &str| std::fs::write(bench.stick().join(name), text).unwrap();

    lay("altered.yda", &good.replace("-000001", "-000009"));
    assert!(refused(&counter, "altered.yda").contains("签名对不上"));
    lay("short.yda", &good[..good.len() / 2]);
    assert!(refused(&counter, "short.yda").contains("这不是回执文件，或者已经残缺"));
    lay("nothing.yda", "PK");
    assert!(refused(&counter, "nothing.yda").contains("不是回执文件"));
    // Another county's key signs the same answers.
    let other = bench.path().join("other.key");
    std::fs::write(&other, county_key(2)["private"].as_str().unwrap()).unwrap();
    let (_, code) = bench.county(&file, &other, &key, "other.yda");
    assert_eq!(code, 3, "the other county cannot even open what was sealed for this one");
    // The county itself refuses what another counter has signed, and what was altered on the way.
    let (_, code) = bench.county(&file, &bench.county_file(), county_key(3)["public"].as_str().unwrap(), "x.yda");
    assert_eq!(code, 3);
    let changed = std::fs::read_to_string(&file).unwrap().replace("\"serial\":1", "\"serial\":2");
    lay("outbox-changed.ydx", &changed);
    let (_, code) = bench.county(&bench.stick().join("outbox-changed.ydx"), &bench.county_file(), &key, "x.yda");
    assert_eq!(code, 3);
    // A file that is gone is no file.
    import(&counter, "gone.yda");
    assert_eq!(counter.trouble().code, "platform.stick_away");
    counter.ask(Request::Understood).unwrap();

    page(&counter, "nothing has changed", |shown| (shown.undone == 5 && shown.arrived_today == 0).then_some(()));
    import(&counter, "good.yda");
    page(&counter, "the good one still counts", |shown| (shown.undone == 0).then_some(()));
}

#[test]
fn answers_to_another_window_or_to_an_export_nobody_made_are_refused() {
    // Two stations of the same county; what one has exported is no business of the other.
    let (one, other) = (Bench::cut_off(), Bench::cut_off());
    let counter = one.after_a_visit();
    counter.ask(Request::ShowOutbox).unwrap();
    let (file, key) = export(&one, &counter, 1);
    one.county(&file, &one.county_file(), &key, "answers.yda");
    drop(counter);

    let there = other.counter();
    there.ask(Request::ShowOutbox).unwrap();
    std::fs::copy(one.stick().join("answers.yda"), other.stick().join("answers.yda")).unwrap();
    assert!(refused(&there, "answers.yda").contains("没有第 1 份导出"));
    drop(there);
    other.rewire("code = \"HS0101\"", "code = \"HS0102\"");
    let renamed = other.counter();
    renamed.ask(Request::ShowOutbox).unwrap();
    assert!(refused(&renamed, "answers.yda").contains("这是给窗口 HS0101 的回执"));
}

#[test]
fn a_platforms_refusal_comes_back_by_stick_with_its_words() {
    let bench = Bench::cut_off();
    bench.behave(&json!({"reject": {"code": "BAD_NUMBER"}}));
    let counter = bench.after_a_visit();
    counter.ask(Request::ShowOutbox).unwrap();
    let (file, key) = export(&bench, &counter, 1);
    let (said, _) = bench.county(&file, &bench.county_file(), &key, "answers-1.yda");
    assert_eq!(said, json!({"done": 0, "rejected": 1, "open": 4}), "what follows a refused one is not posted");
    import(&counter, "answers-1.yda");
    let first = page(&counter, "the refused one", |shown| {
        shown.lines.first().filter(|line| line.state == OutboxState::Rejected).cloned()
    });
    assert_eq!((first.cause.as_str(), first.said.as_deref()), ("平台不认身份证号码。", Some("平台不予受理")));
    drop(counter);
    let states = states(&Aftermath::of(bench.path()).messages());
    assert_eq!(states.iter().filter(|(_, state)| state == "rejected").count(), 1, "{states:?}");
}

#[test]
fn a_closed_system_holds_nothing_back_by_stick_either_and_a_busy_one_has_refused_nothing() {
    let bench = Bench::cut_off();
    bench.simulator.order("platform", &json!({"platform": "ageing", "behaviour": "closed"})).unwrap();
    let busy = json!({"platform": "rating", "behaviour": {"reject": {"code": "BUSY"}}});
    bench.simulator.order("platform", &busy).unwrap();
    let counter = bench.after_a_visit();
    counter.ask(Request::ShowOutbox).unwrap();
    let (file, key) = export(&bench, &counter, 1);
    bench.county(&file, &bench.county_file(), &key, "answers-1.yda");
    import(&counter, "answers-1.yda");
    page(&counter, "a closed one and one that waits", |shown| {
        let mut left: Vec<_> = shown.lines.iter().map(|line| (line.state, line.kind_name.as_str())).collect();
        // The network is still away: what waits may be on its way this moment.
        left.retain(|(state, _)| *state != OutboxState::InFlight);
        // What was filed and rated later in the case waits behind the rating that the busy one has not taken.
        let held = left.iter().filter(|(state, _)| *state == OutboxState::Held).count();
        let told = [(OutboxState::Closed, "老龄业务登记"), (OutboxState::Due, "好差评")];
        (shown.undone == 4 && held == 2 && told.iter().all(|line| left.contains(line))).then_some(())
    });
}

#[test]
fn a_stick_that_is_not_set_up_or_not_there_is_told_of_in_words() {
    let bench = Bench::new();
    bench.behave(&json!("away"));
    let counter = bench.after_a_visit();
    counter.ask(Request::ShowOutbox).unwrap();
    let missing = page(&counter, "what is missing", |shown| shown.stick.missing.clone());
    assert!(missing.contains("[stick]") && missing.contains("技术支持"), "{missing}");
    let fault = counter.ask(Request::ExportOutbox).unwrap_err();
    assert_eq!(
        (fault.code.as_str(), fault.call.as_str()),
        ("platform.no_stick", "请联系：技术支持（样例）0737-0000000")
    );
    drop(counter);

    bench.add_stick();
    std::fs::remove_dir(bench.stick()).unwrap();
    let counter = bench.counter();
    counter.ask(Request::ShowOutbox).unwrap();
    page(&counter, "a stick that is away", |shown| {
        shown.stick.missing.as_ref().filter(|words| words.contains("没有看到 U 盘")).map(|_| ())
    });
    counter.ask(Request::ExportOutbox).unwrap();
    assert_eq!(counter.trouble().code, "platform.stick_away");
    counter.ask(Request::Understood).unwrap();
    std::fs::create_dir(bench.stick()).unwrap();
    // The export that never reached a stick keeps its serial; the next one has its own.
    let (file, _) = export(&bench, &counter, 2);
    let names: Vec<_> = std::fs::read_dir(bench.stick()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(names, [file]);
}
