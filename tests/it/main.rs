//! Tests of the whole, one module per topic.
mod demo_fleet;
mod fix_messages;
