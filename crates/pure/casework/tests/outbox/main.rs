//! The outbox against a world that loses, doubles, delays and refuses: a seeded model, and proof that it can fail.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod planner;
mod reach;
mod seen;
mod weather;
mod world;

use planner::Planner;
use world::World;

/// Each block is a test of its own, so that they run beside one another.
const BLOCK: u64 = 25_000;

fn every_schedule_of(block: u64) {
    for seed in block * BLOCK..(block + 1) * BLOCK {
        if let Err(wrong) = World::new(seed, Planner::Sound).run() {
            panic!("seed {seed}: {wrong}");
        }
    }
}

/// 100,000 schedules in four blocks: each message has exactly one effect, in order within its case; what is refused stops
/// its own case alone; and everything else has arrived soon after the weather has cleared.
#[test]
fn each_message_has_exactly_one_effect_first_block() {
    every_schedule_of(0);
}

#[test]
fn each_message_has_exactly_one_effect_second_block() {
    every_schedule_of(1);
}

#[test]
fn each_message_has_exactly_one_effect_third_block() {
    every_schedule_of(2);
}

#[test]
fn each_message_has_exactly_one_effect_fourth_block() {
    every_schedule_of(3);
}

/// The same schedules find each of these, or they would prove nothing about the sound one.
#[test]
fn every_planted_fault_is_found() {
    for fault in Planner::FAULTS {
        let finds = |seed| World::new(seed, fault).run().is_err_and(|wrong| wrong.contains(fault.told()));
        assert!((0..10_000).any(finds), "{fault:?} went through 10,000 schedules unnoticed");
    }
}

/// A world in which nothing ever happens would pass every check.
#[test]
fn the_schedules_hold_everything_that_they_are_meant_to_hold() {
    let mut seen = seen::Seen::default();
    for seed in 0..4_000 {
        let mut world = World::new(seed, Planner::Sound);
        world.run().unwrap();
        seen.add(&world.seen);
    }
    seen.assert_everything();
}
