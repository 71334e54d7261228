//! mailfleet: a fleet configuration auditor for mail.
<<<<<<< HEAD
pub mod demo;
pub mod inventory;
pub mod judge;
pub mod knowledge;
=======
pub mod input;
>>>>>>> input
pub mod model;
pub mod policy;
pub mod rules;
pub mod store;
pub mod trust;
pub mod wire;
