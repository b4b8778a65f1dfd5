//! Looking cases up: what the clerk typed, understood, and the page that is shown.

use casework::nouns::IdNumber;
use jiff::civil::Date;
use ledger::{Found, Mark, NameMatch, Search, Sought, Stage, StageAsked};

use crate::contract::{SearchEntry, StageChoice};
use crate::desk::{Desk, Effect};
use crate::fault::Trouble;

/// Lines on a page: what fits the counter's screen with little scrolling.
const PAGE: usize = 10;

/// A search that stands on the screen.
pub(crate) struct Searching {
    pub asked: SearchEntry,
    /// As what the text was understood.
    pub understood: &'static str,
    search: Search,
    /// Where each page after the first begins, as far as the clerk has turned.
    marks: Vec<Mark>,
}

impl Searching {
    /// Counted from 1.
    pub fn page(&self) -> u32 {
        u32::try_from(self.marks.len()).map_or(u32::MAX, |turned| turned.saturating_add(1))
    }
}

impl Desk {
    /// Opens the search, or asks it something else.
    pub(super) fn search(&mut self, asked: SearchEntry) -> Result<Vec<Effect>, Trouble> {
        if self.open.is_some() {
            return Err(Trouble::of("desk.not_now").because("请先把现在这件事暂存或办完"));
        }
        let (from, to) = (day("from", &asked.from)?, day("to", &asked.to)?);
        let stage = match asked.stage {
            StageChoice::Any => StageAsked::Any,
            StageChoice::Open => StageAsked::Open,
            StageChoice::Delivered => StageAsked::Only(Stage::Delivered),
            StageChoice::Sealed => StageAsked::Only(Stage::Sealed),
            StageChoice::Refused => StageAsked::Only(Stage::Refused),
            StageChoice::Withdrawn => StageAsked::Only(Stage::Withdrawn),
        };
        let (understood, soughts) = match self.asked_before(&asked.text) {
            Some(again) => again,
            None => understand(&asked.text, self.station.window.code.as_str())?,
        };
        let mut searches = soughts.into_iter().map(|sought| Search { sought, from, to, stage });
        let mut search = searches.next().expect("a text is understood as something");
        // A run of letters and digits may begin a card's number or a case's; the first that is there is meant.
        for other in searches {
            if self.ledger.search(&search, None, 1)?.lines.is_empty() {
                search = other;
            }
        }
        let asked = match &search.sought {
            Sought::Holder(number) => SearchEntry { text: self.masked(number), ..asked },
            Sought::Any | Sought::Name { .. } | Sought::Case(_) | Sought::Card(_) => asked,
        };
        self.searching = Some(Searching { asked, understood, search, marks: Vec::new() });
        Ok(Vec::new())
    }

    /// A full number is echoed masked, so the echo comes back when only a day or the stage was changed: it still means
    /// the person that was typed.
    fn asked_before(&self, text: &str) -> Option<(&'static str, Vec<Sought>)> {
        let before = self.searching.as_ref().filter(|before| before.asked.text == text)?;
        matches!(before.search.sought, Sought::Holder(_))
            .then(|| (before.understood, vec![before.search.sought.clone()]))
    }

    fn masked(&self, number: &IdNumber) -> String {
        let mask = self.pack.rules().mask_screen.value;
        number.masked(mask.first, mask.last)
    }

    pub(super) fn turn_page(&mut self, forward: bool) -> Result<Vec<Effect>, Trouble> {
        let next = self.found()?.and_then(|found| found.more);
        let searching = self.searching.as_mut().ok_or_else(|| Trouble::of("desk.not_now"))?;
        if forward {
            searching.marks.extend(next);
        } else {
            searching.marks.pop();
        }
        Ok(Vec::new())
    }

    pub(super) fn close_search(&mut self) -> Vec<Effect> {
        self.searching = None;
        Vec::new()
    }

