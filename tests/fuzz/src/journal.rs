//! A record of the journal: what reads back is written again as the same value.

use mailfleet::model::{Observation, Observations, is_plain};
use mailfleet::store::json::write_compact;

pub fn journal(bytes: &[u8]) {
    let Ok(read) = serde_json::from_slice::<Observation>(bytes) else {
        return;
    };
    let written = written(&read);
    let again: Observation = serde_json::from_slice(&written).expect("what was written reads back");
    assert_eq!(again, read);
    assert_eq!(self::written(&again), written);
    let mut seen = Observations::default();
    seen.add(read);
    let _ = seen.connections();
    for visit in seen.visits.values().flat_map(|visits| visits.values()) {
        let _ = (visit.gaps().count(), visit.reached());
        let _ = visit.shown_to_clients();
    }
}

fn written(observation: &Observation) -> Vec<u8> {
    let mut json = Vec::new();
    write_compact(&mut json, observation).expect("a record serialises");
    let text = std::str::from_utf8(&json).expect("JSON is UTF-8");
    assert!(text.chars().all(is_plain), "{text:?}");
    json
}
