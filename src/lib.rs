//! mailfleet: a fleet configuration auditor for mail.
pub mod model;
pub mod policy;
pub mod rules;
pub mod trust;
pub mod wire;
