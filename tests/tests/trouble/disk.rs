//! A full disk, a real one: a small tmpfs under the station's ledger, in a mount namespace of its own.

use std::process::Command;

use journeys::aftermath::Aftermath;
use journeys::programs::{command, root};
use serde_json::Value;

use crate::bench::Bench;

/// Mounts a disk of $1 bytes under the ledger, walks the visit until the disk is full, makes room, walks on, and keeps
/// the ledger. Exit 7: this machine does not let us mount.
const SCRIPT: &str = r#"
mount -t tmpfs -o size="$1" tmpfs "$LEDGER" || exit 7
"$YOUDAI" --json visit --station "$STATION" --out "$OUT" > "$OUT/full.json" 2> "$OUT/full.err"
echo $? > "$OUT/full.code"
mount -o remount,size=64m "$LEDGER" || exit 7
"$YOUDAI" --json visit --station "$STATION" --out "$OUT" > "$OUT/room.json" 2> "$OUT/room.err"
echo $? > "$OUT/room.code"
cp -a "$LEDGER/." "$KEPT/"
"#;

#[test]
fn a_full_disk_is_told_of_and_the_case_goes_on_when_there_is_room() {
    let mut where_it_stopped = Vec::new();
    for kib in [200, 450, 700] {
        // The limit that takes no new case on such a disk is not what is tried here.
        let bench = Bench::new().rewired("least_free_mb = 1024", "least_free_mb = 0");
        let (out, ledger, kept) = (bench.path().join("out"), bench.path().join("ledger"), bench.path().join("kept"));
        for folder in [&out, &ledger, &kept] {
            std::fs::create_dir_all(folder).unwrap();
        }
        let ended = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", SCRIPT, "sh", &format!("{kib}k")])
            .current_dir(root())
            .env("YOUDAI", command("youdai").get_program())
            .env("STATION", &bench.station)
            .env("OUT", &out)
            .env("LEDGER", &ledger)
            .env("KEPT", &kept)
            .status()
            .unwrap();
        assert!(ended.success(), "this machine lets no small disk be mounted ({ended}): the full disk is not tested");
        let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();

        let full: Value = serde_json::from_str(&read("full.json")).unwrap();
        assert_eq!(read("full.code").trim(), "4", "{kib} KiB: {full} {}", read("full.err"));
        let told = full["what"].as_str().unwrap();
        assert!(told.contains("ledger.full") && told.contains("磁盘满了"), "{kib} KiB: {full}");
        assert!(full["do_now"].as_str().unwrap().contains("清出磁盘空间"), "{kib} KiB: {full}");
        where_it_stopped.push(told.split('”').next().unwrap_or_default().to_owned());

        assert_eq!(read("room.code").trim(), "0", "{kib} KiB: {} {}", read("room.json"), read("room.err"));
        std::fs::remove_dir(&ledger).unwrap();
        std::fs::rename(&kept, &ledger).unwrap();
        let left = Aftermath::of(bench.path());
        assert_eq!(left.report().problems, Vec::<String>::new());
        assert_eq!(left.tags(&left.only_case()).last(), Some(&"sealed"));
        assert_eq!(left.prints("card").len(), 1);
    }
    where_it_stopped.dedup();
    assert!(where_it_stopped.len() > 1, "every disk was full at the same step: {where_it_stopped:?}");
}
