//! JSON Schemas, and how values that are one text in JSON look there.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{CertificateId, Endpoint, Host, Raw, Since, Standard};

/// The JSON Schema of what a type is written as.
pub fn schema_of<T: JsonSchema>() -> String {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    format!("{:#}", generator.into_root_schema_for::<T>().as_value())
}

macro_rules! texts {
    ($($type:ident $what:literal $pattern:literal;)*) => {
        $(impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "description": $what, "pattern": $pattern})
            }
        })*
    };
}

texts! {
    CertificateId "The SHA-256 of a certificate's DER." "^[0-9a-f]{64}$";
    Endpoint "HOST:PORT, an IPv6 address in brackets." "^.+:[1-9][0-9]{0,4}$";
    Host "A name as an A-label in lower case, or an address." "^[^ ]+$";
    Since "A year, a month or a day." "^[0-9]{4}(-[0-9]{2}){0,2}$";
}

impl JsonSchema for Standard {
    fn schema_name() -> Cow<'static, str> {
        "Standard".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let keys: Vec<&str> = Standard::ALL
            .iter()
            .map(|standard| standard.key())
            .collect();
        json_schema!({"type": "string", "description": "A document that is cited, by its word in policies.", "enum": keys})
    }
}

impl JsonSchema for Raw {
    fn schema_name() -> Cow<'static, str> {
        "Raw".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Bytes from outside: a text where they are UTF-8, else in base64.",
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"base64": {"type": "string"}},
                    "required": ["base64"]
                }
            ]
        })
    }
}
