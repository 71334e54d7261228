<<<<<<< HEAD
<<<<<<< HEAD
//! Tests of the whole, one module per topic.
mod demo_fleet;
mod demo_samples;
mod fix_messages;
=======
//! The integration tests, one binary.

mod trust;
>>>>>>> trust
=======
//! The integration tests, one binary.
mod input;
>>>>>>> input
