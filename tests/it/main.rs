//! Tests of the whole, one module for each topic.

mod rogue;
