//! mailfleet: a fleet configuration auditor for mail.
pub mod input;
pub mod model;
pub mod policy;
pub mod rules;
