//! Exits that let nothing out to a port (threat model H3).

use super::fleet::Fleet;
use super::{in_its_own_network, nft};

fn block(port: u16, how: &str) {
    nft("add table inet exit");
    nft("add chain inet exit way { type filter hook input priority 0 ; }");
    nft(&format!("add rule inet exit way tcp dport {port} {how}"));
}

/// The endpoints on `port` are not verified, the others are judged as ever.
fn only_blocked_are_open(fleet: &Fleet) {
    for pair in fleet.verdicts().chunks(2) {
        let unreachable = Some("unreachable".to_owned());
        assert_eq!(pair[0], ("not-verified".to_owned(), unreachable));
        assert_eq!(pair[1], ("compliant".to_owned(), None));
    }
}

in_its_own_network! {
    fn a_port_that_is_dropped_is_the_vantages() {
        blocked("drop", "timed-out");
    }
}

in_its_own_network! {
    fn a_port_that_is_reset_is_the_vantages() {
        blocked("reject with tcp reset", "refused");
    }
}

in_its_own_network! {
    fn a_port_that_is_rejected_is_the_vantages() {
        blocked("reject with icmpx type port-unreachable", "refused");
    }
}

in_its_own_network! {
    /// What says that it is prohibited may be this machine, so it is tried again after a while.
    #[ignore = "waits for the pauses between attempts"]
    fn long_a_port_that_is_prohibited_is_the_vantages() {
        blocked("reject with icmpx type admin-prohibited", "unreachable");
    }
}

/// A port with which the exit does this, and how that looks from inside.
fn blocked(how: &str, looks: &str) {
    let fleet = Fleet::of_three();
    block(995, how);
    let ran = fleet.audit(&[]);
    only_blocked_are_open(&fleet);
    let found = fleet.found("vantage-blocked");
    assert_eq!(found.len(), 1, "{}", ran.told());
    let values = &found[0]["evidence"]["values"];
    assert_eq!(values["ports"]["list"], serde_json::json!(["995"]));
    assert_eq!(values["how"]["term"], looks);
    // Half of the accounts were verified, and nothing is open.
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    let banner = "lets nothing out to some mail ports";
    assert!(ran.told().contains(banner), "{}", ran.told());
    for file in ["out/report.html", "out/report.md"] {
        assert!(fleet.place.read(file).contains(banner), "{file}");
    }
    let ran = fleet.audit(&["--min-verified", "80"]);
    assert_eq!(ran.code(), Some(3), "{}", ran.told());
    assert!(ran.told().contains(banner), "{}", ran.told());
}

in_its_own_network! {
    fn one_blocked_host_does_not_tell_who_blocks() {
        let fleet = Fleet::new().host("mail.one.example", &[("198.51.100.1", true)]);
        block(995, "drop");
        let ran = fleet.audit(&[]);
        only_blocked_are_open(&fleet);
        assert!(fleet.found("vantage-blocked").is_empty());
        let said = fleet.found("unreachable")[0]["evidence"]["text_en"].to_string();
        assert!(said.contains("cannot be told from one host"), "{said}");
        assert_eq!(ran.code(), Some(0), "{}", ran.told());
    }
}

in_its_own_network! {
    fn a_network_without_a_way_out_verifies_nothing_and_ends_with_3() {
        let fleet = Fleet::of_three();
        for port in [995, 993] {
            block(port, "drop");
        }
        let ran = fleet.audit(&[]);
        assert_eq!(ran.code(), Some(3), "{}", ran.told());
        assert!(fleet.verdicts().iter().all(|(verdict, _)| verdict == "not-verified"));
        assert!(ran.told().contains("Nothing could be verified"), "{}", ran.told());
    }
}

in_its_own_network! {
    fn an_open_exit_accuses_nobody() {
        let fleet = Fleet::of_three();
        let ran = fleet.audit(&[]);
        assert_eq!(ran.code(), Some(0), "{}", ran.told());
        assert!(fleet.verdicts().iter().all(|(verdict, _)| verdict == "compliant"));
        assert!(fleet.found("vantage-blocked").is_empty());
    }
}
