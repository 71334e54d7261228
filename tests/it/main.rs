//! Tests of the whole, one module for each topic.

mod judge;
mod policy;
mod rules;
mod scene;
