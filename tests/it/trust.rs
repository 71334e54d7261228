//! Certificates, paths and the rules about them, over chains made for the purpose.

mod attested;
mod authority;
mod case;
mod dane;
mod hostile;
mod reports;
mod revocation;
mod rules;
mod vouched;
mod words;
