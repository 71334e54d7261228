//! Identifiers that come out the same each time, and where an account stands.

use std::collections::HashMap;

use uuid::Uuid;

use crate::model::{Account, AccountId};

/// The namespace of every identifier here, drawn once.
pub(super) const NAMESPACE: Uuid = Uuid::from_u128(0x8c6f_0b0e_5d0f_4f0a_9a57_2f6f_1c1d_7be1);

/// The identifier of one thing of one report: RFC 9562 version 5 of both names.
pub(super) fn uuid(report_id: &str, kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{report_id} {kind} {name}").as_bytes())
}

/// The place of each account in the input.
pub(super) fn places(accounts: &[Account]) -> HashMap<AccountId, usize> {
    let places = accounts.iter().enumerate();
    places.map(|(place, account)| (account.id, place)).collect()
}
