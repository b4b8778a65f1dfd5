//! Simulated weeks, each of which balances; and two visits that are killed after each of their commits in turn.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use journeys::bench::Simulator;
use journeys::outputs;
use journeys::week::balance::{self, Balance};
use journeys::week::plan::Plan;
use journeys::week::{Ended, Place, Told, Week, approve_at_once, one_life, station};

/// Two visits commit less than a hundred times; with more somebody goes round in circles.
const MOST_COMMITS: usize = 200;

fn assert_balances(seed: u64) {
    let folder = outputs::folder();
    let week = Week { seed, visits: 300, kills: 12, folder: folder.path().to_path_buf() };
    let kills = std::cell::Cell::new(0);
    let accounts = week.run(|told| kills.set(kills.get() + u32::from(matches!(told, Told::Killed(_))))).unwrap();
    for (place, balance) in &accounts {
        assert_eq!(balance.wrong, Vec::<String>::new(), "{place:?} of seed {seed}");
        assert!(balance.delivered > 50 && balance.messages > balance.delivered, "{place:?}: {balance:?}");
    }
    assert_eq!(accounts.iter().map(|(place, _)| *place).collect::<Vec<_>>(), Place::ALL);
    assert!(kills.get() >= 12, "only {} kills fell into the week of seed {seed}", kills.get());
}

#[test]
fn the_week_of_seed_1_balances() {
    assert_balances(1);
}

#[test]
fn the_week_of_seed_2_balances() {
    assert_balances(2);
}

#[test]
fn the_week_of_seed_3_balances() {
    assert_balances(3);
}

/// A first card, then a new one for the card that was lost, with an agent: killed after the n-th commit for every n, and
/// gone on with.
fn assert_every_kill_is_survived(place: Place) {
    for n in 1..MOST_COMMITS {
        // Platforms of its own for each run: the stations of all of them have one code.
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        approve_at_once(&simulator).unwrap();
        let folder = outputs::folder();
        let station = station(place, &simulator, folder.path()).unwrap();
        let first = one_life(place, Plan::LostCard, &station, Some(n), |_| {}).unwrap();
        if first == Ended::Killed {
            let second = one_life(place, Plan::LostCard, &station, None, |_| {});
            assert_eq!(second, Ok(Ended::Over), "after commit {n}");
        }
        let received = simulator.received().unwrap();
        let balance = balance::draw_up(folder.path(), place, Plan::LostCard, received.as_array().unwrap());
        assert_sound(&balance, n);
        if first == Ended::Over {
            assert!(n > 40, "two visits commit more often than {n} times");
            return;
        }
    }
    panic!("the two visits never ended by themselves");
}

fn assert_sound(balance: &Balance, n: usize) {
    assert_eq!(balance.wrong, Vec::<String>::new(), "after commit {n}");
    assert_eq!((balance.accepted, balance.delivered), (2, 2), "after commit {n}: {balance:?}");
}

#[test]
fn two_visits_at_a_village_are_killed_after_every_commit_and_lose_nothing() {
    assert_every_kill_is_survived(Place::Village);
}

#[test]
fn two_visits_at_a_hall_are_killed_after_every_commit_and_lose_nothing() {
    assert_every_kill_is_survived(Place::Hall);
}
