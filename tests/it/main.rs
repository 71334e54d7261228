//! The bigger tests, in one binary.

mod layers;
mod licences;
mod locales_guard;
mod real;
