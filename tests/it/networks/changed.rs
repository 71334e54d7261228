//! A network that becomes another while the run lasts (threat model H11).

use std::io::Write as _;
use std::net::TcpListener;

use super::fleet::Fleet;
use super::{in_its_own_network, ip};

/// A run against a server that does something before it greets.
fn audited(before_greeting: impl FnOnce() + Send + 'static) -> Fleet {
    ip("addr add 198.51.100.1/32 dev lo");
    ip("route add default via 198.51.100.254 dev lo onlink");
    let listener = TcpListener::bind(("198.51.100.1", 995)).expect("a port");
    std::thread::spawn(move || {
        let (first, _) = listener.accept().expect("a visit");
        before_greeting();
        for stream in std::iter::once(first).chain(listener.incoming().flatten()) {
            let mut stream = stream;
            let _ = stream.write_all(b"+OK in the clear\r\n");
        }
    });
    let mut fleet = Fleet::new().host("mail.one.example", &[]);
    fleet.option("--resolve", "mail.one.example:995:198.51.100.1");
    fleet
}

in_its_own_network! {
    fn a_default_route_that_changes_in_mid_run_is_said() {
        let fleet = audited(|| ip("route replace default via 198.51.100.253 dev lo onlink"));
        let ran = fleet.audit(&[]);
        let note = "The network of this machine changed while the run lasted";
        assert!(ran.told().contains(note), "{}", ran.told());
        let report = fleet.place.report("out");
        assert_eq!(report["run"]["network"]["changed"], true);
        assert_eq!(report["notes"][0]["message"], "note-vantage-changed");
        let text = fleet.place.read("out/report.md");
        assert!(text.contains(note) && text.contains("At the end it was another network"));
    }
}

in_its_own_network! {
    fn a_network_that_stays_is_said_to_be_the_same() {
        let fleet = audited(|| ());
        let ran = fleet.audit(&[]);
        assert!(!ran.told().contains("changed while the run lasted"), "{}", ran.told());
        let report = fleet.place.report("out");
        assert_eq!(report["run"]["network"]["changed"], false);
        let start = &report["run"]["network"]["start"];
        assert_eq!(start["addresses"], serde_json::json!(["198.51.100.1"]));
        assert!(start["gateway"]["seen"].is_string());
        assert!(fleet.place.read("out/report.md").contains("At the end it was the same."));
    }
}
