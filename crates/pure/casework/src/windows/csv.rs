//! Comma-separated values as spreadsheets write them (RFC 4180): quoted cells, doubled quotes, either line end.

/// One row and the line (from 1) on which it begins.
pub(super) struct Row {
    pub line: usize,
    pub cells: Vec<String>,
}

/// Every row that is not blank, and the line of a quotation mark that is never closed. What stands behind such a mark
/// is in no row.
pub(super) fn rows(text: &str) -> (Vec<Row>, Option<usize>) {
    let mut rows = Vec::new();
    let mut row = Row { line: 1, cells: Vec::new() };
    let mut cell = String::new();
    let mut quoted_since = None;
    let mut line = 1;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, quoted_since) {
            ('"', Some(_)) if characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            ('"', Some(_)) => quoted_since = None,
            ('"', None) if cell.is_empty() => quoted_since = Some(line),
            (',', None) => row.cells.push(std::mem::take(&mut cell)),
            ('\n', None) => {
                row.cells.push(std::mem::take(&mut cell));
                line += 1;
                rows.push(std::mem::replace(&mut row, Row { line, cells: Vec::new() }));
            }
            ('\r', None) if characters.peek() == Some(&'\n') => {}
            (other, _) => {
                line += usize::from(other == '\n');
                cell.push(other);
            }
        }
    }
    if quoted_since.is_none() && !(cell.is_empty() && row.cells.is_empty()) {
        row.cells.push(cell);
        rows.push(row);
    }
    rows.retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    (rows, quoted_since)
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn quotes_hold_commas_quotes_and_line_ends() {
        let (rows, unclosed) = rows("a,\"b,\"\"c\"\"\nd\",e\r\n\r\n1,2,3");
        let cells: Vec<_> = rows.iter().map(|row| (row.line, row.cells.join("|"))).collect();
        assert_eq!(cells, [(1, "a|b,\"c\"\nd|e".to_owned()), (4, "1|2|3".to_owned())]);
        assert_eq!(unclosed, None);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_named_by_its_line() {
        let (rows, unclosed) = rows("a,b\nc,\"d\ne,f\n");
        assert_eq!((rows.len(), unclosed), (1, Some(2)));
    }
}
