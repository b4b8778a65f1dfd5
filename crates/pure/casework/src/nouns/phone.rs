//! A telephone number as somebody wrote it, and what can be made of it (D-01, D-02).

/// A number with its raw text kept. Reading never fails: a defective number stays on record, marked.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone {
    raw: String,
    normalised: String,
    status: PhoneStatus,
}

/// Whether the normalised form may be dialled and printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneStatus {
    /// As written.
    Good,
    /// Good after spaces, dashes or full-width digits were repaired.
    Repaired,
    /// Looks like a number but has too few or too many digits. Never dialled, never guessed at (D-01).
    InvalidLength,
    /// Not a telephone number.
    Unreadable,
}

impl Phone {
    /// Reads a number: digits, dash and colon are brought to ASCII, blanks and a leading colon go away.
    ///
    /// Known forms: mobile (11 digits from 13 to 19), landline with area code (7 or 8 digits after it; exactly 7
    /// after 0737, which the eight sound rows of the directory show), and short public lines of 5 digits with or
    /// without an area code (12345).
    pub fn read(raw: &str) -> Self {
        let normalised: String = raw.chars().filter_map(ascii_form).collect();
        let normalised = normalised.trim_start_matches(':').to_owned();
        let status = match judge(&normalised) {
            Form::Sound if normalised == raw => PhoneStatus::Good,
            Form::Sound => PhoneStatus::Repaired,
            Form::WrongLength => PhoneStatus::InvalidLength,
            Form::NotANumber => PhoneStatus::Unreadable,
        };
        Self { raw: raw.to_owned(), normalised, status }
    }

    /// As it was written.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// In ASCII, whatever its status.
    pub fn normalised(&self) -> &str {
        &self.normalised
    }

    pub fn status(&self) -> PhoneStatus {
        self.status
    }

    /// The number, only if it may be dialled and printed as good.
    pub fn dialable(&self) -> Option<&str> {
        match self.status {
            PhoneStatus::Good | PhoneStatus::Repaired => Some(&self.normalised),
            PhoneStatus::InvalidLength | PhoneStatus::Unreadable => None,
        }
    }
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Phone(hidden, {:?})", self.status)
    }
}

fn ascii_form(character: char) -> Option<char> {
    match character {
        character if character.is_whitespace() || character == '\u{feff}' => None,
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(character) - 0xff10, 10),
        '\u{ff0d}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => Some('-'),
        '\u{ff1a}' => Some(':'),
        other => Some(other),
    }
}

enum Form {
    Sound,
    WrongLength,
    NotANumber,
}

fn judge(text: &str) -> Form {
    if text.is_empty() || !text.chars().all(|one| one.is_ascii_digit() || one == '-') {
        return Form::NotANumber;
    }
    let sound = match text.split_once('-') {
        Some((area, line)) => area_code(area) && line_of(area, line),
        None => mobile(text) || short_line(text) || undivided_landline(text),
    };
    if sound { Form::Sound } else { Form::WrongLength }
}

fn mobile(text: &str) -> bool {
    text.len() == 11 && text.starts_with('1') && text.as_bytes()[1] >= b'3'
}

fn short_line(text: &str) -> bool {
    text.len() == 5 && text.starts_with('1')
}

fn area_code(text: &str) -> bool {
    text.starts_with('0') && (3..=4).contains(&text.len())
}

fn line_of(area: &str, line: &str) -> bool {
    if !line.chars().all(|one| one.is_ascii_digit()) {
        return false;
    }
    let local = if area == "0737" { line.len() == 7 } else { (7..=8).contains(&line.len()) };
    short_line(line) || (local && !line.starts_with('0'))
}

fn undivided_landline(text: &str) -> bool {
    text.strip_prefix("0737").is_some_and(|line| line.len() == 7)
        || (text.starts_with('0') && !text.starts_with("0737") && (10..=12).contains(&text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_met_in_the_procedure_are_read() {
        for (raw, normalised, status) in [
            ("0737-5215120", "0737-5215120", PhoneStatus::Good),
            ("0737-7821650 ", "0737-7821650", PhoneStatus::Repaired),
            ("0737\u{ff0d}5664153", "0737-5664153", PhoneStatus::Repaired),
            (": 0737-6204118", "0737-6204118", PhoneStatus::Repaired),
            ("0737-461700", "0737-461700", PhoneStatus::InvalidLength),
            ("0737-12345", "0737-12345", PhoneStatus::Good),
            ("１３９７３７１２３４５", "13973712345", PhoneStatus::Repaired),
            ("1397371234", "1397371234", PhoneStatus::InvalidLength),
            ("没有", "没有", PhoneStatus::Unreadable),
            ("", "", PhoneStatus::Unreadable),
            ("0737-522-5120", "0737-522-5120", PhoneStatus::InvalidLength),
        ] {
            let phone = Phone::read(raw);
            assert_eq!((phone.raw(), phone.normalised(), phone.status()), (raw, normalised, status), "{raw}");
        }
    }

    #[test]
    fn a_defective_number_is_never_dialled() {
        assert_eq!(Phone::read("0737-461700").dialable(), None);
        assert_eq!(Phone::read("0737-4423642").dialable(), Some("0737-4423642"));
    }
}
