//! Tests of the whole, one module per topic.

// A test may say by a panic that it failed.
#![allow(clippy::panic, clippy::unwrap_used)]

mod chains;
mod clauses;
mod command;
mod demo_fleet;
mod demo_samples;
mod dns;
mod explained;
mod fix_messages;
mod fleet;
mod hellos;
mod imports;
mod input;
mod judge;
mod layers;
mod licences;
mod locales_guard;
mod networks;
mod policy;
mod policy_mistakes;
mod policy_schema;
mod policy_stages;
mod presets;
mod private_authority;
mod real;
mod replay;
mod report;
mod rogue;
mod rules;
mod scene;
mod throttle;
mod trust;
mod workbooks;
