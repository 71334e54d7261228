//! mailfleet: a fleet configuration auditor for mail.
pub mod inventory;
pub mod judge;
pub mod model;
pub mod policy;
pub mod rules;
pub mod store;
pub mod trust;
pub mod wire;
