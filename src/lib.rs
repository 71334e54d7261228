//! mailfleet: a fleet configuration auditor for mail.
pub mod model;
pub mod policy;
pub mod probe;
pub mod protocol;
pub mod rules;
pub mod wire;
