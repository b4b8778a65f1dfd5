//! The driver as the command line gives it, against the simulator's conformance pack: every published vector, every layout,
//! every fault, and twenty days drawn by chance. The two share no code.

use journeys::programs::command;

/// Decides the drawn days, so that a run repeats. `hardware-sim conformance` without `--seed` draws others.
const SEED: &str = "6325281655508365";

#[test]
fn our_driver_passes_the_whole_pack() {
    let youdai = command("youdai");
    let driver = format!("{} reader read", youdai.get_program().display());
    let output = command("hardware-sim").args(["conformance", "--driver", &driver, "--seed", SEED]).output().unwrap();
    let table = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{table}{complaint}");
    assert!(table.trim_end().lines().last().is_some_and(|line| line.contains(" 0 failed ")), "{table}");
}
