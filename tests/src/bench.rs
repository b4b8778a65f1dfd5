//! A bench: the simulator as a process of its own, and a station wired to it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::http;
use crate::programs::{self, command, root};

/// What the photographer and the scanner of a bench have left by the time a person comes, by folder.
const FIRST_PICTURES: [(&str, &str); 2] =
    [("photos", "fixtures/portraits/woman.jpg"), ("documents", "fixtures/pages/id-card-page.png")];

/// The folders that stand for printers. A desk never makes one: a queue that is gone is trouble to be told of.
const QUEUES: [&str; 2] = ["queue/card", "queue/paper"];

/// The running simulator. It ends when this is dropped.
pub struct Simulator {
    process: Child,
    /// What it said when it was ready: `reader_tcp`, `reader_pty`, `platform`, `control`.
    pub ready: Value,
}

/// Why the simulator or a station could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    #[error("starting hardware-sim")]
    Start { source: std::io::Error },
    #[error("hardware-sim said {line:?} instead of where it is")]
    Ready { line: String, source: serde_json::Error },
    #[error("writing the station in {folder}")]
    Station { folder: PathBuf, source: std::io::Error },
}

impl Simulator {
    /// Starts `hardware-sim` with a scenario, named from the clone's root, and waits until it is ready.
    pub fn start(scenario: &str) -> Result<Simulator, BenchError> {
        let mut process = command("hardware-sim")
            .arg(root().join(scenario))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|source| BenchError::Start { source })?;
        let mut line = String::new();
        let output = process.stdout.take().expect("its standard output is piped");
        BufReader::new(output).read_line(&mut line).map_err(|source| BenchError::Start { source })?;
        match serde_json::from_str(&line) {
            Ok(ready) => Ok(Simulator { process, ready }),
            Err(source) => {
                end(&mut process);
                Err(BenchError::Ready { line, source })
            }
        }
    }

    /// One of its addresses, empty when it does not offer that one.
    pub fn address(&self, key: &str) -> &str {
        self.ready.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// What reached the simulated platforms, in order of arrival.
    pub fn received(&self) -> Result<Value, http::HttpError> {
        http::get(&format!("{}/control/received", self.address("platform")))
    }

    /// Gives an order to the bench: `reader`, `platform` or `printer`, and what to do.
    pub fn order(&self, part: &str, order: &Value) -> Result<Value, http::HttpError> {
        http::post(&format!("{}/control/{part}", self.address("control")), order)
    }

    /// Writes a station file into `folder`, wired to this simulator, from a template of fixtures/stations.
    pub fn station(&self, template: &str, folder: &Path) -> Result<PathBuf, BenchError> {
        let failed = |source| BenchError::Station { folder: folder.to_path_buf(), source };
        let text = std::fs::read_to_string(root().join(template)).map_err(failed)?;
        let text = wire(&text, &root(), folder, self.address("reader_pty"), self.address("platform"));
        for (inner, picture) in FIRST_PICTURES {
            let picture = root().join(picture);
            std::fs::create_dir_all(folder.join(inner)).map_err(failed)?;
            let name = picture.file_name().unwrap_or_default();
            std::fs::copy(&picture, folder.join(inner).join(name)).map_err(failed)?;
        }
        for queue in QUEUES {
            std::fs::create_dir_all(folder.join(queue)).map_err(failed)?;
        }
        let path = folder.join("station.toml");
        std::fs::write(&path, text).map_err(failed)?;
        Ok(path)
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

/// Closes its standard input, on which it ends by itself.
fn end(process: &mut Child) {
    drop(process.stdin.take());
    // It may have ended already; a test that cares about its exit code asks for it.
    let _ = process.wait();
}

/// A template with its addresses filled in. A template is itself a valid station: its relative paths start at
/// fixtures/stations, its output is in out/demo, its programs in target/debug, its platforms at a port where nobody answers.
fn wire(template: &str, root: &Path, out: &Path, reader: &str, platform: &str) -> String {
    let fixtures = root.join("fixtures");
    template
        .replace("serial:../../out/demo/reader@", &format!("serial:{reader}@"))
        .replace("\"../../out/demo", &format!("\"{}", out.display()))
        .replace("\"../../target/debug/", &format!("\"{}/", programs::folder().display()))
        .replace("\"../", &format!("\"{}/", fixtures.display()))
        .replace("http://127.0.0.1:9/", &format!("{platform}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_station_is_wired_to_the_bench() {
        let template = std::fs::read_to_string(root().join("fixtures/stations/demo.toml")).unwrap();
        let text = wire(&template, Path::new("/clone"), Path::new("/bench"), "/dev/pts/7", "http://127.0.0.1:4711");
        for line in [
            "pack = \"/clone/fixtures/packs/yiyang-2021.toml\"",
            "data = \"/bench/ledger\"",
            "endpoint = \"serial:/dev/pts/7@115200\"",
            "city = \"http://127.0.0.1:4711/city\"",
            "receipt = \"/clone/fixtures/templates/receipt-a4.toml\"",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(!text.contains("\"../"), "{text}");
    }
}
