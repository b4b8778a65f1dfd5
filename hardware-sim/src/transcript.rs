//! What went over the wires: hexadecimal lines with times, for people, for tests and for replay.
//!
//! One line an entry: `  1234.567 main host AA AA …` with milliseconds since the start, the reader's name and who spoke:
//! `host`, `module`, or `note` for something done by hand, followed by words instead of bytes.

use std::fmt;
use std::time::Duration;

/// Bytes that follow one another within this time belong to one line.
const SAME_BREATH: Duration = Duration::from_millis(20);

/// Entries kept; the oldest go first.
const KEPT: usize = 20_000;

/// Who spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Host(Vec<u8>),
    Module(Vec<u8>),
    Note(String),
}

/// One line of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub at: Duration,
    pub reader: String,
    pub said: Said,
}

/// Entries in the order in which they happened.
#[derive(Debug, Clone, Default)]
pub struct Transcript {
    entries: std::collections::VecDeque<Entry>,
    last_at: Duration,
}

/// A transcript's text that cannot be replayed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not `MILLISECONDS READER host|module|note …`")]
pub struct NotATranscript {
    pub line: usize,
}

impl Transcript {
    /// Adds what was said; bytes of one speaker in one breath grow one line.
    pub fn add(&mut self, at: Duration, reader: &str, said: Said) {
        let in_one_breath = at.saturating_sub(self.last_at) < SAME_BREATH;
        self.last_at = at;
        if let Some(last) = self.entries.back_mut()
            && in_one_breath
            && last.reader == reader
        {
            match (&mut last.said, &said) {
                (Said::Host(line), Said::Host(more)) | (Said::Module(line), Said::Module(more)) => {
                    line.extend(more);
                    return;
                }
                (Said::Host(_) | Said::Module(_) | Said::Note(_), _) => {}
            }
        }
        self.entries.push_back(Entry { at, reader: reader.to_owned(), said });
        if self.entries.len() > KEPT {
            self.entries.pop_front();
        }
    }

    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Everything as text.
    pub fn text(&self) -> String {
        self.entries.iter().map(|entry| format!("{entry}\n")).collect()
    }

    /// Reads the text of a transcript.
    pub fn parse(text: &str) -> Result<Transcript, NotATranscript> {
        let mut transcript = Transcript::default();
        for (index, line) in text.lines().enumerate() {
            if !line.trim().is_empty() {
                let entry = parse_line(line).ok_or(NotATranscript { line: index + 1 })?;
                transcript.entries.push_back(entry);
            }
        }
        Ok(transcript)
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = self.at.as_secs_f64() * 1000.0;
        let reader = &self.reader;
        match &self.said {
            Said::Host(bytes) => write!(out, "{ms:12.3} {reader} host   {}", spaced(bytes)),
            Said::Module(bytes) => write!(out, "{ms:12.3} {reader} module {}", spaced(bytes)),
            Said::Note(words) => write!(out, "{ms:12.3} {reader} note   {words}"),
        }
    }
}

fn spaced(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

fn parse_line(line: &str) -> Option<Entry> {
    let mut words = line.split_whitespace();
    let ms: f64 = words.next()?.parse().ok()?;
    let reader = words.next()?.to_owned();
    let who = words.next()?;
    let rest = words.collect::<Vec<_>>();
    let said = match who {
        "host" => Said::Host(hex::decode(rest.concat()).ok()?),
        "module" => Said::Module(hex::decode(rest.concat()).ok()?),
        "note" => Said::Note(rest.join(" ")),
        _ => return None,
    };
    Some(Entry { at: Duration::try_from_secs_f64(ms / 1000.0).ok()?, reader, said })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transcript_reads_back_what_it_wrote() {
        let mut transcript = Transcript::default();
        transcript.add(Duration::from_millis(1), "main", Said::Host(vec![0xAA, 0x96]));
        transcript.add(Duration::from_millis(2), "main", Said::Host(vec![0x69]));
        transcript.add(Duration::from_millis(3), "main", Said::Module(vec![0x90]));
        transcript.add(Duration::from_millis(90), "main", Said::Module(vec![0x91]));
        transcript.add(Duration::from_millis(91), "main", Said::Note("lay ouyang".to_owned()));
        let text = transcript.text();
        assert_eq!(text.lines().count(), 4);
        assert_eq!(Transcript::parse(&text).unwrap().text(), text);
    }

    #[test]
    fn other_text_is_refused_with_its_line() {
        let text = "   1.000 main host AA\nhello\n";
        assert_eq!(Transcript::parse(text).err(), Some(NotATranscript { line: 2 }));
    }
}
