//! What this machine cannot do is tried again, and never the server's result (threat model H4, J8).

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use mailfleet::model::{Cause, FirstMove, Gap, Phase, Visited};
use mailfleet::probe::{Options, Prober};

use super::fleet::Fleet;
use super::{in_its_own_network, ip, nft};
use crate::rogue::{observe_with, options, visit_to, visited};

const SERVER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);

/// The record of one visit to that place.
fn visit(prober: &Prober, at: SocketAddr) -> Visited {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let visits = vec![visit_to(&at.to_string(), FirstMove::Listen)];
    let observations = runtime.block_on(observe_with(prober, visits));
    visited(&observations)[0].clone()
}

fn prober() -> Prober {
    Prober::new(Options {
        connect_timeout: Duration::from_millis(300),
        ..options()
    })
    .expect("a prober")
}

/// Where a server would listen.
fn listener() -> TcpListener {
    ip(&format!("addr add {SERVER}/32 dev lo"));
    TcpListener::bind((SERVER, 0)).expect("a port")
}

/// The first in the queue is a connection of our own: there was no other.
fn nobody_called(listener: &TcpListener) {
    nft("flush ruleset");
    let own = TcpStream::connect(listener.local_addr().expect("its address")).expect("connects");
    let (_, from) = listener.accept().expect("ours");
    assert_eq!(from, own.local_addr().expect("our end"));
}

in_its_own_network! {
    fn what_a_route_of_this_machine_forbids_is_local_and_tried_again() {
        ip("route add prohibit 203.0.113.0/24");
        let record = visit(&prober(), SocketAddr::from(([203, 0, 113, 1], 995)));
        let gap = record.connected.gap().expect("no connection");
        assert_eq!(gap.phase, Phase::Connect);
        assert!(matches!(gap.cause, Cause::Local(_)), "{gap:?}");
        assert!(record.connections > 1, "{record:?}");
    }
}

in_its_own_network! {
    fn a_filter_on_this_machine_is_tried_again() {
        let listener = listener();
        let at = listener.local_addr().expect("its address");
        nft("add table inet own");
        nft("add chain inet own out { type filter hook output priority 0 ; }");
        let rule = format!("add rule inet own out tcp dport {}", at.port());
        nft(&format!("{rule} reject with icmpx type admin-prohibited"));
        let record = visit(&prober(), at);
        let gap = record.connected.gap().expect("no connection");
        assert_eq!(*gap, Gap::new(Phase::Connect, Cause::Unreachable));
        assert!(record.connections > 1, "{record:?}");
        nobody_called(&listener);
    }
}

in_its_own_network! {
    /// A filter that resets looks like the server, and so like nothing that could be held against it.
    fn a_filter_on_this_machine_that_looks_like_the_server_accuses_nobody() {
        let fleet = Fleet::new().host("mail.one.example", &[("198.51.100.1", true)]);
        nft("add table inet own");
        nft("add chain inet own out { type filter hook output priority 0 ; }");
        nft("add rule inet own out tcp dport { 993, 995 } reject with tcp reset");
        let ran = fleet.audit(&[]);
        assert_eq!(ran.code(), Some(3), "{}", ran.told());
        let unreachable = || Some("unreachable".to_owned());
        let expected = || ("not-verified".to_owned(), unreachable());
        assert_eq!(fleet.verdicts(), [expected(), expected()]);
    }
}

in_its_own_network! {
    fn source_ports_that_are_used_up_are_this_machines_want() {
        const RANGE: &str = "/proc/sys/net/ipv4/ip_local_port_range";
        let listener = listener();
        let at = listener.local_addr().expect("its address");
        std::fs::write(RANGE, "40000 40001").expect("a namespace has a range of its own");
        // Two ports to this server, and both in use.
        let held = [(); 2].map(|()| TcpStream::connect(at).expect("a connection"));
        let prober = prober();
        let record = visit(&prober, at);
        let gap = record.connected.gap().expect("no connection");
        assert!(matches!(gap.cause, Cause::Local(_)), "{gap:?}");
        assert!(record.connections > 1, "{record:?}");
        drop(held);
        std::fs::write(RANGE, "40002 40010").expect("a range");
        let answering = std::thread::spawn(move || {
            use std::io::Write as _;
            // Those of before wait in the queue, in front of the one that matters.
            listener.incoming().flatten().for_each(|mut stream| {
                let _ = stream.write_all(b"-ERR [SYS/PERM] go away\r\n");
            });
        });
        let record = visit(&prober, at);
        assert!(record.reached(), "{record:?}");
        drop(answering);
    }
}
