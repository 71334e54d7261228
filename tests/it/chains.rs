//! A table of chains, good ones and each kind of bad, and what is found in each.
//!
//! A row is a name, how the chain is made, the rules that fire, and where OpenSSL thinks otherwise,
//! why. The rows stand in `chains/rows`; what walks them stands in `chains/walk.rs`, and the second
//! opinions in `chains/opinions.rs`.

mod der;
mod keys;
mod lists;
pub mod made;
mod opinions;
mod recipe;
pub mod rows;
mod sentences;
mod services;
mod staple;
mod transparency;
mod walk;
