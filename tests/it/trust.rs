//! Certificates, paths and the rules about them, over chains made for the purpose.

mod authority;
mod bounds;
mod case;
mod constraints;
mod der;
mod hostile;
mod keys;
mod pool;
mod profile;
mod reports;
mod rules;
mod strict;
mod words;
