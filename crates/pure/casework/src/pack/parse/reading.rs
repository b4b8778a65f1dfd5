//! A pack's text while it is read: what is wrong is kept with its line, and reading goes on behind it.

use std::{collections::BTreeMap, ops::Range};

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

use crate::pack::{PackError, PackFault, SourceDate};

/// One text, and what was found wrong with it so far.
pub(in crate::pack) struct Reading<'a> {
    file_name: &'a str,
    text: &'a str,
    /// Where each line ends, in bytes.
    line_ends: Vec<usize>,
    /// Line of every table and value, by its path: `material.2.when.mode`.
    lines: BTreeMap<String, usize>,
    /// The dates of sources, as written, by their path.
    dates: Vec<(String, String)>,
    faults: Vec<PackError>,
}

/// A table of the file from which values are taken; what is left over in the end is not known here.
pub(in crate::pack) struct Table<'a> {
    line: usize,
    entries: DeTable<'a>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(file_name: &'a str, text: &'a str) -> Self {
        let line_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        Self { file_name, text, line_ends, lines: BTreeMap::new(), dates: Vec::new(), faults: Vec::new() }
    }

    /// The whole file as a table; `None` when it is no TOML.
    pub(super) fn open(&mut self) -> Option<Table<'a>> {
        match DeTable::parse(self.text) {
            Ok(root) => {
                let entries = root.into_inner();
                self.remember("", &entries);
                Some(Table { line: 1, entries })
            }
            Err(error) => {
                self.note_shape(self.line_of(error.span()).unwrap_or(1), error.message());
                None
            }
        }
    }

    /// A value that must be there.
    pub(in crate::pack) fn take<T: DeserializeOwned>(&mut self, table: &mut Table<'a>, key: &str) -> Option<T> {
        if table.entries.contains_key(key) {
            return self.take_if_any(table, key);
        }
        self.note_shape(table.line, &format!("missing field `{key}`"));
        None
    }

    /// A value that may be missing.
    pub(in crate::pack) fn take_if_any<T: DeserializeOwned>(&mut self, table: &mut Table<'a>, key: &str) -> Option<T> {
        let value = table.entries.remove(key)?;
        self.value(value)
    }

    /// A table that must be there.
    pub(super) fn take_table(&mut self, table: &mut Table<'a>, key: &str) -> Option<Table<'a>> {
        let Some(value) = table.entries.remove(key) else {
            self.note_shape(table.line, &format!("missing table `[{key}]`"));
            return None;
        };
        let line = self.line_of(Some(value.span())).unwrap_or(table.line);
        if let DeValue::Table(entries) = value.into_inner() {
            return Some(Table { line, entries });
        }
        self.note_shape(line, &format!("`{key}` must be a table"));
        None
    }

    /// The rows of `[[key]]`, which may be missing.
    pub(super) fn take_rows_if_any<T: DeserializeOwned>(&mut self, table: &mut Table<'a>, key: &str) -> Vec<T> {
        if table.entries.contains_key(key) { self.take_rows(table, key) } else { Vec::new() }
    }

    /// The rows of `[[key]]`: at least one must be there. A row that cannot be read is left out, with a fault.
    pub(super) fn take_rows<T: DeserializeOwned>(&mut self, table: &mut Table<'a>, key: &str) -> Vec<T> {
        let Some(value) = table.entries.remove(key) else {
            self.note_shape(table.line, &format!("missing rows `[[{key}]]`"));
            return Vec::new();
        };
        let line = self.line_of(Some(value.span())).unwrap_or(table.line);
        if let DeValue::Array(rows) = value.into_inner() {
            return rows.into_iter().filter_map(|row| self.value(row)).collect();
        }
        self.note_shape(line, &format!("`{key}` must be rows, written `[[{key}]]`"));
        Vec::new()
    }

    /// Every key that nobody took is one that nobody knows.
    pub(in crate::pack) fn nothing_left(&mut self, table: Table<'a>) {
        for (key, _) in table.entries {
            let line = self.line_of(Some(key.span())).unwrap_or(table.line);
            self.note_shape(line, &format!("unknown field `{}`", key.get_ref()));
        }
    }

    /// Something wrong with what stands at `path`.
    pub(super) fn note(&mut self, path: &str, fault: PackFault) {
        let line = self.lines.get(path).copied().unwrap_or_else(|| self.last_line());
        self.note_at(line, fault);
    }

    /// Something wrong because it stands nowhere.
    pub(super) fn note_at_end(&mut self, fault: PackFault) {
        self.note_at(self.last_line(), fault);
    }

    pub(super) fn note_twice(&mut self, path: &str, what: &'static str, name: &impl ToString) {
        self.note(path, PackFault::Twice { what, name: name.to_string() });
    }

    pub(super) fn note_unknown(&mut self, path: &str, what: &'static str, name: &impl ToString) {
        self.note(path, PackFault::Unknown { what, name: name.to_string() });
    }

    /// A pack cannot rest on what was written, or read, after it was put together.
    pub(super) fn no_source_is_later(&mut self, compiled: Date) {
        for (path, text) in std::mem::take(&mut self.dates) {
            match SourceDate::try_from(text) {
                Ok(date) if date.day() > compiled => self.note(&path, PackFault::LaterThanPack { date, compiled }),
                Ok(_) | Err(_) => {}
            }
        }
    }

    pub(super) fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// Everything that is wrong, by line.
    pub(super) fn faults(mut self) -> Vec<PackError> {
        self.faults.sort_by_key(|error| error.line);
        self.faults
    }

    fn value<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'a>>) -> Option<T> {
        let span = value.span();
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(read) => Some(read),
            Err(error) => {
                let line = self.line_of(error.span()).or_else(|| self.line_of(Some(span))).unwrap_or(1);
                self.note_shape(line, error.message());
                None
            }
        }
    }

    fn note_shape(&mut self, line: usize, words: &str) {
        self.note_at(line, PackFault::Shape(words.to_owned()));
    }

    fn note_at(&mut self, line: usize, fault: PackFault) {
        self.faults.push(PackError { file: self.file_name.to_owned(), line, fault });
    }

    fn remember(&mut self, path: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let below = if path.is_empty() { key.get_ref().to_string() } else { format!("{path}.{}", key.get_ref()) };
            self.remember_value(below, value);
        }
    }

    fn remember_value(&mut self, path: String, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Table(table) => self.remember(&path, table),
            DeValue::Array(rows) => {
                for (row, at) in rows.iter().zip(0..) {
                    self.remember_value(format!("{path}.{at}"), row);
                }
            }
            DeValue::String(text) if path.ends_with(".date") => self.dates.push((path.clone(), text.to_string())),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {}
        }
        if let Some(line) = self.line_of(Some(value.span())) {
            self.lines.insert(path, line);
        }
    }

    /// The line (from 1) on which a span begins.
    fn line_of(&self, span: Option<Range<usize>>) -> Option<usize> {
        let start = span?.start;
        Some(self.line_ends.partition_point(|end| *end < start) + 1)
    }

    fn last_line(&self) -> usize {
        self.text.lines().count().max(1)
    }
}
