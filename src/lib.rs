//! mailfleet: a fleet configuration auditor for mail.
pub mod model;
pub mod policy;
pub mod report;
pub mod rules;
pub mod words;
