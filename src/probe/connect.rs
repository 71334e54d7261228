//! A TCP connection, and what stood in its way.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::sync::OnceLock;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use super::metered::Metered;
use super::vantage;
use crate::model::{Cause, Connected};

/// Opens a connection to `at` within `patience`.
pub async fn dial(at: SocketAddr, patience: Duration) -> Result<(Metered, Connected), Cause> {
    let begun = Instant::now();
    let stream = match timeout(patience, TcpStream::connect(at)).await {
        Err(_) => return Err(Cause::TimedOut),
        Ok(Err(error)) => return Err(refusal(&error, lacks_route(at.ip()))),
        Ok(Ok(stream)) => stream,
    };
    // One command at a time: waiting for more to send would only cost time.
    let _ = stream.set_nodelay(true);
    let local = stream
        .local_addr()
        .map_err(|error| refusal(&error, lacks_route(at.ip())))?;
    let connected = Connected {
        local: local.ip().to_canonical(),
        millis: millis(begun.elapsed()),
    };
    Ok((Metered::new(stream), connected))
}

/// A duration in whole milliseconds, 49 days at most.
pub fn millis(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}

/// Why a connection did not come to stand. What this machine could not do is its own affair and
/// never the server's (threat model H4, H10); `no_route` if no address of the family can be
/// reached from here.
fn refusal(error: &io::Error, no_route: bool) -> Cause {
    match error.kind() {
        ErrorKind::ConnectionRefused => Cause::Refused,
        ErrorKind::TimedOut => Cause::TimedOut,
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => Cause::Reset,
        ErrorKind::HostUnreachable => Cause::Unreachable,
        // What a machine without IPv6 says of every IPv6 address; or without the family at all.
        ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable | ErrorKind::Unsupported
            if no_route =>
        {
            Cause::NoRouteHere
        }
        _ if no_route && is_no_family(error) => Cause::NoRouteHere,
        // A router on the way says it too.
        ErrorKind::NetworkUnreachable => Cause::Unreachable,
        _ => Cause::Local(error.to_string()),
    }
}

/// Whether `to` is of IPv6 and this machine has no route to the global IPv6 addresses; decided once.
fn lacks_route(to: IpAddr) -> bool {
    static LACKED: OnceLock<bool> = OnceLock::new();
    to.is_ipv6() && *LACKED.get_or_init(vantage::lacks_ipv6)
}

/// EAFNOSUPPORT on Linux, the BSDs and Windows.
fn is_no_family(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(97 | 47 | 10047))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_troubles_are_no_answers_of_the_server() {
        let (here, not_here) = (false, true);
        assert!(!lacks_route([192, 0, 2, 1].into()));
        let why = |kind: ErrorKind, no_route| refusal(&kind.into(), no_route);
        assert_eq!(why(ErrorKind::ConnectionRefused, here), Cause::Refused);
        assert_eq!(why(ErrorKind::ConnectionRefused, not_here), Cause::Refused);
        for kind in [ErrorKind::NetworkUnreachable, ErrorKind::AddrNotAvailable] {
            assert_eq!(why(kind, not_here), Cause::NoRouteHere);
        }
        assert_eq!(why(ErrorKind::NetworkUnreachable, here), Cause::Unreachable);
        for kind in [ErrorKind::PermissionDenied, ErrorKind::AddrNotAvailable] {
            assert!(matches!(why(kind, here), Cause::Local(_)), "{kind}");
        }
        // EMFILE, the limit of open files.
        let full = io::Error::from_raw_os_error(24);
        assert!(matches!(refusal(&full, here), Cause::Local(_)));
    }
}
