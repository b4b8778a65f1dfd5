//! Masking of personal texts (domain 3.6). How many characters stay is policy and comes in.

/// Keeps `first` and `last` characters and stars the rest. When both together would show the whole text, nothing is
/// shown: a wrong policy must not unmask.
pub fn middle(text: &str, first: usize, last: usize) -> String {
    let length = text.chars().count();
    let open = first.saturating_add(last) < length;
    text.chars()
        .enumerate()
        .map(|(at, shown)| if open && (at < first || at >= length - last) { shown } else { '*' })
        .collect()
}

/// A phone for a public paper: the last four digits stay, for example `*******1234`.
pub fn phone(text: &str) -> String {
    middle(text, 0, 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_keeps_its_last_four_digits() {
        assert_eq!(phone("13973712345"), "*******2345");
        assert_eq!(phone("110"), "***");
    }
}
