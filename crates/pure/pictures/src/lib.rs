//! Pictures from outside, before anything is made of them: the limits that hold before a pixel is decoded, the header, and
//! how many pixels make an inch. What a picture must show is the business of `portrait` and `pages`.

mod code;
mod density;
mod header;
mod thumbnail;
mod unreadable;
mod whole;

pub use code::codes;
pub use density::Density;
pub use header::{Format, Header, Limits, decode, read_header};
pub use thumbnail::thumbnail;
pub use unreadable::Unreadable;
