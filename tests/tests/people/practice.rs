//! `youdai people practice`: the invented people of a training station, so that papers can be seen to change hands.

use casework::nouns::PersonRole;
use cli::people::{ADMINISTRATOR, ARCHIVIST, CLERK, ISSUER, SUPERVISOR};
use journeys::aftermath::Aftermath;
use journeys::bench::Simulator;
use journeys::programs::command;
use serde_json::Value;

/// The people that the command makes at a station of this template, and what it prints. It is run twice.
fn made_at(template: &str) -> (Vec<(String, Vec<PersonRole>)>, Value) {
    let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
    let folder = journeys::outputs::folder();
    let station = simulator.station(template, folder.path()).unwrap();
    let run = || command("youdai").args(["--json", "people", "practice", "--station"]).arg(&station).output().unwrap();
    let first = run();
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stdout));
    let second = run();
    assert!(second.status.success() && second.stdout == first.stdout, "{}", String::from_utf8_lossy(&second.stdout));
    let people = Aftermath::of(folder.path()).ledger.people().unwrap();
    let people = people.into_iter().map(|one| (one.name.to_string(), one.roles.into_iter().collect())).collect();
    (people, serde_json::from_slice(&first.stdout).unwrap())
}

#[test]
fn practice_people_are_separate_and_at_a_hall_nobody_is_two() {
    use PersonRole::{Administrator, Archivist, Clerk, Issuer, Supervisor};
    for (template, clerk) in
        [("fixtures/stations/demo.toml", vec![Clerk, Issuer, Archivist]), ("fixtures/stations/hall.toml", vec![Clerk])]
    {
        let (people, said) = made_at(template);
        let wanted = [
            (ADMINISTRATOR, vec![Administrator]),
            (CLERK, clerk),
            (ISSUER, vec![Issuer]),
            (ARCHIVIST, vec![Archivist]),
            (SUPERVISOR, vec![Supervisor]),
        ];
        for (person, roles) in wanted {
            let found = people.iter().find(|(name, _)| name == person.name);
            assert_eq!(found.map(|(_, roles)| roles), Some(&roles), "{template}: {people:?}");
        }
        assert_eq!(people.len(), 5);
        for (key, person) in [("clerk", CLERK), ("issuer", ISSUER), ("archivist", ARCHIVIST)] {
            assert_eq!((&said[key]["name"], &said[key]["password"]), (&person.name.into(), &person.password.into()));
        }
    }
}