    /// The page that is shown, read anew: what was found may have moved on.
    pub(crate) fn found(&self) -> Result<Option<Found>, Trouble> {
        let Some(searching) = &self.searching else { return Ok(None) };
        Ok(Some(self.ledger.search(&searching.search, searching.marks.last(), PAGE)?))
    }
}

/// What a text can mean, in the order in which it is tried, and the words for it.
fn understand(text: &str, window: &str) -> Result<(&'static str, Vec<Sought>), Trouble> {
    let text = narrowed(text.trim());
    if text.is_empty() {
        return Ok(("全部", vec![Sought::Any]));
    }
    let looks_like_id = text.len() == 18 && text[..17].bytes().all(|byte| byte.is_ascii_digit());
    if looks_like_id {
        let number: IdNumber = text
            .to_ascii_uppercase()
            .parse()
            .map_err(|_| Trouble::of("ledger.search").at("text", "身份证号不对，请对照证件再看一遍"))?;
        return Ok(("按身份证号查", vec![Sought::Holder(number)]));
    }
    let numberlike = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && text.bytes().any(|byte| byte.is_ascii_digit());
    if !numberlike {
        return Ok(("按姓名查", vec![Sought::Name { text, how: NameMatch::Part }]));
    }
    let number = text.to_ascii_uppercase();
    let mut soughts = vec![Sought::Card(number.clone()), Sought::Case(number.clone())];
    // The number of a receipt list is that of its case with an S before it.
    soughts.extend(number.strip_prefix('S').map(|case| Sought::Case(case.to_owned())));
    // A clerk of this window says the day and the ordinal only.
    soughts.push(Sought::Case(format!("{window}-{number}")));
    Ok(("按号码查（证号、事项号、收文清单号）", soughts))
}

/// Full-width digits, letters and dashes as a Chinese keyboard writes them, brought to ASCII where the whole text is such.
/// A name is never touched.
fn narrowed(text: &str) -> String {
    let ascii: String = text
        .chars()
        .map(|shown| match shown {
            '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{ff0d}' => {
                char::from_u32(u32::from(shown) - 0xfee0).unwrap_or(shown)
            }
            other => other,
        })
        .collect();
    if ascii.is_ascii() { ascii } else { text.to_owned() }
}

fn day(field: &str, text: &str) -> Result<Option<Date>, Trouble> {
    match text.trim() {
        "" => Ok(None),
        text => {
            text.parse().map(Some).map_err(|_| Trouble::of("ledger.search").at(field, "日期要写成 2021-11-08 这个样子"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn understood(text: &str) -> Vec<Sought> {
        understand(text, "HS0101").map(|(_, soughts)| soughts).unwrap_or_default()
    }

    #[test]
    fn a_text_is_understood_by_its_form() {
        let name = |text: &str| vec![Sought::Name { text: text.to_owned(), how: NameMatch::Part }];
        assert_eq!(understood("  "), [Sought::Any]);
        assert_eq!(understood(" 欧阳𬭚 "), name("欧阳𬭚"));
        assert_eq!(understood("王２"), name("王２"), "a name stays as it was typed");
        assert_eq!(understood("43090319510308002X".replace('X', "5").as_str()).len(), 1);
        assert_eq!(
            understood("ｙｙhs0101000001"),
            understood("YYHS0101000001"),
            "a number may be typed wide and in small letters"
        );
        assert!(understood("20211108-0003").contains(&Sought::Case("HS0101-20211108-0003".to_owned())));
        assert!(understood("SHS0101-20211108-0003").contains(&Sought::Case("HS0101-20211108-0003".to_owned())));
    }

    #[test]
    fn an_identity_number_with_a_slip_of_the_pen_is_to_be_corrected() {
        assert!(understand("430903195103080020", "HS0101").is_err());
    }

    #[test]
    fn a_day_that_is_none_is_to_be_corrected() {
        assert!(day("from", "2021-02-30").is_err());
        assert_eq!(day("from", "").unwrap_or_default(), None);
    }
}
