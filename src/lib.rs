//! mailfleet: a fleet configuration auditor for mail. This page is the developer's map.
//!
//! > Ask every server once, write down what it said, judge it as often as you like.
//!
//! # The flow
//!
//! ```text
//! accounts.csv ─ input ────▶ Account*, and the rows that gave none
//!                inventory ▶ Endpoint*: distinct, and who uses each
//! policy.toml ── policy ───▶ Policy: the measure, valid by construction
//!                plan ─────▶ Visit*: what to ask where, no answers
//!                probe ────▶ Observation*: the only sockets, the only clock
//!                store ◀───▶ observations.ndjson: stop here, come back next year
//!                trust ────▶ ChainReport: why a path holds or fails
//!                judge ────▶ Judgement: rules asked, verdicts settled
//!                advise ───▶ Candidate*, then Fix*
//!                report ───▶ HTML, Markdown, JSON, CSV; SARIF, JUnit and others on request
//! report.json ── report::read ▶ Kept: any format and language again (`render`)
//! ```
//!
//! Between judging and reporting a run's people are one [`report::Fleet`], which becomes
//! [`report::Disclosed`]: by name or under pseudonyms. A [`report::Source`] is made of what is
//! disclosed, and every format of a source.
//!
//! Before the observations: sockets, deadlines, bytes. After them: pure functions of what was seen.
//! [`probe`] and [`rules`] never see each other; they meet in [`model::Observation`]. The sequence
//! stands once, in [`audit`], and reads top to bottom.
//!
//! # The rooms, and who may import whom
//!
//! | layer | room | may import |
//! |---|---|---|
//! | 0 | [`model`] | nothing of ours |
//! | 1 | [`input`], [`inventory`], [`policy`], [`store`], [`wire`], [`knowledge`], [`words`] | `model` |
//! | 2 | [`trust`] | `model`, `wire` |
//! | 2 | [`plan`] | `model`, `inventory`, `policy` |
//! | 2 | [`protocol`] | `model` |
//! | 2 | [`rules`] | `model`, `policy` |
//! | 3 | [`probe`] | `model`, `wire`, `protocol` |
//! | 3 | [`judge`] | `model`, `policy`, `rules`, `inventory`, `plan` (what a policy has asked besides) |
//! | 3 | [`advise`] | `model`, `policy` |
//! | 4 | [`report`] | `model`, `policy`, `rules` (papers only), `words`, `store::json` |
//! | 4 | [`demo`] | `model` |
//! | 5 | [`audit`] | layers 0 to 4 |
//! | 6 | [`cli`] | all |
//!
//! A test reads this table and the sources and compares them (`tests/it/layers.rs`): what is used
//! and not allowed fails it, and so does what is allowed and not used. `judge` is given what `trust`
//! makes of a chain as a function, so that it can be tested without certificates.
//!
//! # Where to add what
//!
//! | to add | write | and register |
//! |---|---|---|
//! | a rule | `src/rules/<id>.rs`, its cases in `tests/cases/rules`, its messages in each locale | two lines in [`rules`] |
//! | a protocol | `src/protocol/<name>.rs` | the lines that the compiler asks for |
//! | a format | `src/report/<name>.rs` | a row of [`report::FORMATS`] |
//! | a field of `report.json` | the row that has it (`src/report/*.rs`), and the `Part` that reads it back (`src/report/reading`) | one at the top of the file, or of its `what_if`: in `ReportFile` (`schema.rs`) or `WhatIfFile`, too |
//! | a field that may name people | what becomes of it in `src/report/redact`, which takes apart what holds it | |
//! | a list of templates | its entries in `src/report/helpers/list.rs` | a field of `Lists` in `src/report/schema.rs` |
//! | a check of the page in a browser | an exported function in `tests/browser/*.mjs`, which is found by itself; `tests/browser/run NAME` runs it alone | |
//! | a policy | `src/policy/presets/<name>.toml` | a row of [`policy::PRESETS`] |
//! | a key of policies | where [`policy`] reads it (`raw.rs`, `thresholds.rs`) and compares it (`difference.rs`), and where `policy show` tells it (`cli/policy/show.rs`), its label `show-KEY` in `policies.ftl` of each locale | its field in `policy/schema.rs` |
//! | a client | a row of [`knowledge::clients`], its messages in `fixes.ftl` | |
//! | a misbehaving server | a script in `tests/cases/rogue` | |
//!
//! If it takes more than that, the shape is at fault: mend the shape first. What `samples/` and the
//! README list of the rules is printed by the program: `MAILFLEET_REGENERATE=1 cargo test --test it
//! explained` writes it anew.
//!
//! # What never bends
//!
//! - Not seen is [`model::Fact::Unknown`] with its gap, never "no"; undetermined is never green.
//! - No login, ever: the commands that can be written are a closed list, [`protocol::Command`].
//! - Every wait and every byte has a bound, in [`probe::limits`] and [`input`], with its reason.
//! - Foreign text stays [`model::Value::Foreign`] or [`model::Raw`] until a writer escapes it, once.
//! - Whether people are named is settled before there is a source; no format can forget it.
//! - A judgement reads no clock: the same observations, accounts, policy, roots and time give the
//!   same bytes.

// A test may say by a panic that it failed.
#![cfg_attr(test, allow(clippy::panic, clippy::unwrap_used))]

pub mod advise;
pub mod audit;
pub mod cli;
pub mod demo;
pub mod input;
pub mod inventory;
pub mod judge;
pub mod knowledge;
pub mod model;
pub mod plan;
pub mod policy;
pub mod probe;
pub mod protocol;
pub mod report;
pub mod rules;
pub mod store;
pub mod trust;
pub mod wire;
pub mod words;
