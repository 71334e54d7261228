//! The JSON Schema of a line of `observations.ndjson`.

use schemars::JsonSchema;

use crate::model::{Observation, schema_of};

/// The JSON Schema of a line of `observations.ndjson`.
pub fn schema_of_observations() -> String {
    schema_of::<LineOfFile>()
}

/// A line of observations.ndjson: one record of what was seen, bound to the line before it.
#[derive(JsonSchema)]
#[schemars(title = "mailfleet observation")]
#[allow(dead_code)] // The type is never made: its fields and comments are the schema.
struct LineOfFile {
    /// SHA-256, in hexadecimal, over the previous line's value (64 zeros before the first line) and the
    /// bytes of this line's observation.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    sha256: String,
    /// The record.
    observation: Observation,
}
