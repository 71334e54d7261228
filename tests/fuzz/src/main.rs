//! Every parser and every escape against noise (threat model L3).
//!
//! One binary holds all targets, so that the program is instrumented and linked once; the variable
//! `TARGET` names the one that a run is about, and without it their names are printed. The script
//! `run` beside this crate builds it and runs them all.
//!
//! A target takes bytes and panics where a promise is broken. What it starts from is in
//! `tests/corpus`.

#![no_main]

mod certificates;
mod dialogue;
mod escapes;
mod flight;
mod hello;
mod input;
mod journal;
mod report;

use std::sync::OnceLock;

/// What is done with one input.
type Target = fn(&[u8]);

/// Every target by its name.
const TARGETS: [(&str, Target); 17] = [
    ("pop3", dialogue::pop3),
    ("imap", dialogue::imap),
    ("smtp", dialogue::smtp),
    ("managesieve", dialogue::managesieve),
    ("flight", flight::flight),
    ("hello", hello::hello),
    ("chain", certificates::chain),
    ("ocsp", certificates::ocsp),
    ("crl", certificates::crl),
    ("pem", certificates::pem),
    ("csv", input::csv),
    ("workbook", input::workbook),
    ("host", input::host),
    ("policy", input::policy),
    ("journal", journal::journal),
    ("report", report::report),
    ("escapes", escapes::escapes),
];

static CHOSEN: OnceLock<Target> = OnceLock::new();

/// The target that `TARGET` names. Without one the names of all are printed, and that is all.
fn choose() -> Target {
    let Ok(name) = std::env::var("TARGET") else {
        for (name, _) in TARGETS {
            println!("{name}");
        }
        std::process::exit(0);
    };
    match TARGETS.iter().find(|(known, _)| *known == name) {
        Some((_, target)) => *target,
        None => panic!("there is no target {name}"),
    }
}

#[allow(unsafe_code, reason = "see Cargo.toml")]
mod exported {
    libfuzzer_sys::fuzz_target!(
        init: super::CHOSEN.get_or_init(super::choose),
        |bytes: &[u8]| super::CHOSEN.get_or_init(super::choose)(bytes)
    );
}
