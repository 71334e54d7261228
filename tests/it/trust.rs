//! Certificates, paths and the rules about them, over chains made for the purpose.

mod attested;
pub mod authority;
mod bounds;
mod by_policy;
mod case;
mod constraints;
mod dane;
mod der;
mod hostile;
mod keys;
mod pool;
mod profile;
mod reports;
mod revocation;
mod rules;
mod strict;
mod vouched;
mod words;
