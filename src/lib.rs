//! mailfleet: a fleet configuration auditor for mail.
pub mod demo;
pub mod knowledge;
pub mod model;
pub mod policy;
pub mod rules;
