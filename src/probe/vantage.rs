//! What this machine can tell of its own place in the network, without any privilege.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

use jiff::Timestamp;

use crate::model::{Cause, Fact, Gap, Phase, Sha256, Vantage};

/// Stands for every far IPv4 address: one that is kept for examples (RFC 5737 §3).
const FAR_4: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
/// Stands for every far IPv6 address: the first of the global ones (RFC 4291 §2.4).
const FAR_6: Ipv6Addr = Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 1);

/// The vantage at this moment, given which DNS servers are asked.
pub fn look(resolvers: Vec<IpAddr>) -> Vantage {
    let ways_out = [FAR_4.into(), FAR_6.into()].into_iter();
    Vantage {
        at: Timestamp::now(),
        addresses: ways_out.filter_map(source_towards).collect(),
        resolvers,
        gateway: gateway(),
    }
}

/// Whether no global IPv6 address can be reached from here.
pub fn lacks_ipv6() -> bool {
    source_towards(FAR_6.into()).is_none()
}

/// The address from which a connection to `far` would leave; `None` if there is no way. To connect
/// a datagram socket sends nothing.
fn source_towards(far: IpAddr) -> Option<IpAddr> {
    let any: IpAddr = match far {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect((far, 53)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

fn gateway() -> Fact<String> {
    match fs::read_to_string("/proc/net/route") {
        Ok(four) => {
            // Without IPv6 in the kernel there is no such file, and no such route.
            let six = fs::read_to_string("/proc/net/ipv6_route").unwrap_or_default();
            Fact::Seen(hash(default_routes_4(&four).chain(default_routes_6(&six))))
        }
        Err(error) => Fact::Unknown(Gap::new(Phase::Connect, Cause::Local(error.to_string()))),
    }
}

/// The same whatever the order, since a system lists its routes in any.
fn hash(routes: impl Iterator<Item = String>) -> String {
    let mut routes: Vec<String> = routes.collect();
    routes.sort_unstable();
    Sha256::of(routes.join("\n").as_bytes()).to_string()
}

/// The default routes of `/proc/net/route`: interface, destination, gateway, flags, three numbers
/// and the mask, in hexadecimal.
fn default_routes_4(table: &str) -> impl Iterator<Item = String> {
    table.lines().skip(1).filter_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        match fields[..] {
            [interface, "00000000", gateway, _, _, _, _, "00000000", ..] => {
                Some(format!("4 {gateway} {interface}"))
            }
            _ => None,
        }
    })
}

/// The default routes of `/proc/net/ipv6_route`: destination and length, source and length, next
/// hop, metric, two counts, flags, and last the interface, in hexadecimal.
fn default_routes_6(table: &str) -> impl Iterator<Item = String> {
    /// The route says that there is none (RTF_REJECT).
    const REJECT: u32 = 0x200;
    table.lines().filter_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [to, "00", _, _, gateway, _, _, _, flags, interface] = fields[..] else {
            return None;
        };
        let rejects = u32::from_str_radix(flags, 16).is_ok_and(|flags| flags & REJECT != 0);
        let everywhere = to.bytes().all(|digit| digit == b'0');
        (everywhere && !rejects).then(|| format!("6 {gateway} {interface}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUR: &str =
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010000C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t000000C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
tun0\t00000000\t0100A8C0\t0003\t0\t0\t50\t00000080\t0\t0\t0
";
    const SIX: &str = "\
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003 eth0
20010db8000000000000000000000000 20 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001 eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200 lo
";

    #[test]
    fn only_default_routes_count_and_not_those_that_refuse() {
        let four: Vec<String> = default_routes_4(FOUR).collect();
        assert_eq!(four, ["4 010000C0 eth0"]);
        let six: Vec<String> = default_routes_6(SIX).collect();
        assert_eq!(six, ["6 fe800000000000000000000000000001 eth0"]);
    }

    #[test]
    fn the_order_of_routes_does_not_show_and_another_gateway_does() {
        let routes = |lines: [&str; 2]| hash(lines.into_iter().map(str::to_owned));
        assert_eq!(
            routes(["4 a eth0", "6 b eth0"]),
            routes(["6 b eth0", "4 a eth0"])
        );
        assert_ne!(
            routes(["4 a eth0", "6 b eth0"]),
            routes(["4 a tun0", "6 b eth0"])
        );
    }

    #[test]
    fn a_vantage_that_was_just_seen_agrees_with_itself() {
        let (one, mut other) = (look(Vec::new()), look(Vec::new()));
        assert!(one.agrees_with(&other));
        assert_eq!(one.gateway.seen().is_some(), cfg!(target_os = "linux"));
        other.resolvers.push([192, 0, 2, 53].into());
        assert!(!one.agrees_with(&other));
    }
}
