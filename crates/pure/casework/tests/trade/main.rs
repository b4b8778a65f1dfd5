//! The trade seen from outside: one binary, one file a theme.

#[cfg(test)]
mod acts;
#[cfg(test)]
mod after;
#[cfg(test)]
mod aftercare;
#[cfg(test)]
mod answers;
#[cfg(test)]
mod axes;
#[cfg(test)]
mod bad_packs;
#[cfg(test)]
mod batches;
#[cfg(test)]
mod bench;
#[cfg(test)]
mod classes;
#[cfg(test)]
mod facts_files;
#[cfg(test)]
mod handing;
#[cfg(test)]
mod intake;
#[cfg(test)]
mod other_packs;
#[cfg(test)]
mod pack_properties;
#[cfg(test)]
mod pack_schema;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod ratings;
#[cfg(test)]
mod results;
#[cfg(test)]
mod routing;
#[cfg(test)]
mod slips;
#[cfg(test)]
mod stock;
#[cfg(test)]
mod trail;
#[cfg(test)]
mod visit;
#[cfg(test)]
mod windows;
#[cfg(test)]
mod working_days;
