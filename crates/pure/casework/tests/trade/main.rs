//! The trade seen from outside: one binary, one file a theme.

#[cfg(test)]
mod bench;
#[cfg(test)]
mod visit;
