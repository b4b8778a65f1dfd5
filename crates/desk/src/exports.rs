//! Files that leave the station as CSV: UTF-8 with a byte order mark, so that a spreadsheet reads Chinese, and no cell that a
//! spreadsheet would take for a formula.

use std::path::Path;

use casework::journal::sm3;
use casework::pack::PolicyPack;
use casework::statistics::Statistics;
use ledger::Stage;

use crate::contract::CountTable;
use crate::show;

/// A file that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    pub bytes: Vec<u8>,
    /// Rows without the header.
    pub rows: u32,
}

/// Every table of the statistics, empty ones too: what the page, the command line and the file tell alike.
pub fn tables(statistics: &Statistics, standing: &[(Stage, u64)], pack: &PolicyPack) -> Vec<CountTable> {
    show::statistics::tables(statistics, standing, pack, true)
}

impl Export {
    /// Rows under one header.
    pub fn of(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Export {
        let mut text = String::from('\u{feff}');
        line(&mut text, head.iter().copied());
        let mut count = 0;
        for row in rows {
            line(&mut text, row.iter().map(String::as_str));
            count += 1;
        }
        Export { bytes: text.into_bytes(), rows: count }
    }

    /// Every table of the statistics, one count a row: the table, what is counted in it, by what, and how often.
    pub fn of_tables(tables: &[CountTable]) -> Export {
        let rows = tables.iter().flat_map(|table| {
            table.rows.iter().flat_map(|row| {
                let (first, counts) = row.split_first().expect("a row has a name");
                table
                    .head
                    .iter()
                    .skip(1)
                    .zip(counts)
                    .map(|(column, count)| vec![table.name.clone(), first.clone(), column.clone(), count.clone()])
            })
        });
        Export::of(&["表", "项", "列", "数"], rows)
    }

    /// SM3 of the bytes, 64 hex digits.
    pub fn sm3(&self) -> String {
        sm3(&self.bytes).to_hex()
    }

    /// Puts the bytes beside their name, where nobody takes them for the export yet.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn lay_down(&self, folder: &Path, name: &str) -> std::io::Result<LaidDown> {
        std::fs::create_dir_all(folder)?;
        let laid = LaidDown { part: folder.join(format!(".{name}.part")), file: folder.join(name) };
        let written = std::fs::File::create(&laid.part)
            .and_then(|mut file| std::io::Write::write_all(&mut file, &self.bytes).and_then(|()| file.sync_all()));
        written.map(|()| laid)
    }
}

/// Bytes that wait for their name: first they lie there, then the journal has a row for them, then they are named. So no
/// export is ever found that the journal does not know.
#[derive(Debug)]
pub struct LaidDown {
    part: std::path::PathBuf,
    file: std::path::PathBuf,
}

impl LaidDown {
    /// # Errors
    /// Whatever the file system says.
    pub fn name(self) -> std::io::Result<()> {
        std::fs::rename(&self.part, &self.file)
    }

    /// Takes the bytes away again.
    pub fn drop_it(self) {
        // What stays behind bears no name that anybody looks for.
        let _ = std::fs::remove_file(&self.part);
    }
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, one) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(&cell(one));
    }
    text.push_str("\r\n");
}

/// One cell. A text that a spreadsheet would run begins with an apostrophe, as OWASP advises; a plain number does not.
fn cell(text: &str) -> String {
    let below_zero = text.strip_prefix('-').is_some_and(|rest| rest.bytes().all(|one| one.is_ascii_digit()));
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !below_zero;
    let text = if runs { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_disarmed() {
        for (written, safe) in [
            ("=1+1", "'=1+1"),
            ("+86 737", "'+86 737"),
            ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("-5", "-5"),
            ("受理", "受理"),
            ("甲,乙", "\"甲,乙\""),
            ("说\"好\"", "\"说\"\"好\"\"\""),
            ("=\"a\",1", "\"'=\"\"a\"\",1\""),
        ] {
            assert_eq!(cell(written), safe);
        }
    }

    #[test]
    fn a_file_begins_with_its_mark_and_header_and_its_rows_end_as_spreadsheets_expect() {
        let export = Export::of(&["表", "数"], [vec!["受理".to_owned(), "3".to_owned()]]);
        assert_eq!(String::from_utf8(export.bytes.clone()).unwrap(), "\u{feff}表,数\r\n受理,3\r\n");
        assert_eq!((export.rows, export.sm3().len()), (1, 64));
    }

    proptest! {
        /// Whatever stands in a cell: the line has as many cells as were given, and none begins like a formula.
        #[test]
        fn no_cell_breaks_out_or_runs(texts in proptest::collection::vec("[=+@,\"\r\n\t甲a1-]{0,6}", 1..5)) {
            let mut text = String::new();
            line(&mut text, texts.iter().map(String::as_str));
            let (mut cells, mut quoted) = (vec![String::new()], false);
            let mut rest = text.strip_suffix("\r\n").unwrap().chars().peekable();
            while let Some(one) = rest.next() {
                match one {
                    '"' if quoted && rest.peek() == Some(&'"') => {
                        rest.next();
                        cells.last_mut().unwrap().push('"');
                    }
                    '"' => quoted = !quoted,
                    ',' if !quoted => cells.push(String::new()),
                    other => cells.last_mut().unwrap().push(other),
                }
            }
            prop_assert!(!quoted);
            prop_assert_eq!(cells.len(), texts.len());
            for cell in cells {
                prop_assert!(!cell.starts_with(['=', '+', '@', '\t']) , "{:?}", cell);
            }
        }
    }
}
