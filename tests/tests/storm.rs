//! A desk in a storm: whatever people ask, devices say and power does, in any order, nothing panics, nothing that was
//! durable is lost, no number is used twice, and the ledger is sound.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "storm/persons.rs"]
mod persons;
#[path = "storm/requests.rs"]
mod requests;
#[path = "storm/world.rs"]
mod world;

use proptest::prelude::*;

use world::World;

/// One thing that happens. The numbers choose among what is possible at that moment.
#[derive(Debug, Clone)]
enum Happening {
    /// The practised clerk does the next thing.
    Clerk,
    /// Somebody asks for anything at all.
    Anything(requests::Wish),
    /// A device or platform answers one of the things that are under way: well, badly, or not at all.
    Answer { which: usize, how: world::How },
    /// Seconds pass.
    Time(u16),
    /// The power fails, and the station starts again.
    Restart,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        10 => Just(Happening::Clerk),
        4 => requests::wish().prop_map(Happening::Anything),
        8 => (any::<usize>(), world::how()).prop_map(|(which, how)| Happening::Answer { which, how }),
        2 => (1_u16..600).prop_map(Happening::Time),
        1 => Just(Happening::Restart),
    ]
}

proptest! {
    // Each case renders cards and syncs disks; a debug build does a few a second.
    #![proptest_config(ProptestConfig { cases: 30, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_requests_answers_and_restarts_breaks_the_desk(
        happenings in prop::collection::vec(happening(), 40..160),
    ) {
        let mut world = World::new();
        for one in happenings {
            match one {
                Happening::Clerk => world.clerk(),
                Happening::Anything(wish) => {
                    let view = world.view();
                    world.ask(requests::request(wish, &view));
                }
                Happening::Answer { which, how } => world.answer(which, how),
                Happening::Time(seconds) => world.time(seconds),
                Happening::Restart => world.restart(),
            }
        }
        world.end();
    }
}

/// The storm's world is one in which a visit can succeed; otherwise the test above would only ever see refusals.
#[test]
fn without_wind_the_clerk_comes_to_the_end() {
    let mut world = World::new();
    for _ in 0..60 {
        world.clerk();
        world.answer(0, world::How::Well);
        world.time(1);
    }
    let ends = world.end();
    assert!(ends.contains("sealed"), "{ends:?}");
    // The second person of the storm is served too, the third is too young.
    assert!(ends.contains("refused") || ends.contains("eligibility_judged"), "{ends:?}");
}
