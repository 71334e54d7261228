//! Certificates, paths and the rules about them, over chains made for the purpose.

mod authority;
mod case;
mod hostile;
mod pool;
mod reports;
mod rules;
mod words;
