//! mailfleet: a fleet configuration auditor for mail.
pub mod demo;
pub mod inventory;
pub mod judge;
pub mod knowledge;
pub mod model;
pub mod policy;
pub mod rules;
pub mod store;
pub mod trust;
pub mod wire;
