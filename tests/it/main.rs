//! Tests of the whole, one module per topic.
mod demo_fleet;
mod demo_samples;
mod fix_messages;
mod input;
mod trust;
