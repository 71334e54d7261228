//! The measure: a policy and its waivers, valid by construction.
//!
//! A policy says which rules apply, with which thresholds and severities, and which clause each
//! serves. It never knows how facts were got.

mod approved;
mod clauses;
mod demand;
mod difference;
mod document;
mod group;
mod load;
mod membership;
mod mistake;
mod pattern;
mod raw;
mod schema;
mod sheet;
mod stages;
mod subject;
mod suites;
mod thresholds;
mod values;
mod waiver;
mod written;

pub use approved::{Approved, Server};
pub use demand::{Demand, Stance};
pub use difference::{Difference, How, KnownRule, Tends, differences, different_settings};
pub use document::Document;
pub use group::{Group, InCommon, Members};
pub use load::{PRESETS, Preset, load, read};
pub use membership::Membership;
pub use mistake::{Excerpt, Mistake, Mistakes};
pub use pattern::Pattern;
pub use schema::{schema_of_policies, schema_of_waivers};
pub use sheet::read as read_text;
pub use stages::{Stage, day_of};
pub use subject::WaiverSubject;
pub use suites::{SuiteClass, SuiteDemand, SuiteWord};
pub use values::{
    HandshakeDemand, Policy, RevocationDemand, Setting, Thresholds, Waiver, WaiverTerms,
};
pub use waiver::{holds_only_waivers, read_waivers, without_end};
pub use written::{not_yet_accepted, with_waiver};
